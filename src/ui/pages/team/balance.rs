//! How potential and load are spread over the people, and what to move: a draft that shows its effect at once and is carried out as one
//! change.

mod bars;
mod columns;
mod desk;
mod proposal;
mod stats;
mod territories;

use leptos::prelude::*;

use self::{bars::Bars, columns::Columns, desk::Desk, proposal::Proposal, stats::Stats, territories::Territories};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{
        components::{
            button::{Button, Variant},
            empty::Empty,
        },
        parts::listing::controls::{FilterChip, named},
    },
};

/// What there is to see.
#[derive(Clone, Copy, PartialEq)]
enum Ground {
    Nobody,
    NoDeals,
    People,
}

/// The balance.
#[component]
pub fn Balance() -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::follow();
    let ground = Memo::new(move |_| {
        desk.before.with(|reading| match &reading.balance {
            balance if balance.people.is_empty() => Ground::Nobody,
            balance if balance.accounts.is_empty() && balance.total() == 0 => Ground::NoDeals,
            _ => Ground::People,
        })
    });
    let body = move || {
        match ground.get() {
        Ground::Nobody => view! {
            <Empty icon=icondata_lu::LuUsers text=Signal::derive(move || t_string!(i18n, team.balance.nobody).to_owned())>
                <a class="button" href="#/settings">{t!(i18n, team.to_settings)}</a>
            </Empty>
        }
        .into_any(),
        Ground::NoDeals => view! {
            <Empty icon=icondata_lu::LuScale text=Signal::derive(move || t_string!(i18n, team.balance.no_deals).to_owned())>
                <a class="button" href="#/board">{t!(i18n, nav.board)}</a>
            </Empty>
        }
        .into_any(),
        Ground::People => view! {
            <Stats desk/>
            <Bars desk/>
            <Proposal desk/>
            <Columns desk/>
            <Territories desk/>
            <Pending desk/>
        }
        .into_any(),
    }
    };
    view! {
        <div class="balance" data-testid="balance">
            <WhoTakesPart desk/>
            {body}
        </div>
    }
    .into_any()
}

/// The choice of people and departments; it lives in the address.
#[component]
fn WhoTakesPart(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let departments = Signal::derive(move || {
        desk.before.with(|reading| named(&reading.workspace.departments, |department| &department.name))
    });
    let people = Signal::derive(move || {
        desk.before.with(|reading| {
            let active = reading.workspace.people.iter().filter(|person| person.active);
            let mut people: Vec<_> = active.map(|person| (person.id.to_string(), person.name.clone())).collect();
            people.sort_by(|(_, a), (_, b)| a.cmp(b));
            people
        })
    });
    view! {
        <div class="row" role="group" aria-label=move || t_string!(i18n, team.balance.who)>
            <FilterChip
                key="department"
                label=Signal::derive(move || t_string!(i18n, team.balance.department).to_owned())
                options=departments
            />
            <FilterChip
                key="person"
                label=Signal::derive(move || t_string!(i18n, team.balance.people).to_owned())
                options=people
            />
        </div>
    }
    .into_any()
}

/// What the draft would change, with the way to do it and the way out.
#[component]
fn Pending(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| desk.pending.with(Vec::len));
    let words = move || t_string!(i18n, team.balance.pending, count = count.get()).to_string();
    view! {
        <div class="balance__pending-place" aria-live="polite">
            <Show when=move || count.get() != 0>
                <div class="card balance__pending" data-testid="balance-pending">
                    <span class="balance__pending-words"><strong>{words}</strong>" "<span class="muted">{t!(i18n, team.balance.not_saved)}</span></span>
                    <Button variant=Variant::Primary on_click=move |_| desk.apply.run(())>{t!(i18n, team.balance.apply)}</Button>
                    <Button on_click=move |_| desk.discard()>{t!(i18n, team.balance.discard)}</Button>
                </div>
            </Show>
        </div>
    }
    .into_any()
}
