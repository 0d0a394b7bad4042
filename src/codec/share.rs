//! Links that carry a workspace: a [packet](super::packet) in the alphabet of addresses (base64url without padding), after
//! `#/shared?d=`. Browsers keep what follows the `#` to themselves, so the data goes to no server.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};

use super::{document, packet};
use crate::model::{Timestamp, Workspace};

/// The longest text that is read, in characters: what Chromium takes as an address.
pub const LONGEST: usize = 2 << 20;
/// Up to here a link passes through the programs that people send links with.
pub const SAFE: usize = 8_000;

/// Why the text of a link is no packet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// Nothing.
    #[error("the link carries nothing")]
    Empty,
    /// More than [`LONGEST`] characters.
    #[error("the link is longer than {LONGEST} characters")]
    TooLong,
    /// A letter that no link has.
    #[error("the link is damaged")]
    Damaged,
}

/// The packet of a workspace. It says nothing of where the data comes from: thirty ids would make a link longer by half a thousand
/// letters.
pub fn pack(workspace: &Workspace, exported: Timestamp) -> Vec<u8> {
    packet::pack(&document::encode_dense(workspace, exported))
}

/// A packet as a text for an address.
///
/// ```
/// use loudou::codec::{packet, share};
///
/// let packet = packet::pack("{}");
/// let text = share::text(&packet);
/// assert!(text.bytes().all(|letter| letter.is_ascii_alphanumeric() || letter == b'-' || letter == b'_'));
/// assert_eq!(share::bytes(&text), Ok(packet));
/// ```
pub fn text(packet: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(packet)
}

/// The bytes of a text that [`text`] made. Blanks and line ends at both ends, which programs add, do not count.
///
/// # Errors
/// What is wrong with the text.
pub fn bytes(text: &str) -> Result<Vec<u8>, LinkError> {
    let text = text.trim();
    match text.len() {
        0 => Err(LinkError::Empty),
        length if length > LONGEST => Err(LinkError::TooLong),
        _ => {
            // Cut off in the middle of a group of four: what is whole before it tells the packet how much is missing.
            let groups = text.get(..text.len() / 4 * 4).ok_or(LinkError::Damaged)?;
            URL_SAFE_NO_PAD.decode(text).or_else(|_| URL_SAFE_NO_PAD.decode(groups)).or(Err(LinkError::Damaged))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_one_form() {
        assert_eq!(bytes(""), Err(LinkError::Empty));
        assert_eq!(bytes(" AA\n"), Ok(vec![0]));
        // The last letter says more than a byte: another one would read the same, so it does not count.
        assert_eq!(bytes("AAAAAB"), Ok(vec![0; 3]));
        assert_eq!(bytes("AAAAA"), Ok(vec![0; 3]));
        assert_eq!(bytes("AA=="), Err(LinkError::Damaged));
        assert_eq!(bytes("漏斗"), Err(LinkError::Damaged));
        assert_eq!(bytes(&"A".repeat(LONGEST + 1)), Err(LinkError::TooLong));
    }
}
