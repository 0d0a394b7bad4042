//! How potential and load are spread over the people.

use leptos::prelude::*;

/// The balance.
#[component]
pub fn Balance() -> impl IntoView {}
