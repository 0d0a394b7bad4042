//! Bits of a real workspace flipped one at a time, down to the records that come of it.
//!
//! There are millions of bits, and each takes an opening; so of every stored text some are hit: the first unit, the last, and others by a
//! seed.

use std::{collections::BTreeSet, sync::Arc};

use loudou::{
    codec::{
        content::Language,
        journal::{PieceFault, assemble, decode_change, encode_change, pieces},
    },
    model::{Change, Date, Patch, Profile, Record, Table, Workspace},
    storage::{
        Archive, Damaged, EntryId, MemoryStorage, Opened, Piece, Progress, Storage,
        drafts::{self, Kept},
        trash::{self, Found, Thrown},
    },
    training::demo::{SEED, company},
};
use rand::{Rng as _, SeedableRng as _};
use rand_pcg::Pcg64;

/// Flips of each stored text.
const FLIPS: usize = 10;
const DRAFT: &str = "model";
const THROWN: &str = "01";
/// As in the codec: records of a piece.
const PIECE: usize = 500;

fn pieces_of(workspace: &Workspace) -> Vec<Piece> {
    pieces(workspace).into_iter().map(|(name, text)| Piece { name, text }).collect()
}

fn patch<V: Record>(record: &V, edit: impl FnOnce(&mut V)) -> Patch<V> {
    let mut after = record.clone();
    edit(&mut after);
    Patch { id: record.id(), before: Some(Arc::new(record.clone())), after: Some(Arc::new(after)) }
}

/// What the workspace is stored as, and what it was made of.
struct Case {
    storage: MemoryStorage,
    id: String,
    /// The data of the generation.
    base: Workspace,
    /// The entries that came after it.
    entries: Vec<(EntryId, Change)>,
}

fn edits(workspace: &Workspace) -> Vec<Change> {
    let customer = workspace.customers.iter().next().unwrap();
    let deals: Vec<_> = workspace.deals.iter().take(2).collect();
    let activity = workspace.activities.iter().next().unwrap();
    let gone = Patch { id: activity.id, before: Some(activity.clone()), after: None };
    vec![
        Change { customers: vec![patch(&**customer, |it| it.name.push('甲'))], ..Change::default() },
        Change { deals: vec![patch(&**deals[0], |it| it.details.title.push('乙'))], ..Change::default() },
        Change { activities: vec![gone], ..Change::default() },
        Change { deals: vec![patch(&**deals[1], |it| it.details.title.push('丙'))], ..Change::default() },
    ]
}

/// The demo company with entries before and after a compaction, a draft, and a deletion in the trash.
fn stored() -> Case {
    let mut base = company(Language::Chinese, Date::from_ymd_opt(2026, 11, 23).unwrap(), SEED);
    let (storage, id) = (MemoryStorage::new(), base.id.to_string());
    let mut archive = Archive::create(&storage, "a", &id, &base.profile.name, pieces_of(&base)).unwrap();
    let mut contained = Vec::new();
    for change in edits(&base) {
        contained.push(archive.append(&encode_change(&change)).unwrap());
        base = base.with(&change);
    }
    let mut compaction = archive.compact(pieces_of(&base), &contained).unwrap();
    while compaction.step(&mut archive).unwrap() == Progress::More {}
    let entries = edits(&base).into_iter().map(|change| (archive.append(&encode_change(&change)).unwrap(), change));
    let entries: Vec<_> = entries.collect();
    drafts::keep(&storage, &id, DRAFT, "typed and not saved").unwrap();
    let thrown =
        Thrown { id: THROWN.to_owned(), at: 0, label: "one activity".to_owned(), text: encode_change(&entries[2].1) };
    trash::keep(&storage, &id, &thrown).unwrap();
    drop(archive);
    Case { storage, id, base, entries }
}

/// What opening gives, as the page makes a workspace of it; nothing that was read may be unreadable.
fn assembled(opened: &Opened, base: &Workspace) -> Workspace {
    let texts: Vec<_> = opened.pieces.iter().map(|piece| (&piece.name, &piece.text)).collect();
    let (workspace, problems) = assemble(base.id, &texts);
    for problem in problems {
        assert!(!problem.fault.holds_more(), "{}: {}", problem.piece, problem.fault);
        if problem.fault == PieceFault::Missing {
            assert!(opened.damage.iter().any(|damage| damage.what == Damaged::Piece(problem.piece.clone())));
        }
    }
    opened.journal.iter().fold(workspace, |workspace, entry| {
        let change = decode_change(&entry.text, &workspace).unwrap();
        workspace.with(&change)
    })
}

/// The removal of the records of a piece.
fn removed<V: Record>(table: &Table<V>, number: usize) -> Vec<Patch<V>> {
    let piece = table.iter().skip(number * PIECE).take(PIECE);
    piece.map(|record| Patch { id: record.id(), before: Some(record.clone()), after: None }).collect()
}

/// The workspace without what stood in a piece.
fn without(base: &Workspace, piece: &str) -> Workspace {
    if piece == "profile" {
        let mut rest = base.clone();
        rest.profile = Profile::named(base.id.to_string(), base.profile.currency).into();
        return rest;
    }
    let (table, number) = piece.rsplit_once('-').unwrap();
    let number = number.parse().unwrap();
    let mut change = Change::default();
    match table {
        "models" => change.models = removed(&base.models, number),
        "departments" => change.departments = removed(&base.departments, number),
        "people" => change.people = removed(&base.people, number),
        "quotas" => change.quotas = removed(&base.quotas, number),
        "products" => change.products = removed(&base.products, number),
        "targets" => change.targets = removed(&base.targets, number),
        "customers" => change.customers = removed(&base.customers, number),
        "campaigns" => change.campaigns = removed(&base.campaigns, number),
        "deals" => change.deals = removed(&base.deals, number),
        "activities" => change.activities = removed(&base.activities, number),
        "promises" => change.promises = removed(&base.promises, number),
        other => panic!("{other} is a table that this test does not know"),
    }
    assert!(!change.is_empty(), "{piece} held nothing");
    base.with(&change)
}

/// What must come of it when this is damaged.
fn expected(case: &Case, hit: Option<&Damaged>) -> Workspace {
    let start = match hit {
        Some(Damaged::Piece(name)) => without(&case.base, name),
        _ => case.base.clone(),
    };
    let lost = |id: &EntryId| hit == Some(&Damaged::Entry(id.clone()));
    case.entries.iter().filter(|(id, _)| !lost(id)).fold(start, |workspace, (_, change)| workspace.with(change))
}

/// Whether the text under a key is beside the data: then it is found to be unreadable, as it is.
fn beside(hit: &MemoryStorage, id: &str, key: &str, raw: &str, kinds: &mut BTreeSet<&str>) -> bool {
    if key.contains("/d/") {
        kinds.insert("draft");
        assert_eq!(drafts::read(hit, id, DRAFT), Ok(Kept::Unreadable(raw.to_owned())));
    } else if key.contains("/t/") {
        kinds.insert("deletion");
        assert_eq!(trash::read(hit, id, THROWN), Ok(Found::Unreadable(raw.to_owned())));
        assert_eq!(trash::list(hit, id), Ok(vec![trash::Listed { id: THROWN.to_owned(), said: None }]));
    } else {
        return false;
    }
    true
}

#[test]
fn a_flipped_bit_costs_the_records_it_hits_and_no_other() {
    let case = stored();
    let keys = case.storage.keys("").unwrap();
    let mut random = Pcg64::seed_from_u64(20_261_126);
    let (_, whole) = Archive::open(&case.storage, "b", &case.id).unwrap();
    assert_eq!(whole.damage, []);
    assert!(assembled(&whole, &case.base) == expected(&case, None));
    let mut kinds = BTreeSet::new();
    for key in &keys {
        let length = case.storage.get(key).unwrap().unwrap().encode_utf16().count();
        let mut known: Option<Workspace> = None;
        let places = [(0, 0), (length - 1, 15)].into_iter();
        let others = (2..FLIPS).map(|_| (random.random_range(0..length), random.random_range(0..16)));
        for (unit, bit) in places.chain(others.collect::<Vec<_>>()) {
            let at = format!("{key} unit {unit} bit {bit}");
            let hit = case.storage.reopened();
            assert!(hit.flip_bit(key, unit, bit));
            let raw = hit.get(key).unwrap();
            let (_, opened) = Archive::open(&hit, "b", &case.id).unwrap();
            if beside(&hit, &case.id, key, raw.as_deref().unwrap_or_default(), &mut kinds) {
                let read = (&opened.damage, &opened.pieces, &opened.journal);
                assert_eq!(read, (&vec![], &whole.pieces, &whole.journal), "{at}");
                continue;
            }
            let [damage] = opened.damage.as_slice() else { panic!("{at}: {:?}", opened.damage) };
            assert_eq!(&damage.key, key, "{at}");
            assert_eq!(hit.get(damage.quarantine_key.as_ref().unwrap()).unwrap(), raw, "{at}");
            kinds.insert(match &damage.what {
                Damaged::Head => "head",
                Damaged::SpareHead => "spare head",
                Damaged::Piece(_) => "piece",
                Damaged::Entry(_) => "entry",
            });
            // Nothing but the text that was hit reads otherwise, whichever of its bits it was.
            let (mut texts, mut journal) = (whole.pieces.clone(), whole.journal.clone());
            match &damage.what {
                Damaged::Head | Damaged::SpareHead => {}
                Damaged::Piece(name) => texts.retain(|piece| piece.name != *name),
                Damaged::Entry(id) => journal.retain(|entry| entry.id != *id),
            }
            assert!((&opened.pieces, &opened.journal) == (&texts, &journal), "{at}");
            // Equal texts make equal records: made once for each text that is hit.
            known.get_or_insert_with(|| {
                let (found, expected) = (assembled(&opened, &case.base), expected(&case, Some(&damage.what)));
                let differs = Change::between(&expected, &found);
                assert!(found == expected, "{at}: {} records differ: {differs:#?}", differs.len());
                found
            });
            assert_eq!(opened.title, case.base.profile.name, "{at}");
        }
    }
    assert_eq!(kinds, ["deletion", "draft", "entry", "head", "piece", "spare head"].into());
    let names: BTreeSet<_> = whole.pieces.iter().map(|piece| piece.name.as_str()).collect();
    assert!(names.len() > 8 && keys.len() == names.len() + case.entries.len() + 4, "{names:?}");
}
