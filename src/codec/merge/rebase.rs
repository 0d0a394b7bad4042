//! Changes made to another state than the one they were meant for.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Options,
    fields::{Fields, Place},
    history::{tell, united},
    join::stages,
    shown::Names,
    tree::Tree,
};
use crate::{
    codec::document::form::Form,
    model::{Change, Deal, DealDetails, EventId, Patch, Record, Table, Workspace},
};

/// `change` made to `base`, where somebody else may have changed the same records since: field by field, deals also event by event. Where
/// both changed the same, `change` holds. A record that one of them took away and the other changed is as `change` leaves it.
///
/// What it was not meant for costs nothing: a record that is in `base` as it was before the change is taken over whole.
#[must_use]
pub fn rebase(change: &Change, base: &Workspace) -> Change {
    let rebasing = Rebasing { base, digits: base.profile.currency.digits() };
    let profile = change.profile.as_ref().map(|(before, after)| {
        let here = &base.profile;
        let alike = here == before || here == after || here.currency != after.currency;
        let merged = if alike { None } else { rebasing.record("profile", "", &**here, &**before, &**after) };
        (here.clone(), merged.map_or_else(|| after.clone(), Arc::new))
    });
    Change {
        profile,
        models: rebasing.table("models", &change.models, &base.models),
        departments: rebasing.table("departments", &change.departments, &base.departments),
        people: rebasing.table("people", &change.people, &base.people),
        quotas: rebasing.table("quotas", &change.quotas, &base.quotas),
        products: rebasing.table("products", &change.products, &base.products),
        targets: rebasing.table("targets", &change.targets, &base.targets),
        customers: rebasing.table("customers", &change.customers, &base.customers),
        campaigns: rebasing.table("campaigns", &change.campaigns, &base.campaigns),
        deals: rebasing.patches(&change.deals, &base.deals, Rebasing::deal),
        activities: rebasing.table("activities", &change.activities, &base.activities),
        promises: rebasing.table("promises", &change.promises, &base.promises),
        handovers: rebasing.table("handovers", &change.handovers, &base.handovers),
        interventions: rebasing.table("interventions", &change.interventions, &base.interventions),
        problems: rebasing.table("problems", &change.problems, &base.problems),
        schemes: rebasing.table("schemes", &change.schemes, &base.schemes),
    }
}

struct Rebasing<'w> {
    base: &'w Workspace,
    digits: u32,
}

/// What is here and what the change is about.
const HERE: usize = 0;
const CHANGE: usize = 1;

impl Rebasing<'_> {
    fn table<V: Record + Form>(&self, name: &'static str, patches: &[Patch<V>], table: &Table<V>) -> Vec<Patch<V>> {
        self.patches(patches, table, |this, here, before, after| {
            this.record(name, &after.id().to_string(), here, before, after)
        })
    }

    fn patches<V: Record>(
        &self,
        patches: &[Patch<V>],
        table: &Table<V>,
        merge: impl Fn(&Self, &V, &V, &V) -> Option<V>,
    ) -> Vec<Patch<V>> {
        let patch = |patch: &Patch<V>| {
            let here = table.get(patch.id).cloned();
            let merged = match (&here, &patch.before, &patch.after) {
                (Some(here), Some(before), Some(after)) if here != before && here != after => {
                    merge(self, here, before, after).map(Arc::new)
                }
                _ => None,
            };
            Patch { id: patch.id, before: here, after: merged.or_else(|| patch.after.clone()) }
        };
        patches.iter().map(patch).collect()
    }

    /// The record merged field by field; `None` when no record comes of it.
    fn record<V: Form>(&self, table: &'static str, id: &str, here: &V, before: &V, after: &V) -> Option<V> {
        let tree = |record: &V| Tree::of(record, self.digits);
        Self::merged(table, id, [tree(here), tree(after)], &tree(before)).read(self.digits)
    }

    fn merged(table: &'static str, id: &str, [here, after]: [Tree; 2], before: &Tree) -> Tree {
        let options = Options { prefer: Some(CHANGE), ..Options::default() };
        let mut fields = Fields { options: &options, names: Names(&[]), differences: Vec::new() };
        fields.record(&Place { table, id, name: "" }, &[(HERE, here), (CHANGE, after)], Some(before))
    }

    /// The deal with what either of them added to its history and without what either took back.
    fn deal(&self, here: &Deal, before: &Deal, after: &Deal) -> Option<Deal> {
        let tree = |deal: &Deal| Tree::of_part(&deal.details, self.digits);
        let details: DealDetails =
            Self::merged("deals", &here.id.to_string(), [tree(here), tree(after)], &tree(before))
                .read_part(self.digits)?;
        let ids = |deal: &Deal| -> BTreeSet<EventId> { deal.history().iter().map(|event| event.id).collect() };
        let (known, left) = (ids(before), [ids(here), ids(after)]);
        let taken_back = |id: &EventId| known.contains(id) && left.iter().any(|left| !left.contains(id));
        let kept =
            |deal: &Deal| deal.history().iter().filter(|event| !taken_back(&event.id)).cloned().collect::<Vec<_>>();
        let model_of = stages(&[self.base], None).ok()?;
        Some(tell(here.id, details, united(&[kept(here), kept(after)]), &model_of)?.deal)
    }
}
