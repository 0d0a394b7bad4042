//! The list of customers: sort, filter, edit in place, change many at once, review what is due, take elsewhere.

mod bulk;
mod cell;
mod column;
mod edit;
mod filters;
mod new_customer;
mod review;
mod sieve;
mod summary;

use leptos::prelude::*;

use bulk::CustomersBulk;
use cell::cells;
use column::Field;
use edit::Desk;
use filters::Filters;
use new_customer::NewCustomer;
use review::Review;
use sieve::{Haystacks, Sieve};
use summary::Summary;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::CustomerId,
    store::use_store,
    ui::{
        anywhere::{Deed, use_anywhere},
        components::{
            button::{Button, Variant},
            data_table::{DataTable, Sort},
            empty::Empty,
            segmented::Segmented,
        },
        parts::{
            customer_book::Book,
            listing::{
                cell::{mark_column, on_key},
                column::{Columns, ListField, use_sorting},
                order::sorted,
                value::Value,
            },
            log_preset::Preset,
            nothing::NoWorkspace,
        },
        route::{Query, Route, use_navigation},
        settings::Settings,
    },
};

/// The order until somebody sorts: by name.
const USUAL_SORT: Sort<Field> = Sort { column: Field::Name, descending: false };

/// The list of all customers.
#[component]
pub fn CustomersPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let none = Memo::new(move |_| store.with(|workspace| workspace.customers.is_empty()));
    let creating = RwSignal::new(false);
    let is_open = Memo::new(move |_| opened.get().is_some());
    let begin = move || {
        view! {
            <Button variant=Variant::Primary icon=icondata_lu::LuPlus on_click=move |_| creating.set(true)>
                {t!(i18n, customers.new)}
            </Button>
        }
    };
    let page = move || {
        if !is_open.get() {
            let text = Signal::derive(move || t_string!(i18n, customers.no_workspace).to_owned());
            return view! {
                <h1>{t!(i18n, customers.title)}</h1>
                <NoWorkspace icon=icondata_lu::LuBuilding2 text/>
            }
            .into_any();
        }
        if none.get() {
            let text = Signal::derive(move || t_string!(i18n, customers.none).to_owned());
            return view! {
                <h1>{t!(i18n, customers.title)}</h1>
                <Empty icon=icondata_lu::LuBuilding2 text>
                    {begin()}
                    <a class="button" href="#/import">{t!(i18n, deals.import)}</a>
                </Empty>
            }
            .into_any();
        }
        view! {
            <div class="customers__head"><h1>{t!(i18n, customers.title)}</h1>{begin()}</div>
            <List/>
        }
        .into_any()
    };
    view! { {page}<NewCustomer open=creating/> }
}

#[component]
fn List() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let settings: Settings = expect_context();
    let desk = edit::desk(Columns::follow(USUAL_SORT));
    let book = Book::follow();
    // Searching and filtering keep the order, so a keystroke sorts nothing; nor does a change in another column.
    let values = Memo::new(move |_| desk.columns.sort.with(|sort| book.with(|book| values(book, &sort.column, i18n))));
    let order = Memo::new(move |_| {
        let (descending, language) = (desk.columns.sort.with(|sort| sort.descending), settings.language.get().tag());
        values.with(|values| sorted(values, descending, language))
    });
    let haystacks = Memo::new(move |before: Option<&Haystacks>| {
        desk.names.with(|records| Haystacks::of(before, records.workspace()))
    });
    let profile = Memo::new(move |_| desk.names.with(|records| records.workspace().profile.clone()));
    let sieve = Memo::new(move |_| navigation.query.with(|query| profile.with(|profile| Sieve::of(query, profile))));
    let rows = Memo::new(move |_| {
        sieve.with(|sieve| order.with(|order| book.with(|book| sieve.list(order, book, haystacks))))
    });
    let due = Memo::new(move |_| rows.with(|rows| book.with(|book| review::due(rows, book))));
    let reviewing = Memo::new(move |_| navigation.query.with(|query| query.get("show") == Some("due")));
    let shown = Signal::derive(move || if reviewing.get() { due.get() } else { rows.get() });
    let show = move |due: bool| navigation.set_query("show", due.then_some("due"));
    let due_words = move || t_string!(i18n, customers.review_due_count, count = due.with(Vec::len)).to_string();
    let options = vec![
        (false, Signal::derive(move || t_string!(i18n, customers.all).to_owned())),
        (true, Signal::derive(due_words)),
    ];
    view! {
        <div class="listing">
            <div data-testid="customers-show">
                <Segmented label=Signal::derive(move || t_string!(i18n, customers.show).to_owned()) options value=reviewing on_change=show/>
            </div>
            <Summary rows=shown desk book/>
            <Filters desk/>
            {move || if reviewing.get() {
                view! { <Due rows=due.into() book/> }.into_any()
            } else {
                view! { <All rows=rows.into() desk book/> }.into_any()
            }}
        </div>
    }
    .into_any()
}

/// What every customer has in a column.
fn values(book: &Book, column: &Field, i18n: crate::ui::wording::I18n) -> Vec<(CustomerId, Value)> {
    book.entries().map(|entry| (entry.customer.id, column.value(entry, i18n))).collect()
}

/// The table of all customers listed.
#[component]
fn All(rows: Signal<Vec<CustomerId>>, desk: Desk, book: Memo<Book>) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let anywhere = use_anywhere();
    let name = move |id| {
        let name = move |book: &Book| book.entry(id).map(|entry| entry.customer.name.clone()).unwrap_or_default();
        Signal::derive(move || book.with(name))
    };
    let columns = Signal::derive(move || {
        let mut columns = vec![mark_column(desk, name)];
        desk.columns.shown.with(|fields| {
            columns.extend(fields.iter().map(|field| field.column(i18n, cells(field, desk, book))));
        });
        columns
    });
    let marking = Memo::new(move |_| desk.marked.with(|marked| !marked.is_empty()));
    let clear = move |_| navigation.go_with(&Route::Customers, &Query::default());
    view! {
        <Show when=move || marking.get()><CustomersBulk desk listed=rows book/></Show>
        <div class="listing__table" node_ref=desk.table data-testid="customers-table">
            <DataTable
                label=Signal::derive(move || t_string!(i18n, customers.title).to_owned())
                columns
                rows
                sort=desk.columns.sorted()
                keep=desk.edited()
                on_sort=use_sorting()
                on_open=move |id: CustomerId| navigation.go(&Route::Customer(id.to_string()))
                on_key=on_key(desk, move |id| anywhere.open(Deed::Choose(Preset::customer(id))))
            />
            <Show when=move || rows.with(Vec::is_empty)>
                <div class="listing__none">
                    <p>{t!(i18n, customers.none_match)}</p>
                    <Button on_click=clear>{t!(i18n, customers.show_all)}</Button>
                </div>
            </Show>
        </div>
        <p class="listing__keys small muted">{t!(i18n, list.keys)}</p>
    }
    .into_any()
}

/// The table of the customers due for review.
#[component]
fn Due(rows: Signal<Vec<CustomerId>>, book: Memo<Book>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <p class="small muted">{t!(i18n, customers.review_what)}</p>
        <div class="listing__table" data-testid="review-table">
            <Review rows book/>
            <Show when=move || rows.with(Vec::is_empty)>
                <div class="listing__none"><p>{t!(i18n, customers.nothing_due)}</p></div>
            </Show>
        </div>
    }
    .into_any()
}
