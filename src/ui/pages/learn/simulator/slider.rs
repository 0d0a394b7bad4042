//! A number that is set with a slider: by mouse, finger and arrow keys.

use leptos::prelude::*;

/// A slider with its name and its value in words.
#[component]
pub(super) fn Slider(
    /// What is set.
    #[prop(into)]
    label: Signal<String>,
    /// The value in words.
    #[prop(into)]
    text: Signal<String>,
    /// The value.
    #[prop(into)]
    value: Signal<u32>,
    /// The largest value.
    #[prop(into)]
    most: Signal<u32>,
    /// From one value to the next.
    #[prop(default = 1)]
    step: u32,
    /// Names it for tests.
    id: &'static str,
    /// Takes a new value.
    #[prop(into)]
    on_change: Callback<u32>,
) -> impl IntoView {
    let read = move |event| {
        if let Ok(value) = event_target_value(&event).parse() {
            on_change.run(value);
        }
    };
    view! {
        <label class="slider">
            <span class="slider__label">{label}</span>
            <span class="slider__value">{text}</span>
            <input
                type="range"
                class="slider__input"
                min="0"
                max=move || most.get().to_string()
                step=step.to_string()
                aria-valuetext=text
                data-testid=id
                prop:value=move || {
                    // The end first: a value beyond the end that was there would be cut.
                    most.track();
                    value.get().to_string()
                }
                on:input=read
            />
        </label>
    }
    .into_any()
}
