//! Putting steps in order: by their buttons, or by dragging them with whatever points.

use leptos::prelude::*;

use super::{ask, check};
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

/// How the name of a step begins as a place that takes steps.
const STEP: &str = "step-";

/// The steps, each with a way up and down.
#[component]
pub(super) fn Ordering(desk: Desk, order: &'static lessons::Order) -> impl IntoView {
    let i18n = desk.i18n;
    let steps = RwSignal::new(order.shown.clone());
    desk.when_shown(move |answer| {
        if let Answer::Steps(right) = answer {
            steps.set(right.clone());
        }
    });
    let hand_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        desk.answer(&Answer::Steps(steps.get_untracked()));
    };
    // A step that is dropped on another takes its place; those between move up or down by one.
    let put = move |step: usize, on: usize| {
        steps.update(|steps| {
            let place = |of: usize| steps.iter().position(|one| *one == of);
            let (Some(from), Some(to)) = (place(step), place(on)) else { return };
            let step = steps.remove(from);
            steps.insert(to.min(steps.len()), step);
        });
    };
    let drag = Drag::listen(Scrolls::Page(".page"), |name| name.strip_prefix(STEP)?.parse().ok(), put);
    let face = move |step: usize| {
        let words = order.steps.get(step).copied().unwrap_or_default();
        view! { <strong>{move || desk.text(words)}</strong> }.into_any()
    };
    let count = order.steps.len();
    let row = move |step: usize| {
        let words = order.steps.get(step).copied().unwrap_or_default();
        let place =
            Memo::new(move |_| steps.with(|steps| steps.iter().position(|one| *one == step)).unwrap_or_default());
        // A step changes places with its neighbour.
        let shift = move |to: usize| {
            steps.update(|steps| {
                if let Some(here) = steps.iter().position(|one| *one == step)
                    && to < steps.len()
                {
                    steps.swap(here, to);
                }
            });
        };
        let up = Signal::derive(move || t_string!(i18n, learn.lessons.up, step = desk.text(words)).to_string());
        let down = Signal::derive(move || t_string!(i18n, learn.lessons.down, step = desk.text(words)).to_string());
        let dragged = Memo::new(move |_| drag.dragged().get() == Some(step));
        let over = Memo::new(move |_| drag.over().get() == Some(step) && !dragged.get());
        view! {
            <li
                class="lesson__step"
                class:lesson__step--dragged=dragged
                class:lesson__step--over=over
                data-testid="lesson-step"
                data-step=step.to_string()
                data-drop=[STEP, &step.to_string()].concat()
            >
                <Grip drag thing=step/>
                <span class="lesson__step-number">{move || desk.format.count(place.get() + 1)}</span>
                <span class="lesson__step-words">{move || desk.text(words)}</span>
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuArrowUp
                    label=up
                    disabled=Signal::derive(move || place.get() == 0)
                    on_click=move |_| shift(place.get_untracked().saturating_sub(1))
                />
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuArrowDown
                    label=down
                    disabled=Signal::derive(move || place.get() + 1 == count)
                    on_click=move |_| shift(place.get_untracked() + 1)
                />
            </li>
        }
    };
    view! {
        <form class="lesson__form" data-kind="order" on:submit=hand_in>
            {ask(desk, order.ask)}
            <ol class="lesson__order">
                <For each=move || steps.get() key=|step| *step children=row/>
            </ol>
            <Ghost drag face=Callback::new(face)/>
            {check(desk, Signal::stored(false))}
        </form>
    }
    .into_any()
}
