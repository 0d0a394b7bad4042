use super::{moves::Effort, *};
use crate::{
    metrics::{Filter, Frame, samples},
    model::{Batch, Customer, Date, Deal, DealDetails, Event, EventKind, Gate, Money, Timestamp, Workspace},
};

fn day(day: u32) -> Date {
    Date::from_ymd_opt(2026, 11, day).unwrap()
}

fn person(id: u128, territory: &str, capacity: Option<u16>) -> Person {
    Person { id: id.into(), name: "P".into(), department: None, territory: territory.into(), capacity, active: true }
}

fn customer(id: u128, territory: &str, owner: Option<u128>) -> Customer {
    Customer { territory: territory.into(), owner: owner.map(Into::into), ..Customer::named(id.into(), "C") }
}

/// A deal in the stage of this percentage.
fn deal(id: u128, customer: Option<u128>, owner: Option<u128>, amount: Option<i64>, percent: u128) -> Deal {
    let kind = EventKind::Created {
        model: 1.into(),
        stage: percent.into(),
        owner: owner.map(Into::into),
        amount: amount.and_then(Money::from_minor),
        expected_close: None,
        probability: None,
    };
    let event = Event { id: (id * 100).into(), on: Some(day(1)), at: Timestamp::UNIX_EPOCH, by: None, kind };
    let details = DealDetails { title: "D".into(), customer: customer.map(Into::into), ..DealDetails::default() };
    Deal::from_history(id.into(), details, vec![event]).unwrap()
}

fn then(mut deal: Deal, on: u32, kind: EventKind) -> Deal {
    let id = (deal.id.value().0 * 100 + deal.history().len() as u128).into();
    deal.record(Event { id, on: Some(day(on)), at: Timestamp::UNIX_EPOCH, by: None, kind }).unwrap();
    deal
}

fn company(people: Vec<Person>, customers: Vec<Customer>, deals: Vec<Deal>) -> Workspace {
    let models = vec![samples::model([10, 50].map(|percent| samples::stage(percent.into(), percent)).into())];
    samples::workspace(Batch { models, people, customers, deals, ..Batch::default() })
}

fn read(workspace: &Workspace, on: u32, who: &[u128]) -> Balance {
    let (frame, everything) = (Frame::new(workspace), Filter::default());
    balance(&frame.view(day(on), &everything), &workspace.people, &who.iter().map(|id| (*id).into()).collect())
}

fn stays(balance: &Balance) -> Vec<(u128, Option<Stays>)> {
    balance.accounts.iter().map(|account| (account.customer.value().0, account.stays)).collect()
}

#[test]
fn what_cannot_move_says_why() {
    let workspace = company(
        vec![person(1, "", None), person(2, "", None), person(3, "", None)],
        vec![
            customer(1, "N", Some(1)),
            customer(2, "N", Some(1)),
            customer(3, "N", None),
            customer(4, "S", Some(1)),
            customer(5, "S", Some(2)),
            customer(6, "", Some(1)),
            customer(7, "", Some(1)),
        ],
        vec![
            deal(1, Some(1), Some(1), Some(1_000), 10),
            deal(2, Some(2), Some(1), Some(1_000), 50),
            deal(3, Some(3), Some(1), Some(1_000), 10),
            deal(4, Some(3), Some(2), Some(1_000), 10),
            deal(5, Some(4), Some(2), Some(1_000), 10),
            deal(6, Some(6), Some(1), None, 10),
            deal(7, Some(7), Some(3), Some(1_000), 10),
            deal(8, Some(1), Some(1), Some(5_000), 10),
        ],
    );
    let found = read(&workspace, 30, &[1, 2]);
    let expected = [
        (1, None),
        (2, Some(Stays::Lower)),
        (3, Some(Stays::Contested)),
        (3, Some(Stays::Contested)),
        (4, Some(Stays::Contested)),
        (5, Some(Stays::Worthless)),
        (6, Some(Stays::Worthless)),
    ];
    // The seventh is sold to by somebody who does not take part.
    assert_eq!(stays(&found), expected);
    assert_eq!(found.elsewhere.len(), 1);
    assert_eq!(found.left_out.of(Reason::NoAmount).len(), 1);
    let held: Vec<_> =
        found.people.iter().map(|holder| (holder.potential, holder.deals.len(), holder.customers)).collect();
    assert_eq!(held, [(600 + 500 + 100, 5, 4), (100 + 100, 2, 3)]);
    let places: Vec<_> =
        found.territories.iter().map(|t| (t.name.as_str(), t.potential, t.customers, t.holders)).collect();
    assert_eq!(places, [("N", 1_300, 3, 2), ("S", 100, 2, 1), ("", 0, 1, 1)]);
}

#[test]
fn the_day_decides_who_holds_what() {
    let given = then(deal(1, Some(1), Some(1), Some(1_000), 10), 10, EventKind::OwnerChanged { to: Some(2.into()) });
    let won = then(deal(2, None, Some(1), Some(4_000), 10), 20, EventKind::Won { gate: Gate::Met });
    let people = vec![person(1, "", None), person(2, "", None)];
    let workspace = company(people, vec![customer(1, "", None)], vec![given, won]);
    let held = |on| read(&workspace, on, &[1, 2]).people.iter().map(|holder| holder.potential).collect::<Vec<_>>();
    assert_eq!(held(9), [500, 0]);
    assert_eq!(held(10), [400, 100]);
    assert_eq!(held(20), [0, 100]);
    assert_eq!(read(&workspace, 10, &[1, 2]).left_out.of(Reason::NoCustomer).len(), 1);
}

#[test]
fn nobody_has_no_band() {
    let workspace = company(vec![person(1, "", None)], vec![], vec![]);
    let found = read(&workspace, 9, &[1]);
    assert_eq!(
        (found.people[0].side(), found.gini(), found.spread(), found.relative_spread()),
        (None, None, None, None)
    );
    assert_eq!(found.question(&workspace.customers, &workspace.people, true), None);
    assert_eq!(read(&workspace, 9, &[]).mean(), None);
}

#[test]
fn capacity_shares_out() {
    let workspace = company(
        vec![person(1, "", Some(20)), person(2, "", Some(60))],
        vec![],
        vec![deal(1, None, Some(1), Some(10_000), 10), deal(2, None, Some(2), Some(30_000), 10)],
    );
    let found = read(&workspace, 9, &[1, 2]);
    assert_eq!((found.gini(), found.spread()), (Some(0.0), Some(0)));
    assert_eq!(found.on(Side::Within), 2);
}

#[test]
fn a_proposal_names_customers_and_the_reason() {
    let people = vec![person(1, "", None), person(2, "South", None), person(3, "North", None)];
    let deals = vec![
        deal(1, Some(1), Some(1), Some(9_000), 10),
        deal(2, Some(2), Some(1), Some(5_000), 10),
        deal(3, Some(3), Some(2), Some(9_500), 10),
        deal(4, Some(4), Some(3), Some(4_500), 10),
        deal(5, Some(5), Some(1), Some(100), 50),
    ];
    let customers = (1..6).map(|id| customer(id, "North", None)).collect();
    let workspace = company(people, customers, deals);
    let found = read(&workspace, 9, &[1, 2, 3]);
    let question = found.question(&workspace.customers, &workspace.people, false).unwrap();
    assert_eq!(question.puzzle.parcels.len(), 4);
    let plan = moves::fewest(&question.puzzle, Effort::default());
    let [transfer] = &found.transfers(&question, &plan)[..] else { panic!("{plan:?}") };
    let expected =
        Transfer { customer: 2.into(), from: 1.into(), to: 3.into(), worth: 500, why: Why::Both, away: false };
    assert_eq!(*transfer, expected);
    let after = found.after(&[(2.into(), 3.into())].into());
    assert_eq!((after.on(Side::Within), after.total()), (3, found.total()));
    assert_eq!(found.question(&workspace.customers, &workspace.people, true).unwrap().puzzle.parcels.len(), 5);
    // Nobody gets anything who does not take part.
    assert_eq!(found.after(&[(2.into(), 9.into())].into()), found);
}
