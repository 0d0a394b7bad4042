//! Stops after every write, full and blocked storage, deletions, packing.

use loudou::storage::pack::{pack, pack_bytes, unpack, unpack_bytes};
use loudou::storage::{
    Archive, Fault, MemoryStorage, OpenError, Progress, SaveError, Storage, StorageError, catalogue,
};
use proptest::prelude::*;

use super::{ID, Tab, Words, piece, reopen, words_of};

/// A life of a workspace; `saved` learns each word the moment it is acknowledged.
fn life(storage: &MemoryStorage, saved: &mut Option<Words>) -> Result<(), SaveError> {
    let mut tab = Tab::create(storage)?;
    let known = saved.insert(Words::new());
    for round in 0..3 {
        for word in ["one", "three", "eleven"] {
            let word = format!("{word}{round}");
            tab.add(&word)?;
            known.insert(word);
        }
        let mut compaction = tab.begin()?;
        let mut step = 0;
        while compaction.step(&mut tab.archive)? == Progress::More {
            step += 1;
            if step % 3 == 0 {
                let word = format!("between{round}-{step}");
                tab.add(&word)?;
                known.insert(word);
            }
        }
    }
    Ok(())
}

#[test]
fn a_stop_after_any_write_loses_nothing_acknowledged() {
    let whole = MemoryStorage::new();
    let mut all = None;
    life(&whole, &mut all).unwrap();
    assert_eq!(Some(words_of(&reopen(&whole))), all);
    let writes = whole.writes();
    assert!(writes > 40, "{writes}");
    for stop in 0..writes {
        let storage = MemoryStorage::new();
        storage.set_fault(Fault::StopAfter(stop));
        let mut saved = None;
        assert!(life(&storage, &mut saved).is_err());
        let next = storage.reopened();
        let Some(saved) = saved else {
            // Never acknowledged: not there, or whole and recovered without its head.
            assert!(Archive::open(&next, "b", ID).is_err_and(|error| error == OpenError::NotFound) || stop >= 5);
            continue;
        };
        assert!(words_of(&reopen(&next)).is_superset(&saved), "stop after {stop}");
        // The clean-up of that opening may itself be stopped, and a later life goes on from there.
        for again in 0..4 {
            let third = storage.reopened();
            third.set_fault(Fault::StopAfter(again));
            assert!(words_of(&Archive::open(&third, "c", ID).unwrap().1).is_superset(&saved));
            let fourth = third.reopened();
            let mut tab = Tab::open(&fourth, "d");
            tab.add("later").unwrap();
            tab.compact().unwrap();
            let end = words_of(&reopen(&fourth));
            assert!(end.is_superset(&saved) && end.contains("later"), "stop after {stop}, then {again}");
        }
    }
}

#[test]
fn a_full_storage_at_any_write_loses_nothing_acknowledged() {
    let whole = MemoryStorage::new();
    life(&whole, &mut None).unwrap();
    for full in 0..whole.writes() {
        let storage = MemoryStorage::new();
        storage.set_fault(Fault::FullAfter(full));
        let mut saved = None;
        match life(&storage, &mut saved) {
            Ok(()) => {}
            Err(error) => assert_eq!(error, SaveError::Storage(StorageError::Full), "full after {full}"),
        }
        match saved {
            Some(saved) => assert!(words_of(&reopen(&storage.reopened())).is_superset(&saved), "full after {full}"),
            None => assert_eq!(storage.keys("").unwrap(), Vec::<String>::new(), "full after {full}"),
        }
    }
}

#[test]
fn a_blocked_storage_says_so() {
    let storage = MemoryStorage::new();
    let mut tab = Tab::create(&storage).unwrap();
    storage.set_fault(Fault::Blocked);
    assert_eq!(tab.add("x"), Err(SaveError::Storage(StorageError::Blocked)));
    assert!(Archive::open(&storage, "b", ID).is_err_and(|error| error == OpenError::Storage(StorageError::Blocked)));
    assert_eq!(catalogue::workspaces(&storage), Err(StorageError::Blocked));
}

#[test]
fn a_deleted_workspace_is_gone_after_the_first_write() {
    let storage = MemoryStorage::new();
    let mut tab = Tab::create(&storage).unwrap();
    tab.add("word").unwrap();
    Archive::create(&storage, "a", "other", "Other", vec![]).unwrap();
    let writes = storage.keys("loudou/w/01J/").unwrap().len() + 1;
    for stop in 0..=writes {
        let next = storage.reopened();
        next.set_fault(Fault::StopAfter(stop));
        assert_eq!(catalogue::delete(&next, ID).is_ok(), stop == writes);
        let next = next.reopened();
        let listed: Vec<String> = catalogue::workspaces(&next).unwrap().into_iter().map(|listing| listing.id).collect();
        assert_eq!(listed, if stop == 0 { vec![ID, "other"] } else { vec!["other"] });
        if stop == 0 {
            assert_eq!(words_of(&reopen(&next)).len(), 1);
        } else {
            assert!(Archive::open(&next, "b", ID).is_err_and(|error| error == OpenError::NotFound));
            catalogue::tidy(&next).unwrap();
            assert_eq!(next.keys("loudou/w/01J/").unwrap(), Vec::<String>::new());
        }
    }
    catalogue::delete(&&storage, ID).unwrap();
    assert_eq!(tab.add("late"), Err(SaveError::Gone));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn packing_is_undone_exactly(bytes: Vec<u8>, text: String) {
        let packed = pack_bytes(&bytes);
        let in_alphabet = packed.chars().all(|character| (0x100..=0x80FF).contains(&u32::from(character)));
        prop_assert!(in_alphabet);
        prop_assert_eq!(unpack_bytes(&packed), Ok(bytes));
        prop_assert_eq!(unpack(&pack(&text).unwrap(), text.len()), Ok(text));
    }

    #[test]
    fn unpacking_is_one_to_one_and_never_panics(text in "[\u{100}-\u{80FF}]{0,9}", any: String) {
        if let Ok(bytes) = unpack_bytes(&text) {
            prop_assert_eq!(pack_bytes(&bytes), text);
        }
        prop_assert!(unpack(&any, 100).map_or(true, |text| text.len() <= 100));
    }
}

#[test]
fn a_storage_that_has_room_again_goes_on_in_the_same_tab() {
    let count = {
        let storage = MemoryStorage::new();
        let mut tab = Tab::create(&storage).unwrap();
        tab.add("word").unwrap();
        storage.set_fault(Fault::None);
        tab.compact().unwrap();
        storage.writes()
    };
    for full in 0..count {
        let storage = MemoryStorage::new();
        let mut tab = Tab::create(&storage).unwrap();
        tab.add("word").unwrap();
        storage.set_fault(Fault::FullAfter(full));
        let compacted = tab.compact();
        assert!(matches!(compacted, Ok(()) | Err(SaveError::Storage(StorageError::Full))), "{compacted:?}");
        assert_eq!(tab.add("late"), Err(SaveError::Storage(StorageError::Full)));
        storage.set_fault(Fault::None);
        tab.add("late").unwrap();
        tab.archive.rename("new").unwrap();
        tab.compact().unwrap();
        let opened = reopen(&storage);
        assert_eq!((words_of(&opened), opened.title.as_str()), (tab.words, "new"), "full after {full}");
        assert!(opened.journal.is_empty());
        // Head, spare head, four pieces: nothing is left of what did not fit.
        assert_eq!(storage.keys("").unwrap().len(), 6, "full after {full}");
    }
}

#[test]
fn a_stopped_creation_is_not_listed_or_whole_and_its_id_can_be_used() {
    let whole = MemoryStorage::new();
    Tab::create(&whole).unwrap();
    for stop in 0..whole.writes() {
        let storage = MemoryStorage::new();
        storage.set_fault(Fault::StopAfter(stop));
        assert!(Tab::create(&storage).is_err());
        let next = storage.reopened();
        let listed = catalogue::workspaces(&next).unwrap();
        let again = Archive::create(&next, "b", ID, "again", piece(&Words::from(["w".to_owned()])));
        if listed.is_empty() {
            // Not there: the id is free, and the leftovers go.
            again.unwrap();
            let opened = reopen(&next);
            assert_eq!((words_of(&opened).len(), opened.title.as_str()), (1, "again"), "stop after {stop}");
            assert_eq!(next.keys("").unwrap().len(), 6, "stop after {stop}");
        } else {
            // Only the head is missing.
            assert_eq!(again.err(), Some(SaveError::Exists), "stop after {stop}");
            let (_, opened) = Archive::open(&next, "b", ID).unwrap();
            assert_eq!((opened.pieces, opened.title.as_str()), (piece(&Words::new()), "漏斗"));
            assert_eq!(opened.damage.len(), 1);
            catalogue::delete(&next, ID).unwrap();
            assert_eq!(next.keys("").unwrap(), Vec::<String>::new());
        }
    }
}
