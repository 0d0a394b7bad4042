//! Local storage and its mirror, each stopped after any write of a life: together they lose nothing that either had.

use std::{cell::RefCell, collections::BTreeMap, rc::Rc};

use loudou::storage::{
    Archive, Differences, MemoryStorage, Mirrored, Outbox, Progress, Storage, StorageError, Write, catalogue,
};

use super::{ID, Words, piece, words_of};

type Mirror = BTreeMap<String, String>;

fn write(mirror: &mut Mirror, writes: Vec<Write>) {
    for (key, text) in writes {
        match text {
            Some(text) => mirror.insert(key, text),
            None => mirror.remove(&key),
        };
    }
}

/// What both copies hold after a write, and the words that were acknowledged by then.
struct Moment {
    storage: MemoryStorage,
    mirror: Mirror,
    saved: Words,
}

/// A storage that remembers every moment.
struct Recorder {
    storage: Mirrored<Rc<MemoryStorage>, Rc<Outbox>>,
    memory: Rc<MemoryStorage>,
    outbox: Rc<Outbox>,
    saved: RefCell<Words>,
    moments: RefCell<Vec<Moment>>,
}

impl Recorder {
    fn new() -> Self {
        let (memory, outbox) = (Rc::new(MemoryStorage::new()), Rc::<Outbox>::default());
        let storage = Mirrored::new(memory.clone(), outbox.clone());
        let start = Moment { storage: memory.reopened(), mirror: Mirror::new(), saved: Words::new() };
        Self { storage, memory, outbox, saved: RefCell::default(), moments: RefCell::new(vec![start]) }
    }

    fn note(&self) {
        let mut moments = self.moments.borrow_mut();
        let mut mirror = moments.last().unwrap().mirror.clone();
        write(&mut mirror, self.outbox.take());
        moments.push(Moment { storage: self.memory.reopened(), mirror, saved: self.saved.borrow().clone() });
    }
}

impl Storage for Recorder {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.storage.get(key)
    }
    fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.storage.set(key, text)?;
        self.note();
        Ok(())
    }
    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.storage.remove(key)?;
        self.note();
        Ok(())
    }
    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.storage.keys(prefix)
    }
}

/// A life of a workspace with three new generations and new titles.
fn life(recorder: &Recorder) {
    let mut archive = Archive::create(recorder, "a", ID, "漏斗", piece(&Words::new())).unwrap();
    for round in 0..3 {
        let mut contained = Vec::new();
        for word in ["one", "three"] {
            let word = format!("{word}{round}");
            contained.push(archive.append(&word).unwrap());
            recorder.saved.borrow_mut().insert(word);
        }
        let pieces = piece(&recorder.saved.borrow());
        let mut compaction = archive.compact(pieces, &contained).unwrap();
        let mut step = 0;
        while compaction.step(&mut archive).unwrap() == Progress::More {
            step += 1;
            if step == 2 {
                let word = format!("between{round}");
                archive.append(&word).unwrap();
                recorder.saved.borrow_mut().insert(word);
            }
        }
        archive.rename(["new", "newer", "newest"][round]).unwrap();
    }
}

fn restore(storage: &MemoryStorage, mirror: &mut Mirror) {
    let keys: Vec<_> = mirror.keys().cloned().collect();
    let differences = Differences::of(storage, &keys).unwrap();
    let texts = differences.wanted().iter().map(|key| mirror.get(key).cloned()).collect();
    write(mirror, differences.restore(storage, texts).unwrap());
}

#[test]
fn whichever_copy_is_behind_nothing_acknowledged_is_lost() {
    let recorder = Recorder::new();
    life(&recorder);
    let moments = recorder.moments.into_inner();
    assert!(moments.len() > 50, "{}", moments.len());
    for (i, here) in moments.iter().enumerate() {
        for (j, there) in moments.iter().enumerate() {
            let (storage, mut mirror) = (here.storage.reopened(), there.mirror.clone());
            restore(&storage, &mut mirror);
            let saved: Words = here.saved.union(&there.saved).cloned().collect();
            if saved.is_empty() && catalogue::workspaces(&storage).unwrap().is_empty() {
                continue;
            }
            let (_, opened) = Archive::open(&storage, "reader", ID).unwrap();
            assert!(words_of(&opened).is_superset(&saved), "storage after {i} writes, mirror after {j}");
            if i >= j && !here.saved.is_empty() {
                let (_, alone) = Archive::open(here.storage.reopened(), "reader", ID).unwrap();
                assert_eq!(opened.journal, alone.journal, "nothing done comes back: {i}, {j}");
            }
            let data_lost = opened.damage.iter().any(|damage| damage.key.contains("/j/") || damage.key.contains("/g/"));
            assert!(!data_lost, "storage after {i} writes, mirror after {j}: {:?}", opened.damage);
        }
    }
}

#[test]
fn a_storage_that_lost_everything_is_as_it_was() {
    let recorder = Recorder::new();
    life(&recorder);
    let last = recorder.moments.into_inner().pop().unwrap();
    let (empty, mut mirror) = (MemoryStorage::new(), last.mirror);
    restore(&empty, &mut mirror);
    let texts = |storage: &MemoryStorage| -> BTreeMap<_, _> {
        let keys = storage.keys("").unwrap().into_iter();
        keys.map(|key| (key.clone(), storage.get(&key).unwrap().unwrap())).collect()
    };
    assert_eq!(texts(&empty), texts(&last.storage));
}

#[test]
fn a_deleted_workspace_stays_deleted() {
    let recorder = Recorder::new();
    life(&recorder);
    let before = recorder.moments.borrow().len() - 1;
    catalogue::delete(&recorder, ID).unwrap();
    let moments = recorder.moments.into_inner();
    let mirror = &moments.last().unwrap().mirror;
    for here in &moments[before..] {
        let storage = here.storage.reopened();
        restore(&storage, &mut mirror.clone());
        assert_eq!(storage.keys("").unwrap(), Vec::<String>::new());
    }
}
