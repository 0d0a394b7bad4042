//! Backups: what stays of them over months of work, and that every document ever written comes back out of one.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use loudou::{
    codec::{document, journal},
    model::Workspace,
    storage::{
        Archive, MemoryStorage, Piece, Storage,
        backups::{Backup, BackupDamage, BackupId, Cabinet, Contents, Now, ROOM, Reason, source_of},
    },
    worker::BackupOrder,
};
use proptest::{collection::vec, prelude::*};

use crate::r#gen::moment;

const HOUR: i64 = 60 * 60 * 1000;
const DAY: i64 = 24 * HOUR;
const START: i64 = 1_795_665_600_000;

/// A workspace in local storage, as the page keeps it.
fn stored(workspace: &Workspace) -> MemoryStorage {
    let storage = MemoryStorage::new();
    let pieces = journal::pieces(workspace).into_iter().map(|(name, text)| Piece { name, text }).collect();
    Archive::create(&storage, "a", &workspace.id.to_string(), &workspace.profile.name, pieces).unwrap();
    storage
}

/// A backup of what is stored, with its text.
fn backup(storage: &MemoryStorage, workspace: &str) -> (Backup, String) {
    let stored = source_of(storage, workspace).unwrap();
    let order = BackupOrder { workspace: workspace.to_owned(), stored, unsaved: Vec::new(), at: moment(), known: None };
    let made = order.make().unwrap();
    let text = made.text.clone().unwrap();
    let id = BackupId { workspace: workspace.to_owned(), moment: START, token: "t".to_owned() };
    (Backup::new(id, Reason::Daily, made.contents(), String::new(), &text), text)
}

/// The restore drill. The folder holds documents of every version that was ever released: a later one is drawn in by being there.
#[test]
fn every_document_ever_comes_back_out_of_a_backup() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host/fixtures/document");
    let mut versions = BTreeSet::new();
    for file in fs::read_dir(folder).unwrap() {
        let path = file.unwrap().path();
        let bytes = fs::read(&path).unwrap();
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        versions.insert(json["version"].as_u64().unwrap());
        let workspace = document::decode(&bytes).unwrap().workspace;
        let id = workspace.id.to_string();
        let (made, text) = backup(&stored(&workspace), &id);
        assert!(made.contents.is_whole, "{}", path.display());
        assert_eq!((&made.contents.name, made.contents.deals), (&workspace.profile.name, workspace.deals.len()));
        // From the describing record as it is stored, and from the text as it is stored.
        let cabinet = Cabinet::read([(made.id.about_key(), made.record())]);
        let restored = document::decode(cabinet.backups[0].document(Some(&text)).unwrap().as_bytes()).unwrap();
        assert_eq!(restored.problems, [], "{}", path.display());
        assert!(restored.workspace == workspace, "{} comes back as something else", path.display());
        // And it is kept again as it was.
        let (again, _) = backup(&stored(&restored.workspace), &id);
        assert_eq!(again.contents, made.contents, "{}", path.display());
    }
    let newest = u64::from(document::VERSION);
    assert_eq!(versions, (1..=newest).collect(), "a document of every version is in the folder");
}

#[test]
fn a_damaged_backup_is_named_and_gives_nothing() {
    let workspace = document::decode(include_bytes!("fixtures/document/v1.json")).unwrap().workspace;
    let (made, text) = backup(&stored(&workspace), &workspace.id.to_string());
    assert_eq!(made.check(Some(&text)), Ok(()));
    assert_eq!(made.check(None), Err(BackupDamage::Missing));
    let count = text.chars().count();
    for at in (0..count).step_by(97).chain([count - 1]) {
        let damaged: String = text
            .chars()
            .enumerate()
            .map(|(place, sign)| if place == at { char::from_u32(u32::from(sign) ^ 1).unwrap() } else { sign })
            .collect();
        assert_eq!(made.check(Some(&damaged)), Err(BackupDamage::Damaged), "character {at}");
        assert_eq!(made.document(Some(&damaged)), Err(BackupDamage::Damaged), "character {at}");
    }
    let cut: String = text.chars().take(count / 2).collect();
    assert_eq!(made.document(Some(&cut)), Err(BackupDamage::Damaged));
    // A describing record that is damaged is named by its key.
    let cabinet = Cabinet::read([(made.id.about_key(), made.record().replace("whole", "hole"))]);
    assert_eq!((cabinet.backups.len(), cabinet.damaged), (0, vec![made.id]));
}

/// What happens: hours that pass, then a backup of one of three workspaces.
fn life() -> impl Strategy<Value = Vec<(i64, usize, bool, usize)>> {
    vec((0_i64..40, 0_usize..3, prop::bool::weighted(0.2), 1_usize..1000), 1..250)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Tidied after every backup, as the page does, what should be there at the end is there: nothing was dropped too early.
    #[test]
    fn a_long_life_leaves_the_ladder(life in life(), offset in -12_i64..=14, room in prop_oneof![Just(ROOM), 0_usize..20_000]) {
        let present: BTreeSet<String> = ["a", "b", "c"].map(str::to_owned).into();
        let mut map: BTreeMap<String, String> = BTreeMap::new();
        let mut all: Vec<Backup> = Vec::new();
        let mut now = Now { at: START, offset: offset * HOUR };
        for (hours, workspace, wanted, size) in life {
            now.at += hours * HOUR + 1;
            let id = BackupId { workspace: ["a", "b", "c"][workspace].to_owned(), moment: now.at, token: "t".to_owned() };
            let reason = if wanted { Reason::Import } else { Reason::Hourly };
            let contents = Contents { name: String::new(), deals: 0, is_whole: true, fingerprint: String::new() };
            let made = Backup::new(id, reason, contents, String::new(), &"x".repeat(size));
            map.insert(made.id.about_key(), made.record());
            all.push(made);
            let tidied = Cabinet::read(map.clone()).tidied(&present, now, room);
            for (key, text) in tidied {
                prop_assert!(text.is_none(), "nothing is missing");
                map.remove(&key);
            }
        }
        let kept = Cabinet::read(map).backups;
        // Tidying again finds nothing to do.
        let again = Cabinet { backups: kept.clone(), ..Cabinet::default() }.tidied(&present, now, room);
        prop_assert!(again.is_empty());
        let stays = |backup: &Backup| kept.contains(backup);
        let day = |backup: &Backup| (backup.id.moment + now.offset).div_euclid(DAY);
        let today = (now.at + now.offset).div_euclid(DAY);
        let week = |day: i64| (day + 3).div_euclid(7);
        for workspace in &present {
            let of: Vec<&Backup> = all.iter().rev().filter(|backup| backup.id.workspace == *workspace).collect();
            // The newest is there whatever the room.
            prop_assert!(of.first().is_none_or(|newest| stays(newest)));
            // What was wanted stays a week whatever the room.
            let age = |backup: &Backup| now.at - backup.id.moment;
            prop_assert!(of.iter().all(|backup| !backup.reason.is_wanted() || age(backup) >= 7 * DAY || stays(backup)));
            if room < ROOM {
                continue;
            }
            prop_assert!(of.iter().filter(|backup| age(backup) < DAY).take(8).all(|backup| stays(backup)));
            for (last, backup) in of.iter().enumerate() {
                let later = &of[..last];
                let last_of_day = later.iter().all(|other| day(other) != day(backup));
                let last_of_week = later.iter().all(|other| week(day(other)) != week(day(backup)));
                let due = last_of_day && day(backup) > today - 7 || last_of_week && week(day(backup)) > week(today) - 8;
                prop_assert!(!due || stays(backup), "{} days ago", today - day(backup));
            }
            // And little else: eight of a day, seven days, eight weeks, what was wanted.
            let ordinary = kept.iter().filter(|backup| backup.id.workspace == *workspace && !backup.reason.is_wanted());
            prop_assert!(ordinary.count() <= 8 + 7 + 8);
        }
        // Over the room only with what must stay.
        let used: usize = kept.iter().map(|backup| backup.units).sum();
        let must = |backup: &&Backup| {
            let newest = kept.iter().find(|other| other.id.workspace == backup.id.workspace);
            newest == Some(*backup) || backup.reason.is_wanted() && now.at - backup.id.moment < 7 * DAY
        };
        prop_assert!(used <= room || kept.iter().all(|backup| must(&backup)));
    }

    /// Of a workspace that was deleted everything is there for thirty days, and nothing after.
    #[test]
    fn a_deleted_workspace_can_be_had_for_thirty_days(ages in vec(0_i64..2000, 1..20), days in 0_i64..60) {
        let deleted = START;
        let mut map: BTreeMap<String, String> = BTreeMap::new();
        for (number, age) in ages.iter().enumerate() {
            let id = BackupId { workspace: "a".to_owned(), moment: deleted - age * HOUR, token: number.to_string() };
            let contents = Contents { name: String::new(), deals: 0, is_whole: true, fingerprint: String::new() };
            let made = Backup::new(id, Reason::Daily, contents, String::new(), "x");
            map.insert(made.id.about_key(), made.record());
        }
        let apply = |map: &mut BTreeMap<String, String>, present: &BTreeSet<String>, at: i64| {
            for (key, text) in Cabinet::read(map.clone()).tidied(present, Now { at, offset: 0 }, ROOM) {
                match text {
                    Some(text) => map.insert(key, text),
                    None => map.remove(&key),
                };
            }
        };
        apply(&mut map, &BTreeSet::from(["a".to_owned()]), deleted);
        let kept = Cabinet::read(map.clone()).backups;
        prop_assert!(!kept.is_empty());
        apply(&mut map, &BTreeSet::new(), deleted);
        apply(&mut map, &BTreeSet::new(), deleted + days * DAY);
        let left = Cabinet::read(map.clone()).backups;
        if days < 30 {
            prop_assert_eq!(left, kept);
        } else {
            prop_assert!(map.is_empty());
        }
    }
}

/// What is stored is what the order takes along, and nothing of another workspace.
#[test]
fn an_order_takes_along_one_workspace() {
    let workspace = document::decode(include_bytes!("fixtures/document/v1.json")).unwrap().workspace;
    let storage = stored(&workspace);
    storage.set("loudou/w/other/head", "x").unwrap();
    storage.set("loudou/settings", "{}").unwrap();
    let source = source_of(&storage, &workspace.id.to_string()).unwrap();
    assert_eq!(source.len() + 2, storage.keys("").unwrap().len());
}
