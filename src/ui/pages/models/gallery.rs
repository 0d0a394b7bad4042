//! The models that ship.

use leptos::prelude::*;

use super::{after_won, begin::Begin};
use crate::{
    codec::content::{ModelTemplate, gallery},
    i18n::{t, t_string, use_i18n},
    ui::{
        parts::model_picture::model_picture,
        route::{Query, Route},
        settings::Settings,
        starting::StartError,
    },
};

/// Every model that ships, as a small picture with its stages and its story: one click begins a workspace with it, another one
/// opens what it advises.
#[component]
pub fn Gallery(
    /// Takes what came of beginning.
    #[prop(into)]
    on_done: Callback<Result<(), StartError>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let settings: Settings = expect_context();
    let chosen = RwSignal::new(None::<ModelTemplate>);
    let card = move |template: ModelTemplate| {
        let stages: Vec<_> = template.stages.iter().map(|stage| stage.name).collect();
        let rates: Vec<_> = template.stages.iter().map(|stage| stage.promotion_rate).collect();
        let (name, story) = (template.name, template.story);
        let after = template.after_sale.as_ref().map(|after| after_won(i18n, &after.name));
        let picture = model_picture(&rates, after.is_some());
        let href = Route::Model(template.slug.to_owned()).href(&Query::default());
        view! {
            <li class="gallery__item">
                <button type="button" class="card gallery__model" on:click=move |_| chosen.set(Some(template.clone()))>
                    {picture}
                    <span class="gallery__words">
                        <b>{name}</b>
                        <span class="small">{stages.join(" → ")}</span>
                        {after}
                        <span class="small muted">{story}</span>
                    </span>
                </button>
                <a class="small gallery__read" href=href aria-label=move || t_string!(i18n, models.read_one, name = name).to_string()>
                    {t!(i18n, models.read)}
                </a>
            </li>
        }
        .into_any()
    };
    let cards = move || gallery(settings.language.get().into()).into_iter().map(card).collect_view();
    view! {
        <section class="gallery" data-testid="gallery">
            <h2>{t!(i18n, welcome.models)}</h2>
            <ul>{cards}</ul>
            <Begin chosen on_done/>
        </section>
    }
    .into_any()
}
