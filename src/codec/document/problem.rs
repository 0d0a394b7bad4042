//! What can be wrong with a document, and where.

use std::fmt;

use crate::model::{HistoryFault, RecordKind, Rejection};

/// Whether a problem keeps the document from being opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document opens; the problem is worth knowing.
    Warning,
    /// The document does not open.
    Error,
}

/// One thing that is wrong at one place of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Problem {
    /// The place, such as `customers[12].contacts[0].phone`, counted from 0; empty for the whole.
    pub path: String,
    /// Whether it keeps the document from being opened.
    pub severity: Severity,
    /// What it is.
    pub kind: ProblemKind,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path, self.kind)
    }
}

/// The kind of JSON value that belongs at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Shape {
    /// `"…"`
    Text,
    /// `12.5`
    Number,
    /// `true` or `false`
    Truth,
    /// `[…]`
    List,
    /// `{…}`
    Object,
}

/// What is wrong.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ProblemKind {
    /// A value that cannot be left out is not there.
    #[error("is missing")]
    Missing,
    /// Another kind of JSON value belongs here.
    #[error("should be a JSON {0:?}")]
    Shape(Shape),
    /// Not an identifier of 26 characters.
    #[error("is not an identifier of 26 characters")]
    Id,
    /// Not a date `YYYY-MM-DD`.
    #[error("is not a date YYYY-MM-DD")]
    Date,
    /// Not a time such as `2026-11-23T08:30:00Z`.
    #[error("is not a time such as 2026-11-23T08:30:00Z")]
    Time,
    /// Not a decimal amount, more places than the currency has, or out of bounds.
    #[error("is not an amount with at most {digits} places after the point")]
    Money {
        /// The places that the currency has.
        digits: u32,
    },
    /// Not a percentage from 0 to 100 with at most two places after the point.
    #[error("is not a percentage from 0 to 100 with at most two places after the point")]
    Share,
    /// Not a currency code of three capital letters.
    #[error("is not a currency code of three capital letters")]
    Currency,
    /// Not a whole number within the bounds.
    #[error("is not a whole number from {min} to {max}")]
    Range {
        /// The least.
        min: u32,
        /// The greatest.
        max: u32,
    },
    /// Not one of the words that may stand here.
    #[error("is none of the words that may stand here")]
    Word,
    /// A name or title without a letter.
    #[error("is blank")]
    Blank,
    /// A model without stages.
    #[error("needs at least one stage")]
    NoStage,
    /// The same key or identifier stood before.
    #[error("stands twice")]
    Twice,
    /// More elements than a list of this kind may have.
    #[error("has more than {max} elements")]
    TooMany {
        /// The greatest number.
        max: usize,
    },
    /// Not the sum of what it was made from: something was changed after it was written.
    #[error("does not fit the rest")]
    Check,
    /// A column of stored records has more or fewer values than the records need.
    #[error("has more or fewer values than there are records")]
    Uneven,
    /// Nothing that this version of the document knows.
    #[error("is not part of this version and will be left out")]
    Unknown,
    /// It names a record that is not there.
    #[error("names a {0:?} that is not there")]
    Dangling(RecordKind),
    /// A department inside itself, or a customer that referred itself.
    #[error("would make a {0:?} part of itself")]
    Circle(RecordKind),
    /// This event cannot follow those before it.
    #[error("cannot follow the events before it: {0}")]
    History(HistoryFault),
    /// A rule of the model refuses the records together.
    #[error("is refused: {0}")]
    Refused(Rejection),
    /// So many more problems were found than are listed.
    #[error("has {0} more problems")]
    More(usize),
}
