//! The figures of scorecards in words.

use super::desk::Desk;
use crate::{
    i18n::t_string,
    metrics::{
        Interval,
        comparison::Told,
        scorecard::{Line, Measure},
    },
    ui::{components::tag::Tone, format::UNKNOWN, wording::I18n},
};

/// What a figure is counted in.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Share,
    Days,
    PerWeek,
    Minutes,
    Deals,
    Money,
    MoneyPerDay,
}

pub(super) fn unit(measure: Measure) -> Unit {
    match measure {
        Measure::Stage(_)
        | Measure::WinRate
        | Measure::PutOff
        | Measure::GateSkips
        | Measure::Optimism
        | Measure::Attainment => Unit::Share,
        Measure::Cycle | Measure::Stay | Measure::PutOffDays => Unit::Days,
        Measure::Activities | Measure::Visits => Unit::PerWeek,
        Measure::Minutes => Unit::Minutes,
        Measure::Won => Unit::Deals,
        Measure::WonAmount => Unit::Money,
        Measure::Velocity => Unit::MoneyPerDay,
    }
}

/// The name of a measure, with that of its stage.
pub(super) fn name(i18n: I18n, measure: Measure, stage: Option<String>) -> String {
    let words = match measure {
        Measure::Stage(_) => {
            let stage = stage.unwrap_or_else(|| UNKNOWN.to_owned());
            return t_string!(i18n, analysis.periods.measure.stage, stage = stage).to_string();
        }
        Measure::WinRate => t_string!(i18n, funnel.win_share),
        Measure::Cycle => t_string!(i18n, funnel.cycle),
        Measure::Stay => t_string!(i18n, team.scorecards.measure.stay),
        Measure::Velocity => t_string!(i18n, funnel.velocity),
        Measure::PutOff => t_string!(i18n, team.scorecards.measure.put_off),
        Measure::PutOffDays => t_string!(i18n, team.scorecards.measure.put_off_days),
        Measure::GateSkips => t_string!(i18n, team.scorecards.measure.gate_skips),
        Measure::Optimism => t_string!(i18n, team.scorecards.measure.optimism),
        Measure::Activities => t_string!(i18n, team.scorecards.measure.activities),
        Measure::Visits => t_string!(i18n, team.scorecards.measure.visits),
        Measure::Minutes => t_string!(i18n, team.scorecards.measure.minutes),
        Measure::Won => t_string!(i18n, analysis.periods.measure.won),
        Measure::WonAmount => t_string!(i18n, analysis.breakdown.won_amount),
        Measure::Attainment => t_string!(i18n, team.scorecards.measure.attainment),
    };
    words.to_owned()
}

/// How it is computed.
pub(super) fn formula(i18n: I18n, measure: Measure) -> &'static str {
    match measure {
        Measure::Stage(_) => t_string!(i18n, team.scorecards.formula.stage),
        Measure::WinRate => t_string!(i18n, team.scorecards.formula.win_rate),
        Measure::Cycle => t_string!(i18n, team.scorecards.formula.cycle),
        Measure::Stay => t_string!(i18n, team.scorecards.formula.stay),
        Measure::Velocity => t_string!(i18n, team.scorecards.formula.velocity),
        Measure::PutOff | Measure::PutOffDays => t_string!(i18n, team.scorecards.formula.put_off),
        Measure::GateSkips => t_string!(i18n, team.scorecards.formula.gate_skips),
        Measure::Optimism => t_string!(i18n, team.scorecards.formula.optimism),
        Measure::Activities | Measure::Visits | Measure::Minutes => t_string!(i18n, team.scorecards.formula.weekly),
        Measure::Won | Measure::WonAmount => t_string!(i18n, team.scorecards.formula.won),
        Measure::Attainment => t_string!(i18n, team.scorecards.formula.attainment),
    }
}

/// What a line says, and what that means.
pub(super) fn verdict(i18n: I18n, line: &Line) -> (&'static str, Tone) {
    match line.told {
        Told::More | Told::Less if line.is_strength() => (t_string!(i18n, team.scorecards.told.better), Tone::Good),
        Told::More | Told::Less if line.is_weakness() => (t_string!(i18n, team.scorecards.told.worse), Tone::Warn),
        Told::More => (t_string!(i18n, team.scorecards.told.more), Tone::Accent),
        Told::Less => (t_string!(i18n, team.scorecards.told.less), Tone::Accent),
        Told::Unclear => (t_string!(i18n, team.scorecards.told.unclear), Tone::Neutral),
        Told::TooFew => (t_string!(i18n, team.scorecards.told.too_few), Tone::Neutral),
        Told::Counted | Told::NoInterval => (t_string!(i18n, team.scorecards.told.not_compared), Tone::Neutral),
    }
}

/// A figure with its unit.
pub(super) fn figure(desk: Desk, i18n: I18n, measure: Measure, value: Option<f64>) -> String {
    let Some(value) = value else { return UNKNOWN.to_owned() };
    match unit(measure) {
        Unit::Share if measure == Measure::Optimism => gap(desk, i18n, measure, Some(value)),
        Unit::Share => desk.format.percent(value, 0),
        Unit::Days => desk.format.days(value),
        Unit::PerWeek | Unit::Deals => desk.format.number(value, 1),
        Unit::Minutes => desk.format.number(value, 0),
        Unit::Money => desk.money(value),
        Unit::MoneyPerDay => t_string!(i18n, funnel.per_day, amount = desk.money(value)).to_string(),
    }
}

/// A difference with its sign; of shares in points.
pub(super) fn gap(desk: Desk, i18n: I18n, measure: Measure, value: Option<f64>) -> String {
    let Some(value) = value else { return UNKNOWN.to_owned() };
    let size = value.abs();
    let size = match unit(measure) {
        Unit::Share => desk.format.number(size * 100.0, 1),
        Unit::Days => desk.format.days(size),
        Unit::Minutes => desk.format.number(size, 0),
        Unit::PerWeek | Unit::Deals => desk.format.number(size, 1),
        Unit::Money | Unit::MoneyPerDay => desk.money(size),
    };
    let sign = match () {
        () if value > 0.0 => "+",
        () if value < 0.0 => "−",
        () => "",
    };
    let signed = [sign, &size].concat();
    if unit(measure) == Unit::Share {
        t_string!(i18n, analysis.periods.points, points = signed).to_string()
    } else {
        signed
    }
}

/// An interval of a difference.
pub(super) fn span(desk: Desk, i18n: I18n, measure: Measure, interval: Interval) -> String {
    let [low, high] = [interval.low, interval.high].map(|end| gap(desk, i18n, measure, Some(end)));
    t_string!(i18n, analysis.periods.range, low = low, high = high).to_string()
}
