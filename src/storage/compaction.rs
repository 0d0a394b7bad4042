//! A new generation, written step by step.

use std::collections::VecDeque;

use super::archive::{Archive, HeadState, SaveError, read_head};
use super::frame::{checksum, seal};
use super::keys::Keys;
use super::record::{Head, Piece, PlacedPiece};
use super::{Storage, StorageError};

/// Whether a [`Compaction`] has more to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Call [`Compaction::step`] again, now or when the page is idle.
    More,
    /// The new generation counts, and what it supersedes is gone.
    Done,
}

#[derive(Debug)]
enum Phase {
    /// List leftovers of compactions that never came to count.
    Survey,
    Clear(VecDeque<String>),
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
    pieces: VecDeque<Piece>,
    count: usize,
    /// Keys written and the checksums of their texts, read back before the head is flipped.
    written: Vec<(String, u32)>,
    phase: Phase,
}

impl Compaction {
    pub(super) fn new(keys: Keys, head: Head, pieces: Vec<Piece>) -> Self {
        Self { keys, head, count: pieces.len(), pieces: pieces.into(), written: Vec::new(), phase: Phase::Survey }
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
                    None => self.phase = Phase::Pieces,
                }
            }
            Phase::Pieces => {
                archive.refuse_superseded(&self.head.base, &self.head.generation)?;
                let index = self.count - self.pieces.len();
                match self.pieces.pop_front() {
                    Some(piece) => {
                        let generation = self.head.generation.clone();
                        let key = archive.keys.piece(&generation, index);
                        let placed = PlacedPiece { generation, index, count: self.count, piece };
                        self.write(archive, key, &seal(&placed.payload()?))?;
                    }
                    None => self.phase = Phase::Spare,
                }
            }
            Phase::Spare => {
                self.head.title = archive.refuse_superseded(&self.head.base, &self.head.generation)?;
                let key = archive.keys.spare(&self.head.generation);
                self.written.retain(|(written, _)| *written != key);
                self.write(archive, key, &seal(&self.head.payload()))?;
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

    fn write<S: Storage>(&mut self, archive: &Archive<S>, key: String, text: &str) -> Result<(), SaveError> {
        archive.storage.set(&key, text)?;
        self.written.push((key, checksum(text)));
        Ok(())
    }

    /// Reads everything back, makes the new generation count by one write, and lists what it supersedes.
    fn flip<S: Storage>(&mut self, archive: &mut Archive<S>) -> Result<(), SaveError> {
        for (key, sum) in &self.written {
            if archive.storage.get(key)?.as_deref().map(checksum) != Some(*sum) {
                return Err(SaveError::NotKept);
            }
        }
        // Not only the base: whole generations that never came to count must not be found when the head is damaged.
        let mut old: VecDeque<String> = archive.storage.keys(&archive.keys.generations())?.into();
        old.retain(|key| archive.keys.generation_of(key).is_some_and(|of| of.is_superseded_by(&self.head.generation)));
        archive.write_head(&self.head)?;
        self.written.clear();
        old.extend(self.head.covered.iter().map(|id| archive.keys.entry(id)));
        old.extend(archive.quarantined.drain(..).filter(|key| *key != archive.keys.head()));
        archive.head = self.head.clone();
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

/// Keys of generations that the head does not name. They were written by compactions that never came to count, or are
/// superseded; a compaction of another tab that is still under way will notice before its flip.
fn never_counted<S: Storage>(archive: &Archive<S>) -> Result<VecDeque<String>, StorageError> {
    let fresh = archive.head.generation.number == 0;
    if !fresh && !matches!(read_head(&archive.storage, &archive.keys)?, HeadState::Whole(_)) {
        return Ok(VecDeque::new());
    }
    let mut keys = archive.storage.keys(&archive.keys.generations())?;
    keys.retain(|key| archive.keys.generation_of(key).is_some_and(|of| of != archive.head.generation));
    Ok(keys.into())
}
