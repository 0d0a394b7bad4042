//! Packs, results and classes as codes to paste: a [packet](crate::codec::packet) in the alphabet of addresses.
//!
//! The packet's checksum finds every mistyped letter. Mail programs break long lines and add blanks: blanks inside a code do not
//! count, and where one code ends and the next begins is seen from how each begins.

use super::{Paper, read};
use crate::codec::{
    document::{DocumentError, Problem},
    packet::{self, Contents, PacketError},
    share::{self, LinkError},
};

/// How every code begins: the first bytes of a packet, `LDU`.
const START: &str = "TERV";

/// Why a code cannot be read.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum CodeError {
    /// Its letters.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The packet that they spell.
    #[error(transparent)]
    Packet(#[from] PacketError),
    /// What is in the packet.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// It takes a passphrase to read, as nothing of a class does.
    #[error("the packet is locked")]
    Locked,
}

/// The code of a pack, a result or a class.
///
/// ```
/// use loudou::codec::class::{Pack, Paper, code::{open, text}};
///
/// let pack = Paper::Pack(Box::new(Pack::new(7.into(), "Monday", 4)));
/// assert_eq!(open(&text(&pack)), Ok((pack, Vec::new())));
/// ```
pub fn text(paper: &Paper) -> String {
    share::text(&packet::pack(&paper.dense()))
}

/// The codes of a text: of several, one below the other, of one broken into lines, and of one in a link.
///
/// ```
/// use loudou::codec::class::code::split;
///
/// assert_eq!(split("TERVAQ\n AB TERVAQC"), ["TERVAQAB", "TERVAQC"]);
/// assert_eq!(split("https://host/#/learn?tab=trainer&pack=TERVAQAB"), ["TERVAQAB"]);
/// assert!(split("Dear class,").is_empty());
/// ```
pub fn split(text: &str) -> Vec<String> {
    let mut codes: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        // In a link the code is the last value.
        let value = word.rsplit('=').next().unwrap_or(word);
        if value.starts_with(START) {
            codes.push(value.to_owned());
        } else if let Some(code) = codes.last_mut().filter(|_| value == word) {
            code.push_str(word);
        }
    }
    codes
}

/// What a code says; with what was left out.
///
/// # Errors
/// Why it cannot be read.
pub fn open(code: &str) -> Result<(Paper, Vec<Problem>), CodeError> {
    let letters: String = code.split_whitespace().collect();
    match packet::unpack(&share::bytes(&letters)?)? {
        Contents::Document(text) => Ok(read(text.as_bytes())?),
        Contents::Locked(_) => Err(CodeError::Locked),
    }
}
