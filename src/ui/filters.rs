//! What the analysing pages count: model, people, products, sources, a period and a day, all in the address so that a view can
//! be linked.

use std::{collections::BTreeSet, str::FromStr};

use chrono::{Datelike, Days, Months};
use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    metrics::{Filter, Period},
    model::{Date, ModelId, Workspace},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            chip_select::ChipSelect,
            field::{Field, FieldKind, SelectField},
        },
        route::{Query, use_navigation},
    },
};

/// Stands between the values of one key of the query.
const BETWEEN: char = '.';

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
    /// What is counted; the model is always one that exists, unless there is none.
    pub filter: Filter,
}

impl Scope {
    fn read(query: &Query, workspace: &Workspace, today: Date) -> Self {
        let as_of = query.get("as-of").and_then(|day| day.parse().ok()).unwrap_or(today);
        let span = query.get("period").and_then(Span::of_key).unwrap_or(Span::Year);
        let wished = query.get("model").and_then(|id| id.parse().ok());
        let filter = Filter {
            model: wished.filter(|id| workspace.models.contains(*id)).or_else(|| busiest_model(workspace)),
            departments: ids(query, "department"),
            people: ids(query, "person"),
            products: ids(query, "product"),
            sources: query.get("source").map(|text| text.split('|').map(str::to_owned).collect()).unwrap_or_default(),
            period: span.period(as_of, workspace.profile.fiscal_year_start),
        };
        Self { as_of, span, filter }
    }
}

fn ids<T: FromStr + Ord>(query: &Query, key: &str) -> BTreeSet<T> {
    query.get(key).map(|text| text.split(BETWEEN).filter_map(|id| id.parse().ok()).collect()).unwrap_or_default()
}

/// The model that most deals run through; the first one when there are no deals.
fn busiest_model(workspace: &Workspace) -> Option<ModelId> {
    let deals = |id| workspace.deals.iter().filter(|deal| deal.standing().model == id).count();
    // The last of equals wins, so the first model is looked at last.
    workspace.models.iter().rev().max_by_key(|model| deals(model.id)).map(|model| model.id)
}

/// The scope of the address, followed.
pub fn use_scope() -> Memo<Scope> {
    let (store, navigation, clock) = (use_store(), use_navigation(), use_clock());
    Memo::new(move |_| {
        let today = clock.today.get();
        navigation.query.with(|query| store.with(|workspace| Scope::read(query, workspace, today)))
    })
}

/// The chips that change the scope.
#[component]
pub fn FilterBar(
    /// The scope of the address.
    scope: Memo<Scope>,
) -> impl IntoView {
    let i18n = use_i18n();
    let store = use_store();
    let navigation = use_navigation();
    let models = Signal::derive(move || {
        store.with(|w| w.models.iter().map(|m| (m.id.to_string(), m.name.clone())).collect::<Vec<_>>())
    });
    let spans = Signal::derive(move || {
        Span::ALL.map(|span| (span.key().to_owned(), span_name(i18n, span).to_owned())).to_vec()
    });
    let set = move |key: &'static str| move |value: String| navigation.set_query(key, Some(&value));
    let chip = move |key: &'static str, separator: &'static str| {
        Callback::new(move |values: Vec<String>| {
            navigation.set_query(key, (!values.is_empty()).then(|| values.join(separator)).as_deref());
        })
    };
    let departments = Signal::derive(move || {
        store.with(|w| w.departments.iter().map(|d| (d.id.to_string(), d.name.clone())).collect::<Vec<_>>())
    });
    let people = Signal::derive(move || {
        store.with(|w| w.people.iter().map(|p| (p.id.to_string(), p.name.clone())).collect::<Vec<_>>())
    });
    let products = Signal::derive(move || {
        store.with(|w| w.products.iter().map(|p| (p.id.to_string(), p.name.clone())).collect::<Vec<_>>())
    });
    let sources = Memo::new(move |_| {
        store.with(|w| {
            let used: BTreeSet<&String> = w.deals.iter().map(|d| &d.details.source).filter(|s| !s.is_empty()).collect();
            used.into_iter().map(|source| (source.clone(), source.clone())).collect::<Vec<_>>()
        })
    });
    let texts = |set: &BTreeSet<String>| set.iter().cloned().collect::<Vec<_>>();
    view! {
        <div class="filter-bar no-print">
            <SelectField
                label=Signal::derive(move || t_string!(i18n, domain.field.model).to_owned())
                options=models
                value=Signal::derive(move || scope.with(|s| s.filter.model.map(|id| id.to_string()).unwrap_or_default()))
                on_change=set("model")
            />
            <SelectField
                label=Signal::derive(move || t_string!(i18n, filters.period).to_owned())
                options=spans
                value=Signal::derive(move || scope.with(|s| s.span.key().to_owned()))
                on_change=set("period")
            />
            <Field
                label=Signal::derive(move || t_string!(i18n, filters.as_of).to_owned())
                kind=FieldKind::Date
                value=Signal::derive(move || scope.with(|s| s.as_of.to_string()))
                on_change=move |day: String| navigation.set_query("as-of", day.parse::<Date>().ok().map(|_| day.as_str()))
            />
            <div class="filter-bar__chips">
                <ChipSelect
                    label=Signal::derive(move || t_string!(i18n, domain.field.department).to_owned())
                    options=departments
                    chosen=Signal::derive(move || scope.with(|s| s.filter.departments.iter().map(ToString::to_string).collect()))
                    on_change=chip("department", ".")
                />
                <ChipSelect
                    label=Signal::derive(move || t_string!(i18n, domain.field.owner).to_owned())
                    options=people
                    chosen=Signal::derive(move || scope.with(|s| s.filter.people.iter().map(ToString::to_string).collect()))
                    on_change=chip("person", ".")
                />
                <ChipSelect
                    label=Signal::derive(move || t_string!(i18n, domain.field.products).to_owned())
                    options=products
                    chosen=Signal::derive(move || scope.with(|s| s.filter.products.iter().map(ToString::to_string).collect()))
                    on_change=chip("product", ".")
                />
                <ChipSelect
                    label=Signal::derive(move || t_string!(i18n, domain.field.source).to_owned())
                    options=sources
                    chosen=Signal::derive(move || scope.with(|s| texts(&s.filter.sources)))
                    on_change=chip("source", "|")
                />
            </div>
        </div>
    }
    .into_any()
}

fn span_name(i18n: super::wording::I18n, span: Span) -> &'static str {
    match span {
        Span::All => t_string!(i18n, filters.all_time),
        Span::Year => t_string!(i18n, filters.year),
        Span::FiscalYear => t_string!(i18n, filters.fiscal_year),
        Span::Quarter => t_string!(i18n, filters.quarter),
        Span::LastQuarter => t_string!(i18n, filters.last_quarter),
        Span::Month => t_string!(i18n, filters.month),
    }
}
