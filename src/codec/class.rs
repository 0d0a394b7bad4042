//! What a trainer gives out and what comes back: a [pack](Pack) of tasks, a [sheet](ResultSheet) with somebody's results, and both
//! together as a [class](Class), with the [marks](Mark) for answers in words.
//!
//! Each of them is a file, `{"format": "loudou-pack", "version": 1, "pack": {…}}`, `{"format": "loudou-result", …, "result": {…}}` and
//! `{"format": "loudou-class", …, "class": {…}}`, in the manner of the [document](super::document): keys in a fixed order, problems
//! noted with their places, which begin inside the pack, the result or the class. And each is a [code](code): the same in one line that
//! can be pasted or stand in a link.
//!
//! Marks came with version 2. A class with any says 2, so that an older program refuses it rather than lose them; everything else says 1
//! and opens everywhere.
//!
//! What the tasks are is data, a kind and what tells one of the kind from another. What a task is played with knows its kind; nothing
//! here does.

pub mod code;
mod form;
mod mark;
mod pack;
mod sheet;

pub use mark::{Mark, words_check};
pub use pack::{Company, Pack, Task};
pub use sheet::{Outcome, Person, ResultSheet};

use super::document::{
    DocumentError, Problem, ProblemKind, Severity,
    form::{Form, Within},
    node::Node,
    reader::Reader,
    tree_of_any,
    writer::Writer,
};

/// The words that tell packs, results and classes from other JSON.
pub const FORMATS: [&str; 3] = ["loudou-pack", "loudou-result", "loudou-class"];
/// The newest version that can be read.
pub const VERSION: u32 = 2;
/// The version of what has no marks.
const UNMARKED: u32 = 1;
/// More tasks no pack has.
pub const TASKS: u32 = 100;
/// More sheets no class has.
pub const SHEETS: usize = 2_000;
/// More marks no class has: each sheet could have ten questions.
pub const MARKS: usize = 20_000;

/// The keys under which they stand in their files.
const KEYS: [&str; 3] = ["pack", "result", "class"];

/// A pack with the sheets that came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// What was given out.
    pub pack: Pack,
    /// What came back.
    pub sheets: Vec<ResultSheet>,
    /// What was given for answers in words, one for each question of a person at the most.
    pub marks: Vec<Mark>,
}

/// One of what trainers and trainees hand to each other.
#[derive(Clone, Debug, PartialEq)]
pub enum Paper {
    /// Tasks.
    Pack(Box<Pack>),
    /// Results.
    Result(Box<ResultSheet>),
    /// Both.
    Class(Box<Class>),
}

impl Paper {
    /// The file of it, as people read it.
    ///
    /// ```
    /// use loudou::codec::class::{Pack, Paper, read};
    ///
    /// let pack = Paper::Pack(Box::new(Pack::new(7.into(), "Monday", 4)));
    /// assert_eq!(read(pack.file().as_bytes()), Ok((pack, Vec::new())));
    /// ```
    pub fn file(&self) -> String {
        self.write(Writer::readable(0))
    }

    /// The file of it on one line without blanks.
    fn dense(&self) -> String {
        self.write(Writer::dense(0))
    }

    fn version(&self) -> u32 {
        match self {
            Self::Class(class) if !class.marks.is_empty() => VERSION,
            _ => UNMARKED,
        }
    }

    fn write(&self, mut out: Writer) -> String {
        let place = match self {
            Self::Pack(_) => 0,
            Self::Result(_) => 1,
            Self::Class(_) => 2,
        };
        let word = |words: [&'static str; 3]| words.get(place).copied().unwrap_or_default();
        out.object(|out| {
            out.word("format", word(FORMATS));
            out.field("version", &self.version(), Within(1, VERSION));
            out.key(word(KEYS));
            match self {
                Self::Pack(pack) => pack.write(out),
                Self::Result(sheet) => sheet.write(out),
                Self::Class(class) => class.write(out),
            }
        });
        out.finish()
    }
}

/// Whether bytes begin like the file of a pack, a result or a class; says nothing of the rest.
///
/// ```
/// use loudou::codec::class::{Pack, Paper, is_paper};
///
/// assert!(is_paper(Paper::Pack(Box::new(Pack::new(7.into(), "Monday", 4))).file().as_bytes()));
/// assert!(!is_paper(br#"{"format": "loudou", "version": 1}"#));
/// ```
pub fn is_paper(bytes: &[u8]) -> bool {
    // The format is the first word that is written; programs that sort keys leave it among the first.
    let start = String::from_utf8_lossy(bytes.get(..bytes.len().min(256)).unwrap_or_default());
    FORMATS.iter().any(|format| start.contains(&format!("\"{format}\"")))
}

/// Reads the file of a pack, a result or a class; with what was left out.
///
/// # Errors
/// Why it cannot be read; [`DocumentError::Problems`] lists all that is wrong in it.
pub fn read(bytes: &[u8]) -> Result<(Paper, Vec<Problem>), DocumentError> {
    let (place, node) = tree_of_any(bytes, FORMATS, VERSION)?;
    let mut reader = Reader::new(0, None, Severity::Error);
    let key = KEYS.get(place).copied().unwrap_or_default();
    let paper = reader.object(node, |fields, reader| {
        // The format was looked at before; taking it out makes it known.
        fields.node("format");
        let version: Option<u32> = fields.take("version", Within(1, VERSION), reader);
        let Some(node) = fields.node(key) else {
            return reader.under(key, |reader| reader.refuse(ProblemKind::Missing));
        };
        let paper = match place {
            0 => boxed(node, reader).map(Paper::Pack),
            1 => boxed(node, reader).map(Paper::Result),
            _ => boxed(node, reader).map(Paper::Class),
        };
        version.and(paper)
    });
    match paper {
        Some(paper) if !reader.failed() => Ok((paper, reader.finish())),
        _ => Err(DocumentError::Problems(reader.finish())),
    }
}

fn boxed<T: Form>(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Box<T>> {
    T::read(node, reader).map(Box::new)
}
