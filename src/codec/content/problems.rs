//! The catalogue of demand discovery that ships, for vendors of business software: `content/problems.json`.

use serde::Deserialize;

use super::{IdSource, Language, Text, read};
use crate::model::Problem;

/// Types of companies with the problems they are likely to have, what to ask about each, and how to introduce the product then; with
/// fresh ids.
///
/// ```
/// use loudou::codec::content::{IdSource, Language, problems};
/// let mut ids = IdSource::new(ulid::Ulid(1 << 80));
/// let shipped = problems::shipped(Language::English, &mut ids);
/// assert!(shipped.iter().all(|problem| problem.questions.len() >= 2 && !problem.words.is_empty()));
/// let types: std::collections::BTreeSet<_> = shipped.iter().map(|problem| &problem.company).collect();
/// assert_eq!((types.len(), shipped.len()), (14, 33));
/// ```
pub fn shipped(language: Language, ids: &mut IdSource) -> Vec<Problem> {
    let form: Form = read(include_str!("../../../content/problems.json"));
    let text = |text: Text| text.in_language(language).to_owned();
    let mut problems = Vec::new();
    for company in form.companies {
        for problem in company.problems {
            problems.push(Problem {
                id: ids.fresh(),
                company: text(company.name),
                words: company.words.iter().copied().map(text).collect(),
                problem: text(problem.problem),
                questions: problem.questions.into_iter().map(text).collect(),
                introduction: text(problem.introduction),
            });
        }
    }
    problems
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct Form {
    companies: Vec<CompanyForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct CompanyForm {
    name: Text,
    words: Vec<Text>,
    problems: Vec<ProblemForm>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct ProblemForm {
    problem: Text,
    questions: Vec<Text>,
    introduction: Text,
}
