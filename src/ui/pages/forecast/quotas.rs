//! The quotas: who is to win how much in which months, changed where it stands.

use std::{collections::BTreeMap, sync::Arc};

use leptos::prelude::*;

use super::Wish;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Filter, Month, asked,
        quota::{first_month, of_people},
    },
    model::{Command, Date, Money, Quota, QuotaOf, QuotaSpan, Workspace},
    store::use_store,
    ui::{
        components::{field::SelectField, segmented::Segmented},
        format::{Format, UNKNOWN, use_format},
        parts::cell::{Desk, TextCell},
        route::use_navigation,
        typed,
        wording::I18n,
    },
};

const SPANS: [(&str, QuotaSpan); 3] =
    [("month", QuotaSpan::Month), ("quarter", QuotaSpan::Quarter), ("year", QuotaSpan::Year)];

/// All quotas by whom they are for and when.
type Book = BTreeMap<(QuotaOf, Date, QuotaSpan), Quota>;

/// One line of the table.
#[derive(Clone, Debug, PartialEq)]
struct Line {
    of: QuotaOf,
    name: String,
}

/// The table, person by period of a fiscal year.
#[component]
pub(super) fn Quotas(wish: Wish) -> impl IntoView {
    let (i18n, format, store, navigation) = (use_i18n(), use_format(), use_store(), use_navigation());
    let span = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get("span").map(str::to_owned));
        SPANS.iter().find(|(key, _)| Some(*key) == code.as_deref()).map_or(QuotaSpan::Quarter, |(_, span)| *span)
    });
    let this_year = Memo::new(move |_| {
        let start = store.with(|workspace| workspace.profile.fiscal_year_start);
        first_month(wish.scope.with(|scope| scope.as_of), start, QuotaSpan::Year)
    });
    let year = Memo::new(move |_| {
        let wished = navigation.query.with(|query| query.get("year").and_then(|year| year.parse().ok()));
        let this = this_year.get();
        Month { year: wished.filter(|year: &i32| this.year.abs_diff(*year) < 2).unwrap_or(this.year), ..this }
    });
    let years = Signal::derive(move || {
        let this = this_year.get();
        let one = |by: i32| {
            let first = Month { year: this.year + by, ..this };
            (first.year.to_string(), span_words(format, first, QuotaSpan::Year))
        };
        [-1, 0, 1].map(one).to_vec()
    });
    let choose = move |span: QuotaSpan| {
        let key = SPANS.iter().find(|(_, one)| *one == span).map(|(key, _)| *key);
        navigation.set_query("span", key.filter(|key| *key != "quarter"));
    };
    let options = SPANS.map(|(_, span)| (span, Signal::derive(move || span_name(i18n, span).to_owned()))).to_vec();
    view! {
        <div class="stack forecast">
            <div class="filter-bar no-print">
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, forecast.quota.span).to_owned())
                    options
                    value=span
                    on_change=choose
                />
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, forecast.quota.year).to_owned())
                    options=years
                    value=Signal::derive(move || year.get().year.to_string())
                    on_change=move |year: String| navigation.set_query("year", (year != this_year.get_untracked().year.to_string()).then_some(year.as_str()))
                />
            </div>
            <Table wish span year/>
        </div>
    }
    .into_any()
}

#[component]
fn Table(wish: Wish, span: Memo<QuotaSpan>, year: Memo<Month>) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let book = Memo::new(move |_| {
        store.with(|workspace| {
            let quotas = workspace.quotas.iter().map(|quota| **quota);
            Arc::new(quotas.map(|quota| ((quota.of, quota.from, quota.span), quota)).collect::<Book>())
        })
    });
    let columns = Memo::new(move |_| {
        let (span, first) = (span.get(), year.get());
        let step = usize::try_from(span.months()).unwrap_or(1);
        std::iter::successors(Some(first), |month| Some(month.next())).take(12).step_by(step).collect::<Vec<_>>()
    });
    let all = Memo::new(move |_| t_string!(i18n, forecast.quota.company).to_owned());
    let lines = Memo::new(move |_| {
        let filter = wish.scope.with(|scope| scope.filter.clone());
        store.with(|workspace| lines(workspace, &filter, all.get()))
    });
    let heads = move || {
        let span = span.get();
        let head = |first: Month| view! { <th scope="col">{span_words(format, first, span)}</th> };
        columns.get().into_iter().map(head).collect_view()
    };
    let rows = move || {
        let (columns, span, year) = (columns.get(), span.get(), year.get());
        let row = |line: Line| {
            let cells = columns.iter().map(|first| view! { <td><Cell line=line.clone() first=*first span book/></td> });
            let cells = cells.collect_view();
            let of = line.of;
            let total = move || whole_year(wish, format, store.with(|workspace| amount_of(workspace, of, year, 12)));
            view! { <tr><th scope="row">{line.name}</th>{cells}<td>{total}</td></tr> }
        };
        lines.get().into_iter().map(row).collect_view()
    };
    let say_nothing = move || {
        let says_nothing = wish.scope.with(|scope| of_people(&scope.filter).is_none());
        says_nothing.then(|| view! { <p class="muted">{t!(i18n, forecast.quota.only_people)}</p> })
    };
    view! {
        <section class="card stack" data-testid="quotas">
            <h2>{t!(i18n, forecast.quota.title)}</h2>
            <p class="muted small">{t!(i18n, forecast.quota.what)}</p>
            {say_nothing}
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, forecast.quota.title)>
                <table class="table figures quotas">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, forecast.quota.whose)}</th>
                            {heads}
                            <th scope="col">{t!(i18n, forecast.quota.whole_year)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

/// The quota of somebody in some months; empty, it shows what counts instead.
#[component]
fn Cell(line: Line, first: Month, span: QuotaSpan, book: Memo<Arc<Book>>) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let desk = Desk::new();
    let Line { of, name } = line;
    let digits = Memo::new(move |_| store.with(|workspace| workspace.profile.currency.digits()));
    let from = first.first_day();
    let kept = Memo::new(move |_| book.with(|book| from.and_then(|from| book.get(&(of, from, span)).copied())));
    let value = Signal::derive(move || {
        kept.get().map(|quota| typed::amount_text(quota.amount, digits.get())).unwrap_or_default()
    });
    let otherwise = MaybeProp::derive(move || {
        kept.get().is_none().then(|| {
            let amount = store.with(|workspace| amount_of(workspace, of, first, span.months()));
            let amount = amount.and_then(|minor| Money::from_minor(i64::try_from(minor).ok()?));
            amount.map(|amount| typed::amount_text(amount, digits.get())).unwrap_or_default()
        })
    });
    let change = move |text: String| match (typed::amount(&text, digits.get_untracked()), kept.get_untracked(), from) {
        (Ok(Some(amount)), kept, Some(from)) => {
            let id = kept.map_or_else(|| store.fresh().0.into(), |kept| kept.id);
            let locked = kept.is_some_and(|kept| kept.locked);
            desk.send(Command::PutQuota(Quota { id, of, from, span, amount, locked }));
        }
        (Ok(None), Some(kept), _) => {
            desk.send(Command::RemoveQuota(kept.id));
        }
        (Ok(_), ..) => desk.refusal.set(None),
        (Err(_), ..) => desk.refuse(t_string!(i18n, deals.not_an_amount)),
    };
    let label = move || {
        let (months, code) = (span_words(format, first, span), store.with(|workspace| workspace.profile.currency));
        [&name, " · ", &months, " (", code.code(), ")"].concat()
    };
    view! { <TextCell desk label=Signal::derive(label) value numeric=true otherwise on_change=change/> }
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

/// What is asked of somebody in some months, in minor units.
fn amount_of(workspace: &Workspace, of: QuotaOf, first: Month, months: u32) -> Option<i128> {
    let filter = match of {
        QuotaOf::Company {} => Filter::default(),
        QuotaOf::Department { department } => Filter { departments: [department].into(), ..Filter::default() },
        QuotaOf::Person { person } => Filter { people: [person].into(), ..Filter::default() },
    };
    asked(workspace, &filter, first, months).map(|asked| asked.amount)
}

#[expect(clippy::cast_precision_loss, reason = "an amount that is shown")]
fn whole_year(wish: Wish, format: Format, amount: Option<i128>) -> String {
    amount.map_or_else(|| UNKNOWN.to_owned(), |minor| wish.money(format, minor as f64))
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

fn span_name(i18n: I18n, span: QuotaSpan) -> &'static str {
    match span {
        QuotaSpan::Month => t_string!(i18n, forecast.quota.by_month),
        QuotaSpan::Quarter => t_string!(i18n, forecast.quota.by_quarter),
        QuotaSpan::Year => t_string!(i18n, forecast.quota.by_year),
    }
}
