//! Generations that refer to the pieces of earlier ones.

use std::collections::BTreeSet;

use loudou::storage::{
    Archive, Damaged, MemoryStorage, Piece, Progress, Storage, backups, fullness::Fullness, used_units,
};

use super::{ID, Tab, Words, piece, reopen, words_of};

fn compact(archive: &mut Archive<&MemoryStorage>, pieces: &[Piece]) {
    let mut compaction = archive.compact(pieces.to_vec(), &[]).unwrap();
    while compaction.step(archive).unwrap() == Progress::More {}
}

/// Pieces of 3,000 characters, which are stored unpacked.
fn many(count: usize) -> Vec<Piece> {
    let text = |number| format!("{number:03} ").repeat(1_000).chars().take(3_000).collect();
    (0..count).map(|number| Piece { name: format!("deals-{number}"), text: text(number) }).collect()
}

fn stored(storage: &MemoryStorage, under: &str) -> Vec<String> {
    let prefix = format!("loudou/w/{ID}/");
    let keys = storage.keys(&format!("{prefix}{under}")).unwrap();
    keys.into_iter().map(|key| key[prefix.len()..].to_owned()).collect()
}

#[test]
fn a_change_of_one_piece_writes_one_piece() {
    let storage = MemoryStorage::new();
    let mut pieces = many(100);
    let mut archive = Archive::create(&storage, "a", ID, "漏斗", pieces.clone()).unwrap();
    for round in 2..6 {
        pieces[round * 7].text.push('!');
        let before = storage.writes();
        compact(&mut archive, &pieces);
        // The piece, the spare head, the head; the old piece and the old spare head go.
        assert_eq!(storage.writes() - before, 5);
        assert_eq!(
            stored(&storage, &format!("g/{round}.a/")),
            [format!("g/{round}.a/{}", round * 7), format!("g/{round}.a/head")]
        );
        assert_eq!(reopen(&storage).pieces, pieces);
        // A tab that has only read knows as much.
        archive = Archive::open(&storage, "a", ID).unwrap().0;
    }
    // One that goes, one that comes, one that has another name.
    pieces.remove(50);
    pieces.push(Piece { name: "new".into(), text: pieces[0].text.clone() });
    pieces[3].name = "renamed".into();
    let before = storage.writes();
    compact(&mut archive, &pieces);
    assert_eq!((storage.writes() - before, reopen(&storage).pieces), (4 + 3, pieces.clone()));
    archive.rename("new title").unwrap();
    let opened = reopen(&storage);
    assert_eq!((opened.title.as_str(), opened.pieces), ("new title", pieces));
    assert_eq!(stored(&storage, "").len(), 100 + 2);
}

#[test]
fn a_workspace_larger_than_half_of_the_storage_is_compacted_again_and_again() {
    let mut pieces = many(20);
    let storage = MemoryStorage::with_capacity(75_000);
    let mut archive = Archive::create(&storage, "a", ID, "漏斗", pieces.clone()).unwrap();
    assert!(used_units(&storage, "").unwrap() > 60_000);
    for round in 0..60 {
        pieces[round % 20].text.replace_range(..2, &format!("{:02}", round % 7 + 40));
        compact(&mut archive, &pieces);
        let opened = reopen(&storage.reopened());
        assert_eq!(opened.pieces, pieces, "round {round}");
    }
}

#[test]
fn tabs_that_take_turns_share_what_the_other_wrote() {
    let storage = MemoryStorage::new();
    let mut pieces = many(10);
    let mut a = Archive::create(&storage, "a", ID, "漏斗", pieces.clone()).unwrap();
    let mut b = Archive::open(&storage, "b", ID).unwrap().0;
    for round in 0..10 {
        let (mine, other) = if round % 2 == 0 { (&mut a, &mut b) } else { (&mut b, &mut a) };
        pieces[round].text.push('!');
        let before = storage.writes();
        compact(mine, &pieces);
        assert_eq!(storage.writes() - before, 5);
        assert!(!other.foreign().unwrap().reload);
        assert_eq!(reopen(&storage).pieces, pieces);
    }
}

fn framed(version: u32, payload: &str) -> String {
    let mut crc = crc32fast::Hasher::new();
    crc.update(&version.to_le_bytes());
    crc.update(payload.as_bytes());
    format!("loudou/{version} {:08x} {}\n{payload}", crc.finalize(), payload.len())
}

#[test]
fn a_store_of_an_older_build_opens_and_is_shared() {
    let texts = [
        ("head", "head 1.a 0.a 0\n漏斗\n+words-0\n+words-1\n+words-2\n+words-3"),
        ("g/1.a/head", "head 1.a 0.a 0\n漏斗\n+words-0\n+words-1\n+words-2\n+words-3"),
        ("g/1.a/0", "piece 1.a 0 4\nwords-0\nplain\none\ntwo"),
        ("g/1.a/1", "piece 1.a 1 4\nwords-1\nplain\nfour"),
        ("g/1.a/2", "piece 1.a 2 4\nwords-2\nplain\n"),
        ("g/1.a/3", "piece 1.a 3 4\nwords-3\nplain\n"),
    ];
    let key = |rest: &str| format!("loudou/w/{ID}/{rest}");
    let words: Words = ["one", "two", "four"].map(str::to_owned).into();
    let (old, new) = (MemoryStorage::new(), MemoryStorage::new());
    for (rest, payload) in texts {
        old.set(&key(rest), &framed(1, payload)).unwrap();
    }
    assert_eq!(words_of(&reopen(&old)), words);
    // A generation that shares nothing is written as older builds write and read it.
    Archive::create(&new, "a", ID, "漏斗", piece(&words)).unwrap();
    assert_eq!(stored(&new, ""), stored(&old, ""));
    for (rest, payload) in texts {
        assert_eq!(new.get(&key(rest)).unwrap(), Some(framed(1, payload)));
    }
    let mut tab = Tab::open(&old, "b");
    tab.add("three").unwrap();
    tab.compact().unwrap();
    assert_eq!(stored(&old, ""), ["g/1.a/0", "g/1.a/1", "g/1.a/3", "g/2.b/2", "g/2.b/head", "head"]);
    let head = "head 2.b 1.a 1\n漏斗\n*1.a 0 words-0\n*1.a 1 words-1\n+words-2\n*1.a 3 words-3\n-b/1";
    // To older builds it is of a newer version, which they never touch.
    for rest in ["head", "g/2.b/head"] {
        assert_eq!(old.get(&key(rest)).unwrap(), Some(framed(2, head)));
    }
    let written = "piece 2.b 2 4 1\nwords-2\nplain\nthree";
    assert_eq!(old.get(&key("g/2.b/2")).unwrap(), Some(framed(2, written)));
    assert_eq!(words_of(&reopen(&old)), tab.words);
}

/// Four generations, each of which wrote some of the pieces that count.
fn shared(storage: &MemoryStorage) -> Tab<'_> {
    let mut tab = Tab::create(storage).unwrap();
    for word in ["one", "four", "three"] {
        tab.add(word).unwrap();
        tab.compact().unwrap();
    }
    assert_eq!(stored(storage, "g/"), ["g/1.a/3", "g/2.a/0", "g/3.a/1", "g/4.a/2", "g/4.a/head"]);
    tab
}

#[test]
fn a_damaged_piece_is_written_anew_from_the_data() {
    let whole = MemoryStorage::new();
    shared(&whole);
    for key in ["g/1.a/3", "g/2.a/0", "g/3.a/1", "g/4.a/2"] {
        for removed in [false, true] {
            for step in 0..6 {
                let storage = MemoryStorage::new();
                let mut tab = shared(&storage);
                tab.add("seven").unwrap();
                let mut compaction = tab.begin().unwrap();
                for _ in 0..step {
                    compaction.step(&mut tab.archive).unwrap();
                }
                let key = format!("loudou/w/{ID}/{key}");
                if removed {
                    storage.remove(&key).unwrap();
                } else {
                    assert!(storage.flip_bit(&key, 20, 0));
                }
                let raw = storage.get(&key).unwrap();
                // Damage that comes after the piece was compared ends the compaction, and the next one mends it.
                while matches!(compaction.step(&mut tab.archive), Ok(Progress::More)) {}
                tab.compact().unwrap();
                assert_eq!(words_of(&reopen(&storage)), tab.words, "{key} {removed} {step}");
                let kept = storage.keys("").unwrap().into_iter().any(|key| storage.get(&key).unwrap() == raw);
                assert!(removed || kept, "{key} {step}");
            }
        }
    }
}

#[test]
fn without_any_head_the_pieces_of_all_generations_are_found() {
    let storage = MemoryStorage::new();
    let tab = shared(&storage);
    let heads = ["head", "g/4.a/head"].map(|rest| format!("loudou/w/{ID}/{rest}"));
    for head in &heads {
        assert!(storage.flip_bit(head, 20, 0));
    }
    let (_, opened) = Archive::open(storage.reopened(), "b", ID).unwrap();
    assert_eq!((opened.pieces, opened.damage.len()), (piece(&tab.words), 1));
    for rest in stored(&storage, "g/").iter().filter(|rest| !rest.ends_with("/head")) {
        let hit = storage.reopened();
        let key = format!("loudou/w/{ID}/{rest}");
        assert!(hit.flip_bit(&key, 20, 0));
        let raw = hit.get(&key).unwrap();
        let (mut archive, opened) = Archive::open(&hit, "b", ID).unwrap();
        let found: BTreeSet<_> = opened.pieces.iter().map(|piece| piece.name.clone()).collect();
        assert_eq!(found.len(), 3, "{rest}");
        if *rest != "g/4.a/2" {
            // Nobody knows the name of the lost one, but that it is lost is said.
            let lost = opened.damage.iter().find(|damage| damage.what == Damaged::Piece(String::new())).unwrap();
            assert_eq!(lost.key, key);
        }
        compact(&mut archive, &opened.pieces);
        let kept = hit.keys("").unwrap().into_iter().any(|key| hit.get(&key).unwrap() == raw);
        assert!(kept, "{rest}");
        let (_, again) = Archive::open(&hit, "c", ID).unwrap();
        assert_eq!(again.pieces, opened.pieces, "{rest}");
    }
}

#[test]
fn a_piece_that_was_put_back_is_not_taken_for_damaged() {
    let storage = MemoryStorage::new();
    let tab = shared(&storage);
    let key = format!("loudou/w/{ID}/g/2.a/0");
    let whole = storage.get(&key).unwrap().unwrap();
    assert!(storage.flip_bit(&key, 20, 0));
    let (mut archive, opened) = Archive::open(&storage, "b", ID).unwrap();
    assert_eq!(opened.damage.len(), 1);
    storage.set(&key, &whole).unwrap();
    compact(&mut archive, &piece(&tab.words));
    assert_eq!(storage.get(&key).unwrap(), Some(whole));
    assert_eq!(words_of(&reopen(&storage)), tab.words);
}

#[test]
fn pieces_of_all_generations_are_backed_up_and_counted() {
    let storage = MemoryStorage::new();
    let tab = shared(&storage);
    let copy = MemoryStorage::new();
    for (key, text) in backups::source_of(&storage, ID).unwrap() {
        copy.set(&key, &text).unwrap();
    }
    assert_eq!(words_of(&reopen(&copy)), tab.words);
    let share = Fullness::of(&storage).unwrap().shares.remove(0);
    assert_eq!(share.data, used_units(&storage, "").unwrap());
}
