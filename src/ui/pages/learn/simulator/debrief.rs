//! The end of the year: what it came to beside doing nothing and beside a good way, what mattered, and the weeks that stand out.

use leptos::prelude::*;

use super::{
    desk::Desk,
    words::{gate, lever, part, zone},
};
use crate::{
    codec::run::{Decision, Turn},
    i18n::{t, t_string},
    training::simulator::{Debrief, Lever, Moment},
    ui::components::{
        stat::Stat,
        tag::{Tag, Tone},
    },
};

/// The debrief of a year that was played to its end.
#[component]
pub(super) fn DebriefPart(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let debrief = Memo::new(move |_| {
        let game = desk.game.get()?;
        game.is_over().then(|| game.simulator.debrief(&game.decisions))
    });
    let body = move || debrief.get().map(|debrief| told(desk, debrief));
    view! {
        <section class="simulator__debrief" aria-labelledby="simulator-debrief" data-testid="simulator-debrief">
            <h2 id="simulator-debrief">{t!(i18n, learn.simulator.debrief)}</h2>
            {body}
        </section>
    }
    .into_any()
}

fn told(desk: Desk, debrief: Debrief) -> AnyView {
    let i18n = desk.i18n;
    let Debrief { outcome, levers, best, worst, pipeline } = debrief;
    let points = outcome.points();
    let figure = |units: i64| Signal::derive(move || desk.money(units));
    let more = move |than: i64| {
        Signal::derive(move || {
            let difference = signed(desk, outcome.money - than);
            t_string!(i18n, learn.simulator.you_are, difference = difference).to_string()
        })
    };
    let largest = levers.iter().map(|(_, brought)| brought.unsigned_abs()).max().unwrap_or(0).max(1);
    let rows = levers.into_iter().map(|(of, brought)| lever_row(desk, of, brought, largest)).collect_view();
    view! {
        <div class="simulator__stats">
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.simulator.yours).to_owned())
                figure=figure(outcome.money)
                note=Signal::derive(move || {
                    t_string!(i18n, learn.simulator.not_counted, pipeline = desk.money(pipeline)).to_string()
                })
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.simulator.nothing).to_owned())
                figure=figure(outcome.standing)
                note=more(outcome.standing)
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.simulator.good_way).to_owned())
                figure=figure(outcome.good)
                note=more(outcome.good)
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.simulator.points).to_owned())
                figure=Signal::derive(move || points.to_string())
                note=Signal::derive(move || t_string!(i18n, learn.simulator.points_what).to_owned())
            />
        </div>
        <div class="simulator__told-apart">
            <section class="card">
                <h3>{t!(i18n, learn.simulator.mattered)}</h3>
                <p class="small muted">{t!(i18n, learn.simulator.mattered_what)}</p>
                <ul class="simulator__levers">{rows}</ul>
            </section>
            {moments(desk, t_string!(i18n, learn.simulator.best), best)}
            {moments(desk, t_string!(i18n, learn.simulator.worst), worst)}
        </div>
        <GoodWay desk/>
    }
    .into_any()
}

/// A difference with its sign.
fn signed(desk: Desk, units: i64) -> String {
    if units > 0 { ["+", &desk.money(units)].concat() } else { desk.money(units) }
}

fn lever_row(desk: Desk, of: Lever, brought: i64, largest: u64) -> AnyView {
    let i18n = desk.i18n;
    let tone = match brought {
        1.. => Tone::Good,
        0 => Tone::Neutral,
        _ => Tone::Bad,
    };
    let verdict = match tone {
        Tone::Good => t_string!(i18n, learn.simulator.helped),
        Tone::Bad => t_string!(i18n, learn.simulator.hurt),
        _ => t_string!(i18n, learn.simulator.unchanged),
    };
    let share = brought.unsigned_abs().saturating_mul(1_000) / largest;
    let width = f64::from(u32::try_from(share).unwrap_or(1_000)) / 1_000.0;
    view! {
        <li class="simulator__lever" data-tone=tone.as_str()>
            <span>{lever(i18n, of)}</span>
            <Tag tone>{verdict}</Tag>
            <span class="simulator__brought">{signed(desk, brought)}</span>
            <span class="simulator__lever-bar" aria-hidden="true" style:--share=width.to_string()></span>
        </li>
    }
    .into_any()
}

/// Weeks that stand out, each with what sets it apart most.
fn moments(desk: Desk, head: &'static str, moments: Vec<Moment>) -> AnyView {
    let i18n = desk.i18n;
    let row = |Moment { week, money, why }: Moment| {
        let head = t_string!(i18n, learn.simulator.week, week = (week + 1).to_string()).to_string();
        let why: Vec<_> = why
            .into_iter()
            .take(2)
            .filter(|(_, difference)| *difference != 0)
            .map(|(of, difference)| [part(i18n, of), " ", &signed(desk, difference)].concat())
            .collect();
        view! {
            <li>
                <strong>{head}</strong>" "<span class="simulator__brought">{signed(desk, money)}</span>
                <span class="small muted">{t_string!(i18n, learn.simulator.why, why = why.join(" · ")).to_string()}</span>
            </li>
        }
    };
    view! {
        <section class="card">
            <h3>{head}</h3>
            <ul class="simulator__moments">{moments.into_iter().map(row).collect_view()}</ul>
        </section>
    }
    .into_any()
}

/// What the good way decided, turn by turn.
#[component]
fn GoodWay(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let rows = move || {
        let turns = desk.of_scenario(|scenario| scenario.good.clone());
        turns.into_iter().map(|turn| turn_row(desk, turn)).collect_view()
    };
    view! {
        <details class="card simulator__good">
            <summary>{t!(i18n, learn.simulator.good_what)}</summary>
            <div class="table-scroll" tabindex="0">
                <table class="table">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, learn.simulator.week_head)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.uses.prospecting)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.uses.upper)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.uses.middle)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.uses.lower)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.uses.coaching)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.gates)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.channels)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.price)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.training)}</th>
                            <th scope="col">{t!(i18n, learn.simulator.hires)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
    .into_any()
}

fn turn_row(desk: Desk, turn: Turn) -> AnyView {
    let (i18n, format) = (desk.i18n, desk.format);
    let Turn { from, decision: Decision { hours, spend, training, gate: strictness, hires, discount } } = turn;
    let spent: i64 = spend.iter().map(|units| i64::from(*units)).sum();
    let hours = [hours.prospecting, hours.upper, hours.middle, hours.lower, hours.coaching];
    view! {
        <tr>
            <th scope="row">{(from + 1).to_string()}</th>
            {hours.map(|hours| view! { <td>{hours.to_string()}</td> }).into_iter().collect_view()}
            <td>{gate(i18n, strictness)}</td>
            <td>{desk.money(spent)}</td>
            <td>{format.percent(f64::from(discount) / 100.0, 0)}</td>
            <td>{training.map(|of| zone(i18n, of))}</td>
            <td>{(hires > 0).then(|| hires.to_string())}</td>
        </tr>
    }
    .into_any()
}
