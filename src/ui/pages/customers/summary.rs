//! The line above the list: what it adds up to, and where else it can go.

use leptos::prelude::*;

use super::{column::Field, edit::Desk};
use crate::{
    codec::table::Form,
    i18n::{t, t_string, use_i18n},
    model::CustomerId,
    store::use_store,
    ui::{
        format::use_format,
        parts::{
            customer_book::Book,
            listing::{
                controls::{ChooseColumns, Search},
                export::{self, TakeAway},
            },
            views::Views,
        },
        route::Route,
    },
};

/// The keys of the address that a view of this page keeps.
const VIEW_KEYS: [&str; 13] = [
    "q",
    "person",
    "territory",
    "industry",
    "source",
    "fit",
    "intent",
    "priority",
    "tag",
    "is",
    "show",
    "sort",
    "columns",
];

/// The sums of a list of customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Totals {
    customers: usize,
    open: i128,
    won: i128,
}

impl Totals {
    fn of(ids: &[CustomerId], book: &Book) -> Self {
        let facts = ids.iter().filter_map(|id| book.entry(*id)).map(|entry| entry.facts);
        facts.fold(Self { customers: ids.len(), ..Self::default() }, |totals, facts| Self {
            open: totals.open + facts.open_amount.unwrap_or_default(),
            won: totals.won + facts.won_amount.unwrap_or_default(),
            ..totals
        })
    }
}

/// Search, the sums of the list, its columns and its way into other programs.
#[component]
pub(super) fn Summary(rows: Signal<Vec<CustomerId>>, desk: Desk, book: Memo<Book>) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let totals = Memo::new(move |_| rows.with(|rows| book.with(|book| Totals::of(rows, book))));
    let money = move |minor: i128| {
        let currency = store.peek(|workspace| workspace.profile.currency);
        format.money(i64::try_from(minor).ok(), currency.code(), currency.digits(), true)
    };
    let table = move |form: Form| {
        let ids = desk.taken(rows);
        desk.columns.shown.with_untracked(|fields: &Vec<Field>| {
            let rows = book.with_untracked(|book| {
                let entries = ids.iter().filter_map(|id| book.entry(*id));
                let cells =
                    |entry| fields.iter().map(|field| field.value(entry, i18n).plain(entry.workspace)).collect();
                entries.map(cells).collect()
            });
            export::table(form, fields, rows, i18n)
        })
    };
    view! {
        <div class="listing__sums">
            <Search label=Signal::derive(move || t_string!(i18n, customers.search).to_owned()) test_id="customers-search"/>
            <dl>
                <div><dt>{t!(i18n, customers.title)}</dt><dd data-testid="customers-count">{move || format.count(totals.get().customers)}</dd></div>
                <div><dt>{t!(i18n, customers.open_amount)}</dt><dd>{move || money(totals.get().open)}</dd></div>
                <div><dt>{t!(i18n, customers.won_amount)}</dt><dd>{move || money(totals.get().won)}</dd></div>
            </dl>
            <div class="row">
                <Views route=Route::Customers keys=VIEW_KEYS.to_vec()/>
                <ChooseColumns columns=desk.columns/>
                <TakeAway name=Signal::derive(move || t_string!(i18n, nav.customers).to_owned()) table/>
            </div>
        </div>
    }
    .into_any()
}
