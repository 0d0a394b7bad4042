//! Which file belongs to which workspace, over reloads. A file that was chosen can be kept in the browser's `IndexedDB` and nowhere else.

use js_sys::{Object, Promise, Reflect};
use leptos::prelude::window;
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{IdbDatabase, IdbObjectStore, IdbRequest, IdbTransactionMode};

use super::handle::Handle;
use crate::model::{Timestamp, WorkspaceId};

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
    let found = answer(&files(IdbTransactionMode::Readonly).await?.get(&key(id)).ok()?).await.ok()?;
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
    let Some(files) = files(IdbTransactionMode::Readwrite).await else { return false };
    match files.put_with_key(&record, &key(id)) {
        Ok(request) => answer(&request).await.is_ok(),
        Err(_refused) => false,
    }
}

/// Forgets the file of a workspace; the file stays.
pub(super) async fn forget(id: WorkspaceId) {
    if let Some(files) = files(IdbTransactionMode::Readwrite).await
        && let Ok(request) = files.delete(&key(id))
    {
        // What is not forgotten now is asked about again.
        answer(&request).await.ok();
    }
}

fn key(id: WorkspaceId) -> JsValue {
    id.to_string().into()
}

/// The files of all workspaces; `None` where the browser keeps no database.
async fn files(mode: IdbTransactionMode) -> Option<IdbObjectStore> {
    let opening = window().indexed_db().ok()??.open_with_u32(DATABASE, 1).ok()?;
    let asked = opening.clone();
    let make = Closure::once_into_js(move || {
        if let Some(database) = asked.result().ok().and_then(|database| database.dyn_into::<IdbDatabase>().ok()) {
            // It is made once, in a database that has none.
            database.create_object_store(STORE).ok();
        }
    });
    opening.set_onupgradeneeded(Some(make.unchecked_ref()));
    let database: IdbDatabase = answer(&opening).await.ok()?.dyn_into().ok()?;
    let transaction = database.transaction_with_str_and_mode(STORE, mode).ok()?;
    let files = transaction.object_store(STORE).ok();
    // It closes once the transaction is through.
    database.close();
    files
}

/// Waits for what was asked of the database.
async fn answer(request: &IdbRequest) -> Result<JsValue, JsValue> {
    let promise = Promise::new(&mut |resolve, reject| {
        let asked = request.clone();
        let done = Closure::once_into_js(move || {
            let result = asked.result().unwrap_or(JsValue::UNDEFINED);
            // Settling a promise cannot fail.
            resolve.call1(&JsValue::UNDEFINED, &result).ok();
        });
        let failed = Closure::once_into_js(move || {
            reject.call0(&JsValue::UNDEFINED).ok();
        });
        request.set_onsuccess(Some(done.unchecked_ref()));
        request.set_onerror(Some(failed.unchecked_ref()));
    });
    JsFuture::from(promise).await
}
