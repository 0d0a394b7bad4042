//! Which handed-out states the data of a document comes from.

use std::collections::BTreeSet;

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{ObjectSchema, Schema};
use super::{
    form::{Part, Plain},
    reader::{Fields, Reader},
    writer::Writer,
};
use crate::model::ExportId;

/// So many ancestors are kept; of more, the oldest are forgotten. Who hands out a file each working day reaches back six weeks.
pub const ANCESTORS: usize = 32;

/// What a document says of where its data comes from, so that a merge finds the state that all its files started from.
///
/// A whole document that somebody was given says which handing out it is, and which ones its data went through before: its *ancestors*.
/// A document of a part of the records, one without names, and one that is written by other programs say nothing: what is not in
/// them was not removed.
///
/// ```
/// use loudou::{codec::document::Lineage, model::ExportId};
///
/// let [first, second] = [1, 2].map(ExportId::from);
/// let handed_out = Lineage::new(Some(second), [first, first]);
/// assert_eq!(handed_out.ancestors, [first]);
/// // Who opens it goes on from both.
/// assert_eq!(handed_out.all().collect::<Vec<_>>(), [second, first]);
/// assert_eq!(Lineage::default().all().count(), 0);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lineage {
    /// The handing out that the document is; `None` for a copy that nobody was given.
    pub export: Option<ExportId>,
    /// Those that its data descends from, newest first.
    pub ancestors: Vec<ExportId>,
}

impl Lineage {
    /// Of a document that is this handing out and descends from those, the newest [`ANCESTORS`] of them.
    pub fn new(export: Option<ExportId>, ancestors: impl IntoIterator<Item = ExportId>) -> Self {
        let ancestors: BTreeSet<ExportId> = ancestors.into_iter().filter(|id| Some(*id) != export).collect();
        Self { export, ancestors: ancestors.into_iter().rev().take(ANCESTORS).collect() }
    }

    /// Every handing out that the data comes from, the document's own first.
    pub fn all(&self) -> impl Iterator<Item = ExportId> {
        self.export.into_iter().chain(self.ancestors.iter().copied())
    }
}

impl Part for Lineage {
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let export = fields.take("export", Plain, reader);
        let ancestors: Option<Vec<ExportId>> = fields.take("ancestors", Plain, reader);
        Some(Self::new(export?, ancestors?))
    }

    fn give(&self, out: &mut Writer) {
        out.field("export", &self.export, Plain);
        out.field("ancestors", &self.ancestors, Plain);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut ObjectSchema) {
        object.field("export", |lineage: &Self| &lineage.export, Plain, schema);
        object.field("ancestors", |lineage: &Self| &lineage.ancestors, Plain, schema);
    }
}
