//! A scope in words, for what is printed.

use super::{Scope, span_name};
use crate::{
    i18n::t_string,
    model::{CustomFieldOf, Record, Table, Workspace},
    ui::{format::Format, parts::listing::own_filters::asked, wording::I18n},
};

/// What a scope asks for, one kind after the other: `Funnel model: Software; Owner: Chen Jing, Li Wei`. The day is not among them,
/// and the period only on pages that count by it.
pub fn words(scope: &Scope, workspace: &Workspace, by_period: bool, i18n: I18n, format: Format) -> String {
    let filter = &scope.filter;
    let mut said = Vec::new();
    let mut say = |label: &str, value: String| {
        if !value.is_empty() {
            said.push(t_string!(i18n, filters.one, label = label, value = value).to_string());
        }
    };
    let joint = t_string!(i18n, deals.joint);
    let texts = |texts: &std::collections::BTreeSet<String>| texts.iter().cloned().collect::<Vec<_>>().join(joint);
    let model = match filter.model {
        Some(id) => name(&workspace.models, id, |model| &model.name),
        None => t_string!(i18n, filters.all_models).to_owned(),
    };
    say(t_string!(i18n, domain.field.model), model);
    if by_period {
        let days = filter.period.map(|period| [format.date(period.from), format.date(period.to)].join(" – "));
        say(t_string!(i18n, filters.period), days.unwrap_or_else(|| span_name(i18n, scope.span).to_owned()));
    }
    let departments = filter.departments.iter().map(|id| name(&workspace.departments, *id, |record| &record.name));
    say(t_string!(i18n, domain.field.department), departments.collect::<Vec<_>>().join(joint));
    let people = filter.people.iter().map(|id| name(&workspace.people, *id, |record| &record.name));
    say(t_string!(i18n, domain.field.owner), people.collect::<Vec<_>>().join(joint));
    let products = filter.products.iter().map(|id| name(&workspace.products, *id, |record| &record.name));
    say(t_string!(i18n, domain.field.products), products.collect::<Vec<_>>().join(joint));
    say(t_string!(i18n, domain.field.source), texts(&filter.sources));
    let campaigns = filter.campaigns.iter().map(|id| name(&workspace.campaigns, *id, |record| &record.name));
    say(t_string!(i18n, domain.field.campaign), campaigns.collect::<Vec<_>>().join(joint));
    say(t_string!(i18n, filters.territory), texts(&filter.territories));
    say(t_string!(i18n, domain.field.customer_industry), texts(&filter.industries));
    say(t_string!(i18n, domain.field.customer_size), texts(&filter.sizes));
    for (own, text) in &scope.own {
        let asked = asked(&own.field().kind, text, i18n, format);
        say(&own.heading(i18n, CustomFieldOf::Deal), asked.unwrap_or_default());
    }
    said.join(t_string!(i18n, filters.joint))
}

fn name<V: Record>(table: &Table<V>, id: V::Id, name: fn(&V) -> &String) -> String {
    table.get(id).map(|record| name(record).clone()).unwrap_or_default()
}
