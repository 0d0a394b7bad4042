//! What somebody learnt in this browser, for the pages that teach.
//!
//! Kept in local storage under `loudou/learning`, apart from every workspace: it belongs to whoever sits here. What cannot be read is
//! moved aside and never written over.

use leptos::prelude::*;

use crate::{
    codec::progress::{Attempt, Exercise, Progress, decode, encode},
    model::Date,
    ui::{clock::use_clock, seat::Seat, settings::local_storage},
};

/// The key of the progress in local storage.
pub const STORAGE_KEY: &str = "loudou/learning";
/// Where text goes that cannot be read.
const ASIDE_KEY: &str = "loudou/learning-unreadable";

/// The progress of this browser. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Learning {
    progress: RwSignal<Progress>,
    today: Signal<Date>,
    seat: Seat,
}

impl Learning {
    /// Reads what was learnt, provides it as context and keeps it saved, also with what another tab adds.
    pub fn provide() -> Self {
        let learning = Self {
            progress: RwSignal::new(read().unwrap_or_default()),
            today: use_clock().today,
            seat: Seat::provide(),
        };
        provide_context(learning);
        let stored = window_event_listener(leptos::ev::storage, move |event| {
            if event.key().as_deref() == Some(STORAGE_KEY) {
                learning.progress.set(read().unwrap_or_default());
            }
        });
        on_cleanup(move || stored.remove());
        learning
    }

    /// All of it, followed.
    pub fn progress(self) -> Signal<Progress> {
        self.progress.into()
    }

    /// Notes the screen of a lesson that is read next, what was done on its screens, and whether it was read to its end.
    pub fn turn(self, lesson: &str, screen: u16, marks: &str, done: bool) {
        self.change(|progress| progress.turn(lesson, screen, marks, done));
    }

    /// Notes an exercise that was done: its score of 0 to 100, and what of it is to be read again.
    pub fn record(self, exercise: Exercise, key: &str, score: u8, seconds: u32, details: String) {
        let on = self.today.get_untracked();
        // A task of a pack is done on the same pages as what one does for oneself.
        self.seat.hear(exercise, key, score, seconds, &details);
        let attempt = Attempt { on, exercise, key: key.to_owned(), score, seconds, details };
        self.change(|progress| progress.record(attempt));
    }

    /// Changes what is stored, not what was read at first: another tab may have added to it.
    fn change(self, change: impl FnOnce(&mut Progress)) {
        let mut progress = read().unwrap_or_else(|| self.progress.get_untracked());
        change(&mut progress);
        if let Some(storage) = local_storage() {
            // A full storage loses progress, never data; the store reports a full storage.
            storage.set_item(STORAGE_KEY, &encode(&progress)).ok();
        }
        self.progress.set(progress);
    }
}

/// What was learnt; the pages that teach provide it.
pub fn use_learning() -> Learning {
    expect_context()
}

/// What is stored; `None` when nothing is, or nothing that can be read.
fn read() -> Option<Progress> {
    let storage = local_storage()?;
    let text = storage.get_item(STORAGE_KEY).ok().flatten()?;
    let read = decode(&text).ok();
    if read.is_none() {
        storage.set_item(ASIDE_KEY, &text).ok();
    }
    read
}
