//! Editing a customer in place: every change is a command, every refusal a sentence beside the field.

use std::{collections::BTreeSet, sync::Arc};

use leptos::prelude::*;

use super::editor::{EditText, Refusal};
use crate::{
    i18n::use_i18n,
    model::{Command, Contact, ContactId, Customer},
    store::{Store, use_store},
    ui::{
        components::field::FieldKind,
        format::{Format, use_format},
        wording::{self, I18n},
    },
};

/// Edits one customer.
#[derive(Clone, Copy, Debug)]
pub struct CustomerEditor {
    /// The customer, followed; `None` while there is none.
    pub customer: Signal<Option<Arc<Customer>>>,
    /// The translations.
    pub i18n: I18n,
    /// The store behind it.
    pub store: Store,
    format: Format,
}

impl CustomerEditor {
    /// An editor of this customer; call it in a component body.
    pub fn of(customer: Signal<Option<Arc<Customer>>>) -> Self {
        Self { customer, i18n: use_i18n(), store: use_store(), format: use_format() }
    }

    /// Reads something of the customer, followed; the default without one.
    pub fn read<T: Default>(self, read: impl FnOnce(&Customer) -> T) -> T {
        self.customer.with(|customer| customer.as_deref().map(read)).unwrap_or_default()
    }

    /// Rewrites what is known of the customer.
    pub fn edit(self, write: impl FnOnce(&mut Customer)) -> Refusal {
        let id = self.customer.with_untracked(|customer| customer.as_ref().map(|customer| customer.id))?;
        let known = self.store.peek(|workspace| workspace.customers.get(id).cloned());
        let mut customer = Arc::unwrap_or_clone(known?);
        write(&mut customer);
        self.run(Command::PutCustomer(Box::new(customer)))
    }

    /// Rewrites what is known of a contact.
    pub fn edit_contact(self, id: ContactId, write: impl FnOnce(&mut Contact)) -> Refusal {
        self.edit(|customer| {
            if let Some(contact) = customer.contacts.iter_mut().find(|contact| contact.id == id) {
                write(contact);
            }
        })
    }

    /// Adds a contact of this name, and gives its id.
    ///
    /// # Errors
    /// Why it was refused.
    pub fn add_contact(self, name: &str) -> Result<ContactId, String> {
        let (id, text) = (ContactId::new(self.store.fresh()), String::new);
        let name = name.trim().to_owned();
        let contact = Contact { id, name, job_title: text(), phone: text(), email: text(), role: text() };
        self.edit(|customer| customer.contacts.push(contact)).map_or(Ok(id), Err)
    }

    /// Carries out a command.
    pub fn run(self, command: Command) -> Refusal {
        let refused = self.store.dispatch(command).err()?;
        Some(self.store.peek(|workspace| wording::rejection(self.i18n, self.format, workspace, &refused)))
    }
}

/// A text as it is kept in a customer: how to read and how to write it.
pub type CustomerText = (fn(&Customer) -> &String, fn(&mut Customer) -> &mut String);

/// A text of the customer, edited in place.
#[component]
pub fn CustomerTextField(
    /// Edits the customer.
    editor: CustomerEditor,
    /// What belongs in it.
    #[prop(into)]
    label: Signal<String>,
    /// Which text.
    text: CustomerText,
    /// What it takes.
    #[prop(optional)]
    kind: FieldKind,
    /// Whether the texts of other customers are offered.
    #[prop(optional)]
    offered: bool,
) -> impl IntoView {
    let (get, get_mut) = text;
    let value = Signal::derive(move || editor.read(|customer| get(customer).clone()));
    let save = move |text: String| editor.edit(|customer| *get_mut(customer) = text);
    if offered {
        let suggestions = Memo::new(move |_| {
            // Other customers say what words are used here; they are looked up once, not at every edit.
            editor.store.peek(|workspace| different(workspace.customers.iter().map(|customer| get(customer))))
        });
        view! { <EditText label kind value suggestions save/> }.into_any()
    } else {
        view! { <EditText label kind value save/> }.into_any()
    }
}

/// The different texts that are not blank, in order.
pub fn different<'a>(texts: impl Iterator<Item = &'a String>) -> Vec<String> {
    // One by one: there are few different ones among many, and a collected set would sort them all.
    let mut different = BTreeSet::new();
    for text in texts.filter(|text| !text.trim().is_empty()) {
        different.insert(text);
    }
    different.into_iter().cloned().collect()
}
