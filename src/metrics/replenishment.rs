//! How many new opportunities a target needs, and by when (method §6, 补充血液): the match-stick count of §9.

use super::survival::count;
use crate::model::{Date, FunnelModel, StageId};

/// What one stage has to have by when.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StageNeed {
    /// The stage.
    pub stage: StageId,
    /// Share of the deals here that are won in the end: the product of the promotion rates from here on.
    pub wins_per_deal: f64,
    /// Deals that must have entered here to reach the target, with those already further on counted for what they may bring.
    pub needed: f64,
    /// Open deals here now.
    pub there: usize,
    /// The day by which they must be in: the target's day less the days from here on. `None` outside the calendar.
    pub by: Option<Date>,
}

/// The way back from a target up the funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Replenishment {
    /// Wins that the target takes.
    pub wins: f64,
    /// Wins that the open deals may bring, each by its stage.
    pub expected: f64,
    /// The stages, first to last.
    pub stages: Vec<StageNeed>,
    /// New opportunities needed in the first stage, at least 0.
    pub new: f64,
    /// The day by which the last of them must be in.
    pub by: Option<Date>,
    /// New opportunities a week from today until then. `None` when that day has passed: then it is too late for new ones to count.
    pub per_week: Option<f64>,
}

/// What stands in a stage, and what is assumed of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StageAssumption {
    /// Share of the deals here that go on, above 0.
    pub rate: f64,
    /// Days that a deal stays here.
    pub days: u32,
    /// Open deals here now.
    pub open: usize,
}

/// What it takes to win `wins` deals by `target`, counted on `today`, with one assumption for each stage of the model.
///
/// A stage needs (wins ÷ share of its deals that are won) deals, less what the deals already further on may bring. `None` when the
/// assumptions are not one for each stage, or one of the rates is not above 0.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::replenishment::{StageAssumption, replenishment};
/// let workspace = six_deals();
/// let model = workspace.models.iter().next().unwrap();
/// // Half of them go on from each of three stages, each takes 14 days; 8 stand in the first, 4 in the second, 2 in the last.
/// let stage = |open| StageAssumption { rate: 0.5, days: 14, open };
/// let stages = [stage(8), stage(4), stage(2)];
/// let need = replenishment(model, &stages, 10.0, day(2026, 6, 30), day(2026, 3, 31)).unwrap();
/// // The open deals may bring 1 + 1 + 1 wins; the other 7 take 56 new opportunities, 42 days before the end of June.
/// assert_eq!((need.expected, need.new, need.by), (3.0, 56.0, Some(day(2026, 5, 19))));
/// assert_eq!(need.per_week, Some(8.0));
/// ```
pub fn replenishment(
    model: &FunnelModel,
    assumptions: &[StageAssumption],
    wins: f64,
    target: Date,
    today: Date,
) -> Option<Replenishment> {
    if assumptions.len() != model.stages.len()
        || assumptions.iter().any(|stage| stage.rate.is_nan() || stage.rate <= 0.0)
    {
        return None;
    }
    let (mut share, mut days, mut further) = (1.0, 0_u64, 0.0);
    let mut stages = Vec::with_capacity(assumptions.len());
    for (stage, assumed) in model.stages.iter().zip(assumptions).rev() {
        share *= assumed.rate;
        days += u64::from(assumed.days);
        stages.push(StageNeed {
            stage: stage.id,
            wins_per_deal: share,
            needed: ((wins - further) / share).max(0.0),
            there: assumed.open,
            by: target.checked_sub_days(chrono::Days::new(days)),
        });
        further += count(assumed.open) * share;
    }
    stages.reverse();
    let first = stages.first()?;
    let new = ((wins - further) / first.wins_per_deal).max(0.0);
    let by = first.by;
    let weeks = by.map(|by| (by - today).num_days()).filter(|days| *days > 0);
    let per_week = weeks.and_then(|days| i32::try_from(days).ok()).map(|days| new / (f64::from(days) / 7.0));
    Some(Replenishment { wins, expected: further, stages, new, by, per_week })
}
