//! One figure of both periods, with the difference drawn on a scale of its own around nothing.

use leptos::prelude::*;

use super::super::Desk;
use crate::{
    codec::table::neutral,
    i18n::t_string,
    metrics::{
        Interval,
        comparison::{Compared, Measure, Side, Told},
    },
    ui::{
        charts::gap as chart,
        components::{
            explain::Explain,
            tag::{Tag, Tone},
        },
        format::{Format, UNKNOWN},
        parts::behind::left_out_words,
        wording::I18n,
    },
};

/// What a figure is counted in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Deals,
    Money,
    MoneyPerDay,
    Days,
    Share,
}

fn unit(measure: Measure) -> Unit {
    match measure {
        Measure::Open | Measure::Won => Unit::Deals,
        Measure::OpenAmount | Measure::Weighted | Measure::WonAmount | Measure::MeanWon => Unit::Money,
        Measure::Velocity => Unit::MoneyPerDay,
        Measure::Cycle => Unit::Days,
        Measure::WinRate
        | Measure::Stage(_)
        | Measure::Overall
        | Measure::Loss
        | Measure::Slope
        | Measure::Evenness => Unit::Share,
    }
}

/// Whether more of it is worse.
fn is_bad(measure: Measure) -> bool {
    matches!(measure, Measure::Loss | Measure::Cycle)
}

fn name(desk: Desk, i18n: I18n, measure: Measure) -> String {
    let words = match measure {
        Measure::Open => t_string!(i18n, analysis.periods.measure.open),
        Measure::OpenAmount => t_string!(i18n, analysis.periods.measure.open_amount),
        Measure::Weighted => t_string!(i18n, analysis.periods.measure.weighted),
        Measure::Won => t_string!(i18n, analysis.periods.measure.won),
        Measure::WonAmount => t_string!(i18n, analysis.breakdown.won_amount),
        Measure::MeanWon => t_string!(i18n, analysis.breakdown.mean_won),
        Measure::WinRate => t_string!(i18n, funnel.win_share),
        Measure::Cycle => t_string!(i18n, funnel.cycle),
        Measure::Stage(id) => {
            let stage =
                desk.model.with(|model| model.as_ref().and_then(|m| m.stage(id)).map(|stage| stage.name.clone()));
            return t_string!(i18n, analysis.periods.measure.stage, stage = stage.unwrap_or_default()).to_string();
        }
        Measure::Overall => t_string!(i18n, funnel.overall),
        Measure::Loss => t_string!(i18n, funnel.loss),
        Measure::Slope => t_string!(i18n, funnel.slope),
        Measure::Evenness => t_string!(i18n, funnel.evenness),
        Measure::Velocity => t_string!(i18n, funnel.velocity),
    };
    words.to_owned()
}

fn formula(i18n: I18n, measure: Measure) -> &'static str {
    match measure {
        Measure::Open | Measure::OpenAmount | Measure::Weighted => t_string!(i18n, analysis.periods.formula.stock),
        Measure::Won | Measure::WonAmount => t_string!(i18n, analysis.periods.formula.sum),
        Measure::MeanWon => t_string!(i18n, analysis.periods.formula.mean),
        Measure::WinRate | Measure::Stage(_) | Measure::Overall => t_string!(i18n, analysis.periods.formula.rate),
        Measure::Loss => t_string!(i18n, analysis.periods.formula.loss),
        Measure::Cycle => t_string!(i18n, analysis.periods.formula.median),
        Measure::Slope => t_string!(i18n, analysis.periods.formula.slope),
        Measure::Evenness => t_string!(i18n, analysis.periods.formula.evenness),
        Measure::Velocity => t_string!(i18n, analysis.periods.formula.velocity),
    }
}

/// What a difference says, in words.
pub(in crate::ui::pages::analysis) fn told_words(i18n: I18n, told: Told) -> &'static str {
    match told {
        Told::More => t_string!(i18n, analysis.periods.verdict.more),
        Told::Less => t_string!(i18n, analysis.periods.verdict.less),
        Told::Unclear => t_string!(i18n, analysis.periods.verdict.unclear),
        Told::TooFew => t_string!(i18n, funnel.too_few),
        Told::Counted => t_string!(i18n, analysis.periods.verdict.counted),
        Told::NoInterval => t_string!(i18n, analysis.periods.verdict.no_interval),
    }
}

/// What a difference means; of some figures less is better.
pub(in crate::ui::pages::analysis) const fn told_tone(told: Told, less_is_better: bool) -> Tone {
    match (told, less_is_better) {
        (Told::More, false) | (Told::Less, true) => Tone::Good,
        (Told::Less, false) | (Told::More, true) => Tone::Bad,
        _ => Tone::Neutral,
    }
}

/// A figure with its unit.
fn figure(desk: Desk, i18n: I18n, format: Format, measure: Measure, value: Option<f64>) -> String {
    let Some(value) = value else { return UNKNOWN.to_owned() };
    match unit(measure) {
        Unit::Deals => format.number(value, 0),
        Unit::Money => desk.money(format, value),
        Unit::MoneyPerDay => t_string!(i18n, funnel.per_day, amount = desk.money(format, value)).to_string(),
        Unit::Days => format.days(value),
        Unit::Share => format.percent(value, 0),
    }
}

/// A figure with a sign; nothing has none.
fn signed(value: f64, size: impl FnOnce(f64) -> String) -> String {
    let sign = if value > 0.0 {
        "+"
    } else if value < 0.0 {
        "−"
    } else {
        ""
    };
    [sign, &size(value.abs())].concat()
}

/// A difference with its sign; of shares in points.
fn gap(desk: Desk, i18n: I18n, format: Format, measure: Measure, value: Option<f64>) -> String {
    let Some(value) = value else { return UNKNOWN.to_owned() };
    match unit(measure) {
        Unit::Share => t_string!(i18n, analysis.periods.points, points = points(format, value)).to_string(),
        Unit::Deals => signed(value, |size| format.number(size, 1)),
        Unit::Money => signed(value, |size| desk.money(format, size)),
        Unit::MoneyPerDay => {
            t_string!(i18n, funnel.per_day, amount = signed(value, |size| desk.money(format, size))).to_string()
        }
        Unit::Days => signed(value, |size| format.days(size)),
    }
}

/// A difference of shares in points, without the unit.
fn points(format: Format, value: f64) -> String {
    signed(value, |size| format.number(size * 100.0, 1))
}

/// An interval of a difference; points are named once.
fn span(desk: Desk, i18n: I18n, format: Format, measure: Measure, interval: Interval) -> String {
    let high = gap(desk, i18n, format, measure, Some(interval.high));
    let low = match unit(measure) {
        Unit::Share => points(format, interval.low),
        _ => gap(desk, i18n, format, measure, Some(interval.low)),
    };
    t_string!(i18n, analysis.periods.range, low = low, high = high).to_string()
}

/// A row of the table.
pub(super) fn row(desk: Desk, i18n: I18n, format: Format, line: &Compared) -> AnyView {
    let measure = line.measure;
    let title = name(desk, i18n, measure);
    let side = |side: &Side, when: &str| {
        let left_out = left_out_words(i18n, format, &side.left_out);
        let shown = figure(desk, i18n, format, measure, side.value);
        let title = [title.as_str(), when].join(" · ");
        view! { <td>{desk.link(shown, title, side.deals.clone(), left_out)}</td> }
    };
    let then = side(&line.then, t_string!(i18n, analysis.periods.then));
    let now = side(&line.now, t_string!(i18n, analysis.periods.now));
    let range =
        line.interval.map_or_else(|| UNKNOWN.to_owned(), |interval| span(desk, i18n, format, measure, interval));
    let drawn = line
        .difference
        .zip(line.interval)
        .map(|(difference, interval)| chart::gap(difference, interval.low, interval.high));
    let (words, tone) = (told_words(i18n, line.told), told_tone(line.told, is_bad(measure)));
    let counted = {
        let (then, now) = (format.count(line.then.deals.len()), format.count(line.now.deals.len()));
        t_string!(i18n, analysis.periods.counted, then = then, now = now).to_string()
    };
    view! {
        <tr data-tone=tone.as_str()>
            <th scope="row">
                <span class="readings__rate">{title}<Explain formula=formula(i18n, measure) counted/></span>
            </th>
            {then}
            {now}
            <td>{gap(desk, i18n, format, measure, line.difference)}</td>
            <td class="small">{range}</td>
            <td class="periods__picture">{drawn}</td>
            <td><Tag tone=Signal::derive(move || tone)>{words}</Tag></td>
        </tr>
    }
    .into_any()
}

/// The row for spreadsheets: shares as shares of 1, amounts as decimals.
pub(super) fn plain(desk: Desk, i18n: I18n, line: &Compared) -> Vec<String> {
    let number = |value: Option<f64>| match unit(line.measure) {
        Unit::Money | Unit::MoneyPerDay => desk.decimal(value),
        _ => value.map(|value| format!("{value:.4}")).unwrap_or_default(),
    };
    vec![
        neutral(&name(desk, i18n, line.measure)),
        number(line.then.value),
        number(line.now.value),
        number(line.difference),
        number(line.interval.map(|interval| interval.low)),
        number(line.interval.map(|interval| interval.high)),
        told_words(i18n, line.told).to_owned(),
    ]
}
