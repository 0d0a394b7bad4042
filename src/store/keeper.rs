//! Keeps what the store holds: the workspaces of this browser and the state of saving.

use leptos::prelude::*;

use crate::model::{Change, Workspace, WorkspaceId};

/// Whether everything shown is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    /// Everything is in the browser's storage.
    Saved,
    /// Nothing has been opened yet.
    Idle,
    /// The browser keeps nothing: the data lives as long as the page.
    MemoryOnly,
    /// The latest changes could not be written; they are tried again with the next one.
    Failed,
}

/// A workspace kept in this browser.
#[derive(Clone, Debug, PartialEq)]
pub struct Shelf {
    /// Which one.
    pub id: WorkspaceId,
    /// Its name.
    pub name: String,
}

/// The workspaces of this browser.
#[derive(Clone, Copy, Debug)]
pub struct Library {
    saving: RwSignal<Saving>,
    shelves: RwSignal<Vec<Shelf>>,
    open: RwSignal<Option<WorkspaceId>>,
}

impl Library {
    /// The library of this browser.
    pub fn open_browser() -> Self {
        Self { saving: RwSignal::new(Saving::Idle), shelves: RwSignal::default(), open: RwSignal::default() }
    }

    /// Whether everything shown is kept.
    pub fn saving(self) -> Signal<Saving> {
        self.saving.into()
    }

    /// The workspaces kept here, by name.
    pub fn shelves(self) -> Signal<Vec<Shelf>> {
        self.shelves.into()
    }

    /// The workspace that is open.
    pub fn opened(self) -> Signal<Option<WorkspaceId>> {
        self.open.into()
    }

    /// Keeps a new workspace and opens it.
    pub fn create(self, workspace: &Workspace) {
        self.open.set(Some(workspace.id));
    }

    /// Keeps a change of the open workspace.
    pub fn save(self, _change: &Change, _workspace: &Workspace) {}

    /// What other tabs have written to the open workspace since we last looked.
    pub fn foreign_changes(self) -> Vec<Change> {
        Vec::new()
    }
}
