//! Marks for answers in words: what is given last counts on every board, in ranking, spread and certificates, and goes along with the
//! class.

use loudou::{
    codec::{
        class::{Mark, Paper, code, read, words_check},
        content::Language,
        document::{DocumentError, ProblemKind, Severity, Shape},
    },
    model::Timestamp,
    training::class::{Board, Class, Company, Outcome, Pack, Person, Refusal, ResultSheet, Sitting, Task, certificate},
};
use proptest::prelude::*;

use super::{at, joined, pack};

/// A class with answers, as it was written before there were marks. Never edit it: classes like it are out in the world.
const UNMARKED: &str = include_str!("../fixtures/class/class-v1.json");
/// The same with a mark given, one taken back, and one for somebody with a code name. Never edit it either.
const MARKED: &str = include_str!("../fixtures/class/class-v2.json");

/// The place of the first question.
const QUESTION: u16 = 6;

/// The tasks with scores, and two questions.
fn asked() -> Pack {
    let look = |question: &str| Task::Look { question: question.into(), company: Company::Shipped("thin-top".into()) };
    let questions = vec![look("哪里出了问题？"), look("怎么治？")];
    Pack { tasks: [pack().tasks, questions].concat(), ..pack() }
}

/// Somebody who did the drill and answered the first question.
fn answered(name: &str, words: &str) -> ResultSheet {
    let mut sitting = Sitting::new(asked(), name, 47, at(0));
    sitting.record(Outcome { task: 3, score: Some(60), seconds: 300, ..Outcome::default() }, at(300)).unwrap();
    sitting.record(Outcome::of_words(QUESTION, words), at(600)).unwrap();
    sitting.sheet
}

fn class_of(sheets: Vec<ResultSheet>, marks: Vec<Mark>) -> Class {
    Class { pack: asked(), sheets, marks }
}

fn board_of(sheets: Vec<ResultSheet>, marks: Vec<Mark>) -> Board {
    let (board, refused) = Board::of(class_of(sheets, marks));
    assert_eq!(refused, []);
    board
}

fn sheets() -> impl Strategy<Value = Vec<ResultSheet>> {
    let sheet = (prop::sample::select(vec!["王芳", "李雷", "Ann", ""]), prop::sample::select(vec!["上部太窄", "下部"]));
    prop::collection::vec(sheet.prop_map(|(name, words)| answered(name, words)), 0..4)
}

/// Marks of a few people from a few moments, so that many meet.
fn marks() -> impl Strategy<Value = Vec<Mark>> {
    let person =
        prop::sample::select(vec![Person::Named("王芳".into()), Person::Named("ann".into()), Person::Code(47)]);
    let score = prop::option::of(0_u8..=100);
    let answer = prop::sample::select(vec![words_check("上部太窄"), words_check("下部")]);
    let mark = (person, QUESTION..QUESTION + 2, 0_i64..3, score, answer)
        .prop_map(|(person, task, given, score, answer)| Mark { person, task, given: at(given), score, answer });
    prop::collection::vec(mark, 0..8)
}

fn board() -> impl Strategy<Value = (Vec<ResultSheet>, Vec<Mark>)> {
    (sheets(), marks())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn joining_marked_boards_is_commutative_associative_and_idempotent(a in board(), b in board(), c in board()) {
        let [one, two, three] = [&a, &b, &c].map(|(sheets, marks)| board_of(sheets.clone(), marks.clone()));
        prop_assert_eq!(joined(&one, &two), joined(&two, &one));
        prop_assert_eq!(joined(&joined(&one, &two), &three), joined(&one, &joined(&two, &three)));
        prop_assert_eq!(&joined(&one, &one), &one);
        let all = board_of([a.0, b.0, c.0].concat(), [a.1, b.1, c.1].concat());
        prop_assert_eq!(joined(&joined(&one, &two), &three), all);
    }

    #[test]
    fn what_was_given_last_counts((sheets, marks) in board()) {
        let board = board_of(sheets, marks.clone());
        let kept = board.class().marks;
        for mark in &marks {
            let of_same = |other: &&Mark| (&other.person, other.task) == (&mark.person, mark.task);
            let stands = kept.iter().find(of_same).unwrap();
            prop_assert!(!mark.outdoes(stands) && marks.contains(stands));
        }
        for standing in board.standings() {
            prop_assert!(standing.points <= board.most());
            let better = board.standings().iter().filter(|other| other.points > standing.points).count();
            prop_assert_eq!(standing.rank, better + 1);
        }
    }

    #[test]
    fn a_marked_class_goes_there_and_back((sheets, marks) in board()) {
        // As a board hands it on: one mark for each question of a person.
        let class = Paper::Class(Box::new(board_of(sheets, marks).class()));
        prop_assert_eq!(read(class.file().as_bytes()), Ok((class.clone(), Vec::new())));
        prop_assert_eq!(code::open(&code::text(&class)), Ok((class, Vec::new())));
    }
}

#[test]
fn marks_count_in_ranking_spread_and_certificates() {
    let mut board = board_of(vec![answered("王芳", "上部太窄"), answered("李雷", "不知道")], Vec::new());
    let [first, second] = ["王芳", "李雷"].map(|name| Person::Named(name.into()));
    let ranks = |board: &Board| -> Vec<_> {
        board.standings().iter().map(|standing| (standing.rank, standing.points)).collect()
    };
    assert_eq!((ranks(&board), board.most()), (vec![(1, 60), (1, 60)], 600));
    assert_eq!(board.spread_of(QUESTION), None);
    assert_eq!(board.give(&first, QUESTION, Some(90), at(700)), Ok(true));
    assert_eq!(board.give(&first, QUESTION, Some(90), at(701)), Ok(false));
    // A question that counts is worth as much as a task, for everybody; one without marks is not.
    assert_eq!((ranks(&board), board.most()), (vec![(1, 150), (2, 60)], 700));
    assert_eq!(board.give(&second, QUESTION, Some(30), at(700)), Ok(true));
    assert_eq!(ranks(&board), [(1, 150), (2, 90)]);
    let spread = board.spread_of(QUESTION).unwrap();
    assert_eq!((spread.count, spread.least, spread.greatest), (2, 30.0, 90.0));
    assert_eq!(board.best_of(QUESTION).iter().map(|(person, ..)| *person).collect::<Vec<_>>(), [&first]);
    let made = certificate(&board, &first, at(0).date_naive(), Language::Chinese).unwrap();
    assert_eq!((made.points, made.most, made.done.last().unwrap().1), (150, 700, Some(90)));
    // Taken back, all is as before.
    for person in [&first, &second] {
        assert_eq!(board.give(person, QUESTION, None, at(800)), Ok(true));
        assert_eq!(board.give(person, QUESTION, None, at(801)), Ok(false));
    }
    assert_eq!((ranks(&board), board.most()), (vec![(1, 60), (1, 60)], 600));
    assert_eq!(board.give(&first, 3, Some(5), at(900)), Err(Refusal::NoWords { task: 3 }));
    assert_eq!(board.give(&first, QUESTION + 1, Some(5), at(900)), Err(Refusal::NoWords { task: QUESTION + 1 }));
    assert_eq!(board.give(&Person::Code(1), QUESTION, Some(5), at(900)), Err(Refusal::NoWords { task: QUESTION }));
    board.remove(&first);
    assert!(board.class().marks.iter().all(|mark| mark.person != first));
}

#[test]
fn what_was_taken_back_stays_so_and_the_last_hand_counts() {
    let (sheet, person) = (answered("王芳", "上部太窄"), Person::Named("王芳".into()));
    let mut one = board_of(vec![sheet], Vec::new());
    one.give(&person, QUESTION, Some(80), at(700)).unwrap();
    let other = one.clone();
    // The clock of the second machine is behind: what is given there is later all the same.
    one.give(&person, QUESTION, None, at(10)).unwrap();
    for both in [joined(&one, &other), joined(&other, &one)] {
        assert_eq!((both.most(), both.standings()[0].points), (600, 60));
        // Also after it went through a file.
        let file = Paper::Class(Box::new(both.class())).file();
        let Ok((Paper::Class(class), _)) = read(file.as_bytes()) else { panic!("not a class") };
        assert_eq!(Board::of(*class).0, both);
    }
    one.give(&person, QUESTION, Some(70), at(11)).unwrap();
    assert_eq!(joined(&other, &one).standings()[0].points, 130);
}

#[test]
fn marks_are_for_the_words_that_were_read() {
    let person = Person::Named("王芳".into());
    let mut board = board_of(vec![answered("王芳", "上部太窄")], Vec::new());
    board.give(&person, QUESTION, Some(80), at(700)).unwrap();
    let mut sitting = Sitting { pack: asked(), sheet: answered("王芳", "上部太窄") };
    sitting.record(Outcome::of_words(QUESTION, "其实是下部"), at(800)).unwrap();
    board.add(sitting.sheet.clone()).unwrap();
    let outcome = sitting.sheet.outcome(QUESTION).unwrap();
    assert_eq!((board.score(&person, outcome), board.is_outdated(&person, outcome)), (None, true));
    // The same points again are for the new words.
    assert_eq!(board.give(&person, QUESTION, Some(80), at(900)), Ok(true));
    assert_eq!((board.score(&person, outcome), board.is_outdated(&person, outcome)), (Some(80), false));
    // A sheet with the same words keeps its marks.
    sitting.record(Outcome { task: 0, score: Some(100), ..Outcome::default() }, at(1000)).unwrap();
    board.add(sitting.sheet).unwrap();
    assert_eq!(board.standings()[0].points, 240);
}

#[test]
fn marks_may_come_before_their_sheet() {
    let mut first = board_of(vec![answered("王芳", "上部太窄")], Vec::new());
    first.give(&Person::Named("王芳".into()), QUESTION, Some(80), at(700)).unwrap();
    let mut second = board_of(Vec::new(), first.class().marks);
    assert_eq!(second.most(), 600);
    second.add(answered("王芳", "上部太窄")).unwrap();
    assert_eq!(second, first);
}

#[test]
fn classes_of_both_versions_read_and_write_back_the_same() {
    let sheets = vec![answered("王芳", "上部太窄"), answered("李雷", "不知道"), answered("", "下部")];
    let moment: Timestamp = "2026-11-27T12:00:00.500Z".parse().unwrap();
    let mark = |person, given, score, words| Mark { person, task: QUESTION, given, score, answer: words_check(words) };
    let marks = vec![
        mark(Person::Named("李雷".into()), at(900), None, "不知道"),
        mark(Person::Named("王芳".into()), moment, Some(80), "上部太窄"),
        mark(Person::Code(47), at(1000), Some(0), "下部"),
    ];
    for (golden, class, version) in [
        (UNMARKED, class_of(sheets.clone(), Vec::new()), "\"version\": 1"),
        (MARKED, class_of(sheets, marks), "\"version\": 2"),
    ] {
        let paper = Paper::Class(Box::new(class));
        assert!(golden.contains(version));
        assert_eq!(paper.file(), golden);
        assert_eq!(read(golden.as_bytes()), Ok((paper, Vec::new())));
    }
}

#[test]
fn bad_marks_say_where() {
    let problems = |from: &str, to: &str| match read(MARKED.replacen(from, to, 1).as_bytes()) {
        Err(DocumentError::Problems(problems)) => {
            problems.into_iter().map(|problem| (problem.path, problem.severity, problem.kind)).collect::<Vec<_>>()
        }
        other => panic!("{from}: {other:?}"),
    };
    let wrong = |from: &str, to: &str, path: &str, kind| {
        assert!(MARKED.contains(from), "{from} is not in the file");
        assert_eq!(problems(from, to), [(path.to_owned(), Severity::Error, kind)], "{from} → {to}");
    };
    let person = "\"person\": \"王芳\"";
    wrong(person, "\"person\": \" \"", "marks[1].person", ProblemKind::Blank);
    wrong(person, "\"person\": \"李雷\"", "marks[1].task", ProblemKind::Twice);
    let task = [person, ",\n        \"task\": "].concat();
    let with = |place: u32| [task.as_str(), &place.to_string()].concat();
    for other in [3, 8] {
        wrong(&with(6), &with(other), "marks[1].task", ProblemKind::Check);
    }
    wrong("\"given\": \"2026-11-27T12:00:00.500Z\"", "\"given\": 5", "marks[1].given", ProblemKind::Shape(Shape::Text));
}
