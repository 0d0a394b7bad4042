//! The four readings of the funnel's shape, each with what it says and why.

use std::sync::Arc;

use leptos::prelude::*;

use super::Figures;
use crate::{
    i18n::{t_string, use_i18n},
    metrics::shape::{Cause, Levers, Reading, Verdict},
    ui::{
        components::{
            explain::Explain,
            stat::Stat,
            tag::{Tag, Tone},
        },
        format::{Format, UNKNOWN, use_format},
        wording::I18n,
    },
};

/// Capacity, slope, evenness and velocity.
#[component]
pub(super) fn Readings(
    /// The figures of the page.
    figures: Memo<Option<Arc<Figures>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="stack" aria-label=move || t_string!(i18n, funnel.four_readings)>
            <div class="tiles funnel-readings" data-testid="readings">
                <Capacity figures/>
                <Slope figures/>
                <Evenness figures/>
                <Velocity figures/>
            </div>
        </section>
    }
    .into_any()
}

#[component]
fn Capacity(figures: Memo<Option<Arc<Figures>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let weighted = move |figures: &Figures| figures.weighted(format, figures.shape.capacity.weighted);
    let formula = move || {
        let figures = figures.get()?;
        let capacity = &figures.shape.capacity;
        let (open, weighted) = (figures.money(format, capacity.open), weighted(&figures));
        Some(t_string!(i18n, funnel.capacity_formula, open = open, weighted = weighted).to_string())
    };
    tile(
        figures,
        |i18n| t_string!(i18n, funnel.capacity),
        move |figures| weighted(figures),
        |figures| figures.shape.capacity.reading,
        formula,
    )
}

#[component]
fn Slope(figures: Memo<Option<Arc<Figures>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let formula = move || {
        let figures = figures.get()?;
        let slope = &figures.shape.slope;
        let rates = figures.model.stages.iter().zip(&slope.rates);
        let rates: Vec<_> = rates
            .map(|(stage, rate)| [&stage.name, " ", &format.percent(rate.map(|rate| rate.value()), 0)].concat())
            .collect();
        let percent = |share: Option<f64>| format.percent(share, 1);
        let (low, high) = (slope.interval.map(|i| i.low), slope.interval.map(|i| i.high));
        Some(
            t_string!(
                i18n,
                funnel.slope_formula,
                rates = rates.join(" · "),
                observed = percent(slope.observed),
                low = percent(low),
                high = percent(high),
                assumed = percent(Some(slope.assumed))
            )
            .to_string(),
        )
    };
    tile(
        figures,
        |i18n| t_string!(i18n, funnel.slope),
        move |figures| format.percent(figures.shape.slope.observed, 0),
        |figures| figures.shape.slope.reading,
        formula,
    )
}

#[component]
fn Evenness(figures: Memo<Option<Arc<Figures>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let formula = move || {
        let figures = figures.get()?;
        let evenness = &figures.shape.evenness;
        let stages = figures.model.stages.iter().zip(&evenness.shares).zip(&evenness.steady);
        let stages: Vec<_> = stages
            .map(|((stage, share), steady)| {
                [&stage.name, " ", &format.percent(*share, 0), " / ", &format.percent(*steady, 0)].concat()
            })
            .collect();
        let value = format.percent(evenness.value, 0);
        Some(t_string!(i18n, funnel.evenness_formula, value = value, stages = stages.join(" · ")).to_string())
    };
    tile(
        figures,
        |i18n| t_string!(i18n, funnel.evenness),
        move |figures| format.percent(figures.shape.evenness.value, 0),
        |figures| figures.shape.evenness.reading,
        formula,
    )
}

#[component]
fn Velocity(figures: Memo<Option<Arc<Figures>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let per_day = move |figures: &Figures, minor: Option<f64>| {
        let amount = minor.map(|minor| figures.weighted(format, minor));
        amount.map_or_else(|| UNKNOWN.to_owned(), |amount| t_string!(i18n, funnel.per_day, amount = amount).to_string())
    };
    let formula = move || {
        let figures = figures.get()?;
        let Levers { open, won_amount, win_rate, cycle } = figures.shape.velocity.levers;
        let money =
            |minor: Option<f64>| minor.map_or_else(|| UNKNOWN.to_owned(), |minor| figures.weighted(format, minor));
        let gains = figures.shape.velocity.levers.gains();
        Some(
            t_string!(
                i18n,
                funnel.velocity_formula,
                open = format.count(open),
                amount = money(won_amount),
                rate = format.percent(win_rate, 0),
                cycle = format.days(cycle),
                gain = money(gains.map(|gains| gains[0])),
                faster = money(gains.map(|gains| gains[3]))
            )
            .to_string(),
        )
    };
    tile(
        figures,
        |i18n| t_string!(i18n, funnel.velocity),
        move |figures| per_day(figures, figures.shape.velocity.per_day),
        |figures| figures.shape.velocity.reading,
        formula,
    )
}

fn tile(
    figures: Memo<Option<Arc<Figures>>>,
    name: fn(I18n) -> &'static str,
    figure: impl Fn(&Figures) -> String + Send + Sync + 'static,
    reading: fn(&Figures) -> Reading,
    formula: impl Fn() -> Option<String> + Send + Sync + 'static,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let read = Memo::new(move |_| figures.with(|figures| figures.as_ref().map(|figures| reading(figures))));
    let tone = Signal::derive(move || read.get().map_or(Tone::Neutral, |reading| tone(reading.verdict)));
    let word = move || read.get().map(|reading| verdict(i18n, reading.verdict));
    let why = move || {
        let figures = figures.get();
        figures.map(|figures| cause(i18n, format, &figures, reading(&figures))).unwrap_or_default()
    };
    let counted = move || {
        let figures = figures.get()?;
        let (open, closed) =
            (figures.stock.open.deals.len(), figures.stock.won.deals.len() + figures.stock.lost.deals.len());
        Some(
            t_string!(i18n, funnel.reading_counted, open = format.count(open), closed = format.count(closed))
                .to_string(),
        )
    };
    view! {
        <Stat
            label=Signal::derive(move || name(i18n).to_owned())
            figure=Signal::derive(move || figures.get().map_or_else(|| UNKNOWN.to_owned(), |figures| figure(&figures)))
            note=Signal::derive(why)
        >
            <span class="stat__mark">
                <Tag tone>{word}</Tag>
                <Explain
                    formula=Signal::derive(move || formula().unwrap_or_default())
                    counted=Signal::derive(move || counted().unwrap_or_default())
                />
            </span>
        </Stat>
    }
    .into_any()
}

fn tone(verdict: Verdict) -> Tone {
    match verdict {
        Verdict::Healthy => Tone::Good,
        Verdict::Watch => Tone::Warn,
        Verdict::Ill => Tone::Bad,
        Verdict::TooFew => Tone::Neutral,
    }
}

fn verdict(i18n: I18n, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Healthy => t_string!(i18n, funnel.verdict.healthy),
        Verdict::Watch => t_string!(i18n, funnel.verdict.watch),
        Verdict::Ill => t_string!(i18n, funnel.verdict.ill),
        Verdict::TooFew => t_string!(i18n, funnel.verdict.too_few),
    }
}

fn cause(i18n: I18n, format: Format, figures: &Figures, reading: Reading) -> String {
    let percent = |share: f64| format.percent(share, 0);
    match reading.cause {
        Cause::Coverage(share) => t_string!(i18n, funnel.cause.coverage, share = percent(share)).to_string(),
        Cause::AgainstBefore(ratio) => t_string!(i18n, funnel.cause.before, share = percent(ratio)).to_string(),
        Cause::AgainstModel(_) => {
            t_string!(i18n, funnel.cause.model, share = percent(figures.shape.slope.assumed)).to_string()
        }
        Cause::WithinInterval => {
            t_string!(i18n, funnel.cause.within, share = percent(figures.shape.slope.assumed)).to_string()
        }
        Cause::TooFull(stage, excess) => {
            let name = figures.model.stage(stage).map(|stage| stage.name.clone()).unwrap_or_default();
            t_string!(i18n, funnel.cause.too_full, stage = name, points = format.number(excess * 100.0, 0)).to_string()
        }
        Cause::NoData => t_string!(i18n, funnel.cause.no_data).to_owned(),
    }
}
