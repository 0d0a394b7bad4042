//! Keeping workspaces in the browser, so that nothing shown as saved is ever lost.
//!
//! This layer stores opaque texts: what they mean is the codec's business. From the bottom up:
//!
//! - [`Storage`]: a flat map from text to text, with typed failures; [`MemoryStorage`] for tests and for a browser whose
//!   storage is blocked, `BrowserStorage` over local storage;
//! - `frame`: every stored text carries its version, length and CRC-32, so that a flipped bit anywhere is noticed;
//! - `pack`: long texts are deflated and packed fifteen bits to a UTF-16 unit, because browsers count units;
//! - [`Archive`]: one workspace as a generation of [`Piece`]s, some of them left by earlier ones, and a journal of [`Entry`]s written since;
//! - [`Mirrored`]: the second copy of it all in the browser's database, `Vault`, which tells when the disk has it;
//! - [`drafts`]: what is typed and not saved yet;
//! - [`trash`]: what was deleted and can be put back;
//! - [`fullness`]: how much room is left, and what takes it;
//! - [`backups`]: earlier states of the workspaces, kept apart;
//! - [`catalogue`]: the workspaces of this browser, derived from their own keys: there is no list to overwrite.
//!
//! # What is written, in which order, and when it counts
//!
//! 1. [`Archive::append`] is one write of one new key. When it returns `Ok`, the entry is saved.
//! 2. [`Compaction`] writes those pieces of a new generation whose text has changed under keys of its own, then a spare
//!    copy of the head, reads back all that it is made of, looks that none of it has gone, and then makes it count by
//!    **one** write of the head. Only after that are removed the spare heads and pieces that it does not refer to, and the
//!    journal entries that the head says are contained in its pieces. A stop between any two writes leaves either the old
//!    state or the new one. It goes in steps of a few milliseconds, with whatever else happens in between: each begins
//!    with a look whether the old state still counts.
//!
//!    A new workspace is made the same way; the state before is that there is none. What a stop leaves of it counts for
//!    nothing, and the next start removes it ([`catalogue::unfinished`]).
//!
//!    A piece whose text has not changed stays where it is: the head lists each piece with the generation it is stored
//!    under. So a change costs the pieces that it touches, and a workspace may be larger than half of the storage. What
//!    the head refers to is never superseded, however old. Whether a piece is unchanged is told by checksums that the
//!    archive remembers of what it read and wrote, and by the stored text, which must still be the one it was; otherwise
//!    the piece is written anew. A head that refers to earlier generations is in a frame of version 2: builds that know
//!    only version 1 would remove the pieces, so they are to read it and write nothing.
//! 3. Keys of journal entries and of generations carry the token of the tab that writes them, so that two tabs never
//!    write the same key. Only the head is shared: it is replaced only by a tab whose data descends from it.
//! 4. A damaged text is copied to a quarantine key before anything may replace or remove it. Where there is no room for
//!    the copy, the original stays where it is.
//!
//! The check of the head and its replacement are two calls of the browser; two tabs that do both within the same
//! microseconds are kept apart by a Web Lock taken by the caller.

mod archive;
pub mod backups;
#[cfg(target_arch = "wasm32")]
mod browser;
pub mod catalogue;
mod compaction;
pub mod descent;
pub mod drafts;
mod frame;
pub mod fullness;
mod keys;
mod memory;
mod mirror;
mod offer;
mod opening;
pub mod pack;
mod record;
mod recovery;
pub mod trash;
#[cfg(target_arch = "wasm32")]
mod vault;

use std::rc::Rc;

pub use archive::{Archive, Foreign, SaveError};
#[cfg(target_arch = "wasm32")]
pub use browser::BrowserStorage;
pub use compaction::{Compaction, Progress};
pub use keys::{EntryId, LAST_OPENED};
pub use memory::{Fault, MemoryStorage};
pub use mirror::{Differences, Mirrored, Outbox, Write, is_kept_twice, is_whole, mirrored_key};
pub use offer::{Offer, Sum};
pub use opening::{Damage, Damaged, OpenError, Opened};
pub use record::{Entry, Piece};
#[cfg(target_arch = "wasm32")]
pub use vault::{Room, Vault, VaultError, open_database};

/// UTF-16 units an origin may hold in Chromium, keys and values together, whatever the characters.
///
/// Measured in Chromium (see `bench/README.md`): one unit more is refused with `QuotaExceededError`, and the value that
/// was there stays. Firefox and Safari document the same order of size, so it is assumed for them too.
pub const CAPACITY: usize = 5_242_880;

/// Why the storage refused.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// The browser gives this page no storage (blocked cookies, some private windows).
    #[error("the browser gives this page no storage")]
    Blocked,
    /// The text does not fit; what was stored under the key before is still there.
    #[error("the storage is full")]
    Full,
    /// Anything else, in the browser's words.
    #[error("the storage failed: {0}")]
    Other(String),
}

/// A flat map from text keys to text values that outlives the page.
///
/// Every method is synchronous, and [`set`](Storage::set) is all or nothing: after an error the old value is still there.
pub trait Storage {
    /// The text under `key`, or `None`.
    ///
    /// # Errors
    /// [`StorageError`] when the storage cannot be read.
    fn get(&self, key: &str) -> Result<Option<String>, StorageError>;

    /// Puts `text` under `key`, replacing what was there.
    ///
    /// # Errors
    /// [`StorageError::Full`] when it does not fit, or another [`StorageError`].
    fn set(&self, key: &str, text: &str) -> Result<(), StorageError>;

    /// Removes `key`; removing a key that is not there is no error.
    ///
    /// # Errors
    /// [`StorageError`] when the storage cannot be written.
    fn remove(&self, key: &str) -> Result<(), StorageError>;

    /// Every key that begins with `prefix`, sorted.
    ///
    /// # Errors
    /// [`StorageError`] when the storage cannot be read.
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError>;

    /// UTF-16 units this storage may hold, keys and values together.
    fn capacity(&self) -> usize {
        CAPACITY
    }
}

macro_rules! forward_storage {
    ($($pointer:ty),+) => {$(
        impl<T: Storage + ?Sized> Storage for $pointer {
            fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
                (**self).get(key)
            }
            fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
                (**self).set(key, text)
            }
            fn remove(&self, key: &str) -> Result<(), StorageError> {
                (**self).remove(key)
            }
            fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
                (**self).keys(prefix)
            }
            fn capacity(&self) -> usize {
                (**self).capacity()
            }
        }
    )+};
}
forward_storage!(&T, Rc<T>, Box<T>);

/// UTF-16 units in use by all keys that begin with `prefix`, keys and values together; `""` counts the whole origin.
///
/// Reads every value: meant for a storage meter, not for every edit.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
///
/// # Examples
/// ```
/// use loudou::storage::{MemoryStorage, Storage, used_units};
/// let storage = MemoryStorage::new();
/// storage.set("键", "漏斗").unwrap();
/// assert_eq!(used_units(&storage, "").unwrap(), 3);
/// ```
pub fn used_units(storage: &impl Storage, prefix: &str) -> Result<usize, StorageError> {
    let mut used = 0;
    for key in storage.keys(prefix)? {
        used += units(&key) + storage.get(&key)?.map_or(0, |text| units(&text));
    }
    Ok(used)
}

/// Length of `text` in UTF-16 units.
pub(crate) fn units(text: &str) -> usize {
    text.encode_utf16().count()
}
