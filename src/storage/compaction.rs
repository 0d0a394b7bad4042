//! A new generation, written step by step.

use std::collections::{BTreeMap, VecDeque};
use std::hash::{DefaultHasher, Hasher as _};

use super::archive::{Archive, HeadState, SaveError, read_head};
use super::frame::{checksum, unseal};
use super::keys::{Keys, Place};
use super::record::{Head, Listed, Piece, PlacedPiece};
use super::{Storage, StorageError};

/// Whether a [`Compaction`] has more to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Call [`Compaction::step`] again, now or when the page is idle.
    More,
    /// The new generation counts, and what it supersedes is gone.
    Done,
}

/// Tells a text from any other: its length, its CRC-32 and a hash of 64 bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Sum {
    length: usize,
    crc: u32,
    hash: u64,
}

impl Sum {
    pub(super) fn of(text: &str) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(text.as_bytes());
        Self { length: text.len(), crc: checksum(text), hash: hasher.finish() }
    }
}

/// What stands at a place, so that an unchanged piece is recognised without unpacking it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Known {
    /// Of the text of the piece.
    pub(super) text: Sum,
    /// Of all that is in its frame.
    pub(super) payload: Sum,
}

/// Pieces that one step compares with what is stored.
const COMPARED: usize = 32;

#[derive(Debug)]
enum Phase {
    /// List leftovers of compactions that never came to count.
    Survey,
    Clear(VecDeque<String>),
    /// Find the pieces that are stored as they are.
    Compare,
    Pieces,
    Spare,
    Flip,
    Remove(VecDeque<String>),
    Done,
}

/// A compaction under way. Dropping it between any two steps loses nothing; what it wrote is cleaned up later.
#[derive(Debug)]
pub struct Compaction {
    /// The workspace it belongs to.
    keys: Keys,
    head: Head,
    /// Pieces to be compared.
    pieces: VecDeque<Piece>,
    /// Pieces to be written, by their index.
    changed: VecDeque<(usize, Piece)>,
    /// Of the changed ones.
    own: usize,
    /// Keys written and the checksums of their texts, read back before the head is flipped.
    written: Vec<(String, u32)>,
    /// The same of keys that were there and are referred to.
    shared: Vec<(String, u32)>,
    /// What stands at the places of the new generation.
    known: BTreeMap<Place, Known>,
    phase: Phase,
}

impl Compaction {
    pub(super) fn new(keys: Keys, head: Head, pieces: Vec<Piece>) -> Self {
        Self {
            keys,
            head,
            pieces: pieces.into(),
            changed: VecDeque::new(),
            own: 0,
            written: Vec::new(),
            shared: Vec::new(),
            known: BTreeMap::new(),
            phase: Phase::Survey,
        }
    }

    /// Does the next thing: at most one write that matters. Other methods of `archive` may be called between steps.
    ///
    /// The compaction counts once the head is written; [`Progress::Done`] comes later, when the old is removed.
    ///
    /// # Errors
    /// [`SaveError::Superseded`] when `archive` is of another workspace, or has moved on to a generation that the pieces do
    /// not descend from; or another [`SaveError`]: the compaction is given up and its keys are removed. Everything saved is
    /// still there, in the old generation and the journal, or (when a removal failed) in the new one. Stepping on after an
    /// error does nothing.
    pub fn step<S: Storage>(&mut self, archive: &mut Archive<S>) -> Result<Progress, SaveError> {
        let outcome = self.advance(archive);
        if outcome.is_err() {
            self.abandon(archive);
        }
        outcome
    }

    fn advance<S: Storage>(&mut self, archive: &mut Archive<S>) -> Result<Progress, SaveError> {
        if archive.keys != self.keys {
            return Err(SaveError::Superseded);
        }
        match &mut self.phase {
            Phase::Survey => {
                archive.refuse_superseded(&self.head.base, &self.head.generation)?;
                self.phase = Phase::Clear(never_counted(archive)?);
            }
            Phase::Clear(keys) => {
                archive.refuse_superseded(&self.head.base, &self.head.generation)?;
                match keys.pop_front() {
                    Some(key) => archive.remove_superseded(&key)?,
                    None => self.phase = Phase::Compare,
                }
            }
            Phase::Compare => {
                archive.refuse_superseded(&self.head.base, &self.head.generation)?;
                self.compare(archive)?;
            }
            Phase::Pieces => {
                archive.refuse_superseded(&self.head.base, &self.head.generation)?;
                match self.changed.pop_front() {
                    Some((index, piece)) => {
                        let at = Place { generation: self.head.generation.clone(), index };
                        let key = archive.keys.piece(&at);
                        let placed = PlacedPiece { at, count: self.head.pieces.len(), own: self.own, piece };
                        let text = placed.sealed()?;
                        self.write(archive, key, &text)?;
                        let payload = Sum::of(unseal(&text).unwrap_or_default());
                        self.known.insert(placed.at, Known { text: Sum::of(&placed.piece.text), payload });
                    }
                    None => self.phase = Phase::Spare,
                }
            }
            Phase::Spare => {
                self.head.title = archive.refuse_superseded(&self.head.base, &self.head.generation)?;
                let key = archive.keys.spare(&self.head.generation);
                self.written.retain(|(written, _)| *written != key);
                self.write(archive, key, &self.head.sealed())?;
                self.phase = Phase::Flip;
            }
            Phase::Flip => {
                if archive.refuse_superseded(&self.head.base, &self.head.generation)? == self.head.title {
                    self.flip(archive)?;
                } else {
                    self.phase = Phase::Spare;
                }
            }
            Phase::Remove(keys) => {
                // Another tab may have gone on from here: then it is for that tab to say what is superseded.
                let ours = matches!(read_head(&archive.storage, &archive.keys)?,
                    HeadState::Whole(head) if head.generation == self.head.generation);
                match keys.pop_front() {
                    Some(key) if ours => archive.remove_superseded(&key)?,
                    _ => self.phase = Phase::Done,
                }
            }
            Phase::Done => {}
        }
        Ok(if matches!(self.phase, Phase::Done) { Progress::Done } else { Progress::More })
    }

    /// Compares some pieces with what is stored under their names, and places them: where they are, or in the new generation.
    fn compare<S: Storage>(&mut self, archive: &Archive<S>) -> Result<(), SaveError> {
        for _ in 0..COMPARED {
            let Some(piece) = self.pieces.pop_front() else {
                self.own = self.changed.len();
                self.phase = Phase::Pieces;
                break;
            };
            let index = self.head.pieces.len();
            let name = piece.name.clone();
            let at = if let Some((at, known, sum)) = stored(archive, &piece)? {
                self.shared.push((archive.keys.piece(&at), sum));
                self.known.insert(at.clone(), known);
                at
            } else {
                self.changed.push_back((index, piece));
                Place { generation: self.head.generation.clone(), index }
            };
            self.head.pieces.push(Listed { name, at });
        }
        Ok(())
    }

    fn write<S: Storage>(&mut self, archive: &Archive<S>, key: String, text: &str) -> Result<(), SaveError> {
        archive.storage.set(&key, text)?;
        self.written.push((key, checksum(text)));
        Ok(())
    }

    /// Reads everything back, makes the new generation count by one write, and lists what it supersedes.
    fn flip<S: Storage>(&mut self, archive: &mut Archive<S>) -> Result<(), SaveError> {
        for (key, sum) in self.written.iter().chain(&self.shared) {
            if archive.storage.get(key)?.as_deref().map(checksum) != Some(*sum) {
                return Err(SaveError::NotKept);
            }
        }
        // Not only of the base: whole generations that never came to count must not be found when the head is damaged.
        let (number, used) = (self.head.generation.number, self.head.used(&archive.keys));
        let mut old = archive.storage.keys(&archive.keys.generations())?;
        old.retain(|key| !used.contains(key) && archive.keys.generation_of(key).is_some_and(|of| of.number <= number));
        // Spare heads go first: an old generation is not to be taken for a whole one when its entries are gone.
        old.sort_by_key(|key| archive.keys.place_of(key).is_some());
        let mut old = VecDeque::from(old);
        archive.write_head(&self.head)?;
        self.written.clear();
        old.extend(self.head.covered.iter().map(|id| archive.keys.entry(id)));
        let replaced = |key: &String| *key != archive.keys.head() && !used.contains(key);
        old.extend(std::mem::take(&mut archive.quarantined).into_iter().filter(replaced));
        archive.known.append(&mut self.known);
        archive.move_to(self.head.clone());
        self.phase = Phase::Remove(old);
        Ok(())
    }

    /// Takes back what was written, unless it counts already. A key that cannot be removed is left to a later clean-up.
    fn abandon<S: Storage>(&mut self, archive: &Archive<S>) {
        self.phase = Phase::Done;
        // Two tabs with one token write the same keys: what counts for the other one must stay.
        if matches!(read_head(&archive.storage, &self.keys),
            Ok(HeadState::Whole(head)) if head.generation == self.head.generation)
        {
            return;
        }
        for (key, _) in self.written.drain(..) {
            if archive.storage.remove(&key).is_err() {
                break;
            }
        }
    }
}

/// Where a piece is stored as it is, under its name in the generation that counts; what stands there, and the checksum of all of it.
///
/// A stored text that is not what it was counts for nothing: the piece is written anew.
fn stored<S: Storage>(archive: &Archive<S>, piece: &Piece) -> Result<Option<(Place, Known, u32)>, StorageError> {
    let Some(Listed { at, .. }) = archive.head.pieces.iter().find(|listed| listed.name == piece.name) else {
        return Ok(None);
    };
    let text = Sum::of(&piece.text);
    let known = archive.known.get(at);
    if known.is_some_and(|known| known.text != text) {
        return Ok(None);
    }
    let Some(raw) = archive.storage.get(&archive.keys.piece(at))? else { return Ok(None) };
    let Ok(payload) = unseal(&raw) else { return Ok(None) };
    let is_same = match known {
        Some(known) => known.payload == Sum::of(payload),
        // Another tab wrote it.
        None => PlacedPiece::parse(payload).is_some_and(|placed| placed.at == *at && placed.piece == *piece),
    };
    let known = Known { text, payload: Sum::of(payload) };
    Ok(is_same.then(|| (at.clone(), known, checksum(&raw))))
}

/// Keys of generations that the head does not name. They were written by compactions that never came to count, or are
/// superseded; a compaction of another tab that is still under way will notice before its flip.
fn never_counted<S: Storage>(archive: &Archive<S>) -> Result<VecDeque<String>, StorageError> {
    let fresh = archive.head.generation.number == 0;
    let mut used = archive.head.used(&archive.keys);
    match read_head(&archive.storage, &archive.keys)? {
        HeadState::Whole(head) => used.append(&mut head.used(&archive.keys)),
        _ if fresh => {}
        _ => return Ok(VecDeque::new()),
    }
    let mut keys = archive.storage.keys(&archive.keys.generations())?;
    keys.retain(|key| archive.keys.generation_of(key).is_some() && !used.contains(key));
    Ok(keys.into())
}
