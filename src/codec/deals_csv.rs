//! The deals as a table for a spreadsheet: CSV that Excel opens, one row per deal.

use super::table::{self, Form, neutral};
use crate::model::{Date, Deal, Status, Workspace};

/// The words of the table, in the language of whoever reads it.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The headings: title, customer, owner, model, stage, status, amount, currency, expected close, created, entered its stage, closed
    /// on, lost reason, source, id.
    pub headings: [&'a str; 15],
    /// Open, won, lost, dormant.
    pub statuses: [&'a str; 4],
}

/// The table as a file: see [`Form::Csv`]. Amounts are plain decimals, dates `YYYY-MM-DD`; what is unknown is empty, and texts are
/// [`neutral`].
///
/// # Errors
/// See [`table::encode`].
///
/// ```
/// use loudou::{codec::{content::Language, deals_csv::{Words, encode}}, model::Date, training::demo};
///
/// let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 7);
/// let words = Words { headings: [""; 15], statuses: ["open", "won", "lost", "dormant"] };
/// assert_eq!(encode(&company, words)?.lines().count(), company.deals.len() + 1);
/// # Ok::<(), csv::Error>(())
/// ```
pub fn encode(workspace: &Workspace, words: Words<'_>) -> Result<String, csv::Error> {
    let rows = workspace.deals.iter().map(|deal| cells(workspace, deal, words.statuses));
    table::encode(Form::Csv, std::iter::once(words.headings.map(str::to_owned)).chain(rows))
}

fn cells(workspace: &Workspace, deal: &Deal, statuses: [&str; 4]) -> [String; 15] {
    let [open, won, lost, dormant] = statuses;
    let (details, standing) = (&deal.details, deal.standing());
    let (status, closed, reason) = match &standing.status {
        Status::Open => (open, None, ""),
        Status::Won { on } => (won, *on, ""),
        Status::Lost { on, reason, .. } => (lost, *on, reason.as_str()),
        Status::Dormant { .. } => (dormant, None, ""),
    };
    let place = workspace.stage_of(deal);
    let owner = standing.owner.and_then(|id| workspace.people.get(id));
    let currency = workspace.profile.currency;
    let day = |date: Option<Date>| date.map_or_else(String::new, |date| date.to_string());
    [
        neutral(&details.title),
        workspace.customer_of(deal).map_or_else(String::new, |customer| neutral(&customer.name)),
        owner.map_or_else(String::new, |person| neutral(&person.name)),
        place.map_or_else(String::new, |(model, _)| neutral(&model.name)),
        place.map_or_else(String::new, |(_, stage)| neutral(&stage.name)),
        status.to_owned(),
        standing.amount.map_or_else(String::new, |amount| amount.to_decimal(currency.digits())),
        currency.to_string(),
        day(standing.expected_close),
        day(deal.history().first().and_then(|event| event.on)),
        day(deal.entered_on()),
        day(closed),
        neutral(reason),
        neutral(&details.source),
        neutral(&details.reference),
    ]
}
