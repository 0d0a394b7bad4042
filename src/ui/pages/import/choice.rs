//! A select without a label of its own, for cells of tables.

use leptos::prelude::*;

/// A list to choose one thing from, named for readers only.
#[component]
pub(super) fn Choice(
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
    let choices = move || {
        let chosen = value.get();
        let option = |(option, text): (String, String)| {
            let selected = option == chosen;
            view! { <option value=option prop:selected=selected>{text}</option> }
        };
        options.get().into_iter().map(option).collect_view()
    };
    view! {
        <select class="field__control" aria-label=label on:change=move |event| on_change.run(event_target_value(&event))>
            {choices}
        </select>
    }
}

/// The element of a list that a select's value, its place, stands for.
pub(super) fn at<T: Copy>(list: &[T], value: &str) -> Option<T> {
    list.get(value.parse::<usize>().ok()?).copied()
}

/// The select's value for an element of a list; empty when it is not in it.
pub(super) fn place<T: PartialEq>(list: &[T], element: &T) -> String {
    list.iter().position(|other| other == element).map_or_else(String::new, |place| place.to_string())
}

/// Words that follow the language.
pub(super) fn says(words: impl Fn() -> &'static str + Send + Sync + 'static) -> Signal<String> {
    Signal::derive(move || words().to_owned())
}
