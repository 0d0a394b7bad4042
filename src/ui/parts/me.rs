//! Who sits here.

use leptos::prelude::*;

use super::names::use_names;
use crate::{
    i18n::{t_string, use_i18n},
    model::PersonId,
    store::use_store,
    ui::{components::field::SelectField, settings::use_settings},
};

/// Remembers who sits here while the workspace at hand is open; nobody in particular when `None`. Call it in a component body.
pub fn use_be() -> impl Fn(Option<PersonId>) + Copy + 'static {
    let (store, settings) = (use_store(), use_settings());
    move |person| {
        let workspace = store.peek(|workspace| workspace.id);
        settings.me.update(|me| {
            match person {
                Some(person) => me.insert(workspace, person),
                None => me.remove(&workspace),
            };
        });
    }
}

/// The choice of who sits here: moves and evidence are noted under that name.
#[component]
pub fn Me() -> impl IntoView {
    let (i18n, store, names, be) = (use_i18n(), use_store(), use_names(), use_be());
    view! {
        <SelectField
            label=Signal::derive(move || t_string!(i18n, settings.me).to_owned())
            options=Signal::derive(move || names.with(|names| names.choose_person(store.me())))
            value=Signal::derive(move || store.me().map(|id| id.to_string()).unwrap_or_default())
            hint=Signal::derive(move || t_string!(i18n, settings.me_what).to_owned())
            on_change=move |id: String| be(id.parse().ok())
        />
    }
    .into_any()
}
