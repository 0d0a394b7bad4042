//! Rows of products, people and customers.

use std::collections::BTreeSet;

use super::{
    Decimal, Field,
    build::Builder,
    plan::ProblemKind,
    rows::Row,
    source::{Faults, Source},
};
use crate::model::{Contact, ContactId, Customer, DepartmentId, Money};

/// Fields that a customer has a place for.
const CUSTOMER_FIELDS: &[Field] = &[
    Field::Customer,
    Field::Name,
    Field::Industry,
    Field::Size,
    Field::Territory,
    Field::Address,
    Field::Source,
    Field::Owner,
    Field::Notes,
    Field::Tags,
    Field::Contact,
];

/// Fields that a contact has a place for.
pub(super) const CONTACT_FIELDS: &[Field] = &[Field::Phone, Field::Email, Field::JobTitle];

/// Puts a value of the file in a place; an empty one leaves what was there.
fn put(place: &mut String, value: &str) {
    if !value.is_empty() {
        value.clone_into(place);
    }
}

impl<'a> Builder<'a> {
    pub(super) fn product_row(&mut self, source: &Source<'a>, row: &'a Row) -> bool {
        let mut faults = source.faults(row);
        let name = source.text(row, &[Field::Product, Field::Name]);
        let price = source.number(row, Field::Price, &mut faults);
        let price = price.and_then(|(column, number)| self.money(column, &number, &mut faults));
        if name.is_empty() {
            faults.push((None, ProblemKind::NoName));
        }
        if !self.accept(source, row, faults, name.is_empty()) {
            return false;
        }
        let place = self.product(name);
        let series = source.text(row, &[Field::Series]);
        if let Some(product) = self.products.change(place) {
            // The price list knows how its products are spelled.
            name.clone_into(&mut product.name);
            put(&mut product.series, series);
            product.price = price.or(product.price);
        }
        true
    }

    pub(super) fn person_row(&mut self, source: &Source<'a>, row: &'a Row) -> bool {
        let mut faults = source.faults(row);
        let name = source.text(row, &[Field::Owner, Field::Name]);
        if name.is_empty() {
            faults.push((None, ProblemKind::NoName));
        }
        if !self.accept(source, row, faults, name.is_empty()) {
            return false;
        }
        let person = self.person(name);
        let (department, manager) = (source.text(row, &[Field::Department]), source.text(row, &[Field::Manager]));
        let department = self.team(department, manager);
        let territory = source.text(row, &[Field::Territory]);
        if let Some(person) = self.people.change(person) {
            person.department = department.or(person.department);
            put(&mut person.territory, territory);
        }
        true
    }

    /// The department of a person: below the department of this name the team of this manager, or either when there is only one.
    fn team(&mut self, department: &str, manager: &str) -> Option<DepartmentId> {
        let above = (!department.is_empty()).then(|| self.department(department));
        let above = above.and_then(|place| self.departments.get(place)).map(|department| department.id);
        if manager.is_empty() {
            return above;
        }
        let place = self.department(manager);
        let team = self.departments.change(place)?;
        if above != Some(team.id) {
            team.parent = above.or(team.parent);
        }
        manager.clone_into(&mut team.manager);
        Some(team.id)
    }

    pub(super) fn customer_row(&mut self, source: &Source<'a>, row: &'a Row) -> bool {
        let mut faults = source.faults(row);
        let name = source.text(row, &[Field::Customer, Field::Name, Field::CustomerReference]);
        if name.is_empty() {
            faults.push((None, ProblemKind::NoName));
        }
        if !self.accept(source, row, faults, name.is_empty()) {
            return false;
        }
        let owner = source.text(row, &[Field::Owner]);
        let owner = if owner.is_empty() { None } else { Some(self.person(owner)) };
        let owner = owner.and_then(|place| self.people.get(place)).map(|person| person.id);
        let contact = source.text(row, &[Field::Contact]);
        let place = self.customer(name);
        let mut used = CUSTOMER_FIELDS.to_vec();
        if !contact.is_empty() {
            used.extend(CONTACT_FIELDS);
            self.contact(place, contact, source, row);
        }
        let custom = source.others(row, &used);
        if let Some(customer) = self.customers.change(place) {
            put(&mut customer.industry, source.text(row, &[Field::Industry]));
            put(&mut customer.size, source.text(row, &[Field::Size]));
            put(&mut customer.territory, source.text(row, &[Field::Territory]));
            put(&mut customer.address, source.text(row, &[Field::Address]));
            put(&mut customer.source, source.text(row, &[Field::Source]));
            put(&mut customer.notes, source.text(row, &[Field::Notes]));
            customer.owner = owner.or(customer.owner);
            tag(customer, source.text(row, &[Field::Tags]));
            customer.custom.extend(custom);
        }
        true
    }

    /// The contact of this name at a customer, who is added when unknown and gets what the row says.
    pub(super) fn contact(
        &mut self,
        customer: usize,
        name: &str,
        source: &Source<'a>,
        row: &'a Row,
    ) -> Option<ContactId> {
        let [phone, email, job_title] =
            [Field::Phone, Field::Email, Field::JobTitle].map(|field| source.text(row, &[field]));
        let known = self.customers.get(customer)?.contacts.iter().position(|contact| contact.name == name);
        if let (Some(known), true) = (known, phone.is_empty() && email.is_empty() && job_title.is_empty()) {
            return Some(self.customers.get(customer)?.contacts.get(known)?.id);
        }
        let id = if known.is_none() { Some(ContactId::from(self.ids.next())) } else { None };
        let contacts = &mut self.customers.change(customer)?.contacts;
        if let Some(id) = id {
            let [name, phone, email, job_title, role] = [name, phone, email, job_title, ""].map(str::to_owned);
            contacts.push(Contact { id, name, job_title, phone, email, role });
            return Some(id);
        }
        let contact = contacts.get_mut(known?)?;
        put(&mut contact.phone, phone);
        put(&mut contact.email, email);
        put(&mut contact.job_title, job_title);
        Some(contact.id)
    }

    /// A number as money of the workspace's currency.
    pub(super) fn money(&self, column: usize, number: &Decimal, faults: &mut Faults) -> Option<Money> {
        let digits = u8::try_from(self.currency.digits()).ok()?;
        let money = number.units(digits).and_then(Money::from_minor);
        if money.is_none() {
            faults.push((Some(column), ProblemKind::AmountBound));
        }
        money
    }
}

fn tag(customer: &mut Customer, tags: &str) {
    for tag in split_tags(tags) {
        if !customer.tags.contains(&tag) {
            customer.tags.push(tag);
        }
    }
}

/// The labels of a cell that lists several.
pub(super) fn split_tags(tags: &str) -> Vec<String> {
    let parts = tags.split([';', ',', '、', '；', '，']).map(str::trim).filter(|tag| !tag.is_empty());
    let mut seen = BTreeSet::new();
    parts.filter(|tag| seen.insert(*tag)).map(str::to_owned).collect()
}
