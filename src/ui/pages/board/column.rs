//! A stage as a column of cards.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    card::{Card, Deck, HEIGHT},
    columns::{Columns, Totals},
    drag,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{DealId, StageId},
    ui::{
        components::virtual_list::{RowView, VirtualList},
        format::use_format,
        parts::mover::Target,
    },
};

/// The column of one stage.
#[component]
pub fn BoardColumn(
    /// Which stage.
    stage: StageId,
    /// The columns of the board.
    columns: Memo<Columns>,
    /// What all cards share.
    deck: Deck,
    /// The card to bring into view.
    reveal: Signal<Option<DealId>>,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let deals = Memo::new(move |_| {
        columns.with(|columns| columns.column(stage).map(|column| column.deals.clone())).unwrap_or_default()
    });
    let totals = Memo::new(move |_| {
        columns.with(|columns| columns.column(stage).map(|column| column.totals)).unwrap_or_default()
    });
    let name = Memo::new(move |_| deck.names.with(|names| names.stage_name(stage)));
    let position = Memo::new(move |_| {
        columns.with(|columns| {
            let place = columns.columns.iter().position(|column| column.stage == stage).unwrap_or_default();
            #[allow(clippy::cast_precision_loss, reason = "a funnel has few stages")]
            let position = place as f64 / (columns.columns.len().max(2) - 1) as f64;
            position
        })
    });
    let revealed =
        Memo::new(move |_| reveal.get().and_then(|id| deals.with(|deals| deals.iter().position(|deal| *deal == id))));
    let is_over = Memo::new(move |_| deck.drag.over().get() == Some(Target::Stage(stage)));
    let count = Signal::derive(move || totals.get().count);
    let row: RowView<DealId> = Arc::new(move |id, place| view! { <Card id place count deck/> }.into_any());
    view! {
        <section
            class="board__column"
            class:board__column--over=is_over
            style:--stage-position=move || position.get().to_string()
            data-testid="board-column"
            data-stage=name
            data-drop=drag::name(Target::Stage(stage))
            aria-label=name
        >
            <header class="board__head">
                <h2 class="board__stage">
                    <span class="board__mark" aria-hidden="true"></span>
                    <span class="board__name" title=name>{name}</span>
                    <span class="board__count">{move || format.count(totals.get().count)}</span>
                </h2>
                <Sums totals deck/>
            </header>
            <div class="board__list">
                <VirtualList
                    items=deals
                    row_height=HEIGHT
                    overscan=3
                    row
                    reveal=revealed
                    body_role="list"
                    attr:tabindex="0"
                    attr:role="group"
                    attr:aria-label=name
                />
                <Show when=move || deals.with(Vec::is_empty)>
                    <p class="board__none muted">{t!(i18n, board.empty_column)}</p>
                </Show>
            </div>
        </section>
    }
    .into_any()
}

/// Amount, weighted amount, and the deals that neither holds.
#[component]
fn Sums(totals: Memo<Totals>, deck: Deck) -> impl IntoView {
    let i18n = use_i18n();
    let weighted = move || {
        let totals = totals.get();
        let amount = deck.amounts.short(totals.known(totals.weighted));
        t_string!(i18n, board.weighted, amount = amount).to_string()
    };
    let amount = move || {
        let totals = totals.get();
        deck.amounts.short(totals.known(totals.amount))
    };
    view! {
        <div class="board__sums muted">
            <span>{amount}</span>
            <span>{weighted}</span>
        </div>
        <div class="board__without muted">
            {move || {
                let without = totals.get().without;
                (without > 0).then(|| t_string!(i18n, board.without, count = without).to_string())
            }}
        </div>
    }
}
