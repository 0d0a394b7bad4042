//! The cells of the list.

use std::sync::Arc;

use leptos::prelude::*;

use super::{column::Field, edit::Desk};
use crate::{
    i18n::use_i18n,
    model::CustomerId,
    ui::{
        components::tag::Tone,
        format::{UNKNOWN, use_format},
        parts::{
            customer_book::Book,
            listing::{
                cell::{Cell, Editable, link, read_only},
                column::ListField,
            },
        },
        route::{Route, use_navigation},
    },
};

/// The view of a column's cells.
pub(super) fn cells(field: &Field, desk: Desk, book: Memo<Book>) -> Cell<CustomerId> {
    let (format, i18n, navigation) = (use_format(), use_i18n(), use_navigation());
    let field = field.clone();
    Arc::new(move |id| {
        let (valued, toned) = (field.clone(), field.clone());
        let text = Signal::derive(move || {
            book.with(|book| {
                let shown = book.entry(id).map(|entry| valued.value(entry, i18n).shown(format, entry.workspace));
                shown.unwrap_or_else(|| UNKNOWN.to_owned())
            })
        });
        let tone = Signal::derive(move || {
            book.with(|book| book.entry(id).map_or(Tone::Neutral, |entry| toned.tone(entry, book.today)))
        });
        if field == Field::Name {
            return link(Signal::derive(move || navigation.href(&Route::Customer(id.to_string()))), text);
        }
        let tone = field.is_noticed().then_some(tone);
        if field.editable() {
            return view! { <Editable key=id field=field.clone() desk text tone/> }.into_any();
        }
        read_only(text, tone)
    })
}
