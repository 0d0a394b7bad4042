//! Names and integrity attributes from a file's content.

use base64::{Engine as _, engine::general_purpose::STANDARD};
use sha2::{Digest as _, Sha256, Sha384};

/// Sixteen hexadecimal digits that change when the content does.
pub(super) fn short(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    format!("{:016x}", digest.first_chunk().map_or(0, |bytes| u64::from_be_bytes(*bytes)))
}

/// A source for a content security policy: `sha256-…`.
pub(super) fn policy_source(content: &[u8]) -> String {
    format!("sha256-{}", STANDARD.encode(Sha256::digest(content)))
}

/// A subresource integrity value: `sha384-…`.
pub(super) fn integrity(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

#[cfg(test)]
mod tests {
    use super::{policy_source, short};

    #[test]
    fn agrees_with_published_digests() {
        // `printf '' | sha256sum`, and the same in base64.
        assert_eq!(short(b""), "e3b0c44298fc1c14");
        assert_eq!(policy_source(b""), "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    }
}
