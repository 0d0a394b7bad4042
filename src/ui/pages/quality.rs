//! What is wrong with the data.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// What is wrong with the data.
#[component]
pub fn QualityPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <h1>{t!(i18n, quality.title)}</h1> }.into_any()
}
