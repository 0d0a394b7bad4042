//! Customers of two sellers, or of two spellings.

use leptos::prelude::*;

/// The conflicts.
#[component]
pub fn Conflicts() -> impl IntoView {}
