//! Whole documents on their way out and in: each handing out has an id of its own, and the browser keeps the state that it was, so that files
//! that come back can be compared with it.

use leptos::{prelude::GetUntracked as _, task::spawn_local};

use crate::{
    codec::document::Lineage,
    model::{ExportId, Timestamp, WorkspaceId},
    storage::backups::Reason,
    store::Store,
    ui::{
        backups::{BackupError, Backups, Taken},
        clock,
    },
};

/// A file that is kept current is a handing out at most so often, in milliseconds: once a day.
const PERIOD: i64 = 24 * 60 * 60 * 1000;

/// The open workspace as it is now, about to be handed out.
#[derive(Debug)]
pub struct Departure {
    workspace: WorkspaceId,
    export: ExportId,
    lineage: Lineage,
    state: Result<Taken, BackupError>,
}

impl Departure {
    /// Takes the open workspace as it is. `None` where nobody can say what it comes from; its document says nothing then.
    pub fn begin(store: Store, backups: Backups) -> Option<Self> {
        let ancestors = store.descent()?;
        let workspace = store.library().opened().get_untracked()?;
        let export = ExportId::new(store.fresh());
        let state = backups.take(workspace, Reason::HandedOut).map(|taken| taken.of(export));
        Some(Self { workspace, export, lineage: Lineage::new(Some(export), ancestors), state })
    }

    /// Like [`begin`](Self::begin), for a file that is written every few seconds: it is handed out anew once a day and says in between what
    /// it comes from.
    pub fn begin_daily(store: Store, backups: Backups) -> (Lineage, Option<Self>) {
        let Some(ancestors) = store.descent() else { return (Lineage::default(), None) };
        // One of a clock that is ahead says nothing about today.
        let now = clock::now();
        let newest = ancestors.iter().rev().copied().filter_map(moment).find(|moment| *moment <= now);
        if newest.is_some_and(|newest| (now - newest).num_milliseconds() < PERIOD) {
            return (Lineage::new(None, ancestors), None);
        }
        let departure = Self::begin(store, backups);
        (departure.as_ref().map(|departure| departure.lineage.clone()).unwrap_or_default(), departure)
    }

    /// What the document says.
    pub fn lineage(&self) -> &Lineage {
        &self.lineage
    }

    /// The document is with somebody: the workspace descends from it, and its state is kept.
    pub fn done(self, store: Store, backups: Backups) {
        store.descend(self.workspace, [self.export]);
        keep(backups, self.state);
    }
}

/// A document was opened as this workspace: it descends from what the document comes from, and its state is kept.
pub fn arrived(store: Store, backups: Backups, workspace: WorkspaceId, lineage: &Lineage) {
    store.descend(workspace, lineage.all());
    if let Some(export) = lineage.export {
        keep(backups, backups.take(workspace, Reason::Received).map(|taken| taken.of(export)));
    }
}

/// The moment of a handing out.
pub fn moment(export: ExportId) -> Option<Timestamp> {
    Timestamp::from_timestamp_millis(i64::try_from(export.value().timestamp_ms()).ok()?)
}

/// Keeps a state behind what is done; why it cannot be kept stands on the data page. A storage that ends with the page keeps none.
fn keep(backups: Backups, state: Result<Taken, BackupError>) {
    if let Ok(taken) = state {
        spawn_local(async move {
            // Told by the failure.
            drop(backups.keep(taken).await);
        });
    }
}
