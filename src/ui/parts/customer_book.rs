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
        Memo::new(move |_| {
            let (snapshot, today) = (store.snapshot(), clock.today.get());
            let facts = Arc::new(customer_facts(&snapshot.workspace, today));
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
