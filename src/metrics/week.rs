//! What a week brought, person by person (method §7, the weekly meeting).

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{CustomerId, Date, Deal, DealId, Event, EventKind, Gate, PersonId, StageId, Standing, Workspace};

/// The days from one meeting to the next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// The day of the last meeting: what happened on it was told then.
    pub since: Date,
    /// The day of this meeting; what happened on it is told.
    pub until: Date,
}

impl Week {
    /// Whether a day lies after the last meeting and not after this one.
    pub fn contains(self, day: Date) -> bool {
        self.since < day && day <= self.until
    }
}

/// Which way a deal moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// It was signed.
    Won,
    /// It went on to a later stage.
    Forward,
    /// It came in: created, or woken or reopened.
    New,
    /// It fell back to an earlier stage.
    Back,
    /// It changed over to another model.
    Across,
    /// It was put to sleep.
    Asleep,
    /// It was lost.
    Lost,
}

/// A move of a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Which deal.
    pub deal: DealId,
    /// When.
    pub on: Date,
    /// Which way.
    pub way: Way,
    /// The stage it stood in before; `None` for a deal that began.
    pub from: Option<StageId>,
    /// The stage it stands in after, or stood in when it closed.
    pub to: StageId,
    /// Whether it went through a gate that was not met, with a written reason.
    pub skipped_gate: bool,
}

/// An open deal that stood still.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Still {
    /// Which deal.
    pub deal: DealId,
    /// Whether something was done for it or with its customer.
    pub was_worked_on: bool,
}

/// What the week of one person brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonWeek {
    /// Every move of the deals that were theirs when they moved, in the order of the days.
    pub moves: Vec<Moved>,
    /// Their deals that were open all week and did not move, in the order of their ids.
    pub still: Vec<Still>,
    /// Their deals that are open now, in the order of their ids.
    pub open: Vec<DealId>,
}

impl PersonWeek {
    /// How many moves went this way.
    pub fn count(&self, way: Way) -> usize {
        self.moves.iter().filter(|moved| moved.way == way).count()
    }

    /// Moves through a gate that was not met.
    pub fn skips(&self) -> impl Iterator<Item = &Moved> {
        self.moves.iter().filter(|moved| moved.skipped_gate)
    }
}

/// The week of each person who has an open deal or moved one, and that of the deals of nobody; together they are the week of all. A
/// move belongs to whoever owned the deal after it, an open deal to its owner at the end of the week. A revision of a model moves no
/// deal. What happened on a day nobody wrote down happened in no week.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Week, week};
/// let quarter = Week { since: day(2025, 12, 31), until: day(2026, 3, 31) };
/// let weeks = week(&six_deals(), quarter);
/// // Four deals are open.
/// assert_eq!(weeks.values().map(|week| week.open.len()).sum::<usize>(), 4);
/// ```
pub fn week(workspace: &Workspace, week: Week) -> BTreeMap<Option<PersonId>, PersonWeek> {
    let worked_on = Worked::of(workspace, week);
    let mut weeks = BTreeMap::<Option<PersonId>, PersonWeek>::new();
    for deal in workspace.deals.iter() {
        let moves = moves(workspace, deal, week);
        let has_moved = !moves.is_empty();
        for (owner, moved) in moves {
            weeks.entry(owner).or_default().moves.push(moved);
        }
        let Some(now) = deal.standing_on(week.until).filter(|standing| standing.is_open()) else { continue };
        let theirs = weeks.entry(now.owner).or_default();
        theirs.open.push(deal.id);
        if !has_moved {
            theirs.still.push(Still { deal: deal.id, was_worked_on: worked_on.holds(deal) });
        }
    }
    for theirs in weeks.values_mut() {
        theirs.moves.sort_by_key(|moved| (moved.on, moved.deal));
    }
    weeks
}

/// The moves of a deal in the week, each with whoever owned it then.
fn moves(workspace: &Workspace, deal: &Deal, week: Week) -> Vec<(Option<PersonId>, Moved)> {
    let is_within = |event: &Event| event.on.is_some_and(|day| week.contains(day));
    if !deal.history().iter().rev().take_while(|event| event.on > Some(week.since)).any(is_within) {
        return Vec::new();
    }
    let mut before: Option<Standing> = None;
    let mut moves = Vec::new();
    for (event, after) in deal.course() {
        if let Some(on) = event.on.filter(|day| week.contains(*day))
            && let Some(way) = way(workspace, before.as_ref(), &event.kind)
        {
            let skipped_gate = matches!(event.kind.gate(), Some(Gate::Overridden { .. }));
            let from = before.as_ref().map(|standing| standing.stage);
            moves.push((after.owner, Moved { deal: deal.id, on, way, from, to: after.stage, skipped_gate }));
        }
        before = Some(after);
    }
    moves
}

/// Which way an event moves a deal that stood like this; `None` when it moves nothing.
fn way(workspace: &Workspace, before: Option<&Standing>, event: &EventKind) -> Option<Way> {
    match event {
        EventKind::Created { .. } | EventKind::Reopened { .. } => Some(Way::New),
        EventKind::Won { .. } => Some(Way::Won),
        EventKind::Lost { .. } => Some(Way::Lost),
        EventKind::Dormant { .. } => Some(Way::Asleep),
        EventKind::Transferred { .. } => Some(Way::Across),
        EventKind::Entered { stage, .. } => {
            let before = before?;
            let model = workspace.models.get(before.model)?;
            let place = |stage: StageId| model.position(model.reads_as(stage)?);
            let (from, to) = (place(before.stage)?, place(*stage)?);
            // Two stages that became one since are no distance apart.
            (from != to).then_some(if from < to { Way::Forward } else { Way::Back })
        }
        _ => None,
    }
}

/// For whom something was done in the week.
struct Worked {
    deals: BTreeSet<DealId>,
    customers: BTreeSet<CustomerId>,
}

impl Worked {
    fn of(workspace: &Workspace, week: Week) -> Self {
        let done = || workspace.activities.iter().filter(|activity| week.contains(activity.on));
        Self {
            deals: done().filter_map(|activity| activity.deal).collect(),
            customers: done()
                .filter(|activity| activity.deal.is_none())
                .filter_map(|activity| activity.customer)
                .collect(),
        }
    }

    fn holds(&self, deal: &Deal) -> bool {
        let customer = deal.details.customer;
        self.deals.contains(&deal.id) || customer.is_some_and(|id| self.customers.contains(&id))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::content::Language,
        model::{Command, Stamp, apply},
        training::demo,
    };

    fn day(days: i64) -> Date {
        Date::from_ymd_opt(2026, 11, 23).unwrap() + chrono::TimeDelta::days(days)
    }

    fn company() -> Workspace {
        demo::company(Language::English, day(0), 7)
    }

    fn done(workspace: &Workspace, command: Command, days: i64) -> Workspace {
        let at = "2026-11-23T00:00:00Z".parse().unwrap();
        let seed = ulid::Ulid(u128::from(days.unsigned_abs()));
        workspace.with(&apply(workspace, command, Stamp { on: day(days), at, by: None, seed }).unwrap())
    }

    fn an_open_deal(company: &Workspace) -> (DealId, Option<PersonId>) {
        let second = |deal: &&std::sync::Arc<Deal>| {
            let place = company.stage_of(deal).and_then(|(model, stage)| model.position(stage.id));
            deal.standing().is_open() && place == Some(1)
        };
        let deal = company.deals.iter().find(second).unwrap();
        (deal.id, deal.standing().owner)
    }

    const NEXT: Week =
        Week { since: Date::from_ymd_opt(2026, 11, 23).unwrap(), until: Date::from_ymd_opt(2026, 11, 30).unwrap() };

    #[test]
    fn weeks_that_follow_each_other_tell_every_move_once() {
        let company = company();
        let told = |since: i64, until: i64| -> usize {
            let weeks = week(&company, Week { since: day(since), until: day(until) });
            weeks.values().map(|theirs| theirs.moves.len()).sum()
        };
        assert_eq!(told(-14, -7) + told(-7, 0), told(-14, 0));
        assert!(told(-14, 0) > 0);
    }

    #[test]
    fn an_open_deal_moved_or_stood_still() {
        let company = company();
        let weeks = week(&company, Week { since: day(-7), until: day(0) });
        let open: usize = weeks.values().map(|theirs| theirs.open.len()).sum();
        assert_eq!(open, company.deals.iter().filter(|deal| deal.standing().is_open()).count());
        for theirs in weeks.values() {
            let moved: BTreeSet<DealId> = theirs.moves.iter().map(|moved| moved.deal).collect();
            assert!(theirs.still.iter().all(|still| !moved.contains(&still.deal) && theirs.open.contains(&still.deal)));
        }
    }

    #[test]
    fn a_skip_a_fallback_and_a_loss_are_told_with_where_they_led() {
        let company = company();
        let (id, owner) = an_open_deal(&company);
        let (model, stage) = company.stage_of(company.deals.get(id).unwrap()).unwrap();
        let (first, here) = (model.previous(stage.id).unwrap().id, stage.id);
        let to = |to| Command::MoveDeal { id, to, override_reason: Some("The manager said so".to_owned()) };
        let fallen = done(&company, to(first), 1);
        let again = done(&fallen, to(here), 3);
        let weeks = week(&again, NEXT);
        let moves: Vec<&Moved> = weeks[&owner].moves.iter().filter(|moved| moved.deal == id).collect();
        assert_eq!(
            moves.iter().map(|moved| (moved.way, moved.from, moved.to)).collect::<Vec<_>>(),
            [(Way::Back, Some(here), first), (Way::Forward, Some(first), here)]
        );
        assert!(weeks[&owner].still.iter().all(|still| still.deal != id));
        // The week after tells nothing of it, and the deal stands still.
        let after = week(&again, Week { since: day(7), until: day(14) });
        assert!(after[&owner].moves.is_empty());
        assert!(after[&owner].still.iter().any(|still| still.deal == id && !still.was_worked_on));
    }

    #[test]
    fn a_move_stays_with_whoever_owned_the_deal_then() {
        let company = company();
        let (id, owner) = an_open_deal(&company);
        let other = company.people.iter().map(|person| Some(person.id)).find(|person| *person != owner).unwrap();
        let (model, stage) = company.stage_of(company.deals.get(id).unwrap()).unwrap();
        let first = model.previous(stage.id).unwrap().id;
        let moved = done(&company, Command::MoveDeal { id, to: first, override_reason: None }, 1);
        let handed = done(&moved, Command::SetOwner { id, to: other }, 2);
        let weeks = week(&handed, NEXT);
        assert!(weeks[&owner].moves.iter().any(|moved| moved.deal == id));
        assert!(weeks[&other].open.contains(&id) && !weeks[&owner].open.contains(&id));
    }
}
