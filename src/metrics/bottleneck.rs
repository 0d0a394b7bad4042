//! The stage that costs most (method §6): what would be won more if it reached its model value.

use rand::SeedableRng as _;
use rand_distr::{Beta, Distribution as _};
use rand_pcg::Pcg64Mcg;

use super::{Conversion, Interval, Row, survival::count};
use crate::model::{FunnelModel, StageId};

/// How often the rates are drawn.
const DRAWS: usize = 2_000;
/// A stage is named when it comes out largest in this share of the draws.
const SURE: f64 = 0.8;

/// What one stage would bring.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gain {
    /// The stage.
    pub stage: StageId,
    /// Observed promotion rate *of decided*; `None` when nothing is decided.
    pub observed: Option<f64>,
    /// The rate that the model assumes.
    pub assumed: f64,
    /// Wins more, out of the deals that entered the funnel in the period, if the stage reached the model's rate: the mean over the
    /// draws, at least 0.
    pub wins: f64,
    /// 90 % interval of it.
    pub interval: Interval,
    /// The same in money: wins × mean won amount, in minor units; `None` when no amount is known.
    pub money: Option<f64>,
    /// Days that half of the deals stay longer here than the model expects, at least 0; `None` when too many are open to tell.
    pub days: Option<u32>,
    /// In what share of the draws this stage had the largest gain.
    pub largest: f64,
}

/// The gains of every stage of one model, and which is the largest.
#[derive(Clone, Debug, PartialEq)]
pub struct Bottleneck {
    /// The stages, first to last.
    pub gains: Vec<Gain>,
    /// The stage whose gain is the largest in at least 80 % of the draws and above nothing; `None` when the intervals overlap too
    /// much to tell.
    pub stage: Option<StageId>,
}

/// What every stage of `model` costs, from the conversion of a period.
///
/// The expected wins of a period's intake are Σ over the stages of (deals that began there) × Π of the promotion rates from there on.
/// A deal begins in the first stage, by the order of the model, that it entered in the period, and counts once.
/// Each draw takes every rate from its posterior, Beta(passed + ½, lost + ½), and asks what the wins would be if one stage had the
/// model's rate and the others their own; a stage that is better than its model gains nothing. The draws are seeded: the same
/// figures give the same answer. `won_amount` is the mean won amount in minor units. Stages of which nothing is decided are taken at
/// the model's rate and gain nothing.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, bottleneck::bottleneck, conversion};
/// let workspace = six_deals();
/// let frame = Frame::new(&workspace);
/// let all = Filter::default();
/// let figures = conversion(&frame.view(day(2026, 3, 31), &all)).remove(0);
/// let found = bottleneck(workspace.models.iter().next().unwrap(), &figures, Some(100_000.0));
/// // Six deals say too little to name a stage.
/// assert_eq!(found.stage, None);
/// assert_eq!(found.gains.len(), 3);
/// // The model assumes 50 %; in Lead all four decided deals went on, so there is next to nothing to gain.
/// assert!(found.gains[0].wins < 0.02);
/// ```
pub fn bottleneck(model: &FunnelModel, figures: &Conversion, won_amount: Option<f64>) -> Bottleneck {
    let stages: Vec<_> = model.stages.iter().zip(&figures.stages).collect();
    let assumed: Vec<f64> = stages.iter().map(|(stage, _)| stage.promotion_rate.as_f64()).collect();
    // Each deal begins once, also when it skipped stages or fell back later.
    let deals = || stages.iter().flat_map(|(_, figures)| figures.cohort.deals());
    let mut known = vec![false; deals().map(|row| row.index() + 1).max().unwrap_or_default()];
    let mut is_first = |row: &Row| known.get_mut(row.index()).is_some_and(|known| !std::mem::replace(known, true));
    let began: Vec<f64> =
        stages.iter().map(|(_, figures)| count(figures.cohort.deals().filter(|row| is_first(row)).count())).collect();
    let posteriors: Vec<Option<Beta<f64>>> =
        stages.iter().map(|(_, figures)| posterior(figures.cohort.passed.len(), figures.cohort.lost.len())).collect();
    let mut chance = Pcg64Mcg::seed_from_u64(0x10_0D_00);
    let mut draws = vec![Vec::with_capacity(DRAWS); stages.len()];
    let mut largest = vec![0_usize; stages.len()];
    for _ in 0..DRAWS {
        let rates: Vec<f64> = posteriors
            .iter()
            .zip(&assumed)
            .map(|(posterior, assumed)| posterior.map_or(*assumed, |beta| beta.sample(&mut chance)))
            .collect();
        let base = wins(&began, &rates);
        let mut most = (0.0, None);
        for (place, gains) in draws.iter_mut().enumerate() {
            let (Some(rate), Some(assumed)) = (rates.get(place), assumed.get(place)) else { continue };
            let mut better = rates.clone();
            if let Some(rate) = better.get_mut(place) {
                *rate = rate.max(*assumed);
            }
            let gain = if rate < assumed { wins(&began, &better) - base } else { 0.0 };
            if gain > most.0 {
                most = (gain, Some(place));
            }
            gains.push(gain);
        }
        if let Some(times) = most.1.and_then(|place| largest.get_mut(place)) {
            *times += 1;
        }
    }
    let gain = |((((stage, figures), mut drawn), times), assumed): ((((&_, &_), Vec<f64>), usize), f64)| {
        let (stage, figures): (&crate::model::Stage, &super::StageConversion) = (stage, figures);
        drawn.sort_by(f64::total_cmp);
        let mean = drawn.iter().sum::<f64>() / count(drawn.len().max(1));
        let at = |share: f64| {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
            let place = (share * count(drawn.len().saturating_sub(1))).round() as usize;
            drawn.get(place).copied().unwrap_or_default()
        };
        let stay = figures.cohort.stay().median();
        Gain {
            stage: stage.id,
            observed: figures.cohort.of_decided().map(|rate| rate.value()),
            assumed,
            wins: mean,
            interval: Interval { low: at(0.05), high: at(0.95) },
            money: won_amount.map(|amount| amount * mean),
            days: stay.map(|days| days.saturating_sub(u32::from(stage.expected_days))),
            largest: count(times) / count(DRAWS),
        }
    };
    let gains: Vec<Gain> = stages.into_iter().zip(draws).zip(largest).zip(assumed).map(gain).collect();
    let named = gains.iter().filter(|gain| gain.largest >= SURE && gain.wins > 0.0).map(|gain| gain.stage).next();
    Bottleneck { gains, stage: named }
}

fn posterior(passed: usize, lost: usize) -> Option<Beta<f64>> {
    if passed + lost == 0 {
        return None;
    }
    Beta::new(count(passed) + 0.5, count(lost) + 0.5).ok()
}

/// Wins of deals that began in each stage, at these rates.
pub(super) fn wins(began: &[f64], rates: &[f64]) -> f64 {
    let mut flowing = 0.0;
    for (began, rate) in began.iter().zip(rates) {
        flowing = (flowing + began) * rate;
    }
    flowing
}
