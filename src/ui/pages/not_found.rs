//! The page of an address that nobody knows.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::components::empty::Empty,
};

/// Says that the address leads nowhere, and where to go from here.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let i18n = use_i18n();
    let text = Signal::derive(move || t_string!(i18n, not_found.text).to_owned());
    view! {
        <h1>{t!(i18n, not_found.title)}</h1>
        <Empty icon=icondata_lu::LuMapPinOff text>
            <a class="button button--primary" href="#/funnel">{t!(i18n, nav.funnel)}</a>
            <a class="button" href="#/deals">{t!(i18n, nav.deals)}</a>
            <a class="button" href="#/">{t!(i18n, not_found.start)}</a>
        </Empty>
    }
    .into_any()
}
