//! The data page.

use leptos::prelude::*;

/// The data page.
#[component]
pub fn DataPage() -> impl IntoView {
    view! { <h1>"data"</h1> }
}
