//! The deals as a table for a spreadsheet: CSV that Excel opens, one row per deal.

use crate::model::{Date, Deal, EventKind, Status, Workspace};

/// The words of the table, in the language of whoever reads it.
#[derive(Clone, Copy, Debug)]
pub struct Words<'a> {
    /// The headings: title, customer, owner, model, stage, status, amount, currency, expected close, created, entered its stage, closed
    /// on, lost reason, source, id.
    pub headings: [&'a str; 15],
    /// Open, won, lost, dormant.
    pub statuses: [&'a str; 4],
}

/// The table, in UTF-8 with a mark at the beginning (Excel takes other text for the system's code page) and CRLF between rows.
/// Amounts are plain decimals, dates `YYYY-MM-DD`; what is unknown is empty.
///
/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
///
/// ```
/// use loudou::{codec::{content::Language, deals_csv::{Words, encode}}, model::Date, training::demo};
///
/// let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 7);
/// let words = Words { headings: [""; 15], statuses: ["open", "won", "lost", "dormant"] };
/// assert_eq!(encode(&company, words).lines().count(), company.deals.len() + 1);
/// ```
pub fn encode(workspace: &Workspace, words: Words<'_>) -> String {
    let mut out = String::from("\u{feff}");
    row(&mut out, &words.headings.map(str::to_owned));
    for deal in workspace.deals.iter() {
        row(&mut out, &cells(workspace, deal, words.statuses));
    }
    out
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
        text(&details.title),
        workspace.customer_of(deal).map_or_else(String::new, |customer| text(&customer.name)),
        owner.map_or_else(String::new, |person| text(&person.name)),
        place.map_or_else(String::new, |(model, _)| text(&model.name)),
        place.map_or_else(String::new, |(_, stage)| text(&stage.name)),
        status.to_owned(),
        standing.amount.map_or_else(String::new, |amount| amount.to_decimal(currency.digits())),
        currency.to_string(),
        day(standing.expected_close),
        day(deal.history().first().and_then(|event| event.on)),
        day(entered(deal)),
        day(closed),
        text(reason),
        text(&details.source),
        text(&details.reference),
    ]
}

/// The day the deal came to the stage it is in.
fn entered(deal: &Deal) -> Option<Date> {
    let latest = deal.history().iter().rfind(|event| {
        use EventKind::{Created, Entered, Reopened, Transferred};
        matches!(event.kind, Created { .. } | Entered { .. } | Transferred { .. } | Reopened { .. })
    });
    latest.and_then(|event| event.on)
}

/// A text that no spreadsheet runs.
fn text(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) { ["'", text].concat() } else { text.to_owned() }
}

fn row(out: &mut String, cells: &[String]) {
    for (place, cell) in cells.iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_that_need_it_are_quoted() {
        let mut out = String::new();
        row(&mut out, &["a".into(), "b,c".into(), "say \"no\"".into(), "two\nlines".into()]);
        assert_eq!(out, "a,\"b,c\",\"say \"\"no\"\"\",\"two\nlines\"\r\n");
    }

    #[test]
    fn formulas_are_disarmed() {
        for cell in ["=1+1", "@SUM(A1)", "+1", "-2+3"] {
            assert_eq!(text(cell), format!("'{cell}"));
        }
        assert_eq!(text("Acme-Corp"), "Acme-Corp");
    }
}
