//! The reactive shell around the data: the one place that holds the present snapshot and the one way to change it.
//!
//! [`Store::dispatch`] asks the model, puts the new snapshot in place, wakes exactly the rows whose records changed, keeps the
//! change for undo and hands it to the [`keeper`]. Undo, redo and the changes of other tabs take the same path, so none of
//! it can be forgotten. Pages read through [`Store::with`] (the whole snapshot) and [`Store::deal`] (one row).

mod breath;
mod descent;
mod drafts;
mod keeper;
mod lock;
mod trash;

use std::{collections::BTreeMap, sync::Arc};

use leptos::{prelude::*, task::spawn_local};
use ulid::Ulid;

pub(crate) use breath::Breath;
pub use drafts::DraftKey;
pub use keeper::{BackupSource, Library, Loss, Saving, Shelf, ShelfError, Texts, assembled, cut};
pub(crate) use lock::exclusively;
pub use trash::{Discarded, NotBack, Returned};

use crate::{
    codec::merge::rebase,
    model::{
        Change, Command, Date, Deal, DealId, PersonId, Rejection, Stamp, Timestamp, Workspace, WorkspaceId, apply,
        removal::Deletion,
    },
    storage::StorageError,
};

/// How many steps can be undone.
const UNDO_DEPTH: usize = 200;

/// An immutable state of the open workspace. Equal when the revision is.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Counts up with every change of the data or of the workspace that is open.
    pub revision: u64,
    /// The records.
    pub workspace: Workspace,
}

impl PartialEq for Snapshot {
    fn eq(&self, other: &Self) -> bool {
        self.revision == other.revision
    }
}

/// Where the store gets the day, the moment and fresh ids from.
#[derive(Clone, Copy, Debug)]
pub struct Source {
    /// The user's calendar day.
    pub today: Signal<Date>,
    /// This moment.
    pub now: fn() -> Timestamp,
    /// A fresh id.
    pub fresh: fn() -> Ulid,
    /// Who sits here, by workspace.
    pub me: Signal<BTreeMap<WorkspaceId, PersonId>>,
}

/// The open workspace. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Store {
    snapshot: RwSignal<Snapshot>,
    bench: StoredValue<Bench>,
    past: RwSignal<Vec<Arc<Change>>>,
    future: RwSignal<Vec<Arc<Change>>>,
    source: Source,
    library: Library,
}

/// What nobody follows.
#[derive(Debug, Default)]
struct Bench {
    wakes: BTreeMap<DealId, Wake>,
    /// Whether commands are only tried.
    rehearsing: bool,
    /// What went into the trash and out of it since the workspace is open.
    traffic: Vec<trash::Traffic>,
    /// Merges since the workspace is open, with what they brought.
    descending: Vec<descent::Descending>,
    /// Wakes whoever shows the trash.
    trash_turn: ArcTrigger,
}

/// What came of an undo or a redo.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// It was carried out.
    Done,
    /// There was nothing to undo or redo.
    None,
    /// Another tab has since changed the same records; the step is dropped so that their work stays.
    Overtaken,
}

/// Wakes the rows of one deal.
#[derive(Clone, Debug, Default)]
struct Wake {
    trigger: ArcTrigger,
    rows: usize,
}

impl Store {
    /// A store over `library`, showing `workspace`; provides itself as context.
    pub fn provide(library: Library, workspace: Workspace, source: Source) -> Self {
        let store = Self {
            snapshot: RwSignal::new(Snapshot { revision: 0, workspace }),
            bench: StoredValue::default(),
            past: RwSignal::default(),
            future: RwSignal::default(),
            source,
            library,
        };
        provide_context(store);
        store
    }

    /// The workspaces of this browser and the state of saving.
    pub fn library(self) -> Library {
        self.library
    }

    /// Reads the present workspace and follows every change of it. Meant for a few list- and page-level memos.
    pub fn with<T>(self, read: impl FnOnce(&Workspace) -> T) -> T {
        self.snapshot.with(|snapshot| read(&snapshot.workspace))
    }

    /// Reads the present workspace without following it.
    pub fn peek<T>(self, read: impl FnOnce(&Workspace) -> T) -> T {
        self.snapshot.with_untracked(|snapshot| read(&snapshot.workspace))
    }

    /// The present snapshot, followed; cloning it is cheap and comparing it is one number.
    pub fn snapshot(self) -> Snapshot {
        self.snapshot.get()
    }

    /// One deal, followed alone: edits of other deals do not wake its readers. `None` once it is gone. Call it in a component body.
    pub fn deal(self, id: DealId) -> Signal<Option<Arc<Deal>>> {
        let trigger = self
            .bench
            .try_update_value(|bench| {
                let wake = bench.wakes.entry(id).or_default();
                wake.rows += 1;
                wake.trigger.clone()
            })
            .unwrap_or_default();
        on_cleanup(move || {
            self.bench.try_update_value(|bench| {
                if let Some(wake) = bench.wakes.get_mut(&id) {
                    wake.rows -= 1;
                    if wake.rows == 0 {
                        bench.wakes.remove(&id);
                    }
                }
            });
        });
        Signal::derive(move || {
            trigger.track();
            self.snapshot.try_with_untracked(|snapshot| snapshot.workspace.deals.get(id).cloned()).flatten()
        })
    }

    /// A stamp for today, or for another day.
    pub fn stamp(self, on: Option<Date>) -> Stamp {
        let on = on.unwrap_or_else(|| self.source.today.get_untracked());
        Stamp {
            on,
            at: (self.source.now)(),
            by: self.peek(|workspace| self.person(workspace, false)),
            seed: (self.source.fresh)(),
        }
    }

    /// Who sits here, as far as it was said and the person is still there; followed.
    pub fn me(self) -> Option<PersonId> {
        self.with(|workspace| self.person(workspace, true))
    }

    fn person(self, workspace: &Workspace, followed: bool) -> Option<PersonId> {
        let of = |me: &BTreeMap<WorkspaceId, PersonId>| me.get(&workspace.id).copied();
        let person = if followed { self.source.me.with(of) } else { self.source.me.with_untracked(of) };
        person.filter(|id| workspace.people.contains(*id))
    }

    /// A fresh identifier.
    pub fn fresh(self) -> Ulid {
        (self.source.fresh)()
    }

    /// Carries out a command as of today and saves it.
    ///
    /// # Errors
    /// The rule that refused it; then nothing changes.
    pub fn dispatch(self, command: Command) -> Result<Arc<Change>, Rejection> {
        self.dispatch_on(command, None)
    }

    /// Carries out a command as of `on` and saves it; `None` is today.
    ///
    /// # Errors
    /// The rule that refused it; then nothing changes. A workspace that is only looked at refuses every command.
    pub fn dispatch_on(self, command: Command, on: Option<Date>) -> Result<Arc<Change>, Rejection> {
        self.refuse_visiting()?;
        let rehearsing = self.bench.with_value(|bench| bench.rehearsing);
        if !rehearsing {
            self.catch_up();
        }
        let deletion = Deletion::of(&command);
        let change = Arc::new(self.peek(|workspace| apply(workspace, command, self.stamp(on)))?);
        if !rehearsing {
            if let Some(taken) = deletion.taken(&change) {
                self.throw(&change, &taken);
            }
            self.commit(change.clone());
        }
        Ok(change)
    }

    /// Does something whose commands are only tried: each is answered as it would be now, and nothing changes. So a field can say
    /// while it is typed what saving it would be refused for.
    pub fn rehearse<T>(self, act: impl FnOnce() -> T) -> T {
        let set = |on| self.bench.try_update_value(|bench| std::mem::replace(&mut bench.rehearsing, on));
        let before = set(true).unwrap_or_default();
        let outcome = act();
        set(before);
        outcome
    }

    /// Puts a change in place that was made elsewhere, by the background worker say, saves it and keeps it for undo.
    /// `make` is given the present workspace, after other tabs have been heard, and makes the change, for this workspace or for an
    /// earlier state of it.
    ///
    /// # Errors
    /// What `make` says, or [`Rejection::ReadOnly`]; then nothing changes.
    pub fn adopt<E: From<Rejection>>(
        self,
        make: impl FnOnce(&Workspace) -> Result<Change, E>,
    ) -> Result<Arc<Change>, E> {
        self.refuse_visiting()?;
        self.catch_up();
        let change = self.peek(|workspace| Ok::<_, E>(Arc::new(rebase(&make(workspace)?, workspace))))?;
        self.commit(change.clone());
        Ok(change)
    }

    fn refuse_visiting(self) -> Result<(), Rejection> {
        if self.library.visited().is_some() { Err(Rejection::ReadOnly) } else { Ok(()) }
    }

    /// Puts a change in place that the model has already made, saves it and keeps it for undo.
    fn commit(self, change: Arc<Change>) {
        if change.is_empty() {
            return;
        }
        self.put(&change);
        self.library.save(&change, self.peek(Workspace::clone));
        self.future.update(Vec::clear);
        self.past.update(|past| {
            if past.len() == UNDO_DEPTH {
                past.remove(0);
            }
            past.push(change);
        });
    }

    /// Whether there is a step to undo.
    pub fn can_undo(self) -> Signal<bool> {
        Signal::derive(move || self.past.with(|past| !past.is_empty()))
    }

    /// Whether there is a step to redo.
    pub fn can_redo(self) -> Signal<bool> {
        Signal::derive(move || self.future.with(|future| !future.is_empty()))
    }

    /// Takes the latest step back.
    pub fn undo(self) -> Step {
        self.step(self.past, self.future, false)
    }

    /// Takes back one step that may lie further behind; what came after it stays.
    pub fn take_back(self, step: &Arc<Change>) -> Step {
        let place = self.past.with_untracked(|past| past.iter().rposition(|known| Arc::ptr_eq(known, step)));
        let Some(place) = place else { return Step::None };
        self.past.update(|past| {
            let step = past.remove(place);
            past.push(step);
        });
        self.undo()
    }

    /// Takes the latest undo back.
    pub fn redo(self) -> Step {
        self.step(self.future, self.past, true)
    }

    fn step(self, from: RwSignal<Vec<Arc<Change>>>, to: RwSignal<Vec<Arc<Change>>>, forward: bool) -> Step {
        self.catch_up();
        let Some(step) = from.try_update(Vec::pop).flatten() else { return Step::None };
        let change = if forward { step.clone() } else { Arc::new(step.inverse()) };
        if !self.peek(|workspace| change.fits(workspace)) {
            return Step::Overtaken;
        }
        self.put(&change);
        self.library.save(&change, self.peek(Workspace::clone));
        self.carry(&step, forward);
        self.descend_with(&step, forward);
        to.update(|steps| steps.push(step));
        Step::Done
    }

    /// Takes in what other tabs have written.
    pub fn catch_up(self) {
        if let Some(workspace) = self.peek(|workspace| self.library.caught_up(workspace)) {
            let change = self.peek(|before| Change::between(before, &workspace));
            self.put(&change);
        }
    }

    /// Keeps a new workspace in this browser and shows it: a small one, at once.
    ///
    /// # Errors
    /// The storage refused; then what was open stays open.
    pub fn create(self, workspace: Workspace) -> Result<(), ShelfError> {
        self.library.create(&workspace)?;
        self.show(workspace);
        Ok(())
    }

    /// Keeps a new workspace of any size in this browser and shows it when it is kept, which takes a while in which the page stays quick
    /// and what is open can be worked with. `texts` are its pieces where they are known.
    ///
    /// # Errors
    /// The storage refused, or what is open could not be saved; then what is open stays open.
    pub async fn bring(self, workspace: Workspace, texts: Texts) -> Result<(), ShelfError> {
        self.library.bring(&workspace, texts).await?;
        self.show(workspace);
        Ok(())
    }

    /// Opens a workspace of this browser and shows it.
    ///
    /// # Errors
    /// It is not here or cannot be read; then what was open stays open.
    pub fn open(self, id: WorkspaceId) -> Result<(), ShelfError> {
        self.show(self.library.open(id)?);
        let losses = self.library.losses().get_untracked();
        if !losses.is_empty() {
            spawn_local(async move {
                let healed = self.library.heal(losses).await;
                if self.library.opened().get_untracked() != Some(id) {
                    return;
                }
                if healed {
                    self.open_again(id);
                }
                if !self.library.losses().with_untracked(Vec::is_empty) {
                    self.break_descent(id);
                }
            });
        }
        Ok(())
    }

    /// Opens the open workspace anew, now that what was damaged has been put back; when it cannot be, it stays as it is.
    fn open_again(self, id: WorkspaceId) {
        if let Ok(workspace) = self.library.open(id) {
            self.show(workspace);
        }
    }

    /// Removes a workspace from this browser for good; when it was the open one, none is open any more.
    ///
    /// # Errors
    /// The storage refused.
    pub fn delete(self, id: WorkspaceId) -> Result<(), StorageError> {
        self.library.delete(id)?;
        if self.library.opened().get_untracked().is_none() {
            self.show_nothing();
        }
        Ok(())
    }

    /// Shows a workspace that was shared, to be looked at only: nothing of it is kept, and nothing that is kept here is touched. It has
    /// an id of its own meanwhile, whatever it came with.
    ///
    /// # Errors
    /// [`ShelfError::Unsaved`]; then what was open stays open.
    pub fn visit(self, mut workspace: Workspace) -> Result<(), ShelfError> {
        let came_as = workspace.id;
        workspace.id = WorkspaceId::new(self.fresh());
        self.library.visit(workspace.id, came_as)?;
        self.show(workspace);
        Ok(())
    }

    /// Keeps the workspace that is only looked at, as a workspace of this browser, and opens it: under the id that it came with, or under
    /// the one that it has here when that one is taken.
    ///
    /// # Errors
    /// The storage refused; then it is still looked at.
    pub async fn keep_visited(self) -> Result<(), ShelfError> {
        let Some(came_as) = self.library.visited() else { return Ok(()) };
        let mut workspace = self.peek(Workspace::clone);
        let is_taken = |shelves: &Vec<Shelf>| shelves.iter().any(|shelf| shelf.id == came_as);
        if !self.library.shelves().with_untracked(is_taken) {
            workspace.id = came_as;
        }
        self.bring(workspace, Texts::new()).await
    }

    /// Leaves the workspace that is only looked at and goes back to the one that was opened last in this browser, if there is any.
    ///
    /// # Errors
    /// That one cannot be read; then none is open.
    pub fn leave_visited(self) -> Result<(), ShelfError> {
        if self.library.visited().is_none() {
            return Ok(());
        }
        self.library.close();
        self.show_nothing();
        self.library.last_opened().map_or(Ok(()), |id| self.open(id))
    }

    fn show_nothing(self) {
        let profile = self.peek(|workspace| (*workspace.profile).clone());
        self.show(Workspace::new(0.into(), profile));
    }

    /// Shows another workspace; nothing of the former one can be undone any more.
    fn show(self, workspace: Workspace) {
        self.past.update(Vec::clear);
        self.future.update(Vec::clear);
        self.snapshot.update(|snapshot| {
            snapshot.revision += 1;
            snapshot.workspace = workspace;
        });
        self.change_trash();
        self.bench.update_value(|bench| bench.descending.clear());
        let wakes: Vec<_> =
            self.bench.with_value(|bench| bench.wakes.values().map(|wake| wake.trigger.clone()).collect());
        wakes.iter().for_each(ArcTrigger::notify);
    }

    /// The one writer of the snapshot.
    fn put(self, change: &Change) {
        self.snapshot.update(|snapshot| {
            snapshot.revision += 1;
            snapshot.workspace = snapshot.workspace.with(change);
        });
        let wakes: Vec<_> = self.bench.with_value(|bench| {
            change
                .deals
                .iter()
                .filter_map(|patch| bench.wakes.get(&patch.id))
                .map(|wake| wake.trigger.clone())
                .collect()
        });
        wakes.iter().for_each(ArcTrigger::notify);
    }
}

/// The store of the page; the page provides it at its root.
pub fn use_store() -> Store {
    expect_context()
}
