//! The funnel page.

use leptos::prelude::*;

/// The funnel page.
#[component]
pub fn FunnelPage() -> impl IntoView {
    view! { <h1>"funnel"</h1> }
}
