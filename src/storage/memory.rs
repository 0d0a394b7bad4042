//! A storage in memory: for tests, and for a browser that gives the page none.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::{CAPACITY, Storage, StorageError, units};

/// A fault to come, counted in writes ([`Storage::set`] and [`Storage::remove`]) from the moment it is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fault {
    /// None.
    #[default]
    None,
    /// After so many more writes every write is lost, as if the page had been killed there.
    StopAfter(usize),
    /// After so many more writes nothing can be set any more; removing still works.
    FullAfter(usize),
    /// Nothing can be read or written.
    Blocked,
}

/// A [`Storage`] that lives as long as the page, counts UTF-16 units like a browser, and fails on demand.
#[derive(Debug)]
pub struct MemoryStorage {
    texts: RefCell<BTreeMap<String, String>>,
    capacity: usize,
    used: Cell<usize>,
    writes: Cell<usize>,
    fault: Cell<Fault>,
}

impl Default for MemoryStorage {
    fn default() -> Self {
        Self::new()
    }
}

impl MemoryStorage {
    /// An empty storage as large as a browser's.
    pub fn new() -> Self {
        Self::with_capacity(CAPACITY)
    }

    /// An empty storage for `capacity` UTF-16 units, keys and values together.
    pub fn with_capacity(capacity: usize) -> Self {
        Self {
            texts: RefCell::default(),
            capacity,
            used: Cell::new(0),
            writes: Cell::new(0),
            fault: Cell::new(Fault::None),
        }
    }

    /// A copy of what is stored, with the same capacity and no fault: what the next visit finds.
    #[must_use]
    pub fn reopened(&self) -> Self {
        let mut copy = Self::with_capacity(self.capacity);
        copy.texts.clone_from(&self.texts);
        copy.used.set(self.used.get());
        copy
    }

    /// Arms `fault`; writes are counted from now.
    pub fn set_fault(&self, fault: Fault) {
        self.writes.set(0);
        self.fault.set(fault);
    }

    /// Writes that succeeded since the last [`set_fault`](Self::set_fault), or since the beginning.
    pub fn writes(&self) -> usize {
        self.writes.get()
    }

    /// Flips bit `bit` (0 to 15) of UTF-16 unit `unit` of the text under `key`, and says whether there is such a unit.
    ///
    /// A lone surrogate that comes of it reads as U+FFFD, as in a browser.
    pub fn flip_bit(&self, key: &str, unit: usize, bit: u32) -> bool {
        let mut texts = self.texts.borrow_mut();
        let Some(text) = texts.get_mut(key) else { return false };
        let mut utf16: Vec<u16> = text.encode_utf16().collect();
        let Some(target) = utf16.get_mut(unit) else { return false };
        *target ^= 1_u16 << (bit % 16);
        *text = String::from_utf16_lossy(&utf16);
        true
    }

    fn refuse_when_blocked(&self) -> Result<(), StorageError> {
        if self.fault.get() == Fault::Blocked { Err(StorageError::Blocked) } else { Ok(()) }
    }

    fn refuse_when_stopped(&self) -> Result<(), StorageError> {
        self.refuse_when_blocked()?;
        match self.fault.get() {
            Fault::StopAfter(writes) if self.writes.get() >= writes => Err(StorageError::Other("stopped".into())),
            _ => Ok(()),
        }
    }
}

impl Storage for MemoryStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.refuse_when_blocked()?;
        Ok(self.texts.borrow().get(key).cloned())
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.refuse_when_stopped()?;
        if matches!(self.fault.get(), Fault::FullAfter(writes) if self.writes.get() >= writes) {
            return Err(StorageError::Full);
        }
        let mut texts = self.texts.borrow_mut();
        let before = texts.get(key).map_or(0, |old| units(key) + units(old));
        let used = self.used.get() - before + units(key) + units(text);
        if used > self.capacity {
            return Err(StorageError::Full);
        }
        texts.insert(key.to_owned(), text.to_owned());
        self.used.set(used);
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.refuse_when_stopped()?;
        if let Some(old) = self.texts.borrow_mut().remove(key) {
            self.used.set(self.used.get() - units(key) - units(&old));
        }
        self.writes.set(self.writes.get() + 1);
        Ok(())
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        self.refuse_when_blocked()?;
        Ok(self.texts.borrow().keys().filter(|key| key.starts_with(prefix)).cloned().collect())
    }

    fn capacity(&self) -> usize {
        self.capacity
    }
}
