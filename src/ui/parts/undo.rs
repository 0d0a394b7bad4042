//! The way back that is offered with what was done.

use std::sync::Arc;

use leptos::prelude::window;

use crate::{
    i18n::{t_string, use_i18n},
    model::Change,
    store::{Step, Store, use_store},
    ui::{
        components::{
            tag::Tone,
            toast::{Toasts, use_toasts},
        },
        route::{Query, Route},
        wording::I18n,
    },
};

/// Says what was done and offers to take it back.
#[derive(Clone, Copy, Debug)]
pub struct WayBack {
    pub(super) store: Store,
    pub(super) toasts: Toasts,
    pub(super) i18n: I18n,
}

impl WayBack {
    /// Says what was done and offers to take `change` back, whatever was done after it; after a deletion also the way to the trash.
    pub fn offer(self, words: String, change: Arc<Change>) {
        if self.store.is_in_trash(&change) {
            let trash = t_string!(self.i18n, trash.title).to_owned();
            return self.offer_with(words, change, trash, || {
                // Fails only for a document that is no longer shown.
                window().location().set_hash(&Route::Trash.href(&Query::default())).ok();
            });
        }
        self.toasts.say_with_undo(words, move || self.take_back(&change));
    }

    /// The same, and `more` in other words beside it.
    pub fn offer_with(
        self,
        words: String,
        change: Arc<Change>,
        more: String,
        on_more: impl Fn() + Send + Sync + 'static,
    ) {
        self.toasts.say_with_more(words, move || self.take_back(&change), more, on_more);
    }

    fn take_back(self, change: &Arc<Change>) {
        if self.store.take_back(change) == Step::Overtaken {
            self.toasts.say(t_string!(self.i18n, saving.overtaken).to_owned(), Tone::Warn);
        }
    }
}

/// The way back on this page; call it in a component body.
pub fn use_way_back() -> WayBack {
    WayBack { store: use_store(), toasts: use_toasts(), i18n: use_i18n() }
}
