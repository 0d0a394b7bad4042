//! The domain: what a sales team keeps, and every way it may change. Pure: no clock, no randomness, no storage, no interface.
//!
//! A [`Workspace`] is an immutable snapshot of records. [`apply`] takes one [`Command`] and answers with a [`Change`], the list
//! of records with their value before and after, or with a [`Rejection`] that says what rule refused it. [`Workspace::with`]
//! makes the next snapshot from a change; [`Change::inverse`] undoes it. Undo, the journal, other tabs, import and merge all
//! speak changes, so nothing can reach the data past the rules.
//!
//! What moves a deal is in its [history](history): the deal's [`Standing`] is the fold of its events and nothing else.

pub mod activity;
pub mod address;
pub mod after_sale;
mod apply;
mod assignment;
pub mod campaign;
pub mod change;
mod closed;
pub mod command;
pub mod custom;
pub mod customer;
pub mod deal;
pub mod funnel;
pub mod gate;
pub mod handover;
pub mod history;
pub mod id;
pub mod intervention;
pub mod link;
pub mod merge;
pub mod message;
pub mod money;
pub mod part;
pub mod problem;
pub mod product;
pub mod promise;
pub mod quota;
pub mod rejection;
pub mod removal;
pub mod repeat;
pub mod revision;
pub mod scheme;
pub mod share;
pub mod table;
pub mod target;
pub mod team;
pub mod workspace;

pub use activity::{Activity, ActivityKind};
pub use after_sale::AfterSale;
pub use apply::apply;
pub use assignment::{assignment, joint_selling};
pub use campaign::{Campaign, Touch};
pub use change::{Change, Patch};
pub use closed::OldDeals;
pub use command::{Batch, Command, DealDetails, NewDeal, Stamp};
pub use custom::{CustomField, CustomFieldOf, CustomKind};
pub use customer::{Contact, Customer, Level};
pub use deal::{Deal, NextAction, ProductLine};
pub use funnel::{Cover, Criterion, FunnelModel, Playbook, Retirement, Revision, Segment, Stage, Zone};
pub use gate::{Field, Gate, Missing, RequiredField};
pub use handover::{HandedOver, Handover, HandoverItem};
pub use history::{Event, EventKind, Evidence, HistoryFault, Standing, Status};
pub use id::{
    ActivityId, CampaignId, ContactId, CriterionId, CustomerId, DealId, DepartmentId, EventId, ExportId, HandoverId,
    InterventionId, ModelId, PackId, PersonId, ProblemId, ProductId, PromiseId, QuotaId, SchemeId, StageId, TargetId,
    WorkspaceId,
};
pub use intervention::{Intervention, InterventionKind};
pub use money::{Currency, InvalidMoney, Money};
pub use problem::Problem;
pub use product::Product;
pub use promise::{Promise, Settled};
pub use quota::{Quota, QuotaOf, QuotaSpan};
pub use rejection::{RecordKind, Rejection};
pub use removal::Obstacle;
pub use repeat::{repeat, worth};
pub use revision::{ModelDraft, ModelProblem, StageMove};
pub use scheme::{Incentive, IncentiveStep, Measure, MeasureKind, Scheme};
pub use share::Share;
pub use table::{Chunk, Record, Table};
pub use target::{Attribute, Target, Trait, Wanted, Wish};
pub use team::{Department, Person};
pub use workspace::{LostReason, Profile, SavedView, Stalling, Workspace};

/// A moment in time, UTC.
pub type Timestamp = chrono::DateTime<chrono::Utc>;
/// A calendar date without a time zone: the user's own day.
pub type Date = chrono::NaiveDate;

/// The day of a text in the one form that is kept, `2026-11-23`: neither `2026-1-5` nor `2026-01-05 `. The date formats of chrono would
/// weigh more in the page than all other values together.
///
/// ```
/// use loudou::model::read_day;
///
/// assert_eq!(read_day("2026-11-23").map(|day| day.to_string()), Some("2026-11-23".to_owned()));
/// assert_eq!(read_day("2026-02-30"), None);
/// assert_eq!(read_day("2026-1-5"), None);
/// ```
pub fn read_day(text: &str) -> Option<Date> {
    let (rest, day) = text.rsplit_once('-')?;
    let (year, month) = rest.rsplit_once('-')?;
    let date = Date::from_ymd_opt(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
    date.filter(|date| date.to_string() == text)
}
