//! The way back that is offered with what was done.

use std::sync::Arc;

use crate::{
    i18n::{t_string, use_i18n},
    model::Change,
    store::{Step, Store, use_store},
    ui::{
        components::{
            tag::Tone,
            toast::{Toasts, use_toasts},
        },
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
    /// Says what was done and offers to take `change` back, whatever was done after it.
    pub fn offer(self, words: String, change: Arc<Change>) {
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
