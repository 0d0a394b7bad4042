//! The class board: the sheets of a class come together, whoever brings them and in whatever order.
//!
//! Of a person's sheets the one with the latest result counts; of two from the same moment the one that is greater, field by field, so
//! that joining boards is commutative, associative and idempotent.

use std::collections::{BTreeMap, btree_map::Entry};

use super::{Class, Outcome, Pack, Person, ResultSheet, Spread, Task};
use crate::model::PackId;

/// The sheets of a class, one a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Board {
    pack: Pack,
    edition: u32,
    sheets: BTreeMap<Person, ResultSheet>,
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
    /// The sum of their scores; a task not done gives none.
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
        Self { edition: pack.edition(), pack, sheets: BTreeMap::new() }
    }

    /// The board of a class, and the sheets that do not belong on it.
    pub fn of(class: Class) -> (Self, Vec<(ResultSheet, Refusal)>) {
        let mut board = Self::new(class.pack);
        let mut refused = Vec::new();
        for sheet in class.sheets {
            refused.extend(board.add(sheet.clone()).err().map(|refusal| (sheet, refusal)));
        }
        (board, refused)
    }

    /// The class of the board, to hand it on.
    pub fn class(&self) -> Class {
        Class { pack: self.pack.clone(), sheets: self.sheets.values().cloned().collect() }
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

    /// Adds the sheets of another board of the same pack.
    ///
    /// # Errors
    /// It is of another pack; this board is as it was.
    pub fn join(&mut self, other: &Self) -> Result<(), Refusal> {
        if other.pack.id != self.pack.id {
            return Err(Refusal::OtherPack { pack: other.pack.id });
        }
        if other.edition != self.edition {
            return Err(Refusal::OtherEdition);
        }
        other.sheets.values().try_for_each(|sheet| self.add(sheet.clone()).map(|_| ()))
    }

    /// Takes a person's sheet off the board.
    pub fn remove(&mut self, person: &Person) -> Option<ResultSheet> {
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
            points: self.pack.points(sheet),
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
        Spread::of(points).filter(|_| self.pack.tasks.iter().any(Task::is_scored))
    }

    /// The spread of the scores of the task at this place, over those who did it.
    pub fn spread_of(&self, task: u16) -> Option<Spread> {
        Spread::of(self.outcomes(task).filter_map(|(.., outcome)| self.pack.score(outcome)).map(f64::from))
    }

    /// The best results of the task at this place: all with the highest score, the quickest first.
    pub fn best_of(&self, task: u16) -> Vec<(&Person, &ResultSheet, &Outcome)> {
        let best = self.outcomes(task).filter_map(|(.., outcome)| self.pack.score(outcome)).max();
        let is_best = |outcome: &Outcome| best.is_some() && self.pack.score(outcome) == best;
        let mut found: Vec<_> = self.outcomes(task).filter(|(.., outcome)| is_best(outcome)).collect();
        found.sort_by_key(|(.., outcome)| outcome.seconds);
        found
    }
}
