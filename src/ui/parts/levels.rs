//! High, medium and low as choices.

use leptos::prelude::*;

use crate::{
    model::Level,
    ui::{
        format::UNKNOWN,
        wording::{self, I18n},
    },
};

/// The choices of a level: unknown, then the highest first.
pub fn levels(i18n: I18n) -> Signal<Vec<(String, String)>> {
    Signal::derive(move || {
        let level = |level| (level_key(Some(level)).to_owned(), wording::level(i18n, level).to_owned());
        vec![(String::new(), UNKNOWN.to_owned()), level(Level::High), level(Level::Medium), level(Level::Low)]
    })
}

/// The value of a level in a choice.
pub const fn level_key(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::High) => "high",
        Some(Level::Medium) => "medium",
        Some(Level::Low) => "low",
        None => "",
    }
}

/// The level of a choice.
pub fn level_of(key: &str) -> Option<Level> {
    [Level::High, Level::Medium, Level::Low].into_iter().find(|level| level_key(Some(*level)) == key)
}
