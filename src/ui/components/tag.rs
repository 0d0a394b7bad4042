//! Tags: a word with a meaning.

use leptos::prelude::*;

/// What a colour means; the same five everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Tone {
    /// Says nothing of good or bad.
    #[default]
    Neutral,
    /// Chosen or in progress.
    Accent,
    /// Won or healthy.
    Good,
    /// At risk.
    Warn,
    /// Lost, stale or wrong.
    Bad,
}

impl Tone {
    /// The name in class names and data attributes.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Neutral => "neutral",
            Self::Accent => "accent",
            Self::Good => "good",
            Self::Warn => "warn",
            Self::Bad => "bad",
        }
    }
}

/// A short word in a pill.
#[component]
pub fn Tag(
    /// What it means.
    #[prop(optional, into)]
    tone: Signal<Tone>,
    /// The word.
    children: Children,
) -> impl IntoView {
    view! { <span class="tag" data-tone=move || tone.get().as_str()>{children()}</span> }
}
