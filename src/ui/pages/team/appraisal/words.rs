//! Measures and lines of pay in words.

use super::desk::Desk;
use crate::{
    i18n::t_string,
    metrics::appraisal::{PaidFor, Pay, PayLine},
    model::{IncentiveStep, MeasureKind, Money},
    ui::{format::UNKNOWN, typed, wording::I18n},
};

/// Every kind with its code for a list.
pub(super) const KINDS: [(&str, MeasureKind); 10] = [
    ("attainment", MeasureKind::Attainment),
    ("won-amount", MeasureKind::WonAmount),
    ("won-deals", MeasureKind::WonDeals),
    ("win-rate", MeasureKind::WinRate),
    ("cycle-days", MeasureKind::CycleDays),
    ("activities", MeasureKind::Activities),
    ("gate-skips", MeasureKind::GateSkips),
    ("slippage", MeasureKind::Slippage),
    ("promises-kept", MeasureKind::PromisesKept),
    ("data-quality", MeasureKind::DataQuality),
];

/// The name of a measure.
pub(super) fn name(i18n: I18n, kind: MeasureKind) -> &'static str {
    match kind {
        MeasureKind::Attainment => t_string!(i18n, team.appraisal.measure.attainment),
        MeasureKind::WonAmount => t_string!(i18n, team.appraisal.measure.won_amount),
        MeasureKind::WonDeals => t_string!(i18n, team.appraisal.measure.won_deals),
        MeasureKind::WinRate => t_string!(i18n, team.appraisal.measure.win_rate),
        MeasureKind::CycleDays => t_string!(i18n, team.appraisal.measure.cycle_days),
        MeasureKind::Activities => t_string!(i18n, team.appraisal.measure.activities),
        MeasureKind::GateSkips => t_string!(i18n, team.appraisal.measure.gate_skips),
        MeasureKind::Slippage => t_string!(i18n, team.appraisal.measure.slippage),
        MeasureKind::PromisesKept => t_string!(i18n, team.appraisal.measure.promises_kept),
        MeasureKind::DataQuality => t_string!(i18n, team.appraisal.measure.data_quality),
    }
}

/// A result or a target with its unit.
pub(super) fn value(desk: Desk, kind: MeasureKind, value: Option<f64>) -> String {
    let Some(value) = value else { return UNKNOWN.to_owned() };
    match kind {
        #[expect(clippy::cast_possible_truncation, reason = "a shown amount; the cast saturates")]
        MeasureKind::WonAmount => desk.money(value.round() as i128),
        MeasureKind::WonDeals | MeasureKind::Activities => desk.format.number(value, 0),
        MeasureKind::CycleDays => desk.format.days(value),
        _ => desk.format.percent(value / 100.0, 1),
    }
}

/// A target with its unit.
pub(super) fn target(desk: Desk, kind: MeasureKind, target: i64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "targets are bounded by 2^51")]
    value(desk, kind, Some(target as f64))
}

/// A target as it stands in a field.
pub(super) fn target_text(desk: Desk, kind: MeasureKind, target: i64) -> String {
    match (kind, Money::from_minor(target)) {
        (MeasureKind::WonAmount, Some(amount)) => typed::amount_text(amount, desk.digits()),
        _ => target.to_string(),
    }
}

/// A target as a person wrote it; `None` when it is none.
pub(super) fn read_target(desk: Desk, kind: MeasureKind, text: &str) -> Option<i64> {
    match kind {
        MeasureKind::WonAmount => typed::amount(text, desk.digits()).ok()?.map(Money::minor),
        _ => whole(text),
    }
}

/// A whole number as a person wrote it, with a percent sign or without.
pub(super) fn whole<T: std::str::FromStr>(text: &str) -> Option<T> {
    typed::folded(text).trim_end_matches('%').trim().parse().ok()
}

/// What a line of pay is for.
pub(super) fn paid_for(desk: Desk, i18n: I18n, pay: &Pay, steps: &[IncentiveStep], line: &PayLine) -> String {
    match line.what {
        PaidFor::Base if pay.quota.is_none() && !steps.is_empty() => {
            t_string!(i18n, team.appraisal.pay.no_quota).to_owned()
        }
        PaidFor::Base => t_string!(i18n, team.appraisal.pay.base).to_owned(),
        PaidFor::Step(place) => {
            let from = steps.get(place).map_or(0.0, |step| f64::from(step.from) / 100.0);
            t_string!(i18n, team.appraisal.pay.step, from = desk.format.percent(from, 0)).to_string()
        }
        PaidFor::Team => t_string!(i18n, team.appraisal.pay.team, people = desk.format.count(line.among)).to_string(),
    }
}
