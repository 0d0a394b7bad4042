//! What the tables of a workspace have in common.

use std::{collections::BTreeMap, sync::Arc};

use crate::model::{Patch, Record, Table, Workspace};

/// The change that puts a record in its place.
pub(super) fn put<V: Record>(record: impl Into<Arc<V>>) -> Patch<V> {
    let record = record.into();
    Patch { id: record.id(), before: None, after: Some(record) }
}

/// Every record of every side by its id, each with the places of the sides that have it.
pub(super) fn holders<'w, V: Record>(
    sides: &[&'w Workspace],
    pick: fn(&Workspace) -> &Table<V>,
) -> BTreeMap<V::Id, Vec<(usize, &'w Arc<V>)>> {
    let mut holders: BTreeMap<V::Id, Vec<(usize, &Arc<V>)>> = BTreeMap::new();
    for (side, workspace) in sides.iter().enumerate() {
        for record in pick(workspace).iter() {
            holders.entry(record.id()).or_default().push((side, record));
        }
    }
    holders
}

/// Whether a side comes from the common file: it holds at least half of its records.
pub(super) fn stems(side: &Workspace, base: &Workspace) -> bool {
    fn shared<V: Record>(side: &Table<V>, base: &Table<V>) -> (usize, usize) {
        (base.iter().filter(|record| side.contains(record.id())).count(), base.len())
    }
    let counts = [
        shared(&side.models, &base.models),
        shared(&side.departments, &base.departments),
        shared(&side.people, &base.people),
        shared(&side.quotas, &base.quotas),
        shared(&side.products, &base.products),
        shared(&side.targets, &base.targets),
        shared(&side.customers, &base.customers),
        shared(&side.campaigns, &base.campaigns),
        shared(&side.deals, &base.deals),
        shared(&side.activities, &base.activities),
        shared(&side.promises, &base.promises),
        shared(&side.handovers, &base.handovers),
        shared(&side.interventions, &base.interventions),
        shared(&side.problems, &base.problems),
        shared(&side.schemes, &base.schemes),
    ];
    let (here, all) = counts.iter().fold((0, 0), |(here, all), (one, of)| (here + one, all + of));
    here * 2 >= all
}
