//! Import of tables, CSV and XLSX: from the bytes of somebody's export to records, with every guess on the table.
//!
//! [`read`] turns bytes into a [`Sheet`]: rows of cells with their lines in the file, and a [`FileShape`] that says what is
//! believed about encoding, dialect or sheet, about header and columns, each belief with its reason. A [`Reading`] carries what the user decided
//! instead. [`plan`] makes of one or more sheets, the [`Options`] the user chose and the workspace an [`Import`]: the one command
//! that does it, and the [`Summary`] of what it will do, counted from the very records of the command.
//!
//! What is here already is not added again: people, products and customers are known by their names, deals by their ids in the file or else
//! by title, customer and first day. What the file says anew is brought into them.
//!
//! Nothing here knows the browser, a clock or chance. Nothing is dropped in silence: a line of the file is a row of data or in
//! [`FileShape::skipped`], and a row is imported or listed as a [`Problem`] or left out by the user.

mod build;
mod changes;
mod column;
mod date;
mod deals;
mod dialect;
mod encoding;
mod header;
mod masters;
mod memory;
mod name;
mod number;
mod plan;
mod renew;
mod roster;
mod rows;
mod shape;
mod sheet;
mod source;
mod stages;
mod target;
mod workbook;

pub use build::plan;
pub use column::parse_boolean;
pub use date::{DateError, DateOrder, Moment, parse_date};
pub use encoding::{Decoded, Encoding, FileFormat, LARGEST_FILE, Measure, Refusal, decode};
pub use header::{Expected, Field, field_of};
pub use memory::{Memory, Remembered, layout};
pub use name::{NameIndex, NameKind, NearMiss};
pub use number::{Decimal, DecimalMark, NumberError, parse_number};
pub use plan::{
    Cleaned, Counts, FileKind, FileSummary, Import, Joined, NameChoice, NameQuestion, OnKnown, OnProblem, Options,
    Problem, ProblemKind, Sample, SourceFile, StageChoice, StageSummary, StageValue, Stopped, Summary, Total,
};
pub use rows::Row;
pub use shape::{
    ColumnChoice, ColumnShape, Dialect, DialectReason, EncodingReason, FileShape, Guess, HeaderReason, Kind,
    KindReason, Meaning, Origin, Reading, SheetReason, SkipReason, SkippedLine,
};
pub use sheet::{Sheet, read};
pub use stages::{OrderReason, StageRole, role_of};
