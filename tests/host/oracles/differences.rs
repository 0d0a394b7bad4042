//! Intervals of medians, means, sums and differences equal those of scipy: `differences.json` (see `differences.py`).

use loudou::metrics::{
    Rate,
    difference::{Estimate, difference, of_mean, of_median, of_sum},
};
use serde_json::Value;

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
