//! What belongs to somebody who leaves, and who takes it over: a guided handover, and the checklists of those that were begun.

mod briefing;
mod guide;
mod lots;
mod running;

use leptos::prelude::*;

/// The handover.
#[component]
pub fn Handover() -> impl IntoView {
    view! {
        <div class="stack handover">
            <guide::Guide/>
            <running::Running/>
        </div>
    }
    .into_any()
}
