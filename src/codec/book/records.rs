//! The records of a workspace as tables of a workbook.

use serde::{Deserialize, Serialize};

use super::{BookSheet, Cell};
use crate::{
    codec::event_log::{activity, lines},
    model::{ActivityKind, DealId, Event, EventKind, InterventionKind, PersonId, QuotaOf, Status, Workspace},
};

/// The words of the workbook, in the language of whoever reads it. A sheet is its name and its headings, parted by `|`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// The funnel sheet: model, stage, date, contact, customer, address, job title, phone, software, products, units, amount, competitors,
    /// obstacles, next action, due.
    pub funnel: String,
    /// Deals: title, customer, contact, owner, model, stage, status, amount, probability, expected close, created, entered its stage, closed
    /// on, reason, source, products, next action, due, tags, notes, reference, id.
    pub deals: String,
    /// History: deal id, deal, event, on, by, model, stage, status, owner, amount, probability, expected close.
    pub history: String,
    /// Customers: name, short name, industry, size, territory, address, owner, source, software, needs, tags, notes, id.
    pub customers: String,
    /// Contacts: name, customer, job title, phone, e-mail, role.
    pub contacts: String,
    /// Activities: on, kind, by, customer, deal, note, result, next step, minutes, cost.
    pub activities: String,
    /// Products: name, series, price, on offer.
    pub products: String,
    /// People: name, department, manager, territory, active.
    pub people: String,
    /// Quotas: of, from, until, amount.
    pub quotas: String,
    /// Stages: model, number, stage, probability, promotion rate, days.
    pub stages: String,
    /// Promises: made, by, due, promise, deal, customer, stage to reach, settled on, kept, note.
    pub promises: String,
    /// Interventions: name, kind, model, stage, from, until, people, note.
    pub interventions: String,
    /// Open, won, lost, dormant.
    pub statuses: String,
    /// Visit, call, demo, e-mail, SMS, meeting, return visit, service request, note.
    pub activity_kinds: String,
    /// Training, change of rules, other.
    pub intervention_kinds: String,
    /// What happens to deals, in the order of [`ACTIVITIES`](crate::codec::event_log::ACTIVITIES).
    pub events: String,
    /// Yes, no.
    pub answers: String,
    /// What the whole company is called where a quota is its own.
    pub company: String,
}

impl Words {
    /// A sheet of these words without rows.
    pub fn sheet(words: &str) -> BookSheet {
        let mut words = words.split('|').map(|word| word.trim().to_owned());
        BookSheet { name: words.next().unwrap_or_default(), headings: words.collect(), rows: Vec::new() }
    }

    fn pick(words: &str, place: usize) -> &str {
        words.split('|').nth(place).unwrap_or_default().trim()
    }

    fn status(&self, status: &Status) -> &str {
        let place = match status {
            Status::Open => 0,
            Status::Won { .. } => 1,
            Status::Lost { .. } => 2,
            Status::Dormant { .. } => 3,
        };
        Self::pick(&self.statuses, place)
    }

    fn event(&self, kind: &EventKind) -> &str {
        Self::pick(&self.events, activity(kind))
    }

    fn activity(&self, kind: ActivityKind) -> &str {
        let place = match kind {
            ActivityKind::Visit => 0,
            ActivityKind::Call => 1,
            ActivityKind::Demo => 2,
            ActivityKind::Email => 3,
            ActivityKind::Sms => 4,
            ActivityKind::Meeting => 5,
            ActivityKind::ReturnVisit => 6,
            ActivityKind::ServiceRequest => 7,
            ActivityKind::Note => 8,
        };
        Self::pick(&self.activity_kinds, place)
    }

    fn intervention(&self, kind: InterventionKind) -> &str {
        let place = match kind {
            InterventionKind::Training => 0,
            InterventionKind::RuleChange => 1,
            InterventionKind::Other => 2,
        };
        Self::pick(&self.intervention_kinds, place)
    }

    fn answer(&self, yes: bool) -> Cell {
        Cell::text(Self::pick(&self.answers, usize::from(!yes)))
    }
}

/// One sheet for each kind of record that people look at in a table: deals, their histories, customers, contacts, activities, products,
/// people, quotas, stages, promises and interventions.
pub fn sheets(workspace: &Workspace, words: &Words) -> Vec<BookSheet> {
    let book = Book { workspace, words };
    vec![
        book.deals(),
        book.history(),
        book.customers(),
        book.contacts(),
        book.activities(),
        book.products(),
        book.people(),
        book.quotas(),
        book.stages(),
        book.promises(),
        book.interventions(),
    ]
}

struct Book<'a> {
    workspace: &'a Workspace,
    words: &'a Words,
}

impl Book<'_> {
    fn person(&self, id: Option<PersonId>) -> Cell {
        Cell::known(id.and_then(|id| self.workspace.people.get(id)), |person| Cell::text(person.name.as_str()))
    }

    fn title(&self, id: Option<DealId>) -> Cell {
        Cell::known(id.and_then(|id| self.workspace.deals.get(id)), |deal| Cell::text(deal.details.title.as_str()))
    }

    fn deals(&self) -> BookSheet {
        let rows = self.workspace.deals.iter().map(|deal| {
            let (details, standing) = (&deal.details, deal.standing());
            let (closed, reason) = match &standing.status {
                Status::Won { on } => (*on, ""),
                Status::Lost { on, reason, .. } => (*on, reason.as_str()),
                Status::Open | Status::Dormant { .. } => (None, ""),
            };
            let place = self.workspace.stage_of(deal);
            let product = |line: &crate::model::ProductLine| {
                let product = self.workspace.products.get(line.product)?;
                Some(format!("{} × {}", product.name, line.units))
            };
            let chance = standing.probability.or(place.map(|(_, stage)| stage.probability));
            let next = details.next_action.as_ref();
            vec![
                Cell::text(details.title.as_str()),
                Cell::known(self.workspace.customer_of(deal), |customer| Cell::text(customer.name.as_str())),
                Cell::known(self.workspace.contact_of(deal), |contact| Cell::text(contact.name.as_str())),
                self.person(standing.owner),
                Cell::known(place, |(model, _)| Cell::text(model.name.as_str())),
                Cell::known(place, |(_, stage)| Cell::text(stage.name.as_str())),
                Cell::text(self.words.status(&standing.status)),
                Cell::known(standing.amount, Cell::Amount),
                Cell::known(chance, |chance| Cell::Share(chance.as_f64())),
                Cell::known(standing.expected_close, Cell::Day),
                Cell::known(deal.history().first().and_then(|event| event.on), Cell::Day),
                Cell::known(deal.entered_on(), Cell::Day),
                Cell::known(closed, Cell::Day),
                Cell::text(reason),
                Cell::text(details.source.as_str()),
                Cell::text(details.lines.iter().filter_map(product).collect::<Vec<_>>().join(", ")),
                Cell::known(next, |next| Cell::text(next.what.as_str())),
                Cell::known(next.and_then(|next| next.due), Cell::Day),
                Cell::text(details.tags.join(", ")),
                Cell::text(details.notes.as_str()),
                Cell::text(details.reference.as_str()),
                Cell::text(deal.id.to_string()),
            ]
        });
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.deals) }
    }

    fn history(&self) -> BookSheet {
        let rows = lines(self.workspace).map(|line| {
            let Event { on, by, kind, .. } = line.event;
            let model = self.workspace.models.get(line.standing.model);
            let stage = model.and_then(|model| model.known_stage(line.standing.stage));
            let chance = line.standing.probability.or(stage.map(|stage| stage.probability));
            vec![
                Cell::text(line.deal.id.to_string()),
                Cell::text(line.deal.details.title.as_str()),
                Cell::text(self.words.event(kind)),
                Cell::known(*on, Cell::Day),
                self.person(*by),
                Cell::known(model, |model| Cell::text(model.name.as_str())),
                Cell::known(stage, |stage| Cell::text(stage.name.as_str())),
                Cell::text(self.words.status(&line.standing.status)),
                self.person(line.standing.owner),
                Cell::known(line.standing.amount, Cell::Amount),
                Cell::known(chance, |chance| Cell::Share(chance.as_f64())),
                Cell::known(line.standing.expected_close, Cell::Day),
            ]
        });
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.history) }
    }

    fn customers(&self) -> BookSheet {
        let rows = self.workspace.customers.iter().map(|customer| {
            let text = |text: &String| Cell::text(text.as_str());
            vec![
                text(&customer.name),
                text(&customer.short_name),
                text(&customer.industry),
                text(&customer.size),
                text(&customer.territory),
                text(&customer.address),
                self.person(customer.owner),
                text(&customer.source),
                text(&customer.software_in_use),
                text(&customer.needs),
                Cell::text(customer.tags.join(", ")),
                text(&customer.notes),
                Cell::text(customer.id.to_string()),
            ]
        });
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.customers) }
    }

    fn contacts(&self) -> BookSheet {
        let of = |customer: &crate::model::Customer| {
            let name = customer.name.clone();
            let row = move |contact: &crate::model::Contact| {
                let texts = [&contact.name, &name, &contact.job_title, &contact.phone, &contact.email, &contact.role];
                texts.map(|text| Cell::text(text.as_str())).to_vec()
            };
            customer.contacts.iter().map(row).collect::<Vec<_>>()
        };
        let rows = self.workspace.customers.iter().flat_map(|customer| of(customer));
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.contacts) }
    }

    fn activities(&self) -> BookSheet {
        let rows = self.workspace.activities.iter().map(|activity| {
            let customer = activity.customer.and_then(|id| self.workspace.customers.get(id));
            vec![
                Cell::Day(activity.on),
                Cell::text(self.words.activity(activity.kind)),
                self.person(activity.by),
                Cell::known(customer, |customer| Cell::text(customer.name.as_str())),
                self.title(activity.deal),
                Cell::text(activity.note.as_str()),
                Cell::text(activity.result.as_str()),
                Cell::text(activity.next_step.as_str()),
                Cell::known(activity.minutes, |minutes| Cell::Count(minutes.into())),
                Cell::known(activity.cost, Cell::Amount),
            ]
        });
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.activities) }
    }

    fn products(&self) -> BookSheet {
        let rows = self.workspace.products.iter().map(|product| {
            vec![
                Cell::text(product.name.as_str()),
                Cell::text(product.series.as_str()),
                Cell::known(product.price, Cell::Amount),
                self.words.answer(product.active),
            ]
        });
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.products) }
    }

    fn people(&self) -> BookSheet {
        let rows = self.workspace.people.iter().map(|person| {
            let department = person.department.and_then(|id| self.workspace.departments.get(id));
            vec![
                Cell::text(person.name.as_str()),
                Cell::known(department, |department| Cell::text(department.name.as_str())),
                Cell::known(department, |department| Cell::text(department.manager.as_str())),
                Cell::text(person.territory.as_str()),
                self.words.answer(person.active),
            ]
        });
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.people) }
    }

    fn quotas(&self) -> BookSheet {
        let rows = self.workspace.quotas.iter().map(|quota| {
            let of = match quota.of {
                QuotaOf::Company {} => Cell::text(self.words.company.as_str()),
                QuotaOf::Department { department } => {
                    Cell::known(self.workspace.departments.get(department), |unit| Cell::text(unit.name.as_str()))
                }
                QuotaOf::Person { person } => self.person(Some(person)),
            };
            vec![of, Cell::Day(quota.from), Cell::Day(quota.until()), Cell::Amount(quota.amount)]
        });
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.quotas) }
    }

    fn stages(&self) -> BookSheet {
        let of = |model: &crate::model::FunnelModel| {
            let row = |(number, stage): (u64, &crate::model::Stage)| {
                vec![
                    Cell::text(model.name.as_str()),
                    Cell::Count(number),
                    Cell::text(stage.name.as_str()),
                    Cell::Share(stage.probability.as_f64()),
                    Cell::Share(stage.promotion_rate.as_f64()),
                    Cell::Count(stage.expected_days.into()),
                ]
            };
            (1..).zip(&model.stages).map(row).collect::<Vec<_>>()
        };
        let rows = self.workspace.models.iter().flat_map(|model| of(model));
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.stages) }
    }

    fn promises(&self) -> BookSheet {
        let rows = self.workspace.promises.iter().map(|promise| {
            let customer = promise.customer.and_then(|id| self.workspace.customers.get(id));
            let stage = promise.reaches.and_then(|id| self.workspace.models.iter().find_map(|m| m.known_stage(id)));
            let settled = promise.settled.as_ref();
            vec![
                Cell::Day(promise.made),
                self.person(Some(promise.person)),
                Cell::Day(promise.due),
                Cell::text(promise.text.as_str()),
                self.title(promise.deal),
                Cell::known(customer, |customer| Cell::text(customer.name.as_str())),
                Cell::known(stage, |stage| Cell::text(stage.name.as_str())),
                Cell::known(settled, |settled| Cell::Day(settled.on)),
                Cell::known(settled, |settled| self.words.answer(settled.kept)),
                Cell::known(settled, |settled| Cell::text(settled.note.as_str())),
            ]
        });
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.promises) }
    }

    fn interventions(&self) -> BookSheet {
        let rows = self.workspace.interventions.iter().map(|intervention| {
            let model = self.workspace.models.get(intervention.model);
            let stage = model.and_then(|model| model.known_stage(intervention.stage));
            let people = intervention.people.iter().filter_map(|id| self.workspace.people.get(*id));
            vec![
                Cell::text(intervention.name.as_str()),
                Cell::text(self.words.intervention(intervention.kind)),
                Cell::known(model, |model| Cell::text(model.name.as_str())),
                Cell::known(stage, |stage| Cell::text(stage.name.as_str())),
                Cell::Day(intervention.from),
                Cell::known(intervention.until, Cell::Day),
                Cell::text(people.map(|person| person.name.as_str()).collect::<Vec<_>>().join(", ")),
                Cell::text(intervention.note.as_str()),
            ]
        });
        BookSheet { rows: rows.collect(), ..Words::sheet(&self.words.interventions) }
    }
}
