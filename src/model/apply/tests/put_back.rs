//! Deletions are put back, as far as the workspace has gone on in the meantime.

use super::*;
use crate::model::removal::{Deletion, Obstacle, Plan, Summary, plan};

const LATER: u128 = 32;

/// The workspace after a deletion, and what it took away.
fn deleted(workspace: &Workspace, command: Command) -> (Workspace, Change) {
    let deletion = Deletion::of(&command);
    let change = apply(workspace, command, on(day(20))).unwrap();
    (workspace.with(&change), deletion.taken(&change).unwrap())
}

fn put_back(workspace: &Workspace, taken: &Change) -> Result<Workspace, Rejection> {
    let command = Command::PutBack(Box::new(taken.clone()));
    apply(workspace, command, on(day(20))).map(|change| workspace.with(&change))
}

/// A deal, an activity of it, and a deal that followed from it.
fn company() -> Workspace {
    let workspace = done(&workspace(), Command::PutActivity(Box::new(activity())), 2);
    let details = DealDetails { title: "Later".to_owned(), follows: Some(DEAL.into()), ..DealDetails::default() };
    let later = NewDeal { id: LATER.into(), details, ..new_deal() };
    done(&workspace, Command::CreateDeal(Box::new(later)), 3)
}

#[test]
fn a_deal_comes_back_with_its_activities_and_what_followed_from_it() {
    let before = company();
    let (after, taken) = deleted(&before, Command::RemoveDeal(DEAL.into()));
    assert_eq!(after.deals.get(LATER.into()).unwrap().details.follows, None);
    assert_eq!(put_back(&after, &taken).unwrap(), before);
    let title = before.deals.get(DEAL.into()).unwrap().details.title.clone();
    assert_eq!(Summary::of(&before, &taken), Summary { kind: RecordKind::Deal, name: title, count: 1, beside: 1 });
    // What is here already is left as it is.
    assert_eq!(plan(&before, &taken), Plan::default());
    // So is what was changed in between; the link that the deletion took off comes back all the same.
    let details = DealDetails { title: "Renamed".to_owned(), ..DealDetails::default() };
    let gone_on = done(&after, Command::EditDeal { id: LATER.into(), details: Box::new(details) }, 9);
    let back = put_back(&gone_on, &taken).unwrap();
    let later = &back.deals.get(LATER.into()).unwrap().details;
    assert_eq!((later.title.as_str(), later.follows), ("Renamed", Some(DEAL.into())));
    // A deal that follows from another one since keeps that.
    let (emptied, _) = deleted(&after, Command::RemoveDeal(LATER.into()));
    let plan = plan(&emptied, &taken);
    assert_eq!((plan.left, plan.obstacles.len(), plan.change.len()), (1, 0, 2));
}

#[test]
fn what_is_in_the_way_is_said_and_nothing_changes() {
    let before = company();
    let (after, deal) = deleted(&before, Command::RemoveDeal(DEAL.into()));
    let (gone, customer) = deleted(&after, Command::RemoveCustomer(CUSTOMER.into()));
    let Err(Rejection::InTheWay(obstacles)) = put_back(&gone, &deal) else {
        panic!("it came back without its customer")
    };
    let needs = |obstacle: &Obstacle| matches!(obstacle, Obstacle::Needs { needs: RecordKind::Customer, id, .. } if id.0 == CUSTOMER);
    assert!(!obstacles.is_empty() && obstacles.iter().all(needs), "{obstacles:?}");
    // The customer first, then the deal: all is as it was.
    let back = put_back(&put_back(&gone, &customer).unwrap(), &deal).unwrap();
    assert_eq!(back, before);
    // Another record with the same id.
    let taken = done(&gone, Command::PutCustomer(Box::new(Customer::named(CUSTOMER.into(), "Another"))), 9);
    let name = before.customers.get(CUSTOMER.into()).unwrap().name.clone();
    let other = Obstacle::Taken { kind: RecordKind::Customer, name };
    assert_eq!(put_back(&taken, &customer), Err(Rejection::InTheWay(vec![other])));
}

#[test]
fn contacts_come_back_into_the_customer_as_it_is_now() {
    let before = company();
    let (after, _) = deleted(&before, Command::RemoveDeal(DEAL.into()));
    let whole = (**after.customers.get(CUSTOMER.into()).unwrap()).clone();
    let contact = whole.contact(CONTACT.into()).unwrap().clone();
    let without = Customer { contacts: Vec::new(), name: "At once renamed".to_owned(), ..whole.clone() };
    let (after, taken) = deleted(&after, Command::PutCustomer(Box::new(without)));
    assert_eq!(
        Summary::of(&after, &taken),
        Summary { kind: RecordKind::Contact, name: contact.name.clone(), count: 1, beside: 0 }
    );
    let noted = Customer { notes: "Since".to_owned(), ..(**after.customers.get(CUSTOMER.into()).unwrap()).clone() };
    for later in [after.clone(), done(&after, Command::PutCustomer(Box::new(noted)), 9)] {
        let expected =
            Customer { contacts: whole.contacts.clone(), ..(**later.customers.get(CUSTOMER.into()).unwrap()).clone() };
        let back = put_back(&later, &taken).unwrap();
        assert_eq!(**back.customers.get(CUSTOMER.into()).unwrap(), expected);
    }
    // Writing a customer is no deletion.
    let command = Command::PutCustomer(Box::new(Customer { notes: "More".to_owned(), ..whole }));
    let deletion = Deletion::of(&command);
    assert_eq!(deletion.taken(&apply(&before, command, on(day(20))).unwrap()), None);
}

#[test]
fn a_field_comes_back_with_its_values() {
    let field = CustomField { of: CustomFieldOf::Deal, name: "Region".to_owned(), kind: CustomKind::Text {} };
    let with_field = done(&company(), Command::PutCustomField { was: None, field: field.clone() }, 9);
    let valued = |workspace: &Workspace, id: u128, value: &str| {
        let mut details = workspace.deals.get(id.into()).unwrap().details.clone();
        details.custom.insert("Region".to_owned(), value.to_owned());
        done(workspace, Command::EditDeal { id: id.into(), details: Box::new(details) }, 9)
    };
    let before = valued(&valued(&with_field, DEAL, "North"), LATER, "South");
    let (after, taken) =
        deleted(&before, Command::RemoveCustomField { of: CustomFieldOf::Deal, name: "Region".to_owned() });
    assert_eq!(put_back(&after, &taken).unwrap(), before);
    // One deal is gone meanwhile, one was written: the rest comes back.
    let written = done(&after, Command::SetAmount { id: DEAL.into(), to: Money::from_minor(700) }, 9);
    let (written, _) = deleted(&written, Command::RemoveDeal(LATER.into()));
    let back = put_back(&written, &taken).unwrap();
    assert_eq!(back.deals.get(DEAL.into()).unwrap().details.custom["Region"], "North");
    assert_eq!(plan(&written, &taken).left, 1);
    // A field of this name that is another one.
    let number = CustomField { kind: CustomKind::Number {}, ..field };
    let other = done(&after, Command::PutCustomField { was: None, field: number }, 9);
    let taken_name = Obstacle::Taken { kind: RecordKind::CustomField, name: "Region".to_owned() };
    assert_eq!(put_back(&other, &taken), Err(Rejection::InTheWay(vec![taken_name])));
}
