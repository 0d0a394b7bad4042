//! The command that puts other records in the place of all.

use std::sync::Arc;

use super::Draft;
use crate::model::{Batch, Profile, Record, Rejection, Table, Workspace};

impl Draft {
    /// Every record is checked as an import would check it in an empty workspace, so nothing is left of the former ones that could
    /// hold a rule up or be held up by one. Of the profile no more is asked than a document asks: what opens may be merged.
    pub(super) fn take_over(&mut self, other: &Workspace) -> Result<(), Rejection> {
        if other.profile.currency != self.next.profile.currency {
            return Err(Rejection::CurrencyInUse);
        }
        if other.profile.name.trim().is_empty() {
            return Err(Rejection::BlankName);
        }
        if !(1..=12).contains(&other.profile.fiscal_year_start) {
            return Err(Rejection::Month);
        }
        let next = Workspace::new(self.next.id, Profile::clone(&other.profile));
        let mut draft = Self { next, stamp: self.stamp, given: self.given };
        draft.import(Batch {
            models: all(&other.models),
            departments: all(&other.departments),
            people: all(&other.people),
            quotas: all(&other.quotas),
            products: all(&other.products),
            targets: all(&other.targets),
            customers: all(&other.customers),
            campaigns: all(&other.campaigns),
            deals: all(&other.deals),
            activities: all(&other.activities),
        })?;
        self.next = draft.next;
        Ok(())
    }
}

fn all<V: Record>(table: &Table<V>) -> Vec<V> {
    table.iter().map(Arc::as_ref).cloned().collect()
}
