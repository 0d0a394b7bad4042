//! The files and codes of packs, results and classes.

use std::collections::BTreeMap;

use loudou::{
    codec::{
        class::{Company, FORMATS, Pack, Paper, ResultSheet, SHEETS, TASKS, Task, code, is_paper, read},
        document::{DocumentError, ProblemKind, Severity, Shape},
        packet::PacketError,
        share::LinkError,
    },
    model::{Currency, Profile, Workspace},
};
use proptest::prelude::*;

use super::{at, member, pack, sheet};
use crate::r#gen::{moment, workspace};

/// Every kind of task and every field of version 1. Never edit it: packs like it are out in the world.
const PACK: &str = include_str!("../fixtures/class/pack-v1.json");
/// A sheet with every field. Never edit it either.
const RESULT: &str = include_str!("../fixtures/class/result-v1.json");

fn task() -> impl Strategy<Value = Task> {
    let seed = || prop::option::of(any::<u32>());
    let look = |question, company| Task::Look { question, company };
    let own = workspace().prop_map(|workspace| Company::Own { workspace: Box::new(workspace), exported: moment() });
    prop_oneof![
        "[a-z]{1,8}".prop_map(|lesson| Task::Lesson { lesson }),
        (1_u8..=20, seed()).prop_map(|(level, seed)| Task::Matches { level, seed }),
        seed().prop_map(|seed| Task::JobFair { seed }),
        (1_u8..=20, seed()).prop_map(|(level, seed)| Task::Drill { level, seed }),
        (1_u8..=20, seed()).prop_map(|(rounds, seed)| Task::Contest { rounds, seed }),
        ("[a-z]{1,8}", seed()).prop_map(|(scenario, seed)| Task::Simulator { scenario, seed }),
        ("\\PC{0,20}\\?", "[a-z]{1,8}").prop_map(move |(ask, name)| look(ask, Company::Shipped(name))),
        ("\\PC{0,20}\\?", own).prop_map(move |(ask, own)| look(ask, own)),
    ]
}

fn any_pack() -> impl Strategy<Value = Pack> {
    let tasks = prop::collection::vec(task(), 0..5);
    let words = ("\\PC{0,12}x", "(?s).{0,40}");
    (any::<u128>(), words, tasks, prop::option::of(1_u16..=10_080), any::<u32>(), any::<bool>()).prop_map(
        |(id, (title, text), tasks, minutes, seed, anonymous)| Pack {
            id: id.into(),
            title,
            text,
            tasks,
            minutes,
            seed,
            anonymous,
        },
    )
}

fn problems(text: &str) -> Vec<(String, Severity, ProblemKind)> {
    let problems = match read(text.as_bytes()) {
        Ok((_, problems)) | Err(DocumentError::Problems(problems)) => problems,
        Err(error) => panic!("{error:?}"),
    };
    problems.into_iter().map(|problem| (problem.path, problem.severity, problem.kind)).collect()
}

/// Replaces one text in a file and looks whether exactly this is wrong with it.
fn wrong(file: &str, from: &str, to: &str, path: &str, kind: ProblemKind) {
    assert!(file.contains(from), "{from} is not in the file");
    let found = problems(&file.replacen(from, to, 1));
    assert_eq!(found, [(path.to_owned(), Severity::Error, kind)], "{from} → {to}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_pack_goes_there_and_back(pack in any_pack()) {
        let paper = Paper::Pack(Box::new(pack.clone()));
        prop_assert_eq!(read(paper.file().as_bytes()), Ok((paper.clone(), Vec::new())));
        let code = code::text(&paper);
        prop_assert_eq!(code::open(&code), Ok((paper.clone(), Vec::new())));
        prop_assert!(is_paper(paper.file().as_bytes()));
        // Who answers it answers this edition, also when it came by another way.
        let Ok((Paper::Pack(again), _)) = code::open(&code) else { return Err(TestCaseError::fail("no pack")) };
        prop_assert_eq!(again.edition(), pack.edition());
    }

    #[test]
    fn a_sheet_goes_there_and_back(sheet in sheet()) {
        let paper = Paper::Result(Box::new(sheet));
        prop_assert_eq!(read(paper.file().as_bytes()), Ok((paper.clone(), Vec::new())));
        prop_assert_eq!(code::open(&code::text(&paper)), Ok((paper, Vec::new())));
    }

    #[test]
    fn a_mistyped_letter_is_found(sheet in sheet(), places in prop::collection::vec((any::<prop::sample::Index>(), 0_u8..64), 20)) {
        const ALPHABET: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        let text = code::text(&Paper::Result(Box::new(sheet)));
        for (place, letter) in places {
            let mut wrong = text.clone().into_bytes();
            let place = place.index(wrong.len());
            wrong[place] = ALPHABET[usize::from(letter)];
            let wrong = String::from_utf8(wrong).unwrap();
            prop_assert!(wrong == text || code::open(&wrong).is_err(), "letter {}", place);
        }
    }

    #[test]
    fn codes_survive_what_mail_does_to_them(sheets in prop::collection::vec(sheet(), 1..4), width in 20_usize..80) {
        let papers: Vec<_> = sheets.into_iter().map(|sheet| Paper::Result(Box::new(sheet))).collect();
        let broken = |paper: &Paper| {
            let text = code::text(paper);
            let lines: Vec<_> = text.as_bytes().chunks(width).map(|line| String::from_utf8_lossy(line).into_owned()).collect();
            lines.join("\r\n  ")
        };
        let mail = papers.iter().map(broken).collect::<Vec<_>>().join("\r\n\r\n");
        let read: Vec<_> = code::split(&mail).iter().map(|code| code::open(code).unwrap().0).collect();
        prop_assert_eq!(read, papers);
    }

    #[test]
    fn any_text_is_read_without_a_panic(text in "\\PC{0,200}", bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for code in code::split(&text) {
            drop(code::open(&code));
        }
        drop(code::open(&text));
        drop(read(&bytes));
        drop(read(["{\"format\":\"loudou-pack\",\"version\":1,\"pack\":", &text, "}"].concat().as_bytes()));
    }
}

#[test]
fn version_1_reads_and_writes_back_the_same() {
    for golden in [PACK, RESULT] {
        let (paper, problems) = read(golden.as_bytes()).unwrap();
        assert_eq!(problems, []);
        assert_eq!(paper.file(), golden);
    }
    let (Paper::Pack(pack), Paper::Result(sheet)) =
        (read(PACK.as_bytes()).unwrap().0, read(RESULT.as_bytes()).unwrap().0)
    else {
        panic!("a pack and a result")
    };
    // The sheet answers the pack: neither seeds nor checksums may ever come out otherwise.
    assert_eq!((sheet.pack, sheet.edition), (pack.id, pack.edition()));
    assert_eq!([0, 1, 3, 4].map(|place| pack.seed_of(place)), [970_629, 966_852, 7, 713_092]);
}

#[test]
fn bad_packs_say_where() {
    wrong(PACK, "\"title\": \"周一训练\"", "\"title\": \" \"", "title", ProblemKind::Blank);
    wrong(PACK, "\"minutes\": 90", "\"minutes\": 0", "minutes", ProblemKind::Range { min: 1, max: 10_080 });
    wrong(PACK, "\"minutes\": 90", "\"minutes\": \"90\"", "minutes", ProblemKind::Shape(Shape::Number));
    wrong(PACK, "\"kind\": \"drill\"", "\"kind\": \"exam\"", "tasks[3].kind", ProblemKind::Word);
    wrong(PACK, "\"level\": 2", "\"level\": 21", "tasks[1].level", ProblemKind::Range { min: 1, max: 20 });
    wrong(PACK, "\"seed\": 42", "\"seed\": 4294967296", "seed", ProblemKind::Range { min: 0, max: u32::MAX });
    wrong(PACK, "\"company\": \"thin-top\"", "\"company\": \"\"", "tasks[6].company", ProblemKind::Blank);
    wrong(PACK, "\"company\": \"thin-top\"", "\"company\": 5", "tasks[6].company", ProblemKind::Shape(Shape::Object));
    // Inside the data that came with it.
    let format = "\"company\": {\n          \"format\": \"loudou\"";
    wrong(
        PACK,
        format,
        "\"company\": {\n          \"format\": \"other\"",
        "tasks[7].company.format",
        ProblemKind::Word,
    );
    wrong(PACK, "\"currency\": \"CNY\"", "\"currency\": \"yuan\"", "tasks[7].company.currency", ProblemKind::Currency);
    let bare = "{\"format\":\"loudou-pack\",\"version\":1}";
    assert_eq!(problems(bare), [("pack".to_owned(), Severity::Error, ProblemKind::Missing)]);
    let odd = PACK.replacen("\"minutes\": 90,", "\"minutes\": 90, \"colour\": \"red\",", 1);
    assert_eq!(problems(&odd), [("colour".to_owned(), Severity::Warning, ProblemKind::Unknown)]);
}

#[test]
fn bad_sheets_say_where() {
    wrong(RESULT, "\"score\": 80", "\"score\": 101", "outcomes[0].score", ProblemKind::Range { min: 0, max: 100 });
    wrong(RESULT, "\"score\": 80", "\"score\": 100", "check", ProblemKind::Check);
    wrong(RESULT, "\"name\": \"王芳\"", "\"name\": \"李雷\"", "check", ProblemKind::Check);
    wrong(RESULT, "\"task\": 6", "\"task\": 100", "outcomes[1].task", ProblemKind::Range { min: 0, max: TASKS - 1 });
    wrong(RESULT, "2026-11-27T09:12:05Z", "today", "finished", ProblemKind::Time);
    let twice = problems(&RESULT.replacen("\"task\": 6", "\"task\": 0", 1));
    assert!(twice.contains(&("outcomes[1].task".to_owned(), Severity::Error, ProblemKind::Twice)), "{twice:?}");
}

#[test]
fn other_files_are_told_apart() {
    let refusal = |text: &str| read(text.as_bytes()).unwrap_err();
    assert_eq!(refusal(" "), DocumentError::Empty);
    assert_eq!(refusal("{\"format\":\"loudou\",\"version\":1}"), DocumentError::NotLoudou);
    let newer = PACK.replacen("\"version\": 1", "\"version\": 3", 1);
    assert_eq!(refusal(&newer), DocumentError::NewerVersion { found: 3, known: 2 });
    assert!(matches!(refusal("{\"format\""), DocumentError::NotJson { .. }));
    let codes =
        [("", LinkError::Empty.into()), ("漏斗", LinkError::Damaged.into()), ("AAAA", PacketError::Foreign.into())];
    for (text, error) in codes {
        assert_eq!(code::open(text), Err(error), "{text}");
    }
    let text = code::text(&Paper::Result(Box::new(member(&pack(), 1))));
    let cut = code::open(&text[..text.len() - 8]);
    assert!(matches!(cut, Err(code::CodeError::Packet(PacketError::CutOff { .. }))), "{cut:?}");
    // What is shared as a link carries a workspace, and that is no pack.
    let workspace = Workspace::new(1.into(), Profile::named("漏斗", Currency::CNY));
    let shared = loudou::codec::share::text(&loudou::codec::share::pack(&workspace, moment()));
    assert_eq!(code::open(&shared), Err(DocumentError::NotLoudou.into()));
}

#[test]
fn a_hostile_file_does_no_harm() {
    // More than a class can have.
    let many = |element: &str, count: usize| vec![element; count].join(",");
    let tasks = many("{\"kind\":\"job-fair\"}", TASKS as usize + 1);
    let lists = format!(
        "{{\"format\":\"loudou-pack\",\"version\":1,\"pack\":{{\"id\":\"{}\",\"title\":\"x\",\"seed\":1,\"tasks\":[{tasks}]}}}}",
        pack().id
    );
    assert_eq!(problems(&lists), [("tasks".to_owned(), Severity::Error, ProblemKind::TooMany { max: TASKS as usize })]);
    let (start, end) = PACK.split_at(PACK.rfind('}').unwrap());
    let class = start.replacen("loudou-pack", "loudou-class", 1).replacen("\"pack\":", "\"class\": { \"pack\":", 1);
    let class = format!("{class}, \"sheets\": [{}] }}{end}", many("{}", SHEETS + 1));
    assert_eq!(problems(&class), [("sheets".to_owned(), Severity::Error, ProblemKind::TooMany { max: SHEETS })]);
    // Depth and payloads.
    let deep = PACK.replacen("\"thin-top\"", &["[".repeat(5_000), "]".repeat(5_000)].concat(), 1);
    assert!(matches!(read(deep.as_bytes()), Err(DocumentError::NotJson { .. })));
    for payload in ["<script>alert(1)</script>", "__proto__", "=1+1", "a\u{202e}b", "\u{0}"] {
        let mut sheet = ResultSheet { name: payload.into(), ..member(&pack(), 1) };
        sheet.outcomes[0].details = BTreeMap::from([(payload.to_owned(), payload.to_owned())]);
        let paper = Paper::Result(Box::new(sheet));
        assert_eq!(read(paper.file().as_bytes()), Ok((paper, Vec::new())), "{payload}");
    }
}

#[test]
fn a_code_is_short_enough_to_hand_over() {
    // Six tasks make a code that fits a message and a square code on a telephone.
    let sheet = code::text(&Paper::Result(Box::new(member(&pack(), 9))));
    let given = code::text(&Paper::Pack(Box::new(pack())));
    assert!(sheet.len() < 500 && given.len() < 500, "{} {}", sheet.len(), given.len());
    assert_eq!(FORMATS.len(), 3);
    assert!(at(0) < at(1));
}
