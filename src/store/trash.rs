//! The trash: what is deleted is kept apart until it is put back, emptied or too old.
//!
//! A deletion goes into the trash before it is saved, so that a stop in between loses nothing; it comes out when it is taken back. Putting
//! back is a command like any other, and taking that back puts the deletion into the trash again.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Store, UNDO_DEPTH};
use crate::{
    codec::trash::{TrashError, decode, encode, label, read_label},
    model::{
        Change, Command, Currency, Obstacle, Rejection, Timestamp, WorkspaceId,
        removal::{Plan, Summary, plan},
    },
    storage::{
        StorageError,
        trash::{self, Found, Thrown},
    },
};

/// One deletion in the trash.
#[derive(Clone, Debug, PartialEq)]
pub struct Discarded {
    /// Its id.
    pub id: String,
    /// When it was, and what was deleted; `None` when that cannot be read.
    pub said: Option<(Timestamp, Summary)>,
}

/// Why nothing was put back. Nothing changed then.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum NotBack {
    /// It is no longer in the trash: put back or emptied in another tab, or gone for room.
    #[error("it is no longer in the trash")]
    Gone,
    /// What the trash holds is damaged or was written by a newer release: the raw text.
    #[error("it cannot be read")]
    Unreadable(String),
    /// Its amounts are in a currency with other digits than the one of the workspace now.
    #[error("its amounts are in {0:?}")]
    Currency(Currency),
    /// A rule refused it.
    #[error(transparent)]
    Refused(#[from] Rejection),
    /// The storage cannot be read.
    #[error(transparent)]
    Storage(#[from] StorageError),
}

/// What came of putting back.
#[derive(Clone, Debug, PartialEq)]
pub struct Returned {
    /// The change, to offer its undo; `None` when everything was here already.
    pub change: Option<Arc<Change>>,
    /// Links that stayed away.
    pub left: usize,
}

/// A change that put something into the trash or took it out.
#[derive(Clone, Debug)]
pub(super) struct Traffic {
    change: Arc<Change>,
    thrown: Arc<Thrown>,
    /// Whether it was the deletion; otherwise it put back.
    is_deletion: bool,
    /// Whether the trash had room for it.
    is_kept: bool,
}

impl Store {
    /// The trash of the open workspace, newest first; followed.
    ///
    /// # Errors
    /// [`StorageError`] when the storage cannot be read.
    pub fn trash(self) -> Result<Vec<Discarded>, StorageError> {
        self.trash_turn().track();
        let Some(workspace) = self.library.opened().get() else { return Ok(Vec::new()) };
        let listed = self.library.at_storage(|storage| trash::list(storage, &workspace.to_string()))?;
        let read = |(at, line): (i64, String)| Some((Timestamp::from_timestamp_millis(at)?, read_label(&line)?));
        Ok(listed.into_iter().map(|one| Discarded { id: one.id, said: one.said.and_then(read) }).collect())
    }

    /// Looks into the trash again: another tab may have changed it.
    pub fn look_into_trash(self) {
        self.trash_turn().notify();
    }

    /// Whether what a change deleted is in the trash.
    pub fn is_in_trash(self, change: &Arc<Change>) -> bool {
        self.bench.with_value(|bench| {
            bench.traffic.iter().any(|one| one.is_deletion && one.is_kept && Arc::ptr_eq(&one.change, change))
        })
    }

    /// Puts a deletion back.
    ///
    /// # Errors
    /// [`NotBack`]; then nothing changes.
    pub fn put_back(self, id: &str) -> Result<Returned, NotBack> {
        let workspace = self.open_id().ok_or(NotBack::Gone)?;
        let thrown = match self.library.at_storage(|storage| trash::read(storage, &workspace, id))? {
            Found::Nothing => return Err(NotBack::Gone),
            Found::Unreadable(raw) => return Err(NotBack::Unreadable(raw)),
            Found::Whole(thrown) => thrown,
        };
        let (taken, currency) = match decode(&thrown.text) {
            Ok(read) => read,
            Err(TrashError::NotOne | TrashError::Entry(_)) => return Err(NotBack::Unreadable(thrown.text)),
        };
        if self.peek(|workspace| workspace.profile.currency.digits()) != currency.digits() {
            return Err(NotBack::Currency(currency));
        }
        self.catch_up();
        let Plan { left, .. } = self.peek(|workspace| plan(workspace, &taken));
        let change = self.dispatch(Command::PutBack(Box::new(taken)))?;
        let traffic = Traffic { change: change.clone(), thrown: Arc::new(thrown), is_deletion: false, is_kept: true };
        let traffic = self.moved(traffic, true);
        self.remember(traffic);
        Ok(Returned { change: (!change.is_empty()).then_some(change), left })
    }

    /// What a record was called that is in the trash, for what names it: looks through everything in it.
    pub fn name_in_trash(self, obstacle: &Obstacle) -> Option<String> {
        let Obstacle::Needs { needs, id, .. } = obstacle else { return None };
        let workspace = self.open_id()?;
        self.library.at_storage(|storage| {
            trash::list(storage, &workspace).ok()?.into_iter().find_map(|listed| {
                let Found::Whole(thrown) = trash::read(storage, &workspace, &listed.id).ok()? else { return None };
                decode(&thrown.text).ok()?.0.name_of(*needs, *id)
            })
        })
    }

    /// Removes deletions from the trash for good.
    ///
    /// # Errors
    /// [`StorageError`] when the storage cannot be written; those before are gone.
    pub fn empty_trash(self, ids: &[String]) -> Result<(), StorageError> {
        let Some(workspace) = self.open_id() else { return Ok(()) };
        let emptied =
            self.library.at_storage(|storage| ids.iter().try_for_each(|id| trash::remove(storage, &workspace, id)));
        self.bench.update_value(|bench| bench.traffic.retain(|one| !ids.contains(&one.thrown.id)));
        self.trash_turn().notify();
        // The room it leaves is used for what could not be written yet.
        if self.library.has_unsaved() {
            self.library.retry();
        }
        emptied
    }

    /// Keeps what a change is about to take away; call it before the change is saved.
    pub(super) fn throw(self, change: &Arc<Change>, taken: &Change) {
        let currency = self.peek(|workspace| workspace.profile.currency);
        let thrown = Thrown {
            id: (self.source.fresh)().to_string(),
            at: (self.source.now)().timestamp_millis(),
            label: self.peek(|workspace| label(&Summary::of(workspace, taken))),
            text: encode(taken, currency),
        };
        let traffic = Traffic { change: change.clone(), thrown: Arc::new(thrown), is_deletion: true, is_kept: false };
        let traffic = self.moved(traffic, true);
        self.remember(traffic);
    }

    /// Puts into the trash or takes out of it what a step of undo or redo deletes or brings back.
    pub(super) fn carry(self, step: &Arc<Change>, forward: bool) {
        let traffic = self.bench.try_update_value(|bench| {
            let place = bench.traffic.iter().position(|one| Arc::ptr_eq(&one.change, step))?;
            Some(bench.traffic.remove(place))
        });
        let Some(traffic) = traffic.flatten() else { return };
        let traffic = self.moved(traffic, forward);
        self.remember(traffic);
    }

    /// Does in the trash what goes with a change that was made, or taken back.
    fn moved(self, traffic: Traffic, forward: bool) -> Traffic {
        let Some(workspace) = self.open_id() else { return traffic };
        let into = traffic.is_deletion == forward;
        let is_kept = self.library.at_storage(|storage| {
            if into {
                // Where there is no room for the trash, the deletion can still be taken back while the page is open.
                trash::keep(storage, &workspace, &traffic.thrown).is_ok()
            } else if self.library.has_unsaved() {
                // What came back is not saved yet: until it is, the trash is where it stays.
                true
            } else {
                trash::remove(storage, &workspace, &traffic.thrown.id).is_err()
            }
        });
        self.trash_turn().notify();
        Traffic { is_kept, ..traffic }
    }

    fn remember(self, traffic: Traffic) {
        self.bench.update_value(|bench| {
            if bench.traffic.len() == UNDO_DEPTH {
                bench.traffic.remove(0);
            }
            bench.traffic.push(traffic);
        });
    }

    /// Forgets the changes of a workspace that is no longer shown, and removes from the trash of the new one what is too old.
    pub(super) fn change_trash(self) {
        self.bench.update_value(|bench| bench.traffic.clear());
        let now = (self.source.now)().timestamp_millis();
        if let Some(workspace) = self.open_id() {
            // What is too old goes the next time.
            self.library.at_storage(|storage| trash::tidy(storage, &workspace, now)).ok();
        }
        self.trash_turn().notify();
    }

    fn trash_turn(self) -> ArcTrigger {
        self.bench.with_value(|bench| bench.trash_turn.clone())
    }

    /// The id of the open workspace, as the storage knows it; none while one is only looked at.
    fn open_id(self) -> Option<String> {
        let opened = self.library.opened().get_untracked().filter(|_| self.library.visited().is_none());
        opened.map(|id: WorkspaceId| id.to_string())
    }
}
