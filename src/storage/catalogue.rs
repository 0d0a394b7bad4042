//! The workspaces of this browser, found from their own keys.

use std::collections::BTreeSet;

use super::archive::{HeadState, read_head};
use super::frame::seal;
use super::keys::{Keys, WORKSPACES};
use super::record::DELETED;
use super::{Storage, StorageError};

/// The number of the generation that a creation makes.
const FIRST: u64 = 1;

/// One workspace of this browser.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listing {
    /// The id to open it by.
    pub id: String,
    /// Its title, or `None` when the head cannot be read.
    pub title: Option<String>,
}

/// The workspaces of this browser, by id. One being deleted, or never finished, is not among them.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
pub fn workspaces(storage: &impl Storage) -> Result<Vec<Listing>, StorageError> {
    let mut list = Vec::new();
    for id in ids(storage)? {
        let keys = Keys::new(&id);
        match read_head(storage, &keys)? {
            HeadState::Whole(head) => list.push(Listing { id, title: Some(head.title) }),
            HeadState::Newer | HeadState::Damaged(_) => list.push(Listing { id, title: None }),
            HeadState::Missing if !is_vacant(storage, &keys)? => list.push(Listing { id, title: None }),
            HeadState::Missing | HeadState::Deleted => {}
        }
    }
    Ok(list)
}

/// Deletes a workspace with its quarantined texts.
///
/// It is gone from the first write on, which marks its head; the head itself goes last, so that [`tidy`] can finish an
/// interrupted deletion. Deleting what is not there is no error.
///
/// # Errors
/// [`StorageError`]; when nothing could be marked, the workspace is as it was.
pub fn delete(storage: &impl Storage, id: &str) -> Result<(), StorageError> {
    let keys = Keys::new(id);
    let all = storage.keys(&keys.prefix)?;
    if all.is_empty() {
        return Ok(());
    }
    match storage.set(&keys.head(), &seal(DELETED)) {
        // Any head is longer than the mark, so it finds room unless there is no head to mark.
        Err(StorageError::Full) if !all.contains(&keys.head()) => {}
        marked => marked?,
    }
    for key in all.iter().filter(|key| **key != keys.head()) {
        storage.remove(key)?;
    }
    storage.remove(&keys.head())
}

/// Finishes interrupted deletions.
///
/// # Errors
/// [`StorageError`] when the storage refuses.
pub fn tidy(storage: &impl Storage) -> Result<(), StorageError> {
    for id in ids(storage)? {
        if matches!(read_head(storage, &Keys::new(&id))?, HeadState::Deleted) {
            delete(storage, &id)?;
        }
    }
    Ok(())
}

/// The ids under which nothing stands but pieces of a creation that was never finished, or that is still under way.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
pub fn unfinished(storage: &impl Storage) -> Result<Vec<String>, StorageError> {
    let mut list = Vec::new();
    for id in ids(storage)? {
        let keys = Keys::new(&id);
        if is_unfinished(&keys, &storage.keys(&keys.prefix)?) {
            list.push(id);
        }
    }
    Ok(list)
}

/// Removes what a creation has left that was never finished, if that is all there is under this id. To be called while no tab can be at
/// that creation.
///
/// # Errors
/// [`StorageError`] when the storage refuses.
pub fn clear_unfinished(storage: &impl Storage, id: &str) -> Result<(), StorageError> {
    let keys = Keys::new(id);
    let there = storage.keys(&keys.prefix)?;
    if is_unfinished(&keys, &there) {
        there.iter().try_for_each(|key| storage.remove(key))?;
    }
    Ok(())
}

/// Whether all that stands under these keys are pieces of a first generation.
fn is_unfinished(keys: &Keys, there: &[String]) -> bool {
    there.iter().all(|key| keys.place_of(key).is_some_and(|at| at.generation.number == FIRST))
}

/// Whether nothing that was ever saved stands under these keys: at most the beginnings of an unfinished creation.
pub(super) fn is_vacant(storage: &impl Storage, keys: &Keys) -> Result<bool, StorageError> {
    let spare_heads = |key: &String| keys.generation_of(key).is_some() && key.ends_with("/head");
    Ok(storage.get(&keys.head())?.is_none()
        && storage.keys(&keys.journal())?.is_empty()
        && !storage.keys(&keys.generations())?.iter().any(spare_heads))
}

/// The ids under which anything stands, be it what is left of a workspace.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
pub fn ids(storage: &impl Storage) -> Result<BTreeSet<String>, StorageError> {
    let keys = storage.keys(WORKSPACES)?;
    Ok(keys
        .iter()
        .filter_map(|key| key.strip_prefix(WORKSPACES)?.split_once('/'))
        .map(|(id, _)| id.to_owned())
        .collect())
}
