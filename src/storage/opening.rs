//! Reading a workspace back, whatever state it is in.

use std::collections::{BTreeMap, BTreeSet};

use super::archive::{Archive, HeadState, quarantine, read_head};
use super::frame::{FrameError, unseal};
use super::keys::{EntryId, Generation, Keys, Place, is_name};
use super::offer::{Known, Sum};
use super::record::{Entry, Head, HeadText, Listed, Piece, PlacedPiece};
use super::recovery::head_without;
use super::{Storage, StorageError, catalogue};

/// Why a workspace could not be opened. Nothing was changed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// The storage refused.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// There is no workspace of this id: never finished, or deleted.
    #[error("there is no workspace of this id")]
    NotFound,
    /// An id or a tab token that cannot stand in a key.
    #[error("{0:?} cannot stand in a storage key")]
    InvalidName(String),
}

/// What a damaged key held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Damaged {
    /// The head: title and piece names come from its spare copy, or from the pieces.
    Head,
    /// The spare copy of the head. Nothing is lost.
    SpareHead,
    /// The piece of this name (empty when the name is lost too) is damaged or missing.
    Piece(String),
    /// One saved change.
    Entry(EntryId),
}

/// One thing that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Damage {
    /// Where it is stored.
    pub key: String,
    /// What it is.
    pub what: Damaged,
    /// Where the copy of its raw text is, for download. `None` when the key is missing, or when there was no room for a
    /// copy: then the text stays under `key`, and nothing replaces it.
    pub quarantine_key: Option<String>,
}

/// Everything that could be read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Opened {
    /// The title, empty when it is lost.
    pub title: String,
    /// The pieces of the newest whole generation, in the order they were given.
    pub pieces: Vec<Piece>,
    /// Changes saved since, in the order to apply them.
    pub journal: Vec<Entry>,
    /// What could not be read.
    pub damage: Vec<Damage>,
    /// Some part was written by a newer version: nothing can be saved, and what is here may not be all.
    pub newer_format: bool,
}

/// A key to report, and its raw text when it is there.
struct Broken {
    key: String,
    what: Damaged,
    text: Option<String>,
}

impl Broken {
    /// Whether its loss is one of data, and not only of a head.
    fn holds_data(&self) -> bool {
        matches!(self.what, Damaged::Piece(_) | Damaged::Entry(_))
    }
}

#[derive(Default)]
struct Findings {
    broken: Vec<Broken>,
    newer: bool,
}

impl Findings {
    /// The parsed payload under `key`; anything else is noted as `what`.
    fn read<T>(
        &mut self,
        storage: &impl Storage,
        key: String,
        what: Damaged,
        parse: impl Fn(&str) -> Option<T>,
    ) -> Result<Option<T>, StorageError> {
        let text = storage.get(&key)?;
        match text.as_deref().map(unseal) {
            Some(Ok(payload)) => {
                if let Some(parsed) = parse(payload) {
                    return Ok(Some(parsed));
                }
            }
            Some(Err(FrameError::Newer)) => {
                self.newer = true;
                return Ok(None);
            }
            Some(Err(FrameError::Damaged)) | None => {}
        }
        self.broken.push(Broken { key, what, text });
        Ok(None)
    }
}

impl<S: Storage> Archive<S> {
    /// Opens a workspace: the generation the head names and its journal. Without a readable head the newest whole
    /// generation is found from the keys.
    ///
    /// Damaged texts are copied to quarantine keys and named in [`Opened::damage`]; the rest opens. Where everything is
    /// whole, what an interrupted compaction left and the head proves superseded is removed.
    ///
    /// `tab` is a token no other open tab uses.
    ///
    /// # Errors
    /// [`OpenError`]; damage is no error.
    pub fn open(storage: S, tab: &str, id: &str) -> Result<(Self, Opened), OpenError> {
        for name in [tab, id] {
            if !is_name(name) {
                return Err(OpenError::InvalidName(name.to_owned()));
            }
        }
        let keys = Keys::new(id);
        let mut findings = Findings::default();
        let state = read_head(&storage, &keys)?;
        let headless = matches!(state, HeadState::Missing);
        let head = match state {
            HeadState::Deleted => return Err(OpenError::NotFound),
            HeadState::Whole(head) => {
                let spare = keys.spare(&head.generation);
                if storage.get(&spare)?.is_some() {
                    findings.read(&storage, spare, Damaged::SpareHead, HeadText::parse)?;
                }
                head
            }
            HeadState::Newer => {
                findings.newer = true;
                head_without(&storage, &keys)?.unwrap_or_else(|| unknown_head(tab))
            }
            HeadState::Damaged(text) => {
                findings.broken.push(Broken { key: keys.head(), what: Damaged::Head, text: Some(text) });
                head_without(&storage, &keys)?.unwrap_or_else(|| unknown_head(tab))
            }
            HeadState::Missing => {
                if catalogue::is_vacant(&storage, &keys)? {
                    return Err(OpenError::NotFound);
                }
                findings.broken.push(Broken { key: keys.head(), what: Damaged::Head, text: None });
                head_without(&storage, &keys)?.unwrap_or_else(|| unknown_head(tab))
            }
        };
        let (pieces, known) = read_pieces(&storage, &keys, &head, &mut findings)?;
        let (journal, seen) = read_journal(&storage, &keys, &head, &mut findings)?;
        let clock = seen.iter().map(|entry| entry.seq).fold(head.clock, u64::max);
        let mut archive = Self {
            storage,
            keys,
            tab: tab.to_owned(),
            known,
            seen,
            clock,
            quarantined: Vec::new(),
            newer_format: findings.newer,
            incomplete: findings.broken.iter().any(Broken::holds_data),
            headless,
            head,
        };
        if findings.broken.is_empty() && !findings.newer {
            archive.clean();
        }
        let opened = Opened {
            title: archive.head.title.clone(),
            pieces,
            journal,
            newer_format: findings.newer,
            damage: archive.report(findings),
        };
        Ok((archive, opened))
    }

    /// Puts damaged texts into quarantine (never for a newer version, which may know better) and names them.
    fn report(&mut self, findings: Findings) -> Vec<Damage> {
        let mut damage = Vec::new();
        for Broken { key, what, text } in findings.broken {
            let copy =
                text.filter(|_| !findings.newer).and_then(|text| quarantine(&self.storage, &self.keys, &key, &text));
            if copy.is_some() {
                self.quarantined.push(key.clone());
            }
            damage.push(Damage { key, what, quarantine_key: copy });
        }
        damage
    }

    /// Removes what the whole head proves superseded. A refusal ends it: the next opening tries again.
    fn clean(&self) {
        let (number, used) = (self.head.generation.number, self.head.used(&self.keys));
        let Ok(mut keys) = self.storage.keys(&self.keys.prefix) else { return };
        keys.retain(|key| {
            self.keys.generation_of(key).is_some_and(|of| of.number <= number && !used.contains(key))
                || self.keys.entry_of(key).is_some_and(|id| self.head.covered.contains(&id))
        });
        for key in keys {
            if self.remove_superseded(&key).is_err() {
                return;
            }
        }
    }
}

pub(super) fn unknown_head(tab: &str) -> Head {
    let none = Generation { number: 0, tab: tab.to_owned() };
    Head {
        title: String::new(),
        generation: none.clone(),
        base: none,
        clock: 0,
        pieces: Vec::new(),
        covered: BTreeSet::new(),
    }
}

/// The pieces that a head lists, in its order, and what stands at their places.
fn read_pieces(
    storage: &impl Storage,
    keys: &Keys,
    head: &Head,
    findings: &mut Findings,
) -> Result<(Vec<Piece>, BTreeMap<Place, Known>), StorageError> {
    let (mut pieces, mut known) = (Vec::new(), BTreeMap::new());
    for Listed { name, at } in &head.pieces {
        let found = findings.read(storage, keys.piece(at), Damaged::Piece(name.clone()), |payload| {
            let piece = PlacedPiece::parse(payload).filter(|placed| placed.at == *at)?.piece;
            let sums = Known { text: Sum::of(&piece.text), payload: Sum::of(payload) };
            Some((piece, sums))
        })?;
        if let Some((piece, sums)) = found {
            pieces.push(piece);
            known.insert(at.clone(), sums);
        }
    }
    Ok((pieces, known))
}

/// The entries the head does not cover, in order, and the ids of all that are there.
fn read_journal(
    storage: &impl Storage,
    keys: &Keys,
    head: &Head,
    findings: &mut Findings,
) -> Result<(Vec<Entry>, BTreeSet<EntryId>), StorageError> {
    let mut journal = Vec::new();
    let mut seen = head.covered.clone();
    for key in storage.keys(&keys.journal())? {
        let Some(id) = keys.entry_of(&key) else { continue };
        if !seen.insert(id.clone()) {
            continue;
        }
        let parse = |payload: &str| Entry::parse(payload).filter(|entry| entry.id == id);
        journal.extend(findings.read(storage, key, Damaged::Entry(id.clone()), parse)?);
    }
    journal.sort_unstable_by(|a, b| a.id.cmp(&b.id));
    Ok((journal, seen))
}
