//! What holds for return visits whatever was done before.
#![allow(clippy::unwrap_used, reason = "a test that meets nothing where something belongs has failed")]

use std::collections::BTreeSet;

use loudou::{
    codec::content::Language,
    metrics::{ReturnVisit, agenda, customer_facts, return_visit, return_visits},
    model::{
        Activity, ActivityKind, AfterSale, Change, Command, Date, Deal, FunnelModel, Patch, Playbook, Stamp, Status,
        Workspace, apply,
    },
    training::demo,
};
use proptest::prelude::*;

use crate::{
    r#gen::{first_day, moment, workspace},
    metrics_oracle::six_deals::{day, six_deals},
};

/// The day a deal was won; `None` also when nobody wrote it down.
fn won_on(deal: &Deal) -> Option<Date> {
    match deal.standing().status {
        Status::Won { on } => on,
        _ => None,
    }
}

fn interval(workspace: &Workspace, deal: &Deal) -> Option<u16> {
    Some(workspace.models.get(deal.standing().model)?.after_sale.as_ref()?.return_visit_days)
}

/// The days between, over all of time.
fn days(from: Date, to: Date) -> i64 {
    (to - from).num_days()
}

/// Whether a visit is with whom `of` is with.
fn with(workspace: &Workspace, visit: &Activity, of: &Deal) -> bool {
    let of_deal = visit.deal.and_then(|deal| workspace.deals.get(deal)?.details.customer);
    match of.details.customer {
        Some(customer) => visit.customer.or(of_deal) == Some(customer),
        None => visit.deal == Some(of.id),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_visit_is_due_by_its_model_and_never_earlier(workspace in workspace(), ahead in -400_i64..900) {
        let today = first_day() + chrono::TimeDelta::days(ahead);
        for deal in workspace.deals.iter() {
            let Some(visit) = return_visit(&workspace, deal, today) else {
                prop_assert!(won_on(deal).is_none() || interval(&workspace, deal).is_none());
                continue;
            };
            let (won, every) = (won_on(deal), interval(&workspace, deal).unwrap());
            let made: Vec<Date> = workspace
                .activities
                .iter()
                .filter(|a| a.kind == ActivityKind::ReturnVisit && a.on <= today && with(&workspace, a, deal))
                .map(|activity| activity.on)
                .filter(|on| won.is_none_or(|won| *on >= won))
                .collect();
            prop_assert_eq!(visit.last, made.iter().max().copied());
            let from = visit.last.or(won).unwrap();
            prop_assert!(days(from, visit.due) == i64::from(every) || visit.due == Date::MAX);
        }
        // Each customer once, with the earliest of its deals.
        let all = return_visits(&workspace, today);
        let mut seen = BTreeSet::new();
        prop_assert!(all.iter().filter_map(|visit| visit.customer).all(|customer| seen.insert(customer)));
        prop_assert!(all.is_sorted_by_key(|visit| visit.due));
        let each: Vec<ReturnVisit> = workspace.deals.iter().filter_map(|deal| return_visit(&workspace, deal, today)).collect();
        for visit in &all {
            prop_assert!(each.contains(visit));
            let of = each.iter().filter(|other| visit.customer.is_some() && other.customer == visit.customer);
            prop_assert!(of.clone().all(|other| visit.due <= other.due));
        }
        let whom: BTreeSet<_> = each.iter().filter_map(|visit| visit.customer).collect();
        prop_assert_eq!(whom, seen);
        prop_assert_eq!(each.iter().filter(|v| v.customer.is_none()).count(), all.iter().filter(|v| v.customer.is_none()).count());
        for (id, facts) in customer_facts(&workspace, today) {
            prop_assert_eq!(facts.return_visit, all.iter().find(|visit| visit.customer == Some(id)).copied());
        }
    }
}

/// The six deals on a model after whose wins customers are visited every thirty days.
fn cared_for() -> Workspace {
    let company = six_deals();
    let model = company.models.get(1.into()).unwrap();
    let care =
        AfterSale { name: "Care".to_owned(), return_visit_days: 30, tasks: vec![], playbook: Playbook::default() };
    let after = FunnelModel { after_sale: Some(care), ..FunnelModel::clone(model) };
    let patch = Patch { id: model.id, before: Some(model.clone()), after: Some(after.into()) };
    company.with(&Change { models: vec![patch], ..Change::default() })
}

#[test]
fn a_visit_moves_the_next_one() {
    let company = cared_for();
    let deal = company.deals.iter().find(|deal| won_on(deal).is_some()).unwrap().clone();
    let won = won_on(&deal).unwrap();
    let first = return_visit(&company, &deal, day(2026, 3, 31)).unwrap();
    assert_eq!((first.last, days(won, first.due)), (None, 30));
    assert!(!first.is_due(first.due.pred_opt().unwrap()) && first.is_due(first.due));
    let log = |company: &Workspace, number: u128, on: Date, kind| {
        let visit = Activity {
            id: number.into(),
            on,
            kind,
            by: None,
            customer: deal.details.customer,
            deal: Some(deal.id),
            note: String::new(),
            result: String::new(),
            next_step: String::new(),
            satisfaction: None,
            minutes: None,
            cost: None,
        };
        let stamp = Stamp { on, at: moment(), by: None, seed: ulid::Ulid(1 << 90) };
        company.with(&apply(company, Command::PutActivity(Box::new(visit)), stamp).unwrap())
    };
    let on = won + chrono::TimeDelta::days(20);
    let next = |company: &Workspace| return_visit(company, &deal, day(2026, 6, 30)).unwrap();
    let visited = next(&log(&company, 900, on, ActivityKind::ReturnVisit));
    assert_eq!((visited.last, days(on, visited.due)), (Some(on), 30));
    // A call is no visit, and neither is one before the win or one that is only planned.
    assert_eq!(next(&log(&company, 900, on, ActivityKind::Call)), first);
    assert_eq!(next(&log(&company, 900, won.pred_opt().unwrap(), ActivityKind::ReturnVisit)), first);
    assert_eq!(next(&log(&company, 900, day(2026, 7, 1), ActivityKind::ReturnVisit)), first);
}

#[test]
fn the_demo_company_has_some_visits_due() {
    for language in [Language::Chinese, Language::English] {
        let company = demo::company(language, day(2026, 11, 23), demo::SEED);
        let visits = return_visits(&company, day(2026, 11, 23));
        let due = visits.iter().filter(|visit| visit.is_due(day(2026, 11, 23))).count();
        assert!((3..25).contains(&due), "{due} of {} are due", visits.len());
        // They stand in the list of today, each with the customer's own seller.
        let of_today = agenda(&company, day(2026, 11, 23), None);
        let listed: BTreeSet<_> = of_today.iter().map(|concern| concern.deal).collect();
        assert!(
            visits.iter().filter(|visit| visit.is_due(day(2026, 11, 23))).all(|visit| listed.contains(&visit.deal))
        );
    }
}
