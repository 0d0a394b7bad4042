//! Editing a deal and its customer in place: every change is a command, every refusal a sentence beside the field.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    amounts::Amounts,
    customer_editor::CustomerEditor,
    names::{Names, use_names},
};
use crate::{
    i18n::{t_string, use_i18n},
    model::{Command, Contact, Customer, Deal, DealDetails, DealId},
    store::{Store, use_store},
    ui::{
        components::field::{Field, FieldKind, SelectField},
        format::{Format, use_format},
        wording::{self, I18n},
    },
};

/// Edits one deal.
#[derive(Clone, Copy, Debug)]
pub struct Editor {
    /// The deal, followed.
    pub deal: Signal<Option<Arc<Deal>>>,
    /// Which deal.
    pub id: DealId,
    /// The names behind its ids.
    pub names: Memo<Names>,
    /// Amounts as text.
    pub amounts: Amounts,
    /// The translations.
    pub i18n: I18n,
    /// The store behind it.
    pub store: Store,
    format: Format,
}

/// The words of a refusal; `None` when the change was made.
pub type Refusal = Option<String>;

impl Editor {
    /// An editor of the deal with this id; call it in a component body.
    pub fn of(id: DealId) -> Self {
        let (store, names) = (use_store(), use_names());
        let (i18n, format) = (use_i18n(), use_format());
        Self { deal: store.deal(id), id, names, amounts: Amounts::of(names), i18n, store, format }
    }

    /// Reads something of the deal, followed; the default once the deal is gone.
    pub fn read<T: Default>(self, read: impl FnOnce(&Deal) -> T) -> T {
        self.deal.with(|deal| deal.as_deref().map(read)).unwrap_or_default()
    }

    /// The customer of the deal, followed.
    pub fn customer(self) -> Option<Arc<Customer>> {
        let id = self.read(|deal| deal.details.customer)?;
        self.names.with(|names| names.customers.get(id).cloned())
    }

    /// The contact of the deal, followed.
    pub fn contact(self) -> Option<Contact> {
        let id = self.read(|deal| deal.details.contact)?;
        self.customer()?.contact(id).cloned()
    }

    /// Carries out a command.
    pub fn run(self, command: Command) -> Refusal {
        let refused = self.store.dispatch(command).err()?;
        Some(self.store.peek(|workspace| wording::rejection(self.i18n, self.format, workspace, &refused)))
    }

    /// Rewrites what is known of the deal.
    pub fn details(self, write: impl FnOnce(&mut DealDetails)) -> Refusal {
        let mut details = self.store.peek(|workspace| workspace.deals.get(self.id).map(|deal| deal.details.clone()))?;
        write(&mut details);
        self.run(Command::EditDeal { id: self.id, details: Box::new(details) })
    }

    /// Edits the customer of the deal.
    pub fn of_customer(self) -> CustomerEditor {
        CustomerEditor::of(Signal::derive(move || self.customer()))
    }

    /// Rewrites what is known of the deal's customer.
    pub fn edit_customer(self, write: impl FnOnce(&mut Customer)) -> Refusal {
        let customer = self.store.peek(|workspace| workspace.customer_of(workspace.deals.get(self.id)?).cloned());
        let mut customer = Arc::unwrap_or_clone(customer?);
        write(&mut customer);
        self.run(Command::PutCustomer(Box::new(customer)))
    }

    /// Sets the expected amount from what a person wrote.
    pub fn amount(self, text: &str) -> Refusal {
        match self.amounts.read(text) {
            Ok(to) => self.run(Command::SetAmount { id: self.id, to }),
            Err(_) => Some(t_string!(self.i18n, moves.bad_amount).to_owned()),
        }
    }

    /// Sets the expected close date from the text of a date field.
    pub fn expected_close(self, text: &str) -> Refusal {
        match read_date(text) {
            Ok(to) => self.run(Command::SetExpectedClose { id: self.id, to }),
            Err(_) => Some(t_string!(self.i18n, moves.bad_date).to_owned()),
        }
    }
}

/// The date of a date field; an empty one is none.
///
/// # Errors
/// When the text is no date.
pub fn read_date(text: &str) -> Result<Option<crate::model::Date>, chrono::ParseError> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some) }
}

/// A field that saves on leaving it and says beside itself why it could not, or could not if it were left now.
#[component]
pub fn EditText(
    /// What belongs in it.
    #[prop(into)]
    label: Signal<String>,
    /// What it takes.
    #[prop(optional)]
    kind: FieldKind,
    /// The saved text.
    #[prop(into)]
    value: Signal<String>,
    /// What helps to fill it in.
    #[prop(optional, into)]
    hint: MaybeProp<String>,
    /// What to say of the text while it is written. It is advice: the text is saved all the same.
    #[prop(optional, into)]
    advise: Option<Callback<String, Option<String>>>,
    /// Texts offered while it is written.
    #[prop(optional, into)]
    suggestions: MaybeProp<Vec<String>>,
    /// Saves a new text.
    #[prop(into)]
    save: Callback<String, Refusal>,
) -> impl IntoView {
    let refusal = RwSignal::new(None);
    let draft = RwSignal::new(None::<String>);
    let hint = Signal::derive(move || {
        let said = advise.and_then(|advise| advise.run(draft.get().unwrap_or_else(|| value.get())));
        said.or_else(|| hint.get())
    });
    let on_change = move |text: String| {
        draft.set(None);
        refusal.set(save.run(text));
    };
    let on_input = move |text: String| {
        // What is said of the text before no longer holds.
        refusal.set(None);
        draft.set(Some(text));
    };
    let store = use_store();
    let check = move |text: String| store.rehearse(|| save.run(text));
    view! { <Field label kind value hint error=refusal on_change on_input check suggestions/> }
}

/// A choice that saves at once and says beside itself why it could not.
#[component]
pub fn EditChoice(
    /// What is chosen.
    #[prop(into)]
    label: Signal<String>,
    /// The choices: value and words.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The saved choice.
    #[prop(into)]
    value: Signal<String>,
    /// Saves a new choice.
    #[prop(into)]
    save: Callback<String, Refusal>,
) -> impl IntoView {
    let refusal = RwSignal::new(None);
    view! { <SelectField label options value error=refusal on_change=move |text: String| refusal.set(save.run(text))/> }
}
