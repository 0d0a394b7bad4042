//! The board page: the open deals of one funnel model, a column per stage.

pub mod card;
pub mod column;
pub mod columns;
pub mod drag;
pub mod filters;
pub mod keys;

use leptos::{ev, prelude::*};

use self::{
    card::Deck,
    column::BoardColumn,
    columns::{Choice, Columns},
    filters::BoardFilters,
    keys::Keys,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{DealId, StageId},
    store::use_store,
    ui::{
        anywhere::{self, Deed, use_anywhere},
        components::{
            button::{Button, Variant},
            empty::Empty,
            icon::Icon,
        },
        parts::{
            amounts::Amounts,
            clocks::use_yardsticks,
            drag::Ghost,
            mover::{Mover, Target},
            names::use_names,
            questions::Questions,
        },
        route::{Query, Route, use_navigation},
    },
};

/// What the page has to show.
#[derive(Clone, Copy, PartialEq)]
enum Ground {
    NoWorkspace,
    NoModel,
    NoDeals,
    Deals,
}

/// The board page.
#[component]
pub fn BoardPage() -> impl IntoView {
    let (i18n, store, navigation, names) = (use_i18n(), use_store(), use_navigation(), use_names());
    let opened = store.library().opened();
    let choice = Memo::new(move |_| navigation.query.with(Choice::read));
    let columns = Memo::new(move |_| store.with(|workspace| choice.with(|choice| Columns::of(workspace, choice))));
    let model = Memo::new(move |_| columns.with(|columns| columns.model));
    let ground = Memo::new(move |_| match (opened.get(), model.get()) {
        (None, _) => Ground::NoWorkspace,
        (_, None) => Ground::NoModel,
        _ if store.with(|workspace| workspace.deals.is_empty()) => Ground::NoDeals,
        _ => Ground::Deals,
    });
    let reveal = RwSignal::new(None::<DealId>);
    let follow = StoredValue::new(None::<Keys>);
    let on_moved = Callback::new(move |deal| {
        if let Some(keys) = follow.get_value() {
            keys.focus(deal);
        }
    });
    let mover = Mover::new(on_moved);
    let keys = Keys { columns, reveal, mover, navigation };
    follow.set_value(Some(keys));
    let anywhere = use_anywhere();
    let on_begun = Some(Callback::new(move |deal| keys.focus(deal)));
    anywhere.here(move || anywhere::Place { model: model.get(), on_begun, ..anywhere::Place::default() });
    let pressed = window_event_listener(ev::keydown, move |event| keys.press(&event));
    on_cleanup(move || pressed.remove());
    let deck =
        Deck { mover, drag: drag::listen(mover), names, amounts: Amounts::of(names), yardsticks: use_yardsticks() };
    let sub = move || {
        let model = names.with(|names| model.get().and_then(|id| names.models.get(id)).map(|model| model.name.clone()));
        let count = columns.with(Columns::count);
        model.map(|model| t_string!(i18n, board.sub, count = count, model = model).to_string())
    };
    let body = move || {
        match ground.get() {
        Ground::NoWorkspace => view! {
            <Empty icon=icondata_lu::LuSquareKanban text=Signal::derive(move || t_string!(i18n, board.no_workspace).to_owned())>
                <a class="button button--primary" href="#/">{t!(i18n, board.begin)}</a>
            </Empty>
        }
        .into_any(),
        Ground::NoModel => view! {
            <Empty icon=icondata_lu::LuFunnel text=Signal::derive(move || t_string!(i18n, board.no_model).to_owned())>
                <ImportLink/>
            </Empty>
        }
        .into_any(),
        Ground::NoDeals => view! {
            <Empty icon=icondata_lu::LuSquareKanban text=Signal::derive(move || t_string!(i18n, board.no_deals).to_owned())>
                <ImportLink/>
            </Empty>
        }
        .into_any(),
        Ground::Deals => view! { <Stages columns deck keys/> }.into_any(),
    }
    };
    let has_model = move || matches!(ground.get(), Ground::NoDeals | Ground::Deals);
    view! {
        <div
            class="board"
            data-testid="board"
            on:touchmove=move |event| deck.drag.hold_scroll(&event)
        >
            <header class="board__title">
                <div>
                    <h1>{t!(i18n, board.title)}</h1>
                    <p class="page__sub">{sub}</p>
                </div>
                <Show when=has_model>
                    <div data-testid="new-deal">
                        <Button variant=Variant::Primary icon=icondata_lu::LuPlus on_click=move |_| anywhere.open(Deed::Begin)>
                            {t!(i18n, board.new_deal)}
                        </Button>
                    </div>
                </Show>
            </header>
            <Show when=move || ground.get() == Ground::Deals>
                <BoardFilters model=model.into()/>
            </Show>
            {body}
        </div>
        <Questions mover/>
        <UnderPointer deck/>
    }
    .into_any()
}

#[component]
fn ImportLink() -> impl IntoView {
    let i18n = use_i18n();
    view! { <a class="button" href=Route::Import.href(&Query::default())>{t!(i18n, board.import)}</a> }
}

/// The columns, with a switch between them on a phone and the outcomes while a card is dragged.
#[component]
fn Stages(columns: Memo<Columns>, deck: Deck, keys: Keys) -> impl IntoView {
    let i18n = use_i18n();
    let stages = Memo::new(move |_| {
        columns.with(|columns| columns.columns.iter().map(|column| column.stage).collect::<Vec<_>>())
    });
    let switch = move |stage: StageId| {
        let name = move || deck.names.with(|names| names.stage_name(stage));
        let count = move || columns.with(|columns| columns.column(stage).map_or(0, |column| column.totals.count));
        view! {
            <button type="button" class="chip" on:click=move |_| show_column(stage)>
                <span>{name}</span>
                <span class="muted">{count}</span>
            </button>
        }
    };
    let reveal = keys.reveal.into();
    let dragging = Memo::new(move |_| deck.drag.dragged().get().is_some());
    view! {
        <nav class="board__switch" aria-label=move || t_string!(i18n, board.stage_switch)>
            <For each=move || stages.get() key=|stage| *stage children=switch/>
        </nav>
        <div class="board__columns" class:board__columns--dragging=dragging>
            <For each=move || stages.get() key=|stage| *stage let(stage)>
                <BoardColumn stage columns deck reveal/>
            </For>
        </div>
        <p class="board__keys muted">{t!(i18n, board.keys)}</p>
        <Show when=move || dragging.get()><Outcomes deck/></Show>
    }
    .into_any()
}

/// Where a dragged card is won, lost or put to rest.
#[component]
fn Outcomes(deck: Deck) -> impl IntoView {
    let i18n = use_i18n();
    let zone = move |target: Target, tone: &'static str, icon, words: Signal<String>| {
        view! {
            <div
                class="board__outcome"
                class:board__outcome--over=move || deck.drag.over().get() == Some(target)
                data-tone=tone
                data-drop=drag::name(target)
            >
                <Icon icon/>
                <span>{words}</span>
            </div>
        }
    };
    view! {
        <div class="board__outcomes">
            {zone(Target::Won, "good", icondata_lu::LuTrophy, Signal::derive(move || t_string!(i18n, moves.won).to_owned()))}
            {zone(Target::Lost, "bad", icondata_lu::LuX, Signal::derive(move || t_string!(i18n, moves.lost).to_owned()))}
            {zone(Target::Dormant, "neutral", icondata_lu::LuMoon, Signal::derive(move || t_string!(i18n, moves.dormant).to_owned()))}
        </div>
    }
    .into_any()
}

/// The card under the pointer.
#[component]
fn UnderPointer(deck: Deck) -> impl IntoView {
    let store = use_store();
    let face = move |id: DealId| {
        let words = store.peek(|workspace| {
            let deal = workspace.deals.get(id)?;
            let customer = workspace.customer_of(deal).map(|customer| customer.name.clone());
            Some((customer.unwrap_or_default(), deal.details.title.clone()))
        });
        let (customer, title) = words.unwrap_or_default();
        view! { <strong>{customer}</strong><span class="muted">{title}</span> }.into_any()
    };
    view! { <Ghost drag=deck.drag face=Callback::new(face)/> }
}

/// Brings a column into view on a narrow screen.
fn show_column(stage: StageId) {
    let selector = [".board__column[data-drop=\"", &drag::name(Target::Stage(stage)), "\"]"].concat();
    if let Some(column) = document().query_selector(&selector).ok().flatten() {
        let options = web_sys::ScrollIntoViewOptions::new();
        options.set_inline(web_sys::ScrollLogicalPosition::Start);
        options.set_block(web_sys::ScrollLogicalPosition::Nearest);
        options.set_behavior(web_sys::ScrollBehavior::Smooth);
        column.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
