//! Files of others come in whole: the same rows in any dress give the same records, and no bytes do harm.
#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

mod again;
mod layouts;
mod presets;
mod workbooks;

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    time::Instant,
};

use loudou::{
    codec::csv::{
        ColumnChoice, Dialect, Field, FileKind, Import, Joined, Meaning, OnProblem, Options, ProblemKind, Reading,
        Refusal, Sheet, SourceFile, decode, parse_date, parse_number, plan, read,
    },
    codec::csv::{DateOrder, DecimalMark, NameChoice, NumberError},
    model::{Currency, Deal, EventKind, Money, Profile, Stamp, Status, Timestamp, Workspace, WorkspaceId, apply},
};
use proptest::prelude::*;
use ulid::Ulid;

fn workspace() -> Workspace {
    let profile = Profile::named("Test", Currency::USD);
    Workspace::new(WorkspaceId::from(1), profile)
}

fn stamp(seed: u128) -> Stamp {
    let at = Timestamp::UNIX_EPOCH;
    Stamp { on: at.date_naive(), at, by: None, seed: Ulid(seed) }
}

fn sheet(bytes: &[u8]) -> Sheet {
    read(bytes, &Reading::default()).unwrap()
}

fn import(files: &[(&str, &Sheet)], options: &Options, into: &Workspace) -> (Import, Workspace) {
    let files: Vec<SourceFile<'_>> = files.iter().map(|(name, sheet)| SourceFile { name, sheet }).collect();
    // No identifier is given twice.
    let events: usize = into.deals.iter().map(|deal| deal.history().len()).sum();
    let stamp = stamp(1 << 64 | (events as u128) << 40 | (into.customers.len() as u128) << 20);
    let import = plan(&files, options, into, stamp, &mut |_, _| true).unwrap();
    let change = apply(into, import.command.clone(), stamp).unwrap();
    let after = into.with(&change);
    for file in &import.summary.files {
        assert_eq!(file.rows, file.imported + file.skipped);
    }
    (import, after)
}

fn fixture(name: &str) -> Sheet {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/host/fixtures/import").join(name);
    sheet(&fs::read(path).unwrap())
}

/// Files of others, beside the project or above it; they are no part of it.
fn shared(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = root.ancestors().map(|folder| folder.join("shared/data").join(name)).find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: no shared/data/{name} beside the project");
    }
    found
}

fn deal<'a>(workspace: &'a Workspace, reference: &str) -> &'a Deal {
    workspace.deals.iter().find(|deal| deal.details.reference == reference).unwrap()
}

#[test]
fn stage_dates_become_history() {
    let (import, after) = import(&[("deals.csv", &fixture("wide.csv"))], &Options::default(), &workspace());
    assert_eq!(import.summary.model, Some(("Sales Pipeline".to_owned(), true)));
    let stages: Vec<&str> = import.summary.stages.iter().map(|stage| stage.name.as_str()).collect();
    assert_eq!(stages, ["Discovery", "Demo"]);
    let won = deal(&after, "1");
    let days: Vec<String> = won.history().iter().filter_map(|event| event.on).map(|day| day.to_string()).collect();
    assert_eq!(days, ["2026-01-05", "2026-02-01", "2026-03-01"]);
    assert!(matches!(won.history()[1].kind, EventKind::Entered { .. }));
    assert!(matches!(won.standing().status, Status::Won { .. }));
    assert_eq!(won.standing().amount, Money::from_minor(10_000));
    let open = deal(&after, "2");
    assert!(open.standing().is_open());
    assert_eq!(open.standing().expected_close.unwrap().to_string(), "2026-09-01");
    assert_eq!(after.stage_of(open).unwrap().1.name, "Demo");
    assert!(import.summary.problems.is_empty(), "{:?}", import.summary.problems);
}

#[test]
fn a_chinese_export_with_problems() {
    let (import, after) = import(&[("商机.csv", &fixture("crm_zh.csv"))], &Options::default(), &workspace());
    let problems: Vec<(u32, Option<usize>)> = import.summary.problems.iter().map(|p| (p.line, p.column)).collect();
    assert_eq!(problems, [(5, Some(4)), (5, Some(5))], "a quoted line break counts: {:?}", import.summary.problems);
    assert_eq!(import.summary.problems[0].kind, ProblemKind::Number(NumberError::NotANumber));
    assert_eq!((after.deals.len(), after.customers.len(), after.people.len(), after.departments.len()), (3, 2, 2, 2));
    assert_eq!(deal(&after, "1").standing().amount, Money::from_minor(3_500_000));
    assert_eq!(deal(&after, "1").details.notes, "第一行\n第二行");
    let Status::Lost { on, reason, .. } = &deal(&after, "2").standing().status else { panic!("not lost") };
    assert_eq!((on.unwrap().to_string(), reason.as_str()), ("2026-08-01".to_owned(), "价格"));
    let stages: Vec<&str> = import.summary.stages.iter().map(|stage| stage.name.as_str()).collect();
    assert_eq!(stages, ["新建", "方案验证"]);
}

#[test]
fn rows_with_problems_can_stay_out() {
    let options = Options { on_problem: OnProblem::SkipRow, ..Options::default() };
    let (import, after) = import(&[("商机.csv", &fixture("crm_zh.csv"))], &options, &workspace());
    assert_eq!((import.summary.files[0].imported, import.summary.files[0].skipped, after.deals.len()), (2, 1, 2));
    assert!(import.summary.problems.iter().all(|problem| problem.row_skipped));
}

#[test]
fn a_column_means_what_the_user_says() {
    let file = b"opportunity_id,account,deal_stage,colour\n1,A,Prospecting,red\n";
    let custom = |meaning| {
        let columns = BTreeMap::from([(3, ColumnChoice { meaning, kind: None })]);
        let sheet = read(file, &Reading { columns, ..Reading::default() }).unwrap();
        let (import, after) = import(&[("d.csv", &sheet)], &Options::default(), &workspace());
        assert_eq!(import.summary.problems, []);
        assert_eq!(import.summary.stages[0].open.known(), None, "no amount is no sum of 0");
        deal(&after, "1").details.custom.clone()
    };
    assert_eq!(custom(None), BTreeMap::from([("colour".to_owned(), "red".to_owned())]));
    assert_eq!(custom(Some(Meaning::Own)), custom(None));
    assert_eq!(custom(Some(Meaning::LeftOut)), BTreeMap::new());
    assert_eq!(custom(Some(Meaning::Field(Field::Product))), BTreeMap::new());
}

#[test]
fn near_names_are_for_the_user_to_decide() {
    let customers = sheet(b"account,sector\nBetasoloin,medical\n");
    let deals = sheet(b"opportunity_id,account,deal_stage\n1,Betasolion,Prospecting\n");
    let files = [("d.csv", &deals), ("c.csv", &customers)];
    let (asked, after) = import(&files, &Options::default(), &workspace());
    assert_eq!(asked.summary.names[0].near[0].0, "Betasoloin");
    assert_eq!((asked.summary.names[0].joined.as_deref(), after.customers.len()), (None, 2));
    let choice = NameChoice { of: Joined::Customer, name: "Betasolion".into(), is: Some("Betasoloin".into()) };
    let options = Options { names: vec![choice], ..Options::default() };
    assert_eq!(import(&files, &options, &workspace()).1.customers.len(), 1);
}

#[test]
fn an_import_can_be_stopped() {
    let rows: String = (0..600).map(|n| format!("{n},A,Prospecting")).collect::<Vec<_>>().join("\n");
    let sheet = sheet(format!("opportunity_id,account,deal_stage\n{rows}").as_bytes());
    let files = [SourceFile { name: "d.csv", sheet: &sheet }];
    let mut heard = Vec::new();
    let stopped = plan(&files, &Options::default(), &workspace(), stamp(9), &mut |done, of| {
        heard.push((done, of));
        done < 500
    });
    assert!(stopped.is_err());
    assert_eq!(heard, [(250, 600), (500, 600)]);
}

const MAVEN: [&str; 5] = [
    "maven/sales_pipeline.csv",
    "maven/variants/sales_pipeline.de.semicolon.utf8bom.csv",
    "maven/variants/sales_pipeline.us.csv",
    "maven/variants/sales_pipeline.excelserial.csv",
    "maven/variants/sales_pipeline.utf16le.tsv",
];

#[test]
fn the_same_rows_in_any_dress_give_the_same_records() {
    let Some(paths) = MAVEN.iter().map(|name| shared(name)).collect::<Option<Vec<_>>>() else { return };
    let mut first: Option<Workspace> = None;
    for path in paths {
        let bytes = fs::read(&path).unwrap();
        let clock = Instant::now();
        let sheet = sheet(&bytes);
        let read_in = clock.elapsed();
        let (import, after) = import(&[("sales_pipeline.csv", &sheet)], &Options::default(), &workspace());
        println!("{}: read {read_in:?}, all {:?}", path.display(), clock.elapsed());
        let summary = &import.summary;
        assert!(summary.problems.is_empty(), "{:?}", summary.problems.first());
        assert_eq!(summary.files[0].kind, FileKind::Deals);
        assert_eq!((summary.files[0].rows, summary.files[0].imported), (8800, 8800));
        assert_eq!((summary.won.deals, summary.lost.deals, summary.lost_with_zero), (4238, 2473, 2473));
        let open: Vec<(&str, usize)> =
            summary.stages.iter().map(|stage| (stage.name.as_str(), stage.open.deals)).collect();
        assert_eq!(open, [("Prospecting", 500), ("Engaging", 1589)]);
        assert_eq!(after.deals.iter().filter(|deal| deal.details.customer.is_none()).count(), 1425);
        assert_eq!(summary.won.amount, 1_000_553_400);
        match &first {
            None => first = Some(after),
            Some(first) => assert!(*first == after, "{} differs", path.display()),
        }
    }
}

#[test]
fn the_order_of_files_does_not_matter() {
    let names = ["maven/sales_pipeline.csv", "maven/accounts.csv", "maven/sales_teams.csv", "maven/products.csv"];
    let Some(paths) = names.iter().map(|name| shared(name)).collect::<Option<Vec<_>>>() else { return };
    let sheets: Vec<Sheet> = paths.iter().map(|path| sheet(&fs::read(path).unwrap())).collect();
    let files: Vec<(&str, &Sheet)> = names.iter().copied().zip(&sheets).collect();
    let (together, after) = import(&files, &Options::default(), &workspace());
    let kinds: Vec<FileKind> = together.summary.files.iter().map(|file| file.kind).collect();
    assert_eq!(kinds, [FileKind::Deals, FileKind::Customers, FileKind::People, FileKind::Products]);
    let check = |after: &Workspace| {
        assert_eq!(
            (after.deals.len(), after.customers.len(), after.people.len(), after.products.len()),
            (8800, 85, 35, 7)
        );
        assert_eq!(after.departments.len(), 3 + 6, "three offices with two teams each");
        let product = after.products.iter().find(|product| product.name == "GTX Pro").unwrap();
        assert_eq!(product.price, Money::from_minor(482_100));
        let customer = after.customers.iter().find(|customer| customer.name == "Bioplex").unwrap();
        assert_eq!(
            (customer.industry.as_str(), customer.size.as_str(), customer.territory.as_str()),
            ("medical", "1016", "United States")
        );
        assert_eq!(customer.custom.get("revenue").map(String::as_str), Some("326.82"));
    };
    check(&after);
    assert!(
        together.summary.names.iter().any(|name| name.name == "GTXPro" && name.joined.as_deref() == Some("GTX Pro"))
    );
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [1, 0, 3, 2]] {
        let mut workspace = workspace();
        for place in order {
            workspace = import(&[files[place]], &Options::default(), &workspace).1;
        }
        check(&workspace);
    }
}

#[test]
fn gb18030_is_read() {
    let Some(path) = shared("liuliang_gb18030.csv") else { return };
    let sheet = sheet(&fs::read(path).unwrap());
    assert_eq!((sheet.rows.len(), sheet.shape.columns[0].header.as_str()), (22, "流量来源"));
}

#[test]
fn csv_spectrum_reads_as_it_says() {
    let Some(folder) = shared("nasty/csv-spectrum") else { return };
    // The copy of the files has plain line ends where the answers keep the others.
    let plain = |text: &str| text.replace("\r\n", "\n");
    for entry in fs::read_dir(folder.join("csvs")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap();
        let expected: Vec<serde_json::Map<String, serde_json::Value>> =
            serde_json::from_slice(&fs::read(folder.join(format!("json/{name}.json"))).unwrap()).unwrap();
        let reading = Reading { header: Some(Some(1)), ..Reading::default() };
        let sheet = read(&fs::read(&path).unwrap(), &reading).unwrap();
        assert_eq!(sheet.rows.len(), expected.len(), "{name}");
        for (row, object) in sheet.rows.iter().zip(&expected) {
            for (column, shape) in sheet.shape.columns.iter().enumerate() {
                let wanted = object.get(&shape.header).and_then(|value| value.as_str());
                assert_eq!(wanted.map(plain), Some(plain(row.raw(column))), "{name}");
            }
        }
    }
}

#[test]
fn naughty_strings_come_in_to_the_letter() {
    let Some(path) = shared("nasty/blns/blns.json") else { return };
    let strings: Vec<String> = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let mut text = String::from("\"Record ID\",\"Deal Name\",\"Deal Stage\",\"Description\"\n");
    for (n, string) in strings.iter().enumerate() {
        text += &[&n.to_string(), ",x,Open,\"", &string.replace('"', "\"\""), "\"\n"].concat();
    }
    let sheet = sheet(text.as_bytes());
    assert_eq!(sheet.rows.len(), strings.len());
    for (row, string) in sheet.rows.iter().zip(&strings) {
        assert_eq!(row.raw(3), string.replace('\0', "\u{fffd}"));
    }
    let (_, after) = import(&[("n.csv", &sheet)], &Options::default(), &workspace());
    assert_eq!(after.deals.len(), strings.len());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_do_harm(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        if let Ok(decoded) = decode(&bytes, None) {
            prop_assert!(!decoded.text.is_empty());
        }
        survive(&bytes)?;
    }

    #[test]
    fn no_table_does_harm(text in "((Deal Name|Stage|Amount|Close Date|Created|Owner|客户|Won|[0-9/.]{1,9}|a|\"|')?[,;\t\n]){1,80}") {
        survive(text.as_bytes())?;
    }

    #[test]
    fn no_cell_does_harm(text in "\\PC{0,24}|[0-9.,'/ :T+$¥%()年月日万-]{0,20}") {
        for mark in [DecimalMark::Point, DecimalMark::Comma] {
            let units = parse_number(&text, mark).map(|number| number.units(2));
            prop_assert!(units.is_err() || text.chars().any(char::is_numeric));
        }
        for order in [DateOrder::YearMonthDay, DateOrder::DayMonthYear, DateOrder::MonthDayYear, DateOrder::ExcelSerial] {
            prop_assert!(parse_date(&text, order).is_err() || text.chars().any(char::is_numeric));
        }
    }
}

/// Whatever can be read makes an import that the model takes, every row of the file is accounted for, and the same file once more has
/// nothing new.
fn survive(bytes: &[u8]) -> Result<(), TestCaseError> {
    for dialect in [None, Some(Dialect { delimiter: ';', quote: '\'' })] {
        let Ok(sheet) = read(bytes, &Reading { dialect, ..Reading::default() }) else { continue };
        for kind in [None, Some(FileKind::Deals), Some(FileKind::People)] {
            let options = Options { kinds: kind.map(|kind| (0, kind)).into_iter().collect(), ..Options::default() };
            let file = SourceFile { name: "x.csv", sheet: &sheet };
            let import = plan(&[file], &options, &workspace(), stamp(5), &mut |_, _| true).unwrap();
            let file = &import.summary.files[0];
            prop_assert_eq!(file.rows, file.imported + file.skipped);
            let applied = apply(&workspace(), import.command, stamp(5));
            prop_assert!(applied.is_ok(), "{:?}", applied.err());
            let there = workspace().with(&applied.unwrap());
            let file = SourceFile { name: "x.csv", sheet: &sheet };
            let again = plan(&[file], &options, &there, stamp(1 << 80), &mut |_, _| true).unwrap();
            let change = apply(&there, again.command, stamp(1 << 80)).unwrap();
            prop_assert!(change.is_empty(), "once more: {:?}", change);
        }
    }
    Ok(())
}
