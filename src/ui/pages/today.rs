//! What is to be done today.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// What is to be done today.
#[component]
pub fn TodayPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <h1>{t!(i18n, today.title)}</h1> }.into_any()
}
