//! What a page shows while it has nothing to show.

use leptos::prelude::*;

use super::icon::Icon;

/// A picture, a sentence that says what belongs here, and the next step.
#[component]
pub fn Empty(
    /// A picture of what is missing.
    icon: icondata_core::Icon,
    /// What belongs here.
    #[prop(into)]
    text: Signal<String>,
    /// The next step: a button or a link.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon icon/>
            <p>{text}</p>
            {children.map(|children| view! { <div class="empty__step">{children()}</div> })}
        </div>
    }
}
