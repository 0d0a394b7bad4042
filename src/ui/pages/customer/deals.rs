//! The deals of the customer: the open ones first, and what followed from the won ones.

use std::{cmp::Reverse, sync::Arc};

use leptos::prelude::*;

use super::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::forerunners,
    model::{CustomerId, Date, Deal, DealId, ModelId, Status, Workspace},
    store::use_store,
    ui::{
        anywhere::{self, Deed, use_anywhere},
        components::button::{Button, Variant},
        format::use_format,
        parts::{amounts::Amounts, names::Names, repeat::Repeat, status_tag::StatusTag},
        route::{Route, use_navigation},
    },
};

/// The card of the deals.
#[component]
pub(super) fn Deals(desk: Desk) -> impl IntoView {
    let (i18n, store, anywhere) = (use_i18n(), use_store(), use_anywhere());
    let ids = Memo::new(move |_| store.with(|workspace| in_order(workspace, desk.id)));
    let repeated = RwSignal::new(None::<DealId>);
    let stay = Callback::new(|_| ());
    anywhere.here(move || anywhere::Place {
        model: store.peek(|workspace| likely_model(workspace, desk.id)),
        customer: Some(desk.id),
        deal: None,
        on_begun: Some(stay),
    });
    let without_model = Signal::derive(move || desk.names.with(|names| names.models.is_empty()));
    view! {
        <section class="card customer__card" data-testid="customer-deals">
            <div class="customer__card-head">
                <h2>{t!(i18n, nav.deals)}</h2>
                <Button
                    variant=Variant::Primary
                    icon=icondata_lu::LuPlus
                    disabled=without_model
                    on_click=move |_| anywhere.open(Deed::Begin)
                >
                    {t!(i18n, board.new_deal)}
                </Button>
            </div>
            <Show when=move || ids.with(Vec::is_empty)><p class="muted">{t!(i18n, customer.no_deals)}</p></Show>
            <ul class="customer__list"><For each=move || ids.get() key=|id| *id let(id)><Row names=desk.names id repeated/></For></ul>
            <Repeat deal=repeated/>
        </section>
    }
    .into_any()
}

/// Open deals by the day they are expected to close, then sleeping, won and lost ones, the latest first.
fn in_order(workspace: &Workspace, id: CustomerId) -> Vec<DealId> {
    let mut deals: Vec<_> = of_customer(workspace, id).collect();
    deals.sort_by_key(|deal| {
        let standing = deal.standing();
        let close = standing.expected_close.unwrap_or(Date::MAX);
        let (rank, close, closed) = match standing.status {
            Status::Open => (0, close, None),
            Status::Dormant { on, .. } => (1, Date::MAX, on),
            Status::Won { on } => (2, Date::MAX, on),
            Status::Lost { on, .. } => (3, Date::MAX, on),
        };
        (rank, close, Reverse(closed), deal.id)
    });
    deals.into_iter().map(|deal| deal.id).collect()
}

/// The model of the customer's newest deal, or the first one there is.
fn likely_model(workspace: &Workspace, id: CustomerId) -> Option<ModelId> {
    let newest = of_customer(workspace, id).last().map(|deal| deal.standing().model);
    newest.or_else(|| workspace.models.iter().next().map(|model| model.id))
}

fn of_customer(workspace: &Workspace, id: CustomerId) -> impl Iterator<Item = &Arc<Deal>> {
    workspace.deals.iter().filter(move |deal| deal.details.customer == Some(id))
}

#[component]
fn Row(names: Memo<Names>, id: DealId, repeated: RwSignal<Option<DealId>>) -> impl IntoView {
    let (i18n, store, format, navigation) = (use_i18n(), use_store(), use_format(), use_navigation());
    let (deal, amounts) = (store.deal(id), Amounts::of(names));
    let read = move |read: fn(&Deal) -> Option<String>| deal.with(|deal| deal.as_deref().and_then(read));
    let status = Signal::derive(move || {
        deal.with(|deal| deal.as_ref().map_or(Status::Open, |deal| deal.standing().status.clone()))
    });
    let won = Memo::new(move |_| matches!(status.get(), Status::Won { .. }));
    let amount = move || amounts.full(deal.with(|deal| deal.as_ref().and_then(|deal| deal.standing().amount)));
    let about = move || {
        let (owner, stage, model) = deal.with(|deal| {
            let standing = deal.as_ref().map(|deal| deal.standing());
            (standing.and_then(|s| s.owner), standing.map(|s| s.stage), standing.map(|s| s.model))
        });
        let stage = match status.get() {
            Status::Open => names.with(|names| names.stage(model?, stage?).map(|stage| stage.name.clone())),
            Status::Won { on } | Status::Lost { on, .. } | Status::Dormant { on, .. } => Some(format.date(on)),
        };
        Some([stage?, names.with(|names| names.person(owner))].join(" · "))
    };
    let next = move || {
        let action = deal.with(|deal| deal.as_ref().and_then(|deal| deal.details.next_action.clone()))?;
        let due = action.due.map(|due| format.date(due));
        let words = [Some(action.what), due].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        (status.get() == Status::Open).then(|| t_string!(i18n, customer.next, action = words).to_string())
    };
    // What a deal follows from hardly ever changes; a change of the deal itself is followed.
    let before = move || {
        deal.track();
        let titles = store.peek(|workspace| {
            let deals = forerunners(workspace, id).into_iter().filter_map(|id| workspace.deals.get(id));
            deals.map(|deal| deal.details.title.clone()).collect::<Vec<_>>()
        });
        (!titles.is_empty()).then(|| t_string!(i18n, customer.follows, chain = titles.join(" → ")).to_string())
    };
    view! {
        <li class="customer__one" data-testid="customer-deal">
            <div class="customer__card-head">
                <span class="row">
                    <a href=move || navigation.href(&Route::Deal(id.to_string()))>{move || read(|deal| Some(deal.details.title.clone()))}</a>
                    <StatusTag status/>
                </span>
                <strong>{amount}</strong>
            </div>
            <div class="customer__card-head">
                <span class="muted small">{about}</span>
                <Show when=move || won.get()>
                    <span data-testid="repeat">
                        <Button icon=icondata_lu::LuRepeat2 on_click=move |_| repeated.set(Some(id))>{t!(i18n, customer.repeat)}</Button>
                    </span>
                </Show>
            </div>
            <div class="small">{next}</div>
            <div class="muted small" data-testid="follows">{before}</div>
        </li>
    }
    .into_any()
}
