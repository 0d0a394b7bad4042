//! A deal as a card.

use std::sync::Arc;

use leptos::prelude::*;

use super::drag::Drag;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{Clock, Clocks, Health, Yardsticks},
    model::{Deal, DealId},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            icon::Icon,
            tag::{Tag, Tone},
        },
        format::{Format, use_format},
        parts::{amounts::Amounts, clocks, mover::Mover, names::Names},
        route::{Route, use_navigation},
        wording::{self, I18n},
    },
};

/// The height of a card with the gap below it, in pixels; the same for all, so that a column can be cut to what is in view.
pub const HEIGHT: f64 = 148.0;

/// What every card of a board shares.
#[derive(Clone, Copy, Debug)]
pub struct Deck {
    /// Carries out moves.
    pub mover: Mover,
    /// Carries cards about.
    pub drag: Drag,
    /// The names behind ids.
    pub names: Memo<Names>,
    /// Amounts as text.
    pub amounts: Amounts,
    /// What the clocks of the deals are read against.
    pub yardsticks: Memo<Arc<Yardsticks>>,
}

/// One card. It follows its own deal and nothing else of the data.
#[component]
pub fn Card(
    /// Which deal.
    id: DealId,
    /// Its place in the column, from 0.
    place: Signal<usize>,
    /// How many cards the column has.
    count: Signal<usize>,
    /// What all cards share.
    deck: Deck,
) -> impl IntoView {
    let (i18n, format, today) = (use_i18n(), use_format(), use_clock().today);
    let (deal, navigation) = (use_store().deal(id), use_navigation());
    let Deck { mover, drag, .. } = deck;
    let face = move || deal.get().map(|deal| face(&deck, i18n, format, today, &deal));
    let href = move || navigation.href(&Route::Deal(id.to_string()));
    let open = move |_| {
        if !drag.ends_here() {
            navigation.go(&Route::Deal(id.to_string()));
        }
    };
    let dragged = Memo::new(move |_| drag.dragged().get() == Some(id));
    let title = move || deal.with(|deal| deal.as_ref().map(|deal| deal.details.title.clone()).unwrap_or_default());
    let customer = move || {
        deck.names.with(|names| deal.with(|deal| names.customer(deal.as_ref().and_then(|deal| deal.details.customer))))
    };
    view! {
        <div
            class="deal-card"
            class:deal-card--dragged=dragged
            role="listitem"
            tabindex="-1"
            aria-posinset=move || (place.get() + 1).to_string()
            aria-setsize=move || count.get().to_string()
            data-testid="deal-card"
            data-deal=id.to_string()
            on:click=open
            on:pointerdown=move |event| drag.press(id, &event)
            on:contextmenu=move |event| drag.hold_menu(&event)
        >
            <div class="deal-card__head">
                <a
                    class="deal-card__customer"
                    tabindex="-1"
                    draggable="false"
                    href=href
                    title=customer
                    on:click=move |event| {
                        // The card opens the deal itself; keys that open another tab are the link's.
                        if event.ctrl_key() || event.meta_key() || event.shift_key() {
                            event.stop_propagation();
                        } else {
                            event.prevent_default();
                        }
                    }
                >
                    {customer}
                </a>
                <button
                    type="button"
                    class="deal-card__menu"
                    tabindex="-1"
                    data-testid="open-move-menu"
                    aria-label=move || t_string!(i18n, board.choose, title = title()).to_string()
                    on:pointerdown=|event| event.stop_propagation()
                    on:click=move |event| {
                        event.stop_propagation();
                        mover.choose(id);
                    }
                >
                    <Icon icon=icondata_lu::LuEllipsis/>
                </button>
            </div>
            {face}
        </div>
    }
    .into_any()
}

/// Everything below the customer.
fn face(deck: &Deck, i18n: I18n, format: Format, today: Signal<crate::model::Date>, deal: &Arc<Deal>) -> AnyView {
    let today = today.get();
    let standing = deal.standing();
    let owner = deck.names.with(|names| names.person(standing.owner));
    let clocks = deck.yardsticks.with(|yardsticks| yardsticks.read(deal));
    let about = [deal.details.title.as_str(), " · ", &owner].concat();
    let amount = standing.amount.map(|amount| deck.amounts.short(Some(amount.minor())));
    let full = standing.amount.map(|amount| deck.amounts.full(Some(amount)));
    let overdue = standing.expected_close.is_some_and(|day| day < today);
    let close = standing.expected_close.map(|day| format.date(day));
    let close_hint = close.clone();
    let next = deal.details.next_action.as_ref().map(|action| match action.due {
        Some(due) => [format.date(due).as_str(), " ", &action.what].concat(),
        None => action.what.clone(),
    });
    let late_next = deal.details.next_action.as_ref().and_then(|action| action.due).is_some_and(|due| due < today);
    let hint = next.clone();
    let (icon, missing) = match next {
        Some(_) => (icondata_lu::LuCornerDownRight, late_next),
        None => (icondata_lu::LuCircleAlert, true),
    };
    view! {
        <div class="deal-card__about" title=about.clone()>{about.clone()}</div>
        <div class="deal-card__figures">
            {match amount {
                Some(amount) => view! { <span class="deal-card__amount" title=full>{amount}</span> }.into_any(),
                None => view! { <span class="muted">{t!(i18n, board.no_amount)}</span> }.into_any(),
            }}
            <span class="deal-card__close" title=close_hint>
                {match (overdue, close) {
                    (true, _) => {
                        let word = t_string!(i18n, board.overdue);
                        view! { <Tag tone=Tone::Bad>{word}</Tag> }.into_any()
                    }
                    (false, Some(close)) => view! { <span class="muted">{close}</span> }.into_any(),
                    (false, None) => view! { <span class="muted">{t!(i18n, board.no_close)}</span> }.into_any(),
                }}
            </span>
        </div>
        <div class="deal-card__next" class:deal-card__next--missing=missing title=hint>
            <Icon icon/>
            <span>{match next {
                Some(next) => next.into_any(),
                None => t!(i18n, board.no_next).into_any(),
            }}</span>
        </div>
        {clocks.map(|clocks| stay(i18n, &clocks))}
    }
    .into_any()
}

/// How long it has stood here: words, the gravest mark, and a thin bar. Without a mark, the clock that is to be watched is named.
fn stay(i18n: I18n, clocks: &Clocks) -> AnyView {
    let watched = || {
        let clock = Clock::ALL.into_iter().find(|clock| clocks.health(*clock) > Some(Health::Healthy))?;
        let (hint, word) = (wording::clocks::clock(i18n, clock), wording::clocks::health(i18n, Health::Watch));
        Some(view! { <span title=hint><Tag tone=Tone::Warn>{word}</Tag></span> }.into_any())
    };
    let mark = clocks::gravest(i18n, clocks).or_else(watched);
    let Some(age) = clocks.age else {
        let words = t!(i18n, board.days_unknown);
        return view! { <div class="deal-card__stay"><span class="muted">{words}</span>{mark}</div> }.into_any();
    };
    let limit = age.limits.watch;
    let share = (f64::from(age.days) / f64::from(limit.max(1))).min(1.0);
    let tone = clocks::tone(age.limits.health(age.days));
    view! {
        <div class="deal-card__stay">
            <span class="muted">{t_string!(i18n, clocks.days_of, days = age.days, limit = limit).to_string()}</span>
            {mark}
        </div>
        <div class="deal-card__bar" data-tone=tone.as_str() style:--share=share.to_string() aria-hidden="true"></div>
    }
    .into_any()
}
