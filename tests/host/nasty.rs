//! Collections of nasty files that others keep: every one ends as it should, and none ends the program.
//!
//! `JSONTestSuite` meets the reader of documents, the big list of naughty strings every text of a document and of a table. The files lie
//! beside the project and are no part of it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use loudou::{
    codec::{
        book::{BookSheet, Cell, encode as encode_book},
        csv::{Options, Reading, SourceFile, plan, read},
        deals_csv::{self, Words},
        document::{DocumentError, ProblemKind, decode, encode},
        table::neutral,
    },
    model::{Change, Currency, Customer, Date, Deal, Patch, Profile, Stamp, Timestamp, Workspace, WorkspaceId, apply},
};
use serde_json::Value;

use crate::r#gen::moment;

const DOCUMENT: &str = include_str!("fixtures/document/v1.json");

/// A file or folder of others, beside the project or above it.
fn shared(name: &str) -> Option<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = root.ancestors().map(|folder| folder.join("shared/data/nasty").join(name)).find(|path| path.exists());
    if found.is_none() {
        eprintln!("skipped: no shared/data/nasty/{name} beside the project");
    }
    found
}

fn naughty() -> Option<Vec<String>> {
    let path = shared("blns/blns.json")?;
    Some(serde_json::from_slice(&fs::read(path).unwrap()).unwrap())
}

/// What the reader of documents says of a file that is no document of ours.
#[derive(Debug, PartialEq, Eq)]
enum Verdict {
    /// It is JSON; the schema decides.
    Json,
    /// It is none, and the place is told.
    Refused,
}

fn judged(bytes: &[u8]) -> Verdict {
    match decode(bytes) {
        Ok(_) | Err(DocumentError::NotLoudou | DocumentError::NewerVersion { .. } | DocumentError::Problems(_)) => {
            Verdict::Json
        }
        // A file of nothing but blanks has no place worth telling.
        Err(DocumentError::Empty) => Verdict::Refused,
        Err(DocumentError::NotText { at }) if at < bytes.len() => Verdict::Refused,
        Err(DocumentError::NotJson { line, .. }) if line > 0 => Verdict::Refused,
        Err(other) => panic!("no place: {other:?}"),
    }
}

#[test]
fn json_is_told_from_what_is_none() {
    let Some(folder) = shared("JSONTestSuite/test_parsing") else { return };
    let (mut files, mut wrong) = (0, Vec::new());
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        let bytes = fs::read(&path).unwrap();
        let alone = judged(&bytes);
        // The same in the place of a field of a document.
        let inside = [b"{\"format\":\"loudou\",\"version\":1,\"workspace\":", bytes.as_slice(), b"}"].concat();
        let inside = judged(&inside);
        let expected = match name.as_bytes()[0] {
            b'y' => Verdict::Json,
            b'n' => Verdict::Refused,
            _ => continue,
        };
        files += 1;
        if alone != expected {
            wrong.push(name.clone());
        }
        if expected == Verdict::Json && inside != expected {
            wrong.push([&name, " as a field"].concat());
        }
    }
    assert!(files > 250, "{files}");
    assert_eq!(wrong, Vec::<String>::new());
}

/// The places of all texts of a tree.
fn texts(value: &Value, place: &str, found: &mut Vec<String>) {
    match value {
        Value::String(_) => found.push(place.to_owned()),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, item)| texts(item, &format!("{place}/{index}"), found));
        }
        Value::Object(fields) => {
            let part = |key: &str| key.replace('~', "~0").replace('/', "~1");
            fields.iter().for_each(|(key, field)| texts(field, &[place, "/", &part(key)].concat(), found));
        }
        _ => {}
    }
}

/// A place as problems name it: `/workspace/customers/0/name` is `customers[0].name`.
fn path_of(pointer: &str) -> String {
    let inside = pointer.strip_prefix("/workspace").unwrap_or(pointer);
    let mut path = String::new();
    for part in inside.split('/').skip(1) {
        if part.bytes().all(|byte| byte.is_ascii_digit()) {
            path.extend(["[", part, "]"]);
        } else {
            path += if path.is_empty() { "" } else { "." };
            path += part;
        }
    }
    path
}

/// Puts texts in the places of a document; where a rule refuses one, the document keeps its own, and the rule is told. The document that
/// opens and the places that took their text.
fn filled<'p>(
    document: &Value,
    places: &'p [String],
    text: impl Fn(usize) -> String,
) -> (Workspace, Vec<&'p String>, Vec<(&'p String, ProblemKind)>) {
    let (mut taken, mut ruled): (Vec<bool>, Vec<(&String, ProblemKind)>) = (vec![true; places.len()], Vec::new());
    loop {
        let mut tried = document.clone();
        for (number, place) in places.iter().enumerate().filter(|(number, _)| taken[*number]) {
            *tried.pointer_mut(place).unwrap() = text(number).into();
        }
        match decode(tried.to_string().as_bytes()) {
            Ok(decoded) => {
                let took = places.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(place, _)| place);
                return (decoded.workspace, took.collect(), ruled);
            }
            Err(DocumentError::Problems(problems)) => {
                let before = ruled.len();
                for (number, place) in places.iter().enumerate() {
                    let path = path_of(place);
                    if let Some(problem) = problems.iter().find(|problem| taken[number] && problem.path == path) {
                        taken[number] = false;
                        ruled.push((place, problem.kind.clone()));
                    }
                }
                assert!(ruled.len() > before, "no place of its own: {problems:?}");
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[test]
fn naughty_strings_stand_in_every_text_of_a_document() {
    let Some(strings) = naughty() else { return };
    let document: Value = serde_json::from_str(DOCUMENT).unwrap();
    let mut places = Vec::new();
    texts(&document["workspace"], "/workspace", &mut places);
    // Identifiers, dates, words of a list and the like take no other text; what they say to one, they say to all.
    let (_, free, ruled) = filled(&document, &places, |number| format!("text {number}"));
    let free: Vec<String> = free.into_iter().cloned().collect();
    assert!(free.len() > 60, "{} places take any text: {free:?}", free.len());
    assert!(!ruled.is_empty());
    let mut kept = 0;
    // Every place meets every string, no two places the same one at a time.
    for turn in 0..strings.len() {
        let text = |number: usize| strings[(number + turn) % strings.len()].clone();
        let (workspace, took, ruled) = filled(&document, &free, text);
        assert!(ruled.iter().all(|(_, kind)| *kind == ProblemKind::Blank), "{ruled:?}");
        let again = encode(&workspace, moment());
        let back: Value = serde_json::from_str(&again).unwrap();
        for place in took {
            let number = free.iter().position(|other| other == place).unwrap();
            let found = back.pointer(place).and_then(Value::as_str).unwrap_or_default();
            assert_eq!(found, text(number), "{place}");
            kept += 1;
        }
        assert_eq!(decode(again.as_bytes()).unwrap().workspace, workspace);
    }
    assert!(kept > strings.len() * free.len() * 9 / 10, "{kept}");
}

fn stamp() -> Stamp {
    let at = Timestamp::UNIX_EPOCH;
    Stamp { on: at.date_naive(), at, by: None, seed: ulid::Ulid(1 << 100) }
}

fn empty() -> Workspace {
    Workspace::new(WorkspaceId::from(1), Profile::named("Test", Currency::USD))
}

fn taken_in(name: &str, bytes: &[u8]) -> Workspace {
    let sheet = read(bytes, &Reading::default()).unwrap();
    let file = SourceFile { name, sheet: &sheet };
    let import = plan(&[file], &Options::default(), &empty(), stamp(), &mut |_, _| true).unwrap();
    assert_eq!(import.summary.problems, []);
    let workspace = empty();
    workspace.with(&apply(&workspace, import.command, stamp()).unwrap())
}

/// A text without the blanks and invisible signs around it: no table keeps those, because nobody sees them.
fn seen(text: &str) -> &str {
    text.trim_matches(|sign: char| sign.is_whitespace() || loudou::naming::is_invisible(sign))
}

/// Deals that have the strings for titles, customers and sources.
fn deals_named(strings: &[String]) -> Workspace {
    let rows = strings.iter().enumerate().map(|(number, _)| format!("{number},Proposal,deal {number}\n"));
    let text: String = std::iter::once("Record ID,Deal Stage,Deal Name\n".to_owned()).chain(rows).collect();
    let workspace = taken_in("deals.csv", text.as_bytes());
    let mut change = Change::default();
    for (number, (deal, string)) in workspace.deals.iter().zip(strings).enumerate() {
        let customer = Customer::named((1 << 110 | number as u128).into(), string);
        let mut after = Deal::clone(deal);
        after.details.customer = Some(customer.id);
        after.details.title.clone_from(string);
        after.details.source.clone_from(string);
        change.customers.push(Patch { id: customer.id, before: None, after: Some(customer.into()) });
        change.deals.push(Patch { id: deal.id, before: Some(Arc::clone(deal)), after: Some(after.into()) });
    }
    workspace.with(&change)
}

const HEADINGS: [&str; 15] = [
    "Deal Name",
    "Account Name",
    "Deal owner",
    "Pipeline",
    "Deal Stage",
    "Status",
    "Amount",
    "Currency",
    "Expected Close Date",
    "Created",
    "Entered",
    "Closed On",
    "Lost Reason",
    "Source",
    "Record ID",
];

fn check(workspace: &Workspace, strings: &[String]) {
    assert_eq!(workspace.deals.len(), strings.len());
    for (number, string) in strings.iter().enumerate() {
        let reference = number.to_string();
        let deal = workspace.deals.iter().find(|deal| deal.details.reference == reference).unwrap();
        assert_eq!(deal.details.title, seen(string), "{number}");
        assert_eq!(deal.details.source, seen(string), "{number}");
    }
}

#[test]
fn naughty_strings_go_out_as_tables_and_come_back() {
    let Some(mut strings) = naughty() else { return };
    strings.retain(|string| !seen(string).is_empty());
    // What our own way of disarming formulas might take for its own work.
    strings.extend(["'=1+1", "''=1+1", "'", "'a'", "'+49 30", "-", "@", "\"'=\""].map(str::to_owned));
    let workspace = deals_named(&strings);
    let words = Words { headings: HEADINGS, statuses: ["Open", "Won", "Lost", "Dormant"] };
    let text = deals_csv::encode(&workspace, words).unwrap();
    let sheet = read(text.as_bytes(), &Reading::default()).unwrap();
    for (row, string) in sheet.rows.iter().zip(&strings) {
        assert_eq!(row.raw(0), neutral(string), "to the letter");
    }
    check(&taken_in("deals.csv", text.as_bytes()), &strings);

    let cells = |deal: &Arc<Deal>| {
        let customer = workspace.customer_of(deal).map_or("", |customer| &customer.name);
        let details = &deal.details;
        [&details.title, customer, &details.source, &details.reference, "Proposal"].map(Cell::text).to_vec()
    };
    let sheet = BookSheet {
        name: "Deals".to_owned(),
        headings: ["Deal Name", "Account Name", "Source", "Record ID", "Deal Stage"].map(str::to_owned).to_vec(),
        rows: workspace.deals.iter().map(cells).collect(),
    };
    let bytes = encode_book(&[sheet], 2, Date::default(), &mut |_, _| {}).unwrap();
    let sheet = read(&bytes, &Reading::default()).unwrap();
    for (row, string) in sheet.rows.iter().zip(&strings) {
        assert_eq!(row.raw(0), string, "to the letter");
    }
    check(&taken_in("deals.xlsx", &bytes), &strings);
}
