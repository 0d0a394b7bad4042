//! The quotas: who is to win how much in which months, what came of it, and a plan for the next ones.

mod attained;
mod book;
mod plan;

use leptos::prelude::*;

use super::Wish;
use crate::{
    i18n::{t_string, use_i18n},
    metrics::{Filter, Month, quota::first_month},
    model::{QuotaOf, QuotaSpan, Workspace},
    store::use_store,
    ui::{
        components::{field::SelectField, segmented::Segmented},
        format::{Format, use_format},
        route::use_navigation,
        wording::I18n,
    },
};

const SPANS: [(&str, QuotaSpan); 3] =
    [("month", QuotaSpan::Month), ("quarter", QuotaSpan::Quarter), ("year", QuotaSpan::Year)];

/// One line of the tables.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    of: QuotaOf,
    name: String,
}

/// A part of the tab.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Attained,
    Plan,
}

/// The months that are looked at or planned. Copy it freely.
#[derive(Clone, Copy)]
struct Months {
    span: Memo<QuotaSpan>,
    first: Memo<Month>,
}

impl Months {
    /// The months in words.
    fn words(self, format: Format) -> String {
        span_words(format, self.first.get(), self.span.get())
    }
}

/// The quotas of the people of the filter.
#[component]
pub(super) fn Quotas(wish: Wish) -> impl IntoView {
    let (i18n, format, store, navigation) = (use_i18n(), use_format(), use_store(), use_navigation());
    let get = move |key: &'static str| navigation.query.with(|query| query.get(key).map(str::to_owned));
    let part = Memo::new(move |_| if get("part").as_deref() == Some("plan") { Part::Plan } else { Part::Attained });
    let span = Memo::new(move |_| {
        let code = get("span");
        SPANS.iter().find(|(key, _)| Some(*key) == code.as_deref()).map_or(QuotaSpan::Quarter, |(_, span)| *span)
    });
    let this = move |span: QuotaSpan| {
        let start = store.with(|workspace| workspace.profile.fiscal_year_start);
        first_month(wish.scope.with(|scope| scope.as_of), start, span)
    };
    let this_year = Memo::new(move |_| this(QuotaSpan::Year));
    let year = Memo::new(move |_| {
        let wished = get("year").and_then(|year| year.parse().ok());
        let this = this_year.get();
        Month { year: wished.filter(|year: &i32| this.year.abs_diff(*year) < 2).unwrap_or(this.year), ..this }
    });
    let offered = Memo::new(move |_| periods(this_year.get(), span.get()));
    // What is planned is what comes next, unless somebody says otherwise.
    let usual = Memo::new(move |_| {
        let now = this(span.get());
        if part.get() == Part::Attained { now } else { later(now, span.get().months()) }
    });
    let first = Memo::new(move |_| {
        let wished = get("from");
        offered.with(|offered| {
            let found = offered.iter().find(|month| Some(month.to_string()) == wished);
            found.copied().unwrap_or_else(|| usual.get())
        })
    });
    let choose = move |span: QuotaSpan| {
        let key = SPANS.iter().find(|(_, one)| *one == span).map(|(key, _)| *key);
        navigation.set_query("span", key.filter(|key| *key != "quarter"));
    };
    let choose_part = move |part: Part| navigation.set_query("part", (part == Part::Plan).then_some("plan"));
    let parts =
        [Part::Attained, Part::Plan].map(|part| (part, Signal::derive(move || part_name(i18n, part).to_owned())));
    let spans = SPANS.map(|(_, span)| (span, Signal::derive(move || span_name(i18n, span).to_owned())));
    let months = Signal::derive(move || {
        let one = |first: &Month| (first.to_string(), span_words(format, *first, span.get()));
        offered.with(|offered| offered.iter().map(one).collect::<Vec<_>>())
    });
    let looked_at = Months { span, first };
    view! {
        <div class="stack forecast quotas">
            <div class="filter-bar no-print">
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, forecast.quota.part).to_owned())
                    options=parts.to_vec()
                    value=part
                    on_change=choose_part
                />
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, forecast.quota.span).to_owned())
                    options=spans.to_vec()
                    value=span
                    on_change=choose
                />
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, forecast.quota.period).to_owned())
                    options=months
                    value=Signal::derive(move || first.get().to_string())
                    on_change=move |month: String| navigation.set_query("from", (month != usual.get_untracked().to_string()).then_some(month.as_str()))
                />
            </div>
            {move || match part.get() {
                Part::Attained => view! {
                    <attained::Attained wish months=looked_at/>
                    <Year year this_year/>
                    <book::Table wish span year/>
                }.into_any(),
                Part::Plan => view! { <plan::Planning wish months=looked_at/> }.into_any(),
            }}
        </div>
    }
    .into_any()
}

/// The choice of the fiscal year that the table of quotas shows.
#[component]
fn Year(year: Memo<Month>, this_year: Memo<Month>) -> impl IntoView {
    let (i18n, format, navigation) = (use_i18n(), use_format(), use_navigation());
    let years = Signal::derive(move || {
        let this = this_year.get();
        let one = |by: i32| {
            let first = Month { year: this.year + by, ..this };
            (first.year.to_string(), span_words(format, first, QuotaSpan::Year))
        };
        [-1, 0, 1].map(one).to_vec()
    });
    let choose = move |year: String| {
        let usual = this_year.get_untracked().year.to_string();
        navigation.set_query("year", (year != usual).then_some(year.as_str()));
    };
    view! {
        <div class="filter-bar no-print">
            <SelectField
                label=Signal::derive(move || t_string!(i18n, forecast.quota.year).to_owned())
                options=years
                value=Signal::derive(move || year.get().year.to_string())
                on_change=choose
            />
        </div>
    }
    .into_any()
}

/// The periods of the fiscal year of `year`, of the one before and of the one after.
fn periods(year: Month, span: QuotaSpan) -> Vec<Month> {
    let step = usize::try_from(span.months()).unwrap_or(1);
    let first = year.earlier(12);
    std::iter::successors(Some(first), |month| Some(month.next())).take(36).step_by(step).collect()
}

fn later(first: Month, months: u32) -> Month {
    (0..months).fold(first, |month, _| month.next())
}

/// Who may have a quota: the company, its departments, and those who work there or have one; as far as the filter names people.
fn lines(workspace: &Workspace, filter: &Filter, company: String) -> Vec<Line> {
    let everybody = filter.departments.is_empty() && filter.people.is_empty();
    let company = everybody.then_some(Line { of: QuotaOf::Company {}, name: company });
    let departments = workspace.departments.iter().filter(|department| {
        if everybody { true } else { filter.people.is_empty() && filter.departments.contains(&department.id) }
    });
    let departments =
        departments.map(|one| Line { of: QuotaOf::Department { department: one.id }, name: one.name.clone() });
    let has_one = |of| workspace.quotas.iter().any(|quota| quota.of == of);
    let people = workspace.people.iter().filter(|person| {
        let works_there = filter.departments.is_empty()
            || person.department.is_some_and(|department| filter.departments.contains(&department));
        let wanted = filter.people.is_empty() || filter.people.contains(&person.id);
        works_there && wanted && (person.active || has_one(QuotaOf::Person { person: person.id }))
    });
    let people = people.map(|person| Line { of: QuotaOf::Person { person: person.id }, name: person.name.clone() });
    company.into_iter().chain(departments).chain(people).collect()
}

/// The months of a span, in words.
fn span_words(format: Format, first: Month, span: QuotaSpan) -> String {
    if span == QuotaSpan::Month {
        return format.month(first.first_day());
    }
    let last = (1..span.months()).fold(first, |month, _| month.next());
    let from =
        if last.year == first.year { format.short_month(first.first_day()) } else { format.month(first.first_day()) };
    [from, format.month(last.first_day())].join(" – ")
}

fn part_name(i18n: I18n, part: Part) -> &'static str {
    match part {
        Part::Attained => t_string!(i18n, forecast.quota.attainment),
        Part::Plan => t_string!(i18n, forecast.quota.plan),
    }
}

fn span_name(i18n: I18n, span: QuotaSpan) -> &'static str {
    match span {
        QuotaSpan::Month => t_string!(i18n, forecast.quota.by_month),
        QuotaSpan::Quarter => t_string!(i18n, forecast.quota.by_quarter),
        QuotaSpan::Year => t_string!(i18n, forecast.quota.by_year),
    }
}
