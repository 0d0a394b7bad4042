//! The browser's local storage.

use gloo_storage::{LocalStorage, Storage as _};
use js_sys::Reflect;
use wasm_bindgen::{JsCast, JsValue};

use super::{Storage, StorageError, keys};

/// [`Storage`] over `window.localStorage`.
///
/// Texts go in and come out raw: gloo's typed reading would lose a text it cannot parse.
#[derive(Debug, Clone)]
pub struct BrowserStorage {
    raw: web_sys::Storage,
}

impl BrowserStorage {
    /// The local storage of this page, after one write, read and removal have shown that it works.
    ///
    /// # Errors
    /// [`StorageError::Blocked`] when the browser gives the page none, or one that keeps nothing. A storage that is merely
    /// full is given: it can be read, and things can be removed.
    pub fn open() -> Result<Self, StorageError> {
        // `LocalStorage::raw` throws when storage is blocked, so ask the window first.
        if !matches!(web_sys::window().map(|window| window.local_storage()), Some(Ok(Some(_)))) {
            return Err(StorageError::Blocked);
        }
        let storage = Self { raw: LocalStorage::raw() };
        match storage.set(keys::PROBE, "1") {
            Ok(()) if storage.get(keys::PROBE)?.as_deref() == Some("1") => storage.remove(keys::PROBE)?,
            Err(StorageError::Full) if storage.raw.length().is_ok_and(|length| length > 0) => {}
            Ok(()) | Err(_) => return Err(StorageError::Blocked),
        }
        Ok(storage)
    }
}

impl Storage for BrowserStorage {
    fn get(&self, key: &str) -> Result<Option<String>, StorageError> {
        self.raw.get_item(key).map_err(failure)
    }

    fn set(&self, key: &str, text: &str) -> Result<(), StorageError> {
        self.raw.set_item(key, text).map_err(failure)
    }

    fn remove(&self, key: &str) -> Result<(), StorageError> {
        self.raw.remove_item(key).map_err(failure)
    }

    fn keys(&self, prefix: &str) -> Result<Vec<String>, StorageError> {
        // One call that gives all names: walking by index skips keys when another tab removes one meanwhile.
        let names = js_sys::Object::keys(self.raw.unchecked_ref::<js_sys::Object>());
        let mut keys: Vec<String> =
            names.iter().filter_map(|name| name.as_string()).filter(|key| key.starts_with(prefix)).collect();
        keys.sort_unstable();
        Ok(keys)
    }
}

/// Names by which browsers say that the quota is used up: the standard one, and Firefox's.
const FULL: [&str; 2] = ["QuotaExceededError", "NS_ERROR_DOM_QUOTA_REACHED"];

/// A thrown value as a [`StorageError`]. Browsers may throw anything, so nothing is assumed about its type.
fn failure(thrown: JsValue) -> StorageError {
    let text = |property: &str| Reflect::get(&thrown, &property.into()).ok().and_then(|value| value.as_string());
    let name = text("name").unwrap_or_default();
    if FULL.contains(&name.as_str()) {
        StorageError::Full
    } else if name == "SecurityError" {
        StorageError::Blocked
    } else {
        StorageError::Other(
            text("message").map_or_else(|| format!("{thrown:?}"), |message| format!("{name}: {message}")),
        )
    }
}
