//! Reports with a row for every change of a deal: the rows of one id are one deal and its history. The report may be sorted either
//! way. [`Layout`] says which there are.

use std::collections::BTreeMap;

use super::{
    Field, FileKind, OnProblem, Sheet, StageRole,
    build::Builder,
    deals::Way,
    header::field_of,
    plan::{Cleaned, ProblemKind},
    rows::Row,
    source::{Faults, Source},
    target::Target,
};
use crate::model::{Date, Event, EventKind, Gate, PersonId, StageId};

/// The columns that only a report of changes has a use for.
pub(super) const CHANGE_FIELDS: &[Field] = &[
    Field::ChangedField,
    Field::OldValue,
    Field::NewValue,
    Field::ChangedOn,
    Field::Reference,
    Field::StageEntered,
    Field::StageLeft,
    Field::Modified,
];

/// What the rows of a report of changes say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layout {
    /// Which field changed, from what to what and when, as in Salesforce's "Opportunity Field History". Changes of the stage become the
    /// history; the row of the creation (`Created.`) dates the beginning; of other fields the values in the row's own columns count,
    /// and that their changes are not kept is a problem to see.
    Fields,
    /// From which stage to which, and when, as in Salesforce's "Opportunity History". Where the report has no ids, the deals are told
    /// apart by their names.
    FromTo,
    /// A stage, and since when, as in Salesforce's object `OpportunityHistory`: the stage stands again where something else changed,
    /// and such runs are one stay. The newest row says what else is known of the deal.
    Log,
}

impl Layout {
    /// The layout of a file of deals with these columns; `None` when a row is a deal.
    fn of(sheet: &Sheet, columns: &BTreeMap<Field, Vec<usize>>) -> Option<Self> {
        use Field::{
            ChangedField, ChangedOn, Created, Customer, Modified, Name, NewValue, OldValue, Reference, Stage,
            StageEntered, Title,
        };
        let all = |fields: &[Field]| fields.iter().all(|field| columns.contains_key(field));
        let any = |fields: &[Field]| fields.iter().any(|field| columns.contains_key(field));
        if all(&[ChangedField, OldValue, NewValue, ChangedOn, Reference]) {
            return Some(Self::Fields);
        }
        if all(&[OldValue, NewValue])
            && !all(&[ChangedField])
            && any(&[ChangedOn, Modified])
            && any(&[Reference, Title])
        {
            return Some(Self::FromTo);
        }
        let dated = any(&[StageEntered, ChangedOn, Created, Modified]);
        if !all(&[Reference, Stage]) || !dated || any(&[Title, Name, Customer]) {
            return None;
        }
        // A list of deals names none twice.
        let column = columns.get(&Reference)?.first()?;
        let mut ids: Vec<&str> = sheet.rows.iter().map(|row| row.cell(*column)).filter(|id| !id.is_empty()).collect();
        let filled = ids.len();
        ids.sort_unstable();
        ids.dedup();
        (ids.len() < filled).then_some(Self::Log)
    }

    /// Where a row says when it happened, the likeliest column first.
    fn dates(self) -> &'static [Field] {
        match self {
            Self::Fields => &[Field::ChangedOn],
            Self::FromTo => &[Field::ChangedOn, Field::Modified],
            Self::Log => &[Field::StageEntered, Field::ChangedOn, Field::Created, Field::Modified],
        }
    }

    /// The column of the day.
    fn date(self, source: &Source<'_>) -> Field {
        let known = self.dates().iter().find(|field| source.has(**field));
        known.copied().unwrap_or(Field::ChangedOn)
    }
}

/// Up to so many changes of one day are put in order.
const MOST_A_DAY: usize = 50;

/// The layout with the rows of each deal; `None` when the file is no report of changes.
pub(super) fn rows_by_deal<'a>(
    sheet: &'a Sheet,
    kind: FileKind,
    columns: &BTreeMap<Field, Vec<usize>>,
) -> Option<(Layout, BTreeMap<&'a str, Vec<&'a Row>>)> {
    let layout = Layout::of(sheet, columns).filter(|_| kind == FileKind::Deals)?;
    let mut deals: BTreeMap<&str, Vec<&Row>> = BTreeMap::new();
    for row in &sheet.rows {
        deals.entry(identity(row, columns)).or_default().push(row);
    }
    Some((layout, deals))
}

/// What tells deals of a report apart: the id, or the name where there is no column of ids.
pub(super) fn identity<'a>(row: &'a Row, columns: &BTreeMap<Field, Vec<usize>>) -> &'a str {
    let known = columns.get(&Field::Reference).or_else(|| columns.get(&Field::Title)).map_or(&[][..], Vec::as_slice);
    known.iter().map(|column| row.cell(*column)).find(|cell| !cell.is_empty()).unwrap_or_default()
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
    /// When it left there again, where the row says so.
    until: Option<Date>,
}

/// A deal's way, change by change.
pub(super) struct Course {
    created: Option<Date>,
    first: StageId,
    /// Where it came to be, oldest first.
    steps: Vec<(Date, Place)>,
    /// What was put right on the way.
    pub(super) cleaned: Cleaned,
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
        let reference = source.identity(row);
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
        let now = if source.layout() == Some(Layout::Log) { "" } else { source.text(row, &[Field::Stage]) };
        let moves = in_order(moves);
        let cleaned = cleaned(&moves);
        let course = Course { cleaned, ..course(moves, target.place(now), way, faults)? };
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

/// Of the rows of a deal the one that is dated last; among several of its day, that which the file has last.
pub(super) fn newest<'a>(source: &Source<'a>, rows: &[&'a Row]) -> Option<&'a Row> {
    let date = source.layout()?.date(source);
    rows.iter().copied().max_by_key(|row| source.date(row, date, &mut Faults::new()))
}

/// What a row of changes says.
fn told<'a>(source: &Source<'a>, row: &'a Row, target: &Target, faults: &mut Faults) -> Told {
    let column = |field| source.columns(field).first().copied();
    let Some(layout) = source.layout() else { return Told::Nothing };
    let changed = match layout {
        Layout::Fields => field_of(source.text(row, &[Field::ChangedField])),
        Layout::FromTo | Layout::Log => Some(Field::Stage),
    };
    if !matches!(changed, Some(Field::Stage | Field::Created)) {
        faults.push((column(Field::ChangedField), ProblemKind::OtherChange));
        return Told::Nothing;
    }
    let (known, date) = (faults.len(), layout.date(source));
    let Some(on) = source.date(row, date, faults).map(|moment| moment.date) else {
        if faults.len() == known {
            faults.push((column(date), ProblemKind::StageWithoutDate));
        }
        return Told::Nothing;
    };
    if changed == Some(Field::Created) {
        return Told::Created(on);
    }
    let new = if layout == Layout::Log { Field::Stage } else { Field::NewValue };
    let from = target.place(source.text(row, &[Field::OldValue]));
    let Some(to) = target.place(source.text(row, &[new])) else {
        faults.push((column(new), ProblemKind::NoStage));
        return Told::Nothing;
    };
    // A column of days that are none is listed elsewhere: the next stage ends this one anyway.
    let until = source.date(row, Field::StageLeft, &mut Faults::new()).map(|moment| moment.date);
    Told::Moved(Move { on, from, to, until })
}

/// What has to be put right in moves, oldest first: they become stays one after another, each from the day it was entered.
fn cleaned(moves: &[Move]) -> Cleaned {
    let mut cleaned = Cleaned::default();
    for pair in moves.windows(2) {
        let [here, next] = pair else { continue };
        if here.to == next.to {
            cleaned.runs += 1;
            continue;
        }
        match here.until {
            Some(until) if until < next.on => cleaned.gaps += 1,
            Some(until) if until > next.on => cleaned.overlaps += 1,
            _ => {}
        }
    }
    cleaned
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
    Some(Course { created: Some(created), first, steps, cleaned: Cleaned::default() })
}
