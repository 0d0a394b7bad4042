//! Where the focus goes when a dialog opens.

use leptos::{html, prelude::*};
use wasm_bindgen::JsCast;

/// Gives the focus to the first control inside, once it is in the page.
#[component]
pub fn FirstFocus(
    /// The contents of the dialog.
    children: Children,
) -> impl IntoView {
    let inside = NodeRef::<html::Div>::new();
    Effect::new(move || {
        let Some(inside) = inside.get() else { return };
        // The dialog takes the focus itself when it opens; this comes after.
        request_animation_frame(move || {
            let first = inside.query_selector("input, select, textarea, button:not([disabled])").ok().flatten();
            if let Some(first) = first.and_then(|first| first.dyn_into::<web_sys::HtmlElement>().ok()) {
                // Focusing an element of the page cannot fail.
                first.focus().ok();
            }
        });
    });
    view! { <div node_ref=inside class="form">{children()}</div> }.into_any()
}
