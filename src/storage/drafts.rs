//! What is typed and not saved yet, one text a name: it goes when it is saved or given up, or with its workspace.

use super::archive::quarantine;
use super::frame::{seal, unseal};
use super::keys::Keys;
use super::{Storage, StorageError};

/// What is kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kept {
    /// Nothing.
    Nothing,
    /// This text, as it was written.
    Whole(String),
    /// Something else than was written, or what a newer version wrote: the raw text.
    Unreadable(String),
}

/// What is kept of a workspace under a name.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
pub fn read(storage: &impl Storage, workspace: &str, name: &str) -> Result<Kept, StorageError> {
    let text = storage.get(&Keys::new(workspace).draft(name))?;
    Ok(text.map_or(Kept::Nothing, |text| match unseal(&text) {
        Ok(payload) => Kept::Whole(payload.to_owned()),
        Err(_) => Kept::Unreadable(text),
    }))
}

/// Keeps a text under a name, in place of what was there.
///
/// # Errors
/// [`StorageError`]; then what was there still is.
pub fn keep(storage: &impl Storage, workspace: &str, name: &str, text: &str) -> Result<(), StorageError> {
    storage.set(&Keys::new(workspace).draft(name), &seal(text))
}

/// Forgets what is kept under a name.
///
/// # Errors
/// [`StorageError`] when the storage cannot be written.
pub fn forget(storage: &impl Storage, workspace: &str, name: &str) -> Result<(), StorageError> {
    storage.remove(&Keys::new(workspace).draft(name))
}

/// Copies what is kept under a name to a quarantine key, so that something else can take its place; whether it is safe.
pub fn set_aside(storage: &impl Storage, workspace: &str, name: &str) -> bool {
    let keys = Keys::new(workspace);
    let key = keys.draft(name);
    match storage.get(&key) {
        Ok(Some(text)) => quarantine(storage, &keys, &key, &text).is_some(),
        Ok(None) => true,
        Err(_unreadable) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{MemoryStorage, catalogue};
    use super::*;

    #[test]
    fn a_draft_is_kept_until_it_is_forgotten() {
        let storage = MemoryStorage::new();
        assert_eq!(read(&storage, "a", "m"), Ok(Kept::Nothing));
        keep(&storage, "a", "m", "漏斗").unwrap();
        keep(&storage, "a", "m", "漏斗二").unwrap();
        assert_eq!(read(&storage, "a", "m"), Ok(Kept::Whole("漏斗二".to_owned())));
        assert_eq!(read(&storage, "b", "m"), Ok(Kept::Nothing));
        // A draft makes no workspace.
        assert_eq!(catalogue::workspaces(&storage), Ok(Vec::new()));
        forget(&storage, "a", "m").unwrap();
        assert_eq!(storage.keys("").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_draft_goes_with_its_workspace() {
        let storage = MemoryStorage::new();
        keep(&storage, "a", "m", "text").unwrap();
        catalogue::delete(&storage, "a").unwrap();
        assert_eq!(storage.keys("").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_damaged_draft_is_shown_and_set_aside() {
        let storage = MemoryStorage::new();
        keep(&storage, "a", "m", "text").unwrap();
        let key = storage.keys("").unwrap().remove(0);
        let damaged = storage.get(&key).unwrap().unwrap().replace("text", "tent");
        storage.set(&key, &damaged).unwrap();
        assert_eq!(read(&storage, "a", "m"), Ok(Kept::Unreadable(damaged.clone())));
        assert!(set_aside(&storage, "a", "m"));
        keep(&storage, "a", "m", "anew").unwrap();
        let copies = storage.keys("loudou/w/a/q/").unwrap();
        assert_eq!(copies.len(), 1);
        assert_eq!(storage.get(&copies[0]).unwrap(), Some(damaged));
    }
}
