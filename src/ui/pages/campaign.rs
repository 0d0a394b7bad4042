//! One campaign.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// One campaign.
#[component]
pub fn CampaignPage(
    /// The id of the address, as text.
    id: String,
) -> impl IntoView {
    drop(id);
    let i18n = use_i18n();
    view! { <h1>{t!(i18n, campaigns.title)}</h1> }.into_any()
}
