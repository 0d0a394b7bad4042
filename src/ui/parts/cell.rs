//! A text that is changed where it stands, in a row or a table: what its command is refused for is said beside it.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::use_i18n,
    model::{Change, Command},
    store::{Store, use_store},
    ui::{
        components::dom_id,
        format::{Format, use_format},
        wording::{self, I18n},
    },
};

/// Sends commands and keeps the refusal of the last one to show it in place.
#[derive(Debug, Clone, Copy)]
pub struct Desk {
    store: Store,
    i18n: I18n,
    format: Format,
    /// Why the last command was refused.
    pub refusal: RwSignal<Option<String>>,
}

impl Desk {
    /// A desk without refusal.
    pub fn new() -> Self {
        Self { store: use_store(), i18n: use_i18n(), format: use_format(), refusal: RwSignal::new(None) }
    }

    /// The store it sends to.
    pub fn store(self) -> Store {
        self.store
    }

    /// Sends a command; tells whether it was carried out.
    pub fn send(self, command: Command) -> bool {
        self.change(command).is_some()
    }

    /// Sends a command; what it changed, unless it was refused.
    pub fn change(self, command: Command) -> Option<Arc<Change>> {
        let outcome = self.store.dispatch(command);
        let words =
            |rejection| self.store.peek(|workspace| wording::rejection(self.i18n, self.format, workspace, rejection));
        self.refusal.set(outcome.as_ref().err().map(words));
        outcome.ok()
    }

    /// Does something in a field: what it was refused for, to be said beside the field.
    pub fn said(self, act: impl FnOnce()) -> Option<String> {
        act();
        self.refusal.try_update(Option::take).flatten()
    }

    /// What doing it would be refused for.
    pub fn would_say(self, act: impl FnOnce()) -> Option<String> {
        self.store.rehearse(|| self.said(act))
    }

    /// Refuses what the model would not.
    pub fn refuse(self, words: &str) {
        self.refusal.set(Some(words.to_owned()));
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}

/// A text in a row; it is handed over when the person leaves it.
#[component]
pub fn TextCell(
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
    /// What holds as long as it is empty.
    #[prop(optional, into)]
    otherwise: MaybeProp<String>,
) -> impl IntoView {
    let refusal = RwSignal::new(None::<String>);
    let note = dom_id::fresh();
    let say = move |said: Option<String>| drop(refusal.try_set(said));
    let typed = move |event| say(desk.would_say(|| on_change.run(event_target_value(&event))));
    let changed = move |event| say(desk.said(|| on_change.run(event_target_value(&event))));
    view! {
        <div class="text-cell" class:text-cell--number=numeric>
            <input
                class="field__control"
                class:field__control--number=numeric
                type="text"
                inputmode=numeric.then_some("decimal")
                autocomplete="off"
                aria-label=label
                placeholder=move || otherwise.get()
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
pub fn Note(
    /// Its id, for the control that it describes.
    id: String,
    /// The words.
    refusal: RwSignal<Option<String>>,
) -> impl IntoView {
    view! { <div id=id class="field__note field__note--error">{refusal}</div> }
}
