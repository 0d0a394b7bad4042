//! The four readings of a funnel's shape (method §6, 形态): capacity, slope, evenness, velocity; each with a verdict and its reason.

use super::{Conversion, Interval, Rate, SalesCycle, Stock, View, conversion, sales_cycle, stock, survival::count};
use crate::model::{FunnelModel, ModelId, StageId};

/// What a reading says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// As it should be.
    Healthy,
    /// Worth watching.
    Watch,
    /// Something is wrong.
    Ill,
    /// Too little is known to tell.
    TooFew,
}

/// Why a reading says so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cause {
    /// The weighted amount that may close in the period covers this share of what the quota still asks for.
    Coverage(f64),
    /// The reading is this multiple of what it was the period before.
    AgainstBefore(f64),
    /// The observed geometric mean is this multiple of the model's.
    AgainstModel(f64),
    /// The model's value lies within the interval of the observed one: no difference can be told.
    WithinInterval,
    /// This stage holds the largest share too much, by this share of all open deals.
    TooFull(StageId, f64),
    /// Nothing there to read.
    NoData,
}

/// A verdict with its reason.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reading {
    /// What it says.
    pub verdict: Verdict,
    /// Why.
    pub cause: Cause,
}

impl Reading {
    const NOTHING: Self = Self { verdict: Verdict::TooFew, cause: Cause::NoData };

    /// Healthy from `fine` on, ill below `ill`, to be watched in between.
    fn of(value: f64, fine: f64, ill: f64, cause: Cause) -> Self {
        let verdict = if value >= fine {
            Verdict::Healthy
        } else if value >= ill {
            Verdict::Watch
        } else {
            Verdict::Ill
        };
        Self { verdict, cause }
    }
}

/// 粗细: how much is in the funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// Open amount in minor units; unknown amounts add nothing.
    pub open: i128,
    /// Σ open amount × probability in minor units.
    pub weighted: f64,
    /// Weighted amount of what is expected to close in the period ÷ quota left. `None` without a quota or when nothing of it is
    /// left.
    pub coverage: Option<f64>,
    /// The verdict: against the quota, or without one against the period before.
    pub reading: Reading,
}

/// 斜率: how steep the walls are; the steeper, the fewer are lost per step.
#[derive(Clone, Debug, PartialEq)]
pub struct Slope {
    /// Geometric mean of the stages' promotion rates *of decided*, a share of 1. `None` when a stage has no decided deal or none
    /// that passed.
    pub observed: Option<f64>,
    /// 90 % interval of the observed one (delta method on the logarithms of the rates).
    pub interval: Option<Interval>,
    /// Geometric mean of the promotion rates that the model assumes.
    pub assumed: f64,
    /// The rates behind it, stage by stage.
    pub rates: Vec<Option<Rate>>,
    /// The verdict.
    pub reading: Reading,
}

/// 均匀: whether the open deals lie as a steady funnel would hold them.
#[derive(Clone, Debug, PartialEq)]
pub struct Evenness {
    /// 1 − ½ Σ |pᵢ − qᵢ|, from 0 to 1. `None` without open deals or without entries in the period.
    pub value: Option<f64>,
    /// pᵢ: the share of the open deals in each stage.
    pub shares: Vec<f64>,
    /// qᵢ: the share a steady funnel would hold there: entries of the period × expected days (Little's law).
    pub steady: Vec<f64>,
    /// The verdict.
    pub reading: Reading,
}

/// 流速: money per day.
#[derive(Clone, Debug, PartialEq)]
pub struct Velocity {
    /// The four levers: open deals, mean won amount in minor units, win rate, median cycle in days.
    pub levers: Levers,
    /// Open deals × mean won amount × win rate ÷ median cycle, in minor units per day. `None` when a lever is.
    pub per_day: Option<f64>,
    /// The verdict, against the period before.
    pub reading: Reading,
}

/// What velocity is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Levers {
    /// Open deals on the day.
    pub open: usize,
    /// Mean amount of the deals won in the period, in minor units, over those whose amount is known.
    pub won_amount: Option<f64>,
    /// Won ÷ (won + lost) of the deals closed in the period.
    pub win_rate: Option<f64>,
    /// Median days from the first day to the signature.
    pub cycle: Option<f64>,
}

impl Levers {
    /// The levers in a model's stock and cycle.
    pub fn of(stock: &Stock, cycle: &SalesCycle) -> Self {
        Self {
            open: stock.open.deals.len(),
            won_amount: stock.won.mean_amount(),
            win_rate: stock.win_rate().map(|rate| rate.value()),
            cycle: cycle.median,
        }
    }

    /// Money per day, in minor units.
    pub fn velocity(&self) -> Option<f64> {
        let cycle = self.cycle.filter(|days| *days > 0.0)?;
        Some(count(self.open) * self.won_amount? * self.win_rate? / cycle)
    }

    /// What a tenth more of each lever would add per day: of open deals, won amount and win rate a tenth more each, of the cycle a
    /// tenth less. The first three add the same; the cycle adds a ninth.
    pub fn gains(&self) -> Option<[f64; 4]> {
        let now = self.velocity()?;
        Some([now * 0.1, now * 0.1, now * 0.1, now / 0.9 - now])
    }
}

/// The shape of one model's funnel.
#[derive(Clone, Debug, PartialEq)]
pub struct Shape {
    /// The model.
    pub model: ModelId,
    /// How much is in it.
    pub capacity: Capacity,
    /// How steep it is.
    pub slope: Slope,
    /// How evenly it is filled.
    pub evenness: Evenness,
    /// How fast it flows.
    pub velocity: Velocity,
}

/// The four readings of `model` in a view; `before` is the view of the period before, on its last day, if there was one.
///
/// `quota_left` is what the quota of the period still asks for, in minor units, and `closing` the weighted amount of what is expected
/// to close in the period. The verdicts: coverage is healthy from 1 on and ill below 0.7; capacity without a quota and velocity are
/// healthy from 0.95 of the period before on, ill below 0.8; slope is healthy when it is not below the model's or when the interval
/// holds the model's, ill when the whole interval lies below 0.85 of it; evenness is healthy from 0.8 on, ill below 0.65. `None`
/// when the view does not show the model.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, shape::shape};
/// let workspace = six_deals();
/// let frame = Frame::new(&workspace);
/// let all = Filter::default();
/// let model = workspace.models.iter().next().unwrap();
/// let shape = shape(&frame.view(day(2026, 3, 31), &all), model, None, None).unwrap();
/// assert_eq!(shape.capacity.open, 650_000);
/// // Of decided: Lead 4 of 4, Talk 1 of 2, Offer 1 of 1; the cube root of one half.
/// assert!((shape.slope.observed.unwrap() - 0.5_f64.cbrt()).abs() < 1e-12);
/// // Four open deals, one won with 1,000.00 of two closed, in 50 days.
/// assert_eq!(shape.velocity.per_day, Some(4.0 * 100_000.0 * 0.5 / 50.0));
/// // Open: 1, 2, 1 of 4; entered: 5, 4, 2 of 11, each for 14 days: 1 − ½ (9/44 + 6/44 + 3/44).
/// assert!((shape.evenness.value.unwrap() - 35.0 / 44.0).abs() < 1e-12);
/// ```
pub fn shape(view: &View, model: &FunnelModel, before: Option<&View>, quota: Option<QuotaLeft>) -> Option<Shape> {
    let conversion = conversion(view).into_iter().find(|conversion| conversion.model == model.id)?;
    let (stock, cycle) = stock_and_cycle(view, model.id)?;
    Some(shape_of(model, (&stock, &conversion, &cycle), before, quota))
}

/// The same from figures of the model that are there already.
pub fn shape_of(
    model: &FunnelModel,
    (stock, conversion, cycle): (&Stock, &Conversion, &SalesCycle),
    before: Option<&View>,
    quota: Option<QuotaLeft>,
) -> Shape {
    let before = before.and_then(|view| stock_and_cycle(view, model.id));
    let weighted_before = before.as_ref().map(|(stock, _)| stock.open.weighted);
    let velocity_before = before.and_then(|(stock, cycle)| Levers::of(&stock, &cycle).velocity());
    let open: Vec<usize> = stock.stages.iter().map(|stage| stage.open.deals.len()).collect();
    Shape {
        model: model.id,
        capacity: capacity(stock.open.amount, stock.open.weighted, quota, weighted_before),
        slope: slope(model, conversion),
        evenness: evenness(model, &open, conversion),
        velocity: velocity(Levers::of(stock, cycle), velocity_before),
    }
}

/// Stock and cycle of a model in a view; `None` when the view does not show it.
fn stock_and_cycle(view: &View, model: ModelId) -> Option<(Stock, SalesCycle)> {
    let stock = stock(view).into_iter().find(|stock| stock.model == model)?;
    Some((stock, sales_cycle(view).into_iter().find(|cycle| cycle.model == model)?))
}

/// What a quota still asks for, and what may answer it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuotaLeft {
    /// The quota less what was won, in minor units.
    pub left: f64,
    /// Weighted amount of the open deals expected to close before its end, in minor units.
    pub closing: f64,
}

fn capacity(open: i128, weighted: f64, quota: Option<QuotaLeft>, before: Option<f64>) -> Capacity {
    let coverage = quota.filter(|quota| quota.left > 0.0).map(|quota| quota.closing / quota.left);
    let reading = match (coverage, before.filter(|before| *before > 0.0)) {
        (Some(coverage), _) => Reading::of(coverage, 1.0, 0.7, Cause::Coverage(coverage)),
        (None, Some(before)) => Reading::of(weighted / before, 0.95, 0.8, Cause::AgainstBefore(weighted / before)),
        (None, None) => Reading::NOTHING,
    };
    Capacity { open, weighted, coverage, reading }
}

fn slope(model: &FunnelModel, figures: &Conversion) -> Slope {
    let rates: Vec<_> = figures.stages.iter().map(|stage| stage.cohort.of_decided()).collect();
    let assumed = mean_of_logs(model.stages.iter().map(|stage| stage.promotion_rate.as_f64())).map_or(0.0, f64::exp);
    let mean = mean_of_logs(rates.iter().map(|rate| rate.map_or(0.0, |rate| rate.value())));
    let observed = mean.map(f64::exp);
    let interval = mean.and_then(|mean| {
        // The variance of the logarithm of a beta variable is about (1 − p) ÷ (p (n + 1)); those of the stages add up.
        let variance = rates.iter().map(|rate| {
            let rate = (*rate)?;
            let n = count(rate.of()) + 1.0;
            let p = (count(rate.hits()) + 0.5) / n;
            Some((1.0 - p) / (p * (n + 1.0)))
        });
        let variance: f64 = variance.sum::<Option<f64>>()?;
        let reach = 1.644_853_626_951_472_2 * variance.sqrt() / count(rates.len());
        Some(Interval { low: (mean - reach).exp(), high: (mean + reach).exp().min(1.0) })
    });
    let few = figures.stages.iter().any(|stage| stage.cohort.too_few());
    let reading = match (observed, interval) {
        (Some(observed), Some(interval)) if !few && assumed > 0.0 => {
            let ratio = observed / assumed;
            if observed >= assumed {
                Reading { verdict: Verdict::Healthy, cause: Cause::AgainstModel(ratio) }
            } else if interval.high >= assumed {
                Reading { verdict: Verdict::Healthy, cause: Cause::WithinInterval }
            } else if interval.high >= assumed * 0.85 {
                Reading { verdict: Verdict::Watch, cause: Cause::AgainstModel(ratio) }
            } else {
                Reading { verdict: Verdict::Ill, cause: Cause::AgainstModel(ratio) }
            }
        }
        _ => Reading::NOTHING,
    };
    Slope { observed, interval, assumed, rates, reading }
}

/// The mean of the natural logarithms; `None` without numbers or when one is not above 0.
fn mean_of_logs(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let logs: Option<Vec<f64>> = numbers.map(|number| (number > 0.0).then(|| number.ln())).collect();
    let logs = logs.filter(|logs| !logs.is_empty())?;
    Some(logs.iter().sum::<f64>() / count(logs.len()))
}

fn evenness(model: &FunnelModel, open: &[usize], figures: &Conversion) -> Evenness {
    let all: usize = open.iter().sum();
    let flows: Vec<f64> = model
        .stages
        .iter()
        .zip(&figures.stages)
        .map(|(stage, figures)| count(figures.cohort.entered()) * f64::from(stage.expected_days))
        .collect();
    let flow: f64 = flows.iter().sum();
    let share = |part: f64, all: f64| if all > 0.0 { part / all } else { 0.0 };
    let shares: Vec<f64> = open.iter().map(|deals| share(count(*deals), count(all))).collect();
    let steady: Vec<f64> = flows.iter().map(|part| share(*part, flow)).collect();
    let value = (all > 0 && flow > 0.0)
        .then(|| 1.0 - 0.5 * shares.iter().zip(&steady).map(|(p, q)| (p - q).abs()).sum::<f64>());
    let fullest = shares.iter().zip(&steady).zip(&model.stages).map(|((p, q), stage)| (p - q, stage.id));
    let fullest = fullest.max_by(|(a, _), (b, _)| a.total_cmp(b));
    let reading = match (value, fullest) {
        (Some(value), Some((excess, stage))) if all >= 5 => {
            Reading::of(value, 0.8, 0.65, Cause::TooFull(stage, excess))
        }
        _ => Reading::NOTHING,
    };
    Evenness { value, shares, steady, reading }
}

fn velocity(levers: Levers, before: Option<f64>) -> Velocity {
    let per_day = levers.velocity();
    let reading = match (per_day, before.filter(|before| *before > 0.0)) {
        (Some(now), Some(before)) => Reading::of(now / before, 0.95, 0.8, Cause::AgainstBefore(now / before)),
        _ => Reading::NOTHING,
    };
    Velocity { levers, per_day, reading }
}
