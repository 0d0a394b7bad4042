//! The words of dimensions and their values.

use leptos::prelude::With as _;

use super::super::Desk;
use crate::{
    i18n::t_string,
    metrics::{Dimension, breakdown::Value},
    model::{Record, Table},
    ui::wording::I18n,
};

/// A dimension in an address.
pub(super) const fn dimension_code(by: Dimension) -> &'static str {
    match by {
        Dimension::Department => "department",
        Dimension::Person => "person",
        Dimension::Product => "product",
        Dimension::Source => "source",
        Dimension::Territory => "territory",
        Dimension::Size => "size",
        Dimension::Industry => "industry",
        Dimension::Campaign => "campaign",
        Dimension::Competitor => "competitor",
        Dimension::LostReason => "lost-reason",
        Dimension::LostStage => "lost-stage",
    }
}

/// A dimension in words.
pub(super) fn dimension_name(i18n: I18n, by: Dimension) -> &'static str {
    match by {
        Dimension::Department => t_string!(i18n, domain.field.department),
        Dimension::Person => t_string!(i18n, domain.field.owner),
        Dimension::Product => t_string!(i18n, domain.field.products),
        Dimension::Source => t_string!(i18n, domain.field.source),
        Dimension::Territory => t_string!(i18n, filters.territory),
        Dimension::Size => t_string!(i18n, domain.field.customer_size),
        Dimension::Industry => t_string!(i18n, domain.field.customer_industry),
        Dimension::Campaign => t_string!(i18n, domain.field.campaign),
        Dimension::Competitor => t_string!(i18n, domain.field.competitors),
        Dimension::LostReason => t_string!(i18n, domain.field.lost_reason),
        Dimension::LostStage => t_string!(i18n, analysis.breakdown.lost_stage),
    }
}

/// The name of a value; what nobody wrote down says so.
pub(super) fn value_name(desk: Desk, i18n: I18n, value: &Value) -> String {
    desk.counted.with(|counted| {
        let workspace = &counted.workspace;
        let named = match value {
            Value::Department(id) => id.and_then(|id| name(&workspace.departments, id, |one| &one.name)),
            Value::Person(id) => {
                let person = id.and_then(|id| name(&workspace.people, id, |one| &one.name));
                return person.unwrap_or_else(|| t_string!(i18n, list.nobody).to_owned());
            }
            Value::Product(id) => id.and_then(|id| name(&workspace.products, id, |one| &one.name)),
            Value::Campaign(id) => id.and_then(|id| name(&workspace.campaigns, id, |one| &one.name)),
            Value::Stage(id) => desk.model.with(|model| {
                model.as_ref().zip(*id).and_then(|(model, id)| model.stage(id)).map(|stage| stage.name.clone())
            }),
            Value::Text(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        };
        named.unwrap_or_else(|| not_given(i18n))
    })
}

/// What stands for a value that nobody wrote down.
pub(super) fn not_given(i18n: I18n) -> String {
    t_string!(i18n, analysis.breakdown.not_given).to_owned()
}

fn name<V: Record>(table: &Table<V>, id: V::Id, name: fn(&V) -> &String) -> Option<String> {
    table.get(id).map(|record| name(record).clone())
}
