//! What the importer believes about a file, each belief with its reason, and what the user decided instead.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{DateOrder, DecimalMark, Encoding, Field};

/// A belief and the reason for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Guess<T, R> {
    /// What is believed.
    pub value: T,
    /// Why.
    pub reason: R,
}

/// Why an [`Encoding`] is believed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum EncodingReason {
    /// The user said so.
    Chosen,
    /// The file begins with its mark.
    ByteOrderMark,
    /// Every other byte of Latin letters is NUL.
    NulPattern,
    /// The bytes follow UTF-8's rules, which other text hardly does by accident.
    ValidUtf8,
    /// The bytes above ASCII come in Chinese pairs.
    ChinesePairs,
    /// Nothing else fits, and every byte means something here.
    LastResort,
}

/// How cells are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dialect {
    /// Stands between cells: `,` `;` `|` or a tab.
    pub delimiter: char,
    /// Stands around cells that contain the delimiter: `"` or `'`.
    pub quote: char,
}

/// Why a [`Dialect`] is believed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum DialectReason {
    /// The user said so.
    Chosen,
    /// The file's first line says `sep=`.
    Declared,
    /// So many of a hundred rows have the same number of cells.
    SameWidth {
        /// Rows of a hundred.
        percent: u8,
        /// Cells in each.
        columns: usize,
    },
    /// No delimiter occurs: the file has one column.
    OneColumn,
}

/// What a table was read from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Origin {
    /// A text.
    Text {
        /// How bytes stand for characters.
        encoding: Guess<Encoding, EncodingReason>,
        /// How cells are told apart.
        dialect: Guess<Dialect, DialectReason>,
    },
    /// A sheet of a workbook.
    Workbook {
        /// The names of all its sheets, in its order.
        sheets: Vec<String>,
        /// The place of the one that was read.
        sheet: Guess<usize, SheetReason>,
    },
}

impl Origin {
    /// The name of the sheet, where the workbook has several.
    pub fn sheet(&self) -> Option<&str> {
        match self {
            Self::Workbook { sheets, sheet } if sheets.len() > 1 => sheets.get(sheet.value).map(String::as_str),
            _ => None,
        }
    }
}

/// Why a sheet of a workbook is believed to be the one that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SheetReason {
    /// The user said so.
    Chosen,
    /// There is no other.
    Only,
    /// It is the first whose columns have known names.
    KnownNames,
    /// It is the first with rows of data.
    FirstWithRows,
}

/// Why the header is believed to be where it is, or not to be there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HeaderReason {
    /// The user said so.
    Chosen,
    /// So many of its names are known.
    KnownNames {
        /// How many.
        count: usize,
    },
    /// It has no numbers or dates where the rows below have some, or no value that occurs again.
    UnlikeData,
    /// The first row has numbers, dates or values that occur again below: it is data.
    LikeData,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Kind {
    /// Nothing at all.
    Empty,
    /// Words and identifiers.
    Text,
    /// Numbers with this decimal mark.
    Number(DecimalMark),
    /// Dates in this order.
    Date(DateOrder),
    /// Yes or no.
    Boolean,
}

/// Why a [`Kind`] is believed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum KindReason {
    /// The user said so.
    Chosen,
    /// So many of the filled cells read that way, and no other reading does better.
    Cells {
        /// How many read that way.
        matching: usize,
        /// How many are filled.
        filled: usize,
    },
    /// Every cell can be read in two ways with different values; this one is the likelier. The page asks.
    Ambiguous {
        /// What the cells are as well.
        other: Kind,
    },
    /// The column of this name holds identifiers, which must keep every digit.
    Identifier,
    /// The column of this name holds words, whatever they look like.
    Named,
}

/// What a column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Meaning {
    /// A field of the records.
    Field(Field),
    /// A field of the user's own that has the column's name.
    Own,
    /// Nothing: the column is left out.
    LeftOut,
}

impl Meaning {
    /// The field of the records that the column fills.
    pub fn field(self) -> Option<Field> {
        if let Self::Field(field) = self { Some(field) } else { None }
    }
}

/// One column of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnShape {
    /// Its name as written; empty when the file has no header.
    pub header: String,
    /// What its name says that it means.
    pub meaning: Meaning,
    /// What it holds.
    pub kind: Guess<Kind, KindReason>,
    /// How many cells are filled.
    pub filled: usize,
    /// The first filled cells, at most three.
    pub sample: Vec<String>,
}

/// Why a line is no row of data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum SkipReason {
    /// `sep=;`
    Separator,
    /// A title above the header.
    Title,
    /// The header.
    Header,
    /// The header once more.
    RepeatedHeader,
    /// Cells, all empty.
    Blank,
    /// Totals, copyright and the like below the data.
    Footer,
}

/// A line that is no row of data.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedLine {
    /// Its number in the file or sheet, from 1.
    pub line: u32,
    /// Why it is none.
    pub reason: SkipReason,
    /// How it begins.
    pub text: String,
}

/// Everything believed about a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileShape {
    /// What it was read from.
    pub origin: Origin,
    /// Lines with bytes that mean nothing in the encoding.
    pub replaced: Vec<u32>,
    /// The line of the header; `None` when the file has none.
    pub header: Guess<Option<u32>, HeaderReason>,
    /// The columns, left to right.
    pub columns: Vec<ColumnShape>,
    /// How many rows of data there are.
    pub rows: usize,
    /// Lines that are no rows of data, in the order of the file.
    pub skipped: Vec<SkippedLine>,
    /// The line where a quote opens that nothing closes, so that the rest of the file became one cell.
    pub open_quote: Option<u32>,
}

/// What the user decided about a column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChoice {
    /// What it holds.
    pub kind: Option<Kind>,
    /// What it means.
    pub meaning: Option<Meaning>,
}

/// What the user decided about a file; whatever is `None` is guessed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// How bytes stand for characters.
    pub encoding: Option<Encoding>,
    /// How cells are told apart.
    pub dialect: Option<Dialect>,
    /// Which sheet of a workbook, by its place from 0.
    pub sheet: Option<usize>,
    /// The line of the header, or `Some(None)` for a file without one.
    pub header: Option<Option<u32>>,
    /// Columns, by their place from 0.
    pub columns: BTreeMap<usize, ColumnChoice>,
}
