//! A menu: a button with a list of actions behind it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::JsCast;

use super::{
    icon::Icon,
    popover::{Popover, PopoverHandle},
};

/// One action of a menu.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// The words, a verb first.
    pub label: Signal<String>,
    /// A picture before the words.
    pub icon: Option<icondata_core::Icon>,
    /// Whether it removes or replaces data.
    pub danger: bool,
    /// What happens; the menu closes first.
    pub on_choose: Callback<()>,
}

/// A button that opens the actions; arrow keys, Home and End move among them.
#[component]
pub fn Menu(
    /// The name of the menu, shown on the button unless `icon` is given.
    #[prop(into)]
    label: Signal<String>,
    /// A picture instead of the name.
    #[prop(optional)]
    icon: Option<icondata_core::Icon>,
    /// The actions.
    #[prop(into)]
    items: Signal<Vec<MenuItem>>,
) -> impl IntoView {
    let class = if icon.is_some() { "button button--bare button--icon" } else { "button" };
    let trigger = move || icon.is_none().then(|| view! { <span class="menu__name">{label}</span> });
    view! {
        <Popover class label role="menu" icon=icon.unwrap_or(icondata_lu::LuChevronDown) trigger>
            <MenuItems items/>
        </Popover>
    }
}

#[component]
fn MenuItems(items: Signal<Vec<MenuItem>>) -> impl IntoView {
    let list = NodeRef::<html::Div>::new();
    let handle = use_context::<PopoverHandle>();
    let buttons = move || {
        items
            .get()
            .into_iter()
            .map(|MenuItem { label, icon, danger, on_choose }| {
                let choose = move |_| {
                    if let Some(handle) = handle {
                        handle.close();
                    }
                    on_choose.run(());
                };
                view! {
                    <button type="button" class="menu__item" class:menu__item--danger=danger role="menuitem" on:click=choose>
                        {icon.map(|icon| view! { <Icon icon/> })}
                        <span>{label}</span>
                    </button>
                }
            })
            .collect_view()
    };
    view! {
        <div node_ref=list class="menu" role="none" on:keydown=move |event| rove(list.get_untracked().as_deref(), &event)>
            {buttons}
        </div>
    }
    .into_any()
}

/// Moves the focus among an element's buttons with the arrow keys, Home and End.
pub(super) fn rove(list: Option<&web_sys::HtmlElement>, event: &ev::KeyboardEvent) {
    let Some(buttons) = list.and_then(|list| list.query_selector_all("button, [role=option]").ok()) else { return };
    let count = buttons.length();
    let focused = document().active_element();
    let here = (0..count).find(|index| {
        buttons
            .item(*index)
            .is_some_and(|node| focused.as_ref().is_some_and(|focused| node.is_same_node(Some(focused))))
    });
    let next = match (event.key().as_str(), here) {
        ("Home", _) | ("ArrowDown" | "ArrowRight", None) => 0,
        ("End", _) | ("ArrowUp" | "ArrowLeft", None) => count.saturating_sub(1),
        ("ArrowDown" | "ArrowRight", Some(here)) => (here + 1) % count,
        ("ArrowUp" | "ArrowLeft", Some(here)) => (here + count - 1) % count,
        _ => return,
    };
    event.prevent_default();
    if let Some(button) = buttons.item(next).and_then(|node| node.dyn_into::<web_sys::HtmlElement>().ok()) {
        // Focusing an element of the page cannot fail.
        button.focus().ok();
    }
}
