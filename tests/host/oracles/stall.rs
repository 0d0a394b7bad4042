//! The clocks equal a slow and plain reading of the histories and the activities, on random companies; the thresholds of the deals
//! that won equal numpy's. `stays.json` comes from `stays.py`.

use loudou::{
    metrics::stall::{FEWEST_WON, Health, Limits, Origin, Pushes, Yardsticks},
    model::{
        Activity, ActivityKind, Batch, Date, Deal, DealId, Event, EventKind, Gate, ModelId, StageId, Stalling, Status,
        Workspace, Zone,
    },
};
use proptest::prelude::*;
use serde_json::Value;

use super::{
    breakdown::{busy, doings},
    brute_force::{later, plans, workspace},
    curves::{list, number},
    six_deals::{company, created, day, deal, entered, model, stage},
};

/// What had happened to a deal by the end of a day.
fn known(deal: &Deal, as_of: Date) -> Vec<&Event> {
    deal.history().iter().filter(|event| event.on <= Some(as_of)).collect()
}

fn is_move(kind: &EventKind) -> bool {
    !matches!(kind, EventKind::Restaged { .. }) && kind.stage().is_some()
}

fn is_opening(kind: &EventKind) -> bool {
    matches!(kind, EventKind::Created { .. } | EventKind::Reopened { .. })
}

/// The pushes, evening by evening.
fn pushes(deal: &Deal, as_of: Date) -> Pushes {
    let events = known(deal, as_of);
    let opening = events.iter().rposition(|event| is_opening(&event.kind)).unwrap();
    let from = events[opening].on;
    let mut evenings: Vec<Option<Date>> = events.iter().map(|event| event.on).filter(|on| *on >= from).collect();
    evenings.dedup();
    let mut told: Vec<Date> = Vec::new();
    for evening in evenings {
        let until: Vec<&Event> = events.iter().copied().filter(|event| event.on <= evening).collect();
        let close = loudou::model::history::replay(until.iter().copied()).unwrap().expected_close;
        let is_set = |event: &&Event| matches!(event.kind, EventKind::ExpectedCloseChanged { .. });
        let is_stale =
            opening > 0 && close.is_some_and(|close| Some(close) < from) && !until[opening..].iter().any(is_set);
        told.extend(close.filter(|_| !is_stale));
    }
    let later: Vec<u32> = told.windows(2).map(|two| days(two[0], two[1])).filter(|days| *days > 0).collect();
    Pushes { times: u32::try_from(later.len()).unwrap(), days: later.iter().sum() }
}

/// The last contact, of all activities that say whom it was with.
fn last_contact(workspace: &Workspace, deal: &Deal, as_of: Date) -> Option<Date> {
    let concerns = |activity: &Activity| {
        activity.deal == Some(deal.id) || (activity.customer.is_some() && activity.customer == deal.details.customer)
    };
    let contacts = workspace.activities.iter().filter(|activity| activity.kind != ActivityKind::Note);
    contacts.filter(|activity| activity.on <= as_of && concerns(activity)).map(|activity| activity.on).max()
}

fn days(from: Date, to: Date) -> u32 {
    u32::try_from((to - from).num_days().max(0)).unwrap()
}

fn check(workspace: &Workspace, as_of: Date) {
    let yardsticks = Yardsticks::new(workspace, as_of, Stalling::Model);
    let logs = workspace.activities.iter().any(|activity| activity.on <= as_of && activity.kind != ActivityKind::Note);
    let mut amounts = Vec::new();
    for deal in workspace.deals.iter() {
        let standing = deal.standing_on(as_of).filter(|standing| standing.status == Status::Open);
        let clocks = yardsticks.read(deal);
        let (Some(standing), Some(clocks)) = (&standing, clocks) else {
            assert!(standing.is_none() && clocks.is_none());
            continue;
        };
        amounts.extend(standing.amount);
        let stage = workspace.models.get(standing.model).and_then(|model| model.stage(standing.stage));
        let events = known(deal, as_of);
        let entered = events.iter().rfind(|event| is_move(&event.kind)).unwrap().on;
        let age = stage.zip(entered).map(|(stage, entered)| (entered, days(entered, as_of), stage.expected_days));
        assert_eq!(clocks.age.map(|age| (age.since, age.days)), age.map(|(entered, days, _)| (entered, days)));
        if let Some((clock, (_, days, expected))) = clocks.age.zip(age) {
            let (times_two, expected) = (u64::from(days) * 2, u64::from(expected));
            let health = match () {
                () if times_two > expected * 3 => Health::Ill,
                () if times_two > expected * 2 => Health::Watch,
                () => Health::Healthy,
            };
            assert_eq!(clock.limits.health(clock.days), health);
        }
        let last = last_contact(workspace, deal, as_of);
        let opened = events.iter().rfind(|event| is_opening(&event.kind)).unwrap().on;
        let silent = last.into_iter().chain(opened).max().filter(|_| logs && stage.is_some());
        assert_eq!(clocks.idle.map(|idle| (idle.since, idle.days)), silent.map(|day| (day, days(day, as_of))));
        assert!(clocks.idle.is_none_or(|idle| idle.last == last));
        let overdue = standing.expected_close.map(|close| (close, days(close, as_of)));
        assert_eq!(clocks.overdue.map(|overdue| (overdue.close, overdue.days)), overdue);
        assert_eq!(clocks.pushes, pushes(deal, as_of), "{:?}", deal.history());
        let zone = standing.probability.map(Zone::of).or(stage.map(loudou::model::Stage::zone));
        assert_eq!(clocks.zone, zone);
        let is_large = standing.amount.zip(yardsticks.large()).is_some_and(|(amount, large)| amount >= large);
        assert_eq!(clocks.is_large, is_large);
    }
    amounts.sort_unstable();
    let median = (amounts.len() >= 5).then(|| amounts[(amounts.len() - 1) / 2]);
    assert_eq!(yardsticks.large(), median.and_then(|median| median.times(2)));
}

/// The longest stay of a deal in each stage it was in, and whether its length is known.
fn stays(workspace: &Workspace, deal: &Deal, as_of: Date) -> Vec<((ModelId, StageId), Option<u32>)> {
    let events = known(deal, as_of);
    let mut model = None;
    let mut found = Vec::new();
    for (place, event) in events.iter().enumerate() {
        if let EventKind::Created { model: into, .. } | EventKind::Transferred { model: into, .. } = event.kind {
            model = workspace.models.get(into);
        }
        let Some((model, stage)) = model.zip(event.kind.stage()) else { continue };
        let Some(stage) = model.reads_as(stage) else { continue };
        let moves = |event: &&&Event| {
            event.kind.stage().is_some()
                || matches!(event.kind, EventKind::Won { .. } | EventKind::Lost { .. } | EventKind::Dormant { .. })
        };
        let Some(end) = events[place + 1..].iter().find(moves) else { continue };
        let whole = is_move(&event.kind) && !matches!(end.kind, EventKind::Restaged { .. });
        let length = event.on.zip(end.on).filter(|_| whole).map(|(from, to)| days(from, to));
        found.push(((model.id, stage), length));
    }
    found
}

fn check_won(workspace: &Workspace, as_of: Date) {
    let yardsticks = Yardsticks::new(workspace, as_of, Stalling::Won);
    for model in workspace.models.iter() {
        for stage in &model.stages {
            let threshold = yardsticks.threshold(model.id, stage.id).unwrap();
            let (mut won, mut undated): (Vec<DealId>, Vec<DealId>) = (Vec::new(), Vec::new());
            for deal in workspace.deals.iter() {
                let is_won = |deal: &Deal| matches!(deal.standing_on(as_of)?.status, Status::Won { .. }).then_some(());
                let all = is_won(deal).map(|()| stays(workspace, deal, as_of)).unwrap_or_default();
                let here: Vec<_> = all.iter().filter(|(place, _)| *place == (model.id, stage.id)).collect();
                if here.iter().any(|(_, length)| length.is_some()) {
                    won.push(deal.id);
                } else if !here.is_empty() {
                    undated.push(deal.id);
                }
            }
            assert_eq!((&threshold.won, &threshold.undated), (&won, &undated));
            assert_eq!(threshold.origin, if won.len() >= FEWEST_WON { Origin::Won } else { Origin::TooFew });
        }
    }
}

proptest! {
    #[test]
    fn clocks_equal_the_plain_reading(plans in plans(), doings in doings(), as_of in 0..120_u64) {
        let company = busy(&workspace(plans), &doings, &[]);
        check(&company, later(as_of));
        check_won(&company, later(as_of));
    }
}

/// Deals that stood in Talk for these days and then won.
fn won_after(days: &[u32]) -> Workspace {
    let deal = |(id, days): (u128, &u32)| {
        let began = day(2026, 1, 1);
        let left = began + chrono::Days::new((*days).into());
        let won = EventKind::Won { gate: Gate::Met };
        deal(id, created(2, None, None, None), Some(began), vec![(left, entered(3)), (left, won)])
    };
    let stages = vec![stage(1, "Lead", 10), stage(2, "Talk", 25), stage(3, "Offer", 50)];
    let deals = (1..).zip(days).map(deal).collect();
    company(Batch { models: vec![model(1, stages)], deals, ..Batch::default() })
}

#[test]
fn thresholds_of_the_deals_that_won_equal_numpys() {
    let stays: Value = serde_json::from_str(include_str!("stays.json")).unwrap();
    for case in list(&stays, "cases") {
        let days: Vec<u32> = list(case, "days").iter().map(number).collect();
        let yardsticks = Yardsticks::new(&won_after(&days), day(2027, 12, 31), Stalling::Won);
        let talk = yardsticks.threshold(1.into(), 2.into()).unwrap();
        assert_eq!((talk.origin, talk.won.len()), (Origin::Won, days.len()));
        assert_eq!(talk.limits, Limits { watch: number(&case["watch"]), ill: number(&case["ill"]) });
        // Nobody stayed in the next stage for a day, and the first saw nobody.
        let [lead, offer] = [1, 3].map(|stage| yardsticks.threshold(1.into(), StageId::from(stage)).unwrap());
        assert_eq!((offer.limits, lead.origin), (Limits { watch: 1, ill: 1 }, Origin::TooFew));
    }
}

#[test]
fn few_deals_that_won_leave_the_threshold_to_the_model() {
    let workspace = won_after(&[90; FEWEST_WON - 1]);
    let yardsticks = Yardsticks::new(&workspace, day(2027, 12, 31), Stalling::Won);
    let talk = yardsticks.threshold(1.into(), 2.into()).unwrap();
    assert_eq!((talk.origin, talk.won.len(), talk.limits), (Origin::TooFew, FEWEST_WON - 1, Limits::of_model(14)));
    // The day before they won, nobody had.
    let before = Yardsticks::new(&workspace, day(2026, 3, 31), Stalling::Won);
    assert!(before.threshold(1.into(), 2.into()).unwrap().won.is_empty());
}

/// A deal that was lost and came back is not held to the date it was lost with.
#[test]
fn a_reopened_deal_starts_anew() {
    let close = |month| EventKind::ExpectedCloseChanged { to: Some(day(2026, month, 28)) };
    let history = vec![
        (day(2026, 2, 1), close(4)),
        (day(2026, 3, 1), super::six_deals::lost()),
        (day(2026, 6, 1), EventKind::Reopened { stage: 2.into() }),
        (day(2026, 6, 9), close(9)),
        (day(2026, 8, 1), close(10)),
    ];
    let deal = deal(1, created(1, None, Some(day(2026, 3, 28)), None), Some(day(2026, 1, 1)), history);
    assert_eq!(Pushes::of(&deal, day(2026, 2, 28)), Pushes { times: 1, days: 31 });
    assert_eq!(Pushes::of(&deal, day(2026, 6, 30)), Pushes::default());
    assert_eq!(Pushes::of(&deal, day(2026, 12, 31)), Pushes { times: 1, days: 30 });
}
