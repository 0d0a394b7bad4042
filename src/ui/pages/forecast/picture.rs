//! The forecast in pictures: the range month by month, and how likely each total is.

use leptos::prelude::*;

use super::{Wish, drawn::Drawn};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::Month,
    ui::{
        charts::{
            chart_frame::Look,
            lines::{Column, Line, Lines, Rule, Stroke},
        },
        components::tag::Tone,
        format::use_format,
    },
};

/// Bars of the distribution.
const STEPS: usize = 40;

/// What is won until the end of each month: the middle, and the range of eight draws in ten.
#[component]
pub(super) fn Fan(wish: Wish, drawn: Drawn) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let columns = Signal::derive(move || {
        drawn.outcomes.with(|outcomes| {
            let months = outcomes.iter().flat_map(|outcomes| &outcomes.months).enumerate();
            let column = |(place, ((year, month), _)): (usize, &((i32, u32), _))| {
                let day = Month { year: *year, month: *month }.first_day();
                #[expect(clippy::cast_precision_loss, reason = "months are few")]
                let at = place as f64;
                Column { at, name: format.month(day), word: format.short_month(day) }
            };
            months.map(column).collect::<Vec<_>>()
        })
    });
    let lines = Signal::derive(move || {
        drawn.outcomes.with(|outcomes| {
            let Some(outcomes) = outcomes else { return Vec::new() };
            let spreads = || outcomes.months.iter().map(|(_, spread)| spread);
            vec![Line {
                name: t_string!(i18n, forecast.middle).to_owned(),
                look: Look::Tone(Tone::Accent),
                stroke: Stroke::Plain,
                values: spreads().map(|spread| Some(spread.p50)).collect(),
                ranges: spreads().map(|spread| Some((spread.p10, spread.p90))).collect(),
            }]
        })
    });
    let rules = Signal::derive(move || {
        let rule = |at| Rule { at, name: t_string!(i18n, forecast.goal).to_owned(), upright: false };
        wish.goal.get().map(rule).into_iter().collect::<Vec<_>>()
    });
    view! {
        <section class="card stack">
            <h2>{t!(i18n, forecast.fan)}</h2>
            <p class="muted small">{t!(i18n, forecast.fan_what)}</p>
            <Lines
                label=Signal::derive(move || t_string!(i18n, forecast.fan).to_owned())
                column_name=Signal::derive(move || t_string!(i18n, common.month).to_owned())
                columns
                lines
                rules
                format=Callback::new(move |minor: f64| wish.money(format, minor))
            />
        </section>
    }
    .into_any()
}

/// How many of the draws end in each range of totals.
#[component]
pub(super) fn Totals(wish: Wish, drawn: Drawn) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    // The middle of each range with the share of the draws in it.
    let bars = Memo::new(move |_| {
        drawn.outcomes.with(|outcomes| outcomes.as_ref().map(|o| histogram(&o.draws)).unwrap_or_default())
    });
    let columns = Signal::derive(move || {
        bars.with(|bars| {
            let column = |(place, (middle, _)): (usize, &(f64, f64))| {
                let name = wish.money(format, *middle);
                let word = if place.is_multiple_of(STEPS / 4) { name.clone() } else { String::new() };
                Column { at: *middle, name, word }
            };
            bars.iter().enumerate().map(column).collect::<Vec<_>>()
        })
    });
    let lines = Signal::derive(move || {
        vec![Line {
            name: t_string!(i18n, forecast.share_of_draws).to_owned(),
            look: Look::Tone(Tone::Accent),
            stroke: Stroke::Area,
            values: bars.with(|bars| bars.iter().map(|(_, share)| Some(*share)).collect()),
            ranges: Vec::new(),
        }]
    });
    let rules = Signal::derive(move || {
        let rule = |at: f64, name: &str| Rule { at, name: name.to_owned(), upright: true };
        let total = drawn.outcomes.with(|outcomes| outcomes.as_ref().map(|outcomes| outcomes.total));
        let spread = total.map(|total| [rule(total.p10, "P10"), rule(total.p50, "P50"), rule(total.p90, "P90")]);
        let goal = wish.goal.get().map(|goal| rule(goal, t_string!(i18n, forecast.goal)));
        let ends = bars.with(|bars| bars.first().zip(bars.last()).map(|((least, _), (most, _))| (*least, *most)));
        let inside = |rule: &Rule| ends.is_some_and(|(least, most)| least <= rule.at && rule.at <= most);
        spread.into_iter().flatten().chain(goal).filter(inside).collect::<Vec<_>>()
    });
    view! {
        <section class="card stack">
            <h2>{t!(i18n, forecast.totals)}</h2>
            <p class="muted small">{t!(i18n, forecast.totals_what)}</p>
            <Lines
                label=Signal::derive(move || t_string!(i18n, forecast.totals).to_owned())
                column_name=Signal::derive(move || t_string!(i18n, forecast.total).to_owned())
                columns
                lines
                rules
                format=Callback::new(move |share: f64| format.percent(share, 1))
            />
        </section>
    }
    .into_any()
}

/// The middles of equal ranges from the smallest to the largest draw, with the share of the draws in each.
fn histogram(sorted: &[f64]) -> Vec<(f64, f64)> {
    let (Some(least), Some(most)) = (sorted.first().copied(), sorted.last().copied()) else { return Vec::new() };
    if most <= least {
        return vec![(least, 1.0)];
    }
    #[expect(clippy::cast_precision_loss, reason = "some thousands")]
    let (all, steps) = (sorted.len() as f64, STEPS as f64);
    let width = (most - least) / steps;
    let bar = |step: usize| {
        #[expect(clippy::cast_precision_loss, reason = "a few dozen")]
        let low = least + width * step as f64;
        let below = |limit: f64| sorted.partition_point(|draw| *draw < limit);
        let high = if step + 1 == STEPS { sorted.len() } else { below(low + width) };
        #[expect(clippy::cast_precision_loss, reason = "some thousands")]
        let share = (high - below(low)) as f64 / all;
        (low + width / 2.0, share)
    };
    (0..STEPS).map(bar).collect()
}
