use super::*;
use crate::{
    metrics::{Sign, samples},
    model::{Batch, Customer, DealDetails, Event, EventKind, Person, Timestamp},
};

fn person(id: u128) -> Person {
    Person { id: id.into(), name: "P".into(), department: None, territory: String::new(), capacity: None, active: true }
}

fn deal(id: u128, customer: u128, owner: Option<u128>, amount: Option<i64>, supporters: &[u128]) -> Deal {
    let kind = EventKind::Created {
        model: 1.into(),
        stage: 1.into(),
        owner: owner.map(Into::into),
        amount: amount.and_then(Money::from_minor),
        expected_close: None,
        probability: None,
    };
    let event = Event { id: (id * 100).into(), on: None, at: Timestamp::UNIX_EPOCH, by: None, kind };
    let details = DealDetails {
        title: "D".into(),
        customer: Some(customer.into()),
        supporters: supporters.iter().map(|id| (*id).into()).collect(),
        ..DealDetails::default()
    };
    Deal::from_history(id.into(), details, vec![event]).unwrap()
}

/// Customers 1 to 4, the first three in the care of this person each.
fn workspace(owners: [Option<u128>; 3], deals: Vec<Deal>) -> Workspace {
    let owners = owners.into_iter().chain([None]).zip(1_u128..);
    let customers =
        owners.map(|(owner, id)| Customer { owner: owner.map(Into::into), ..Customer::named(id.into(), "C") });
    samples::workspace(Batch {
        models: vec![samples::model(vec![samples::stage(1, 10)])],
        people: (1..4).map(person).collect(),
        customers: customers.collect(),
        deals,
        ..Batch::default()
    })
}

fn pair(one: u128, two: u128) -> Pair {
    Pair { one: one.into(), two: two.into(), confidence: 1.0, signs: [Sign::SameName].into() }
}

fn found(workspace: &Workspace, pairs: &[Pair]) -> Vec<(ConflictKind, Vec<u128>, Option<i64>)> {
    let line = |conflict: Conflict| {
        let customers = conflict.customers.iter().map(|id| id.value().0).collect();
        (conflict.kind, customers, conflict.amount)
    };
    conflicts(workspace, pairs).into_iter().map(line).collect()
}

#[test]
fn sellers_who_do_not_know_of_each_other_are_a_conflict() {
    let deals = vec![
        deal(1, 1, Some(1), Some(500), &[]),
        deal(2, 1, Some(2), None, &[1]),
        deal(3, 2, Some(2), Some(900), &[]),
        deal(4, 3, Some(3), None, &[]),
        deal(5, 3, None, None, &[]),
    ];
    let workspace = workspace([Some(1), Some(1), Some(3)], deals);
    let expected =
        [(ConflictKind::SeveralSellers, vec![1], Some(500)), (ConflictKind::OtherSeller, vec![2], Some(900))];
    assert_eq!(found(&workspace, &[]), expected);
    let hands = &conflicts(&workspace, &[])[1].hands;
    let hands: Vec<_> = hands.iter().map(|hand| (hand.person.value().0, hand.owns, hand.deals.len())).collect();
    assert_eq!(hands, [(1, true, 0), (2, false, 1)]);
}

#[test]
fn who_sells_jointly_is_none() {
    let deals = vec![
        deal(1, 1, Some(1), None, &[2]),
        deal(2, 1, Some(2), None, &[1, 3]),
        deal(3, 2, Some(2), None, &[1]),
        deal(4, 2, Some(2), None, &[3, 1]),
    ];
    // The second customer is in the care of somebody who helps with each of its deals.
    assert_eq!(found(&workspace([None, Some(1), None], deals), &[]), []);
}

#[test]
fn two_spellings_with_two_sellers_are_the_worst() {
    let deals = vec![deal(1, 1, Some(1), Some(100), &[]), deal(2, 2, Some(2), Some(100), &[])];
    let workspace = workspace([None, None, Some(1)], deals);
    let pairs = [pair(1, 3), pair(1, 2), pair(3, 4), pair(4, 99)];
    let expected = [
        (ConflictKind::TwiceWithTwoSellers, vec![1, 2], Some(200)),
        (ConflictKind::Twice, vec![1, 3], Some(100)),
        (ConflictKind::Twice, vec![3, 4], None),
    ];
    assert_eq!(found(&workspace, &pairs), expected);
}
