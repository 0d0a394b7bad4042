//! Reports with a row for every change of a deal, as Salesforce's "Opportunity Field History": the rows of one id are one deal and
//! its history.
//!
//! A row says which field changed, from what to what and when. Changes of the stage become the history; the row of the creation
//! (`Created.`) dates the beginning; of other fields the values in the row's own columns count, and that their changes are not kept
//! is a problem to see. The report may be sorted either way.

use std::collections::BTreeMap;

use super::{
    Field, FileKind, OnProblem, Sheet, StageRole,
    build::Builder,
    deals::Way,
    header::field_of,
    plan::ProblemKind,
    rows::Row,
    source::{Faults, Source},
    target::Target,
};
use crate::model::{Date, Event, EventKind, Gate, PersonId, StageId};

/// The columns that make a file of deals a report of changes.
pub(super) const CHANGE_FIELDS: &[Field] =
    &[Field::ChangedField, Field::OldValue, Field::NewValue, Field::ChangedOn, Field::Reference];

/// Up to so many changes of one day are put in order.
const MOST_A_DAY: usize = 50;

/// The rows of each id; empty when the file is no report of changes.
pub(super) fn rows_by_deal<'a>(
    sheet: &'a Sheet,
    kind: FileKind,
    columns: &BTreeMap<Field, Vec<usize>>,
) -> BTreeMap<&'a str, Vec<&'a Row>> {
    let mut deals: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    let references = columns.get(&Field::Reference).map_or(&[][..], Vec::as_slice);
    if kind == FileKind::Deals && CHANGE_FIELDS.iter().all(|field| columns.contains_key(field)) {
        for row in &sheet.rows {
            let id = references.iter().map(|column| row.cell(*column)).find(|cell| !cell.is_empty());
            deals.entry(id.unwrap_or_default()).or_default().push(row);
        }
    }
    deals
}

/// Where a deal comes to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// Open in a stage.
    Stage(StageId),
    /// Won, lost or asleep.
    Outcome(StageRole),
}

/// What a row says.
enum Told {
    /// The deal began.
    Created(Date),
    /// Its stage changed; where it was before is not always told.
    Moved(Move),
    /// Nothing that can be used.
    Nothing,
}

#[derive(Clone, Copy)]
struct Move {
    on: Date,
    from: Option<Place>,
    to: Place,
}

/// A deal's way, change by change.
pub(super) struct Course {
    created: Option<Date>,
    first: StageId,
    /// Where it came to be, oldest first.
    steps: Vec<(Date, Place)>,
}

impl Target {
    fn place(&self, value: &str) -> Option<Place> {
        match self.role(value)? {
            StageRole::Open => self.stage(value).map(Place::Stage),
            outcome => Some(Place::Outcome(outcome)),
        }
    }
}

impl<'a> Builder<'a> {
    /// A further row of a deal that has come in: its change is in the history already.
    pub(super) fn change_row(
        &mut self,
        source: &Source<'a>,
        row: &'a Row,
        mut faults: Faults,
        target: &Target,
    ) -> bool {
        told(source, row, target, &mut faults);
        self.accept(source, row, faults, false)
    }

    /// Completes the way of a deal by its changes; `row` is the first of its rows and the only one whose faults are noted here.
    pub(super) fn follow(
        &self,
        source: &Source<'a>,
        row: &'a Row,
        target: &Target,
        way: &mut Way,
        faults: &mut Faults,
    ) -> Option<Course> {
        let reference = source.text(row, &[Field::Reference]);
        let rows = if reference.is_empty() { vec![row] } else { source.changes_of(reference).to_vec() };
        let mut moves = Vec::new();
        for other in rows {
            let left_out = self.options.leave_out.contains(&(source.file, other.line));
            let mut own = source.faults(other);
            let of_row = own.len();
            let told = told(source, other, target, &mut own);
            let refused = !own.is_empty() && self.options.on_problem == OnProblem::SkipRow;
            if other.line == row.line {
                faults.extend(own.into_iter().skip(of_row));
            }
            match told {
                _ if left_out || refused => {}
                Told::Created(on) => way.created = Some(way.created.map_or(on, |created| created.min(on))),
                Told::Moved(change) => moves.push(change),
                Told::Nothing => {}
            }
        }
        let course = course(in_order(moves), target.place(source.text(row, &[Field::Stage])), way, faults)?;
        way.created = course.created;
        let stage = |(_, place): &(Date, Place)| match place {
            Place::Stage(stage) => Some(*stage),
            Place::Outcome(_) => None,
        };
        way.stage = course.steps.iter().rev().find_map(stage).unwrap_or(course.first);
        way.role = match course.steps.last() {
            Some((_, Place::Outcome(outcome))) => *outcome,
            _ => StageRole::Open,
        };
        Some(course)
    }

    /// The events of a way that its changes tell.
    pub(super) fn history_of(
        &mut self,
        course: &Course,
        way: &Way,
        owner: Option<PersonId>,
        target: &Target,
    ) -> Vec<Event> {
        let mut events = Vec::with_capacity(1 + course.steps.len());
        let created = way.creation(target, course.first, owner);
        self.event(&mut events, course.created, owner, created);
        let (mut here, mut closed) = (course.first, None);
        for (on, place) in &course.steps {
            let mut add = |kind| self.event(&mut events, Some(*on), owner, kind);
            match *place {
                Place::Stage(stage) => {
                    match closed {
                        Some(_) => add(EventKind::Reopened { stage }),
                        None if stage != here => add(EventKind::Entered { stage, gate: Gate::Unchecked }),
                        None => {}
                    }
                    (here, closed) = (stage, None);
                }
                Place::Outcome(outcome) => {
                    if closed == Some(outcome) {
                        continue;
                    }
                    // One outcome after another: it was open in between.
                    if closed.is_some() {
                        add(EventKind::Reopened { stage: here });
                    }
                    if let Some(end) = way.end(outcome) {
                        add(end);
                    }
                    closed = Some(outcome);
                }
            }
        }
        events
    }
}

/// What a row of changes says.
fn told<'a>(source: &Source<'a>, row: &'a Row, target: &Target, faults: &mut Faults) -> Told {
    let column = |field| source.columns(field).first().copied();
    let changed = field_of(source.text(row, &[Field::ChangedField]));
    if !matches!(changed, Some(Field::Stage | Field::Created)) {
        faults.push((column(Field::ChangedField), ProblemKind::OtherChange));
        return Told::Nothing;
    }
    let known = faults.len();
    let Some(on) = source.date(row, Field::ChangedOn, faults).map(|moment| moment.date) else {
        if faults.len() == known {
            faults.push((column(Field::ChangedOn), ProblemKind::StageWithoutDate));
        }
        return Told::Nothing;
    };
    if changed == Some(Field::Created) {
        return Told::Created(on);
    }
    let from = target.place(source.text(row, &[Field::OldValue]));
    let Some(to) = target.place(source.text(row, &[Field::NewValue])) else {
        faults.push((column(Field::NewValue), ProblemKind::NoStage));
        return Told::Nothing;
    };
    Told::Moved(Move { on, from, to })
}

/// Moves by their days; those of one day so that each begins where the one before ended.
fn in_order(mut moves: Vec<Move>) -> Vec<Move> {
    let days = || moves.iter().map(|change| change.on);
    if !days().is_sorted() && days().rev().is_sorted() {
        // Newest first.
        moves.reverse();
    }
    moves.sort_by_key(|change| change.on);
    let mut ordered: Vec<Move> = Vec::with_capacity(moves.len());
    for today in moves.chunk_by(|one, two| one.on == two.on) {
        // So many on one day are no sales process: they stay as the file has them.
        if today.len() > MOST_A_DAY {
            ordered.extend_from_slice(today);
            continue;
        }
        let mut left = today.to_vec();
        while !left.is_empty() {
            let here = ordered.last().map(|change| change.to);
            // The first of all begins where no other of its day ends.
            let begins = |change: &Move| match here {
                Some(here) => change.from == Some(here),
                None => change.from.is_none_or(|from| left.iter().all(|other| other.to != from)),
            };
            // Where a row is missing, the next one of the file goes on.
            let next = left.iter().position(begins).unwrap_or_default();
            ordered.push(left.remove(next));
        }
    }
    ordered
}

/// The way that moves in their order make, up to where the deal is `now`; `None` without any move.
fn course(moves: Vec<Move>, now: Option<Place>, way: &Way, faults: &mut Faults) -> Option<Course> {
    let opening = moves.first()?;
    let first = match (opening.from, opening.to) {
        (Some(Place::Stage(stage)), _) | (_, Place::Stage(stage)) => stage,
        // Closed the moment it began: from the stage that such deals are said to close from.
        _ => way.stage,
    };
    let created = way.created.map_or(opening.on, |created| created.min(opening.on));
    let (mut here, mut day) = (Place::Stage(first), created);
    let mut steps = Vec::with_capacity(moves.len());
    let mut gaps = false;
    for change in moves {
        if let Some(from) = change.from.filter(|from| *from != here) {
            // A row is missing: it has been somewhere else in between, since some day.
            steps.push((day, from));
            gaps = true;
        }
        steps.push((change.on, change.to));
        (here, day) = (change.to, change.on);
    }
    if let Some(now) = now.filter(|now| *now != here) {
        let closed = way.closed.filter(|closed| *closed >= day);
        steps.push((if matches!(now, Place::Outcome(_)) { closed.unwrap_or(day) } else { day }, now));
        gaps = true;
    }
    if gaps {
        faults.push((None, ProblemKind::StageWithoutDate));
    }
    Some(Course { created: Some(created), first, steps })
}
