//! Flipped bits, lost texts and texts of newer versions.

use std::collections::{BTreeMap, BTreeSet};

use loudou::storage::{Archive, Damaged, Fault, MemoryStorage, Progress, SaveError, Storage, catalogue};

use super::{ID, Tab, Words, piece, reopen, words_of};

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

/// The text of a newer version of the page: a frame like ours, but for its number.
fn of_a_newer_version(text: &str) -> String {
    let payload = text.split_once('\n').unwrap().1;
    let mut crc = crc32fast::Hasher::new();
    crc.update(&3_u32.to_le_bytes());
    crc.update(payload.as_bytes());
    format!("loudou/3 {:08x} {}\n{payload}", crc.finalize(), payload.len())
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
        assert_eq!(archive.compact(piece(&Words::new()), &[]).err(), Some(SaveError::NewerFormat));
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
    for _ in 0..4 {
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
