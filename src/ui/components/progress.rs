//! Progress of long work, with a way out.

use leptos::prelude::*;

use super::button::Button;
use crate::i18n::{t, use_i18n};

/// A bar that fills, with words and a button that stops the work.
#[component]
pub fn Progress(
    /// What is being done now.
    #[prop(into)]
    label: Signal<String>,
    /// How much is done, 0 to 1; `None` while nobody knows.
    #[prop(into)]
    share: Signal<Option<f64>>,
    /// Stops the work.
    #[prop(into)]
    on_cancel: Callback<()>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div class="progress">
            <span class="progress__label" aria-live="polite">{label}</span>
            <progress max="1" aria-label=label value=move || share.get().map(|share| share.to_string())></progress>
            <Button on_click=move |_| on_cancel.run(())>{t!(i18n, common.cancel)}</Button>
        </div>
    }
}
