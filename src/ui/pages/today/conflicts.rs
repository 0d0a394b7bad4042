//! A line for who leads the team: customers of several sellers.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    metrics::conflicts,
    model::{PersonId, Workspace},
    store::use_store,
    ui::{
        components::icon::Icon,
        format::use_format,
        route::{Query, Route},
    },
};

/// How many customers have several sellers, with the way there; for who leads a department, and on everybody's day.
#[component]
pub fn ConflictsLine(
    /// Whose day it is; `None` is everybody's.
    whose: Memo<Option<PersonId>>,
) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let count = Memo::new(move |_| {
        store.with(|workspace| {
            let concerns = whose.get().is_none_or(|person| leads(workspace, person));
            if concerns { conflicts(workspace, &[]).len() } else { 0 }
        })
    });
    let words =
        move || t_string!(i18n, team.conflicts.today, count = count.get(), n = format.count(count.get())).to_string();
    view! {
        <Show when=move || count.get() != 0>
            <p class="card today__conflicts" data-testid="today-conflicts">
                <Icon icon=icondata_lu::LuUsers/>
                <a href=Route::Team.href(&Query::default().with("tab", "conflicts"))>{words}</a>
            </p>
        </Show>
    }
    .into_any()
}

/// Whether a department says that this person leads it.
fn leads(workspace: &Workspace, person: PersonId) -> bool {
    let Some(person) = workspace.people.get(person) else { return false };
    workspace.departments.iter().any(|department| department.is_led_by(person))
}
