//! The way to the company of the round on the product's own pages.

use leptos::{prelude::*, task::spawn_local};

use super::Desk;
use crate::{
    i18n::{t, t_string},
    store::use_store,
    ui::{
        background::{Desk as Worker, NoAnswer},
        components::{button::Button, tag::Tone, toast::use_toasts},
        contesting::use_contesting,
        looking::{CompanyPages, look_at_made},
        route::{Query, Route, use_navigation},
        settings::use_settings,
        starting::refusal,
    },
    worker::{Request, Response},
};

/// Says what may be looked at, and opens it.
#[component]
pub(super) fn Look(desk: Desk, seed: u64) -> impl IntoView {
    let (i18n, store, navigation, toasts) = (desk.i18n, use_store(), use_navigation(), use_toasts());
    let (contesting, settings, worker) = (use_contesting(), use_settings(), Worker::new());
    let busy = RwSignal::new(false);
    let open = move |_| {
        busy.set(true);
        let on_answer = move |answer: Result<Response, NoAnswer>| {
            spawn_local(async move {
                // The page may have gone meanwhile, or another round was begun: then nobody wants to look.
                let is_there = contesting.with_untracked(|under_way| under_way.round.seed == seed) == Some(true);
                if busy.try_set(false).is_some() || !is_there {
                    return;
                }
                match look_at_made(store, answer).await {
                    Ok(company) => {
                        contesting.change(|under_way| under_way.company = company);
                        navigation.go_with(&Route::Funnel, &Query::default());
                    }
                    Err(error) => toasts.say(refusal(i18n, &error), Tone::Bad),
                }
            });
        };
        let language = settings.language.get_untracked().into();
        worker.ask(Request::ContestCompany { language, seed }, |_, _| (), on_answer);
    };
    let is_said = move || desk.kept.with(Option::is_some);
    let pages = move || {
        let forecast = is_said().then_some(Route::Forecast);
        let pages = [Route::Funnel, Route::Board, Route::Deals, Route::Analysis].into_iter().chain(forecast).collect();
        view! { <CompanyPages pages/> }
    };
    view! {
        <section class="card games__part" data-testid="contest-company">
            <h3>{t!(i18n, learn.contest.company)}</h3>
            <p class="small muted">
                {move || if is_said() { t_string!(i18n, learn.contest.look_open) } else { t_string!(i18n, learn.contest.look_what) }}
            </p>
            <Show
                when=move || contesting.is_looked_at()
                fallback=move || view! {
                    <div class="row">
                        <Button icon=icondata_lu::LuBuilding2 busy on_click=open attr:data-testid="contest-look">
                            {t!(i18n, learn.contest.look)}
                        </Button>
                    </div>
                }
            >
                {pages}
            </Show>
        </section>
    }
    .into_any()
}
