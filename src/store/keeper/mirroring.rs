//! The second copy of what this browser keeps: written behind every change, and read when the page starts.

use std::{
    cell::Cell,
    future::{Future, poll_fn},
    pin::pin,
    rc::Rc,
    task::Poll,
};

use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, task::spawn_local};

use super::{super::lock::join, Library, Loss, Shared};
use crate::storage::{
    BrowserStorage, Damage, Differences, MemoryStorage, Mirrored, Outbox, Room, Storage, Vault, VaultError, is_whole,
    mirrored_key,
};

/// The lock that all tabs hold.
const TABS: &str = "loudou/tabs";
/// Stands in local storage from when the mirror has missed a write until it is whole again.
const INCOMPLETE: &str = "loudou/mirror-incomplete";
/// How long the start waits for the database in milliseconds: a browser may never answer.
const PATIENCE: u32 = 3_000;

/// Where the second copy stands.
pub(super) struct Mirror {
    pub(super) outbox: Rc<Outbox>,
    vault: Option<Rc<Vault>>,
    is_writing: bool,
}

impl Mirror {
    pub(super) fn new(outbox: Rc<Outbox>) -> Self {
        Self { outbox, vault: None, is_writing: false }
    }

    /// Whether everything written is on the disk, or there is no second copy (then nothing waits for it).
    pub(super) fn is_settled(&self) -> bool {
        self.outbox.is_empty() && !self.is_writing
    }
}

impl Library {
    /// The library of this browser, or one that lives as long as the page where the browser gives no storage.
    /// `tab` is a token no other tab uses.
    pub fn of_browser(tab: String) -> Self {
        let Ok(storage) = BrowserStorage::open() else { return Self::over(Rc::new(MemoryStorage::new()), false, tab) };
        let outbox = Rc::<Outbox>::default();
        let library = Self::over(Rc::new(Mirrored::new(storage, outbox.clone())), true, tab);
        library.at_desk(|desk| desk.mirror = Some(Mirror::new(outbox)));
        library
    }

    /// Puts back what local storage has forgotten since it was written, and keeps everything twice from now on, with what was written since
    /// the page came. To be awaited before anything is opened that may have been forgotten in part. Where the browser has no database or
    /// no locks, or does not answer, everything is kept once. Last of all, what is left of workspaces goes that were never finished; where
    /// the second copy did not answer, nobody can tell whether they were.
    pub async fn prepare(self) {
        let is_whole = self.make_whole().await;
        self.list();
        if is_whole {
            spawn_local(self.clear_unfinished());
        } else {
            self.retry();
        }
    }

    /// Whether everything is here that ever was, as far as it can be known.
    async fn make_whole(self) -> bool {
        let Some(outbox) = self.at_desk(|desk| desk.mirror.as_ref().map(|mirror| mirror.outbox.clone())) else {
            return true;
        };
        let Some(Ok(vault)) = within(PATIENCE, Vault::open()).await else {
            self.keep_once();
            return false;
        };
        let restored = Rc::new(Cell::new(true));
        let first = {
            let (vault, restored, storage) = (vault.clone(), restored.clone(), self.at_storage(Rc::clone));
            async move { restored.set(matches!(within(PATIENCE, restore(&storage, &vault)).await, Some(Ok(())))) }
        };
        if !join(TABS, first).await || !restored.get() {
            self.keep_once();
            return false;
        }
        self.at_desk(|desk| {
            if let Some(mirror) = &mut desk.mirror {
                mirror.vault = Some(vault);
            }
        });
        self.kept_twice.set(true);
        outbox.wake_with(move || self.pump_soon());
        self.pump();
        true
    }

    /// Whether the second copy, if there is one, has nothing under `prefix` that is not here: what it has may have found no room.
    pub(super) async fn is_all_here(self, prefix: &str) -> bool {
        let vault = self.at_desk(|desk| desk.mirror.as_ref().and_then(|mirror| mirror.vault.clone()));
        let Some(vault) = vault else { return true };
        let Ok(mirrored) = vault.keys(Room::Mirror, &mirrored_key(prefix)).await else { return false };
        let is_here = |storage: &Shared, key: &str| matches!(storage.get(key), Ok(Some(_)));
        self.at_storage(|storage| {
            mirrored.iter().filter_map(|key| key.strip_prefix('+')).all(|key| is_here(storage, key))
        })
    }

    /// Puts whole copies in the place of damaged texts; tells whether there is any.
    pub(in crate::store) async fn heal(self, losses: Vec<Loss>) -> bool {
        let vault = self.at_desk(|desk| desk.mirror.as_ref().and_then(|mirror| mirror.vault.clone()));
        let damaged = losses.into_iter().filter_map(|loss| match loss {
            Loss::Stored(Damage { key, .. }) => Some(key),
            Loss::Piece(_) | Loss::Entry(_) => None,
        });
        let keys: Vec<_> = damaged.collect();
        let Some(vault) = vault.filter(|_| !keys.is_empty()) else { return false };
        let wanted: Vec<_> = keys.iter().map(|key| mirrored_key(key)).collect();
        let Ok(texts) = vault.read(Room::Mirror, &wanted).await else { return false };
        self.at_storage(|storage| {
            let put_back = |(key, text): (String, Option<String>)| {
                text.filter(|text| is_whole(text)).is_some_and(|text| storage.set(&key, &text).is_ok())
            };
            keys.into_iter().zip(texts).map(put_back).fold(false, |any, this| any | this)
        })
    }

    /// Writes what waits once the present turn is over, all of it at once.
    fn pump_soon(self) {
        spawn_local(async move { self.pump() });
    }

    /// Writes what waits, and tells when it is on the disk.
    fn pump(self) {
        if self.desk.is_disposed() {
            return;
        }
        let begin = |desk: &mut super::Desk| {
            let mirror = desk.mirror.as_mut()?;
            let vault = mirror.vault.clone()?;
            (!std::mem::replace(&mut mirror.is_writing, true)).then(|| (vault, mirror.outbox.clone()))
        };
        let Some((vault, outbox)) = self.at_desk(begin) else { return };
        self.retry();
        spawn_local(async move {
            let mut written = true;
            while written && !outbox.is_empty() {
                written = vault.write(Room::Mirror, outbox.take()).await.is_ok();
            }
            if self.desk.is_disposed() {
                return;
            }
            self.at_desk(|desk| {
                if let Some(mirror) = &mut desk.mirror {
                    mirror.is_writing = false;
                }
            });
            if !written {
                self.keep_once();
            }
            self.retry();
        });
    }

    /// Keeps everything once from now on, and has the next start make the second copy anew. The state of saving hears of it with the
    /// next [`Library::retry`].
    pub fn keep_once(self) {
        self.kept_twice.set(false);
        self.at_desk(|desk| {
            if let Some(mirror) = &mut desk.mirror {
                mirror.vault = None;
                mirror.outbox.close();
                // Without room for the mark the mirror lacks what is also not in the storage.
                desk.storage.set(INCOMPLETE, "1").ok();
            }
        });
    }
}

/// Makes both copies the same.
async fn restore(storage: &Shared, vault: &Vault) -> Result<(), VaultError> {
    let mut keys = vault.keys(Room::Mirror, "").await?;
    if matches!(storage.get(INCOMPLETE), Ok(Some(_)) | Err(_)) {
        vault.write(Room::Mirror, keys.drain(..).map(|key| (key, None)).collect()).await?;
    }
    // What cannot be read or written now is tried again by the next start: the mirror keeps it.
    let Ok(differences) = Differences::of(storage, &keys) else { return Ok(()) };
    let texts = vault.read(Room::Mirror, &differences.wanted()).await?;
    if let Ok(writes) = differences.restore(storage, texts) {
        vault.write(Room::Mirror, writes).await?;
        storage.remove(INCOMPLETE).ok();
    }
    Ok(())
}

/// What comes of `work`, unless it takes longer than `limit` milliseconds.
async fn within<T>(limit: u32, work: impl Future<Output = T>) -> Option<T> {
    let (mut work, mut timeout) = (pin!(work), pin!(TimeoutFuture::new(limit)));
    poll_fn(|context| match work.as_mut().poll(context) {
        Poll::Ready(outcome) => Poll::Ready(Some(outcome)),
        Poll::Pending => timeout.as_mut().poll(context).map(|()| None),
    })
    .await
}
