//! The market: all chance of a year, by the seed and by what the chance is about, never by what was drawn before.
//!
//! Each question (is this lead a real need? does this deal pass that gate?) has a draw of its own, found by hashing the seed with the
//! question. So a class that plays one seed meets one market, and two decisions are compared on the same luck (*common random numbers*).

use crate::training::draw::Draw;

/// What a draw is about.
#[derive(Clone, Copy)]
pub(super) enum Question {
    /// How many leads an origin brings in a week.
    Leads = 1,
    /// What a lead is like.
    Lead,
    /// How much work a deal is in a stage.
    Work,
    /// Whether a deal passes the gate of a stage.
    Gate,
    /// Whether a neglected deal goes in a week.
    Neglect,
    /// Whether a seller leaves in a week.
    Leaving,
    /// How good a new seller is.
    Skill,
    /// Words and figures that only the pages show.
    Words,
}

/// Where a lead came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Origin {
    /// By itself.
    Inbound,
    /// By prospecting.
    Prospecting,
    /// Through the channel at this place.
    Channel(u8),
}

impl Origin {
    /// Its place among the counts of a week: inbound, prospecting, then the channels.
    pub fn place(self) -> usize {
        match self {
            Self::Inbound => 0,
            Self::Prospecting => 1,
            Self::Channel(place) => 2 + usize::from(place),
        }
    }
}

/// Which lead it is, whoever decides what: where from, in which week (those before the year are negative), the how many-th.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key {
    /// The week.
    pub week: i32,
    /// The origin.
    pub origin: Origin,
    /// Its number among those of the same origin and week.
    pub number: u32,
}

impl Key {
    /// As one number.
    pub(super) fn code(self) -> u64 {
        let week = u64::from(self.week.unsigned_abs()) << 1 | u64::from(self.week < 0);
        let origin = self.origin.place() as u64;
        week << 40 | origin << 32 | u64::from(self.number)
    }
}

/// The market of a seed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Market {
    pub seed: u32,
}

impl Market {
    /// The draws for a question about `about`, in the case `at`.
    pub(super) fn draw(self, question: Question, about: u64, at: i32) -> Draw {
        let mut hash = mix(u64::from(self.seed) ^ (question as u64) << 48);
        hash = mix(hash ^ about);
        Draw::new(mix(hash ^ u64::from(at.cast_unsigned())))
    }

    /// How many of something come when `expected` come on average: more for a larger expectation, in every market.
    pub(super) fn count(self, origin: Origin, week: i32, expected: f64) -> u32 {
        let lot = self.draw(Question::Leads, origin.place() as u64, week).share();
        let mut chance = (-expected).exp();
        let (mut below, mut count) = (chance, 0);
        while below < lot && count < MOST {
            count += 1;
            chance *= expected / f64::from(count);
            below += chance;
        }
        count
    }
}

/// Leads of one origin in one week at most.
const MOST: u32 = 60;

/// Spreads a number over all 64 bits (the finaliser of `SplitMix64`).
const fn mix(number: u64) -> u64 {
    let mut mixed = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    mixed = (mixed ^ mixed >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    mixed ^ mixed >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_have_their_mean_and_grow_with_it() {
        let mut sum = 0.0;
        for week in 0..4_000 {
            let market = Market { seed: 9 };
            let [few, many] = [2.5, 4.0].map(|expected| market.count(Origin::Prospecting, week, expected));
            assert!(few <= many);
            sum += f64::from(few);
        }
        // Four standard errors of the mean of a Poisson count.
        assert!((sum / 4_000.0 - 2.5).abs() < 4.0 * (2.5_f64 / 4_000.0).sqrt(), "{}", sum / 4_000.0);
    }

    #[test]
    fn questions_have_draws_of_their_own() {
        let share = |seed, question, about, at| Market { seed }.draw(question, about, at).share();
        let one = share(1, Question::Gate, 5, 2);
        assert!((one - share(1, Question::Gate, 5, 2)).abs() < f64::EPSILON);
        let others = [
            (2, Question::Gate, 5, 2),
            (1, Question::Work, 5, 2),
            (1, Question::Gate, 6, 2),
            (1, Question::Gate, 5, 3),
        ];
        for (seed, question, about, at) in others {
            assert!((one - share(seed, question, about, at)).abs() > 1e-9);
        }
    }
}
