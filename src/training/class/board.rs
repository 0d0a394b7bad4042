//! The class board: the sheets of a class come together, whoever brings them and in whatever order.
//!
//! Of a person's sheets the one with the latest result counts; of two from the same moment the one that is greater, field by field, so
//! that joining boards is commutative, associative and idempotent. The same goes for the marks of each answer in words: the
//! one given [last](Mark::outdoes) counts, and a mark that was taken back stays taken back.
//!
//! A question counts as soon as somebody's answer to it has marks: from then on it is worth 100 points as every other task, and an answer
//! without marks gives none, as a task not done.

use std::collections::{BTreeMap, btree_map::Entry};

use chrono::TimeDelta;

use super::{Class, Mark, Outcome, Pack, Person, ResultSheet, Spread};
use crate::{
    codec::class::words_check,
    model::{PackId, Timestamp},
};

/// The sheets of a class, one a person, and the marks for their answers in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    pack: Pack,
    edition: u32,
    sheets: BTreeMap<Person, ResultSheet>,
    marks: BTreeMap<(Person, u16), Mark>,
}

/// What a sheet did to the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is the first of its person.
    New,
    /// It took the place of an older one of the same person.
    Replaced,
    /// It was there already.
    Same,
    /// A newer one of the same person is there, and stays.
    Older,
}

/// Why a sheet does not belong on the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// It answers another pack.
    #[error("the sheet answers pack {pack}")]
    OtherPack {
        /// Which one.
        pack: PackId,
    },
    /// It answers the pack with other tasks or another seed.
    #[error("the tasks of the pack have changed since")]
    OtherEdition,
    /// It has a result of a task that the pack has not.
    #[error("the pack has no task {task}")]
    NoSuchTask {
        /// The place of the task, from 0.
        task: u16,
    },
    /// It is a mark for a task that has a score of its own, or for an answer that nobody gave.
    #[error("task {task} has no answer in words to mark")]
    NoWords {
        /// The place of the task, from 0.
        task: u16,
    },
    /// It was finished before it was started.
    #[error("the sheet ends before it begins")]
    Backwards,
}

/// Where somebody stands.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing<'b> {
    /// The rank from 1: one more than the number of people with more points, so that who has the same points has the same rank.
    pub rank: usize,
    /// Who it is.
    pub person: &'b Person,
    /// Their sheet.
    pub sheet: &'b ResultSheet,
    /// The sum of their scores and marks; a task not done gives none.
    pub points: u32,
    /// How many tasks have a result.
    pub done: usize,
    /// How long these took together.
    pub seconds: u64,
    /// Whether the last result came after the time of the pack.
    pub is_late: bool,
}

impl Board {
    /// An empty board for a pack.
    pub fn new(pack: Pack) -> Self {
        Self { edition: pack.edition(), pack, sheets: BTreeMap::new(), marks: BTreeMap::new() }
    }

    /// The board of a class, and the sheets that do not belong on it.
    pub fn of(class: Class) -> (Self, Vec<(ResultSheet, Refusal)>) {
        let mut board = Self::new(class.pack);
        let mut refused = Vec::new();
        for sheet in class.sheets {
            refused.extend(board.add(sheet.clone()).err().map(|refusal| (sheet, refusal)));
        }
        for mark in class.marks {
            board.take(mark);
        }
        (board, refused)
    }

    /// The class of the board, to hand it on.
    pub fn class(&self) -> Class {
        Class {
            pack: self.pack.clone(),
            sheets: self.sheets.values().cloned().collect(),
            marks: self.marks.values().cloned().collect(),
        }
    }

    /// The pack.
    pub const fn pack(&self) -> &Pack {
        &self.pack
    }

    /// The sheets with whom they are of.
    pub const fn sheets(&self) -> &BTreeMap<Person, ResultSheet> {
        &self.sheets
    }

    /// Adds a sheet.
    ///
    /// # Errors
    /// It does not belong here; the board is as it was.
    ///
    /// ```
    /// use loudou::training::class::{Added, Sitting, Board, Outcome, Pack, Refusal, Task};
    ///
    /// let pack = Pack { tasks: vec![Task::Drill { level: 1, seed: None }], ..Pack::new(7.into(), "Monday", 4) };
    /// let at = |time: &str| format!("2026-11-27T{time}:00Z").parse().unwrap();
    /// let sheet = |name: &str, score, time| {
    ///     let mut sitting = Sitting::new(pack.clone(), name, 47, at("08:30"));
    ///     sitting.record(Outcome { score: Some(score), ..Outcome::default() }, at(time)).unwrap();
    ///     sitting.sheet
    /// };
    /// let mut board = Board::new(pack.clone());
    /// assert_eq!(board.add(sheet("Ann", 60, "08:50")), Ok(Added::New));
    /// assert_eq!(board.add(sheet("Bob", 90, "08:40")), Ok(Added::New));
    /// assert_eq!(board.add(sheet("Cleo", 60, "08:45")), Ok(Added::New));
    /// assert_eq!(board.add(sheet("ann ", 40, "08:40")), Ok(Added::Older));
    /// let ranks: Vec<_> = board.standings().iter().map(|standing| (standing.rank, standing.points)).collect();
    /// assert_eq!(ranks, [(1, 90), (2, 60), (2, 60)]);
    /// let mut other = sheet("Dan", 100, "08:50");
    /// other.pack = 8.into();
    /// assert_eq!(board.add(other), Err(Refusal::OtherPack { pack: 8.into() }));
    /// ```
    pub fn add(&mut self, sheet: ResultSheet) -> Result<Added, Refusal> {
        self.check(&sheet)?;
        Ok(match self.sheets.entry(sheet.person()) {
            Entry::Vacant(place) => {
                place.insert(sheet);
                Added::New
            }
            Entry::Occupied(place) if *place.get() == sheet => Added::Same,
            // The moment of the last result is the first field that sheets are compared by.
            Entry::Occupied(place) if *place.get() > sheet => Added::Older,
            Entry::Occupied(mut place) => {
                place.insert(sheet);
                Added::Replaced
            }
        })
    }

    fn check(&self, sheet: &ResultSheet) -> Result<(), Refusal> {
        if sheet.pack != self.pack.id {
            return Err(Refusal::OtherPack { pack: sheet.pack });
        }
        if sheet.edition != self.edition {
            return Err(Refusal::OtherEdition);
        }
        if sheet.finished < sheet.started {
            return Err(Refusal::Backwards);
        }
        let unknown = sheet.outcomes.iter().find(|outcome| usize::from(outcome.task) >= self.pack.tasks.len());
        unknown.map_or(Ok(()), |outcome| Err(Refusal::NoSuchTask { task: outcome.task }))
    }

    /// Gives somebody marks for an answer in words, 0–100; `None` takes them back. Whether that changed anything. It is later than what
    /// was given before, also where a clock is behind.
    ///
    /// # Errors
    /// There is no such answer.
    ///
    /// ```
    /// use loudou::training::class::{Board, Company, Outcome, Pack, Refusal, Sitting, Task};
    ///
    /// let look = Task::Look { question: "Where is it ill?".into(), company: Company::Shipped("thin-top".into()) };
    /// let pack = Pack { tasks: vec![look], ..Pack::new(7.into(), "Monday", 4) };
    /// let now = "2026-11-27T08:30:00Z".parse().unwrap();
    /// let mut sitting = Sitting::new(pack.clone(), "王芳", 47, now);
    /// sitting.record(Outcome::of_words(0, "In its upper part"), now).unwrap();
    /// let mut board = Board::new(pack);
    /// board.add(sitting.sheet.clone()).unwrap();
    /// let person = sitting.sheet.person();
    /// assert_eq!((board.most(), board.standings()[0].points), (0, 0));
    /// assert_eq!(board.give(&person, 0, Some(80), now), Ok(true));
    /// assert_eq!((board.most(), board.standings()[0].points), (100, 80));
    /// assert_eq!(board.give(&person, 0, None, now), Ok(true));
    /// assert_eq!((board.most(), board.standings()[0].points), (0, 0));
    /// assert_eq!(board.give(&person, 1, Some(80), now), Err(Refusal::NoWords { task: 1 }));
    /// ```
    pub fn give(&mut self, person: &Person, task: u16, score: Option<u8>, now: Timestamp) -> Result<bool, Refusal> {
        let outcome = self.sheets.get(person).and_then(|sheet| sheet.outcome(task)).filter(|_| self.is_in_words(task));
        let words = outcome.and_then(Outcome::words).ok_or(Refusal::NoWords { task })?;
        let (answer, score) = (words_check(words), score.map(|score| score.min(100)));
        let before = self.marks.get(&(person.clone(), task));
        let is_so = match before {
            Some(before) => before.score == score && (before.answer == answer || score.is_none()),
            None => score.is_none(),
        };
        if is_so {
            return Ok(false);
        }
        let given = before.map_or(now, |before| now.max(before.given + TimeDelta::milliseconds(1)));
        self.take(Mark { person: person.clone(), task, given, score, answer });
        Ok(true)
    }

    /// Takes a mark that was given somewhere, unless a later one is here or it is for no question of the pack. Whether it did. The mark
    /// may come before the sheet that it is for.
    fn take(&mut self, mark: Mark) -> bool {
        let key = (mark.person.clone(), mark.task);
        let counts = self.is_in_words(mark.task) && self.marks.get(&key).is_none_or(|here| mark.outdoes(here));
        if counts {
            self.marks.insert(key, mark);
        }
        counts
    }

    fn is_in_words(&self, task: u16) -> bool {
        self.pack.tasks.get(usize::from(task)).is_some_and(|task| !task.is_scored())
    }

    /// The score of somebody's result: its own, or the marks for an answer in words. `None` for an answer without marks, and for one that
    /// was changed since it was marked.
    pub fn score(&self, person: &Person, outcome: &Outcome) -> Option<u8> {
        if !self.is_in_words(outcome.task) {
            return self.pack.score(outcome);
        }
        let mark = self.marks.get(&(person.clone(), outcome.task))?;
        mark.score.filter(|_| outcome.words().map(words_check) == Some(mark.answer))
    }

    /// Whether somebody's answer has marks for other words than it has by now: they do not count until they are given again.
    pub fn is_outdated(&self, person: &Person, outcome: &Outcome) -> bool {
        let mark = self.marks.get(&(person.clone(), outcome.task));
        mark.is_some_and(|mark| mark.score.is_some()) && self.score(person, outcome).is_none()
    }

    /// Whether the task at this place gives points: it has scores, or marks of the trainer.
    pub fn counts(&self, task: u16) -> bool {
        let marked = || self.outcomes(task).any(|(person, _, outcome)| self.score(person, outcome).is_some());
        self.pack.tasks.get(usize::from(task)).is_some_and(|task| task.is_scored() || marked())
    }

    /// The most points that there are, 100 for every task that [counts](Self::counts).
    pub fn most(&self) -> u32 {
        let counted = self.places().filter(|place| self.counts(*place)).count();
        u32::try_from(counted).unwrap_or(u32::MAX).saturating_mul(100)
    }

    /// The places of all tasks.
    fn places(&self) -> impl Iterator<Item = u16> + use<> {
        (0..).take(self.pack.tasks.len())
    }

    /// Adds the sheets and marks of another board of the same pack. How many marks are new or took the place of earlier ones.
    ///
    /// # Errors
    /// It is of another pack; this board is as it was.
    pub fn join(&mut self, other: &Self) -> Result<usize, Refusal> {
        if other.pack.id != self.pack.id {
            return Err(Refusal::OtherPack { pack: other.pack.id });
        }
        if other.edition != self.edition {
            return Err(Refusal::OtherEdition);
        }
        for sheet in other.sheets.values() {
            self.add(sheet.clone())?;
        }
        Ok(other.marks.values().filter(|mark| self.take((*mark).clone())).count())
    }

    /// Takes a person's sheet off the board, with what was given for it.
    pub fn remove(&mut self, person: &Person) -> Option<ResultSheet> {
        self.marks.retain(|(marked, _), _| marked != person);
        self.sheets.remove(person)
    }

    /// Everybody, best first. Who has the same points has the same rank, and the ranks behind them are left out, as in races: 1, 2, 2, 4.
    /// Among them the quicker stand first, which changes no rank.
    pub fn standings(&self) -> Vec<Standing<'_>> {
        let mut standings: Vec<_> = self.sheets.iter().map(|(person, sheet)| self.standing(person, sheet)).collect();
        standings.sort_by_key(|standing| (std::cmp::Reverse(standing.points), standing.seconds));
        let mut last = None;
        for (place, standing) in standings.iter_mut().enumerate() {
            standing.rank = match last {
                Some((points, rank)) if points == standing.points => rank,
                _ => place + 1,
            };
            last = Some((standing.points, standing.rank));
        }
        standings
    }

    fn standing<'b>(&'b self, person: &'b Person, sheet: &'b ResultSheet) -> Standing<'b> {
        let limit = self.pack.minutes.map(|minutes| i64::from(minutes) * 60);
        Standing {
            rank: 0,
            person,
            sheet,
            points: sheet.outcomes.iter().filter_map(|outcome| self.score(person, outcome)).map(u32::from).sum(),
            done: sheet.outcomes.len(),
            seconds: sheet.outcomes.iter().map(|outcome| u64::from(outcome.seconds)).sum(),
            is_late: limit.is_some_and(|limit| (sheet.finished - sheet.started).num_seconds() > limit),
        }
    }

    /// The results of the task at this place, with whose they are.
    pub fn outcomes(&self, task: u16) -> impl Iterator<Item = (&Person, &ResultSheet, &Outcome)> {
        self.sheets.iter().filter_map(move |(person, sheet)| Some((person, sheet, sheet.outcome(task)?)))
    }

    /// The spread of the points of all; `None` for nobody and for a pack without scores.
    pub fn spread(&self) -> Option<Spread> {
        let points = self.standings().into_iter().map(|standing| f64::from(standing.points));
        Spread::of(points).filter(|_| self.most() > 0)
    }

    /// The scores of the task at this place, of those who have one.
    pub fn scores(&self, task: u16) -> impl Iterator<Item = u8> {
        self.outcomes(task).filter_map(|(person, _, outcome)| self.score(person, outcome))
    }

    /// The spread of the scores of the task at this place, over those who have one.
    pub fn spread_of(&self, task: u16) -> Option<Spread> {
        Spread::of(self.scores(task).map(f64::from))
    }

    /// The best results of the task at this place: all with the highest score, the quickest first.
    pub fn best_of(&self, task: u16) -> Vec<(&Person, &ResultSheet, &Outcome)> {
        let best = self.scores(task).max();
        let is_best = |person: &Person, outcome: &Outcome| best.is_some() && self.score(person, outcome) == best;
        let mut found: Vec<_> = self.outcomes(task).filter(|(person, _, outcome)| is_best(person, outcome)).collect();
        found.sort_by_key(|(.., outcome)| outcome.seconds);
        found
    }
}
