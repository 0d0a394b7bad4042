//! The agenda of the weekly meeting, person by person (method §7).

use std::{cmp::Reverse, collections::BTreeMap};

use chrono::Days;

use super::{
    Week,
    diagnosis::{Diagnosis, Facts},
    promises::{Promised, promised},
    stall::{Clocks, Mark, Yardsticks},
    week::{PersonWeek, week},
};
use crate::model::{Date, Deal, DealId, Money, PersonId, Workspace};

/// How many deals are named as the largest risks of a person.
pub const RISKS: usize = 3;

/// A deal whose clocks say that something is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stuck {
    /// Which deal.
    pub deal: DealId,
    /// Its clocks at the end of the week.
    pub clocks: Clocks,
    /// What may be wrong with it; `None` in a stage that no model has.
    pub diagnosis: Option<Diagnosis>,
}

/// Something that is planned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Planned {
    /// For which deal.
    pub deal: DealId,
    /// Until when; `None` when nobody said.
    pub due: Option<Date>,
}

/// What the meeting speaks about with one person.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Agenda {
    /// What was promised, and what came of it.
    pub promised: Promised,
    /// What the week brought.
    pub week: PersonWeek,
    /// Deals that are stalled, slipped, silent or at risk; the gravest mark first, then the largest amount.
    pub stuck: Vec<Stuck>,
    /// The largest of them that are at risk or slipped, by amount × probability; at most [`RISKS`].
    pub risks: Vec<DealId>,
    /// Next actions that are overdue or due within seven days, the earliest first. They belong to whoever is to do them.
    pub planned: Vec<Planned>,
    /// Open deals for which nothing is planned, the largest amount first.
    pub unplanned: Vec<DealId>,
}

/// The agenda of the meeting at the end of a week, for each person with an open deal, a move, a promise or something to do; what belongs to
/// nobody stands under `None`. `yardsticks` are those of the last day of the week. What is planned has no history: seen from a past day
/// it is what is planned now.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::{metrics::{Week, meeting::meeting, stall::Yardsticks}, model::Stalling};
/// let (workspace, until) = (six_deals(), day(2026, 3, 31));
/// let yardsticks = Yardsticks::new(&workspace, until, Stalling::Model);
/// let agendas = meeting(&workspace, Week { since: day(2026, 3, 24), until }, &yardsticks);
/// // Nothing is planned for any of the four open deals.
/// assert_eq!(agendas.values().map(|agenda| agenda.unplanned.len()).sum::<usize>(), 4);
/// ```
pub fn meeting(workspace: &Workspace, days: Week, yardsticks: &Yardsticks) -> BTreeMap<Option<PersonId>, Agenda> {
    let mut agendas = BTreeMap::<Option<PersonId>, Agenda>::new();
    for (person, theirs) in week(workspace, days) {
        agendas.entry(person).or_default().week = theirs;
    }
    for (person, theirs) in promised(workspace, days) {
        agendas.entry(Some(person)).or_default().promised = theirs;
    }
    let deal = |id: DealId| workspace.deals.get(id).map(AsRef::as_ref);
    let soon = days.until.checked_add_days(Days::new(7)).unwrap_or(Date::MAX);
    let mut planned = Vec::new();
    for (owner, agenda) in &mut agendas {
        for open in agenda.week.open.iter().filter_map(|id| deal(*id)) {
            agenda.stuck.extend(stuck(workspace, open, yardsticks));
            match &open.details.next_action {
                None => agenda.unplanned.push(open.id),
                Some(action) if action.due.is_none_or(|due| due <= soon) => {
                    planned.push((action.owner.or(*owner), Planned { deal: open.id, due: action.due }));
                }
                Some(_) => {}
            }
        }
        let amount = |id: DealId| deal(id).and_then(|deal| amount_on(deal, days.until));
        agenda.stuck.sort_by_cached_key(|stuck| {
            (stuck.clocks.marks().first().copied(), Reverse(amount(stuck.deal)), stuck.deal)
        });
        agenda.unplanned.sort_by_cached_key(|id| (Reverse(amount(*id)), *id));
        agenda.risks = risks(workspace, &agenda.stuck, days.until);
    }
    for (person, planned) in planned {
        agendas.entry(person).or_default().planned.push(planned);
    }
    for agenda in agendas.values_mut() {
        // What has no day comes last.
        agenda.planned.sort_by_key(|planned| (planned.due.unwrap_or(Date::MAX), planned.deal));
    }
    agendas
}

fn stuck(workspace: &Workspace, deal: &Deal, yardsticks: &Yardsticks) -> Option<Stuck> {
    let clocks = yardsticks.read(deal).filter(|clocks| !clocks.marks().is_empty())?;
    let diagnosis = Diagnosis::of(&clocks, &Facts::of(workspace, deal, yardsticks.day()));
    Some(Stuck { deal: deal.id, clocks, diagnosis })
}

fn amount_on(deal: &Deal, day: Date) -> Option<Money> {
    deal.standing_on(day).and_then(|standing| standing.amount)
}

/// The deals at risk or slipped that weigh most.
fn risks(workspace: &Workspace, stuck: &[Stuck], day: Date) -> Vec<DealId> {
    let weight = |id: DealId| {
        let standing = workspace.deals.get(id)?.standing_on(day)?;
        Some(i128::from(standing.amount?.minor()) * i128::from(workspace.chance_of(&standing)?.basis_points()))
    };
    let grave = stuck
        .iter()
        .filter(|stuck| stuck.clocks.marks().iter().any(|mark| matches!(mark, Mark::AtRisk | Mark::Slipped)));
    let mut weighed: Vec<_> = grave.filter_map(|stuck| Some((Reverse(weight(stuck.deal)?), stuck.deal))).collect();
    weighed.sort_unstable();
    weighed.into_iter().take(RISKS).map(|(_, deal)| deal).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{codec::content::Language, training::demo};

    fn today() -> Date {
        Date::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn agendas(company: &Workspace) -> BTreeMap<Option<PersonId>, Agenda> {
        let since = today() - chrono::TimeDelta::days(7);
        let yardsticks = Yardsticks::new(company, today(), company.profile.stalling);
        meeting(company, Week { since, until: today() }, &yardsticks)
    }

    #[test]
    fn every_open_deal_is_on_one_agenda_and_planned_or_not() {
        let company = demo::company(Language::English, today(), 7);
        let agendas = agendas(&company);
        let mut open: Vec<DealId> = agendas.values().flat_map(|agenda| agenda.week.open.clone()).collect();
        open.sort_unstable();
        let is_open = |deal: &&std::sync::Arc<Deal>| deal.standing().is_open();
        assert_eq!(open, company.deals.iter().filter(is_open).map(|deal| deal.id).collect::<Vec<_>>());
        for agenda in agendas.values() {
            let theirs = |id: &DealId| company.deals.get(*id).unwrap();
            assert!(agenda.unplanned.iter().all(|id| theirs(id).details.next_action.is_none()));
            assert!(agenda.planned.is_sorted_by_key(|planned| planned.due.unwrap_or(Date::MAX)));
        }
    }

    #[test]
    fn what_is_stuck_has_a_mark_and_the_risks_are_among_it() {
        let company = demo::company(Language::English, today(), 7);
        let agendas = agendas(&company);
        assert!(agendas.values().any(|agenda| !agenda.risks.is_empty()));
        for agenda in agendas.values() {
            assert!(agenda.stuck.iter().all(|stuck| !stuck.clocks.marks().is_empty()));
            let first = |stuck: &Stuck| stuck.clocks.marks().first().copied();
            assert!(agenda.stuck.is_sorted_by_key(first));
            let is_stuck = |id: &DealId| agenda.stuck.iter().any(|stuck| stuck.deal == *id);
            assert!(agenda.risks.len() <= RISKS && agenda.risks.iter().all(is_stuck));
        }
    }
}
