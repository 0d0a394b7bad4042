//! The trainer's guide: `content/guide.json`.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Text, lessons::Place, read};

/// The guide. Read once.
///
/// ```
/// use loudou::codec::content::guide::guide;
/// let plans = &guide().plans;
/// assert_eq!(plans.len(), 2);
/// // Half a day is three and a half to four hours, breaks included.
/// assert!(plans.iter().all(|plan| (210..=240).contains(&plan.minutes())));
/// ```
pub fn guide() -> &'static Guide {
    static GUIDE: OnceLock<Guide> = OnceLock::new();
    GUIDE.get_or_init(|| read(include_str!("../../../content/guide.json")))
}

/// What a trainer needs to stand in front of a class.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Guide {
    /// What it is for.
    pub about: Text,
    /// What to see to the day before.
    pub before: Vec<Text>,
    /// How to lead a class, whatever the plan.
    pub manner: Vec<Text>,
    /// What trainees often ask, each with an answer.
    pub questions: Vec<(Text, Text)>,
    /// Two half days.
    pub plans: Vec<HalfDay>,
    /// What to do in the weeks after.
    pub after: Vec<Text>,
}

/// The plan of half a day.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct HalfDay {
    /// Its title.
    pub title: Text,
    /// Who it is for.
    pub whom: Text,
    /// What trainees can do afterwards.
    pub aims: Vec<Text>,
    /// The agenda.
    pub parts: Vec<GuidePart>,
    /// What to ask at the end.
    pub debrief: Vec<Text>,
    /// What to print.
    pub prints: Vec<Place>,
}

impl HalfDay {
    /// How long it takes, in minutes.
    pub fn minutes(&self) -> u32 {
        self.parts.iter().map(|part| part.minutes).sum()
    }
}

/// A part of an agenda.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct GuidePart {
    /// How long it takes.
    pub minutes: u32,
    /// Its title.
    pub title: Text,
    /// What the trainer says and does, step by step; nothing in a break.
    #[serde(default)]
    pub say: Vec<Text>,
    /// What the trainees do, and where in the product.
    #[serde(default)]
    pub exercise: Option<Place>,
    /// What to ask about it.
    #[serde(default)]
    pub ask: Vec<Text>,
}
