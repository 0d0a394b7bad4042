//! How long it takes: the stay in every stage against what the model expects, its curve, and the sales cycle.

use std::sync::Arc;

use leptos::prelude::*;

use super::{ChooseStage, Desk, conversion::words_every, use_stage};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Conversion, SalesCycle, conversion, sales_cycle},
    ui::{
        charts::{
            chart_frame::Look,
            intervals::{IntervalRow, Intervals},
            lines::{Column, Line, Lines, Rule, Stroke},
        },
        components::{explain::Explain, stat::Stat, tag::Tone},
        format::{UNKNOWN, use_format},
        parts::behind::left_out_words,
    },
};

/// Figures of both kinds, computed together.
struct Times {
    conversion: Conversion,
    cycle: SalesCycle,
}

#[component]
pub(super) fn TimeTab(desk: Desk) -> impl IntoView {
    let times =
        desk.metric(|view| Some(Times { conversion: conversion(view).pop()?, cycle: sales_cycle(view).pop()? }));
    view! {
        <Cycle desk times/>
        <Stays desk times/>
        <Curve desk times/>
    }
}

/// From the first day to the signature.
#[component]
fn Cycle(desk: Desk, times: Memo<Option<Arc<Times>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let with = move |read: fn(&SalesCycle) -> Option<f64>| times.get().and_then(|times| read(&times.cycle));
    let count = move || times.get().map(|times| times.cycle.deals.len());
    let note = move || {
        let (count, mean) = (format.count(count()), format.days(with(|cycle| cycle.mean)));
        t_string!(i18n, funnel.cycle_note, count = count, mean = mean).to_string()
    };
    let open = move |()| {
        let Some(times) = times.get_untracked() else { return };
        let left_out = left_out_words(i18n, format, &times.cycle.left_out);
        desk.opener.run(t_string!(i18n, funnel.list.cycle).to_owned(), &times.cycle.deals, left_out);
    };
    let left_out = move || {
        let times = times.get()?;
        Some(left_out_words(i18n, format, &times.cycle.left_out)).filter(|words| !words.is_empty())
    };
    view! {
        <div class="tiles">
            <Stat
                label=Signal::derive(move || t_string!(i18n, funnel.cycle).to_owned())
                figure=Signal::derive(move || format.days(with(|cycle| cycle.median)))
                note=Signal::derive(note)
                on_open=Callback::new(open)
            >
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, analysis.cycle_formula).to_owned())
                    counted=Signal::derive(move || t_string!(i18n, funnel.deals, count = format.count(count())).to_string())
                    left_out=MaybeProp::derive(left_out)
                />
            </Stat>
        </div>
    }
    .into_any()
}

/// The middle half of the stays in every stage.
#[component]
fn Stays(desk: Desk, times: Memo<Option<Arc<Times>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let rows = Signal::derive(move || {
        let Some(times) = times.get() else { return Vec::new() };
        let row = |(place, stage): (usize, &crate::metrics::StageConversion)| {
            let durations = stage.cohort.durations();
            let quartile = |days: Option<u32>| days.map(f64::from);
            let range = quartile(durations.lower_quartile).zip(quartile(durations.upper_quartile));
            let slow = durations.median.is_some_and(|days| days > u32::from(stage.expected_days));
            let tone = match (stage.cohort.too_few(), slow) {
                (true, _) => Tone::Neutral,
                (false, true) => Tone::Warn,
                (false, false) => Tone::Accent,
            };
            IntervalRow { name: desk.stage_name(place), value: quartile(durations.median), range, tone }
        };
        times.conversion.stages.iter().enumerate().map(row).collect()
    });
    let table = move || {
        let times = times.get()?;
        let days = |days: Option<u32>| format.days(days.map(f64::from));
        let row = |(place, stage): (usize, &crate::metrics::StageConversion)| {
            let durations = stage.cohort.durations();
            view! {
                <tr>
                    <th scope="row">{desk.stage_name(place)}</th>
                    <td>{format.days(f64::from(stage.expected_days))}</td>
                    <td>{days(durations.lower_quartile)}</td>
                    <td>{days(durations.median)}</td>
                    <td>{days(durations.upper_quartile)}</td>
                    <td>{format.days(durations.mean)}</td>
                    <td>{format.count(stage.cohort.decided())}</td>
                    <td>{format.count(stage.cohort.open.len())}</td>
                </tr>
            }
        };
        Some(times.conversion.stages.iter().enumerate().map(row).collect_view())
    };
    view! {
        <section class="card stack">
            <h2>{t!(i18n, analysis.stays)}</h2>
            <p class="muted small">{t!(i18n, analysis.stays_what)}</p>
            <Intervals
                label=Signal::derive(move || t_string!(i18n, analysis.stays).to_owned())
                row_name=Signal::derive(move || t_string!(i18n, funnel.stage).to_owned())
                value_name=Signal::derive(move || t_string!(i18n, funnel.median_days).to_owned())
                rows
                format=Callback::new(move |days: f64| format.days(days))
            />
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.stays)>
                <table class="table figures">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, funnel.stage)}</th>
                            <th scope="col">{t!(i18n, analysis.expected)}</th>
                            <th scope="col">{t!(i18n, analysis.quarter_left)}</th>
                            <th scope="col">{t!(i18n, funnel.median_days)}</th>
                            <th scope="col">{t!(i18n, analysis.three_quarters_left)}</th>
                            <th scope="col">{t!(i18n, analysis.mean_decided)}</th>
                            <th scope="col">{t!(i18n, analysis.decided)}</th>
                            <th scope="col">{t!(i18n, funnel.still_open)}</th>
                        </tr>
                    </thead>
                    <tbody>{table}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The share still in a stage by days since the entry.
#[component]
fn Curve(desk: Desk, times: Memo<Option<Arc<Times>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let stage = use_stage(desk);
    let shown = Memo::new(move |_| {
        let times = times.get()?;
        let stage = times.conversion.stages.get(stage.get())?;
        Some((stage.cohort.stay(), stage.expected_days))
    });
    let points = move || {
        let (stay, _) = shown.get()?;
        Some(
            std::iter::once((0, 1.0))
                .chain(stay.steps().iter().copied().filter(|(day, _)| *day > 0))
                .collect::<Vec<_>>(),
        )
    };
    let columns = Signal::derive(move || {
        let points = points().unwrap_or_default();
        let every = words_every(points.last().map_or(0, |(day, _)| *day));
        let mut next = 0;
        let column = |(day, _): (u32, f64)| {
            let is_due = day >= next;
            if is_due {
                next = (day / every + 1) * every;
            }
            let word = if is_due { day.to_string() } else { String::new() };
            Column { at: f64::from(day), name: t_string!(i18n, analysis.day, days = day).to_string(), word }
        };
        points.into_iter().map(column).collect::<Vec<_>>()
    });
    let lines = Signal::derive(move || {
        let values = points().unwrap_or_default().into_iter().map(|(_, share)| Some(share)).collect();
        vec![Line {
            name: t_string!(i18n, analysis.still_there).to_owned(),
            look: Look::Tone(Tone::Accent),
            stroke: Stroke::Steps,
            values,
            ranges: Vec::new(),
        }]
    });
    let rules = Signal::derive(move || {
        let rule = |(_, days): (_, u16)| Rule {
            at: f64::from(days),
            name: t_string!(i18n, analysis.expected).to_owned(),
            upright: true,
        };
        let last = columns.with(|columns| columns.last().map_or(0.0, |column| column.at));
        shown.get().map(rule).into_iter().filter(|rule| rule.at <= last).collect::<Vec<_>>()
    });
    let median = move || {
        let median = shown.get().and_then(|(stay, _)| stay.median());
        median.map_or_else(|| UNKNOWN.to_owned(), |days| format.days(f64::from(days)))
    };
    view! {
        <section class="card stack">
            <div class="card__head">
                <h2>{t!(i18n, analysis.stay_curve)}</h2>
                <ChooseStage desk stage/>
            </div>
            <p class="muted small">{move || t_string!(i18n, analysis.stay_curve_what, median = median()).to_string()}</p>
            <Lines
                label=Signal::derive(move || [t_string!(i18n, analysis.stay_curve), &desk.stage_name(stage.get())].join(" · "))
                column_name=Signal::derive(move || t_string!(i18n, analysis.days_since).to_owned())
                columns
                lines
                rules
                format=Callback::new(move |share: f64| format.percent(share, 0))
                most=Some(1.0)
            />
        </section>
    }
    .into_any()
}
