//! The job fair (method §9): a thousand employers at a fair, 200 take a résumé, 100 ask to an interview, 50 to a second one, 10 offer a
//! job. Whoever wants twenty jobs must work out backwards how many employers to meet.
//!
//! The figures are those of the model that ships for it. Here its rates may be moved, to see what a better step changes.

use super::{
    draw::Draw,
    sums::{Drawn, Sums},
};
use crate::{codec::content::ModelTemplate, model::Share};

/// How many come to the fair of the story.
pub const VISITORS: u32 = 1_000;
/// More visitors than any fair has.
const MOST: u32 = 200_000;

/// The rates that questions have.
const RATES: [u8; 6] = [10, 20, 25, 40, 50, 60];

/// A fair: who comes, and which share of them takes each step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fair {
    /// How many come.
    pub visitors: u32,
    /// The share that goes on at each step, first to last.
    pub rates: Vec<Share>,
}

/// What a better step changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Lever {
    /// The place of the step.
    pub step: usize,
    /// Its rate.
    pub rate: Share,
    /// Its rate when it is better; at most 1.
    pub better: Share,
    /// How many come through all steps on average then.
    pub through: f64,
    /// How many more these are than now.
    pub gain: f64,
    /// How many visitors would do then for as many as come through now; `None` when nobody does.
    pub visitors: Option<f64>,
}

/// A question: how many must be met so that enough come through?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// The fair.
    pub fair: Fair,
    /// How many are to come through on average.
    pub wanted: u32,
}

impl Question {
    /// The question of a seed: twice what the story brings for the first one, other rates and wishes for the others.
    ///
    /// ```
    /// use loudou::{model::Share, training::job_fair::{Fair, Question}};
    /// let fair = Fair { visitors: 1_000, rates: [20, 50, 50, 20].map(Share::percent).to_vec() };
    /// let question = Question::of(fair, 1);
    /// assert_eq!((question.wanted, question.right(), question.points(2_000)), (20, Some(2_000), 100));
    /// // A quarter too few costs a quarter of the points.
    /// assert_eq!((question.points(1_500), question.points(20), question.points(9_000)), (75, 1, 0));
    /// ```
    pub fn of(story: Fair, seed: u64) -> Self {
        if seed <= 1 {
            return Self { fair: story, wanted: 20 };
        }
        let mut draw = Draw::new(seed);
        let rates = story.rates.iter().map(|_| Share::percent(draw.pick(&RATES))).collect();
        let wanted = u32::try_from(draw.between(1, 8)).unwrap_or(1) * 5;
        Self { fair: Fair { rates, ..story }, wanted }
    }

    /// How many must be met, rounded up; `None` when a step lets nobody on.
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a positive number of visitors; the cast saturates"
    )]
    pub fn right(&self) -> Option<u32> {
        let first = self.fair.needed(f64::from(self.wanted))?.first().copied()?;
        // A product of rates may miss a whole number by a rounding error.
        Some((first - 1e-6).ceil() as u32)
    }

    /// What an answer is worth, from 0 to 100: all for the right one, less by the share of it that is too many or too few.
    pub fn points(&self, answer: u32) -> u8 {
        let Some(right) = self.right().filter(|right| *right > 0) else { return 0 };
        let off = u64::from(answer.abs_diff(right)) * 100 / u64::from(right);
        u8::try_from(100_u64.saturating_sub(off)).unwrap_or(100)
    }
}

/// One fair as luck had it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Day {
    /// How many stood before each step, and after the last one.
    pub counts: Vec<u32>,
}

impl Fair {
    /// A fair with the steps of a funnel model.
    ///
    /// ```
    /// use loudou::{codec::content::{Language, gallery}, training::job_fair::{Fair, VISITORS}};
    /// let models = gallery(Language::English);
    /// let story = models.iter().find(|model| model.slug == "job-fair").unwrap();
    /// let fair = Fair::of(story, VISITORS);
    /// assert_eq!(fair.counts(), [1_000.0, 200.0, 100.0, 50.0, 10.0]);
    /// assert!((fair.overall() - 0.01).abs() < 1e-12);
    /// // Twenty jobs take two thousand employers.
    /// let need: Vec<_> = fair.needed(20.0).unwrap().iter().map(|need| need.round()).collect();
    /// assert_eq!(need, [2_000.0, 400.0, 200.0, 100.0, 20.0]);
    /// ```
    pub fn of(model: &ModelTemplate, visitors: u32) -> Self {
        Self { visitors, rates: model.stages.iter().map(|stage| stage.promotion_rate).collect() }
    }

    /// How many stand before each step on average, and after the last one.
    pub fn counts(&self) -> Vec<f64> {
        let mut left = f64::from(self.visitors);
        let mut counts = vec![left];
        for rate in &self.rates {
            left *= rate.as_f64();
            counts.push(left);
        }
        counts
    }

    /// The share of the visitors that comes through all steps: the product of the rates.
    pub fn overall(&self) -> f64 {
        self.rates.iter().map(|rate| rate.as_f64()).product()
    }

    /// How many come through on average.
    pub fn through(&self) -> f64 {
        f64::from(self.visitors) * self.overall()
    }

    /// Backwards: how many must stand before each step, and after the last one, so that `through` come through on average. It is the
    /// [replenishment](crate::metrics::replenishment) of an empty funnel. `None` when a step lets nobody on.
    pub fn needed(&self, through: f64) -> Option<Vec<f64>> {
        let mut need = through;
        let mut needs = vec![need];
        for rate in self.rates.iter().rev() {
            if *rate == Share::ZERO {
                return None;
            }
            need /= rate.as_f64();
            needs.push(need);
        }
        needs.reverse();
        Some(needs)
    }

    /// The chance that at least `through` come through: each visitor does with the [overall](Self::overall) rate.
    ///
    /// ```
    /// use loudou::{model::Share, training::job_fair::Fair};
    /// let fair = Fair { visitors: 1_000, rates: [20, 50, 50, 20].map(Share::percent).to_vec() };
    /// // Ten come through on average; in 54 of 100 fairs it is ten or more.
    /// assert_eq!((fair.chance(10) * 100.0).round(), 54.0);
    /// // To have ten in nine fairs of ten, it takes 418 more visitors.
    /// assert_eq!(fair.visitors_for(10, Share::percent(90)), Some(1_418));
    /// ```
    pub fn chance(&self, through: u32) -> f64 {
        self.sums(through).at_least(through)
    }

    /// How many may come through, with the chance of each number; all from `limit` on count as `limit`.
    pub fn sums(&self, limit: u32) -> Sums {
        let (mut sums, overall) = (Sums::up_to(limit), self.overall());
        (0..self.visitors.min(MOST)).for_each(|_| sums.take_in(overall, 1));
        sums
    }

    /// How many visitors it takes so that at least `through` come through with a chance of `sure`; `None` when no fair is so large.
    pub fn visitors_for(&self, through: u32, sure: Share) -> Option<u32> {
        let (mut sums, overall) = (Sums::up_to(through), self.overall());
        let enough = |_: &u32| {
            let enough = sums.at_least(through) >= sure.as_f64() - 1e-12;
            sums.take_in(overall, 1);
            enough
        };
        let most = if overall > 0.0 { MOST } else { 0 };
        (0..=most).find(enough)
    }

    /// What it would change if one step were better by `points`, for each step. Points help most where the rate is low; a tenth more
    /// of whatever rate gives a tenth more at the end, wherever it is.
    ///
    /// ```
    /// use loudou::{model::Share, training::job_fair::Fair};
    /// let fair = Fair { visitors: 1_000, rates: [20, 50, 50, 20].map(Share::percent).to_vec() };
    /// let levers = fair.levers(Share::percent(10));
    /// // From 20 to 30 % half as many again come through, from 50 to 60 % a fifth more.
    /// let through: Vec<_> = levers.iter().map(|lever| lever.through.round()).collect();
    /// assert_eq!(through, [15.0, 12.0, 12.0, 15.0]);
    /// assert_eq!(levers[1].visitors.map(f64::round), Some(833.0));
    /// ```
    pub fn levers(&self, points: Share) -> Vec<Lever> {
        let now = self.through();
        let lever = |(step, rate): (usize, &Share)| {
            let better = Share::from_basis_points(rate.basis_points() + points.basis_points()).unwrap_or(Share::ONE);
            let mut fair = self.clone();
            fair.rates.get_mut(step).into_iter().for_each(|rate| *rate = better);
            let through = fair.through();
            let visitors = fair.needed(now).and_then(|needs| needs.first().copied());
            Lever { step, rate: *rate, better, through, gain: through - now, visitors }
        };
        self.rates.iter().enumerate().map(lever).collect()
    }

    /// One fair; the same seed, the same luck.
    ///
    /// ```
    /// use loudou::{model::Share, training::job_fair::Fair};
    /// let fair = Fair { visitors: 1_000, rates: [20, 50, 50, 20].map(Share::percent).to_vec() };
    /// let day = fair.day(1);
    /// assert_eq!((day.counts.len(), day.counts[0]), (5, 1_000));
    /// assert!(day.counts.is_sorted_by(|before, after| before >= after));
    /// ```
    pub fn day(&self, seed: u64) -> Day {
        self.day_once(&mut Draw::new(seed))
    }

    fn day_once(&self, draw: &mut Draw) -> Day {
        let mut left = self.visitors.min(MOST);
        let mut counts = vec![left];
        for rate in &self.rates {
            let on = (0..left).filter(|_| draw.chance(rate.as_f64())).count();
            left = u32::try_from(on).unwrap_or(left);
            counts.push(left);
        }
        Day { counts }
    }

    /// Many fairs, fast-forward: how many came through each. The first of them is [`day`](Self::day) of the same seed.
    pub fn days(&self, draws: u32, seed: u64) -> Drawn {
        let (mut draw, mut tally) = (Draw::new(seed), Drawn::default());
        for _ in 0..draws {
            tally.add(self.day_once(&mut draw).counts.last().copied().unwrap_or_default());
        }
        tally
    }
}
