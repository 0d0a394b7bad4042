//! One workspace in storage, as one tab sees it.

use std::collections::{BTreeMap, BTreeSet};

use super::compaction::{Compaction, Progress};
use super::frame::{FrameError, seal, unseal};
use super::keys::{EntryId, Generation, Keys, Place, is_name};
use super::offer::{Known, Offer};
use super::pack::PackError;
use super::record::{Entry, Head, HeadText, Piece};
use super::recovery::head_without;
use super::{Storage, StorageError, catalogue, used_units};

/// Why something was not saved. Everything saved before is still there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// The storage refused.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The workspace was written by a newer version of the page: this one only reads it.
    #[error("the workspace was written by a newer version")]
    NewerFormat,
    /// The workspace is not there any more: deleted in another tab.
    #[error("the workspace was deleted")]
    Gone,
    /// Another tab has made a new generation meanwhile: ask [`Archive::foreign`], then try again.
    #[error("another tab has compacted the workspace")]
    Superseded,
    /// There is a workspace of this id already.
    #[error("there is a workspace of this id already")]
    Exists,
    /// An id or a tab token that cannot stand in a key (only ASCII letters, digits, `-` and `_` can).
    #[error("{0:?} cannot stand in a storage key")]
    InvalidName(String),
    /// A text longer than [`pack::LIMIT`](super::pack::LIMIT).
    #[error(transparent)]
    Pack(#[from] PackError),
    /// What was written reads back differently. The workspace is as it was before.
    #[error("the storage did not keep what was written")]
    NotKept,
    /// The head is damaged and there is no room for the copy of it that must be made before it is replaced.
    #[error("there is no room to keep a copy of the damaged {0}")]
    Unquarantined(String),
}

/// What other tabs have done since the last look.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Foreign {
    /// Entries not seen before, in the order to apply them. Each is given once.
    pub entries: Vec<Entry>,
    /// Another tab has folded entries never seen here into a new generation: open the workspace again.
    pub reload: bool,
    /// The title, when another tab changed it.
    pub title: Option<String>,
}

/// What the head key holds now.
#[derive(Debug)]
pub(super) enum HeadState {
    Whole(Head),
    Deleted,
    Newer,
    Damaged(String),
    Missing,
}

pub(super) fn read_head(storage: &impl Storage, keys: &Keys) -> Result<HeadState, StorageError> {
    let Some(text) = storage.get(&keys.head())? else { return Ok(HeadState::Missing) };
    Ok(match unseal(&text).map(HeadText::parse) {
        Ok(Some(HeadText::Head(head))) => HeadState::Whole(head),
        Ok(Some(HeadText::Deleted)) => HeadState::Deleted,
        Err(FrameError::Newer) => HeadState::Newer,
        Ok(None) | Err(FrameError::Damaged) => HeadState::Damaged(text),
    })
}

/// One workspace, opened by one tab.
///
/// An `Archive` remembers which generation and which journal entries the caller's data descends from. All methods are
/// synchronous. See the [module](super) for what is written in which order.
#[derive(Debug)]
pub struct Archive<S> {
    pub(super) storage: S,
    pub(super) keys: Keys,
    pub(super) tab: String,
    /// The head the caller's data descends from.
    pub(super) head: Head,
    /// What stands at the places of the head, as far as this archive has read or written it.
    pub(super) known: BTreeMap<Place, Known>,
    /// Entries the caller's data contains, or that it was told are damaged.
    pub(super) seen: BTreeSet<EntryId>,
    /// The highest `seq` seen.
    pub(super) clock: u64,
    /// Damaged keys of which a copy exists, to go with the next compaction.
    pub(super) quarantined: Vec<String>,
    pub(super) newer_format: bool,
    /// Whether the caller's data lacks something that was saved, so that another tab's may hold more.
    pub(super) incomplete: bool,
    /// Whether a head was found missing at opening, so that its absence is not a deletion.
    pub(super) headless: bool,
}

impl<S: Storage> Archive<S> {
    /// Stores a new workspace at once: see [`begin`](Self::begin).
    ///
    /// # Errors
    /// Those of [`begin`](Self::begin), or the storage's refusal; then nothing of it stays, unless the storage refuses removal too.
    pub fn create(storage: S, tab: &str, id: &str, title: &str, pieces: Vec<Piece>) -> Result<Self, SaveError> {
        let (mut archive, mut first) = Self::begin(storage, tab, id, title, pieces)?;
        while first.step(&mut archive)? == Progress::More {}
        Ok(archive)
    }

    /// Begins to store a new workspace, which is there when the compaction is done: it counts from the last write, the head. Stopped
    /// before, it is not listed (see [`catalogue::unfinished`]), or (when all pieces and the spare head are there) opens whole with its
    /// head reported missing. Where there is too little room, the oldest deletions give way.
    ///
    /// `tab` is a token no other open tab uses. Until it is done, whoever makes it keeps other tabs from the same id.
    ///
    /// # Errors
    /// [`SaveError::Exists`] when the id is taken, [`SaveError::InvalidName`], or the storage cannot be read.
    pub fn begin<P: Into<Offer> + 'static>(
        storage: S,
        tab: &str,
        id: &str,
        title: &str,
        pieces: impl IntoIterator<Item = P, IntoIter: 'static>,
    ) -> Result<(Self, Compaction), SaveError> {
        for name in [tab, id] {
            if !is_name(name) {
                return Err(SaveError::InvalidName(name.to_owned()));
            }
        }
        let keys = Keys::new(id);
        if !catalogue::is_vacant(&storage, &keys)? {
            return Err(SaveError::Exists);
        }
        let none = Generation { number: 0, tab: tab.to_owned() };
        let mut archive = Self {
            storage,
            keys,
            tab: tab.to_owned(),
            head: Head {
                title: title.to_owned(),
                generation: none.clone(),
                base: none,
                clock: 0,
                pieces: Vec::new(),
                covered: BTreeSet::new(),
            },
            known: BTreeMap::new(),
            seen: BTreeSet::new(),
            clock: 0,
            quarantined: Vec::new(),
            newer_format: false,
            incomplete: false,
            headless: true,
        };
        let first = archive.compact(pieces, &[])?.making_room();
        Ok((archive, first))
    }

    /// Saves one change. It is saved when this returns `Ok`: by one write of one key that no other tab writes.
    ///
    /// # Errors
    /// [`SaveError`]; then nothing was written.
    pub fn append(&mut self, text: &str) -> Result<EntryId, SaveError> {
        match self.current_head()? {
            // A number that a compaction has covered must not be used again, even if two tabs share a token.
            HeadState::Whole(head) => self.clock = self.clock.max(head.clock),
            HeadState::Missing | HeadState::Damaged(_) | HeadState::Deleted | HeadState::Newer => {}
        }
        let mut id = EntryId { seq: self.clock + 1, tab: self.tab.clone() };
        while self.storage.get(&self.keys.entry(&id))?.is_some() {
            id.seq += 1;
        }
        self.storage.set(&self.keys.entry(&id), &seal(&Entry::payload(&id, text)?))?;
        self.clock = id.seq;
        self.seen.insert(id.clone());
        Ok(id)
    }

    /// What other tabs have written since opening or the last call, for the caller to apply. Costs one listing of keys.
    ///
    /// When another tab has made a new generation of nothing but entries seen here, this archive moves on to it silently,
    /// unless something could not be read here that the other tab may have.
    ///
    /// # Errors
    /// [`SaveError`] when the storage cannot be read or the workspace is gone or of a newer version.
    pub fn foreign(&mut self) -> Result<Foreign, SaveError> {
        let mut foreign = Foreign::default();
        let head = self.newest_head(None)?;
        if head.generation != self.head.generation {
            let descended = head.base == self.head.generation && head.covered.is_subset(&self.seen);
            if self.incomplete || !descended {
                return Ok(Foreign { reload: true, ..foreign });
            }
        } else if head.pieces != self.head.pieces {
            // It was put together without a readable head here, and by now there is one that knows better.
            return Ok(Foreign { reload: true, ..foreign });
        }
        foreign.title = (head.title != self.head.title).then(|| head.title.clone());
        self.move_to(head);
        for key in self.storage.keys(&self.keys.journal())? {
            let Some(id) = self.keys.entry_of(&key).filter(|id| !self.seen.contains(id)) else { continue };
            let Some(text) = self.storage.get(&key)? else { continue };
            match unseal(&text).map(Entry::parse) {
                Ok(Some(entry)) if entry.id == id => foreign.entries.push(entry),
                Err(FrameError::Newer) => {
                    self.newer_format = true;
                    return Err(SaveError::NewerFormat);
                }
                // Named and put into quarantine by the next opening; until then it stays, and is covered by nothing.
                Ok(_) | Err(FrameError::Damaged) => {}
            }
        }
        foreign.entries.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        for Entry { id, .. } in &foreign.entries {
            self.clock = self.clock.max(id.seq);
            self.seen.insert(id.clone());
        }
        Ok(foreign)
    }

    /// Whether an entry is contained in the generation that counts, so that it comes before all entries that are not.
    pub fn covers(&self, entry: &EntryId) -> bool {
        self.head.covered.contains(entry)
    }

    /// Begins a new generation of `pieces`, which contain the old generation and the entries in `contained`.
    ///
    /// Only pieces whose text differs are written; the others stay where they are. Nothing is written, and no piece is taken, before the
    /// first [`Compaction::step`]. Entries not in `contained` survive, so that edits may go on between the steps.
    ///
    /// # Errors
    /// [`SaveError::Superseded`] when another tab has made a generation that the pieces do not descend from.
    pub fn compact<P: Into<Offer> + 'static>(
        &mut self,
        pieces: impl IntoIterator<Item = P, IntoIter: 'static>,
        contained: &[EntryId],
    ) -> Result<Compaction, SaveError> {
        let base = self.head.generation.clone();
        let generation = Generation { number: base.number + 1, tab: self.tab.clone() };
        self.refuse_superseded(&base, &generation)?;
        let mut covered: BTreeSet<EntryId> = contained.iter().cloned().collect();
        // What the old head covered and an interrupted clean-up left there must not come back to life.
        for key in self.storage.keys(&self.keys.journal())? {
            covered.extend(self.keys.entry_of(&key).filter(|id| self.head.covered.contains(id)));
        }
        let head = Head {
            title: self.head.title.clone(),
            base,
            clock: covered.iter().map(|id| id.seq).fold(self.clock, u64::max),
            pieces: Vec::new(),
            generation,
            covered,
        };
        Ok(Compaction::new(self.keys.clone(), head, Box::new(pieces.into_iter().map(Into::into))))
    }

    /// Goes on from another head, keeping what is known of the places that it names too.
    pub(super) fn move_to(&mut self, head: Head) {
        let places: BTreeSet<&Place> = head.pieces.iter().map(|piece| &piece.at).collect();
        self.known.retain(|at, _| places.contains(at));
        self.head = head;
    }

    /// Tells that the caller could not make sense of something it was given, so that its data lacks it: a generation that
    /// another tab makes is then never taken for the caller's own, and [`Archive::foreign`] asks to open it again.
    pub fn mark_incomplete(&mut self) {
        self.incomplete = true;
    }

    /// Gives the workspace another title: the spare head first, then the head, which is what counts.
    ///
    /// # Errors
    /// [`SaveError`]; the old title stays.
    pub fn rename(&mut self, title: &str) -> Result<(), SaveError> {
        let mut head = match self.current_head()? {
            HeadState::Whole(head) => head,
            _ => self.head.clone(),
        };
        title.clone_into(&mut head.title);
        if head.generation.number > 0 {
            self.quarantine_if_damaged(&self.keys.spare(&head.generation))?;
            self.storage.set(&self.keys.spare(&head.generation), &head.sealed())?;
        }
        self.write_head(&head)?;
        self.headless = false;
        title.clone_into(&mut self.head.title);
        Ok(())
    }

    /// The title, as last read or written here.
    pub fn title(&self) -> &str {
        &self.head.title
    }

    /// Whether the workspace was written by a newer version, so that it can only be read here.
    pub fn newer_format(&self) -> bool {
        self.newer_format
    }

    /// UTF-16 units this workspace takes, keys and values together. Reads every value.
    ///
    /// # Errors
    /// [`StorageError`] when the storage cannot be read.
    pub fn used_units(&self) -> Result<usize, StorageError> {
        used_units(&self.storage, &self.keys.prefix)
    }

    /// The head as it is now, refusing when this archive may not write.
    pub(super) fn current_head(&mut self) -> Result<HeadState, SaveError> {
        if self.newer_format {
            return Err(SaveError::NewerFormat);
        }
        match read_head(&self.storage, &self.keys)? {
            HeadState::Newer => {
                self.newer_format = true;
                Err(SaveError::NewerFormat)
            }
            HeadState::Deleted => Err(SaveError::Gone),
            HeadState::Missing if !self.headless => Err(SaveError::Gone),
            state => Ok(state),
        }
    }

    /// The head that counts now. Where it cannot be read, the best generation tells, as at opening; `making` is one of the
    /// caller's own that does not count yet.
    fn newest_head(&mut self, making: Option<&Generation>) -> Result<Head, SaveError> {
        match self.current_head()? {
            HeadState::Whole(head) => Ok(head),
            // Nothing was ever saved here: what there is was never finished.
            _ if self.head.generation.number == 0 => Ok(self.head.clone()),
            _ => {
                let known = [Some(&self.head.generation), making];
                let found = head_without(&self.storage, &self.keys)?;
                let other = found.filter(|head| !known.contains(&Some(&head.generation)));
                Ok(other.unwrap_or_else(|| self.head.clone()))
            }
        }
    }

    /// Refuses unless `base`, which the generation `making` is made from, is what counts now; gives the present title.
    ///
    /// It is not enough that the archive knows the present generation: it may have moved on since `making` was begun.
    pub(super) fn refuse_superseded(&mut self, base: &Generation, making: &Generation) -> Result<String, SaveError> {
        let head = self.newest_head(Some(making))?;
        if head.generation == *base { Ok(head.title) } else { Err(SaveError::Superseded) }
    }

    /// Replaces the head. A damaged one is copied to its quarantine key first.
    pub(super) fn write_head(&self, head: &Head) -> Result<(), SaveError> {
        self.quarantine_if_damaged(&self.keys.head())?;
        Ok(self.storage.set(&self.keys.head(), &head.sealed())?)
    }

    fn quarantine_if_damaged(&self, key: &str) -> Result<(), SaveError> {
        match self.storage.get(key)? {
            Some(text) if unseal(&text).is_err() => match quarantine(&self.storage, &self.keys, key, &text) {
                Some(_) => Ok(()),
                None => Err(SaveError::Unquarantined(key.to_owned())),
            },
            _ => Ok(()),
        }
    }

    /// Removes a key whose contents count no more. A damaged text goes only when a copy of it is in quarantine.
    pub(super) fn remove_superseded(&self, key: &str) -> Result<(), StorageError> {
        match self.storage.get(key)? {
            Some(text) if unseal(&text).is_err() && quarantine(&self.storage, &self.keys, key, &text).is_none() => {
                Ok(())
            }
            Some(_) => self.storage.remove(key),
            None => Ok(()),
        }
    }
}

/// Copies a damaged text to its quarantine key, which is given back, or `None` when there was no room.
pub(super) fn quarantine(storage: &impl Storage, keys: &Keys, key: &str, text: &str) -> Option<String> {
    let copy = keys.quarantine(key, text);
    if storage.get(&copy).ok()?.as_deref() != Some(text) {
        storage.set(&copy, text).ok()?;
    }
    Some(copy)
}
