//! The way to the rescue page, which opens when the data does not.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// Where it is: beside the page, or in the single file behind its own address.
pub fn address() -> String {
    let meta = document().query_selector("meta[name=loudou-rescue]").ok().flatten();
    meta.and_then(|meta| meta.get_attribute("content")).unwrap_or_else(|| "rescue.html".to_owned())
}

/// A link to it, with what it is for.
#[component]
pub fn RescueLink() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="muted small">
            {t!(i18n, rescue.what)}" "<a href=address() data-testid="rescue-link">{t!(i18n, rescue.link)}</a>
        </p>
    }
}
