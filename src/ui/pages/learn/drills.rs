//! Drills: a company with a hidden illness, looked at on the pages of the product and judged on a sheet of three questions.
//!
//! The background worker makes the company and the sheet; both live in [`Drilling`](crate::ui::drilling::Drilling) while the visitor
//! goes about. Scores are kept with what else was learnt.

mod companies;
mod desk;
mod history;
mod result;
mod sheet;
mod start;

use leptos::prelude::*;

use self::{desk::Desk, result::Outcome, sheet::AnswerSheet, start::Start};

/// The part of the page.
#[component]
pub(super) fn Drills() -> impl IntoView {
    let desk = Desk::new();
    let state = Memo::new(move |_| desk.drilling.with(|under_way| under_way.marks.is_some()));
    view! {
        <div class="drills" data-testid="drills">
            <div class="welcome__refusal" role="alert">{move || desk.refused.get()}</div>
            {move || match state.get() {
                None => view! { <Start desk/> }.into_any(),
                Some(false) => view! { <AnswerSheet desk/> }.into_any(),
                Some(true) => view! { <Outcome desk/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}
