//! A drill as it goes from the worker to the page: the company, what is asked of it, and what is right.

use serde::{Deserialize, Serialize};

use crate::{
    codec::{content::Language, journal},
    model::{Date, address::Query},
    training::{
        drill::{Drill, Level, Question, Sheet, Treatment},
        illness::{Figure, Illness, Page, Place, Sign},
    },
};

/// The order to make a drill.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DrillOrder {
    language: Language,
    today: Date,
    seed: u64,
    level: String,
}

impl DrillOrder {
    /// A drill in a language, as it stands on `today`.
    pub fn new(drill: Drill, language: Language, today: Date) -> Self {
        Self { language, today, seed: drill.seed, level: drill.level.code().to_owned() }
    }

    /// `None` for a level that nobody knows, and when no company shows what was planted.
    pub(super) fn make(&self) -> Option<MadeDrill> {
        let drill = Drill { seed: self.seed, level: Level::of_code(&self.level)? };
        let exercise = drill.make(self.language, self.today)?;
        let Sheet { question, condition, evidence } = exercise.sheet;
        Some(MadeDrill {
            pieces: journal::pieces(&exercise.company),
            figures: question.figures.into_iter().map(SentSign::from).collect(),
            treatments: question.treatments.into_iter().map(|one| one.code().to_owned()).collect(),
            condition: condition.into_iter().map(|one| one.code().to_owned()).collect(),
            evidence: evidence.into_iter().map(|one| one.code().to_owned()).collect(),
        })
    }
}

/// A drill that was made.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct MadeDrill {
    /// The company in [pieces](journal::pieces).
    pub pieces: Vec<(String, String)>,
    figures: Vec<SentSign>,
    treatments: Vec<String>,
    condition: Vec<String>,
    evidence: Vec<String>,
}

impl MadeDrill {
    /// What is asked, and what is right.
    pub fn sheet(&self) -> Sheet {
        let treatments = self.treatments.iter().filter_map(|code| Treatment::of_code(code));
        Sheet {
            question: Question {
                figures: self.figures.iter().filter_map(SentSign::sign).collect(),
                treatments: treatments.collect(),
            },
            condition: self.condition.iter().filter_map(|code| Illness::of_code(code)).collect(),
            evidence: self.evidence.iter().filter_map(|code| Figure::of_code(code)).collect(),
        }
    }
}

/// A sign.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct SentSign {
    figure: String,
    value: f64,
    against: f64,
    name: String,
    ill: bool,
    page: String,
    query: String,
}

impl From<Sign> for SentSign {
    fn from(sign: Sign) -> Self {
        let Sign { figure, value, against, name, ill, place } = sign;
        let (figure, page) = (figure.code().to_owned(), place.page.code().to_owned());
        Self { figure, value, against, name, ill, page, query: place.query.format() }
    }
}

impl SentSign {
    fn sign(&self) -> Option<Sign> {
        let place = Place { page: Page::of_code(&self.page)?, query: Query::parse(&self.query) };
        let Self { value, against, ill, .. } = *self;
        Some(Sign { figure: Figure::of_code(&self.figure)?, value, against, name: self.name.clone(), ill, place })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::worker::{Request, Response, Work};

    #[test]
    fn a_drill_arrives_whole() {
        let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
        let drill = Drill { seed: 3, level: Level::Mixed };
        let request = Request::Drill(DrillOrder::new(drill, Language::Chinese, today));
        let Response::Drill(Some(made)) = Work::default().handle(request, &mut |_, _| {}) else {
            panic!("another answer")
        };
        let exercise = drill.make(Language::Chinese, today).unwrap();
        assert_eq!(made.sheet(), exercise.sheet);
        let (company, problems) = journal::assemble(exercise.company.id, &made.pieces);
        assert_eq!((company, problems), (exercise.company, Vec::new()));
    }
}
