//! Lessons: every text in both languages, every number of the method counted again.

use std::collections::BTreeSet;

use loudou::{
    codec::content::{
        Language, Text, gallery,
        lessons::{Bars, Bundle, Lesson, Picture, Screen, Sum, Task, Way, WayStep, Weighed, lesson, lessons},
    },
    metrics::{
        Rate,
        calibration::ShareCheck,
        shape::Levers,
        stall::{Health, Limits},
    },
    model::Date,
    training::lesson::{
        Answer, Run, judge, practice, solution,
        task::{STEP, dragged, value},
    },
};
use proptest::prelude::*;

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

fn is_chinese(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{303f}' | '\u{3400}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}')
}

fn tasks() -> impl Iterator<Item = (&'static Lesson, &'static Task)> {
    lessons()
        .iter()
        .flat_map(|lesson| lesson.screens.iter().filter_map(move |screen| Some((lesson, screen.task.as_ref()?))))
}

/// Everything that a screen says.
fn texts(screen: &Screen) -> Vec<Text> {
    let mut texts = vec![screen.title];
    texts.extend(&screen.words);
    if let Some(Picture::Bars(Bars { bars, .. })) = &screen.picture {
        texts.extend(bars.iter().map(|(name, _)| name));
    }
    match &screen.task {
        Some(Task::Weigh(task)) => texts.extend([task.ask, task.under, task.over, task.right]),
        Some(Task::Count(task)) => texts.extend([task.ask, task.under, task.over, task.right]),
        Some(Task::Move(task)) => {
            texts.extend([task.ask, task.elsewhere]);
            texts.extend(task.stages.iter().flat_map(|(name, asks)| [*name, *asks]));
            texts.extend(task.cards.iter().flat_map(|card| [card.name, card.says, card.why]));
        }
        Some(Task::Find(task)) => {
            texts.push(task.ask);
            texts.extend(&task.why);
        }
        Some(Task::Order(task)) => {
            texts.extend([task.ask, task.wrong, task.right]);
            texts.extend(&task.steps);
        }
        Some(Task::Choose(task)) => {
            texts.push(task.ask);
            texts.extend(task.answers.iter().flat_map(|answer| [answer.text, answer.why]));
        }
        None => {}
    }
    texts
}

/// Asserts that something is said in both languages, in its own words, and calmly.
pub(super) fn check_words(text: Text, place: &str) {
    let [zh, en] = LANGUAGES.map(|language| text.in_language(language));
    assert!(zh.chars().any(is_chinese) || zh == en, "{place}: {zh}");
    assert!(!en.is_empty() && !en.chars().any(is_chinese), "{place}: {en}");
    assert!(!zh.contains(['！', '!']) && !en.contains('!'), "{place}: {en}");
}

/// A whole number as the two languages write it.
fn written(number: f64) -> [String; 2] {
    assert!((number - number.round()).abs() < 1e-6, "{number} is not whole");
    let digits = format!("{:.0}", number.abs());
    let grouped: Vec<_> =
        digits.as_bytes().rchunks(3).rev().map(|part| String::from_utf8(part.to_vec()).unwrap()).collect();
    let myriads = digits.strip_suffix("0000").filter(|rest| !rest.is_empty()).map(|rest| format!("{rest} 万"));
    [myriads.unwrap_or(digits), grouped.join(",")]
}

/// Asserts that a screen of a lesson says these in the two languages.
#[track_caller]
fn says(slug: &str, title: &str, said: [String; 2]) {
    let screen =
        lesson(slug).unwrap().screens.iter().find(|screen| screen.title.in_language(Language::English) == title);
    let texts = texts(screen.unwrap());
    for (language, said) in LANGUAGES.into_iter().zip(said) {
        assert!(texts.iter().any(|text| text.in_language(language).contains(&said)), "{slug}, {title}: {said}");
    }
}

fn percent(share: f64) -> [String; 2] {
    let text = format!("{:.0}%", share * 100.0);
    [text.clone(), text]
}

fn step(rate: u8) -> WayStep {
    WayStep { rate, days: 0, there: 0 }
}

fn weighed(amount: i64, percent: u8) -> Weighed {
    Weighed { name: Text::default(), amount, percent }
}

#[test]
fn nine_lessons_in_both_languages() {
    let slugs: Vec<_> = lessons().iter().map(|lesson| lesson.slug).collect();
    let wanted =
        ["funnel", "matches", "job-fair", "weights", "shape", "stalled", "bottleneck", "calibration", "backwards"];
    assert_eq!(slugs, wanted);
    for lesson in lessons() {
        assert!((5..=10).contains(&lesson.screens.len()) && lesson.minutes <= 10, "{}", lesson.slug);
        let last = lesson.screens.last().unwrap();
        assert!(matches!(last.task, Some(Task::Choose(_))), "{} does not end with a question", lesson.slug);
        for text in [lesson.title, lesson.about, lesson.place.words] {
            check_words(text, lesson.slug);
        }
        for (number, screen) in lesson.screens.iter().enumerate() {
            let place = format!("{} {number}", lesson.slug);
            for text in texts(screen) {
                check_words(text, &place);
            }
            // A screen is read at a glance.
            assert!((1..=3).contains(&screen.words.len()), "{place}");
            for (language, longest) in LANGUAGES.into_iter().zip([140, 360]) {
                let length: usize = screen.words.iter().map(|text| text.in_language(language).chars().count()).sum();
                assert!(length <= longest, "{place}: {length} characters");
            }
        }
    }
    let kinds: BTreeSet<_> =
        tasks().map(|(_, task)| std::mem::discriminant(task)).map(|kind| format!("{kind:?}")).collect();
    assert_eq!(kinds.len(), 6, "a kind of task is in no lesson");
}

#[test]
fn every_task_has_one_right_answer() {
    for (lesson, task) in tasks() {
        let right = solution(task).unwrap_or_else(|| panic!("{}: {task:?}", lesson.slug));
        let others = match task {
            Task::Weigh(_) => (0..=100).step_by(STEP.into()).map(Answer::Percent).collect::<Vec<_>>(),
            Task::Count(_) => {
                let Answer::Number(number) = right else { unreachable!() };
                [-1.0, 0.0, 1.0].map(|more| Answer::Number(number + more)).to_vec()
            }
            Task::Move(task) => {
                let to = |card| (0..task.stages.len()).map(move |to| Answer::Moved(card, to));
                (0..task.cards.len()).flat_map(to).collect()
            }
            Task::Find(task) => {
                assert_eq!(task.why.len(), task.funnel.stages.len());
                (0..task.why.len()).map(Answer::Stage).collect()
            }
            Task::Order(task) => {
                let shown: BTreeSet<_> = task.shown.iter().copied().collect();
                assert!(shown.into_iter().eq(0..task.steps.len()), "{}: not a permutation", lesson.slug);
                vec![Answer::Steps(task.shown.clone()), right.clone()]
            }
            Task::Choose(task) => (0..task.answers.len()).map(Answer::Choice).collect(),
        };
        assert!(others.len() >= 2);
        for answer in others {
            let verdict = judge(task, &answer).unwrap();
            assert_eq!(verdict.right, answer == right, "{}: {answer:?}", lesson.slug);
            check_words(verdict.words, lesson.slug);
        }
    }
}

#[test]
fn what_is_right_is_said_with_its_number() {
    for (lesson, task) in tasks() {
        let Task::Count(count) = task else { continue };
        let number = value(&count.sum).unwrap().round();
        for (language, said) in LANGUAGES.into_iter().zip(written(number)) {
            let text = count.right.in_language(language);
            assert!(text.contains(&said), "{}: {said} in {text}", lesson.slug);
        }
    }
    for (lesson, task) in tasks() {
        let Task::Weigh(weigh) = task else { continue };
        let Some(Answer::Percent(least)) = solution(task) else { unreachable!() };
        let reach = written(dragged(weigh, least));
        for (language, said) in LANGUAGES.into_iter().zip(reach) {
            assert!(
                weigh.right.in_language(language).contains(&said) && weigh.ask.in_language(language).contains(&said)
            );
            assert!(weigh.right.in_language(language).contains(&format!("{least}%")), "{}", lesson.slug);
        }
    }
}

#[test]
fn funnels_are_as_the_words_say() {
    let first = |slug| {
        lesson(slug).unwrap().screens.iter().find_map(|screen| match &screen.picture {
            Some(Picture::Funnel(funnel)) => Some(funnel),
            _ => None,
        })
    };
    assert_eq!(practice::reached(first("funnel").unwrap()), [100, 50, 20, 10, 5]);
    assert_eq!(practice::reached(first("job-fair").unwrap()), [1000, 200, 100, 50, 10]);
    assert_eq!(practice::reached(first("bottleneck").unwrap()), [200, 100, 30, 19, 15]);
    // The product reads the same in a company made of it, and the rates of the job fair are those of its model.
    let fair = first("job-fair").unwrap();
    let read = practice::Readings::of(fair).unwrap();
    let rates: Vec<_> = read.conversion.stages.iter().map(|stage| stage.cohort.of_decided().unwrap().value()).collect();
    let model = gallery(Language::Chinese).into_iter().find(|model| model.slug == "job-fair").unwrap();
    for ((rate, stage), drawn) in rates.iter().zip(&model.stages).zip(&fair.stages) {
        assert!((rate - stage.promotion_rate.as_f64()).abs() < 1e-9);
        assert_eq!(drawn.name.in_language(Language::Chinese), stage.name);
    }
    assert_eq!(read.bottleneck, None, "the fair is as its model says");
    // Every stage that is to be found is far from the others' readings.
    for (lesson, task) in tasks() {
        let Task::Find(find) = task else { continue };
        let read = practice::Readings::of(&find.funnel).unwrap();
        let entered = practice::reached(&find.funnel);
        let counted: Vec<_> = read.conversion.stages.iter().map(|stage| stage.cohort.entered()).collect();
        assert!(entered.iter().map(|n| *n as usize).take(counted.len()).eq(counted.iter().copied()), "{}", lesson.slug);
    }
}

#[test]
fn the_numbers_of_the_method_are_right() {
    // Shares that are won.
    let won = |rates: &[u8], there| {
        let mut steps: Vec<_> = rates.iter().map(|rate| step(*rate)).collect();
        steps.first_mut().unwrap().there = there;
        value(&Sum::Left(Way { wanted: 0, steps })).unwrap()
    };
    says("funnel", "Many come in, few sign", written(won(&[50, 40, 50, 50], 100)));
    says("job-fair", "The rate of each step", percent(won(&[20, 50, 50, 20], 1000) / 1000.0));
    says("job-fair", "A question about it all", written(won(&[20, 50, 50, 30], 1000)));
    says("job-fair", "A question about it all", written(won(&[20, 60, 50, 20], 1000)));
    says("backwards", "Count back the number", percent(won(&[50, 60, 50, 80], 100) / 100.0));
    says("weights", "What a deal is worth today", written(practice::weighted(&[weighed(2_000_000, 25)])));
    says("weights", "One large deal shakes the forecast", written(practice::weighted(&[weighed(5_000_000, 20)])));
    says("weights", "One large deal shakes the forecast", written(practice::weighted(&[weighed(500_000, 20); 10])));
    says("weights", "A question about it all", written(practice::weighted(&[weighed(4_000_000, 25)])));
    says("backwards", "Where a quota comes from", written(practice::weighted(&[weighed(2_000_000, 25)])));
    // Coverage is 1 ÷ win rate.
    let open = Sum::Needed(Way { wanted: 3_000_000, steps: vec![step(25)] });
    says("shape", "Capacity: is there enough", written(value(&open).unwrap()));
    // New opportunities.
    let missing = Sum::Needed(Way { wanted: 4, steps: vec![step(10), WayStep { there: 2, ..step(50) }] });
    says("matches", "A question about it all", written(value(&missing).unwrap()));
    // Levers of velocity.
    let levers = |cycle, open, win_rate| {
        let levers = Levers { open, won_amount: Some(100_000.0), win_rate: Some(win_rate), cycle: Some(cycle) };
        levers.velocity().unwrap()
    };
    says("shape", "Velocity: money a day", written(levers(100.0, 40, 0.25)));
    for (value, said) in
        [(levers(90.0, 40, 0.25), "11,111"), (levers(100.0, 44, 0.25), "11,000"), (levers(100.0, 40, 0.275), "11,000")]
    {
        assert_eq!(written(value.round())[1], said);
        says("shape", "Velocity: money a day", [said.to_owned(), said.to_owned()]);
    }
    for (rates, said) in [([0.5, 0.5, 0.5, 0.5], "6.25%"), ([0.8, 0.8, 0.5, 0.2], "6.4%")] {
        assert_eq!(format!("{}%", (rates.iter().product::<f64>() * 1e6).round() / 1e4), said);
        says("shape", "Slope: how much is lost per step", [said.to_owned(), said.to_owned()]);
    }
}

#[test]
fn the_dates_and_limits_are_those_of_the_product() {
    let steps = [(50, 14), (60, 30), (50, 35), (80, 20)].map(|(rate, days)| WayStep { days, ..step(rate) }).to_vec();
    let day = |month, day| Date::from_ymd_opt(2026, month, day).unwrap();
    let back = practice::way_back(&Way { wanted: 6, steps }, day(12, 31), day(1, 1)).unwrap();
    assert_eq!(back.by, Some(day(9, 23)));
    says("backwards", "Count back the date", ["9 月 23 日".to_owned(), "23 September".to_owned()]);
    for (stage, days) in back.stages.iter().zip([99, 85, 55, 20]) {
        assert_eq!((day(12, 31) - stage.by.unwrap()).num_days(), days);
        let said = days.to_string();
        says("backwards", "When it is too late", [format!("{said} 天"), said]);
    }
    let (age, silence) = (Limits::of_model(30), Limits::of_silence(30));
    assert_eq!(
        [30, 31, 45, 46].map(|days| age.health(days)),
        [Health::Healthy, Health::Watch, Health::Watch, Health::Ill]
    );
    assert_eq!((silence.watch, silence.ill, Limits::OVERDUE.watch, Limits::OVERDUE.ill), (15, 30, 0, 7));
    says(
        "stalled",
        "In stage: too long in one place",
        ["第 31 天起留意，第 46 天起过久".to_owned(), "day 31, too long from day 46".to_owned()],
    );
    // The pictures: an age that is ill with a silence to watch, then only the silence, then only the overdue clock.
    let clocks: Vec<_> = lesson("stalled")
        .unwrap()
        .screens
        .iter()
        .filter_map(|screen| match screen.picture {
            Some(Picture::Clocks(clocks)) => Some(clocks),
            _ => None,
        })
        .collect();
    let read = clocks.iter().map(|clocks| {
        let expected = clocks.expected;
        [
            Limits::of_model(expected).health(clocks.age),
            Limits::of_silence(expected).health(clocks.idle),
            Limits::OVERDUE.health(clocks.overdue),
        ]
    });
    let wanted = [
        [Health::Ill, Health::Watch, Health::Healthy],
        [Health::Healthy, Health::Watch, Health::Healthy],
        [Health::Healthy, Health::Healthy, Health::Ill],
    ];
    assert_eq!(read.collect::<Vec<_>>(), wanted);
}

#[test]
fn luck_and_learning_are_counted_right() {
    // None, one, two or more of `n` matches at 20 %.
    let fires = |n: i32| {
        let none = 0.8_f64.powi(n);
        let one = f64::from(n) * 0.2 * 0.8_f64.powi(n - 1);
        [none, one, 1.0 - none - one]
    };
    let bars = lesson("matches").unwrap().screens.iter().find_map(|screen| match &screen.picture {
        Some(Picture::Bars(bars)) => Some(bars.bars.iter().map(|(_, value)| *value).collect::<Vec<_>>()),
        _ => None,
    });
    assert_eq!(bars.unwrap(), fires(10).map(|share| format!("{:.0}", share * 100.0).parse::<i64>().unwrap()));
    says("matches", "An average is no promise", percent(fires(10)[2]));
    says("matches", "An average is no promise", percent(fires(14)[2]));
    assert!(fires(13)[2] < 0.8 && fires(14)[2] > 0.8);
    says("weights", "One large deal shakes the forecast", percent(fires(10)[0]));
    let few = Rate::new(2, 5).unwrap().interval();
    says("bottleneck", "Too few to tell", percent(few.low));
    says("bottleneck", "Too few to tell", percent(few.high));
    let far = ShareCheck::new(0.6, 12, 40);
    says("calibration", "Experience and facts together", percent(far.interval.low));
    says("calibration", "Experience and facts together", percent(far.interval.high));
    says("calibration", "Experience and facts together", percent(far.proposal().as_f64()));
    let near = ShareCheck::new(0.6, 8, 20);
    for share in [near.mean, near.interval.low, near.interval.high, near.proposal().as_f64()] {
        says("calibration", "No visible difference, no change", percent(share));
    }
    let three = ShareCheck::new(0.5, 0, 3);
    says("calibration", "A question about it all", percent(three.mean));
    assert!((three.proposal().as_f64() - 0.5).abs() < 1e-9, "with three decided nothing is proposed");
    assert!((0.5_f64.powi(3) - 0.125).abs() < 1e-12);
    let bundles = [Bundle { name: Text::default(), count: 2, percent: 5 }];
    assert!((value(&Sum::Expected(bundles.to_vec())).unwrap() - 0.1).abs() < 1e-9);
}

#[test]
fn answers_score_by_the_number_of_tries() {
    let slug = lesson("funnel").unwrap();
    let mut run = Run::new(slug);
    let mut tries = [1, 2, 3, 0].into_iter();
    while run.done() < slug.screens.len() {
        let Some(task) = &run.screen().unwrap().task else {
            run.next();
            continue;
        };
        let right = solution(task).unwrap();
        let wrong = match task {
            Task::Count(_) => Answer::Number(-1.0),
            Task::Move(_) => Answer::Moved(0, 1),
            _ => Answer::Choice(0),
        };
        match tries.next().unwrap() {
            0 => assert_eq!(run.give_up(), Some(right.clone())),
            tries => {
                for _ in 1..tries {
                    assert!(!run.answer(&wrong).unwrap().right);
                    assert_eq!(run.score(), None);
                }
                assert!(run.answer(&right).unwrap().right);
            }
        }
        // Once it is done, neither a wrong answer nor another try changes it.
        let mark = run.mark();
        run.answer(&wrong);
        run.answer(&right);
        assert_eq!(run.mark(), mark);
        run.next();
    }
    assert!(run.is_finished());
    // Of four tasks: all, half, a quarter, nothing.
    assert_eq!(run.score(), Some((100 + 50 + 25) / 4));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever somebody does in a lesson, it never leaves its screens, and reads back as it was written.
    #[test]
    fn a_lesson_holds_whatever_is_done(which in 0..9_usize, deeds in prop::collection::vec((0..6_u8, 0..12_usize), 0..40)) {
        let lesson = &lessons()[which];
        let mut run = Run::new(lesson);
        let mut done = 0;
        for (deed, place) in deeds {
            match deed {
                0 => run.back(),
                1 => run.go(place),
                2 => { run.answer(&Answer::Choice(place)); }
                3 => { run.answer(&Answer::Moved(place, 1)); }
                4 => { run.give_up(); }
                _ => run.next(),
            }
            prop_assert!(run.at() < lesson.screens.len() && run.done() >= done);
            done = run.done();
            prop_assert_eq!(run.score().is_some(), run.is_finished());
            prop_assert!(run.score().unwrap_or(0) <= 100);
            prop_assert_eq!(&Run::resume(lesson, &run.code()), &run);
        }
    }
}
