//! What this browser keeps: whether everything is saved, and how full its storage is.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::{Saving, use_store},
    ui::{
        components::{button::Button, meter::Meter, tag::Tone},
        format::use_format,
        wording::{document::size, storage},
    },
};

/// The state of saving and the meter.
#[component]
pub(super) fn Kept() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let store = use_store();
    let library = store.library();
    let saving = library.saving();
    let words = move || match saving.get() {
        Saving::Idle => t_string!(i18n, data.storage.idle).to_owned(),
        Saving::Visiting => t_string!(i18n, share.visit.what).to_owned(),
        Saving::Writing => t_string!(i18n, saving.writing).to_owned(),
        Saving::Saved => t_string!(i18n, data.storage.saved).to_owned(),
        Saving::MemoryOnly => t_string!(i18n, data.storage.memory).to_owned(),
        Saving::Failed(error) => {
            [storage::save_error(i18n, &error).as_str(), t_string!(i18n, data.storage.unsaved)].join(" ")
        }
    };
    let tone = move || match saving.get() {
        Saving::Idle | Saving::Visiting | Saving::Writing => Tone::Neutral,
        Saving::Saved => Tone::Good,
        Saving::MemoryOnly => Tone::Warn,
        Saving::Failed(_) => Tone::Bad,
    };
    let failed = Memo::new(move |_| matches!(saving.get(), Saving::Failed(_)));
    // Counting reads all of the storage, so it follows what is saved rather than every edit on screen.
    let usage = Memo::new(move |_| {
        saving.track();
        library.shelves().track();
        store.snapshot();
        library.usage().ok()
    });
    // Browsers keep two bytes to a unit.
    let used = Signal::derive(move || match usage.get() {
        Some((used, capacity)) => {
            let (used, capacity) = (size(i18n, format, used * 2), size(i18n, format, capacity * 2));
            t_string!(i18n, data.storage.used, used = used, capacity = capacity).to_string()
        }
        None => t_string!(i18n, data.storage.unknown).to_owned(),
    });
    #[allow(clippy::cast_precision_loss, reason = "units are far below 2^53")]
    let share =
        Signal::derive(move || usage.get().map_or(0.0, |(used, capacity)| used as f64 / capacity.max(1) as f64));
    view! {
        <section class="card stack" aria-labelledby="data-kept">
            <h2 id="data-kept">{t!(i18n, data.storage.title)}</h2>
            <p class="data__saving" data-tone=move || tone().as_str() role="status">{words}</p>
            <Show when=move || failed.get()>
                <div><Button on_click=move |_| library.retry()>{t!(i18n, data.storage.retry)}</Button></div>
            </Show>
            <div data-testid="storage-meter">
                <Meter label=Signal::derive(move || t_string!(i18n, data.storage.meter).to_owned()) text=used share/>
            </div>
        </section>
    }
}
