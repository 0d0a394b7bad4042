//! A dialog over the page: the browser's own, so that focus stays inside and returns afterwards.

use leptos::{html, prelude::*};

use super::{dom_id, icon::Icon};
use crate::i18n::{t_string, use_i18n};

/// A modal dialog with a title; Escape and the cross close it.
#[component]
pub fn Dialog(
    /// Whether it is open.
    #[prop(into)]
    open: Signal<bool>,
    /// What it is about.
    #[prop(into)]
    title: Signal<String>,
    /// Runs when the person closes it; the owner then sets `open` to false.
    #[prop(into)]
    on_close: Callback<()>,
    /// The contents, last the row of buttons in `.dialog__actions`. They exist while it is open.
    children: ChildrenFn,
) -> impl IntoView {
    let i18n = use_i18n();
    let dialog = NodeRef::<html::Dialog>::new();
    let id = StoredValue::new(dom_id::fresh());
    let children = StoredValue::new(children);
    Effect::new(move || {
        let open = open.get();
        let Some(dialog) = dialog.get() else { return };
        if open && !dialog.open() {
            // Refused only for a dialog that is not in the page.
            dialog.show_modal().ok();
        } else if !open && dialog.open() {
            dialog.close();
        }
    });
    // The browser tells of a closing later; by then the dialog may be open again for something else.
    let closed = move |_| {
        let is_closed = dialog.get_untracked().is_none_or(|dialog| !dialog.open());
        if is_closed && open.get_untracked() {
            on_close.run(());
        }
    };
    view! {
        <dialog
            node_ref=dialog
            class="dialog"
            aria-labelledby=id.get_value()
            on:close=closed
        >
            <Show when=move || open.get()>
                <div class="dialog__head">
                    <h2 id=id.get_value()>{title}</h2>
                    <button
                        type="button"
                        class="button button--bare button--icon"
                        aria-label=move || t_string!(i18n, common.close)
                        on:click=move |_| on_close.run(())
                    >
                        <Icon icon=icondata_lu::LuX/>
                    </button>
                </div>
                <div class="dialog__body">{children.with_value(|children| children())}</div>
            </Show>
        </dialog>
    }
    .into_any()
}
