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

impl Promise {
    /// Whether it is neither settled nor done in time: its day lies before `today`. On its day itself it is not late yet.
    ///
    /// ```
    /// use loudou::model::{Date, Promise, Settled};
    /// let day = |text: &str| text.parse::<Date>().unwrap();
    /// let mut promise = Promise {
    ///     id: 1.into(),
    ///     person: 2.into(),
    ///     made: day("2026-11-23"),
    ///     due: day("2026-11-30"),
    ///     text: "Visit the chief engineer".to_owned(),
    ///     deal: None,
    ///     customer: None,
    ///     reaches: None,
    ///     settled: None,
    /// };
    /// assert!(!promise.is_late(day("2026-11-30")) && promise.is_late(day("2026-12-01")));
    /// promise.settled = Some(Settled { on: day("2026-12-02"), kept: false, note: String::new() });
    /// assert!(!promise.is_late(day("2026-12-03")));
    /// ```
    pub fn is_late(&self, today: Date) -> bool {
        self.settled.is_none() && self.due < today
    }
}
