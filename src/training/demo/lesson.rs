//! A lesson: how a team goes about one stage before and after a day on which it begins to learn something.

use super::calendar::Workday;
use crate::{
    codec::content::{Text, recipes::CaseRecipes},
    model::ActivityKind,
    training::draw::Draw,
};

/// What changes in one stage, and when.
pub(super) struct Lesson<'a> {
    /// The position of the stage in its model.
    pub position: usize,
    /// The first day of it.
    pub on: Workday,
    /// Working days over which it is drilled.
    pub drilled: Workday,
    /// The promotion rate of the stage as a multiple of its model's: before, from the first day on, and once all is drilled.
    pub skills: [f64; 3],
    /// The same of the first stage, at any time: whoever offers to show something is soon let in.
    pub entrance: f64,
    /// How likely a criterion that the gate asks for is seen to before.
    pub thoroughness: f64,
    /// The words for it.
    pub words: &'a CaseRecipes,
}

impl Lesson<'_> {
    /// Whether a deal that comes to the stage on this day meets a team that has not learnt yet.
    pub(super) const fn is_ahead(&self, day: Workday) -> bool {
        day < self.on
    }

    /// How the promotion rate of a stage stands to that of its model for deals that come to it on this day.
    pub(super) fn skill(&self, position: usize, day: Workday) -> f64 {
        if position != self.position {
            return if position == 0 { self.entrance } else { 1.0 };
        }
        let [before, first, drilled] = self.skills;
        if self.is_ahead(day) {
            return before;
        }
        let share = f64::from(day - self.on) / f64::from(self.drilled.max(1));
        first + (drilled - first) * share.min(1.0)
    }

    /// What a first visit is, and the notes on it to choose from: before, the product is shown on most of them; after, hardly ever.
    pub(super) fn first_visit(&self, draw: &mut Draw, day: Workday) -> (ActivityKind, &[Text]) {
        let shows = draw.chance(if self.is_ahead(day) { 0.78 } else { 0.06 });
        if shows { (ActivityKind::Demo, &self.words.showing) } else { (ActivityKind::Visit, &self.words.asking) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_team_learns_on_the_first_day_and_over_the_drills() {
        let words = CaseRecipes::default();
        let lesson = Lesson {
            position: 1,
            on: -40,
            drilled: 20,
            skills: [0.5, 1.0, 1.2],
            entrance: 1.3,
            thoroughness: 0.5,
            words: &words,
        };
        assert!(
            [(0, 1.3), (2, 1.0)].iter().all(|(position, wanted)| (lesson.skill(*position, -50) - wanted).abs() < 1e-12)
        );
        let skills = [-41, -40, -30, -20, 0].map(|day| lesson.skill(1, day));
        for (skill, wanted) in skills.into_iter().zip([0.5, 1.0, 1.1, 1.2, 1.2]) {
            assert!((skill - wanted).abs() < 1e-12);
        }
        assert!(lesson.is_ahead(-41) && !lesson.is_ahead(-40));
    }
}
