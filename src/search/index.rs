//! All names of a workspace, ready to be searched.

use super::{Hay, Needle};
use crate::model::{ContactId, CustomerId, DealId, PersonId, Workspace};

/// What an entry of the index leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// A deal, by its title.
    Deal(DealId),
    /// A customer, by its name or short name.
    Customer(CustomerId),
    /// A person at a customer, by name.
    Contact(CustomerId, ContactId),
    /// A seller or manager, by name.
    Person(PersonId),
}

/// An entry that answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hit {
    /// What it leads to.
    pub found: Found,
    /// How well it answers, see [`Needle::rank`].
    pub rank: u8,
}

/// The names of a workspace.
#[derive(Clone, Debug, Default)]
pub struct Index {
    deals: Vec<(Found, Hay)>,
    customers: Vec<(Found, Hay)>,
    contacts: Vec<(Found, Hay)>,
    people: Vec<(Found, Hay)>,
}

impl Index {
    /// Reads all names. The newest records come first among equals.
    pub fn of(workspace: &Workspace) -> Self {
        let customers = || workspace.customers.iter().rev();
        let name = |name: &str, short: &str| {
            if short.trim().is_empty() { Hay::new(name) } else { Hay::new(&[name, " ", short].concat()) }
        };
        Self {
            deals: workspace
                .deals
                .iter()
                .rev()
                .map(|deal| (Found::Deal(deal.id), Hay::new(&deal.details.title)))
                .collect(),
            customers: customers().map(|c| (Found::Customer(c.id), name(&c.name, &c.short_name))).collect(),
            contacts: customers()
                .flat_map(|c| {
                    c.contacts.iter().map(|contact| (Found::Contact(c.id, contact.id), Hay::new(&contact.name)))
                })
                .collect(),
            people: workspace.people.iter().map(|person| (Found::Person(person.id), Hay::new(&person.name))).collect(),
        }
    }

    /// The best `most` answers of each kind: customers, contacts, deals, people, the best first. Nothing when nothing is sought.
    pub fn find(&self, needle: &Needle, most: usize) -> Vec<Hit> {
        if needle.is_empty() {
            return Vec::new();
        }
        [&self.customers, &self.contacts, &self.deals, &self.people]
            .into_iter()
            .flat_map(|kind| best(kind, needle, most))
            .collect()
    }
}

fn best(entries: &[(Found, Hay)], needle: &Needle, most: usize) -> Vec<Hit> {
    let hits = entries.iter().filter_map(|(found, hay)| Some(Hit { found: *found, rank: needle.rank(hay)? }));
    let mut hits: Vec<Hit> = hits.collect();
    hits.sort_by_key(|hit| hit.rank);
    hits.truncate(most);
    hits
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::content::Language,
        model::{Contact, Customer, Date},
        training::demo,
    };

    #[test]
    fn every_kind_is_found_and_the_best_comes_first() {
        let company = demo::company(Language::Chinese, Date::from_ymd_opt(2026, 11, 23).unwrap(), 7);
        let index = Index::of(&company);
        let customer: &Customer = company.customers.iter().find(|c| !c.contacts.is_empty()).unwrap();
        let contact: &Contact = &customer.contacts[0];
        let hits = index.find(&Needle::new(&customer.name), 8);
        assert_eq!(hits.first(), Some(&Hit { found: Found::Customer(customer.id), rank: 0 }));
        let hits = index.find(&Needle::new(&contact.name), 500);
        assert!(hits.contains(&Hit { found: Found::Contact(customer.id, contact.id), rank: 0 }));
        let person = company.people.iter().next().unwrap();
        assert!(index.find(&Needle::new(&person.name), 8).iter().any(|hit| hit.found == Found::Person(person.id)));
        assert!(index.find(&Needle::new(""), 8).is_empty());
        let deals = index.find(&Needle::new("xm"), 3).into_iter().filter(|hit| matches!(hit.found, Found::Deal(_)));
        assert!(deals.count() <= 3);
    }
}
