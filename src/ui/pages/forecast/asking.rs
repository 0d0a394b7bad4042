//! A question to the background worker that is asked anew whenever something changes.

use leptos::prelude::*;

use crate::ui::{
    background::{Desk, NoAnswer},
    components::progress::Progress,
    wording::{I18n, import::no_answer},
};

/// The question under way. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Asking {
    /// How much is done; `None` while nothing is under way.
    pub(super) progress: RwSignal<Option<f64>>,
    /// Why there is no answer.
    failure: RwSignal<Option<String>>,
    /// The number of the latest question: earlier answers come too late.
    number: StoredValue<u32>,
    pub(super) worker: Desk,
}

impl Asking {
    /// Nothing asked yet; call it in a component body.
    pub(super) fn new() -> Self {
        let (progress, failure) = (RwSignal::new(None), RwSignal::new(None));
        Self { progress, failure, number: StoredValue::new(0), worker: Desk::new() }
    }

    /// Begins the next question; its number.
    pub(super) fn begin(self) -> u32 {
        self.number.update_value(|number| *number += 1);
        self.progress.set(Some(0.0));
        self.number.get_value()
    }

    /// Whether no later question was begun, or this one given up, since.
    pub(super) fn is_latest(self, number: u32) -> bool {
        self.number.try_get_value() == Some(number)
    }

    /// Notes how much of a question is done, unless it is out of date.
    pub(super) fn go_on(self, number: u32, share: f64) {
        if self.is_latest(number) {
            self.progress.set(Some(share));
        }
    }

    /// Ends a question that was answered.
    pub(super) fn answered(self) {
        self.failure.set(None);
    }

    /// Says why there is no answer.
    pub(super) fn failed(self, i18n: I18n, why: &NoAnswer) {
        self.failure.set(Some(no_answer(i18n, why).to_owned()));
    }

    /// Gives up what is under way; the answer before stays.
    fn cancel(self) {
        self.worker.stop();
        self.number.update_value(|number| *number += 1);
        self.progress.set(None);
    }
}

/// How far the question is, with the way to give it up, or why there is no answer.
#[component]
pub(super) fn UnderWay(asking: Asking, #[prop(into)] label: Signal<String>) -> impl IntoView {
    view! {
        <Show when=move || asking.progress.get().is_some()>
            <Progress
                label
                share=Signal::derive(move || asking.progress.get())
                on_cancel=move |()| asking.cancel()
            />
        </Show>
        {move || asking.failure.get().map(|words| view! { <p class="card notice" data-tone="bad" role="alert">{words}</p> })}
    }
}

/// A part of the whole.
#[expect(clippy::cast_precision_loss, reason = "some thousands")]
pub(super) fn share(done: usize, total: usize) -> f64 {
    done as f64 / total.max(1) as f64
}
