//! The interface.

use leptos::prelude::*;

use crate::i18n::{I18nContextProvider, t, use_i18n};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <I18nContextProvider>
            <Hello/>
        </I18nContextProvider>
    }
}

#[component]
fn Hello() -> impl IntoView {
    let i18n = use_i18n();
    view! { <main><h1>{t!(i18n, app.name)}</h1></main> }
}
