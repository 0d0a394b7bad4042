//! A class: packs and sheets go there and back as files and codes, what is wrong is named with its place, and the board is the same
//! whoever brings the sheets in whatever order.

mod marks;
mod papers;

use std::collections::BTreeMap;

use loudou::{
    codec::class::{Paper, code, read},
    codec::progress::Exercise,
    training::class::{Added, Board, Class, Outcome, Pack, Refusal, ResultSheet, Sitting, Task, certificate},
};
use loudou::{codec::content::Language, model::Timestamp};
use proptest::prelude::*;

/// A moment of the class's day, so many seconds after it began.
fn at(seconds: i64) -> Timestamp {
    let began: Timestamp = "2026-11-27T08:30:00Z".parse().unwrap();
    began + chrono::TimeDelta::seconds(seconds)
}

/// Six tasks, one of every kind that has a score.
fn pack() -> Pack {
    let tasks = vec![
        Task::Lesson { lesson: "matches".into() },
        Task::Matches { level: 2, seed: None },
        Task::JobFair { seed: Some(1000) },
        Task::Drill { level: 1, seed: None },
        Task::Contest { rounds: 3, seed: None },
        Task::Simulator { scenario: "first-year".into(), seed: Some(2026) },
    ];
    Pack {
        tasks, minutes: Some(90), text: "先独立完成，再讨论。".into(), ..Pack::new(7.into(), "周一训练", 42)
    }
}

/// The sheet of a member of a class, by number: different scores, some tasks not done, some people equal.
fn member(pack: &Pack, number: u16) -> ResultSheet {
    let mut sitting = Sitting::new(pack.clone(), &format!("学员 {number}"), u32::from(number) * 7919, at(0));
    for task in (0..6).filter(|task| !(number + task).is_multiple_of(7)) {
        let score = u8::try_from((number * 37 + task * 11) % 101).unwrap();
        let seconds = 60 + u32::from((number * 13 + task * 29) % 300);
        let details = BTreeMap::from([("try".to_owned(), "1".to_owned())]);
        let details = if task == 4 { BTreeMap::from([("round".to_owned(), "2".to_owned())]) } else { details };
        let outcome = Outcome { task, score: Some(score), seconds, details };
        assert_eq!(sitting.record(outcome, at(i64::from(number) + i64::from(task) * 600)), Ok(true));
    }
    sitting.sheet
}

fn outcome() -> impl Strategy<Value = Outcome> {
    let details = prop::collection::btree_map("[a-z]{1,6}", "\\PC{0,12}", 0..3);
    (0_u16..6, prop::option::of(0_u8..=100), any::<u32>(), details)
        .prop_map(|(task, score, seconds, details)| Outcome { task, score, seconds, details })
}

/// Sheets of a handful of people, so that some are of the same one.
fn sheet() -> impl Strategy<Value = ResultSheet> {
    let name = prop::sample::select(vec!["", "王芳", "李雷", "Ann", " ann", "Bob\u{3000}"]);
    (name, 0_u32..3, 0_i64..4, 0_i64..4, prop::collection::vec(outcome(), 0..5)).prop_map(
        |(name, code, started, took, mut outcomes)| {
            outcomes.sort_by_key(|outcome| outcome.task);
            outcomes.dedup_by_key(|outcome| outcome.task);
            let sheet = ResultSheet::new(&pack(), name, code, at(started));
            ResultSheet { finished: at(started + took), outcomes, ..sheet }
        },
    )
}

fn board(sheets: &[ResultSheet]) -> Board {
    let (board, refused) = Board::of(Class { pack: pack(), sheets: sheets.to_vec(), marks: Vec::new() });
    assert_eq!(refused, []);
    board
}

fn joined(one: &Board, other: &Board) -> Board {
    let mut both = one.clone();
    both.join(other).unwrap();
    both
}

fn sheets() -> impl Strategy<Value = Vec<ResultSheet>> {
    prop::collection::vec(sheet(), 0..8)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn joining_boards_is_commutative_associative_and_idempotent(a in sheets(), b in sheets(), c in sheets()) {
        let [one, two, three] = [&a, &b, &c].map(|sheets| board(sheets));
        prop_assert_eq!(joined(&one, &two), joined(&two, &one));
        prop_assert_eq!(joined(&joined(&one, &two), &three), joined(&one, &joined(&two, &three)));
        prop_assert_eq!(&joined(&one, &one), &one);
        let all: Vec<_> = [a, b, c].concat();
        prop_assert_eq!(joined(&joined(&one, &two), &three), board(&all));
    }

    #[test]
    fn of_each_person_the_newest_counts(sheets in sheets()) {
        let board = board(&sheets);
        for sheet in &sheets {
            let kept = &board.sheets()[&sheet.person()];
            prop_assert!(kept.finished >= sheet.finished);
            prop_assert!(sheets.contains(kept));
        }
        prop_assert!(board.sheets().iter().all(|(person, sheet)| sheet.person() == *person));
    }

    #[test]
    fn ranks_count_who_has_more_points(sheets in sheets()) {
        let board = board(&sheets);
        let standings = board.standings();
        prop_assert_eq!(standings.len(), board.sheets().len());
        for standing in &standings {
            let better = standings.iter().filter(|other| other.points > standing.points).count();
            prop_assert_eq!(standing.rank, better + 1);
            prop_assert!(standing.points <= board.most());
        }
        prop_assert!(standings.is_sorted_by(|a, b| a.rank <= b.rank));
    }

    #[test]
    fn spreads_lie_in_order_and_within(sheets in sheets()) {
        let board = board(&sheets);
        let Some(spread) = board.spread() else {
            prop_assert!(board.sheets().is_empty());
            return Ok(());
        };
        let numbers = [spread.least, spread.lower, spread.median, spread.upper, spread.greatest];
        prop_assert!(numbers.is_sorted(), "{:?}", spread);
        let points: Vec<f64> = board.standings().iter().map(|standing| f64::from(standing.points)).collect();
        // Half of the people, or one more, have no more than the median, and half no less.
        prop_assert!(points.iter().filter(|points| **points <= spread.median).count() * 2 >= points.len());
        prop_assert!(points.iter().filter(|points| **points >= spread.median).count() * 2 >= points.len());
    }
}

#[test]
fn a_class_of_thirty_comes_together() {
    let pack = pack();
    let sheets: Vec<_> = (1..=30).map(|number| member(&pack, number)).collect();
    // Half come as files, half as codes in one mail; some come twice.
    let mut board = Board::new(pack.clone());
    let files = sheets.iter().take(15).map(|sheet| Paper::Result(Box::new(sheet.clone())).file());
    let mail: Vec<_> =
        sheets.iter().skip(10).map(|sheet| code::text(&Paper::Result(Box::new(sheet.clone())))).collect();
    let codes = code::split(&mail.join("\n\n"));
    assert_eq!(codes.len(), 20);
    let papers =
        files.map(|file| read(file.as_bytes()).unwrap()).chain(codes.iter().map(|code| code::open(code).unwrap()));
    let mut added = Vec::new();
    for (paper, problems) in papers {
        assert_eq!(problems, []);
        let Paper::Result(sheet) = paper else { panic!("not a result") };
        added.push(board.add(*sheet).unwrap());
    }
    assert_eq!(added.iter().filter(|added| **added == Added::New).count(), 30);
    assert_eq!(added.iter().filter(|added| **added == Added::Same).count(), 5);
    let standings = board.standings();
    // The same sums, counted here.
    let sum = |sheet: &ResultSheet| sheet.outcomes.iter().filter_map(|o| o.score).map(u32::from).sum::<u32>();
    let mut points: Vec<_> = sheets.iter().map(sum).collect();
    points.sort_unstable_by(|a, b| b.cmp(a));
    assert_eq!(standings.iter().map(|standing| standing.points).collect::<Vec<_>>(), points);
    assert_eq!(standings[0].rank, 1);
    assert!(standings.iter().all(|standing| !standing.is_late));
    // The quartiles of thirty numbers, by the definition: places 7¼, 14½ and 21¾ of 0–29.
    points.reverse();
    let between = |place: usize, part: f64| {
        f64::from(points[place]) + part * (f64::from(points[place + 1]) - f64::from(points[place]))
    };
    let spread = board.spread().unwrap();
    let expected = [between(7, 0.25), between(14, 0.5), between(21, 0.75)];
    for (found, expected) in [spread.lower, spread.median, spread.upper].into_iter().zip(expected) {
        assert!((found - expected).abs() < 1e-9, "{found} {expected}");
    }
    for task in 0..6 {
        let best = board.best_of(task);
        let highest = board.outcomes(task).filter_map(|(.., outcome)| outcome.score).max();
        assert!(!best.is_empty() && best.iter().all(|(.., outcome)| outcome.score == highest));
        let did = sheets.iter().filter(|sheet| sheet.outcome(task).is_some()).count();
        assert_eq!(board.spread_of(task).unwrap().count, did);
    }
    // The class can be handed on, and its certificates can be printed.
    let class = Paper::Class(Box::new(board.class()));
    let Ok((Paper::Class(again), _)) = read(class.file().as_bytes()) else { panic!("not a class") };
    assert_eq!(Board::of(*again), (board.clone(), Vec::new()));
    let on = at(0).date_naive();
    let made = sheets.iter().filter_map(|sheet| certificate(&board, &sheet.person(), on, Language::Chinese));
    assert_eq!(made.filter(|made| made.points <= made.most && made.name.starts_with("学员")).count(), 30);
}

#[test]
fn what_does_not_belong_on_a_board_is_refused_and_changes_nothing() {
    let pack = pack();
    let mut board = Board::new(pack.clone());
    board.add(member(&pack, 1)).unwrap();
    let before = board.clone();
    let sheet = member(&pack, 2);
    let other = ResultSheet { pack: 8.into(), ..sheet.clone() };
    assert_eq!(board.add(other), Err(Refusal::OtherPack { pack: 8.into() }));
    let changed = Pack { seed: 43, ..pack.clone() };
    assert_eq!(board.add(member(&changed, 2)), Err(Refusal::OtherEdition));
    assert_eq!(board.join(&Board::new(changed)), Err(Refusal::OtherEdition));
    let mut many = sheet.clone();
    many.outcomes.push(Outcome { task: 6, ..Outcome::default() });
    assert_eq!(board.add(many), Err(Refusal::NoSuchTask { task: 6 }));
    let backwards = ResultSheet { finished: at(-1), ..sheet };
    assert_eq!(board.add(backwards), Err(Refusal::Backwards));
    assert_eq!(board, before);
    // Words may be mended after the pack was given out.
    let mended = Pack { title: "周一".into(), text: String::new(), minutes: None, anonymous: true, ..pack };
    assert_eq!(board.add(member(&mended, 2)), Ok(Added::New));
}

#[test]
fn code_names_keep_people_apart() {
    let pack = Pack { anonymous: true, ..pack() };
    let sheets: Vec<_> = (1..=30).map(|number| member(&pack, number)).collect();
    let (board, refused) = Board::of(Class { pack, sheets: sheets.clone(), marks: Vec::new() });
    assert_eq!((board.sheets().len(), refused), (30, Vec::new()));
    assert!(sheets.iter().all(|sheet| sheet.name.is_empty()));
    let mut names: Vec<_> = sheets.iter().map(|sheet| sheet.shown(false, Language::English)).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), 30);
}

#[test]
fn a_sitting_is_kept_as_a_class_of_one() {
    let sitting = Sitting { sheet: member(&pack(), 3), pack: pack() };
    assert_eq!(Sitting::kept(sitting.class()), Some(sitting.clone()));
    assert!(!sitting.is_complete() || sitting.sheet.outcomes.len() == 6);
    let class = sitting.class();
    let two = Class { sheets: [class.sheets.clone(), class.sheets].concat(), pack: pack(), marks: Vec::new() };
    assert_eq!(Sitting::kept(two), None);
    let other = Class { pack: Pack::new(8.into(), "x", 1), sheets: vec![sitting.sheet], marks: Vec::new() };
    assert_eq!(Sitting::kept(other), None);
}

#[test]
fn the_rounds_of_a_contest_are_taken_together() {
    let mut sitting = Sitting::new(pack(), "王芳", 47, at(0));
    let seed = u64::from(sitting.pack.seed_of(4));
    let mut play = |round: u64, score| {
        let heard = sitting.heard(Exercise::Contest, &(seed + round).to_string(), score, 50);
        let taken = heard.is_some_and(|outcome| sitting.record(outcome, at(60)).unwrap());
        (taken, sitting.sheet.outcome(4).map(|outcome| outcome.score.unwrap()))
    };
    // A third of 90, of 130, of 201; a round that is played again or lies behind the last one does not count.
    assert_eq!(play(0, 90), (true, Some(30)));
    assert_eq!(play(2, 40), (true, Some(43)));
    assert_eq!(play(2, 100), (false, Some(43)));
    assert_eq!(play(1, 71), (true, Some(67)));
    assert_eq!(play(3, 100), (false, Some(67)));
    assert_eq!(sitting.sheet.outcome(4).unwrap().seconds, 150);
}

#[test]
fn what_shows_its_answer_counts_once() {
    let mut sitting = Sitting::new(pack(), "王芳", 47, at(0));
    let key = |sitting: &Sitting, name: &str, place| format!("{name}-{}", sitting.pack.seed_of(place));
    let (drill, year) = (key(&sitting, "clear", 3), "first-year 2026");
    let mut done = |exercise, key: &str, score| {
        let heard = sitting.heard(exercise, key, score, 50);
        heard.is_some_and(|outcome| sitting.record(outcome, at(60)).unwrap())
    };
    assert_eq!([40, 100].map(|score| done(Exercise::Drill, &drill, score)), [true, false]);
    assert_eq!([40, 100, 90].map(|score| done(Exercise::Simulator, year, score)), [true, true, false]);
    // Another level and another scenario are other exercises, whatever their seed.
    assert!(!done(Exercise::Drill, &drill.replace("clear", "mixed"), 100));
    assert!(!done(Exercise::Simulator, "rival 2026", 100));
    assert_eq!([3, 5].map(|place| sitting.sheet.outcome(place).unwrap().score), [Some(40), Some(100)]);
}

/// The class that the journeys through the page bring together: its pack as a file, its results as the codes of one mail.
/// `LOUDOU_WRITE_CLASS=1 cargo test --test host the_class_of_the_journeys` writes them anew.
#[test]
fn the_class_of_the_journeys_is_current() {
    let pack = pack();
    let sheets: Vec<_> = (1..=30).map(|number| Paper::Result(Box::new(member(&pack, number)))).collect();
    let path = |name: &str| [env!("CARGO_MANIFEST_DIR"), "/tests/host/fixtures/class/", name].concat();
    let file = Paper::Pack(Box::new(pack)).file();
    if std::env::var_os("LOUDOU_WRITE_CLASS").is_some() {
        let codes: String = sheets.iter().map(|sheet| code::text(sheet) + "\n").collect();
        std::fs::write(path("thirty-pack.json"), &file).unwrap();
        std::fs::write(path("thirty-codes.txt"), codes).unwrap();
    }
    assert_eq!(std::fs::read_to_string(path("thirty-pack.json")).unwrap(), file);
    let codes = std::fs::read_to_string(path("thirty-codes.txt")).unwrap();
    let read: Vec<_> = code::split(&codes).iter().map(|code| code::open(code).unwrap()).collect();
    assert_eq!(read, sheets.into_iter().map(|sheet| (sheet, Vec::new())).collect::<Vec<_>>());
}
