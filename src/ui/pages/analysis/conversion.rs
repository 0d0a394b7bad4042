//! Who goes on: conversion in three readings with their intervals, and how it comes about over the days.

use std::sync::Arc;

use leptos::prelude::*;

use super::{ChooseStage, Desk, readings::Readings, use_stage};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Cohort, Conversion, conversion},
    ui::{
        charts::{
            chart_frame::Look,
            intervals::{IntervalRow, Intervals},
            lines::{Column, Line, Lines, Stroke},
        },
        components::{segmented::Segmented, tag::Tone},
        format::use_format,
        parts::behind::left_out_words,
    },
};

/// How conversion is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reading {
    SoFar,
    OfDecided,
    Estimated,
}

impl Reading {
    fn row(self, name: String, cohort: &Cohort) -> IntervalRow {
        let rate = match self {
            Self::SoFar => cohort.so_far(),
            Self::OfDecided => cohort.of_decided(),
            Self::Estimated => {
                let value = cohort.incidence().ultimate().map(|chances| chances.passed);
                return IntervalRow { name, value, range: None, tone: tone(cohort) };
            }
        };
        let range = rate.map(|rate| rate.interval()).map(|interval| (interval.low, interval.high));
        IntervalRow { name, value: rate.map(|rate| rate.value()), range, tone: tone(cohort) }
    }
}

/// Grey where too few are decided to tell.
fn tone(cohort: &Cohort) -> Tone {
    if cohort.too_few() { Tone::Neutral } else { Tone::Accent }
}

#[component]
pub(super) fn ConversionTab(desk: Desk) -> impl IntoView {
    let figures = desk.metric(|view| conversion(view).pop());
    view! {
        <Rates desk figures/>
        <Curves desk figures/>
        <Readings desk figures/>
    }
}

/// Every stage in one reading.
#[component]
fn Rates(desk: Desk, figures: Memo<Option<Arc<Conversion>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let reading = RwSignal::new(Reading::OfDecided);
    let rows = Signal::derive(move || {
        let Some(figures) = figures.get() else { return Vec::new() };
        let stages = figures.stages.iter().enumerate();
        let stages = stages.map(|(place, stage)| reading.get().row(desk.stage_name(place), &stage.cohort));
        let whole = reading.get().row(t_string!(i18n, analysis.whole).to_owned(), &figures.overall);
        stages.chain([whole]).collect()
    });
    let on_pick = move |place: usize| {
        let Some(figures) = figures.get_untracked() else { return };
        let cohort = figures.stages.get(place).map_or(&figures.overall, |stage| &stage.cohort);
        let entered: Vec<_> = cohort.deals().copied().collect();
        let name = rows.with_untracked(|rows| rows.get(place).map(|row| row.name.clone())).unwrap_or_default();
        let title = t_string!(i18n, funnel.list.entered, stage = name).to_string();
        desk.opener.run(title, &entered, left_out_words(i18n, format, &cohort.left_out));
    };
    let options = vec![
        (Reading::SoFar, Signal::derive(move || t_string!(i18n, funnel.so_far).to_owned())),
        (Reading::OfDecided, Signal::derive(move || t_string!(i18n, funnel.of_decided).to_owned())),
        (Reading::Estimated, Signal::derive(move || t_string!(i18n, analysis.estimated).to_owned())),
    ];
    let what = move || match reading.get() {
        Reading::SoFar => t_string!(i18n, analysis.so_far_what),
        Reading::OfDecided => t_string!(i18n, analysis.of_decided_what),
        Reading::Estimated => t_string!(i18n, analysis.estimated_what),
    };
    view! {
        <section class="card stack">
            <div class="card__head">
                <h2>{t!(i18n, analysis.rates)}</h2>
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, analysis.reading).to_owned())
                    options
                    value=reading
                    on_change=move |to| reading.set(to)
                />
            </div>
            <p class="muted small">{what}</p>
            <Intervals
                label=Signal::derive(move || t_string!(i18n, analysis.rates).to_owned())
                row_name=Signal::derive(move || t_string!(i18n, funnel.stage).to_owned())
                value_name=Signal::derive(move || t_string!(i18n, common.passage).to_owned())
                rows
                format=Callback::new(move |share: f64| format.percent(share, 0))
                on_pick=Callback::new(on_pick)
            />
        </section>
    }
    .into_any()
}

/// How many have passed and how many are lost, by days since the entry, when the undecided are watched only as long as they were
/// seen.
#[component]
fn Curves(desk: Desk, figures: Memo<Option<Arc<Conversion>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let stage = use_stage(desk);
    let incidence = Memo::new(move |_| {
        let figures = figures.get()?;
        Some(figures.stages.get(stage.get())?.cohort.incidence())
    });
    let days = move |days: u32| t_string!(i18n, analysis.day, days = days).to_string();
    let columns = Signal::derive(move || {
        let Some(incidence) = incidence.get() else { return Vec::new() };
        let steps = incidence.steps().iter().map(|(day, _)| *day).filter(|day| *day > 0);
        let all: Vec<u32> = std::iter::once(0).chain(steps).collect();
        let every = words_every(all.last().copied().unwrap_or_default());
        let mut next = 0;
        let column = |day: u32| {
            let word = if day >= next {
                next = (day / every + 1) * every;
                day.to_string()
            } else {
                String::new()
            };
            Column { at: f64::from(day), name: days(day), word }
        };
        all.into_iter().map(column).collect()
    });
    let lines = Signal::derive(move || {
        let Some(incidence) = incidence.get() else { return Vec::new() };
        let of = |read: fn(crate::metrics::Chances) -> f64| {
            columns.with(|columns| {
                #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole days from 0 on")]
                let at = |column: &Column| Some(read(incidence.at(column.at as u32)));
                columns.iter().map(at).collect::<Vec<_>>()
            })
        };
        let line = |name: &str, tone, stroke, values| Line {
            name: name.to_owned(),
            look: Look::Tone(tone),
            stroke,
            values,
            ranges: Vec::new(),
        };
        vec![
            line(t_string!(i18n, analysis.passed), Tone::Good, Stroke::Steps, of(|chances| chances.passed)),
            line(t_string!(i18n, analysis.lost), Tone::Bad, Stroke::Steps, of(|chances| chances.lost)),
        ]
    });
    view! {
        <section class="card stack">
            <div class="card__head">
                <h2>{t!(i18n, analysis.curves)}</h2>
                <ChooseStage desk stage/>
            </div>
            <p class="muted small">{t!(i18n, analysis.curves_what)}</p>
            <Lines
                label=Signal::derive(move || {
                    [t_string!(i18n, analysis.curves), &desk.stage_name(stage.get())].join(" · ")
                })
                column_name=Signal::derive(move || t_string!(i18n, analysis.days_since).to_owned())
                columns
                lines
                format=Callback::new(move |share: f64| format.percent(share, 0))
                most=Some(1.0)
            />
        </section>
    }
    .into_any()
}

/// Round steps for about six words on an axis of days.
pub(super) fn words_every(last: u32) -> u32 {
    [1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 365].into_iter().find(|step| last / step <= 6).unwrap_or(730)
}
