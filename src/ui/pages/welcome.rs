//! The welcome page.

use leptos::prelude::*;

/// The welcome page.
#[component]
pub fn WelcomePage() -> impl IntoView {
    view! { <h1>"welcome"</h1> }
}
