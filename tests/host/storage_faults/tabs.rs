//! Several tabs at one workspace.

use std::collections::BTreeMap;

use loudou::storage::{Archive, Compaction, MemoryStorage, Progress, SaveError, Storage};
use proptest::prelude::*;

use super::{ID, Tab, Words, reopen, words_of};

#[test]
fn two_tabs_lose_nothing_in_any_order() {
    // Every way to place B's edit, look and compaction among the steps of A's compaction.
    for at in 0..18 {
        for looks in [false, true] {
            for compacts in [false, true] {
                let storage = MemoryStorage::new();
                let mut a = Tab::create(&storage).unwrap();
                a.add("one").unwrap();
                let mut b = Tab::open(&storage, "b");
                b.add("two").unwrap();
                a.look().unwrap();
                a.add("three").unwrap();
                let mut compaction = a.begin().unwrap();
                let mut other = None;
                for step in 0..18 {
                    if step == at {
                        b.add("four").unwrap();
                        if looks && b.look().unwrap() {
                            b = Tab::open(&storage, "b2");
                        }
                        if compacts {
                            other = b.begin().ok();
                        }
                    }
                    // From then on the two take turns; each may be told that it was superseded.
                    if let Some(second) = &mut other {
                        let refused = second.step(&mut b.archive).err();
                        assert!(
                            matches!(refused, None | Some(SaveError::Superseded | SaveError::NotKept)),
                            "{refused:?}"
                        );
                    }
                    let refused = compaction.step(&mut a.archive).err();
                    assert!(matches!(refused, None | Some(SaveError::Superseded | SaveError::NotKept)), "{refused:?}");
                    let expected: Words = ["one", "two", "three", "four"][..if step < at { 3 } else { 4 }]
                        .iter()
                        .map(|word| (*word).to_owned())
                        .collect();
                    let found = words_of(&reopen(&storage.reopened()));
                    assert_eq!(found, expected, "at {at}, step {step}, looks {looks}, compacts {compacts}");
                }
            }
        }
    }
}

#[test]
fn a_compaction_ends_when_its_archive_moves_on_to_another_generation() {
    let storage = MemoryStorage::new();
    let mut a = Tab::create(&storage).unwrap();
    a.add("one").unwrap();
    let mut compaction = a.begin().unwrap();
    a.add("two").unwrap();
    // B folds an entry that A knows but that A's compaction does not contain, and A moves on to B's generation.
    let mut b = Tab::open(&storage, "b");
    b.compact().unwrap();
    assert!(!a.look().unwrap());
    assert_eq!(compaction.step(&mut a.archive), Err(SaveError::Superseded));
    a.add("three").unwrap();
    a.compact().unwrap();
    assert_eq!(words_of(&reopen(&storage)), Words::from(["one", "two", "three"].map(str::to_owned)));
}

#[test]
fn a_compaction_writes_into_its_own_workspace_only() {
    let storage = MemoryStorage::new();
    let mut here = Tab::create(&storage).unwrap();
    here.add("word").unwrap();
    let mut other = Archive::create(&storage, "a", "other", "Other", vec![]).unwrap();
    for steps in 0..8 {
        let mut compaction = here.begin().unwrap();
        for _ in 0..steps {
            compaction.step(&mut here.archive).unwrap();
        }
        let of_other = storage.keys("loudou/w/other/").unwrap();
        assert_eq!(compaction.step(&mut other), Err(SaveError::Superseded));
        assert_eq!(storage.keys("loudou/w/other/").unwrap(), of_other);
        assert_eq!(words_of(&reopen(&storage)), here.words);
        here = Tab::open(&storage, &format!("after{steps}"));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Three tabs do anything in any order, are killed and opened again: the storage holds the union of what they saved.
    #[test]
    fn random_tabs_lose_nothing(moves in prop::collection::vec((0..3_usize, 0..6_u8, 0..12_usize), 1..60)) {
        tabs_lose_nothing(&moves);
    }
}

/// Does moves (tab, action, how many steps or how long a word) and looks after each that the storage holds what was saved.
fn tabs_lose_nothing(moves: &[(usize, u8, usize)]) {
    let storage = MemoryStorage::new();
    drop(Tab::create(&storage).unwrap());
    let mut saved = Words::new();
    let mut tabs: BTreeMap<usize, (Tab<'_>, Option<Compaction>)> = BTreeMap::new();
    for (number, &(who, action, count)) in moves.iter().enumerate() {
        let (tab, compaction) = tabs.entry(who).or_insert_with(|| (Tab::open(&storage, &format!("t{number}")), None));
        match action {
            ADD | 1 => {
                let word = "x".repeat(count * 500) + &number.to_string();
                tab.add(&word).unwrap();
                saved.insert(word);
            }
            LOOK => {
                if tab.look().unwrap() {
                    tabs.remove(&who);
                }
            }
            BEGIN => *compaction = tab.begin().ok(),
            STEP => {
                for _ in 0..count {
                    let Some(running) = compaction else { break };
                    match running.step(&mut tab.archive) {
                        Ok(Progress::More) => {}
                        Ok(Progress::Done) | Err(SaveError::Superseded | SaveError::NotKept) => *compaction = None,
                        Err(error) => panic!("{error}"),
                    }
                }
            }
            _ => drop(tabs.remove(&who)),
        }
        assert_eq!(words_of(&reopen(&storage.reopened())), saved, "after move {number}");
    }
}

const ADD: u8 = 0;

const LOOK: u8 = 2;

const BEGIN: u8 = 3;

const STEP: u8 = 4;

/// B begins a compaction and saves a word. C compacts that word away, and B, which has seen it, moves on to C's
/// generation. B's compaction was begun before: it descends from the old generation and must not replace C's.
#[test]
fn a_compaction_begun_before_another_tabs_counts_no_more() {
    let (b, c, d) = (1, 2, 0);
    tabs_lose_nothing(&[
        (b, BEGIN, 0),
        (b, ADD, 0),
        (c, BEGIN, 0),
        (c, STEP, 7),
        (d, ADD, 0),
        (b, LOOK, 0),
        (b, STEP, 7),
    ]);
}

/// B read everything. A opened when a piece was damaged already and lacks it. When B makes a generation of its whole
/// data, A must read that one and not go on with its own.
#[test]
fn a_tab_that_read_less_takes_over_what_another_read() {
    let storage = MemoryStorage::new();
    let mut b = Tab::create(&storage).unwrap();
    b.add("word").unwrap();
    b.compact().unwrap();
    let piece = storage.keys(&format!("loudou/w/{ID}/g/2.a/")).unwrap().remove(0);
    assert!(storage.flip_bit(&piece, 20, 0));
    let (archive, opened) = Archive::open(&storage, "a", ID).unwrap();
    assert_eq!(words_of(&opened), Words::new());
    let mut a = Tab { archive, words: Words::new(), contained: Vec::new() };
    b.compact().unwrap();
    assert!(a.look().unwrap());
    assert_eq!(a.begin().err(), Some(SaveError::Superseded));
    // The same for a tab that read a text and made no sense of it.
    let mut c = Tab::open(&storage, "c");
    c.archive.mark_incomplete();
    b.compact().unwrap();
    assert!(c.look().unwrap());
    assert_eq!(words_of(&reopen(&storage)), b.words);
}

/// The head is damaged after B made a generation that A never saw: A's data must not replace it.
#[test]
fn a_stale_tab_does_not_replace_a_damaged_head() {
    let storage = MemoryStorage::new();
    let mut a = Tab::create(&storage).unwrap();
    let mut running = a.begin().unwrap();
    let mut b = Tab::open(&storage, "b");
    b.add("word").unwrap();
    b.compact().unwrap();
    assert!(storage.flip_bit(&format!("loudou/w/{ID}/head"), 20, 0));
    assert_eq!(running.step(&mut a.archive).err(), Some(SaveError::Superseded));
    assert_eq!(a.begin().err(), Some(SaveError::Superseded));
    assert!(a.look().unwrap());
    // B knows what counts and mends the head.
    b.compact().unwrap();
    assert_eq!(words_of(&reopen(&storage)), b.words);
}
