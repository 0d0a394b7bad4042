//! Icons: Lucide, drawn inline in the colour of the text around them.

use leptos::prelude::*;

/// A picture beside words; always hidden from readers, so the words must say it all.
#[component]
pub fn Icon(
    /// Which picture, such as `icondata_lu::LuSearch`.
    icon: icondata_core::Icon,
) -> impl IntoView {
    view! {
        <svg
            class="icon"
            viewBox=icon.view_box
            fill="none"
            stroke="currentColor"
            stroke-width=icon.stroke_width
            stroke-linecap=icon.stroke_linecap
            stroke-linejoin=icon.stroke_linejoin
            aria-hidden="true"
            inner_html=icon.data
        ></svg>
    }
}
