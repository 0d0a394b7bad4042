//! Funnel models: those of the workspace, those that ship, and one of them in full.

mod adding;
mod begin;
mod detail;
mod differences;
mod gallery;
mod own;
mod review;
mod revisions;
mod successors;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{FunnelModel, ModelId},
    store::use_store,
    ui::{
        components::{tag::Tone, toast::use_toasts},
        format::use_format,
        parts::model_picture::model_picture,
        route::{Route, use_navigation},
        starting::{self, StartError},
        wording::I18n,
    },
};

use adding::More;
pub use detail::ModelPage;
pub(super) use detail::unknown;
pub use gallery::Gallery;
pub use review::Review;
pub use successors::Successors;

/// The models of the workspace and those that ship.
#[component]
pub fn ModelsPage() -> impl IntoView {
    let (i18n, navigation, toasts) = (use_i18n(), use_navigation(), use_toasts());
    let opened = use_store().library().opened();
    let on_done = move |outcome: Result<(), StartError>| match outcome {
        Ok(()) => navigation.go(&Route::Funnel),
        Err(error) => toasts.say(starting::refusal(i18n, &error), Tone::Bad),
    };
    view! {
        <h1>{t!(i18n, models.title)}</h1>
        <p class="page__sub">{t!(i18n, models.sub)}</p>
        <div class="models">
            <Own/>
            <Show when=move || opened.get().is_some()><More/></Show>
            <Gallery on_done/>
        </div>
    }
    .into_any()
}

/// What follows after the win, in a line below the stages.
fn after_won(i18n: I18n, name: &str) -> AnyView {
    let words = t_string!(i18n, after_sale.then, name = name.to_owned()).to_string();
    view! { <span class="small gallery__after">{words}</span> }.into_any()
}

/// The models of the open workspace.
#[component]
fn Own() -> impl IntoView {
    let (i18n, format, store, navigation) = (use_i18n(), use_format(), use_store(), use_navigation());
    let models = Memo::new(move |_| {
        store.with(|workspace| {
            let open = |id: ModelId| {
                workspace.deals.iter().filter(|deal| deal.standing().is_open() && deal.standing().model == id).count()
            };
            workspace.models.iter().map(|model| (FunnelModel::clone(model), open(model.id))).collect::<Vec<_>>()
        })
    });
    let card = move |(model, open): (FunnelModel, usize)| {
        let rates: Vec<_> = model.stages.iter().map(|stage| stage.promotion_rate).collect();
        let stages: Vec<_> = model.stages.iter().map(|stage| stage.name.as_str()).collect();
        let count = move || t_string!(i18n, models.open_deals, count = open, n = format.count(open)).to_string();
        let stages = stages.join(" → ");
        let after = model.after_sale.as_ref().map(|after| after_won(i18n, &after.name));
        let picture = model_picture(&rates, after.is_some());
        view! {
            <li class="gallery__item">
                <a class="card gallery__model" href=navigation.href(&Route::Model(model.id.to_string()))>
                    {picture}
                    <span class="gallery__words">
                        <b>{model.name}</b>
                        <span class="small">{stages}</span>
                        {after}
                        <span class="small muted">{count}</span>
                    </span>
                </a>
            </li>
        }
        .into_any()
    };
    let any = Memo::new(move |_| models.with(|models| !models.is_empty()));
    view! {
        <Show when=move || any.get()>
            <section class="gallery" data-testid="own-models">
                <h2>{t!(i18n, models.own)}</h2>
                <ul>{move || models.get().into_iter().map(card).collect_view()}</ul>
            </section>
        </Show>
    }
    .into_any()
}
