//! A customer by name: an existing one is found while typing, another name is a new customer.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    model::{Command, Customer, CustomerId},
    store::{Store, use_store},
    ui::components::dom_id,
};

/// How many names are offered at once.
const OFFERED: usize = 20;

/// A text field that offers the customers whose names contain what is typed.
#[component]
pub fn CustomerField(
    /// The name it shows.
    #[prop(into)]
    value: Signal<String>,
    /// Takes the name on leaving the field or on Enter.
    #[prop(into)]
    on_change: Callback<String>,
    /// What is wrong with it.
    #[prop(optional, into)]
    error: MaybeProp<String>,
    /// What the customer is here; just the customer without it.
    #[prop(optional, into)]
    label: MaybeProp<String>,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let (id, list, note) = (dom_id::fresh(), dom_id::fresh(), dom_id::fresh());
    let typed = RwSignal::new(None::<String>);
    let offered = move || {
        let sought = typed.get().unwrap_or_default().to_lowercase();
        store.with(|workspace| {
            let found = workspace.customers.iter().filter(|customer| customer.name.to_lowercase().contains(&sought));
            found.take(OFFERED).map(|customer| view! { <option value=customer.name.clone()></option> }).collect_view()
        })
    };
    let hint = move || {
        let name = typed.get().unwrap_or_else(|| value.get());
        let known = store.with(|workspace| find(workspace.customers.iter(), &name).is_some());
        (!name.trim().is_empty() && !known).then(|| t_string!(i18n, moves.new_customer))
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{move || label.get().unwrap_or_else(|| t_string!(i18n, domain.field.customer).to_owned())}</label>
            <input
                id=id
                class="field__control"
                type="text"
                autocomplete="off"
                list=list.clone()
                data-testid="customer-field"
                prop:value=value
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=note.clone()
                on:input=move |event| typed.set(Some(event_target_value(&event)))
                on:change=move |event| on_change.run(event_target_value(&event))
            />
            <datalist id=list>{offered}</datalist>
            <div id=note class="field__note" class:field__note--error=move || error.get().is_some()>
                {move || error.get().or_else(|| hint().map(str::to_owned))}
            </div>
        </div>
    }
    .into_any()
}

/// The customer of this name, and the command that creates it when there is none yet. A blank name is nobody.
pub fn find_or_create(store: Store, name: &str) -> (Option<CustomerId>, Option<Command>) {
    let name = name.trim();
    if name.is_empty() {
        return (None, None);
    }
    if let Some(id) = store.peek(|workspace| find(workspace.customers.iter(), name)) {
        return (Some(id), None);
    }
    let customer = Customer::named(CustomerId::new(store.fresh()), name);
    (Some(customer.id), Some(Command::PutCustomer(Box::new(customer))))
}

/// The customer of this name, however it is capitalised.
pub fn find<'a>(customers: impl Iterator<Item = &'a std::sync::Arc<Customer>>, name: &str) -> Option<CustomerId> {
    let name = name.trim().to_lowercase();
    customers.into_iter().find(|customer| customer.name.to_lowercase() == name).map(|customer| customer.id)
}
