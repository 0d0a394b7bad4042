//! A whole workspace as an Excel workbook: its records, and the funnel sheet of the day.

use serde::{Deserialize, Serialize};

use super::{Unfit, sent::Sent};
use crate::{
    codec::book::{self, BookSheet, Cell, Words},
    metrics::{
        Filter, Frame,
        tables::{entry, funnel_sheet},
    },
    model::{Date, Workspace},
};

/// What the page wants in the workbook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookOrder {
    workspace: Sent,
    words: Words,
    today: Date,
}

impl BookOrder {
    /// The whole workspace as of this day.
    pub fn of(workspace: &Workspace, words: Words, today: Date) -> Self {
        Self { workspace: Sent::of(workspace), words, today }
    }

    /// The bytes of the workbook; `progress` hears how many sheets of how many are written.
    pub(super) fn make(&self, progress: &mut dyn FnMut(usize, usize)) -> Result<Vec<u8>, Unfit> {
        let workspace = self.workspace.open()?;
        // The deals come first: a workbook that is imported again is read from the first sheet with known names.
        let mut sheets = book::sheets(&workspace, &self.words);
        sheets.push(funnel(&workspace, &self.words, self.today));
        let digits = workspace.profile.currency.digits();
        book::encode(&sheets, digits, self.today, progress).map_err(|error| Unfit(error.to_string()))
    }
}

/// The open deals of each stage as of this day.
fn funnel(workspace: &Workspace, words: &Words, today: Date) -> BookSheet {
    let (frame, everything) = (Frame::new(workspace), Filter::default());
    let mut sheet = Words::sheet(&words.funnel);
    for part in funnel_sheet(&frame.view(today, &everything)).models {
        let model = workspace.models.get(part.model);
        for (stage, group) in part.stages {
            let stage = model.and_then(|model| model.known_stage(stage));
            sheet.rows.extend(group.lines.into_iter().map(|line| {
                let entry = entry(workspace, line.deal).unwrap_or_default();
                let products = entry.products.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(", ");
                let units: u64 = entry.products.iter().map(|(_, units)| u64::from(*units)).sum();
                vec![
                    Cell::known(model, |model| Cell::text(model.name.as_str())),
                    Cell::known(stage, |stage| Cell::text(stage.name.as_str())),
                    Cell::known(line.began, Cell::Day),
                    Cell::text(entry.contact),
                    Cell::text(entry.customer),
                    Cell::text(entry.address),
                    Cell::text(entry.job_title),
                    Cell::text(entry.phone),
                    Cell::text(entry.software),
                    Cell::text(products),
                    Cell::known((units > 0).then_some(units), Cell::Count),
                    Cell::known(line.amount, Cell::Amount),
                    Cell::text(entry.competitors.join(", ")),
                    Cell::text(entry.obstacles),
                    Cell::known(entry.next_action, |next| Cell::text(next.what.as_str())),
                    Cell::known(entry.next_action.and_then(|next| next.due), Cell::Day),
                ]
            }));
        }
    }
    sheet
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::{
            content::Language,
            csv::{Origin, Reading, read},
        },
        training::demo,
    };

    fn words() -> Words {
        let sheet = |name: &str, columns: usize| {
            let headings = (1..=columns).map(|column| format!("{name} {column}"));
            std::iter::once(name.to_owned()).chain(headings).collect::<Vec<_>>().join("|")
        };
        Words {
            funnel: sheet("Funnel", 16),
            deals: sheet("Deals", 22),
            history: sheet("History", 12),
            customers: sheet("Customers", 13),
            contacts: sheet("Contacts", 6),
            activities: sheet("Activities", 10),
            products: sheet("Products", 4),
            people: sheet("People", 5),
            quotas: sheet("Quotas", 4),
            stages: sheet("Stages", 6),
            promises: sheet("Promises", 10),
            interventions: sheet("Interventions", 8),
            statuses: "open|won|lost|dormant".to_owned(),
            activity_kinds: "visit|call|demo|mail|sms|meeting|return|service|note".to_owned(),
            intervention_kinds: "training|rule|other".to_owned(),
            events: (1..=14).map(|event| event.to_string()).collect::<Vec<_>>().join("|"),
            answers: "yes|no".to_owned(),
            company: "all".to_owned(),
        }
    }

    #[test]
    fn every_record_has_its_row() {
        let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
        let company = demo::company(Language::Chinese, today, 3);
        let mut heard = Vec::new();
        let order = BookOrder::of(&company, words(), today);
        let bytes = order.make(&mut |done, total| heard.push((done, total))).unwrap();
        assert_eq!((heard.len(), heard.last()), (13, Some(&(12, 12))));
        let sheet = |place| read(&bytes, &Reading { sheet: Some(place), header: Some(Some(1)), ..Reading::default() });
        let names = [
            "Deals",
            "History",
            "Customers",
            "Contacts",
            "Activities",
            "Products",
            "People",
            "Quotas",
            "Stages",
            "Promises",
            "Interventions",
            "Funnel",
        ];
        let first = sheet(0).unwrap();
        let Origin::Workbook { sheets, .. } = &first.shape.origin else { panic!("no workbook") };
        assert_eq!(sheets, &names);
        let open = company.deals.iter().filter(|deal| deal.standing().is_open()).count();
        let contacts: usize = company.customers.iter().map(|customer| customer.contacts.len()).sum();
        let events: usize = company.deals.iter().map(|deal| deal.history().len()).sum();
        let stages: usize = company.models.iter().map(|model| model.stages.len()).sum();
        let counts = [
            company.deals.len(),
            events,
            company.customers.len(),
            contacts,
            company.activities.len(),
            company.products.len(),
            company.people.len(),
            company.quotas.len(),
            stages,
            company.promises.len(),
            company.interventions.len(),
            open,
        ];
        for (place, count) in counts.into_iter().enumerate() {
            let rows = sheet(place).map_or(0, |sheet| sheet.rows.len());
            assert_eq!(rows, count, "{}", names[place]);
        }
        // Amounts are numbers, days are days.
        let deals = sheet(0).unwrap();
        for (row, deal) in deals.rows.iter().zip(company.deals.iter()) {
            let amount = deal.standing().amount.map(|amount| amount.to_decimal(company.profile.currency.digits()));
            let number = |text: &str| text.parse::<f64>().ok();
            assert_eq!(number(row.cell(7)), amount.as_deref().and_then(number));
            let begun = deal.history()[0].on.map_or_else(String::new, |day| day.to_string());
            assert_eq!(row.cell(10), begun);
        }
    }
}
