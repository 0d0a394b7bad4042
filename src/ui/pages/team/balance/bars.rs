//! A bar for each person: the potential with the band, and the load beside what the person can look after.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::{Desk, share};
use crate::{
    i18n::{t, t_string},
    metrics::balance::{Balance, Band, Holder, Side},
    model::PersonId,
    ui::{
        components::tag::{Tag, Tone},
        wording::I18n,
    },
};

/// Potential and load by person.
#[component]
pub(super) fn Bars(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let people = Memo::new(move |_| {
        desk.before.with(|reading| reading.balance.people.iter().map(|holder| holder.person).collect::<Vec<_>>())
    });
    // All bars are drawn on one scale, before and after.
    let longest = Memo::new(move |_| {
        let of = |balance: &Balance| {
            let ends = |holder: &Holder| holder.potential.max(holder.band.map_or(0, |band| band.high));
            balance.people.iter().map(ends).max().unwrap_or_default()
        };
        desk.before.with(|reading| of(&reading.balance)).max(desk.after.with(|balance| of(balance)))
    });
    view! {
        <section class="card balance__part">
            <h2>{t!(i18n, team.balance.by_person)}</h2>
            <p class="small muted">{t!(i18n, team.balance.by_person_what)}</p>
            <ul class="balance__people">
                <For each=move || people.get() key=|person| *person let(person)><Bar desk person longest/></For>
            </ul>
        </section>
    }
    .into_any()
}

#[component]
fn Bar(desk: Desk, person: PersonId, longest: Memo<i128>) -> impl IntoView {
    let (i18n, format, amounts) = (desk.i18n, desk.format, desk.amounts);
    let holder = Memo::new(move |_| desk.after.with(|balance| held_by(balance, person)));
    let was = Memo::new(move |_| desk.before.with(|reading| held_by(&reading.balance, person)));
    let name = move || desk.names.with(|names| names.person(Some(person)));
    let part = move |amount: i128| share(amount, longest.get()).to_string();
    let band = move |end: fn(Band) -> i128| {
        holder.with(|holder| holder.as_ref().and_then(|holder| holder.band).map_or(0, end))
    };
    let potential = move || holder.with(|holder| holder.as_ref().map(|holder| holder.potential));
    let side = Memo::new(move |_| holder.with(|holder| holder.as_ref().and_then(|holder| holder.side())));
    let moved = Memo::new(move |_| holder.with(|now| was.with(|was| now != was)));
    let before = move || was.with(|was| was.as_ref().map_or(0, |was| was.potential));
    let figures = move || {
        let fair = amounts.sum(Some(band(|band| band.fair)));
        t_string!(i18n, team.balance.fair, fair = fair).to_string()
    };
    let load = move || holder.with(|holder| holder.as_ref().map(|holder| load(desk, holder)));
    let customers = move || {
        let customers = holder.with(|holder| holder.as_ref().map_or(0, |holder| holder.customers));
        t_string!(i18n, team.balance.customers_count, count = customers, n = format.count(customers)).to_string()
    };
    // How full; a person whose capacity nobody said has no such bar.
    let full = move || {
        holder.with(|holder| {
            let holder = holder.as_ref()?;
            let capacity = i128::from(holder.capacity?);
            Some(share(i128::try_from(holder.deals.len()).unwrap_or_default(), capacity))
        })
    };
    let over = move || {
        holder.with(|holder| {
            holder.as_ref().is_some_and(|holder| holder.capacity.is_some_and(|most| holder.deals.len() > most.into()))
        })
    };
    let open = move |_| {
        let title = t_string!(i18n, team.balance.list_person, name = untrack(name)).to_string();
        let deals =
            holder.with_untracked(|holder| holder.as_ref().map(|holder| holder.deals.clone()).unwrap_or_default());
        desk.opener.run(title, &deals, String::new());
    };
    view! {
        <li
            class="balance__person"
            data-testid="balance-bar"
            data-person=person.to_string()
            data-side=move || side.get().map(code)
            data-potential=move || potential().unwrap_or_default().to_string()
        >
            <div class="balance__head">
                <strong class="balance__name">{name}</strong>
                {move || side.get().map(|side| view! { <Tag tone=tone(side)>{side_words(i18n, side)}</Tag> })}
                <span class="balance__potential">{move || amounts.sum(potential())}</span>
            </div>
            <div
                class="balance__bar"
                data-tone=move || side.get().map_or(Tone::Neutral, tone).as_str()
                style:--share=move || part(potential().unwrap_or_default())
                style:--low=move || part(band(|band| band.low))
                style:--high=move || part(band(|band| band.high))
                style:--was=move || part(before())
                aria-hidden="true"
            >
                <span class="balance__band"></span>
                <span class="balance__fill"></span>
                <Show when=move || moved.get()><span class="balance__was"></span></Show>
            </div>
            <div class="balance__facts small muted">
                <button type="button" class="link" on:click=open>{load}</button>
                {move || full().map(|full| view! {
                    <span
                        class="balance__load"
                        data-tone=if over() { Tone::Bad } else { Tone::Accent }.as_str()
                        style:--share=full.to_string()
                        aria-hidden="true"
                    ></span>
                })}
                <span>{customers}</span>
                <span>{figures}</span>
                {move || moved.get().then(|| t_string!(i18n, team.balance.before, figure = amounts.sum(Some(before()))).to_string())}
            </div>
        </li>
    }
    .into_any()
}

fn held_by(balance: &Balance, person: PersonId) -> Option<Arc<Holder>> {
    balance.people.iter().find(|holder| holder.person == person).cloned().map(Arc::new)
}

/// The open deals, beside what the person can look after.
fn load(desk: Desk, holder: &Holder) -> String {
    let (i18n, format, deals) = (desk.i18n, desk.format, holder.deals.len());
    match holder.capacity {
        Some(capacity) => {
            let capacity = format.count(usize::from(capacity));
            t_string!(i18n, team.balance.load_of, deals = format.count(deals), capacity = capacity).to_string()
        }
        None => t_string!(i18n, team.balance.load, count = deals, n = format.count(deals)).to_string(),
    }
}

const fn code(side: Side) -> &'static str {
    match side {
        Side::Below => "below",
        Side::Within => "within",
        Side::Above => "above",
    }
}

const fn tone(side: Side) -> Tone {
    match side {
        Side::Below => Tone::Warn,
        Side::Within => Tone::Good,
        Side::Above => Tone::Accent,
    }
}

fn side_words(i18n: I18n, side: Side) -> &'static str {
    match side {
        Side::Below => t_string!(i18n, team.balance.below),
        Side::Within => t_string!(i18n, team.balance.in_band),
        Side::Above => t_string!(i18n, team.balance.above),
    }
}
