//! What somebody learnt in this browser: how far each lesson has come, and every exercise with its score. As it is kept:
//! `{"format": "loudou-learning", "version": 1, "lessons": […], "attempts": […]}`.

use super::document::{
    DocumentError,
    form::{Named, Plain, Within, object_form, record, words},
    reader::Reader,
    tree,
    writer::Writer,
};
use crate::model::Date;

/// The word that tells it from other JSON.
const FORMAT: &str = "loudou-learning";
/// The version that is written, and the newest that can be read.
const VERSION: u32 = 1;

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
    /// What was done on its screens, for the lesson itself to read.
    pub marks: String,
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

    /// Notes the screen of a lesson that is read next, and what was done on its screens. What was done stays done.
    ///
    /// ```
    /// use loudou::codec::progress::Progress;
    /// let mut progress = Progress::default();
    /// progress.turn("weights", 3, "3:v0.v0", false);
    /// progress.turn("weights", 0, "0:v0.v0", true);
    /// progress.turn("weights", 1, "1:v0.v0", false);
    /// let reached = progress.reached("weights").unwrap();
    /// assert_eq!((reached.screen, reached.done), (1, true));
    /// ```
    pub fn turn(&mut self, lesson: &str, screen: u16, marks: &str, done: bool) {
        match self.lessons.iter_mut().find(|reached| reached.lesson == lesson) {
            Some(reached) => {
                reached.screen = screen;
                marks.clone_into(&mut reached.marks);
                reached.done |= done;
            }
            None => self.lessons.push(Reached { lesson: lesson.to_owned(), screen, marks: marks.to_owned(), done }),
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

words!(Exercise {
    Lesson: "lesson",
    Sticks: "sticks",
    JobFair: "jobFair",
    Drill: "drill",
    Contest: "contest",
    Simulator: "simulator",
});

record!(Reached {
    "lesson" => lesson: Named,
    "screen" => screen: Within(0, 999),
    "marks" => marks: Plain,
    "done" => done: Plain,
});
object_form!(Reached);

record!(Attempt {
    "on" => on: Plain,
    "exercise" => exercise: Plain,
    "key" => key: Plain,
    "score" => score: Within(0, 100),
    "seconds" => seconds: Within(0, u32::MAX),
    "details" => details: Plain,
});
object_form!(Attempt);

/// Progress as text.
pub fn encode(progress: &Progress) -> String {
    let mut out = Writer::compact();
    out.object(|out| {
        out.word("format", FORMAT);
        out.field("version", &VERSION, Within(1, VERSION));
        out.field("lessons", &progress.lessons, Plain);
        out.field("attempts", &progress.attempts, Plain);
    });
    out.finish()
}

/// Reads progress.
///
/// ```
/// use loudou::codec::progress::{Progress, decode, encode};
/// let mut progress = Progress::default();
/// progress.turn("weights", 2, "2:v0.r1", false);
/// assert_eq!(decode(&encode(&progress)).unwrap(), progress);
/// ```
///
/// # Errors
/// Why it cannot be read.
pub fn decode(text: &str) -> Result<Progress, DocumentError> {
    let node = tree(text.as_bytes(), FORMAT, VERSION)?;
    let mut reader = Reader::of_draft();
    let read = reader.object(node, |fields, reader| {
        // The format was looked at before; taking it out makes it known.
        fields.node("format");
        let version: Option<u32> = fields.take("version", Within(1, VERSION), reader);
        let lessons: Option<Vec<Reached>> = fields.take("lessons", Plain, reader);
        let attempts: Option<Vec<Attempt>> = fields.take("attempts", Plain, reader);
        version?;
        Some(Progress { lessons: lessons?, attempts: attempts? })
    });
    match read {
        Some(progress) if !reader.failed() => Ok(progress),
        _ => Err(DocumentError::Problems(reader.finish())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_it_read() {
        let mut progress = Progress::default();
        progress.turn("sticks", 4, "4:v0", true);
        for exercise in [
            Exercise::Lesson,
            Exercise::Sticks,
            Exercise::JobFair,
            Exercise::Drill,
            Exercise::Contest,
            Exercise::Simulator,
        ] {
            progress.record(Attempt {
                on: Date::from_ymd_opt(2026, 11, 23).unwrap(),
                exercise,
                key: "7-2".to_owned(),
                score: 100,
                seconds: 3_600,
                details: "{\"p50\":1}".to_owned(),
            });
        }
        assert_eq!(decode(&encode(&progress)).unwrap(), progress);
        let high = encode(&progress).replace("\"score\":100", "\"score\":101");
        assert!(matches!(decode(&high), Err(DocumentError::Problems(_))));
        assert!(decode("{}").is_err());
    }

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
