//! Where the deals stood on one day, and where on another (method §5.6).

use std::collections::BTreeMap;

use crate::metrics::{
    Row, View,
    timeline::{until, value_on},
    view::{State, Status},
};
use crate::model::ModelId;

/// Where a deal stands, as one model sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// It has not begun.
    NotBegun,
    /// Outside the view: with an owner who does not pass the filter, in another model, or in a stage that no model has.
    Elsewhere,
    /// Open, in the stage of this place in the model, from 0.
    Stage(usize),
    /// Asleep.
    Dormant,
    /// Won.
    Won,
    /// Lost.
    Lost,
}

/// The deals that stood in one place on the first day and in one on the last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// The deals.
    pub deals: Vec<Row>,
    /// Their amount on the last day, in minor units; unknown ones add nothing.
    pub amount: i128,
}

/// From where to where, for one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Matrix {
    /// The model.
    pub model: ModelId,
    /// How many stages it has.
    pub stages: usize,
    /// The cells with a deal, by where it stood and where it stands. Deals that are [`NotBegun`](Place::NotBegun) or
    /// [`Elsewhere`](Place::Elsewhere) on both days are in none.
    pub cells: BTreeMap<(Place, Place), Cell>,
}

impl Matrix {
    /// The deals that stood in a place on the first day.
    pub fn from(&self, place: Place) -> usize {
        self.cells.iter().filter(|((from, _), _)| *from == place).map(|(_, cell)| cell.deals.len()).sum()
    }

    /// The deals that stand in a place on the last day.
    pub fn to(&self, place: Place) -> usize {
        self.cells.iter().filter(|((_, to), _)| *to == place).map(|(_, cell)| cell.deals.len()).sum()
    }
}

/// The movements between the days of two views of one frame with one filter, one matrix for each model of the filter; `before` is the
/// earlier day.
///
/// The rows add up to what stood in each stage on the first day, the columns to what stands there on the last. What happened and was
/// undone in between leaves no trace.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, movement::{Place, matrix}};
/// let frame = Frame::new(&six_deals());
/// let all = Filter::default();
/// let moved = matrix(&frame.view(day(2026, 1, 31), &all), &frame.view(day(2026, 3, 31), &all)).remove(0);
/// let count = |from, to| moved.cells.get(&(from, to)).map_or(0, |cell| cell.deals.len());
/// // From Lead one went on to Talk; of the two that began since, one skipped Talk.
/// assert_eq!(count(Place::Stage(0), Place::Stage(1)), 1);
/// assert_eq!((count(Place::NotBegun, Place::Stage(0)), count(Place::NotBegun, Place::Stage(2))), (1, 1));
/// assert_eq!((count(Place::Stage(1), Place::Lost), count(Place::Stage(2), Place::Won)), (1, 1));
/// assert_eq!((moved.from(Place::Stage(1)), moved.to(Place::Stage(1))), (2, 2));
/// ```
pub fn matrix(before: &View, after: &View) -> Vec<Matrix> {
    let frame = after.frame;
    let mut all: Vec<(usize, Matrix)> = after
        .models()
        .map(|(number, model)| (number, Matrix { model: model.id, stages: model.stages.len(), cells: BTreeMap::new() }))
        .collect();
    for (row, _) in frame.rows() {
        let (then, now) = (before.state(row), after.state(row));
        if then.is_none() && now.is_none() {
            continue;
        }
        // A deal that one of the views has may not have begun on the other day, or may be another owner's.
        let absent = |view: &View| {
            let begun = !until(frame.steps(row), view.as_of).is_empty();
            if begun { Place::Elsewhere } else { Place::NotBegun }
        };
        for (number, matrix) in &mut all {
            let place =
                |state: Option<&State>, view: &View| state.map_or_else(|| absent(view), |state| of(state, *number));
            let (from, to) = (place(then, before), place(now, after));
            let outside = |place: Place| matches!(place, Place::NotBegun | Place::Elsewhere);
            if outside(from) && outside(to) {
                continue;
            }
            let cell = matrix.cells.entry((from, to)).or_default();
            cell.deals.push(row);
            cell.amount +=
                value_on(frame.amounts(row), after.as_of).flatten().map_or(0, |amount| i128::from(amount.minor()));
        }
    }
    all.into_iter().map(|(_, matrix)| matrix).collect()
}

fn of(state: &State, model: usize) -> Place {
    match (state.stage.filter(|stage| stage.model == model), state.status) {
        (None, _) => Place::Elsewhere,
        (Some(here), Status::Open) => Place::Stage(here.position),
        (Some(_), Status::Dormant(_)) => Place::Dormant,
        (Some(_), Status::Won(_)) => Place::Won,
        (Some(_), Status::Lost(_)) => Place::Lost,
    }
}
