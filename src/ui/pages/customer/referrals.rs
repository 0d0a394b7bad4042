//! Who recommended us to the customer, and whom it recommended us to.

use std::{cmp::Reverse, sync::Arc};

use leptos::prelude::*;

use super::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::referrers,
    model::{Command, CustomerId},
    ui::{
        parts::{
            amounts::Amounts,
            customer_field::{CustomerField, find_or_create},
            editor::Refusal,
        },
        route::{Route, use_navigation},
    },
};

/// The card of the referrals.
#[component]
pub(super) fn Referrals(desk: Desk) -> impl IntoView {
    let (i18n, navigation, editor) = (use_i18n(), use_navigation(), desk.editor);
    let amounts = Amounts::of(desk.names);
    let refusal = RwSignal::new(Refusal::None);
    let shown = Signal::derive(move || {
        let id = editor.read(|customer| customer.referred_by);
        let name = |id| desk.names.with(|names| names.customers.get(id).map(|customer| customer.name.clone()));
        id.and_then(name).unwrap_or_default()
    });
    let on_change = move |name: String| {
        let (referred_by, begin) = find_or_create(editor.store, &name);
        let Some(mut customer) = editor.customer.get_untracked().map(Arc::unwrap_or_clone) else { return };
        customer.referred_by = referred_by;
        let edit = Command::PutCustomer(Box::new(customer));
        refusal.set(editor.run(Command::Many(begin.into_iter().chain([edit]).collect())));
    };
    let name = move |id: CustomerId| desk.names.with(|names| names.customer(Some(id)));
    let link = move |id: CustomerId| {
        view! { <a href=move || navigation.href(&Route::Customer(id.to_string()))>{name(id)}</a> }
    };
    let chain = Memo::new(move |_| desk.book.with(|book| referrers(book.workspace(), desk.id)));
    let links = move || {
        let above = chain.get().into_iter().map(|id| view! { <li>{link(id)}</li> }).collect_view();
        view! { {above}<li aria-current="page">{name(desk.id)}</li> }
    };
    let referred = Memo::new(move |_| {
        desk.book.with(|book| {
            let entries = book.entries().filter(|entry| entry.customer.referred_by == Some(desk.id));
            let mut found: Vec<_> = entries.map(|entry| (entry.customer.id, entry.facts.won_amount)).collect();
            found.sort_by_key(|(id, won)| (Reverse(*won), *id));
            found
        })
    });
    let rows = move || {
        let row = |(id, won): (CustomerId, Option<i128>)| {
            let won = move || t_string!(i18n, customer.won, amount = amounts.sum(won)).to_string();
            view! { <li class="customer__one customer__card-head">{link(id)}<span class="muted small">{won}</span></li> }
        };
        referred.get().into_iter().map(row).collect_view()
    };
    view! {
        <section class="card customer__card" data-testid="referrals">
            <h2>{t!(i18n, customer.referrals)}</h2>
            <CustomerField
                label=Signal::derive(move || Some(t_string!(i18n, customer.referred_by).to_owned()))
                value=shown
                error=refusal
                on_change
            />
            <Show when=move || chain.with(|chain| !chain.is_empty())>
                <ol class="customer__chain" aria-label=move || t_string!(i18n, customer.chain)>{links}</ol>
            </Show>
            <h3>{t!(i18n, customer.referred)}</h3>
            <Show when=move || referred.with(Vec::is_empty)><p class="muted">{t!(i18n, customer.none_referred)}</p></Show>
            <ul class="customer__list">{rows}</ul>
        </section>
    }
    .into_any()
}
