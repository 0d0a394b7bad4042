//! The way to look at the simulated company on the product's own pages: the background worker makes it, and it is shown as what was
//! shared is, to be looked at.

use leptos::{prelude::*, task::spawn_local};

use super::{desk::Desk, game::Game};
use crate::{
    codec::run::encode,
    i18n::t,
    store::use_store,
    ui::{
        background::{Desk as Worker, NoAnswer},
        clock::use_clock,
        components::{button::Button, tag::Tone, toast::use_toasts},
        looking::look_at_made,
        route::{Query, Route, use_navigation},
        starting::refusal,
    },
    worker::{Request, Response},
};

/// The button.
#[component]
pub(super) fn Look(desk: Desk) -> impl IntoView {
    let (i18n, store, navigation, toasts) = (desk.i18n, use_store(), use_navigation(), use_toasts());
    let today = use_clock().today;
    let worker = Worker::new();
    let busy = RwSignal::new(false);
    let look = move |_| {
        let Some(run) = desk.game.with_untracked(|game| game.as_ref().map(Game::run)) else { return };
        desk.running.set(false);
        busy.set(true);
        let language = desk.language.get_untracked().into();
        let request = Request::Simulated { run: encode(&run), language, today: today.get_untracked() };
        let on_answer = move |answer: Result<Response, NoAnswer>| {
            spawn_local(async move {
                // The page may have gone meanwhile: then nobody wants to look.
                if busy.try_set(false).is_some() {
                    return;
                }
                match look_at_made(store, answer).await {
                    Ok(_) => navigation.go_with(&Route::Funnel, &Query::default()),
                    Err(error) => toasts.say(refusal(i18n, &error), Tone::Bad),
                }
            });
        };
        worker.ask(request, |_, _| (), on_answer);
    };
    view! {
        <Button icon=icondata_lu::LuBuilding2 busy on_click=look attr:data-testid="simulator-look">
            {t!(i18n, learn.simulator.look)}
        </Button>
    }
    .into_any()
}
