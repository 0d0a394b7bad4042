//! The layouts in which other products export histories: `HubSpot`'s column for each stage, Salesforce's row for each change.

use std::collections::{BTreeMap, BTreeSet};

use loudou::{
    metrics::{Filter, Frame, conversion},
    model::Date,
};

use super::*;

/// The stages of a deal, each with its day, and how it ended.
fn told(workspace: &Workspace, reference: &str) -> Vec<(String, String)> {
    let deal = deal(workspace, reference);
    let model = workspace.models.get(deal.standing().model).unwrap();
    let name = |event: &loudou::model::Event| match &event.kind {
        EventKind::Won { .. } => "won".to_owned(),
        EventKind::Lost { .. } => "lost".to_owned(),
        kind => kind.stage().and_then(|stage| model.stage(stage)).unwrap().name.clone(),
    };
    deal.history().iter().map(|event| (event.on.unwrap().to_string(), name(event))).collect()
}

fn days(expected: &[(&str, &str)]) -> Vec<(String, String)> {
    expected.iter().map(|(day, name)| (format!("2026-{day}"), (*name).to_owned())).collect()
}

#[test]
fn rows_of_changes_are_one_deal_with_its_history() {
    let (import, after) = import(&[("history.csv", &fixture("changes.csv"))], &Options::default(), &workspace());
    let stages: Vec<&str> = import.summary.stages.iter().map(|stage| stage.name.as_str()).collect();
    assert_eq!(stages, ["Prospecting", "Needs Analysis", "Negotiation/Review"]);
    assert_eq!((after.deals.len(), import.summary.files[0].imported), (4, 13));
    let (talk, deal_at) = ("Needs Analysis", "Negotiation/Review");
    // Newest first, with a fallback.
    let alpha = [("01-05", "Prospecting"), ("02-01", deal_at), ("02-20", talk), ("03-01", deal_at), ("03-20", "won")];
    assert_eq!(told(&after, "006A"), days(&alpha));
    assert_eq!(deal(&after, "006A").standing().amount, Money::from_minor(10_000));
    // Lost, and open again.
    assert_eq!(told(&after, "006B"), days(&[("01-06", "Prospecting"), ("01-20", "lost"), ("02-02", talk)]));
    assert!(matches!(deal(&after, "006B").history()[2].kind, EventKind::Reopened { .. }));
    assert_eq!(deal(&after, "006B").standing().expected_close.unwrap().to_string(), "2026-09-30");
    // Two changes of one day in the wrong order; the loss has no row of its own and takes the close date.
    let gamma = [("01-07", "Prospecting"), ("02-01", talk), ("02-01", deal_at), ("02-28", "lost")];
    assert_eq!(told(&after, "006C"), days(&gamma));
    assert_eq!(told(&after, "006D"), days(&[("01-08", "Prospecting")]));
    // What is not as it should be is said: an amount whose change is not kept, and the missing row.
    let problems: Vec<_> = import.summary.problems.iter().map(|problem| (problem.line, problem.kind)).collect();
    assert_eq!(problems, [(10, ProblemKind::OtherChange), (11, ProblemKind::StageWithoutDate)]);
    assert!(after.deals.iter().all(|deal| deal.details.custom.is_empty()));
    let values: Vec<_> = import.summary.stage_values.iter().map(|value| (value.value.as_str(), value.rows)).collect();
    assert!(values.contains(&(deal_at, 3)) && values.contains(&("Prospecting", 0)), "{values:?}");
}

#[test]
fn a_row_of_changes_can_stay_out() {
    let sheet = fixture("changes.csv");
    // Without the fallback and what followed it, Alpha was won from where it stood.
    let options = Options { leave_out: [(0, 3), (0, 4)].into(), ..Options::default() };
    let (import, after) = import(&[("history.csv", &sheet)], &options, &workspace());
    let alpha = [("01-05", "Prospecting"), ("02-01", "Negotiation/Review"), ("03-20", "won")];
    assert_eq!(told(&after, "006A"), days(&alpha));
    assert_eq!((import.summary.files[0].imported, import.summary.files[0].skipped), (11, 2));
    // Rows with a problem stay out on request: the change of an amount alone, and all of the deal that has a gap.
    let options = Options { on_problem: OnProblem::SkipRow, ..Options::default() };
    let (import, after) = super::import(&[("history.csv", &sheet)], &options, &workspace());
    assert_eq!((after.deals.len(), import.summary.files[0].skipped), (3, 4));
    assert!(import.summary.problems.iter().all(|problem| problem.row_skipped));
}

/// What became of a deal, read from its file without the importer: the stages it stood in by their places, and how it ended.
#[derive(Default)]
struct Path {
    stages: BTreeSet<usize>,
    outcome: String,
}

/// Deals that entered a stage, went on past it, were lost there and are open there; and those that reached it or a later one.
type Counts = [usize; 5];

fn counted(paths: &BTreeMap<String, Path>, stages: usize) -> Vec<Counts> {
    let count = |place: usize| {
        let entered = paths.values().filter(|path| path.stages.contains(&place));
        let went_on = |path: &&Path| path.outcome == "Closed Won" || path.stages.last() > Some(&place);
        let lost = |path: &&Path| !went_on(path) && path.outcome == "Closed Lost";
        let reached = paths.values().filter(|path| path.outcome == "Closed Won" || path.stages.last() >= Some(&place));
        [
            entered.clone().count(),
            entered.clone().filter(went_on).count(),
            entered.clone().filter(lost).count(),
            entered.filter(|path| !went_on(path) && !lost(path)).count(),
            reached.count(),
        ]
    };
    (0..stages).map(count).collect()
}

/// The same by the importer and the metrics.
fn measured(workspace: &Workspace) -> Vec<Counts> {
    let (frame, everything) = (Frame::new(workspace), Filter::default());
    let exported: Date = "2026-09-15".parse().unwrap();
    let conversion = conversion(&frame.view(exported, &everything)).remove(0);
    let model = workspace.models.iter().next().unwrap();
    let count = |(place, stage): (usize, &loudou::metrics::StageConversion)| {
        let cohort = &stage.cohort;
        let far = |deal: &&std::sync::Arc<Deal>| {
            matches!(deal.standing().status, Status::Won { .. })
                || deal.history().iter().filter_map(|event| model.position(event.kind.stage()?)).max() >= Some(place)
        };
        let reached = workspace.deals.iter().filter(far).count();
        [cohort.entered(), cohort.passed.len(), cohort.lost.len(), cohort.open.len(), reached]
    };
    conversion.stages.iter().enumerate().map(count).collect()
}

/// The rows of a file by the names of its columns.
fn rows(path: &std::path::Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let names = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| names.iter().zip(&row).map(|(name, cell)| (name.into(), cell.into())).collect();
    reader.into_records().map(|record| row(record.unwrap())).collect()
}

fn check_hubspot(name: &str) {
    let Some(path) = shared(name) else { return };
    let stages = ["Discovery", "Qualified", "Demo", "Proposal", "Negotiation"];
    let mut paths = BTreeMap::new();
    for row in rows(&path) {
        let entered = |stage: &str| !row[&format!("Date entered \"{stage} (Sales Pipeline)\"")].is_empty();
        let stages = (0..stages.len()).filter(|place| entered(stages[*place])).collect();
        paths.insert(row["Record ID"].clone(), Path { stages, outcome: row["Deal Stage"].clone() });
    }
    let (import, after) = import(&[("h.csv", &sheet(&fs::read(path).unwrap()))], &Options::default(), &workspace());
    assert_eq!(import.summary.stages.iter().map(|stage| &stage.name).collect::<Vec<_>>(), stages);
    assert_eq!((after.deals.len(), import.summary.problems.len()), (paths.len(), 0));
    let counts = counted(&paths, stages.len());
    println!("{name}: {} deals, {counts:?}", paths.len());
    assert_eq!(measured(&after), counts);
}

#[test]
fn hubspot_exports_count_as_their_columns_say() {
    check_hubspot("leakfinder/test1_hubspot_clean.csv");
    check_hubspot("leakfinder/test5_tiny.csv");
}

#[test]
fn salesforce_changes_count_as_their_rows_say() {
    let name = "leakfinder/test4_salesforce_field_history.csv";
    let Some(path) = shared(name) else { return };
    let stages = ["Prospecting", "Qualification", "Needs Analysis", "Proposal/Price Quote", "Negotiation/Review"];
    let place = |name: &str| stages.iter().position(|stage| *stage == name);
    let mut paths: BTreeMap<String, Path> = BTreeMap::new();
    for row in rows(&path) {
        let path = paths.entry(row["Opportunity ID"].clone()).or_default();
        path.outcome.clone_from(&row["Stage"]);
        path.stages.extend(["Old Value", "New Value", "Stage"].iter().filter_map(|column| place(&row[*column])));
    }
    let (import, after) = import(&[("s.csv", &sheet(&fs::read(path).unwrap()))], &Options::default(), &workspace());
    assert_eq!(import.summary.stages.iter().map(|stage| &stage.name).collect::<Vec<_>>(), stages);
    assert_eq!((after.deals.len(), import.summary.problems.len()), (paths.len(), 0));
    assert_eq!((import.summary.files[0].rows, import.summary.files[0].imported), (2029, 2029));
    let counts = counted(&paths, stages.len());
    println!("{name}: {} deals, {counts:?}", paths.len());
    assert_eq!(measured(&after), counts);
    assert_eq!(import.summary.won.deals, 65);
}

fn entered_stage(column: &str) -> Option<&str> {
    column.strip_prefix("Date entered \"")?.strip_suffix(" (Sales Pipeline)\"")
}

/// The rows of a wide export as a report of changes: a row for the creation and one for every stage entered after the first.
fn as_changes(rows: &[BTreeMap<String, String>]) -> String {
    let mut text =
        "Opportunity ID,Opportunity Name,Stage,Amount,Created Date,Field / Event,Old Value,New Value,Edit Date\n"
            .to_owned();
    for row in rows {
        let entered = row.iter().filter_map(|(column, cell)| Some((cell.get(..10)?, entered_stage(column)?)));
        let mut entered: Vec<(&str, &str)> = entered.collect();
        let place =
            |name: &str| ["Discovery", "Qualified", "Demo", "Proposal", "Negotiation"].iter().position(|s| *s == name);
        entered.sort_by_key(|(day, name)| (*day, place(name).unwrap_or(usize::MAX)));
        let head = format!("{},{},{},{}", row["Record ID"], row["Deal Name"], row["Deal Stage"], row["Amount"]);
        let begun = entered[0].0;
        text.extend([head.as_str(), ",", begun, ",Created.,,,", begun, "\n"]);
        for pair in entered.windows(2) {
            text.extend([head.as_str(), ",", begun, ",Stage,", pair[0].1, ",", pair[1].1, ",", pair[1].0, "\n"]);
        }
    }
    text
}

#[test]
fn both_layouts_of_the_same_deals_are_the_same_deals() {
    for name in ["leakfinder/test1_hubspot_clean.csv", "leakfinder/test5_tiny.csv"] {
        let Some(path) = shared(name) else { return };
        let rows = rows(&path);
        let wide = import(&[("h.csv", &sheet(&fs::read(path).unwrap()))], &Options::default(), &workspace()).1;
        let changes = sheet(as_changes(&rows).as_bytes());
        let (import, long) = import(&[("h.csv", &changes)], &Options::default(), &workspace());
        assert_eq!(import.summary.problems, [], "{name}");
        assert_eq!(long.deals.len(), wide.deals.len());
        for row in &rows {
            let id = &row["Record ID"];
            assert_eq!(told(&long, id), told(&wide, id), "{id}");
            assert_eq!(deal(&long, id).standing().amount, deal(&wide, id).standing().amount, "{id}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever changes a report tells, in whatever order: every row comes in, and every id is one deal that stands where the
    /// report says.
    #[test]
    fn every_report_of_changes_comes_in(
        changes in proptest::collection::vec((0..4_usize, 0..6_usize, 0..6_usize, 1..28_u8, 0..8_u8), 1..40),
        now in proptest::collection::vec(0..5_usize, 4),
    ) {
        let values = ["Prospecting", "Needs Analysis", "Closed Lost", "On hold", "Closed Won", ""];
        let row = |(id, from, to, day, field): &(usize, usize, usize, u8, u8)| {
            let field = ["Created.", "Amount"].get(usize::from(*field)).unwrap_or(&"Stage");
            let [from, to] = [from, to].map(|value| values[*value]);
            format!("{id},{},1/9/2026,{field},{from},{to},1/{day}/2026\n", values[now[*id]])
        };
        let header = "Opportunity ID,Stage,Created Date,Field / Event,Old Value,New Value,Edit Date\n";
        let text: String = std::iter::once(header.to_owned()).chain(changes.iter().map(row)).collect();
        let (import, after) = import(&[("c.csv", &sheet(text.as_bytes()))], &Options::default(), &workspace());
        prop_assert_eq!(import.summary.files[0].imported, changes.len());
        let ids: BTreeSet<usize> = changes.iter().map(|change| change.0).collect();
        prop_assert_eq!(after.deals.len(), ids.len());
        for id in ids {
            let deal = deal(&after, &id.to_string());
            let standing = match &deal.standing().status {
                Status::Open => after.stage_of(deal).unwrap().1.name.as_str(),
                Status::Won { .. } => "Closed Won",
                Status::Lost { .. } => "Closed Lost",
                Status::Dormant { .. } => "On hold",
            };
            prop_assert_eq!(standing, values[now[id]], "{}", text);
        }
    }
}
