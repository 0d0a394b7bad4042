//! The import page.

use leptos::prelude::*;

/// The import page.
#[component]
pub fn ImportPage() -> impl IntoView {
    view! { <h1>"import"</h1> }
}
