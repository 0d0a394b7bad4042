//! How full the storage is, and of what.

use std::collections::BTreeMap;

use super::{Storage, StorageError, keys::WORKSPACES, units};

/// From so many hundredths on it is said once, calmly.
const EARLY: usize = 70;
/// From so many on it is said on every page.
const HIGH: usize = 90;

/// How urgent it is to make room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// There is room.
    Calm,
    /// There is room, and it goes down.
    Early,
    /// The next import may not fit.
    High,
}

/// What one workspace takes, in UTF-16 units, keys and values together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Share {
    /// Its id.
    pub workspace: String,
    /// Heads and pieces.
    pub data: usize,
    /// Changes that are not folded in yet.
    pub journal: usize,
    /// Copies of damaged texts.
    pub quarantine: usize,
    /// What was deleted and can be put back.
    pub trash: usize,
    /// What is typed and not saved yet, and whatever else there is.
    pub drafts: usize,
}

impl Share {
    /// All of it.
    pub fn total(&self) -> usize {
        self.data + self.journal + self.quarantine + self.trash + self.drafts
    }
}

/// What is in use of the storage.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Fullness {
    /// UTF-16 units in use, keys and values of the whole origin together.
    pub used: usize,
    /// UTF-16 units there are.
    pub capacity: usize,
    /// The workspaces, largest first.
    pub shares: Vec<Share>,
}

impl Fullness {
    /// Measures a storage. Reads every value: meant for now and then, not for every edit.
    ///
    /// # Errors
    /// [`StorageError`] when the storage cannot be read.
    ///
    /// # Examples
    /// ```
    /// use loudou::storage::{MemoryStorage, Storage, fullness::{Fullness, Level}};
    /// let storage = MemoryStorage::with_capacity(40);
    /// storage.set("loudou/w/a/j/t/1", "漏斗漏斗漏斗漏斗漏斗漏斗").unwrap();
    /// let found = Fullness::of(&storage).unwrap();
    /// assert_eq!((found.used, found.level()), (28, Level::Early));
    /// assert_eq!((found.shares[0].workspace.as_str(), found.shares[0].journal), ("a", 28));
    /// ```
    pub fn of(storage: &impl Storage) -> Result<Self, StorageError> {
        let mut shares: BTreeMap<String, Share> = BTreeMap::new();
        let mut used = 0;
        for key in storage.keys("")? {
            let size = units(&key) + storage.get(&key)?.map_or(0, |text| units(&text));
            used += size;
            let Some((workspace, rest)) = key.strip_prefix(WORKSPACES).and_then(|rest| rest.split_once('/')) else {
                continue;
            };
            let share = shares.entry(workspace.to_owned()).or_default();
            let part = match rest.split('/').next() {
                Some("head" | "g") => &mut share.data,
                Some("j") => &mut share.journal,
                Some("q") => &mut share.quarantine,
                Some("t") => &mut share.trash,
                _ => &mut share.drafts,
            };
            *part += size;
        }
        let named = |(workspace, share)| Share { workspace, ..share };
        let mut shares: Vec<Share> = shares.into_iter().map(named).collect();
        shares.sort_by_key(|share| std::cmp::Reverse(share.total()));
        Ok(Self { used, capacity: storage.capacity(), shares })
    }

    /// Hundredths in use, rounded down; 0 of a storage that holds nothing.
    pub fn percent(&self) -> usize {
        (self.used * 100).checked_div(self.capacity).unwrap_or(0)
    }

    /// How urgent it is to make room.
    pub fn level(&self) -> Level {
        match self.percent() {
            HIGH.. => Level::High,
            EARLY.. => Level::Early,
            _ => Level::Calm,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Archive, MemoryStorage, Piece, drafts, used_units};
    use super::*;

    #[test]
    fn every_unit_is_counted_once() {
        let storage = MemoryStorage::new();
        let pieces = vec![Piece { name: "deals".into(), text: "漏斗".repeat(500) }];
        let mut archive = Archive::create(&storage, "t", "large", "大", pieces).unwrap();
        archive.append("change").unwrap();
        Archive::create(&storage, "t", "small", "小", Vec::new()).unwrap();
        drafts::keep(&storage, "large", "m", "typed").unwrap();
        storage.set("loudou/w/small/q/head/0", "damaged").unwrap();
        storage.set("loudou/settings", "{}").unwrap();
        let found = Fullness::of(&storage).unwrap();
        assert_eq!(found.used, used_units(&storage, "").unwrap());
        let [large, small] = found.shares.as_slice() else { panic!("{:?}", found.shares) };
        assert_eq!((large.workspace.as_str(), small.workspace.as_str()), ("large", "small"));
        for share in [large, small] {
            let prefix = format!("loudou/w/{}/", share.workspace);
            assert_eq!(share.total(), used_units(&storage, &prefix).unwrap());
        }
        assert_eq!(large.journal, used_units(&storage, "loudou/w/large/j/").unwrap());
        assert_eq!(large.drafts, used_units(&storage, "loudou/w/large/d/").unwrap());
        assert_eq!((large.quarantine, small.journal, small.drafts), (0, 0, 0));
        assert_eq!(small.quarantine, used_units(&storage, "loudou/w/small/q/").unwrap());
    }

    #[test]
    fn levels_begin_at_seventy_and_ninety() {
        let level = |used| Fullness { used, capacity: 1000, shares: Vec::new() }.level();
        assert_eq!([0, 699].map(level), [Level::Calm; 2]);
        assert_eq!([700, 899].map(level), [Level::Early; 2]);
        assert_eq!([900, 1000].map(level), [Level::High; 2]);
        assert_eq!(Fullness::default().level(), Level::Calm);
    }
}
