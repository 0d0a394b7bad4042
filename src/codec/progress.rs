//! What somebody learnt, as it is kept in the browser: `{"format": "loudou-learning", "version": 1, "lessons": […], "attempts": […]}`.

use super::document::{
    DocumentError,
    form::{Named, Plain, Within, object_form, record, words},
    reader::Reader,
    tree,
    writer::Writer,
};
use crate::training::progress::{Attempt, Exercise, Progress, Reached};

/// The word that tells it from other JSON.
const FORMAT: &str = "loudou-learning";
/// The version that is written, and the newest that can be read.
const VERSION: u32 = 1;

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
/// use loudou::{codec::progress::{decode, encode}, training::progress::Progress};
/// let mut progress = Progress::default();
/// progress.turn("weights", 2, false);
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
    use crate::model::Date;

    #[test]
    fn says_what_it_read() {
        let mut progress = Progress::default();
        progress.turn("sticks", 4, true);
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
}
