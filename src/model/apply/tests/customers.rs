//! Rules of customers and of what follows a won deal.

use super::*;

const OTHER: u128 = 31;
const THIRD_ONE: u128 = 32;

fn referred(id: u128, by: u128) -> Customer {
    Customer { referred_by: Some(by.into()), ..Customer::named(id.into(), "Referred") }
}

fn put(customer: Customer) -> Command {
    Command::PutCustomer(Box::new(customer))
}

#[test]
fn nobody_is_referred_by_those_it_referred() {
    let start = done(&workspace(), put(referred(OTHER, CUSTOMER)), 2);
    let start = done(&start, put(referred(THIRD_ONE, OTHER)), 2);
    let circle = Customer { referred_by: Some(THIRD_ONE.into()), ..customer() };
    assert_eq!(refused(&start, put(circle.clone())), Rejection::Circle(RecordKind::Customer));

    // A circle that a file brought does not keep its customers from being edited, nor others from being referred by them.
    let batch = Batch { customers: vec![circle.clone()], ..Batch::default() };
    let start = done(&start, Command::Import(Box::new(batch)), 2);
    let start = done(&start, put(Customer { needs: "Reports".to_owned(), ..circle }), 3);
    done(&start, put(referred(33, OTHER)), 3);
}

#[test]
fn the_next_deal_takes_over_what_still_holds() {
    let product =
        Product { id: PRODUCT.into(), name: "Seat".to_owned(), series: String::new(), price: None, active: true };
    let start = done(&workspace(), Command::PutProduct(product), 2);
    let line = |price| ProductLine { product: PRODUCT.into(), units: 3, price: Money::from_minor(price) };
    let known = DealDetails {
        customer: Some(CUSTOMER.into()),
        contact: Some(CONTACT.into()),
        lines: vec![line(200)],
        obstacles: "Budget".to_owned(),
        ..details()
    };
    let edit = Command::EditDeal { id: DEAL.into(), details: Box::new(known.clone()) };
    let start = done(&start, edit, 2);
    let begun = repeat(&start, deal(&start), 99.into(), "Again".to_owned()).unwrap();
    assert_eq!((begun.model, begun.stage, begun.amount), (MODEL.into(), FIRST.into(), Money::from_minor(600)));
    assert_eq!(begun.owner, deal(&start).standing().owner);
    assert_eq!(
        begun.details,
        DealDetails {
            title: "Again".to_owned(),
            customer: known.customer,
            contact: known.contact,
            lines: known.lines,
            follows: Some(DEAL.into()),
            ..DealDetails::default()
        }
    );
    let next = done(&start, Command::CreateDeal(Box::new(begun)), 3);
    assert_eq!(next.deals.get(99.into()).and_then(|deal| deal.details.follows), Some(DEAL.into()));

    let leaver = Person { active: false, ..person(PERSON) };
    let start = done(&start, Command::PutPerson(leaver), 3);
    assert_eq!(repeat(&start, deal(&start), 99.into(), "Again".to_owned()).unwrap().owner, None);
}
