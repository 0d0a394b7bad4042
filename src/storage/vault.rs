//! The browser's database, as maps from text to text.
//!
//! Local storage answers at once, but a browser may write it to the disk seconds or minutes later: Chromium waits five seconds, and
//! longer for whoever writes much. What the database reports as written has been written. So it holds the second copy of what
//! local storage keeps (see `mirror`), and earlier states of the workspaces.

use std::{future::IntoFuture, rc::Rc};

use idb::{Database, DatabaseEvent, Factory, ObjectStoreParams, Transaction, TransactionMode};
use js_sys::{Array, Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{IdbDatabase, IdbTransaction};

use super::Write;

const NAME: &str = "loudou";
const VERSION: u32 = 1;

/// Why the database did not do what it was asked, in the browser's words.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the browser's database failed: {0}")]
pub struct VaultError(String);

impl From<idb::Error> for VaultError {
    fn from(error: idb::Error) -> Self {
        Self(error.to_string())
    }
}

/// A map in the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// The second copy of local storage.
    Mirror,
    /// Earlier states of the workspaces.
    Backups,
}

impl Room {
    const ALL: [Self; 2] = [Self::Mirror, Self::Backups];

    const fn name(self) -> &'static str {
        match self {
            Self::Mirror => "mirror",
            Self::Backups => "backups",
        }
    }
}

/// Opens a database of the browser with these stores, and makes it when it is not there.
///
/// # Errors
/// The browser gives this page none.
pub async fn open_database(name: &str, stores: &[&'static str]) -> Result<Database, idb::Error> {
    let mut request = Factory::new()?.open(name, Some(VERSION))?;
    let stores = stores.to_vec();
    request.on_upgrade_needed(move |event| {
        let Ok(database) = event.database() else { return };
        for store in stores {
            // One that is there is refused and stays; one that cannot be made is missed by what uses it.
            database.create_object_store(store, ObjectStoreParams::new()).ok();
        }
    });
    request.await
}

/// The database of this page, open.
#[derive(Debug)]
pub struct Vault {
    database: IdbDatabase,
}

impl Vault {
    /// Opens it, and makes it when it is not there.
    ///
    /// # Errors
    /// [`VaultError`] where the browser gives this page none (some private windows).
    pub async fn open() -> Result<Rc<Self>, VaultError> {
        let database = open_database(NAME, &Room::ALL.map(Room::name)).await?;
        Ok(Rc::new(Self { database: database.into() }))
    }

    /// The keys that begin with `prefix`, sorted.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn keys(&self, room: Room, prefix: &str) -> Result<Vec<String>, VaultError> {
        let transaction = self.reading(room)?;
        let keys = transaction.object_store(room.name())?.get_all_keys(None, None)?.await?;
        let mut keys: Vec<String> =
            keys.iter().filter_map(JsValue::as_string).filter(|key| key.starts_with(prefix)).collect();
        keys.sort_unstable();
        Ok(keys)
    }

    /// What stands under these keys, in their order, read as of one moment.
    ///
    /// # Errors
    /// [`VaultError`].
    pub async fn read(&self, room: Room, keys: &[String]) -> Result<Vec<Option<String>>, VaultError> {
        let transaction = self.reading(room)?;
        let store = transaction.object_store(room.name())?;
        // All of them listen before the first is waited for: an answer that nobody listens to is not given again.
        let listen = |key: &String| Ok(store.get(JsValue::from_str(key))?.into_future());
        let answers: Vec<_> = keys.iter().map(listen).collect::<Result<_, idb::Error>>()?;
        let mut texts = Vec::with_capacity(answers.len());
        for answer in answers {
            texts.push(answer.await?.and_then(|text| text.as_string()));
        }
        Ok(texts)
    }

    /// Writes all of it or nothing, in this order, after all writes asked for before. When this returns `Ok`, it is on the disk.
    ///
    /// # Errors
    /// [`VaultError`]; then nothing was written.
    pub async fn write(&self, room: Room, writes: Vec<Write>) -> Result<(), VaultError> {
        if writes.is_empty() {
            return Ok(());
        }
        let transaction = self.writing(room)?;
        let store = transaction.object_store(room.name())?;
        for (key, text) in writes {
            let key = JsValue::from_str(&key);
            // The transaction tells how they ended.
            match text {
                Some(text) => drop(store.put(&JsValue::from_str(&text), Some(&key))?),
                None => drop(store.delete(key)?),
            }
        }
        if transaction.await?.is_committed() { Ok(()) } else { Err(VaultError("aborted".to_owned())) }
    }

    fn reading(&self, room: Room) -> Result<Transaction, VaultError> {
        let database: Database = self.database.clone().into();
        Ok(database.transaction(&[room.name()], TransactionMode::ReadOnly)?)
    }

    /// A transaction that ends when the disk has it; the bindings do not know how to ask for that.
    fn writing(&self, room: Room) -> Result<Transaction, VaultError> {
        let begin = || -> Result<IdbTransaction, JsValue> {
            let options = Object::new();
            Reflect::set(&options, &"durability".into(), &"strict".into())?;
            let begin: Function = Reflect::get(&self.database, &"transaction".into())?.dyn_into()?;
            let arguments = Array::of3(&room.name().into(), &"readwrite".into(), &options);
            Reflect::apply(&begin, &self.database, &arguments)?.dyn_into()
        };
        Ok(begin().map_err(|thrown| VaultError(format!("{thrown:?}")))?.into())
    }
}
