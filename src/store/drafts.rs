//! Models being edited, kept in the browser from key to key, so that they outlive a reload and a crash.

use super::Library;
use crate::{
    codec::model_draft::{Edited, decode, encode},
    model::{ModelId, WorkspaceId},
    storage::drafts::{self, Kept},
};

/// Which model of which workspace.
pub type DraftKey = (WorkspaceId, ModelId);

impl Library {
    /// What was typed of a model and not saved; `None` when nothing was.
    ///
    /// # Errors
    /// The raw text of a draft that cannot be read.
    pub fn draft(self, (workspace, model): DraftKey) -> Result<Option<Edited>, String> {
        let kept = self.at_storage(|storage| drafts::read(storage, &workspace.to_string(), &model.to_string()));
        match kept {
            Ok(Kept::Whole(text)) => match decode(&text) {
                Ok(edited) if edited.form.id == model => Ok(Some(edited)),
                _ => Err(text),
            },
            Ok(Kept::Unreadable(text)) => Err(text),
            Ok(Kept::Nothing) | Err(_) => Ok(None),
        }
    }

    /// Keeps what is typed of a model, or forgets it with `None`; whether it outlives the page. Of a workspace that is only looked at
    /// nothing is kept.
    pub fn keep_draft(self, (workspace, model): DraftKey, edited: Option<&Edited>) -> bool {
        if self.visited().is_some() {
            return false;
        }
        let (workspace, model) = (workspace.to_string(), model.to_string());
        let done = self.at_storage(|storage| match edited {
            Some(edited) => drafts::keep(storage, &workspace, &model, &encode(edited)),
            None => drafts::forget(storage, &workspace, &model),
        });
        done.is_ok() && self.is_lasting()
    }

    /// Puts a draft that cannot be read where nothing takes its place; whether there was room.
    pub fn set_draft_aside(self, (workspace, model): DraftKey) -> bool {
        self.at_storage(|storage| drafts::set_aside(storage, &workspace.to_string(), &model.to_string()))
    }
}
