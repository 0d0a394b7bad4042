//! The settings page.

use leptos::prelude::*;

/// The settings page.
#[component]
pub fn SettingsPage() -> impl IntoView {
    view! { <h1>"settings"</h1> }
}
