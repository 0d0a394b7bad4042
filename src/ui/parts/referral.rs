//! The dialog that notes that a customer was asked for a referral, and keeps whom it named.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    customer_field::{CustomerField, find},
    editor::Refusal,
    mover::Mover,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Activity, ActivityId, ActivityKind, Command, Customer, CustomerId, DealId, RecordKind, Rejection},
    store::{Store, use_store},
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::{Field, FieldKind},
        },
    },
};

/// Who is asked, and after which deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Asked {
    /// The customer.
    pub customer: CustomerId,
    /// The won deal that was talked about.
    pub deal: DealId,
}

/// Notes that a customer was asked; open while there is one.
#[component]
pub fn Referral(
    /// Who is asked.
    asked: RwSignal<Option<Asked>>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog
            open=Signal::derive(move || asked.with(Option::is_some))
            title=Signal::derive(move || t_string!(i18n, after_sale.ask_referral).to_owned())
            on_close=move |()| asked.set(None)
        >
            {move || asked.get().map(|about| view! { <Form about on_close=move |()| asked.set(None)/> })}
        </Dialog>
    }
    .into_any()
}

#[component]
fn Form(about: Asked, #[prop(into)] on_close: Callback<()>) -> impl IntoView {
    let (i18n, store, clock, mover) = (use_i18n(), use_store(), use_clock(), Mover::new(Callback::new(|_| ())));
    let (name, note) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (bad_name, refused) = (RwSignal::new(Refusal::None), RwSignal::new(Refusal::None));
    let save = move || {
        let named = name.get_untracked().trim().to_owned();
        let keep = match named_by(store, about.customer, &named) {
            Ok(keep) => keep,
            Err(Why::Rule(rule)) => return bad_name.set(Some(mover.words(&rule))),
            Err(Why::Other(by)) => {
                let words = t_string!(i18n, after_sale.already, name = named, by = by).to_string();
                return bad_name.set(Some(words));
            }
        };
        bad_name.set(None);
        let written = note.get_untracked();
        let of_deal = || store.peek(|workspace| workspace.deals.get(about.deal)?.standing().owner);
        let activity = Activity {
            id: ActivityId::new(store.fresh()),
            on: clock.today.get_untracked(),
            kind: ActivityKind::Call,
            by: untrack(|| store.me()).or_else(of_deal),
            customer: Some(about.customer),
            deal: Some(about.deal),
            note: if written.trim().is_empty() { t_string!(i18n, after_sale.asked).to_owned() } else { written },
            result: named.clone(),
            next_step: String::new(),
            satisfaction: None,
            minutes: None,
            cost: None,
        };
        let commands = keep.into_iter().chain([Command::PutActivity(Box::new(activity))]).collect();
        match store.dispatch(Command::Many(commands)) {
            Ok(change) => {
                on_close.run(());
                let done = if named.is_empty() {
                    t_string!(i18n, after_sale.asked_done).to_owned()
                } else {
                    t_string!(i18n, after_sale.named, name = named).to_string()
                };
                mover.offer_undo(done, change);
            }
            Err(rejection) => refused.set(Some(mover.words(&rejection))),
        }
    };
    view! {
        <form class="form" data-testid="referral-form" on:submit=move |event| { event.prevent_default(); save() }>
            <p>{t!(i18n, after_sale.referral_what)}</p>
            <CustomerField
                label=Signal::derive(move || Some(t_string!(i18n, after_sale.referred).to_owned()))
                value=name
                error=bad_name
                on_change=move |text: String| name.set(text)
            />
            <Field
                label=Signal::derive(move || t_string!(i18n, activity.what_was_said).to_owned())
                kind=FieldKind::Long
                value=note
                on_change=move |text: String| note.set(text)
                error=refused
            />
            <div class="dialog__actions">
                <Button on_click=move |_| on_close.run(())>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Primary on_click=move |_| save()>{t!(i18n, activity.save)}</Button>
            </div>
        </form>
    }
    .into_any()
}

/// Why a customer cannot be kept as referred.
enum Why {
    /// A rule forbids it.
    Rule(Rejection),
    /// Somebody else referred it before.
    Other(String),
}

/// The command that keeps the customer of this name as referred by `by`; `None` for a blank name and when it is so already.
fn named_by(store: Store, by: CustomerId, name: &str) -> Result<Option<Command>, Why> {
    if name.is_empty() {
        return Ok(None);
    }
    let known = store.peek(|workspace| {
        let customer = workspace.customers.get(find(workspace.customers.iter(), name)?)?.clone();
        let referrer = customer.referred_by.and_then(|id| workspace.customers.get(id)).map(|known| known.name.clone());
        Some((customer, referrer))
    });
    let mut customer = match known {
        Some((customer, _)) if customer.id == by => return Err(Why::Rule(Rejection::Circle(RecordKind::Customer))),
        Some((customer, _)) if customer.referred_by == Some(by) => return Ok(None),
        Some((_, Some(referrer))) => return Err(Why::Other(referrer)),
        Some((customer, None)) => Arc::unwrap_or_clone(customer),
        None => Customer::named(CustomerId::new(store.fresh()), name),
    };
    customer.referred_by = Some(by);
    Ok(Some(Command::PutCustomer(Box::new(customer))))
}
