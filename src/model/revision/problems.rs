//! What is wrong with the form of a model.

use std::collections::BTreeSet;

use super::ModelDraft;
use crate::model::{CriterionId, RecordKind, Rejection, StageId};

/// More stages than this are rarely told apart.
const MANY: usize = 12;

/// Something that is wrong with a form, or unusual enough to be asked about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ModelProblem {
    /// The model has no name.
    NoName,
    /// The model has no stage.
    NoStage,
    /// A stage has no name.
    Nameless(StageId),
    /// A stage has the name of one before it.
    Twin(StageId),
    /// A stage takes no day.
    NoDuration(StageId),
    /// Nobody goes on past the stage: a funnel that ends there brings nothing.
    NobodyPasses(StageId),
    /// A criterion of the stage says nothing.
    BlankCriterion(StageId, CriterionId),
    /// The segment at this place has no name.
    NamelessSegment(usize),
    /// What follows after the win has no name.
    NamelessAfterSale,
    /// Its return visits have no day between them.
    NoInterval,
    /// Winning is less likely than in the stage before.
    ProbabilityFalls(StageId),
    /// More of its deals are won than go on past it.
    WinsExceedPasses(StageId),
    /// Its zone, set by hand, is above that of the stage before.
    ZoneFalls(StageId),
    /// Its quota weight, set by hand, is not its probability.
    WeightApart(StageId),
    /// There are so many stages, more than twelve.
    ManyStages(usize),
}

impl ModelProblem {
    /// Whether a form with this is refused; otherwise it is only to be confirmed.
    pub fn refuses(self) -> bool {
        !matches!(
            self,
            Self::ProbabilityFalls(_)
                | Self::WinsExceedPasses(_)
                | Self::ZoneFalls(_)
                | Self::WeightApart(_)
                | Self::ManyStages(_)
        )
    }

    /// The stage it is about.
    pub fn stage(self) -> Option<StageId> {
        match self {
            Self::Nameless(stage)
            | Self::Twin(stage)
            | Self::NoDuration(stage)
            | Self::NobodyPasses(stage)
            | Self::BlankCriterion(stage, _)
            | Self::ProbabilityFalls(stage)
            | Self::WinsExceedPasses(stage)
            | Self::ZoneFalls(stage)
            | Self::WeightApart(stage) => Some(stage),
            Self::NoName
            | Self::NoStage
            | Self::NamelessSegment(_)
            | Self::NamelessAfterSale
            | Self::NoInterval
            | Self::ManyStages(_) => None,
        }
    }

    /// The rule that refuses the form; `None` for what is only to be confirmed.
    pub(in crate::model) fn rejection(self) -> Option<Rejection> {
        match self {
            Self::NoName => Some(Rejection::Blank(RecordKind::Model)),
            Self::NoStage => Some(Rejection::NoStage),
            Self::Nameless(_) => Some(Rejection::Blank(RecordKind::Stage)),
            Self::Twin(stage) => Some(Rejection::TwinStage(stage)),
            Self::NoDuration(stage) => Some(Rejection::NoDuration(stage)),
            Self::NobodyPasses(stage) => Some(Rejection::NobodyPasses(stage)),
            Self::BlankCriterion(..) => Some(Rejection::Blank(RecordKind::Criterion)),
            Self::NamelessSegment(_) => Some(Rejection::BlankSegment),
            Self::NamelessAfterSale => Some(Rejection::BlankAfterSale),
            Self::NoInterval => Some(Rejection::NoInterval),
            Self::ProbabilityFalls(_)
            | Self::WinsExceedPasses(_)
            | Self::ZoneFalls(_)
            | Self::WeightApart(_)
            | Self::ManyStages(_) => None,
        }
    }
}

impl ModelDraft {
    /// Everything that is wrong with the form or to be confirmed, in the order of the stages.
    pub fn problems(&self) -> Vec<ModelProblem> {
        use ModelProblem as Problem;
        let blank = |text: &str| text.trim().is_empty();
        let mut found = Vec::new();
        let mut note = |wrong: bool, problem: Problem| found.extend(wrong.then_some(problem));
        note(blank(&self.name), Problem::NoName);
        note(self.stages.is_empty(), Problem::NoStage);
        note(self.stages.len() > MANY, Problem::ManyStages(self.stages.len()));
        let mut names = BTreeSet::new();
        let mut before: Option<&crate::model::Stage> = None;
        for stage in &self.stages {
            let id = stage.id;
            note(blank(&stage.name), Problem::Nameless(id));
            note(!blank(&stage.name) && !names.insert(stage.name.trim().to_lowercase()), Problem::Twin(id));
            note(stage.expected_days == 0, Problem::NoDuration(id));
            let passes = stage.promotion_rate.basis_points() > 0;
            note(!passes, Problem::NobodyPasses(id));
            for criterion in &stage.criteria {
                note(blank(&criterion.text), Problem::BlankCriterion(id, criterion.id));
            }
            note(before.is_some_and(|before| stage.probability < before.probability), Problem::ProbabilityFalls(id));
            note(passes && stage.probability > stage.promotion_rate, Problem::WinsExceedPasses(id));
            note(stage.zone.is_some() && before.is_some_and(|b| stage.zone() < b.zone()), Problem::ZoneFalls(id));
            note(stage.weight.is_some_and(|weight| weight != stage.probability), Problem::WeightApart(id));
            before = Some(stage);
        }
        if let Some(after) = &self.after_sale {
            note(blank(&after.name), Problem::NamelessAfterSale);
            note(after.return_visit_days == 0, Problem::NoInterval);
        }
        for (place, segment) in self.segments.iter().enumerate() {
            note(blank(&segment.name), Problem::NamelessSegment(place));
        }
        found
    }
}
