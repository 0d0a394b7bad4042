//! What stands on a certificate.

use super::{Board, Person, Task};
use crate::{codec::content::Language, model::Date};

/// A certificate for somebody who worked through a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct Certificate {
    /// Whose it is: a name, or a code name.
    pub name: String,
    /// What the pack is called.
    pub pack: String,
    /// The day that stands on it.
    pub on: Date,
    /// The points reached.
    pub points: u32,
    /// The most that there were.
    pub most: u32,
    /// What was done, in the order of the pack, with its score.
    pub done: Vec<(Task, Option<u8>)>,
    /// How many tasks the pack has.
    pub tasks: usize,
}

impl Certificate {
    /// The share of the points that was reached, 0–1; `None` when the pack gives none.
    pub fn share(&self) -> Option<f64> {
        (self.most > 0).then(|| f64::from(self.points) / f64::from(self.most))
    }
}

/// The certificate of somebody on a board; `None` for who is not there, and when nothing was done, for an empty one says nothing good.
/// `on` is the day where the class is: a sheet only knows its moment.
///
/// ```
/// use loudou::{codec::content::Language, model::Date, training::class::{Board, Sitting, Outcome, Pack, Task, certificate}};
///
/// let tasks = vec![Task::JobFair { seed: None }, Task::Drill { level: 1, seed: None }];
/// let pack = Pack { tasks, ..Pack::new(7.into(), "Monday", 4) };
/// let now = "2026-11-27T08:30:00Z".parse().unwrap();
/// let mut sitting = Sitting::new(pack, "王芳", 47, now);
/// let (on, person) = (Date::from_ymd_opt(2026, 11, 27).unwrap(), sitting.sheet.person());
/// assert_eq!(certificate(&Board::of(sitting.class()).0, &person, on, Language::Chinese), None);
/// sitting.record(Outcome { task: 1, score: Some(80), ..Outcome::default() }, now).unwrap();
/// let made = certificate(&Board::of(sitting.class()).0, &person, on, Language::Chinese).unwrap();
/// assert_eq!((made.name.as_str(), made.points, made.most, made.share()), ("王芳", 80, 200, Some(0.4)));
/// assert_eq!(made.done, [(Task::Drill { level: 1, seed: None }, Some(80))]);
/// ```
pub fn certificate(board: &Board, person: &Person, on: Date, language: Language) -> Option<Certificate> {
    let (pack, sheet) = (board.pack(), board.sheets().get(person)?);
    let of_place = |(place, task): (u16, &Task)| {
        let outcome = sheet.outcome(place)?;
        Some((task.clone(), board.score(person, outcome)))
    };
    let done: Vec<_> = (0..).zip(&pack.tasks).filter_map(of_place).collect();
    (!done.is_empty()).then(|| Certificate {
        name: sheet.shown(false, language),
        pack: pack.title.clone(),
        on,
        points: done.iter().filter_map(|(_, score)| *score).map(u32::from).sum(),
        most: board.most(),
        done,
        tasks: pack.tasks.len(),
    })
}
