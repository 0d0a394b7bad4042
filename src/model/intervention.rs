//! Interventions (干预): a training or another rule for a stage, marked so that before and after can be compared.

use super::{Date, InterventionId, ModelId, PersonId, StageId};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InterventionKind {
    /// 培训
    Training,
    /// 规则变更: a gate, a criterion, a way of working
    RuleChange,
    /// 其他
    Other,
}

impl InterventionKind {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Training, Self::RuleChange, Self::Other];
}

/// Something that was done so that a stage goes better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Intervention {
    /// Unique within the workspace.
    pub id: InterventionId,
    /// Never blank.
    pub name: String,
    /// What was done.
    pub kind: InterventionKind,
    /// The model of the stage.
    pub model: ModelId,
    /// The stage it is about; it may have left the model since.
    pub stage: StageId,
    /// The day from which it holds.
    pub from: Date,
    /// The last day on which it holds, not before `from`; `None` while it goes on.
    pub until: Option<Date>,
    /// Whom it is about, nobody twice; empty for everybody.
    pub people: Vec<PersonId>,
    /// More about it.
    pub note: String,
}
