//! The pipeline line analysis: how many opportunities stood in each stage at the end of every month.

use std::sync::Arc;

use leptos::prelude::*;

use super::{super::Desk, use_period};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::movement::{self, Lines as MonthLines},
    model::Date,
    ui::{
        charts::{
            chart_frame::Look,
            lines::{Column, Line, Lines, Rule, Stroke},
        },
        components::segmented::Segmented,
        format::use_format,
        parts::counted::made_anew,
    },
};

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum By {
    Count,
    Amount,
}

/// At most this many months are drawn: three years.
const MONTHS: usize = 36;

#[component]
pub(super) fn LinesCard(desk: Desk) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let period = use_period(desk);
    let by = RwSignal::new(By::Count);
    let found = Memo::new_with_compare(
        move |_| {
            let counted = desk.counted.get();
            let lines = desk
                .scope
                .with(|scope| movement::lines(period.get(), |day| counted.frame.view(day, &scope.filter)).pop());
            let mut lines = lines.unwrap_or_else(|| MonthLines { model: 0.into(), months: Vec::new() });
            lines.months.drain(..lines.months.len().saturating_sub(MONTHS));
            Arc::new(lines)
        },
        made_anew,
    );
    let columns = Signal::derive(move || {
        found.with(|lines| {
            let column = |(place, month): (usize, &movement::LineMonth)| Column {
                #[expect(clippy::cast_precision_loss, reason = "months are few")]
                at: place as f64,
                name: format.month(month.on),
                word: format.short_month(month.on),
            };
            lines.months.iter().enumerate().map(column).collect::<Vec<_>>()
        })
    });
    let series = Signal::derive(move || {
        let names = desk.model.with(|model| {
            model.iter().flat_map(|model| &model.stages).map(|stage| stage.name.clone()).collect::<Vec<_>>()
        });
        let last = names.len().saturating_sub(1).max(1);
        let line = |(place, name): (usize, String)| Line {
            name,
            #[expect(clippy::cast_precision_loss, reason = "stages are few")]
            look: Look::Stage(place as f64 / last as f64),
            stroke: Stroke::Plain,
            values: found.with(|lines| lines.months.iter().map(|month| value(month, place, by.get())).collect()),
            ranges: Vec::new(),
        };
        names.into_iter().enumerate().map(line).collect::<Vec<_>>()
    });
    let rules = Signal::derive(move || {
        let marks = marks(desk);
        found.with(|lines| {
            let days: Vec<Date> = lines.months.iter().map(|month| month.on).collect();
            let rule = |(name, on): (String, Date)| Some(Rule { at: place_of(&days, on)?, name, upright: true });
            marks.into_iter().filter_map(rule).collect::<Vec<_>>()
        })
    });
    let words = Callback::new(move |value: f64| match by.get() {
        By::Count => format.number(value, 0),
        By::Amount => desk.money(format, value),
    });
    let options = vec![
        (By::Count, Signal::derive(move || t_string!(i18n, funnel.count).to_owned())),
        (By::Amount, Signal::derive(move || t_string!(i18n, funnel.amount).to_owned())),
    ];
    view! {
        <section class="card stack">
            <div class="card__head">
                <h2>{t!(i18n, analysis.lines)}</h2>
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, analysis.counted_by).to_owned())
                    options
                    value=by
                    on_change=move |to| by.set(to)
                />
            </div>
            <p class="muted small">{t!(i18n, analysis.lines_what)}</p>
            <Lines
                label=Signal::derive(move || t_string!(i18n, analysis.lines).to_owned())
                column_name=Signal::derive(move || t_string!(i18n, common.month).to_owned())
                columns
                lines=series
                rules
                format=words
            />
        </section>
    }
    .into_any()
}

/// The interventions of the model with their first days; followed.
fn marks(desk: Desk) -> Vec<(String, Date)> {
    let model = desk.scope.with(|scope| scope.filter.model);
    desk.counted.with(|counted| {
        let all = counted.workspace.interventions.iter().filter(|one| Some(one.model) == model);
        all.map(|one| (one.name.clone(), one.from)).collect()
    })
}

/// Where a day lies among the ends of months, which are one apart; `None` outside them.
fn place_of(ends: &[Date], on: Date) -> Option<f64> {
    let next = ends.iter().position(|end| *end >= on)?;
    let (before, after) = (ends.get(next.checked_sub(1)?)?, ends.get(next)?);
    let days = |from: Date, to: Date| i32::try_from((to - from).num_days()).ok().map(f64::from);
    let place = f64::from(i32::try_from(next).ok()?);
    Some(place - days(on, *after)? / days(*before, *after)?.max(1.0))
}

fn value(month: &movement::LineMonth, place: usize, by: By) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a height on the screen")]
    match by {
        By::Count => month.open.get(place).map(|deals| *deals as f64),
        By::Amount => month.amount.get(place).map(|amount| *amount as f64),
    }
}
