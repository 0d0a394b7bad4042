//! A meter: how full something of known size is.

use leptos::prelude::*;

use super::tag::Tone;

/// A bar with its words above.
#[component]
pub fn Meter(
    /// What is measured.
    #[prop(into)]
    label: Signal<String>,
    /// The figures in words: `2.1 of 5.2 MB`.
    #[prop(into)]
    text: Signal<String>,
    /// How full, 0 to 1; other values are drawn as the nearest end.
    #[prop(into)]
    share: Signal<f64>,
) -> impl IntoView {
    let filled = move || share.get().clamp(0.0, 1.0);
    let tone = move || match filled() {
        share if share >= 0.9 => Tone::Bad,
        share if share >= 0.7 => Tone::Warn,
        _ => Tone::Accent,
    };
    view! {
        <div class="meter">
            <div class="meter__words"><span>{label}</span><span class="muted">{text}</span></div>
            <div
                class="meter__bar"
                role="meter"
                aria-label=label
                aria-valuemin="0"
                aria-valuemax="1"
                aria-valuenow=move || filled().to_string()
                aria-valuetext=text
                data-tone=move || tone().as_str()
                style:--share=move || filled().to_string()
            ></div>
        </div>
    }
}
