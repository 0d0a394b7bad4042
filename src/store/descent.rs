//! What the open workspace descends from: the documents that it was opened from, that were handed out of it and that were merged into it.
//!
//! It is a comfort for later merges and no part of the data: where it cannot be noted, a merge finds an older common state, or none.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::{Store, UNDO_DEPTH};
use crate::{
    model::{Change, ExportId, WorkspaceId},
    storage::descent,
};

/// A merge, with what the merged files come from.
#[derive(Clone, Debug)]
pub(super) struct Descending {
    change: Arc<Change>,
    workspace: WorkspaceId,
    exports: BTreeSet<ExportId>,
    /// Under which it was noted.
    token: String,
}

impl Store {
    /// The handing outs that the open workspace descends from. `None` where nobody can say: it is only looked at, or something of it could
    /// not be read, and what is missing for that reason was not removed.
    pub fn descent(self) -> Option<BTreeSet<ExportId>> {
        let library = self.library;
        let workspace = library.opened().get_untracked().filter(|_| library.visited().is_none())?;
        let is_whole = library.losses().with_untracked(Vec::is_empty);
        let listed = library.at_storage(|storage| descent::list(storage, &workspace.to_string())).ok();
        listed.filter(|_| is_whole).map(|exports| exports.iter().filter_map(|export| export.parse().ok()).collect())
    }

    /// Notes that a workspace of this browser descends from these.
    pub fn descend(self, workspace: WorkspaceId, exports: impl IntoIterator<Item = ExportId>) {
        self.note_descent(workspace, exports, &self.fresh().to_string());
    }

    /// Notes that the open workspace descends from these by a change, as long as the change is not undone.
    pub fn descend_by(self, change: &Arc<Change>, exports: BTreeSet<ExportId>) {
        let Some(workspace) = self.library.opened().get_untracked() else { return };
        let token = self.fresh().to_string();
        self.note_descent(workspace, exports.iter().copied(), &token);
        self.bench.update_value(|bench| {
            if bench.descending.len() == UNDO_DEPTH {
                bench.descending.remove(0);
            }
            bench.descending.push(Descending { change: change.clone(), workspace, exports, token });
        });
    }

    /// Does what goes with a step of undo or redo.
    pub(super) fn descend_with(self, step: &Arc<Change>, forward: bool) {
        // A key that was removed never comes back, so what is done anew is noted under another token.
        let token = self.fresh().to_string();
        let found = self.bench.try_update_value(|bench| {
            let one = bench.descending.iter_mut().find(|one| Arc::ptr_eq(&one.change, step))?;
            let before = one.clone();
            one.token.clone_from(&token);
            Some(before)
        });
        let Some(Descending { workspace, exports, token: before, .. }) = found.flatten() else { return };
        if forward {
            self.note_descent(workspace, exports, &token);
        } else {
            // Where it stays, the next merge compares with a state that is too new: what was undone is told as removed then.
            self.library.at_storage(|storage| descent::forget(storage, &workspace.to_string(), &before)).ok();
        }
    }

    /// Forgets what a workspace descends from: something of it could not be read, and later nobody will know that it was not removed.
    pub(super) fn break_descent(self, workspace: WorkspaceId) {
        self.library.at_storage(|storage| descent::clear(storage, &workspace.to_string())).ok();
    }

    fn note_descent(self, workspace: WorkspaceId, exports: impl IntoIterator<Item = ExportId>, token: &str) {
        let exports: Vec<String> = exports.into_iter().map(|export| export.to_string()).collect();
        self.library.at_storage(|storage| descent::note(storage, &workspace.to_string(), &exports, token)).ok();
    }
}
