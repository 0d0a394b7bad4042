//! What a run came to, in a few figures: what a class is ranked by.

use super::Simulator;
use crate::codec::{
    content::scenarios,
    run::{Decision, Run},
};

/// The result of some weeks on a market.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// How many weeks were played.
    pub weeks: u32,
    /// What counts, in units of account of the scenario.
    pub money: i64,
    /// What the standing decision makes of the same market in the same weeks.
    pub standing: i64,
    /// What the good way of the scenario makes of it.
    pub good: i64,
    /// The amounts that were signed, in units.
    pub revenue: i64,
    /// How many deals were signed.
    pub won: u32,
}

impl Outcome {
    /// How far it came on the way from doing nothing, 0, to the good way, 100; no less and no more.
    ///
    /// ```
    /// use loudou::training::simulator::Outcome;
    /// let outcome = |money| Outcome { weeks: 52, money, standing: 200, good: 1_000, revenue: 0, won: 0 };
    /// assert_eq!([-50, 200, 600, 1_300].map(|money| outcome(money).points()), [0, 0, 50, 100]);
    /// ```
    pub fn points(&self) -> u8 {
        let way = (self.good - self.standing).max(1);
        let share = (self.money - self.standing).saturating_mul(100) / way;
        u8::try_from(share.clamp(0, 100)).unwrap_or(0)
    }
}

impl Simulator {
    /// What these decisions come to.
    pub fn outcome(&self, decisions: &[Decision]) -> Outcome {
        let end = self.play(decisions);
        let weeks = u32::try_from(end.weeks.len()).unwrap_or(u32::MAX);
        Outcome {
            weeks,
            money: end.money(),
            standing: self.play(&self.standing(weeks)).money(),
            good: self.play(&self.good(weeks)).money(),
            revenue: end.books().revenue,
            won: end.weeks.iter().map(|week| week.won).sum(),
        }
    }
}

/// What a run comes to that somebody handed in; `None` when its scenario is not known.
pub fn outcome(run: &Run) -> Option<Outcome> {
    let scenario = scenarios::of_slug(&run.scenario)?;
    Some(Simulator::new(scenario, run.seed).outcome(&run.decisions))
}
