//! Locked packets: a document that only who knows a passphrase can read.
//!
//! The key comes from the passphrase by Argon2id; the deflated document is encrypted and authenticated by XChaCha20-Poly1305, which
//! counts the costs, the salt and the nonce too. The body of a locked [packet](super::packet) is
//!
//! | bytes | what |
//! |---|---|
//! | 0–3 | Argon2's memory in KiB, little-endian |
//! | 4 | Argon2's passes |
//! | 5–20 | the salt |
//! | 21–44 | the nonce |
//! | 45– | the ciphertext with its 16 bytes of authentication |
//!
//! A file of such a packet ends in `.loudou`; a link carries it like an open one. The packet's own checksum finds damage, so what does
//! not open is a wrong passphrase. A lost passphrase cannot be replaced: nothing of it is anywhere.
//!
//! Salt and nonce are arguments, 40 bytes of the browser's randomness that are never used twice.

use argon2::{Algorithm, Argon2, Params, Version};
use chacha20poly1305::{
    KeyInit as _, XChaCha20Poly1305, XNonce,
    aead::{Aead as _, Payload},
};

use serde::{Deserialize, Serialize};

use super::packet::{self, Kind, PacketError};

/// The ending of a locked file.
pub const ENDING: &str = "loudou";
/// How many random bytes a seal takes: the salt and the nonce.
pub const RANDOM: usize = SALT + NONCE;

const SALT: usize = 16;
const NONCE: usize = 24;
/// Costs, salt and nonce.
const HEAD: usize = 5 + RANDOM;
const LANES: u32 = 1;

/// What it costs to try a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Memory in KiB.
    pub memory: u32,
    /// Passes over it.
    pub passes: u8,
}

impl Cost {
    /// 19 MiB and two passes, the least that OWASP recommends for Argon2id: a fraction of a second on a telephone.
    pub const USUAL: Self = Self { memory: 19 << 10, passes: 2 };
    /// More than this is not tried: a packet may ask for any sum.
    pub const MOST: Self = Self { memory: 256 << 10, passes: 16 };

    fn params(self) -> Option<Params> {
        let bearable = self.memory <= Self::MOST.memory && self.passes <= Self::MOST.passes;
        bearable.then(|| Params::new(self.memory, self.passes.into(), LANES, None).ok()).flatten()
    }
}

/// Why a locked packet was not made or did not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum SealError {
    /// The passphrase is empty.
    #[error("the passphrase is empty")]
    Blank,
    /// The passphrase is another one, or somebody has changed the packet on purpose.
    #[error("the passphrase does not open it")]
    WrongPassphrase,
    /// It asks for more memory or time than [`Cost::MOST`], or for too little to mean anything.
    #[error("the costs are out of bounds")]
    Cost,
    /// What was locked in is no document's text.
    #[error(transparent)]
    Packet(#[from] PacketError),
}

/// A locked document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    head: [u8; HEAD],
    ciphertext: Vec<u8>,
}

impl Sealed {
    /// The body of a locked packet; `None` when it is too short to be one.
    pub(super) fn read(body: &[u8]) -> Option<Self> {
        let (head, ciphertext) = body.split_first_chunk()?;
        Some(Self { head: *head, ciphertext: ciphertext.to_vec() })
    }

    fn parts(&self) -> (Cost, [u8; SALT], [u8; NONCE]) {
        let [m0, m1, m2, m3, passes, rest @ ..] = &self.head;
        let cost = Cost { memory: u32::from_le_bytes([*m0, *m1, *m2, *m3]), passes: *passes };
        let (salt, nonce) = halves(rest);
        (cost, salt, nonce)
    }

    /// The text of the document.
    ///
    /// # Errors
    /// [`SealError::WrongPassphrase`] above all.
    pub fn open(&self, passphrase: &str) -> Result<String, SealError> {
        let (cost, salt, nonce) = self.parts();
        let payload = Payload { msg: &self.ciphertext, aad: &self.head };
        let stream = cipher(passphrase, &salt, cost)?
            .decrypt(&XNonce::from(nonce), payload)
            .or(Err(SealError::WrongPassphrase))?;
        Ok(packet::inflate(&stream)?)
    }
}

/// A locked packet of a document's text. `random` is used for nothing else, ever.
///
/// ```
/// use loudou::codec::{packet::{Contents, unpack}, seal::{Cost, SealError, lock}};
///
/// let packet = lock("{}", "correct horse", &[7; 40], Cost { memory: 64, passes: 1 }).unwrap();
/// let Ok(Contents::Locked(sealed)) = unpack(&packet) else { panic!("not locked") };
/// assert_eq!(sealed.open("correct horse"), Ok("{}".to_owned()));
/// assert_eq!(sealed.open("Correct horse"), Err(SealError::WrongPassphrase));
/// ```
///
/// # Errors
/// The passphrase is empty, or the costs are out of bounds.
pub fn lock(document: &str, passphrase: &str, random: &[u8; RANDOM], cost: Cost) -> Result<Vec<u8>, SealError> {
    if passphrase.is_empty() {
        return Err(SealError::Blank);
    }
    let (salt, nonce) = halves(random);
    let mut body = Vec::new();
    body.extend(cost.memory.to_le_bytes());
    body.push(cost.passes);
    body.extend(random);
    let payload = Payload { msg: &packet::deflate(document), aad: &body };
    let ciphertext =
        cipher(passphrase, &salt, cost)?.encrypt(&XNonce::from(nonce), payload).or(Err(SealError::Cost))?;
    body.extend(ciphertext);
    Ok(packet::write(Kind::Locked, &body))
}

fn halves(random: &[u8; RANDOM]) -> ([u8; SALT], [u8; NONCE]) {
    let (mut salt, mut nonce) = ([0; SALT], [0; NONCE]);
    for (place, byte) in salt.iter_mut().chain(&mut nonce).zip(random) {
        *place = *byte;
    }
    (salt, nonce)
}

fn cipher(passphrase: &str, salt: &[u8; SALT], cost: Cost) -> Result<XChaCha20Poly1305, SealError> {
    let params = cost.params().ok_or(SealError::Cost)?;
    let mut key = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(passphrase.as_bytes(), salt, &mut key)
        .or(Err(SealError::Cost))?;
    Ok(XChaCha20Poly1305::new(&key.into()))
}

#[cfg(test)]
mod tests {
    use super::super::packet::{Contents, unpack};
    use super::*;

    const CHEAP: Cost = Cost { memory: 8, passes: 1 };

    fn sealed(packet: &[u8]) -> Sealed {
        match unpack(packet) {
            Ok(Contents::Locked(sealed)) => sealed,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn only_the_passphrase_opens_it() {
        let packet = lock("漏斗", "a b", &[1; RANDOM], CHEAP).unwrap();
        assert_eq!(sealed(&packet).open("a b"), Ok("漏斗".to_owned()));
        for wrong in ["", "a", "a b ", "A b"] {
            assert_eq!(sealed(&packet).open(wrong), Err(SealError::WrongPassphrase), "{wrong:?}");
        }
        assert_eq!(lock("漏斗", "", &[1; RANDOM], CHEAP), Err(SealError::Blank));
        assert!(packet::is_locked(&packet));
        assert!(!packet.windows(3).any(|bytes| bytes == "漏".as_bytes()));
        assert_ne!(packet, lock("漏斗", "a b", &[2; RANDOM], CHEAP).unwrap());
    }

    #[test]
    fn whoever_changes_it_on_purpose_is_found_out() {
        let packet = lock("{\"format\":\"loudou\"}", "a b", &[1; RANDOM], CHEAP).unwrap();
        let body = &packet[13..];
        for at in 0..body.len() {
            let mut wrong = body.to_vec();
            wrong[at] ^= 1;
            // With a checksum that agrees.
            let outcome = sealed(&packet::write(Kind::Locked, &wrong)).open("a b");
            assert!(matches!(outcome, Err(SealError::WrongPassphrase | SealError::Cost)), "byte {at}: {outcome:?}");
        }
    }

    #[test]
    fn costs_are_bounded() {
        let all = Cost { memory: u32::MAX, passes: u8::MAX };
        assert_eq!(lock("{}", "a", &[1; RANDOM], all), Err(SealError::Cost));
        assert_eq!(lock("{}", "a", &[1; RANDOM], Cost { memory: 0, passes: 0 }), Err(SealError::Cost));
        let mut body = vec![0xFF; HEAD + 32];
        body[4] = 1;
        assert_eq!(sealed(&packet::write(Kind::Locked, &body)).open("a"), Err(SealError::Cost));
    }
}
