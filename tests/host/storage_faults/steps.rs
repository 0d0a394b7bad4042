//! Compactions and creations of large workspaces, a step at a time.

use std::{cell::Cell, rc::Rc};

use loudou::storage::{
    Archive, Compaction, Fault, MemoryStorage, Offer, Piece, Progress, SaveError, Storage, StorageError, catalogue,
    trash, trash::Thrown,
};

use super::{ID, reopen};

/// What a step may handle besides the last piece it takes, see `storage::compaction`.
const STEP: usize = 96 << 10;
const LONG: usize = 3_000;

/// Pieces of 3,000 characters, which are stored unpacked.
fn many(count: usize) -> Vec<Piece> {
    let text = |number| format!("{number:03} ").repeat(LONG).chars().take(LONG).collect();
    (0..count).map(|number| Piece { name: format!("deals-{number}"), text: text(number) }).collect()
}

/// The pieces, and how many bytes of their texts were made.
fn counted(pieces: &[Piece], made: &Rc<Cell<usize>>) -> Vec<Offer> {
    let offer = |piece: &Piece| {
        let (Piece { name, text }, made) = (piece.clone(), made.clone());
        Offer::new(name, None, move || {
            made.set(made.get() + text.len());
            text
        })
    };
    pieces.iter().map(offer).collect()
}

fn finish(mut compaction: Compaction, archive: &mut Archive<&MemoryStorage>) -> Result<Compaction, SaveError> {
    while compaction.step(archive)? == Progress::More {}
    Ok(compaction)
}

#[test]
fn a_step_makes_no_more_than_its_share() {
    let (storage, pieces, made) = (MemoryStorage::new(), many(200), Rc::new(Cell::new(0)));
    let (mut archive, mut first) = Archive::begin(&storage, "a", ID, "漏斗", counted(&pieces, &made)).unwrap();
    let (mut steps, mut before, mut writes) = (0, 0, 0);
    while first.step(&mut archive).unwrap() == Progress::More {
        assert!(made.get() - before <= STEP + LONG, "step {steps}");
        assert!(storage.writes() - writes <= 1, "step {steps}");
        (before, writes, steps) = (made.get(), storage.writes(), steps + 1);
    }
    assert_eq!((made.get(), reopen(&storage).pieces), (200 * LONG, pieces));
    assert!(steps > 200 + 2 * 200 * LONG / STEP, "{steps}");
}

#[test]
fn what_is_known_to_be_stored_is_not_made_again() {
    let (storage, mut pieces, made) = (MemoryStorage::new(), many(100), Rc::new(Cell::new(0)));
    let mut archive = Archive::create(&storage, "a", ID, "漏斗", pieces.clone()).unwrap();
    let again = archive.compact(counted(&pieces, &made), &[]).unwrap();
    let sums = finish(again, &mut archive).unwrap().sums().clone();
    assert_eq!((made.take(), sums.len()), (100 * LONG, 100));
    pieces[70].text.push('!');
    let known = |pieces: &[Piece]| {
        let mut offers = counted(pieces, &made);
        for (number, piece) in pieces.iter().enumerate().filter(|(number, _)| *number != 70) {
            let (text, made) = (piece.text.clone(), made.clone());
            offers[number] = Offer::new(piece.name.clone(), Some(sums[&piece.name]), move || {
                made.set(made.get() + text.len());
                text
            });
        }
        offers
    };
    let before = storage.writes();
    let third = archive.compact(known(&pieces), &[]).unwrap();
    finish(third, &mut archive).unwrap();
    assert_eq!((made.take(), storage.writes() - before), (LONG + 1, 5));
    assert_eq!(reopen(&storage).pieces, pieces);
    // One that is damaged by now is made, whatever was known of it.
    assert!(storage.flip_bit(&format!("loudou/w/{ID}/g/1.a/7"), 50, 0));
    let fourth = archive.compact(known(&pieces), &[]).unwrap();
    finish(fourth, &mut archive).unwrap();
    assert_eq!((made.take(), reopen(&storage).pieces), (2 * LONG + 1, pieces.clone()));
    // Another tab that has only read makes what it does not know.
    let mut other = Archive::open(&storage, "b", ID).unwrap().0;
    let fifth = other.compact(known(&pieces), &[]).unwrap();
    finish(fifth, &mut other).unwrap();
    assert_eq!((made.take(), reopen(&storage).pieces), (LONG + 1, pieces));
}

/// Another tab makes its generation at any step of a long compaction: one of them counts, whole.
#[test]
fn of_two_long_compactions_one_counts() {
    for at in 0..60 {
        let storage = MemoryStorage::new();
        let pieces = many(100);
        let mut a = Archive::create(&storage, "a", ID, "漏斗", pieces.clone()).unwrap();
        let mut b = Archive::open(&storage, "b", ID).unwrap().0;
        let (mut mine, mut theirs) = (pieces.clone(), pieces);
        mine.iter_mut().step_by(3).for_each(|piece| piece.text.push('a'));
        theirs.iter_mut().step_by(2).for_each(|piece| piece.text.push('b'));
        let mut compaction = a.compact(mine.clone(), &[]).unwrap();
        for _ in 0..at {
            compaction.step(&mut a).unwrap();
        }
        let second = b.compact(theirs.clone(), &[]);
        let theirs_counts = second.and_then(|second| finish(second, &mut b)).is_ok();
        let mine_counts = finish(compaction, &mut a).is_ok();
        assert_ne!(theirs_counts, mine_counts, "at {at}");
        assert_eq!(reopen(&storage).pieces, if mine_counts { mine } else { theirs }, "at {at}");
    }
}

/// A long compaction, before step `goes.0` of which the key `goes.1` is removed; tells at which step it began to count, if it did.
fn compacted(storage: &MemoryStorage, goes: Option<(usize, &str)>) -> Result<usize, SaveError> {
    let mut pieces = many(100);
    let mut archive = Archive::create(storage, "a", ID, "漏斗", pieces.clone()).unwrap();
    pieces.iter_mut().skip(50).for_each(|piece| piece.text.push('!'));
    let mut compaction = archive.compact(pieces.clone(), &[]).unwrap();
    let mut step = 0;
    loop {
        if let Some((_, key)) = goes.filter(|(at, _)| *at == step) {
            storage.remove(&format!("loudou/w/{ID}/g/{key}")).unwrap();
        }
        compaction.step(&mut archive)?;
        if storage.get(&format!("loudou/w/{ID}/head")).unwrap().unwrap().contains("head 2.a") {
            assert_eq!(reopen(&storage.reopened()).pieces, pieces);
            return Ok(step);
        }
        step += 1;
    }
}

/// Whatever goes before the generation counts, also what was read back already, it does not count without it.
#[test]
fn a_piece_that_goes_before_the_flip_ends_the_compaction() {
    let flip = compacted(&MemoryStorage::new(), None).unwrap();
    for key in ["2.a/60", "2.a/head", "1.a/10"] {
        let mut noticed = 0;
        for at in 0..=flip {
            let storage = MemoryStorage::new();
            if let Err(error) = compacted(&storage, Some((at, key))) {
                assert_eq!(error, SaveError::NotKept, "{key} at {at}");
                noticed += 1;
            }
        }
        // Before that it was not written yet, or is written anew.
        assert!(noticed >= 4, "{key}: {noticed} of {flip}");
    }
}

#[test]
fn a_stopped_creation_of_a_large_workspace_is_cleared() {
    let pieces = many(40);
    let whole = MemoryStorage::new();
    Archive::create(&whole, "a", ID, "漏斗", pieces.clone()).unwrap();
    let writes = whole.writes();
    assert_eq!((writes, catalogue::unfinished(&whole)), (42, Ok(vec![])));
    for stop in 0..writes {
        let storage = MemoryStorage::new();
        Archive::create(&storage, "z", "other", "Other", many(1)).unwrap();
        let others = storage.keys("").unwrap();
        storage.set_fault(Fault::StopAfter(stop));
        assert!(Archive::create(&storage, "a", ID, "漏斗", pieces.clone()).is_err());
        let next = storage.reopened();
        let listed: Vec<String> = catalogue::workspaces(&next).unwrap().into_iter().map(|it| it.id).collect();
        // The spare head is the last but one write; before it there is nothing but leftovers.
        let expected = if (1..writes - 1).contains(&stop) { vec![ID.to_owned()] } else { Vec::new() };
        assert_eq!(catalogue::unfinished(&next), Ok(expected.clone()), "stop after {stop}");
        assert_eq!(listed.contains(&ID.to_owned()), stop == writes - 1, "stop after {stop}");
        for id in expected {
            // The clearing may be stopped, too.
            next.set_fault(Fault::StopAfter(stop / 2));
            assert!(catalogue::clear_unfinished(&next, &id).is_err());
            next.set_fault(Fault::None);
            catalogue::clear_unfinished(&next, &id).unwrap();
        }
        catalogue::clear_unfinished(&next, "other").unwrap();
        if stop < writes - 1 {
            assert_eq!(next.keys("").unwrap(), others, "stop after {stop}");
        } else {
            assert_eq!(reopen_headless(&next), pieces);
        }
    }
}

fn reopen_headless(storage: &MemoryStorage) -> Vec<Piece> {
    catalogue::clear_unfinished(storage, ID).unwrap();
    Archive::open(storage, "b", ID).unwrap().1.pieces
}

#[test]
fn a_creation_that_finds_no_room_leaves_nothing() {
    let pieces = many(40);
    for full in 0..42 {
        let storage = MemoryStorage::new();
        storage.set_fault(Fault::FullAfter(full));
        let refused = Archive::create(&storage, "a", ID, "漏斗", pieces.clone()).err();
        assert_eq!(refused, Some(SaveError::Storage(StorageError::Full)), "full after {full}");
        assert_eq!(storage.keys("").unwrap(), Vec::<String>::new(), "full after {full}");
    }
}

#[test]
fn deletions_give_way_to_a_new_workspace() {
    let storage = MemoryStorage::with_capacity(145_000);
    Archive::create(&storage, "z", "other", "Other", many(1)).unwrap();
    for id in ["1", "2", "3"] {
        let thrown = Thrown { id: id.to_owned(), at: 1, label: "deal".to_owned(), text: "x".repeat(3_900) };
        trash::keep(&storage, "other", &thrown).unwrap();
    }
    let pieces = many(43);
    let mut archive = Archive::create(&storage, "a", ID, "漏斗", pieces.clone()).unwrap();
    assert_eq!(reopen(&storage).pieces, pieces);
    assert!(trash::list(&storage, "other").unwrap().len() < 3);
    // A later generation takes nothing from the trash.
    let left = trash::list(&storage, "other").unwrap();
    let refused = archive.compact(many(80), &[]).unwrap();
    assert_eq!(finish(refused, &mut archive).err(), Some(SaveError::Storage(StorageError::Full)));
    assert_eq!(trash::list(&storage, "other").unwrap(), left);
}
