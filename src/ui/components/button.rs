//! Buttons.

use leptos::{ev, prelude::*};

use super::icon::Icon;

/// How much a button asks for attention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Variant {
    /// The one thing to do next.
    Primary,
    /// Everything else.
    #[default]
    Quiet,
    /// What removes or replaces data.
    Danger,
    /// An action inside text or a toolbar, without a frame.
    Bare,
}

impl Variant {
    const fn class(self) -> &'static str {
        match self {
            Self::Primary => "button button--primary",
            Self::Quiet => "button",
            Self::Danger => "button button--danger",
            Self::Bare => "button button--bare",
        }
    }
}

/// A button with words, an icon or both.
#[component]
pub fn Button(
    /// What happens on a click.
    #[prop(into)]
    on_click: Callback<ev::MouseEvent>,
    /// How much it asks for attention.
    #[prop(optional)]
    variant: Variant,
    /// A picture before the words.
    #[prop(optional)]
    icon: Option<icondata_core::Icon>,
    /// The name of a button that shows an icon only; also its hint.
    #[prop(optional, into)]
    label: MaybeProp<String>,
    /// Whether the work it started still runs: it stays in place and takes no clicks.
    #[prop(optional, into)]
    busy: Signal<bool>,
    /// Whether there is nothing to do now.
    #[prop(optional, into)]
    disabled: Signal<bool>,
    /// The words on it, a verb first.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let bare = children.is_none();
    view! {
        <button
            type="button"
            class=variant.class()
            class:button--icon=bare
            aria-label=move || label.get()
            title=move || label.get()
            aria-busy=move || busy.get().then_some("true")
            prop:disabled=move || disabled.get()
            on:click=move |event| if !busy.get_untracked() { on_click.run(event) }
        >
            {icon.map(|icon| view! { <Icon icon/> })}
            {children.map(|children| children())}
        </button>
    }
}
