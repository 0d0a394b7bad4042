//! Tabs: parts of a page of which one is in view.

use leptos::{html, prelude::*};

use super::{dom_id, menu::rove};

/// A row of tabs with the panel of the chosen one; arrow keys move, Enter or Space chooses.
#[component]
pub fn Tabs<T>(
    /// What the tabs divide.
    #[prop(into)]
    label: Signal<String>,
    /// The tabs with their words.
    tabs: Vec<(T, Signal<String>)>,
    /// The tab in view.
    #[prop(into)]
    value: Signal<T>,
    /// Takes the chosen tab.
    #[prop(into)]
    on_change: Callback<T>,
    /// The panel of the tab in view.
    children: Children,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let list = NodeRef::<html::Div>::new();
    let panel = dom_id::fresh();
    // Where the row is too narrow for all, the chosen tab comes into view.
    Effect::new(move |_| {
        value.track();
        if let Some(list) = list.get()
            && let Ok(Some(tab)) = list.query_selector("[aria-selected=true]")
        {
            let (row, tab) = (list.get_bounding_client_rect(), tab.get_bounding_client_rect());
            let past = (tab.right() - row.right()).max(0.0) - (row.left() - tab.left()).max(0.0);
            #[expect(clippy::cast_possible_truncation, reason = "pixels of a screen")]
            list.set_scroll_left(list.scroll_left() + past.round() as i32);
        }
    });
    let tabs = tabs
        .into_iter()
        .map(|(tab, text)| {
            let chosen = Memo::new(move |_| value.get() == tab);
            view! {
                <button
                    type="button"
                    class="tabs__tab"
                    role="tab"
                    aria-selected=move || chosen.get().to_string()
                    aria-controls=panel.clone()
                    tabindex=move || if chosen.get() { "0" } else { "-1" }
                    on:click=move |_| on_change.run(tab)
                >
                    {text}
                </button>
            }
        })
        .collect_view();
    view! {
        <div
            node_ref=list
            class="tabs"
            role="tablist"
            aria-label=label
            on:keydown=move |event| rove(list.get_untracked().as_deref(), &event)
        >
            {tabs}
        </div>
        <div id=panel role="tabpanel" aria-label=label>{children()}</div>
    }
    .into_any()
}
