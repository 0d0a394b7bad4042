//! The weekly meeting: its agenda, person by person, and the promises that come of it. Its day, the day of the last one and whose
//! agenda is shown live in the address.

mod desk;
mod minutes;
mod parts;
mod person;
mod promises;
mod words;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Outcome, Way},
    model::{Date, DealId, Workspace},
    store::use_store,
    ui::{
        components::{
            empty::Empty,
            field::{Field, FieldKind},
            stat::Stat,
        },
        parts::{
            listing::controls::{FilterChip, named},
            nothing::{NoRecords, NoWorkspace},
            questions::Questions,
        },
        route::use_navigation,
        selection::{Chosen, use_open_list},
        wording::I18n,
    },
};

use desk::Desk;
use minutes::TakeMinutes;
use person::PersonAgenda;

/// The coaching page.
#[component]
pub fn CoachingPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let any = Memo::new(move |_| store.with(|workspace| !workspace.deals.is_empty()));
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        {move || match (opened.get().is_some(), any.get()) {
            (false, _) => view! {
                <h1>{t!(i18n, coaching.title)}</h1>
                <NoWorkspace icon=icondata_lu::LuMessagesSquare text=label(|i18n| t_string!(i18n, coaching.no_workspace))/>
            }.into_any(),
            (true, false) => view! {
                <h1>{t!(i18n, coaching.title)}</h1>
                <NoRecords icon=icondata_lu::LuMessagesSquare text=label(|i18n| t_string!(i18n, coaching.no_deals))/>
            }.into_any(),
            (true, true) => view! { <Filled/> }.into_any(),
        }}
    }
}

#[component]
fn Filled() -> impl IntoView {
    let desk = Desk::follow();
    let (i18n, format) = (desk.i18n, desk.format);
    let nobody = Memo::new(move |_| desk.shown.with(Vec::is_empty));
    let sub = move || {
        let week = desk.week.get();
        let (since, until) = (format.date(week.since), format.date(week.until));
        t_string!(i18n, coaching.sub, since = since, until = until).to_string()
    };
    view! {
        <header class="meeting__head">
            <div>
                <h1>{t!(i18n, coaching.title)}</h1>
                <p class="page__sub">{sub}</p>
            </div>
            <TakeMinutes desk/>
        </header>
        <Asked desk/>
        <Figures desk/>
        <Show when=move || nobody.get()>
            <Empty
                icon=icondata_lu::LuMessagesSquare
                text=Signal::derive(move || t_string!(i18n, coaching.nobody).to_owned())
            />
        </Show>
        <For each=move || desk.shown.get() key=|person| *person let(person)>
            <PersonAgenda desk person/>
        </For>
        <Questions mover=desk.mover.get_value()/>
    }
    .into_any()
}

/// The days of the meetings, and whose agenda is shown.
#[component]
fn Asked(desk: Desk) -> impl IntoView {
    let (i18n, navigation, store) = (desk.i18n, use_navigation(), desk.store);
    let day = move |key: &'static str, label: fn(I18n) -> &'static str, of: fn(Desk) -> Date| {
        let set = move |text: String| navigation.set_query(key, text.parse::<Date>().ok().map(|_| text.as_str()));
        view! {
            <Field
                label=Signal::derive(move || label(i18n).to_owned())
                kind=FieldKind::Date
                value=Signal::derive(move || of(desk).to_string())
                on_change=set
            />
        }
    };
    let read = move |read: fn(&Workspace) -> Vec<(String, String)>| Signal::from(Memo::new(move |_| store.with(read)));
    view! {
        <div class="filter-bar no-print">
            {day(desk::ON, |i18n| t_string!(i18n, coaching.on), |desk| desk.week.get().until)}
            {day(desk::SINCE, |i18n| t_string!(i18n, coaching.since), |desk| desk.week.get().since)}
            <div class="filter-bar__chips">
                <FilterChip
                    key=desk::DEPARTMENT
                    label=Signal::derive(move || t_string!(i18n, domain.field.department).to_owned())
                    options=read(|w| named(&w.departments, |department| &department.name))
                />
                <FilterChip
                    key=desk::PERSON
                    label=Signal::derive(move || t_string!(i18n, coaching.person).to_owned())
                    options=read(|w| named(&w.people, |person| &person.name))
                />
            </div>
        </div>
    }
    .into_any()
}

/// What the week brought to all who are shown.
#[component]
fn Figures(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let open = use_open_list();
    let moved = move |way: Way| {
        desk.gather(move |agenda| {
            agenda.week.moves.iter().filter(|moved| moved.way == way).map(|moved| moved.deal).collect()
        })
    };
    let figure = move |label: fn(I18n) -> &'static str, deals: Signal<Vec<DealId>>, note: Option<Signal<String>>| {
        let list = move |()| {
            let title = label(i18n).to_owned();
            open.run(Chosen { title, deals: deals.get_untracked(), left_out: String::new() });
        };
        view! {
            <Stat
                label=Signal::derive(move || label(i18n).to_owned())
                figure=Signal::derive(move || deals.with(|deals| format.count(deals.len())))
                note=MaybeProp::derive(move || note.map(|note| note.get()))
                on_open=Callback::new(list)
            />
        }
    };
    let silent = desk.gather(|agenda| {
        agenda.week.still.iter().filter(|still| !still.was_worked_on).map(|still| still.deal).collect()
    });
    let without_contact = Signal::derive(move || {
        let count = silent.with(Vec::len);
        t_string!(i18n, coaching.without_contact, count = count, n = format.count(count)).to_string()
    });
    let outcomes = Memo::new(move |_| {
        desk.fold(Vec::new(), |mut all: Vec<Outcome>, agenda| {
            all.extend(agenda.promised.before.iter().map(|(_, outcome)| *outcome));
            all
        })
    });
    let count = move |counts: fn(&Outcome) -> bool| {
        outcomes.with(|outcomes| outcomes.iter().filter(|outcome| counts(outcome)).count())
    };
    let kept = move || format.count(count(|outcome| matches!(outcome, Outcome::Kept { .. })));
    let of_promises = move || {
        let all = format.count(count(|_| true));
        match count(|outcome| matches!(outcome, Outcome::Running | Outcome::Unanswered)) {
            _ if outcomes.with(Vec::is_empty) => t_string!(i18n, coaching.none_promised).to_owned(),
            0 => t_string!(i18n, coaching.of_promises, all = all).to_string(),
            waiting => t_string!(i18n, coaching.some_wait, all = all, waiting = format.count(waiting)).to_string(),
        }
    };
    view! {
        <div class="meeting__figures" data-testid="meeting-figures">
            {figure(|i18n| t_string!(i18n, coaching.forward), moved(Way::Forward), None)}
            {figure(|i18n| t_string!(i18n, coaching.back), moved(Way::Back), None)}
            {figure(|i18n| t_string!(i18n, coaching.won), moved(Way::Won), None)}
            {figure(|i18n| t_string!(i18n, coaching.lost), moved(Way::Lost), None)}
            {figure(
                |i18n| t_string!(i18n, coaching.still),
                desk.gather(|agenda| agenda.week.still.iter().map(|still| still.deal).collect()),
                Some(without_contact),
            )}
            {figure(
                |i18n| t_string!(i18n, coaching.stuck),
                desk.gather(|agenda| agenda.stuck.iter().map(|stuck| stuck.deal).collect()),
                None,
            )}
            <Stat
                label=Signal::derive(move || t_string!(i18n, coaching.promises_kept).to_owned())
                figure=Signal::derive(kept)
                note=Signal::derive(of_promises)
            />
        </div>
    }
    .into_any()
}
