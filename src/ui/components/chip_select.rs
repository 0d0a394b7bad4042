//! A filter: a chip that opens a list to search and tick.

use leptos::prelude::*;

use super::popover::Popover;
use crate::i18n::{t, t_string, use_i18n};

/// More choices than this come with a search field.
const SEARCH_ABOVE: usize = 8;

/// A chip that shows what is chosen; nothing ticked means all.
#[component]
pub fn ChipSelect(
    /// What is filtered: stage, person, product.
    #[prop(into)]
    label: Signal<String>,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The values ticked.
    #[prop(into)]
    chosen: Signal<Vec<String>>,
    /// Takes the values after every tick.
    #[prop(into)]
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let summary = move || {
        chosen.with(|chosen| match chosen.as_slice() {
            [] => t_string!(i18n, common.all).to_owned(),
            [one] => options
                .with(|options| options.iter().find(|(value, _)| value == one).map(|(_, text)| text.clone()))
                .unwrap_or_else(|| one.clone()),
            several => several.len().to_string(),
        })
    };
    let class = "chip";
    view! {
        <Popover class panel_label=label role="dialog" icon=icondata_lu::LuChevronDown trigger=move || view! {
            <span class="chip__name">{label}</span>
            <span class="chip__value">{summary}</span>
        }>
            <Choices label options chosen on_change/>
        </Popover>
    }
}

#[component]
fn Choices(
    label: Signal<String>,
    options: Signal<Vec<(String, String)>>,
    chosen: Signal<Vec<String>>,
    on_change: Callback<Vec<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let sought = RwSignal::new(String::new());
    let found = move || {
        let sought = sought.get().to_lowercase();
        let mut found = options.get();
        found.retain(|(_, text)| text.to_lowercase().contains(&sought));
        found
    };
    let toggle = move |value: &str| {
        let mut values = chosen.get_untracked();
        let before = values.len();
        values.retain(|known| known != value);
        if values.len() == before {
            values.push(value.to_owned());
        }
        on_change.run(values);
    };
    let row = move |(value, text): (String, String)| {
        let known = value.clone();
        let ticked = Memo::new(move |_| chosen.with(|chosen| chosen.contains(&known)));
        view! {
            <label class="checkbox">
                <input type="checkbox" prop:checked=ticked on:change=move |_| toggle(&value)/>
                <span>{text}</span>
            </label>
        }
    };
    view! {
        <div class="choices" role="group" aria-label=label>
            <Show when=move || options.with(|options| options.len() > SEARCH_ABOVE)>
                <input
                    type="search"
                    class="field__control"
                    aria-label=move || t_string!(i18n, common.search)
                    placeholder=move || t_string!(i18n, common.search)
                    on:input=move |event| sought.set(event_target_value(&event))
                />
            </Show>
            <div class="choices__list">
                <For each=found key=Clone::clone children=row/>
                <Show when=move || found().is_empty()><p class="muted">{t!(i18n, common.nothing_found)}</p></Show>
            </div>
            <Show when=move || chosen.with(|chosen| !chosen.is_empty())>
                <button type="button" class="link" on:click=move |_| on_change.run(Vec::new())>
                    {t!(i18n, common.clear)}
                </button>
            </Show>
        </div>
    }
    .into_any()
}
