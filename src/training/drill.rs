//! Drills (method §9): a company with a hidden illness, three questions about it, and what an answer is worth.
//!
//! The seed and the level say which illnesses are planted. A company is given only if its [`Examination`] shows exactly these: where it
//! does not, the next one is drawn. So whatever a drill asks can be read from the pages.

mod mark;
mod treatment;

pub use mark::{Answer, Marks, Part, Sheet};
pub use treatment::Treatment;

use super::{
    draw::Draw,
    illness::{self, Condition, Dose, Examination, Illness, Sign},
};
use crate::{
    codec::content::{Language, drills},
    model::{Date, Workspace},
};

/// How many companies are drawn at most until one shows what was planted. Of the pair that hides most, nine of ten do: this runs out
/// about once in 10^12 drills.
const TRIES: usize = 12;

/// How hard a drill is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// One illness that nobody can overlook, few choices.
    #[default]
    Clear,
    /// One illness that has to be looked for, or none.
    Faint,
    /// Two illnesses at once, all choices.
    Mixed,
}

impl Level {
    /// All of them, the easiest first.
    pub const ALL: [Self; 3] = [Self::Clear, Self::Faint, Self::Mixed];

    /// Its name in content, addresses and what is kept.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Clear => "clear",
            Self::Faint => "faint",
            Self::Mixed => "mixed",
        }
    }

    /// The level of a name.
    pub fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|level| level.code() == code)
    }

    /// The level of a number from 1; one beyond the hardest is the hardest.
    pub fn nth(number: u8) -> Self {
        Self::ALL.get(usize::from(number.saturating_sub(1))).copied().unwrap_or(Self::Mixed)
    }

    const fn dose(self) -> Dose {
        match self {
            Self::Clear | Self::Mixed => Dose::Strong,
            Self::Faint => Dose::Mild,
        }
    }

    /// How many figures and how many treatments there are to choose from; all that there are for a large number.
    const fn choices(self) -> (usize, usize) {
        match self {
            Self::Clear => (6, 4),
            Self::Faint => (8, 6),
            Self::Mixed => (10, Treatment::ALL.len()),
        }
    }
}

/// A drill: everything about it follows from these two, the day and the language.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Drill {
    /// What it is drawn from.
    pub seed: u64,
    /// How hard it is.
    pub level: Level,
}

/// What a drill asks.
#[derive(Clone, Debug, PartialEq)]
pub struct Question {
    /// True figures of the company to choose the evidence from, in an order that says nothing.
    pub figures: Vec<Sign>,
    /// Treatments to choose from, in an order that says nothing.
    pub treatments: Vec<Treatment>,
}

/// A drill that is made: the company to look at, and what is asked of it.
#[derive(Clone, Debug)]
pub struct Exercise {
    /// The company.
    pub company: Workspace,
    /// What is asked, and what is right.
    pub sheet: Sheet,
    /// What its readings say.
    pub examination: Examination,
}

impl Drill {
    /// What is planted: one illness, or none in one of seven faint drills, or two.
    pub fn condition(self) -> Condition {
        let mut draw = Draw::new(self.seed);
        let mut left = Illness::ALL.to_vec();
        let mut one = || left.swap_remove(draw.place(left.len()));
        let first = one();
        let second = one();
        match self.level {
            Level::Mixed => [first, second].into(),
            Level::Faint if draw.chance(1.0 / 7.0) => Condition::new(),
            Level::Clear | Level::Faint => [first].into(),
        }
    }

    /// The company and what is asked of it, as it stands on `today`. `None` when no company that was drawn shows what was planted, which
    /// does not happen.
    ///
    /// ```
    /// use loudou::{
    ///     codec::content::Language,
    ///     model::Date,
    ///     training::drill::{Answer, Drill, Level},
    /// };
    /// let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
    /// let exercise = Drill { seed: 7, level: Level::Clear }.make(Language::English, today).unwrap();
    /// let sheet = &exercise.sheet;
    /// assert_eq!(exercise.examination.found(), sheet.condition);
    /// // Whoever says nothing gets nothing, whoever says all that is right gets everything.
    /// assert_eq!(sheet.mark(&Answer::default()).score(), 0);
    /// assert_eq!(sheet.mark(&sheet.right()).score(), 100);
    /// ```
    pub fn make(self, language: Language, today: Date) -> Option<Exercise> {
        let condition = self.condition();
        let is_shown = |(_, examination): &(Workspace, Examination)| examination.found() == condition;
        let (company, examination) = self.companies(language, today).take(TRIES).find(is_shown)?;
        let question = self.question(&condition, &examination);
        let evidence = examination.evidence(&condition);
        let sheet = Sheet { question, condition, evidence };
        Some(Exercise { company, sheet, examination })
    }

    /// The companies that are drawn for it, one after the other, whatever they show.
    fn companies(self, language: Language, today: Date) -> impl Iterator<Item = (Workspace, Examination)> {
        let condition = self.condition();
        let mut draw = Draw::new(!self.seed);
        let name = draw.pick(&drills::drills().companies);
        std::iter::repeat_with(move || {
            let company = illness::company((language, today, draw.seed()), name, &condition, self.level.dose());
            let examination = Examination::of(&company, today);
            (company, examination)
        })
    }

    fn question(self, condition: &Condition, examination: &Examination) -> Question {
        let mut draw = Draw::new(self.seed.rotate_left(8));
        let (figures, treatments) = self.level.choices();
        let evidence = examination.evidence(condition);
        // What is out of order for another reason would be a quarrel, not a choice.
        let (mut speaking, mut beside): (Vec<Sign>, Vec<Sign>) = examination
            .signs()
            .iter()
            .filter(|sign| !sign.ill || evidence.contains(&sign.figure))
            .cloned()
            .partition(|sign| sign.ill);
        draw.shuffle(&mut beside);
        beside.truncate(figures.saturating_sub(speaking.len()));
        speaking.append(&mut beside);
        draw.shuffle(&mut speaking);
        let right = Treatment::of(condition);
        let mut others: Vec<_> = Treatment::ALL.into_iter().filter(|one| !right.contains(one)).collect();
        draw.shuffle(&mut others);
        others.truncate(treatments.saturating_sub(right.len()));
        others.extend(right);
        draw.shuffle(&mut others);
        Question { figures: speaking, treatments: others }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_level_says_how_many_illnesses_are_planted() {
        let planted = |level| (0..400).map(move |seed| Drill { seed, level }.condition());
        assert!(planted(Level::Clear).all(|condition| condition.len() == 1));
        assert!(planted(Level::Mixed).all(|condition| condition.len() == 2));
        let healthy = planted(Level::Faint).filter(Condition::is_empty).count();
        assert!((30..90).contains(&healthy) && planted(Level::Faint).all(|condition| condition.len() < 2));
        let all: BTreeSet<_> = planted(Level::Clear).collect();
        assert_eq!(all.len(), Illness::ALL.len());
        assert_eq!(planted(Level::Mixed).collect::<BTreeSet<_>>().len(), 15);
    }

    #[test]
    fn a_company_that_does_not_show_what_was_planted_is_passed_over() {
        let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
        // One of few of which the first company does not. Where companies come to be made otherwise, it is another one.
        let drill = Drill { seed: 101, level: Level::Faint };
        let mut drawn = drill.companies(Language::English, today);
        let (_, examination) = drawn.next().unwrap();
        assert_ne!(examination.found(), drill.condition());
        let (second, examination) = drawn.next().unwrap();
        assert_eq!(examination.found(), drill.condition());
        let given = drill.make(Language::English, today).unwrap();
        assert_eq!((given.company, given.examination), (second, examination));
        assert_eq!(given.sheet.condition, drill.condition());
    }

    #[test]
    fn levels_read_back() {
        assert!(Level::ALL.into_iter().all(|level| Level::of_code(level.code()) == Some(level)));
        assert_eq!(Level::of_code("hard"), None);
    }
}
