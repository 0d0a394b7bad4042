use super::*;
use crate::{
    metrics::{Filter, Frame, Period},
    model::{
        ActivityKind, Change, Currency, Date, Deal, DealDetails, Event, EventKind, FunnelModel, Gate, Money, Patch,
        Playbook, Profile, Share, Stage, Timestamp, Workspace,
    },
};

fn day(day: u32) -> Date {
    Date::from_ymd_opt(2026, 5, day).unwrap()
}

fn stage(id: u128) -> Stage {
    Stage {
        id: id.into(),
        name: "Stage".into(),
        zone: None,
        probability: Share::percent(50),
        promotion_rate: Share::percent(50),
        expected_days: 9,
        weight: None,
        criteria: vec![],
        tasks: vec![],
        required_fields: vec![],
        playbook: Playbook::default(),
    }
}

/// It begins in the first stage on the 4th, goes on on the 8th, is won on the 12th.
fn deal() -> Deal {
    let created = EventKind::Created {
        model: 1.into(),
        stage: 1.into(),
        owner: None,
        amount: None,
        expected_close: None,
        probability: None,
    };
    let entered = EventKind::Entered { stage: 2.into(), gate: Gate::Met };
    let steps = [(4, created), (8, entered), (12, EventKind::Won { gate: Gate::Met })];
    let event = |(on, kind): (u32, EventKind)| {
        let id = u128::from(on).into();
        Event { id, on: Some(day(on)), at: Timestamp::UNIX_EPOCH, by: None, kind }
    };
    let details = DealDetails { title: "A".into(), ..DealDetails::default() };
    Deal::from_history(1.into(), details, steps.map(event).into()).unwrap()
}

/// Activities on these days with these minutes, for the deal unless it is said otherwise.
fn effort_of(done: &[(u32, Option<u32>, Option<u128>)], period: Option<Period>) -> Effort {
    let model = FunnelModel {
        id: 1.into(),
        name: "Short".into(),
        description: String::new(),
        stages: vec![stage(1), stage(2)],
        after_sale: None,
        segments: vec![],
        revisions: vec![],
        retired: vec![],
    };
    let activity = |(id, (on, minutes, deal)): (u128, &(u32, Option<u32>, Option<u128>))| Activity {
        id: id.into(),
        on: day(*on),
        kind: ActivityKind::Visit,
        by: Some(u128::from(*on % 2 + 1).into()),
        customer: None,
        deal: deal.map(Into::into),
        note: String::new(),
        result: String::new(),
        next_step: String::new(),
        satisfaction: None,
        minutes: *minutes,
        cost: minutes.and_then(|minutes| Money::from_minor(i64::from(minutes) * 10)),
    };
    let put = |activity: Activity| Patch { id: activity.id, before: None, after: Some(activity.into()) };
    let deal = deal();
    let change = Change {
        models: vec![Patch { id: model.id, before: None, after: Some(model.into()) }],
        deals: vec![Patch { id: deal.id, before: None, after: Some(deal.into()) }],
        activities: (1..).zip(done).map(activity).map(put).collect(),
        ..Change::default()
    };
    let workspace = Workspace::new(1.into(), Profile::named("A", Currency::CNY)).with(&change);
    let filter = Filter { period, ..Filter::default() };
    effort(&Frame::new(&workspace).view(day(20), &filter)).remove(0)
}

#[test]
fn work_counts_where_the_deal_stood_when_the_day_began() {
    let days = [4, 8, 9, 12, 13].map(|on| (on, Some(on), Some(1)));
    let effort = effort_of(&days, None);
    let minutes: Vec<_> = effort.work.stages.iter().map(|work| work.minutes).collect();
    assert_eq!((minutes, effort.work.closed.minutes), (vec![4 + 8, 9 + 12], 13));
    assert_eq!((effort.work.total.minutes, effort.work.total.cost), (46, 460));
    assert_eq!(effort.hours_per_promotion(0), Some(0.2));
    assert_eq!(effort.cost_per_promotion(1), Some(210.0));
}

#[test]
fn people_add_up_to_everybody() {
    let effort = effort_of(&[(4, Some(7), Some(1)), (5, Some(9), Some(1)), (9, None, Some(1))], None);
    assert_eq!(effort.people.len(), 2);
    let sum: u64 = effort.people.values().map(|person| person.total.minutes).sum();
    assert_eq!((sum, effort.work.total.untimed, effort.work.total.activities), (16, 1, 3));
}

#[test]
fn what_is_not_counted_says_why() {
    let done = [
        (4, Some(1), None),
        (4, Some(1), Some(9)),
        (3, Some(1), Some(1)),
        (9, Some(1), Some(1)),
        (21, Some(1), Some(1)),
    ];
    let effort = effort_of(&done, Some(Period { from: day(1), to: day(8) }));
    let expected = [(Uncounted::NoDeal, 2), (Uncounted::BeforeDeal, 1), (Uncounted::OutsidePeriod, 1)];
    assert_eq!(effort.uncounted, expected.into_iter().collect());
    assert_eq!(effort.work.total.activities, 0);
}

#[test]
fn unknown_is_not_nothing() {
    let effort = effort_of(&[(9, None, Some(1))], None);
    assert_eq!((effort.work.stages[1].hours(), effort.work.stages[1].known_cost()), (None, None));
    assert_eq!((effort.work.stages[0].hours(), effort.hours_per_promotion(1)), (None, None));
}

#[test]
fn a_promotion_counts_in_the_period_it_happened_in() {
    let effort = effort_of(&[(9, Some(30), Some(1))], Some(Period { from: day(9), to: day(20) }));
    assert_eq!(effort.promoted.iter().map(Vec::len).collect::<Vec<_>>(), [0, 1]);
}
