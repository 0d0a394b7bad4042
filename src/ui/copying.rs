//! Copies of the open workspace in a file: taken by hand, and how old the last one is.

use leptos::prelude::*;

use crate::{
    codec::document,
    i18n::{t_string, use_i18n},
    model::Date,
    store::use_store,
    ui::{
        clock::{self, use_clock},
        components::{tag::Tone, toast::use_toasts},
        file,
        format::use_format,
        settings::use_settings,
        wording::document as words,
    },
};

/// After so many days a copy is old.
pub const OLD: i64 = 14;

/// Days since the last copy of the open workspace in a file; `None` without one.
pub fn use_age() -> Memo<Option<i64>> {
    let (settings, clock, opened) = (use_settings(), use_clock(), use_store().library().opened());
    Memo::new(move |_| {
        let copied: Date = settings.copied.with(|copied| copied.get(&opened.get()?).copied())?;
        Some((clock.today.get() - copied).num_days().max(0))
    })
}

/// Hands out the open workspace as a document and notes the day; call it in a component body.
pub fn use_copy() -> impl Fn() + Copy + Send + Sync + 'static {
    let (i18n, format, toasts) = (use_i18n(), use_format(), use_toasts());
    let (store, clock, settings) = (use_store(), use_clock(), use_settings());
    move || {
        let today = clock.today.get_untracked();
        let stem = store.peek(|workspace| file::stem(&workspace.profile.name));
        let name = [stem.as_str(), "-", &today.to_string(), ".json"].concat();
        let text = store.peek(|workspace| document::encode(workspace, clock::now()));
        match file::download(&name, "application/json", text.as_bytes()) {
            Ok(()) => {
                toasts.say(t_string!(i18n, data.export.done, name = name).to_string(), Tone::Good);
                if let Some(id) = store.library().opened().get_untracked() {
                    settings.copied.update(|copied| {
                        copied.insert(id, today);
                    });
                }
            }
            Err(error) => toasts.say(words::file_error(i18n, format, &error), Tone::Bad),
        }
    }
}
