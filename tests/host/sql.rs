//! The queries of `docs/sql/metrics.sql` over the exported event log say what our own metrics say. They run in `DuckDB`, where Python has
//! it; elsewhere the test says that it was skipped. `LOUDOU_PYTHON` names another Python than `python3`.
use std::{env, fs, path::Path, process::Command};

use loudou::{
    codec::{content::Language, event_log},
    metrics::{Filter, Frame, conversion, forecast, stock},
    model::{Date, Workspace},
    training::demo,
};

const RUN: &str = r#"
import re, sys, duckdb
sql, events, today = sys.argv[1:]
base = duckdb.connect()
types = {name: "VARCHAR" for name in open(events, encoding="utf-8-sig").readline().strip().split(",")}
types |= {"seq": "INTEGER", "stage_order": "INTEGER", "timestamp": "DATE", "expected_close": "DATE", "wake": "DATE"}
types |= {"amount": "DOUBLE", "probability": "DOUBLE", "stage_probability": "DOUBLE"}
base.execute("CREATE TABLE events AS SELECT * FROM read_csv(?, header = true, nullstr = '', columns = " + repr(types) + ")", [events])
base.execute("CREATE TABLE report AS SELECT DATE '" + today + "' AS as_of")
for part in open(sql, encoding="utf-8").read().split("-- name: ")[1:]:
    name, query = part.split("\n", 1)
    for row in base.execute(query).fetchall():
        print("\t".join([name] + ["" if cell is None else str(float(cell)) if isinstance(cell, (int, float)) else str(cell) for cell in row]))
"#;

/// The rows of every query: its name, then the cells.
fn run(company: &Workspace, today: Date) -> Option<Vec<Vec<String>>> {
    let python = env::var("LOUDOU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !Command::new(&python).args(["-c", "import duckdb"]).output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: {python} has no duckdb");
        return None;
    }
    let events = Path::new(env!("CARGO_TARGET_TMPDIR")).join("events.csv");
    fs::write(&events, event_log::encode(company).unwrap()).unwrap();
    let sql = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sql/metrics.sql");
    let output = Command::new(&python).args(["-c", RUN]).arg(sql).arg(events).arg(today.to_string()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    Some(text.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect())
}

fn number(text: &str) -> f64 {
    if text.is_empty() { 0.0 } else { text.parse().unwrap() }
}

fn near(one: f64, other: f64) -> bool {
    (one - other).abs() < 0.01
}

#[test]
#[allow(clippy::cast_precision_loss, reason = "sums far below 2^53")]
fn the_queries_say_what_the_metrics_say() {
    let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
    let company = demo::company(Language::English, today, 7);
    let Some(rows) = run(&company, today) else { return };
    let of = |name: &str| rows.iter().filter(|row| row[0] == name).cloned().collect::<Vec<_>>();
    let (frame, everything) = (Frame::new(&company), Filter::default());
    let view = frame.view(today, &everything);
    let unit = 10f64.powi(i32::try_from(company.profile.currency.digits()).unwrap());
    let named = |model, stage| {
        let model = company.models.get(model).unwrap();
        (model.name.clone(), model.stage(stage).unwrap().name.clone())
    };

    let found = of("stock");
    let mut checked = 0;
    for part in stock(&view) {
        for stage in part.stages.iter().filter(|stage| !stage.open.deals.is_empty()) {
            let (model, name) = named(part.model, stage.stage);
            let row = found.iter().find(|row| (&row[1], &row[3]) == (&model, &name)).expect("the stage");
            assert!(near(number(&row[4]), stage.open.deals.len() as f64), "{row:?}");
            assert!(near(number(&row[5]), stage.open.amount as f64 / unit), "{row:?}");
            assert!(near(number(&row[6]), stage.open.weighted / unit), "{row:?}");
            checked += 1;
        }
    }
    assert_eq!((checked, checked > 3), (found.len(), true));

    let ours = forecast(&view);
    for (name, won) in [("forecast", false), ("won", true)] {
        let found = of(name);
        let months = ours.months.iter().map(|(month, sums)| (month, if won { &sums.won } else { &sums.open }));
        let months: Vec<_> = months.filter(|(_, sum)| !sum.deals.is_empty()).collect();
        assert_eq!((found.len(), found.is_empty()), (months.len(), false), "{name}");
        for (row, (month, sum)) in found.iter().zip(months) {
            assert!(near(number(&row[1]), f64::from(month.year)) && near(number(&row[2]), f64::from(month.month)));
            assert!(near(number(&row[3]), sum.deals.len() as f64), "{row:?}");
            assert!(near(number(&row[4]), sum.amount as f64 / unit), "{row:?}");
            assert!(won || near(number(&row[5]), sum.weighted / unit), "{row:?}");
        }
    }

    let found = of("conversion");
    let mut checked = 0;
    for part in conversion(&view) {
        for stage in part.stages.iter().filter(|stage| stage.cohort.entered() > 0) {
            let (model, name) = named(part.model, stage.stage);
            let row = found.iter().find(|row| (&row[1], &row[3]) == (&model, &name)).expect("the stage");
            let cohort = &stage.cohort;
            let counts = [cohort.entered(), cohort.passed.len(), cohort.lost.len(), cohort.open.len()];
            let same =
                (4..).zip(counts).all(|(column, count): (usize, usize)| near(number(&row[column]), count as f64));
            assert!(same, "{row:?}, {counts:?}");
            let days = cohort.durations().mean_to_pass;
            assert!(near(number(&row[8]), days.unwrap_or_default()), "{row:?}, {days:?}");
            checked += 1;
        }
    }
    assert_eq!((checked, checked > 3), (found.len(), true));
}
