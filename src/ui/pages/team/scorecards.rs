//! How each person and department sells.

use leptos::prelude::*;

/// The scorecards.
#[component]
pub fn Scorecards() -> impl IntoView {}
