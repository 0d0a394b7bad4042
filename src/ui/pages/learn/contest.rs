//! Contest.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// The part of the page.
#[component]
pub(super) fn Contest() -> impl IntoView {
    let i18n = use_i18n();
    view! { <p class="muted">{t!(i18n, learn.contest.title)}</p> }
}
