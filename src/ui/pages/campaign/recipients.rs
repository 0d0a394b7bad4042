//! Whom the campaign addresses, and through whom there.

use std::sync::Arc;

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string},
    metrics::{Reach, Whom},
    model::{Contact, Customer, CustomerId},
    ui::{
        components::{
            button::{Button, Variant},
            choice::Choice,
            data_table::{Column, DataTable},
            segmented::Segmented,
        },
        format::UNKNOWN,
        parts::names::choices,
        route::{Query, Route, use_navigation},
        wording::I18n,
    },
};

/// The list with its filter.
#[component]
pub(super) fn Recipients(desk: Desk) -> impl IntoView {
    let (i18n, navigation) = (desk.i18n, use_navigation());
    let whoms = vec![
        (Whom::Audience, desk.label(|i18n| t_string!(i18n, campaigns.whom.audience))),
        (Whom::Waiting, desk.label(|i18n| t_string!(i18n, campaigns.whom.waiting))),
        (Whom::Touched, desk.label(|i18n| t_string!(i18n, campaigns.whom.touched))),
    ];
    let reaches = vec![
        (Reach::Email, desk.label(|i18n| t_string!(i18n, campaigns.reach.email))),
        (Reach::Phone, desk.label(|i18n| t_string!(i18n, campaigns.reach.phone))),
    ];
    let count = move || t_string!(i18n, campaigns.listed, count = desk.listed.with(Vec::len)).to_string();
    view! {
        <div class="row campaign__filters">
            <Segmented label=desk.label(|i18n| t_string!(i18n, campaigns.show)) options=whoms value=desk.whom on_change=move |whom| desk.whom.set(whom)/>
            <Segmented label=desk.label(|i18n| t_string!(i18n, campaigns.contacts_by)) options=reaches value=desk.reach on_change=move |reach| desk.reach.set(reach)/>
            <span class="muted" aria-live="polite">{count}</span>
        </div>
        <div class="campaign__table" data-testid="recipients">
            <DataTable
                label=desk.label(|i18n| t_string!(i18n, campaigns.recipients))
                columns=columns(desk)
                rows=desk.listed
                sort=Signal::stored(None)
                on_sort=|_| ()
                on_open=move |id: CustomerId| navigation.go_with(&Route::Customer(id.to_string()), &Query::default())
                on_key=move |(event, id): (leptos::ev::KeyboardEvent, CustomerId)| if event.key() == " " {
                    event.prevent_default();
                    mark(desk, id);
                }
                row_height=44.0
            />
            <Show when=move || desk.listed.with(Vec::is_empty)>
                <p class="campaign__none muted">{t!(i18n, campaigns.nobody)}</p>
            </Show>
        </div>
    }
    .into_any()
}

fn mark(desk: Desk, id: CustomerId) {
    desk.marked.update(|marked| {
        if !marked.remove(&id) {
            marked.insert(id);
        }
    });
}

fn columns(desk: Desk) -> Signal<Vec<Column<CustomerId>>> {
    let i18n = desk.i18n;
    let name = move |id: CustomerId| move || desk.names.with(|names| names.customer(Some(id)));
    let marks = move |id: CustomerId| {
        let marked = Memo::new(move |_| desk.marked.with(|marked| marked.contains(&id)));
        let label = move || t_string!(i18n, list.mark_one, title = name(id)()).to_string();
        view! {
            <label class="listing__mark" on:click=|event| event.stop_propagation()>
                <input type="checkbox" tabindex="-1" aria-label=label prop:checked=marked on:change=move |_| mark(desk, id)/>
            </label>
        }
        .into_any()
    };
    let customers = move |id: CustomerId| {
        let href = Route::Customer(id.to_string()).href(&Query::default());
        view! { <a class="campaigns__name" href=href on:click=|event| event.stop_propagation()>{name(id)}</a> }
            .into_any()
    };
    let contacts = move |id: CustomerId| {
        let customer = Memo::new(move |_| desk.names.with(|names| names.customers.get(id).cloned()));
        let options = Signal::derive(move || {
            let contacts = customer.get().map(|customer| customer.contacts.clone()).unwrap_or_default();
            choices(contacts.into_iter().map(|contact| (contact.id.to_string(), contact.name)))
        });
        let value = Signal::derive(move || {
            customer.get().and_then(|customer| desk.contact(&customer)).map(|id| id.to_string()).unwrap_or_default()
        });
        let label = Signal::derive(move || t_string!(i18n, campaigns.contact_of, name = name(id)()).to_string());
        let on_change = move |text: String| {
            desk.picked.update(|picked| {
                picked.insert(id, text.parse().ok());
            });
        };
        view! {
            <span class="campaign__contact" on:click=|event| event.stop_propagation() on:keydown=|event| event.stop_propagation()>
                <Choice label options value on_change/>
            </span>
        }
        .into_any()
    };
    let of_contact = move |read: fn(&Contact) -> &String| {
        let cell = move |id: CustomerId| {
            let customer = Memo::new(move |_| desk.names.with(|names| names.customers.get(id).cloned()));
            let text = move || {
                let text =
                    customer.get().and_then(|customer| desk.contact_of(&customer).map(|contact| read(contact).clone()));
                text.filter(|text| !text.trim().is_empty()).unwrap_or_else(|| UNKNOWN.to_owned())
            };
            view! { <span class="campaigns__text">{text}</span> }.into_any()
        };
        Arc::new(cell) as Arc<dyn Fn(CustomerId) -> AnyView + Send + Sync>
    };
    let owners = move |id: CustomerId| {
        let owner = move || {
            desk.names
                .with(|names| names.person(names.customers.get(id).and_then(|customer: &Arc<Customer>| customer.owner)))
        };
        view! { <span class="campaigns__text">{owner}</span> }.into_any()
    };
    let column = |id, title: fn(I18n) -> &'static str, width, cell| Column {
        id,
        title: desk.label(title),
        width,
        numeric: false,
        sortable: false,
        cell,
    };
    let columns: Vec<Column<CustomerId>> = vec![
        column("mark", |i18n| t_string!(i18n, list.mark), "3.5rem", Arc::new(marks)),
        column("customer", |i18n| t_string!(i18n, domain.field.customer), "minmax(12rem, 2fr)", Arc::new(customers)),
        column("contact", |i18n| t_string!(i18n, domain.field.contact), "minmax(9rem, 1fr)", Arc::new(contacts)),
        column(
            "phone",
            |i18n| t_string!(i18n, campaigns.phone),
            "minmax(8rem, 1fr)",
            of_contact(|contact| &contact.phone),
        ),
        column(
            "email",
            |i18n| t_string!(i18n, campaigns.email),
            "minmax(11rem, 1fr)",
            of_contact(|contact| &contact.email),
        ),
        column("owner", |i18n| t_string!(i18n, domain.field.owner), "minmax(7rem, 1fr)", Arc::new(owners)),
        column("touched", |i18n| t_string!(i18n, campaigns.touched_on), "11rem", Arc::new(move |id| touched(desk, id))),
    ];
    Signal::stored(columns)
}

/// The day of the latest touch, and the way to take it back.
fn touched(desk: Desk, id: CustomerId) -> AnyView {
    let on = Memo::new(move |_| desk.touched_on(id));
    let label = Signal::derive(move || {
        let name = desk.names.with(|names| names.customer(Some(id)));
        t_string!(desk.i18n, campaigns.take_back, name = name).to_string()
    });
    let take_back = move |event: leptos::ev::MouseEvent| {
        event.stop_propagation();
        desk.take_back(id);
    };
    view! {
        <span class="campaign__touched">
            {move || desk.format.date(on.get())}
            <Show when=move || on.get().is_some()>
                <Button variant=Variant::Bare icon=icondata_lu::LuUndo2 label on_click=take_back/>
            </Show>
        </span>
    }
    .into_any()
}
