//! The tables that the method prints.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// The tables that the method prints.
#[component]
pub fn TablesPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <h1>{t!(i18n, tables.title)}</h1> }.into_any()
}
