//! What keeps the data safe beside the browser's own storage, on every page: the file that is always current, and a calm word when the last
//! copy in a file is old.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Date, Workspace},
    store::{Saving, use_store},
    ui::{
        chunk::{Place, chunk, coming},
        clock::use_clock,
        components::{
            button::{Button, Variant},
            icon::Icon,
        },
        copying::{OLD, use_age},
        file_copy::{FileCopy, FileState, use_file_copy},
        parts::hand_out::use_hand_out,
        route::{Route, use_navigation},
        settings::use_settings,
    },
};

/// The pause before any of it begins, so that nothing of the page waits for it.
const CALM: Duration = Duration::from_secs(3);
/// Who did not want to be reminded is left alone for so many days.
const HUSH: i64 = 7;
/// So many deals, or so many records of all kinds, are worth a copy.
const DEALS: usize = 20;
const RECORDS: usize = 60;

chunk! {
    /// Keeps the file current, and says when the last copy is old.
    rest fn make_safety() -> AnyView { view! { <Safety/> }.into_any() }
}

/// The line above the page, when there is something to say; while a workspace is open.
pub fn band() -> AnyView {
    FileCopy::provide();
    let opened = use_store().library().opened();
    let is_time = RwSignal::new(false);
    set_timeout(
        move || {
            // The page may be gone by then.
            is_time.try_set(true);
        },
        CALM,
    );
    let is_wanted = Memo::new(move |_| is_time.get() && opened.get().is_some());
    (move || is_wanted.get().then(|| coming(Place::Section, || Box::pin(make_safety())))).into_any()
}

#[component]
fn Safety() -> impl IntoView {
    let (store, settings, clock, file) = (use_store(), use_settings(), use_clock(), use_file_copy());
    file.follow(store, settings, clock);
    let state = file.state();
    let asks = Memo::new(move |_| state.with(|state| *state == FileState::Asking));
    let late = use_lateness();
    move || {
        if asks.get() {
            view! { <Asks/> }.into_any()
        } else {
            late.get().map(|late| view! { <Reminder late/> }).into_any()
        }
    }
}

/// The file needs a click to be written again.
#[component]
fn Asks() -> impl IntoView {
    let (i18n, file) = (use_i18n(), use_file_copy());
    let (store, settings, clock) = (use_store(), use_settings(), use_clock());
    let is_shut = RwSignal::new(false);
    let words = move || t_string!(i18n, file_copy.asks, name = file.name().get()).to_string();
    view! {
        <Show when=move || !is_shut.get()>
            <section class="card notice visit no-print" data-tone="accent" role="status" data-testid="file-asks">
                <p>{words}</p>
                <Button
                    variant=Variant::Primary
                    icon=icondata_lu::LuFileCheck
                    on_click=move |_| file.allow(store, settings, clock)
                    attr:data-testid="file-allow"
                >
                    {t!(i18n, file_copy.allow)}
                </Button>
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuX
                    label=Signal::derive(move || t_string!(i18n, common.dismiss).to_owned())
                    on_click=move |_| is_shut.set(true)
                />
            </section>
        </Show>
    }
    .into_any()
}

/// How late a copy is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Late {
    /// There is none.
    Never,
    /// The last one is so many days old.
    Days(i64),
}

/// Whether a copy is late and the person wants to hear of it.
fn use_lateness() -> Memo<Option<Late>> {
    let (store, settings, clock, age) = (use_store(), use_settings(), use_clock(), use_age());
    let (opened, saving, file) = (store.library().opened(), store.library().saving(), use_file_copy().state());
    let is_worth_it = Memo::new(move |_| store.with(is_worth_a_copy));
    let is_kept = Memo::new(move |_| saving.with(|saving| !matches!(saving, Saving::Idle | Saving::Visiting)));
    Memo::new(move |_| {
        let (id, today) = (opened.get()?, clock.today.get());
        let hushed: Option<Date> = settings.hushed.with(|hushed| hushed.get(&id).copied());
        let is_hushed = hushed.is_some_and(|day| (today - day).num_days() < HUSH);
        let is_followed =
            file.with(|file| matches!(file, FileState::Waiting | FileState::Writing | FileState::Written));
        if is_hushed || is_followed || !is_kept.get() || !is_worth_it.get() {
            return None;
        }
        match age.get() {
            None => Some(Late::Never),
            Some(days) => (days > OLD).then_some(Late::Days(days)),
        }
    })
}

fn is_worth_a_copy(workspace: &Workspace) -> bool {
    let records = workspace.deals.len() + workspace.customers.len() + workspace.activities.len();
    workspace.deals.len() >= DEALS || records >= RECORDS
}

/// The last copy is old: one line, at most once a week after it was not wanted.
#[component]
fn Reminder(late: Late) -> impl IntoView {
    let (i18n, navigation, hand_out) = (use_i18n(), use_navigation(), use_hand_out());
    let (store, settings, clock) = (use_store(), use_settings(), use_clock());
    let words = move || match late {
        Late::Never => t_string!(i18n, file_copy.never).to_owned(),
        Late::Days(days) => t_string!(i18n, file_copy.late, count = days, n = days).to_string(),
    };
    let hush = move |_| {
        if let Some(id) = store.library().opened().get_untracked() {
            settings.hushed.update(|hushed| {
                hushed.insert(id, clock.today.get_untracked());
            });
        }
    };
    view! {
        <section class="card notice visit no-print" data-tone="neutral" role="status" data-testid="copy-reminder">
            <p>{words}</p>
            <Button icon=icondata_lu::LuDownload on_click=move |_| hand_out.document() attr:data-testid="copy-now">{t!(i18n, file_copy.copy_now)}</Button>
            {FileCopy::is_supported().then(|| view! {
                <a class="button" href=move || navigation.href(&Route::Data)>
                    <Icon icon=icondata_lu::LuFileCheck/>
                    {t!(i18n, file_copy.keep_current)}
                </a>
            })}
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuX
                label=Signal::derive(move || t_string!(i18n, file_copy.later).to_owned())
                on_click=hush
                attr:data-testid="copy-later"
            />
        </section>
    }
    .into_any()
}
