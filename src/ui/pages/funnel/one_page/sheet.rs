//! What stands on the sheet: words and figures of the pages, taken together.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::t_string,
    metrics::{Cause, agenda, quality, simulation::Outcomes},
    model::{Date, DealId, Workspace},
    ui::{
        charts::funnel_picture::{FunnelFigure, picture},
        filters::{self, Scope},
        format::{Format, UNKNOWN},
        pages::funnel::{
            Figures, More,
            bottleneck::sentence,
            picture::{Reading, Width, draw},
        },
        wording::I18n,
    },
};

/// How many of the deals that stand still are named.
const NAMED: usize = 5;

/// The sheet, in words that are ready to be shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Sheet {
    title: String,
    about: Vec<String>,
    /// Each figure: what it is, how much, and what it means.
    headline: Vec<[String; 3]>,
    figure: FunnelFigure,
    bottleneck: String,
    /// Headings and rows of the conversion.
    conversion: (Vec<String>, Vec<Vec<String>>),
    forecast: [String; 2],
    stalled: Part,
    quality: [String; 2],
}

/// A part of the sheet: its heading, and its lines or that there are none.
#[derive(Clone, Debug, PartialEq)]
struct Part {
    title: String,
    none: String,
    lines: Vec<Vec<String>>,
}

impl Sheet {
    #[expect(clippy::too_many_arguments, reason = "everything that stands on it")]
    pub(super) fn of(
        workspace: &Workspace,
        scope: &Scope,
        more: Arc<More>,
        outcomes: Option<&Outcomes>,
        until: Date,
        today: Date,
        i18n: I18n,
        format: Format,
    ) -> Self {
        let figures = &*more.figures;
        let as_of = t_string!(i18n, tables.as_of, day = format.date(scope.as_of)).to_string();
        let asked = filters::words(scope, workspace, true, i18n, format);
        let about = [workspace.profile.name.clone(), as_of, asked].join(t_string!(i18n, filters.joint));
        Self {
            title: [figures.model.name.as_str(), t_string!(i18n, one_page.title)].join(t_string!(i18n, one_page.joint)),
            about: vec![about],
            headline: headline(figures, i18n, format),
            figure: draw(i18n, format, figures, Width::Count, Reading::OfDecided),
            bottleneck: sentence(i18n, format, &more),
            conversion: conversion(figures, i18n, format),
            forecast: forecast(figures, outcomes, until, i18n, format),
            stalled: stalled(workspace, figures, today, i18n, format),
            quality: sound(workspace, today, i18n, format),
        }
    }

    /// The sheet as it is printed.
    pub(super) fn view(&self) -> AnyView {
        let about = self.about.iter().cloned().map(|line| view! { <p>{line}</p> }).collect_view();
        let headline = self.headline.iter().cloned().map(|[name, figure, note]| {
            view! { <div><dt>{name}</dt><dd>{figure}</dd><dd class="one-page__note">{note}</dd></div> }
        });
        let headline = headline.collect_view();
        let (heads, rows) = self.conversion.clone();
        let [forecast_title, forecast] = self.forecast.clone();
        let [quality_title, quality] = self.quality.clone();
        view! {
            <article class="one-page">
                <h1>{self.title.clone()}</h1>
                {about}
                <dl class="one-page__headline">{headline}</dl>
                {picture(self.figure.clone(), None)}
                <p class="one-page__sentence">{self.bottleneck.clone()}</p>
                {table(heads, rows)}
                <div class="one-page__below">
                    <section><h2>{forecast_title}</h2><p>{forecast}</p></section>
                    <section><h2>{quality_title}</h2><p>{quality}</p></section>
                </div>
                {self.stalled.view()}
            </article>
        }
        .into_any()
    }
}

impl Part {
    fn view(&self) -> AnyView {
        let title = self.title.clone();
        let lines = if self.lines.is_empty() {
            view! { <p>{self.none.clone()}</p> }.into_any()
        } else {
            let lines = self.lines.clone().into_iter().map(|cells| {
                let cells = cells.into_iter().enumerate();
                let cells = cells.map(|(place, cell)| view! { <td class:print-sheet__number=place.gt(&1)>{cell}</td> });
                view! { <tr>{cells.collect_view()}</tr> }
            });
            view! { <table><tbody>{lines.collect_view()}</tbody></table> }.into_any()
        };
        view! { <section><h2>{title}</h2>{lines}</section> }.into_any()
    }
}

fn table(heads: Vec<String>, rows: Vec<Vec<String>>) -> AnyView {
    let heads = heads.into_iter().enumerate();
    let heads = heads.map(|(place, head)| view! { <th scope="col" class:print-sheet__number=place.gt(&0)>{head}</th> });
    let row = |cells: Vec<String>| {
        let mut cells = cells.into_iter();
        let name = cells.next();
        let cells = cells.map(|cell| view! { <td class="print-sheet__number">{cell}</td> }).collect_view();
        view! { <tr><th scope="row">{name}</th>{cells}</tr> }
    };
    view! {
        <table>
            <thead><tr>{heads.collect_view()}</tr></thead>
            <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
        </table>
    }
    .into_any()
}

/// What is open, how much of what began was won, how long that took and what it brought.
fn headline(figures: &Figures, i18n: I18n, format: Format) -> Vec<[String; 3]> {
    let (stock, overall) = (&figures.stock, &figures.conversion.overall);
    let deals = |count: usize| t_string!(i18n, funnel.deals, count = format.count(count)).to_string();
    let weighted = figures.weighted_amount(format, &stock.open);
    let (won, lost) = (stock.won.deals.len(), stock.lost.deals.len());
    let (passed, entered) = (format.count(overall.passed.len()), format.count(overall.entered()));
    let product = format.percent(figures.conversion.product_so_far(), 1);
    let (wins, decided) = (format.count(won), format.count(won + lost));
    let (count, mean) = (format.count(figures.cycle.deals.len()), format.days(figures.cycle.mean));
    vec![
        [
            deals(stock.open.deals.len()),
            figures.amount(format, &stock.open),
            t_string!(i18n, funnel.weighted, amount = weighted).to_string(),
        ],
        [
            t_string!(i18n, funnel.overall).to_owned(),
            format.percent(overall.so_far().map(|rate| rate.value()), 1),
            t_string!(i18n, funnel.overall_note, won = passed, entered = entered, product = product).to_string(),
        ],
        [
            t_string!(i18n, funnel.win_share).to_owned(),
            format.percent(stock.win_rate().map(|rate| rate.value()), 1),
            t_string!(i18n, funnel.win_note, won = wins, decided = decided).to_string(),
        ],
        [
            t_string!(i18n, funnel.cycle).to_owned(),
            format.days(figures.cycle.median),
            t_string!(i18n, funnel.cycle_note, count = count, mean = mean).to_string(),
        ],
        [t_string!(i18n, funnel.won_money).to_owned(), figures.amount(format, &stock.won), deals(won)],
    ]
}

/// Of each stage: entered, passed, lost, still open, the conversion of decided with its interval, the median days.
fn conversion(figures: &Figures, i18n: I18n, format: Format) -> (Vec<String>, Vec<Vec<String>>) {
    let heads = [
        t_string!(i18n, funnel.stage),
        t_string!(i18n, funnel.entered),
        t_string!(i18n, funnel.passed),
        t_string!(i18n, funnel.lost),
        t_string!(i18n, funnel.still_open),
        t_string!(i18n, common.passage),
        t_string!(i18n, one_page.interval),
        t_string!(i18n, funnel.median_days),
    ];
    let rows = figures.model.stages.iter().zip(&figures.conversion.stages).map(|(stage, seen)| {
        let cohort = &seen.cohort;
        let rate = cohort.of_decided();
        let interval = rate.map_or_else(
            || UNKNOWN.to_owned(),
            |rate| {
                let interval = rate.interval();
                [format.percent(interval.low, 0), format.percent(interval.high, 0)].join(" – ")
            },
        );
        let rate = format.percent(rate.map(|rate| rate.value()), 0);
        vec![
            stage.name.clone(),
            format.count(cohort.entered()),
            format.count(cohort.passed.len()),
            format.count(cohort.lost.len()),
            format.count(cohort.open.len()),
            if cohort.too_few() { [rate.as_str(), " · ", t_string!(i18n, funnel.too_few)].concat() } else { rate },
            interval,
            format.days(cohort.durations().median.map(f64::from)),
        ]
    });
    (heads.map(str::to_owned).to_vec(), rows.collect())
}

/// What the open deals may bring: the middle of the draws, and where eight in ten of them lie.
fn forecast(figures: &Figures, outcomes: Option<&Outcomes>, until: Date, i18n: I18n, format: Format) -> [String; 2] {
    let title = t_string!(i18n, forecast.until, day = format.date(until)).to_string();
    let words = outcomes.map_or_else(
        || UNKNOWN.to_owned(),
        |outcomes| {
            let money = |minor: f64| figures.weighted(format, minor);
            let spread = &outcomes.total;
            let (low, high) = (money(spread.p10), money(spread.p90));
            let range = t_string!(i18n, forecast.range, low = low, high = high).to_string();
            [money(spread.p50), range].join(t_string!(i18n, filters.joint))
        },
    );
    [title, words]
}

/// The open deals of the sheet that have stood still for too long, the largest first.
fn stalled(workspace: &Workspace, figures: &Figures, today: Date, i18n: I18n, format: Format) -> Part {
    let open: std::collections::BTreeSet<DealId> = figures.frame.deals(&figures.stock.open.deals).collect();
    let still = agenda(workspace, today, None).into_iter().filter(|concern| open.contains(&concern.deal));
    let mut still: Vec<_> = still
        .filter_map(|concern| {
            let stay = concern.causes.iter().find_map(|cause| match cause {
                Cause::Stalled { days, limit } => Some((*days, *limit)),
                _ => None,
            })?;
            Some((workspace.deals.get(concern.deal)?, stay))
        })
        .collect();
    still.sort_by_key(|(deal, (days, _))| std::cmp::Reverse((deal.standing().amount, *days)));
    let all = format.count(still.len());
    let lines = still.into_iter().take(NAMED).map(|(deal, (days, limit))| {
        let standing = deal.standing();
        let owner = standing.owner.and_then(|owner| workspace.people.get(owner)).map(|person| person.name.clone());
        let customer = workspace.customer_of(deal).map(|customer| customer.name.clone());
        let stage = workspace.stage_of(deal).map(|(_, stage)| stage.name.clone()).unwrap_or_default();
        let who = [customer, owner].into_iter().flatten().collect::<Vec<_>>();
        let amount = standing.amount.map(|amount| i128::from(amount.minor()));
        let (days, limit) = (format.days(f64::from(days)), format.days(f64::from(limit)));
        let limit = t_string!(i18n, one_page.limit, days = limit).to_string();
        vec![
            deal.details.title.clone(),
            who.join(t_string!(i18n, filters.joint)),
            [stage, days, limit].join(t_string!(i18n, filters.joint)),
            amount.map_or_else(|| UNKNOWN.to_owned(), |amount| figures.money(format, amount)),
        ]
    });
    Part {
        title: t_string!(i18n, one_page.stalled, count = all, day = format.date(today)).to_string(),
        none: t_string!(i18n, one_page.none_stalled).to_owned(),
        lines: lines.collect(),
    }
}

/// How much of the open deals of the workspace is sound.
fn sound(workspace: &Workspace, today: Date, i18n: I18n, format: Format) -> [String; 2] {
    let report = quality(workspace, today);
    let (sound, open) = (format.count(report.sound), format.count(report.open));
    let today = format.date(today);
    let words = t_string!(i18n, quality.sound_counted, sound = sound, open = open, today = today).to_string();
    [t_string!(i18n, quality.sound).to_owned(), words]
}
