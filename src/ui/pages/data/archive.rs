//! Closed deals into a file: deals that were won or lost before a day, out of the workspace in one step once the file is safe.

use std::sync::Arc;

use chrono::Months;
use leptos::prelude::*;

use crate::{
    codec::document,
    i18n::{t, t_string, use_i18n},
    model::{Change, Date, WorkspaceId},
    storage::backups::Reason,
    store::{Step, use_store},
    ui::{
        backups::use_backups,
        clock,
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::{Field, FieldKind},
            tag::Tone,
            toast::use_toasts,
        },
        file,
        format::use_format,
        fullness::use_room,
        wording::document as words,
    },
};

/// Deals closed in the last so many months stay, unless another day is chosen.
const USUAL: Months = Months::new(24);

/// What was handed out: the day, and the revision of the data that it was made of.
#[derive(Clone, Copy, Debug, PartialEq)]
struct HandedOut {
    day: Date,
    revision: u64,
    deals: usize,
}

/// The section of the data page.
#[component]
pub(super) fn Archive() -> impl IntoView {
    let (i18n, format, toasts) = (use_i18n(), use_format(), use_toasts());
    let (store, clock) = (use_store(), clock::use_clock());
    let library = store.library();
    let usual = clock.today.get_untracked().checked_sub_months(USUAL);
    let written = RwSignal::new(usual.map(|day| day.to_string()).unwrap_or_default());
    let day = Memo::new(move |_| written.with(|written| written.parse::<Date>().ok()));
    let handed_out = RwSignal::new(None::<HandedOut>);
    let done = RwSignal::new(None::<Arc<Change>>);
    let count =
        Memo::new(move |_| {
            let day = day.get()?;
            Some(store.with(|workspace| {
                workspace.closed_before(day, WorkspaceId::from(0)).map_or(0, |old| old.part.deals.len())
            }))
        });
    let says = move || match count.get() {
        Some(count) => t_string!(i18n, room.archive.deals, count = count, n = format.count(count)).to_string(),
        None => t_string!(i18n, room.archive.no_day).to_owned(),
    };
    let hand_out = move |_| {
        let Some(day) = day.get_untracked() else { return };
        let id = WorkspaceId::new(store.fresh());
        let Some(mut old) = store.peek(|workspace| workspace.closed_before(day, id)) else { return };
        let mut profile = (*old.part.profile).clone();
        profile.name =
            t_string!(i18n, room.archive.name, name = profile.name.clone(), day = format.date(day)).to_string();
        let name = [file::stem(&profile.name).as_str(), ".json"].concat();
        old.part.profile = profile.into();
        let text = document::encode(&old.part, clock::now());
        match file::download(&name, "application/json", text.as_bytes()) {
            Ok(()) => {
                let revision = untrack(|| store.snapshot().revision);
                handed_out.set(Some(HandedOut { day, revision, deals: old.part.deals.len() }));
            }
            Err(error) => toasts.say(words::file_error(i18n, format, &error), Tone::Bad),
        }
    };
    view! {
        <Show when=move || library.opened().get().is_some() && !library.is_visiting().get()>
            <section class="card stack" aria-labelledby="data-archive" data-testid="archive">
                <h2 id="data-archive">{t!(i18n, room.archive.title)}</h2>
                <p class="muted">{t!(i18n, room.archive.what)}</p>
                <Archived done/>
                <Field
                    kind=FieldKind::Date
                    label=Signal::derive(move || t_string!(i18n, room.archive.before).to_owned())
                    value=written
                    on_change=move |text| written.set(text)
                    on_input=move |text| written.set(text)
                />
                <p role="status" data-testid="archive-count">{says}</p>
                <div>
                    <Button
                        icon=icondata_lu::LuArchive
                        disabled=Signal::derive(move || count.get().unwrap_or(0) == 0)
                        on_click=hand_out
                        attr:data-testid="archive-download"
                    >
                        {t!(i18n, room.archive.download)}
                    </Button>
                </div>
            </section>
        </Show>
        <Remove handed_out done/>
    }
    .into_any()
}

/// Asks whether the file is safe before its deals go.
#[component]
fn Remove(handed_out: RwSignal<Option<HandedOut>>, done: RwSignal<Option<Arc<Change>>>) -> impl IntoView {
    let (i18n, format, toasts) = (use_i18n(), use_format(), use_toasts());
    let (store, backups, room) = (use_store(), use_backups(), use_room());
    let remove = move |_| {
        let Some(HandedOut { day, revision, .. }) = handed_out.get_untracked() else { return };
        handed_out.set(None);
        store.catch_up();
        // The file holds what was there then.
        if untrack(|| store.snapshot().revision) != revision {
            toasts.say(t_string!(i18n, room.archive.changed).to_owned(), Tone::Warn);
            return;
        }
        backups.before_open(Reason::Archive);
        let removal = store.adopt(|workspace| {
            let old = workspace.closed_before(day, WorkspaceId::from(0));
            Ok::<_, crate::model::Rejection>(old.map(|old| old.removal).unwrap_or_default())
        });
        if let Ok(change) = removal {
            done.set(Some(change));
            room.look();
        }
    };
    let words = move || {
        let deals = handed_out.get().map_or(0, |handed_out| handed_out.deals);
        t_string!(i18n, room.archive.ask, count = deals, n = format.count(deals)).to_string()
    };
    view! {
        <Dialog
            open=Signal::derive(move || handed_out.with(Option::is_some))
            title=Signal::derive(move || t_string!(i18n, room.archive.ask_title).to_owned())
            on_close=move |()| handed_out.set(None)
        >
            <p>{words}</p>
            <div class="dialog__actions">
                <Button on_click=move |_| handed_out.set(None)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Danger on_click=remove attr:data-testid="archive-remove">
                    {t!(i18n, room.archive.remove)}
                </Button>
            </div>
        </Dialog>
    }
    .into_any()
}

/// Says that deals were taken out, with the way back.
#[component]
fn Archived(done: RwSignal<Option<Arc<Change>>>) -> impl IntoView {
    let (i18n, store, toasts) = (use_i18n(), use_store(), use_toasts());
    move || {
        let change = done.get()?;
        let undo = move |_| {
            match store.take_back(&change) {
                Step::Done => {}
                Step::None | Step::Overtaken => {
                    toasts.say(t_string!(i18n, saving.overtaken).to_owned(), Tone::Warn);
                }
            }
            done.set(None);
        };
        Some(view! {
            <div class="card notice" data-tone="good" role="status" data-testid="archive-done">
                <p>{t!(i18n, room.archive.done)}</p>
                <Button on_click=undo attr:data-testid="archive-undo">{t!(i18n, backups.undo)}</Button>
            </div>
        })
    }
}
