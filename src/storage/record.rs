//! What stands inside the frames: heads, pieces and journal entries as text.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use super::frame::{SHARING, seal, seal_as};
use super::keys::{EntryId, Generation, Keys, Place};
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
    /// The pieces, in the order in which they were given.
    pub(super) pieces: Vec<Listed>,
    /// Journal entries that the pieces contain, and that may still be there.
    pub(super) covered: BTreeSet<EntryId>,
}

/// A piece as a head lists it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) at: Place,
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
    /// The text of a head key, in a frame of a version that knows where its pieces are.
    pub(super) fn sealed(&self) -> String {
        let payload = self.payload();
        let own = self
            .pieces
            .iter()
            .enumerate()
            .all(|(index, Listed { at, .. })| at.index == index && at.generation == self.generation);
        if own { seal(&payload) } else { seal_as(SHARING, &payload) }
    }

    /// Keys of what belongs to it: its pieces, whichever generation wrote them, and its spare copy.
    pub(super) fn used(&self, keys: &Keys) -> BTreeSet<String> {
        let pieces = self.pieces.iter().map(|piece| keys.piece(&piece.at));
        pieces.chain([keys.spare(&self.generation)]).collect()
    }

    fn payload(&self) -> String {
        let mut text = format!("head {} {} {}\n{}", self.generation, self.base, self.clock, escape(&self.title));
        for (index, Listed { name, at }) in self.pieces.iter().enumerate() {
            let name = escape(name);
            let own = at.generation == self.generation && at.index == index;
            // Writing to a string cannot fail.
            let written =
                if own { write!(text, "\n+{name}") } else { write!(text, "\n*{} {} {name}", at.generation, at.index) };
            if written.is_err() {
                break;
            }
        }
        for EntryId { seq, tab } in &self.covered {
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
                let at = Place { generation: head.generation.clone(), index: head.pieces.len() };
                head.pieces.push(Listed { name: unescape(name), at });
            } else if let Some(rest) = line.strip_prefix('*') {
                let mut words = rest.splitn(3, ' ');
                let generation = Generation::parse(words.next()?)?;
                let at = Place { generation, index: words.next()?.parse().ok()? };
                head.pieces.push(Listed { name: unescape(words.next()?), at });
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
    pub(super) at: Place,
    /// Pieces of the generation.
    pub(super) count: usize,
    /// Those of them that it wrote itself.
    pub(super) own: usize,
    pub(super) piece: Piece,
}

impl PlacedPiece {
    /// The text of its key.
    pub(super) fn sealed(&self) -> Result<String, PackError> {
        let Self { at: Place { generation, index }, count, own, piece } = self;
        let body = format!("{}\n{}", escape(&piece.name), encode(&piece.text)?);
        Ok(if own == count {
            seal(&format!("piece {generation} {index} {count}\n{body}"))
        } else {
            seal_as(SHARING, &format!("piece {generation} {index} {count} {own}\n{body}"))
        })
    }

    pub(super) fn parse(payload: &str) -> Option<Self> {
        let mut lines = payload.splitn(3, '\n');
        let mut words = lines.next()?.strip_prefix("piece ")?.split(' ');
        let generation = Generation::parse(words.next()?)?;
        let at = Place { generation, index: words.next()?.parse().ok()? };
        let count = words.next()?.parse().ok()?;
        let own = words.next().map_or(Some(count), |word| word.parse().ok())?;
        Some(Self { at, count, own, piece: Piece { name: unescape(lines.next()?), text: decode(lines.next()?)? } })
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

pub(super) fn encode(text: &str) -> Result<String, PackError> {
    Ok(if text.len() <= PLAIN { format!("plain\n{text}") } else { format!("deflate\n{}", pack::pack(text)?) })
}

pub(super) fn decode(body: &str) -> Option<String> {
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
