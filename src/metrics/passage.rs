//! The way of every deal through every stage: the ground on which conversion and durations stand.

use super::{
    View,
    cohort::Fate,
    frame::{Row, Step},
    view::{State, Status},
};
use crate::model::Date;

/// What a deal passes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leg {
    /// A stage, by its number in the frame: passed by standing in a later stage of the model or by being won.
    Stage(usize),
    /// A whole model, by its number in the frame: entered with its first stage, passed by being won.
    Whole(usize),
}

/// A deal's way through one leg, from the first entry until it is passed, lost or no longer watched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage {
    pub(super) row: Row,
    pub(super) leg: Leg,
    pub(super) entered: Option<Date>,
    pub(super) fate: Fate,
    /// When it was passed or lost, or was last seen open.
    pub(super) until: Option<Date>,
}

impl Passage {
    /// Days from the entry to the end; `None` when the entry is undated. Later events are undated only if earlier ones are.
    pub(super) fn days(&self) -> Option<u32> {
        u32::try_from((self.until? - self.entered?).num_days()).ok()
    }
}

impl View<'_> {
    /// All passages of all deals of the view: deal by deal, in the order of the first entries.
    pub(super) fn passages(&self) -> Vec<Passage> {
        let mut passages = Vec::new();
        for state in &self.states {
            let before = passages.len();
            self.follow(state, &mut passages, before);
        }
        passages
    }

    /// Adds the passages of one deal to `all`, where they begin at `first`.
    fn follow(&self, state: &State, all: &mut Vec<Passage>, first: usize) {
        // Where the deal stands now: its model and its stage.
        let mut here: Option<(usize, usize)> = None;
        for (on, step) in self.frame.steps.until(state.row, self.as_of) {
            let mine = all.get_mut(first..).unwrap_or_default();
            match step {
                Step::Stands(place) => {
                    let next = place.and_then(|stage| Some((self.frame.stages.get(stage)?.model, stage)));
                    for passage in mine.iter_mut().filter(|passage| passage.fate == Fate::Open) {
                        let model = self.model_of(passage.leg);
                        match (passage.leg, next) {
                            (Leg::Stage(stage), Some((there, now))) if model == Some(there) && stage < now => {
                                (passage.fate, passage.until) = (Fate::Passed, *on);
                            }
                            // It left the model: from here on nothing can be seen of it there, until it comes back.
                            (_, there) if model == here.map(|(model, _)| model) && model != there.map(|t| t.0) => {
                                passage.until = *on;
                            }
                            _ => {}
                        }
                    }
                    if let Some((model, stage)) = next {
                        self.enter(state.row, model, stage, *on, all, first);
                    }
                    here = next;
                }
                Step::Won => {
                    for passage in mine.iter_mut().filter(|passage| passage.fate == Fate::Open) {
                        if here.is_some() && self.model_of(passage.leg) == here.map(|(model, _)| model) {
                            (passage.fate, passage.until) = (Fate::Passed, *on);
                        }
                    }
                }
                Step::Lost | Step::Dormant(_) => {}
            }
        }
        let (fate, until) = self.ending(state.status);
        for passage in all.get_mut(first..).unwrap_or_default().iter_mut().filter(|passage| passage.fate == Fate::Open)
        {
            if here.is_some() && self.model_of(passage.leg) == here.map(|(model, _)| model) {
                (passage.fate, passage.until) = (fate, until);
            }
        }
    }

    fn enter(&self, row: Row, model: usize, stage: usize, on: Option<Date>, all: &mut Vec<Passage>, first: usize) {
        let begins = self.frame.models.get(model).is_some_and(|model| model.stages.start == stage);
        for leg in [Some(Leg::Stage(stage)), begins.then_some(Leg::Whole(model))].into_iter().flatten() {
            let known = all.get(first..).unwrap_or_default().iter().any(|passage| passage.leg == leg);
            if !known {
                all.push(Passage { row, leg, entered: on, fate: Fate::Open, until: None });
            }
        }
    }

    fn model_of(&self, leg: Leg) -> Option<usize> {
        match leg {
            Leg::Stage(stage) => self.frame.stages.get(stage).map(|stage| stage.model),
            Leg::Whole(model) => Some(model),
        }
    }

    /// What a deal that has not passed is, and since when.
    fn ending(&self, status: Status) -> (Fate, Option<Date>) {
        match status {
            Status::Lost(on) => (Fate::Lost, on),
            Status::Dormant(Some(wake)) if wake < self.as_of => (Fate::Lost, wake.succ_opt()),
            Status::Open | Status::Won(_) | Status::Dormant(_) => (Fate::Open, Some(self.as_of)),
        }
    }
}
