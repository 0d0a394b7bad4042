//! The field of a deal, its customer or its contact that a stage may require, ready to edit.

use leptos::prelude::*;

use super::{
    customer_field::CustomerField,
    editor::{EditChoice, EditText, Editor, read_date},
    levels::{level_key, level_of, levels},
    names::choices,
    reach::{odd_email, odd_phone},
    tags::{Competitors, Tags, sources_in_use},
};
use crate::{
    i18n::t_string,
    model::{Command, Contact, Customer, Deal, Field, Level, NextAction, ProductLine, worth},
    ui::{
        components::field::FieldKind,
        wording::{self, I18n},
    },
};

/// Text as it is kept in a field of details or customer.
type Text<T> = (fn(&T) -> &String, fn(&mut T) -> &mut String);

/// One field, edited in place.
#[allow(clippy::too_many_lines, reason = "a field an arm")]
#[component]
pub fn DealField(
    /// Edits the deal.
    editor: Editor,
    /// Which field.
    field: Field,
) -> impl IntoView {
    let label = Signal::derive(move || wording::field(editor.i18n, field).to_owned());
    match field {
        Field::Amount => {
            let currency = move || [label.get().as_str(), " (", editor.amounts.currency().code(), ")"].concat();
            view! {
                <EditText
                    label=Signal::derive(currency)
                    kind=FieldKind::Money
                    hint=Signal::derive(move || amount_hint(editor))
                    value=Signal::derive(move || editor.amounts.draft(editor.read(|deal| deal.standing().amount)))
                    save=move |text: String| editor.amount(&text)
                />
            }
            .into_any()
        }
        Field::ExpectedClose => {
            let shown = move || editor.read(|d| d.standing().expected_close).map(|day| day.to_string());
            let value = Signal::derive(move || shown().unwrap_or_default());
            let save = move |text: String| editor.expected_close(&text);
            view! { <EditText label kind=FieldKind::Date value save/> }.into_any()
        }
        Field::Owner => {
            let owner = move || editor.read(|deal| deal.standing().owner);
            let options = Signal::derive(move || editor.names.with(|names| names.choose_person(owner())));
            let value = Signal::derive(move || owner().map(|id| id.to_string()).unwrap_or_default());
            let save = move |text: String| editor.run(Command::SetOwner { id: editor.id, to: text.parse().ok() });
            view! { <EditChoice label options value save/> }.into_any()
        }
        Field::Customer => view! { <DealCustomer editor/> }.into_any(),
        Field::Contact => {
            let options = Signal::derive(move || {
                let contacts = editor.customer().map(|customer| customer.contacts.clone()).unwrap_or_default();
                choices(contacts.into_iter().map(|contact| (contact.id.to_string(), contact.name)))
            });
            let shown = move || editor.read(|deal| deal.details.contact).map(|id| id.to_string());
            let value = Signal::derive(move || shown().unwrap_or_default());
            let save = move |text: String| editor.details(|details| details.contact = text.parse().ok());
            view! { <EditChoice label options value save/> }.into_any()
        }
        Field::Products => {
            let options = Signal::derive(move || editor.names.with(super::names::Names::choose_product));
            let shown = move |deal: &Deal| deal.details.lines.first().map(|line| line.product.to_string());
            let value = Signal::derive(move || editor.read(shown).unwrap_or_default());
            let save = move |text: String| {
                let product = text.parse().ok()?;
                let price = editor.names.with_untracked(|names| names.products.get(product).and_then(|p| p.price));
                editor.details(|details| details.lines.push(ProductLine { product, units: 1, price }))
            };
            view! { <EditChoice label options value save/> }.into_any()
        }
        Field::Competitors => {
            let values = Signal::derive(move || editor.read(|deal| deal.details.competitors.clone()));
            let save = move |names: Vec<String>| editor.details(|details| details.competitors = names);
            view! { <Competitors values save/> }.into_any()
        }
        Field::Obstacles => {
            let value = Signal::derive(move || editor.read(|deal| deal.details.obstacles.clone()));
            let save = move |text: String| editor.details(|details| details.obstacles = text);
            view! { <EditText label kind=FieldKind::Long value save/> }.into_any()
        }
        Field::NextAction => {
            let what = |deal: &Deal| deal.details.next_action.as_ref().map(|action| action.what.clone());
            let value = Signal::derive(move || editor.read(what).unwrap_or_default());
            view! { <EditText label value save=move |text: String| next_action(editor, text)/> }.into_any()
        }
        Field::Source => source(editor, label),
        Field::Fit => {
            let value = Signal::derive(move || level_key(editor.read(|deal| deal.details.fit)).to_owned());
            let save = move |text: String| editor.details(|details| details.fit = level_of(&text));
            view! { <EditChoice label options=levels(editor.i18n) value save/> }.into_any()
        }
        Field::Supporters => {
            let options = Signal::derive(move || editor.names.with(|names| names.choose_person(None)));
            let shown = move |deal: &Deal| deal.details.supporters.first().map(ToString::to_string);
            let value = Signal::derive(move || editor.read(shown).unwrap_or_default());
            let save = move |text: String| {
                let person = text.parse().ok()?;
                editor.details(|details| {
                    if !details.supporters.contains(&person) {
                        details.supporters.push(person);
                    }
                })
            };
            view! { <EditChoice label options value save/> }.into_any()
        }
        Field::Campaign => {
            let options = Signal::derive(move || {
                let campaigns = editor.names.with(|names| names.campaigns.clone());
                choices(campaigns.iter().map(|campaign| (campaign.id.to_string(), campaign.name.clone())))
            });
            let shown = move || editor.read(|deal| deal.details.campaign).map(|id| id.to_string());
            let value = Signal::derive(move || shown().unwrap_or_default());
            let save = move |text: String| editor.details(|details| details.campaign = text.parse().ok());
            view! { <EditChoice label options value save/> }.into_any()
        }
        Field::Tags => {
            let values = Signal::derive(move || editor.read(|deal| deal.details.tags.clone()));
            let save = move |tags: Vec<String>| editor.details(|details| details.tags = tags);
            view! { <Tags values save/> }.into_any()
        }
        Field::Notes => {
            let value = Signal::derive(move || editor.read(|deal| deal.details.notes.clone()));
            let save = move |text: String| editor.details(|details| details.notes = text);
            view! { <EditText label kind=FieldKind::Long value save/> }.into_any()
        }
        Field::CustomerIntent => customer_level(editor, label, (|c| c.intent, |c| &mut c.intent)),
        Field::CustomerFit => customer_level(editor, label, (|c| c.fit, |c| &mut c.fit)),
        Field::CustomerPriority => customer_level(editor, label, (|c| c.priority, |c| &mut c.priority)),
        Field::CustomerBuyingPower => customer_level(editor, label, (|c| c.buying_power, |c| &mut c.buying_power)),
        Field::CustomerReviewOn => {
            let shown = move || editor.customer().and_then(|customer| customer.review_on).map(|day| day.to_string());
            let value = Signal::derive(move || shown().unwrap_or_default());
            let save = move |text: String| match read_date(&text) {
                Ok(day) => editor.edit_customer(|customer| customer.review_on = day),
                Err(_) => Some(t_string!(editor.i18n, moves.bad_date).to_owned()),
            };
            view! { <EditText label kind=FieldKind::Date value save/> }.into_any()
        }
        Field::CustomerOwner => {
            let owner = move || editor.customer().and_then(|customer| customer.owner);
            let options = Signal::derive(move || editor.names.with(|names| names.choose_person(owner())));
            let value = Signal::derive(move || owner().map(|id| id.to_string()).unwrap_or_default());
            let save = move |text: String| editor.edit_customer(|customer| customer.owner = text.parse().ok());
            view! { <EditChoice label options value save/> }.into_any()
        }
        Field::CustomerTags => {
            let tags = move || editor.customer().map(|customer| customer.tags.clone()).unwrap_or_default();
            let save = move |tags: Vec<String>| editor.edit_customer(|customer| customer.tags = tags);
            view! { <Tags values=Signal::derive(tags) save/> }.into_any()
        }
        Field::CustomerTerritory => of_customer(editor, label, (|c| &c.territory, |c| &mut c.territory)),
        Field::CustomerStanding => of_customer(editor, label, (|c| &c.standing, |c| &mut c.standing)),
        Field::CustomerSource => of_customer(editor, label, (|c| &c.source, |c| &mut c.source)),
        Field::CustomerNotes => of_customer(editor, label, (|c| &c.notes, |c| &mut c.notes)),
        Field::CustomerAddress => of_customer(editor, label, (|c| &c.address, |c| &mut c.address)),
        Field::CustomerIndustry => of_customer(editor, label, (|c| &c.industry, |c| &mut c.industry)),
        Field::CustomerSize => of_customer(editor, label, (|c| &c.size, |c| &mut c.size)),
        Field::CustomerNeeds => of_customer(editor, label, (|c| &c.needs, |c| &mut c.needs)),
        Field::CustomerSoftware => of_customer(editor, label, (|c| &c.software_in_use, |c| &mut c.software_in_use)),
        Field::ContactJobTitle => of_contact(editor, label, (|c| &c.job_title, |c| &mut c.job_title), |_, _| None),
        Field::ContactPhone => of_contact(editor, label, (|c| &c.phone, |c| &mut c.phone), odd_phone),
        Field::ContactEmail => of_contact(editor, label, (|c| &c.email, |c| &mut c.email), odd_email),
        Field::ContactRole => of_contact(editor, label, (|c| &c.role, |c| &mut c.role), |_, _| None),
    }
}

/// The customer of a deal, by name; another customer has other contacts.
#[component]
pub fn DealCustomer(
    /// Edits the deal.
    editor: Editor,
) -> impl IntoView {
    let chosen = Signal::derive(move || editor.customer().map(|customer| customer.name.clone()).unwrap_or_default());
    let refusal = RwSignal::new(None);
    let on_change = move |name: String| {
        let (customer, command) = super::customer_field::find_or_create(editor.store, &name);
        let mut details =
            editor.store.peek(|w| w.deals.get(editor.id).map(|deal| deal.details.clone())).unwrap_or_default();
        if details.customer != customer {
            details.customer = customer;
            details.contact = None;
        }
        let edit = Command::EditDeal { id: editor.id, details: Box::new(details) };
        refusal.set(editor.run(Command::Many(command.into_iter().chain([edit]).collect())));
    };
    view! { <CustomerField value=chosen error=refusal on_change/> }
}

/// Writes what is to be done next, by the deal's owner unless somebody else is named; a blank text means nothing is.
pub fn next_action(editor: Editor, what: String) -> super::editor::Refusal {
    let owner = editor.deal.with_untracked(|deal| deal.as_ref().and_then(|deal| deal.standing().owner));
    editor.details(|details| match (&mut details.next_action, what.trim().is_empty()) {
        (action, true) => *action = None,
        (Some(action), false) => action.what = what,
        (action, false) => *action = Some(NextAction { what, owner, due: None }),
    })
}

/// Whether the amount is the sum of the product lines; nothing without lines that have a price.
fn amount_hint(editor: Editor) -> Option<String> {
    let i18n = editor.i18n;
    let (amount, sum) = editor.read(|deal| (deal.standing().amount, worth(&deal.details.lines)));
    let sum = sum?;
    Some(if amount == Some(sum) {
        t_string!(i18n, deal.amount_of_lines).to_owned()
    } else {
        t_string!(i18n, deal.amount_by_hand, sum = editor.amounts.full(Some(sum))).to_string()
    })
}

fn source(editor: Editor, label: Signal<String>) -> AnyView {
    let value = Signal::derive(move || editor.read(|deal| deal.details.source.clone()));
    let offered = Memo::new(move |_| editor.store.with(sources_in_use));
    let save = move |text: String| editor.details(|details| text.trim().clone_into(&mut details.source));
    view! { <EditText label value suggestions=offered save/> }.into_any()
}

/// A level as it is kept in a customer.
type CustomerLevel = (fn(&Customer) -> Option<Level>, fn(&mut Customer) -> &mut Option<Level>);

fn customer_level(editor: Editor, label: Signal<String>, (get, get_mut): CustomerLevel) -> AnyView {
    let shown = move || editor.customer().and_then(|customer| get(&customer));
    let value = Signal::derive(move || level_key(shown()).to_owned());
    let save = move |text: String| editor.edit_customer(|customer| *get_mut(customer) = level_of(&text));
    view! { <EditChoice label options=levels(editor.i18n) value save/> }.into_any()
}

fn of_customer(editor: Editor, label: Signal<String>, (get, get_mut): Text<Customer>) -> AnyView {
    let value = Signal::derive(move || editor.customer().map(|customer| get(&customer).clone()).unwrap_or_default());
    let save = move |text: String| editor.edit_customer(|customer| *get_mut(customer) = text);
    view! { <EditText label value save/> }.into_any()
}

fn of_contact(
    editor: Editor,
    label: Signal<String>,
    (get, get_mut): Text<Contact>,
    odd: fn(I18n, &str) -> Option<String>,
) -> AnyView {
    let value = Signal::derive(move || editor.contact().map(|contact| get(&contact).clone()).unwrap_or_default());
    let save = move |text: String| {
        let id = editor.deal.with_untracked(|deal| deal.as_ref().and_then(|deal| deal.details.contact));
        editor.edit_customer(|customer| {
            if let Some(contact) = customer.contacts.iter_mut().find(|contact| Some(contact.id) == id) {
                *get_mut(contact) = text;
            }
        })
    };
    view! { <EditText label value advise=move |text: String| odd(editor.i18n, &text) save/> }.into_any()
}
