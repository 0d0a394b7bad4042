//! Pieces on their way into a generation, and what tells whether they are stored as they are.

use std::fmt;
use std::hash::{DefaultHasher, Hasher as _};

use super::archive::Archive;
use super::frame::{checksum, unseal};
use super::keys::Place;
use super::record::{Listed, Piece, PlacedPiece};
use super::{Storage, StorageError};

/// Tells a text from any other: its length, its CRC-32 and a hash of 64 bits. It means something only as long as the page lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    length: usize,
    crc: u32,
    hash: u64,
}

impl Sum {
    pub(super) fn of(text: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(text.as_bytes());
        Self { length: text.len(), crc: checksum(text), hash: hasher.finish() }
    }
}

/// What stands at a place, so that an unchanged piece is recognised without unpacking it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// Of the text of the piece.
    pub(super) text: Sum,
    /// Of all that is in its frame.
    pub(super) payload: Sum,
}

/// A piece that is to be in a new generation. Its text is made when it is needed, and not at all where the sum of it tells that it is
/// stored already.
pub struct Offer {
    name: String,
    sum: Option<Sum>,
    text: Box<dyn FnOnce() -> String>,
}

impl fmt::Debug for Offer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Offer").field("name", &self.name).field("sum", &self.sum).finish_non_exhaustive()
    }
}

impl From<Piece> for Offer {
    fn from(Piece { name, text }: Piece) -> Self {
        Self::new(name, None, || text)
    }
}

impl Offer {
    /// A piece of this name. `sum`, where there is one, is that of the text that `text` would make: as an earlier
    /// [compaction](super::Compaction::sums) has told.
    pub fn new(name: String, sum: Option<Sum>, text: impl FnOnce() -> String + 'static) -> Self {
        Self { name, sum, text: Box::new(text) }
    }
}

/// Where a piece goes.
#[derive(Debug)]
pub(super) enum Placed {
    /// It stays where it is stored as it is; with the checksum of all that stands there.
    There { listed: Listed, known: Known, check: u32 },
    /// It has to be written.
    New { piece: Piece, sum: Sum },
}

/// Compares a piece with what is stored under its name in the generation that counts. A stored text that is not what it was counts for
/// nothing: the piece is written anew. Also tells how many bytes were handled.
pub(super) fn place<S: Storage>(archive: &Archive<S>, offer: Offer) -> Result<(Placed, usize), StorageError> {
    let Offer { name, sum, text } = offer;
    let listed = archive.head.pieces.iter().find(|listed| listed.name == name);
    let mut handled = 0;
    if let (Some(listed), Some(sum)) = (listed, sum) {
        let (found, read) = unchanged(archive, &listed.at, sum)?;
        if let Some((known, check)) = found {
            return Ok((Placed::There { listed: listed.clone(), known, check }, read));
        }
        handled += read;
    }
    let piece = Piece { name, text: text() };
    let sum = Sum::of(&piece.text);
    handled += piece.text.len();
    if let Some(listed) = listed {
        let (found, read) = if archive.known.contains_key(&listed.at) {
            unchanged(archive, &listed.at, sum)?
        } else {
            unknown(archive, &listed.at, &piece, sum)?
        };
        handled += read;
        if let Some((known, check)) = found {
            return Ok((Placed::There { listed: listed.clone(), known, check }, handled));
        }
    }
    Ok((Placed::New { piece, sum }, handled))
}

/// What stands at a place and the checksum of all of it, and how many bytes were read to know.
type Found = (Option<(Known, u32)>, usize);

/// What stands at a place of which the archive knows that a text of this sum was there.
fn unchanged<S: Storage>(archive: &Archive<S>, at: &Place, text: Sum) -> Result<Found, StorageError> {
    let Some(known) = archive.known.get(at).filter(|known| known.text == text) else { return Ok((None, 0)) };
    let Some(raw) = archive.storage.get(&archive.keys.piece(at))? else { return Ok((None, 0)) };
    let is_same = unseal(&raw).is_ok_and(|payload| known.payload == Sum::of(payload));
    Ok((is_same.then(|| (*known, checksum(&raw))), raw.len()))
}

/// What stands at a place that another tab has written, if it is this piece.
fn unknown<S: Storage>(archive: &Archive<S>, at: &Place, piece: &Piece, text: Sum) -> Result<Found, StorageError> {
    let Some(raw) = archive.storage.get(&archive.keys.piece(at))? else { return Ok((None, 0)) };
    let known = unseal(&raw).ok().and_then(|payload| {
        let placed = PlacedPiece::parse(payload)?;
        (placed.at == *at && placed.piece == *piece).then(|| Known { text, payload: Sum::of(payload) })
    });
    Ok((known.map(|known| (known, checksum(&raw))), raw.len()))
}
