//! What is to be done today: the deals of a person that ask for attention, the most urgent first.

mod conflicts;
mod handed_over;
mod person;
mod row;
mod visit;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Cause, Concern, agenda},
    model::PersonId,
    store::use_store,
    ui::{
        clock::use_clock,
        components::{button::Button, empty::Empty},
        format::use_format,
        parts::{mover::Mover, questions::Questions, return_visit},
        route::{Query, Route, use_navigation},
        wording::I18n,
    },
};

use conflicts::ConflictsLine;
use handed_over::HandedOver;
use person::{ANYBODY, Person};
use row::Row;
use visit::VisitRow;

/// How many deals of a kind are shown before somebody asks for more.
const SHOWN: usize = 10;

/// The kinds of causes, by [`Cause::rank`].
const KINDS: usize = 7;

/// The page of today.
#[component]
pub fn TodayPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let nothing = move || {
        view! {
            <h1>{t!(i18n, today.title)}</h1>
            <Empty
                icon=icondata_lu::LuCalendarCheck
                text=Signal::derive(move || t_string!(i18n, today.no_workspace).to_owned())
            >
                <a class="button button--primary" href="#/">{t!(i18n, funnel.start)}</a>
            </Empty>
        }
    };
    let is_open = Memo::new(move |_| opened.get().is_some());
    view! { <Show when=move || is_open.get() fallback=nothing><Agenda/></Show> }.into_any()
}

/// Whose day it is: the person of the address, else whoever sits here, else anybody.
fn use_whose() -> Memo<Option<PersonId>> {
    let (store, navigation) = (use_store(), use_navigation());
    Memo::new(move |_| match navigation.query.with(|query| query.get(person::KEY).map(str::to_owned)) {
        Some(key) if key == ANYBODY => None,
        Some(key) => key.parse().ok(),
        None => store.me(),
    })
}

#[component]
fn Agenda() -> impl IntoView {
    let (i18n, store, clock, format) = (use_i18n(), use_store(), use_clock(), use_format());
    let whose = use_whose();
    let concerns = Memo::new(move |_| store.with(|workspace| agenda(workspace, clock.today.get(), whose.get())));
    let mover = Mover::new(Callback::new(|_| ()));
    let free = Memo::new(move |_| concerns.with(Vec::is_empty));
    let sub = move || {
        let count = concerns.with(Vec::len);
        let day = format.date(clock.today.get());
        t_string!(i18n, today.sub, count = count, n = format.count(count), day = day).to_string()
    };
    view! {
        <header class="today__head">
            <div>
                <h1>{t!(i18n, today.title)}</h1>
                <p class="page__sub" data-testid="today-count">{sub}</p>
            </div>
            <Person whose/>
        </header>
        <ConflictsLine whose/>
        <HandedOver whose/>
        <Show when=move || free.get() fallback=move || (0..KINDS).map(|kind| view! { <Kind kind concerns mover/> }).collect_view()>
            <Empty icon=icondata_lu::LuCalendarCheck text=Signal::derive(move || t_string!(i18n, today.free).to_owned())>
                <a class="button" href=Route::Board.href(&Query::default())>{t!(i18n, nav.board)}</a>
            </Empty>
        </Show>
        <Questions mover/>
    }
    .into_any()
}

/// The deals whose most urgent cause is of one kind.
#[component]
fn Kind(kind: usize, concerns: Memo<Vec<Concern>>, mover: Mover) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let is_of_kind = move |concern: &&Concern| concern.causes.first().is_some_and(|cause| cause.rank() == kind);
    let count = Memo::new(move |_| concerns.with(|concerns| concerns.iter().filter(is_of_kind).count()));
    let most = RwSignal::new(SHOWN);
    let shown = Memo::new(move |_| {
        concerns.with(|concerns| concerns.iter().filter(is_of_kind).take(most.get()).cloned().collect::<Vec<_>>())
    });
    let more = move || {
        let rest = count.get().saturating_sub(most.get());
        t_string!(i18n, today.more, count = rest, n = format.count(rest)).to_string()
    };
    view! {
        <Show when=move || { count.get() > 0 }>
            <section class="card today__kind" data-testid="today-kind" data-kind=kind>
                <h2>{move || title(i18n, kind)}" "<span class="muted">{move || format.count(count.get())}</span></h2>
                <p class="small muted">{move || advice(i18n, kind)}</p>
                <ul class="today__list">
                    <For each=move || shown.get() key=|concern| (concern.deal, concern.causes.clone()) let(concern)>
                        {if matches!(concern.causes[..], [Cause::ReturnVisit { .. }]) {
                            view! { <VisitRow concern/> }.into_any()
                        } else {
                            view! { <Row concern mover/> }.into_any()
                        }}
                    </For>
                </ul>
                <Show when=move || { count.get() > most.get() }>
                    <div><Button on_click=move |_| most.update(|most| *most += 5 * SHOWN)>{more}</Button></div>
                </Show>
            </section>
        </Show>
    }
    .into_any()
}

fn title(i18n: I18n, kind: usize) -> &'static str {
    match kind {
        0 => t_string!(i18n, today.overdue),
        1 => t_string!(i18n, today.due),
        2 => t_string!(i18n, today.wakes),
        3 => t_string!(i18n, today.visits),
        4 => t_string!(i18n, today.slipped),
        5 => t_string!(i18n, today.stalled),
        _ => t_string!(i18n, today.no_action),
    }
}

fn advice(i18n: I18n, kind: usize) -> &'static str {
    match kind {
        0 => t_string!(i18n, today.overdue_what),
        1 => t_string!(i18n, today.due_what),
        2 => t_string!(i18n, today.wakes_what),
        3 => t_string!(i18n, today.visits_what),
        4 => t_string!(i18n, today.slipped_what),
        5 => t_string!(i18n, today.stalled_what),
        _ => t_string!(i18n, today.no_action_what),
    }
}

/// A cause in a few words.
fn words(i18n: I18n, cause: Cause) -> String {
    match cause {
        Cause::Overdue { days } => t_string!(i18n, today.days_overdue, count = days).to_string(),
        Cause::Due => t_string!(i18n, today.due).to_owned(),
        Cause::Wakes { days: 0 } => t_string!(i18n, today.wakes_today).to_owned(),
        Cause::Wakes { days } => t_string!(i18n, today.days_awake, count = days).to_string(),
        Cause::ReturnVisit { days } => return_visit::waited(i18n, days),
        Cause::Slipped { days } => t_string!(i18n, today.days_slipped, count = days).to_string(),
        Cause::Stalled { days, limit } => t_string!(i18n, today.days_stalled, days = days, limit = limit).to_string(),
        Cause::NoNextAction => t_string!(i18n, today.no_action).to_owned(),
    }
}
