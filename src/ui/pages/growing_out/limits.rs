//! Where it ends, with the figures of the open workspace beside each limit.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        components::{meter::Meter, tag::Tone},
        format::use_format,
        fullness::use_room,
        wording::document::size,
    },
};

/// So many deals with their histories fit into the storage of a browser, and the page still follows the hand.
const MOST_DEALS: usize = 100_000;

/// From this share of a limit on it is near.
const NEAR: f64 = 0.7;

/// From this share of a limit on it is reached: what is left is for the way out.
const REACHED: f64 = 0.95;

/// What is counted of the open workspace.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counts {
    people: usize,
    departments: usize,
    deals: usize,
    activities: usize,
    events: usize,
}

/// The limits.
#[component]
pub(super) fn Limits() -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let library = store.library();
    let is_open = Memo::new(move |_| library.opened().get().is_some());
    let counts = Memo::new(move |_| {
        store.with(|workspace| Counts {
            people: workspace.people.iter().filter(|person| person.active).count(),
            departments: workspace.departments.len(),
            deals: workspace.deals.len(),
            activities: workspace.activities.len(),
            events: workspace.deals.iter().map(|deal| deal.history().len()).sum(),
        })
    });
    let room = use_room();
    room.follow_saving();
    let usage = Memo::new(move |_| room.seen().with(|seen| seen.as_ref().map(|full| (full.used, full.capacity))));
    #[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
    let of = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let deals = Signal::derive(move || of(counts.get().deals, MOST_DEALS));
    let filled = Signal::derive(move || usage.get().map_or(0.0, |(used, capacity)| of(used, capacity)));
    let verdict = Memo::new(move |_| {
        let fullest = deals.get().max(filled.get());
        match fullest {
            _ if !is_open.get() => (Tone::Neutral, t_string!(i18n, growing.no_figures).to_owned()),
            share if share >= REACHED => (Tone::Bad, t_string!(i18n, growing.reached).to_owned()),
            share if share >= NEAR => (Tone::Warn, t_string!(i18n, growing.near).to_owned()),
            _ => (Tone::Good, t_string!(i18n, growing.fits).to_owned()),
        }
    });
    let deals_words = Signal::derive(move || {
        let (n, most) = (format.count(counts.get().deals), format.count(MOST_DEALS));
        t_string!(i18n, data.storage.used, used = n, capacity = most).to_string()
    });
    // Browsers keep two bytes to a unit.
    let storage_words = Signal::derive(move || match usage.get() {
        Some((used, capacity)) => {
            let (used, capacity) = (size(i18n, format, used * 2), size(i18n, format, capacity * 2));
            t_string!(i18n, data.storage.used, used = used, capacity = capacity).to_string()
        }
        None => t_string!(i18n, data.storage.unknown).to_owned(),
    });
    let people = move || {
        let n = counts.get().people;
        t_string!(i18n, growing.people, count = n, n = format.count(n)).to_string()
    };
    let departments = move || {
        let n = counts.get().departments;
        t_string!(i18n, growing.departments, count = n, n = format.count(n)).to_string()
    };
    let activities = move || {
        let n = counts.get().activities;
        t_string!(i18n, growing.activities, count = n, n = format.count(n)).to_string()
    };
    let events = move || {
        let n = counts.get().events;
        t_string!(i18n, growing.events, count = n, n = format.count(n)).to_string()
    };
    let figure = move |words: Signal<String>| {
        view! { <p class="growing__figure">{move || is_open.get().then(|| words.get())}</p> }
    };
    view! {
        <section class="card stack" aria-labelledby="growing-limits" data-testid="limits">
            <h2 id="growing-limits">{t!(i18n, growing.limits)}</h2>
            <p class="data__saving" data-tone=move || verdict.get().0.as_str() data-testid="verdict">{move || verdict.get().1}</p>
            <ul class="growing__limits">
                <li class="growing__limit">
                    <div><h3>{t!(i18n, growing.same_time)}</h3><p class="muted">{t!(i18n, growing.same_time_what)}</p></div>
                    {figure(Signal::derive(people))}
                </li>
                <li class="growing__limit">
                    <div><h3>{t!(i18n, growing.rights)}</h3><p class="muted">{t!(i18n, growing.rights_what)}</p></div>
                    {figure(Signal::derive(departments))}
                </li>
                <li class="growing__limit">
                    <div><h3>{t!(i18n, growing.mail)}</h3><p class="muted">{t!(i18n, growing.mail_what)}</p></div>
                    {figure(Signal::derive(activities))}
                </li>
                <li class="growing__limit">
                    <div><h3>{t!(i18n, growing.size)}</h3><p class="muted">{t!(i18n, growing.size_what)}</p></div>
                    <div class="stack">
                        <Meter label=Signal::derive(move || t_string!(i18n, growing.deals).to_owned()) text=deals_words share=deals/>
                        <Meter label=Signal::derive(move || t_string!(i18n, data.storage.meter).to_owned()) text=storage_words share=filled/>
                    </div>
                </li>
                <li class="growing__limit">
                    <div><h3>{t!(i18n, growing.beside)}</h3><p class="muted">{t!(i18n, growing.beside_what)}</p></div>
                    {figure(Signal::derive(events))}
                </li>
            </ul>
        </section>
    }
}
