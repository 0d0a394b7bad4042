//! The people at a customer: reached with one click, edited in place.

use leptos::prelude::*;

use super::{
    customer_editor::CustomerEditor,
    editor::{EditText, Refusal},
    mover::Mover,
    reach::{odd_email, odd_phone},
};
use crate::{
    i18n::{t, t_string},
    model::{Command, Contact, ContactId, link},
    ui::{
        components::{
            button::{Button, Variant},
            field::Field,
            icon::Icon,
            tag::{Tag, Tone},
        },
        wording::I18n,
    },
};

/// The contacts of a customer, and one more.
#[component]
pub fn Contacts(
    /// Edits the customer.
    editor: CustomerEditor,
) -> impl IntoView {
    let mover = Mover::new(Callback::new(|_| ()));
    let added = RwSignal::new(None::<ContactId>);
    let ids = Memo::new(move |_| {
        editor.read(|customer| customer.contacts.iter().map(|contact| contact.id).collect::<Vec<_>>())
    });
    view! {
        <div class="contacts">
            <For each=move || ids.get() key=|id| *id let(id)><Card editor mover id open=added.get_untracked() == Some(id)/></For>
            <NewContact editor added/>
        </div>
    }
    .into_any()
}

/// A text as it is kept in a contact.
type Text = (fn(&Contact) -> &String, fn(&mut Contact) -> &mut String);

/// One person, folded until it is needed.
#[component]
fn Card(editor: CustomerEditor, mover: Mover, id: ContactId, open: bool) -> impl IntoView {
    let i18n = editor.i18n;
    let contact = Memo::new(move |_| editor.read(|customer| customer.contact(id).cloned()));
    let read = move |get: fn(&Contact) -> &String| {
        Signal::derive(move || contact.with(|c| c.as_ref().map(|c| get(c).clone())).unwrap_or_default())
    };
    let (name, title, role) = (read(|c| &c.name), read(|c| &c.job_title), read(|c| &c.role));
    let (phone, email) = (read(|c| &c.phone), read(|c| &c.email));
    let save = move |get_mut: fn(&mut Contact) -> &mut String, text: String| {
        editor.edit_contact(id, |contact| *get_mut(contact) = text)
    };
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let field = move |words: fn(I18n) -> &'static str, (get, get_mut): Text| {
        view! { <EditText label=label(words) value=read(get) save=move |text: String| save(get_mut, text)/> }
    };
    let roles = Signal::derive(move || roles(i18n));
    let refusal = RwSignal::new(Refusal::None);
    let remove = move |_| {
        let customer = editor.customer.get_untracked();
        let Some(mut customer) = customer.map(std::sync::Arc::unwrap_or_clone) else { return };
        customer.contacts.retain(|contact| contact.id != id);
        let name = name.get_untracked();
        match editor.store.dispatch(Command::PutCustomer(Box::new(customer))) {
            Ok(change) => mover.offer_undo(t_string!(i18n, contacts.removed, name = name).to_string(), change),
            Err(rejection) => refusal.set(Some(mover.words(&rejection))),
        }
    };
    view! {
        <article class="contact" data-testid="contact">
            <div class="contact__head">
                <span class="row">
                    <strong>{name}</strong>
                    <Show when=move || !role.with(String::is_empty)><Tag tone=Tone::Accent>{role}</Tag></Show>
                    <span class="muted small">{title}</span>
                </span>
                <span class="row small">
                    {move || phone.with(|phone| link::dial(phone)).map(|href| view! { <a href=href>{phone}</a> })}
                    {move || email.with(|email| link::mail(email)).map(|href| view! { <a href=href>{email}</a> })}
                </span>
            </div>
            <details open=open>
                <summary class="small">{move || t_string!(i18n, contacts.edit, name = name.get()).to_string()}</summary>
                <div class="pair">
                    {field(|i18n| t_string!(i18n, contacts.name), (|c| &c.name, |c| &mut c.name))}
                    {field(|i18n| t_string!(i18n, contacts.job_title), (|c| &c.job_title, |c| &mut c.job_title))}
                    <EditText
                        label=label(|i18n| t_string!(i18n, contacts.phone))
                        value=phone
                        advise=move |text: String| odd_phone(i18n, &text)
                        save=move |text: String| save(|c| &mut c.phone, text)
                    />
                    <EditText
                        label=label(|i18n| t_string!(i18n, contacts.email))
                        value=email
                        advise=move |text: String| odd_email(i18n, &text)
                        save=move |text: String| save(|c| &mut c.email, text)
                    />
                    <EditText
                        label=label(|i18n| t_string!(i18n, contacts.role))
                        value=role
                        suggestions=roles
                        save=move |text: String| save(|c| &mut c.role, text)
                    />
                </div>
                <Button variant=Variant::Bare icon=icondata_lu::LuTrash2 on_click=remove>{t!(i18n, contacts.remove)}</Button>
                <p class="field__note field__note--error" role="alert">{refusal}</p>
            </details>
        </article>
    }
    .into_any()
}

/// Adds a person by name.
#[component]
fn NewContact(editor: CustomerEditor, added: RwSignal<Option<ContactId>>) -> impl IntoView {
    let i18n = editor.i18n;
    let name = RwSignal::new(String::new());
    let refusal = RwSignal::new(Refusal::None);
    let add = move || {
        let text = name.get_untracked().trim().to_owned();
        if text.is_empty() {
            return;
        }
        match editor.add_contact(&text) {
            Ok(id) => {
                added.set(Some(id));
                refusal.set(None);
            }
            Err(words) => refusal.set(Some(words)),
        }
        name.set(String::new());
    };
    view! {
        <form class="contacts__add" data-testid="new-contact" on:submit=move |event| { event.prevent_default(); add() }>
            <Field
                label=Signal::derive(move || t_string!(i18n, contacts.new).to_owned())
                value=name
                on_change=move |text: String| name.set(text)
                error=refusal
            />
            <button type="submit" class="button"><Icon icon=icondata_lu::LuPlus/>{t!(i18n, contacts.add)}</button>
        </form>
    }
    .into_any()
}

/// The usual parts people play in a decision.
fn roles(i18n: I18n) -> Vec<String> {
    [
        t_string!(i18n, contacts.decides),
        t_string!(i18n, contacts.pays),
        t_string!(i18n, contacts.uses),
        t_string!(i18n, contacts.advises),
        t_string!(i18n, contacts.blocks),
    ]
    .map(str::to_owned)
    .to_vec()
}
