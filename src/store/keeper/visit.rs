//! A workspace that was shared and is only looked at: no archive is open meanwhile, so there is nothing that could be written.

use leptos::prelude::*;

use super::{Library, Saving, ShelfError};
use crate::model::WorkspaceId;

impl Library {
    /// Looks at a workspace that is not kept here: what is kept stays as it is, the one opened last included. `came_as` is the id that
    /// it was shared with.
    ///
    /// # Errors
    /// [`ShelfError::Unsaved`]; then what was open stays open.
    pub(in crate::store) fn visit(self, id: WorkspaceId, came_as: WorkspaceId) -> Result<(), ShelfError> {
        self.refuse_unsaved()?;
        self.close();
        self.at_desk(|desk| desk.visited = Some(came_as));
        self.saving.set(Saving::Visiting);
        self.losses.set(Vec::new());
        self.opened.set(Some(id));
        Ok(())
    }

    /// The id that the workspace came with that is only looked at.
    pub(in crate::store) fn visited(self) -> Option<WorkspaceId> {
        self.at_desk(|desk| desk.visited)
    }

    /// Whether the open workspace was shared and is only looked at; followed.
    pub fn is_visiting(self) -> Signal<bool> {
        let saving = self.saving;
        Signal::derive(move || saving.with(|saving| *saving == Saving::Visiting))
    }

    /// Leaves what is open; none is open then.
    pub(in crate::store) fn close(self) {
        self.at_desk(|desk| {
            desk.archive = None;
            desk.visited = None;
            desk.replica = None;
            desk.unsaved.clear();
        });
        self.opened.set(None);
        self.saving.set(Saving::Idle);
    }
}
