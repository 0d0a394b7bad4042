//! Work that is typed and not saved yet: it waits here while the person looks at other pages.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::model::{FunnelModel, ModelDraft, ModelId, WorkspaceId};

/// A model being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The model that the editing began with.
    pub base: FunnelModel,
    /// The form it shall take.
    pub form: ModelDraft,
}

type Models = BTreeMap<(WorkspaceId, ModelId), Arc<Edited>>;

static MODELS: Mutex<Models> = Mutex::new(Models::new());

/// Nothing here can be left half done, so a lock is as good after a panic as before.
fn models() -> MutexGuard<'static, Models> {
    MODELS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps what is typed of a model; `None` forgets it.
pub fn keep_model(key: (WorkspaceId, ModelId), edited: Option<Arc<Edited>>) {
    match edited {
        Some(edited) => models().insert(key, edited),
        None => models().remove(&key),
    };
}

/// What was typed of a model and not saved.
pub fn model(key: (WorkspaceId, ModelId)) -> Option<Arc<Edited>> {
    models().get(&key).cloned()
}

/// Whether anything waits, so that the person is asked before the page is left.
pub fn any() -> bool {
    !models().is_empty()
}
