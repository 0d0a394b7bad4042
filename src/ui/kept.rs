//! What belongs to whoever sits here and to no workspace: values that this browser keeps, each as a text under a key of local storage.
//!
//! All tabs have the same: what one writes, the others take in. What cannot be read is moved aside, under the key with `-unreadable`,
//! before anything is written in its place.

use leptos::prelude::*;

use crate::ui::settings::local_storage;

/// How a value is kept.
#[derive(Debug)]
pub struct Form<T> {
    /// The key in local storage.
    pub key: &'static str,
    /// Reads the text; `None` when it cannot be read.
    pub read: fn(&str) -> Option<T>,
    /// Writes it; `None` when there is nothing to keep.
    pub write: fn(&T) -> Option<String>,
}

impl<T> Form<T> {
    /// What is stored; `None` when nothing is, or nothing that can be read.
    pub fn stored(&self) -> Option<T> {
        let storage = local_storage()?;
        let text = storage.get_item(self.key).ok().flatten()?;
        let read = (self.read)(&text);
        if read.is_none() {
            // A full storage keeps the text where it is.
            storage.set_item(&[self.key, "-unreadable"].concat(), &text).ok();
        }
        read
    }

    /// Stores a value; whether the browser did. A full storage loses what is kept here and never data: the store reports it.
    pub fn store(&self, value: &T) -> bool {
        local_storage().is_some_and(|storage| match (self.write)(value) {
            Some(text) => storage.set_item(self.key, &text).is_ok(),
            None => storage.remove_item(self.key).is_ok(),
        })
    }
}

/// A value that this browser keeps. Copy it freely.
#[derive(Debug)]
pub struct Kept<T: Send + Sync + 'static>(StoredValue<Slot<T>>);

/// What there is of it.
#[derive(Debug)]
struct Slot<T: Send + Sync + 'static> {
    form: &'static Form<T>,
    value: RwSignal<T>,
    is_kept: RwSignal<bool>,
}

impl<T: Send + Sync + 'static> Clone for Kept<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Send + Sync + 'static> Copy for Kept<T> {}

impl<T: Clone + PartialEq + Send + Sync + 'static> Kept<T> {
    /// Reads what is kept, or takes `nothing` while nothing is, and follows what other tabs make of it as long as the present owner
    /// lives.
    pub fn new(form: &'static Form<T>, nothing: T) -> Self {
        let value = RwSignal::new(form.stored().unwrap_or_else(|| nothing.clone()));
        let heard = window_event_listener(leptos::ev::storage, move |event| {
            if event.key().as_deref() == Some(form.key) {
                value.set(form.stored().unwrap_or_else(|| nothing.clone()));
            }
        });
        on_cleanup(move || heard.remove());
        Self(StoredValue::new(Slot { form, value, is_kept: RwSignal::new(true) }))
    }

    /// The value, followed.
    pub fn value(self) -> Signal<T> {
        self.0.with_value(|slot| slot.value.into())
    }

    /// Whether the browser keeps it, followed.
    pub fn is_kept(self) -> bool {
        self.0.with_value(|slot| slot.is_kept).get()
    }

    /// Changes what is stored, not what was read at first: another tab may have added to it.
    pub fn change<A>(self, change: impl FnOnce(&mut T) -> A) -> A {
        let (form, value, is_kept) = self.0.with_value(|slot| (slot.form, slot.value, slot.is_kept));
        // What the browser did not keep is here only.
        let stored = is_kept.get_untracked().then(|| form.stored()).flatten();
        let before = stored.unwrap_or_else(|| value.get_untracked());
        let mut after = before.clone();
        let answer = change(&mut after);
        if after != before {
            is_kept.set(form.store(&after));
        }
        value.set(after);
        answer
    }
}
