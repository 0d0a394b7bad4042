//! A sheet with somebody's results.

use std::collections::BTreeMap;

use crc32fast::Hasher;

use crate::{
    codec::{
        content::{Language, code_names},
        document::{form::Part as _, writer::Writer},
    },
    model::{PackId, Timestamp},
    naming::normalise,
};

/// The name under which an answer in words stands.
const ANSWER: &str = "answer";

/// What one person did of a [pack](super::Pack).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ResultSheet {
    /// When the last result was added.
    pub finished: Timestamp,
    /// When the pack was opened.
    pub started: Timestamp,
    /// The pack.
    pub pack: PackId,
    /// Which [edition](super::Pack::edition) of it.
    pub edition: u32,
    /// The person's name; empty for who works under a code name.
    pub name: String,
    /// A number drawn when the pack was opened: the code name comes from it.
    pub code: u32,
    /// The results, one a task at the most, in any order.
    pub outcomes: Vec<Outcome>,
}

/// The result of one task.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Outcome {
    /// The place of the task in its pack.
    pub task: u16,
    /// 0–100; `None` for an answer in words.
    pub score: Option<u8>,
    /// How long it took.
    pub seconds: u32,
    /// What else is worth telling of it, by names that the kind of task knows.
    pub details: BTreeMap<String, String>,
}

/// Who a sheet is of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Person {
    /// Somebody by name, as names are [compared](normalise).
    Named(String),
    /// Somebody by the number of a code name.
    Code(u32),
}

impl Outcome {
    /// An answer in words.
    ///
    /// ```
    /// use loudou::codec::class::Outcome;
    ///
    /// assert_eq!(Outcome::of_words(6, "In its upper part").words(), Some("In its upper part"));
    /// assert_eq!(Outcome::default().words(), None);
    /// ```
    pub fn of_words(task: u16, words: impl Into<String>) -> Self {
        Self { task, details: BTreeMap::from([(ANSWER.to_owned(), words.into())]), ..Self::default() }
    }

    /// The answer in words, if it is one.
    pub fn words(&self) -> Option<&str> {
        self.details.get(ANSWER).map(String::as_str)
    }
}

impl ResultSheet {
    /// Who it is of. Two sheets with the same name are of one person, whatever their numbers: people change machines.
    pub fn person(&self) -> Person {
        let name = normalise(&self.name);
        if name.is_empty() { Person::Code(self.code) } else { Person::Named(name) }
    }

    /// The name to show: the person's own, or the code name when there is none or names are `hidden`.
    ///
    /// ```
    /// use loudou::codec::{class::{Pack, ResultSheet}, content::Language};
    ///
    /// let now = "2026-11-27T08:30:00Z".parse().unwrap();
    /// let sheet = ResultSheet::new(&Pack::new(7.into(), "Monday", 4), "王芳", 47, now);
    /// assert_eq!(sheet.shown(false, Language::English), "王芳");
    /// assert_eq!(sheet.shown(true, Language::English), "Blue whale 47");
    /// ```
    pub fn shown(&self, hidden: bool, language: Language) -> String {
        let name = self.name.trim();
        if hidden || name.is_empty() { code_names::name(self.code, language) } else { name.to_owned() }
    }

    /// A sheet without results. A pack whose people work under code names takes no names.
    pub fn new(pack: &super::Pack, name: &str, code: u32, now: Timestamp) -> Self {
        let name = if pack.anonymous { "" } else { name.trim() };
        let (edition, outcomes) = (pack.edition(), Vec::new());
        Self { finished: now, started: now, pack: pack.id, edition, name: name.to_owned(), code, outcomes }
    }

    /// The result of the task at this place.
    pub fn outcome(&self, task: u16) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.task == task)
    }

    /// A checksum of all of it. Whoever knows how can make one; it finds out slips and edits in passing.
    pub fn check(&self) -> u32 {
        let mut out = Writer::dense(0);
        out.object(|out| self.give(out));
        let mut hasher = Hasher::new();
        hasher.update(out.finish().as_bytes());
        hasher.finalize()
    }
}
