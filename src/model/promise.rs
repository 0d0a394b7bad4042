//! Promises (承诺): what somebody said at the weekly meeting that he or she would do.

use super::{CustomerId, Date, DealId, PersonId, PromiseId, StageId};

/// What came of a promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settled {
    /// The day it was settled.
    pub on: Date,
    /// Whether it was kept.
    pub kept: bool,
    /// More about it.
    pub note: String,
}

/// What somebody promised to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promise {
    /// Unique within the workspace.
    pub id: PromiseId,
    /// Who promised it.
    pub person: PersonId,
    /// The day it was promised.
    pub made: Date,
    /// The day by which it is to be done, not before `made`.
    pub due: Date,
    /// What is to be done; blank only when `reaches` says it.
    pub text: String,
    /// The deal it is about.
    pub deal: Option<DealId>,
    /// The customer it is about.
    pub customer: Option<CustomerId>,
    /// The stage that the deal is to reach: one of its model when this was written. Never without a deal.
    pub reaches: Option<StageId>,
    /// What came of it; `None` until somebody says so.
    pub settled: Option<Settled>,
}
