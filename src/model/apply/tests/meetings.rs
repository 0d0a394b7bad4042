//! Rules of promises and handovers.

use super::*;

fn promise(id: u128) -> Promise {
    Promise {
        id: id.into(),
        person: PERSON.into(),
        made: day(1),
        due: day(8),
        text: "Visit".to_owned(),
        deal: Some(DEAL.into()),
        customer: Some(CUSTOMER.into()),
        reaches: None,
        settled: None,
    }
}

fn put(promise: Promise) -> Command {
    Command::PutPromise(Box::new(promise))
}

fn item(what: HandedOver) -> HandoverItem {
    HandoverItem { what, to: PERSON.into(), called: None, introduced: None, confirmed: None, note: String::new() }
}

fn handover(items: Vec<HandoverItem>) -> Handover {
    Handover { id: 70.into(), from: PERSON.into(), begun: day(1), items, closed: None, note: String::new() }
}

fn of_customer(id: u128) -> HandedOver {
    HandedOver::Customer(id.into())
}

#[test]
fn a_promise_says_something_and_names_what_is_there() {
    let start = workspace();
    let no = |promise: Promise| refused(&start, put(promise));
    assert_eq!(no(Promise { text: " ".to_owned(), ..promise(1) }), Rejection::BlankPromise);
    assert_eq!(no(Promise { due: day(7), made: day(8), ..promise(1) }), Rejection::DueBeforeMade);
    assert_eq!(no(Promise { person: 99.into(), ..promise(1) }), Rejection::Unknown(RecordKind::Person));
    assert_eq!(no(Promise { deal: Some(99.into()), ..promise(1) }), Rejection::Unknown(RecordKind::Deal));
    assert_eq!(no(Promise { customer: Some(99.into()), ..promise(1) }), Rejection::Unknown(RecordKind::Customer));
    let reaches = |stage: u128| Promise { reaches: Some(stage.into()), text: String::new(), ..promise(1) };
    assert_eq!(no(Promise { deal: None, ..reaches(SECOND) }), Rejection::NothingToReach);
    assert_eq!(no(reaches(99)), Rejection::Unknown(RecordKind::Stage));
    let start = done(&start, put(reaches(SECOND)), 2);
    let kept = Settled { on: day(5), kept: true, note: String::new() };
    let settled = done(&start, put(Promise { settled: Some(kept), ..reaches(SECOND) }), 5);
    assert!(settled.promises.get(1.into()).is_some_and(|promise| promise.settled.is_some()));
    let gone = done(&settled, Command::RemovePromise(1.into()), 5);
    assert_eq!(refused(&gone, Command::RemovePromise(1.into())), Rejection::Unknown(RecordKind::Promise));
}

#[test]
fn what_was_promised_stays_written_when_the_deal_goes_over_to_another_model() {
    let reaches = Promise { reaches: Some(SECOND.into()), ..promise(1) };
    let start = done(&workspace(), put(reaches.clone()), 2);
    let other = FunnelModel { id: 31.into(), stages: vec![stage(32)], ..model() };
    let start = done(&start, Command::AddModel(Box::new(other)), 2);
    let start = done(&start, Command::TransferDeal { id: DEAL.into(), model: 31.into(), stage: 32.into() }, 3);
    let kept = Settled { on: day(5), kept: false, note: String::new() };
    let settled = done(&start, put(Promise { settled: Some(kept), ..reaches.clone() }), 5);
    // A new one is about a stage of the present model.
    assert_eq!(refused(&settled, put(Promise { id: 2.into(), ..reaches })), Rejection::Unknown(RecordKind::Stage));
    let twice = Batch {
        promises: vec![Promise { id: 2.into(), ..(**settled.promises.get(1.into()).unwrap()).clone() }],
        ..Batch::default()
    };
    assert_eq!(done(&settled, Command::Import(Box::new(twice)), 5).promises.len(), 2);
}

#[test]
fn promises_go_with_their_deal_and_keep_people_and_customers() {
    let start = done(&workspace(), put(promise(1)), 2);
    let about = Promise { deal: None, ..promise(2) };
    let start = done(&start, put(about), 2);
    let after = done(&start, Command::RemoveDeal(DEAL.into()), 3);
    assert_eq!(after.promises.iter().map(|promise| promise.id).collect::<Vec<_>>(), [2.into()]);
    let in_use = |kind| Rejection::InUse { kind, by: 1 };
    assert_eq!(refused(&after, Command::RemoveCustomer(CUSTOMER.into())), in_use(RecordKind::Customer));
    let alone = done(&workspace(), Command::PutPerson(person(50)), 2);
    let free = Promise { person: 50.into(), deal: None, customer: None, ..promise(3) };
    let alone = done(&alone, put(free), 2);
    assert_eq!(refused(&alone, Command::RemovePerson(50.into())), in_use(RecordKind::Person));
}

#[test]
fn a_handover_names_each_once_and_what_is_there() {
    let start = workspace();
    let no = |items: Vec<HandoverItem>| refused(&start, Command::PutHandover(handover(items)));
    let (customer, deal) = (of_customer(CUSTOMER), HandedOver::Deal(DEAL.into()));
    assert_eq!(no(vec![item(customer), item(deal), item(customer)]), Rejection::HandedOverTwice);
    assert_eq!(no(vec![item(of_customer(99))]), Rejection::Unknown(RecordKind::Customer));
    assert_eq!(no(vec![item(HandedOver::Deal(99.into()))]), Rejection::Unknown(RecordKind::Deal));
    let stranger = HandoverItem { to: 99.into(), ..item(customer) };
    assert_eq!(no(vec![stranger]), Rejection::Unknown(RecordKind::Person));
    let start = done(&start, Command::PutHandover(handover(vec![item(customer), item(deal)])), 2);
    // The deal leaves the checklist, and comes back to its place.
    let after = done(&start, Command::RemoveDeal(DEAL.into()), 3);
    let left: Vec<_> = after.handovers.iter().flat_map(|handover| &handover.items).map(|item| item.what).collect();
    assert_eq!(left, [customer]);
    let taken = Change::between(&start, &after);
    assert_eq!(done(&after, Command::PutBack(Box::new(taken)), 4), start);
    let gone = done(&start, Command::RemoveHandover(70.into()), 3);
    assert_eq!(refused(&gone, Command::RemoveHandover(70.into())), Rejection::Unknown(RecordKind::Handover));
}

#[test]
fn a_line_whose_receiver_went_stays_away() {
    let start = done(&workspace(), Command::PutPerson(person(50)), 2);
    let line = HandoverItem { to: 50.into(), ..item(HandedOver::Deal(DEAL.into())) };
    let start = done(&start, Command::PutHandover(handover(vec![line])), 2);
    let after = done(&start, Command::RemoveDeal(DEAL.into()), 3);
    let taken = Change::between(&start, &after);
    let after = done(&after, Command::RemovePerson(50.into()), 3);
    let plan = removal::plan(&after, &taken);
    assert_eq!((plan.left, plan.obstacles), (1, Vec::new()));
    let back = done(&after, Command::PutBack(Box::new(taken)), 4);
    assert!(back.handovers.iter().all(|handover| handover.items.is_empty()) && back.deals.contains(DEAL.into()));
}

#[test]
fn promises_and_handovers_go_along_with_a_merge() {
    let twin = Customer::named(30.into(), "Twin".to_owned());
    let start = done(&workspace(), Command::PutCustomer(Box::new(twin)), 1);
    let about = Promise { deal: None, customer: Some(30.into()), ..promise(1) };
    let start = done(&start, put(about), 1);
    let other = HandoverItem { called: Some(day(3)), note: "Mornings".to_owned(), ..item(of_customer(30)) };
    let own = HandoverItem { introduced: Some(day(2)), note: "Chief".to_owned(), ..item(of_customer(CUSTOMER)) };
    let both = Handover { id: 71.into(), ..handover(vec![other.clone(), own]) };
    let start = done(&start, Command::PutHandover(handover(vec![other.clone()])), 1);
    let start = done(&start, Command::PutHandover(both), 1);
    let merge = Command::MergeCustomers { keep: CUSTOMER.into(), gone: 30.into(), remark: String::new() };
    let merged = done(&start, merge, 2);
    assert_eq!(merged.promises.get(1.into()).and_then(|promise| promise.customer), Some(CUSTOMER.into()));
    let items = |id: u128| merged.handovers.get(id.into()).map(|handover| handover.items.clone());
    assert_eq!(items(70), Some(vec![HandoverItem { what: of_customer(CUSTOMER), ..other }]));
    let one = HandoverItem {
        called: Some(day(3)),
        introduced: Some(day(2)),
        note: "Chief\nMornings".to_owned(),
        ..item(of_customer(CUSTOMER))
    };
    assert_eq!(items(71), Some(vec![one]));
}
