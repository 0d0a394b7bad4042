//! What the sides of a merge have in common, told by the handing outs that they come from.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::model::ExportId;

/// Where the sides of a merge come from. Sides are told by their place; the workspace that is merged into is the first one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// No two of them say that they come from the same state.
    Unknown,
    /// All of them come from this state, the newest such one that is kept here.
    Kept(ExportId),
    /// All of them come from this state, the newest such one, and it is not kept here.
    NotKept(ExportId),
    /// This is the newest state that most of them come from; these do not.
    Partly {
        /// The state.
        export: ExportId,
        /// The places of the others.
        others: Vec<usize>,
    },
}

/// Where sides come from that say so. `kept` are the states that can be had.
///
/// Only a state that *every* side went through tells who removed something: a side that never had a record did not remove it. Where two
/// such states exist of which neither comes from the other (two people merged each other's files both ways), the later one is taken: what
/// one side set back to the value it had there is then told as unchanged.
///
/// ```
/// use loudou::{codec::merge::{Origin, origin}, model::ExportId};
///
/// let [monday, friday, other] = [1, 5, 9].map(ExportId::from);
/// let kept = [monday, friday].into();
/// let (here, li, wang) = ([monday, friday].into(), [monday, friday].into(), [monday].into());
/// assert_eq!(origin(&[&here, &li], &kept), Origin::Kept(friday));
/// assert_eq!(origin(&[&here, &li, &wang], &kept), Origin::Kept(monday));
/// assert_eq!(origin(&[&here, &li], &[].into()), Origin::NotKept(friday));
/// let stranger = [other].into();
/// assert_eq!(origin(&[&here, &li, &stranger], &kept), Origin::Partly { export: friday, others: vec![2] });
/// assert_eq!(origin(&[&here, &stranger], &kept), Origin::Unknown);
/// ```
pub fn origin(sides: &[&BTreeSet<ExportId>], kept: &BTreeSet<ExportId>) -> Origin {
    let mut holders: BTreeMap<ExportId, usize> = BTreeMap::new();
    for export in sides.iter().copied().flatten() {
        *holders.entry(*export).or_default() += 1;
    }
    let common = || holders.iter().rev().filter(|(_, count)| **count == sides.len()).map(|(export, _)| *export);
    if let Some(export) = common().find(|export| kept.contains(export)) {
        return Origin::Kept(export);
    }
    if let Some(export) = common().next() {
        return Origin::NotKept(export);
    }
    let most = holders.iter().max_by_key(|(export, count)| (**count, **export)).filter(|(_, count)| **count > 1);
    most.map_or(Origin::Unknown, |(export, _)| {
        let lacks = |side: &usize| sides.get(*side).is_some_and(|side| !side.contains(export));
        Origin::Partly { export: *export, others: (0..sides.len()).filter(lacks).collect() }
    })
}

/// What a document says of its origin, on its way between programs: see [`Lineage`](crate::codec::document::Lineage).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Descent(Vec<String>);

impl Descent {
    /// Of a document or workspace that comes from these.
    pub fn new(exports: impl IntoIterator<Item = ExportId>) -> Self {
        Self(exports.into_iter().map(|export| export.to_string()).collect())
    }

    /// The handing outs.
    pub fn exports(&self) -> BTreeSet<ExportId> {
        self.0.iter().filter_map(|export| export.parse().ok()).collect()
    }
}
