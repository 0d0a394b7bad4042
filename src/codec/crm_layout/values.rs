//! What stands in the columns.

use std::collections::BTreeSet;

use super::Product;
use crate::{
    codec::table::neutral,
    model::{
        Activity, ActivityKind, Contact, ContactId, Customer, Date, Deal, FunnelModel, PersonId, Share, Stage, Status,
        Workspace,
    },
};

/// A column: its name, and what stands in it for a record.
pub(super) type Column<R> = (&'static str, fn(&Source<'_>, &R) -> String);

/// A column of contacts.
pub(super) type ContactColumn = (&'static str, fn(&Source<'_>, &Employed<'_>) -> String);

/// A contact with the company that it works for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Employed<'a> {
    pub(super) customer: &'a Customer,
    pub(super) contact: &'a Contact,
}

/// What the rows are taken from.
#[derive(Debug)]
pub(super) struct Source<'a> {
    workspace: &'a Workspace,
    product: Product,
    /// Ids of contacts that two companies have: contacts are told apart within their company only.
    shared: BTreeSet<ContactId>,
}

/// Kinds of records, for ids that must differ over all of them.
#[derive(Clone, Copy)]
enum Kind {
    Account,
    Contact,
    Deal,
    Activity,
}

impl<'a> Source<'a> {
    pub(super) fn of(workspace: &'a Workspace, product: Product) -> Self {
        let (mut seen, mut shared) = (BTreeSet::new(), BTreeSet::new());
        for contact in workspace.customers.iter().flat_map(|customer| &customer.contacts) {
            if !seen.insert(contact.id) {
                shared.insert(contact.id);
            }
        }
        Self { workspace, product, shared }
    }

    /// An id in the form that the product takes: Odoo tells all records apart by one name, Twenty knows UUIDs only. The signs of a
    /// UUID that say what kind it is take the place of six bits of chance.
    fn id(&self, kind: Kind, value: u128) -> String {
        match self.product {
            Product::Odoo => {
                let kind = match kind {
                    Kind::Account => "account",
                    Kind::Contact => "contact",
                    Kind::Deal => "deal",
                    Kind::Activity => "activity",
                };
                format!("loudou_{kind}_{}", ulid::Ulid(value))
            }
            Product::Twenty => {
                let marked = value & !(0xf << 76) & !(0x3 << 62) | 0x7 << 76 | 0x2 << 62;
                let digits = format!("{marked:032x}");
                let parts = [0..8, 8..12, 12..16, 16..20, 20..32];
                parts.map(|part| digits.get(part).unwrap_or_default()).join("-")
            }
            Product::Salesforce | Product::HubSpot | Product::Pipedrive => ulid::Ulid(value).to_string(),
        }
    }

    fn contact_id(&self, customer: &Customer, contact: ContactId) -> String {
        let value = contact.value().0;
        let value = if self.shared.contains(&contact) { value ^ customer.id.value().0.rotate_left(1) } else { value };
        self.id(Kind::Contact, value)
    }

    fn person(&self, id: Option<PersonId>) -> String {
        let person = id.and_then(|id| self.workspace.people.get(id));
        person.map_or_else(String::new, |person| neutral(&person.name))
    }
}

fn day(day: Option<Date>) -> String {
    day.map_or_else(String::new, |day| day.to_string())
}

/// A telephone number: one that has only digits and what is written between them is no formula that does anything.
fn dialled(phone: &str) -> String {
    let plain = |sign: char| sign.is_ascii_digit() || " +-().".contains(sign);
    if phone.chars().all(plain) { phone.to_owned() } else { neutral(phone) }
}

/// A number of employees, where the size is one.
fn headcount(size: &str) -> String {
    size.trim().parse::<u32>().map_or_else(|_| String::new(), |count| count.to_string())
}

/// `1`, in a column that tells companies from people.
pub(super) fn one(_source: &Source<'_>, _row: &Customer) -> String {
    "1".to_owned()
}

/// Companies.
pub(super) mod account {
    use super::{Customer, Kind, Source, headcount, neutral};

    pub(in super::super) fn id(source: &Source<'_>, row: &Customer) -> String {
        source.id(Kind::Account, row.id.value().0)
    }
    pub(in super::super) fn name(_: &Source<'_>, row: &Customer) -> String {
        neutral(&row.name)
    }
    pub(in super::super) fn industry(_: &Source<'_>, row: &Customer) -> String {
        neutral(&row.industry)
    }
    pub(in super::super) fn employees(_: &Source<'_>, row: &Customer) -> String {
        headcount(&row.size)
    }
    pub(in super::super) fn address(_: &Source<'_>, row: &Customer) -> String {
        neutral(&row.address)
    }
    pub(in super::super) fn territory(_: &Source<'_>, row: &Customer) -> String {
        neutral(&row.territory)
    }
    pub(in super::super) fn source(_: &Source<'_>, row: &Customer) -> String {
        neutral(&row.source)
    }
    pub(in super::super) fn owner(source: &Source<'_>, row: &Customer) -> String {
        source.person(row.owner)
    }
    pub(in super::super) fn tags(_: &Source<'_>, row: &Customer) -> String {
        neutral(&row.tags.join(","))
    }
    /// What it needs, and what else is known of it.
    pub(in super::super) fn notes(_: &Source<'_>, row: &Customer) -> String {
        let filled = [&row.needs, &row.notes].into_iter().filter(|text| !text.is_empty());
        neutral(&filled.map(String::as_str).collect::<Vec<_>>().join("\n"))
    }
}

/// Contacts.
pub(super) mod contact {
    use super::{Employed, Kind, Source, dialled, neutral};

    pub(in super::super) fn id(source: &Source<'_>, row: &Employed<'_>) -> String {
        source.contact_id(row.customer, row.contact.id)
    }
    pub(in super::super) fn account_id(source: &Source<'_>, row: &Employed<'_>) -> String {
        source.id(Kind::Account, row.customer.id.value().0)
    }
    pub(in super::super) fn account(_: &Source<'_>, row: &Employed<'_>) -> String {
        neutral(&row.customer.name)
    }
    /// The whole name: which part of it is the family's, the name does not say.
    pub(in super::super) fn name(_: &Source<'_>, row: &Employed<'_>) -> String {
        neutral(&row.contact.name)
    }
    pub(in super::super) fn job_title(_: &Source<'_>, row: &Employed<'_>) -> String {
        neutral(&row.contact.job_title)
    }
    pub(in super::super) fn phone(_: &Source<'_>, row: &Employed<'_>) -> String {
        dialled(&row.contact.phone)
    }
    pub(in super::super) fn email(_: &Source<'_>, row: &Employed<'_>) -> String {
        neutral(&row.contact.email)
    }
    pub(in super::super) fn role(_: &Source<'_>, row: &Employed<'_>) -> String {
        neutral(&row.contact.role)
    }
}

/// Deals.
pub(super) mod deal {
    use super::{Date, Deal, FunnelModel, Kind, Share, Source, Stage, Status, day, dialled, neutral};

    pub(in super::super) fn id(source: &Source<'_>, row: &Deal) -> String {
        source.id(Kind::Deal, row.id.value().0)
    }
    pub(in super::super) fn title(_: &Source<'_>, row: &Deal) -> String {
        neutral(&row.details.title)
    }
    pub(in super::super) fn account(source: &Source<'_>, row: &Deal) -> String {
        source.workspace.customer_of(row).map_or_else(String::new, |customer| neutral(&customer.name))
    }
    pub(in super::super) fn account_id(source: &Source<'_>, row: &Deal) -> String {
        let customer = source.workspace.customer_of(row);
        customer.map_or_else(String::new, |customer| source.id(Kind::Account, customer.id.value().0))
    }
    pub(in super::super) fn contact(source: &Source<'_>, row: &Deal) -> String {
        source.workspace.contact_of(row).map_or_else(String::new, |contact| neutral(&contact.name))
    }
    pub(in super::super) fn contact_id(source: &Source<'_>, row: &Deal) -> String {
        let both = source.workspace.customer_of(row).zip(source.workspace.contact_of(row));
        both.map_or_else(String::new, |(customer, contact)| source.contact_id(customer, contact.id))
    }
    pub(in super::super) fn contact_phone(source: &Source<'_>, row: &Deal) -> String {
        source.workspace.contact_of(row).map_or_else(String::new, |contact| dialled(&contact.phone))
    }
    pub(in super::super) fn contact_email(source: &Source<'_>, row: &Deal) -> String {
        source.workspace.contact_of(row).map_or_else(String::new, |contact| neutral(&contact.email))
    }
    pub(in super::super) fn pipeline(source: &Source<'_>, row: &Deal) -> String {
        place(source, row).map_or_else(String::new, |(model, _)| neutral(&model.name))
    }
    /// The stage it stands in, or stood in when it closed.
    pub(in super::super) fn stage(source: &Source<'_>, row: &Deal) -> String {
        place(source, row).map_or_else(String::new, |(_, stage)| neutral(&stage.name))
    }
    /// The stage of an open deal; a closed one stands in the product's own stage for that.
    pub(in super::super) fn stage_or_closed(source: &Source<'_>, row: &Deal) -> String {
        closed_as(row, "Closed Won", "Closed Lost").unwrap_or_else(|| stage(source, row))
    }
    /// As before, under shorter names.
    pub(in super::super) fn stage_or_outcome(source: &Source<'_>, row: &Deal) -> String {
        closed_as(row, "Won", "Lost").unwrap_or_else(|| stage(source, row))
    }
    /// As before; what is lost keeps its stage, for it is archived.
    pub(in super::super) fn stage_or_won(source: &Source<'_>, row: &Deal) -> String {
        match row.standing().status {
            Status::Won { .. } => "Won".to_owned(),
            _ => stage(source, row),
        }
    }
    /// How it stands here.
    pub(in super::super) fn status(_: &Source<'_>, row: &Deal) -> String {
        row.standing().status.code().to_owned()
    }
    /// How it stands, where a deal can only be open, won or lost.
    pub(in super::super) fn outcome(_: &Source<'_>, row: &Deal) -> String {
        closed_as(row, "Won", "Lost").unwrap_or_else(|| "Open".to_owned())
    }
    /// Whether it is in use: what is lost is archived.
    pub(in super::super) fn active(_: &Source<'_>, row: &Deal) -> String {
        if matches!(row.standing().status, Status::Lost { .. }) { "False" } else { "True" }.to_owned()
    }
    pub(in super::super) fn amount(source: &Source<'_>, row: &Deal) -> String {
        let digits = source.workspace.profile.currency.digits();
        row.standing().amount.map_or_else(String::new, |amount| amount.to_decimal(digits))
    }
    pub(in super::super) fn currency(source: &Source<'_>, row: &Deal) -> String {
        if row.standing().amount.is_some() { source.workspace.profile.currency.to_string() } else { String::new() }
    }
    /// In percent.
    pub(in super::super) fn probability(source: &Source<'_>, row: &Deal) -> String {
        let standing = row.standing();
        let chance = match standing.status {
            Status::Won { .. } => Some(Share::ONE),
            Status::Lost { .. } => Some(Share::ZERO),
            _ => standing.probability.or_else(|| place(source, row).map(|(_, stage)| stage.probability)),
        };
        chance.map_or_else(String::new, |chance| {
            let points = chance.basis_points();
            let text = format!("{}.{:02}", points / 100, points % 100);
            text.trim_end_matches('0').trim_end_matches('.').to_owned()
        })
    }
    /// When it may close.
    pub(in super::super) fn expected_close(_: &Source<'_>, row: &Deal) -> String {
        day(row.standing().expected_close)
    }
    /// When it closed, or may close.
    pub(in super::super) fn close(source: &Source<'_>, row: &Deal) -> String {
        let is_closed = row.standing().is_closed();
        if is_closed { closed_on(source, row) } else { expected_close(source, row) }
    }
    pub(in super::super) fn closed_on(_: &Source<'_>, row: &Deal) -> String {
        day(won_day(row).or(lost_day(row)))
    }
    pub(in super::super) fn won_on(_: &Source<'_>, row: &Deal) -> String {
        day(won_day(row))
    }
    pub(in super::super) fn lost_on(_: &Source<'_>, row: &Deal) -> String {
        day(lost_day(row))
    }
    pub(in super::super) fn created(_: &Source<'_>, row: &Deal) -> String {
        day(row.history().first().and_then(|event| event.on))
    }
    pub(in super::super) fn owner(source: &Source<'_>, row: &Deal) -> String {
        source.person(row.standing().owner)
    }
    pub(in super::super) fn source(_: &Source<'_>, row: &Deal) -> String {
        neutral(&row.details.source)
    }
    pub(in super::super) fn next_step(_: &Source<'_>, row: &Deal) -> String {
        row.details.next_action.as_ref().map_or_else(String::new, |next| neutral(&next.what))
    }
    pub(in super::super) fn lost_reason(_: &Source<'_>, row: &Deal) -> String {
        match &row.standing().status {
            Status::Lost { reason, .. } => neutral(reason),
            _ => String::new(),
        }
    }
    pub(in super::super) fn tags(_: &Source<'_>, row: &Deal) -> String {
        neutral(&row.details.tags.join(","))
    }
    pub(in super::super) fn notes(_: &Source<'_>, row: &Deal) -> String {
        neutral(&row.details.notes)
    }

    fn place<'a>(source: &Source<'a>, row: &Deal) -> Option<(&'a FunnelModel, &'a Stage)> {
        source.workspace.stage_of(row)
    }
    fn closed_as(row: &Deal, won: &str, lost: &str) -> Option<String> {
        match row.standing().status {
            Status::Won { .. } => Some(won.to_owned()),
            Status::Lost { .. } => Some(lost.to_owned()),
            Status::Open | Status::Dormant { .. } => None,
        }
    }
    fn won_day(row: &Deal) -> Option<Date> {
        if let Status::Won { on } = row.standing().status { on } else { None }
    }
    fn lost_day(row: &Deal) -> Option<Date> {
        if let Status::Lost { on, .. } = &row.standing().status { *on } else { None }
    }
}

/// What was done.
pub(super) mod activity {
    use super::{Activity, ActivityKind, Customer, Deal, Kind, Source, neutral};

    pub(in super::super) fn id(source: &Source<'_>, row: &Activity) -> String {
        source.id(Kind::Activity, row.id.value().0)
    }
    /// What kind it was.
    pub(in super::super) fn kind(_: &Source<'_>, row: &Activity) -> String {
        word(row.kind).to_owned()
    }
    pub(in super::super) fn on(_: &Source<'_>, row: &Activity) -> String {
        row.on.to_string()
    }
    pub(in super::super) fn by(source: &Source<'_>, row: &Activity) -> String {
        source.person(row.by)
    }
    pub(in super::super) fn deal(source: &Source<'_>, row: &Activity) -> String {
        deal_of(source, row).map_or_else(String::new, |deal| neutral(&deal.details.title))
    }
    pub(in super::super) fn deal_id(source: &Source<'_>, row: &Activity) -> String {
        deal_of(source, row).map_or_else(String::new, |deal| source.id(Kind::Deal, deal.id.value().0))
    }
    pub(in super::super) fn account(source: &Source<'_>, row: &Activity) -> String {
        customer_of(source, row).map_or_else(String::new, |customer| neutral(&customer.name))
    }
    pub(in super::super) fn account_id(source: &Source<'_>, row: &Activity) -> String {
        let customer = customer_of(source, row);
        customer.map_or_else(String::new, |customer| source.id(Kind::Account, customer.id.value().0))
    }
    /// What was said, what came of it and what follows.
    pub(in super::super) fn text(_: &Source<'_>, row: &Activity) -> String {
        neutral(&told(row).join("\n"))
    }
    /// The same, after the kind: for notes, which have none.
    pub(in super::super) fn text_with_kind(_: &Source<'_>, row: &Activity) -> String {
        std::iter::once(word(row.kind)).chain(told(row)).collect::<Vec<_>>().join("\n")
    }
    /// It is over.
    pub(in super::super) fn completed(_: &Source<'_>, _: &Activity) -> String {
        "Completed".to_owned()
    }
    /// It is over.
    pub(in super::super) fn done(_: &Source<'_>, _: &Activity) -> String {
        "Done".to_owned()
    }

    fn told(row: &Activity) -> Vec<&str> {
        [&row.note, &row.result, &row.next_step]
            .into_iter()
            .map(String::as_str)
            .filter(|text| !text.is_empty())
            .collect()
    }
    fn word(kind: ActivityKind) -> &'static str {
        match kind {
            ActivityKind::Visit => "Visit",
            ActivityKind::Call => "Call",
            ActivityKind::Demo => "Demo",
            ActivityKind::Email => "Email",
            ActivityKind::Sms => "Text message",
            ActivityKind::Meeting => "Meeting",
            ActivityKind::ReturnVisit => "Return visit",
            ActivityKind::ServiceRequest => "Service request",
            ActivityKind::Note => "Note",
        }
    }
    fn deal_of<'a>(source: &Source<'a>, row: &Activity) -> Option<&'a Deal> {
        row.deal.and_then(|deal| source.workspace.deals.get(deal)).map(AsRef::as_ref)
    }
    fn customer_of<'a>(source: &Source<'a>, row: &Activity) -> Option<&'a Customer> {
        let named = row.customer.and_then(|customer| source.workspace.customers.get(customer));
        named.or_else(|| source.workspace.customer_of(deal_of(source, row)?)).map(AsRef::as_ref)
    }
}
