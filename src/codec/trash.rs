//! What the trash holds: a deletion, so that it can be carried out backwards, and a line that says what it is.
//!
//! A deletion is three lines: the currency of its amounts, the [journal entry](super::journal::encode_change) that would undo it, and
//! the one that made it. Both together give every record before and after, whatever the workspace has become since.

use std::fmt::Write as _;

use super::{
    document::DocumentError,
    journal::{decode_change, encode_change},
};
use crate::model::{Change, Currency, Profile, RecordKind, Workspace, removal::Summary};

/// Why a deletion cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum TrashError {
    /// It has not the three lines, or names no currency.
    #[error("not a deletion")]
    NotOne,
    /// One of its entries cannot be read.
    #[error(transparent)]
    Entry(#[from] DocumentError),
}

/// A deletion as text; its amounts are in `currency`.
pub fn encode(taken: &Change, currency: Currency) -> String {
    [currency.code(), &encode_change(&taken.inverse()), &encode_change(taken)].join("\n")
}

/// The deletion of a text, and the currency of its amounts.
///
/// # Errors
/// Why it cannot be read.
pub fn decode(text: &str) -> Result<(Change, Currency), TrashError> {
    let mut lines = text.splitn(3, '\n');
    let mut line = || lines.next().ok_or(TrashError::NotOne);
    let currency: Currency = line()?.parse().map_err(|_unknown| TrashError::NotOne)?;
    let nothing = Workspace::new(0.into(), Profile::named("", currency));
    let before = nothing.with(&decode_change(line()?, &nothing)?);
    Ok((decode_change(line()?, &before)?, currency))
}

/// Kinds that can be deleted, by the words that stand for them.
const KINDS: [(&str, RecordKind); 17] = [
    ("model", RecordKind::Model),
    ("department", RecordKind::Department),
    ("person", RecordKind::Person),
    ("product", RecordKind::Product),
    ("customer", RecordKind::Customer),
    ("contact", RecordKind::Contact),
    ("deal", RecordKind::Deal),
    ("activity", RecordKind::Activity),
    ("target", RecordKind::Target),
    ("campaign", RecordKind::Campaign),
    ("quota", RecordKind::Quota),
    ("promise", RecordKind::Promise),
    ("handover", RecordKind::Handover),
    ("intervention", RecordKind::Intervention),
    ("problem", RecordKind::Problem),
    ("scheme", RecordKind::Scheme),
    ("field", RecordKind::CustomField),
];

/// What a deletion is called, as one line: the kind, how many of it, how many others went with them, and the name of the first.
///
/// ```
/// use loudou::{codec::trash::{label, read_label}, model::{RecordKind, removal::Summary}};
///
/// let deal = Summary { kind: RecordKind::Deal, name: "财务软件 50 套".to_owned(), count: 1, beside: 4 };
/// assert_eq!(label(&deal), "deal 1 4 财务软件 50 套");
/// assert_eq!(read_label(&label(&deal)), Some(deal));
/// ```
pub fn label(summary: &Summary) -> String {
    let kind = KINDS.iter().find(|(_, kind)| *kind == summary.kind).map_or("", |(word, _)| word);
    let mut line = String::from(kind);
    // Writing into a `String` cannot fail.
    let _infallible = write!(line, " {} {} {}", summary.count, summary.beside, summary.name);
    line
}

/// What a line says; `None` for one that [`label`] did not write.
pub fn read_label(line: &str) -> Option<Summary> {
    let mut words = line.splitn(4, ' ');
    let word = words.next()?;
    let kind = KINDS.iter().find(|(known, _)| *known == word)?.1;
    let (count, beside) = (words.next()?.parse().ok()?, words.next()?.parse().ok()?);
    Some(Summary { kind, name: words.next()?.to_owned(), count, beside })
}
