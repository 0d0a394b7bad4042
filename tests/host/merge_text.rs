//! The laws of texts with places.

use loudou::{
    codec::{
        content::Language,
        merge_text::{Filled, Place, Recipient, Template},
    },
    model::{Contact, Customer},
};
use proptest::prelude::*;

fn customer() -> Customer {
    let contact = Contact {
        id: 1.into(),
        name: "Ada".to_owned(),
        job_title: String::new(),
        phone: "1".to_owned(),
        email: String::new(),
        role: String::new(),
    };
    Customer { contacts: vec![contact], ..Customer::named(1.into(), "A {b} | c") }
}

fn recipient(customer: &Customer) -> Recipient<'_> {
    let contact = customer.contacts.first();
    Recipient { customer, contact, owner: None, campaign: "Fair", company: "Us", today: "today" }
}

fn fill(text: &str) -> Option<Filled> {
    Template::parse(text, &[]).ok().map(|template| template.fill(&recipient(&customer())))
}

/// Texts in which braces, bars and names of places are common.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("{".to_owned()),
        Just("}".to_owned()),
        Just("|".to_owned()),
        Just("客户".to_owned()),
        Just("contact".to_owned()),
        Just("{title|x}".to_owned()),
        "\\PC{0,4}",
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused_with_a_reason(text in text()) {
        match Template::parse(&text, &[]) {
            Ok(template) => { template.fill(&recipient(&customer())); }
            Err(faults) => prop_assert!(!faults.is_empty()),
        }
    }

    #[test]
    fn a_text_without_braces_stays_as_it_is(text in "[^{}]{0,40}") {
        prop_assert_eq!(fill(&text), Some(Filled { text, missing: vec![] }));
    }

    #[test]
    fn doubled_braces_stand_for_single_ones(text in text()) {
        let doubled = text.replace('{', "{{").replace('}', "}}");
        prop_assert_eq!(fill(&doubled), Some(Filled { text, missing: vec![] }));
    }

    #[test]
    fn parts_are_filled_one_by_one(before in "[^{}]{0,9}", place in 0_usize..15, after in "[^{}]{0,9}", fallback in "[^{}]{0,9}") {
        let customer = customer();
        let (zh, en) = (Place::all(Language::Chinese), Place::all(Language::English));
        let known = recipient(&customer).value(&en[place].0).to_owned();
        for name in [zh[place].1, en[place].1] {
            let plain = fill(&format!("{before}{{{name}}}{after}")).unwrap();
            prop_assert_eq!(plain.text, format!("{before}{known}{after}"));
            prop_assert_eq!(plain.missing.is_empty(), !known.is_empty());
            let shown = if known.is_empty() { &fallback } else { &known };
            let filled = fill(&format!("{before}{{{name}|{fallback}}}{after}")).unwrap();
            prop_assert_eq!(filled, Filled { text: format!("{before}{shown}{after}"), missing: vec![] });
        }
    }
}
