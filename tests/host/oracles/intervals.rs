//! Intervals, gains and distributions equal what scipy says of them. `intervals.json` comes from `intervals.py`.

use loudou::{
    metrics::{
        Filter, Frame, Interval, Rate,
        bottleneck::bottleneck,
        calibration::ShareCheck,
        conversion,
        shape::shape,
        simulation::{Basis, Chance, Class, Prospects, prospects, simulate},
    },
    model::{Batch, Date, Deal, EventKind, Gate, Share, Stage, Workspace},
};
use serde_json::Value;

use super::{
    curves::{close, list, number},
    six_deals::{company, created, day, deal, entered, lost, model, stage},
};

fn part(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("intervals.json")).unwrap();
    list(&all, name).to_vec()
}

fn ends(interval: Interval, row: &Value, what: &str) {
    close(interval.low, &row["ends"][0], what);
    close(interval.high, &row["ends"][1], what);
}

fn percent(share: &Value) -> u8 {
    (0..=100).find(|percent| (float(share) * 100.0 - f64::from(*percent)).abs() < 1e-9).unwrap()
}

fn float(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

#[test]
fn jeffreys_intervals_equal_scipy() {
    for row in part("jeffreys") {
        let rate = Rate::new(number(&row["hits"]) as usize, number(&row["of"]) as usize).unwrap();
        ends(rate.interval(), &row, &row.to_string());
    }
}

#[test]
fn posteriors_of_the_calibration_equal_scipy() {
    for row in part("posteriors") {
        let (hits, decided) = (number(&row["hits"]) as usize, number(&row["decided"]) as usize);
        let check = ShareCheck::new(float(&row["assumed"]), hits, decided);
        close(check.mean, &row["mean"], &row.to_string());
        ends(check.interval, &row, &row.to_string());
    }
}

/// A funnel whose stages have so many deals that passed and so many that were lost: what passed one stage comes to the next, what is
/// missing there begins there, what is too much is open there.
fn funnel(flows: &[(u32, u32)], stages: Vec<Stage>) -> Workspace {
    let mut deals: Vec<Deal> = Vec::new();
    let mut arrived: Vec<Vec<(Date, EventKind)>> = Vec::new();
    let began = day(2026, 1, 1);
    let mut finish = |first: u128, then: Vec<(Date, EventKind)>| {
        let id = deals.len() as u128 + 1;
        deals.push(deal(id, created(first, None, None, None), Some(began), then));
    };
    let mut firsts: Vec<u128> = Vec::new();
    for (place, (passed, failed)) in (1_u128..).zip(flows) {
        let (passed, decided) = (*passed as usize, (*passed + *failed) as usize);
        while arrived.len() < decided {
            arrived.push(Vec::new());
            firsts.push(place);
        }
        let today = began + chrono::Days::new(u64::try_from(place).unwrap());
        let ways: Vec<_> = firsts.drain(..).zip(arrived.drain(..)).collect();
        for (number, (first, mut way)) in ways.into_iter().enumerate() {
            if number < passed && (place as usize) < flows.len() {
                way.push((today, entered(place + 1)));
                firsts.push(first);
                arrived.push(way);
                continue;
            }
            if number < passed {
                way.push((today, EventKind::Won { gate: Gate::Met }));
            } else if number < decided {
                way.push((today, lost()));
            }
            finish(first, way);
        }
    }
    company(Batch { models: vec![model(1, stages)], deals, ..Batch::default() })
}

fn stages(percents: impl IntoIterator<Item = u8>) -> Vec<Stage> {
    let stage = |(id, percent): (u128, u8)| Stage {
        promotion_rate: Share::percent(percent),
        ..stage(id, &format!("Stage {id}"), 10)
    };
    (1..).zip(percents).map(stage).collect()
}

#[test]
fn gains_of_the_bottleneck_equal_scipy() {
    for row in part("bottlenecks") {
        let chain = list(&row, "chain");
        let flows: Vec<_> = chain.iter().map(|stage| (number(&stage[0]), number(&stage[1]))).collect();
        let workspace = funnel(&flows, stages(chain.iter().map(|stage| percent(&stage[2]))));
        let (frame, everything) = (Frame::new(&workspace), Filter::default());
        let figures = conversion(&frame.view(day(2026, 12, 31), &everything)).remove(0);
        let decided = figures.stages.iter().map(|stage| (stage.cohort.passed.len(), stage.cohort.lost.len()));
        assert!(decided.eq(flows.iter().map(|(passed, lost)| (*passed as usize, *lost as usize))));
        let found = bottleneck(workspace.models.iter().next().unwrap(), &figures, None);
        let began = f64::from(flows[0].0 + flows[0].1);
        for (gain, exact) in found.gains.iter().zip(list(&row, "gains")) {
            // The mean of 2,000 draws between nothing and all: six standard errors.
            let error = 6.0 * (began * float(exact) / 2_000.0).sqrt();
            assert!((gain.wins - float(exact)).abs() <= error, "{} {row}", gain.wins);
        }
        if !row["ends"].is_null() {
            let interval = found.gains[0].interval;
            for (ours, exact) in [(interval.low, &row["ends"][0]), (interval.high, &row["ends"][1])] {
                assert!((ours - float(exact)).abs() <= 0.03 * began, "{ours} {row}");
            }
        }
    }
}

#[test]
fn the_slope_equals_scipy() {
    for row in part("slopes") {
        let flows: Vec<_> = list(&row, "flows").iter().map(|flow| (number(&flow[0]), number(&flow[1]))).collect();
        let workspace = funnel(&flows, stages(flows.iter().map(|_| 50)));
        let (frame, everything) = (Frame::new(&workspace), Filter::default());
        let view = frame.view(day(2026, 12, 31), &everything);
        let slope = shape(&view, workspace.models.iter().next().unwrap(), None, None).unwrap().slope;
        close(slope.observed.unwrap(), &row["observed"], &row.to_string());
        ends(slope.interval.unwrap(), &row, &row.to_string());
    }
}

/// Stays are counted in whole days here and without steps there: the shares differ by less than one in a hundred.
#[test]
fn times_of_the_forecast_equal_scipy() {
    for row in part("times") {
        let means: Vec<u16> = list(&row, "means").iter().map(|mean| u16::try_from(number(mean)).unwrap()).collect();
        let stage = |(id, days): (u128, &u16)| Stage { expected_days: *days, ..stage(id, &format!("Stage {id}"), 10) };
        let open = deal(1, created(1, Some(100), None, None), Some(day(2026, 1, 1)), vec![]);
        let models = vec![model(1, (1..).zip(&means).map(stage).collect())];
        let workspace = company(Batch { models, deals: vec![open], ..Batch::default() });
        let (frame, everything) = (Frame::new(&workspace), Filter::default());
        let models: Vec<_> = workspace.models.iter().map(AsRef::as_ref).collect();
        let open = prospects(&frame.view(day(2026, 1, 1), &everything), &models, Basis::Model, 12);
        for (ours, theirs) in open.classes[0].by.iter().zip(list(&row, "by")) {
            assert!((ours - float(theirs)).abs() < 0.01, "{ours} {theirs} {means:?}");
        }
    }
}

#[test]
fn totals_of_the_forecast_follow_their_distribution() {
    let draws = 40_000;
    for row in part("totals") {
        let class = |group: &Value| Class {
            chance: Chance::Known(float(&group[0])),
            by: vec![1.0],
            amounts: group[1].as_array().unwrap().iter().map(float).collect(),
        };
        let open = Prospects {
            months: vec![(2026, 1)],
            classes: list(&row, "groups").iter().map(class).collect(),
            rates: vec![],
            largest: None,
            without_amount: 0,
        };
        let outcomes = simulate(&open, draws, 5, &mut |_| ());
        let error = 4.0 * float(&row["deviation"]) / (draws as f64).sqrt();
        assert!((outcomes.total.mean - float(&row["mean"])).abs() <= error, "{:?}", outcomes.total);
        let up_to: Vec<f64> = list(&row, "up_to").iter().map(float).collect();
        // Four standard errors of a share of the draws, at most.
        let error = 4.0 * 0.5 / (draws as f64).sqrt();
        for (limit, share) in up_to.iter().enumerate() {
            let more = outcomes.chance(limit as f64 + 0.5).unwrap();
            assert!((1.0 - more - share).abs() <= error, "{limit}: {more} {share}");
        }
        let spread = outcomes.total;
        for (quantile, share) in [(spread.p10, 0.1), (spread.p50, 0.5), (spread.p90, 0.9)] {
            let at = (0..up_to.len()).find(|sum| (*sum as f64 - quantile).abs() < 1e-9).unwrap();
            let below = at.checked_sub(1).map_or(0.0, |below| up_to[below]);
            assert!(below <= share + error && share - error <= up_to[at], "{quantile} {share}");
        }
    }
}
