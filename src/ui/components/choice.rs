//! A select without a label of its own, for cells of tables.

use leptos::prelude::*;

/// A list to choose one thing from, named for readers only.
#[component]
pub fn Choice(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value of the present choice.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the value of a new choice.
    #[prop(into)]
    on_change: Callback<String>,
) -> impl IntoView {
    view! {
        <select class="field__control" aria-label=label on:change=move |event| on_change.run(event_target_value(&event))>
            {choices(options, value)}
        </select>
    }
    .into_any()
}

/// The choices of a select: value and words. The one with this value is chosen.
pub(super) fn choices(options: Signal<Vec<(String, String)>>, value: Signal<String>) -> AnyView {
    let choices = move || {
        let chosen = value.get();
        let option = |(option, text): (String, String)| {
            let selected = option == chosen;
            view! { <option value=option prop:selected=selected>{text}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
    choices.into_any()
}
