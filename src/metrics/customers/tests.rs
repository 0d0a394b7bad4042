use super::*;
use crate::{
    metrics::samples,
    model::{
        Activity, Batch, Command, DealDetails, Event, EventKind, Gate, Money, NextAction, Rejection, Stamp, Timestamp,
        apply,
    },
};

const ACME: u128 = 1;
const BOREALIS: u128 = 2;
const CEDAR: u128 = 3;

fn day(day: u32) -> Date {
    Date::from_ymd_opt(2026, 11, day).unwrap()
}

fn deal(id: u128, customer: Option<u128>, amount: Option<i64>, then: Option<EventKind>) -> Deal {
    let created = EventKind::Created {
        model: 1.into(),
        stage: 1.into(),
        owner: None,
        amount: amount.and_then(Money::from_minor),
        expected_close: None,
        probability: None,
    };
    let event = |(kind, number): (EventKind, u128)| Event {
        id: (id * 100 + number).into(),
        on: Some(day(1)),
        at: Timestamp::UNIX_EPOCH,
        by: None,
        kind,
    };
    let customer = customer.map(Into::into);
    let details = DealDetails { title: format!("Deal {id}"), customer, ..DealDetails::default() };
    Deal::from_history(id.into(), details, [created].into_iter().chain(then).zip(1..).map(event).collect()).unwrap()
}

fn due(mut deal: Deal, due: Option<Date>) -> Deal {
    deal.details.next_action = Some(NextAction { what: "Call".to_owned(), owner: None, due });
    deal
}

fn activity(id: u128, on: Date, kind: ActivityKind, customer: Option<u128>, deal: Option<u128>) -> Activity {
    Activity {
        id: id.into(),
        on,
        kind,
        by: None,
        customer: customer.map(Into::into),
        deal: deal.map(Into::into),
        note: String::new(),
        result: String::new(),
        next_step: String::new(),
        satisfaction: None,
        minutes: None,
        cost: None,
    }
}

fn rated(id: u128, on: Date, satisfaction: u8) -> Activity {
    let visit = activity(id, on, ActivityKind::ReturnVisit, Some(ACME), None);
    Activity { satisfaction: Some(satisfaction), ..visit }
}

fn stamp() -> Stamp {
    Stamp { on: day(23), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(1 << 64) }
}

/// Three customers, Cedar referred by Borealis; deals and activities as given.
fn workspace(deals: Vec<Deal>, activities: Vec<Activity>) -> Workspace {
    let named = |id: u128, name: &str| Customer::named(id.into(), name);
    let cedar = Customer { referred_by: Some(BOREALIS.into()), ..named(CEDAR, "Cedar") };
    let customers = vec![named(ACME, "Acme"), named(BOREALIS, "Borealis"), cedar];
    let models = vec![samples::model(vec![samples::stage(1, 10)])];
    samples::workspace(Batch { models, customers, deals, activities, ..Batch::default() })
}

fn acme(deals: Vec<Deal>, activities: Vec<Activity>) -> CustomerFacts {
    customer_facts(&workspace(deals, activities), day(23)).remove(&ACME.into()).unwrap()
}

#[test]
fn money_is_added_by_status_and_unknown_is_not_zero() {
    let won = Some(EventKind::Won { gate: Gate::Met });
    let lost = Some(EventKind::Lost { reason: "price".to_owned(), note: String::new() });
    let facts = acme(
        vec![
            deal(10, Some(ACME), Some(500), None),
            deal(11, Some(ACME), None, None),
            deal(12, Some(ACME), Some(70), won.clone()),
            deal(13, Some(ACME), Some(900), lost),
            deal(14, Some(ACME), Some(800), Some(EventKind::Dormant { wake: None })),
            deal(15, Some(BOREALIS), Some(9_000), None),
            deal(16, None, Some(9_000), None),
        ],
        vec![],
    );
    assert_eq!((facts.open_deals, facts.open_amount, facts.open_without_amount), (2, Some(500), 1));
    assert_eq!((facts.won_deals, facts.won_amount), (1, Some(70)));
    let unpriced = acme(vec![deal(10, Some(ACME), None, None), deal(11, Some(ACME), None, won)], vec![]);
    assert_eq!((unpriced.open_amount, unpriced.won_amount), (None, None));
}

#[test]
fn the_most_urgent_next_action_is_the_earliest_due_of_an_open_deal() {
    let won = Some(EventKind::Won { gate: Gate::Met });
    let deals = vec![
        due(deal(10, Some(ACME), None, None), None),
        due(deal(11, Some(ACME), None, None), Some(day(25))),
        due(deal(12, Some(ACME), None, None), Some(day(20))),
        due(deal(13, Some(ACME), None, won), Some(day(1))),
    ];
    assert_eq!(acme(deals.clone(), vec![]).next_action, Some(12.into()));
    assert_eq!(acme(deals[..1].to_vec(), vec![]).next_action, Some(10.into()));
    assert_eq!(acme(deals[3..].to_vec(), vec![]).next_action, None);
}

#[test]
fn contacts_count_for_the_customer_or_the_customer_of_the_deal_up_to_today() {
    let deals = vec![deal(10, Some(ACME), None, None), deal(11, Some(BOREALIS), None, None)];
    let facts = acme(
        deals.clone(),
        vec![
            activity(20, day(3), ActivityKind::Visit, Some(ACME), None),
            activity(21, day(9), ActivityKind::Call, None, Some(10)),
            activity(22, day(12), ActivityKind::Note, Some(ACME), None),
            activity(23, day(13), ActivityKind::Call, None, Some(11)),
            activity(24, day(24), ActivityKind::Visit, Some(ACME), None),
        ],
    );
    assert_eq!(facts.last_contact, Some(day(9)));
    assert_eq!(acme(deals, vec![]).last_contact, None);
}

#[test]
fn satisfaction_is_the_mean_of_rated_return_visits() {
    let unrated = activity(22, day(4), ActivityKind::ReturnVisit, Some(ACME), None);
    let facts = acme(vec![], vec![rated(20, day(2), 5), rated(21, day(3), 2), unrated, rated(23, day(24), 1)]);
    assert_eq!((facts.rated_visits, facts.satisfaction()), (2, Some(3.5)));
    assert_eq!(acme(vec![], vec![]).satisfaction(), None);
}

/// What the facts say of removing is what the model says.
#[test]
fn a_customer_can_be_removed_when_nothing_names_it() {
    let cases = [
        (ACME, vec![], vec![], 0),
        (ACME, vec![deal(10, Some(ACME), None, None)], vec![], 1),
        (ACME, vec![], vec![activity(20, day(30), ActivityKind::Note, Some(ACME), None)], 1),
        (BOREALIS, vec![], vec![], 1),
        (CEDAR, vec![], vec![], 0),
        (
            ACME,
            vec![deal(10, Some(ACME), None, None)],
            vec![activity(20, day(3), ActivityKind::Call, None, Some(10))],
            1,
        ),
    ];
    for (id, deals, activities, named_by) in cases {
        let workspace = workspace(deals, activities);
        assert_eq!(customer_facts(&workspace, day(23))[&id.into()].named_by, named_by);
        let removed = apply(&workspace, Command::RemoveCustomer(id.into()), stamp());
        match removed {
            Ok(_) => assert_eq!(named_by, 0),
            Err(rejection) => {
                assert_eq!(rejection, Rejection::InUse { kind: crate::model::RecordKind::Customer, by: named_by });
            }
        }
    }
}

#[test]
fn chains_are_told_from_their_beginning_and_end_where_they_would_repeat() {
    let mut workspace = workspace(vec![], vec![]);
    assert_eq!(referrers(&workspace, CEDAR.into()), [BOREALIS.into()]);
    assert_eq!(referrers(&workspace, ACME.into()), []);
    // Files may bring circles.
    let circle =
        |id: u128, by: u128| Customer { referred_by: Some(by.into()), ..Customer::named(id.into(), "In a ring") };
    let customers = vec![circle(ACME, CEDAR), circle(BOREALIS, ACME), circle(CEDAR, BOREALIS)];
    let import = Command::Import(Box::new(Batch { customers, ..Batch::default() }));
    workspace = workspace.with(&apply(&workspace, import, stamp()).unwrap());
    assert_eq!(referrers(&workspace, CEDAR.into()), [ACME.into(), BOREALIS.into()]);

    let won = Some(EventKind::Won { gate: Gate::Met });
    let follows = |id: u128, before: u128| {
        let mut deal = deal(id, Some(ACME), None, won.clone());
        deal.details.follows = Some(before.into());
        deal
    };
    let deals = vec![deal(10, Some(ACME), None, won.clone()), follows(11, 10), follows(12, 11)];
    let workspace = self::workspace(deals, vec![]);
    assert_eq!(forerunners(&workspace, 12.into()), [10.into(), 11.into()]);
}
