//! The customer of the deal and the people there.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Contact, ContactId, Field},
    ui::{
        components::{
            button::{Button, Variant},
            field::Field as TextField,
        },
        parts::{
            deal_field::{DealCustomer, DealField},
            editor::{EditText, Editor, Refusal},
        },
        wording::I18n,
    },
};

/// The card of the customer.
#[component]
pub fn CustomerCard(
    /// Edits the deal.
    editor: Editor,
) -> impl IntoView {
    let i18n = use_i18n();
    let there = Memo::new(move |_| editor.customer().is_some());
    let contacts = Memo::new(move |_| {
        let contacts = |customer: std::sync::Arc<crate::model::Customer>| {
            customer.contacts.iter().map(|contact| contact.id).collect::<Vec<_>>()
        };
        editor.customer().map(contacts).unwrap_or_default()
    });
    view! {
        <section class="card deal__card">
            <h2>{t!(i18n, domain.field.customer)}</h2>
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
                <h3>{t!(i18n, deal.contacts)}</h3>
                <For each=move || contacts.get() key=|id| *id let(id)><ContactCard editor id/></For>
                <NewContact editor/>
            </Show>
        </section>
    }
    .into_any()
}

type Text = (fn(&Contact) -> &String, fn(&mut Contact) -> &mut String);

/// One person, folded until it is needed.
#[component]
fn ContactCard(editor: Editor, id: ContactId) -> impl IntoView {
    let i18n = editor.i18n;
    let contact = Memo::new(move |_| editor.customer().and_then(|customer| customer.contact(id).cloned()));
    let field = move |words: fn(I18n) -> &'static str, (get, get_mut): Text| {
        let value = Signal::derive(move || contact.with(|c| c.as_ref().map(|c| get(c).clone())).unwrap_or_default());
        let save = move |text: String| {
            editor.edit_customer(|customer| {
                if let Some(contact) = customer.contacts.iter_mut().find(|contact| contact.id == id) {
                    *get_mut(contact) = text;
                }
            })
        };
        view! { <EditText label=Signal::derive(move || words(i18n).to_owned()) value save/> }
    };
    let name = move || contact.with(|c| c.as_ref().map(|c| c.name.clone())).unwrap_or_default();
    let about = move || {
        contact.with(|c| {
            c.as_ref().map(|c| {
                let parts = [c.job_title.as_str(), c.phone.as_str(), c.email.as_str()];
                parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
            })
        })
    };
    view! {
        <details class="deal__contact">
            <summary><strong>{name}</strong>" "<span class="muted small">{about}</span></summary>
            <div class="pair">
                {field(|i18n| t_string!(i18n, deal.contact_name), (|c| &c.name, |c| &mut c.name))}
                {field(|i18n| t_string!(i18n, deal.job_title), (|c| &c.job_title, |c| &mut c.job_title))}
                {field(|i18n| t_string!(i18n, deal.phone), (|c| &c.phone, |c| &mut c.phone))}
                {field(|i18n| t_string!(i18n, deal.email), (|c| &c.email, |c| &mut c.email))}
                {field(|i18n| t_string!(i18n, deal.role), (|c| &c.role, |c| &mut c.role))}
            </div>
        </details>
    }
}

/// Adds a person by name; the first one becomes the deal's contact by choice, not by itself.
#[component]
fn NewContact(editor: Editor) -> impl IntoView {
    let i18n = editor.i18n;
    let name = RwSignal::new(String::new());
    let refusal = RwSignal::new(Refusal::None);
    let add = move |_| {
        let text = name.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        let id = ContactId::new(editor.store.fresh());
        let contact = Contact {
            id,
            name: text,
            job_title: String::new(),
            phone: String::new(),
            email: String::new(),
            role: String::new(),
        };
        refusal.set(editor.edit_customer(|customer| customer.contacts.push(contact)));
        name.set(String::new());
    };
    view! {
        <div class="deal__add">
            <TextField
                label=Signal::derive(move || t_string!(i18n, deal.new_contact).to_owned())
                value=name
                on_change=move |text: String| name.set(text)
                error=refusal
            />
            <Button variant=Variant::Quiet icon=icondata_lu::LuPlus on_click=add>{t!(i18n, deal.add)}</Button>
        </div>
    }
}
