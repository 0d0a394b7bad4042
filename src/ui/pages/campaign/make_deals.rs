//! Begins a deal for each marked customer.

use std::collections::BTreeSet;

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string},
    metrics::campaigns::without_open_deal,
    model::{Command, CustomerId, DealDetails, DealId, ModelId, NewDeal},
    ui::components::{
        button::{Button, Variant},
        dialog::Dialog,
        field::{Field, SelectField},
    },
};

/// Asks for the model and the title, says who is passed over, and begins the deals as one change.
#[component]
pub(super) fn MakeDeals(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    view! {
        <Dialog open title=desk.label(|i18n| t_string!(i18n, campaigns.make_deals)) on_close=move |()| open.set(false)>
            <Form desk open/>
        </Dialog>
    }
}

#[component]
fn Form(desk: Desk, open: RwSignal<bool>) -> impl IntoView {
    let i18n = desk.i18n;
    let models = Signal::derive(move || {
        desk.names.with(|names| {
            names.models.iter().map(|model| (model.id.to_string(), model.name.clone())).collect::<Vec<_>>()
        })
    });
    let model =
        RwSignal::new(models.with_untracked(|models| models.first().map(|(id, _)| id.clone())).unwrap_or_default());
    let title = RwSignal::new(untrack(|| desk.read(|campaign| campaign.name.clone())));
    let refusal = RwSignal::new(None::<String>);
    let parted = Memo::new(move |_| {
        let Ok(model) = model.get().parse::<ModelId>() else { return (Vec::new(), Vec::new()) };
        let chosen = desk.chosen();
        desk.store().with(|workspace| without_open_deal(workspace, model, &chosen))
    });
    let count = Memo::new(move |_| parted.with(|(begin, _)| begin.len()));
    let passed = Memo::new(move |_| parted.with(|(_, passed)| passed.len()));
    let begin = move |_| {
        let Ok(model) = model.get_untracked().parse::<ModelId>() else { return };
        let title = title.get_untracked();
        let customers = parted.with_untracked(|(begin, _)| begin.clone());
        let commands: Option<Vec<_>> = customers.iter().map(|id| new_deal(desk, *id, model, &title)).collect();
        let Some(commands) = commands else { return };
        match desk.store().dispatch(Command::Many(commands)) {
            Ok(change) => {
                open.set(false);
                desk.marked.update(BTreeSet::clear);
                let count = customers.len();
                desk.mover().offer_undo(t_string!(i18n, campaigns.deals_made, count = count).to_string(), change);
            }
            Err(refused) => refusal.set(Some(desk.mover().words(&refused))),
        }
    };
    view! {
        <div class="form">
            <SelectField label=desk.label(|i18n| t_string!(i18n, domain.field.model)) options=models value=model on_change=move |id: String| model.set(id)/>
            <Field label=desk.label(|i18n| t_string!(i18n, domain.field.title)) required=true value=title on_change=move |text: String| title.set(text) error=refusal/>
            <p>{move || t_string!(i18n, campaigns.deals_begin, count = count.get()).to_string()}</p>
            <Show when=move || passed.get() != 0>
                <p class="muted">{move || t_string!(i18n, campaigns.deals_passed, count = passed.get()).to_string()}</p>
            </Show>
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| open.set(false)>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary disabled=Signal::derive(move || count.get() == 0) on_click=begin attr:data-testid="confirm-deals">
                {t!(i18n, campaigns.begin_deals)}
            </Button>
        </div>
    }
    .into_any()
}

/// A deal in the first stage of the model, brought by the campaign, for the customer's owner if that person still works here.
fn new_deal(desk: Desk, id: CustomerId, model: ModelId, title: &str) -> Option<Command> {
    let (campaign, source) = (desk.id, untrack(|| desk.read(|campaign| campaign.channel.clone())));
    desk.names.with_untracked(|names| {
        let customer = names.customers.get(id)?;
        let contact = untrack(|| desk.contact(customer)).filter(|id| customer.contact(*id).is_some());
        let details = DealDetails {
            title: title.trim().to_owned(),
            customer: Some(id),
            contact,
            fit: customer.fit,
            source,
            campaign: Some(campaign),
            ..DealDetails::default()
        };
        let owner = customer.owner.filter(|id| names.people.get(*id).is_some_and(|person| person.active));
        let stage = names.models.get(model)?.stages.first()?.id;
        let id = DealId::new(desk.store().fresh());
        let deal = NewDeal { id, details, model, stage, owner, amount: None, expected_close: None };
        Some(Command::CreateDeal(Box::new(deal)))
    })
}
