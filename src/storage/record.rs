//! What stands inside the frames: heads, pieces and journal entries as text.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::keys::{EntryId, Generation};
use super::pack::{self, PackError};

/// One part of a workspace's data: a name that says what it is, and its text. Both are the caller's business.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Says what is lost when this piece is damaged, such as `deals`.
    pub name: String,
    /// Any text.
    pub text: String,
}

/// One saved change: the values of records after it, so that applying it twice does no harm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Which entry it is.
    pub id: EntryId,
    /// Any text.
    pub text: String,
}

/// Says which generation counts, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) title: String,
    pub(super) generation: Generation,
    /// The generation this one was made from.
    pub(super) base: Generation,
    /// The highest `seq` known when it was made; later entries are numbered above it.
    pub(super) clock: u64,
    /// Names of the pieces, by index.
    pub(super) pieces: Vec<String>,
    /// Journal entries that the pieces contain, and that may still be there.
    pub(super) covered: BTreeSet<EntryId>,
}

/// What the head key may hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum HeadText {
    Head(Head),
    /// The workspace is being deleted.
    Deleted,
}

/// The payload of a head key that marks a workspace as deleted.
pub(super) const DELETED: &str = "deleted";

impl HeadText {
    pub(super) fn parse(payload: &str) -> Option<Self> {
        if payload == DELETED { Some(Self::Deleted) } else { Head::parse(payload).map(Self::Head) }
    }
}

impl Head {
    pub(super) fn payload(&self) -> String {
        let mut text = format!("head {} {} {}\n{}", self.generation, self.base, self.clock, escape(&self.title));
        for name in &self.pieces {
            text.push_str("\n+");
            text.push_str(&escape(name));
        }
        for EntryId { seq, tab } in &self.covered {
            // Writing to a string cannot fail.
            if write!(text, "\n-{tab}/{seq}").is_err() {
                break;
            }
        }
        text
    }

    pub(super) fn parse(payload: &str) -> Option<Self> {
        let mut lines = payload.split('\n');
        let mut words = lines.next()?.strip_prefix("head ")?.split(' ');
        let mut head = Self {
            generation: Generation::parse(words.next()?)?,
            base: Generation::parse(words.next()?)?,
            clock: words.next()?.parse().ok()?,
            title: unescape(lines.next()?),
            pieces: Vec::new(),
            covered: BTreeSet::new(),
        };
        for line in lines {
            if let Some(name) = line.strip_prefix('+') {
                head.pieces.push(unescape(name));
            } else {
                let (tab, seq) = line.strip_prefix('-')?.split_once('/')?;
                head.covered.insert(EntryId { seq: seq.parse().ok()?, tab: tab.to_owned() });
            }
        }
        Some(head)
    }
}

/// A piece with its place, as it stands in its frame: its generation can be judged whole without any head.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlacedPiece {
    pub(super) generation: Generation,
    pub(super) index: usize,
    pub(super) count: usize,
    pub(super) piece: Piece,
}

impl PlacedPiece {
    pub(super) fn payload(&self) -> Result<String, PackError> {
        let Self { generation, index, count, piece } = self;
        Ok(format!("piece {generation} {index} {count}\n{}\n{}", escape(&piece.name), encode(&piece.text)?))
    }

    pub(super) fn parse(payload: &str) -> Option<Self> {
        let mut lines = payload.splitn(3, '\n');
        let mut words = lines.next()?.strip_prefix("piece ")?.split(' ');
        Some(Self {
            generation: Generation::parse(words.next()?)?,
            index: words.next()?.parse().ok()?,
            count: words.next()?.parse().ok()?,
            piece: Piece { name: unescape(lines.next()?), text: decode(lines.next()?)? },
        })
    }
}

impl Entry {
    pub(super) fn payload(id: &EntryId, text: &str) -> Result<String, PackError> {
        Ok(format!("entry {}/{}\n{}", id.tab, id.seq, encode(text)?))
    }

    pub(super) fn parse(payload: &str) -> Option<Self> {
        let (first, body) = payload.split_once('\n')?;
        let (tab, seq) = first.strip_prefix("entry ")?.split_once('/')?;
        Some(Self { id: EntryId { seq: seq.parse().ok()?, tab: tab.to_owned() }, text: decode(body)? })
    }
}

/// Texts up to this many bytes stay readable in the browser's developer tools.
const PLAIN: usize = 4096;

fn encode(text: &str) -> Result<String, PackError> {
    Ok(if text.len() <= PLAIN { format!("plain\n{text}") } else { format!("deflate\n{}", pack::pack(text)?) })
}

fn decode(body: &str) -> Option<String> {
    match body.split_once('\n')? {
        ("plain", text) => Some(text.to_owned()),
        ("deflate", text) => pack::unpack(text, pack::LIMIT).ok(),
        _ => None,
    }
}

pub(super) fn escape(line: &str) -> String {
    line.replace('\\', "\\\\").replace('\n', "\\n")
}

pub(super) fn unescape(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some('n') => text.push('\n'),
                Some(other) => text.push(other),
                None => {}
            },
            other => text.push(other),
        }
    }
    text
}
