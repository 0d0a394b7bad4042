//! Rounds of the game, drawn from a seed, and what an answer is worth.

use super::{Reading, Stick, chance, needed};
use crate::{model::Share, training::draw::Draw};

/// The odds of the general funnel: candidate, short list, negotiation, formalities.
const ODDS: [u8; 4] = [10, 25, 50, 90];
/// A round that does not come out well is drawn again, so often at most.
const TRIES: u32 = 200;
/// What an answer to one of the two questions can earn.
const FULL: u32 = 50;

/// How hard a round is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Wins are counted; all sticks have the same odds.
    Even,
    /// Wins are counted; the odds differ.
    Mixed,
    /// Money is counted.
    Money,
    /// Money is counted, and most of it hangs on one stick.
    Whale,
}

impl Level {
    /// All of them, the easiest first.
    pub const ALL: [Self; 4] = [Self::Even, Self::Mixed, Self::Money, Self::Whale];

    /// Its name in addresses and what is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Even => "even",
            Self::Mixed => "mixed",
            Self::Money => "money",
            Self::Whale => "whale",
        }
    }

    /// The level of a number from 1; one beyond the hardest is the hardest.
    pub fn nth(number: u8) -> Self {
        Self::ALL.get(usize::from(number.saturating_sub(1))).copied().unwrap_or(Self::Whale)
    }

    /// Whether sticks are worth money and not one win each.
    pub const fn counts_money(self) -> bool {
        matches!(self, Self::Money | Self::Whale)
    }

    /// The chance that counts as sure.
    pub const fn sure(self) -> Share {
        match self {
            Self::Even | Self::Mixed => Share::percent(80),
            Self::Money | Self::Whale => Share::percent(90),
        }
    }
}

/// How many more sticks somebody thinks are needed, by either reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answer {
    /// To reach the target on average.
    pub on_average: u32,
    /// To reach it with the chance that counts as sure.
    pub sure: u32,
}

/// What an answer is worth, beside what is right.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Judged {
    /// What is right.
    pub right: Answer,
    /// The chance to reach the target with as many more as the right number on average.
    pub chance_on_average: f64,
    /// The chance to reach the target with as many more as the answer thought sure.
    pub chance_sure: f64,
    /// Points for each of the two, at most 50: the whole for the right number, less the further away it is, none for a number that is
    /// as far off as the right one is large, or four where that is smaller.
    pub points: (u32, u32),
}

impl Judged {
    /// All points, at most 100.
    pub fn total(&self) -> u32 {
        self.points.0 + self.points.1
    }
}

/// One round: a target, the sticks that are there, and what further ones would be like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Round {
    /// How hard it is.
    pub level: Level,
    /// What it was drawn from; also the seed of its luck.
    pub seed: u64,
    /// What is to be reached: wins, or money in the unit of the round.
    pub target: u32,
    /// The sticks that are there.
    pub sticks: Vec<Stick>,
    /// What every further stick is like.
    pub more: Stick,
}

impl Round {
    /// The round of a level and a seed. On average at least one stick is missing, and to be sure takes more than that.
    ///
    /// ```
    /// use loudou::training::matches::{Answer, Level, Round};
    /// let round = Round::of(Level::Even, 1);
    /// assert_eq!(round, Round::of(Level::Even, 1));
    /// let right = round.right();
    /// assert!(0 < right.on_average && right.on_average < right.sure);
    /// assert_eq!(round.judge(right).total(), 100);
    /// // Who takes the average for sure loses points, and in the end the quarter.
    /// let hopeful = round.judge(Answer { sure: right.on_average, ..right });
    /// assert!(hopeful.total() < 100 && hopeful.chance_sure < 0.8);
    /// ```
    pub fn of(level: Level, seed: u64) -> Self {
        let mut draw = Draw::new(seed);
        let mut round = Self::draw(level, seed, &mut draw);
        for _ in 0..TRIES {
            let right = round.right();
            if (1..right.sure).contains(&right.on_average) && right.sure <= 20 {
                break;
            }
            round = Self::draw(level, seed, &mut draw);
        }
        round
    }

    fn draw(level: Level, seed: u64, draw: &mut Draw) -> Self {
        let stick = |percent: u8, worth: i32| Stick {
            odds: Share::percent(percent),
            worth: u32::try_from(worth).unwrap_or_default(),
        };
        let mut sticks = Vec::new();
        let more = match level {
            Level::Even | Level::Mixed => stick(draw.pick(&[25, 50]), 1),
            Level::Money => stick(draw.pick(&[25, 50]), 10 * draw.between(2, 4)),
            Level::Whale => stick(draw.pick(&[25, 50]), 10 * draw.between(2, 3)),
        };
        for place in 0..draw.between(3, 6) {
            sticks.push(match level {
                Level::Even => more,
                Level::Mixed => stick(draw.pick(&ODDS), 1),
                Level::Money => stick(draw.pick(&ODDS), 10 * draw.between(1, 6)),
                Level::Whale if place == 0 => stick(50, 10 * draw.between(12, 20)),
                Level::Whale => stick(draw.pick(&ODDS), 10 * draw.between(1, 4)),
            });
        }
        let (step, beyond) = match level {
            Level::Even | Level::Mixed => (1, draw.between(1, 2)),
            Level::Money | Level::Whale => (10, draw.between(2, 6)),
        };
        let there: u64 = sticks.iter().map(|stick| stick.points()).sum();
        let step_points = Stick { odds: Share::ONE, worth: step }.points();
        // What they reach on average in whole steps, and one of the next.
        let reached = u32::try_from(there / step_points).unwrap_or_default();
        let beyond = u32::try_from(beyond).unwrap_or(1);
        Self { level, seed, target: (reached + beyond) * step, sticks, more }
    }

    /// How many more are needed, by either reading.
    pub fn right(&self) -> Answer {
        let needed = |reading| needed(&self.sticks, self.more, self.target, reading).unwrap_or(u32::MAX);
        Answer { on_average: needed(Reading::OnAverage), sure: needed(Reading::Sure(self.level.sure())) }
    }

    /// The sticks of the round and so many more.
    pub fn with(&self, more: u32) -> Vec<Stick> {
        self.sticks.iter().copied().chain((0..more).map(|_| self.more)).collect()
    }

    /// What an answer is worth.
    pub fn judge(&self, answer: Answer) -> Judged {
        let right = self.right();
        let chance = |more| chance(&self.with(more), self.target);
        Judged {
            right,
            chance_on_average: chance(right.on_average),
            chance_sure: chance(answer.sure),
            points: (points(answer.on_average, right.on_average), points(answer.sure, right.sure)),
        }
    }
}

fn points(answer: u32, right: u32) -> u32 {
    let (off, scale) = (u64::from(answer.abs_diff(right)), u64::from(right.max(4)));
    u32::try_from(u64::from(FULL) * scale.saturating_sub(off) / scale).unwrap_or(FULL)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rounds_come_out_well() {
        for level in Level::ALL {
            for seed in 0..500 {
                let round = Round::of(level, seed);
                let right = round.right();
                assert!((1..right.sure).contains(&right.on_average) && right.sure <= 20, "{round:?} {right:?}");
                let judged = round.judge(right);
                assert!(judged.chance_sure >= level.sure().as_f64() && judged.total() == 100);
                assert_eq!(level.counts_money(), round.sticks.iter().any(|stick| stick.worth > 1));
            }
        }
    }

    #[test]
    fn seeds_give_different_rounds() {
        for level in Level::ALL {
            let rounds: std::collections::BTreeSet<_> =
                (0..50).map(|seed| (Round::of(level, seed).target, Round::of(level, seed).sticks)).collect();
            assert!(rounds.len() > 15, "{level:?}: {} rounds", rounds.len());
        }
    }

    #[test]
    fn points_fall_with_the_distance() {
        assert_eq!([3, 5, 7, 10, 20, u32::MAX].map(|answer| points(answer, 5)), [30, 50, 30, 0, 0, 0]);
        // One off of a small number does not cost everything.
        assert_eq!([0, 1, 2].map(|answer| points(answer, 1)), [37, 50, 37]);
    }
}
