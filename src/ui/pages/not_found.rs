//! The not_found page.

use leptos::prelude::*;

/// The not_found page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    view! { <h1>"not_found"</h1> }
}
