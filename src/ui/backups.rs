//! Backups of the workspaces, made while one works and kept in the browser's database.
//!
//! One is made at the first opening of a day and after each hour of work, when anything was written since the last one, and before every
//! big step; and what is handed out as a document is kept as it was then, so that a merge has what files started from. The page hands the
//! stored texts over and the background worker makes the backup of them; where no worker starts, the page does it itself in an idle
//! moment. Each is read back before older ones go.

use std::{
    collections::{BTreeMap, BTreeSet},
    rc::Rc,
    time::Duration,
};

use js_sys::{Function, Reflect};
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast as _, closure::Closure};

use crate::{
    codec::document::DocumentError,
    model::{Change, ExportId, Rejection, WorkspaceId},
    storage::{
        Room, StorageError, Vault, VaultError,
        backups::{Backup, BackupDamage, BackupId, Cabinet, Now, ROOM, Reason, unwrap},
    },
    store::{ShelfError, Store, use_store},
    ui::{
        background::Desk,
        clock,
        reading::{Document, Reader},
    },
    worker::{BackupOrder, MadeBackup, Request, Response, Unfit},
};

/// The pause behind the opening of a workspace, so that nothing of it waits for a backup.
const CALM: Duration = Duration::from_secs(10);
/// How often the page looks whether a backup is due.
const LOOK: Duration = Duration::from_secs(5 * 60);

/// Why there is no backup, or none that can be had.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum BackupError {
    /// The browser's database.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The storage that it is made of.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// Nothing could be made of the stored texts.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// What was written reads back differently; older backups stay.
    #[error("the browser did not keep the backup")]
    NotKept,
    /// It is damaged.
    #[error(transparent)]
    Damaged(#[from] BackupDamage),
    /// Its document does not open.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// It could not be kept as a workspace.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// The open workspace cannot be changed.
    #[error(transparent)]
    Refused(#[from] Rejection),
}

/// A workspace as it was at one moment, to be made a backup of.
#[derive(Debug)]
pub struct Taken {
    order: BackupOrder,
    reason: Reason,
    state: String,
    export: Option<ExportId>,
}

impl Taken {
    /// The state that was handed out by this id.
    #[must_use]
    pub fn of(self, export: ExportId) -> Self {
        Self { export: Some(export), ..self }
    }
}

/// The backups of this browser. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Backups {
    store: Store,
    desk: Desk,
    reader: Reader,
    vault: StoredValue<Option<Rc<Vault>>, LocalStorage>,
    /// What is there, as last seen; `None` before anybody looked.
    pub cabinet: RwSignal<Option<Result<Cabinet, VaultError>>>,
    /// Documents that were looked at and are not what was written.
    pub damaged: RwSignal<BTreeMap<BackupId, BackupDamage>>,
    /// Why the latest one could not be made.
    pub failure: RwSignal<Option<BackupError>>,
}

impl Backups {
    /// Looks at nothing yet and provides itself as context.
    pub fn provide() {
        provide_context(Self {
            store: use_store(),
            desk: Desk::new(),
            reader: Reader::new(),
            vault: StoredValue::new_local(None),
            cabinet: RwSignal::new(None),
            damaged: RwSignal::default(),
            failure: RwSignal::new(None),
        });
    }

    /// Makes a backup of the open workspace whenever one is due, as long as the owner lives.
    pub fn follow(self) {
        let opened = self.store.library().opened();
        let look = move || when_idle(move || self.look());
        Effect::new(move || {
            if opened.get().is_some() {
                set_timeout(look, CALM);
            }
        });
        if let Ok(looking) = set_interval_with_handle(look, LOOK) {
            on_cleanup(move || looking.clear());
        }
    }

    /// Takes the workspace that is to go through a big step as it is now, and makes the backup behind it: the step does not wait. Why
    /// there is none stands on the data page.
    pub fn before(self, workspace: WorkspaceId, reason: Reason) {
        match self.take(workspace, reason) {
            Ok(taken) => spawn_local(async move {
                // Told by the failure.
                drop(self.keep(taken).await);
            }),
            Err(error) => self.failure.set(Some(error)),
        }
    }

    /// Like [`before`](Self::before), of the open workspace, if there is one.
    pub fn before_open(self, reason: Reason) {
        if let Some(id) = self.open_one() {
            self.before(id, reason);
        }
    }

    /// A workspace as it is now.
    ///
    /// # Errors
    /// The storage cannot be read, or ends with the page.
    pub fn take(self, workspace: WorkspaceId, reason: Reason) -> Result<Taken, BackupError> {
        let source = self.store.library().backup_source(workspace)?;
        let order = BackupOrder {
            workspace: workspace.to_string(),
            stored: source.stored,
            unsaved: source.unsaved,
            at: clock::now(),
            known: None,
        };
        Ok(Taken { order, reason, state: source.state, export: None })
    }

    /// Makes the backup of what was taken and puts it away; only then those go that need not stay.
    ///
    /// # Errors
    /// Why it is not there; also the [`failure`](Self::failure) then.
    pub async fn keep(self, taken: Taken) -> Result<(), BackupError> {
        let outcome = self.put_away(taken).await;
        self.failure.try_set(outcome.clone().err());
        self.refresh().await;
        outcome
    }

    async fn put_away(self, taken: Taken) -> Result<(), BackupError> {
        let Taken { mut order, reason, state, export } = taken;
        let vault = self.vault().await?;
        let cabinet = read_cabinet(&vault).await?;
        let export = export.map(|export| export.to_string());
        if reason == Reason::Received && export.as_ref().is_some_and(|export| cabinet.handed_out(export).is_some()) {
            // It is the very state that went out of this browser.
            return Ok(());
        }
        let named = |backup: Backup| match &export {
            Some(export) => backup.named(export),
            None => backup,
        };
        let newest = cabinet.newest(&order.workspace).filter(|newest| newest.contents.is_whole && !reason.is_wanted());
        order.known = newest.map(|newest| newest.contents.fingerprint.clone());
        let made = self.made(&order).await?;
        let Some(text) = &made.text else {
            // The same data in another state of the storage: that is all there is to tell.
            let seen = newest.map(|newest| named(newest.seen_as(&state)));
            let record = seen.map(|seen| (seen.id.about_key(), Some(seen.record())));
            return Ok(vault.write(Room::Backups, record.into_iter().collect()).await?);
        };
        if export.is_some()
            && let Some(same) = cabinet.same(&order.workspace, &made.contents().fingerprint)
        {
            let same = named(same.clone());
            return Ok(vault.write(Room::Backups, vec![(same.id.about_key(), Some(same.record()))]).await?);
        }
        let moment = order.at.timestamp_millis();
        let id = BackupId { workspace: order.workspace, moment, token: clock::fresh_ulid().to_string() };
        let backup = named(Backup::new(id, reason, made.contents(), state, text));
        let keys = [backup.id.about_key(), backup.id.text_key()];
        let writes = vec![(keys[0].clone(), Some(backup.record())), (keys[1].clone(), Some(text.clone()))];
        vault.write(Room::Backups, writes).await?;
        let back = vault.read(Room::Backups, &keys).await?;
        let [about, kept] = back.as_slice() else { return Err(BackupError::NotKept) };
        if *about != Some(backup.record()) || backup.check(kept.as_deref()).is_err() {
            vault.write(Room::Backups, keys.into_iter().map(|key| (key, None)).collect()).await?;
            return Err(BackupError::NotKept);
        }
        Ok(())
    }

    /// The worker's backup, or the page's own where there is no worker.
    async fn made(self, order: &BackupOrder) -> Result<MadeBackup, BackupError> {
        match self.desk.answer_and_rest(Request::Backup(Box::new(order.clone()))).await {
            Ok(Response::Backup(made)) => Ok(*made?),
            Ok(_) => Err(Unfit("another answer".to_owned()).into()),
            Err(_) => Ok(order.make()?),
        }
    }

    /// Looks what is there, and removes what need not stay.
    pub async fn refresh(self) {
        let seen = self.tidied().await;
        self.cabinet.try_set(Some(seen));
    }

    async fn tidied(self) -> Result<Cabinet, VaultError> {
        let vault = self.vault().await?;
        let cabinet = read_cabinet(&vault).await?;
        let writes = match self.present() {
            Some(present) => cabinet.tidied(&present, now(), ROOM),
            None => Vec::new(),
        };
        if writes.is_empty() {
            return Ok(cabinet);
        }
        vault.write(Room::Backups, writes).await?;
        read_cabinet(&vault).await
    }

    /// The workspaces of this browser; `None` while that cannot be told, and so nothing is missing.
    fn present(self) -> Option<BTreeSet<String>> {
        // Any workspace will do to ask whether the storage outlives the page.
        self.store.library().state_of(0.into()).ok()?;
        let shelves = self.store.library().shelves().try_get_untracked()?;
        Some(shelves.into_iter().map(|shelf| shelf.id.to_string()).collect())
    }

    /// Reads every document that is there, one after the other, and notes those that are damaged.
    pub async fn check(self) {
        let Some(Some(Ok(cabinet))) = self.cabinet.try_get_untracked() else { return };
        for backup in cabinet.backups {
            match self.text(&backup).await {
                Ok(text) => match backup.check(text.as_deref()) {
                    Ok(()) => {}
                    Err(damage) => drop(self.damaged.try_update(|damaged| damaged.insert(backup.id, damage))),
                },
                Err(error) => {
                    self.failure.try_set(Some(error));
                    return;
                }
            }
        }
    }

    async fn text(self, backup: &Backup) -> Result<Option<String>, BackupError> {
        let texts = self.vault().await?.read(Room::Backups, &[backup.id.text_key()]).await?;
        Ok(texts.into_iter().next().flatten())
    }

    /// The document of a backup.
    ///
    /// # Errors
    /// It is damaged, which is noted, or cannot be read.
    pub async fn document(self, backup: &Backup) -> Result<String, BackupError> {
        Ok(unwrap(&self.stored(backup).await?)?)
    }

    /// The document of a backup as it is stored.
    ///
    /// # Errors
    /// It is damaged, which is noted, or cannot be read.
    pub async fn stored(self, backup: &Backup) -> Result<String, BackupError> {
        let text = self.text(backup).await?;
        match (backup.check(text.as_deref()), text) {
            (Ok(()), Some(text)) => Ok(text),
            (checked, _) => {
                let damage = checked.err().unwrap_or(BackupDamage::Missing);
                self.damaged.try_update(|damaged| damaged.insert(backup.id.clone(), damage));
                Err(damage.into())
            }
        }
    }

    /// What a backup holds.
    async fn read(self, backup: &Backup) -> Result<Document, BackupError> {
        let text = self.stored(backup).await?;
        match self.reader.backup(&text).await {
            Some(document) => Ok(document),
            None => Ok(Document::read(unwrap(&text)?.as_bytes())?),
        }
    }

    /// Keeps a backup as a workspace of its own and opens it; whatever is here stays as it is. `copy` names it beside the one that it is a
    /// backup of. Answers with the name.
    ///
    /// # Errors
    /// It cannot be had or kept; then nothing changes.
    pub async fn restore(self, backup: Backup, copy: impl FnOnce(&str) -> String) -> Result<String, BackupError> {
        let Document { mut workspace, texts, lineage, .. } = self.read(&backup).await?;
        let taken = |id| self.store.library().shelves().with_untracked(|all| all.iter().any(|shelf| shelf.id == id));
        if taken(workspace.id) {
            workspace.id = WorkspaceId::new(self.store.fresh());
            let mut profile = (*workspace.profile).clone();
            profile.name = copy(&profile.name);
            workspace.profile = profile.into();
        }
        let name = workspace.profile.name.clone();
        let id = workspace.id;
        self.store.bring(workspace, texts).await?;
        let exports = backup.exports.iter().filter_map(|export| export.parse().ok());
        self.store.descend(id, lineage.all().chain(exports));
        self.refresh().await;
        Ok(name)
    }

    /// Puts a backup in the place of the open workspace, as one step that can be undone; a backup of what is replaced is made first.
    ///
    /// # Errors
    /// It cannot be had, or there is no backup of what would be replaced; then nothing changes.
    pub async fn replace(self, backup: Backup) -> Result<std::sync::Arc<Change>, BackupError> {
        let Document { workspace, .. } = self.read(&backup).await?;
        if let Some(id) = self.open_one() {
            self.keep(self.take(id, Reason::Replace)?).await?;
        }
        self.store.adopt(|here| Ok(Change::between(here, &workspace)))
    }

    /// The open workspace, unless it is only looked at.
    fn open_one(self) -> Option<WorkspaceId> {
        let library = self.store.library();
        library.opened().try_get_untracked().flatten().filter(|_| !library.is_visiting().get_untracked())
    }

    /// Makes a backup of the open workspace if one is due.
    fn look(self) {
        let Some(id) = self.open_one() else { return };
        spawn_local(async move {
            if let Err(error) = self.make_when_due(id).await {
                self.failure.try_set(Some(error));
            }
        });
    }

    async fn make_when_due(self, id: WorkspaceId) -> Result<(), BackupError> {
        let state = self.store.library().state_of(id)?;
        let cabinet = read_cabinet(&*self.vault().await?).await?;
        match cabinet.due(&id.to_string(), &state, now()) {
            Some(reason) if self.open_one() == Some(id) => self.keep(self.take(id, reason)?).await,
            _ => Ok(()),
        }
    }

    async fn vault(self) -> Result<Rc<Vault>, VaultError> {
        if let Some(vault) = self.vault.try_get_value().flatten() {
            return Ok(vault);
        }
        let vault = Vault::open().await?;
        self.vault.try_set_value(Some(vault.clone()));
        Ok(vault)
    }
}

/// The backups of the page; the page provides them at its root.
pub fn use_backups() -> Backups {
    expect_context()
}

fn now() -> Now {
    Now { at: clock::now().timestamp_millis(), offset: clock::offset() }
}

async fn read_cabinet(vault: &Vault) -> Result<Cabinet, VaultError> {
    let mut keys = vault.keys(Room::Backups, "").await?;
    keys.retain(|key| Cabinet::needs(key));
    let texts = vault.read(Room::Backups, &keys).await?;
    Ok(Cabinet::read(keys.into_iter().zip(texts).filter_map(|(key, text)| Some((key, text?)))))
}

/// Does something when the browser has nothing better to do; at once where it cannot tell.
fn when_idle(work: impl FnOnce() + 'static) {
    let ask = Reflect::get(&window(), &"requestIdleCallback".into()).ok();
    match ask.and_then(|ask| ask.dyn_into::<Function>().ok()) {
        // Refused only by a page that is being left.
        Some(ask) => drop(ask.call1(&window(), &Closure::once_into_js(work))),
        None => work(),
    }
}
