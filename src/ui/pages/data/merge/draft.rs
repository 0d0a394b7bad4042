//! A merge in the making: the files, what the user decided, what would come of it.

use std::{collections::BTreeSet, sync::Arc};

use leptos::{prelude::*, task::spawn_local};

use crate::{
    codec::{
        document::{DocumentError, decode},
        journal,
        merge::{Descent, Key, Misfit, Options, Origin, Summary, origin},
    },
    model::{Change, ExportId, Rejection},
    storage::backups::Reason,
    store::{Store, use_store},
    ui::{
        background::{Desk, NoAnswer},
        backups::{Backups, use_backups},
        file::{FileError, OpenedFile},
    },
    worker::{Context, File, Request, Response, Unfit},
};

/// Why a file is not among those that are merged.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Why {
    Browser(FileError),
    Document(DocumentError),
    Misfit(Misfit),
}

/// Why the merge did not happen.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Failure {
    Worker(NoAnswer),
    Unfit(Unfit),
    Change(DocumentError),
    Refused(Rejection),
}

impl From<Rejection> for Failure {
    fn from(rejection: Rejection) -> Self {
        Self::Refused(rejection)
    }
}

/// The state of the section. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub(super) struct Draft {
    desk: Desk,
    store: Store,
    backups: Backups,
    pub(super) files: RwSignal<Vec<Arc<OpenedFile>>>,
    /// The common file that the user chose.
    pub(super) base: RwSignal<Option<Arc<OpenedFile>>>,
    /// Whether the user wants none.
    pub(super) is_plain: RwSignal<bool>,
    /// Where the files come from by what they say; `None` while nobody looked.
    pub(super) origin: RwSignal<Option<Origin>>,
    pub(super) refused: RwSignal<Vec<(String, Why)>>,
    pub(super) options: RwSignal<Options>,
    pub(super) summary: RwSignal<Option<Arc<Summary>>>,
    pub(super) busy: RwSignal<bool>,
    pub(super) failure: RwSignal<Option<Failure>>,
    pub(super) done: RwSignal<Option<Arc<Change>>>,
    /// Counts the questions: an answer to an older one is out of date.
    turn: StoredValue<u64>,
    /// The revision of the data that the files were gathered for.
    gathered_for: StoredValue<u64>,
    /// What each side says that it comes from: the workspace as it was gathered, then the files.
    sides: StoredValue<Vec<BTreeSet<ExportId>>>,
}

impl Draft {
    /// An empty draft, as context for the parts of the section.
    pub(super) fn provide() -> Self {
        let draft = Self {
            desk: Desk::new(),
            store: use_store(),
            backups: use_backups(),
            files: RwSignal::default(),
            base: RwSignal::new(None),
            is_plain: RwSignal::new(false),
            origin: RwSignal::new(None),
            refused: RwSignal::default(),
            options: RwSignal::new(own_profile()),
            summary: RwSignal::new(None),
            busy: RwSignal::new(false),
            failure: RwSignal::new(None),
            done: RwSignal::new(None),
            turn: StoredValue::new(0),
            gathered_for: StoredValue::new(0),
            sides: StoredValue::default(),
        };
        provide_context(draft);
        draft
    }

    /// Takes files that were chosen or dropped.
    pub(super) fn open(self, opened: Vec<Result<OpenedFile, FileError>>) {
        self.done.set(None);
        self.refused.update(Vec::clear);
        for file in opened {
            match file {
                Ok(file) => self.files.update(|files| files.push(Arc::new(file))),
                Err(error) => self.refuse_unread(error),
            }
        }
        self.gather();
    }

    /// Takes the file that all of them started from.
    pub(super) fn open_base(self, opened: Vec<Result<OpenedFile, FileError>>) {
        self.refused.update(Vec::clear);
        for file in opened {
            match file {
                Ok(file) => self.base.set(Some(Arc::new(file))),
                Err(error) => self.refuse_unread(error),
            }
        }
        self.gather();
    }

    fn refuse_unread(self, error: FileError) {
        let (FileError::TooLarge { name, .. } | FileError::Unreadable { name } | FileError::NotDownloaded { name }) =
            &error;
        self.refuse(name.clone(), Why::Browser(error));
    }

    fn refuse(self, name: String, why: Why) {
        self.refused.update(|refused| refused.push((name, why)));
    }

    /// Leaves a file out. What was decided by the places of files is decided anew.
    pub(super) fn forget(self, file: usize) {
        self.files.update(|files| {
            if file < files.len() {
                files.remove(file);
            }
        });
        self.gather();
    }

    /// Does without a common file, or looks for it again.
    pub(super) fn do_without(self, without: bool) {
        self.base.set(None);
        self.is_plain.set(without);
        self.gather();
    }

    /// Decides something about the merge.
    pub(super) fn decide(self, decide: impl FnOnce(&mut Options)) {
        self.options.update(decide);
        self.merge();
    }

    fn begin(self) -> u64 {
        self.failure.set(None);
        self.busy.set(true);
        self.turn.update_value(|turn| *turn += 1);
        self.turn.get_value()
    }

    /// Has all files read, and works out what the merge would do.
    fn gather(self) {
        self.options.set(own_profile());
        self.summary.set(None);
        self.origin.set(None);
        if self.files.with_untracked(Vec::is_empty) {
            self.turn.update_value(|turn| *turn += 1);
            self.busy.set(false);
            return;
        }
        let turn = self.begin();
        self.gathered_for.set_value(self.revision());
        let file = |file: &Arc<OpenedFile>| File { name: file.name.clone(), bytes: file.bytes.clone() };
        let files = self.files.with_untracked(|files| files.iter().map(file).collect());
        let base = self.base.with_untracked(|base| base.as_ref().map(file));
        self.sides.set_value(vec![self.store.descent().unwrap_or_default()]);
        let here = self.store.peek(|workspace| Context::whole(workspace, self.store.stamp(None)));
        self.ask(turn, Request::Gather { here, files, base }, move |draft, response| {
            let Response::Gather(answer) = response else { return };
            match answer {
                Ok(read) => draft.gathered(turn, read),
                Err(unfit) => draft.fail(Failure::Unfit(unfit)),
            }
        });
    }

    /// Says why files cannot be read, and goes on with the others.
    fn gathered(self, turn: u64, read: Vec<Option<Descent>>) {
        let count = self.files.with_untracked(Vec::len);
        if matches!(read.get(count), Some(None))
            && let Some(base) = self.base.try_update(Option::take).flatten()
        {
            self.explain(&base);
        }
        let (mut kept, mut sides) = (Vec::new(), self.sides.get_value());
        for (file, descent) in self.files.get_untracked().into_iter().zip(read) {
            if let Some(descent) = descent {
                kept.push(file);
                sides.push(descent.exports());
            } else {
                self.explain(&file);
            }
        }
        self.files.set(kept);
        self.sides.set_value(sides);
        if self.files.with_untracked(Vec::is_empty) {
            self.busy.set(false);
        } else if self.is_plain.get_untracked() || self.base.with_untracked(Option::is_some) {
            self.merge();
        } else {
            spawn_local(self.find(turn));
        }
    }

    /// Looks for the state that all sides come from, and goes on with it or without it.
    async fn find(self, turn: u64) {
        self.backups.refresh().await;
        let is_current = move || self.turn.try_get_value() == Some(turn);
        let cabinet = self.backups.cabinet.try_get_untracked().flatten().and_then(Result::ok).unwrap_or_default();
        if !is_current() {
            return;
        }
        let whole = cabinet.backups.iter().filter(|backup| backup.contents.is_whole);
        let kept = whole.flat_map(|backup| &backup.exports).filter_map(|export| export.parse().ok()).collect();
        let found = self.sides.with_value(|sides| origin(&sides.iter().collect::<Vec<_>>(), &kept));
        let backup = match &found {
            Origin::Kept(export) => cabinet.handed_out(&export.to_string()).cloned(),
            _ => None,
        };
        let (Origin::Kept(export), Some(backup)) = (&found, backup) else {
            self.origin.set(Some(found));
            return self.merge();
        };
        let export = *export;
        let stored = self.backups.stored(&backup).await;
        if !is_current() {
            return;
        }
        let Ok(stored) = stored else {
            self.origin.set(Some(Origin::NotKept(export)));
            return self.merge();
        };
        self.ask(turn, Request::Common { stored }, move |draft, response| {
            let is_taken = matches!(response, Response::Common(true));
            draft.origin.set(Some(if is_taken { Origin::Kept(export) } else { Origin::NotKept(export) }));
            draft.merge();
        });
    }

    fn explain(self, file: &OpenedFile) {
        if let Err(error) = decode(&file.bytes) {
            self.refuse(file.name.clone(), Why::Document(error));
        }
    }

    fn merge(self) {
        let turn = self.begin();
        let options = self.options.get_untracked();
        self.ask(turn, Request::Merge { options }, |draft, response| {
            let Response::Merge(answer) = response else { return };
            match answer {
                Ok(summary) => {
                    draft.busy.set(false);
                    draft.summary.set(Some(Arc::new(*summary)));
                }
                Err((side, misfit)) => draft.leave_out(side, misfit),
            }
        });
    }

    /// Leaves out a file that does not fit; the workspace is the first side.
    fn leave_out(self, side: usize, misfit: Misfit) {
        let place = side.saturating_sub(1);
        let Some(file) = self.files.with_untracked(|files| files.get(place).cloned()) else { return };
        self.refuse(file.name.clone(), Why::Misfit(misfit));
        self.forget(place);
    }

    /// Makes the merge.
    pub(super) fn confirm(self) {
        self.store.catch_up();
        if self.gathered_for.get_value() != self.revision() {
            // The data has changed since, in another tab or by an undo: what would come of it is shown anew first.
            self.gather();
            return;
        }
        let turn = self.begin();
        self.ask(turn, Request::Join, |draft, response| {
            let Response::Join(answer) = response else { return };
            draft.backups.before_open(Reason::Merge);
            let change = answer.map_err(Failure::Unfit).and_then(|text| {
                draft.store.adopt(|workspace| journal::decode_change(&text, workspace).map_err(Failure::Change))
            });
            match change {
                Ok(change) => {
                    // What was decided between the sides was decided for good: the next files are compared with this.
                    let exports = draft.sides.with_value(|sides| sides.iter().skip(1).flatten().copied().collect());
                    draft.store.descend_by(&change, exports);
                    draft.clear();
                    draft.done.set(Some(change));
                }
                Err(failure) => draft.fail(failure),
            }
        });
    }

    /// Gives up the draft.
    pub(super) fn clear(self) {
        self.desk.stop();
        self.turn.update_value(|turn| *turn += 1);
        self.files.update(Vec::clear);
        self.base.set(None);
        self.is_plain.set(false);
        self.origin.set(None);
        self.refused.update(Vec::clear);
        self.options.set(own_profile());
        self.summary.set(None);
        self.busy.set(false);
        self.failure.set(None);
        self.done.set(None);
    }

    fn revision(self) -> u64 {
        untrack(|| self.store.snapshot().revision)
    }

    fn fail(self, failure: Failure) {
        self.busy.set(false);
        self.failure.set(Some(failure));
    }

    fn ask(self, turn: u64, request: Request, then: impl FnOnce(Self, Response) + 'static) {
        self.desk.ask(
            request,
            |_, _| (),
            move |answer| {
                if self.turn.try_get_value() != Some(turn) {
                    return;
                }
                match answer {
                    Ok(response) => then(self, response),
                    Err(why) => self.fail(Failure::Worker(why)),
                }
            },
        );
    }
}

/// The workspace keeps its own name and fiscal year unless somebody says otherwise.
fn own_profile() -> Options {
    let own = |field: &str| (Key { table: "profile".to_owned(), id: String::new(), field: field.to_owned() }, 0);
    Options { prefer: None, choices: [own("name"), own("fiscalYearStart")].into() }
}

/// The draft of the section.
pub(super) fn use_draft() -> Draft {
    expect_context()
}
