//! The pack that somebody works through in this browser, wherever on the page its tasks are done.
//!
//! Kept in local storage under `loudou/class-seat` as the code of a class with one sheet, apart from every workspace: it belongs to whoever
//! sits here. What cannot be read is moved aside and never written over.

use leptos::prelude::*;

use crate::{
    codec::class::{Paper, code},
    codec::progress::Exercise,
    training::{
        class::{Late, Outcome, Pack, Sitting, Task},
        drill::Level,
    },
    ui::{
        clock,
        route::{Query, Route},
        settings::local_storage,
    },
};

/// The key of the sitting in local storage.
const STORAGE_KEY: &str = "loudou/class-seat";
/// The name under which the decisions of a year in the simulator stand on a sheet, as the file of a run.
pub const RUN: &str = "run";
/// A longer run stays off the sheet, in bytes: sheets are pasted as codes.
const LONGEST_RUN: usize = 20_000;

/// Where somebody sits. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Seat {
    sitting: RwSignal<Option<Sitting>>,
    kept: RwSignal<bool>,
}

impl Seat {
    /// Finds the pack that was being worked through and provides it as context, also with what another tab adds.
    pub fn provide() -> Self {
        let seat = Self { sitting: RwSignal::new(read()), kept: RwSignal::new(true) };
        provide_context(seat);
        let stored = window_event_listener(leptos::ev::storage, move |event| {
            if event.key().as_deref() == Some(STORAGE_KEY) {
                seat.sitting.set(read());
            }
        });
        on_cleanup(move || stored.remove());
        seat
    }

    /// What is being worked through, followed.
    pub fn sitting(self) -> Signal<Option<Sitting>> {
        self.sitting.into()
    }

    /// Whether the browser keeps it, followed.
    pub fn is_kept(self) -> bool {
        self.kept.get()
    }

    /// Opens a pack, in place of the one before.
    pub fn begin(self, pack: Pack, name: &str) {
        self.put(Some(Sitting::new(pack, name, clock::fresh_number(), clock::now())));
    }

    /// Puts the pack away with what was done of it.
    pub fn leave(self) {
        self.put(None);
    }

    /// Adds an answer in words.
    ///
    /// # Errors
    /// The time is over.
    pub fn answer(self, task: u16, words: String) -> Result<bool, Late> {
        self.record(Outcome::of_words(task, words))
    }

    /// Hears of an exercise that was done: it counts if it is what a task of the pack asks for. Whether it did. The decisions of a year
    /// in the simulator go along, so that the best one can be looked at together.
    pub fn hear(self, exercise: Exercise, key: &str, score: u8, seconds: u32, details: &str) -> bool {
        let heard = self.sitting.with_untracked(|sitting| sitting.as_ref()?.heard(exercise, key, score, seconds));
        let with_run = |mut outcome: Outcome| {
            if exercise == Exercise::Simulator && details.len() <= LONGEST_RUN {
                outcome.details.insert(RUN.to_owned(), details.to_owned());
            }
            outcome
        };
        // What comes late is kept with the learning and does not count here; the list of tasks says that the time is over.
        heard.map(with_run).is_some_and(|outcome| self.record(outcome).unwrap_or(false))
    }

    /// Adds to what is stored, not to what was read at first: another tab may have added to it.
    fn record(self, outcome: Outcome) -> Result<bool, Late> {
        // What the browser did not keep is here only.
        let stored = self.kept.get_untracked().then(read).flatten();
        let Some(mut sitting) = stored.or_else(|| self.sitting.get_untracked()) else { return Ok(false) };
        let taken = sitting.record(outcome, clock::now())?;
        if taken {
            self.put(Some(sitting));
        }
        Ok(taken)
    }

    fn put(self, sitting: Option<Sitting>) {
        let paper = sitting.as_ref().map(|sitting| Paper::Class(Box::new(sitting.class())));
        self.kept.set(keep(STORAGE_KEY, paper.as_ref()));
        self.sitting.set(sitting);
    }
}

/// The pack that somebody works through; the pages that teach provide it.
pub fn use_seat() -> Seat {
    expect_context()
}

/// The levels of the match-stick game, as its address calls them, the easiest first.
pub const STICKS: [&str; 4] = ["even", "mixed", "money", "whale"];

/// The address where the task at this place of a pack is done; `None` for a company to look at, which is opened.
pub fn address(pack: &Pack, place: u16) -> Option<String> {
    let seed = pack.seed_of(place).to_string();
    let tab = |tab: &str| Query::default().with("tab", tab);
    // A level beyond the hardest one is the hardest one.
    let at = |level: u8, count: usize| usize::from(level.saturating_sub(1)).min(count.saturating_sub(1));
    let query = match pack.tasks.get(usize::from(place))? {
        Task::Lesson { lesson } => tab("lessons").with("lesson", lesson),
        Task::Matches { level, .. } => {
            let level = STICKS.get(at(*level, STICKS.len())).copied().unwrap_or_default();
            tab("games").with("level", level).with("sticks", &seed)
        }
        Task::JobFair { .. } => tab("games").with("game", "fair").with("fair", &seed),
        Task::Drill { level, .. } => {
            let level = Level::ALL.get(at(*level, Level::ALL.len())).copied().unwrap_or_default();
            tab("drills").with("drill", &[level.code(), "-", &seed].concat())
        }
        Task::Contest { .. } => tab("contest").with("contest", &seed),
        Task::Simulator { scenario, .. } => tab("simulator").with("scenario", scenario).with("seed", &seed),
        Task::Look { .. } => return None,
    };
    Some(Route::Learn.href(&query))
}

fn read() -> Option<Sitting> {
    match kept(STORAGE_KEY)? {
        Paper::Class(class) => Sitting::kept(*class),
        _ => None,
    }
}

/// The paper that local storage keeps under a key; what cannot be read is moved aside.
pub fn kept(key: &str) -> Option<Paper> {
    let storage = local_storage()?;
    let text = storage.get_item(key).ok().flatten()?;
    let read = code::open(&text).ok().map(|(paper, _)| paper);
    if read.is_none() {
        // A full storage keeps the text where it is.
        storage.set_item(&[key, "-unreadable"].concat(), &text).ok();
    }
    read
}

/// Keeps a paper under a key of local storage, or takes it away; whether the browser did.
pub fn keep(key: &str, paper: Option<&Paper>) -> bool {
    local_storage().is_some_and(|storage| match paper {
        Some(paper) => storage.set_item(key, &code::text(paper)).is_ok(),
        None => storage.remove_item(key).is_ok(),
    })
}
