//! Long texts made short: deflated, then packed into UTF-16 units.
//!
//! Browsers count UTF-16 units whatever the character, so bytes are packed fifteen bits to a unit into the 32,768
//! characters from U+0100 to U+80FF: no surrogates, no control characters, no byte-order mark. A single 1 bit follows the
//! last byte and zeros fill the last unit, so the number of bytes is known.

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

/// The longest text that is packed and that unpacking will build, in UTF-8 bytes: 64 MiB.
///
/// A damaged or hostile text cannot make the page allocate more.
pub const LIMIT: usize = 64 << 20;

const BITS: u32 = 15;
const FIRST: u32 = 0x0100;
/// Deflate level: above this, time doubles for a percent or two.
const LEVEL: u8 = 6;

/// Why a text could not be packed or unpacked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PackError {
    /// Character number `at` (from 0) is not one that packing writes.
    #[error("character {at} is not a packed one")]
    Character {
        /// Position in characters.
        at: usize,
    },
    /// The mark after the last byte is missing or not on a byte's edge.
    #[error("the end is cut off")]
    End,
    /// The bytes are not a deflate stream of UTF-8 text.
    #[error("the bytes are not compressed text")]
    Stream,
    /// The text is longer than the limit.
    #[error("the text is longer than {LIMIT} bytes")]
    TooLong,
}

/// `bytes` as characters, fifteen bits each; never empty.
///
/// # Examples
/// ```
/// use loudou::storage::pack::{pack_bytes, unpack_bytes};
/// let text = pack_bytes(&[0xFF; 15]); // 120 bits and the end mark: nine units
/// assert_eq!(text.encode_utf16().count(), 9);
/// assert_eq!(unpack_bytes(&text).unwrap(), vec![0xFF; 15]);
/// ```
pub fn pack_bytes(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 3);
    let (mut held, mut count) = (0_u32, 0_u32);
    for &byte in bytes {
        held = (held << 8) | u32::from(byte);
        count += 8;
        if count >= BITS {
            count -= BITS;
            text.extend(char::from_u32(FIRST + (held >> count)));
            held &= (1 << count) - 1;
        }
    }
    let last = ((held << 1) | 1) << (BITS - 1 - count);
    text.extend(char::from_u32(FIRST + last));
    text
}

/// The bytes of a text made by [`pack_bytes`].
///
/// # Errors
/// [`PackError::Character`] for a character outside the alphabet, [`PackError::End`] when the end mark is not where it
/// must be. Never panics, whatever the text.
pub fn unpack_bytes(text: &str) -> Result<Vec<u8>, PackError> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    // Never more than 31 + 15 bits are held.
    let (mut held, mut count) = (0_u64, 0_u32);
    let value_of = |at, character: char| {
        let value = u32::from(character).wrapping_sub(FIRST);
        if value < 1 << BITS { Ok(u64::from(value)) } else { Err(PackError::Character { at }) }
    };
    let mut characters = text.chars();
    let last = characters.next_back().ok_or(PackError::End)?;
    let mut units = 0;
    for character in characters {
        held = (held << BITS) | value_of(units, character)?;
        units += 1;
        count += BITS;
        if count >= 32 {
            count -= 32;
            #[allow(clippy::cast_possible_truncation, reason = "what stands above was written before")]
            bytes.extend_from_slice(&((held >> count) as u32).to_be_bytes());
        }
    }
    let value = value_of(units, last)?;
    if value == 0 {
        return Err(PackError::End);
    }
    let filling = value.trailing_zeros() + 1;
    held = (held << (BITS - filling)) | (value >> filling);
    count += BITS - filling;
    while count >= 8 {
        count -= 8;
        #[allow(clippy::cast_possible_truncation, reason = "what stands above was written before")]
        bytes.push((held >> count) as u8);
    }
    if count == 0 { Ok(bytes) } else { Err(PackError::End) }
}

/// `text` deflated and packed.
///
/// # Errors
/// [`PackError::TooLong`] above [`LIMIT`]: it could not be unpacked again.
pub fn pack(text: &str) -> Result<String, PackError> {
    if text.len() > LIMIT {
        return Err(PackError::TooLong);
    }
    Ok(pack_bytes(&compress_to_vec(text.as_bytes(), LEVEL)))
}

/// The text that was given to [`pack`], building at most `limit` bytes.
///
/// # Errors
/// Any [`PackError`]; never panics, whatever the text.
pub fn unpack(packed: &str, limit: usize) -> Result<String, PackError> {
    let bytes = decompress_to_vec_with_limit(&unpack_bytes(packed)?, limit).map_err(|error| match error.status {
        TINFLStatus::HasMoreOutput => PackError::TooLong,
        _ => PackError::Stream,
    })?;
    String::from_utf8(bytes).or(Err(PackError::Stream))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_length_around_a_unit_comes_back() {
        for length in 0..64 {
            for fill in [0x00, 0x01, 0x80, 0xFF] {
                let bytes = vec![fill; length];
                let text = pack_bytes(&bytes);
                assert_eq!(text.encode_utf16().count(), (8 * length + 1).div_ceil(15));
                assert_eq!(unpack_bytes(&text), Ok(bytes));
            }
        }
    }

    #[test]
    fn a_bomb_is_refused() {
        let bomb = pack(&"0".repeat(1_000_000)).unwrap();
        assert!(bomb.chars().count() < 1_000);
        assert_eq!(unpack(&bomb, 999_999), Err(PackError::TooLong));
        assert_eq!(unpack(&bomb, 1_000_000).map(|text| text.len()), Ok(1_000_000));
    }

    #[test]
    fn wrong_texts_are_named() {
        assert_eq!(unpack_bytes(""), Err(PackError::End));
        assert_eq!(unpack_bytes("\u{100}"), Err(PackError::End));
        assert_eq!(unpack_bytes("\u{100}a"), Err(PackError::Character { at: 1 }));
        assert_eq!(unpack_bytes("\u{8100}"), Err(PackError::Character { at: 0 }));
        assert_eq!(unpack(&pack_bytes(b"not deflate"), LIMIT), Err(PackError::Stream));
    }
}
