//! All backups as they are found, and what is to be done about them.

use std::collections::{BTreeMap, BTreeSet};

use super::{Backup, BackupId, MISSING, Now, Reason, retention};
use crate::storage::frame::{seal, unseal};

/// What stands under a key that holds no document.
const RECORDS: [&str; 2] = ["/about", "/missing"];

/// The backups of this browser, without their documents.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Cabinet {
    /// Newest first.
    pub backups: Vec<Backup>,
    /// Those whose describing record cannot be read, newest first: they are named, and never offered as good.
    pub damaged: Vec<BackupId>,
    /// Since when a workspace that has backups is no longer in this browser.
    pub missing: BTreeMap<String, i64>,
}

impl Cabinet {
    /// Whether a cabinet is read from what stands under this key: everything but the documents.
    pub fn needs(key: &str) -> bool {
        RECORDS.iter().any(|ending| key.ends_with(ending))
    }

    /// Made of the keys and texts that it [needs](Self::needs).
    pub fn read(records: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut cabinet = Self::default();
        for (key, text) in records {
            if let Some(workspace) = key.strip_suffix("/missing") {
                let moment = unseal(&text).ok().and_then(|payload| payload.strip_prefix("missing ")?.parse().ok());
                // A damaged one is written anew, so that time begins again.
                cabinet.missing.extend(moment.map(|moment| (workspace.to_owned(), moment)));
            } else if let Some(id) = BackupId::of_about(&key) {
                match Backup::parse(id.clone(), &text) {
                    Ok(backup) => cabinet.backups.push(backup),
                    Err(_) => cabinet.damaged.push(id),
                }
            }
        }
        cabinet.backups.sort_by(|a, b| (b.id.moment, &b.id).cmp(&(a.id.moment, &a.id)));
        cabinet.damaged.sort_by(|a, b| (b.moment, b).cmp(&(a.moment, a)));
        cabinet
    }

    /// The newest backup of a workspace.
    pub fn newest(&self, workspace: &str) -> Option<&Backup> {
        self.backups.iter().find(|backup| backup.id.workspace == workspace)
    }

    /// The backup that holds the state which was handed out by this id, whole; of several the oldest, which was there first.
    pub fn handed_out(&self, export: &str) -> Option<&Backup> {
        let is_it = |backup: &&Backup| backup.contents.is_whole && backup.exports.iter().any(|known| known == export);
        self.backups.iter().rev().find(is_it)
    }

    /// A whole backup of a workspace that holds the data of this fingerprint; the newest of several.
    pub fn same(&self, workspace: &str, fingerprint: &str) -> Option<&Backup> {
        let is_it = |backup: &&Backup| {
            let contents = &backup.contents;
            backup.id.workspace == workspace && contents.is_whole && contents.fingerprint == fingerprint
        };
        self.backups.iter().find(is_it)
    }

    /// Whether the open workspace, whose storage is in this [state](super::state_of), is due for a backup, and why: something was written
    /// since the last one, which was made on an earlier day or an hour ago.
    ///
    /// # Examples
    /// ```
    /// use loudou::storage::backups::{Cabinet, Now, Reason};
    /// let now = Now { at: 0, offset: 0 };
    /// assert_eq!(Cabinet::default().due("01J", "state", now), Some(Reason::Daily));
    /// ```
    pub fn due(&self, workspace: &str, state: &str, now: Now) -> Option<Reason> {
        let Some(newest) = self.newest(workspace) else { return Some(Reason::Daily) };
        if newest.state == state {
            None
        } else if now.day(newest.id.moment) != now.day(now.at) {
            Some(Reason::Daily)
        } else {
            now.is_an_hour_after(newest.id.moment).then_some(Reason::Hourly)
        }
    }

    /// What is to be written so that only those backups stay that should: keys with their texts, or `None` for those that go. `present`
    /// are the workspaces of this browser.
    pub fn tidied(&self, present: &BTreeSet<String>, now: Now, room: usize) -> Vec<(String, Option<String>)> {
        let mut missing = self.missing.clone();
        missing.retain(|workspace, _| !present.contains(workspace));
        let workspaces = self.backups.iter().map(|backup| &backup.id).chain(&self.damaged).map(|id| &id.workspace);
        let known: BTreeSet<&String> = workspaces.collect();
        for workspace in known.iter().filter(|workspace| !present.contains(**workspace)) {
            missing.entry((*workspace).clone()).or_insert(now.at);
        }
        let gone = retention::superseded(&self.backups, &missing, now, room);
        let gone = gone.iter().filter_map(|place| self.backups.get(*place)).map(|backup| &backup.id);
        // Nothing tells how good a damaged one is, so it stays as long as anything of its age could.
        let outdated = self.damaged.iter().filter(|id| {
            let since = missing.get(&id.workspace).copied().unwrap_or(id.moment);
            now.is_past(since.max(id.moment))
        });
        let mut writes: Vec<(String, Option<String>)> =
            gone.chain(outdated).flat_map(|id| [(id.about_key(), None), (id.text_key(), None)]).collect();
        for workspace in self.missing.keys().filter(|workspace| !missing.contains_key(*workspace)) {
            writes.push((format!("{workspace}/{MISSING}"), None));
        }
        for (workspace, since) in &missing {
            let past = now.is_past(*since);
            let key = format!("{workspace}/{MISSING}");
            if past && self.missing.contains_key(workspace) {
                writes.push((key, None));
            } else if !past && self.missing.get(workspace) != Some(since) {
                writes.push((key, Some(seal(&format!("{MISSING} {since}")))));
            }
        }
        writes
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Contents, ROOM, wrap};
    use super::*;

    const DAY: i64 = 24 * 60 * 60 * 1000;

    fn at(days: i64) -> Now {
        Now { at: 1_795_665_600_000 + days * DAY, offset: 0 }
    }

    fn backup(workspace: &str, now: Now) -> Backup {
        let id = BackupId { workspace: workspace.into(), moment: now.at, token: "t".into() };
        let contents = Contents { name: "n".into(), deals: 1, is_whole: true, fingerprint: "f".into() };
        Backup::new(id, Reason::Daily, contents, "state".into(), &wrap("{}"))
    }

    /// What a map holds after writes.
    fn written(map: &mut BTreeMap<String, String>, writes: Vec<(String, Option<String>)>) {
        for (key, text) in writes {
            match text {
                Some(text) => map.insert(key, text),
                None => map.remove(&key),
            };
        }
    }

    #[test]
    fn due_when_something_changed_on_another_day_or_an_hour_ago() {
        let cabinet = Cabinet { backups: vec![backup("a", at(0))], ..Cabinet::default() };
        let later = |hours| Now { at: at(0).at + hours * DAY / 24, offset: 0 };
        assert_eq!(cabinet.due("a", "state", at(3)), None);
        assert_eq!(cabinet.due("a", "other", at(3)), Some(Reason::Daily));
        assert_eq!(cabinet.due("a", "other", Now { at: at(0).at + 1, offset: 0 }), None);
        assert_eq!(cabinet.due("a", "other", later(1)), Some(Reason::Hourly));
        assert_eq!(cabinet.due("b", "state", at(0)), Some(Reason::Daily));
        // A clock that was set back does not stop the backups.
        assert_eq!(cabinet.due("a", "other", later(-1)), Some(Reason::Hourly));
    }

    #[test]
    fn a_deleted_workspace_is_marked_kept_and_goes() {
        let mut map = BTreeMap::new();
        let made = backup("a", at(0));
        map.insert(made.id.about_key(), made.record());
        map.insert(made.id.text_key(), wrap("{}"));
        let read = |map: &BTreeMap<String, String>| {
            Cabinet::read(map.iter().filter(|(key, _)| Cabinet::needs(key)).map(|(k, t)| (k.clone(), t.clone())))
        };
        let present = BTreeSet::from(["a".to_owned()]);
        assert_eq!(read(&map).tidied(&present, at(1), ROOM), []);
        let tidied = read(&map).tidied(&BTreeSet::new(), at(2), ROOM);
        written(&mut map, tidied);
        assert_eq!(read(&map).missing, BTreeMap::from([("a".to_owned(), at(2).at)]));
        assert_eq!(read(&map).tidied(&BTreeSet::new(), at(31), ROOM), []);
        // It is there again: the mark goes.
        let mut again = map.clone();
        written(&mut again, read(&map).tidied(&present, at(3), ROOM));
        assert_eq!((again.len(), read(&again).missing.len()), (2, 0));
        let tidied = read(&map).tidied(&BTreeSet::new(), at(32), ROOM);
        written(&mut map, tidied);
        assert_eq!(map, BTreeMap::new());
    }

    #[test]
    fn what_was_handed_out_is_found_by_its_id_and_by_its_data() {
        let part =
            Backup { contents: Contents { is_whole: false, ..backup("a", at(0)).contents }, ..backup("a", at(0)) };
        let all =
            [backup("a", at(1)).named("01A"), backup("b", at(2)).named("01A"), backup("b", at(3)), part.named("01B")];
        let cabinet = Cabinet::read(all.iter().map(|backup| (backup.id.about_key(), backup.record())));
        assert_eq!(cabinet.handed_out("01A").map(|backup| backup.id.workspace.as_str()), Some("a"));
        assert_eq!(cabinet.handed_out("01B"), None, "what is not whole is no measure");
        assert_eq!(cabinet.same("b", "f"), Some(&all[2]));
        assert_eq!(cabinet.same("b", "g"), None);
    }

    #[test]
    fn a_damaged_record_is_named() {
        let made = backup("a", at(0));
        let cabinet = Cabinet::read([(made.id.about_key(), made.record().replace("daily", "dailx"))]);
        assert_eq!((cabinet.backups.len(), &cabinet.damaged), (0, &vec![made.id.clone()]));
        let present = BTreeSet::from(["a".to_owned()]);
        assert_eq!(cabinet.tidied(&present, at(29), ROOM), []);
        assert_eq!(cabinet.tidied(&present, at(30), ROOM).len(), 2);
    }
}
