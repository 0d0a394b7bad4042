//! Choosing among answers.

use leptos::prelude::*;

use super::{check, radios};
use crate::{codec::content::lessons, training::lesson::Answer, ui::pages::learn::lessons::desk::Desk};

/// The answers as radio buttons.
#[component]
pub(super) fn Choosing(desk: Desk, choose: &'static lessons::Choose) -> impl IntoView {
    let chosen = RwSignal::new(None::<usize>);
    desk.when_shown(move |answer| {
        if let Answer::Choice(place) = answer {
            chosen.set(Some(*place));
        }
    });
    let hand_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(place) = chosen.get_untracked() {
            desk.answer(&Answer::Choice(place));
        }
    };
    let options = choose.answers.iter().map(|answer| answer.text).collect();
    view! {
        <form class="lesson__form" data-kind="choose" on:submit=hand_in>
            {radios(desk, choose.ask, options, chosen)}
            {check(desk, Signal::derive(move || chosen.get().is_none()))}
        </form>
    }
    .into_any()
}
