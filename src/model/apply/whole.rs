//! Commands that reach over all kinds: other records in the place of all, and what was deleted once more.

use std::sync::Arc;

use super::Draft;
use crate::model::{Batch, Change, Patch, Profile, Record, Rejection, Table, Workspace, removal::plan};

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
            promises: all(&other.promises),
            handovers: all(&other.handovers),
            interventions: all(&other.interventions),
            problems: all(&other.problems),
            schemes: all(&other.schemes),
        })?;
        self.next = draft.next;
        Ok(())
    }

    /// What comes back is checked as an import would check it.
    pub(super) fn put_back(&mut self, taken: &Change) -> Result<(), Rejection> {
        let plan = plan(&self.next, taken);
        if !plan.obstacles.is_empty() {
            return Err(Rejection::InTheWay(plan.obstacles));
        }
        let change = plan.change;
        self.import(Batch {
            models: back(&change.models),
            departments: back(&change.departments),
            people: back(&change.people),
            quotas: back(&change.quotas),
            products: back(&change.products),
            targets: back(&change.targets),
            customers: back(&change.customers),
            campaigns: back(&change.campaigns),
            deals: back(&change.deals),
            activities: back(&change.activities),
            promises: back(&change.promises),
            handovers: back(&change.handovers),
            interventions: back(&change.interventions),
            problems: back(&change.problems),
            schemes: back(&change.schemes),
        })?;
        self.next = self.next.with(&change);
        Ok(())
    }
}

/// The records that were gone.
fn back<V: Record>(patches: &[Patch<V>]) -> Vec<V> {
    let back = patches.iter().filter(|patch| patch.before.is_none());
    back.filter_map(|patch| patch.after.as_deref().cloned()).collect()
}

fn all<V: Record>(table: &Table<V>) -> Vec<V> {
    table.iter().map(Arc::as_ref).cloned().collect()
}
