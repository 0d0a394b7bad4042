//! The readings stage by stage: who entered, passed, was lost or is still open, and how long it took.

use std::sync::Arc;

use leptos::prelude::*;

use super::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Cohort, Conversion, Rate, Row},
    ui::{
        components::{explain::Explain, icon::Icon},
        format::{Format, use_format},
        parts::behind::{Opener, left_out_words},
        wording::I18n,
    },
};

/// The card with the table.
#[component]
pub(super) fn Readings(desk: Desk, figures: Memo<Option<Arc<Conversion>>>) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let rows = move || {
        let figures = figures.get()?;
        let stages = figures.stages.iter().enumerate();
        let rows = stages.map(|(position, stage)| {
            let expected = format.days(f64::from(stage.expected_days));
            stage_row(i18n, format, desk.opener, desk.stage_name(position), &stage.cohort, expected)
        });
        Some(rows.collect_view())
    };
    view! {
        <section class="card">
            <h2>{t!(i18n, funnel.readings)}</h2>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, funnel.readings)>
                <table class="table readings">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, funnel.stage)}</th>
                            <th scope="col">{t!(i18n, funnel.entered)}</th>
                            <th scope="col">{t!(i18n, funnel.passed)}</th>
                            <th scope="col">{t!(i18n, funnel.lost)}</th>
                            <th scope="col">{t!(i18n, funnel.still_open)}</th>
                            <th scope="col">{t!(i18n, funnel.so_far)}</th>
                            <th scope="col">{t!(i18n, funnel.of_decided)}</th>
                            <th scope="col">{t!(i18n, funnel.loss)}</th>
                            <th scope="col">{t!(i18n, funnel.median_days)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// One row; a function rather than a component, so that it follows the language with the table.
fn stage_row(i18n: I18n, format: Format, opener: Opener, stage: String, cohort: &Cohort, expected: String) -> AnyView {
    let entered: Vec<Row> = cohort.deals().copied().collect();
    let left_out = left_out_words(i18n, format, &cohort.left_out);
    let count = |rows: &[Row], title: String| {
        let (shown, rows, left_out) = (format.count(rows.len()), rows.to_vec(), left_out.clone());
        view! {
            <td>
                <button type="button" class="link" on:click=move |_| opener.run(title.clone(), &rows, left_out.clone())>
                    {shown}
                </button>
            </td>
        }
    };
    let counted =
        t_string!(i18n, funnel.counted, stage = stage.clone(), entered = format.count(entered.len())).to_string();
    let explained = |formula: String| {
        let (counted, left_out) = (counted.clone(), left_out.clone());
        let left_out = (!left_out.is_empty()).then_some(left_out);
        view! { <Explain formula counted left_out/> }
    };
    let rate = |rate: Option<Rate>, formula: String| {
        let shown = format.percent(rate.map(|rate| rate.value()), 0);
        view! { <td><span class="readings__rate">{shown}{explained(formula)}</span></td> }
    };
    let durations = cohort.durations();
    let days = |days: Option<u32>| format.days(days.map(f64::from));
    let median = t_string!(
        i18n,
        funnel.median_formula,
        lower = days(durations.lower_quartile),
        upper = days(durations.upper_quartile),
        mean = format.days(durations.mean)
    );
    let few = cohort.too_few().then(|| {
        let words = t_string!(i18n, funnel.too_few);
        view! { <span class="muted small readings__few"><Icon icon=icondata_lu::LuTriangleAlert/>{words}</span> }
    });
    view! {
        <tr>
            <th scope="row">{stage.clone()}{few}</th>
            {count(&entered, t_string!(i18n, funnel.list.entered, stage = stage.clone()).to_string())}
            {count(&cohort.passed, t_string!(i18n, funnel.list.passed, stage = stage.clone()).to_string())}
            {count(&cohort.lost, t_string!(i18n, funnel.list.lost, stage = stage.clone()).to_string())}
            {count(&cohort.open, t_string!(i18n, funnel.list.open, stage = stage.clone()).to_string())}
            {rate(cohort.so_far(), formula(i18n, format, cohort, Which::SoFar))}
            {rate(cohort.of_decided(), formula(i18n, format, cohort, Which::OfDecided))}
            {rate(cohort.lost_so_far(), formula(i18n, format, cohort, Which::Loss))}
            <td>
                <span class="readings__rate">{days(durations.median)}{explained(median)}</span>
                <span class="muted small readings__expected">{t_string!(i18n, funnel.expected, days = expected).to_string()}</span>
            </td>
        </tr>
    }
    .into_any()
}

/// Which rate is explained.
#[derive(Clone, Copy)]
enum Which {
    SoFar,
    OfDecided,
    Loss,
}

/// How a rate comes about, with the figures put in.
fn formula(i18n: I18n, format: Format, cohort: &Cohort, which: Which) -> String {
    let rate = match which {
        Which::SoFar => cohort.so_far(),
        Which::OfDecided => cohort.of_decided(),
        Which::Loss => cohort.lost_so_far(),
    };
    let Some(rate) = rate else { return t_string!(i18n, funnel.too_few).to_owned() };
    let interval = rate.interval();
    let share = |share| format.percent(share, 1);
    let (value, low, high) = (share(rate.value()), share(interval.low), share(interval.high));
    let (passed, lost) = (format.count(cohort.passed.len()), format.count(cohort.lost.len()));
    let entered = format.count(cohort.entered());
    match which {
        Which::SoFar => t_string!(
            i18n,
            funnel.so_far_formula,
            passed = passed,
            entered = entered,
            rate = value,
            low = low,
            high = high
        )
        .to_string(),
        Which::OfDecided => t_string!(
            i18n,
            funnel.of_decided_formula,
            passed = passed,
            lost = lost,
            rate = value,
            low = low,
            high = high
        )
        .to_string(),
        Which::Loss => {
            t_string!(i18n, funnel.loss_formula, lost = lost, entered = entered, rate = value, low = low, high = high)
                .to_string()
        }
    }
}
