//! A backup of a workspace, made of its texts as they are stored: handing them over costs the page next to nothing, whatever the size of
//! the workspace.

use serde::{Deserialize, Serialize};

use super::Unfit;
use crate::{
    codec::{
        document::{self, Lineage},
        journal,
    },
    model::{ExportId, Timestamp, Workspace},
    storage::{
        Archive, MemoryStorage, Storage as _,
        backups::{self, Contents},
        descent,
    },
};

/// What the page wants a backup of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BackupOrder {
    /// The workspace.
    pub workspace: String,
    /// Its texts, see [`source_of`](backups::source_of).
    pub stored: Vec<(String, String)>,
    /// Changes that could not be stored yet, oldest first.
    pub unsaved: Vec<String>,
    /// When the backup is made.
    pub at: Timestamp,
    /// The fingerprint of the newest whole backup: data that is the same needs no other.
    pub known: Option<String>,
}

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeBackup {
    name: String,
    deals: usize,
    is_whole: bool,
    fingerprint: String,
    /// The document as it is stored; `None` when the data is that of the known backup.
    pub text: Option<String>,
}

impl MadeBackup {
    /// What it holds.
    pub fn contents(&self) -> Contents {
        let Self { name, deals, is_whole, fingerprint, text: _ } = self.clone();
        Contents { name, deals, is_whole, fingerprint }
    }
}

impl BackupOrder {
    /// Makes it.
    ///
    /// # Errors
    /// There is no such workspace among the texts.
    pub fn make(&self) -> Result<MadeBackup, Unfit> {
        let (workspace, is_whole, ancestors) = self.open()?;
        // Of what could not be read nobody knows whether somebody removed it.
        let ancestors = ancestors.into_iter().filter(|_| is_whole);
        let document = document::encode_dense_from(&workspace, self.at, &Lineage::new(None, ancestors));
        let fingerprint = fingerprint(&document);
        let text = (self.known.as_ref() != Some(&fingerprint)).then(|| backups::wrap(&document));
        Ok(MadeBackup {
            name: workspace.profile.name.clone(),
            deals: workspace.deals.len(),
            is_whole,
            fingerprint,
            text,
        })
    }

    /// The workspace, whether everything that is stored of it could be read, and what it descends from.
    fn open(&self) -> Result<(Workspace, bool, Vec<ExportId>), Unfit> {
        let unfit = |error: &dyn std::fmt::Display| Unfit(error.to_string());
        let storage = MemoryStorage::with_capacity(usize::MAX);
        for (key, text) in &self.stored {
            storage.set(key, text).map_err(|error| unfit(&error))?;
        }
        let id = self.workspace.parse().map_err(|error| Unfit(format!("{error}")))?;
        let (_, opened) = Archive::open(&storage, "backup", &self.workspace).map_err(|error| unfit(&error))?;
        let pieces: Vec<_> = opened.pieces.iter().map(|piece| (&piece.name, &piece.text)).collect();
        let (mut workspace, problems) = journal::assemble(id, &pieces);
        let mut is_whole = opened.damage.is_empty() && !opened.newer_format && problems.is_empty();
        for text in opened.journal.iter().map(|entry| &entry.text).chain(&self.unsaved) {
            match journal::decode_change(text, &workspace) {
                Ok(change) => workspace = workspace.with(&change),
                Err(_) => is_whole = false,
            }
        }
        let ancestors = descent::list(&storage, &self.workspace).map_err(|error| unfit(&error))?;
        Ok((workspace, is_whole, ancestors.iter().filter_map(|id| id.parse().ok()).collect()))
    }
}

/// Equal for documents that differ in nothing but the moment of their making.
fn fingerprint(document: &str) -> String {
    let data = document.split_once("\"workspace\":").map_or(document, |(_, data)| data);
    format!("{:08x}.{}", crc32fast::hash(data.as_bytes()), data.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::content::Language,
        model::{Command, Customer, Date, Stamp, apply},
        storage::{Piece, backups::source_of},
        training::demo,
        worker::{Request, Response, Work},
    };

    fn stored() -> (MemoryStorage, Workspace) {
        let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
        let company = demo::company(Language::Chinese, today, 3);
        let storage = MemoryStorage::new();
        let pieces = journal::pieces(&company).into_iter().map(|(name, text)| Piece { name, text }).collect();
        let mut archive = Archive::create(&storage, "a", &company.id.to_string(), "公司", pieces).unwrap();
        let change = put(&company, 1, "甲");
        archive.append(&journal::encode_change(&change)).unwrap();
        (storage, company.with(&change))
    }

    fn put(workspace: &Workspace, id: u128, name: &str) -> crate::model::Change {
        let stamp = Stamp { on: Date::default(), at: Timestamp::default(), by: None, seed: ulid::Ulid(1) };
        apply(workspace, Command::PutCustomer(Box::new(Customer::named(id.into(), name))), stamp).unwrap()
    }

    fn order(storage: &MemoryStorage, workspace: &Workspace) -> BackupOrder {
        let workspace = workspace.id.to_string();
        let stored = source_of(storage, &workspace).unwrap();
        BackupOrder { workspace, stored, unsaved: Vec::new(), at: Timestamp::default(), known: None }
    }

    /// The workspace of a backup.
    fn held(made: &MadeBackup) -> Workspace {
        let text = made.text.as_deref().unwrap();
        let id = backups::BackupId { workspace: "a".into(), moment: 0, token: "t".into() };
        let backup = backups::Backup::new(id, backups::Reason::Daily, made.contents(), String::new(), text);
        document::decode(backup.document(Some(text)).unwrap().as_bytes()).unwrap().workspace
    }

    #[test]
    fn a_backup_holds_the_data_with_what_is_not_saved_yet() {
        let (storage, company) = stored();
        let mut order = order(&storage, &company);
        let made = order.make().unwrap();
        assert!(held(&made) == company);
        assert_eq!((made.deals, made.is_whole), (company.deals.len(), true));
        let change = put(&company, 2, "乙");
        order.unsaved.push(journal::encode_change(&change));
        assert!(held(&order.make().unwrap()) == company.with(&change));
        // By the worker's own door.
        let Response::Backup(Ok(answer)) = Work::default().handle(Request::Backup(Box::new(order)), &mut |_, _| {})
        else {
            panic!("another answer")
        };
        assert_eq!(answer.deals, made.deals);
    }

    #[test]
    fn a_backup_names_what_the_workspace_descends_from_unless_something_is_missing() {
        let (storage, company) = stored();
        let exports = [ExportId::from(2), ExportId::from(1)];
        let names = exports.map(|id| id.to_string());
        descent::note(&storage, &company.id.to_string(), &names, "t").unwrap();
        let lineage = |storage: &MemoryStorage| {
            let made = order(storage, &company).make().unwrap();
            let text = made.text.as_deref().unwrap();
            let id = backups::BackupId { workspace: "a".into(), moment: 0, token: "t".into() };
            let backup = backups::Backup::new(id, backups::Reason::Daily, made.contents(), String::new(), text);
            document::decode(backup.document(Some(text)).unwrap().as_bytes()).unwrap().lineage
        };
        assert_eq!(lineage(&storage), Lineage::new(None, exports));
        let entry = storage.keys("").unwrap().into_iter().find(|key| key.contains("/j/")).unwrap();
        storage.flip_bit(&entry, 40, 1);
        assert_eq!(lineage(&storage), Lineage::default());
    }

    #[test]
    fn the_same_data_is_not_kept_twice() {
        let (storage, company) = stored();
        let mut order = order(&storage, &company);
        order.known = Some(order.make().unwrap().fingerprint);
        order.at += chrono::TimeDelta::days(1);
        let again = order.make().unwrap();
        assert_eq!((again.text, order.known.as_ref()), (None, Some(&again.fingerprint)));
        order.unsaved.push(journal::encode_change(&put(&company, 2, "乙")));
        assert!(order.make().unwrap().text.is_some());
    }

    #[test]
    fn a_backup_of_what_is_damaged_says_so() {
        let (storage, company) = stored();
        let entry = storage.keys("").unwrap().into_iter().find(|key| key.contains("/j/")).unwrap();
        storage.flip_bit(&entry, 40, 1);
        let made = order(&storage, &company).make().unwrap();
        assert!(!made.is_whole);
        assert_eq!(held(&made).customers.len() + 1, company.customers.len());
        let nothing = BackupOrder { stored: Vec::new(), ..order(&storage, &company) };
        assert!(nothing.make().is_err());
    }
}
