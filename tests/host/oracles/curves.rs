//! Curves and intervals equal those of other tools: `curves.json` (see `curves.py`), and the figures kept beside the public
//! Maven data where a folder `shared` lies beside the repository.

use std::{fs, path::PathBuf};

use loudou::{
    metrics::{Incidence, Rate, Survival, cohort::Fate},
    model::Date,
};
use serde_json::Value;

pub(super) fn close(ours: f64, theirs: &Value, what: &str) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() < 1e-9, "{what}: {ours}, not {theirs}");
}

pub(super) fn number(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

pub(super) fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().unwrap()
}

fn fixture() -> Value {
    serde_json::from_str(include_str!("curves.json")).unwrap()
}

#[test]
fn intervals_equal_scipy() {
    for row in list(&fixture(), "intervals") {
        let rate = Rate::new(number(&row["hits"]) as usize, number(&row["of"]) as usize).unwrap();
        let interval = rate.interval();
        close(interval.low, &row["low"], &format!("{row}"));
        close(interval.high, &row["high"], &format!("{row}"));
    }
}

#[test]
fn curves_equal_lifelines() {
    for curve in list(&fixture(), "curves") {
        let fate = |code: &Value| [Fate::Open, Fate::Passed, Fate::Lost][number(code) as usize];
        let days = list(curve, "days").iter().map(number);
        let ways: Vec<_> = days.zip(list(curve, "fates").iter().map(fate)).collect();

        let survival = Survival::new(ways.iter().map(|(days, fate)| (*days, *fate != Fate::Open)));
        for row in list(curve, "survival") {
            close(survival.at(number(&row["t"])), &row["share"], "survival");
        }
        let quartiles = [0.25, 0.5, 0.75].map(|share| survival.quantile(share).map(u64::from));
        assert_eq!(quartiles.to_vec(), list(curve, "quartiles").iter().map(Value::as_u64).collect::<Vec<_>>());

        let incidence = Incidence::new(ways);
        for row in list(curve, "incidence") {
            let chances = incidence.at(number(&row["t"]));
            close(chances.passed, &row["passed"], "passed");
            close(chances.lost, &row["lost"], "lost");
            close(chances.open, &row["open"], "open");
        }
    }
}

#[test]
fn a_curve_that_does_not_come_so_far_has_no_median() {
    let survival = Survival::new([(1, true), (9, false), (9, false)]);
    assert_eq!((survival.quantile(0.25), survival.median()), (Some(1), None));
    assert_eq!(Survival::new([]).median(), None);
    assert_eq!(Incidence::new([]).ultimate(), None);
}

/// The data folder beside the repository or one of the folders it lies in.
fn shared() -> Option<PathBuf> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().map(|folder| folder.join("shared/data")).find(|folder| folder.is_dir())
}

#[test]
fn maven_engage_to_close_equals_its_oracle() {
    let Some(data) = shared() else { return };
    let oracle = fs::read_to_string(data.join("oracles/maven_engage_to_close.json")).unwrap();
    let oracle: Value = serde_json::from_str(&oracle).unwrap();
    let today = "2017-12-31".parse::<Date>().unwrap();
    let mut ways = Vec::new();
    for row in csv::Reader::from_path(data.join("maven/sales_pipeline.csv")).unwrap().into_records() {
        let row = row.unwrap();
        let Ok(engaged) = row[5].parse::<Date>() else { continue };
        let until = row[6].parse().unwrap_or(today);
        let fate = match &row[4] {
            "Won" => Fate::Passed,
            "Lost" => Fate::Lost,
            _ => Fate::Open,
        };
        ways.push((u32::try_from((until - engaged).num_days()).unwrap(), fate));
    }
    assert_eq!(ways.len(), 8_300);
    let survival = Survival::new(ways.iter().map(|(days, fate)| (*days, *fate != Fate::Open)));
    assert_eq!(survival.median().map(f64::from), oracle["km_median_time_to_any_event"].as_f64());
    let incidence = Incidence::new(ways);
    for row in list(&oracle, "grid") {
        let chances = incidence.at(number(&row["t"]));
        close(chances.passed, &row["exact_aj_Won"], "won");
        close(chances.lost, &row["exact_aj_Lost"], "lost");
        close(chances.open, &row["exact_S"], "open");
        close(survival.at(number(&row["t"])), &row["exact_S"], "still open");
    }
}
