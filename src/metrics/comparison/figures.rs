//! Every figure of one period.

use super::{Measure, Side};
use crate::{
    metrics::{
        Cohort, Conversion, Holding, Interval, LeftOut, Rate, Reason, Row, SalesCycle, Stock, View, conversion,
        difference::{Estimate, of_mean, of_median, of_product, of_sum},
        sales_cycle,
        shape::{Shape, shape_of},
        stock,
        survival::count,
        view::State,
    },
    model::FunnelModel,
};

/// Below so many deals a figure says little.
pub(in crate::metrics) const FEW: usize = 5;

/// The figures of a view of one period, in the order in which they are read; `None` when it does not show the model.
pub(super) fn figures(view: &View, model: &FunnelModel) -> Option<Vec<(Measure, Side)>> {
    let conversion = conversion(view).into_iter().find(|found| found.model == model.id)?;
    let stock = stock(view).into_iter().find(|found| found.model == model.id)?;
    let cycle = sales_cycle(view).into_iter().find(|found| found.model == model.id)?;
    let shape = shape_of(model, (&stock, &conversion, &cycle), None, None);
    let mut all = on_the_day(&stock);
    all.extend(closed(view, &stock, &cycle));
    all.extend(passed(&conversion));
    all.extend(shaped(view, &stock, &cycle, &conversion, &shape));
    Some(all)
}

/// What stands there on the last day.
fn on_the_day(stock: &Stock) -> Vec<(Measure, Side)> {
    let open = &stock.open;
    let side =
        |value: Option<f64>, left_out: LeftOut| Side { value, deals: open.deals.clone(), left_out, ..Side::default() };
    let amounts = || amounts_left_out(open);
    let weighted = open.known_amount().map(|_| open.weighted);
    vec![
        (Measure::Open, side(Some(count(open.deals.len())), LeftOut::default())),
        (Measure::OpenAmount, side(open.known_amount().map(money), amounts())),
        (Measure::Weighted, side(weighted, amounts())),
    ]
}

/// What was closed in the period.
fn closed(view: &View, stock: &Stock, cycle: &SalesCycle) -> Vec<(Measure, Side)> {
    let won = &stock.won;
    let (many, amounts, days) = (vec![1.0; won.deals.len()], won_amounts(view, won), cycle_days(view, cycle));
    let money_won = Side {
        value: won.known_amount().map(money),
        interval: of_sum(&amounts).map(|sum| sum.interval),
        deals: won.deals.clone(),
        left_out: amounts_left_out(won),
        few: amounts.len() < FEW,
    };
    vec![
        (
            Measure::Won,
            Side {
                value: Some(count(many.len())),
                interval: of_sum(&many).map(|sum| sum.interval),
                deals: won.deals.clone(),
                left_out: stock.left_out.clone(),
                few: many.len() < FEW,
            },
        ),
        (Measure::WonAmount, money_won.clone()),
        (
            Measure::MeanWon,
            Side { value: mean(&amounts), interval: of_mean(&amounts).map(|mean| mean.interval), ..money_won },
        ),
        (Measure::WinRate, rate(stock.win_rate(), [&won.deals, &stock.lost.deals], stock.left_out.clone())),
        (
            Measure::Cycle,
            Side {
                value: cycle.median,
                interval: of_median(&days).map(|median| median.interval),
                deals: cycle.deals.clone(),
                left_out: cycle.left_out.clone(),
                few: days.len() < FEW,
            },
        ),
    ]
}

/// Who went on, of those who entered in the period.
fn passed(conversion: &Conversion) -> Vec<(Measure, Side)> {
    let of_decided =
        |cohort: &Cohort| rate(cohort.of_decided(), [&cohort.passed, &cohort.lost], cohort.left_out.clone());
    let stages = conversion.stages.iter().map(|stage| (Measure::Stage(stage.stage), of_decided(&stage.cohort)));
    let whole = &conversion.overall;
    let mut loss = rate(whole.lost_so_far(), [&whole.lost, &whole.passed], whole.left_out.clone());
    loss.deals.extend(&whole.open);
    loss.few = whole.too_few();
    stages.chain([(Measure::Overall, of_decided(whole)), (Measure::Loss, loss)]).collect()
}

/// The readings of the shape that are rates or flows.
fn shaped(
    view: &View,
    stock: &Stock,
    cycle: &SalesCycle,
    conversion: &Conversion,
    shape: &Shape,
) -> Vec<(Measure, Side)> {
    let decided = conversion.stages.iter().flat_map(|stage| [&stage.cohort.passed, &stage.cohort.lost]);
    let slope = Side {
        value: shape.slope.observed,
        interval: shape.slope.interval,
        deals: once(decided.flatten()),
        left_out: LeftOut::default(),
        few: conversion.stages.iter().any(|stage| stage.cohort.too_few()),
    };
    let evenness = Side {
        value: shape.evenness.value,
        deals: stock.open.deals.clone(),
        few: stock.open.deals.len() < FEW,
        ..Side::default()
    };
    let open = count(stock.open.deals.len());
    let open = Estimate { value: open, interval: Interval { low: open, high: open } };
    let levers = || {
        let (amount, rate) = (of_mean(&won_amounts(view, &stock.won))?, Estimate::of_rate(stock.win_rate()?));
        of_product(&[open, amount, rate], &[of_median(&cycle_days(view, cycle))?])
    };
    let velocity = Side {
        value: shape.velocity.per_day,
        interval: levers().map(|product| product.interval),
        deals: once(stock.open.deals.iter().chain(&stock.won.deals).chain(&stock.lost.deals)),
        left_out: cycle.left_out.clone(),
        few: cycle.deals.len() < FEW,
    };
    vec![(Measure::Slope, slope), (Measure::Evenness, evenness), (Measure::Velocity, velocity)]
}

fn rate(rate: Option<Rate>, deals: [&Vec<Row>; 2], left_out: LeftOut) -> Side {
    Side {
        value: rate.map(|rate| rate.value()),
        interval: rate.map(|rate| rate.interval()),
        deals: deals.into_iter().flatten().copied().collect(),
        left_out,
        few: rate.is_none_or(|rate| rate.of() < FEW),
    }
}

/// The known amounts of won deals.
fn won_amounts(view: &View, won: &Holding) -> Vec<f64> {
    let amount = |row: &Row| view.state(*row).and_then(|state| state.amount).map(|amount| money(amount.minor().into()));
    won.deals.iter().filter_map(amount).collect()
}

/// The days that the deals of a cycle took, quickest first.
fn cycle_days(view: &View, cycle: &SalesCycle) -> Vec<f64> {
    let days = |row: &Row| view.state(*row).and_then(State::days_to_win);
    cycle.deals.iter().filter_map(days).collect()
}

fn mean(numbers: &[f64]) -> Option<f64> {
    (!numbers.is_empty()).then(|| numbers.iter().sum::<f64>() / count(numbers.len()))
}

fn amounts_left_out(holding: &Holding) -> LeftOut {
    let mut left_out = LeftOut::default();
    holding.left_out.of(Reason::NoAmount).iter().for_each(|row| left_out.add(Reason::NoAmount, *row));
    left_out
}

fn once<'a>(rows: impl Iterator<Item = &'a Row>) -> Vec<Row> {
    rows.copied().collect::<std::collections::BTreeSet<_>>().into_iter().collect()
}

#[expect(clippy::cast_precision_loss, reason = "an amount that is compared, not added to")]
fn money(minor: i128) -> f64 {
    minor as f64
}
