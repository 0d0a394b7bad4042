//! Funnel models: an ordered list of stages and the rules for leaving them (method §2).

use super::{AfterSale, CriterionId, Date, ModelId, RequiredField, Share, StageId};

/// Where in the funnel a stage sits (上部 / 中部 / 下部).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Zone {
    /// The candidate list: win chance below 20 %.
    Upper,
    /// The short list: 20 % up to 50 %.
    Middle,
    /// Decided, formalities left: 50 % and more.
    Lower,
}

impl Zone {
    /// The zone a stage of this probability sits in unless its model says otherwise.
    ///
    /// ```
    /// use loudou::model::{Share, Zone};
    /// assert_eq!(Zone::of(Share::percent(19)), Zone::Upper);
    /// assert_eq!(Zone::of(Share::percent(20)), Zone::Middle);
    /// assert_eq!(Zone::of(Share::percent(50)), Zone::Lower);
    /// ```
    pub fn of(probability: Share) -> Self {
        if probability < Share::percent(20) {
            Self::Upper
        } else if probability < Share::percent(50) {
            Self::Middle
        } else {
            Self::Lower
        }
    }
}

/// Evidence that a deal is ready to leave a stage (升迁标志).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Unique within the workspace.
    pub id: CriterionId,
    /// What must be seen, in the user's words.
    pub text: String,
    /// Whether a move forward is refused without it; otherwise it is advice.
    pub required: bool,
}

/// What a seller is advised to do and say in a stage (策略与话术).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Playbook {
    /// What has to be true at the end of the stage, in a sentence; where days count, with the time by which.
    pub goal: String,
    /// How to play the stage.
    pub strategy: String,
    /// Questions to ask the customer.
    pub questions: Vec<String>,
    /// Phrases that work.
    pub phrases: Vec<String>,
    /// Material to bring.
    pub material: Vec<String>,
    /// Common objections, each with an answer.
    pub objections: Vec<(String, String)>,
}

/// A step of the sales process (阶段).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stage {
    /// Unique over all models of the workspace.
    pub id: StageId,
    /// The stage's name, data in the user's language.
    pub name: String,
    /// The zone set by hand; `None` takes it from the probability.
    pub zone: Option<Zone>,
    /// Assumed chance that a deal in this stage is won.
    pub probability: Share,
    /// Assumed share of the deals in this stage that go on past it.
    pub promotion_rate: Share,
    /// Days a healthy deal spends in the stage, at least 1.
    pub expected_days: u16,
    /// Weight for quota planning; `None` takes the probability.
    pub weight: Option<Share>,
    /// What must be seen before a deal leaves forward.
    pub criteria: Vec<Criterion>,
    /// What the seller does in the stage.
    pub tasks: Vec<String>,
    /// Fields that must be filled before a deal leaves forward.
    pub required_fields: Vec<RequiredField>,
    /// Advice shown at the stage.
    pub playbook: Playbook,
}

impl Stage {
    /// The zone set by hand, or the one its probability puts it in.
    pub fn zone(&self) -> Zone {
        self.zone.unwrap_or_else(|| Zone::of(self.probability))
    }

    /// The weight for quota planning: the one set by hand, or its probability.
    pub fn planning_weight(&self) -> Share {
        self.weight.unwrap_or(self.probability)
    }
}

/// An earlier form of a model, kept so that what was counted under it stays counted under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// The day this form was replaced.
    pub until: Date,
    /// What else the model said then; `None` when nobody kept it.
    pub cover: Option<Cover>,
    /// The stages as they were.
    pub stages: Vec<Stage>,
    /// What followed after the win.
    pub after_sale: Option<AfterSale>,
}

/// What a form of a model says besides its stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cover {
    /// The model's name.
    pub name: String,
    /// When to use it.
    pub description: String,
    /// The segments of its customers.
    pub segments: Vec<Segment>,
}

/// A stage that deals went through and that left its model, and what it has read as since.
///
/// The stage itself is in the revisions. Histories go on naming it: whatever needs its place in the model takes that of the stage
/// it went into, so that a merged stage reads as one from the first day on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Retirement {
    /// The stage that left.
    pub stage: StageId,
    /// The day it left.
    pub on: Date,
    /// The stage its deals and its history went into; it may have left later itself.
    pub into: StageId,
    /// The day from which it no longer reads so: a restored revision brought it back, or what it went into left too and no deal
    /// names either any more. `None` while it does.
    pub until: Option<Date>,
}

/// A group of customers that is addressed in its own way (客户细分), for models that nurture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The segment's name.
    pub name: String,
    /// Which customers belong to it.
    pub who: String,
    /// The marketing action they get.
    pub action: String,
}

/// An ordered list of stages (销售漏斗模型). Won, lost and dormant are outcomes, not stages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunnelModel {
    /// Unique within the workspace.
    pub id: ModelId,
    /// The model's name, data in the user's language.
    pub name: String,
    /// When to use it.
    pub description: String,
    /// At least one stage, first to last.
    pub stages: Vec<Stage>,
    /// What follows once a deal is won; `None` when the model ends there.
    pub after_sale: Option<AfterSale>,
    /// The segments of its customers; few models have any.
    pub segments: Vec<Segment>,
    /// Earlier forms, oldest first.
    pub revisions: Vec<Revision>,
    /// Stages that left although deals went through them, oldest first.
    pub retired: Vec<Retirement>,
}

impl FunnelModel {
    /// What its present form says besides its stages.
    pub fn cover(&self) -> Cover {
        Cover { name: self.name.clone(), description: self.description.clone(), segments: self.segments.clone() }
    }

    /// The present form as one that was replaced on a day.
    pub fn replaced(&self, until: Date) -> Revision {
        Revision { until, cover: Some(self.cover()), stages: self.stages.clone(), after_sale: self.after_sale.clone() }
    }

    /// The place of a stage in the order, from 0; `None` when the model has no such stage.
    pub fn position(&self, stage: StageId) -> Option<usize> {
        self.stages.iter().position(|s| s.id == stage)
    }

    /// The stage with this id.
    pub fn stage(&self, stage: StageId) -> Option<&Stage> {
        self.stages.iter().find(|s| s.id == stage)
    }

    /// The stage with this id, also when it has left the model: then in its latest form.
    pub fn known_stage(&self, stage: StageId) -> Option<&Stage> {
        let earlier = self.revisions.iter().rev().flat_map(|revision| &revision.stages);
        self.stages.iter().chain(earlier).find(|s| s.id == stage)
    }

    /// The criterion with this id, also when it has left the model: then in its latest form.
    pub fn known_criterion(&self, criterion: CriterionId) -> Option<&Criterion> {
        let earlier = self.revisions.iter().rev().flat_map(|revision| &revision.stages);
        self.stages.iter().chain(earlier).flat_map(|stage| &stage.criteria).find(|c| c.id == criterion)
    }

    /// The stage of the model that this one reads as: itself, or the one it went into, over as many steps as that takes.
    /// `None` for a stranger.
    pub fn reads_as(&self, stage: StageId) -> Option<StageId> {
        let mut reads = stage;
        // A chain without an end would have to come by a stage twice.
        for _ in 0..=self.retired.len() {
            if self.stage(reads).is_some() {
                return Some(reads);
            }
            reads = self.gone().find(|retirement| retirement.stage == reads)?.into;
        }
        None
    }

    /// The place in the order, from 0, of the stage that this one reads as; `None` for a stranger.
    pub fn place(&self, stage: StageId) -> Option<usize> {
        self.position(self.reads_as(stage)?)
    }

    /// The stages that have left and read as others now.
    pub fn gone(&self) -> impl Iterator<Item = &Retirement> {
        self.retired.iter().filter(|retirement| retirement.until.is_none())
    }

    /// The model in the form that held on `day`, so that what was counted under that form can be counted so again. On the day of
    /// a revision the new form holds; before the first one, the oldest.
    #[must_use]
    pub fn on(&self, day: Date) -> Self {
        let at = self.revisions.iter().rposition(|revision| revision.until <= day).map_or(0, |before| before + 1);
        let Some(form) = self.revisions.get(at) else { return self.clone() };
        let gone = |retirement: &&Retirement| retirement.on <= day && retirement.until.is_none_or(|until| until > day);
        let retired = self.retired.iter().filter(gone).map(|retirement| Retirement { until: None, ..*retirement });
        Self {
            stages: form.stages.clone(),
            after_sale: form.after_sale.clone(),
            revisions: self.revisions.iter().take(at).cloned().collect(),
            retired: retired.collect(),
            ..self.clone()
        }
    }

    /// The stage after this one; `None` for the last one and for a stranger.
    pub fn next(&self, stage: StageId) -> Option<&Stage> {
        self.stages.get(self.position(stage)? + 1)
    }

    /// The stage before this one; `None` for the first one and for a stranger.
    pub fn previous(&self, stage: StageId) -> Option<&Stage> {
        self.stages.get(self.position(stage)?.checked_sub(1)?)
    }
}
