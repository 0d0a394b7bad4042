//! Fields of the user's own in lists: their columns and cells, and the rows that an address asks for by them.

use std::sync::Arc;

use super::{desk::Control, value::Value};
use crate::{
    i18n::t_string,
    metrics::{CustomFilter, CustomWish},
    model::{
        CustomField, CustomFieldOf, CustomKind, Customer, Deal, Profile, Workspace,
        address::{Query, read_range, read_texts},
    },
    search::Sought,
    ui::{components::tag::Tone, parts::custom_value::offered, wording::I18n},
};

/// A field of the user's own as a column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Own(Arc<CustomField>);

impl Own {
    /// The CSS grid track.
    pub const WIDTH: &str = "minmax(8.5rem, 1fr)";

    /// The fields of these records, in the order in which they are shown.
    pub fn all(profile: &Profile, of: &[CustomFieldOf]) -> impl Iterator<Item = Self> {
        of.iter().flat_map(|of| profile.fields_of(*of)).map(|field| Self(field.clone().into()))
    }

    /// The field.
    pub fn field(&self) -> &CustomField {
        &self.0
    }

    /// Its name in addresses.
    pub fn code(&self) -> String {
        CustomField::code(self.0.of, &self.0.name)
    }

    /// Its heading in a list of such records; one of another record says whose it is.
    pub fn heading(&self, i18n: I18n, rows: CustomFieldOf) -> String {
        let name = self.0.name.clone();
        if self.0.of == CustomFieldOf::Customer && rows == CustomFieldOf::Deal {
            t_string!(i18n, deals.of_customer, name = name).to_string()
        } else {
            name
        }
    }

    /// Whether it holds figures.
    pub fn numeric(&self) -> bool {
        self.0.kind == CustomKind::Number {}
    }

    /// What a customer has in it.
    pub fn of_customer<'a>(&self, customer: &'a Customer) -> Option<&'a str> {
        self.0.value(None, Some(customer))
    }

    /// What a deal or its customer has in it.
    pub fn of_deal<'a>(&self, deal: &'a Deal, workspace: &'a Workspace) -> Option<&'a str> {
        let customer = (self.0.of == CustomFieldOf::Customer).then(|| workspace.customer_of(deal)).flatten();
        self.0.value(Some(deal), customer.map(AsRef::as_ref))
    }

    /// A text that stands in it as a cell's value.
    pub fn value<'a, T: From<&'a str>>(&self, text: Option<&'a str>) -> Value<T> {
        text.map_or(Value::Unknown, |text| Value::own(&self.0.kind, text))
    }

    /// What is to be noticed in a text that stands in it: that it does not fit.
    pub fn tone(&self, text: Option<&str>) -> Tone {
        if text.is_none_or(|text| self.0.kind.accepts(text)) { Tone::Neutral } else { Tone::Warn }
    }

    /// How its cells are edited, beginning with a text.
    pub fn control(&self, text: &str) -> Control {
        match &self.0.kind {
            CustomKind::Choice { options } => Control::Choice(offered(options, text)),
            CustomKind::Date {} => Control::Date,
            CustomKind::Number {} => Control::Number,
            CustomKind::Text {} => Control::Text,
        }
    }

    /// What an address asks for in it: some of its texts, a part of a text, or a range.
    fn wish(&self, query: &Query) -> Option<CustomWish> {
        let asked = query.get(&self.code())?;
        let wanted = match &self.0.kind {
            CustomKind::Choice { .. } => {
                let texts = read_texts(asked);
                (!texts.is_empty()).then_some(CustomFilter::AnyOf(texts))
            }
            CustomKind::Text {} => {
                let sought = Sought::of(asked);
                (!sought.is_empty()).then_some(CustomFilter::Holding(sought))
            }
            kind @ (CustomKind::Number {} | CustomKind::Date {}) => {
                let (from, to) = read_range(asked);
                CustomFilter::between(kind, from, to)
            }
        };
        Some(CustomWish { field: CustomField::clone(&self.0), wanted: wanted? })
    }
}

/// What the query of an address asks for in the fields of these records.
pub fn wishes(query: &Query, profile: &Profile, of: &[CustomFieldOf]) -> Vec<CustomWish> {
    Own::all(profile, of).filter_map(|own| own.wish(query)).collect()
}
