//! What the lists of the settings are made of: a card with its refusal, texts in rows, a row to add one more.

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    ui::{
        components::{
            button::{Button, Variant},
            dom_id,
            icon::Icon,
        },
        parts::cell::Note,
    },
};

pub(super) use crate::ui::parts::cell::{Desk, TextCell};

/// A card with a heading, what it is for, its rows and what was refused last.
#[component]
pub(super) fn Part(
    /// The heading.
    #[prop(into)]
    title: Signal<String>,
    /// What it is for.
    #[prop(into)]
    what: Signal<String>,
    /// Where its commands go.
    desk: Desk,
    /// The rows.
    children: Children,
) -> impl IntoView {
    view! {
        <section class="card settings__list" aria-label=title>
            <h3>{title}</h3>
            <Show when=move || what.with(|what| !what.is_empty())><p class="muted small">{what}</p></Show>
            {children()}
            <p class="settings__refusal" role="alert">{move || desk.refusal.get()}</p>
        </section>
    }
    .into_any()
}

/// The button that removes a row.
#[component]
pub(super) fn RemoveButton(
    /// What goes.
    #[prop(into)]
    label: Signal<String>,
    /// Removes it.
    #[prop(into)]
    on_remove: Callback<()>,
) -> impl IntoView {
    view! { <Button variant=Variant::Bare icon=icondata_lu::LuTrash2 label on_click=move |_| on_remove.run(())/> }
}

/// A row to add one more by name.
#[component]
pub(super) fn AddRow(
    /// What is added.
    #[prop(into)]
    label: Signal<String>,
    /// Adds it; tells whether it was taken, so that the row can be emptied.
    #[prop(into)]
    on_add: Callback<String, bool>,
    /// Where the command goes; what it refuses is said beside the text, already while it is typed.
    desk: Desk,
) -> impl IntoView {
    let i18n = use_i18n();
    let (name, refusal) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let note = dom_id::fresh();
    let add = move || {
        let mut added = false;
        refusal.set(desk.said(|| added = on_add.run(name.get_untracked().trim().to_owned())));
        if added {
            name.set(String::new());
        }
    };
    let typed = move |event| {
        let text: String = event_target_value(&event);
        let sought = text.trim().to_owned();
        let add = || {
            on_add.run(sought.clone());
        };
        refusal.set(if sought.is_empty() { None } else { desk.would_say(add) });
        name.set(text);
    };
    view! {
        <form class="settings__add" on:submit=move |event| { event.prevent_default(); add() }>
            <div class="text-cell">
                <input
                    class="field__control"
                    type="text"
                    autocomplete="off"
                    aria-label=label
                    placeholder=label
                    aria-invalid=move || refusal.with(|refusal| refusal.as_ref().map(|_| "true"))
                    aria-describedby=note.clone()
                    prop:value=name
                    on:input=typed
                />
                <Note id=note refusal/>
            </div>
            <button type="submit" class="button"><Icon icon=icondata_lu::LuPlus/>{t!(i18n, settings.add)}</button>
        </form>
    }
    .into_any()
}
