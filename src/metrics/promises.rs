//! What was promised at the weekly meeting against what was done (method §5, promotion status table; §7, the weekly meeting).

use std::collections::BTreeMap;

use super::{Period, Rate, Week};
use crate::model::{Date, Deal, PersonId, Promise, PromiseId, StageId, Status, Workspace};

/// What came of a promise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// Its day has passed and nobody said yet what came of it.
    Unanswered,
    /// It was not kept, or the stage was not reached in time.
    Broken,
    /// Its day is still to come.
    Running,
    /// It was kept.
    Kept {
        /// On which day.
        on: Date,
    },
}

/// What came of a promise up to the end of `as_of`. What somebody said of it counts; of a promise that a deal reaches a stage, which
/// nobody spoke of, the history of the deal: kept when the deal stood in that stage or a later one, or was won, on a day from the one on
/// which it was made to the one on which it was due.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::{
///     metrics::{Outcome, promises::outcome},
///     model::Promise,
/// };
/// let workspace = six_deals();
/// let promise = Promise {
///     id: 1.into(),
///     person: 1.into(),
///     made: day(2026, 3, 2),
///     due: day(2026, 3, 9),
///     text: "Call the customer".to_owned(),
///     deal: None,
///     customer: None,
///     reaches: None,
///     settled: None,
/// };
/// assert_eq!(outcome(&workspace, &promise, day(2026, 3, 9)), Outcome::Running);
/// assert_eq!(outcome(&workspace, &promise, day(2026, 3, 10)), Outcome::Unanswered);
/// ```
pub fn outcome(workspace: &Workspace, promise: &Promise, as_of: Date) -> Outcome {
    if let Some(settled) = promise.settled.as_ref().filter(|settled| settled.on <= as_of) {
        return if settled.kept { Outcome::Kept { on: settled.on } } else { Outcome::Broken };
    }
    let aim = promise.reaches.zip(promise.deal.and_then(|id| workspace.deals.get(id)));
    match aim.map(|(stage, deal)| reached(workspace, deal, stage, promise.made, promise.due.min(as_of))) {
        Some(Some(on)) => Outcome::Kept { on },
        _ if promise.due >= as_of => Outcome::Running,
        Some(None) => Outcome::Broken,
        None => Outcome::Unanswered,
    }
}

/// The first day from `from` to `until` on which the deal stood in the stage or a later one, or was won.
fn reached(workspace: &Workspace, deal: &Deal, stage: StageId, from: Date, until: Date) -> Option<Date> {
    if until < from {
        return None;
    }
    let is_there = |model, here: StageId, status: &Status| {
        let model = workspace.models.get(model)?;
        let place = |stage| model.position(model.reads_as(stage)?);
        let there = match status {
            Status::Won { .. } => true,
            Status::Open => place(here)? >= place(stage)?,
            Status::Lost { .. } | Status::Dormant { .. } => false,
        };
        Some(there)
    };
    let mut first = None;
    for (event, standing) in deal.course().take_while(|(event, _)| event.on <= Some(until)) {
        let there = is_there(standing.model, standing.stage, &standing.status) == Some(true);
        if event.on <= Some(from) {
            // Where it stood when the promise was made.
            first = there.then_some(from);
        } else if there && first.is_none() {
            first = event.on;
        }
    }
    first
}

/// The promises that one person's meeting is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Promised {
    /// Made before this meeting and not told of at the one before it, the earliest due first.
    pub before: Vec<(PromiseId, Outcome)>,
    /// Made at this meeting.
    pub next: Vec<PromiseId>,
}

/// The promises that the meeting at the end of a week is about, by person. A promise stays on the agenda until the meeting after the
/// one that told what came of it.
pub fn promised(workspace: &Workspace, week: Week) -> BTreeMap<PersonId, Promised> {
    let mut by_person = BTreeMap::<PersonId, Promised>::new();
    for promise in workspace.promises.iter().filter(|promise| promise.made <= week.until) {
        if promise.made == week.until {
            by_person.entry(promise.person).or_default().next.push(promise.id);
            continue;
        }
        let outcome = outcome(workspace, promise, week.until);
        // What was known on the day of the last meeting was told there.
        if !is_told(workspace, promise, week.since) {
            by_person.entry(promise.person).or_default().before.push((promise.id, outcome));
        }
    }
    for theirs in by_person.values_mut() {
        theirs.before.sort_by_key(|(id, _)| (workspace.promises.get(*id).map(|promise| promise.due), *id));
    }
    by_person
}

/// Whether the meeting on `day` knew what came of it.
fn is_told(workspace: &Workspace, promise: &Promise, day: Date) -> bool {
    promise.made < day && matches!(outcome(workspace, promise, day), Outcome::Kept { .. } | Outcome::Broken)
}

/// How a person keeps promises: those due in a stretch of days, by what came of them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PromiseRecord {
    /// Kept.
    pub kept: Vec<PromiseId>,
    /// Not kept.
    pub broken: Vec<PromiseId>,
    /// Nobody said what came of them; they are in no rate.
    pub unanswered: Vec<PromiseId>,
}

impl PromiseRecord {
    /// Kept ÷ (kept + not kept), 0–1; `None` when neither is known.
    pub fn rate(&self) -> Option<Rate> {
        Rate::new(self.kept.len(), self.kept.len() + self.broken.len())
    }
}

/// What came up to the end of `as_of` of a person's promises that were due in a period.
pub fn promise_record(workspace: &Workspace, person: PersonId, period: Period, as_of: Date) -> PromiseRecord {
    let mut record = PromiseRecord::default();
    let due = |promise: &&std::sync::Arc<Promise>| {
        promise.person == person && period.contains(promise.due) && promise.made <= as_of
    };
    for promise in workspace.promises.iter().filter(due) {
        match outcome(workspace, promise, as_of) {
            Outcome::Kept { .. } => record.kept.push(promise.id),
            Outcome::Broken => record.broken.push(promise.id),
            Outcome::Unanswered => record.unanswered.push(promise.id),
            Outcome::Running => {}
        }
    }
    record
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::content::Language,
        model::{Command, DealId, Settled, Stamp, apply},
        training::demo,
    };

    fn day(days: i64) -> Date {
        Date::from_ymd_opt(2026, 11, 23).unwrap() + chrono::TimeDelta::days(days)
    }

    fn done(workspace: &Workspace, command: Command, days: i64) -> Workspace {
        let at = "2026-11-23T00:00:00Z".parse().unwrap();
        let seed = ulid::Ulid(u128::from(days.unsigned_abs()));
        workspace.with(&apply(workspace, command, Stamp { on: day(days), at, by: None, seed }).unwrap())
    }

    /// The demo company without its promises, a deal of it in its second stage, and the stages before, here and after.
    fn company() -> (Workspace, DealId, [StageId; 3]) {
        let mut company = demo::company(Language::English, day(0), 7);
        company.promises = crate::model::Table::default();
        let found = company.deals.iter().find_map(|deal| {
            let (model, stage) = company.stage_of(deal)?;
            let is_second = deal.standing().is_open() && model.position(stage.id) == Some(1);
            let (before, after) = (model.previous(stage.id)?.id, model.next(stage.id)?.id);
            is_second.then_some((deal.id, [before, stage.id, after]))
        });
        let (deal, stages) = found.unwrap();
        (company, deal, stages)
    }

    fn promise(workspace: &Workspace, deal: Option<DealId>, reaches: Option<StageId>) -> Promise {
        let person = workspace.people.iter().next().unwrap().id;
        let text = "Call the customer".to_owned();
        Promise { id: 1.into(), person, made: day(0), due: day(7), text, deal, customer: None, reaches, settled: None }
    }

    fn moved(workspace: &Workspace, id: DealId, to: StageId, days: i64) -> Workspace {
        let override_reason = Some("The manager said so".to_owned());
        done(workspace, Command::MoveDeal { id, to, override_reason }, days)
    }

    #[test]
    fn a_stage_reached_in_time_keeps_a_promise_by_itself() {
        let (company, deal, [before, _, after]) = company();
        let promise = promise(&company, Some(deal), Some(after));
        let outcome_of = |workspace: &Workspace, days| outcome(workspace, &promise, day(days));
        assert_eq!(
            [0, 7, 8].map(|days| outcome_of(&company, days)),
            [Outcome::Running, Outcome::Running, Outcome::Broken]
        );
        let reached = moved(&company, deal, after, 3);
        assert_eq!(outcome_of(&reached, 2), Outcome::Running);
        assert_eq!([3, 30].map(|days| outcome_of(&reached, days)), [Outcome::Kept { on: day(3) }; 2]);
        // It was kept, even if the deal fell back later; a stage reached too late keeps nothing.
        assert_eq!(outcome_of(&moved(&reached, deal, before, 5), 30), Outcome::Kept { on: day(3) });
        assert_eq!(outcome_of(&moved(&company, deal, after, 8), 30), Outcome::Broken);
    }

    #[test]
    fn what_somebody_says_counts_from_the_day_on_which_it_is_said() {
        let (company, deal, [_, _, after]) = company();
        let said = |kept| Some(Settled { on: day(9), kept, note: String::new() });
        let promise = Promise { settled: said(true), ..promise(&company, Some(deal), Some(after)) };
        assert_eq!(outcome(&company, &promise, day(8)), Outcome::Broken);
        assert_eq!(outcome(&company, &promise, day(9)), Outcome::Kept { on: day(9) });
        let promise = Promise { settled: said(false), reaches: None, ..promise };
        assert_eq!([8, 9].map(|days| outcome(&company, &promise, day(days))), [Outcome::Unanswered, Outcome::Broken]);
    }

    #[test]
    fn a_promise_leaves_the_agenda_after_the_meeting_that_told_of_it() {
        let (company, deal, [_, _, after]) = company();
        let promise = promise(&company, Some(deal), Some(after));
        let person = promise.person;
        let company = done(&company, Command::PutPromise(Box::new(promise.clone())), 0);
        let at = |workspace: &Workspace, until: i64| {
            promised(workspace, Week { since: day(until - 7), until: day(until) }).remove(&person).unwrap_or_default()
        };
        assert_eq!(at(&company, 0).next, [promise.id]);
        assert_eq!(at(&company, 7).before, [(promise.id, Outcome::Running)]);
        assert_eq!(at(&company, 14).before, [(promise.id, Outcome::Broken)]);
        assert_eq!(at(&company, 21), Promised::default());
        let reached = moved(&company, deal, after, 3);
        assert_eq!(at(&reached, 7).before, [(promise.id, Outcome::Kept { on: day(3) })]);
        assert_eq!(at(&reached, 14), Promised::default());
        // A promise of words alone waits until somebody answers.
        let words = Promise { deal: None, reaches: None, ..promise };
        let company = done(&company, Command::PutPromise(Box::new(words)), 0);
        assert_eq!(at(&company, 70).before, [(1.into(), Outcome::Unanswered)]);
    }

    #[test]
    fn the_record_leaves_out_what_nobody_answered() {
        let (company, deal, [_, here, after]) = company();
        let put = |company: &Workspace, id: u128, promise: Promise| {
            done(company, Command::PutPromise(Box::new(Promise { id: id.into(), ..promise })), 0)
        };
        let kept = promise(&company, Some(deal), Some(here));
        let company = put(&company, 1, kept);
        let company = put(&company, 2, promise(&company, Some(deal), Some(after)));
        let company = put(&company, 3, promise(&company, None, None));
        let person = company.people.iter().next().unwrap().id;
        let of = |to: i64| promise_record(&company, person, Period { from: day(0), to: day(to) }, day(8));
        let record = of(8);
        assert_eq!((record.kept.len(), record.broken.len(), record.unanswered.len()), (1, 1, 1));
        assert!((record.rate().unwrap().value() - 0.5).abs() < 1e-12);
        assert_eq!(of(6), PromiseRecord::default());
    }
}
