//! Tabs that change one workspace at once, over one storage, hearing of each other now and then.

#![allow(clippy::unwrap_used, reason = "a failed step of a test ends it")]

use std::sync::Arc;

use loudou::{
    codec::{
        content::Language,
        journal::{assemble, decode_change, encode_change, pieces},
        replica::Replica,
    },
    model::{Command, DealDetails, DealId, EventKind, Money, Stamp, Status, Workspace, WorkspaceId, apply},
    storage::{Archive, EntryId, MemoryStorage, Piece, Progress},
    training::demo,
};
use proptest::{collection::vec, prelude::*};

use crate::r#gen::{Mood, empty, first_day, moment, steps};

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

/// The workspace with a model, a customer and a deal, and what comes of two changes made to it in the same instant.
fn at_once(one: &Command, other: &Command) -> [Workspace; 2] {
    let stamp = |number: u128| Stamp { on: first_day(), at: moment(), by: None, seed: ulid::Ulid(number << 64) };
    let start = demo::company(Language::English, first_day(), 4);
    let [one, other] = [(one, 1), (other, 2)].map(|(command, number)| apply(&start, command.clone(), stamp(number)));
    let (one, other) = (one.unwrap(), other.unwrap());
    let texts = [encode_change(&one), encode_change(&other)];
    let mut first = Replica::new(start.clone());
    first.add(Arc::new(one.clone()), start.with(&one));
    first.place(1);
    assert!(first.hear([(2, &texts[1])], |text, base| decode_change(text, base)).is_empty());
    let mut second = Replica::new(start.clone());
    second.add(Arc::new(other.clone()), start.with(&other));
    second.place(2);
    assert!(second.hear([(1, &texts[0])], |text, base| decode_change(text, base)).is_empty());
    [first, second].map(|replica| replica.present().clone())
}

fn open_deal() -> (Workspace, DealId) {
    let start = demo::company(Language::English, first_day(), 4);
    let id = start.deals.iter().find(|deal| deal.standing().status == Status::Open).unwrap().id;
    (start, id)
}

#[test]
fn two_fields_of_one_deal_changed_at_once_are_both_changed() {
    let (start, id) = open_deal();
    let deal = start.deals.get(id).unwrap();
    let amount = Money::from_minor(424_200);
    let details = DealDetails { title: "Another title".to_owned(), ..deal.details.clone() };
    let [one, other] =
        at_once(&Command::SetAmount { id, to: amount }, &Command::EditDeal { id, details: Box::new(details) });
    assert_eq!(one, other);
    let deal = one.deals.get(id).unwrap();
    assert_eq!((deal.standing().amount, deal.details.title.as_str()), (amount, "Another title"));
}

#[test]
fn of_two_amounts_set_at_once_both_are_in_the_history() {
    let (start, id) = open_deal();
    let before = start.deals.get(id).unwrap().history().len();
    let amounts = [100_000, 200_000].map(Money::from_minor);
    let set = |to| Command::SetAmount { id, to };
    let [one, other] = at_once(&set(amounts[0]), &set(amounts[1]));
    assert_eq!(one, other);
    let history = one.deals.get(id).unwrap().history();
    let told: Vec<_> = history[before..]
        .iter()
        .filter_map(|event| match event.kind {
            EventKind::AmountChanged { to, .. } => Some(to),
            _ => None,
        })
        .collect();
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(amounts.iter().all(|amount| told.contains(amount)));
}
