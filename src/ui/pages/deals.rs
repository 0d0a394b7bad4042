//! The deals page.

use leptos::prelude::*;

/// The deals page.
#[component]
pub fn DealsPage() -> impl IntoView {
    view! { <h1>"deals"</h1> }
}
