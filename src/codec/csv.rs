//! CSV import: from the bytes of somebody's export to records, with every guess on the table.
//!
//! [`read`] turns bytes into a [`Sheet`]: rows of cells with their lines in the file, and a [`FileShape`] that says what is
//! believed about encoding, dialect, header, columns, each belief with its reason. A [`Reading`] carries what the user decided
//! instead.
//!
//! Nothing here knows the browser, a clock or chance. Nothing is dropped in silence: a line of the file is a row of data or in
//! [`FileShape::skipped`].

mod column;
mod date;
mod dialect;
mod encoding;
mod header;
mod name;
mod number;
mod rows;
mod shape;
mod sheet;

pub use column::parse_boolean;
pub use date::{DateError, DateOrder, Moment, parse_date};
pub use encoding::{Decoded, Encoding, FileFormat, LARGEST_FILE, Refusal, decode};
pub use header::{Expected, Field, field_of};
pub use name::{NameIndex, NameKind, NearMiss, normalise_company, normalise_name};
pub use number::{Decimal, DecimalMark, NumberError, parse_number};
pub use rows::Row;
pub use shape::{
    ColumnChoice, ColumnShape, Dialect, DialectReason, EncodingReason, FileShape, Guess, HeaderReason, Kind, KindReason,
    Reading, SkipReason, SkippedLine,
};
pub use sheet::{Sheet, read};
