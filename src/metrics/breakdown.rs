//! The figures of the funnel told apart by what deals have in common (method §6, breakdowns): who sells, what, to whom, how the
//! customer came, who else bids; and where and why deals are lost.

mod cost;
mod losses;
mod value;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Cohort, Conversion, Holding, LeftOut, Row, SalesCycle, Stock, View, conversion, frame::ModelColumn, sales_cycle,
    stock, survival::count, view::State,
};
use crate::model::ModelId;

use cost::Spending;

pub use cost::Cost;
pub use losses::{Losses, losses};
pub use value::{Dimension, Value};

/// The figures of the deals that have one value in common.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The deals that entered the first stage of the model in the period, by what became of them: the ground of conversion.
    pub cohort: Cohort,
    /// The deals that are open on the day of the view.
    pub open: Holding,
    /// The deals won in the period.
    pub won: Holding,
    /// The deals lost in the period.
    pub lost: Holding,
    /// How long the deals won in the period took.
    pub cycle: SalesCycle,
    /// What was spent on the deals in the period.
    pub cost: Cost,
    /// Closed deals that are neither in `won` nor in `lost`, and deals in a stage the model does not have.
    pub left_out: LeftOut,
}

impl Line {
    /// The mean amount of the deals won in the period whose amount is known, in minor units; `None` without any.
    pub fn mean_won(&self) -> Option<f64> {
        self.won.mean_amount()
    }

    /// What was spent in the period ÷ deals won in it, in minor units; `None` when no cost is known or nothing was won. Won deals of
    /// which no cost is known count too, so it reads low where many are [left out](Cost::left_out).
    pub fn cost_per_win(&self) -> Option<f64> {
        let won = self.won.deals.len();
        #[expect(clippy::cast_precision_loss, reason = "a mean cost is shown, not added to")]
        self.cost.known().filter(|_| won > 0).map(|spent| spent as f64 / count(won))
    }

    /// Every deal that one of the figures counts, once, in the order of the rows.
    pub fn rows(&self) -> Vec<Row> {
        let standing = [&self.open.deals, &self.won.deals, &self.lost.deals];
        self.cohort
            .deals()
            .chain(standing.into_iter().flatten())
            .copied()
            .collect::<BTreeSet<_>>()
            .into_iter()
            .collect()
    }

    fn is_empty(&self) -> bool {
        self.rows().is_empty()
    }
}

/// The figures of one model, told apart by one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Breakdown {
    /// The model.
    pub model: ModelId,
    /// A line for every value that a counted deal has.
    pub lines: BTreeMap<Value, Line>,
    /// All deals that stand in a line, each once.
    pub total: Line,
    /// The deals that stand in several lines, so that the lines add up to more than the total.
    pub several: Vec<Row>,
    /// What was spent in the period and is in no line, in minor units: on activities without a deal and on campaigns that brought
    /// none. It knows no model and no filter.
    pub unassigned: i128,
}

/// The deals of a view by the value they have, one breakdown for each model of the filter.
///
/// A deal with several products or competitors counts in the line of each, with all its money;
/// [`several`](Breakdown::several) says which. What a deal does not have is a value of its own. The owner is the one of the
/// day of the view, the department the one where that person works today; customer, product, source, campaign and competitors have
/// no history. By [lost reason](Dimension::LostReason) and [lost stage](Dimension::LostStage) only deals that are lost on the day of
/// the view stand in a line.
///
/// Each figure is the one that [`conversion`](fn@conversion), [`stock`](fn@stock) and [`sales_cycle`] tell of the deals of the line: conversion counts the
/// deals that entered the first stage in the period, what was won and lost counts by the day of it. See [`Cost`] for what is spent.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Dimension, Filter, Frame, breakdown, breakdown::Value};
/// // Nobody named a source for any of the six deals.
/// let frame = Frame::new(&six_deals());
/// let all = Filter::default();
/// let view = frame.view(day(2026, 3, 31), &all);
/// let by_source = breakdown(&view, Dimension::Source).remove(0);
/// let line = &by_source.lines[&Value::Text(String::new())];
/// assert_eq!((by_source.lines.len(), line), (1, &by_source.total));
/// assert_eq!((line.cohort.passed.len(), line.cohort.lost.len(), line.cohort.open.len()), (1, 1, 3));
/// assert_eq!((line.won.amount, line.mean_won(), line.cycle.median), (100_000, Some(100_000.0), Some(50.0)));
/// // What it cost nobody wrote down: that is not a cost of 0.
/// assert_eq!(line.cost_per_win(), None);
/// // One deal was lost, for its price, with 3,000.00.
/// let by_reason = breakdown(&view, Dimension::LostReason).remove(0);
/// assert_eq!(by_reason.lines[&Value::Text("price".to_owned())].lost.amount, 300_000);
/// assert_eq!(by_reason.total.lost.deals.len(), 1);
/// ```
pub fn breakdown(view: &View, by: Dimension) -> Vec<Breakdown> {
    let spending = Spending::new(view);
    let mut groups: BTreeMap<Value, Vec<State>> = BTreeMap::new();
    let (mut all, mut several) = (Vec::new(), BTreeSet::new());
    for state in &view.states {
        let values = value::values(view, by, state);
        if !values.is_empty() {
            all.push(state.clone());
        }
        if values.len() > 1 {
            several.insert(state.row);
        }
        for value in values {
            groups.entry(value).or_default().push(state.clone());
        }
    }
    let totals = lines(&view.among(all), &spending);
    let mut made: Vec<Breakdown> = totals
        .into_iter()
        .map(|(model, total)| Breakdown {
            model,
            lines: BTreeMap::new(),
            several: total.rows().into_iter().filter(|row| several.contains(row)).collect(),
            total,
            unassigned: spending.unassigned,
        })
        .collect();
    for (value, states) in groups {
        for (breakdown, (_, line)) in made.iter_mut().zip(lines(&view.among(states), &spending)) {
            if !line.is_empty() {
                breakdown.lines.insert(value.clone(), line);
            }
        }
    }
    made
}

/// The figures of a view, one line for each model of the filter.
fn lines(view: &View, spending: &Spending) -> Vec<(ModelId, Line)> {
    let figures = view.models().zip(conversion(view)).zip(stock(view)).zip(sales_cycle(view));
    let line = |((((number, model), conversion), stock), cycle): ((((_, &ModelColumn), Conversion), Stock), _)| {
        let mut line = Line {
            cohort: conversion.overall,
            open: stock.open,
            won: stock.won,
            lost: stock.lost,
            cycle,
            cost: Cost::default(),
            left_out: stock.left_out,
        };
        line.cost = spending.of(view, number, &line.rows());
        (model.id, line)
    };
    figures.map(line).collect()
}

#[cfg(test)]
mod tests;
