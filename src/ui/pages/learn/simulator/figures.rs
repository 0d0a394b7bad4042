//! How the year goes: the figures of today, and what has become of them week by week.

use leptos::prelude::*;

use super::{desk::Desk, words::zone};
use crate::{
    i18n::t_string,
    training::simulator::{State, Week, ZONES},
    ui::{
        charts::{
            chart_frame::Look,
            lines::{Column, Line, Lines, Stroke},
        },
        components::{stat::Stat, tag::Tone},
        format::UNKNOWN,
    },
};

/// How high a small chart is, in pixels.
const HEIGHT: f64 = 190.0;

/// The figures and the charts.
#[component]
pub(super) fn Figures(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let of_state = move |of: fn(&State) -> Option<i64>| {
        Memo::new(move |_| desk.game.with(|game| game.as_ref().and_then(|game| of(&game.state))))
    };
    let of_week = move |of: fn(&Week) -> f64| {
        Memo::new(move |_| desk.game.with(|game| game.as_ref()?.state.weeks.last().map(of)))
    };
    let money = of_state(|state| Some(state.money()));
    let latest = of_state(|state| state.weeks.last().map(|week| week.books.money()));
    let won = of_state(|state| Some(state.weeks.iter().map(|week| i64::from(week.won)).sum()));
    let revenue = of_state(|state| Some(state.books().revenue));
    let open = of_state(|state| i64::try_from(state.deals.iter().filter(|deal| deal.is_open()).count()).ok());
    let pipeline = of_state(|state| state.weeks.last().map(|week| week.pipeline.iter().sum()));
    let team = of_state(|state| i64::try_from(state.team()).ok());
    let (fatigue, awaited) = (of_week(|week| week.fatigue), of_week(|week| week.awaited / 100.0));
    let units = move |units: Option<i64>| units.map_or_else(|| UNKNOWN.to_owned(), |units| desk.money(units));
    let count = move |count: Option<i64>| format.count(count.and_then(|count| usize::try_from(count).ok()));
    view! {
        <div class="simulator__stats" data-testid="simulator-figures">
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.simulator.money).to_owned())
                figure=Signal::derive(move || units(money.get()))
                note=Signal::derive(move || t_string!(i18n, learn.simulator.this_week, money = units(latest.get())).to_string())
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.simulator.won).to_owned())
                figure=Signal::derive(move || count(won.get()))
                note=Signal::derive(move || units(revenue.get()))
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.simulator.open).to_owned())
                figure=Signal::derive(move || count(open.get()))
                note=Signal::derive(move || units(pipeline.get()))
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.simulator.team).to_owned())
                figure=Signal::derive(move || count(team.get()))
                note=Signal::derive(move || {
                    t_string!(i18n, learn.simulator.tired, share = format.percent(fatigue.get(), 0)).to_string()
                })
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, learn.simulator.awaited).to_owned())
                figure=Signal::derive(move || format.percent(awaited.get(), 0))
            />
        </div>
        <div class="simulator__charts">
            <Money desk/>
            <Pipeline desk/>
            <Attention desk/>
            <Leads desk/>
        </div>
    }
    .into_any()
}

/// What a chart shows of each week.
type Of = fn(&Week) -> Option<f64>;

/// The weeks as columns, a word at the beginning of each quarter.
fn columns(desk: Desk, least: usize) -> Signal<Vec<Column>> {
    let i18n = desk.i18n;
    Signal::derive(move || {
        let played = desk.game.with(|game| game.as_ref().map_or(0, |game| game.state.weeks.len()));
        let column = |week: usize| {
            let at = u32::try_from(week + 1).unwrap_or(u32::MAX);
            let word = if week.is_multiple_of(13) { at.to_string() } else { String::new() };
            Column {
                at: f64::from(at),
                name: t_string!(i18n, learn.simulator.week, week = at.to_string()).to_string(),
                word,
            }
        };
        (0..played.max(least)).map(column).collect()
    })
}

fn line(name: String, look: Look, stroke: Stroke, values: Vec<Option<f64>>) -> Line {
    Line { name, look, stroke, values, ranges: Vec::new() }
}

/// The values of all weeks that were played.
fn values(desk: Desk, of: impl Fn(&Week) -> Option<f64>) -> Vec<Option<f64>> {
    desk.game.with(|game| game.as_ref().map(|game| game.state.weeks.iter().map(of).collect()).unwrap_or_default())
}

#[component]
fn Chart(
    desk: Desk,
    #[prop(into)] label: Signal<String>,
    columns: Signal<Vec<Column>>,
    lines: Signal<Vec<Line>>,
    #[prop(into)] format: Callback<f64, String>,
) -> impl IntoView {
    let i18n = desk.i18n;
    view! {
        <section class="card simulator__chart">
            <h3>{label}</h3>
            <Lines
                label
                column_name=Signal::derive(move || t_string!(i18n, learn.simulator.week_head).to_owned())
                columns
                lines
                format
                height=HEIGHT
            />
        </section>
    }
    .into_any()
}

/// A number of units as it goes into a chart.
#[expect(clippy::cast_precision_loss, reason = "sums of a year stay far below 2⁵³")]
const fn chart(units: i64) -> f64 {
    units as f64
}

/// A value of a chart as a number of units.
#[expect(clippy::cast_possible_truncation, reason = "the ticks of an axis are no larger than its values")]
fn units(desk: Desk) -> Callback<f64, String> {
    Callback::new(move |value: f64| desk.money(value.round() as i64))
}

/// The money so far, beside doing nothing.
#[component]
fn Money(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let lines = Signal::derive(move || {
        let mut sum = 0;
        let mut own = Vec::new();
        let mut nothing = Vec::new();
        desk.game.with(|game| {
            let Some(game) = game else { return };
            for week in &game.state.weeks {
                sum += week.books.money();
                own.push(Some(chart(sum)));
            }
            nothing = game.nothing.iter().map(|money| Some(chart(*money))).collect();
        });
        vec![
            line(
                t_string!(i18n, learn.simulator.nothing).to_owned(),
                Look::Tone(Tone::Neutral),
                Stroke::Dashed,
                nothing,
            ),
            line(t_string!(i18n, learn.simulator.yours).to_owned(), Look::Tone(Tone::Accent), Stroke::Plain, own),
        ]
    });
    let label = Signal::derive(move || t_string!(i18n, learn.simulator.money_chart).to_owned());
    view! { <Chart desk label columns=columns(desk, 52) lines format=units(desk)/> }.into_any()
}

/// One line for each zone.
fn by_zone(desk: Desk, of: [Of; 3]) -> Vec<Line> {
    let zones = ZONES.into_iter().zip(of).zip([0.0, 0.5, 1.0]).zip([Stroke::Dashed, Stroke::Plain, Stroke::Steps]);
    let one = |(((of_zone, of), look), stroke)| {
        line(zone(desk.i18n, of_zone).to_owned(), Look::Stage(look), stroke, values(desk, of))
    };
    zones.map(one).collect()
}

/// What the open deals of each zone come to.
#[component]
fn Pipeline(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let of: [Of; 3] = [
        |week| week.pipeline.first().map(|units| chart(*units)),
        |week| week.pipeline.get(1).map(|units| chart(*units)),
        |week| week.pipeline.get(2).map(|units| chart(*units)),
    ];
    let lines = Signal::derive(move || by_zone(desk, of));
    let label = Signal::derive(move || t_string!(i18n, learn.simulator.pipeline_chart).to_owned());
    view! { <Chart desk label columns=columns(desk, 0) lines format=units(desk)/> }.into_any()
}

/// How much of the attention that deals ask for they get.
#[component]
fn Attention(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let of: [Of; 3] = [
        |week| week.attention.first().copied().flatten(),
        |week| week.attention.get(1).copied().flatten(),
        |week| week.attention.get(2).copied().flatten(),
    ];
    let lines = Signal::derive(move || {
        let mut lines = by_zone(desk, of);
        let tired = t_string!(i18n, learn.simulator.fatigue).to_owned();
        lines.push(line(tired, Look::Tone(Tone::Bad), Stroke::Dashed, values(desk, |week| Some(week.fatigue))));
        lines
    });
    let label = Signal::derive(move || t_string!(i18n, learn.simulator.attention_chart).to_owned());
    let percent = move |share: f64| format.percent(share, 0);
    view! { <Chart desk label columns=columns(desk, 0) lines format=percent/> }.into_any()
}

/// Leads that came in, and deals that were signed and lost.
#[component]
fn Leads(desk: Desk) -> impl IntoView {
    let (i18n, format) = (desk.i18n, desk.format);
    let lines = Signal::derive(move || {
        let leads = values(desk, |week| Some(f64::from(week.leads.iter().sum::<u32>())));
        let lost = values(desk, |week| Some(f64::from(week.lost())));
        let won = values(desk, |week| Some(f64::from(week.won)));
        vec![
            line(t_string!(i18n, learn.simulator.leads).to_owned(), Look::Tone(Tone::Accent), Stroke::Dashed, leads),
            line(t_string!(i18n, learn.simulator.lost).to_owned(), Look::Tone(Tone::Bad), Stroke::Plain, lost),
            line(t_string!(i18n, learn.simulator.won).to_owned(), Look::Tone(Tone::Good), Stroke::Steps, won),
        ]
    });
    let label = Signal::derive(move || t_string!(i18n, learn.simulator.leads_chart).to_owned());
    let number = move |count: f64| format.number(count, 0);
    view! { <Chart desk label columns=columns(desk, 0) lines format=number/> }.into_any()
}
