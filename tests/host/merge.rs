//! Two customers become one, and nothing is lost.

use std::collections::BTreeSet;

use loudou::model::{
    Command, Contact, Customer, CustomerId, Deal, HandedOver, Promise, Rejection, Stamp, Workspace, apply,
    merge::{Merged, giving_way, merged},
};
use proptest::prelude::*;

use crate::{
    r#gen::{first_day, moment, workspace},
    laws::dangling,
};

fn stamp() -> Stamp {
    Stamp { on: first_day(), at: moment(), by: None, seed: ulid::Ulid(7 << 64) }
}

fn merge(keep: CustomerId, gone: CustomerId, remark: &str) -> Command {
    Command::MergeCustomers { keep, gone, remark: remark.to_owned() }
}

fn texts_of_contact(contact: &Contact) -> Vec<&str> {
    let Contact { id: _, name, job_title, phone, email, role } = contact;
    vec![name, job_title, phone, email, role]
}

/// Every text that a customer carries.
fn texts(customer: &Customer) -> Vec<String> {
    let Customer { name, short_name, address, territory, industry, size, standing, source, .. } = customer;
    let Customer { software_in_use, needs, notes, contacts, tags, custom, review_on, .. } = customer;
    let fields =
        [name, short_name, address, territory, industry, size, standing, source, software_in_use, needs, notes];
    let mut texts: Vec<String> = fields.into_iter().chain(tags).chain(custom.values()).cloned().collect();
    texts.extend(contacts.iter().flat_map(texts_of_contact).map(str::to_owned));
    texts.extend(review_on.map(|day| day.to_string()));
    texts.retain(|text| !text.trim().is_empty());
    texts
}

/// A deal without what a merge rewrites.
fn rest(deal: &Deal) -> Deal {
    let mut rest = deal.clone();
    (rest.details.customer, rest.details.contact) = (None, None);
    rest
}

fn two_of(workspace: &Workspace, one: usize, two: usize) -> Option<(CustomerId, CustomerId)> {
    let ids: Vec<_> = workspace.customers.iter().map(|customer| customer.id).collect();
    let (one, two) = (*ids.get(one % ids.len().max(1))?, *ids.get(two % ids.len())?);
    (one != two).then_some((one, two))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn everything_of_both_is_kept(before in workspace(), one in 0_usize..9, two in 0_usize..9, remark in "[a-z客户 ]{0,12}") {
        let Some((keep, gone)) = two_of(&before, one, two) else { return Ok(()) };
        let change = apply(&before, merge(keep, gone, &remark), stamp()).map_err(|rule| TestCaseError::fail(rule.to_string()))?;
        let after = before.with(&change);
        prop_assert_eq!(&after.with(&change.inverse()), &before);
        prop_assert_eq!(dangling(&after), Vec::<String>::new());
        prop_assert!(!after.customers.contains(gone));
        prop_assert_eq!(after.customers.len() + 1, before.customers.len());

        let customer = after.customers.get(keep).unwrap();
        let kept = texts(customer);
        for text in [keep, gone].iter().flat_map(|id| texts(before.customers.get(*id).unwrap())) {
            let there = kept.iter().any(|known| known.trim() == text.trim()) || customer.notes.contains(text.trim());
            prop_assert!(there, "{:?} is lost: {:?}", text, customer);
        }
        prop_assert!(customer.notes.contains(&remark) || remark.trim().is_empty());
        for custom in before.customers.get(gone).unwrap().custom.keys() {
            prop_assert!(customer.custom.contains_key(custom));
        }

        prop_assert_eq!(after.deals.len(), before.deals.len());
        for (old, new) in before.deals.iter().zip(after.deals.iter()) {
            prop_assert_eq!(rest(old), rest(new));
            let heir = old.details.customer.map(|id| if id == gone { keep } else { id });
            prop_assert_eq!(new.details.customer, heir);
            let name = |workspace: &Workspace, deal| workspace.contact_of(deal).map(|contact| contact.name.trim().to_lowercase());
            prop_assert_eq!(name(&before, old), name(&after, new));
        }
        prop_assert_eq!(after.activities.len(), before.activities.len());
        for (old, new) in before.activities.iter().zip(after.activities.iter()) {
            let heir = old.customer.map(|id| if id == gone { keep } else { id });
            prop_assert_eq!(new.customer, heir);
            prop_assert_eq!((&old.note, old.deal, old.on, old.by), (&new.note, new.deal, new.on, new.by));
        }
        prop_assert_eq!(after.promises.len(), before.promises.len());
        for (old, new) in before.promises.iter().zip(after.promises.iter()) {
            let customer = old.customer.map(|id| if id == gone { keep } else { id });
            prop_assert_eq!(&Promise { customer, ..(**old).clone() }, &**new);
        }
        for (old, new) in before.handovers.iter().zip(after.handovers.iter()) {
            let heir = |what| if what == HandedOver::Customer(gone) { HandedOver::Customer(keep) } else { what };
            let heirs: BTreeSet<_> = old.items.iter().map(|item| heir(item.what)).collect();
            prop_assert_eq!(heirs, new.items.iter().map(|item| item.what).collect());
            for item in &old.items {
                let kept = new.item(heir(item.what)).unwrap();
                prop_assert!(kept.note.contains(&item.note) || item.note.trim().is_empty());
                prop_assert!(item.called.is_none() || kept.called.is_some());
            }
        }
        for old in before.customers.iter().filter(|customer| ![keep, gone].contains(&customer.id)) {
            let new = after.customers.get(old.id).unwrap();
            let heir = |id: CustomerId| if id == gone { keep } else { id };
            prop_assert_eq!(new.referred_by, old.referred_by.map(heir));
            prop_assert!(old.not_same_as.iter().all(|id| new.not_same_as.contains(&heir(*id))));
        }

        // The preview is what comes of it.
        let mut ids = 0_u128;
        let preview = merged(&before, keep, gone, &remark, || { ids += 1; (stamp().seed.0 + ids - 1).into() });
        let Ok(Merged { customer: preview, .. }) = preview else { return Err(TestCaseError::fail("no preview")) };
        prop_assert_eq!(&preview, &**customer);
    }

    #[test]
    fn a_customer_is_not_merged_with_itself_or_with_nobody(before in workspace(), at in 0_usize..9) {
        let Some(id) = before.customers.iter().nth(at % before.customers.len().max(1)).map(|customer| customer.id) else { return Ok(()) };
        prop_assert_eq!(apply(&before, merge(id, id, ""), stamp()), Err(Rejection::SameCustomer));
        prop_assert!(apply(&before, merge(id, 0xbad.into(), ""), stamp()).is_err());
        prop_assert!(giving_way(&before, id, 0xbad.into()).is_empty());
    }
}

fn contact(id: u128, name: &str, phone: &str, email: &str, job_title: &str) -> Contact {
    let [name, phone, email, job_title] = [name, phone, email, job_title].map(str::to_owned);
    Contact { id: id.into(), name, job_title, phone, email, role: String::new() }
}

#[test]
fn contacts_fuse_and_deals_follow_them() {
    let keep = Customer {
        short_name: "Acme".into(),
        contacts: vec![contact(1, "Zhang", "021-5555 0100", "", "Buyer"), contact(2, "Wang", "", "w@acme.example", "")],
        ..Customer::named(1.into(), "Acme Ltd")
    };
    let gone = Customer {
        short_name: "ACME".into(),
        needs: "Stock".into(),
        tags: vec!["VIP".into()],
        referred_by: Some(1.into()),
        not_same_as: vec![3.into()],
        contacts: vec![
            contact(1, "Li", "", "", ""),
            contact(2, "zhang", "02155550100", "z@acme.example", "Head of buying"),
            contact(3, "Wang", "", "other@acme.example", ""),
        ],
        ..Customer::named(2.into(), "Acme")
    };
    let third =
        Customer { referred_by: Some(2.into()), not_same_as: vec![2.into()], ..Customer::named(3.into(), "Acne") };
    let batch = loudou::model::Batch { customers: vec![keep, gone, third], ..Default::default() };
    let profile = loudou::codec::content::profile(loudou::codec::content::Language::English, "T");
    let before = Workspace::new(1.into(), profile);
    let before = before.with(&apply(&before, Command::Import(Box::new(batch)), stamp()).unwrap());
    let merge = merged(&before, 1.into(), 2.into(), "", || 77.into()).unwrap();
    let Merged { customer, contacts } = &merge;
    // Li's id is taken by Zhang, so Li gets a fresh one; the other Wang has another address and is somebody else.
    let found = |id: u128| contacts.get(&id.into()).map(|id| id.value().0);
    assert_eq!([found(1), found(2), found(3)], [Some(77), Some(1), Some(3)]);
    assert_eq!(customer.contacts.len(), 4);
    let zhang = &customer.contacts[0];
    assert_eq!((zhang.email.as_str(), zhang.job_title.as_str()), ("z@acme.example", "Buyer"));
    assert_eq!(customer.notes, "Acme\nACME\nHead of buying\n02155550100");
    assert_eq!((customer.needs.as_str(), customer.referred_by), ("Stock", None));
    assert_eq!(giving_way(&before, 1.into(), 2.into()).len(), 4);

    let after = before.with(&apply(&before, self::merge(1.into(), 2.into(), ""), stamp()).unwrap());
    let third = after.customers.get(3.into()).unwrap();
    assert_eq!((third.referred_by, third.not_same_as.as_slice()), (Some(1.into()), [1.into()].as_slice()));
    assert_eq!(after.customers.get(1.into()).unwrap().not_same_as, [3.into()]);
}
