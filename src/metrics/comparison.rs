//! Two periods side by side (method §6, period comparison), and what of the difference is more than chance.

mod figures;
mod preset;

use super::{
    Frame, Interval, LeftOut, Period, Row,
    difference::{Estimate, difference},
    filter::Filter,
};
use crate::model::{FunnelModel, ModelId, StageId};

pub(super) use figures::FEW;
pub use preset::Preset;

/// What is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Deals open at the end of the period.
    Open,
    /// Their amount, in minor units.
    OpenAmount,
    /// Their amount × probability, in minor units.
    Weighted,
    /// Deals won in the period.
    Won,
    /// Their amount, in minor units.
    WonAmount,
    /// The mean of the known amounts, in minor units.
    MeanWon,
    /// Won ÷ (won + lost) of the deals closed in the period.
    WinRate,
    /// Median days from the first day to the signature of the deals won in the period.
    Cycle,
    /// Conversion *of decided* of a stage.
    Stage(StageId),
    /// Conversion *of decided* from the first stage to won.
    Overall,
    /// Lost ÷ entered, from the first stage on.
    Loss,
    /// Geometric mean of the stages' conversion *of decided*.
    Slope,
    /// How evenly the open deals lie.
    Evenness,
    /// Money per day, in minor units.
    Velocity,
}

/// A figure of one of the two periods.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Side {
    /// The figure; `None` when it is not defined.
    pub value: Option<f64>,
    /// Its own 90 % interval; `None` when it has none.
    pub interval: Option<Interval>,
    /// The deals it counts: of a rate those that were decided.
    pub deals: Vec<Row>,
    /// What it leaves out.
    pub left_out: LeftOut,
    /// Whether it rests on fewer than five deals.
    pub few: bool,
}

/// What a difference says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Told {
    /// The whole interval lies above 0: more than chance.
    More,
    /// The whole interval lies below 0: less than chance would have it.
    Less,
    /// The interval holds 0: it may be chance.
    Unclear,
    /// One of the figures rests on fewer than five deals.
    TooFew,
    /// The figures are counted on a day, not estimated: the difference is what it is.
    Counted,
    /// There is no interval: a figure is not defined, nobody knows how it spreads, or deals are in both periods.
    NoInterval,
}

impl Told {
    /// What the interval of a difference says.
    pub fn of(interval: Interval) -> Self {
        if interval.low > 0.0 {
            Self::More
        } else if interval.high < 0.0 {
            Self::Less
        } else {
            Self::Unclear
        }
    }
}

/// One figure in both periods.
#[derive(Clone, Debug, PartialEq)]
pub struct Compared {
    /// Which figure.
    pub measure: Measure,
    /// In the earlier period, seen from its end.
    pub then: Side,
    /// In the later period, seen from its end.
    pub now: Side,
    /// Now − then; `None` when one of them is not defined. Of shares a difference of shares: 0.1 is ten points.
    pub difference: Option<f64>,
    /// The 90 % interval of the difference.
    pub interval: Option<Interval>,
    /// What it says.
    pub told: Told,
}

/// Two periods of one model.
#[derive(Clone, Debug, PartialEq)]
pub struct Comparison {
    /// The model.
    pub model: ModelId,
    /// The period compared with.
    pub then: Period,
    /// The period looked at.
    pub now: Period,
    /// Whether the periods have a day in common: then they have deals in common, and no difference has an interval.
    pub overlap: bool,
    /// Every figure, in the order in which they are read.
    pub lines: Vec<Compared>,
}

/// The figures of `model` in two periods, each seen from its own last day: what happened after it does not exist. So the deals of both
/// had the same time to be decided if the periods are equally long. The period of the filter does not matter.
///
/// The interval of a difference comes from those of the two figures, see [`difference`](fn@difference): of rates Jeffreys' own, of the
/// median cycle [between order statistics](super::difference::of_median), of the mean amount
/// [Student's](super::difference::of_mean), of the number won and its amount [Fay and Feuer's](super::difference::of_sum), of the
/// slope [its own](super::shape::Slope), of the velocity that of [the product](super::difference::of_product) of its levers, as if
/// these were independent and the open deals counted. The stock is counted, not estimated, and evenness has no interval.
///
/// Counts and sums are those of the periods as they are: of a longer one there is more. Stages and models are those of the frame. `None`
/// when the filter does not show the model.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, Period, comparison, comparison::{Measure, Told}};
/// let workspace = six_deals();
/// let frame = Frame::new(&workspace);
/// let model = workspace.models.iter().next().unwrap();
/// let month = |month, last| Period { from: day(2026, month, 1), to: day(2026, month, last) };
/// let found = comparison(&frame, &Filter::default(), model, month(1, 31), month(2, 28)).unwrap();
/// let line = |measure| found.lines.iter().find(|line| line.measure == measure).unwrap();
/// // At the end of January four deals were open, at the end of February three: one began, one was won, one was lost.
/// let open = line(Measure::Open);
/// assert_eq!((open.then.value, open.now.value, open.difference, open.told), (Some(4.0), Some(3.0), Some(-1.0), Told::Counted));
/// // In January none was closed: no rate, and no difference.
/// let rate = line(Measure::WinRate);
/// assert_eq!((rate.then.value, rate.now.value, rate.difference), (None, Some(0.5), None));
/// assert_eq!((rate.told, line(Measure::WonAmount).difference), (Told::NoInterval, Some(100_000.0)));
/// ```
pub fn comparison(
    frame: &Frame,
    filter: &Filter,
    model: &FunnelModel,
    then: Period,
    now: Period,
) -> Option<Comparison> {
    let sides = |period: Period| {
        let filter = Filter { period: Some(period), ..filter.clone() };
        figures::figures(&frame.view(period.to, &filter), model)
    };
    let overlap = then.overlaps(&now);
    let both = sides(then)?.into_iter().zip(sides(now)?);
    let lines = both.map(|((measure, then), (_, now))| compared(measure, then, now, overlap));
    Some(Comparison { model: model.id, then, now, overlap, lines: lines.collect() })
}

fn compared(measure: Measure, then: Side, now: Side, overlap: bool) -> Compared {
    let estimate = |side: &Side| Some(Estimate { value: side.value?, interval: side.interval? });
    let gap = now.value.zip(then.value).map(|(now, then)| now - then);
    let interval = estimate(&now).zip(estimate(&then)).filter(|_| !overlap).map(|(now, then)| difference(now, then));
    // A number of wins is thin when both periods together have few.
    let few = match measure {
        Measure::Won | Measure::WonAmount => now.deals.len() + then.deals.len() < 5,
        _ => now.few || then.few,
    };
    let told = match (measure, interval) {
        (Measure::Open | Measure::OpenAmount | Measure::Weighted, _) => Told::Counted,
        _ if gap.is_some() && few => Told::TooFew,
        (_, Some(interval)) => Told::of(interval),
        (_, None) => Told::NoInterval,
    };
    Compared { measure, then, now, difference: gap, interval, told }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn side(value: f64, low: f64, high: f64) -> Side {
        Side { value: Some(value), interval: Some(Interval { low, high }), ..Side::default() }
    }

    fn told(measure: Measure, then: Side, now: Side, overlap: bool) -> Told {
        compared(measure, then, now, overlap).told
    }

    #[test]
    fn a_difference_is_told_by_where_its_interval_lies() {
        let (low, high) = (side(0.2, 0.15, 0.25), side(0.6, 0.55, 0.65));
        assert_eq!(told(Measure::Overall, low.clone(), high.clone(), false), Told::More);
        assert_eq!(told(Measure::Overall, high.clone(), low.clone(), false), Told::Less);
        assert_eq!(told(Measure::Overall, low.clone(), low.clone(), false), Told::Unclear);
        assert_eq!(told(Measure::Overall, low.clone(), high.clone(), true), Told::NoInterval);
        assert_eq!(told(Measure::Overall, Side { few: true, ..low.clone() }, high.clone(), false), Told::TooFew);
        assert_eq!(told(Measure::Open, low.clone(), high, true), Told::Counted);
        assert_eq!(told(Measure::Overall, Side::default(), low, false), Told::NoInterval);
    }
}
