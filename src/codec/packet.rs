//! Packets: a document made short, with what tells whether it arrived whole. Links and locked files carry them.
//!
//! | bytes | what |
//! |---|---|
//! | 0–2 | `LDU` |
//! | 3 | the version, 1 |
//! | 4 | the kind: 0 open, 1 locked with a passphrase (see [`seal`](super::seal)) |
//! | 5–8 | the length of the body, little-endian |
//! | 9–12 | CRC-32 of the bytes before it and of the body, little-endian |
//! | 13– | the body: the [document](super::document) as a raw deflate stream, locked or not |
//!
//! A CRC finds every error of up to 32 bits in a row, so a packet with one wrong byte is refused. It is no protection against somebody
//! who changes a packet on purpose; the seal is.

use crc32fast::Hasher;
use miniz_oxide::{
    deflate::compress_to_vec,
    inflate::{TINFLStatus, decompress_to_vec_with_limit},
};

use serde::{Deserialize, Serialize};

use super::seal::Sealed;

/// The version that is written, and the newest that can be read.
pub const VERSION: u8 = 1;
/// The longest document that a packet may hold, in bytes: 64 MiB. A small packet can claim to hold a thousand times its size; no more
/// than this is ever built.
pub const LONGEST: usize = 64 << 20;

const MAGIC: &[u8; 3] = b"LDU";
/// What stands before the body.
const HEAD: usize = 13;
/// What the checksum counts of it.
const COUNTED: usize = 9;
/// Links are to be short, whatever it takes.
const LEVEL: u8 = 9;

/// Whether a packet is locked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Open,
    Locked,
}

impl Kind {
    const fn code(self) -> u8 {
        match self {
            Self::Open => 0,
            Self::Locked => 1,
        }
    }
}

/// What a packet holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Contents {
    /// The text of a document.
    Document(String),
    /// A document that it takes a passphrase to read.
    Locked(Sealed),
}

/// Why a packet cannot be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum PacketError {
    /// It does not begin like one.
    #[error("not a packet")]
    Foreign,
    /// Its end is missing.
    #[error("{found} of {said} bytes are there")]
    CutOff {
        /// How many bytes there are.
        found: usize,
        /// How many there should be.
        said: usize,
    },
    /// It is not what was written.
    #[error("the packet is damaged")]
    Damaged,
    /// A newer release wrote it.
    #[error("version {found} is newer than {known}")]
    Newer {
        /// Its version.
        found: u8,
        /// The newest that can be read.
        known: u8,
    },
    /// It holds more than [`LONGEST`].
    #[error("the document is longer than {LONGEST} bytes")]
    TooLarge,
}

/// Whether bytes begin like a packet.
///
/// ```
/// use loudou::codec::packet;
///
/// assert!(packet::is_packet(&packet::pack("{}")));
/// assert!(!packet::is_packet(b"{}"));
/// ```
pub fn is_packet(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// Whether a packet takes a passphrase to read.
///
/// ```
/// use loudou::codec::packet;
///
/// assert!(!packet::is_locked(&packet::pack("{}")));
/// ```
pub fn is_locked(bytes: &[u8]) -> bool {
    is_packet(bytes) && bytes.get(MAGIC.len() + 1) == Some(&Kind::Locked.code())
}

/// An open packet of a document's text.
///
/// ```
/// use loudou::codec::packet::{Contents, PacketError, pack, unpack};
///
/// let packet = pack("漏斗");
/// assert_eq!(unpack(&packet), Ok(Contents::Document("漏斗".to_owned())));
/// let cut = &packet[..packet.len() - 1];
/// assert_eq!(unpack(cut), Err(PacketError::CutOff { found: cut.len(), said: packet.len() }));
/// ```
pub fn pack(document: &str) -> Vec<u8> {
    write(Kind::Open, &deflate(document))
}

/// What a packet holds. Never panics, whatever the bytes, and never builds more than [`LONGEST`].
///
/// # Errors
/// Why it cannot be read.
pub fn unpack(bytes: &[u8]) -> Result<Contents, PacketError> {
    let (kind, body) = read(bytes)?;
    match kind {
        Kind::Open => inflate(body).map(Contents::Document),
        Kind::Locked => Sealed::read(body).map(Contents::Locked).ok_or(PacketError::Damaged),
    }
}

/// A packet around a body.
pub(super) fn write(kind: Kind, body: &[u8]) -> Vec<u8> {
    let length = u32::try_from(body.len()).unwrap_or(u32::MAX);
    let mut packet = Vec::with_capacity(HEAD + body.len());
    packet.extend(MAGIC);
    packet.extend([VERSION, kind.code()]);
    packet.extend(length.to_le_bytes());
    packet.extend(checksum(&packet, body).to_le_bytes());
    packet.extend(body);
    packet
}

fn read(bytes: &[u8]) -> Result<(Kind, &[u8]), PacketError> {
    let [_, _, _, version, rest @ ..] = bytes else { return Err(PacketError::Foreign) };
    if !is_packet(bytes) {
        return Err(PacketError::Foreign);
    }
    if *version > VERSION {
        return Err(PacketError::Newer { found: *version, known: VERSION });
    }
    let [kind, l0, l1, l2, l3, c0, c1, c2, c3, body @ ..] = rest else {
        return Err(PacketError::CutOff { found: bytes.len(), said: HEAD });
    };
    let length = usize::try_from(u32::from_le_bytes([*l0, *l1, *l2, *l3])).unwrap_or(usize::MAX);
    if body.len() < length {
        return Err(PacketError::CutOff { found: bytes.len(), said: length.saturating_add(HEAD) });
    }
    let head = bytes.get(..COUNTED).unwrap_or_default();
    let said = u32::from_le_bytes([*c0, *c1, *c2, *c3]);
    let kind = [Kind::Open, Kind::Locked].into_iter().find(|known| known.code() == *kind);
    match kind {
        Some(kind) if body.len() == length && *version == VERSION && checksum(head, body) == said => Ok((kind, body)),
        _ => Err(PacketError::Damaged),
    }
}

fn checksum(head: &[u8], body: &[u8]) -> u32 {
    let mut hasher = Hasher::new();
    hasher.update(head);
    hasher.update(body);
    hasher.finalize()
}

pub(super) fn deflate(document: &str) -> Vec<u8> {
    compress_to_vec(document.as_bytes(), LEVEL)
}

pub(super) fn inflate(stream: &[u8]) -> Result<String, PacketError> {
    let bytes = decompress_to_vec_with_limit(stream, LONGEST).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => PacketError::TooLarge,
        _ => PacketError::Damaged,
    })?;
    String::from_utf8(bytes).or(Err(PacketError::Damaged))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bomb_is_refused_before_it_is_built() {
        let bomb = write(Kind::Open, &compress_to_vec(&vec![b'0'; LONGEST + 1], LEVEL));
        assert!(bomb.len() < LONGEST / 500, "{}", bomb.len());
        assert_eq!(unpack(&bomb), Err(PacketError::TooLarge));
    }

    #[test]
    fn what_is_wrong_is_named() {
        let packet = pack("{\"format\":\"loudou\"}");
        assert_eq!(unpack(b""), Err(PacketError::Foreign));
        assert_eq!(unpack(b"{\"format\":\"loudou\"}"), Err(PacketError::Foreign));
        for length in 4..packet.len() {
            let cut = unpack(&packet[..length]);
            assert!(matches!(cut, Err(PacketError::CutOff { found, .. }) if found == length), "{length}: {cut:?}");
        }
        let newer: Vec<u8> = packet.iter().enumerate().map(|(at, byte)| if at == 3 { 2 } else { *byte }).collect();
        assert_eq!(unpack(&newer), Err(PacketError::Newer { found: 2, known: 1 }));
        assert_eq!(unpack(&[packet.as_slice(), b"x"].concat()), Err(PacketError::Damaged));
        // A whole packet whose body is something else.
        assert_eq!(unpack(&write(Kind::Open, b"no deflate")), Err(PacketError::Damaged));
        assert_eq!(unpack(&write(Kind::Open, &compress_to_vec(&[0xFF], LEVEL))), Err(PacketError::Damaged));
        assert_eq!(unpack(&write(Kind::Locked, b"short")), Err(PacketError::Damaged));
    }

    #[test]
    fn a_wrong_bit_anywhere_is_found() {
        let packet = pack("{\"format\":\"loudou\",\"version\":1}");
        for at in 0..packet.len() {
            for bit in 0..8 {
                let mut wrong = packet.clone();
                wrong[at] ^= 1 << bit;
                assert!(unpack(&wrong).is_err(), "bit {bit} of byte {at}");
            }
        }
    }
}
