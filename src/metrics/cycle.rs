//! How long a won deal took (method §6, sales cycle).

use super::{LeftOut, Reason, Row, View, survival::count, view::Status};
use crate::model::ModelId;

/// The sales cycle (销售周期) in one model: days from a deal's first day to the day it was won.
#[derive(Clone, Debug, PartialEq)]
pub struct SalesCycle {
    /// The model in which the deals were won.
    pub model: ModelId,
    /// Deals won in the period, quickest first.
    pub deals: Vec<Row>,
    /// The middle one in days, or the mean of the two in the middle; `None` when none was won.
    pub median: Option<f64>,
    /// The mean in days; `None` when none was won.
    pub mean: Option<f64>,
    /// Won deals that are not counted: first or last day not written down ([`Reason::Undated`]), or won
    /// [outside the period](Reason::OutsidePeriod).
    pub left_out: LeftOut,
}

/// The sales cycle of the deals that were won in the period and still are on the day of the view, one for each model of the
/// filter. The first day is that of the deal's creation, in whatever stage and model.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, sales_cycle};
/// // One deal was won: it began on 1 January and was signed on 20 February.
/// let frame = Frame::new(&six_deals());
/// let everything = Filter::default();
/// let cycles = sales_cycle(&frame.view(day(2026, 3, 31), &everything));
/// assert_eq!((cycles[0].median, cycles[0].mean), (Some(50.0), Some(50.0)));
/// ```
pub fn sales_cycle(view: &View) -> Vec<SalesCycle> {
    let of_model = |(number, model): (usize, &super::frame::ModelColumn)| {
        let mut won = Vec::new();
        let mut left_out = LeftOut::default();
        for state in view.states.iter().filter(|state| state.stage.is_some_and(|stage| stage.model == number)) {
            let Status::Won(on) = state.status else { continue };
            match (view.in_period(on), on, state.began) {
                (Ok(()), Some(on), Some(began)) => won.push(((on - began).num_days(), state.row)),
                (Ok(()), ..) => left_out.add(Reason::Undated, state.row),
                (Err(reason), ..) => left_out.add(reason, state.row),
            }
        }
        won.sort_unstable();
        let days: Vec<f64> = won.iter().filter_map(|(days, _)| i32::try_from(*days).ok()).map(f64::from).collect();
        let mean = (!days.is_empty()).then(|| days.iter().sum::<f64>() / count(days.len()));
        let deals = won.into_iter().map(|(_, row)| row).collect();
        SalesCycle { model: model.id, deals, median: median(&days), mean, left_out }
    };
    view.models().map(of_model).collect()
}

/// The middle of sorted numbers, or the mean of the two in the middle; `None` without any.
pub(super) fn median(sorted: &[f64]) -> Option<f64> {
    let upper = sorted.get(sorted.len() / 2)?;
    let lower = sorted.get((sorted.len() - 1) / 2)?;
    Some(f64::midpoint(*lower, *upper))
}
