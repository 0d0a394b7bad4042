//! Finding what counts where no head can be read.

use std::collections::{BTreeMap, BTreeSet};

use super::frame::unseal;
use super::keys::{Generation, Keys, Place};
use super::opening::unknown_head;
use super::record::{Head, Listed, PlacedPiece};
use super::{Storage, StorageError};

/// What a piece tells of itself and of its generation.
struct Found {
    name: String,
    count: usize,
    own: usize,
}

/// What the keys of all generations hold; `None` is a piece that cannot be read.
#[derive(Default)]
struct Survey {
    spares: BTreeMap<Generation, Head>,
    pieces: BTreeMap<Place, Option<Found>>,
}

/// How much there is of a generation, worst first.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    /// Whether it was finished and is all there.
    is_whole: bool,
    is_finished: bool,
    /// Without a spare copy of its head: whether all is there that it wrote.
    is_written: bool,
    /// Pieces that are there, where some are not.
    pieces: usize,
}

/// The head of the newest whole generation, or of the best there is: from its spare copy, or from its pieces.
///
/// The spare copy is written after all pieces: a generation without one was hardly ever finished. A generation is whole when every piece
/// that its spare copy lists is there, whichever generation wrote it.
pub(super) fn head_without(storage: &impl Storage, keys: &Keys) -> Result<Option<Head>, StorageError> {
    let survey = Survey::of(storage, keys)?;
    let generations: BTreeSet<&Generation> =
        survey.spares.keys().chain(survey.pieces.keys().map(|at| &at.generation)).collect();
    let mut best = None;
    for generation in generations {
        let Some((rank, head)) = survey.finished(generation).or_else(|| survey.put_together(generation)) else {
            continue;
        };
        // The later of two equals is the newer.
        if best.as_ref().is_none_or(|(other, _)| rank >= *other) {
            best = Some((rank, head));
        }
    }
    Ok(best.map(|(_, head)| head))
}

impl Survey {
    fn of(storage: &impl Storage, keys: &Keys) -> Result<Self, StorageError> {
        let mut survey = Self::default();
        for key in storage.keys(&keys.generations())? {
            let text = storage.get(&key)?.unwrap_or_default();
            let payload = unseal(&text).ok();
            if let Some(at) = keys.place_of(&key) {
                let placed = payload.and_then(PlacedPiece::parse).filter(|placed| placed.at == at);
                let found = placed.map(|PlacedPiece { count, own, piece, .. }| Found { name: piece.name, count, own });
                survey.pieces.insert(at, found);
            } else if let Some(generation) = keys.generation_of(&key)
                && let Some(head) = payload.and_then(Head::parse).filter(|head| head.generation == generation)
            {
                survey.spares.insert(generation, head);
            }
        }
        Ok(survey)
    }

    fn found(&self, at: &Place) -> Option<&Found> {
        self.pieces.get(at)?.as_ref()
    }

    /// A generation of which the spare copy of the head can be read.
    fn finished(&self, generation: &Generation) -> Option<(Rank, Head)> {
        let head = self.spares.get(generation)?;
        let there = head.pieces.iter().filter(|piece| self.found(&piece.at).is_some()).count();
        let is_whole = there == head.pieces.len();
        let pieces = if is_whole { 0 } else { there };
        Some((Rank { is_whole, is_finished: true, is_written: true, pieces }, head.clone()))
    }

    /// A generation put together from its pieces. What it did not write itself are pieces of earlier ones: of each name the newest.
    fn put_together(&self, generation: &Generation) -> Option<(Rank, Head)> {
        let written: Vec<(&Place, &Found)> = self.before(generation, true).collect();
        let &(_, &Found { count, own, .. }) = written.first()?;
        let is_written = written.len() == own;
        let mut head = Head { generation: generation.clone(), ..unknown_head("") };
        if own == count {
            let at = |index| Place { generation: generation.clone(), index };
            let name = |at: &Place| self.found(at).map(|found| found.name.clone()).unwrap_or_default();
            head.pieces = (0..count).map(at).map(|at| Listed { name: name(&at), at }).collect();
        } else {
            // In the order of their generations: the last of a name is the newest.
            let newest: BTreeMap<&String, &Place> =
                self.before(generation, false).chain(written.iter().copied()).map(|(at, it)| (&it.name, at)).collect();
            head.pieces = newest.into_iter().map(|(name, at)| Listed { name: name.clone(), at: at.clone() }).collect();
            // What cannot be read may be one of them, and has lost its name.
            let lost = self.pieces.iter().filter(|(at, found)| at.generation <= *generation && found.is_none());
            let unknown = |at: &Place| Listed { name: String::new(), at: at.clone() };
            head.pieces.extend(lost.map(|(at, _)| unknown(at)));
            for missing in head.pieces.len()..count {
                // No piece was ever stored there.
                head.pieces.push(unknown(&Place { generation: generation.clone(), index: count + missing }));
            }
            head.pieces.sort_by(|a, b| (a.at.index, &a.at.generation).cmp(&(b.at.index, &b.at.generation)));
        }
        let there = head.pieces.iter().filter(|piece| self.found(&piece.at).is_some()).count().min(count);
        let pieces = if is_written { 0 } else { there };
        Some((Rank { is_whole: false, is_finished: false, is_written, pieces }, head))
    }

    /// The readable pieces that a generation wrote itself, or those of the ones before it, oldest first.
    fn before<'a>(&'a self, generation: &'a Generation, itself: bool) -> impl Iterator<Item = (&'a Place, &'a Found)> {
        let is_of = move |at: &Place| if itself { at.generation == *generation } else { at.generation < *generation };
        self.pieces.iter().filter_map(move |(at, found)| Some((at, found.as_ref()?))).filter(move |(at, _)| is_of(at))
    }
}
