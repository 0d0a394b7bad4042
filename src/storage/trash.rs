//! What was deleted from a workspace, one text a deletion: it stays to be put back, for 90 days and while there is room.
//!
//! | line | holds |
//! |---|---|
//! | first | `trash` and the moment of the deletion in milliseconds since 1970 |
//! | second | what was deleted, in a line that is the caller's business, so that a list is read without unpacking anything |
//! | rest | the deletion, deflated when it is long |
//!
//! Ids are given in the order of time, as those of ULIDs: the smallest is the oldest. The trash gives way to everything else: what the user
//! writes is kept first, and [`make_room`] takes the oldest deletion of any workspace away for it. It goes with its workspace.

use super::catalogue::is_vacant;
use super::frame::{FrameError, seal, unseal};
use super::keys::{Keys, WORKSPACES, is_name};
use super::record::{decode, encode, escape, unescape};
use super::{SaveError, Storage, StorageError};

/// A deletion older than so many milliseconds goes: 90 days.
pub const KEPT_FOR: i64 = 90 * 24 * 60 * 60 * 1000;
/// How many deletions of a workspace are kept; the oldest of more go.
pub const KEPT: usize = 200;

/// One deletion in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its id.
    pub id: String,
    /// When it was, in milliseconds since 1970, and what was deleted; `None` when its text is damaged or was written by a newer version.
    pub said: Option<(i64, String)>,
}

/// What is found under an id.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// Nothing: it went meanwhile.
    Nothing,
    /// The deletion, as it was written.
    Whole(Thrown),
    /// Something else than was written, or what a newer version wrote: the raw text.
    Unreadable(String),
}

/// A deletion to keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Thrown {
    /// Its id.
    pub id: String,
    /// When it was, in milliseconds since 1970.
    pub at: i64,
    /// What was deleted, in one line.
    pub label: String,
    /// The deletion.
    pub text: String,
}

/// Keeps a deletion of a workspace. Older ones give way to it where room is short, of this workspace also where they are too many.
///
/// # Errors
/// [`SaveError`], with [`StorageError::Full`] also when all older ones together would leave too little room; then they stay.
pub fn keep(storage: &impl Storage, workspace: &str, thrown: &Thrown) -> Result<(), SaveError> {
    if !is_name(&thrown.id) {
        return Err(SaveError::InvalidName(thrown.id.clone()));
    }
    let keys = Keys::new(workspace);
    if is_vacant(storage, &keys)? {
        return Err(SaveError::Gone);
    }
    let payload = format!("trash {}\n{}\n{}", thrown.at, escape(&thrown.label), encode(&thrown.text)?);
    let (key, text) = (keys.trash(&thrown.id), seal(&payload));
    loop {
        match storage.set(&key, &text) {
            Err(StorageError::Full) if could_fit(storage, &key, &text)? && make_room(storage)? => {}
            kept => break kept?,
        }
    }
    let all = storage.keys(&keys.trash(""))?;
    for old in all.iter().take(all.len().saturating_sub(KEPT)) {
        storage.remove(old)?;
    }
    Ok(())
}

/// Whether a text finds room when all deletions go.
fn could_fit(storage: &impl Storage, key: &str, text: &str) -> Result<bool, StorageError> {
    let mut room = storage.capacity().saturating_sub(super::used_units(storage, "")?);
    for key in all(storage)? {
        room += super::units(&key) + storage.get(&key)?.map_or(0, |text| super::units(&text));
    }
    Ok(room >= super::units(key) + super::units(text))
}

/// The deletions of a workspace, newest first.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
pub fn list(storage: &impl Storage, workspace: &str) -> Result<Vec<Listed>, StorageError> {
    let prefix = Keys::new(workspace).trash("");
    let mut list = Vec::new();
    for key in storage.keys(&prefix)?.into_iter().rev() {
        let Some(text) = storage.get(&key)? else { continue };
        let said = unseal(&text).ok().and_then(parse).map(|(at, label, _)| (at, label));
        list.push(Listed { id: key.strip_prefix(&prefix).unwrap_or_default().to_owned(), said });
    }
    Ok(list)
}

/// The deletion with this id.
///
/// # Errors
/// [`StorageError`] when the storage cannot be read.
pub fn read(storage: &impl Storage, workspace: &str, id: &str) -> Result<Found, StorageError> {
    let Some(raw) = storage.get(&Keys::new(workspace).trash(id))? else { return Ok(Found::Nothing) };
    let whole = unseal(&raw)
        .ok()
        .and_then(parse)
        .and_then(|(at, label, body)| Some(Thrown { id: id.to_owned(), at, label, text: decode(body)? }));
    Ok(whole.map_or(Found::Unreadable(raw), Found::Whole))
}

/// Removes a deletion for good.
///
/// # Errors
/// [`StorageError`] when the storage cannot be written.
pub fn remove(storage: &impl Storage, workspace: &str, id: &str) -> Result<(), StorageError> {
    storage.remove(&Keys::new(workspace).trash(id))
}

/// Removes the deletions of a workspace that are older than 90 days at `now`, in milliseconds since 1970. Of one that cannot be read
/// nobody knows how old it is: it stays.
///
/// # Errors
/// [`StorageError`] when the storage refuses.
pub fn tidy(storage: &impl Storage, workspace: &str, now: i64) -> Result<(), StorageError> {
    for Listed { id, said } in list(storage, workspace)? {
        if said.is_some_and(|(at, _)| now.saturating_sub(at) > KEPT_FOR) {
            remove(storage, workspace, &id)?;
        }
    }
    Ok(())
}

/// Removes the oldest deletion of all workspaces; whether there was one. What a newer version wrote stays.
///
/// # Errors
/// [`StorageError`] when the storage refuses.
pub fn make_room(storage: &impl Storage) -> Result<bool, StorageError> {
    let mut all = all(storage)?;
    all.sort_unstable_by(|one, other| id_of(one).cmp(id_of(other)));
    for key in all {
        let newer = storage.get(&key)?.is_some_and(|text| unseal(&text) == Err(FrameError::Newer));
        if !newer {
            storage.remove(&key)?;
            return Ok(true);
        }
    }
    Ok(false)
}

/// Does what writes. While there is too little room for it, the oldest deletions give way: what the user writes comes before what was
/// thrown away.
///
/// # Errors
/// What `write` says, [`StorageError::Full`] only when no deletion is left.
pub fn give_room<T>(storage: &impl Storage, mut write: impl FnMut() -> Result<T, SaveError>) -> Result<T, SaveError> {
    loop {
        match write() {
            // Where none can be removed, the refusal stands.
            Err(SaveError::Storage(StorageError::Full)) if make_room(storage).unwrap_or(false) => {}
            written => return written,
        }
    }
}

/// The keys of all deletions.
fn all(storage: &impl Storage) -> Result<Vec<String>, StorageError> {
    let is_trash = |key: &String| {
        let rest = key.strip_prefix(WORKSPACES).and_then(|rest| rest.split_once('/'));
        rest.is_some_and(|(_, rest)| rest.starts_with("t/"))
    };
    Ok(storage.keys(WORKSPACES)?.into_iter().filter(is_trash).collect())
}

fn id_of(key: &str) -> &str {
    key.rsplit('/').next().unwrap_or_default()
}

/// The moment, the label and the packed deletion of a payload.
fn parse(payload: &str) -> Option<(i64, String, &str)> {
    let mut lines = payload.splitn(3, '\n');
    let at = lines.next()?.strip_prefix("trash ")?.parse().ok()?;
    Some((at, unescape(lines.next()?), lines.next()?))
}

#[cfg(test)]
mod tests {
    use super::super::{Archive, CAPACITY, Fault, MemoryStorage, Piece, catalogue};
    use super::*;

    /// A storage with something of the workspaces `a` and `b` in it.
    fn shelf(capacity: usize) -> MemoryStorage {
        let storage = MemoryStorage::with_capacity(capacity);
        for workspace in ["a", "b"] {
            storage.set(&Keys::new(workspace).journal(), "").unwrap();
        }
        storage
    }

    fn thrown(id: &str, at: i64, text: &str) -> Thrown {
        Thrown { id: id.to_owned(), at, label: format!("deal 1 0 漏斗\n{id}"), text: text.to_owned() }
    }

    fn ids(storage: &MemoryStorage, workspace: &str) -> Vec<String> {
        list(storage, workspace).unwrap().into_iter().map(|listed| listed.id).collect()
    }

    /// A text that hardly gets shorter.
    fn noise(length: u32) -> String {
        let mut seed = 1_u32;
        let mut next = || {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            char::from(b'0' + u8::try_from(seed >> 24).unwrap() % 75)
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn a_deletion_is_kept_listed_and_removed() {
        let storage = shelf(CAPACITY);
        assert_eq!(read(&storage, "a", "1"), Ok(Found::Nothing));
        keep(&storage, "a", &thrown("1", 5, "one")).unwrap();
        keep(&storage, "a", &thrown("2", 6, &"two\n".repeat(5000))).unwrap();
        keep(&storage, "b", &thrown("3", 7, "three")).unwrap();
        let said = |id: &str, at| Listed { id: id.to_owned(), said: Some((at, format!("deal 1 0 漏斗\n{id}"))) };
        assert_eq!(list(&storage, "a"), Ok(vec![said("2", 6), said("1", 5)]));
        assert_eq!(read(&storage, "a", "1"), Ok(Found::Whole(thrown("1", 5, "one"))));
        assert_eq!(read(&storage, "a", "2"), Ok(Found::Whole(thrown("2", 6, &"two\n".repeat(5000)))));
        remove(&storage, "a", "1").unwrap();
        assert_eq!(ids(&storage, "a"), ["2"]);
        catalogue::delete(&storage, "a").unwrap();
        assert_eq!((ids(&storage, "a").len(), ids(&storage, "b").len()), (0, 1));
        // Another tab that has not heard of it yet leaves nothing behind.
        assert_eq!(keep(&storage, "a", &thrown("4", 8, "four")), Err(SaveError::Gone));
        assert_eq!(storage.keys("loudou/w/a/"), Ok(Vec::new()));
    }

    #[test]
    fn the_old_and_the_many_go() {
        let storage = shelf(CAPACITY);
        for number in 0..i64::try_from(KEPT).unwrap() + 3 {
            keep(&storage, "a", &thrown(&format!("{number:04}"), number, "text")).unwrap();
        }
        assert_eq!(ids(&storage, "a").len(), KEPT);
        assert_eq!(ids(&storage, "a").last().unwrap(), "0003");
        tidy(&storage, "a", KEPT_FOR + 100).unwrap();
        assert_eq!(ids(&storage, "a").last().unwrap(), "0100");
        // A clock that is behind removes nothing.
        tidy(&storage, "a", -5).unwrap();
        assert_eq!(ids(&storage, "a").last().unwrap(), "0100");
    }

    #[test]
    fn every_flipped_bit_is_noticed_and_costs_one_entry() {
        let storage = shelf(CAPACITY);
        keep(&storage, "a", &thrown("1", 5, "one")).unwrap();
        keep(&storage, "a", &thrown("2", 6, "two")).unwrap();
        let key = Keys::new("a").trash("1");
        let length = storage.get(&key).unwrap().unwrap().encode_utf16().count();
        for unit in 0..length {
            for bit in 0..16 {
                let damaged = storage.reopened();
                assert!(damaged.flip_bit(&key, unit, bit));
                let listed = list(&damaged, "a").unwrap();
                assert_eq!((&listed[0].said.is_some(), &listed[1].said), (&true, &None), "unit {unit} bit {bit}");
                let raw = damaged.get(&key).unwrap().unwrap();
                assert_eq!(read(&damaged, "a", "1"), Ok(Found::Unreadable(raw)));
                tidy(&damaged, "a", i64::MAX).unwrap();
                assert_eq!(ids(&damaged, "a"), ["1"]);
            }
        }
    }

    #[test]
    fn the_oldest_make_room_whatever_their_workspace() {
        let storage = shelf(4000);
        for (id, workspace) in [("1", "b"), ("2", "a"), ("3", "b")] {
            keep(&storage, workspace, &thrown(id, 1, &noise(1000))).unwrap();
        }
        keep(&storage, "a", &thrown("4", 1, &noise(1800))).unwrap();
        assert_eq!((ids(&storage, "a"), ids(&storage, "b")), (vec!["4".to_owned()], vec!["3".to_owned()]));
        // One for which there is no room at all takes no other with it.
        assert_eq!(keep(&storage, "a", &thrown("5", 1, &noise(4000))), Err(SaveError::Storage(StorageError::Full)));
        assert_eq!((ids(&storage, "a").len(), ids(&storage, "b").len()), (1, 1));
        assert_eq!(make_room(&storage), Ok(true));
        assert_eq!(make_room(&storage), Ok(true));
        assert_eq!(make_room(&storage), Ok(false));
    }

    #[test]
    fn work_comes_before_the_trash() {
        let storage = shelf(4000);
        for id in ["1", "2", "3"] {
            keep(&storage, "a", &thrown(id, 1, &noise(1000))).unwrap();
        }
        let piece = Piece { name: "deals".to_owned(), text: noise(1500) };
        let made = Archive::create(&storage, "tab", "c", "漏斗", vec![piece]);
        assert_eq!(ids(&storage, "a"), ["3", "2"]);
        let mut archive = made.unwrap();
        give_room(&storage, || archive.append(&noise(1100))).unwrap();
        assert_eq!(ids(&storage, "a"), ["3"]);
        let refused = give_room(&storage, || archive.append(&noise(3000)));
        assert_eq!(refused, Err(SaveError::Storage(StorageError::Full)));
    }

    #[test]
    fn a_stop_anywhere_leaves_what_was_kept() {
        for stop in 0..4 {
            let storage = shelf(4000);
            for id in ["1", "2", "3"] {
                keep(&storage, "a", &thrown(id, 1, &noise(1000))).unwrap();
            }
            storage.set_fault(Fault::StopAfter(stop));
            let kept = keep(&storage, "a", &thrown("4", 1, &noise(1800)));
            let next = storage.reopened();
            assert_eq!(kept.is_ok(), ids(&next, "a").contains(&"4".to_owned()), "after {stop} writes");
            assert!(list(&next, "a").unwrap().iter().all(|listed| listed.said.is_some()));
        }
        let blocked = MemoryStorage::new();
        blocked.set_fault(Fault::Blocked);
        assert_eq!(keep(&blocked, "a", &thrown("1", 1, "")), Err(SaveError::Storage(StorageError::Blocked)));
        assert_eq!(list(&blocked, "a"), Err(StorageError::Blocked));
    }
}
