//! The pack that somebody works through in this browser, wherever on the page its tasks are done.
//!
//! Kept under `loudou/class-seat` as the code of a class with one sheet; see [`Kept`].

use leptos::prelude::*;

use crate::{
    codec::{
        class::{Paper, code},
        progress::Exercise,
    },
    training::{
        class::{Late, Outcome, Pack, Sitting, Task},
        drill, matches,
    },
    ui::{
        clock,
        kept::{Form, Kept},
        route::{Query, Route},
    },
};

/// How the sitting is kept.
static FORM: Form<Option<Sitting>> = Form {
    key: "loudou/class-seat",
    read: |text| match paper(text)? {
        Paper::Class(class) => Sitting::kept(*class).map(Some),
        _ => None,
    },
    write: |sitting| Some(code::text(&Paper::Class(Box::new(sitting.as_ref()?.class())))),
};
/// The name under which the decisions of a year in the simulator stand on a sheet, as the file of a run.
pub const RUN: &str = "run";
/// A longer run stays off the sheet, in bytes: sheets are pasted as codes.
const LONGEST_RUN: usize = 20_000;

/// Where somebody sits. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    kept: Kept<Option<Sitting>>,
}

impl Seat {
    /// Finds the pack that was being worked through and provides it as context.
    pub fn provide() -> Self {
        let seat = Self { kept: Kept::new(&FORM, None) };
        provide_context(seat);
        seat
    }

    /// What is being worked through, followed.
    pub fn sitting(self) -> Signal<Option<Sitting>> {
        self.kept.value()
    }

    /// Whether the browser keeps it, followed.
    pub fn is_kept(self) -> bool {
        self.kept.is_kept()
    }

    /// Opens a pack, in place of the one before.
    pub fn begin(self, pack: Pack, name: &str) {
        self.kept.change(|sitting| *sitting = Some(Sitting::new(pack, name, clock::fresh_number(), clock::now())));
    }

    /// Puts the pack away with what was done of it.
    pub fn leave(self) {
        self.kept.change(|sitting| *sitting = None);
    }

    /// Whether a task of the pack asks for an exercise, followed.
    pub fn asks(self, exercise: Exercise, key: &str) -> bool {
        self.kept
            .value()
            .with(|sitting| sitting.as_ref().is_some_and(|sitting| sitting.heard(exercise, key, 0, 0).is_some()))
    }

    /// Adds an answer in words.
    ///
    /// # Errors
    /// The time is over.
    pub fn answer(self, task: u16, words: String) -> Result<bool, Late> {
        self.record(Outcome::of_words(task, words))
    }

    /// Hears of an exercise that was done: it counts if it is what a task of the pack asks for. The decisions of a year in the simulator
    /// go along, so that the best one can be looked at together.
    pub fn hear(self, exercise: Exercise, key: &str, score: u8, seconds: u32, details: &str) {
        let heard = self.kept.value().with_untracked(|sitting| sitting.as_ref()?.heard(exercise, key, score, seconds));
        let with_run = |mut outcome: Outcome| {
            if exercise == Exercise::Simulator && details.len() <= LONGEST_RUN {
                outcome.details.insert(RUN.to_owned(), details.to_owned());
            }
            outcome
        };
        // What comes late is kept with the learning and does not count here; the list of tasks says that the time is over.
        if let Some(outcome) = heard.map(with_run) {
            self.record(outcome).ok();
        }
    }

    fn record(self, outcome: Outcome) -> Result<bool, Late> {
        let record = |sitting: &mut Sitting| sitting.record(outcome, clock::now());
        self.kept.change(|sitting| sitting.as_mut().map_or(Ok(false), record))
    }
}

/// The pack that somebody works through; the pages that teach provide it.
pub fn use_seat() -> Seat {
    expect_context()
}

/// The address where the task at this place of a pack is done; `None` for a company to look at, which is opened.
pub fn address(pack: &Pack, place: u16) -> Option<String> {
    let seed = pack.seed_of(place).to_string();
    let tab = |tab: &str| Query::default().with("tab", tab);
    let query = match pack.tasks.get(usize::from(place))? {
        Task::Lesson { lesson } => tab("lessons").with("lesson", lesson),
        Task::Matches { level, .. } => {
            tab("games").with("level", matches::Level::nth(*level).code()).with("sticks", &seed)
        }
        Task::JobFair { .. } => tab("games").with("game", "fair").with("fair", &seed),
        Task::Drill { level, .. } => {
            tab("drills").with("drill", &[drill::Level::nth(*level).code(), "-", &seed].concat())
        }
        Task::Contest { .. } => tab("contest").with("contest", &seed),
        Task::Simulator { scenario, .. } => tab("simulator").with("scenario", scenario).with("seed", &seed),
        Task::Look { .. } => return None,
    };
    Some(Route::Learn.href(&query))
}

/// The paper of a text that was kept.
pub fn paper(text: &str) -> Option<Paper> {
    code::open(text).ok().map(|(paper, _)| paper)
}
