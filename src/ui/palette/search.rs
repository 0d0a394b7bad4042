//! The field of the palette and its answers.

use leptos::{ev, html, prelude::*};

use super::entry::{Entry, carry_out, of_hit, steps};
use crate::{
    i18n::{t, t_string, use_i18n},
    search::{Hay, Index, Needle},
    store::use_store,
    ui::{
        anywhere::use_anywhere,
        route::use_navigation,
        settings::use_settings,
        timing::{measure_until_painted, moment},
    },
};

/// How many records of each kind are offered.
const MOST: usize = 8;

/// The name under which the browser's performance record keeps how long an answer takes to be painted.
const MEASURE: &str = "loudou:search";

/// A field, and what answers to its text: steps and pages, then records.
#[component]
pub(super) fn Search() -> impl IntoView {
    let (i18n, store, anywhere) = (use_i18n(), use_store(), use_anywhere());
    let (navigation, settings) = (use_navigation(), use_settings());
    let sought = RwSignal::new(String::new());
    let active = RwSignal::new(0_usize);
    let steps: Vec<(Hay, Entry)> =
        steps(i18n, store).into_iter().map(|entry| (Hay::new(&entry.words), entry)).collect();
    // Nothing can be renamed while the palette is open.
    let index = StoredValue::new(store.peek(Index::of));
    let entries = Memo::new(move |_| {
        let needle = sought.with(|sought| Needle::new(sought));
        let answers = steps.iter().filter_map(|(hay, entry)| Some((needle.rank(hay)?, entry.clone())));
        let mut entries: Vec<(u8, Entry)> = answers.collect();
        let hits = index.with_value(|index| index.find(&needle, MOST));
        store.with(|workspace| {
            entries.extend(hits.into_iter().filter_map(|hit| Some((hit.rank, of_hit(i18n, workspace, hit)?))));
        });
        // The best answers first, whatever they are; among equals steps and pages, then records.
        entries.sort_by_key(|(rank, _)| *rank);
        entries.into_iter().map(|(_, entry)| entry).collect::<Vec<_>>()
    });
    let run = move |entry: Entry| carry_out(entry.step, store, anywhere, navigation, settings);
    let on_key = move |event: ev::KeyboardEvent| {
        let last = entries.with_untracked(Vec::len).saturating_sub(1);
        let here = active.get_untracked();
        match event.key().as_str() {
            "ArrowDown" => active.set(if here >= last { 0 } else { here + 1 }),
            "ArrowUp" => active.set(if here == 0 { last } else { here - 1 }),
            // A word that is still being composed takes its own Enter.
            "Enter" if !event.is_composing() => {
                if let Some(entry) = entries.with_untracked(|entries| entries.get(here).cloned()) {
                    run(entry);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let on_input = move |event: ev::Event| {
        let start = moment();
        sought.set(event_target_value(&event));
        active.set(0);
        measure_until_painted(MEASURE, start);
    };
    let field = NodeRef::<html::Input>::new();
    Effect::new(move || {
        if let Some(field) = field.get() {
            // Focusing an element of the page cannot fail.
            field.focus().ok();
        }
    });
    Effect::new(move || {
        let option = document().get_element_by_id(&option_id(active.get()));
        if let Some(option) = option {
            let nearest = web_sys::ScrollIntoViewOptions::new();
            nearest.set_block(web_sys::ScrollLogicalPosition::Nearest);
            option.scroll_into_view_with_scroll_into_view_options(&nearest);
        }
    });
    let option = move |(place, entry): (usize, Entry)| {
        let chosen = Memo::new(move |_| active.get() == place);
        let (words, note) = (entry.words.clone(), entry.note.clone());
        view! {
            <li
                id=option_id(place)
                class="palette__option"
                role="option"
                aria-selected=move || chosen.get().to_string()
                on:click=move |_| run(entry.clone())
            >
                <span>{words}</span>
                <span class="muted small">{note}</span>
            </li>
        }
    };
    let options = move || entries.get().into_iter().enumerate().map(option).collect_view();
    view! {
        <input
            node_ref=field
            type="text"
            class="field__control"
            role="combobox"
            aria-expanded="true"
            aria-controls="palette-options"
            aria-activedescendant=move || entries.with(|entries| !entries.is_empty()).then(|| option_id(active.get()))
            aria-label=move || t_string!(i18n, palette.field)
            placeholder=move || t_string!(i18n, palette.field)
            autocomplete="off"
            data-testid="palette-field"
            on:input=on_input
            on:keydown=on_key
        />
        <ul id="palette-options" class="palette__options" role="listbox" aria-label=move || t_string!(i18n, palette.found)>{options}</ul>
        <Show when=move || entries.with(Vec::is_empty)><p class="muted">{t!(i18n, common.nothing_found)}</p></Show>
    }
    .into_any()
}

fn option_id(place: usize) -> String {
    ["palette-option-", &place.to_string()].concat()
}
