//! What somebody learnt in this browser: how far each lesson has come, and every exercise with its score.

use crate::model::Date;

/// The most attempts that are kept; the oldest go first.
pub const KEPT: usize = 500;

/// A kind of exercise.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Exercise {
    /// A lesson, read to its end.
    Lesson,
    /// A round of match-sticks.
    Sticks,
    /// A round of the job fair.
    JobFair,
    /// A sick funnel.
    Drill,
    /// A round of the forecast contest.
    Contest,
    /// A year in the simulator.
    Simulator,
}

/// An exercise that was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attempt {
    /// The day.
    pub on: Date,
    /// Its kind.
    pub exercise: Exercise,
    /// Which of them: the name of a lesson, or a seed with a level.
    pub key: String,
    /// 0–100.
    pub score: u8,
    /// How long it took, in seconds.
    pub seconds: u32,
    /// More about it, for the exercise itself to read: for the contest and the simulator, what was decided.
    pub details: String,
}

/// How far a lesson has come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reached {
    /// The name of the lesson.
    pub lesson: String,
    /// The screen that is read next, the first one 0.
    pub screen: u16,
    /// Whether it was read to its end, once or more.
    pub done: bool,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Lessons that were begun, in the order in which they were.
    pub lessons: Vec<Reached>,
    /// What was done, the oldest first.
    pub attempts: Vec<Attempt>,
}

impl Progress {
    /// How far a lesson has come; `None` before it was begun.
    pub fn reached(&self, lesson: &str) -> Option<&Reached> {
        self.lessons.iter().find(|reached| reached.lesson == lesson)
    }

    /// Notes the screen of a lesson that is read next. What was done stays done.
    ///
    /// ```
    /// use loudou::training::progress::Progress;
    /// let mut progress = Progress::default();
    /// progress.turn("weights", 3, false);
    /// progress.turn("weights", 0, true);
    /// progress.turn("weights", 1, false);
    /// let reached = progress.reached("weights").unwrap();
    /// assert_eq!((reached.screen, reached.done), (1, true));
    /// ```
    pub fn turn(&mut self, lesson: &str, screen: u16, done: bool) {
        match self.lessons.iter_mut().find(|reached| reached.lesson == lesson) {
            Some(reached) => {
                reached.screen = screen;
                reached.done |= done;
            }
            None => self.lessons.push(Reached { lesson: lesson.to_owned(), screen, done }),
        }
    }

    /// Adds what was done.
    pub fn record(&mut self, attempt: Attempt) {
        self.attempts.push(attempt);
        let over = self.attempts.len().saturating_sub(KEPT);
        self.attempts.drain(..over);
    }

    /// The attempts at a kind of exercise, the oldest first.
    pub fn of(&self, exercise: Exercise) -> impl DoubleEndedIterator<Item = &Attempt> {
        self.attempts.iter().filter(move |attempt| attempt.exercise == exercise)
    }

    /// The best score at a kind of exercise, 0–100; `None` before the first attempt.
    pub fn best(&self, exercise: Exercise) -> Option<u8> {
        self.of(exercise).map(|attempt| attempt.score).max()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attempt(exercise: Exercise, score: u8) -> Attempt {
        Attempt {
            on: Date::from_ymd_opt(2026, 11, 23).unwrap(),
            exercise,
            key: "1".to_owned(),
            score,
            seconds: 60,
            details: String::new(),
        }
    }

    #[test]
    fn the_best_counts_and_the_oldest_go() {
        let mut progress = Progress::default();
        assert_eq!(progress.best(Exercise::Drill), None);
        progress.record(attempt(Exercise::Drill, 90));
        progress.record(attempt(Exercise::Contest, 99));
        assert_eq!(progress.best(Exercise::Drill), Some(90));
        for _ in 0..KEPT {
            progress.record(attempt(Exercise::Drill, 40));
        }
        assert_eq!((progress.attempts.len(), progress.best(Exercise::Drill)), (KEPT, Some(40)));
        assert_eq!(progress.best(Exercise::Contest), None);
    }
}
