//! The dialog that begins a deal.

use leptos::prelude::*;

use super::{
    amounts::Amounts,
    customer_field::{CustomerField, find_or_create},
    editor::read_date,
    first_focus::FirstFocus,
    mover::Mover,
    names::{Names, use_names},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, CustomerId, DealDetails, DealId, ModelId, NewDeal},
    store::use_store,
    ui::components::{
        button::{Button, Variant},
        dialog::Dialog,
        field::{Field, FieldKind, SelectField},
    },
};

/// Asks for what a deal begins with and creates it.
#[component]
pub fn NewDealDialog(
    /// Whether it is open.
    open: RwSignal<bool>,
    /// The model in which the deal begins.
    #[prop(into)]
    model: Signal<Option<ModelId>>,
    /// Says what was done.
    mover: Mover,
    /// Takes the new deal.
    #[prop(into)]
    on_created: Callback<DealId>,
    /// The customer that it is for. The form then asks for the model instead of the customer.
    #[prop(default = None)]
    customer: Option<CustomerId>,
) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Dialog
            open
            title=Signal::derive(move || t_string!(i18n, board.new_deal).to_owned())
            on_close=move |()| open.set(false)
        >
            <FirstFocus><Form open model mover on_created known=customer/></FirstFocus>
        </Dialog>
    }
}

#[component]
fn Form(
    open: RwSignal<bool>,
    model: Signal<Option<ModelId>>,
    mover: Mover,
    on_created: Callback<DealId>,
    known: Option<CustomerId>,
) -> impl IntoView {
    let (i18n, store, names) = (use_i18n(), use_store(), use_names());
    let amounts = Amounts::of(names);
    let text = || RwSignal::new(String::new());
    let (title, customer, amount, owner, close) = (text(), text(), text(), text(), text());
    let model = RwSignal::new(model.get_untracked());
    let models = Signal::derive(move || names.with(Names::choose_model));
    let stages = Signal::derive(move || {
        let stages = |model: &std::sync::Arc<crate::model::FunnelModel>| {
            model.stages.iter().map(|stage| (stage.id.to_string(), stage.name.clone())).collect::<Vec<_>>()
        };
        names.with(|names| model.get().and_then(|id| names.models.get(id)).map(stages)).unwrap_or_default()
    });
    let first = move || stages.with_untracked(|stages| stages.first().map(|(id, _)| id.clone())).unwrap_or_default();
    let stage = RwSignal::new(first());
    let choose_model = move |text: String| {
        model.set(text.parse().ok());
        stage.set(first());
    };
    let (bad_amount, refusal) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let create = move |_| {
        let Ok(amount) = amounts.read(&amount.get_untracked()) else {
            bad_amount.set(Some(t_string!(i18n, moves.bad_amount).to_owned()));
            return;
        };
        bad_amount.set(None);
        let (Some(model), Ok(stage)) = (model.get_untracked(), stage.get_untracked().parse()) else { return };
        let Ok(expected_close) = read_date(&close.get_untracked()) else {
            refusal.set(Some(t_string!(i18n, moves.bad_date).to_owned()));
            return;
        };
        let (customer, begin) = match known {
            Some(known) => (Some(known), None),
            None => find_or_create(store, &customer.get_untracked()),
        };
        let id = DealId::new(store.fresh());
        let title = title.get_untracked().trim().to_owned();
        let details = DealDetails { title, customer, ..DealDetails::default() };
        let owner = owner.get_untracked().parse().ok();
        let deal = NewDeal { id, details, model, stage, owner, amount, expected_close };
        let commands = begin.into_iter().chain([Command::CreateDeal(Box::new(deal))]).collect();
        match store.dispatch(Command::Many(commands)) {
            Ok(change) => {
                open.set(false);
                mover.offer_undo(t_string!(i18n, moves.created, title = mover.title(id)).to_string(), change);
                on_created.run(id);
            }
            Err(refused) => refusal.set(Some(mover.words(&refused))),
        }
    };
    let label = |words: fn(crate::ui::wording::I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    let amount_label =
        Signal::derive(move || [t_string!(i18n, domain.field.amount), " (", amounts.currency().code(), ")"].concat());
    view! {
        <div class="form" data-testid="new-deal-form">
            <Field
                label=label(|i18n| t_string!(i18n, domain.field.title))
                required=true
                value=title
                on_change=move |text: String| title.set(text)
                error=refusal
            />
            {if known.is_none() {
                view! { <CustomerField value=customer on_change=move |text: String| customer.set(text)/> }.into_any()
            } else {
                view! {
                    <SelectField
                        label=label(|i18n| t_string!(i18n, domain.field.model))
                        options=models
                        value=Signal::derive(move || model.get().map(|id| id.to_string()).unwrap_or_default())
                        on_change=choose_model
                    />
                }
                .into_any()
            }}
            <div class="pair">
                <Field label=amount_label kind=FieldKind::Money value=amount on_change=move |text: String| amount.set(text) error=bad_amount/>
                <Field
                    label=label(|i18n| t_string!(i18n, domain.field.expected_close))
                    kind=FieldKind::Date
                    value=close
                    on_change=move |text: String| close.set(text)
                />
                <SelectField
                    label=label(|i18n| t_string!(i18n, domain.field.owner))
                    options=Signal::derive(move || names.with(|names| names.choose_person(None)))
                    value=owner
                    on_change=move |text: String| owner.set(text)
                />
                <SelectField
                    label=label(|i18n| t_string!(i18n, domain.field.stage))
                    options=stages
                    value=stage
                    on_change=move |text: String| stage.set(text)
                />
            </div>
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| open.set(false)>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary on_click=create>{t!(i18n, board.create)}</Button>
        </div>
    }
    .into_any()
}
