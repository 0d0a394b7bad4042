//! Tabs that change one workspace at once, over one storage, hearing of each other now and then.

#![allow(clippy::unwrap_used, reason = "a failed step of a test ends it")]

use std::sync::Arc;

use loudou::{
    codec::{
        journal::{assemble, decode_change, encode_change, pieces},
        replica::Replica,
    },
    model::{Command, Stamp, Workspace, WorkspaceId, apply},
    storage::{Archive, EntryId, MemoryStorage, Piece, Progress},
};
use proptest::{collection::vec, prelude::*};

use crate::r#gen::{Mood, empty, steps};

const ID: &str = "01J";

struct Tab<'a> {
    archive: Archive<&'a MemoryStorage>,
    replica: Replica<EntryId>,
}

fn pieces_of(workspace: &Workspace) -> Vec<Piece> {
    pieces(workspace).into_iter().map(|(name, text)| Piece { name, text }).collect()
}

impl<'a> Tab<'a> {
    fn open(storage: &'a MemoryStorage, token: &str, id: WorkspaceId) -> Self {
        let (archive, opened) = Archive::open(storage, token, ID).unwrap();
        assert_eq!(opened.damage, vec![]);
        let stored: Vec<_> = opened.pieces.iter().map(|piece| (&piece.name, &piece.text)).collect();
        let mut replica = Replica::new(assemble(id, &stored).0);
        let entries = opened.journal.into_iter().map(|entry| (entry.id, entry.text));
        assert!(replica.hear(entries, |text, base| decode_change(text, base)).is_empty());
        Self { archive, replica }
    }

    fn act(&mut self, command: &Command, stamp: Stamp) {
        let Ok(change) = apply(self.replica.present(), command.clone(), stamp) else { return };
        let after = self.replica.present().with(&change);
        let id = self.archive.append(&encode_change(&change)).unwrap();
        self.replica.add(Arc::new(change), after);
        self.replica.place(id);
    }

    fn hear(&mut self, storage: &'a MemoryStorage, token: &str) {
        let foreign = self.archive.foreign().unwrap();
        if foreign.reload {
            *self = Self::open(storage, token, self.replica.present().id);
            return;
        }
        let entries = foreign.entries.into_iter().map(|entry| (entry.id, entry.text));
        assert!(self.replica.hear(entries, |text, base| decode_change(text, base)).is_empty());
        self.replica.settle(|entry| self.archive.covers(entry));
    }

    /// Writes a new generation, unless another tab has made one meanwhile.
    fn compact(&mut self) {
        let contained: Vec<_> = self.replica.keys().cloned().collect();
        let Ok(mut compaction) = self.archive.compact(pieces_of(self.replica.present()), &contained) else { return };
        while let Ok(Progress::More) = compaction.step(&mut self.archive) {}
        self.replica.settle(|entry| self.archive.covers(entry));
    }
}

/// What a tab does at its turn.
#[derive(Clone, Copy, Debug)]
enum Turn {
    Act,
    Hear,
    Compact,
}

fn turn() -> impl Strategy<Value = (usize, Turn)> {
    (0_usize..3, prop_oneof![6 => Just(Turn::Act), 2 => Just(Turn::Hear), 1 => Just(Turn::Compact)])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn all_tabs_come_to_the_same_and_so_does_the_next(
        start in empty(),
        commands in steps(Mood::Tame, 60),
        turns in vec(turn(), 1..120),
    ) {
        let storage = MemoryStorage::new();
        Archive::create(&storage, "maker", ID, "漏斗", pieces_of(&start)).unwrap();
        let mut tabs: Vec<_> = ["a", "b", "c"].map(|token| (token, Tab::open(&storage, token, start.id))).into();
        let mut commands = commands.iter();
        for (number, turn) in turns {
            let (token, tab) = &mut tabs[number];
            match turn {
                Turn::Act => if let Some((command, stamp)) = commands.next() { tab.act(command, *stamp) },
                Turn::Hear => tab.hear(&storage, token),
                Turn::Compact => tab.compact(),
            }
        }
        for (token, tab) in &mut tabs {
            tab.hear(&storage, token);
        }
        let next = Tab::open(&storage, "next", start.id);
        for (token, tab) in &tabs {
            prop_assert_eq!(tab.replica.present(), next.replica.present(), "tab {}", token);
        }
    }
}
