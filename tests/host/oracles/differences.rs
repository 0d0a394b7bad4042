//! Intervals of medians, means, sums and differences equal those of scipy: `differences.json` (see `differences.py`). Comparisons of
//! random companies are what the metrics say of each period, and the same the other way round.

use loudou::{
    metrics::{
        Filter, Frame, Interval, Period, Rate, comparison,
        comparison::{Measure, Told},
        conversion,
        difference::{Estimate, difference, of_mean, of_median, of_sum},
        sales_cycle, stock,
    },
    model::Workspace,
};
use proptest::prelude::*;
use serde_json::Value;

use super::brute_force::{filters, later, plans, workspace};

fn fixture() -> Value {
    serde_json::from_str(include_str!("differences.json")).unwrap()
}

fn number(value: &Value) -> f64 {
    value.as_f64().unwrap()
}

/// An interval like the one of the fixture, `null` for none.
fn close(ours: Option<Estimate>, theirs: &Value, what: &str) {
    match (ours, theirs.as_array()) {
        (None, None) => {}
        (Some(ours), Some(theirs)) => {
            for (end, other) in [ours.interval.low, ours.interval.high].iter().zip(theirs) {
                assert!((end / number(other) - 1.0).abs() < 1e-7, "{what}: {end}, not {other}");
            }
        }
        (ours, theirs) => panic!("{what}: {ours:?}, not {theirs:?}"),
    }
}

#[test]
fn differences_of_rates_equal_square_and_add() {
    let fixture = fixture();
    for row in fixture["rates"].as_array().unwrap() {
        let rate = |key: &str| {
            let part = |place: usize| usize::try_from(row[key][place].as_u64().unwrap()).unwrap();
            Estimate::of_rate(Rate::new(part(0), part(1)).unwrap())
        };
        let interval = difference(rate("now"), rate("then"));
        assert!((interval.low - number(&row["low"])).abs() < 1e-9, "{row}: {interval:?}");
        assert!((interval.high - number(&row["high"])).abs() < 1e-9, "{row}: {interval:?}");
        assert!(interval.low >= -1.0 - 1e-12 && interval.high <= 1.0 + 1e-12);
    }
}

#[test]
fn intervals_of_samples_equal_scipy() {
    let fixture = fixture();
    for row in fixture["samples"].as_array().unwrap() {
        let mut numbers: Vec<f64> = row["numbers"].as_array().unwrap().iter().map(number).collect();
        numbers.sort_by(f64::total_cmp);
        let what = format!("{} numbers", numbers.len());
        close(of_median(&numbers), &row["median"], &what);
        close(of_sum(&numbers), &row["sum"], &what);
        if !row["mean"].is_null() {
            close(of_mean(&numbers), &row["mean"], &what);
        }
    }
}

/// Two periods from the first days on, each with its number of days.
fn periods() -> impl Strategy<Value = [Period; 2]> {
    let period =
        || (0..70_u64, 0..40_u64).prop_map(|(from, days)| Period { from: later(from), to: later(from + days) });
    [period(), period()]
}

fn reversed(told: Told) -> Told {
    match told {
        Told::More => Told::Less,
        Told::Less => Told::More,
        same => same,
    }
}

fn check_comparison(workspace: &Workspace, filter: &Filter, [then, now]: [Period; 2]) {
    let frame = Frame::new(workspace);
    for model in workspace.models.iter() {
        let found = comparison(&frame, filter, model, then, now);
        let shows = filter.model.is_none_or(|wanted| wanted == model.id);
        assert_eq!(found.is_some(), shows);
        let Some(found) = found else { continue };
        let back = comparison(&frame, filter, model, now, then).unwrap();
        for (line, back) in found.lines.iter().zip(&back.lines) {
            assert_eq!((&line.then, &line.now, reversed(line.told)), (&back.now, &back.then, back.told));
            assert_eq!(line.difference, back.difference.map(|difference| 0.0 - difference));
            for side in [&line.then, &line.now] {
                let inside = |(value, interval): (f64, Interval)| {
                    // A Jeffreys interval of no hits or of all leaves its share just outside.
                    interval.low <= interval.high && (interval.low - 0.2..=interval.high + 0.2).contains(&value)
                };
                assert!(side.value.zip(side.interval).is_none_or(inside), "{line:?}");
                assert!(side.value.is_none_or(f64::is_finite));
            }
            if let Some((interval, difference)) = line.interval.zip(line.difference) {
                assert!(!found.overlap && interval.low <= difference && difference <= interval.high, "{line:?}");
            }
        }
        // Each side is what the metrics say of that period on its last day.
        let within = Filter { period: Some(now), ..filter.clone() };
        let view = frame.view(now.to, &within);
        let value = |measure| found.lines.iter().find(|line| line.measure == measure).unwrap().now.value;
        let stock = stock(&view).into_iter().find(|stock| stock.model == model.id).unwrap();
        assert_eq!(value(Measure::Open), Some(stock.open.deals.len() as f64));
        assert_eq!(value(Measure::WonAmount), stock.won.known_amount().map(|minor| minor as f64));
        let conversion = conversion(&view).into_iter().find(|found| found.model == model.id).unwrap();
        assert_eq!(value(Measure::Overall), conversion.overall.of_decided().map(|rate| rate.value()));
        assert_eq!(value(Measure::Loss), conversion.overall.lost_so_far().map(|rate| rate.value()));
        for stage in &conversion.stages {
            assert_eq!(value(Measure::Stage(stage.stage)), stage.cohort.of_decided().map(|rate| rate.value()));
        }
        let cycle = sales_cycle(&view).into_iter().find(|cycle| cycle.model == model.id).unwrap();
        assert_eq!(value(Measure::Cycle), cycle.median);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_comparison_mirrors_its_reverse(plans in plans(), filter in filters(), periods in periods()) {
        check_comparison(&workspace(plans), &filter, periods);
    }
}
