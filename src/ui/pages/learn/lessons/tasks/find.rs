//! Finding a stage in a funnel.

use leptos::prelude::*;

use super::{check, radios};
use crate::{
    codec::content::lessons::{self, Sought},
    training::lesson::Answer,
    ui::{
        charts::funnel_picture::FunnelPart,
        pages::learn::lessons::{
            desk::Desk,
            pictures::{Show, funnel_view},
        },
    },
};

/// The funnel, whose figures choose their stage, and the stages as radio buttons.
#[component]
pub(super) fn Finding(desk: Desk, find: &'static lessons::Find) -> impl IntoView {
    let chosen = RwSignal::new(None::<usize>);
    desk.when_shown(move |answer| {
        if let Answer::Stage(place) = answer {
            chosen.set(Some(*place));
        }
    });
    let stages = find.funnel.stages.len();
    let on_pick = Callback::new(move |(place, _): (usize, FunnelPart)| {
        // Won deals are no stage.
        if place < stages {
            chosen.set(Some(place));
        }
    });
    let hand_in = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        if let Some(place) = chosen.get_untracked() {
            desk.answer(&Answer::Stage(place));
        }
    };
    let show = match find.sought {
        Sought::Bottleneck => Show::Rates,
        Sought::Fullest => Show::Open,
    };
    let names = find.funnel.stages.iter().map(|stage| stage.name).collect();
    view! {
        <form class="lesson__form" data-kind="find" on:submit=hand_in>
            <div class="lesson__picture">{funnel_view(desk, &find.funnel, show, desk.words(find.ask), Some(on_pick))}</div>
            {radios(desk, find.ask, names, chosen)}
            {check(desk, Signal::derive(move || chosen.get().is_none()))}
        </form>
    }
    .into_any()
}
