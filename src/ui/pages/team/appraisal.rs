//! The appraisal sheet and the incentive rule.

use leptos::prelude::*;

/// The appraisal.
#[component]
pub fn Appraisal() -> impl IntoView {}
