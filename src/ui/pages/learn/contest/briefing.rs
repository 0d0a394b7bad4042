//! What a player is told: the quarter so far, the open deals by stage, the largest ones, and how quarters before went on from here.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Desk, Made};
use crate::{
    i18n::{t, t_string},
    training::contest::{Before, DealSight, ModelSight, StageSight},
    ui::{components::stat::Stat, format::UNKNOWN},
};

/// The company on the day of the forecast.
#[component]
pub(super) fn Told(desk: Desk, made: Arc<Made>) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let Made { round, briefing, .. } = &*made;
    let (round, asked, won, closing) = (*round, briefing.asked, briefing.won, briefing.closing);
    let sentence = move || {
        let (day, end) = (format.date(round.as_of), format.date(round.quarter.to));
        let weeks = format.count(round.weeks as usize);
        t_string!(i18n, learn.contest.question, day = day, end = end, n = weeks).to_string()
    };
    let stat = move |label: fn(crate::ui::wording::I18n) -> &'static str, minor: f64, note: Option<f64>| {
        view! {
            <Stat
                label=Signal::derive(move || label(i18n).to_owned())
                figure=Signal::derive(move || desk.money(minor))
                note=MaybeProp::derive(move || {
                    note.map(|share| t_string!(i18n, learn.contest.of_quota, share = format.percent(share, 0)).to_string())
                })
            />
        }
    };
    let models = briefing.models.iter().cloned().map(|model| view! { <Stages desk model/> }).collect_view();
    view! {
        <p data-testid="contest-question"><strong>{sentence}</strong></p>
        <div class="tiles" data-testid="contest-figures">
            {stat(|i18n| t_string!(i18n, learn.contest.quota), asked, None)}
            {stat(|i18n| t_string!(i18n, learn.contest.won), won, Some(won / asked))}
            {stat(|i18n| t_string!(i18n, learn.contest.closing), closing, Some(closing / asked))}
        </div>
        <div class="games__pair">
            <section class="card games__part">
                <h3>{t!(i18n, learn.contest.stages)}</h3>
                <p class="small muted">{t!(i18n, learn.contest.stages_what)}</p>
                {models}
            </section>
            <section class="card games__part">
                <h3>{t!(i18n, learn.contest.before)}</h3>
                <p class="small muted">{t!(i18n, learn.contest.before_what)}</p>
                <Quarters desk before=briefing.before.clone()/>
                <h3>{t!(i18n, learn.contest.largest)}</h3>
                <Largest desk deals=briefing.largest.clone()/>
            </section>
        </div>
    }
    .into_any()
}

#[component]
fn Stages(desk: Desk, model: ModelSight) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let row = move |StageSight { name, deals, amount, chance, days }: StageSight| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{move || format.count(deals)}</td>
                <td>{move || desk.money(amount)}</td>
                <td>{move || format.percent(chance, 0)}</td>
                <td>{move || format.days(f64::from(days))}</td>
            </tr>
        }
    };
    let name = model.name.clone();
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=name>
            <table class="table" data-testid="contest-stages">
                <caption class="games__caption">{model.name}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, common.stage)}</th>
                        <th scope="col">{t!(i18n, common.count)}</th>
                        <th scope="col">{t!(i18n, common.amount)}</th>
                        <th scope="col">{t!(i18n, learn.contest.wins_from_here)}</th>
                        <th scope="col">{t!(i18n, learn.contest.days_from_here)}</th>
                    </tr>
                </thead>
                <tbody>{model.stages.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Quarters(desk: Desk, before: Vec<Before>) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let row = move |Before { from, then, in_all }: Before| {
        view! {
            <tr>
                <th scope="row">{move || format.month(from)}</th>
                <td>{move || desk.money(then)}</td>
                <td>{move || desk.money(in_all - then)}</td>
                <td>{move || desk.money(in_all)}</td>
            </tr>
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=move || t_string!(i18n, learn.contest.before)>
            <table class="table">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, learn.contest.quarter_from)}</th>
                        <th scope="col">{t!(i18n, learn.contest.by_then)}</th>
                        <th scope="col">{t!(i18n, learn.contest.from_then)}</th>
                        <th scope="col">{t!(i18n, learn.contest.in_all)}</th>
                    </tr>
                </thead>
                <tbody>{before.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

#[component]
fn Largest(desk: Desk, deals: Vec<DealSight>) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let row = move |DealSight { customer, stage, amount, close }: DealSight| {
        let customer = if customer.is_empty() { UNKNOWN.to_owned() } else { customer };
        view! {
            <tr>
                <th scope="row">{customer}</th>
                <td class="table__text">{stage}</td>
                <td>{move || desk.money(amount)}</td>
                <td>{move || format.date(close)}</td>
            </tr>
        }
    };
    view! {
        <div class="table-scroll" tabindex="0" role="group" aria-label=move || t_string!(i18n, learn.contest.largest)>
            <table class="table contest__deals">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, learn.contest.customer)}</th>
                        <th scope="col" class="table__text">{t!(i18n, common.stage)}</th>
                        <th scope="col">{t!(i18n, common.amount)}</th>
                        <th scope="col">{t!(i18n, learn.contest.close)}</th>
                    </tr>
                </thead>
                <tbody>{deals.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
