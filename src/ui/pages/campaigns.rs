//! The campaigns.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// The campaigns.
#[component]
pub fn CampaignsPage() -> impl IntoView {
    let i18n = use_i18n();
    view! { <h1>{t!(i18n, campaigns.title)}</h1> }.into_any()
}
