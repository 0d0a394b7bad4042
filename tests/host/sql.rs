//! The queries of `docs/sql/metrics.sql` over the exported event log say what our own metrics say. They run in `DuckDB`, where Python has
//! it; elsewhere the test says that it was skipped. `LOUDOU_PYTHON` names another Python than `python3`.
use std::{env, fs, path::Path, process::Command};

use loudou::{
    codec::{content::Language, event_log},
    metrics::{
        Filter, Frame, Period, View, conversion, forecast,
        movement::{By, Flow, Group, promotion},
        stock,
        tables::{Place, customer_status},
    },
    model::{Date, ModelId, StageId, Workspace},
    training::demo,
};

const RUN: &str = r#"
import re, sys, duckdb
sql, events, today, since = sys.argv[1:]
base = duckdb.connect()
types = {name: "VARCHAR" for name in open(events, encoding="utf-8-sig").readline().strip().split(",")}
types |= {"seq": "INTEGER", "stage_order": "INTEGER", "timestamp": "DATE", "expected_close": "DATE", "wake": "DATE"}
types |= {"amount": "DOUBLE", "probability": "DOUBLE", "stage_probability": "DOUBLE"}
base.execute("CREATE TABLE events AS SELECT * FROM read_csv(?, header = true, nullstr = '', columns = " + repr(types) + ")", [events])
base.execute("CREATE TABLE report AS SELECT DATE '" + today + "' AS as_of, DATE '" + since + "' AS since")
for part in open(sql, encoding="utf-8").read().split("-- name: ")[1:]:
    name, query = part.split("\n", 1)
    for row in base.execute(query).fetchall():
        print("\t".join([name] + ["" if cell is None else str(float(cell)) if isinstance(cell, (int, float)) else str(cell) for cell in row]))
"#;

/// The rows of every query: its name, then the cells.
fn run(company: &Workspace, today: Date, since: Date) -> Option<Vec<Vec<String>>> {
    let python = env::var("LOUDOU_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    if !Command::new(&python).args(["-c", "import duckdb"]).output().is_ok_and(|output| output.status.success()) {
        eprintln!("skipped: {python} has no duckdb");
        return None;
    }
    let events = Path::new(env!("CARGO_TARGET_TMPDIR")).join("events.csv");
    fs::write(&events, event_log::encode(company).unwrap()).unwrap();
    let sql = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/sql/metrics.sql");
    let output = Command::new(&python)
        .args(["-c", RUN])
        .arg(sql)
        .arg(events)
        .args([today, since].map(|day| day.to_string()))
        .output()
        .unwrap();
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

/// The demo company and what the queries say of it.
struct Answers {
    company: Workspace,
    rows: Vec<Vec<String>>,
    since: Date,
    today: Date,
}

impl Answers {
    fn of(&self, name: &str) -> Vec<Vec<String>> {
        self.rows.iter().filter(|row| row[0] == name).cloned().collect()
    }

    fn named(&self, model: ModelId, stage: StageId) -> (String, String) {
        let model = self.company.models.get(model).unwrap();
        (model.name.clone(), model.stage(stage).unwrap().name.clone())
    }

    /// How many minor units the currency has.
    fn unit(&self) -> f64 {
        10f64.powi(i32::try_from(self.company.profile.currency.digits()).unwrap())
    }
}

#[test]
fn the_queries_say_what_the_metrics_say() {
    let day = |month, day| Date::from_ymd_opt(2026, month, day).unwrap();
    let (since, today) = (day(6, 1), day(11, 23));
    let company = demo::company(Language::English, today, 7);
    let Some(rows) = run(&company, today, since) else { return };
    let answers = Answers { company, rows, since, today };
    let (frame, everything) = (Frame::new(&answers.company), Filter::default());
    let view = frame.view(today, &everything);
    check_stock(&answers, &view);
    check_months(&answers, &view);
    check_conversion(&answers, &view);
    check_durations(&answers, &view);
    check_promotion(&answers, &frame);
    check_customers(&answers, &view);
}

#[allow(clippy::cast_precision_loss, reason = "sums far below 2^53")]
fn check_stock(answers: &Answers, view: &View<'_>) {
    let found = answers.of("stock");
    let mut checked = 0;
    for part in stock(view) {
        for stage in part.stages.iter().filter(|stage| !stage.open.deals.is_empty()) {
            let (model, name) = answers.named(part.model, stage.stage);
            let row = found.iter().find(|row| (&row[1], &row[3]) == (&model, &name)).expect("the stage");
            assert!(near(number(&row[4]), stage.open.deals.len() as f64), "{row:?}");
            assert!(near(number(&row[5]), stage.open.amount as f64 / answers.unit()), "{row:?}");
            assert!(near(number(&row[6]), stage.open.weighted / answers.unit()), "{row:?}");
            checked += 1;
        }
    }
    assert_eq!((checked, checked > 3), (found.len(), true));
}

#[allow(clippy::cast_precision_loss, reason = "sums far below 2^53")]
fn check_months(answers: &Answers, view: &View<'_>) {
    let ours = forecast(view);
    for (name, won) in [("forecast", false), ("won", true)] {
        let found = answers.of(name);
        let months = ours.months.iter().map(|(month, sums)| (month, if won { &sums.won } else { &sums.open }));
        let months: Vec<_> = months.filter(|(_, sum)| !sum.deals.is_empty()).collect();
        assert_eq!((found.len(), found.is_empty()), (months.len(), false), "{name}");
        for (row, (month, sum)) in found.iter().zip(months) {
            assert!(near(number(&row[1]), f64::from(month.year)) && near(number(&row[2]), f64::from(month.month)));
            assert!(near(number(&row[3]), sum.deals.len() as f64), "{row:?}");
            assert!(near(number(&row[4]), sum.amount as f64 / answers.unit()), "{row:?}");
            assert!(won || near(number(&row[5]), sum.weighted / answers.unit()), "{row:?}");
        }
    }
}

#[allow(clippy::cast_precision_loss, reason = "sums far below 2^53")]
fn check_conversion(answers: &Answers, view: &View<'_>) {
    let found = answers.of("conversion");
    let mut checked = 0;
    for part in conversion(view) {
        for stage in part.stages.iter().filter(|stage| stage.cohort.entered() > 0) {
            let (model, name) = answers.named(part.model, stage.stage);
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

fn check_durations(answers: &Answers, view: &View<'_>) {
    let found = answers.of("durations");
    let mut checked = 0;
    for part in conversion(view) {
        for stage in &part.stages {
            let (model, name) = answers.named(part.model, stage.stage);
            let Some(row) = found.iter().find(|row| (&row[1], &row[3]) == (&model, &name)) else { continue };
            let durations = stage.cohort.durations();
            let ours = [durations.lower_quartile, durations.median, durations.upper_quartile];
            let theirs = [4, 5, 6].map(|column| (!row[column].is_empty()).then(|| number(&row[column])));
            assert_eq!(theirs, ours.map(|days| days.map(f64::from)), "{row:?}");
            checked += 1;
        }
    }
    assert_eq!((checked, checked > 3), (found.len(), true));
}

#[allow(clippy::cast_precision_loss, reason = "sums far below 2^53")]
fn check_promotion(answers: &Answers, frame: &Frame) {
    let found = answers.of("promotion");
    let mut checked = 0;
    let mut moved = [0; 14];
    for table in promotion(frame, &Filter::default(), Period { from: answers.since, to: answers.today }, By::Company) {
        for stage in table.rows.get(&Group::Company).into_iter().flatten() {
            let (model, name) = answers.named(table.model, stage.stage);
            let Some(row) = found.iter().find(|row| (&row[1], &row[3]) == (&model, &name)) else { continue };
            let flows = [
                Flow::Opening,
                Flow::Created,
                Flow::PromotedIn,
                Flow::FellBackIn,
                Flow::Reopened,
                Flow::ChangedIn,
                Flow::Promoted,
                Flow::Won,
                Flow::FellBack,
                Flow::Lost,
                Flow::Dormant,
                Flow::ChangedOut,
                Flow::Skipped,
                Flow::Closing,
            ];
            for (place, flow) in flows.into_iter().enumerate() {
                assert!(near(number(&row[place + 4]), stage.count(flow) as f64), "{flow:?}: {row:?}");
                moved[place] += stage.count(flow);
            }
            let days = (!row[18].is_empty()).then(|| number(&row[18]));
            assert_eq!(days, stage.median_days(), "{row:?}");
            checked += 1;
        }
    }
    assert_eq!((checked, checked > 3), (found.len(), true));
    assert!(moved.iter().filter(|count| **count > 0).count() > 9, "{moved:?}");
}

fn check_customers(answers: &Answers, view: &View<'_>) {
    let found = answers.of("customers");
    let mut checked = 0;
    for line in customer_status(view, &answers.company) {
        let (status, place) = match line.place {
            Place::Stage(model, stage) => ("open", Some(answers.named(model, stage))),
            Place::Dormant => ("dormant", None),
            Place::AfterSale | Place::Won => ("won", None),
            Place::Lost => ("lost", None),
            Place::NoDeal => continue,
        };
        let row = found.iter().find(|row| row[1] == line.customer.to_string()).expect("the customer");
        let (model, stage) = place.unwrap_or_default();
        assert_eq!((row[3].as_str(), row[4].as_str(), row[5].as_str()), (status, model.as_str(), stage.as_str()));
        checked += 1;
    }
    assert_eq!((checked, checked > 9), (found.len(), true));
}
