//! The document as it was released: files that never change, and the schema that describes them.

use loudou::codec::document::{
    DocumentError, MAX_BYTES, Problem, ProblemKind, Severity, Shape, decode, encode, encode_from, json_schema,
};
use loudou::model::{HistoryFault, RecordKind, Workspace};
use proptest::{
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use serde_json::Value;

use crate::r#gen::{moment, workspace};

/// Every field and every kind of event of version 1. Never edit it: documents like it are out in the world.
const V1: &str = include_str!("fixtures/document/v1.json");

/// What version 1 learned later: a model revised while deals were in it. Never edit it either; a later addition gets a file of
/// its own.
const V1_REVISED: &str = include_str!("fixtures/document/v1-revised.json");

/// Then: forms of a model with what they said besides their stages.
const V1_COVER: &str = include_str!("fixtures/document/v1-cover.json");

/// Then: a model with what follows after the win.
const V1_AFTER_SALE: &str = include_str!("fixtures/document/v1-after-sale.json");

/// Then: stages that require fields of the user's own.
const V1_REQUIRED: &str = include_str!("fixtures/document/v1-required.json");

/// Then: quotas.
const V1_QUOTAS: &str = include_str!("fixtures/document/v1-quotas.json");

/// Then: which handed-out states a document comes from.
const V1_LINEAGE: &str = include_str!("fixtures/document/v1-lineage.json");

/// Then: what a manager keeps: promises, handovers, interventions, the catalogue of problems, appraisal schemes and locked quotas.
const V1_MANAGER: &str = include_str!("fixtures/document/v1-manager.json");

/// All of them.
const ALL: [&str; 8] = [V1, V1_REVISED, V1_COVER, V1_AFTER_SALE, V1_REQUIRED, V1_QUOTAS, V1_LINEAGE, V1_MANAGER];

fn v1() -> Workspace {
    decode(V1.as_bytes()).unwrap().workspace
}

/// The problems of the golden document after replacing one text in it.
fn problems(from: &str, to: &str) -> Vec<Problem> {
    problems_of(V1, from, to)
}

fn problems_of(golden: &str, from: &str, to: &str) -> Vec<Problem> {
    assert!(golden.contains(from), "{from} is not in the golden document");
    match decode(golden.replacen(from, to, 1).as_bytes()) {
        Ok(decoded) => decoded.problems,
        Err(DocumentError::Problems(problems)) => problems,
        Err(error) => panic!("{error:?}"),
    }
}

fn schema() -> Value {
    serde_json::from_str(&json_schema()).unwrap()
}

#[test]
fn version_1_reads_and_writes_back_the_same() {
    for golden in ALL {
        let decoded = decode(golden.as_bytes()).unwrap();
        assert_eq!(decoded.problems, []);
        let written = encode_from(&decoded.workspace, decoded.exported, &decoded.lineage);
        let differing = written.lines().zip(golden.lines()).find(|(written, golden)| written != golden);
        assert_eq!(differing, None);
        assert!(written == golden);
    }
}

#[test]
fn version_1_holds_every_key_and_word_of_the_schema() {
    fn look(schema: &Value, missing: &mut Vec<String>) {
        let is_there = |text: &str| ALL.iter().any(|golden| golden.contains(text));
        match schema {
            Value::Object(object) => {
                if let Some(Value::Object(properties)) = object.get("properties") {
                    let absent = properties.keys().filter(|key| !is_there(&format!("\"{key}\":")));
                    missing.extend(absent.cloned());
                }
                let words =
                    object.get("enum").and_then(Value::as_array).into_iter().flatten().chain(object.get("const"));
                // A gate that was met goes without saying.
                let absent = words.filter(|word| !is_there(&word.to_string()) && *word != "met");
                missing.extend(absent.map(ToString::to_string));
                object.values().for_each(|value| look(value, missing));
            }
            Value::Array(list) => list.iter().for_each(|value| look(value, missing)),
            _ => {}
        }
    }
    let mut missing = Vec::new();
    look(&schema(), &mut missing);
    assert_eq!(missing, Vec::<String>::new());
}

/// `LOUDOU_WRITE_SCHEMA=1 cargo test --test host schema` writes it anew.
#[test]
fn the_schema_is_current() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/loudou-document-v1.json");
    if std::env::var_os("LOUDOU_WRITE_SCHEMA").is_some() {
        std::fs::write(path, json_schema()).unwrap();
    }
    assert!(std::fs::read_to_string(path).unwrap() == json_schema(), "run with LOUDOU_WRITE_SCHEMA=1 to write it anew");
}

#[test]
fn documents_follow_the_schema() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    let mut runner = TestRunner::deterministic();
    let random = (0..32).map(|_| encode(&workspace().new_tree(&mut runner).unwrap().current(), moment()));
    for text in random.chain(ALL.map(str::to_owned)) {
        let document: Value = serde_json::from_str(&text).unwrap();
        let errors: Vec<_> = validator.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path)).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
}

#[test]
fn the_schema_refuses_what_reading_refuses() {
    let validator = jsonschema::draft202012::new(&schema()).unwrap();
    for (from, to) in [
        ("\"event\": \"won\"", "\"event\": \"eaten\""),
        ("\"event\": \"won\"", "\"event\": \"won\", \"colour\": 1"),
        ("\"GTX Pro\"", "\" \""),
        ("\"4821.00\"", "4821"),
        ("\"expectedDays\": 14", "\"expectedDays\": 0"),
        ("\"satisfaction\": 5", "\"satisfaction\": 6"),
    ] {
        assert_ne!(problems(from, to), [], "{to}");
        assert!(!validator.is_valid(&serde_json::from_str(&V1.replacen(from, to, 1)).unwrap()), "{to}");
    }
}

#[test]
fn every_problem_has_its_place() {
    use ProblemKind as Kind;
    let cases: [(&str, &str, &str, ProblemKind); 31] = [
        ("\"+86 21 5555 0100\"", "8621", "customers[0].contacts[0].phone", Kind::Shape(Shape::Text)),
        ("\"contacts\": [", "\"contacts\": 1, \"x\": [", "customers[0].contacts", Kind::Shape(Shape::List)),
        ("\"GTX Pro\"", "\" \"", "products[0].name", Kind::Blank),
        ("\"name\": \"GTX Pro\",", "", "products[0].name", Kind::Missing),
        ("\"name\": \"价格\"", "\"name\": \"\"", "lostReasons[0].name", Kind::Blank),
        ("\"what\": \"演示\"", "\"what\": \"　\"", "deals[0].nextAction.what", Kind::Blank),
        ("\"4821.00\"", "\"4821.001\"", "products[0].price", Kind::Money { digits: 2 }),
        ("\"4821.00\"", "\"22517998136852.48\"", "products[0].price", Kind::Money { digits: 2 }),
        ("\"active\": false", "\"active\": \"no\"", "people[1].active", Kind::Shape(Shape::Truth)),
        ("\"2026-12-15\"", "\"2026-2-30\"", "customers[0].reviewOn", Kind::Date),
        ("08:30:00.125Z", "25:30:00Z", "deals[0].history[17].at", Kind::Time),
        ("\"CNY\"", "\"yuan\"", "currency", Kind::Currency),
        ("33.33", "33.333", "models[0].stages[1].probability", Kind::Share),
        ("62.5", "100.01", "models[0].stages[0].promotionRate", Kind::Share),
        ("\"capacity\": 20", "\"capacity\": 2.5", "people[0].capacity", Kind::Range { min: 0, max: 65_535 }),
        ("\"fiscalYearStart\": 4", "\"fiscalYearStart\": 13", "fiscalYearStart", Kind::Range { min: 1, max: 12 }),
        ("\"returnVisit\"", "\"party\"", "activities[6].kind", Kind::Word),
        ("\"event\": \"won\"", "\"event\": \"eaten\"", "deals[0].history[17].event", Kind::Word),
        ("\"units\": 3", "\"units\": 0", "deals[0].lines[0].units", Kind::Range { min: 1, max: u32::MAX }),
        ("G5522", "G5521", "customers[0].contacts[1].id", Kind::Twice),
        ("\"id\": \"01ARZ3NDEKTSV4RRFFQ69G5402", "\"id\": \"01ARZ3NDEKTSV4RRFFQ69G5401", "products[1].id", Kind::Twice),
        ("\"series\": \"GTX\"", "\"series\": \"\", \"series\": \"\"", "products[0].series", Kind::Twice),
        (
            "G5301\",\n          \"due\"",
            "G5999\",\n          \"due\"",
            "deals[0].nextAction.owner",
            Kind::Dangling(RecordKind::Person),
        ),
        (
            "\"event\": \"dormant\"",
            "\"event\": \"reopened\", \"stage\": \"01ARZ3NDEKTSV4RRFFQ69G5103\"",
            "deals[0].history[12]",
            Kind::History(HistoryFault::AlreadyOpen),
        ),
        ("2026-06-04", "2026-06-01", "deals[0].history[16]", Kind::History(HistoryFault::Order)),
        (
            "\"stage\": \"01ARZ3NDEKTSV4RRFFQ69G5111\"",
            "\"stage\": \"01ARZ3NDEKTSV4RRFFQ69G5101\"",
            "deals[0].history[16].stage",
            Kind::Dangling(RecordKind::Stage),
        ),
        (
            "\"contact\": \"01ARZ3NDEKTSV4RRFFQ69G5521\"",
            "\"contact\": \"01ARZ3NDEKTSV4RRFFQ69G5999\"",
            "campaigns[0].touches[0].contact",
            Kind::Dangling(RecordKind::Contact),
        ),
        (
            "\"contact\": \"01ARZ3NDEKTSV4RRFFQ69G5521\",\n        \"supporters\"",
            "\"contact\": \"01ARZ3NDEKTSV4RRFFQ69G5999\",\n        \"supporters\"",
            "deals[0].contact",
            Kind::Dangling(RecordKind::Contact),
        ),
        (
            "\"audience\": \"01ARZ3NDEKTSV4RRFFQ69G58T1\"",
            "\"audience\": \"01ARZ3NDEKTSV4RRFFQ69G58T2\"",
            "campaigns[0].audience",
            Kind::Dangling(RecordKind::Target),
        ),
        ("\"wanted\": \"atLeast\"", "\"wanted\": \"most\"", "targets[0].wishes[3].wanted", Kind::Word),
        ("\"holds\": \"date\"", "\"holds\": \"time\"", "customFields[1].holds", Kind::Word),
    ];
    for (from, to, path, kind) in cases {
        let found = problems(from, to);
        let expected = Problem { path: path.to_owned(), severity: Severity::Error, kind };
        assert!(found.contains(&expected), "{to}: {found:?}");
    }
}

#[test]
fn stages_that_left_have_their_place() {
    const GONE: &str = "\"stage\": \"01ARZ3NDEKTSV4RRFFQ69G5101\",\n            \"on\"";
    const BACK: &str = "\"event\": \"restaged\",\n            \"stage\": \"01ARZ3NDEKTSV4RRFFQ69G5102\"";
    const DANGLING: ProblemKind = ProblemKind::Dangling(RecordKind::Stage);
    let cases = [
        (GONE, GONE.replace("5101", "5102"), "models[0].retired[1].stage", ProblemKind::Twice),
        (GONE, GONE.replace("5101", "5999"), "models[0].retired[1].stage", DANGLING),
        (
            "5102\"\n          }\n        ]",
            "5999\"\n          }\n        ]".to_owned(),
            "models[0].retired[1].into",
            DANGLING,
        ),
        // An open deal stands in a stage that is there; a closed one may have closed in one that left.
        (
            BACK,
            BACK.replace("restaged", "evidenceTicked").replace("stage\"", "criterion\""),
            "deals[0].history[0].stage",
            DANGLING,
        ),
        (BACK, BACK.replace("5102", "5101"), "deals[0].history[1]", ProblemKind::History(HistoryFault::SameStage)),
    ];
    for (from, to, path, kind) in cases {
        let found = problems_of(V1_REVISED, from, &to);
        let expected = Problem { path: path.to_owned(), severity: Severity::Error, kind };
        assert!(found.contains(&expected), "{to}: {found:?}");
    }
}

#[test]
fn what_follows_after_the_win_has_its_place() {
    let cases = [
        ("\"name\": \"售后服务\"", "\"name\": \" \"", "models[0].afterSale.name", ProblemKind::Blank),
        ("\"name\": \"售后服务\",", "", "models[0].afterSale.name", ProblemKind::Missing),
        (
            "\"returnVisitDays\": 90",
            "\"returnVisitDays\": 0",
            "models[0].afterSale.returnVisitDays",
            ProblemKind::Range { min: 1, max: 65_535 },
        ),
        (
            "\"returnVisitDays\": 180",
            "\"returnVisitDays\": \"half a year\"",
            "models[0].revisions[0].afterSale.returnVisitDays",
            ProblemKind::Shape(Shape::Number),
        ),
    ];
    for (from, to, path, kind) in cases {
        let found = problems_of(V1_AFTER_SALE, from, to);
        let expected = Problem { path: path.to_owned(), severity: Severity::Error, kind };
        assert!(found.contains(&expected), "{to}: {found:?}");
    }
}

#[test]
fn what_a_manager_keeps_has_its_place() {
    const DANGLING: ProblemKind = ProblemKind::Dangling(RecordKind::Stage);
    const SECOND: &str = "\"customer\": \"01ARZ3NDEKTSV4RRFFQ69G7401\",\n            \"to\"";
    let cases: [(&str, &str, &str, ProblemKind); 14] = [
        ("\"拜访总工程师\"", "\" \"", "promises[0].text", ProblemKind::Blank),
        (
            "\"deal\": \"01ARZ3NDEKTSV4RRFFQ69G7501\",\n        \"reaches\"",
            "\"reaches\"",
            "promises[1].deal",
            ProblemKind::Missing,
        ),
        (
            "G7112\"\n      }\n    ],\n    \"handovers\"",
            "G7199\"\n      }\n    ],\n    \"handovers\"",
            "promises[1].reaches",
            DANGLING,
        ),
        ("\"kept\": true", "\"kept\": 1", "promises[0].settled.kept", ProblemKind::Shape(Shape::Truth)),
        (SECOND, "\"to\"", "handovers[0].items[0].customer", ProblemKind::Missing),
        (
            SECOND,
            "\"customer\": \"01ARZ3NDEKTSV4RRFFQ69G7499\",\n            \"to\"",
            "handovers[0].items[0].customer",
            ProblemKind::Dangling(RecordKind::Customer),
        ),
        (
            SECOND,
            "\"deal\": \"01ARZ3NDEKTSV4RRFFQ69G7501\",\n            \"to\"",
            "handovers[0].items[1].deal",
            ProblemKind::Twice,
        ),
        ("\"training\"", "\"party\"", "interventions[0].kind", ProblemKind::Word),
        ("G7110\",\n        \"from\"", "G7199\",\n        \"from\"", "interventions[1].stage", DANGLING),
        ("\"离散制造企业\"", "\"\"", "problems[0].company", ProblemKind::Blank),
        ("\"wonDeals\"", "\"winRate\"", "schemes[0].measures[3].kind", ProblemKind::Twice),
        (
            "\"target\": \"500000.00\"",
            "\"target\": \"500000.001\"",
            "schemes[0].measures[1].target",
            ProblemKind::Money { digits: 2 },
        ),
        ("\"weight\": 30", "\"weight\": 101", "schemes[0].measures[0].weight", ProblemKind::Range { min: 0, max: 100 }),
        ("\"stalling\": \"won\"", "\"stalling\": \"lost\"", "stalling", ProblemKind::Word),
    ];
    for (from, to, path, kind) in cases {
        let found = problems_of(V1_MANAGER, from, to);
        let expected = Problem { path: path.to_owned(), severity: Severity::Error, kind };
        assert!(found.contains(&expected), "{to}: {found:?}");
    }
}

#[test]
fn rules_over_what_a_manager_keeps_refuse_a_document() {
    let refused = |from: &str, to: &str| {
        let found = problems_of(V1_MANAGER, from, to);
        assert!(matches!(found.first().map(|problem| &problem.kind), Some(ProblemKind::Refused(_))), "{to}: {found:?}");
    };
    refused("\"due\": \"2026-11-30\"", "\"due\": \"2026-11-22\"");
    refused("\"until\": \"2026-09-30\"", "\"until\": \"2026-08-31\"");
    refused("\"weight\": 30", "\"weight\": 31");
    refused("\"from\": 120", "\"from\": 80");
}

#[test]
fn circles_have_their_place() {
    let circle = |kind| ProblemKind::Circle(kind);
    let own = "\"manager\": \"王总\"";
    let found = problems(own, "\"parent\": \"01ARZ3NDEKTSV4RRFFQ69G5202\"");
    let places: Vec<_> = found.iter().map(|problem| (problem.path.as_str(), problem.kind.clone())).collect();
    let department = circle(RecordKind::Department);
    assert_eq!(places, [("departments[0].parent", department.clone()), ("departments[1].parent", department)]);
    let found =
        problems("\"referredBy\": \"01ARZ3NDEKTSV4RRFFQ69G5502\"", "\"referredBy\": \"01ARZ3NDEKTSV4RRFFQ69G5501\"");
    assert_eq!(found[0].path, "customers[0].referredBy");
    assert_eq!(found[0].kind, circle(RecordKind::Customer));
}

#[test]
fn all_problems_are_found_at_once() {
    let text = V1.replace("\"4821.00\"", "\"much\"").replace("\"satisfaction\": 5", "\"satisfaction\": 0");
    let text = text.replace("\"phone\"", "\"telephone\"").replace("\"visit\"", "\"party\"");
    let Err(DocumentError::Problems(problems)) = decode(text.as_bytes()) else { panic!("it opened") };
    let paths: Vec<_> = problems.iter().map(|problem| problem.path.as_str()).collect();
    assert_eq!(
        paths,
        ["products[0].price", "customers[0].contacts[0].telephone", "activities[0].kind", "activities[6].satisfaction"]
    );
}

#[test]
fn what_is_left_out_is_said() {
    let decoded = decode(V1.replace("\"phone\"", "\"telephone\"").as_bytes()).unwrap();
    let path = "customers[0].contacts[0].telephone".to_owned();
    assert_eq!(decoded.problems, [Problem { path, severity: Severity::Warning, kind: ProblemKind::Unknown }]);
    assert_eq!(decoded.workspace.deals, v1().deals);
}

#[test]
fn too_many_problems_are_counted() {
    let text = V1.replace("\"tags\": [", &format!("\"tags\": [{}", "1,".repeat(2_000)));
    let Err(DocumentError::Problems(problems)) = decode(text.as_bytes()) else { panic!("it opened") };
    assert_eq!(problems.len(), 1_001);
    assert!(matches!(problems.last().map(|problem| &problem.kind), Some(ProblemKind::More(more)) if *more >= 2_000));
}

#[test]
fn other_files_say_why_they_do_not_open() {
    assert_eq!(decode(b" \n"), Err(DocumentError::Empty));
    assert_eq!(decode("\u{feff}".as_bytes()), Err(DocumentError::Empty));
    assert_eq!(decode(b"ab\xff"), Err(DocumentError::NotText { at: 2 }));
    assert_eq!(decode(b"{}"), Err(DocumentError::NotLoudou));
    assert_eq!(decode(b"[{\"format\":\"loudou\"}]"), Err(DocumentError::NotLoudou));
    let cut = decode(b"{\"format\":\n\"loudou\"");
    assert!(matches!(cut, Err(DocumentError::NotJson { line: 2, column: 8, .. })), "{cut:?}");
    let newer = decode(b"{\"format\":\"loudou\",\"version\":2,\"anything\":[]}");
    assert_eq!(newer, Err(DocumentError::NewerVersion { found: 2, known: 1 }));
    let large = vec![b' '; MAX_BYTES + 1];
    assert_eq!(decode(&large), Err(DocumentError::TooLarge { bytes: MAX_BYTES + 1, limit: MAX_BYTES }));
    assert_eq!(decode(format!("\u{feff}{V1}").as_bytes()).map(|decoded| decoded.workspace), Ok(v1()));
}
