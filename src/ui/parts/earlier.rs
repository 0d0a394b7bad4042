//! The way to what happened earlier than what is shown.

use leptos::prelude::*;

use crate::i18n::{t_string, use_i18n};

/// A button that shows as many entries more, with their number; nothing when all are shown.
#[component]
pub fn Earlier(
    /// How many entries there are.
    #[prop(into)]
    all: Signal<usize>,
    /// How many of them are shown, the newest.
    shown: RwSignal<usize>,
    /// How many more are shown at a time.
    step: usize,
) -> impl IntoView {
    let i18n = use_i18n();
    let left = Memo::new(move |_| all.get().saturating_sub(shown.get()));
    view! {
        <Show when=move || left.get() != 0>
            <button type="button" class="link" data-testid="earlier" on:click=move |_| shown.update(|shown| *shown += step)>
                {move || t_string!(i18n, activity.earlier, count = left.get()).to_string()}
            </button>
        </Show>
    }
    .into_any()
}
