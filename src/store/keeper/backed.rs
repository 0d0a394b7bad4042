//! What a backup is made of: the texts of a workspace as they are stored, and what could not be stored yet.

use leptos::prelude::GetUntracked as _;

use super::Library;
use crate::{
    model::WorkspaceId,
    storage::{StorageError, backups},
};

/// A workspace, ready to be made a backup of elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BackupSource {
    /// Its texts, see [`backups::source_of`].
    pub stored: Vec<(String, String)>,
    /// Changes that could not be stored yet, oldest first.
    pub unsaved: Vec<String>,
    /// What tells it from what was there before and will be after, see [`backups::state_of`].
    pub state: String,
}

impl Library {
    /// Everything that a backup of a workspace is made of, as it is at this moment.
    ///
    /// # Errors
    /// The storage cannot be read, or is one that ends with the page: then there is nothing to tell one visit from the next.
    pub fn backup_source(self, id: WorkspaceId) -> Result<BackupSource, StorageError> {
        let state = self.state_of(id)?;
        let is_open = self.opened.get_untracked() == Some(id);
        self.at_desk(|desk| {
            let stored = backups::source_of(&desk.storage, &id.to_string())?;
            let unsaved = desk.unsaved.iter().filter(|_| is_open).map(|waiting| waiting.text.clone()).collect();
            Ok(BackupSource { stored, unsaved, state })
        })
    }

    /// The state that the storage of a workspace is in.
    ///
    /// # Errors
    /// The storage cannot be read, or is one that ends with the page.
    pub fn state_of(self, id: WorkspaceId) -> Result<String, StorageError> {
        if self.is_lasting() {
            self.at_storage(|storage| backups::state_of(storage, &id.to_string()))
        } else {
            Err(StorageError::Blocked)
        }
    }
}
