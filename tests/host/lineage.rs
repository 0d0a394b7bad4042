//! Documents say which handed-out states they come from, and a merge finds the one that all its files started from.

use std::{
    cell::Cell,
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
};

use loudou::{
    codec::{
        document::{ANCESTORS, DocumentError, Lineage, ProblemKind, Severity, Shape, decode, encode, encode_from},
        journal,
        merge::{Options, Origin, merge, origin},
    },
    model::{Command, Customer, ExportId, Stamp, Workspace, apply},
    storage::{
        Archive, Differences, MemoryStorage, Mirrored, Outbox, Piece, Storage,
        backups::{Backup, BackupId, Reason, source_of},
        descent,
    },
    worker::BackupOrder,
};
use proptest::prelude::*;

use crate::{
    r#gen::{first_day, moment},
    merging::team,
};

const GOLDEN: &str = include_str!("fixtures/document/v1-lineage.json");

/// A browser with one workspace: what it keeps beside the data, and the states that it can be asked for.
struct Browser {
    workspace: Workspace,
    storage: MemoryStorage,
    kept: BTreeMap<ExportId, Workspace>,
}

impl Browser {
    fn of(workspace: Workspace, lineage: &Lineage) -> Self {
        let storage = MemoryStorage::new();
        let pieces = journal::pieces(&workspace).into_iter().map(|(name, text)| Piece { name, text }).collect();
        Archive::create(&storage, "a", &workspace.id.to_string(), "w", pieces).unwrap();
        let browser = Self { workspace, storage, kept: BTreeMap::new() };
        browser.note(lineage.all(), "opened");
        browser
    }

    fn note(&self, exports: impl Iterator<Item = ExportId>, token: &str) {
        let exports: Vec<String> = exports.map(|export| export.to_string()).collect();
        descent::note(&self.storage, &self.workspace.id.to_string(), &exports, token).unwrap();
    }

    fn descent(&self) -> BTreeSet<ExportId> {
        let listed = descent::list(&self.storage, &self.workspace.id.to_string()).unwrap();
        listed.iter().map(|export| export.parse().unwrap()).collect()
    }

    /// The document that somebody is given.
    fn hand_out(&mut self, export: u128) -> String {
        let export = ExportId::from(export);
        let document = encode_from(&self.workspace, moment(), &Lineage::new(Some(export), self.descent()));
        self.note([export].into_iter(), &format!("out{export}"));
        self.kept.insert(export, self.workspace.clone());
        document
    }

    /// A browser that opens a document.
    fn opening(document: &str) -> Self {
        let decoded = decode(document.as_bytes()).unwrap();
        let mut browser = Self::of(decoded.workspace.clone(), &decoded.lineage);
        browser.kept.extend(decoded.lineage.export.map(|export| (export, decoded.workspace)));
        browser
    }

    /// The state that this browser compares these documents with, if it finds one.
    fn common(&self, documents: &[&str]) -> (Origin, Option<&Workspace>) {
        let read = |text: &&str| decode(text.as_bytes()).unwrap().lineage.all().collect();
        let files: Vec<BTreeSet<ExportId>> = documents.iter().map(read).collect();
        let here = self.descent();
        let sides: Vec<&BTreeSet<ExportId>> = std::iter::once(&here).chain(&files).collect();
        let found = origin(&sides, &self.kept.keys().copied().collect());
        let base = if let Origin::Kept(export) = &found { self.kept.get(export) } else { None };
        (found, base)
    }
}

fn with(workspace: &Workspace, id: u128, name: &str) -> Workspace {
    let stamp = Stamp { on: first_day(), at: moment(), by: None, seed: ulid::Ulid(7 << 64) };
    let put = Command::PutCustomer(Box::new(Customer::named(id.into(), name)));
    workspace.with(&apply(workspace, put, stamp).unwrap())
}

fn company() -> Workspace {
    let profile = loudou::codec::content::profile(loudou::codec::content::Language::English, "North");
    with(&Workspace::new(7.into(), profile), 1, "Acme")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_base_that_is_found_does_what_the_same_one_given_by_hand_does((base, sides) in team()) {
        let mut manager = Browser::of(base.clone(), &Lineage::default());
        let given = manager.hand_out(100);
        let (here, files) = sides.split_first().unwrap();
        let files: Vec<String> = files.iter().zip(200..).map(|(side, export)| {
            let mut seller = Browser::opening(&given);
            seller.workspace = side.clone();
            seller.hand_out(export)
        }).collect();
        manager.workspace = here.clone();
        let texts: Vec<&str> = files.iter().map(String::as_str).collect();
        let (found, common) = manager.common(&texts);
        prop_assert_eq!(found, Origin::Kept(100.into()));
        let read: Vec<Workspace> = files.iter().map(|text| decode(text.as_bytes()).unwrap().workspace).collect();
        let all: Vec<&Workspace> = std::iter::once(here).chain(&read).collect();
        let options = Options::default();
        prop_assert_eq!(merge(&all, common, &options).unwrap(), merge(&all, Some(&base), &options).unwrap());
    }
}

#[test]
fn ids_survive_export_opening_editing_and_export() {
    let mut manager = Browser::of(company(), &Lineage::default());
    let first = manager.hand_out(1);
    let mut seller = Browser::opening(&first);
    assert_eq!(seller.descent(), [1.into()].into());
    seller.workspace = with(&seller.workspace, 2, "Beta");
    let second = seller.hand_out(2);
    let lineage = decode(second.as_bytes()).unwrap().lineage;
    assert_eq!(lineage, Lineage::new(Some(2.into()), [1.into()]));
    // And once more, in a third browser.
    let mut third = Browser::opening(&second);
    let lineage = decode(third.hand_out(3).as_bytes()).unwrap().lineage;
    assert_eq!(lineage, Lineage::new(Some(3.into()), [2.into(), 1.into()]));
    // A copy that nobody was given says the same but for its own name.
    assert_eq!(decode(encode(&third.workspace, moment()).as_bytes()).unwrap().lineage, Lineage::default());
}

#[test]
fn each_way_round_has_its_base() {
    let mut manager = Browser::of(company(), &Lineage::default());
    let first = manager.hand_out(1);
    manager.workspace = with(&manager.workspace, 1, "Acme Ltd");
    // An earlier export of this very workspace changes nothing.
    let (found, base) = manager.common(&[&first]);
    assert_eq!(found, Origin::Kept(1.into()));
    let file = decode(first.as_bytes()).unwrap().workspace;
    let merged = merge(&[&manager.workspace, &file], base, &Options::default()).unwrap();
    assert_eq!((&merged.workspace, merged.conflicts().count()), (&manager.workspace, 0));
    // We come from the file; and the file comes from what we opened.
    let mut seller = Browser::opening(&first);
    assert_eq!(seller.common(&[&first]).0, Origin::Kept(1.into()));
    let later = manager.hand_out(4);
    assert_eq!(seller.common(&[&later]).0, Origin::Kept(1.into()));
    // After the manager has merged the seller's file, the next comparison begins there, on the seller's side.
    let sold = seller.hand_out(5);
    manager.note(decode(sold.as_bytes()).unwrap().lineage.all(), "merged");
    let back = manager.hand_out(6);
    assert_eq!(seller.common(&[&back]).0, Origin::Kept(5.into()));
    // What is not kept any more is named all the same, and who does not come from it.
    manager.kept.clear();
    assert_eq!(manager.common(&[&first]), (Origin::NotKept(1.into()), None));
    let stranger = Browser::of(company(), &Lineage::default()).hand_out(9);
    let found = manager.common(&[&first, &stranger, &sold]).0;
    assert_eq!(found, Origin::Partly { export: 1.into(), others: vec![2] });
    assert_eq!(manager.common(&[&encode(&company(), moment())]).0, Origin::Unknown);
}

#[test]
fn backups_and_the_mirror_keep_them() {
    struct Told(Outbox);
    impl AsRef<Outbox> for Told {
        fn as_ref(&self) -> &Outbox {
            &self.0
        }
    }
    let browser = Browser::of(company(), &Lineage::new(Some(2.into()), [1.into()]));
    let id = browser.workspace.id.to_string();
    let stored = source_of(&browser.storage, &id).unwrap();
    let order = BackupOrder { workspace: id.clone(), stored, unsaved: Vec::new(), at: moment(), known: None };
    let made = order.make().unwrap();
    let text = made.text.clone().unwrap();
    let name = BackupId { workspace: id.clone(), moment: 0, token: "t".into() };
    let backup = Backup::new(name, Reason::HandedOut, made.contents(), String::new(), &text);
    let document = backup.document(Some(&text)).unwrap();
    assert_eq!(decode(document.as_bytes()).unwrap().lineage, Lineage::new(None, [2.into(), 1.into()]));

    // What local storage forgot comes back, and what was taken back does not.
    let woken = Rc::new(Cell::new(false));
    let wake = woken.clone();
    let outbox = Outbox::default();
    outbox.wake_with(move || wake.set(true));
    let storage = Mirrored::new(MemoryStorage::new(), Told(outbox));
    Archive::create(&storage, "a", "w", "w", Vec::new()).unwrap();
    descent::note(&storage, "w", &["01A".into()], "one").unwrap();
    descent::note(&storage, "w", &["01B".into()], "two").unwrap();
    descent::forget(&storage, "w", "two").unwrap();
    assert!(woken.get());
    let mut mirror = BTreeMap::new();
    for key in storage.keys("").unwrap() {
        mirror.insert(["+", &key].concat(), storage.get(&key).unwrap().unwrap());
    }
    mirror.insert("-loudou/w/w/x/01B.two".to_owned(), String::new());
    let forgetful = MemoryStorage::new();
    forgetful.set("loudou/w/w/x/01B.two", "stale").unwrap();
    let differences = Differences::of(&forgetful, &mirror.keys().cloned().collect::<Vec<_>>()).unwrap();
    let texts = differences.wanted().iter().map(|key| mirror.get(key).cloned()).collect();
    differences.restore(&forgetful, texts).unwrap();
    assert_eq!(descent::list(&forgetful, "w").unwrap(), ["01A"]);
}

#[test]
fn what_is_no_lineage_has_its_place() {
    let cases = [
        ("\"export\": \"01KB", "\"export\": 5, \"x\": \"01KB", "export", ProblemKind::Shape(Shape::Text)),
        ("\"export\": \"01KB", "\"export\": \"8ZZZ", "export", ProblemKind::Id),
        ("\"export\": \"01KB", "\"export\": \"__proto__", "export", ProblemKind::Id),
        ("\"export\": ", "\"export\": null, \"ancestors\": null, \"export\": ", "export", ProblemKind::Twice),
        ("\"ancestors\": [", "\"ancestors\": \"01\", \"x\": [", "ancestors", ProblemKind::Shape(Shape::List)),
        ("\"01KANAFE", "7, \"01KANAFE", "ancestors[0]", ProblemKind::Shape(Shape::Text)),
        ("\"01K9ZZ1B", "\"01K9ZZ1", "ancestors[1]", ProblemKind::Id),
    ];
    for (from, to, path, kind) in cases {
        let text = GOLDEN.replacen(from, to, 1);
        assert_ne!(text, GOLDEN);
        let Err(DocumentError::Problems(problems)) = decode(text.as_bytes()) else { panic!("{to}: it opened") };
        let is_it = |problem: &&loudou::codec::document::Problem| {
            problem.path == path && problem.kind == kind && problem.severity == Severity::Error
        };
        assert!(problems.iter().any(|problem| is_it(&problem)), "{to}: {problems:?}");
    }
}

#[test]
fn too_many_ancestors_are_the_newest_ones() {
    let many: Vec<String> = (0..100_000_u128).map(|id| format!("\"{}\"", ExportId::from(id % 50_000))).collect();
    let text = GOLDEN.replacen("\"ancestors\": [", &format!("\"ancestors\": [{},", many.join(",")), 1);
    let lineage = decode(text.as_bytes()).unwrap().lineage;
    assert_eq!(lineage.ancestors.len(), ANCESTORS);
    assert_eq!(lineage.ancestors[2], ExportId::from(49_999));
    assert!(lineage.ancestors.is_sorted_by(|one, next| one > next));
    // Small letters name the same ids, as they do everywhere.
    let lower = GOLDEN.replacen("01KB2C7Z5R3N9V0QK4T8M6W1XA", "01kb2c7z5r3n9v0qk4t8m6w1xa", 1);
    assert_eq!(decode(lower.as_bytes()).unwrap().lineage, decode(GOLDEN.as_bytes()).unwrap().lineage);
}

#[test]
fn a_document_without_is_as_it_was() {
    let text = encode(&company(), moment());
    assert!(!text.contains("export\"") && !text.contains("ancestors"));
    assert_eq!(decode(text.as_bytes()).unwrap().lineage, Lineage::default());
}
