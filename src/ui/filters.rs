//! What the analysing pages count: model, people, products, sources, a period and a day, all in the address so that a view can
//! be linked.

mod words;

use std::{collections::BTreeSet, str::FromStr};

use chrono::{Datelike, Days, Months};
use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    metrics::{Filter, Period},
    model::{
        CustomFieldOf, Date, ModelId, Workspace,
        address::{read_list, read_texts},
    },
    store::use_store,
    ui::{
        clock::use_clock,
        components::field::{Field, FieldKind, SelectField},
        parts::listing::{
            controls::{FilterChip, named},
            own::{Own, wishes},
            own_filters::OwnFilters,
        },
        route::{Query, use_navigation},
        wording::I18n,
    },
};

pub use words::words;

/// The keys of the address that choose a scope.
pub const KEYS: [&str; 11] = [
    "model",
    "period",
    "as-of",
    "department",
    "person",
    "product",
    "source",
    "campaign",
    "territory",
    "industry",
    "size",
];

/// Whose fields of the user's own choose a scope.
const OWN: &[CustomFieldOf] = &[CustomFieldOf::Deal, CustomFieldOf::Customer];

/// Whether the values of a key of the query are texts that people wrote.
fn are_texts(key: &str) -> bool {
    matches!(key, "source" | "territory" | "industry" | "size")
}

/// A stretch of time relative to the day of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Everything there is.
    All,
    /// The twelve months up to the day.
    Year,
    /// The fiscal year of the day.
    FiscalYear,
    /// The calendar quarter of the day.
    Quarter,
    /// The calendar quarter before.
    LastQuarter,
    /// The calendar month of the day.
    Month,
}

impl Span {
    const ALL: [Self; 6] = [Self::Year, Self::All, Self::FiscalYear, Self::Quarter, Self::LastQuarter, Self::Month];

    const fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Year => "year",
            Self::FiscalYear => "fiscal",
            Self::Quarter => "quarter",
            Self::LastQuarter => "last-quarter",
            Self::Month => "month",
        }
    }

    fn of_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|span| span.key() == key)
    }

    /// The days it covers, seen from `day`; `None` is everything.
    pub fn period(self, day: Date, fiscal_year_start: u8) -> Option<Period> {
        let month_start = day.with_day(1)?;
        let back = |start: Date, months| start.checked_sub_months(Months::new(months));
        let quarter = back(month_start, (day.month() - 1) % 3)?;
        let from = match self {
            Self::All => return None,
            Self::Year => back(day, 12)?.checked_add_days(Days::new(1))?,
            Self::FiscalYear => back(month_start, (day.month() + 12 - u32::from(fiscal_year_start)) % 12)?,
            Self::Quarter => quarter,
            Self::LastQuarter => return Some(Period { from: back(quarter, 3)?, to: quarter.pred_opt()? }),
            Self::Month => month_start,
        };
        Some(Period { from, to: day })
    }
}

/// The day of the view and what it counts, as the address says.
#[derive(Clone, Debug, PartialEq)]
pub struct Scope {
    /// The day of the view.
    pub as_of: Date,
    /// The stretch of time chosen.
    pub span: Span,
    /// What is counted. The model is one that exists; without one in the address it is the busiest, on a page that shows them all
    /// together none.
    pub filter: Filter,
    /// What the address says of each field of the user's own that it asks for.
    own: Vec<(Own, String)>,
}

impl Scope {
    fn read(query: &Query, workspace: &Workspace, today: Date, all_models: bool) -> Self {
        let as_of = query.get("as-of").and_then(|day| day.parse().ok()).unwrap_or(today);
        let span = query.get("period").and_then(Span::of_key).unwrap_or(Span::Year);
        let wished = query.get("model").and_then(|id| id.parse().ok());
        let usual = || if all_models { None } else { busiest_model(workspace) };
        let filter = Filter {
            model: wished.filter(|id| workspace.models.contains(*id)).or_else(usual),
            departments: ids(query, "department"),
            people: ids(query, "person"),
            products: ids(query, "product"),
            sources: values(query, "source").collect(),
            campaigns: ids(query, "campaign"),
            period: span.period(as_of, workspace.profile.fiscal_year_start),
            territories: values(query, "territory").collect(),
            industries: values(query, "industry").collect(),
            sizes: values(query, "size").collect(),
            own: wishes(query, &workspace.profile, OWN),
        };
        let said = |own: Own| query.get(&own.code()).map(str::to_owned).map(|text| (own, text));
        Self { as_of, span, filter, own: Own::all(&workspace.profile, OWN).filter_map(said).collect() }
    }
}

/// The ids of a list in the address.
pub fn ids<T: FromStr + Ord>(query: &Query, key: &str) -> BTreeSet<T> {
    values(query, key).filter_map(|id| id.parse().ok()).collect()
}

fn values(query: &Query, key: &str) -> impl Iterator<Item = String> {
    let read = if are_texts(key) { read_texts } else { read_list };
    query.get(key).map(read).unwrap_or_default().into_iter()
}

/// The model that most deals run through; the first one when there are no deals.
fn busiest_model(workspace: &Workspace) -> Option<ModelId> {
    let deals = |id| workspace.deals.iter().filter(|deal| deal.standing().model == id).count();
    // The last of equals wins, so the first model is looked at last.
    workspace.models.iter().rev().max_by_key(|model| deals(model.id)).map(|model| model.id)
}

/// The scope of the address, followed; of one model.
pub fn use_scope() -> Memo<Scope> {
    follow(false)
}

/// The scope of the address, followed; of all models together, unless the address names one.
pub fn use_wide_scope() -> Memo<Scope> {
    follow(true)
}

fn follow(all_models: bool) -> Memo<Scope> {
    let (store, navigation, clock) = (use_store(), use_navigation(), use_clock());
    Memo::new(move |_| {
        let today = clock.today.get();
        navigation.query.with(|query| store.with(|workspace| Scope::read(query, workspace, today, all_models)))
    })
}

/// The chips that change the scope.
#[component]
pub fn FilterBar(
    /// The scope of the address.
    scope: Memo<Scope>,
    /// Whether all models together are a choice, for pages that read [`use_wide_scope`].
    #[prop(optional)]
    all_models: bool,
    /// Whether the page counts by period.
    #[prop(default = true.into(), into)]
    by_period: Signal<bool>,
) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let read = move |read: fn(&Workspace) -> Vec<(String, String)>| Signal::from(Memo::new(move |_| store.with(read)));
    let models = Signal::derive(move || {
        let every = all_models.then(|| (String::new(), t_string!(i18n, filters.all_models).to_owned()));
        let of = |w: &Workspace| w.models.iter().map(|m| (m.id.to_string(), m.name.clone())).collect::<Vec<_>>();
        every.into_iter().chain(store.with(of)).collect::<Vec<_>>()
    });
    let spans = Signal::derive(move || {
        Span::ALL.map(|span| (span.key().to_owned(), span_name(i18n, span).to_owned())).to_vec()
    });
    let set = move |key: &'static str| {
        move |value: String| navigation.set_query(key, (!value.is_empty()).then_some(value.as_str()))
    };
    let chip = move |key: &'static str, label: fn(I18n) -> &'static str, options: Signal<Vec<(String, String)>>| {
        view! { <FilterChip key label=Signal::derive(move || label(i18n).to_owned()) options texts=are_texts(key)/> }
    };
    view! {
        <div class="filter-bar no-print">
            <SelectField
                label=Signal::derive(move || t_string!(i18n, domain.field.model).to_owned())
                options=models
                value=Signal::derive(move || scope.with(|s| s.filter.model.map(|id| id.to_string()).unwrap_or_default()))
                on_change=set("model")
            />
            <Show when=move || by_period.get()>
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, filters.period).to_owned())
                    options=spans
                    value=Signal::derive(move || scope.with(|s| s.span.key().to_owned()))
                    on_change=set("period")
                />
            </Show>
            <Field
                label=Signal::derive(move || t_string!(i18n, filters.as_of).to_owned())
                kind=FieldKind::Date
                value=Signal::derive(move || scope.with(|s| s.as_of.to_string()))
                on_change=move |day: String| navigation.set_query("as-of", day.parse::<Date>().ok().map(|_| day.as_str()))
            />
            <div class="filter-bar__chips">
                {chip("department", |i18n| t_string!(i18n, domain.field.department), read(|w| named(&w.departments, |d| &d.name)))}
                {chip("person", |i18n| t_string!(i18n, domain.field.owner), read(|w| named(&w.people, |p| &p.name)))}
                {chip("product", |i18n| t_string!(i18n, domain.field.products), read(|w| named(&w.products, |p| &p.name)))}
                {chip("source", |i18n| t_string!(i18n, domain.field.source), read(|w| texts(w.deals.iter().map(|d| &d.details.source))))}
                {chip("campaign", |i18n| t_string!(i18n, domain.field.campaign), read(|w| named(&w.campaigns, |c| &c.name)))}
                {chip("territory", |i18n| t_string!(i18n, filters.territory), read(|w| texts(w.customers.iter().map(|c| &c.territory))))}
                {chip("industry", |i18n| t_string!(i18n, domain.field.customer_industry), read(|w| texts(w.customers.iter().map(|c| &c.industry))))}
                {chip("size", |i18n| t_string!(i18n, domain.field.customer_size), read(|w| texts(w.customers.iter().map(|c| &c.size))))}
                <OwnFilters of=OWN rows=CustomFieldOf::Deal/>
            </div>
        </div>
    }
    .into_any()
}

/// The different texts as choices.
fn texts<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<(String, String)> {
    let used: BTreeSet<&str> = texts.map(|text| text.trim()).filter(|text| !text.is_empty()).collect();
    used.into_iter().map(|text| (text.to_owned(), text.to_owned())).collect()
}

fn span_name(i18n: I18n, span: Span) -> &'static str {
    match span {
        Span::All => t_string!(i18n, filters.all_time),
        Span::Year => t_string!(i18n, filters.year),
        Span::FiscalYear => t_string!(i18n, filters.fiscal_year),
        Span::Quarter => t_string!(i18n, filters.quarter),
        Span::LastQuarter => t_string!(i18n, filters.last_quarter),
        Span::Month => t_string!(i18n, filters.month),
    }
}
