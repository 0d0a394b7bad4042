//! The card of one person or department: strengths, the one thing to train, and every figure beside the rest of the team.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    desk::Desk,
    words::{Unit, figure, formula, gap, span, unit, verdict},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Interval,
        scorecard::{Card, Line, Measure, Of, Scorecards as Cards},
    },
    ui::{
        charts::{
            gap as chart,
            intervals::{IntervalRow, Intervals},
        },
        components::{
            button::Button,
            explain::Explain,
            tag::{Tag, Tone},
        },
        format::UNKNOWN,
        parts::behind::left_out_words,
        wording::I18n,
    },
};

#[component]
pub(super) fn Single(desk: Desk, cards: Memo<Option<Arc<Cards>>>, of: Of) -> impl IntoView {
    let i18n = use_i18n();
    let card = Memo::new_with_compare(
        move |_| cards.with(|cards| cards.as_ref().map(|cards| Arc::new(cards.card(of)))),
        |_, _| true,
    );
    let print = move |_| {
        // Refused only where the browser cannot print at all.
        window().print().ok();
    };
    let told = move || card.get().map(|card| view! { <Told desk card/> });
    let charts = move || {
        let card = card.get()?;
        let chart = |wanted: Unit, title: &'static str| {
            let any = card.lines.iter().any(|line| unit(line.measure) == wanted && line.own.value.is_some());
            any.then(|| chart(desk, i18n, &card, wanted, title))
        };
        let rates = chart(Unit::Share, t_string!(i18n, team.scorecards.rates));
        let days = chart(Unit::Days, t_string!(i18n, team.scorecards.days));
        let weeks = chart(Unit::PerWeek, t_string!(i18n, team.scorecards.weeks));
        Some(view! { <div class="scorecards__pair">{rates}{days}{weeks}</div> })
    };
    let rows = move || {
        let (card, cards) = (card.get()?, cards.get()?);
        Some(card.lines.iter().map(|line| row(desk, i18n, &cards, of, line)).collect_view())
    };
    view! {
        <div class="stack paper" data-testid="scorecard">
            <div class="row">
                <a class="link no-print" href=move || desk.home()>{t!(i18n, team.scorecards.all)}</a>
                <h2 class="scorecards__name">{move || desk.name(of)}</h2>
                <span class="muted small">{move || desk.period(i18n)}</span>
                <span class="scorecards__print no-print"><Button icon=icondata_lu::LuPrinter on_click=print>{t!(i18n, team.scorecards.print)}</Button></span>
            </div>
            {told}
            {charts}
            <section class="card stack">
                <h2>{t!(i18n, team.scorecards.figures)}</h2>
                <p class="muted small">{t!(i18n, team.scorecards.figures_what)}</p>
                <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, team.scorecards.figures)>
                    <table class="table figures periods" data-testid="scorecard-lines">
                        <thead>
                            <tr>
                                <th scope="col">{t!(i18n, analysis.periods.figure)}</th>
                                <th scope="col">{t!(i18n, team.scorecards.own)}</th>
                                <th scope="col">{t!(i18n, team.scorecards.rest)}</th>
                                <th scope="col">{t!(i18n, analysis.periods.difference)}</th>
                                <th scope="col" colspan="2">{t!(i18n, chart.range)}</th>
                                <th scope="col">{t!(i18n, analysis.periods.told)}</th>
                            </tr>
                        </thead>
                        <tbody>{rows}</tbody>
                    </table>
                </div>
            </section>
        </div>
    }
    .into_any()
}

/// What the card comes to, in sentences.
#[component]
fn Told(desk: Desk, card: Arc<Card>) -> impl IntoView {
    let i18n = use_i18n();
    let sentence = |measure: Measure| {
        let line = card.line(measure)?;
        let (measure, own, team) = (
            desk.measure(i18n, line.measure),
            figure(desk, i18n, line.measure, line.own.value),
            figure(desk, i18n, line.measure, line.team.value),
        );
        Some(t_string!(i18n, team.scorecards.beside, measure = measure, own = own, team = team).to_string())
    };
    let strengths: Vec<String> = card.strengths.iter().filter_map(|measure| sentence(*measure)).collect();
    let none =
        if card.too_few { t_string!(i18n, team.scorecards.few) } else { t_string!(i18n, team.scorecards.no_strengths) };
    let strengths = if strengths.is_empty() {
        view! { <p class="muted">{none}</p> }.into_any()
    } else {
        let items = strengths.into_iter().map(|words| view! { <li>{words}</li> }).collect_view();
        view! { <ul class="scorecards__strengths">{items}</ul> }.into_any()
    };
    let train = match card.train {
        Some(training) => {
            let words = sentence(training.measure).unwrap_or_default();
            let gain = match training.gain {
                Some(gain) => t_string!(i18n, team.scorecards.gain, money = desk.money(gain)).to_string(),
                None => t_string!(i18n, team.scorecards.no_gain).to_owned(),
            };
            let behind = card.line(training.measure).map(|line| line.own.deals.clone()).unwrap_or_default();
            let title = [desk.name(card.of), desk.measure(i18n, training.measure)].join(" · ");
            let open = move |_| desk.open(title.clone(), &behind, String::new());
            view! {
                <p class="scorecards__train-words" data-testid="train">{words}</p>
                <p class="muted">{gain}</p>
                <p class="no-print"><button type="button" class="link" on:click=open>{t!(i18n, team.scorecards.behind)}</button></p>
            }
            .into_any()
        }
        None if card.too_few => view! { <p class="muted">{t!(i18n, team.scorecards.few)}</p> }.into_any(),
        None => view! { <p class="muted">{t!(i18n, team.scorecards.no_train)}</p> }.into_any(),
    };
    view! {
        <div class="scorecards__pair">
            <section class="card stack"><h2>{t!(i18n, team.scorecards.strengths)}</h2>{strengths}</section>
            <section class="card stack"><h2>{t!(i18n, team.scorecards.train)}</h2>{train}</section>
        </div>
    }
    .into_any()
}

/// The figures of one unit as intervals, each with that of the team below it.
fn chart(desk: Desk, i18n: I18n, card: &Card, wanted: Unit, title: &'static str) -> AnyView {
    let shown = |line: &&Line| unit(line.measure) == wanted && line.own.value.is_some();
    let row = |line: &Line| {
        let name = desk.measure(i18n, line.measure);
        let range = |interval: Option<Interval>| interval.map(|interval| (interval.low, interval.high));
        let team = t_string!(i18n, team.scorecards.team_row, measure = name.clone()).to_string();
        [
            IntervalRow { name, value: line.own.value, range: range(line.own.interval), tone: own_tone(i18n, line) },
            IntervalRow { name: team, value: line.team.value, range: range(line.team.interval), tone: Tone::Neutral },
        ]
    };
    let rows: Vec<IntervalRow> = card.lines.iter().filter(shown).flat_map(row).collect();
    let measures: Vec<Measure> = card.lines.iter().filter(shown).map(|line| line.measure).collect();
    let of_unit = measures.first().copied().unwrap_or(Measure::WinRate);
    let shown = Callback::new(move |value: f64| match wanted {
        Unit::Share => desk.format.percent(value, 0),
        _ => figure(desk, i18n, of_unit, Some(value)),
    });
    view! {
        <section class="card stack">
            <h2>{title}</h2>
            <Intervals
                label=Signal::derive(move || title.to_owned())
                row_name=Signal::derive(move || t_string!(i18n, analysis.periods.figure).to_owned())
                value_name=Signal::derive(move || t_string!(i18n, team.scorecards.own).to_owned())
                rows=Signal::derive(move || rows.clone())
                format=shown
            />
        </section>
    }
    .into_any()
}

/// The colour of one's own figure: one that says nothing is in the accent, to tell it from that of the team.
fn own_tone(i18n: I18n, line: &Line) -> Tone {
    match verdict(i18n, line).1 {
        Tone::Neutral => Tone::Accent,
        tone => tone,
    }
}

fn row(desk: Desk, i18n: I18n, cards: &Arc<Cards>, of: Of, line: &Line) -> AnyView {
    let measure = line.measure;
    let title = desk.measure(i18n, measure);
    let whose = [desk.name(of), title.clone()].join(" · ");
    let left_out = left_out_words(i18n, desk.format, &line.own.left_out);
    let own = desk.link(figure(desk, i18n, measure, line.own.value), whose, line.own.deals.clone(), left_out);
    let team = team_link(desk, i18n, cards.clone(), of, line);
    let range = line.interval.map_or_else(|| UNKNOWN.to_owned(), |interval| span(desk, i18n, measure, interval));
    let drawn = line
        .difference
        .zip(line.interval)
        .map(|(difference, interval)| chart::gap(difference, interval.low, interval.high));
    let (words, tone) = verdict(i18n, line);
    let counted = t_string!(i18n, funnel.deals, count = desk.format.count(line.own.deals.len())).to_string();
    view! {
        <tr data-tone=tone.as_str()>
            <th scope="row">
                <span class="readings__rate">{title}<Explain formula=formula(i18n, measure) counted/></span>
            </th>
            <td>{own}</td>
            <td>{team}</td>
            <td>{gap(desk, i18n, measure, line.difference)}</td>
            <td class="small">{range}</td>
            <td class="periods__picture">{drawn}</td>
            <td><Tag tone=Signal::derive(move || tone)>{words}</Tag></td>
        </tr>
    }
    .into_any()
}

/// The figure of the rest of the team; its deals are found when they are asked for.
fn team_link(desk: Desk, i18n: I18n, cards: Arc<Cards>, of: Of, line: &Line) -> AnyView {
    let measure = line.measure;
    let shown = figure(desk, i18n, measure, line.team.value);
    if line.team.value.is_none() {
        return view! { <span class="muted">{shown}</span> }.into_any();
    }
    let title = t_string!(i18n, team.scorecards.team_row, measure = desk.measure(i18n, measure)).to_string();
    let open = move |_| desk.open(title.clone(), &cards.team_rows(of, measure), String::new());
    view! { <button type="button" class="link" on:click=open>{shown}</button> }.into_any()
}
