//! Which file belongs to which workspace, over reloads. A file that was chosen can be kept in the browser's `IndexedDB` and nowhere else.

use idb::{ObjectStore, TransactionMode};
use js_sys::{Object, Reflect};
use wasm_bindgen::JsValue;

use super::handle::Handle;
use crate::{
    model::{Timestamp, WorkspaceId},
    storage::open_database,
};

const DATABASE: &str = "loudou-files";
const STORE: &str = "files";

/// The file of a workspace, and what was written into it last.
#[derive(Clone, Debug)]
pub(super) struct Remembered {
    pub(super) handle: Handle,
    /// `None` while nothing was written yet.
    pub(super) written: Option<Written>,
}

/// What was written into a file.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Written {
    pub(super) at: Timestamp,
    /// The checksum of the data, without the moment that stands in the document.
    pub(super) sum: u32,
    /// How many bytes the document had.
    pub(super) size: f64,
}

/// The file of a workspace, if one was chosen.
pub(super) async fn recall(id: WorkspaceId) -> Option<Remembered> {
    let found = files(TransactionMode::ReadOnly).await?.get(key(id)).ok()?.await.ok()??;
    let field = |name: &str| Reflect::get(&found, &name.into()).ok().filter(|value| !value.is_undefined());
    let number = |name: &str| field(name).and_then(|value| value.as_f64());
    let written = || {
        #[allow(clippy::cast_possible_truncation, reason = "milliseconds since 1970 are below 2^53")]
        let at = Timestamp::from_timestamp_millis(number("at")? as i64)?;
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kept from 32 bits")]
        let sum = number("sum")? as u32;
        Some(Written { at, sum, size: number("size")? })
    };
    Some(Remembered { handle: Handle(field("handle")?), written: written() })
}

/// Remembers the file of a workspace; whether the browser keeps it.
pub(super) async fn remember(id: WorkspaceId, file: &Remembered) -> bool {
    let record = Object::new();
    let set = |name: &str, value: JsValue| {
        // Setting a property of a fresh object cannot fail.
        Reflect::set(&record, &name.into(), &value).ok();
    };
    set("handle", file.handle.0.clone());
    if let Some(written) = file.written {
        #[allow(clippy::cast_precision_loss, reason = "milliseconds since 1970 are below 2^53")]
        set("at", (written.at.timestamp_millis() as f64).into());
        set("sum", written.sum.into());
        set("size", written.size.into());
    }
    let Some(files) = files(TransactionMode::ReadWrite).await else { return false };
    match files.put(&record, Some(&key(id))) {
        Ok(request) => request.await.is_ok(),
        Err(_refused) => false,
    }
}

/// Forgets the file of a workspace; the file stays.
pub(super) async fn forget(id: WorkspaceId) {
    if let Some(files) = files(TransactionMode::ReadWrite).await
        && let Ok(request) = files.delete(key(id))
    {
        // What is not forgotten now is asked about again.
        request.await.ok();
    }
}

fn key(id: WorkspaceId) -> JsValue {
    id.to_string().into()
}

/// The files of all workspaces; `None` where the browser keeps no database.
async fn files(mode: TransactionMode) -> Option<ObjectStore> {
    let database = open_database(DATABASE, &[STORE]).await.ok()?;
    let files = database.transaction(&[STORE], mode).ok()?.object_store(STORE).ok();
    // It closes once the transaction is through.
    database.close();
    files
}
