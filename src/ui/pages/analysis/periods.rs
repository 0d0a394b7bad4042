//! Two periods side by side: every figure, its difference, and whether that is more than chance.

mod choice;
pub(super) mod line;

use std::sync::Arc;

use leptos::prelude::*;

use super::Desk;
use crate::{
    codec::table::encode,
    i18n::{t, t_string, use_i18n},
    metrics::{Comparison, Period, comparison},
    ui::{
        format::{Format, use_format},
        parts::{counted::made_anew, listing::export::TakeAway},
        wording::I18n,
    },
};

use choice::{Choice, use_periods};

#[component]
pub(super) fn PeriodsTab(desk: Desk) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let periods = use_periods(desk);
    let compared = Memo::new_with_compare(
        move |_| {
            let (counted, model) = (desk.counted.get(), desk.model.get());
            let (then, now) = periods.get();
            Arc::new(desk.scope.with(|scope| comparison(&counted.frame, &scope.filter, model.as_deref()?, then, now)))
        },
        made_anew,
    );
    let table = move || {
        let compared = compared.get();
        compared.as_ref().as_ref().map(|compared| grid(desk, i18n, format, compared))
    };
    let text = move |form| {
        let compared = compared.get_untracked();
        let rows = compared.as_ref().as_ref().map(|compared| plain(desk, i18n, compared)).unwrap_or_default();
        Ok((rows.len().saturating_sub(1), encode(form, rows)?))
    };
    let doubts = move || {
        let (then, now) = periods.get();
        doubts(i18n, format, then, now)
            .into_iter()
            .map(|words| view! { <p class="small notice" data-tone="warn">{words}</p> })
            .collect_view()
    };
    view! {
        <section class="card stack">
            <h2>{t!(i18n, analysis.periods.heading)}</h2>
            <Choice periods/>
            {doubts}
            <p class="muted small">{t!(i18n, analysis.periods.what)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.periods.heading)>
                {table}
            </div>
            <div class="row no-print">
                <TakeAway
                    name=Signal::derive(move || t_string!(i18n, analysis.periods.title).to_owned())
                    table=Callback::new(text)
                />
            </div>
        </section>
    }
    .into_any()
}

/// What makes a comparison doubtful.
fn doubts(i18n: I18n, format: Format, then: Period, now: Period) -> Vec<String> {
    let days = |period: Period| usize::try_from((period.to - period.from).num_days() + 1).unwrap_or_default();
    let overlap = then.overlaps(&now).then(|| t_string!(i18n, analysis.periods.overlap).to_owned());
    let unequal = (days(then) != days(now)).then(|| {
        let (then, now) = (format.count(days(then)), format.count(days(now)));
        t_string!(i18n, analysis.periods.unequal, then = then, now = now).to_string()
    });
    overlap.into_iter().chain(unequal).collect()
}

/// A period in words.
fn span(format: Format, period: Period) -> String {
    [format.date(period.from), format.date(period.to)].join(" – ")
}

fn grid(desk: Desk, i18n: I18n, format: Format, compared: &Comparison) -> AnyView {
    let rows = compared.lines.iter().map(|line| line::row(desk, i18n, format, line)).collect_view();
    let head = |words: &'static str, period: Period| {
        view! { <th scope="col">{words}<span class="muted small periods__days">{span(format, period)}</span></th> }
    };
    view! {
        <table class="table figures periods" data-testid="periods">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, analysis.periods.figure)}</th>
                    {head(t_string!(i18n, analysis.periods.then), compared.then)}
                    {head(t_string!(i18n, analysis.periods.now), compared.now)}
                    <th scope="col">{t!(i18n, analysis.periods.difference)}</th>
                    <th scope="col" colspan="2">{t!(i18n, chart.range)}</th>
                    <th scope="col">{t!(i18n, analysis.periods.told)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_any()
}

fn plain(desk: Desk, i18n: I18n, compared: &Comparison) -> Vec<Vec<String>> {
    let period = |words: &str, period: Period| format!("{words} {} – {}", period.from, period.to);
    let heads = vec![
        t_string!(i18n, analysis.periods.figure).to_owned(),
        period(t_string!(i18n, analysis.periods.then), compared.then),
        period(t_string!(i18n, analysis.periods.now), compared.now),
        t_string!(i18n, analysis.periods.difference).to_owned(),
        t_string!(i18n, analysis.periods.low).to_owned(),
        t_string!(i18n, analysis.periods.high).to_owned(),
        t_string!(i18n, analysis.periods.told).to_owned(),
    ];
    let rows = compared.lines.iter().map(|line| line::plain(desk, i18n, line));
    std::iter::once(heads).chain(rows).collect()
}
