//! The JSON document, version 1: `{"format": "loudou", "version": 1, "exported": …, "workspace": {…}}`.
//!
//! Readable and in a fixed order: the keys of a record as declared, records by their ids. Amounts are decimal texts in the currency of
//! the workspace, shares are percentages, dates `YYYY-MM-DD`, times RFC 3339 in UTC, identifiers the 26 characters of a ULID. A field
//! whose value goes without saying (nothing known, an empty text or list) is left out, and means that value when it is not there.
//!
//! Reading goes in two steps: the text becomes a tree, the tree becomes records. The second step notes every problem with its place and goes on,
//! so that a person can mend a file in one go. Nothing is repaired in silence: a document with an error does not open; what an
//! open document leaves out is listed as a warning. An error is only what the model itself could not hold, so whatever was written
//! can be read again.
//!
//! Before the workspace a document may say which handing out it is (`"export"`, an id) and which ones its data descends from
//! (`"ancestors"`, ids, newest first): see [`Lineage`]. Both are optional, and no id leads anywhere in the document.

mod deals;
pub(in crate::codec) mod encoding;
pub(in crate::codec) mod form;
mod guides;
mod lineage;
mod market;
mod meetings;
pub(in crate::codec) mod node;
pub(in crate::codec) mod problem;
mod quotas;
pub(in crate::codec) mod reader;
mod records;
#[cfg(not(target_arch = "wasm32"))]
pub(in crate::codec) mod schema;
pub(in crate::codec) mod writer;

use std::collections::BTreeMap;

pub use encoding::Encoding;
use form::{Own, Part, Plain, Within};
pub use lineage::{ANCESTORS, Lineage};
use node::Node;
pub use problem::{Problem, ProblemKind, Severity, Shape};
use reader::{Fields, Known, Reader};
#[cfg(not(target_arch = "wasm32"))]
pub use schema::json_schema;
use writer::Writer;

use crate::model::{
    Batch, Command, Currency, Date, Department, DepartmentId, Profile, RecordKind, Stamp, Timestamp, Workspace,
    WorkspaceId, apply,
};

/// The word that tells a Loudou document from other JSON.
pub const FORMAT: &str = "loudou";
/// The version that is written, and the newest that can be read.
pub const VERSION: u32 = 1;
/// The largest document that is read, in bytes: 256 MiB. A company with 100,000 deals has 109 MiB. The tree of a document takes two to
/// three times its bytes, which a page has.
pub const MAX_BYTES: usize = 256 << 20;

/// A document that opened.
#[derive(Clone, Debug, PartialEq)]
pub struct Decoded {
    /// What it holds.
    pub workspace: Workspace,
    /// When it was written.
    pub exported: Timestamp,
    /// Which handed-out states it comes from.
    pub lineage: Lineage,
    /// Warnings; never an error.
    pub problems: Vec<Problem>,
}

/// Why a file did not open.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum DocumentError {
    /// Nothing but blanks.
    #[error("the file is empty")]
    Empty,
    /// More than [`MAX_BYTES`].
    #[error("the file has {bytes} bytes, more than {limit}")]
    TooLarge {
        /// The size of the file.
        bytes: usize,
        /// The largest size.
        limit: usize,
    },
    /// Not UTF-8.
    #[error("byte {at} is no text")]
    NotText {
        /// The offset of the first bad byte, from 0.
        at: usize,
    },
    /// Not JSON, cut off, or nested more than 128 levels deep.
    #[error("line {line}, column {column}: {message}")]
    NotJson {
        /// The line, from 1.
        line: usize,
        /// The column in bytes, from 1.
        column: usize,
        /// What the parser says, in English.
        message: String,
    },
    /// JSON, but not of the format that was asked for.
    #[error("not a Loudou document")]
    NotLoudou,
    /// Written by a newer release.
    #[error("version {found} is newer than {known}")]
    NewerVersion {
        /// The version of the document.
        found: u32,
        /// The newest version that can be read.
        known: u32,
    },
    /// Errors in the document, and warnings.
    #[error("{} problems", .0.len())]
    Problems(Vec<Problem>),
}

/// The document of a workspace, as people read it, without a word of where it comes from.
pub fn encode(workspace: &Workspace, exported: Timestamp) -> String {
    encode_from(workspace, exported, &Lineage::default())
}

/// The document of a workspace, as people read it, of this lineage.
///
/// ```
/// use loudou::{codec::document::{Lineage, decode, encode_from}, model::{Currency, Profile, Workspace}};
///
/// let workspace = Workspace::new(1.into(), Profile::named("漏斗", Currency::CNY));
/// let lineage = Lineage::new(Some(9.into()), [5.into()]);
/// let document = encode_from(&workspace, "2026-11-26T08:30:00Z".parse().unwrap(), &lineage);
/// assert_eq!(decode(document.as_bytes()).unwrap().lineage, lineage);
/// ```
pub fn encode_from(workspace: &Workspace, exported: Timestamp, lineage: &Lineage) -> String {
    Encoding::of(workspace.clone(), exported, lineage).finish()
}

/// The document of a workspace on one line without blanks.
pub fn encode_dense(workspace: &Workspace, exported: Timestamp) -> String {
    encode_dense_from(workspace, exported, &Lineage::default())
}

/// The document of a workspace on one line without blanks, of this lineage.
pub fn encode_dense_from(workspace: &Workspace, exported: Timestamp, lineage: &Lineage) -> String {
    let out = Writer::dense(workspace.profile.currency.digits());
    Encoding::begin(out, workspace.clone(), exported, lineage).finish()
}

/// Opens a document.
///
/// # Errors
/// Why it does not open; [`DocumentError::Problems`] lists all that is wrong in it.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DocumentError> {
    open(tree(bytes, FORMAT, VERSION)?)
}

/// The tree of a file that says it is of this format, in a version up to `known`.
pub(in crate::codec) fn tree<'t>(bytes: &'t [u8], format: &str, known: u32) -> Result<Node<'t>, DocumentError> {
    tree_of_any(bytes, [format], known).map(|(_, node)| node)
}

/// The tree of a file that says it is of one of these formats, in a version up to `known`; with the place of the format.
pub(in crate::codec) fn tree_of_any<'t, const N: usize>(
    bytes: &'t [u8],
    formats: [&str; N],
    known: u32,
) -> Result<(usize, Node<'t>), DocumentError> {
    if bytes.len() > MAX_BYTES {
        return Err(DocumentError::TooLarge { bytes: bytes.len(), limit: MAX_BYTES });
    }
    let text = std::str::from_utf8(bytes).map_err(|error| DocumentError::NotText { at: error.valid_up_to() })?;
    // Some editors begin a UTF-8 file with a mark.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim().is_empty() {
        return Err(DocumentError::Empty);
    }
    let node = parse(text)?;
    let said = node.get("format").and_then(Node::as_text);
    let Some(format) = formats.iter().position(|format| said == Some(format)) else {
        return Err(DocumentError::NotLoudou);
    };
    if let Some(&Node::Number(found)) = node.get("version")
        && found > f64::from(known)
    {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "saturates, and is shown only")]
        return Err(DocumentError::NewerVersion { found: found as u32, known });
    }
    Ok((format, node))
}

/// The document that stands in another file; its problems are noted with the places where they are there.
pub(in crate::codec) fn inside(node: Node<'_>, reader: &mut Reader<'_>) -> Option<(Workspace, Timestamp)> {
    if node.get("format").and_then(Node::as_text) != Some(FORMAT) {
        return reader.under("format", |reader| reader.refuse(ProblemKind::Word));
    }
    match open(node) {
        Ok(decoded) => {
            reader.adopt(decoded.problems);
            Some((decoded.workspace, decoded.exported))
        }
        Err(DocumentError::Problems(problems)) => {
            reader.adopt(problems);
            None
        }
        // What else can be wrong with a file was looked at before its tree was there.
        Err(_) => reader.refuse(ProblemKind::Shape(Shape::Object)),
    }
}

/// The tree of a JSON text.
pub(in crate::codec) fn parse(text: &str) -> Result<Node<'_>, DocumentError> {
    Node::parse(text).map_err(|error| {
        let (line, column, message) = (error.line(), error.column(), error.to_string());
        let message = message.split(" at line ").next().unwrap_or_default().to_owned();
        DocumentError::NotJson { line, column, message }
    })
}

fn open(node: Node<'_>) -> Result<Decoded, DocumentError> {
    let mut known = Known::default();
    let workspace = node.get("workspace");
    let currency = workspace.and_then(|node| node.get("currency")?.as_text()?.parse::<Currency>().ok());
    if let Some(workspace) = workspace {
        known.gather(workspace);
    }
    // Without a currency there is an error anyway; two places spare the reader errors that are none.
    let mut reader = Reader::new(currency.map_or(2, Currency::digits), Some(&known), Severity::Error);
    let read = reader.object(node, |fields, reader| {
        // The format was looked at before; taking it out makes it known.
        fields.node("format");
        let version: Option<u32> = fields.take("version", Within(1, VERSION), reader);
        let exported: Option<Timestamp> = fields.take("exported", Plain, reader);
        let lineage = Lineage::take(fields, reader);
        let workspace = match fields.node("workspace") {
            Some(node) => reader.object(node, take_workspace),
            None => reader.under("workspace", |reader| reader.refuse(ProblemKind::Missing)),
        };
        version.and(Some((exported?, lineage?, workspace?)))
    });
    match read {
        Some((exported, lineage, (id, profile, batch))) if !reader.failed() => {
            let workspace = Workspace::new(id, profile);
            // No event is recorded by an import, so the stamp leaves no trace.
            let stamp = Stamp { on: Date::default(), at: exported, by: None, seed: id.value() };
            match apply(&workspace, Command::Import(Box::new(batch)), stamp) {
                Ok(change) => {
                    let workspace = workspace.with(&change);
                    return Ok(Decoded { workspace, exported, lineage, problems: reader.finish() });
                }
                Err(rejection) => reader.error(ProblemKind::Refused(rejection)),
            }
        }
        _ => {}
    }
    Err(DocumentError::Problems(reader.finish()))
}

/// The paths of problems begin inside the workspace, where all but five fields are.
fn take_workspace(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<(WorkspaceId, Profile, Batch)> {
    let id = fields.take("id", Own, reader);
    let profile = Profile::take(fields, reader);
    let batch = Batch::take(fields, reader);
    if let Some(batch) = &batch {
        check_departments(&batch.departments, reader);
    }
    Some((id?, profile?, batch?))
}

/// Notes each department that is inside itself.
fn check_departments(departments: &[Department], reader: &mut Reader<'_>) {
    let parents: BTreeMap<DepartmentId, DepartmentId> =
        departments.iter().filter_map(|department| Some((department.id, department.parent?))).collect();
    for (index, department) in departments.iter().enumerate() {
        let mut above = department.parent;
        // A circle that the department is not part of ends after as many steps as there are departments.
        for _ in departments {
            if above == Some(department.id) {
                let circle = ProblemKind::Circle(RecordKind::Department);
                reader.under("departments", |r| r.at(index, |r| r.under("parent", |r| r.error(circle))));
                break;
            }
            above = above.and_then(|id| parents.get(&id).copied());
        }
    }
}
