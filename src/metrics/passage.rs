//! The way of every deal through every stage: the ground on which conversion and durations stand.

use super::{
    View,
    cohort::Fate,
    frame::{Frame, Row, Step},
    timeline::until,
    view::Status,
};
use crate::model::Date;

/// What a deal passes through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leg {
    /// A stage, by its number in the frame: passed by standing in a later stage of the model or by being won.
    Stage(usize),
    /// The whole model: entered with its first stage, passed by being won.
    Whole,
}

/// A deal's way through one leg, from the first entry until it is passed, lost or no longer watched.
#[derive(Clone, Copy, Debug)]
pub(super) struct Passage {
    pub(super) row: Row,
    /// The model, by its number in the frame.
    pub(super) model: usize,
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

    fn end(&mut self, fate: Fate, until: Option<Date>) {
        (self.fate, self.until) = (fate, until);
    }
}

impl View<'_> {
    /// Gives the passages of each deal of the view, in the order of the first entries, to `take`.
    pub(super) fn each_passages(&self, mut take: impl FnMut(&[Passage])) {
        let mut journey = Journey { frame: self.frame, model: None, passages: Vec::new() };
        for state in &self.states {
            for (on, step) in until(self.frame.steps(state.row), self.as_of) {
                match step {
                    Step::Stands(stage) => journey.stand(state.row, *stage, *on),
                    Step::Restaged(stage) => journey.restage(state.row, *stage),
                    Step::Won => journey.undecided_here().for_each(|passage| passage.end(Fate::Passed, *on)),
                    Step::Lost | Step::Dormant(_) => {}
                }
            }
            let (fate, until) = self.ending(state.status);
            journey.undecided_here().for_each(|passage| passage.end(fate, until));
            journey.model = None;
            take(&journey.passages);
            journey.passages.clear();
        }
    }

    /// What a deal that has not passed is, and since when.
    pub(super) fn ending(&self, status: Status) -> (Fate, Option<Date>) {
        match status {
            Status::Lost(on) => (Fate::Lost, on),
            Status::Dormant(Some(wake)) if wake < self.as_of => (Fate::Lost, wake.succ_opt()),
            Status::Open | Status::Won(_) | Status::Dormant(_) => (Fate::Open, Some(self.as_of)),
        }
    }
}

/// One deal on its way.
struct Journey<'a> {
    frame: &'a Frame,
    /// The model the deal stands in; `None` in a stage that no model has.
    model: Option<usize>,
    passages: Vec<Passage>,
}

impl Journey<'_> {
    /// The passages through the model the deal stands in, as far as nothing is decided.
    fn undecided_here(&mut self) -> impl Iterator<Item = &mut Passage> {
        let model = self.model;
        self.passages.iter_mut().filter(move |passage| passage.fate == Fate::Open && Some(passage.model) == model)
    }

    /// The deal comes to stand in a stage.
    fn stand(&mut self, row: Row, stage: Option<usize>, on: Option<Date>) {
        let model = stage.and_then(|stage| self.frame.stages.get(stage)).map(|stage| stage.model);
        if self.model != model {
            // It leaves the model: nothing can be seen of it there from now on, unless it comes back.
            self.undecided_here().for_each(|passage| passage.until = on);
            self.model = model;
        }
        let (Some(model), Some(stage)) = (model, stage) else { return };
        self.pass(stage, on);
        self.enter(row, model, stage, on);
    }

    /// A revision of the model puts the deal into another stage. That decides nothing: it has not gone on past the stage it was in.
    /// Nor does anybody know since when it would have stood in the other one.
    fn restage(&mut self, row: Row, stage: Option<usize>) {
        if let Some((model, stage)) = self.model.zip(stage) {
            self.enter(row, model, stage, None);
        }
    }

    /// Whatever lies before this stage is passed.
    fn pass(&mut self, stage: usize, on: Option<Date>) {
        for passage in self.undecided_here() {
            if matches!(passage.leg, Leg::Stage(before) if before < stage) {
                passage.end(Fate::Passed, on);
            }
        }
    }

    fn enter(&mut self, row: Row, model: usize, stage: usize, on: Option<Date>) {
        self.begin(row, model, Leg::Stage(stage), on);
        if self.frame.models.get(model).is_some_and(|model| model.stages.start == stage) {
            self.begin(row, model, Leg::Whole, on);
        }
    }

    fn begin(&mut self, row: Row, model: usize, leg: Leg, entered: Option<Date>) {
        if !self.passages.iter().any(|passage| passage.model == model && passage.leg == leg) {
            self.passages.push(Passage { row, model, leg, entered, fate: Fate::Open, until: None });
        }
    }
}
