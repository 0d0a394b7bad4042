//! Work that is typed and not saved yet: it waits while the person looks at other pages, and for the next visit where the browser
//! keeps it.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{
    codec::model_draft::Edited,
    store::{DraftKey, Library},
};

/// What this page knows of a draft.
struct Typed {
    edited: Arc<Edited>,
    /// Whether the browser keeps it beyond the page.
    kept: bool,
}

type Models = BTreeMap<DraftKey, Typed>;

static MODELS: Mutex<Models> = Mutex::new(Models::new());

/// Nothing here can be left half done, so a lock is as good after a panic as before.
fn models() -> MutexGuard<'static, Models> {
    MODELS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps what is typed of a model; `None` forgets it.
pub fn keep_model(library: Library, key: DraftKey, edited: Option<Arc<Edited>>) {
    let kept = library.keep_draft(key, edited.as_deref());
    match edited {
        Some(edited) => models().insert(key, Typed { edited, kept }),
        None => models().remove(&key),
    };
}

/// What was typed of a model and not saved, here or on an earlier visit.
///
/// # Errors
/// The raw text of a draft that cannot be read.
pub fn model(library: Library, key: DraftKey) -> Result<Option<Arc<Edited>>, String> {
    let here = models().get(&key).map(|typed| typed.edited.clone());
    match here {
        Some(edited) => Ok(Some(edited)),
        None => library.draft(key).map(|edited| edited.map(Arc::new)),
    }
}

/// Whether anything would be lost with the page, so that the person is asked before it is left.
pub fn any() -> bool {
    models().values().any(|typed| !typed.kept)
}
