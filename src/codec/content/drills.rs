//! The words of drills: `content/drills.json`. What they are about is known by its code; a test of the drills sees that none is missing.

use serde::Deserialize;

use super::{Text, read};

/// What is said of an illness, or of a healthy company.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IllnessWords {
    /// The code of the illness; `healthy` of none.
    pub code: &'static str,
    /// Its name.
    pub name: Text,
    /// How one recognises it.
    pub signs: Text,
    /// What lies behind it, and what comes of it.
    pub explanation: Text,
    /// The name of the demo company that has it.
    pub company: Text,
    /// Its story in one line.
    pub story: Text,
    /// What its manager asks.
    pub hook: Text,
}

/// What is said of a figure. `{value}`, `{against}` and `{name}` are filled in.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FigureWords {
    /// The code of the figure.
    pub code: &'static str,
    /// The figure and what it is read against, in a sentence.
    pub text: Text,
    /// The page on which it is seen.
    pub seen: Text,
    /// What it says when it is out of order; for a figure that never is, what it is good for.
    pub meaning: Text,
}

/// What is said of a treatment.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TreatmentWords {
    /// The code of the treatment.
    pub code: &'static str,
    /// What is done.
    pub name: Text,
    /// When it helps, and when it does not.
    pub reason: Text,
}

/// What is said of a level.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelWords {
    /// The code of the level.
    pub code: &'static str,
    /// Its name.
    pub name: Text,
    /// What it asks.
    pub text: Text,
}

/// Everything that is said in drills.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct DrillWords {
    /// Names of companies that say nothing about what they have.
    pub companies: Vec<Text>,
    /// The illnesses, and `healthy`.
    pub illnesses: Vec<IllnessWords>,
    /// The figures.
    pub figures: Vec<FigureWords>,
    /// The treatments.
    pub treatments: Vec<TreatmentWords>,
    /// The levels.
    pub levels: Vec<LevelWords>,
}

impl DrillWords {
    /// What is said of an illness; of a healthy company for `healthy`.
    ///
    /// ```
    /// use loudou::codec::content::{Language, drills};
    /// let words = drills::drills();
    /// assert_eq!(words.illness("thin-top").unwrap().name.in_language(Language::English), "Thin top");
    /// assert!(words.illness("hiccups").is_none());
    /// ```
    pub fn illness(&self, code: &str) -> Option<&IllnessWords> {
        self.illnesses.iter().find(|words| words.code == code)
    }

    /// What is said of a figure.
    pub fn figure(&self, code: &str) -> Option<&FigureWords> {
        self.figures.iter().find(|words| words.code == code)
    }

    /// What is said of a treatment.
    pub fn treatment(&self, code: &str) -> Option<&TreatmentWords> {
        self.treatments.iter().find(|words| words.code == code)
    }

    /// What is said of a level.
    pub fn level(&self, code: &str) -> Option<&LevelWords> {
        self.levels.iter().find(|words| words.code == code)
    }
}

/// The words of the drills.
pub fn drills() -> DrillWords {
    read(include_str!("../../../content/drills.json"))
}
