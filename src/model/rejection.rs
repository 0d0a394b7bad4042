//! Why a command was refused.

use super::{Date, Missing, StageId, removal::Obstacle};

/// A kind of record, to say which one a rule is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecordKind {
    /// A funnel model.
    Model,
    /// A stage of a model.
    Stage,
    /// A promotion criterion of a stage.
    Criterion,
    /// A department.
    Department,
    /// A person of the team.
    Person,
    /// A product.
    Product,
    /// A customer.
    Customer,
    /// A contact at a customer.
    Contact,
    /// A deal.
    Deal,
    /// An activity.
    Activity,
    /// A target profile.
    Target,
    /// A campaign.
    Campaign,
    /// A quota.
    Quota,
    /// A promise.
    Promise,
    /// A handover.
    Handover,
    /// An intervention.
    Intervention,
    /// A problem of the catalogue.
    Problem,
    /// An appraisal scheme.
    Scheme,
    /// A field of the user's own.
    CustomField,
    /// A view that was kept.
    View,
}

/// The rule that refused a command. Nothing changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Rejection {
    /// There is no such record.
    #[error("no such {0:?}")]
    Unknown(RecordKind),
    /// A new record has the id of an existing one, or an id stands twice.
    #[error("a {0:?} with this id exists")]
    Exists(RecordKind),
    /// A name or title is blank.
    #[error("a {0:?} needs a name")]
    Blank(RecordKind),
    /// The workspace's name is blank.
    #[error("the workspace needs a name")]
    BlankName,
    /// A reason for losing deals, offered for choice, is blank.
    #[error("a reason for losing deals needs a name")]
    BlankLostReason,
    /// The next action of a deal does not say what is to be done.
    #[error("the next action says nothing")]
    BlankNextAction,
    /// Other records name it.
    #[error("the {kind:?} is named by {by} records")]
    InUse {
        /// What was to go.
        kind: RecordKind,
        /// How many records name it.
        by: usize,
    },
    /// A stage that deals stand in or went through was to leave its model, and nothing says which stage they go into.
    #[error("{deals} deals stand in the stage or went through it")]
    StageInUse {
        /// The stage.
        stage: StageId,
        /// How many deals.
        deals: usize,
    },
    /// A model without stages.
    #[error("a model needs a stage")]
    NoStage,
    /// A stage whose expected days are 0.
    #[error("a stage lasts at least a day")]
    NoDuration(StageId),
    /// A stage past which nobody goes on.
    #[error("somebody must go on past a stage")]
    NobodyPasses(StageId),
    /// A stage with the name of another one of its model.
    #[error("another stage has this name")]
    TwinStage(StageId),
    /// A segment of a model is blank.
    #[error("a segment needs a name")]
    BlankSegment,
    /// What follows in a model after the win has no name.
    #[error("what follows after the win needs a name")]
    BlankAfterSale,
    /// Return visits without a day between them.
    #[error("there is at least a day between return visits")]
    NoInterval,
    /// A department inside itself, a customer that referred itself, or a deal that follows from itself.
    #[error("the {0:?} would contain itself")]
    Circle(RecordKind),
    /// A customer was to be merged with itself.
    #[error("a customer cannot be merged with itself")]
    SameCustomer,
    /// The gate of the stage being left is not met.
    #[error("{} things are missing to leave the stage", missing.len())]
    GateClosed {
        /// The stage being left.
        stage: StageId,
        /// What is missing.
        missing: Vec<Missing>,
    },
    /// An override needs a written reason.
    #[error("an override needs a reason")]
    OverrideReason,
    /// The deal is won, lost or asleep.
    #[error("the deal is not open")]
    NotOpen,
    /// The deal is open already.
    #[error("the deal is open")]
    AlreadyOpen,
    /// The deal is in this stage already.
    #[error("the deal is in this stage")]
    SameStage,
    /// Losing a deal needs a reason.
    #[error("a lost deal needs a reason")]
    LostReason,
    /// This reason for losing a deal needs a note.
    #[error("this reason needs a note")]
    LostNote,
    /// The day of the command lies before the deal's latest event.
    #[error("the deal's history goes on to {last}")]
    BeforeHistory {
        /// The day of the latest event.
        last: Date,
    },
    /// A wake-up date that is not after the day the deal goes to sleep.
    #[error("the wake-up date must lie ahead")]
    WakeInPast,
    /// A currency with other digits cannot take over the amounts.
    #[error("amounts are written in a currency with other digits")]
    CurrencyInUse,
    /// The fiscal year's first month is not 1 to 12.
    #[error("no such month")]
    Month,
    /// A satisfaction that is not 1 to 5.
    #[error("satisfaction is 1 to 5")]
    Satisfaction,
    /// A value that a field of the user's own cannot hold.
    #[error("{field} cannot hold this value")]
    CustomValue {
        /// The field's name.
        field: String,
    },
    /// A choice without anything to choose from, or with a blank or the same text twice.
    #[error("a choice needs different texts")]
    NoOptions,
    /// A target profile whose criterion weighs nothing.
    #[error("a criterion weighs at least 1")]
    NoWeight,
    /// A campaign or an intervention that ends before it starts.
    #[error("it ends before it starts")]
    EndsBeforeStart,
    /// A quota that begins within a month.
    #[error("a quota begins with the first day of a month")]
    MidMonth,
    /// A quota below 0.
    #[error("a quota is not below 0")]
    BelowZero,
    /// A locked quota was to be changed or removed.
    #[error("the quota is locked")]
    Locked,
    /// A promise that neither says what is to be done nor which stage the deal is to reach.
    #[error("a promise says what is to be done")]
    BlankPromise,
    /// A promise to reach a stage, without a deal.
    #[error("a stage is reached by a deal")]
    NothingToReach,
    /// A promise that is due before it was made.
    #[error("a promise is due after it was made")]
    DueBeforeMade,
    /// A customer or a deal that stands twice in a handover.
    #[error("a handover names a customer or a deal once")]
    HandedOverTwice,
    /// A person that stands twice in an intervention.
    #[error("an intervention names a person once")]
    PersonTwice,
    /// A problem of the catalogue that does not say who has it or what it is.
    #[error("a problem says who has it and what it is")]
    BlankProblem,
    /// A measure that stands twice in an appraisal scheme.
    #[error("an appraisal scheme has a measure once")]
    MeasureTwice,
    /// A target below 0, or larger than what is measured can be.
    #[error("a target is not below 0, nor larger than can be")]
    MeasureTarget,
    /// Measures whose weights do not add up to 100 percent.
    #[error("the weights add up to {sum}, not to 100")]
    Weights {
        /// What they add up to.
        sum: u32,
    },
    /// A step of an incentive that begins no later than the one before it.
    #[error("each step begins above the one before it")]
    StepsNotRising,
    /// A product line without units.
    #[error("a product line has at least one unit")]
    NoUnits,
    /// What was deleted cannot come back as it was.
    #[error("{} things are in the way of what was deleted", .0.len())]
    InTheWay(Vec<Obstacle>),
    /// The workspace was shared and is only looked at.
    #[error("the workspace can only be read")]
    ReadOnly,
}
