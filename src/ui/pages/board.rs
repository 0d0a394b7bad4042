//! The board page.

use leptos::prelude::*;

/// The board page.
#[component]
pub fn BoardPage() -> impl IntoView {
    view! { <h1>"board"</h1> }
}
