//! The editor of one funnel model.

use leptos::prelude::*;

use crate::i18n::{t, use_i18n};

/// The editor of one funnel model.
#[component]
pub fn ModelEditorPage(
    /// The id of the address, as text.
    id: String,
) -> impl IntoView {
    drop(id);
    let i18n = use_i18n();
    view! { <h1>{t!(i18n, model_editor.title)}</h1> }.into_any()
}
