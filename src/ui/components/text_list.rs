//! A list of short texts: chips to remove and a field to add one more.

use leptos::{ev, html, prelude::*};

use super::{dom_id, field::datalist, icon::Icon};
use crate::{
    i18n::{t_string, use_i18n},
    ui::typed::{self, BETWEEN},
};

/// Short texts, each once. Enter or a comma adds what is typed, Backspace in the empty field takes the last one away.
#[component]
pub fn TextList(
    /// What they are.
    #[prop(into)]
    label: Signal<String>,
    /// The texts.
    #[prop(into)]
    values: Signal<Vec<String>>,
    /// Texts offered while typing; any other may be written.
    #[prop(into)]
    offered: Signal<Vec<String>>,
    /// Takes the texts after every change.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
    /// What is wrong with the last change.
    #[prop(optional, into)]
    error: MaybeProp<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (id, note) = (dom_id::fresh(), dom_id::fresh());
    let input = NodeRef::<html::Input>::new();
    let wanted = RwSignal::new(false);
    // What others wrote is looked up when somebody is about to write.
    let open = Memo::new(move |_| {
        let mut open = if wanted.get() { offered.get() } else { Vec::new() };
        values.with(|values| open.retain(|text| !values.contains(text)));
        open
    });
    let (list, suggestions) = datalist(open.into());
    let add = move |typed: &str| {
        let before = values.get_untracked();
        let mut after = before.clone();
        for text in typed::list(typed) {
            if !after.contains(&text) {
                after.push(text);
            }
        }
        if after != before {
            on_change.run(after);
        }
    };
    let take = move || {
        let Some(input) = input.get_untracked() else { return };
        let typed = input.value();
        // Emptied first: a field that is taken away with the change would tell its text again.
        input.set_value("");
        add(&typed);
    };
    let remove = move |text: &str| {
        let mut left = values.get_untracked();
        left.retain(|known| known != text);
        on_change.run(left);
        if let Some(input) = input.get_untracked() {
            // Focusing an element of the page cannot fail.
            input.focus().ok();
        }
    };
    let on_key = move |event: ev::KeyboardEvent| {
        let empty = input.get_untracked().is_none_or(|input| input.value().is_empty());
        match event.key().as_str() {
            "Enter" if !empty => {
                event.prevent_default();
                take();
            }
            "Backspace" if empty => {
                if let Some(text) = values.with_untracked(|values| values.last().cloned()) {
                    remove(&text);
                }
            }
            _ => {}
        }
    };
    let on_input = move |event| {
        if event_target_value(&event).ends_with(BETWEEN) {
            take();
        }
    };
    let chip = move |text: String| {
        let (named, gone) = (text.clone(), text.clone());
        let words = Signal::derive(move || t_string!(i18n, common.remove, name = named.clone()).to_string());
        view! {
            <li>
                <button type="button" class="chip" aria-label=words title=words on:click=move |_| remove(&gone)>
                    <span class="chip__value">{text}</span><Icon icon=icondata_lu::LuX/>
                </button>
            </li>
        }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <div class="text-list">
                <ul class="text-list__values" hidden=move || values.with(Vec::is_empty)>
                    <For each=move || values.get() key=Clone::clone children=chip/>
                </ul>
                <input
                    node_ref=input
                    id=id
                    class="field__control"
                    type="text"
                    autocomplete="off"
                    list=list
                    placeholder=move || t_string!(i18n, common.add_text)
                    aria-invalid=move || error.get().map(|_| "true")
                    aria-describedby=note.clone()
                    on:focus=move |_| wanted.set(true)
                    on:input=on_input
                    on:change=move |_| take()
                    on:keydown=on_key
                />
                {suggestions}
            </div>
            <div id=note class="field__note field__note--error">{move || error.get()}</div>
        </div>
    }
    .into_any()
}
