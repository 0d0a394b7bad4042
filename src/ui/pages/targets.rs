//! Target profiles.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// Target profiles.
#[component]
pub fn TargetsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <h1>{t!(i18n, targets.title)}</h1> }.into_any()
}
