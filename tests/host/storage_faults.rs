//! Storage under faults: stops after every write, flipped bits, full and blocked storage, two tabs.

#![allow(clippy::unwrap_used, reason = "a failed step of a test ends it")]

use std::collections::{BTreeMap, BTreeSet};

use loudou::storage::pack::{pack, pack_bytes, unpack, unpack_bytes};
use loudou::storage::{
    Archive, Compaction, Damaged, EntryId, Fault, MemoryStorage, OpenError, Opened, Piece, Progress, SaveError,
    Storage, StorageError, catalogue,
};
use proptest::prelude::*;

const ID: &str = "01J";

/// The caller's side: a set of words. A piece holds them line by line, an entry adds one.
type Words = BTreeSet<String>;

fn piece(words: &Words) -> Vec<Piece> {
    let text = |part: usize| {
        words.iter().filter(|word| word.len() % 2 == part).map(String::as_str).collect::<Vec<_>>().join("\n")
    };
    vec![Piece { name: "even".into(), text: text(0) }, Piece { name: "odd".into(), text: text(1) }]
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
            assert!(Archive::open(&next, "b", ID).is_err_and(|error| error == OpenError::NotFound) || stop >= 3);
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
fn a_flipped_bit_anywhere_loses_only_what_it_hits() {
    let storage = MemoryStorage::new();
    let mut tab = Tab::create(&storage).unwrap();
    for word in ["a", "bb", "漏斗"] {
        tab.add(word).unwrap();
    }
    tab.compact().unwrap();
    tab.add("dddd").unwrap();
    tab.add("eeeee").unwrap();
    let before = reopen(&storage);
    for key in storage.keys("").unwrap() {
        let text = storage.get(&key).unwrap().unwrap();
        for unit in 0..text.encode_utf16().count() {
            for bit in [0, 3, 7, 15] {
                let hit = storage.reopened();
                assert!(hit.flip_bit(&key, unit, bit));
                let raw = hit.get(&key).unwrap();
                let (mut archive, opened) = Archive::open(&hit, "b", ID).unwrap();
                assert_eq!(opened.damage.len(), 1, "{key} {unit} {bit}");
                let damage = &opened.damage[0];
                assert_eq!(damage.key, key);
                assert_eq!(hit.get(damage.quarantine_key.as_ref().unwrap()).unwrap(), raw);
                let (mut pieces, mut journal) = (before.pieces.clone(), before.journal.clone());
                match &damage.what {
                    Damaged::Head | Damaged::SpareHead => {}
                    Damaged::Piece(name) => pieces.retain(|piece| piece.name != *name),
                    Damaged::Entry(id) => journal.retain(|entry| entry.id != *id),
                }
                let kept = (opened.title.as_str(), &opened.pieces, &opened.journal);
                assert_eq!(kept, ("漏斗", &pieces, &journal), "{key} {unit} {bit}");
                // Going on from there keeps the raw text.
                archive.append("f").unwrap();
                let mut compaction = archive.compact(pieces, &[]).unwrap();
                while compaction.step(&mut archive).unwrap() == Progress::More {}
                assert_eq!(hit.get(damage.quarantine_key.as_ref().unwrap()).unwrap(), raw);
                assert_eq!(reopen(&hit).journal.len(), journal.len() + 1);
            }
        }
    }
}

#[test]
fn without_room_for_a_copy_the_damaged_text_stays() {
    let storage = MemoryStorage::new();
    let mut tab = Tab::create(&storage).unwrap();
    tab.add("word").unwrap();
    for key in storage.keys("").unwrap() {
        let hit = storage.reopened();
        hit.flip_bit(&key, 12, 0);
        let raw = hit.get(&key).unwrap();
        hit.set_fault(Fault::FullAfter(0));
        let (mut archive, opened) = Archive::open(&hit, "b", ID).unwrap();
        assert_eq!((opened.damage.len(), &opened.damage[0].quarantine_key), (1, &None));
        assert!(archive.rename("other").is_err());
        assert_eq!(hit.get(&key).unwrap(), raw);
        hit.set_fault(Fault::None);
        archive.rename("other").unwrap();
        let kept = hit.keys("").unwrap().into_iter().any(|key| hit.get(&key).unwrap() == raw);
        assert!(kept, "{key}");
    }
}

#[test]
fn two_tabs_lose_nothing_in_any_order() {
    // Every way to place B's edit, look and compaction among the steps of A's compaction.
    for at in 0..16 {
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
                for step in 0..16 {
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

/// The text of a newer version of the page: a frame like ours, but for its number.
fn of_a_newer_version(text: &str) -> String {
    let payload = text.split_once('\n').unwrap().1;
    let mut crc = crc32fast::Hasher::new();
    crc.update(&2_u32.to_le_bytes());
    crc.update(payload.as_bytes());
    format!("loudou/2 {:08x} {}\n{payload}", crc.finalize(), payload.len())
}

fn everything(storage: &MemoryStorage) -> BTreeMap<String, String> {
    let keys = storage.keys("").unwrap();
    keys.into_iter().map(|key| (key.clone(), storage.get(&key).unwrap().unwrap())).collect()
}

#[test]
fn what_a_newer_version_wrote_is_read_and_never_touched() {
    let storage = MemoryStorage::new();
    let mut tab = Tab::create(&storage).unwrap();
    tab.add("word").unwrap();
    let entry = storage.keys(&format!("loudou/w/{ID}/j/")).unwrap().remove(0);
    for key in [format!("loudou/w/{ID}/head"), entry] {
        let next = storage.reopened();
        let mut meanwhile = Tab::open(&next, "b");
        let mut begun = meanwhile.begin().unwrap();
        begun.step(&mut meanwhile.archive).unwrap();
        next.set(&key, &of_a_newer_version(&next.get(&key).unwrap().unwrap())).unwrap();
        let before = everything(&next);
        let (mut archive, opened) = Archive::open(&next, "c", ID).unwrap();
        assert!(opened.newer_format && archive.newer_format());
        assert_eq!((opened.damage, opened.title.as_str()), (vec![], "漏斗"));
        assert_eq!(archive.append("x"), Err(SaveError::NewerFormat));
        assert_eq!(archive.rename("x"), Err(SaveError::NewerFormat));
        assert_eq!(archive.foreign(), Err(SaveError::NewerFormat));
        assert_eq!(archive.compact(vec![], &[]).err(), Some(SaveError::NewerFormat));
        assert_eq!(everything(&next), before);
        if key.ends_with("/head") {
            // A tab that was open when the newer version came stops too, in the middle of a compaction.
            assert_eq!(meanwhile.look(), Err(SaveError::NewerFormat));
            assert_eq!(begun.step(&mut meanwhile.archive).err(), Some(SaveError::NewerFormat));
            assert_eq!(meanwhile.add("x"), Err(SaveError::NewerFormat));
            assert_eq!(everything(&next), before);
        }
        assert_eq!(catalogue::workspaces(&next).unwrap().len(), 1);
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
        // Head, spare head, two pieces: nothing is left of what did not fit.
        assert_eq!(storage.keys("").unwrap().len(), 4, "full after {full}");
    }
}

#[test]
fn damage_in_two_places_loses_only_what_it_hits() {
    let storage = MemoryStorage::new();
    let mut tab = Tab::create(&storage).unwrap();
    for word in ["a", "bb"] {
        tab.add(word).unwrap();
    }
    tab.compact().unwrap();
    tab.add("dddd").unwrap();
    tab.add("eeeee").unwrap();
    // A compaction that was stopped halfway must not be taken for the data.
    let mut stopped = tab.begin().unwrap();
    for _ in 0..3 {
        stopped.step(&mut tab.archive).unwrap();
    }
    let before = reopen(&storage);
    let keys = storage.keys("").unwrap();
    let unfinished = |key: &String| key.contains("/g/3.");
    assert_eq!(keys.iter().filter(|key| unfinished(key)).count(), 1);
    let keys: Vec<_> = keys.into_iter().filter(|key| !unfinished(key)).collect();
    for (first, second) in keys.iter().flat_map(|first| keys.iter().map(move |second| (first, second))) {
        if first >= second {
            continue;
        }
        let hit = storage.reopened();
        let raws = [first, second].map(|key| {
            assert!(hit.flip_bit(key, 20, 0));
            hit.get(key).unwrap().unwrap()
        });
        let (mut archive, opened) = Archive::open(&hit, "b", ID).unwrap();
        let (mut pieces, mut journal) = (before.pieces.clone(), before.journal.clone());
        let heads = [first, second].iter().filter(|key| key.ends_with("/head")).count();
        for damage in &opened.damage {
            match &damage.what {
                Damaged::Head | Damaged::SpareHead => {}
                Damaged::Piece(name) => pieces.retain(|piece| piece.name != *name),
                Damaged::Entry(id) => journal.retain(|entry| entry.id != *id),
            }
        }
        assert_eq!((&opened.pieces, &opened.journal), (&pieces, &journal), "{first} {second}");
        // With both heads gone the pieces tell, but nobody knows the title.
        assert_eq!(opened.title, if heads == 2 { "" } else { "漏斗" }, "{first} {second}");
        archive.append("f").unwrap();
        let contained: Vec<_> = journal.iter().map(|entry| entry.id.clone()).collect();
        let mut compaction = archive.compact(piece(&words_of(&opened)), &contained).unwrap();
        while compaction.step(&mut archive).unwrap() == Progress::More {}
        let kept: BTreeSet<_> = everything(&hit).into_values().collect();
        assert!(raws.iter().all(|raw| kept.contains(raw)), "{first} {second}");
        let mut expected = words_of(&opened);
        expected.insert("f".into());
        assert_eq!(words_of(&reopen(&hit)), expected, "{first} {second}");
    }
}

/// B read everything. A opened when a piece was damaged already and lacks it. When B makes a generation of its whole
/// data, A must read that one and not go on with its own.
#[test]
fn a_tab_that_read_less_takes_over_what_another_read() {
    let storage = MemoryStorage::new();
    let mut b = Tab::create(&storage).unwrap();
    b.add("word").unwrap();
    b.compact().unwrap();
    let piece = storage.keys(&format!("loudou/w/{ID}/g/")).unwrap().remove(0);
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
            assert_eq!(next.keys("").unwrap().len(), 4, "stop after {stop}");
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
