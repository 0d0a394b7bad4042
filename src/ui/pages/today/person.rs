//! Whose day is shown, and who sits here.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::PersonId,
    store::use_store,
    ui::{
        components::{button::Button, field::SelectField},
        parts::{me::use_be, names::use_names},
        route::use_navigation,
    },
};

/// The key of the person in the address.
pub(super) const KEY: &str = "who";
/// Everybody's deals.
pub(super) const ANYBODY: &str = "all";

/// The choice of a person, and a button that says: that is me.
#[component]
pub(super) fn Person(
    /// Who is chosen; nobody in particular when `None`.
    whose: Memo<Option<PersonId>>,
) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let (names, be) = (use_names(), use_be());
    let options = Signal::derive(move || {
        let mut people = names.with(|names| names.choose_person(whose.get()));
        if let Some((id, words)) = people.first_mut() {
            ANYBODY.clone_into(id);
            t_string!(i18n, today.anybody).clone_into(words);
        }
        people
    });
    let value = Signal::derive(move || whose.get().map_or_else(|| ANYBODY.to_owned(), |id| id.to_string()));
    let is_other = Memo::new(move |_| whose.get().is_some() && whose.get() != store.me());
    let is_me = Memo::new(move |_| whose.get().is_some() && whose.get() == store.me());
    let say_me = move |_| be(whose.get_untracked());
    view! {
        <div class="today__person">
            <SelectField
                label=Signal::derive(move || t_string!(i18n, today.whose).to_owned())
                options
                value
                on_change=move |key: String| navigation.set_query(KEY, Some(&key))
            />
            <Show when=move || is_other.get()>
                <Button on_click=say_me>{t!(i18n, today.be)}</Button>
            </Show>
            <Show when=move || is_me.get()><p class="small muted">{t!(i18n, today.me)}</p></Show>
        </div>
    }
    .into_any()
}
