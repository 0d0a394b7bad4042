//! The customers whose priority is to be looked at again.

use std::{cmp::Reverse, sync::Arc};

use chrono::Months;
use leptos::{ev, prelude::*};

use crate::{
    i18n::{t_string, use_i18n},
    metrics::{next_review, review_due},
    model::{Command, Customer, CustomerId, Date, Level},
    store::{Store, use_store},
    ui::{
        components::{
            button::{Button, Variant},
            choice::Choice,
            data_table::{Column, DataTable},
            tag::Tone,
        },
        format::use_format,
        parts::{
            customer_book::{Book, Entry},
            editor::read_date,
            levels::{level_key, level_of, levels},
            listing::cell::{link, read_only},
            mover::Mover,
        },
        route::{Route, use_navigation},
        wording::I18n,
    },
};

/// The customers due for review among some, the highest priority first, then the longest due.
pub(super) fn due(ids: &[CustomerId], book: &Book) -> Vec<CustomerId> {
    let mut due: Vec<Entry<'_>> =
        ids.iter().filter_map(|id| book.entry(*id)).filter(|entry| review_due(entry.customer, book.today)).collect();
    due.sort_by_key(|entry| (Reverse(entry.customer.priority), entry.customer.review_on));
    due.iter().map(|entry| entry.customer.id).collect()
}

/// The list of what is due: each row takes its new priority and its next day.
#[component]
pub(super) fn Review(rows: Signal<Vec<CustomerId>>, book: Memo<Book>) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let desk = ReviewDesk::new(book);
    let columns = Signal::derive(move || desk.columns());
    view! {
        <DataTable
            label=Signal::derive(move || t_string!(i18n, customers.review_due).to_owned())
            columns
            rows
            sort=Signal::derive(|| None)
            on_sort=|_| ()
            on_open=move |id: CustomerId| navigation.go(&Route::Customer(id.to_string()))
            row_height=56.0
        />
    }
}

/// What the rows share.
#[derive(Clone, Copy)]
struct ReviewDesk {
    book: Memo<Book>,
    i18n: I18n,
    store: Store,
    mover: Mover,
}

impl ReviewDesk {
    fn new(book: Memo<Book>) -> Self {
        Self { book, i18n: use_i18n(), store: use_store(), mover: Mover::new(Callback::new(|_| ())) }
    }

    /// Something of a customer as text, followed.
    fn text(self, id: CustomerId, read: impl Fn(Entry<'_>) -> String + Send + Sync + 'static) -> Signal<String> {
        Signal::derive(move || self.book.with(|book| book.entry(id).map(&read).unwrap_or_default()))
    }

    fn columns(self) -> Vec<Column<CustomerId>> {
        let (format, navigation, i18n) = (use_format(), use_navigation(), self.i18n);
        let column = |id, words: fn(I18n) -> &'static str, width, numeric, cell| Column {
            id,
            title: Signal::derive(move || words(i18n).to_owned()),
            width,
            numeric,
            sortable: false,
            cell,
        };
        let name = move |id: CustomerId| {
            let href = Signal::derive(move || navigation.href(&Route::Customer(id.to_string())));
            link(href, self.text(id, |entry| entry.customer.name.clone()))
        };
        let due = move |id| {
            let text = move |entry: Entry<'_>| match entry.customer.review_on {
                Some(on) => format.date(on),
                None => t_string!(i18n, customers.never_set).to_owned(),
            };
            read_only(self.text(id, text), Some(Signal::stored(Tone::Warn)))
        };
        let contact = move |id| {
            let text = move |entry: Entry<'_>| format.date(entry.facts.last_contact);
            read_only(self.text(id, text), None)
        };
        let amount = move |id| {
            let text = move |entry: Entry<'_>| {
                let currency = entry.workspace.profile.currency;
                let minor = entry.facts.open_amount.and_then(|sum| i64::try_from(sum).ok());
                format.money(minor, currency.code(), currency.digits(), false)
            };
            read_only(self.text(id, text), None)
        };
        vec![
            column("name", |i18n| t_string!(i18n, customer.name), "minmax(10rem, 2fr)", false, Arc::new(name)),
            column(
                "priority",
                |i18n| t_string!(i18n, customer.priority),
                "minmax(8rem, 0.6fr)",
                false,
                Arc::new(move |id| view! { <Priority desk=self id/> }.into_any()),
            ),
            column("due", |i18n| t_string!(i18n, customers.was_due), "minmax(9rem, 0.6fr)", false, Arc::new(due)),
            column(
                "contact",
                |i18n| t_string!(i18n, customers.last_contact),
                "minmax(9rem, 0.6fr)",
                false,
                Arc::new(contact),
            ),
            column(
                "amount",
                |i18n| t_string!(i18n, customers.open_amount),
                "minmax(7.5rem, 0.8fr)",
                true,
                Arc::new(amount),
            ),
            column(
                "next",
                |i18n| t_string!(i18n, customers.next_review),
                "minmax(27.5rem, 1fr)",
                false,
                Arc::new(move |id| view! { <Next desk=self id/> }.into_any()),
            ),
        ]
    }

    /// Rewrites a customer, says so and offers to undo.
    fn edit(self, id: CustomerId, write: impl FnOnce(&mut Customer), said: impl FnOnce(&Customer) -> String) {
        let known = self.book.with_untracked(|book| book.workspace().customers.get(id).cloned());
        let Some(mut customer) = known.map(Arc::unwrap_or_clone) else { return };
        write(&mut customer);
        let words = said(&customer);
        match self.store.dispatch(Command::PutCustomer(Box::new(customer))) {
            Ok(change) => self.mover.offer_undo(words, change),
            Err(refused) => self.mover.complain(&refused),
        }
    }
}

/// The priority, ready to change.
#[component]
fn Priority(desk: ReviewDesk, id: CustomerId) -> impl IntoView {
    let i18n = desk.i18n;
    let value = desk.text(id, |entry| level_key(entry.customer.priority).to_owned());
    let save = move |text: String| {
        let said =
            |customer: &Customer| t_string!(i18n, customers.priority_set, name = customer.name.clone()).to_string();
        desk.edit(id, |customer| customer.priority = level_of(&text), said);
    };
    let name = desk.text(id, |entry| entry.customer.name.clone());
    let label = Signal::derive(move || t_string!(i18n, customers.priority_of, name = name.get()).to_string());
    view! {
        <div class="customers__control" on:click=|event| event.stop_propagation() on:keydown=|event| event.stop_propagation()>
            <Choice label options=levels(i18n) value on_change=save/>
        </div>
    }
}

/// The ways to say when it is looked at again.
#[component]
fn Next(desk: ReviewDesk, id: CustomerId) -> impl IntoView {
    let (i18n, format) = (desk.i18n, use_format());
    let today = move || desk.book.with_untracked(|book| book.today);
    let reviewed = move |on: Option<Date>| {
        let said = |customer: &Customer| {
            let (name, on) = (customer.name.clone(), format.date(on));
            t_string!(i18n, customers.reviewed, name = name, on = on).to_string()
        };
        desk.edit(id, |customer| customer.review_on = on, said);
    };
    let by_priority = move |_| {
        let priority: Option<Level> =
            desk.book.with_untracked(|book| book.entry(id).and_then(|entry| entry.customer.priority));
        reviewed(Some(next_review(priority, today())));
    };
    let in_months = move |months| move |_: ev::MouseEvent| reviewed(today().checked_add_months(Months::new(months)));
    let on_day = move |event: ev::Event| {
        if let Ok(Some(day)) = read_date(&event_target_value(&event)) {
            reviewed(Some(day));
        }
    };
    let name = desk.text(id, |entry| entry.customer.name.clone());
    let of = move |words: fn(I18n) -> &'static str| {
        Signal::derive(move || t_string!(i18n, customers.of, what = words(i18n), name = name.get()).to_string())
    };
    let draft = desk.text(id, |entry| entry.customer.review_on.map(|on| on.to_string()).unwrap_or_default());
    view! {
        <div class="customers__next" on:click=|event| event.stop_propagation() on:keydown=|event| event.stop_propagation()>
            <Button icon=icondata_lu::LuCheck label=of(|i18n| t_string!(i18n, customers.mark_reviewed)) on_click=by_priority>
                {move || t_string!(i18n, customers.mark_reviewed)}
            </Button>
            <Button variant=Variant::Bare label=of(|i18n| t_string!(i18n, customers.one_month)) on_click=in_months(1)>
                {move || t_string!(i18n, customers.one_month)}
            </Button>
            <Button variant=Variant::Bare label=of(|i18n| t_string!(i18n, customers.three_months)) on_click=in_months(3)>
                {move || t_string!(i18n, customers.three_months)}
            </Button>
            <input
                type="date"
                class="field__control"
                aria-label=of(|i18n| t_string!(i18n, customers.next_review))
                prop:value=draft
                on:change=on_day
            />
        </div>
    }
}
