//! Somebody on the way through a pack.

use super::{Class, Outcome, Pack, ResultSheet, Task};
use crate::{
    codec::progress::Exercise,
    model::Timestamp,
    training::{drill, matches},
};

/// A pack that somebody opened, with what has been done of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Sitting {
    /// The pack.
    pub pack: Pack,
    /// What was done.
    pub sheet: ResultSheet,
}

/// The time was over before the result came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the time was over {seconds} seconds before")]
pub struct Late {
    /// How long before.
    pub seconds: i64,
}

impl Sitting {
    /// Opens a pack. `code` is a number drawn for this occasion; a pack whose people work under code names forgets the name.
    pub fn new(pack: Pack, name: &str, code: u32, now: Timestamp) -> Self {
        let sheet = ResultSheet::new(&pack, name, code, now);
        Self { pack, sheet }
    }

    /// The sitting that was kept as a class with one sheet; `None` when it is none or the sheet answers another pack.
    pub fn kept(class: Class) -> Option<Self> {
        let Class { pack, mut sheets, .. } = class;
        let sheet = sheets.pop().filter(|sheet| sheets.is_empty() && sheet.pack == pack.id)?;
        Some(Self { pack, sheet })
    }

    /// The sitting as a class with one sheet, to keep it.
    pub fn class(&self) -> Class {
        Class { pack: self.pack.clone(), sheets: vec![self.sheet.clone()], marks: Vec::new() }
    }

    /// How many seconds are left, negative when the time is over; `None` without a limit.
    pub fn seconds_left(&self, now: Timestamp) -> Option<i64> {
        let limit = i64::from(self.pack.minutes?) * 60;
        Some(limit - (now - self.sheet.started).num_seconds())
    }

    /// Adds the result of a task. Games and drills show their answer, so the first try counts; of lessons and years in the simulator the
    /// best one, of equals the first: practice is what they are for. Answers in words are replaced by the last, and the rounds of a
    /// contest are taken one by one. Whether it was taken; a task that the pack does not have is not.
    ///
    /// # Errors
    /// The time is over.
    ///
    /// ```
    /// use loudou::training::class::{Sitting, Outcome, Pack, Task};
    ///
    /// let tasks = vec![Task::Lesson { lesson: "funnel".into() }];
    /// let pack = Pack { tasks, minutes: Some(30), ..Pack::new(7.into(), "Monday", 4) };
    /// let at = |time: &str| format!("2026-11-27T{time}:00Z").parse().unwrap();
    /// let mut sitting = Sitting::new(pack, "王芳", 47, at("08:30"));
    /// let scored = |score| Outcome { score: Some(score), ..Outcome::default() };
    /// assert_eq!(sitting.record(scored(60), at("08:40")), Ok(true));
    /// assert_eq!(sitting.record(scored(50), at("08:50")), Ok(false));
    /// assert_eq!(sitting.seconds_left(at("08:50")), Some(600));
    /// assert_eq!(sitting.record(scored(90), at("09:01")).unwrap_err().seconds, 60);
    /// assert_eq!(sitting.sheet.outcome(0).unwrap().score, Some(60));
    /// ```
    pub fn record(&mut self, outcome: Outcome, now: Timestamp) -> Result<bool, Late> {
        if let Some(seconds) = self.seconds_left(now).filter(|seconds| *seconds < 0) {
            return Err(Late { seconds: -seconds });
        }
        let earlier = self.sheet.outcome(outcome.task);
        let taken = match self.pack.tasks.get(usize::from(outcome.task)) {
            Some(Task::Contest { rounds, .. }) => after_round(earlier, outcome, *rounds),
            Some(task) => counts(task, earlier, &outcome).then_some(outcome),
            None => None,
        };
        let Some(outcome) = taken else { return Ok(false) };
        self.sheet.outcomes.retain(|earlier| earlier.task != outcome.task);
        self.sheet.outcomes.push(outcome);
        self.sheet.outcomes.sort_unstable_by_key(|outcome| outcome.task);
        self.sheet.finished = now;
        Ok(true)
    }

    /// The result of a task that an exercise is which somebody did, wherever on the page; `None` when no task of the pack asks for it.
    /// It must be the one that everybody in the class does: its `key` names the lesson, or the scenario or the level and holds the
    /// seed among its numbers. The rounds of a contest have one seed after the other.
    ///
    /// ```
    /// use loudou::{codec::progress::Exercise, training::class::{Pack, Sitting, Task}};
    ///
    /// let tasks = vec![Task::JobFair { seed: None }, Task::Drill { level: 1, seed: Some(77) }];
    /// let now = "2026-11-27T08:30:00Z".parse().unwrap();
    /// let sitting = Sitting::new(Pack { tasks, ..Pack::new(7.into(), "Monday", 4) }, "王芳", 47, now);
    /// let heard = |exercise, key| sitting.heard(exercise, key, 80, 60);
    /// let outcome = heard(Exercise::Drill, "clear-77").unwrap();
    /// assert_eq!((outcome.task, outcome.score), (1, Some(80)));
    /// assert_eq!(heard(Exercise::Drill, "clear-78"), None);
    /// assert_eq!(heard(Exercise::Drill, "faint-77"), None);
    /// assert_eq!(heard(Exercise::Contest, "77"), None);
    /// ```
    pub fn heard(&self, exercise: Exercise, key: &str, score: u8, seconds: u32) -> Option<Outcome> {
        let place = |place: u16| {
            let task = self.pack.tasks.get(usize::from(place)).filter(|task| exercise_of(task) == Some(exercise))?;
            let mut outcome = Outcome { task: place, score: Some(score), seconds, ..Outcome::default() };
            let of = |name: &str| key.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '-']));
            let rounds = match task {
                Task::Lesson { lesson } => return (key == lesson).then_some(outcome),
                Task::Simulator { scenario, .. } if !of(scenario) => return None,
                Task::Matches { level, .. } if !of(matches::Level::nth(*level).code()) => return None,
                Task::Drill { level, .. } if !of(drill::Level::nth(*level).code()) => return None,
                Task::Contest { rounds, .. } => *rounds,
                _ => 1,
            };
            let seed = u64::from(self.pack.seed_of(place));
            let numbers =
                key.split(|sign: char| !sign.is_ascii_digit()).filter_map(|number| number.parse::<u64>().ok());
            let round =
                numbers.filter_map(|number| number.checked_sub(seed)).find(|round| *round < u64::from(rounds))?;
            if matches!(task, Task::Contest { .. }) {
                outcome.details.insert(ROUND.to_owned(), (round + 1).to_string());
            }
            Some(outcome)
        };
        (0..).take(self.pack.tasks.len()).find_map(place)
    }

    /// Whether every task has a result.
    pub fn is_complete(&self) -> bool {
        self.sheet.outcomes.len() >= self.pack.tasks.len()
    }
}

/// Whether a try takes the place of the one before: what shows its answer counts once, of lessons and years the best counts, and an answer
/// in words can be changed.
fn counts(task: &Task, earlier: Option<&Outcome>, later: &Outcome) -> bool {
    let shows_its_answer = matches!(task, Task::Matches { .. } | Task::JobFair { .. } | Task::Drill { .. });
    earlier.is_none_or(|earlier| !shows_its_answer && (later.score.is_none() || later.score > earlier.score))
}

/// The name under which a round of a contest says which one it is.
const ROUND: &str = "round";

/// The outcome of a contest after one more round: each counts once, the first time that it is played, and those that are not played
/// yet count nothing. `None` when it does not count.
fn after_round(earlier: Option<&Outcome>, round: Outcome, rounds: u8) -> Option<Outcome> {
    let mut outcome = earlier.cloned().unwrap_or(Outcome { task: round.task, ..Outcome::default() });
    let number: u8 = round.details.get(ROUND)?.parse().ok().filter(|number| (1..=rounds).contains(number))?;
    if outcome.details.contains_key(&number.to_string()) {
        return None;
    }
    outcome.details.insert(number.to_string(), round.score.unwrap_or_default().to_string());
    let sum: u32 = outcome.details.values().filter_map(|score| score.parse::<u32>().ok()).sum();
    outcome.score = u8::try_from((sum + u32::from(rounds) / 2) / u32::from(rounds)).ok();
    outcome.seconds = outcome.seconds.saturating_add(round.seconds);
    Some(outcome)
}

/// The exercise that a task is; `None` for an answer in words.
const fn exercise_of(task: &Task) -> Option<Exercise> {
    Some(match task {
        Task::Lesson { .. } => Exercise::Lesson,
        Task::Matches { .. } => Exercise::Sticks,
        Task::JobFair { .. } => Exercise::JobFair,
        Task::Drill { .. } => Exercise::Drill,
        Task::Contest { .. } => Exercise::Contest,
        Task::Simulator { .. } => Exercise::Simulator,
        Task::Look { .. } => return None,
    })
}
