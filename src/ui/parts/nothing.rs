//! What a page shows while there is nothing for it to show yet.

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    ui::components::empty::Empty,
};

/// No workspace is open: what the page is for, and the way to open one.
#[component]
pub fn NoWorkspace(
    /// A picture of the page.
    icon: icondata_core::Icon,
    /// What the page would show.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty icon text>
            <a class="button button--primary" href="#/">{t!(i18n, deals.begin)}</a>
        </Empty>
    }
}

/// The workspace holds nothing that the page is about: what it would show, and the ways to some records.
#[component]
pub fn NoRecords(
    /// A picture of the page.
    icon: icondata_core::Icon,
    /// What the page would show.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Empty icon text>
            <a class="button button--primary" href="#/import">{t!(i18n, deals.import)}</a>
            <a class="button" href="#/board">{t!(i18n, deals.to_board)}</a>
        </Empty>
    }
}
