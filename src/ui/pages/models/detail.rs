//! One model in full: its picture, and stage by stage what it asks for and advises.

use leptos::prelude::*;

use super::{begin::Begin, own::OwnWays, revisions::Revisions};
use crate::{
    codec::content::{IdSource, ModelTemplate, gallery, instantiate},
    i18n::{t, t_string, use_i18n},
    model::{AfterSale, Command, FunnelModel, Segment, Stage},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            empty::Empty,
            tag::{Tag, Tone},
            toast::use_toasts,
        },
        format::{Format, use_format},
        parts::{
            model_picture::model_picture,
            playbook::{advice, titled_list},
            undo::use_way_back,
        },
        route::{Route, use_navigation},
        settings::Settings,
        starting::{self, StartError},
        wording::{self, I18n},
    },
};

/// The model of an address: one that ships, by its name there, or one of the workspace, by its id.
#[component]
pub fn ModelPage(
    /// `software-regular`, or an id.
    key: String,
) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let settings: Settings = expect_context();
    let shipped = Memo::new({
        let key = key.clone();
        move |_| gallery(settings.language.get().into()).into_iter().find(|template| template.slug == key)
    });
    let own = Memo::new(move |_| {
        let id = key.parse().ok()?;
        store.with(|workspace| workspace.models.get(id).map(|model| FunnelModel::clone(model)))
    });
    let known = Memo::new(move |_| own.with(|own| own.as_ref().map(|model| model.id)));
    let content = move || match (shipped.get(), known.get()) {
        (Some(template), _) => {
            let model = instantiate(&template, &mut IdSource::new(ulid::Ulid(0)));
            in_full(i18n, format, model, view! { <Ways template/> }.into_any())
        }
        (None, Some(id)) => {
            let shown = move || own.get().map(|model| in_full(i18n, format, model, view! { <OwnWays id/> }.into_any()));
            // A model that is removed takes the page with it; until then the last one known stands for it.
            let revisions = own.get_untracked().map(|first| {
                let model = Memo::new(move |before: Option<&FunnelModel>| {
                    own.get().unwrap_or_else(|| before.unwrap_or(&first).clone())
                });
                view! { <Revisions model/> }
            });
            view! { {shown}{revisions} }.into_any()
        }
        (None, None) => unknown(i18n),
    };
    view! {
        <p class="small model__back"><a href=move || use_navigation().href(&Route::Models)>{t!(i18n, models.title)}</a></p>
        {content}
    }
    .into_any()
}

/// What stands here when there is no such model.
pub(crate) fn unknown(i18n: I18n) -> AnyView {
    view! {
        <h1>{t!(i18n, models.unknown)}</h1>
        <Empty icon=icondata_lu::LuShapes text=Signal::derive(move || t_string!(i18n, models.unknown_what).to_owned())>
            <a class="button button--primary" href="#/models">{t!(i18n, models.title)}</a>
        </Empty>
    }
    .into_any()
}

/// What can be done with a model that ships.
#[component]
fn Ways(template: ModelTemplate) -> impl IntoView {
    let (i18n, format, store, navigation) = (use_i18n(), use_format(), use_store(), use_navigation());
    let (toasts, way_back) = (use_toasts(), use_way_back());
    let is_open = Memo::new(move |_| store.library().opened().get().is_some());
    let chosen = RwSignal::new(None::<ModelTemplate>);
    let template = StoredValue::new(template);
    let add = move |_| {
        let model = template.with_value(|template| instantiate(template, &mut IdSource::new(store.fresh())));
        let (id, name) = (model.id, model.name.clone());
        match store.dispatch(Command::AddModel(Box::new(model))) {
            Ok(change) => {
                way_back.offer(t_string!(i18n, models.added, name = name).to_string(), change);
                navigation.go(&Route::Model(id.to_string()));
            }
            Err(rejection) => {
                let words = store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection));
                toasts.say(words, Tone::Bad);
            }
        }
    };
    let on_done = Callback::new(move |outcome: Result<(), StartError>| match outcome {
        Ok(()) => navigation.go(&Route::Funnel),
        Err(error) => toasts.say(starting::refusal(i18n, &error), Tone::Bad),
    });
    view! {
        <div class="row">
            <Show when=move || is_open.get()>
                <Button variant=Variant::Primary icon=icondata_lu::LuPlus on_click=add attr:data-testid="add-model">
                    {t!(i18n, models.add)}
                </Button>
            </Show>
            <Button on_click=move |_| chosen.set(Some(template.get_value())) attr:data-testid="begin-with-model">
                {t!(i18n, welcome.begin)}
            </Button>
        </div>
        <Begin chosen on_done/>
    }
    .into_any()
}

fn in_full(i18n: I18n, format: Format, model: FunnelModel, ways: AnyView) -> AnyView {
    let FunnelModel { name, description, stages, after_sale, segments, .. } = model;
    let rates: Vec<_> = stages.iter().map(|stage| stage.promotion_rate).collect();
    let cards = (1_usize..).zip(stages).map(|(number, stage)| stage_card(i18n, format, number, stage)).collect_view();
    view! {
        <header class="model__head">
            {model_picture(&rates, after_sale.is_some())}
            <div class="stack">
                <h1 data-testid="model-name">{name}</h1>
                <p class="model__story">{description}</p>
                {ways}
            </div>
        </header>
        <p class="muted small model__note">{t_string!(i18n, models.examples)}</p>
        <ol class="model__stages">{cards}</ol>
        {after_sale.map(|after_sale| after_sale_card(i18n, format, after_sale))}
        {segment_table(i18n, segments)}
    }
    .into_any()
}

fn stage_card(i18n: I18n, format: Format, number: usize, stage: Stage) -> AnyView {
    let zone = stage.zone();
    let Stage { name, probability, promotion_rate, expected_days, criteria, tasks, required_fields, playbook, .. } =
        stage;
    let figures = move || {
        let (days, chance) = (format.days(f64::from(expected_days)), format.percent(probability.as_f64(), 0));
        let passes = format.percent(promotion_rate.as_f64(), 0);
        t_string!(i18n, models.figures, days = days, chance = chance, passes = passes).to_string()
    };
    let gate: Vec<_> = criteria
        .into_iter()
        .map(|criterion| {
            let kind = if criterion.required { t_string!(i18n, deal.required) } else { t_string!(i18n, deal.advisory) };
            let tone = if criterion.required { Tone::Accent } else { Tone::Neutral };
            view! { <li class="model__criterion"><span>{criterion.text}</span><Tag tone>{kind}</Tag></li> }.into_any()
        })
        .chain(required_fields.into_iter().map(|field| {
            let words = t_string!(i18n, models.field_filled, field = wording::required_field(i18n, &field)).to_string();
            view! { <li class="model__criterion"><span>{words}</span><Tag tone=Tone::Accent>{t_string!(i18n, deal.required)}</Tag></li> }
                .into_any()
        }))
        .collect();
    let asks = !gate.is_empty() || !tasks.is_empty();
    let gate = (!gate.is_empty())
        .then(|| view! { <h3>{t_string!(i18n, deal.to_move_on)}</h3><ul class="model__gate">{gate}</ul> });
    let goal = playbook.goal.clone();
    let goal = (!goal.is_empty()).then(|| view! { <p class="model__goal">{goal}</p> });
    view! {
        <li class="card model__stage">
            <div class="model__stage-head">
                <h2>{format!("{number}. {name}")}</h2>
                <Tag>{wording::zone(i18n, zone)}</Tag>
                <span class="muted small">{figures}</span>
            </div>
            {goal}
            <div class="model__columns">
                {asks.then(|| view! { <div class="playbook">{gate}{titled_list(t_string!(i18n, deal.tasks), tasks)}</div> })}
                {advice(i18n, playbook)}
            </div>
        </li>
    }
    .into_any()
}

fn after_sale_card(i18n: I18n, format: Format, after_sale: AfterSale) -> AnyView {
    let AfterSale { name, return_visit_days, tasks, playbook } = after_sale;
    let every = move || {
        let days = format.days(f64::from(return_visit_days));
        t_string!(i18n, after_sale.every, days = days).to_string()
    };
    let goal = playbook.goal.clone();
    let goal = (!goal.is_empty()).then(|| view! { <p class="model__goal">{goal}</p> });
    let tasks = titled_list(t_string!(i18n, after_sale.tasks), tasks);
    view! {
        <p class="model__won" aria-hidden="true">{t_string!(i18n, after_sale.won)}" ↓"</p>
        <section class="card model__stage model__after" data-testid="model-after-sale">
            <div class="model__stage-head">
                <h2>{name}</h2>
                <Tag tone=Tone::Good>{t_string!(i18n, after_sale.title)}</Tag>
                <span class="muted small">{every}</span>
            </div>
            {goal}
            <div class="model__columns">
                {tasks.map(|tasks| view! { <div class="playbook">{tasks}</div> })}
                {advice(i18n, playbook)}
            </div>
        </section>
    }
    .into_any()
}

fn segment_table(i18n: I18n, segments: Vec<Segment>) -> Option<AnyView> {
    (!segments.is_empty()).then(|| {
        let rows = segments
            .into_iter()
            .map(|Segment { name, who, action }| {
                view! { <li class="card model__segment"><h3>{name}</h3><p class="muted">{who}</p><p>{action}</p></li> }
                    .into_any()
            })
            .collect_view();
        view! {
            <section class="model__segments">
                <h2>{t_string!(i18n, models.segments)}</h2>
                <ul>{rows}</ul>
            </section>
        }
        .into_any()
    })
}
