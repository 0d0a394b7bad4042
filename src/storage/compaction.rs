//! A new generation, written step by step.

use std::collections::{BTreeMap, VecDeque};
use std::fmt;

use super::archive::{Archive, HeadState, SaveError, read_head};
use super::frame::{checksum, unseal};
use super::keys::{Keys, Place};
use super::offer::{Known, Offer, Placed, Sum, place};
use super::record::{Head, Listed, Piece, PlacedPiece};
use super::trash::give_room;
use super::{Storage, StorageError};

/// Whether a [`Compaction`] has more to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Progress {
    /// Call [`Compaction::step`] again, now or when the page is idle.
    More,
    /// The new generation counts, and what it supersedes is gone.
    Done,
}

/// About how many bytes one step makes, reads and compares: a few milliseconds in a browser, so that the page stays quick. A step
/// ends behind the piece with which it has handled more.
pub(super) const STEP: usize = 96 << 10;

/// So many superseded keys go in one step: a journal is to shrink faster than the busiest tabs together make it grow.
const REMOVED: usize = 64;

#[derive(Debug)]
enum Phase {
    /// List leftovers of compactions that never came to count.
    Survey,
    Clear(VecDeque<String>),
    /// Find the pieces that are stored as they are.
    Compare,
    Pieces,
    Spare,
    /// So many of the texts are read back by now.
    Flip(usize),
    Remove(VecDeque<String>),
    Done,
}

/// A compaction under way. Dropping it between any two steps loses nothing; what it wrote is cleaned up later.
pub struct Compaction {
    /// The workspace it belongs to.
    keys: Keys,
    head: Head,
    /// Pieces to be compared.
    offers: Box<dyn Iterator<Item = Offer>>,
    /// Pieces to be written, by their index.
    changed: VecDeque<(usize, Piece, Sum)>,
    /// Of the changed ones.
    own: usize,
    /// Of the texts of all pieces seen so far, by name.
    sums: BTreeMap<String, Sum>,
    /// Keys written and the checksums of their texts, read back before the head is flipped.
    written: Vec<(String, u32)>,
    /// The same of keys that were there and are referred to.
    shared: Vec<(String, u32)>,
    /// What stands at the places of the new generation.
    known: BTreeMap<Place, Known>,
    /// Whether deletions in the trash give way where there is too little room.
    makes_room: bool,
    phase: Phase,
}

impl fmt::Debug for Compaction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Compaction").field("head", &self.head).field("phase", &self.phase).finish_non_exhaustive()
    }
}

impl Compaction {
    pub(super) fn new(keys: Keys, head: Head, offers: Box<dyn Iterator<Item = Offer>>) -> Self {
        Self {
            keys,
            head,
            offers,
            changed: VecDeque::new(),
            own: 0,
            sums: BTreeMap::new(),
            written: Vec::new(),
            shared: Vec::new(),
            known: BTreeMap::new(),
            makes_room: false,
            phase: Phase::Survey,
        }
    }

    /// The first generation of a workspace: what the user writes comes before what was thrown away.
    pub(super) fn making_room(self) -> Self {
        Self { makes_room: true, ..self }
    }

    /// Tells the texts of the pieces from any others, by name, as far as they were looked at: of all of them when it is done.
    pub fn sums(&self) -> &BTreeMap<String, Sum> {
        &self.sums
    }

    /// Does the next thing, which takes a few milliseconds whatever the size of the workspace: at most one write that matters. Other
    /// methods of `archive` may be called between steps.
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
                    Some((index, piece, sum)) => {
                        let at = Place { generation: self.head.generation.clone(), index };
                        let key = archive.keys.piece(&at);
                        let placed = PlacedPiece { at, count: self.head.pieces.len(), own: self.own, piece };
                        let text = placed.sealed()?;
                        self.write(archive, key, &text)?;
                        let payload = Sum::of(unseal(&text).unwrap_or_default());
                        self.known.insert(placed.at, Known { text: sum, payload });
                    }
                    None => self.phase = Phase::Spare,
                }
            }
            Phase::Spare => {
                self.head.title = archive.refuse_superseded(&self.head.base, &self.head.generation)?;
                let key = archive.keys.spare(&self.head.generation);
                self.written.retain(|(written, _)| *written != key);
                self.write(archive, key, &self.head.sealed())?;
                self.phase = Phase::Flip(0);
            }
            Phase::Flip(checked) => {
                let checked = *checked;
                if archive.refuse_superseded(&self.head.base, &self.head.generation)? != self.head.title {
                    self.phase = Phase::Spare;
                } else if let Some(checked) = self.read_back(archive, checked)? {
                    self.phase = Phase::Flip(checked);
                } else {
                    self.flip(archive)?;
                }
            }
            Phase::Remove(keys) => {
                // Another tab may have gone on from here: then it is for that tab to say what is superseded.
                let ours = matches!(read_head(&archive.storage, &archive.keys)?,
                    HeadState::Whole(head) if head.generation == self.head.generation);
                let some = keys.len().min(REMOVED);
                if !ours || some == 0 {
                    self.phase = Phase::Done;
                } else {
                    keys.drain(..some).try_for_each(|key| archive.remove_superseded(&key))?;
                }
            }
            Phase::Done => {}
        }
        Ok(if matches!(self.phase, Phase::Done) { Progress::Done } else { Progress::More })
    }

    /// Compares some pieces with what is stored under their names, and places them: where they are, or in the new generation.
    fn compare<S: Storage>(&mut self, archive: &Archive<S>) -> Result<(), SaveError> {
        let mut handled = 0;
        while handled < STEP {
            let Some(offer) = self.offers.next() else {
                self.own = self.changed.len();
                self.phase = Phase::Pieces;
                break;
            };
            let index = self.head.pieces.len();
            let (placed, bytes) = place(archive, offer)?;
            handled += bytes;
            let listed = match placed {
                Placed::There { listed, known, check } => {
                    self.shared.push((archive.keys.piece(&listed.at), check));
                    self.sums.insert(listed.name.clone(), known.text);
                    self.known.insert(listed.at.clone(), known);
                    listed
                }
                Placed::New { piece, sum } => {
                    let at = Place { generation: self.head.generation.clone(), index };
                    let listed = Listed { name: piece.name.clone(), at };
                    self.sums.insert(piece.name.clone(), sum);
                    self.changed.push_back((index, piece, sum));
                    listed
                }
            };
            self.head.pieces.push(listed);
        }
        Ok(())
    }

    fn write<S: Storage>(&mut self, archive: &Archive<S>, key: String, text: &str) -> Result<(), SaveError> {
        self.put(archive, || Ok(archive.storage.set(&key, text)?))?;
        self.written.push((key, checksum(text)));
        Ok(())
    }

    /// Does what writes, once there is room for it.
    fn put<S: Storage>(
        &self,
        archive: &Archive<S>,
        write: impl Fn() -> Result<(), SaveError>,
    ) -> Result<(), SaveError> {
        if self.makes_room { give_room(&archive.storage, write) } else { write() }
    }

    /// Reads back some of the texts that the generation is made of, behind the first `checked`; tells how many are read back now, or
    /// `None` when none is left.
    fn read_back<S: Storage>(&self, archive: &Archive<S>, mut checked: usize) -> Result<Option<usize>, SaveError> {
        let mut handled = 0;
        for (key, sum) in self.written.iter().chain(&self.shared).skip(checked) {
            if handled >= STEP {
                return Ok(Some(checked));
            }
            match archive.storage.get(key)? {
                Some(text) if checksum(&text) == *sum => handled += text.len(),
                _ => return Err(SaveError::NotKept),
            }
            checked += 1;
        }
        Ok(None)
    }

    /// Makes the new generation count by one write of the head, and lists what it supersedes.
    fn flip<S: Storage>(&mut self, archive: &mut Archive<S>) -> Result<(), SaveError> {
        let there = archive.storage.keys(&archive.keys.generations())?;
        // Of what was read back in earlier steps another tab may have taken something away since.
        let is_there = |(key, _): &(String, u32)| there.binary_search(key).is_ok();
        if !self.written.iter().chain(&self.shared).all(is_there) {
            return Err(SaveError::NotKept);
        }
        // Not only of the base: whole generations that never came to count must not be found when the head is damaged.
        let (number, used) = (self.head.generation.number, self.head.used(&archive.keys));
        let mut old = there;
        old.retain(|key| !used.contains(key) && archive.keys.generation_of(key).is_some_and(|of| of.number <= number));
        // Spare heads go first: an old generation is not to be taken for a whole one when its entries are gone.
        old.sort_by_key(|key| archive.keys.place_of(key).is_some());
        let mut old = VecDeque::from(old);
        self.put(archive, || archive.write_head(&self.head))?;
        archive.headless = false;
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
