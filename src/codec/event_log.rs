//! The histories of all deals as one table of events, for process mining and SQL: a case, what happened to it, when, and how it stood
//! afterwards.
//!
//! The names of columns and activities are fixed and English, whatever the language of the page: programs read them. The queries in
//! `docs/sql/metrics.sql` do.

use super::table::{self, Form, neutral};
use crate::model::{Deal, Event, EventKind, Standing, Status, Workspace};

/// The columns, in order.
pub const COLUMNS: [&str; 22] = [
    "case_id",
    "seq",
    "activity",
    "timestamp",
    "recorded_at",
    "resource",
    "model",
    "stage",
    "stage_order",
    "stage_probability",
    "status",
    "owner",
    "amount",
    "currency",
    "expected_close",
    "probability",
    "reason",
    "wake",
    "title",
    "customer_id",
    "customer",
    "reference",
];

/// An event with what it adds up to.
#[derive(Debug)]
pub struct Line<'a> {
    /// The deal.
    pub deal: &'a Deal,
    /// The event's place in the deal's history, from 1.
    pub seq: usize,
    /// What happened.
    pub event: &'a Event,
    /// How the deal stood afterwards.
    pub standing: Standing,
}

/// Every event, deal by deal, each history oldest first.
pub fn lines(workspace: &Workspace) -> impl Iterator<Item = Line<'_>> {
    workspace.deals.iter().flat_map(|deal| {
        (1..).zip(deal.course()).map(move |(seq, (event, standing))| Line { deal, seq, event, standing })
    })
}

/// What events are called.
pub const ACTIVITIES: [&str; 14] = [
    "created",
    "entered",
    "restaged",
    "transferred",
    "evidence_ticked",
    "evidence_unticked",
    "amount_changed",
    "expected_close_changed",
    "owner_changed",
    "probability_changed",
    "won",
    "lost",
    "dormant",
    "reopened",
];

/// The place of an event's name in [`ACTIVITIES`].
pub fn activity(kind: &EventKind) -> usize {
    match kind {
        EventKind::Created { .. } => 0,
        EventKind::Entered { .. } => 1,
        EventKind::Restaged { .. } => 2,
        EventKind::Transferred { .. } => 3,
        EventKind::EvidenceTicked { .. } => 4,
        EventKind::EvidenceUnticked { .. } => 5,
        EventKind::AmountChanged { .. } => 6,
        EventKind::ExpectedCloseChanged { .. } => 7,
        EventKind::OwnerChanged { .. } => 8,
        EventKind::ProbabilityChanged { .. } => 9,
        EventKind::Won { .. } => 10,
        EventKind::Lost { .. } => 11,
        EventKind::Dormant { .. } => 12,
        EventKind::Reopened { .. } => 13,
    }
}

/// The table as a file: see [`Form::Csv`]. Amounts are plain decimals, chances shares of 1, days `YYYY-MM-DD`; what is unknown is
/// empty, and texts are [`neutral`].
///
/// # Errors
/// See [`table::encode`].
///
/// ```
/// use loudou::{codec::{content::Language, event_log::{COLUMNS, encode}}, model::Date, training::demo};
///
/// let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 7);
/// let text = encode(&company)?;
/// let events: usize = company.deals.iter().map(|deal| deal.history().len()).sum();
/// assert_eq!(text.trim_start_matches('\u{feff}').lines().next(), Some(COLUMNS.join(",").as_str()));
/// assert!(text.lines().count() > events);
/// # Ok::<(), csv::Error>(())
/// ```
pub fn encode(workspace: &Workspace) -> Result<String, csv::Error> {
    let rows = lines(workspace).map(|line| cells(workspace, &line));
    table::encode(Form::Csv, std::iter::once(COLUMNS.map(str::to_owned)).chain(rows))
}

fn cells(workspace: &Workspace, line: &Line<'_>) -> [String; 22] {
    let Line { deal, seq, event, standing } = line;
    let model = workspace.models.get(standing.model);
    let stage = model.and_then(|model| model.known_stage(standing.stage));
    let order = model.and_then(|model| model.position(standing.stage));
    let person = |id: Option<_>| id.and_then(|id| workspace.people.get(id)).map(|person| neutral(&person.name));
    let (reason, wake) = match &standing.status {
        Status::Open | Status::Won { .. } => ("", None),
        Status::Lost { reason, .. } => (reason.as_str(), None),
        Status::Dormant { wake, .. } => ("", *wake),
    };
    let chance = standing.probability.or(stage.map(|stage| stage.probability));
    let customer = workspace.customer_of(deal);
    let currency = workspace.profile.currency;
    let known = |text: Option<String>| text.unwrap_or_default();
    [
        deal.id.to_string(),
        seq.to_string(),
        known(ACTIVITIES.get(activity(&event.kind)).map(|name| (*name).to_owned())),
        known(event.on.map(|day| day.to_string())),
        event.at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        known(person(event.by)),
        known(model.map(|model| neutral(&model.name))),
        known(stage.map(|stage| neutral(&stage.name))),
        known(order.map(|order| (order + 1).to_string())),
        known(stage.map(|stage| stage.probability.as_f64().to_string())),
        standing.status.code().to_owned(),
        known(person(standing.owner)),
        known(standing.amount.map(|amount| amount.to_decimal(currency.digits()))),
        currency.to_string(),
        known(standing.expected_close.map(|day| day.to_string())),
        known(chance.map(|chance| chance.as_f64().to_string())),
        neutral(reason),
        known(wake.map(|day| day.to_string())),
        neutral(&deal.details.title),
        known(customer.map(|customer| customer.id.to_string())),
        known(customer.map(|customer| neutral(&customer.name))),
        neutral(&deal.details.reference),
    ]
}
