//! A panel that hangs from a button: the browser's own popover, so that Escape, a click elsewhere
//! and the return of focus come with it.

use leptos::{ev, html, prelude::*};
use wasm_bindgen::{JsCast, JsValue};

use super::{dom_id, icon::Icon};

/// Lets the contents of a popover close it; found in context inside the panel.
#[derive(Debug, Clone, Copy)]
pub struct PopoverHandle(NodeRef<html::Div>);

impl PopoverHandle {
    /// Closes the panel; the focus goes back to the button.
    pub fn close(self) {
        if let Some(panel) = self.0.get_untracked() {
            // Refused only when it is closed already.
            panel.hide_popover().ok();
        }
    }
}

/// A button and the panel that it opens. The panel's contents exist while it is open.
#[component]
pub fn Popover(
    /// The class of the button.
    #[prop(default = "button")]
    class: &'static str,
    /// The name of a button without words.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// The name of the panel, when the button has words of its own.
    #[prop(optional, into)]
    panel_label: MaybeProp<String>,
    /// What the panel is to readers: `dialog`, `menu` or `listbox`.
    #[prop(default = "dialog")]
    role: &'static str,
    /// A picture on the button.
    #[prop(optional)]
    icon: Option<icondata_core::Icon>,
    /// The words on the button.
    #[prop(into)]
    trigger: ViewFn,
    /// The contents of the panel.
    children: ChildrenFn,
) -> impl IntoView {
    let id = dom_id::fresh();
    let button = NodeRef::<html::Button>::new();
    let panel = NodeRef::<html::Div>::new();
    let open = RwSignal::new(false);
    let place = RwSignal::new((0.0, 0.0));
    let is_opening =
        |event: &ev::Event| js_sys::Reflect::get(event, &JsValue::from("newState")).is_ok_and(|state| state == "open");
    let on_before = move |event: ev::Event| {
        if is_opening(&event) {
            if let Some(button) = button.get_untracked() {
                let around = button.get_bounding_client_rect();
                place.set((around.left(), around.bottom()));
            }
            open.set(true);
        }
    };
    let on_toggled = move |event: ev::Event| {
        if is_opening(&event) {
            if let Some(first) = panel.get_untracked().and_then(|panel| {
                panel.query_selector("[autofocus], input, button:not([disabled]), a[href], [tabindex]").ok().flatten()
            }) && let Some(first) = first.dyn_ref::<web_sys::HtmlElement>()
            {
                first.focus().ok();
            }
        } else {
            open.set(false);
        }
    };
    let children = StoredValue::new(children);
    view! {
        <button
            node_ref=button
            type="button"
            class=class
            aria-label=move || label.get()
            title=move || label.get()
            aria-haspopup=role
            aria-expanded=move || open.get().to_string()
            popovertarget=id.clone()
        >
            {icon.map(|icon| view! { <Icon icon/> })}
            {trigger.run()}
        </button>
        <div
            node_ref=panel
            id=id
            class="popover"
            role=role
            aria-label=move || panel_label.get().or_else(|| label.get())
            popover="auto"
            style:--x=move || format!("{}px", place.get().0)
            style:--y=move || format!("{}px", place.get().1)
            on:beforetoggle=on_before
            on:toggle=on_toggled
        >
            <Show when=move || open.get()>
                {
                    provide_context(PopoverHandle(panel));
                    children.with_value(|children| children())
                }
            </Show>
        </div>
    }
    .into_any()
}
