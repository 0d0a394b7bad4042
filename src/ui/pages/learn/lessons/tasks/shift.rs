//! Moving a deal on a small board: by its buttons, by the bracket keys as on the board, or by dragging its card with whatever points.

use leptos::{ev, prelude::*};

use super::ask;
use crate::{
    codec::content::lessons,
    i18n::t_string,
    training::lesson::Answer,
    ui::{
        components::button::{Button, Variant},
        pages::learn::lessons::desk::Desk,
        parts::drag::{Drag, Ghost, Grip, Scrolls},
    },
};

/// How the name of a stage begins as a place that takes cards.
const STAGE: &str = "stage-";

/// The board.
#[component]
pub(super) fn Shifting(desk: Desk, shift: &'static lessons::Move) -> impl IntoView {
    // Where each card stands; one that was moved wrongly goes back.
    let places = RwSignal::new(shift.cards.iter().map(|card| card.at).collect::<Vec<_>>());
    desk.when_shown(move |answer| {
        if let Answer::Moved(card, to) = answer {
            place(places, *card, *to);
        }
    });
    let carry = Callback::new(move |(card, to): (usize, usize)| {
        let at = shift.cards.get(card).map(|card| card.at);
        if at.is_none() || at == Some(to) || to >= shift.stages.len() {
            return;
        }
        desk.answer(&Answer::Moved(card, to));
        if desk.said.with_untracked(|said| said.is_some_and(|said| said.right)) {
            place(places, card, to);
        }
    });
    let drag = Drag::listen(
        Scrolls::Page(".page"),
        |name| name.strip_prefix(STAGE)?.parse().ok(),
        move |card, to| carry.run((card, to)),
    );
    let column =
        move |(number, (name, asks)): (usize, &'static (crate::codec::content::Text, crate::codec::content::Text))| {
            let cards = move || {
                let here = places.with(|places| {
                    let cards = places.iter().enumerate().filter(|(_, at)| **at == number);
                    cards.map(|(card, _)| card).collect::<Vec<_>>()
                });
                let cards = here.into_iter().filter_map(|card| {
                    let facts = shift.cards.get(card)?;
                    Some(view! { <Card desk shift facts card number carry drag/> })
                });
                cards.collect_view()
            };
            let over = Memo::new(move |_| drag.over().get() == Some(number));
            view! {
                <li
                    class="lesson__column"
                    class:lesson__column--over=over
                    data-testid="lesson-column"
                    data-drop=[STAGE, &number.to_string()].concat()
                >
                    <strong>{move || desk.text(*name)}</strong>
                    <p class="small muted">{move || desk.text(*asks)}</p>
                    {cards}
                </li>
            }
        };
    let face = move |card: usize| {
        let name = shift.cards.get(card).map(|card| card.name).unwrap_or_default();
        view! { <strong>{move || desk.text(name)}</strong> }.into_any()
    };
    view! {
        <div class="lesson__form" data-kind="move" on:touchmove=move |event| drag.hold_scroll(&event)>
            {ask(desk, shift.ask)}
            <ol class="lesson__board">{shift.stages.iter().enumerate().map(column).collect_view()}</ol>
            <Ghost drag face=Callback::new(face)/>
        </div>
    }
    .into_any()
}

/// A card of the board.
#[component]
fn Card(
    desk: Desk,
    shift: &'static lessons::Move,
    facts: &'static lessons::Card,
    /// Which one.
    card: usize,
    /// The place of its stage.
    number: usize,
    /// Takes where it is to go.
    carry: Callback<(usize, usize)>,
    /// Carries cards about.
    drag: Drag<usize, usize>,
) -> impl IntoView {
    let i18n = desk.i18n;
    let last = shift.stages.len().saturating_sub(1);
    let name = move || desk.text(facts.name);
    let stage = move |number: usize| shift.stages.get(number).map_or("", |(name, _)| desk.text(*name));
    let forward = Signal::derive(move || {
        let to = stage((number + 1).min(last));
        t_string!(i18n, learn.lessons.move_to, deal = name(), stage = to).to_string()
    });
    let back = Signal::derive(move || {
        let to = stage(number.saturating_sub(1));
        t_string!(i18n, learn.lessons.move_to, deal = name(), stage = to).to_string()
    });
    let pressed = move |event: ev::KeyboardEvent| {
        let to = match event.key().as_str() {
            "]" => number + 1,
            "[" if number > 0 => number - 1,
            _ => return,
        };
        event.prevent_default();
        carry.run((card, to));
    };
    let dragged = Memo::new(move |_| drag.dragged().get() == Some(card));
    view! {
            <div
                class="lesson__card"
                class:lesson__card--dragged=dragged
                data-testid="lesson-card"
                data-card=card.to_string()
                on:pointerdown=move |event| drag.press(card, &event)
                on:contextmenu=move |event| drag.hold_menu(&event)
                on:keydown=pressed
            >
                <div class="lesson__card-head"><strong>{name}</strong><Grip drag thing=card/></div>
                <p class="small">{move || desk.text(facts.says)}</p>
                // Pressing a button holds no card.
                <div class="row" on:pointerdown=|event| event.stop_propagation()>
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuArrowLeft
                        label=back
                        disabled=number == 0
                        on_click=move |_| carry.run((card, number.saturating_sub(1)))
                    />
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuArrowRight
                        label=forward
                        disabled=number == last
                        on_click=move |_| carry.run((card, number + 1))
                    />
                </div>
            </div>
    }
    .into_any()
}

/// Puts a card into a stage.
fn place(places: RwSignal<Vec<usize>>, card: usize, to: usize) {
    places.update(|places| {
        if let Some(at) = places.get_mut(card) {
            *at = to;
        }
    });
}
