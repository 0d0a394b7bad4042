//! The money that the forecast said, against what came, month-end by month-end.

use std::sync::Arc;

use leptos::prelude::*;

use super::{super::Wish, looked::Found};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::backtest::{Grade, Window},
    ui::{
        charts::{
            chart_frame::Look,
            lines::{Column, Line, Lines, Stroke},
        },
        components::{explain::Explain, tag::Tone},
        format::use_format,
        parts::behind::left_out_words,
    },
};

#[component]
pub(super) fn Money(wish: Wish, found: RwSignal<Option<Arc<Found>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let any = Memo::new(move |_| found.with(|found| found.as_ref().is_some_and(|found| !found.money.is_empty())));
    let columns = Signal::derive(move || {
        found.with(|found| {
            let column = |(place, (window, _)): (usize, &(Window, Grade))| {
                #[expect(clippy::cast_precision_loss, reason = "months are few")]
                let at = place as f64;
                Column { at, name: format.date(window.day), word: format.short_month(window.day) }
            };
            found.iter().flat_map(|found| &found.money).enumerate().map(column).collect::<Vec<_>>()
        })
    });
    let lines = Signal::derive(move || {
        found.with(|found| {
            let money = || found.iter().flat_map(|found| &found.money);
            vec![
                Line {
                    name: t_string!(i18n, forecast.track.said).to_owned(),
                    look: Look::Tone(Tone::Accent),
                    stroke: Stroke::Plain,
                    values: money().map(|(_, grade)| Some(grade.spread.p50)).collect(),
                    ranges: money().map(|(_, grade)| Some((grade.spread.p10, grade.spread.p90))).collect(),
                },
                Line {
                    name: t_string!(i18n, forecast.track.came).to_owned(),
                    look: Look::Tone(Tone::Good),
                    stroke: Stroke::Points,
                    values: money().map(|(_, grade)| Some(grade.actual)).collect(),
                    ranges: Vec::new(),
                },
                Line {
                    name: t_string!(i18n, forecast.track.besides).to_owned(),
                    look: Look::Tone(Tone::Neutral),
                    stroke: Stroke::Dashed,
                    #[expect(clippy::cast_precision_loss, reason = "a height on the screen")]
                    values: money().map(|(window, _)| Some(window.besides.amount as f64)).collect(),
                    ranges: Vec::new(),
                },
            ]
        })
    });
    let on_pick = Callback::new(move |index: usize| {
        let window = found.with_untracked(|found| found.as_ref()?.money.get(index).map(|(window, _)| window.clone()));
        if let Some(window) = window {
            let title =
                t_string!(i18n, forecast.track.came_of, from = format.date(window.day), to = format.date(window.until));
            wish.opener.run(title, &window.won.deals, left_out_words(i18n, format, &window.won.left_out));
        }
    });
    let what = move || t_string!(i18n, forecast.track.money_what, months = wish.months.get()).to_string();
    let bias = move || {
        let record = found.with(|found| found.as_ref()?.money_record())?;
        let (by, of) = (wish.money(format, record.bias.abs()), wish.money(format, record.actual));
        let words = if record.bias > 0.0 {
            t_string!(i18n, forecast.track.said_more, by = by, of = of).to_string()
        } else {
            t_string!(i18n, forecast.track.said_less, by = by, of = of).to_string()
        };
        Some(words)
    };
    let counted = move || {
        let windows = found.with(|found| found.as_ref().map_or(0, |found| found.money.len()));
        t_string!(i18n, forecast.track.month_ends, count = format.count(windows)).to_string()
    };
    view! {
        <section class="card stack">
            <div class="forecast__head">
                <h2>{t!(i18n, forecast.track.money)}</h2>
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, forecast.track.money_formula).to_owned())
                    counted=Signal::derive(counted)
                />
            </div>
            <p class="muted small">{what}</p>
            <Show
                when=move || any.get()
                fallback=move || view! { <p class="muted">{t!(i18n, forecast.track.no_window)}</p> }
            >
                <p>{bias}</p>
                <Lines
                    label=Signal::derive(move || t_string!(i18n, forecast.track.money).to_owned())
                    column_name=Signal::derive(move || t_string!(i18n, forecast.track.month_end).to_owned())
                    columns
                    lines
                    format=Callback::new(move |minor: f64| wish.money(format, minor))
                    on_pick
                />
            </Show>
        </section>
    }
    .into_any()
}
