//! The report of `examples/report.rs` holds every metric, and is the same for the same files and arguments.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

#[path = "../../examples/report/arguments.rs"]
mod arguments;
#[path = "../../examples/report/clocks.rs"]
mod clocks;
#[path = "../../examples/report/input.rs"]
mod input;
#[path = "../../examples/report/movement.rs"]
mod movement;
#[path = "../../examples/report/output.rs"]
mod output;
#[path = "../../examples/report/readings.rs"]
mod readings;
#[path = "../../examples/report/record.rs"]
mod record;
#[path = "../../examples/report/simulation.rs"]
mod simulation;

use std::path::Path;

use loudou::{
    codec::{
        content::Language,
        document::{decode, encode},
    },
    model::{Date, Workspace},
    training::demo,
};
use serde_json::Value;

use crate::{
    r#gen::moment,
    metrics_oracle::six_deals::{day, six_deals},
};
use arguments::Arguments;
use output::{Question, json};

fn question(as_of: Date, from: Option<Date>) -> Question {
    Question { as_of, from, model: None, wins: None, seed: 7 }
}

#[test]
fn the_six_deals_are_told_in_full() {
    let report = json(&six_deals(), &question(day(2026, 3, 31), Some(day(2026, 1, 1))));
    let model = &report["models"][0];
    assert_eq!(model["shape"]["capacity"]["open"], 6_500.0);
    // Four open, one won with 1,000.00 of two closed, in 50 days.
    assert_eq!(model["shape"]["velocity"]["per_day"], 40.0);
    assert_eq!(model["bottleneck"], Value::Null);
    let [lead, talk] = [0, 1].map(|place| &model["stages"][place]);
    assert_eq!((&lead["calibration"]["promotion"]["hits"], &lead["gates"]["met"]), (&4.into(), &4.into()));
    assert!(talk["gain"]["wins"].as_f64().unwrap() > 0.0);
    // One was won: eight must begin for another, half going on from each stage, less what stands further on.
    assert_eq!(model["replenishment"]["wins"], 1.0);
    assert_eq!(lead["need"]["wins_per_deal"], 0.125);
    let rows = model["moved"]["promotion"].as_object().unwrap();
    assert_eq!(rows.keys().collect::<Vec<_>>(), ["company", "department", "person", "product", "source"]);
    let flows =
        rows.values().flat_map(|rows| rows.as_array().unwrap()).flat_map(|row| row["stages"].as_array().unwrap());
    assert!(flows.into_iter().all(|stage| stage["residual"] == 0));
    assert_eq!(rows["company"][0]["stages"][1]["flows"]["skipped"], 1);
    // The ledger leaves out the deal of which nobody knows when it began.
    let flows = &model["moved"]["flows"];
    assert_eq!((&flows["deals"], &flows["months"]), (&5.into(), &serde_json::json!(["2026-01", "2026-02", "2026-03"])));
    assert_eq!((&flows["sellers"][0]["won"], &flows["median_cycle"]), (&1.into(), &serde_json::json!(50.0)));
    assert_eq!(model["moved"]["lines"][2]["open"], serde_json::json!([1, 2, 1]));
    assert_eq!(model["moved"]["matrix"].as_array().unwrap().len(), 6);
    assert_eq!(
        (&report["waterfall"]["residual"], &report["waterfall"]["end"]["change"]),
        (&0.0.into(), &6_500.0.into())
    );
    // Two have stood still for too long, one of these past its close; the latest began 30 days ago, and one has no known beginning.
    let clocks = &report["clocks"];
    let marks = serde_json::json!({ "at_risk": 1, "idle": 0, "slipped": 1, "stalled": 3 });
    assert_eq!(
        (&clocks["open"], &clocks["marks"], &clocks["clocks"]["age"]["unknown"]),
        (&4.into(), &marks, &1.into())
    );
    assert_eq!((&talk["threshold"]["origin"], &talk["threshold"]["ill"]), (&"model".into(), &21.into()));
    assert_eq!(report["simulation"]["model"]["deals"], 3);
    // At the end of January four deals were open, the first of which was signed on 20 February.
    let record = &report["track_record"];
    assert_eq!((&record["months"], &record["month_ends"][11]), (&3.into(), &"2026-02-28".into()));
    assert_eq!(record["model"]["claims"]["won"]["hits"], 1);
    assert!(record["model"]["brier"]["score"].as_f64().is_some_and(|score| (0.0..=1.0).contains(&score)));
    // Nothing in it is undefined in a way that JSON cannot say.
    assert!(!report.to_string().contains("NaN"));
}

#[test]
fn the_same_company_gives_the_same_report_to_the_letter() {
    let today = day(2026, 11, 23);
    let company = demo::company(Language::English, today, 7);
    let copy: Workspace = decode(encode(&company, moment()).as_bytes()).unwrap().workspace;
    for from in [None, Some(day(2026, 7, 1))] {
        let [one, two] = [&company, &copy].map(|workspace| format!("{:#}", json(workspace, &question(today, from))));
        assert!(one == two);
    }
}

#[test]
fn the_same_tables_give_the_same_report_to_the_letter() {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host/fixtures/import");
    let words = |name: &str| {
        let words = [fixtures.join(name).display().to_string(), "--as-of".into(), "2026-08-31".into()];
        words.into_iter().chain(["--wins", "12", "--seed", "3"].map(str::to_owned))
    };
    for name in ["wide.csv", "changes.csv"] {
        let told = || {
            let Arguments { files, as_of, from, wins, seed, model, save } = Arguments::read(words(name)).unwrap();
            assert_eq!((wins, seed, &model, &save), (Some(12.0), 3, &None, &None));
            let workspace = input::read(&files, as_of).unwrap();
            json(&workspace, &Question { as_of, from, model: None, wins, seed }).to_string()
        };
        assert!(told() == told());
    }
    assert!(Arguments::read(["f".to_owned(), "--wins".into(), "many".into()].into_iter()).is_err());
    assert!(arguments::USAGE.contains("--from"));
}
