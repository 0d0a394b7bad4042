//! The interface.

pub mod charts;
pub mod clock;
pub mod components;
pub mod file;
pub mod format;
pub mod route;
pub mod settings;
pub mod shell;

use leptos::prelude::*;

use crate::i18n::I18nContextProvider;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <I18nContextProvider set_lang_attr_on_html=false>
            <gallery::Gallery/>
        </I18nContextProvider>
    }
}
mod gallery;
