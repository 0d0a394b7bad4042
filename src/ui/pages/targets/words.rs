//! Some texts, each a chip to take away, with a field to add one more.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    ui::{
        components::{dom_id, icon::Icon},
        parts::editor::Refusal,
    },
};

/// The words of a criterion.
#[component]
pub(super) fn Words(
    /// What the words are.
    #[prop(into)]
    label: Signal<String>,
    /// The words as they are stored.
    #[prop(into)]
    words: Signal<Vec<String>>,
    /// Texts to choose from, with how many customers have each.
    #[prop(into)]
    offered: Signal<Vec<(String, usize)>>,
    /// Shows what the words would do, with the one that is being typed.
    #[prop(into)]
    preview: Callback<Vec<String>>,
    /// Saves the words.
    #[prop(into)]
    save: Callback<Vec<String>, Refusal>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (id, list) = (dom_id::fresh(), dom_id::fresh());
    let typed = RwSignal::new(String::new());
    let refusal = RwSignal::new(None::<String>);
    let with = move |word: &str| {
        let mut words = words.get_untracked();
        let word = word.trim();
        if !word.is_empty() && !words.iter().any(|known| known == word) {
            words.push(word.to_owned());
        }
        words
    };
    let chip = move |word: String| {
        let gone = word.clone();
        let remove = move |_| {
            let mut words = words.get_untracked();
            words.retain(|known| *known != gone);
            refusal.set(save.run(words));
        };
        let name = {
            let word = word.clone();
            move || t_string!(i18n, targets.remove_word, word = word.clone()).to_string()
        };
        view! {
            <li class="words__one">
                <span>{word}</span>
                <button type="button" class="words__remove" aria-label=name on:click=remove><Icon icon=icondata_lu::LuX/></button>
            </li>
        }
    };
    let on_change = move |event| {
        let words = with(&event_target_value(&event));
        typed.set(String::new());
        refusal.set(save.run(words));
    };
    let on_input = move |event| {
        let text = event_target_value(&event);
        preview.run(with(&text));
        typed.set(text);
    };
    let options = move || {
        let option = |(word, count): (String, usize)| view! { <option value=word>{count}</option> };
        offered.get().into_iter().map(option).collect_view()
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{label}</label>
            <ul class="words"><For each=move || words.get() key=Clone::clone children=chip/></ul>
            <input
                id=id
                class="field__control"
                type="text"
                autocomplete="off"
                list=list.clone()
                placeholder=move || t_string!(i18n, targets.add_word)
                prop:value=typed
                on:input=on_input
                on:change=on_change
            />
            <datalist id=list>{options}</datalist>
            <div class="field__note field__note--error">{move || refusal.get()}</div>
        </div>
    }
    .into_any()
}
