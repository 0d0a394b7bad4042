//! Storage under faults.

#![allow(clippy::unwrap_used, reason = "a failed step of a test ends it")]

mod damage;
mod flips;
mod mirror;
mod sharing;
mod steps;
mod stops;
mod tabs;

use std::collections::BTreeSet;

use loudou::storage::{Archive, Compaction, EntryId, MemoryStorage, Opened, Piece, Progress, SaveError};

const ID: &str = "01J";

/// The caller's side: a set of words. A piece holds them line by line, an entry adds one. The last piece never changes, the others
/// now and then, so that generations share pieces.
type Words = BTreeSet<String>;

fn piece(words: &Words) -> Vec<Piece> {
    let text = |part: usize| {
        words.iter().filter(|word| word.len() % 3 == part).map(String::as_str).collect::<Vec<_>>().join("\n")
    };
    (0..4).map(|part| Piece { name: format!("words-{part}"), text: text(part) }).collect()
}

fn words_of(opened: &Opened) -> Words {
    let lines = opened.pieces.iter().flat_map(|piece| piece.text.lines().map(str::to_owned));
    lines.chain(opened.journal.iter().map(|entry| entry.text.clone())).collect()
}

fn reopen(storage: &MemoryStorage) -> Opened {
    let opened = Archive::open(storage, "reader", ID).unwrap().1;
    assert_eq!(opened.damage, vec![]);
    opened
}

/// A tab: its archive, what it shows, and which entries that contains.
struct Tab<'a> {
    archive: Archive<&'a MemoryStorage>,
    words: Words,
    contained: Vec<EntryId>,
}

impl<'a> Tab<'a> {
    fn create(storage: &'a MemoryStorage) -> Result<Self, SaveError> {
        let archive = Archive::create(storage, "a", ID, "漏斗", piece(&Words::new()))?;
        Ok(Self { archive, words: Words::new(), contained: Vec::new() })
    }

    fn open(storage: &'a MemoryStorage, token: &str) -> Self {
        let (archive, opened) = Archive::open(storage, token, ID).unwrap();
        let contained = opened.journal.iter().map(|entry| entry.id.clone()).collect();
        Self { archive, words: words_of(&opened), contained }
    }

    fn add(&mut self, word: &str) -> Result<(), SaveError> {
        let id = self.archive.append(word)?;
        self.words.insert(word.to_owned());
        self.contained.push(id);
        Ok(())
    }

    /// Applies what other tabs wrote; says whether the tab must be opened again.
    fn look(&mut self) -> Result<bool, SaveError> {
        let foreign = self.archive.foreign()?;
        for entry in foreign.entries {
            self.words.insert(entry.text);
            self.contained.push(entry.id);
        }
        Ok(foreign.reload)
    }

    fn begin(&mut self) -> Result<Compaction, SaveError> {
        self.archive.compact(piece(&self.words), &self.contained)
    }

    fn compact(&mut self) -> Result<(), SaveError> {
        let mut compaction = self.begin()?;
        while compaction.step(&mut self.archive)? == Progress::More {}
        Ok(())
    }
}
