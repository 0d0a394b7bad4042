//! Which handed-out states a workspace descends from: what it was opened from, what was handed out of it and what was merged into it.
//!
//! Each stands in a key of its own, so that two tabs that note something at once lose nothing, and so that the rule of the
//! [mirror](super::mirror) holds: a key is written once, and one that was removed never comes back. The token tells which step noted it,
//! and a step that is undone takes its own away. They are no part of the journal and no compaction touches them; they go with their
//! workspace, and [backups](super::backups) name them.

use std::collections::BTreeSet;

use super::{
    SaveError, Storage, StorageError,
    catalogue::is_vacant,
    frame::seal,
    keys::{Keys, is_name},
};

/// So many are kept; of more, the oldest go. Their ids sort by time, as those of ULIDs do.
pub const KEPT: usize = 32;
/// What stands under each key. All that it says is in the key.
const PAYLOAD: &str = "descends";

/// Notes what a workspace descends from now, as far as that is not noted yet.
///
/// # Errors
/// [`SaveError`]; what was noted before it stays.
///
/// # Examples
/// ```
/// use loudou::storage::{Archive, MemoryStorage, descent};
/// let storage = MemoryStorage::new();
/// Archive::create(&storage, "a", "w", "漏斗", Vec::new()).unwrap();
/// descent::note(&storage, "w", &["01B".to_owned(), "01A".to_owned()], "t").unwrap();
/// assert_eq!(descent::list(&storage, "w").unwrap(), ["01B", "01A"]);
/// descent::forget(&storage, "w", "t").unwrap();
/// assert!(descent::list(&storage, "w").unwrap().is_empty());
/// ```
pub fn note(storage: &impl Storage, workspace: &str, exports: &[String], token: &str) -> Result<(), SaveError> {
    if let Some(name) = exports.iter().map(String::as_str).chain([token]).find(|name| !is_name(name)) {
        return Err(SaveError::InvalidName(name.to_owned()));
    }
    let keys = Keys::new(workspace);
    if is_vacant(storage, &keys)? {
        return Err(SaveError::Gone);
    }
    let known: BTreeSet<String> = list(storage, workspace)?.into_iter().collect();
    let all: BTreeSet<&String> = known.iter().chain(exports).collect();
    let newest: BTreeSet<&String> = all.into_iter().rev().take(KEPT).collect();
    for export in newest.iter().filter(|export| !known.contains(**export)) {
        storage.set(&[&keys.descent(), export.as_str(), ".", token].concat(), &seal(PAYLOAD))?;
    }
    for key in stored(storage, &keys)? {
        if !newest.iter().any(|export| export.as_str() == export_of(&keys, &key)) {
            storage.remove(&key)?;
        }
    }
    Ok(())
}

/// What a workspace descends from, newest first.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
pub fn list(storage: &impl Storage, workspace: &str) -> Result<Vec<String>, StorageError> {
    let keys = Keys::new(workspace);
    let exports: BTreeSet<String> =
        stored(storage, &keys)?.iter().map(|key| export_of(&keys, key).to_owned()).collect();
    Ok(exports.into_iter().rev().take(KEPT).collect())
}

/// Takes away what one step noted.
///
/// # Errors
/// [`StorageError`] when the storage refuses.
pub fn forget(storage: &impl Storage, workspace: &str, token: &str) -> Result<(), StorageError> {
    let keys = Keys::new(workspace);
    let ending = [".", token].concat();
    stored(storage, &keys)?.iter().filter(|key| key.ends_with(&ending)).try_for_each(|key| storage.remove(key))
}

/// Takes everything away: nobody can say any more what the workspace descends from.
///
/// # Errors
/// [`StorageError`] when the storage refuses.
pub fn clear(storage: &impl Storage, workspace: &str) -> Result<(), StorageError> {
    stored(storage, &Keys::new(workspace))?.iter().try_for_each(|key| storage.remove(key))
}

/// The keys that say what a workspace descends from.
pub(super) fn stored(storage: &impl Storage, keys: &Keys) -> Result<Vec<String>, StorageError> {
    storage.keys(&keys.descent())
}

fn export_of<'k>(keys: &Keys, key: &'k str) -> &'k str {
    let name = key.strip_prefix(&keys.descent()).unwrap_or_default();
    name.split_once('.').map_or(name, |(export, _)| export)
}

#[cfg(test)]
mod tests {
    use super::super::{Archive, MemoryStorage, Piece, Progress, catalogue};
    use super::*;

    fn exports(numbers: impl IntoIterator<Item = u32>) -> Vec<String> {
        numbers.into_iter().map(|number| format!("01{number:04}")).collect()
    }

    fn shelf() -> MemoryStorage {
        let storage = MemoryStorage::new();
        Archive::create(&storage, "a", "w", "漏斗", Vec::new()).unwrap();
        storage
    }

    #[test]
    fn the_newest_stay_and_each_step_takes_its_own_away() {
        let storage = shelf();
        note(&storage, "w", &exports(0..20), "one").unwrap();
        note(&storage, "w", &exports(10..30), "two").unwrap();
        assert_eq!(list(&storage, "w").unwrap(), exports((0..30).rev()));
        forget(&storage, "w", "two").unwrap();
        assert_eq!(list(&storage, "w").unwrap(), exports((0..20).rev()));
        note(&storage, "w", &exports(20..50), "three").unwrap();
        assert_eq!(list(&storage, "w").unwrap(), exports((18..50).rev()));
        // One that is too old is not taken up again.
        note(&storage, "w", &exports(0..5), "four").unwrap();
        assert_eq!(storage.keys("loudou/w/w/x/").unwrap().len(), KEPT);
        clear(&storage, "w").unwrap();
        assert_eq!(list(&storage, "w").unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_name_that_is_none_and_a_workspace_that_is_gone_are_refused() {
        let storage = shelf();
        for (export, token) in [("../head", "t"), ("", "t"), ("01", "t/u"), ("0.1", "t")] {
            let refused = note(&storage, "w", &[export.to_owned()], token);
            assert!(matches!(refused, Err(SaveError::InvalidName(_))), "{export} {token}");
        }
        note(&storage, "w", &exports([1]), "t").unwrap();
        catalogue::delete(&storage, "w").unwrap();
        assert_eq!(storage.keys("").unwrap(), Vec::<String>::new());
        assert!(matches!(note(&storage, "w", &exports([1]), "t"), Err(SaveError::Gone)));
    }

    #[test]
    fn a_compaction_leaves_them_alone() {
        let storage = shelf();
        note(&storage, "w", &exports([1, 2]), "t").unwrap();
        let (mut archive, _) = Archive::open(&storage, "b", "w").unwrap();
        let entry = archive.append("1").unwrap();
        let pieces = vec![Piece { name: "deals".into(), text: "1".into() }];
        let mut compaction = archive.compact(pieces, &[entry]).unwrap();
        while compaction.step(&mut archive).unwrap() == Progress::More {}
        assert_eq!(list(&storage, "w").unwrap(), exports([2, 1]));
    }
}
