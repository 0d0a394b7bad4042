//! The proposal: the fewest moves that bring everybody into the band, found by the background worker, each of them to take or leave.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::{Desk, Reading};
use crate::{
    i18n::{t, t_string},
    metrics::balance::{
        Question, Transfer, Why,
        moves::{Effort, Plan, fewest},
    },
    ui::{
        background::Desk as Worker,
        components::{
            button::{Button, Variant},
            field::Checkbox,
            tag::{Tag, Tone},
        },
        format::Format,
        parts::amounts::Amounts,
        route::{Route, use_navigation},
        wording::I18n,
    },
    worker::{Request, Response},
};

/// What may be weighed on the page itself, where no worker answers.
const HERE: Effort = Effort { beam: 40_000, exact: 40_000 };

/// An answer, with what it was an answer to.
#[derive(Clone)]
struct Answer {
    reading: Arc<Reading>,
    plan: Plan,
    /// What lay outside the bands before.
    outside: i128,
    transfers: Vec<Transfer>,
}

/// The fewest moves, asked for with a click.
#[component]
pub(super) fn Proposal(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let (answer, busy) = (RwSignal::new(None::<Answer>), RwSignal::new(false));
    let worker = Worker::new();
    let number = StoredValue::new(0_u32);
    let propose = move |_| {
        let reading = desk.before.get_untracked();
        let lower_too = desk.lower_too.get_untracked();
        let Reading { workspace, balance, .. } = &*reading;
        let Some(question) = balance.question(&workspace.customers, &workspace.people, lower_too) else { return };
        number.update_value(|number| *number += 1);
        let asked = number.get_value();
        busy.set(true);
        let order = Request::Balance((&question.puzzle).into());
        worker.ask(
            order,
            |_, _| (),
            move |response| {
                // The page is gone, or something else was asked since.
                if number.try_get_value() != Some(asked) {
                    return;
                }
                let plan = match response {
                    Ok(Response::Balance(found)) => found.into(),
                    _ => fewest(&question.puzzle, HERE),
                };
                busy.set(false);
                take(desk, answer, reading, question, plan);
            },
        );
    };
    let outdated = Memo::new(move |_| {
        answer.with(|answer| {
            answer.as_ref().is_some_and(|answer| desk.before.with(|now| now.balance != answer.reading.balance))
        })
    });
    let shown = move || {
        let answer = answer.get()?;
        Some(if outdated.get() {
            view! { <p class="muted" role="status">{t!(i18n, team.balance.outdated)}</p> }.into_any()
        } else {
            view! { <Found desk answer/> }.into_any()
        })
    };
    view! {
        <section class="card balance__part" data-testid="balance-proposal">
            <h2>{t!(i18n, team.balance.proposal)}</h2>
            <p class="small muted">{t!(i18n, team.balance.proposal_what)}</p>
            <div class="row">
                <Button variant=Variant::Primary busy=busy on_click=propose>{t!(i18n, team.balance.propose)}</Button>
                <Checkbox
                    label=Signal::derive(move || t_string!(i18n, team.balance.lower_too).to_owned())
                    value=desk.lower_too
                    on_change=move |too: bool| desk.lower_too.set(too)
                />
                <Show when=move || busy.get()>
                    <span class="muted" role="status">{t!(i18n, team.balance.working)}</span>
                </Show>
            </div>
            {shown}
        </section>
    }
    .into_any()
}

/// Shows the moves and writes them into the draft in the place of what stood there.
fn take(desk: Desk, answer: RwSignal<Option<Answer>>, reading: Arc<Reading>, question: Question, plan: Plan) {
    let transfers = reading.balance.transfers(&question, &plan);
    let outside = question.puzzle.seats.iter().map(|seat| seat.band.outside(seat.held)).sum();
    desk.discard();
    for transfer in &transfers {
        desk.give(transfer.customer, transfer.to);
    }
    answer.set(Some(Answer { reading, plan, outside, transfers }));
}

/// What was found.
#[component]
fn Found(desk: Desk, answer: Answer) -> impl IntoView {
    let (i18n, format, amounts) = (desk.i18n, desk.format, desk.amounts);
    let Answer { plan, outside, transfers, .. } = answer;
    let rows = transfers.into_iter().map(|transfer| view! { <Row desk transfer/> }).collect_view();
    let words = move || found_words(i18n, format, amounts, &plan, outside);
    view! {
        <p data-testid="balance-found" role="status">{words}</p>
        <ul class="balance__moves">{rows}</ul>
    }
    .into_any()
}

fn found_words(i18n: I18n, format: Format, amounts: Amounts, plan: &Plan, outside: i128) -> String {
    let (count, least) = (plan.moves.len(), format.count(plan.at_least));
    let (before, after) = (amounts.sum(Some(outside)), amounts.sum(Some(plan.outside)));
    match plan {
        Plan { outside: 0, .. } if count == 0 => t_string!(i18n, team.balance.nothing).to_owned(),
        Plan { outside: 0, at_least, .. } if *at_least >= count => {
            t_string!(i18n, team.balance.found, count = count, n = format.count(count)).to_string()
        }
        Plan { outside: 0, .. } => {
            t_string!(i18n, team.balance.found_gap, count = count, n = format.count(count), least = least).to_string()
        }
        Plan { impossible: true, .. } if count == 0 => t_string!(i18n, team.balance.no_better).to_owned(),
        Plan { impossible: true, .. } => {
            t_string!(i18n, team.balance.nearest, before = before, after = after).to_string()
        }
        _ => t_string!(i18n, team.balance.nearest_found, before = before, after = after).to_string(),
    }
}

/// One move, to take or leave.
#[component]
fn Row(desk: Desk, transfer: Transfer) -> impl IntoView {
    let (i18n, navigation) = (desk.i18n, use_navigation());
    let Transfer { customer, from, to, worth, why, away } = transfer;
    let name = move || desk.names.with(|names| names.customer(Some(customer)));
    let person = move |id| desk.names.with(|names| names.person(Some(id)));
    let taken = Memo::new(move |_| desk.goes_to(customer) == Some(to));
    let toggle = move |_| {
        if taken.get_untracked() {
            desk.keep(customer);
        } else {
            desk.give(customer, to);
        }
    };
    let include = move || {
        t_string!(i18n, team.balance.include, customer = name(), from = person(from), to = person(to)).to_string()
    };
    let route = Route::Customer(customer.to_string());
    view! {
        <li class="balance__move" data-testid="balance-move">
            <label class="balance__take">
                <input type="checkbox" aria-label=include prop:checked=taken on:change=toggle/>
            </label>
            <div class="balance__move-what">
                <a href=move || navigation.href(&route)>{name}</a>
                <span class="balance__way">{move || person(from)}" → "{move || person(to)}</span>
                <span class="small muted">{move || why_words(i18n, why, &person(from), &person(to))}</span>
            </div>
            {away.then(|| view! { <Tag tone=Tone::Warn>{t!(i18n, team.balance.away)}</Tag> })}
            <span class="balance__potential">{move || desk.amounts.sum(Some(worth))}</span>
        </li>
    }
    .into_any()
}

fn why_words(i18n: I18n, why: Why, from: &str, to: &str) -> String {
    match why {
        Why::Both => t_string!(i18n, team.balance.why.both, from = from, to = to).to_string(),
        Why::Relieves => t_string!(i18n, team.balance.why.relieves, from = from, to = to).to_string(),
        Why::Fills => t_string!(i18n, team.balance.why.fills, from = from, to = to).to_string(),
        Why::Exchanges => t_string!(i18n, team.balance.why.exchanges).to_owned(),
    }
}
