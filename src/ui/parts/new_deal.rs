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
    ui::{
        anywhere::{Deed, use_anywhere},
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::{Field, FieldKind, SelectField},
        },
        route::{Query, Route, use_navigation},
    },
};

/// Asks for what a deal begins with and creates it; opens from [anywhere](crate::ui::anywhere).
#[component]
pub fn NewDealDialog(
    /// Says what was done.
    mover: Mover,
) -> impl IntoView {
    let (i18n, anywhere) = (use_i18n(), use_anywhere());
    view! {
        <Dialog
            open=anywhere.is(Deed::Begin)
            title=Signal::derive(move || t_string!(i18n, board.new_deal).to_owned())
            on_close=move |()| anywhere.close()
        >
            <FirstFocus><Form mover/></FirstFocus>
        </Dialog>
    }
}

#[component]
fn Form(mover: Mover) -> impl IntoView {
    let (i18n, store, names) = (use_i18n(), use_store(), use_names());
    let (anywhere, navigation) = (use_anywhere(), use_navigation());
    let place = anywhere.place();
    let amounts = Amounts::of(names);
    let text = |start: Option<String>| RwSignal::new(start.unwrap_or_default());
    let of_place = names.with_untracked(|names| Some(names.customers.get(place.customer?)?.name.clone()));
    let (title, customer, amount, close) = (text(None), text(of_place), text(None), text(None));
    let owner = text(untrack(|| store.me()).map(|id| id.to_string()));
    let models = Signal::derive(move || names.with(Names::choose_model));
    let first = || models.with_untracked(|models| models.first().map(|(id, _)| id.clone()));
    let chosen = text(place.model.map(|id| id.to_string()).or_else(first));
    let model = Memo::new(move |_| chosen.with(|id| id.parse::<ModelId>().ok()));
    let stages = Signal::derive(move || {
        let stages = |model: &std::sync::Arc<crate::model::FunnelModel>| {
            model.stages.iter().map(|stage| (stage.id.to_string(), stage.name.clone())).collect::<Vec<_>>()
        };
        names.with(|names| model.get().and_then(|id| names.models.get(id)).map(stages)).unwrap_or_default()
    });
    let first_stage = move || stages.with_untracked(|stages| stages.first().map(|(id, _)| id.clone()));
    let stage = text(first_stage());
    let choose_model = move |id: String| {
        chosen.set(id);
        stage.set(first_stage().unwrap_or_default());
    };
    let (bad_amount, refusal) = (RwSignal::new(None::<String>), RwSignal::new(None::<String>));
    let create = move |_| {
        let Ok(amount) = amounts.read(&amount.get_untracked()) else {
            bad_amount.set(Some(t_string!(i18n, moves.bad_amount).to_owned()));
            return;
        };
        bad_amount.set(None);
        let (Some(model), Ok(stage)) = (model.get_untracked(), stage.get_untracked().parse()) else {
            refusal.set(Some(t_string!(i18n, moves.no_model).to_owned()));
            return;
        };
        let Ok(expected_close) = read_date(&close.get_untracked()) else {
            refusal.set(Some(t_string!(i18n, moves.bad_date).to_owned()));
            return;
        };
        // Two customers may have one name; the one of the page is meant until another name is written.
        let same =
            |id: &CustomerId| customer.with_untracked(|name| names.with_untracked(|n| n.customer(Some(*id)) == *name));
        let (customer, begin) = match place.customer.filter(same) {
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
                mover.offer_undo(t_string!(i18n, moves.created, title = mover.title(id)).to_string(), change);
                anywhere.close();
                match place.on_begun {
                    Some(on_begun) => on_begun.run(id),
                    None => navigation.go_with(&Route::Deal(id.to_string()), &Query::default()),
                }
            }
            Err(refused) => refusal.set(Some(mover.words(&refused))),
        }
    };
    let label =
        move |words: fn(crate::ui::wording::I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
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
            <CustomerField value=customer on_change=move |text: String| customer.set(text)/>
            <div class="pair">
                <Field
                    label=amount_label
                    kind=FieldKind::Money
                    value=amount
                    on_change=move |text: String| amount.set(text)
                    check=move |text: String| amounts.objection(i18n, &text)
                    error=bad_amount
                />
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
                <Show when=move || models.with(|models| models.len() > 1)>
                    <SelectField
                        label=label(|i18n| t_string!(i18n, domain.field.model))
                        options=models
                        value=chosen
                        on_change=choose_model
                    />
                </Show>
                <SelectField
                    label=label(|i18n| t_string!(i18n, domain.field.stage))
                    options=stages
                    value=stage
                    on_change=move |text: String| stage.set(text)
                />
            </div>
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| anywhere.close()>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary on_click=create>{t!(i18n, board.create)}</Button>
        </div>
    }
    .into_any()
}
