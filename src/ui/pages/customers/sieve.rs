//! Which customers are listed, as the address says.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use super::column::OWN;
use crate::{
    metrics::{CustomWish, review_due},
    model::{
        Customer, CustomerId, Date, Level, Profile, Workspace,
        address::{Query, read_list, read_texts},
    },
    ui::{
        parts::{
            customer_book::{Book, Entry},
            levels::level_key,
            listing::own::wishes,
        },
        typed::folded,
    },
};

/// The value of the owner filter that stands for customers nobody owns.
pub(super) const NOBODY: &str = "none";
/// The value of a filter that stands for what nobody knows.
pub(super) const UNKNOWN_LEVEL: &str = "unknown";

/// Something that holds for a customer or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Condition {
    ReviewDue,
    VisitDue,
    NoOwner,
    NoOpenDeal,
    HasWon,
}

impl Condition {
    pub(super) const ALL: [Self; 5] = [Self::ReviewDue, Self::VisitDue, Self::NoOwner, Self::NoOpenDeal, Self::HasWon];

    /// The name in addresses.
    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::ReviewDue => "due",
            Self::VisitDue => "visit-due",
            Self::NoOwner => "no-owner",
            Self::NoOpenDeal => "no-open",
            Self::HasWon => "won",
        }
    }

    fn holds(self, entry: Entry<'_>, today: Date) -> bool {
        match self {
            Self::ReviewDue => review_due(entry.customer, today),
            Self::VisitDue => entry.facts.return_visit.is_some_and(|visit| visit.is_due(today)),
            Self::NoOwner => entry.customer.owner.is_none(),
            Self::NoOpenDeal => entry.facts.open_deals == 0,
            Self::HasWon => entry.facts.won_deals != 0,
        }
    }
}

/// What the address asks for. An empty list asks for nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Sieve {
    people: Vec<String>,
    territories: Vec<String>,
    industries: Vec<String>,
    sources: Vec<String>,
    fits: Vec<String>,
    intents: Vec<String>,
    priorities: Vec<String>,
    tags: Vec<String>,
    /// All of them must hold.
    conditions: Vec<Condition>,
    own: Vec<CustomWish>,
    /// Folded.
    text: String,
}

impl Sieve {
    /// Reads the query of an address.
    pub(super) fn of(query: &Query, profile: &Profile) -> Self {
        let list = |key| query.get(key).map(read_list).unwrap_or_default();
        let texts = |key| query.get(key).map(read_texts).unwrap_or_default();
        let conditions = list("is");
        Self {
            people: list("person"),
            territories: texts("territory"),
            industries: texts("industry"),
            sources: texts("source"),
            fits: list("fit"),
            intents: list("intent"),
            priorities: list("priority"),
            tags: texts("tag"),
            conditions: Condition::ALL.into_iter().filter(|c| conditions.iter().any(|code| code == c.code())).collect(),
            own: wishes(query, profile, OWN),
            text: query.get("q").map(folded).unwrap_or_default(),
        }
    }

    /// The customers listed, in the order given.
    pub(super) fn list(&self, order: &[CustomerId], book: &Book, haystacks: Memo<Haystacks>) -> Vec<CustomerId> {
        let passes = |id: &CustomerId| book.entry(*id).is_some_and(|entry| self.lets_pass(entry, book.today));
        let listed = order.iter().copied().filter(passes);
        if self.text.is_empty() {
            return listed.collect();
        }
        haystacks.with(|haystacks| listed.filter(|id| haystacks.hold(*id, &self.text)).collect())
    }

    fn lets_pass(&self, entry: Entry<'_>, today: Date) -> bool {
        let customer = entry.customer;
        let text = |wanted: &[String], text: &String| wanted.is_empty() || wanted.contains(text);
        let level = |wanted: &[String], level: Option<Level>| {
            let code = level.map_or(UNKNOWN_LEVEL, |level| level_key(Some(level)));
            wanted.is_empty() || wanted.iter().any(|wanted| wanted == code)
        };
        let owner = || customer.owner.map_or_else(|| NOBODY.to_owned(), |id| id.to_string());
        text(&self.territories, &customer.territory)
            && text(&self.industries, &customer.industry)
            && text(&self.sources, &customer.source)
            && level(&self.fits, customer.fit)
            && level(&self.intents, customer.intent)
            && level(&self.priorities, customer.priority)
            && (self.tags.is_empty() || customer.tags.iter().any(|tag| self.tags.contains(tag)))
            && self.conditions.iter().all(|condition| condition.holds(entry, today))
            && self.own.iter().all(|wish| wish.is_met(None, Some(customer)))
            && (self.people.is_empty() || self.people.contains(&owner()))
    }
}

/// What a search looks through: the names and numbers of each customer, folded once for all keystrokes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Haystacks(BTreeMap<CustomerId, (Arc<Customer>, Arc<str>)>);

impl Haystacks {
    /// Those of all customers; what is known `before` of a customer who is as before is not folded again.
    pub(super) fn of(before: Option<&Self>, workspace: &Workspace) -> Self {
        let text = |customer: &Arc<Customer>| {
            let known = before.and_then(|before| before.0.get(&customer.id));
            let known = known.filter(|(known, _)| Arc::ptr_eq(known, customer)).map(|(_, text)| text.clone());
            (customer.id, (customer.clone(), known.unwrap_or_else(|| haystack(customer).into())))
        };
        Self(workspace.customers.iter().map(text).collect())
    }

    /// Whether a folded text is found at a customer.
    fn hold(&self, id: CustomerId, text: &str) -> bool {
        self.0.get(&id).is_some_and(|(_, haystack)| haystack.contains(text))
    }
}

/// Name, short name, and of each contact the name and the phone, also without what stands between its digits; a line for each.
fn haystack(customer: &Customer) -> String {
    let mut lines = vec![folded(&customer.name), folded(&customer.short_name)];
    for contact in &customer.contacts {
        let phone = folded(&contact.phone);
        let digits = phone.chars().filter(char::is_ascii_digit).collect();
        lines.extend([folded(&contact.name), phone, digits]);
    }
    lines.join("\n")
}
