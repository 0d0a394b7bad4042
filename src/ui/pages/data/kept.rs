//! What this browser keeps: whether everything is saved, and how full its storage is.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    storage::fullness::{Fullness, Level, Share},
    store::{Saving, use_store},
    ui::{
        components::{button::Button, meter::Meter, tag::Tone},
        format::use_format,
        fullness::use_room,
        parts::workspaces::title,
        wording::{document::size, storage},
    },
};

/// The state of saving and the meter.
#[component]
pub(super) fn Kept() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let library = use_store().library();
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
    let places = move || match (saving.get(), library.is_kept_twice().get()) {
        (Saving::Saved | Saving::Writing, true) => Some(t_string!(i18n, data.storage.twice)),
        (Saving::Saved | Saving::Writing, false) => Some(t_string!(i18n, data.storage.once)),
        _ => None,
    };
    let failed = Memo::new(move |_| matches!(saving.get(), Saving::Failed(_)));
    let room = use_room();
    room.follow_saving();
    let usage = room.seen();
    // Browsers keep two bytes to a unit.
    let used = Signal::derive(move || match usage.get() {
        Some(found) => {
            let (used, capacity) = (size(i18n, format, found.used * 2), size(i18n, format, found.capacity * 2));
            t_string!(i18n, data.storage.used, used = used, capacity = capacity).to_string()
        }
        None => t_string!(i18n, data.storage.unknown).to_owned(),
    });
    #[allow(clippy::cast_precision_loss, reason = "units are far below 2^53")]
    let share =
        Signal::derive(move || usage.get().map_or(0.0, |found| found.used as f64 / found.capacity.max(1) as f64));
    let early = move || {
        let percent = usage.with(|found| found.as_ref().map(Fullness::percent));
        t_string!(i18n, room.early, n = format.count(percent)).to_string()
    };
    view! {
        <section class="card stack" aria-labelledby="data-kept">
            <h2 id="data-kept">{t!(i18n, data.storage.title)}</h2>
            <p class="data__saving" data-tone=move || tone().as_str() role="status">{words}</p>
            {move || places().map(|words| view! { <p class="muted small" data-testid="kept-places">{words}</p> })}
            <Show when=move || failed.get()>
                <div><Button on_click=move |_| library.retry()>{t!(i18n, data.storage.retry)}</Button></div>
            </Show>
            <div data-testid="storage-meter">
                <Meter label=Signal::derive(move || t_string!(i18n, data.storage.meter).to_owned()) text=used share/>
            </div>
            <Show when=move || room.level() == Level::Early>
                <p class="small" data-testid="room-early">{early}</p>
            </Show>
            <Largest/>
        </section>
    }
}

/// What takes most of the room: each workspace with its parts.
#[component]
fn Largest() -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let (room, shelves) = (use_room(), use_store().library().shelves());
    let line = move |share: Share| {
        let shelf = shelves.get().into_iter().find(|shelf| shelf.id.to_string() == share.workspace);
        let name = shelf.map_or_else(|| share.workspace.clone(), |shelf| title(i18n, &shelf));
        let size = move |units: usize| size(i18n, format, units * 2);
        let parts = [
            (share.data, t_string!(i18n, room.parts.data)),
            (share.journal, t_string!(i18n, room.parts.journal)),
            (share.drafts, t_string!(i18n, room.parts.drafts)),
            (share.quarantine, t_string!(i18n, room.parts.quarantine)),
            (share.trash, t_string!(i18n, room.parts.trash)),
        ];
        let parts: Vec<String> = parts
            .into_iter()
            .filter(|(units, _)| *units > 0)
            .map(|(units, name)| [name, " ", &size(units)].concat())
            .collect();
        view! {
            <li class="data__share">
                <span class="data__share-name">{name}</span>
                <span>{size(share.total())}</span>
                <span class="muted small data__share-parts">{parts.join(" · ")}</span>
            </li>
        }
    };
    let shares = move || room.seen().get().map(|found| found.shares).unwrap_or_default();
    view! {
        <Show when=move || !shares().is_empty()>
            <details data-testid="room-largest">
                <summary>{t!(i18n, room.largest)}</summary>
                <ul class="data__shares">{move || shares().into_iter().map(line).collect_view()}</ul>
            </details>
        </Show>
    }
}
