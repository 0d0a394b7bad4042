//! Editing a customer in place.

use std::sync::Arc;

use leptos::prelude::*;

use super::facts::{open_deals, sellers};
use crate::{
    i18n::use_i18n,
    model::{Command, Contact, ContactId, Customer, CustomerId, PersonId},
    store::{Store, use_store},
    ui::{
        format::{Format, use_format},
        parts::{
            editor::Refusal,
            names::{Names, use_names},
        },
        wording::{self, I18n},
    },
};

/// Edits one customer.
#[derive(Clone, Copy, Debug)]
pub(super) struct CustomerEditor {
    id: CustomerId,
    pub(super) names: Memo<Names>,
    pub(super) i18n: I18n,
    store: Store,
    format: Format,
}

impl CustomerEditor {
    /// An editor of the customer with this id; call it in a component body.
    pub(super) fn of(id: CustomerId) -> Self {
        Self { id, names: use_names(), i18n: use_i18n(), store: use_store(), format: use_format() }
    }

    /// Reads something of the customer, followed; the default once it is gone.
    pub(super) fn read<T: Default>(self, read: impl FnOnce(&Customer) -> T) -> T {
        self.names.with(|names| names.customers.get(self.id).map(|customer| read(customer))).unwrap_or_default()
    }

    /// Reads something of a contact, followed; the default once it is gone.
    pub(super) fn contact<T: Default>(self, id: ContactId, read: impl FnOnce(&Contact) -> T) -> T {
        self.read(|customer| customer.contact(id).map(read)).unwrap_or_default()
    }

    /// The one owner of all open deals of the customer, followed; `None` when there are several or none.
    pub(super) fn seller(self) -> Option<PersonId> {
        match self.store.with(|workspace| sellers(workspace, self.id)).as_slice() {
            [one] => *one,
            _ => None,
        }
    }

    /// Rewrites what is known of the customer.
    pub(super) fn edit(self, write: impl FnOnce(&mut Customer)) -> Refusal {
        let mut customer = Arc::unwrap_or_clone(self.store.peek(|w| w.customers.get(self.id).cloned())?);
        write(&mut customer);
        self.run(Command::PutCustomer(Box::new(customer)))
    }

    /// Rewrites what is known of a contact.
    pub(super) fn edit_contact(self, id: ContactId, write: impl FnOnce(&mut Contact)) -> Refusal {
        self.edit(|customer| {
            if let Some(contact) = customer.contacts.iter_mut().find(|contact| contact.id == id) {
                write(contact);
            }
        })
    }

    /// Adds a contact of this name; a blank one is none.
    pub(super) fn add_contact(self, name: &str) -> Refusal {
        let name = name.trim();
        if name.is_empty() {
            return None;
        }
        let text = String::new;
        let id = ContactId::new(self.store.fresh());
        let contact =
            Contact { id, name: name.to_owned(), job_title: text(), phone: text(), email: text(), role: text() };
        self.edit(|customer| customer.contacts.push(contact))
    }

    /// Gives the customer and all its open deals to one person.
    pub(super) fn give_to(self, person: Option<PersonId>) -> Refusal {
        let commands = self.store.peek(|workspace| {
            let mut customer = (**workspace.customers.get(self.id)?).clone();
            customer.owner = person;
            let deals = open_deals(workspace, self.id).map(|deal| Command::SetOwner { id: deal.id, to: person });
            Some(std::iter::once(Command::PutCustomer(Box::new(customer))).chain(deals).collect())
        });
        self.run(Command::Many(commands?))
    }

    fn run(self, command: Command) -> Refusal {
        let refused = self.store.dispatch(command).err()?;
        Some(self.store.peek(|workspace| wording::rejection(self.i18n, self.format, workspace, &refused)))
    }
}
