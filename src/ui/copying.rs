//! How old the last copy of the open workspace in a file is.

use leptos::prelude::*;

use crate::{
    model::Date,
    store::use_store,
    ui::{clock::use_clock, settings::use_settings},
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
