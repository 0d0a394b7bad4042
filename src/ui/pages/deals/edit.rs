//! Turns what is typed into a cell into a command.

use leptos::prelude::*;

use super::{cell::Desk, column::Field};
use crate::{
    i18n::{t_string, use_i18n},
    model::{Command, Date, DealId, NextAction, PersonId, Workspace},
    store::{Store, use_store},
    ui::{
        format::{Format, use_format},
        parts::{
            custom_fields::put,
            custom_value,
            listing::{
                column::Columns,
                desk::{Control, Draft},
            },
            names::people,
        },
        typed,
        wording::{self, I18n},
    },
};

/// A desk whose cells are edited as the deals allow; call it in a component body.
pub(super) fn desk(columns: Columns<Field>) -> Desk {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let begin = move |(id, field): (DealId, Field)| {
        let text = store.peek(|workspace| text(workspace, id, &field));
        let control = match &field {
            Field::Own(own) => own.control(&text),
            Field::Owner => Control::Choice(people(store, t_string!(i18n, list.nobody), &text)),
            Field::ExpectedClose | Field::Due => Control::Date,
            Field::Amount => Control::Number,
            _ => Control::Text,
        };
        Draft { text, control }
    };
    let change = move |(id, field, text): (DealId, Field, String)| change(store, i18n, format, id, &field, &text);
    Desk::new(columns, Callback::new(begin), Callback::new(change))
}

/// The text that an editor begins with.
fn text(workspace: &Workspace, id: DealId, field: &Field) -> String {
    let Some(deal) = workspace.deals.get(id) else { return String::new() };
    let (standing, action) = (deal.standing(), deal.details.next_action.as_ref());
    let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
    match field {
        Field::Amount => {
            let digits = workspace.profile.currency.digits();
            standing.amount.map(|amount| typed::amount_text(amount, digits)).unwrap_or_default()
        }
        Field::ExpectedClose => day(standing.expected_close),
        Field::Owner => standing.owner.map(|owner| owner.to_string()).unwrap_or_default(),
        Field::NextAction => action.map(|action| action.what.clone()).unwrap_or_default(),
        Field::Due => day(action.and_then(|action| action.due)),
        Field::Own(own) => own.of_deal(deal, workspace).unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// Carries out what was typed.
///
/// # Errors
/// Why it was refused, in words.
fn change(store: Store, i18n: I18n, format: Format, id: DealId, field: &Field, text: &str) -> Result<(), String> {
    let command = store.peek(|workspace| command(workspace, i18n, id, field, text.trim()))?;
    let Some(command) = command else { return Ok(()) };
    store
        .dispatch(command)
        .map(|_change| ())
        .map_err(|rejection| store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection)))
}

fn command(
    workspace: &Workspace,
    i18n: I18n,
    id: DealId,
    field: &Field,
    text: &str,
) -> Result<Option<Command>, String> {
    let day = || day(text).map_err(|()| t_string!(i18n, list.not_a_date).to_owned());
    Ok(Some(match field {
        Field::Amount => {
            let to = typed::amount(text, workspace.profile.currency.digits())
                .map_err(|_invalid| t_string!(i18n, deals.not_an_amount).to_owned())?;
            Command::SetAmount { id, to }
        }
        Field::ExpectedClose => Command::SetExpectedClose { id, to: day()? },
        Field::Owner => Command::SetOwner { id, to: person(text) },
        Field::NextAction | Field::Due => {
            let Some(deal) = workspace.deals.get(id) else { return Ok(None) };
            let mut details = deal.details.clone();
            details.next_action = match (field, details.next_action) {
                (Field::Due, None) if text.is_empty() => None,
                (Field::Due, None) => return Err(t_string!(i18n, deals.no_action).to_owned()),
                (Field::Due, Some(action)) => Some(NextAction { due: day()?, ..action }),
                (_, _) if text.is_empty() => None,
                (_, Some(action)) => Some(NextAction { what: text.to_owned(), ..action }),
                (_, None) => Some(NextAction { what: text.to_owned(), owner: deal.standing().owner, due: None }),
            };
            if details == deal.details {
                return Ok(None);
            }
            Command::EditDeal { id, details: Box::new(details) }
        }
        Field::Own(own) => {
            let (field, Some(deal)) = (own.field(), workspace.deals.get(id)) else { return Ok(None) };
            let mut details = deal.details.clone();
            put(&mut details.custom, field.name.clone(), custom_value::read(i18n, &field.kind, text)?);
            Command::EditDeal { id, details: Box::new(details) }
        }
        _ => return Ok(None),
    }))
}

/// A date as the browser's date field writes it; nothing means unknown.
pub(super) fn day(text: &str) -> Result<Option<Date>, ()> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_invalid| ()) }
}

/// A person of a list of choices; nothing means nobody.
pub(super) fn person(text: &str) -> Option<PersonId> {
    text.parse().ok()
}
