//! A choice between two to four things, all in view.

use leptos::prelude::*;

use super::dom_id;

/// Native radio buttons drawn as one strip; arrow keys move between them.
#[component]
pub fn Segmented<T>(
    /// What is chosen here.
    #[prop(into)]
    label: Signal<String>,
    /// The choices with their words.
    options: Vec<(T, Signal<String>)>,
    /// The present choice.
    #[prop(into)]
    value: Signal<T>,
    /// Takes a new choice.
    #[prop(into)]
    on_change: Callback<T>,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let name = dom_id::fresh();
    let options = options
        .into_iter()
        .map(|(option, text)| {
            view! {
                <label class="segmented__option">
                    <input
                        type="radio"
                        name=name.clone()
                        prop:checked=move || value.get() == option
                        on:change=move |_| on_change.run(option)
                    />
                    <span>{text}</span>
                </label>
            }
        })
        .collect_view();
    view! { <div class="segmented" role="radiogroup" aria-label=label>{options}</div> }.into_any()
}
