//! The dialog that begins a customer.

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Customer, CustomerId, Workspace},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::Field,
        },
        parts::{first_focus::FirstFocus, mover::Mover},
        route::{Route, use_navigation},
        typed::folded,
    },
};

/// Asks for the name, warns of customers who have it already, and opens the new one.
#[component]
pub(super) fn NewCustomer(
    /// Whether it is open.
    open: RwSignal<bool>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog
            open
            title=Signal::derive(move || t_string!(i18n, customers.new).to_owned())
            on_close=move |()| open.set(false)
        >
            <Form open/>
        </Dialog>
    }
}

#[component]
fn Form(open: RwSignal<bool>) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let mover = Mover::new(Callback::new(|_| ()));
    let (name, refusal) = (RwSignal::new(String::new()), RwSignal::new(None::<String>));
    let namesake = Memo::new(move |_| {
        let name = essence(&name.get());
        store.with(|workspace| namesake(workspace, &name).map(|customer| (customer.id, customer.name.clone())))
    });
    let create = move || {
        let id = CustomerId::new(store.fresh());
        let customer = Customer::named(id, name.get_untracked().trim());
        let words = t_string!(i18n, customers.created, name = customer.name.clone()).to_string();
        match store.dispatch(Command::PutCustomer(Box::new(customer))) {
            Ok(change) => {
                open.set(false);
                mover.offer_undo(words, change);
                navigation.go(&Route::Customer(id.to_string()));
            }
            Err(rejection) => refusal.set(Some(mover.words(&rejection))),
        }
    };
    view! {
        <form class="form" data-testid="new-customer-form" on:submit=move |event| { event.prevent_default(); create() }>
            <FirstFocus>
                <Field
                    label=Signal::derive(move || t_string!(i18n, customer.name).to_owned())
                    required=true
                    value=name
                    on_change=move |text: String| name.set(text)
                    on_input=move |text: String| name.set(text)
                    error=refusal
                />
            </FirstFocus>
            <p class="small" role="status">
                {move || namesake.get().map(|(id, name)| view! {
                    {t!(i18n, customers.namesake)}" "
                    <a href=move || navigation.href(&Route::Customer(id.to_string()))>{name}</a>
                })}
            </p>
            <div class="dialog__actions">
                <Button on_click=move |_| open.set(false)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Primary on_click=move |_| create()>{t!(i18n, customers.create)}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// A customer whose name means the same.
fn namesake<'a>(workspace: &'a Workspace, sought: &str) -> Option<&'a Arc<Customer>> {
    let has = |name: &str| essence(name) == sought;
    let mut customers = workspace.customers.iter();
    customers.find(|customer| !sought.is_empty() && (has(&customer.name) || has(&customer.short_name)))
}

/// A name without what people write differently: capitals, wide letters, blanks and signs.
fn essence(name: &str) -> String {
    folded(name).chars().filter(|c| c.is_alphanumeric()).collect()
}
