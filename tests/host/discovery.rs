//! The catalogue that ships fits the customers of the demo company, says why, and is the same in both languages.

use std::collections::BTreeSet;

use loudou::{
    codec::content::{IdSource, Language, problems::shipped},
    metrics::discovery::{Found, likely},
    model::{Change, Command, Customer, Date, Patch, Problem, Stamp, Timestamp, Workspace, apply},
    training::demo,
};
use rstest::rstest;

fn today() -> Date {
    Date::from_ymd_opt(2026, 11, 27).unwrap()
}

fn problems(language: Language) -> Vec<Problem> {
    shipped(language, &mut IdSource::new(ulid::Ulid(1 << 100)))
}

/// The demo company with the catalogue that ships, taken as one command.
fn company(language: Language) -> Workspace {
    let company = demo::company(language, today(), 7);
    let put = |problem| Command::PutProblem(Box::new(problem));
    let take = Command::Many(problems(language).into_iter().map(put).collect());
    let stamp = Stamp { on: today(), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(1) };
    let change = apply(&company, take, stamp).unwrap();
    company.with(&change)
}

#[rstest]
fn every_customer_of_the_demo_has_likely_problems(#[values(Language::Chinese, Language::English)] language: Language) {
    let company = company(language);
    for customer in company.customers.iter() {
        let found = likely(&company.problems, customer);
        assert!(!found.is_empty(), "{} / {}", customer.industry, customer.size);
        for likely in &found {
            for (place, word) in &likely.signs {
                let text = match place {
                    Found::Industry => customer.industry.clone(),
                    Found::Size => customer.size.clone(),
                    Found::Needs => customer.needs.clone(),
                    Found::Tags => customer.tags.join("\n"),
                };
                assert!(text.to_lowercase().contains(&word.to_lowercase()), "{word} in {text}");
                assert!(likely.problem.words.contains(word));
            }
        }
        // What the industry says comes before what the needs say.
        assert!(found.is_sorted_by_key(|likely| likely.signs.first().map(|(place, _)| *place)));
    }
}

#[test]
fn both_languages_have_the_same_catalogue() {
    let (chinese, english) = (problems(Language::Chinese), problems(Language::English));
    let shape = |problems: &[Problem]| -> Vec<[usize; 2]> {
        problems.iter().map(|problem| [problem.words.len(), problem.questions.len()]).collect()
    };
    assert_eq!(shape(&chinese), shape(&english));
    for problem in chinese.iter().chain(&english) {
        assert!((2..=4).contains(&problem.questions.len()), "{}", problem.problem);
        assert!(problem.words.iter().all(|word| !word.trim().is_empty()));
        assert!(!problem.introduction.is_empty() && !problem.problem.is_empty());
    }
    let types: BTreeSet<&str> = chinese.iter().map(|problem| problem.company.as_str()).collect();
    for company in types {
        let of_type = chinese.iter().filter(|problem| problem.company == company).count();
        assert!((2..=4).contains(&of_type), "{company}");
    }
}

#[rstest]
#[case("Machinery", "machin", true)]
#[case("Automation", "auto parts", false)]
#[case("spare PARTS", "Parts", true)]
#[case("smart", "art", false)]
#[case("精密机械制造", "机械", true)]
#[case("anything", " ", false)]
fn a_latin_word_is_found_where_a_word_begins(#[case] industry: &str, #[case] word: &str, #[case] found: bool) {
    let problem = Problem {
        id: 1.into(),
        company: "Anybody".to_owned(),
        words: vec![word.to_owned()],
        problem: "Something".to_owned(),
        questions: Vec::new(),
        introduction: String::new(),
    };
    let put = Patch { id: problem.id, before: None, after: Some(problem.into()) };
    let company = demo::company(Language::English, today(), 7);
    let catalogue = company.with(&Change { problems: vec![put], ..Change::default() }).problems;
    let customer = Customer { industry: industry.to_owned(), ..Customer::named(1.into(), "Somebody") };
    assert_eq!(!likely(&catalogue, &customer).is_empty(), found);
}
