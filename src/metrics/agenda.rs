//! What asks for attention today, deal by deal (method §7).

use std::sync::Arc;

use super::{
    after_sale::{ReturnVisit, return_visits},
    stall::{Clock, Contacts, Grounds, Health, Thresholds, Yardsticks},
};
use crate::model::{Date, Deal, DealId, PersonId, Status, Workspace};

/// Why a deal asks for attention, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Cause {
    /// The next action should have been done.
    Overdue {
        /// Days since it was due.
        days: i64,
    },
    /// The next action is due today.
    Due,
    /// A sleeping deal should be looked at again.
    Wakes {
        /// Days since the day that was set.
        days: i64,
    },
    /// The customer of a won deal is to be visited again.
    ReturnVisit {
        /// Days since the day on which it was due.
        days: i64,
    },
    /// The expected close date has passed.
    Slipped {
        /// Days since.
        days: i64,
    },
    /// Its [age in stage](super::stall) is ill, and nothing is planned for today or later.
    Stalled {
        /// Days in the stage.
        days: u32,
        /// Days beyond which that is ill.
        limit: u32,
    },
    /// Nothing is planned at all.
    NoNextAction,
}

impl Cause {
    /// How long the deal has waited, in days.
    fn waited(self) -> i64 {
        match self {
            Self::Overdue { days } | Self::Wakes { days } | Self::ReturnVisit { days } | Self::Slipped { days } => days,
            Self::Stalled { days, .. } => i64::from(days),
            Self::Due | Self::NoNextAction => 0,
        }
    }

    /// The place among the kinds of causes, 0 for the most urgent.
    pub fn rank(self) -> usize {
        match self {
            Self::Overdue { .. } => 0,
            Self::Due => 1,
            Self::Wakes { .. } => 2,
            Self::ReturnVisit { .. } => 3,
            Self::Slipped { .. } => 4,
            Self::Stalled { .. } => 5,
            Self::NoNextAction => 6,
        }
    }
}

/// A deal that asks for attention.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// Which deal.
    pub deal: DealId,
    /// Why, the most urgent cause first; never empty.
    pub causes: Vec<Cause>,
}

/// What asks for the attention of a person on `today`, or of anybody; the most urgent first: by kind of cause, then by how long it
/// has waited, then by amount.
///
/// A next action belongs to whoever is to do it, or to the owner of the deal when nobody is named; everything else belongs to the
/// owner. Closed deals ask for nothing but the [return visit](return_visits()) after a win: one of each customer, for whoever looks after
/// the customer.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Cause, agenda};
/// let open = agenda(&six_deals(), day(2026, 3, 31), None);
/// // Nothing is planned for any of the four open deals.
/// assert_eq!(open.len(), 4);
/// assert!(open.iter().all(|concern| concern.causes.contains(&Cause::NoNextAction)));
/// ```
pub fn agenda(workspace: &Workspace, today: Date, person: Option<PersonId>) -> Vec<Concern> {
    // Nothing here asks when anybody was last in touch.
    let stalling = workspace.profile.stalling;
    let thresholds = Arc::new(Thresholds::of(&Grounds::of(workspace, today, stalling)));
    let yardsticks = Yardsticks::of(workspace, today, thresholds, Arc::new(Contacts::default()));
    let concern = |deal: &Deal| {
        let mut causes = causes(deal, &yardsticks, person);
        causes.sort_unstable_by_key(|cause| cause.rank());
        (!causes.is_empty()).then_some(Concern { deal: deal.id, causes })
    };
    let mut concerns: Vec<Concern> = workspace.deals.iter().filter_map(|deal| concern(deal)).collect();
    let visit = |visit: ReturnVisit| {
        let concerns = person.is_none_or(|person| visit.owner(workspace) == Some(person));
        let cause = Cause::ReturnVisit { days: (today - visit.due).num_days() };
        concerns.then(|| Concern { deal: visit.deal, causes: vec![cause] })
    };
    let due = return_visits(workspace, today).into_iter().take_while(|visit| visit.is_due(today));
    concerns.extend(due.filter_map(visit));
    let amount = |concern: &Concern| workspace.deals.get(concern.deal).and_then(|deal| deal.standing().amount);
    concerns.sort_by_cached_key(|concern| {
        let first = concern.causes.first().copied().unwrap_or(Cause::NoNextAction);
        (first.rank(), std::cmp::Reverse((first.waited(), amount(concern))))
    });
    concerns
}

fn causes(deal: &Deal, yardsticks: &Yardsticks, person: Option<PersonId>) -> Vec<Cause> {
    let today = yardsticks.day();
    let standing = deal.standing();
    let action = deal.details.next_action.as_ref();
    let concerns = |whose: Option<PersonId>| person.is_none_or(|person| whose == Some(person));
    let since = |day: Date| (today - day).num_days();
    let mut causes = Vec::new();
    match standing.status {
        Status::Open => {}
        Status::Dormant { wake, .. } => {
            let due = wake.filter(|wake| *wake <= today && concerns(standing.owner));
            return due.map(|wake| Cause::Wakes { days: since(wake) }).into_iter().collect();
        }
        Status::Won { .. } | Status::Lost { .. } => return causes,
    }
    let due = action.and_then(|action| action.due);
    if let Some(due) = due.filter(|due| *due <= today)
        && concerns(action.and_then(|action| action.owner).or(standing.owner))
    {
        causes.push(if due == today { Cause::Due } else { Cause::Overdue { days: since(due) } });
    }
    if !concerns(standing.owner) {
        return causes;
    }
    if action.is_none() {
        causes.push(Cause::NoNextAction);
    }
    if let Some(close) = standing.expected_close.filter(|close| *close < today) {
        causes.push(Cause::Slipped { days: since(close) });
    }
    let is_planned = due.is_some_and(|due| due >= today);
    if !is_planned
        && let Some(clocks) = yardsticks.read(deal)
        && let Some(age) = clocks.age
        && clocks.health(Clock::Age) == Some(Health::Ill)
    {
        causes.push(Cause::Stalled { days: age.days, limit: age.limits.ill });
    }
    causes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::content::Language,
        model::{Command, DealDetails, NextAction, Stamp, apply},
        training::demo,
    };

    fn today() -> Date {
        Date::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn done(workspace: &Workspace, command: Command) -> Workspace {
        let stamp = Stamp { on: today(), at: "2026-11-23T00:00:00Z".parse().unwrap(), by: None, seed: ulid::Ulid(1) };
        workspace.with(&apply(workspace, command, stamp).unwrap())
    }

    #[test]
    fn each_deal_stands_once_and_the_most_urgent_first() {
        let company = demo::company(Language::English, today(), 7);
        let all = agenda(&company, today(), None);
        assert!(!all.is_empty());
        let mut seen = std::collections::BTreeSet::new();
        assert!(all.iter().all(|concern| seen.insert(concern.deal)));
        assert!(all.iter().all(|concern| concern.causes.is_sorted_by_key(|cause| cause.rank())));
        assert!(all.is_sorted_by_key(|concern| concern.causes[0].rank()));
        // What concerns each person is, together, what concerns all, as each deal of the demo has an owner.
        let of_each = company.people.iter().flat_map(|person| agenda(&company, today(), Some(person.id)));
        let together: std::collections::BTreeSet<DealId> = of_each.map(|concern| concern.deal).collect();
        assert_eq!(together, seen);
    }

    #[test]
    fn a_next_action_belongs_to_whoever_is_to_do_it() {
        let company = demo::company(Language::English, today(), 7);
        let deal = company.deals.iter().find(|deal| deal.standing().is_open()).unwrap();
        let owner = deal.standing().owner.unwrap();
        let helper = company.people.iter().find(|person| person.id != owner).unwrap().id;
        let plan = |due: i64, who: Option<PersonId>| {
            let due = Some(today() + chrono::TimeDelta::days(due));
            let next_action = Some(NextAction { what: "Call".to_owned(), owner: who, due });
            let details = DealDetails { next_action, ..deal.details.clone() };
            done(&company, Command::EditDeal { id: deal.id, details: Box::new(details) })
        };
        let causes = |workspace: &Workspace, person| {
            let concern = agenda(workspace, today(), Some(person)).into_iter().find(|concern| concern.deal == deal.id);
            concern.map(|concern| concern.causes).unwrap_or_default()
        };
        assert!(causes(&plan(-2, None), owner).contains(&Cause::Overdue { days: 2 }));
        assert!(causes(&plan(0, Some(helper)), helper).contains(&Cause::Due));
        assert!(!causes(&plan(0, Some(helper)), owner).contains(&Cause::Due));
        assert!(!causes(&plan(1, None), owner).contains(&Cause::NoNextAction));
    }

    #[test]
    fn sleeping_deals_ask_when_they_wake_and_closed_ones_only_for_a_return_visit() {
        let company = demo::company(Language::English, today(), 7);
        for concern in agenda(&company, today(), None) {
            let status = &company.deals.get(concern.deal).unwrap().standing().status;
            match status {
                Status::Dormant { wake, .. } => {
                    assert!(wake.unwrap() <= today());
                    assert!(matches!(concern.causes[..], [Cause::Wakes { .. }]));
                }
                Status::Won { .. } => assert!(matches!(concern.causes[..], [Cause::ReturnVisit { .. }])),
                status => assert_eq!(*status, Status::Open),
            }
        }
    }
}
