//! What is told about a model from its deals: shape, bottleneck, calibration, replenishment and gates.

use std::collections::BTreeMap;

use chrono::Months;
use loudou::{
    metrics::{
        Conversion, GateSkips, Interval, Stock, View,
        bottleneck::{Gain, bottleneck},
        calibration::{ShareCheck, StageCheck, calibration},
        replenishment::{StageAssumption, StageNeed, replenishment},
        shape::{Cause, Reading, Shape, Verdict, shape},
    },
    model::{FunnelModel, Share, StageId},
};
use serde_json::{Value, json};

use super::output::{Money, rate};

/// Adds the readings of a model, and of each of its stages, to its report.
pub(crate) fn add(
    json: &mut Value,
    money: &Money,
    model: &FunnelModel,
    view: &View,
    before: Option<&View>,
    (stock, conversion): (&Stock, &Conversion),
    wins: f64,
) {
    let shape = shape(view, model, before, None);
    let found = bottleneck(model, conversion, shape.as_ref().and_then(|shape| shape.velocity.levers.won_amount));
    for (place, gain) in found.gains.iter().enumerate() {
        json["stages"][place]["gain"] = self::gain(money, gain);
    }
    json["bottleneck"] = found.stage.and_then(|stage| model.stage(stage)).map(|stage| stage.name.clone()).into();
    for (place, check) in calibration(view, model).into_iter().flatten().enumerate() {
        json["stages"][place]["calibration"] = self::check(&check);
    }
    json["shape"] = shape.map(|shape| self::readings(money, model, &shape)).into();
    let assumed = model.stages.iter().zip(&stock.stages).map(|(stage, stock)| StageAssumption {
        rate: stage.promotion_rate.as_f64(),
        days: stage.expected_days.into(),
        open: stock.open.deals.len(),
    });
    let target = view.as_of().checked_add_months(Months::new(12)).unwrap_or(view.as_of());
    let need = replenishment(model, &assumed.collect::<Vec<_>>(), wins, target, view.as_of());
    for (place, stage) in need.iter().flat_map(|need| &need.stages).enumerate() {
        json["stages"][place]["need"] = self::need(stage);
    }
    let need = need.map(|need| {
        json!({
            "wins": need.wins,
            "target": target.to_string(),
            "expected": need.expected,
            "new": need.new,
            "by": need.by.map(|day| day.to_string()),
            "per_week": need.per_week,
        })
    });
    json["replenishment"] = need.into();
}

/// Adds the passages out of each stage of a model to its report.
pub(crate) fn add_gates(json: &mut Value, model: &FunnelModel, gates: &BTreeMap<StageId, GateSkips>) {
    let nobody = GateSkips::default();
    for (place, stage) in model.stages.iter().enumerate() {
        let skips = gates.get(&stage.id).unwrap_or(&nobody);
        json["stages"][place]["gates"] = json!({
            "met": skips.met.len(),
            "overridden": skips.overridden.len(),
            "unchecked": skips.unchecked.len(),
            "skipped": rate(skips.rate()),
        });
    }
}

fn readings(money: &Money, model: &FunnelModel, shape: &Shape) -> Value {
    let Shape { capacity, slope, evenness, velocity, .. } = shape;
    let levers = &velocity.levers;
    json!({
        "capacity": {
            "open": money.whole(capacity.open),
            "weighted": money.main(capacity.weighted),
            "reading": reading(model, &capacity.reading),
        },
        "slope": {
            "observed": slope.observed,
            "low": slope.interval.map(|interval| interval.low),
            "high": slope.interval.map(|interval| interval.high),
            "assumed": slope.assumed,
            "reading": reading(model, &slope.reading),
        },
        "evenness": {
            "value": evenness.value,
            "shares": evenness.shares,
            "steady": evenness.steady,
            "reading": reading(model, &evenness.reading),
        },
        "velocity": {
            "per_day": velocity.per_day.map(|minor| money.main(minor)),
            "open": levers.open,
            "won_amount": levers.won_amount.map(|minor| money.main(minor)),
            "win_rate": levers.win_rate,
            "cycle": levers.cycle,
            "gains": levers.gains().map(|gains| gains.map(|minor| money.main(minor))),
            "reading": reading(model, &velocity.reading),
        },
    })
}

fn reading(model: &FunnelModel, reading: &Reading) -> Value {
    let verdict = match reading.verdict {
        Verdict::Healthy => "healthy",
        Verdict::Watch => "watch",
        Verdict::Ill => "ill",
        Verdict::TooFew => "too_few",
    };
    let (cause, value, stage) = match reading.cause {
        Cause::Coverage(share) => ("coverage", Some(share), None),
        Cause::AgainstBefore(times) => ("against_before", Some(times), None),
        Cause::AgainstModel(times) => ("against_model", Some(times), None),
        Cause::WithinInterval => ("within_interval", None, None),
        Cause::TooFull(stage, share) => ("too_full", Some(share), model.stage(stage).map(|stage| &stage.name)),
        Cause::NoData => ("no_data", None, None),
    };
    json!({ "verdict": verdict, "cause": cause, "value": value, "stage": stage })
}

fn gain(money: &Money, gain: &Gain) -> Value {
    let Interval { low, high } = gain.interval;
    json!({
        "observed": gain.observed,
        "assumed": gain.assumed,
        "wins": gain.wins,
        "low": low,
        "high": high,
        "money": gain.money.map(|minor| money.main(minor)),
        "days": gain.days,
        "largest": gain.largest,
    })
}

fn check(check: &StageCheck) -> Value {
    let days = &check.days;
    json!({
        "probability": share(&check.probability),
        "promotion": share(&check.promotion),
        "days": {
            "assumed": days.assumed,
            "median": days.median,
            "lower": days.lower,
            "upper": days.upper,
            "decided": days.decided,
            "proposal": days.proposal(),
        },
    })
}

fn share(check: &ShareCheck) -> Value {
    json!({
        "assumed": check.assumed,
        "hits": check.hits,
        "decided": check.decided,
        "mean": check.mean,
        "low": check.interval.low,
        "high": check.interval.high,
        "proposal": Share::as_f64(check.proposal()),
    })
}

fn need(need: &StageNeed) -> Value {
    json!({
        "wins_per_deal": need.wins_per_deal,
        "needed": need.needed,
        "there": need.there,
        "by": need.by.map(|day| day.to_string()),
    })
}
