//! What the lists of the settings are made of: a card with its refusal, a text in a row, a row to add one more.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    model::{Change, Command},
    store::{Store, use_store},
    ui::{
        components::{
            button::{Button, Variant},
            dom_id,
            icon::Icon,
        },
        format::{Format, use_format},
        wording::{self, I18n},
    },
};

/// Sends commands and keeps the refusal of the last one to show it in place.
#[derive(Debug, Clone, Copy)]
pub(super) struct Desk {
    store: Store,
    i18n: I18n,
    format: Format,
    refusal: RwSignal<Option<String>>,
}

impl Desk {
    /// A desk without refusal.
    pub(super) fn new() -> Self {
        Self { store: use_store(), i18n: use_i18n(), format: use_format(), refusal: RwSignal::new(None) }
    }

    /// The store it sends to.
    pub(super) fn store(self) -> Store {
        self.store
    }

    /// Sends a command; tells whether it was carried out.
    pub(super) fn send(self, command: Command) -> bool {
        self.change(command).is_some()
    }

    /// Sends a command; what it changed, unless it was refused.
    pub(super) fn change(self, command: Command) -> Option<Arc<Change>> {
        let outcome = self.store.dispatch(command);
        let words =
            |rejection| self.store.peek(|workspace| wording::rejection(self.i18n, self.format, workspace, rejection));
        self.refusal.set(outcome.as_ref().err().map(words));
        outcome.ok()
    }

    /// Does something in a field: what it was refused for, to be said beside the field.
    fn said(self, act: impl FnOnce()) -> Option<String> {
        act();
        self.refusal.try_update(Option::take).flatten()
    }

    /// What doing it would be refused for.
    fn would_say(self, act: impl FnOnce()) -> Option<String> {
        self.store.rehearse(|| self.said(act))
    }

    /// Refuses what the model would not.
    pub(super) fn refuse(self, words: &str) {
        self.refusal.set(Some(words.to_owned()));
    }
}

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

/// A text in a row; it is handed over when the person leaves it.
#[component]
pub(super) fn TextCell(
    /// What belongs in it.
    #[prop(into)]
    label: Signal<String>,
    /// The text it shows.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the new text.
    #[prop(into)]
    on_change: Callback<String>,
    /// Where the commands go; what it refuses is said beside the text, already while it is typed.
    desk: Desk,
    /// Whether it holds a figure.
    #[prop(optional)]
    numeric: bool,
) -> impl IntoView {
    let refusal = RwSignal::new(None::<String>);
    let note = dom_id::fresh();
    let say = move |said: Option<String>| drop(refusal.try_set(said));
    let typed = move |event| say(desk.would_say(|| on_change.run(event_target_value(&event))));
    let changed = move |event| say(desk.said(|| on_change.run(event_target_value(&event))));
    view! {
        <div class="settings__cell" class:settings__cell--number=numeric>
            <input
                class="field__control"
                class:field__control--number=numeric
                type="text"
                inputmode=numeric.then_some("decimal")
                autocomplete="off"
                aria-label=label
                aria-invalid=move || refusal.with(|refusal| refusal.as_ref().map(|_| "true"))
                aria-describedby=note.clone()
                prop:value=value
                on:input=typed
                on:change=changed
            />
            <Note id=note refusal/>
        </div>
    }
}

/// What a text was refused for, beside it.
#[component]
fn Note(id: String, refusal: RwSignal<Option<String>>) -> impl IntoView {
    view! { <div id=id class="field__note field__note--error">{refusal}</div> }
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
            <div class="settings__cell">
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
