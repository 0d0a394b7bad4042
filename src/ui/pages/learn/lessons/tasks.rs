//! What is to be done on a screen, and what is said to it.

mod choose;
mod count;
mod find;
mod order;
mod shift;
mod weigh;

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    codec::content::{Text, lessons::Task},
    i18n::t,
    ui::components::{button::Button, dom_id, icon::Icon},
};

/// How many wrong answers it takes until the right one is offered.
const PATIENCE: u8 = 2;

/// The task of a screen.
pub(super) fn task_view(desk: Desk, task: &'static Task) -> AnyView {
    match task {
        Task::Weigh(weigh) => view! { <weigh::Weighing desk weigh/> }.into_any(),
        Task::Count(count) => view! { <count::Counting desk count/> }.into_any(),
        Task::Move(shift) => view! { <shift::Shifting desk shift/> }.into_any(),
        Task::Find(find) => view! { <find::Finding desk find/> }.into_any(),
        Task::Order(order) => view! { <order::Ordering desk order/> }.into_any(),
        Task::Choose(choose) => view! { <choose::Choosing desk choose/> }.into_any(),
    }
}

/// What is asked.
fn ask(desk: Desk, words: Text) -> AnyView {
    view! { <p class="lesson__ask">{move || desk.text(words)}</p> }.into_any()
}

/// What is said to the last answer; after some wrong ones, the way to the right one.
#[component]
pub(super) fn Feedback(desk: Desk) -> impl IntoView {
    let Desk { i18n, run, said, shown, .. } = desk;
    let tone = move || said.with(|said| said.map(|said| if said.right { "good" } else { "warn" }));
    let words = move || {
        let verdict = said.get()?;
        let icon = if verdict.right { icondata_lu::LuCircleCheck } else { icondata_lu::LuCircleAlert };
        let title = move || {
            if verdict.right {
                t!(i18n, learn.lessons.right).into_any()
            } else {
                t!(i18n, learn.lessons.wrong).into_any()
            }
        };
        Some(view! {
            <Icon icon/>
            <p><strong>{title()}</strong>" "{move || desk.text(verdict.words)}</p>
        })
    };
    let mark = Memo::new(move |_| run.with(crate::training::lesson::Run::mark));
    let may_give_up = move || {
        let mark = mark.get();
        !mark.right && !mark.shown && mark.tries >= PATIENCE
    };
    view! {
        <div class="lesson__said" role="status" data-testid="lesson-said" data-tone=tone>{words}</div>
        <Show when=may_give_up>
            <Button icon=icondata_lu::LuLightbulb on_click=move |_| desk.give_up() attr:data-testid="lesson-show">
                {t!(i18n, learn.lessons.show)}
            </Button>
        </Show>
        <Show when=move || shown.with(Option::is_some)>
            <p class="small muted" role="status">{t!(i18n, learn.lessons.shown)}</p>
        </Show>
    }
    .into_any()
}

/// A choice among several things, each with its words, as radio buttons.
fn radios(desk: Desk, ask: Text, options: Vec<Text>, chosen: RwSignal<Option<usize>>) -> AnyView {
    let name = dom_id::fresh();
    let option = |(place, words): (usize, Text)| {
        view! {
            <label class="lesson__option">
                <input
                    type="radio"
                    name=name.clone()
                    data-testid="lesson-option"
                    prop:checked=move || chosen.get() == Some(place)
                    on:change=move |_| chosen.set(Some(place))
                />
                <span>{move || desk.text(words)}</span>
            </label>
        }
    };
    view! {
        <fieldset class="lesson__options">
            <legend class="lesson__ask">{move || desk.text(ask)}</legend>
            {options.into_iter().enumerate().map(option).collect_view()}
        </fieldset>
    }
    .into_any()
}

/// The button that hands an answer in.
fn check(desk: Desk, disabled: Signal<bool>) -> AnyView {
    view! {
        <button type="submit" class="button button--primary lesson__check" prop:disabled=disabled data-testid="lesson-check">
            {t!(desk.i18n, learn.lessons.check)}
        </button>
    }
    .into_any()
}
