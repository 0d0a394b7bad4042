//! What somebody learnt in this browser, for the pages that teach.
//!
//! Kept under `loudou/learning`; see [`Kept`].

use leptos::prelude::*;

use crate::{
    codec::progress::{Attempt, Exercise, Progress, decode, encode},
    model::Date,
    ui::{
        clock::use_clock,
        kept::{Form, Kept},
        seat::Seat,
    },
};

/// How the progress is kept.
static FORM: Form<Progress> =
    Form { key: "loudou/learning", read: |text| decode(text).ok(), write: |progress| Some(encode(progress)) };

/// The progress of this browser. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Learning {
    kept: Kept<Progress>,
    today: Signal<Date>,
    seat: Seat,
}

impl Learning {
    /// Reads what was learnt and provides it as context.
    pub fn provide() -> Self {
        let learning =
            Self { kept: Kept::new(&FORM, Progress::default()), today: use_clock().today, seat: Seat::provide() };
        provide_context(learning);
        learning
    }

    /// All of it, followed.
    pub fn progress(self) -> Signal<Progress> {
        self.kept.value()
    }

    /// Notes the screen of a lesson that is read next, what was done on its screens, and whether it was read to its end.
    pub fn turn(self, lesson: &str, screen: u16, marks: &str, done: bool) {
        self.kept.change(|progress| progress.turn(lesson, screen, marks, done));
    }

    /// Notes an exercise that was done: its score of 0 to 100, and what of it is to be read again. A task of a pack is done on the same
    /// pages as what one does for oneself.
    pub fn record(self, exercise: Exercise, key: &str, score: u8, seconds: u32, details: String) {
        self.seat.hear(exercise, key, score, seconds, &details);
        self.practise(exercise, key, score, seconds, details);
    }

    /// Notes an exercise that counts for no pack, whatever it asks for.
    pub fn practise(self, exercise: Exercise, key: &str, score: u8, seconds: u32, details: String) {
        let on = self.today.get_untracked();
        let attempt = Attempt { on, exercise, key: key.to_owned(), score, seconds, details };
        self.kept.change(|progress| progress.record(attempt));
    }
}

/// What was learnt; the pages that teach provide it.
pub fn use_learning() -> Learning {
    expect_context()
}
