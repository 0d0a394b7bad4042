//! How much room in the browser an import would take, told before it is made.

use std::collections::BTreeMap;

use crate::{
    codec::journal,
    model::{Batch, Change, Command, Patch, Record, Workspace},
    storage::pack,
};

/// So many records of a kind are packed to know what one takes.
const SAMPLE: usize = 1_000;

/// About how many UTF-16 units of storage the new deals and customers of an import take, judged by a sample that is spread over all of
/// them.
pub(super) fn units(command: &Command, workspace: &Workspace) -> usize {
    let batch = match command {
        Command::Import(batch) => Some(&**batch),
        Command::Many(commands) => commands.iter().find_map(|command| match command {
            Command::Import(batch) => Some(&**batch),
            _ => None,
        }),
        _ => None,
    };
    let Some(Batch { deals, customers, .. }) = batch else { return 0 };
    let deals = scaled(deals.iter().filter(|deal| !workspace.deals.contains(deal.id)), |deals| Change {
        deals,
        ..Change::default()
    });
    let customers = scaled(customers.iter().filter(|one| !workspace.customers.contains(one.id)), |customers| Change {
        customers,
        ..Change::default()
    });
    deals + customers
}

fn scaled<'a, V: Record + 'a>(records: impl Iterator<Item = &'a V>, change: impl Fn(Vec<Patch<V>>) -> Change) -> usize {
    let records: Vec<&V> = records.collect();
    let step = records.len().div_ceil(SAMPLE).max(1);
    let sample = records.iter().step_by(step);
    let sample: Vec<Patch<V>> = sample
        .map(|record| Patch { id: record.id(), before: None, after: Some(std::sync::Arc::new((*record).clone())) })
        .collect();
    let counted = sample.len();
    if counted == 0 {
        return 0;
    }
    let bare = Workspace::new(0.into(), crate::model::Profile::named("-", crate::model::Currency::USD));
    let names: BTreeMap<String, usize> = packed(&bare);
    let with = packed(&bare.with(&change(sample)));
    let units: usize = with.iter().filter(|(name, _)| !names.contains_key(*name)).map(|(_, units)| units).sum();
    units.saturating_mul(records.len()) / counted
}

/// What each piece of a workspace takes.
fn packed(workspace: &Workspace) -> BTreeMap<String, usize> {
    let units = |text: &str| pack::pack(text).map_or(usize::MAX / 2, |packed| packed.encode_utf16().count());
    journal::pieces(workspace).into_iter().map(|(name, text)| (name, units(&text))).collect()
}
