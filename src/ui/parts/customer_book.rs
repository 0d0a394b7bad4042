//! The customers with what stands behind them, computed once for each state of the data.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use crate::{
    metrics::{CustomerFacts, customer_facts},
    model::{Customer, CustomerId, Date, Workspace},
    store::{Snapshot, use_store},
    ui::clock::use_clock,
};

/// The state of the data on a day. Two are equal when both are the same.
#[derive(Debug, Clone)]
pub struct Book {
    snapshot: Snapshot,
    /// The day.
    pub today: Date,
    facts: Arc<BTreeMap<CustomerId, CustomerFacts>>,
}

impl PartialEq for Book {
    fn eq(&self, other: &Self) -> bool {
        self.snapshot == other.snapshot && self.today == other.today
    }
}

/// A customer with what stands behind it.
#[derive(Debug, Clone, Copy)]
pub struct Entry<'a> {
    /// The customer.
    pub customer: &'a Customer,
    /// What its deals and activities add up to.
    pub facts: &'a CustomerFacts,
    /// The records around it.
    pub workspace: &'a Workspace,
}

impl Book {
    /// Follows the data and the day; call it in a component body.
    pub fn follow() -> Memo<Self> {
        let (store, clock) = (use_store(), use_clock());
        Memo::new(move |before: Option<&Self>| {
            let (snapshot, today) = (store.snapshot(), clock.today.get());
            let known =
                before.filter(|before| before.today == today && same_facts(before.workspace(), &snapshot.workspace));
            let count = || Arc::new(customer_facts(&snapshot.workspace, today));
            let facts = known.map_or_else(count, |before| before.facts.clone());
            Self { snapshot, today, facts }
        })
    }

    /// The records.
    pub fn workspace(&self) -> &Workspace {
        &self.snapshot.workspace
    }

    /// One customer; `None` once it is gone.
    pub fn entry(&self, id: CustomerId) -> Option<Entry<'_>> {
        let (customer, facts) = (self.workspace().customers.get(id)?, self.facts.get(&id)?);
        Some(Entry { customer, facts, workspace: self.workspace() })
    }

    /// All customers in the order of their ids.
    pub fn entries(&self) -> impl Iterator<Item = Entry<'_>> {
        // Facts are of the same customers in the same order.
        let both = self.workspace().customers.iter().zip(self.facts.values());
        both.map(|(customer, facts)| Entry { customer, facts, workspace: self.workspace() })
    }
}

/// Whether what stands behind the customers is the same in both, as far as can be told at a glance: the records that it adds up are, and
/// the customers are the same ones, referred by the same ones.
fn same_facts(before: &Workspace, now: &Workspace) -> bool {
    let same_customers = || {
        before.customers.len() == now.customers.len()
            && before.customers.iter().zip(now.customers.iter()).all(|(before, now)| {
                Arc::ptr_eq(before, now) || (before.id, before.referred_by) == (now.id, now.referred_by)
            })
    };
    before.deals.same(&now.deals)
        && before.activities.same(&now.activities)
        && before.campaigns.same(&now.campaigns)
        && before.models.same(&now.models)
        && same_customers()
}
