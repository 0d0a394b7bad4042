//! Keeps what the store holds: the workspaces of this browser and the state of saving.
//!
//! Every change is one journal entry, written before [`Saving::Saved`] is shown. What cannot be written stays in memory and in
//! the queue, and is tried again with the next change. When the journal has grown, a new generation is written in idle
//! moments, a step at a time.

mod backed;
mod bringing;
mod folding;
mod fullness;
mod mirroring;
mod visit;

use std::{future::Future, rc::Rc, sync::Arc};

pub use backed::BackupSource;
use bringing::lock_of;
pub use bringing::{Texts, assembled, cut};
use folding::Folded;
use leptos::prelude::*;

use super::lock::exclusively;
use mirroring::Mirror;

use crate::{
    codec::{journal, merge::rebase, replica::Replica},
    model::{Change, Workspace, WorkspaceId},
    storage::{
        Archive, Damage, Entry, EntryId, LAST_OPENED, OpenError, Piece, SaveError, Storage, StorageError, catalogue,
        trash,
    },
};

pub(super) type Shared = Rc<dyn Storage>;

/// Whether everything shown is kept.
#[derive(Clone, Debug, PartialEq)]
pub enum Saving {
    /// No workspace is open.
    Idle,
    /// A workspace that was shared is looked at: nothing of it is kept, and nothing can be changed.
    Visiting,
    /// Everything is in the browser's storage, and the disk does not have all of it yet.
    Writing,
    /// Everything is in the browser's storage.
    Saved,
    /// The browser gives this page no storage: the data lives as long as the page.
    MemoryOnly,
    /// The latest changes could not be written; they are tried again with the next one.
    Failed(SaveError),
}

/// A workspace kept in this browser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shelf {
    /// Which one.
    pub id: WorkspaceId,
    /// Its name; `None` before [`Library::prepare`] has looked, and when the head is damaged and the name has to be read from the data.
    pub name: Option<String>,
}

/// Something stored that could not be read back.
#[derive(Clone, Debug, PartialEq)]
pub enum Loss {
    /// A text in storage is damaged or missing.
    Stored(Damage),
    /// A piece was read, but not everything in it makes sense.
    Piece(journal::PieceProblem),
    /// A saved change could not be understood.
    Entry(String),
}

/// Why a workspace was not opened.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ShelfError {
    /// It could not be read.
    #[error(transparent)]
    Open(#[from] OpenError),
    /// It could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The open workspace has changes that could not be written yet; leaving it would lose them.
    #[error("the open workspace has unsaved changes")]
    Unsaved,
}

/// The workspaces of this browser. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Library {
    desk: StoredValue<Desk, LocalStorage>,
    saving: RwSignal<Saving>,
    shelves: RwSignal<Vec<Shelf>>,
    opened: RwSignal<Option<WorkspaceId>>,
    losses: RwSignal<Vec<Loss>>,
    kept_twice: RwSignal<bool>,
}

/// What the library works with.
struct Desk {
    storage: Shared,
    /// Whether the storage outlives the page.
    lasting: bool,
    /// A token no other tab uses.
    tab: String,
    /// The second copy, where there may be one.
    mirror: Option<Mirror>,
    archive: Option<Archive<Shared>>,
    /// The id that the workspace came with that is only looked at; while there is one, no archive is open.
    visited: Option<WorkspaceId>,
    /// The data in memory, and the journal entries that it contains.
    replica: Option<Replica<EntryId>>,
    /// Changes that could not be written yet, oldest first.
    unsaved: Vec<Unsaved>,
    compacting: bool,
    /// What the latest compaction made a generation of.
    folded: Option<Rc<Folded>>,
}

/// A change that could not be written yet.
struct Unsaved {
    text: String,
    /// Whether the data in memory contains it: it no longer does when it means nothing after what another tab has written.
    is_contained: bool,
}

impl std::fmt::Debug for Desk {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Desk").field("tab", &self.tab).field("unsaved", &self.unsaved.len()).finish_non_exhaustive()
    }
}

impl Library {
    /// A library over any storage; `lasting` tells whether it outlives the page.
    pub fn over(storage: Rc<dyn Storage>, lasting: bool, tab: String) -> Self {
        // What is under the keys is read by what the first page does not have.
        let shelves = catalogue::ids(&storage).unwrap_or_default();
        let shelves = shelves.iter().filter_map(|id| Some(Shelf { id: id.parse().ok()?, name: None })).collect();
        let (archive, replica, unsaved) = (None, None, Vec::new());
        let (mirror, visited, compacting, folded) = (None, None, false, None);
        let desk = Desk { storage, lasting, tab, mirror, archive, visited, replica, unsaved, compacting, folded };
        Self {
            desk: StoredValue::new_local(desk),
            saving: RwSignal::new(Saving::Idle),
            shelves: RwSignal::new(shelves),
            opened: RwSignal::default(),
            losses: RwSignal::default(),
            kept_twice: RwSignal::new(false),
        }
    }

    /// Whether everything shown is kept.
    pub fn saving(self) -> Signal<Saving> {
        self.saving.into()
    }

    /// The workspaces kept here.
    pub fn shelves(self) -> Signal<Vec<Shelf>> {
        self.shelves.into()
    }

    /// The workspace that is open.
    pub fn opened(self) -> Signal<Option<WorkspaceId>> {
        self.opened.into()
    }

    /// Whether the browser's database holds all of it once more: see [`Library::prepare`].
    pub fn is_kept_twice(self) -> Signal<bool> {
        self.kept_twice.into()
    }

    /// What could not be read of the open workspace.
    pub fn losses(self) -> Signal<Vec<Loss>> {
        self.losses.into()
    }

    /// The raw text under a key of the storage, for download.
    pub fn raw(self, key: &str) -> Option<String> {
        self.desk.with_value(|desk| desk.storage.get(key).ok().flatten())
    }

    /// The workspace that was opened last in this browser and is still here.
    pub fn last_opened(self) -> Option<WorkspaceId> {
        let id = self.raw(LAST_OPENED)?.parse().ok()?;
        self.shelves.with_untracked(|shelves| shelves.iter().any(|shelf| shelf.id == id)).then_some(id)
    }

    /// Keeps a new workspace, a small one, and makes it the open one: see [`Store::bring`](super::Store::bring) for any other.
    ///
    /// # Errors
    /// The storage refused; then what was open stays open.
    pub fn create(self, workspace: &Workspace) -> Result<(), ShelfError> {
        self.refuse_unsaved()?;
        let made = self.at_desk(|desk| {
            let (id, title) = (workspace.id.to_string(), &workspace.profile.name);
            Archive::create(desk.storage.clone(), &desk.tab, &id, title, pieces_of(workspace))
        });
        self.take(made?, Replica::new(workspace.clone()), Vec::new());
        Ok(())
    }

    /// Opens a workspace, as much of it as can be read; the rest is in [`Library::losses`].
    ///
    /// # Errors
    /// It is not here or the storage cannot be read; then what was open stays open.
    pub fn open(self, id: WorkspaceId) -> Result<Workspace, ShelfError> {
        self.refuse_unsaved()?;
        Ok(self.load(id)?)
    }

    fn refuse_unsaved(self) -> Result<(), ShelfError> {
        if self.at_desk(|desk| desk.unsaved.is_empty()) { Ok(()) } else { Err(ShelfError::Unsaved) }
    }

    fn load(self, id: WorkspaceId) -> Result<Workspace, OpenError> {
        let (mut archive, opened) =
            self.at_desk(|desk| Archive::open(desk.storage.clone(), &desk.tab, &id.to_string()))?;
        let pieces: Vec<_> = opened.pieces.iter().map(|piece| (&piece.name, &piece.text)).collect();
        let (workspace, problems) = journal::assemble(id, &pieces);
        let mut losses: Vec<_> = opened.damage.into_iter().map(Loss::Stored).collect();
        if !problems.is_empty() {
            archive.mark_incomplete();
        }
        losses.extend(problems.into_iter().map(Loss::Piece));
        let mut replica = Replica::new(workspace);
        // What cannot be read is not contained: it stays in the journal whatever is compacted.
        let unread = hear(&mut replica, opened.journal);
        if !unread.is_empty() {
            archive.mark_incomplete();
        }
        losses.extend(unread);
        let workspace = replica.present().clone();
        self.take(archive, replica, losses);
        Ok(workspace)
    }

    /// Removes a workspace from this browser for good: see [`Store::delete`](super::Store::delete). The room it leaves is used
    /// for what could not be written yet.
    ///
    /// # Errors
    /// The storage refused.
    pub(super) fn delete(self, id: WorkspaceId) -> Result<(), StorageError> {
        self.at_desk(|desk| catalogue::delete(&desk.storage, &id.to_string()))?;
        if self.opened.get_untracked() == Some(id) {
            self.close();
        } else {
            self.retry();
        }
        self.list();
        Ok(())
    }

    /// Keeps a change of the open workspace, whose next state is `workspace`. While none is open there is nothing to keep.
    pub(super) fn save(self, change: &Arc<Change>, workspace: Workspace) {
        if self.at_desk(|desk| desk.archive.is_none()) {
            return;
        }
        let text = journal::encode_change(change);
        let title = change.profile.as_ref().map(|(_, after)| after.name.as_str());
        self.at_desk(|desk| {
            desk.unsaved.push(Unsaved { text, is_contained: true });
            if let Some(replica) = &mut desk.replica {
                replica.add(change.clone(), workspace);
            }
        });
        self.retry();
        if let Some(title) = title {
            // The name in the list is a copy of the one in the data, which is saved by now or still waiting.
            let title = title.to_owned();
            self.under_lock(async move {
                self.at_desk(|desk| desk.archive.as_mut().map(|archive| archive.rename(&title)));
                self.list();
            });
        }
        self.fold_when_long();
    }

    /// Tries to write what could not be written before.
    pub fn retry(self) {
        let saving = self.at_desk(Desk::save);
        if self.saving.with_untracked(|shown| *shown != saving) {
            self.saving.set(saving);
        }
    }

    /// Whether leaving the page now would lose changes.
    pub fn has_unsaved(self) -> bool {
        self.at_desk(|desk| !desk.unsaved.is_empty())
    }

    /// The open workspace with what other tabs have written since the last look; `None` when they wrote nothing.
    pub(super) fn caught_up(self, base: &Workspace) -> Option<Workspace> {
        let foreign = self.at_desk(|desk| desk.archive.as_mut().map(Archive::foreign))?;
        let foreign = match foreign {
            Ok(foreign) => foreign,
            Err(error) => {
                self.saving.set(Saving::Failed(error));
                return None;
            }
        };
        if foreign.reload {
            return self.reloaded(base.id);
        }
        if foreign.title.is_some() {
            self.list();
        }
        let (heard, unread) = self.at_desk(|desk| {
            let (Some(archive), Some(replica)) = (&mut desk.archive, &mut desk.replica) else {
                return (false, Vec::new());
            };
            let heard = !foreign.entries.is_empty();
            let unread = hear(replica, foreign.entries);
            if !unread.is_empty() {
                archive.mark_incomplete();
            }
            replica.settle(|entry| archive.covers(entry));
            (heard, unread)
        });
        if !unread.is_empty() {
            self.losses.update(|losses| losses.extend(unread));
        }
        if heard { self.present() } else { None }
    }

    /// The open workspace, read anew from the storage, with what could not be written yet.
    fn reloaded(self, id: WorkspaceId) -> Option<Workspace> {
        // What could not be written yet is in no generation.
        let mut unsaved = self.at_desk(|desk| std::mem::take(&mut desk.unsaved));
        if self.load(id).is_err() {
            self.at_desk(|desk| desk.unsaved = unsaved);
            return None;
        }
        let unread = self.at_desk(|desk| {
            let mut unread = Vec::new();
            if let Some(replica) = &mut desk.replica {
                for waiting in &mut unsaved {
                    match journal::decode_change(&waiting.text, replica.present()) {
                        Ok(change) => {
                            let change = rebase(&change, replica.present());
                            let after = replica.present().with(&change);
                            replica.add(Arc::new(change), after);
                        }
                        Err(problem) => {
                            waiting.is_contained = false;
                            unread.push(Loss::Entry(problem.to_string()));
                        }
                    }
                }
            }
            desk.unsaved = unsaved;
            unread
        });
        self.losses.update(|losses| losses.extend(unread));
        self.retry();
        self.present()
    }

    fn present(self) -> Option<Workspace> {
        self.at_desk(|desk| desk.replica.as_ref().map(|replica| replica.present().clone()))
    }

    /// Does what replaces the head of the open workspace while no other tab does, unless the page is gone by then.
    fn under_lock(self, work: impl Future<Output = ()> + 'static) {
        if !self.desk.is_disposed()
            && let Some(id) = self.opened.get_untracked()
        {
            exclusively(&lock_of(&id.to_string()), async move {
                if !self.desk.is_disposed() {
                    work.await;
                }
            });
        }
    }

    fn take(self, archive: Archive<Shared>, replica: Replica<EntryId>, losses: Vec<Loss>) {
        let id = replica.present().id;
        let saving = self.at_desk(|desk| {
            desk.archive = Some(archive);
            desk.visited = None;
            desk.replica = Some(replica);
            desk.compacting = false;
            desk.folded = None;
            // Reading again next time is a comfort, not a promise: a refusal is of no consequence.
            desk.storage.set(LAST_OPENED, &id.to_string()).ok();
            desk.save()
        });
        self.saving.set(saving);
        self.losses.set(losses);
        self.opened.set(Some(id));
        self.list();
    }

    fn list(self) {
        let listed = self.at_desk(|desk| {
            catalogue::tidy(&desk.storage).and_then(|()| catalogue::workspaces(&desk.storage)).unwrap_or_default()
        });
        let readable = |listing: catalogue::Listing| Some(Shelf { id: listing.id.parse().ok()?, name: listing.title });
        let shelves: Vec<_> = listed.into_iter().filter_map(readable).collect();
        if self.shelves.with_untracked(|old| *old != shelves) {
            self.shelves.set(shelves);
        }
    }

    /// Works with the storage.
    pub(super) fn at_storage<T>(self, work: impl FnOnce(&Shared) -> T) -> T {
        // Not held meanwhile: the work may ask the library.
        let storage = self.desk.with_value(|desk| desk.storage.clone());
        work(&storage)
    }

    /// Whether the storage outlives the page.
    pub(super) fn is_lasting(self) -> bool {
        self.desk.with_value(|desk| desk.lasting)
    }

    /// The desk lives as long as the page: the library is made at its root.
    fn at_desk<T>(self, work: impl FnOnce(&mut Desk) -> T) -> T {
        let mut desk = self.desk.write_value();
        work(&mut desk)
    }
}

impl Desk {
    /// Writes what is not written yet, and tells what is kept then.
    fn save(&mut self) -> Saving {
        match (self.flush(), &self.archive) {
            (Err(error), _) => Saving::Failed(error),
            (Ok(()), None) if self.visited.is_some() => Saving::Visiting,
            (Ok(()), None) => Saving::Idle,
            (Ok(()), Some(archive)) if archive.newer_format() => Saving::Failed(SaveError::NewerFormat),
            (Ok(()), Some(_)) if !self.lasting => Saving::MemoryOnly,
            (Ok(()), Some(_)) if self.mirror.as_ref().is_some_and(|mirror| !mirror.is_settled()) => Saving::Writing,
            (Ok(()), Some(_)) => Saving::Saved,
        }
    }

    /// Writes what is not written yet, oldest first.
    fn flush(&mut self) -> Result<(), SaveError> {
        let Some(archive) = &mut self.archive else { return Ok(()) };
        while let Some(waiting) = self.unsaved.first() {
            let id = trash::give_room(&self.storage, || archive.append(&waiting.text))?;
            if self.unsaved.remove(0).is_contained
                && let Some(replica) = &mut self.replica
            {
                replica.place(id);
            }
        }
        Ok(())
    }
}

/// Takes in what other tabs wrote; gives back what means nothing here.
fn hear(replica: &mut Replica<EntryId>, entries: Vec<Entry>) -> Vec<Loss> {
    let entries = entries.into_iter().map(|entry| (entry.id, entry.text));
    let unread = replica.hear(entries, |text, base| journal::decode_change(text, base));
    unread.into_iter().map(|problem| Loss::Entry(problem.to_string())).collect()
}

fn pieces_of(workspace: &Workspace) -> Vec<Piece> {
    journal::pieces(workspace).into_iter().map(|(name, text)| Piece { name, text }).collect()
}
