//! The customer of the deal and the people there.

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    model::Field,
    ui::{
        parts::{
            contacts::Contacts,
            deal_field::{DealCustomer, DealField},
            editor::Editor,
        },
        route::{Route, use_navigation},
    },
};

/// The card of the customer.
#[component]
pub fn CustomerCard(
    /// Edits the deal.
    editor: Editor,
) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let there = Memo::new(move |_| editor.customer().is_some());
    let link = move || editor.customer().map(|customer| navigation.href(&Route::Customer(customer.id.to_string())));
    view! {
        <section class="card deal__card">
            <div class="deal__card-head">
                <h2>{t!(i18n, domain.field.customer)}</h2>
                {move || link().map(|href| view! { <a href=href data-testid="to-customer">{t!(i18n, deal.open_customer)}</a> })}
            </div>
            <DealCustomer editor/>
            <Show when=move || there.get()>
                <div class="pair">
                    <DealField editor field=Field::CustomerIndustry/>
                    <DealField editor field=Field::CustomerSize/>
                    <DealField editor field=Field::CustomerAddress/>
                    <DealField editor field=Field::CustomerIntent/>
                    <DealField editor field=Field::CustomerSoftware/>
                    <DealField editor field=Field::CustomerNeeds/>
                </div>
                <DealField editor field=Field::Contact/>
                <h3>{t!(i18n, contacts.title)}</h3>
                <Contacts editor=editor.of_customer()/>
            </Show>
        </section>
    }
    .into_any()
}
