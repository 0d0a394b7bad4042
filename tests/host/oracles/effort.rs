//! Effort equals a slow and plain reading of the histories and the activities, on random companies.

use std::{borrow::Cow, collections::BTreeMap};

use loudou::{
    metrics::{
        Filter, Frame,
        cohort::Fate,
        effort,
        effort::{ByStage, Uncounted},
    },
    model::{Activity, Date, Standing, Status, Workspace, history::replay},
};
use proptest::prelude::*;

use super::{
    breakdown::{busy, doings},
    brute_force::{counts, filters, later, plans, shown, tell, way, workspace},
};

/// Where the deal of an activity stood when the day began, or as it began on it.
fn stood(workspace: &Workspace, activity: &Activity) -> Result<Standing, Uncounted> {
    let deal = activity.deal.and_then(|deal| workspace.deals.get(deal)).ok_or(Uncounted::NoDeal)?;
    let before = activity.on.pred_opt().and_then(|day| deal.standing_on(day)).map(Cow::into_owned);
    let first = &deal.history()[..1];
    let began = (first[0].on == Some(activity.on)).then(|| replay(first).unwrap());
    before.or(began).ok_or(Uncounted::BeforeDeal)
}

fn check(workspace: &Workspace, as_of: Date, filter: &Filter) {
    let (frame, told) = (Frame::new(workspace), tell(workspace, as_of, filter));
    let mut uncounted: BTreeMap<Uncounted, usize> = BTreeMap::new();
    let mut done = Vec::new();
    for activity in workspace.activities.iter().filter(|activity| activity.on <= as_of) {
        let deal = activity.deal.and_then(|deal| workspace.deals.get(deal));
        let is_let_through = deal.is_none_or(|deal| told.iter().any(|told| told.deal.id == deal.id));
        let has_begun = deal.is_none_or(|deal| deal.standing_on(as_of).is_some());
        if !is_let_through && has_begun {
            continue;
        }
        match stood(workspace, activity) {
            Err(Uncounted::NoDeal) => *uncounted.entry(Uncounted::NoDeal).or_default() += 1,
            _ if !has_begun => *uncounted.entry(Uncounted::BeforeDeal).or_default() += 1,
            _ if !counts(filter, Some(activity.on)) => *uncounted.entry(Uncounted::OutsidePeriod).or_default() += 1,
            Err(reason) => *uncounted.entry(reason).or_default() += 1,
            Ok(standing) => done.push((activity, standing)),
        }
    }
    for (effort, model) in effort(&frame.view(as_of, filter)).iter().zip(shown(workspace, filter)) {
        assert_eq!((effort.model, &effort.uncounted), (model.id, &uncounted));
        let minutes = |wanted: &dyn Fn(&Activity, &Standing) -> bool| -> u64 {
            let here =
                done.iter().filter(|(activity, standing)| standing.model == model.id && wanted(activity, standing));
            here.map(|(activity, _)| u64::from(activity.minutes.unwrap_or(0))).sum()
        };
        for (place, stage) in model.stages.iter().enumerate() {
            let here = |_: &Activity, standing: &Standing| standing.is_open() && standing.stage == stage.id;
            assert_eq!(effort.work.stages[place].minutes, minutes(&here));
            let passed = told.iter().filter(|told| {
                way(told, model, place, false, as_of)
                    .is_some_and(|(_, fate, until)| fate == Fate::Passed && counts(filter, until))
            });
            assert_eq!(effort.promoted[place].len(), passed.count());
        }
        assert_eq!(effort.work.closed.minutes, minutes(&|_, standing| !matches!(standing.status, Status::Open)));
        assert_eq!(effort.work.total.minutes, minutes(&|_, _| true));
        for (person, work) in &effort.people {
            assert_eq!(work.total.minutes, minutes(&|activity, _| activity.by == *person));
        }
        let everybody = effort.people.values().chain([&effort.work]);
        assert!(everybody.clone().all(adds_up));
        let people: usize = effort.people.values().map(|person| person.total.activities).sum();
        assert_eq!(people, effort.work.total.activities);
    }
}

fn adds_up(work: &ByStage) -> bool {
    let parts = work.stages.iter().chain([&work.closed]);
    let sum = parts.fold((0, 0, 0, 0), |sum, part| {
        (sum.0 + part.activities, sum.1 + part.minutes, sum.2 + part.cost, sum.3 + part.untimed)
    });
    sum == (work.total.activities, work.total.minutes, work.total.cost, work.total.untimed)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn effort_is_what_the_activities_tell(plans in plans(), as_of in 0..90_u64, filter in filters(), doings in doings()) {
        check(&busy(&workspace(plans), &doings, &[]), later(as_of), &filter);
    }
}
