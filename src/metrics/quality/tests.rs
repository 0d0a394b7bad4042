use super::{Problem as P, *};
use crate::{
    metrics::samples,
    model::{Batch, DealDetails, Event, EventKind, NextAction, Person, Product, ProductLine, Stage, Timestamp},
};

fn day(text: &str) -> Date {
    text.parse().unwrap()
}

fn money(minor: i64) -> Option<Money> {
    Money::from_minor(minor)
}

fn person(id: u128, active: bool) -> Person {
    Person { id: id.into(), name: "P".into(), department: None, territory: String::new(), capacity: None, active }
}

fn contact(id: u128, phone: &str, email: &str) -> Contact {
    let text = String::new;
    Contact {
        id: id.into(),
        name: "C".into(),
        job_title: text(),
        phone: phone.into(),
        email: email.into(),
        role: text(),
    }
}

fn customer(id: u128, owner: Option<u128>, contacts: Vec<Contact>) -> Customer {
    Customer { owner: owner.map(Into::into), contacts, ..Customer::named(id.into(), "Customer") }
}

fn details(customer: u128, due: &str) -> DealDetails {
    DealDetails {
        title: "Deal".into(),
        customer: Some(customer.into()),
        next_action: Some(NextAction { what: "Call".into(), owner: None, due: Some(day(due)) }),
        ..DealDetails::default()
    }
}

fn deal(id: u128, details: DealDetails, owner: Option<u128>, amount: Option<Money>, close: Option<&str>) -> Deal {
    let created = EventKind::Created {
        model: 1.into(),
        stage: 1.into(),
        owner: owner.map(Into::into),
        amount,
        expected_close: close.map(day),
        probability: None,
    };
    let event = Event { id: (id * 100).into(), on: None, at: Timestamp::default(), by: None, kind: created };
    Deal::from_history(id.into(), details, vec![event]).unwrap()
}

fn then(mut deal: Deal, on: Option<&str>, kind: EventKind) -> Deal {
    let id = (deal.id.value().0 * 100 + deal.history().len() as u128).into();
    deal.record(Event { id, on: on.map(day), at: Timestamp::default(), by: None, kind }).unwrap();
    deal
}

fn workspace(customers: Vec<Customer>, deals: Vec<Deal>) -> Workspace {
    let product = Product { id: 1.into(), name: "X".into(), series: String::new(), price: None, active: true };
    let stage = Stage { expected_days: 7, ..samples::stage(1, 10) };
    samples::workspace(Batch {
        models: vec![samples::model(vec![stage])],
        people: vec![person(1, true), person(2, true), person(3, false)],
        products: vec![product],
        customers,
        deals,
        ..Batch::default()
    })
}

fn found(customers: Vec<Customer>, deals: Vec<Deal>) -> Quality {
    quality(&workspace(customers, deals), day("2026-11-23"))
}

fn kinds(quality: &Quality) -> Vec<Problem> {
    quality.findings.iter().map(|finding| finding.problem).collect()
}

fn reachable() -> Customer {
    customer(1, Some(1), vec![contact(1, "12345678", "a@example.com")])
}

#[test]
fn a_sound_workspace_has_no_findings() {
    // Due today and closing today is still in time.
    let fine = deal(1, details(1, "2026-11-23"), Some(1), money(5), Some("2026-11-23"));
    let quality = found(vec![reachable()], vec![fine]);
    assert_eq!((kinds(&quality), quality.open, quality.sound, quality.share()), (vec![], 1, 1, Some(1.0)));
    assert_eq!(found(vec![], vec![]).share(), None);
}

#[test]
fn open_deals() {
    let late = deal(1, details(1, "2026-11-22"), Some(3), None, Some("2026-11-22"));
    let bare = DealDetails { title: "Bare".into(), ..DealDetails::default() };
    let bare = deal(2, bare, None, money(700), None);
    let quality = found(vec![reachable()], vec![late, bare]);
    let expected = vec![
        P::NoNextAction,
        P::ActionOverdue,
        P::CloseOverdue,
        P::NoClose,
        P::NoAmount,
        P::NoOwner,
        P::OwnerLeft,
        P::NoCustomer,
        P::OtherSeller,
    ];
    assert_eq!(kinds(&quality), expected);
    assert_eq!((quality.open, quality.sound), (2, 0));
    assert_eq!(quality.of(P::NoNextAction), [Subject::Deal(2.into())]);
    assert_eq!(quality.finding(P::NoNextAction).and_then(|finding| finding.amount), Some(700));
    assert_eq!(quality.finding(P::NoAmount).and_then(|finding| finding.amount), None);
}

#[test]
fn amounts_and_lines() {
    let with_lines = |id: u128, prices: &[Option<Money>], amount| {
        let line = |price: &Option<Money>| ProductLine { product: 1.into(), units: 2, price: *price };
        let details = DealDetails { lines: prices.iter().map(line).collect(), ..details(1, "2026-12-01") };
        deal(id, details, Some(1), amount, Some("2026-12-01"))
    };
    let deals = vec![
        with_lines(1, &[money(5), money(6)], money(22)),
        with_lines(2, &[money(5), money(6)], money(23)),
        with_lines(3, &[money(5), None], money(23)),
    ];
    let quality = found(vec![reachable()], deals);
    assert_eq!(kinds(&quality), [Problem::AmountDiffers]);
    assert_eq!(quality.of(Problem::AmountDiffers), [Subject::Deal(2.into())]);
}

#[test]
fn closed_and_sleeping_deals() {
    let plain = |id| deal(id, details(1, "2026-01-01"), Some(3), None, None);
    let lost = || EventKind::Lost { reason: "price".into(), note: String::new() };
    let sleep = |wake: Option<&str>| EventKind::Dormant { wake: wake.map(day) };
    let deals = vec![
        then(plain(1), None, lost()),
        then(plain(2), Some("2026-02-02"), lost()),
        then(plain(3), None, sleep(Some("2026-11-23"))),
        then(plain(4), None, sleep(Some("2026-11-24"))),
        then(plain(5), None, sleep(None)),
    ];
    let quality = found(vec![reachable()], deals);
    assert_eq!(kinds(&quality), [Problem::Overslept, Problem::Undated]);
    assert_eq!(quality.of(Problem::Overslept), [Subject::Deal(3.into())]);
    assert_eq!(quality.of(Problem::Undated), [Subject::Deal(1.into())]);
    assert_eq!(quality.open, 0);
}

#[test]
fn customers() {
    let fine =
        |id, customer, owner| deal(id, details(customer, "2026-12-01"), Some(owner), money(10), Some("2026-12-01"));
    let reachable = |id, owner| customer(id, owner, vec![contact(1, "1234567", "")]);
    let customers = vec![
        reachable(1, Some(1)),
        reachable(2, Some(1)),
        reachable(3, None),
        reachable(4, Some(3)),
        customer(5, Some(1), vec![]),
        customer(6, Some(1), vec![contact(1, " ", ""), contact(2, "", "nobody"), contact(3, "", "a@b.cn; c@d.cn")]),
    ];
    let deals = vec![fine(1, 1, 1), fine(2, 1, 2), fine(3, 2, 2), fine(4, 3, 1), fine(5, 6, 1)];
    let quality = found(customers, deals);
    let of = |problem| quality.of(problem).to_vec();
    assert_eq!(of(Problem::SeveralSellers), [Subject::Customer(1.into())]);
    assert_eq!(of(Problem::OtherSeller), [Subject::Customer(2.into())]);
    assert_eq!(of(Problem::CustomerNoOwner), [Subject::Customer(3.into())]);
    assert_eq!(of(Problem::CustomerOwnerLeft), [Subject::Customer(4.into())]);
    assert_eq!(of(Problem::NoContact), [Subject::Customer(5.into())]);
    assert_eq!(of(Problem::Unreachable), [Subject::Contact(6.into(), 1.into())]);
    assert_eq!(of(Problem::BadEmail), [Subject::Contact(6.into(), 2.into())]);
    let amount = |problem| quality.finding(problem).and_then(|finding| finding.amount);
    assert_eq!((amount(Problem::SeveralSellers), amount(Problem::NoContact)), (Some(20), None));
    // The deals themselves are in order.
    assert_eq!((quality.open, quality.sound), (5, 5));
}

#[test]
fn addresses_that_surely_are_none() {
    for text in ["a@b.cn", "A B <a@b.cn>", "a@b.cn,c@d.cn", "姓名@例子.中国"] {
        assert!(is_email(text), "{text}");
    }
    for text in ["a", "@b.cn", "a@", "a@b", "a@.cn", "a.b.cn", "无"] {
        assert!(!is_email(text), "{text}");
    }
}

#[test]
fn every_kind_is_listed_once_and_in_order() {
    assert!(Problem::ALL.is_sorted());
    assert!(Problem::ALL.iter().all(|problem| problem.of_deal() == (*problem <= Problem::Undated)));
}
