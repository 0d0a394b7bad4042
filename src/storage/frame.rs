//! The frame around every stored text: `loudou/<version> <crc32> <bytes>`, a line end, the payload.
//!
//! The shape of this first line is the same in every version ever written, so that an older build can tell a text of a
//! newer one (whole, and not to be touched) from a damaged one.

/// The newest version this build writes and reads.
const VERSION: u32 = SHARING;
/// The version of every text that all builds understand.
const FIRST: u32 = 1;
/// The version of what belongs to a generation that refers to pieces of earlier ones: builds that know nothing of it would take
/// those for superseded, so to them it is of a newer version.
pub(super) const SHARING: u32 = 2;
const MAGIC: &str = "loudou/";

/// Why a stored text gives no payload.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FrameError {
    /// Some part of it is not what was written.
    Damaged,
    /// It is whole, and written by a newer version of the page.
    Newer,
}

/// `payload` in its frame.
pub(super) fn seal(payload: &str) -> String {
    seal_as(FIRST, payload)
}

/// `payload` in the frame of a version.
pub(super) fn seal_as(version: u32, payload: &str) -> String {
    let mut text = header(version, payload);
    text.push('\n');
    text.push_str(payload);
    text
}

/// The payload of a framed text. Any change of any bit gives [`FrameError::Damaged`].
pub(super) fn unseal(text: &str) -> Result<&str, FrameError> {
    let (first, payload) = text.split_once('\n').ok_or(FrameError::Damaged)?;
    let version = first
        .strip_prefix(MAGIC)
        .and_then(|rest| rest.split(' ').next())
        .and_then(|digits| digits.parse().ok())
        .ok_or(FrameError::Damaged)?;
    // Comparing the whole line leaves no second spelling (case, sign, leading zeros) that a flipped bit could reach.
    if header(version, payload) != first {
        return Err(FrameError::Damaged);
    }
    if version > VERSION {
        return Err(FrameError::Newer);
    }
    Ok(payload)
}

/// CRC-32 of `text` in UTF-8.
pub(super) fn checksum(text: &str) -> u32 {
    crc32fast::hash(text.as_bytes())
}

fn header(version: u32, payload: &str) -> String {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&version.to_le_bytes());
    crc.update(payload.as_bytes());
    format!("{MAGIC}{version} {:08x} {}", crc.finalize(), payload.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_gives_back_its_payload() {
        for payload in ["", "a", "two\nlines", "漏斗 😀"] {
            assert_eq!(unseal(&seal(payload)), Ok(payload));
            assert_eq!(unseal(&seal_as(SHARING, payload)), Ok(payload));
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed() {
        let units: Vec<u16> = seal("漏斗 a\nb").encode_utf16().collect();
        for at in 0..units.len() {
            for bit in 0..16 {
                let mut flipped = units.clone();
                flipped[at] ^= 1 << bit;
                assert_eq!(
                    unseal(&String::from_utf16_lossy(&flipped)),
                    Err(FrameError::Damaged),
                    "unit {at} bit {bit}"
                );
            }
        }
    }

    #[test]
    fn a_newer_version_is_not_damage() {
        assert_eq!(unseal(&seal_as(VERSION + 1, "anything")), Err(FrameError::Newer));
        assert_eq!(unseal(&seal_as(VERSION + 1, "anything").replace("any", "ani")), Err(FrameError::Damaged));
    }
}
