//! The cells of the list.

use std::sync::Arc;

use leptos::prelude::*;

use super::column::{Field, tone};
use crate::{
    i18n::use_i18n,
    metrics::Yardsticks,
    model::{CustomerId, Deal, DealId, Workspace},
    store::use_store,
    ui::{
        clock::use_clock,
        components::tag::{Tag, Tone},
        format::use_format,
        parts::listing::{
            self,
            cell::{Cell, Editable, link, mention, read_only},
            column::ListField,
            value::Value,
        },
        route::{Route, use_navigation},
    },
};

/// What the rows share.
pub(super) type Desk = listing::desk::Desk<DealId, Field>;

/// The view of a column's cells.
pub(super) fn cells(field: &Field, desk: Desk, yardsticks: Memo<Arc<Yardsticks>>) -> Cell<DealId> {
    let (store, format, clock, i18n, navigation) =
        (use_store(), use_format(), use_clock(), use_i18n(), use_navigation());
    let field = field.clone();
    // Most cells hang on nothing of the yardsticks but their day.
    let is_of_clocks = field.is_of_clocks();
    let read = move || {
        if is_of_clocks { yardsticks.get() } else { untrack(|| yardsticks.get()) }
    };
    Arc::new(move |id| {
        let deal = store.deal(id);
        let (valued, toned) = (field.clone(), field.clone());
        let text = Signal::derive(move || {
            desk.names.track();
            clock.today.track();
            let yardsticks = read();
            store.peek(|workspace| {
                deal.with(|deal| {
                    let value = deal.as_ref().map(|deal| valued.value(deal, workspace, &yardsticks, i18n));
                    value.unwrap_or(Value::Unknown).shown(format, workspace)
                })
            })
        });
        let tone = Signal::derive(move || {
            desk.names.track();
            clock.today.track();
            let yardsticks = read();
            let of = |deal: &Arc<Deal>| store.peek(|workspace| tone(&toned, deal, workspace, &yardsticks));
            deal.with(|deal| deal.as_ref().map_or(Tone::Neutral, of))
        });
        match &field {
            Field::Title => {
                let href = move || navigation.href(&Route::Deal(id.to_string()));
                link(Signal::derive(href), text)
            }
            Field::Customer => {
                let customer = move || deal.with(|deal| deal.as_ref().and_then(|deal| deal.details.customer));
                let href = move |id: CustomerId| navigation.href(&Route::Customer(id.to_string()));
                let cell = move |id| mention(Signal::derive(move || href(id)), text);
                (move || customer().map(cell)).into_any()
            }
            Field::Status => view! { <Tag tone>{text}</Tag> }.into_any(),
            Field::Stage => {
                let position = move || {
                    deal.with(|deal| store.peek(|workspace| position(deal.as_ref()?, workspace)))
                        .map(|share| share.to_string())
                };
                view! { <span class="deals__stage" style:--stage-position=position>{text}</span> }.into_any()
            }
            field => {
                let tone = field.is_noticed().then_some(tone);
                if field.editable() {
                    return view! { <Editable key=id field=field.clone() desk text tone/> }.into_any();
                }
                read_only(text, tone)
            }
        }
    })
}

/// How far down its funnel a deal is, from 0 to 1.
fn position(deal: &Deal, workspace: &Workspace) -> Option<f64> {
    let (model, stage) = workspace.stage_of(deal)?;
    let (place, last) = (model.place(stage.id)?, model.stages.len().saturating_sub(1).max(1));
    #[expect(clippy::cast_precision_loss, reason = "stages are few")]
    Some(place as f64 / last as f64)
}
