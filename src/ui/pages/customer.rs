//! The customer page.

mod deals;
mod facts;
mod head;
mod referrals;
mod visits;

use leptos::prelude::*;

use deals::Deals;
use facts::Facts;
use head::Head;
use referrals::Referrals;
use visits::Visits;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::CustomerId,
    store::use_store,
    ui::{
        components::empty::Empty,
        parts::{
            activities::{About, Activities},
            contacts::Contacts,
            customer_book::Book,
            customer_editor::CustomerEditor,
            names::{Names, use_names},
            target_scores::TargetScores,
        },
        route::{Route, use_navigation},
    },
};

/// One customer: what is known of it, its people, its deals and what was done with it.
#[component]
pub fn CustomerPage(
    /// The id of the address, as text.
    id: String,
) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let missing = move || {
        view! {
            <h1>{t!(i18n, customer.title)}</h1>
            <Empty icon=icondata_lu::LuSearchX text=Signal::derive(move || t_string!(i18n, customer.unknown).to_owned())>
                <a class="button button--primary" href=move || navigation.href(&Route::Customers)>
                    {t!(i18n, customer.all)}
                </a>
            </Empty>
        }
    };
    match id.parse::<CustomerId>() {
        Ok(id) => {
            let is_there = Memo::new(move |_| store.with(|workspace| workspace.customers.contains(id)));
            view! { <Show when=move || is_there.get() fallback=missing><Known id/></Show> }.into_any()
        }
        Err(_) => missing().into_any(),
    }
}

/// What the parts of the page share.
#[derive(Clone, Copy)]
struct Desk {
    id: CustomerId,
    editor: CustomerEditor,
    names: Memo<Names>,
    /// All customers with what stands behind them.
    book: Memo<Book>,
}

impl Desk {
    fn of(id: CustomerId) -> Self {
        let names = use_names();
        let customer = Memo::new(move |_| names.with(|names| names.customers.get(id).cloned()));
        Self { id, editor: CustomerEditor::of(customer.into()), names, book: Book::follow() }
    }
}

/// The page of a customer that exists.
#[component]
fn Known(id: CustomerId) -> impl IntoView {
    let i18n = use_i18n();
    let desk = Desk::of(id);
    view! {
        <article class="customer">
            <Head desk/>
            <div class="customer__columns">
                <div class="stack">
                    <Deals desk/>
                    <Facts desk/>
                    <TargetScores customer=id/>
                </div>
                <div class="stack">
                    <section class="card customer__card">
                        <h2>{t!(i18n, contacts.title)}</h2>
                        <Contacts editor=desk.editor/>
                    </section>
                    <Referrals desk/>
                    <Visits desk/>
                    <Activities about=About::Customer(id)/>
                </div>
            </div>
        </article>
    }
    .into_any()
}
