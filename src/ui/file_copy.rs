//! A copy of the open workspace in a file that the person chose, always current: written a few seconds after the last change, and at once
//! when the page is left.
//!
//! The file is chosen once and remembered for its workspace; the browser has the person allow writing again after every start. What is
//! written is the whole document, made a few hundred records at a time so that the page goes on. One tab writes at a time, and what a tab
//! finds written already it does not write again.

mod handle;
mod memory;

use std::time::Duration;

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*, task::spawn_local};

pub use handle::FileFault;
use handle::{Handle, is_supported};
use memory::{Remembered, Written};

use crate::{
    codec::document::{Encoding, Lineage},
    model::{Date, Timestamp, Workspace, WorkspaceId},
    store::{Breath, Store, exclusively},
    ui::{
        backups::{Backups, use_backups},
        clock::{self, Clock},
        departure::Departure,
        file,
        settings::Settings,
    },
};

/// The pause after the last change before the file is written.
const PAUSE: Duration = Duration::from_secs(4);

/// How it stands with the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileState {
    /// No file was chosen.
    Off,
    /// The person has to allow writing.
    Asking,
    /// Changes wait to be written.
    Waiting,
    /// It is being written.
    Writing,
    /// Everything is in the file.
    Written,
    /// It was not written; it is tried again with the next change.
    Failed(FileFault),
}

/// The file of the open workspace. Copy it freely.
#[derive(Clone, Copy)]
pub struct FileCopy {
    state: RwSignal<FileState>,
    name: RwSignal<String>,
    written: RwSignal<Option<Timestamp>>,
    desk: StoredValue<Desk, LocalStorage>,
    backups: Backups,
}

/// What nobody follows.
#[derive(Default)]
struct Desk {
    /// The workspace and its file.
    file: Option<(WorkspaceId, Handle)>,
    /// Whether the browser remembers it, so that another tab can forget it.
    is_remembered: bool,
    pause: Option<TimeoutHandle>,
    /// Whether a write is under way, and whether something has changed since it began.
    writing: bool,
    again: bool,
}

impl std::fmt::Debug for FileCopy {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("FileCopy").finish_non_exhaustive()
    }
}

/// What a write needs.
#[derive(Clone, Copy)]
struct Means {
    store: Store,
    settings: Settings,
    today: Signal<Date>,
}

impl FileCopy {
    /// Starts without a file and provides itself as context.
    pub fn provide() {
        provide_context(Self {
            state: RwSignal::new(FileState::Off),
            name: RwSignal::default(),
            written: RwSignal::default(),
            desk: StoredValue::new_local(Desk::default()),
            backups: use_backups(),
        });
    }

    /// Whether this browser can do it.
    pub fn is_supported() -> bool {
        is_supported()
    }

    /// How it stands.
    pub fn state(self) -> Signal<FileState> {
        self.state.into()
    }

    /// The name of the file.
    pub fn name(self) -> Signal<String> {
        self.name.into()
    }

    /// When it was written last.
    pub fn written(self) -> Signal<Option<Timestamp>> {
        self.written.into()
    }

    /// Follows the open workspace and keeps its file current as long as the owner lives. Call it in the body of a component.
    pub fn follow(self, store: Store, settings: Settings, clock: Clock) {
        if !is_supported() {
            return;
        }
        let means = Means { store, settings, today: clock.today };
        let opened = store.library().opened();
        let is_visiting = store.library().is_visiting();
        let id = Memo::new(move |_| opened.get().filter(|_| !is_visiting.get()));
        Effect::new(move || self.recall(means, id.get()));
        Effect::new(move |before: Option<u64>| {
            let now = store.snapshot().revision;
            if before.is_some_and(|before| before != now) {
                self.touch(means);
            }
            now
        });
        let turned = window_event_listener(ev::visibilitychange, move |_| {
            if document().hidden() {
                self.hurry(means);
            } else if self.state.get_untracked() == FileState::Off {
                // Another tab may have chosen one.
                self.recall(means, id.get_untracked());
            }
        });
        on_cleanup(move || {
            turned.remove();
            self.put_down();
        });
    }

    /// Lets the person choose a file for the open workspace and writes it. Call it in the course of a click.
    pub fn choose(self, store: Store, settings: Settings, clock: Clock) {
        let Some(id) = store.library().opened().get_untracked() else { return };
        let name = store.peek(|workspace| [&file::stem(&workspace.profile.name), ".json"].concat());
        let means = Means { store, settings, today: clock.today };
        spawn_local(async move {
            match Handle::choose(&name).await {
                Ok(Some(handle)) => {
                    let file = Remembered { handle, written: None };
                    // Where the browser does not remember it, the file is written while the page is open.
                    let is_remembered = memory::remember(id, &file).await;
                    self.take_up(id, file, is_remembered);
                    self.write(means);
                }
                Ok(None) => {}
                Err(fault) => self.state.set(FileState::Failed(fault)),
            }
        });
    }

    /// Has the person allow writing, and writes. Call it in the course of a click.
    pub fn allow(self, store: Store, settings: Settings, clock: Clock) {
        let Some(handle) = self.desk.with_value(|desk| desk.file.as_ref().map(|(_, handle)| handle.clone())) else {
            return;
        };
        let means = Means { store, settings, today: clock.today };
        spawn_local(async move {
            if handle.ask().await {
                self.write(means);
            } else {
                self.state.set(FileState::Asking);
            }
        });
    }

    /// Forgets the file; it stays as it is.
    pub fn forget(self) {
        let id = self.desk.with_value(|desk| desk.file.as_ref().map(|(id, _)| *id));
        self.put_down();
        if let Some(id) = id {
            spawn_local(memory::forget(id));
        }
    }

    fn take_up(self, id: WorkspaceId, file: Remembered, is_remembered: bool) {
        self.name.set(file.handle.name());
        self.written.set(file.written.map(|written| written.at));
        self.desk.update_value(|desk| {
            desk.file = Some((id, file.handle));
            desk.is_remembered = is_remembered;
        });
    }

    fn put_down(self) {
        // The page may be on its way out.
        self.desk.try_update_value(|desk| {
            if let Some(pause) = desk.pause.take() {
                pause.clear();
            }
            desk.file = None;
        });
        self.state.try_set(FileState::Off);
        self.name.try_set(String::new());
        self.written.try_set(None);
    }

    /// Takes up the file of another workspace, or none.
    fn recall(self, means: Means, id: Option<WorkspaceId>) {
        self.put_down();
        let Some(id) = id else { return };
        spawn_local(async move {
            let Some(file) = memory::recall(id).await else { return };
            let is_allowed = file.handle.is_allowed().await;
            if means.opened() != Some(id) || self.desk.is_disposed() {
                return;
            }
            self.take_up(id, file, true);
            if is_allowed {
                // What was not written before the page was left is written now.
                self.write(means);
            } else {
                self.state.set(FileState::Asking);
            }
        });
    }

    /// Something has changed: it is written after a pause.
    fn touch(self, means: Means) {
        let is_idle = matches!(self.state.get_untracked(), FileState::Off | FileState::Asking);
        if is_idle || self.desk.with_value(|desk| desk.file.is_none()) {
            return;
        }
        self.state.set(FileState::Waiting);
        let pause = set_timeout_with_handle(move || self.write(means), PAUSE).ok();
        let before = self.desk.try_update_value(|desk| std::mem::replace(&mut desk.pause, pause)).flatten();
        if let Some(before) = before {
            before.clear();
        }
    }

    /// The page is hidden and may go any moment: what waits is written now.
    fn hurry(self, means: Means) {
        if self.state.get_untracked() == FileState::Waiting {
            self.write(means);
        }
    }

    /// Writes the file, one write at a time.
    fn write(self, means: Means) {
        let begun = self.desk.try_update_value(|desk| {
            if let Some(pause) = desk.pause.take() {
                pause.clear();
            }
            if desk.writing {
                desk.again = true;
                return None;
            }
            let file = desk.file.clone()?;
            desk.writing = true;
            Some(file)
        });
        let Some((id, handle)) = begun.flatten() else { return };
        self.state.set(FileState::Writing);
        exclusively(&["loudou/file/", &id.to_string()].concat(), async move {
            let outcome = self.write_once(means, id, &handle).await;
            // The page may be on its way out.
            let after = self.desk.try_update_value(|desk| {
                desk.writing = false;
                let is_ours = desk.file.as_ref().is_some_and(|(open, _)| *open == id);
                (is_ours, std::mem::take(&mut desk.again), desk.pause.is_some())
            });
            match after {
                // What was asked for meanwhile, perhaps for another workspace.
                Some((_, true, _)) => self.write(means),
                Some((true, false, true)) => self.state.set(FileState::Waiting),
                Some((true, false, false)) if outcome == FileState::Off => self.put_down(),
                Some((true, false, false)) => self.state.set(outcome),
                _ => {}
            }
        });
    }

    /// Writes the file unless it holds everything already. No other tab does meanwhile.
    async fn write_once(self, means: Means, id: WorkspaceId, handle: &Handle) -> FileState {
        // Another tab may have turned it off, or have written what is to be written.
        let before = memory::recall(id).await;
        let is_remembered = self.desk.try_with_value(|desk| desk.is_remembered).unwrap_or_default();
        if before.is_none() && is_remembered {
            return FileState::Off;
        }
        if !handle.is_allowed().await {
            return FileState::Asking;
        }
        means.store.catch_up();
        if means.opened() != Some(id) {
            return FileState::Off;
        }
        let (lineage, departure) = Departure::begin_daily(means.store, self.backups);
        let text = encoded(means.store.peek(Workspace::clone), &lineage).await;
        let sum = sum_of(&text);
        #[allow(clippy::cast_precision_loss, reason = "a document is far below 2^53 bytes")]
        let size = text.len() as f64;
        if let Some(written) = before.and_then(|before| before.written)
            && written.sum == sum
        {
            match handle.size().await {
                Ok(found) if (found - written.size).abs() < 0.5 => {
                    self.written.set(Some(written.at));
                    return FileState::Written;
                }
                Ok(_changed_by_others) => {}
                Err(fault) => return FileState::Failed(fault),
            }
        }
        match handle.write(&text).await {
            Ok(()) => {}
            Err(FileFault::NotAllowed) => return FileState::Asking,
            Err(fault) => return FileState::Failed(fault),
        }
        if let Some(departure) = departure {
            departure.done(means.store, self.backups);
        }
        let at = clock::now();
        self.written.set(Some(at));
        let file = Remembered { handle: handle.clone(), written: Some(Written { at, sum, size }) };
        // Another file may have been chosen meanwhile, or none.
        let is_chosen = self.desk.try_with_value(|desk| desk.file.as_ref().is_some_and(|(_, now)| now.is_same(handle)));
        if is_chosen == Some(true) {
            memory::remember(id, &file).await;
        }
        means.settings.note_copy(id, means.today.get_untracked());
        FileState::Written
    }
}

impl Means {
    fn opened(self) -> Option<WorkspaceId> {
        self.store.library().opened().get_untracked()
    }
}

/// The document of a workspace, made with pauses.
async fn encoded(workspace: Workspace, lineage: &Lineage) -> String {
    let mut encoding = Encoding::of(workspace, clock::now(), lineage);
    let mut breath = Breath::new();
    while encoding.step() {
        breath.take().await;
    }
    encoding.finish()
}

/// The checksum of the data in a document: what stands before it says when it was made.
fn sum_of(text: &str) -> u32 {
    let data = text.split_once("\"workspace\"").map_or(text, |(_, data)| data);
    crc32fast::hash(data.as_bytes())
}

/// The file of the open workspace; the page provides it at its root.
pub fn use_file_copy() -> FileCopy {
    expect_context()
}
