//! Turns what is typed into a cell into a command.

use std::sync::Arc;

use leptos::prelude::*;

use super::column::Field;
use crate::{
    i18n::{t_string, use_i18n},
    model::{Command, CustomField, Customer, CustomerId},
    store::use_store,
    ui::{
        format::use_format,
        parts::{
            custom_fields::put,
            custom_value,
            editor::read_date,
            levels::{level_key, level_of, levels},
            listing::{
                column::Columns,
                desk::{self, Control, Draft},
            },
            names::{choose_source, people},
        },
        typed::list,
        wording::{self, I18n},
    },
};

/// What the rows share.
pub(super) type Desk = desk::Desk<CustomerId, Field>;

/// A desk whose cells are edited as customers allow; call it in a component body.
pub(super) fn desk(columns: Columns<Field>) -> Desk {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let begin = move |(id, field): (CustomerId, Field)| {
        let customer = store.peek(|workspace| workspace.customers.get(id).cloned());
        let text = customer.as_ref().map(|customer| text(customer, &field)).unwrap_or_default();
        let control = match &field {
            Field::Own(own) => own.control(&text),
            Field::Owner => Control::Choice(people(store, t_string!(i18n, list.nobody), &text)),
            Field::Fit | Field::Intent | Field::Priority => Control::Choice(levels(i18n).get()),
            Field::Source => Control::Choice(store.peek(|workspace| choose_source(&workspace.profile, &text))),
            Field::ReviewOn => Control::Date,
            _ => Control::Text,
        };
        Draft { text, control }
    };
    let change = move |(id, field, text): (CustomerId, Field, String)| {
        let Some(known) = store.peek(|workspace| workspace.customers.get(id).cloned()) else { return Ok(()) };
        let mut customer = Arc::unwrap_or_clone(known);
        write(i18n, &mut customer, &field, text.trim())?;
        let outcome = store.dispatch(Command::PutCustomer(Box::new(customer)));
        outcome
            .map(|_change| ())
            .map_err(|rejection| store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection)))
    };
    Desk::new(columns, Callback::new(begin), Callback::new(change))
}

/// The text that an editor begins with.
fn text(customer: &Customer, field: &Field) -> String {
    match field {
        Field::ShortName => customer.short_name.clone(),
        Field::Industry => customer.industry.clone(),
        Field::Territory => customer.territory.clone(),
        Field::Size => customer.size.clone(),
        Field::Source => customer.source.clone(),
        Field::Fit => level_key(customer.fit).to_owned(),
        Field::Intent => level_key(customer.intent).to_owned(),
        Field::Priority => level_key(customer.priority).to_owned(),
        Field::ReviewOn => customer.review_on.map(|day| day.to_string()).unwrap_or_default(),
        Field::Owner => customer.owner.map(|id| id.to_string()).unwrap_or_default(),
        Field::Software => customer.software_in_use.clone(),
        Field::Tags => customer.tags.join(", "),
        Field::Own(own) => own.of_customer(customer).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// Writes what was typed into the customer.
///
/// # Errors
/// Why it does not fit, in words.
fn write(i18n: I18n, customer: &mut Customer, field: &Field, text: &str) -> Result<(), String> {
    match field {
        Field::ShortName => text.clone_into(&mut customer.short_name),
        Field::Industry => text.clone_into(&mut customer.industry),
        Field::Territory => text.clone_into(&mut customer.territory),
        Field::Size => text.clone_into(&mut customer.size),
        Field::Source => text.clone_into(&mut customer.source),
        Field::Fit => customer.fit = level_of(text),
        Field::Intent => customer.intent = level_of(text),
        Field::Priority => customer.priority = level_of(text),
        Field::ReviewOn => {
            customer.review_on = read_date(text).map_err(|_invalid| t_string!(i18n, list.not_a_date).to_owned())?;
        }
        Field::Owner => customer.owner = text.parse().ok(),
        Field::Software => text.clone_into(&mut customer.software_in_use),
        Field::Tags => customer.tags = list(text),
        Field::Own(own) => {
            let CustomField { name, kind, .. } = own.field();
            put(&mut customer.custom, name.clone(), custom_value::read(i18n, kind, text)?);
        }
        _ => {}
    }
    Ok(())
}
