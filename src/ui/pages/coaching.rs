//! The weekly meeting: its agenda, person by person.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        parts::nothing::{NoRecords, NoWorkspace},
        wording::I18n,
    },
};

/// The coaching page.
#[component]
pub fn CoachingPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let any = Memo::new(move |_| store.with(|workspace| !workspace.deals.is_empty()));
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <h1>{t!(i18n, coaching.title)}</h1>
        {move || match (opened.get().is_some(), any.get()) {
            (false, _) => view! { <NoWorkspace icon=icondata_lu::LuMessagesSquare text=label(|i18n| t_string!(i18n, coaching.no_workspace))/> }.into_any(),
            (true, false) => view! { <NoRecords icon=icondata_lu::LuMessagesSquare text=label(|i18n| t_string!(i18n, coaching.no_deals))/> }.into_any(),
            (true, true) => ().into_any(),
        }}
    }
}
