//! What puts a record right, in place.

use leptos::prelude::*;

use super::facts::{open_deals, sellers};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Problem, Subject, quality::sum_of_lines},
    model::{Command, Contact, Customer, CustomerId, DealId, Field, PersonId},
    ui::{
        components::{button::Button, field::FieldKind},
        parts::{
            customer_editor::CustomerEditor,
            deal_field::DealField,
            editor::{EditChoice, EditText, Editor, Refusal, read_date},
            names::{Names, use_names},
            next_action::ActionDue,
            reach::{odd_email, odd_phone},
        },
    },
};

/// The fields and buttons that put a record right.
pub(super) fn fix(problem: Problem, subject: Subject) -> AnyView {
    match subject {
        Subject::Deal(id) => of_deal(problem, id),
        Subject::Customer(id) => of_customer(problem, id),
        Subject::Contact(id, contact) => {
            let (editor, _) = customer_editor(id);
            let i18n = editor.i18n;
            let value = move |get: fn(&Contact) -> &String| {
                let read = move |customer: &Customer| customer.contact(contact).map(|contact| get(contact).clone());
                Signal::derive(move || editor.read(read).unwrap_or_default())
            };
            view! {
                <EditText
                    label=Signal::derive(move || t_string!(i18n, quality.property.phone).to_owned())
                    value=value(|contact| &contact.phone)
                    advise=move |text: String| odd_phone(i18n, &text)
                    save=move |text: String| editor.edit_contact(contact, |contact| contact.phone = text)
                />
                <EditText
                    label=Signal::derive(move || t_string!(i18n, quality.property.email).to_owned())
                    value=value(|contact| &contact.email)
                    advise=move |text: String| odd_email(i18n, &text)
                    save=move |text: String| editor.edit_contact(contact, |contact| contact.email = text)
                />
            }
            .into_any()
        }
    }
}

fn of_deal(problem: Problem, id: DealId) -> AnyView {
    let editor = Editor::of(id);
    match problem {
        Problem::NoNextAction | Problem::ActionOverdue => {
            view! { <DealField editor field=Field::NextAction/> <ActionDue editor/> }.into_any()
        }
        Problem::CloseOverdue | Problem::NoClose => view! { <DealField editor field=Field::ExpectedClose/> }.into_any(),
        Problem::NoAmount => view! { <DealField editor field=Field::Amount/> }.into_any(),
        Problem::AmountDiffers => view! { <DealField editor field=Field::Amount/> <TakeSum editor/> }.into_any(),
        Problem::NoOwner | Problem::OwnerLeft => view! { <DealField editor field=Field::Owner/> }.into_any(),
        Problem::NoCustomer => view! { <DealField editor field=Field::Customer/> }.into_any(),
        Problem::Overslept => view! { <Wake editor/> }.into_any(),
        Problem::UnknownStage => view! { <Stages editor/> }.into_any(),
        _ => view! { <Undated/> }.into_any(),
    }
}

/// Takes what the product lines add up to as the amount.
#[component]
fn TakeSum(editor: Editor) -> impl IntoView {
    let refusal = RwSignal::new(Refusal::None);
    let take = move |_| {
        let sum = editor.deal.with_untracked(|deal| deal.as_deref().and_then(sum_of_lines));
        if sum.is_some() {
            refusal.set(editor.run(Command::SetAmount { id: editor.id, to: sum }));
        }
    };
    view! {
        <div class="quality__act">
            <Button on_click=take>{t!(editor.i18n, deal.use_sum)}</Button>
            <span class="field__note field__note--error">{refusal}</span>
        </div>
    }
}

/// Reopens a dormant deal, or lets it rest until another day.
#[component]
fn Wake(editor: Editor) -> impl IntoView {
    let i18n = editor.i18n;
    let refusal = RwSignal::new(Refusal::None);
    let dormant = Memo::new(move |_| editor.read(|deal| !deal.standing().is_open()));
    let wake = move || {
        editor.read(|deal| match deal.standing().status {
            crate::model::Status::Dormant { wake, .. } => wake,
            _ => None,
        })
    };
    let save = move |text: String| match read_date(&text) {
        Ok(Some(day)) => editor.run(rest_again(editor.id, Some(day))),
        _ => Some(t_string!(i18n, moves.bad_date).to_owned()),
    };
    view! {
        <EditText
            label=Signal::derive(move || t_string!(i18n, moves.wake).to_owned())
            kind=FieldKind::Date
            value=Signal::derive(move || wake().map(|day| day.to_string()).unwrap_or_default())
            save
        />
        <div class="quality__act">
            <Button
                disabled=Signal::derive(move || !dormant.get())
                on_click=move |_| refusal.set(editor.run(Command::ReopenDeal(editor.id)))
            >
                {t!(i18n, quality.reopen)}
            </Button>
            <span class="field__note field__note--error">{refusal}</span>
        </div>
    }
}

/// A dormant deal that rests until another day: the history says that it woke.
pub(super) fn rest_again(id: DealId, wake: Option<crate::model::Date>) -> Command {
    Command::Many(vec![Command::ReopenDeal(id), Command::SleepDeal { id, wake }])
}

/// The stages that the model has now.
#[component]
fn Stages(editor: Editor) -> impl IntoView {
    let i18n = editor.i18n;
    let options = Signal::derive(move || {
        let (model, stage) = editor.read(|deal| Some((deal.standing().model, deal.standing().stage))).unzip();
        editor.names.with(|names| {
            let model = model.and_then(|model| names.models.get(model));
            let stages = model.map(|model| model.stages.clone()).unwrap_or_default();
            let gone = stage.filter(|stage| stages.iter().all(|known| known.id != *stage));
            let gone = gone.map(|stage| (stage.to_string(), names.stage_name(stage)));
            gone.into_iter()
                .chain(stages.into_iter().map(|stage| (stage.id.to_string(), stage.name)))
                .collect::<Vec<_>>()
        })
    });
    let value = move || editor.read(|deal| deal.standing().stage.to_string());
    let save = move |text: String| {
        let to = text.parse().ok()?;
        editor.run(Command::MoveDeal { id: editor.id, to, override_reason: None })
    };
    view! {
        <EditChoice
            label=Signal::derive(move || t_string!(i18n, domain.field.stage).to_owned())
            options
            value=Signal::derive(value)
            save
        />
    }
}

/// What can be done about a day that nobody wrote down.
#[component]
fn Undated() -> impl IntoView {
    view! { <p class="small muted">{t!(use_i18n(), quality.file_lacks)}</p> }
}

fn of_customer(problem: Problem, id: CustomerId) -> AnyView {
    let (editor, names) = customer_editor(id);
    let i18n = editor.i18n;
    let owner = move || editor.read(|customer| customer.owner);
    match problem {
        Problem::NoContact => {
            let first = move || editor.read(|customer| customer.contacts.first().map(|contact| contact.name.clone()));
            let rename = move |text: String| {
                let known = untrack(|| editor.read(|customer| customer.contacts.first().map(|contact| contact.id)));
                match known {
                    Some(contact) => editor.edit_contact(contact, |contact| contact.name = text),
                    None if text.trim().is_empty() => None,
                    None => editor.add_contact(&text).err(),
                }
            };
            view! {
                <EditText
                    label=Signal::derive(move || t_string!(i18n, quality.new_contact).to_owned())
                    value=Signal::derive(move || first().unwrap_or_default())
                    save=rename
                />
            }
            .into_any()
        }
        Problem::SeveralSellers | Problem::OtherSeller => {
            let seller = move || seller(editor, id).filter(|seller| owner() == Some(*seller));
            let chosen = move || seller().map(|id| id.to_string()).unwrap_or_default();
            view! {
                <EditChoice
                    label=Signal::derive(move || t_string!(i18n, quality.one_seller).to_owned())
                    options=Signal::derive(move || names.with(|names| names.choose_person(seller())))
                    value=Signal::derive(chosen)
                    save=move |text: String| text.parse().ok().and_then(|person| give_to(editor, id, person))
                />
            }
            .into_any()
        }
        _ => {
            let options = move || names.with(|names| names.choose_person(owner()));
            let save = move |text: String| editor.edit(|customer| customer.owner = text.parse().ok());
            view! {
                <EditChoice
                    label=Signal::derive(move || t_string!(i18n, quality.property.owner).to_owned())
                    options=Signal::derive(options)
                    value=Signal::derive(move || owner().map(|id| id.to_string()).unwrap_or_default())
                    save
                />
            }
            .into_any()
        }
    }
}

/// An editor of the customer with this id, and the names it follows; call it in a component body.
fn customer_editor(id: CustomerId) -> (CustomerEditor, Memo<Names>) {
    let names = use_names();
    let customer = Memo::new(move |_| names.with(|names| names.customers.get(id).cloned()));
    (CustomerEditor::of(customer.into()), names)
}

/// The one owner of all open deals of a customer, followed; `None` when there are several or none.
fn seller(editor: CustomerEditor, id: CustomerId) -> Option<PersonId> {
    match editor.store.with(|workspace| sellers(workspace, id)).as_slice() {
        [one] => *one,
        _ => None,
    }
}

/// Gives a customer and all its open deals to one person.
fn give_to(editor: CustomerEditor, id: CustomerId, person: PersonId) -> Refusal {
    let commands = editor.store.peek(|workspace| {
        let customer = Customer { owner: Some(person), ..(**workspace.customers.get(id)?).clone() };
        let deals = open_deals(workspace, id).map(|deal| Command::SetOwner { id: deal.id, to: Some(person) });
        Some(std::iter::once(Command::PutCustomer(Box::new(customer))).chain(deals).collect())
    });
    editor.run(Command::Many(commands?))
}
