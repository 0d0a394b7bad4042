//! The deal page.

use leptos::prelude::*;

/// One deal: its fields, its moves, its history and its activities.
#[component]
pub fn DealPage(
    /// The id of the address, as text.
    id: String,
) -> impl IntoView {
    view! { <h1>{id}</h1> }
}
