//! What belongs to somebody who leaves, and who takes it over.

use leptos::prelude::*;

/// The handover.
#[component]
pub fn Handover() -> impl IntoView {}
