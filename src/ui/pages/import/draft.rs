//! An import in the making: the files, what the user decided, what would come of it.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::{forget::stem, memory::Trace};
use crate::{
    codec::{
        content,
        csv::{Options, ProblemKind, Reading, Refusal, Summary},
        document::DocumentError,
    },
    model::{Currency, Date, Rejection, Workspace, WorkspaceId},
    store::{ShelfError, Store, use_store},
    ui::{
        background::{Desk, NoAnswer},
        backups::{Backups, use_backups},
        clock::use_clock,
        file::{FileError, OpenedFile},
        settings::{Language, use_settings},
    },
    worker::{Context, File, Glance, Request, Response, Unfit},
};

/// What is under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    Reading,
    Planning,
    Running,
}

/// Why a file is not among those that are imported.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Why {
    Browser(FileError),
    Contents(Refusal),
}

/// A file that was refused; its bytes are kept when another page can open them.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Refused {
    pub(super) name: String,
    pub(super) why: Why,
    pub(super) bytes: Arc<Vec<u8>>,
}

/// Why the import did not happen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Failure {
    Worker(NoAnswer),
    Unfit(Unfit),
    Change(DocumentError),
    Shelf(ShelfError),
    Refused(Rejection),
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self::Refused(rejection)
    }
}

/// What an import brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Done {
    pub(super) workspace: String,
    pub(super) deals: usize,
    pub(super) others: usize,
}

/// Rows that the user leaves out because of problems of one class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub(super) class: ProblemKind,
    pub(super) rows: BTreeSet<(usize, u32)>,
}

/// The class of a problem, for which one decision is made: the problem without its figures.
pub(super) fn class(kind: ProblemKind) -> ProblemKind {
    match kind {
        ProblemKind::Width { .. } => ProblemKind::Width { cells: 0, expected: 0 },
        other => other,
    }
}

/// The state of the page. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    desk: Desk,
    pub(super) store: Store,
    pub(super) backups: Backups,
    pub(super) today: Signal<Date>,
    pub(super) files: RwSignal<Vec<Arc<Glance>>>,
    pub(super) readings: RwSignal<Vec<Reading>>,
    pub(super) traces: RwSignal<Vec<Trace>>,
    pub(super) refused: RwSignal<Vec<Refused>>,
    pub(super) options: RwSignal<Options>,
    pub(super) left_out: RwSignal<Vec<LeftOut>>,
    pub(super) summary: RwSignal<Option<Arc<Summary>>>,
    /// About how many units of the browser's storage the import would take, and how many are free.
    pub(super) room: RwSignal<Option<(usize, usize)>>,
    pub(super) step: RwSignal<Option<Step>>,
    pub(super) progress: RwSignal<Option<(usize, usize)>>,
    pub(super) failure: RwSignal<Option<Failure>>,
    pub(super) done: RwSignal<Option<Done>>,
    /// The workspace that the import would make when none is open.
    pub(super) fresh: RwSignal<Workspace>,
    /// Counts the questions for a plan: an answer to an older one is out of date.
    pub(super) turn: StoredValue<u64>,
    /// The revision of the data that the plan was made for.
    pub(super) planned_for: StoredValue<u64>,
    /// What the worker has of the workspace: which one, and as of which revision.
    sent: StoredValue<Option<(WorkspaceId, u64, Currency)>>,
}

impl Draft {
    /// An empty draft, as context for the parts of the page.
    pub(super) fn provide() -> Self {
        let store = use_store();
        let language = match use_settings().language.get_untracked() {
            Language::Zh => content::Language::Chinese,
            Language::En => content::Language::English,
        };
        let fresh = Workspace::new(store.fresh().0.into(), content::profile(language, String::new()));
        let draft = Self {
            desk: Desk::new(),
            store,
            backups: use_backups(),
            today: use_clock().today,
            files: RwSignal::default(),
            readings: RwSignal::default(),
            traces: RwSignal::default(),
            refused: RwSignal::default(),
            options: RwSignal::default(),
            left_out: RwSignal::default(),
            summary: RwSignal::new(None),
            room: RwSignal::new(None),
            step: RwSignal::new(None),
            progress: RwSignal::new(None),
            failure: RwSignal::new(None),
            done: RwSignal::new(None),
            fresh: RwSignal::new(fresh),
            turn: StoredValue::new(0),
            planned_for: StoredValue::new(0),
            sent: StoredValue::new(None),
        };
        provide_context(draft);
        draft
    }

    /// Whether the import makes a workspace of its own.
    pub(super) fn is_fresh(self) -> bool {
        self.store.library().opened().get().is_none()
    }

    /// The workspace that is imported into. Reads it without following it.
    pub(super) fn target<T>(self, read: impl FnOnce(&Workspace) -> T) -> T {
        if self.store.library().opened().get_untracked().is_some() {
            self.store.peek(read)
        } else {
            self.fresh.with_untracked(read)
        }
    }

    /// Takes files that were chosen or dropped.
    pub(super) fn open(self, opened: Vec<Result<OpenedFile, FileError>>) {
        self.done.set(None);
        self.failure.set(None);
        self.refused.update(Vec::clear);
        let mut files = Vec::new();
        for file in opened {
            match file {
                Ok(OpenedFile { name, bytes }) => files.push(File { name, bytes }),
                Err(error) => {
                    let (FileError::TooLarge { name, .. }
                    | FileError::Unreadable { name }
                    | FileError::NotDownloaded { name }) = &error;
                    self.refuse(name.clone(), Why::Browser(error.clone()), Arc::default());
                }
            }
        }
        if files.is_empty() {
            return;
        }
        // The worker keeps what it can read; a document is opened on this page.
        let kept: Vec<_> = files
            .iter()
            .map(|file| {
                (file.name.clone(), Arc::new(if is_json(&file.bytes) { file.bytes.clone() } else { Vec::new() }))
            })
            .collect();
        self.begin(Step::Reading);
        self.ask(Request::Read(files), move |draft, response| {
            let Response::Read(answers) = response else { return };
            // A file that is read once more, as last time, is planned with after that.
            let mut again = false;
            for (answer, (name, bytes)) in answers.into_iter().zip(kept) {
                match answer {
                    Ok(glance) => {
                        draft.add(glance);
                        again |= draft.recall(draft.files.with_untracked(Vec::len) - 1);
                    }
                    Err(refusal) => draft.refuse(name, Why::Contents(refusal), bytes),
                }
            }
            if !again {
                draft.plan();
            }
        });
    }

    fn add(self, glance: Glance) {
        if self.files.with_untracked(Vec::is_empty) && self.fresh.with_untracked(|fresh| fresh.profile.name.is_empty())
        {
            self.rename(stem(&glance).to_owned());
        }
        self.files.update(|files| files.push(Arc::new(glance)));
        self.readings.update(|readings| readings.push(Reading::default()));
        self.traces.update(|traces| traces.push(Trace::default()));
    }

    fn refuse(self, name: String, why: Why, bytes: Arc<Vec<u8>>) {
        self.refused.update(|refused| refused.push(Refused { name, why, bytes }));
    }

    /// Names the workspace that the import makes.
    pub(super) fn rename(self, name: String) {
        self.fresh.update(|fresh| {
            let mut profile = (*fresh.profile).clone();
            profile.name = name;
            fresh.profile = Arc::new(profile);
        });
    }

    /// Chooses the currency of the workspace that the import makes.
    pub(super) fn set_currency(self, currency: Currency) {
        self.fresh.update(|fresh| {
            let mut profile = (*fresh.profile).clone();
            profile.currency = currency;
            fresh.profile = Arc::new(profile);
        });
        self.plan();
    }

    /// Reads a file again when its rows become others: what was decided about its header and columns no longer holds.
    pub(super) fn reread_anew(self, file: usize, decide: impl FnOnce(&mut Reading)) {
        self.reread(file, |reading| {
            decide(reading);
            reading.header = None;
            reading.columns.clear();
        });
    }

    /// Reads a file in another way.
    pub(super) fn reread(self, file: usize, decide: impl FnOnce(&mut Reading)) {
        let Some(mut reading) = self.readings.with_untracked(|readings| readings.get(file).cloned()) else { return };
        decide(&mut reading);
        self.begin(Step::Reading);
        self.read_as(file, reading);
    }

    /// Has a file read in this way; the plan follows.
    pub(super) fn read_as(self, file: usize, reading: Reading) {
        self.ask(Request::Reread { file, reading: reading.clone() }, move |draft, response| {
            let Response::Reread(answer) = response else { return };
            match *answer {
                Ok(glance) => {
                    draft.readings.update(|readings| {
                        if let Some(place) = readings.get_mut(file) {
                            *place = reading;
                        }
                    });
                    draft.files.update(|files| {
                        if let Some(place) = files.get_mut(file) {
                            *place = Arc::new(glance);
                        }
                    });
                    draft.left_out.update(Vec::clear);
                }
                Err(refusal) => {
                    let name = draft.files.with_untracked(|files| files.get(file).map(|file| file.name.clone()));
                    draft.refuse(name.unwrap_or_default(), Why::Contents(refusal), Arc::default());
                    // The selects show what is true again.
                    draft.files.notify();
                }
            }
            draft.plan();
        });
    }

    /// Decides something about the import.
    pub(super) fn decide(self, decide: impl FnOnce(&mut Options)) {
        self.options.update(decide);
        self.plan();
    }

    /// Leaves out all rows that have a problem of a class now.
    pub(super) fn leave_out(self, of: ProblemKind) {
        let rows = self.summary.with_untracked(|summary| {
            let problems = summary.iter().flat_map(|summary| &summary.problems);
            problems.filter(|problem| class(problem.kind) == of).map(|problem| (problem.file, problem.line)).collect()
        });
        self.left_out.update(|left_out| left_out.push(LeftOut { class: of, rows }));
        self.plan();
    }

    /// Takes the rows of a class again.
    pub(super) fn take_again(self, of: ProblemKind) {
        self.left_out.update(|left_out| left_out.retain(|left| left.class != of));
        self.plan();
    }

    /// Works out what the import would do.
    pub(super) fn plan(self) {
        if self.files.with_untracked(Vec::is_empty) {
            self.step.set(None);
            return;
        }
        self.turn.update_value(|turn| *turn += 1);
        let turn = self.turn.get_value();
        self.begin(Step::Planning);
        let revision = self.revision();
        self.planned_for.set_value(revision);
        let mut options = self.options.get_untracked();
        options.leave_out =
            self.left_out.with_untracked(|left_out| left_out.iter().flat_map(|left| left.rows.clone()).collect());
        // The workspace goes to the worker once: it may be large, and plans are made with every decision.
        let stamp = self.store.stamp(None);
        let target = self.target(|workspace| (workspace.id, revision, workspace.profile.currency));
        let context = if self.sent.get_value() == Some(target) {
            Context::again(stamp)
        } else {
            self.target(|workspace| Context::of(workspace, stamp))
        };
        self.sent.set_value(Some(target));
        self.ask(Request::Plan { options, context }, move |draft, response| {
            let Response::Plan(answer) = response else { return };
            if draft.turn.get_value() != turn {
                return;
            }
            draft.step.set(None);
            match answer {
                Ok(foresight) => {
                    let full = draft.store.library().fullness().ok();
                    draft.room.set(full.map(|full| (foresight.units, full.capacity.saturating_sub(full.used))));
                    draft.summary.set(Some(Arc::new(foresight.summary)));
                }
                Err(unfit) => draft.fail(Failure::Unfit(unfit)),
            }
        });
    }

    pub(super) fn revision(self) -> u64 {
        untrack(|| self.store.snapshot().revision)
    }

    /// Stops what is under way. An import leaves the files as they are, ready to be imported; reading and planning know no state
    /// to go back to but the beginning.
    pub(super) fn cancel(self) {
        if self.step.get_untracked() == Some(Step::Running) {
            // The answer under way is out of date with that.
            self.plan();
        } else {
            self.restart();
        }
    }

    /// Gives up the draft.
    pub(super) fn restart(self) {
        self.clear();
        self.done.set(None);
    }

    pub(super) fn clear(self) {
        self.desk.stop();
        self.sent.set_value(None);
        self.turn.update_value(|turn| *turn += 1);
        self.step.set(None);
        self.progress.set(None);
        self.failure.set(None);
        self.summary.set(None);
        self.room.set(None);
        self.files.update(Vec::clear);
        self.readings.update(Vec::clear);
        self.traces.update(Vec::clear);
        self.refused.update(Vec::clear);
        self.left_out.update(Vec::clear);
        self.options.set(Options::default());
        self.fresh.update(|fresh| {
            let profile = (*fresh.profile).clone();
            *fresh = Workspace::new(self.store.fresh().0.into(), profile);
        });
        self.rename(String::new());
    }

    pub(super) fn begin(self, step: Step) {
        self.progress.set(None);
        self.failure.set(None);
        self.step.set(Some(step));
    }

    pub(super) fn fail(self, failure: Failure) {
        self.step.set(None);
        self.failure.set(Some(failure));
    }

    pub(super) fn ask(self, request: Request, then: impl FnOnce(Self, Response) + 'static) {
        let heard = move |done, total| {
            self.progress.try_set(Some((done, total)));
        };
        self.desk.ask(request, heard, move |answer| match answer {
            Ok(response) => then(self, response),
            Err(why) => {
                self.sent.set_value(None);
                self.fail(Failure::Worker(why));
            }
        });
    }
}

/// The draft of the page.
pub(super) fn use_draft() -> Draft {
    expect_context()
}

/// Whether a file that cannot be a table may be a document.
fn is_json(bytes: &[u8]) -> bool {
    bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf)) == Some(&b'{')
}
