//! The second copy of local storage, in the browser's database.
//!
//! Local storage is what the page reads and writes, but a browser that is killed, or whose power fails, may forget what was written to it
//! seconds or minutes ago. [`Mirrored`] tells every write to an [`Outbox`], from where it goes to the database, which says when
//! the disk has it. When the page starts, what local storage forgot is put back: [`Differences`].
//!
//! Both copies are the state after some write of one and the same history, so that one is the other, earlier. A key is put at most once but for heads
//! and drafts, and a removed one never comes back; so the union without what either has removed is a state that an [`Archive`]
//! may be stopped in, and the [module](super) tells why such a state opens whole.
//!
//! In the mirror a key that is there stands as `+key`, with its text, and one that was removed as `-key`, so that a listing of keys tells what is
//! to be done.
//!
//! [`Archive`]: super::Archive

use std::{
    cell::{Cell, OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
};

use super::{
    Storage, StorageError,
    archive::{HeadState, read_head},
    frame::unseal,
    keys::{Keys, LAST_OPENED, WORKSPACES},
    record::{Head, HeadText},
    recovery::head_without,
};

/// A storage that tells its writes to an outbox.
#[derive(Debug)]
pub struct Mirrored<S, O> {
    storage: S,
    outbox: O,
}

impl<S: Storage, O: AsRef<Outbox>> Mirrored<S, O> {
    /// `storage`, which tells `outbox` of every write that it did not refuse.
    pub fn new(storage: S, outbox: O) -> Self {
        Self { storage, outbox }
    }
}

impl<S: Storage, O: AsRef<Outbox>> Storage for Mirrored<S, O> {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.storage.get(key)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.storage.set(key, text)?;
        self.outbox.as_ref().put(key, Some(text));
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.storage.remove(key)?;
        self.outbox.as_ref().put(key, None);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.storage.keys(prefix)
    }

    fn capacity(&self) -> usize {
        self.storage.capacity()
    }
}

/// A write to the mirror: what a key of it shall hold; `None` removes it.
pub type Write = (String, Option<String>);

/// Writes that the mirror has not heard of yet, the last one of each key.
#[derive(Default)]
pub struct Outbox {
    writes: RefCell<BTreeMap<String, Option<String>>>,
    closed: Cell<bool>,
    wake: OnceCell<Box<dyn Fn()>>,
}

impl std::fmt::Debug for Outbox {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Outbox").field("waiting", &self.writes.borrow().len()).finish_non_exhaustive()
    }
}

impl Outbox {
    /// Calls `wake` from now on with the first write that waits. Before, writes wait for it; the first call counts.
    pub fn wake_with(&self, wake: impl Fn() + 'static) {
        self.wake.get_or_init(|| Box::new(wake));
    }

    fn put(&self, key: &str, text: Option<&str>) {
        if self.closed.get() || !is_kept_twice(key) {
            return;
        }
        let first = {
            let mut writes = self.writes.borrow_mut();
            let first = writes.is_empty();
            writes.insert(key.to_owned(), text.map(str::to_owned));
            first
        };
        if first && let Some(wake) = self.wake.get() {
            wake();
        }
    }

    /// Whether nothing waits.
    pub fn is_empty(&self) -> bool {
        self.writes.borrow().is_empty()
    }

    /// Takes what waits, to be written to the mirror all at once.
    pub fn take(&self) -> Vec<Write> {
        std::mem::take(&mut *self.writes.borrow_mut()).into_iter().flat_map(|(key, text)| told(&key, text)).collect()
    }

    /// Takes in nothing any more and forgets what waits: there is no mirror.
    pub fn close(&self) {
        self.closed.set(true);
        self.writes.borrow_mut().clear();
    }
}

/// What the mirror is told of a key.
fn told(key: &str, text: Option<String>) -> [Write; 2] {
    let (there, gone) = (["+", key].concat(), ["-", key].concat());
    match text {
        Some(text) => [(there, Some(text)), (gone, None)],
        None => [(there, None), (gone, Some(String::new()))],
    }
}

/// Whether a key belongs to what is kept twice: the workspaces and which one was opened last. Settings are of another kind, and are not.
pub fn is_kept_twice(key: &str) -> bool {
    key.starts_with(WORKSPACES) || key == LAST_OPENED
}

/// The key of the mirror that holds the text of `key`.
pub fn mirrored_key(key: &str) -> String {
    ["+", key].concat()
}

/// Whether a text of the mirror is as it was written, as far as it can be told.
pub fn is_whole(text: &str) -> bool {
    unseal(text).is_ok()
}

/// Where local storage and its mirror differ, by their keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Differences {
    /// What may have to be put back: keys that are not in local storage, and keys that are put more than once.
    wanted: Vec<String>,
    /// Keys that local storage does not know to be removed.
    removed: Vec<String>,
    /// Keys that the mirror does not know.
    unknown: Vec<String>,
    /// Removals that need to be remembered no longer.
    settled: Vec<String>,
}

impl Differences {
    /// Compares a storage with the keys of its mirror.
    ///
    /// # Errors
    /// [`StorageError`] when the storage cannot be read.
    pub fn of(storage: &impl Storage, mirror: &[String]) -> Result<Self, StorageError> {
        let here: BTreeSet<String> = storage.keys("")?.into_iter().filter(|key| is_kept_twice(key)).collect();
        let mut known = BTreeSet::new();
        let mut differences = Self::default();
        for entry in mirror {
            if let Some(key) = entry.strip_prefix('+') {
                known.insert(key);
                if !here.contains(key) || is_put_again(key) {
                    differences.wanted.push(key.to_owned());
                }
            } else if let Some(key) = entry.strip_prefix('-') {
                known.insert(key);
                let list = if here.contains(key) { &mut differences.removed } else { &mut differences.settled };
                list.push(key.to_owned());
            }
        }
        differences.unknown = here.into_iter().filter(|key| !known.contains(key.as_str())).collect();
        Ok(differences)
    }

    /// The keys of the mirror whose texts [`restore`](Self::restore) needs, in the order in which it needs them.
    pub fn wanted(&self) -> Vec<String> {
        self.wanted.iter().map(|key| mirrored_key(key)).collect()
    }

    /// Makes the storage what it would be had nothing been forgotten. `texts` are those of [`wanted`](Self::wanted). Gives what the mirror is
    /// to be told in turn.
    ///
    /// # Errors
    /// The storage refused. Heads are written last, so what it shows then is what it showed before, or more.
    pub fn restore(self, storage: &impl Storage, texts: Vec<Option<String>>) -> Result<Vec<Write>, StorageError> {
        for key in &self.removed {
            storage.remove(key)?;
        }
        let mut writes: Vec<Write> = self.settled.iter().map(|key| (["-", key].concat(), None)).collect();
        let mut heads = BTreeMap::new();
        let mut others = Vec::new();
        for (key, text) in self.wanted.into_iter().zip(texts) {
            let Some(text) = text else { continue };
            match workspace_of_head(&key) {
                Some(id) => drop(heads.insert(id.to_owned(), text)),
                None => others.push((key, text)),
            }
        }
        let mut done = BTreeMap::new();
        for (key, text) in others {
            // What is there of a draft is newer, unless it is damaged: a page that is left may not have told the mirror the last of it.
            let keep = storage.get(&key)?.is_some_and(|here| is_whole(&here) || !is_whole(&text));
            if !keep && !is_done(storage, &heads, &mut done, &key)? {
                storage.set(&key, &text)?;
            }
        }
        for (id, text) in heads {
            let keys = Keys::new(&id);
            settle_head(storage, &keys, &text)?;
            writes.extend(storage.get(&keys.head())?.into_iter().flat_map(|head| told(&keys.head(), Some(head))));
        }
        for key in self.unknown {
            if let Some(text) = storage.get(&key)? {
                writes.extend(told(&key, Some(text)));
            }
        }
        Ok(writes)
    }
}

/// Whether a key of the mirror is a journal entry that storage has folded into a generation since: where storage is ahead of its mirror, what
/// is up to the clock of its head was removed. `done` remembers that clock by workspace.
fn is_done(
    storage: &impl Storage,
    mirrored: &BTreeMap<String, String>,
    done: &mut BTreeMap<String, Option<u64>>,
    key: &str,
) -> Result<bool, StorageError> {
    let Some((id, _)) = key.strip_prefix(WORKSPACES).and_then(|rest| rest.split_once('/')) else { return Ok(false) };
    let keys = Keys::new(id);
    let Some(entry) = keys.entry_of(key) else { return Ok(false) };
    let clock = if let Some(clock) = done.get(id) {
        *clock
    } else {
        let theirs = mirrored.get(id).and_then(|text| unseal(text).ok()).and_then(Head::parse);
        let is_ahead = |ours: &Head| theirs.is_none_or(|theirs| theirs.generation.number < ours.generation.number);
        let clock = match read_head(storage, &keys)? {
            HeadState::Whole(ours) => is_ahead(&ours).then_some(ours.clock),
            _ => None,
        };
        done.insert(id.to_owned(), clock);
        clock
    };
    Ok(clock.is_some_and(|clock| entry.seq <= clock))
}

/// Writes the newer of the head that is there and the one of the mirror, or the best that can be opened where its pieces are not all there.
fn settle_head(storage: &impl Storage, keys: &Keys, mirrored: &str) -> Result<(), StorageError> {
    let theirs = unseal(mirrored).ok().and_then(HeadText::parse);
    let newer = match (read_head(storage, keys)?, &theirs) {
        // A newer version of the page knows better, and what is deleted stays so.
        (HeadState::Newer | HeadState::Deleted, _) | (HeadState::Whole(_), None) => false,
        (HeadState::Whole(ours), Some(HeadText::Head(theirs))) => {
            (theirs.generation.number, theirs.clock) >= (ours.generation.number, ours.clock)
        }
        (HeadState::Whole(_), Some(HeadText::Deleted)) | (HeadState::Missing | HeadState::Damaged(_), _) => true,
    };
    if newer {
        storage.set(&keys.head(), mirrored)?;
    }
    if let HeadState::Whole(head) = read_head(storage, keys)?
        && !has_pieces(storage, keys, &head)?
        && let Some(best) = head_without(storage, keys)?
        && has_pieces(storage, keys, &best)?
    {
        storage.set(&keys.head(), &best.sealed())?;
    }
    Ok(())
}

fn has_pieces(storage: &impl Storage, keys: &Keys, head: &Head) -> Result<bool, StorageError> {
    for piece in &head.pieces {
        if storage.get(&keys.piece(&piece.at))?.is_none() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The workspace whose head stands under this key.
fn workspace_of_head(key: &str) -> Option<&str> {
    key.strip_prefix(WORKSPACES)?.strip_suffix("/head").filter(|id| !id.contains('/'))
}

/// Whether the text under a key is ever replaced by another one.
fn is_put_again(key: &str) -> bool {
    let in_workspace = key.strip_prefix(WORKSPACES).and_then(|rest| rest.split_once('/'));
    in_workspace.is_none_or(|(_, rest)| rest == "head" || rest.starts_with("d/"))
}

#[cfg(test)]
mod tests {
    use super::super::frame::seal;
    use super::*;
    use crate::storage::MemoryStorage;

    /// A mirror as the database holds it.
    #[derive(Default)]
    struct Mirror(BTreeMap<String, String>);

    impl Mirror {
        fn write(&mut self, writes: Vec<Write>) {
            for (key, text) in writes {
                match text {
                    Some(text) => self.0.insert(key, text),
                    None => self.0.remove(&key),
                };
            }
        }

        fn restore(&mut self, storage: &MemoryStorage) {
            let keys: Vec<_> = self.0.keys().cloned().collect();
            let differences = Differences::of(storage, &keys).unwrap();
            let texts = differences.wanted().iter().map(|key| self.0.get(key).cloned()).collect();
            let writes = differences.restore(storage, texts).unwrap();
            self.write(writes);
        }
    }

    fn outbox() -> std::rc::Rc<Outbox> {
        std::rc::Rc::default()
    }

    #[test]
    fn the_mirror_is_told_what_the_storage_accepted() {
        let outbox = outbox();
        let storage = Mirrored::new(MemoryStorage::with_capacity(20), outbox.clone());
        storage.set("loudou/last", "1").unwrap();
        storage.set("loudou/w/b", &"2".repeat(20)).unwrap_err();
        storage.remove("loudou/last").unwrap();
        let gone = vec![("+loudou/last".to_owned(), None), ("-loudou/last".to_owned(), Some(String::new()))];
        assert_eq!((outbox.take(), outbox.is_empty()), (gone, true));
        outbox.close();
        storage.set("loudou/last", "1").unwrap();
        assert!(outbox.is_empty());
    }

    #[test]
    fn the_first_write_that_waits_wakes() {
        let calls = std::rc::Rc::new(Cell::new(0));
        let counter = calls.clone();
        let outbox = Outbox::default();
        outbox.put(LAST_OPENED, Some("0"));
        outbox.wake_with(move || counter.set(counter.get() + 1));
        outbox.take();
        outbox.put("loudou/settings", Some("not kept twice"));
        assert_eq!(calls.get(), 0);
        outbox.put(LAST_OPENED, Some("1"));
        outbox.put("loudou/w/1/j/a/1", None);
        outbox.take();
        outbox.put(LAST_OPENED, None);
        assert_eq!(calls.get(), 2);
    }

    #[test]
    fn what_was_forgotten_comes_back_and_what_was_removed_does_not() {
        let (outbox, mut mirror) = (outbox(), Mirror::default());
        let storage = Mirrored::new(MemoryStorage::new(), outbox.clone());
        for key in ["loudou/w/1/j/a/1", "loudou/w/1/j/a/2", "loudou/last"] {
            storage.set(key, key).unwrap();
        }
        let earlier = storage.storage.reopened();
        storage.set("loudou/w/1/j/a/3", "three").unwrap();
        storage.remove("loudou/w/1/j/a/1").unwrap();
        mirror.write(outbox.take());
        mirror.restore(&earlier);
        let texts = |storage: &MemoryStorage| -> Vec<_> {
            let keys = storage.keys("").unwrap().into_iter();
            keys.map(|key| (storage.get(&key).unwrap(), key)).collect()
        };
        assert_eq!(texts(&earlier), texts(&storage.storage));
        let before = mirror.0.clone();
        mirror.restore(&earlier);
        assert_eq!(mirror.0.len(), before.len() - 1, "the removal is remembered until it is known");
    }

    #[test]
    fn of_a_draft_the_one_that_is_there_stays_unless_it_is_damaged() {
        let (key, whole) = ("loudou/w/1/d/deal", |text: &str| seal(text));
        for (here, mirrored, kept) in [
            (whole("new"), whole("old"), whole("new")),
            ("damaged".to_owned(), whole("old"), whole("old")),
            ("damaged".to_owned(), "damaged too".to_owned(), "damaged".to_owned()),
        ] {
            let storage = MemoryStorage::new();
            storage.set(key, &here).unwrap();
            Mirror(BTreeMap::from([(mirrored_key(key), mirrored)])).restore(&storage);
            assert_eq!(storage.get(key).unwrap(), Some(kept));
        }
    }

    #[test]
    fn what_the_mirror_does_not_know_is_told_to_it() {
        let mut mirror = Mirror::default();
        let storage = MemoryStorage::new();
        storage.set("loudou/w/1/j/a/1", "one").unwrap();
        mirror.restore(&storage);
        assert_eq!(mirror.0, BTreeMap::from([("+loudou/w/1/j/a/1".to_owned(), "one".to_owned())]));
    }
}
