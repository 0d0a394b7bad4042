//! The tag that says whether a deal is still worked on.

use leptos::prelude::*;

use crate::{
    i18n::use_i18n,
    model::Status,
    ui::{
        components::tag::{Tag, Tone},
        wording,
    },
};

/// Open, won, lost or dormant.
#[component]
pub fn StatusTag(
    /// The status of the deal.
    #[prop(into)]
    status: Signal<Status>,
) -> impl IntoView {
    let i18n = use_i18n();
    let tone = Signal::derive(move || match status.get() {
        Status::Open => Tone::Accent,
        Status::Won { .. } => Tone::Good,
        Status::Lost { .. } => Tone::Bad,
        Status::Dormant { .. } => Tone::Neutral,
    });
    view! { <Tag tone>{move || wording::status(i18n, &status.get())}</Tag> }
}
