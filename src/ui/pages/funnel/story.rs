//! The story of the case: what to look at, one step after the other.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Date, Workspace},
    store::use_store,
    training::demo::case::TRAINING,
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            icon::Icon,
        },
        format::use_format,
        route::{Query, Route},
        settings::use_settings,
    },
};

/// The card with the steps, in a workspace that has the training of the case and until somebody puts it away.
#[component]
pub(super) fn Story() -> impl IntoView {
    let (store, settings) = (use_store(), use_settings());
    let opened = store.library().opened();
    let told = Memo::new(move |_| {
        let is_away = opened.get().is_none_or(|id| settings.told.with(|told| told.contains_key(&id)));
        if is_away { None } else { store.with(training) }
    });
    move || told.get().map(|(from, stage)| view! { <Card from stage/> })
}

/// The first day of the training of the case, and the name that its stage has now.
fn training(workspace: &Workspace) -> Option<(Date, String)> {
    let training = workspace.interventions.get(TRAINING)?;
    let stage = workspace.models.get(training.model)?.known_stage(training.stage)?;
    Some((training.from, stage.name.clone()))
}

#[component]
fn Card(
    /// The first day of the training.
    from: Date,
    /// The stage that it was about.
    stage: String,
) -> impl IntoView {
    let (i18n, format, store, settings, clock) = (use_i18n(), use_format(), use_store(), use_settings(), use_clock());
    let day_before = from.pred_opt().unwrap_or(from);
    let put_away = move |_| {
        if let Some(id) = store.library().opened().get_untracked() {
            settings.told.update(|told| {
                told.insert(id, clock.today.get_untracked());
            });
        }
    };
    let eve = || Query::default().with("as-of", &day_before.to_string());
    let steps = [
        ("lines", Route::Analysis.href(&eve().with("tab", "movement"))),
        ("bottleneck", Route::Funnel.href(&eve())),
        ("training", Route::Analysis.href(&Query::default().with("tab", "interventions"))),
        (
            "calibration",
            Route::Analysis.href(&Query::default().with("tab", "calibration").with("period", "last-quarter")),
        ),
        ("forecast", Route::Forecast.href(&Query::default().with("tab", "record"))),
    ];
    let named = stage.clone();
    let title = move |step: &str| match step {
        "lines" => t_string!(i18n, case.lines),
        "bottleneck" => t_string!(i18n, case.bottleneck),
        "training" => t_string!(i18n, case.training),
        "calibration" => t_string!(i18n, case.calibration),
        _ => t_string!(i18n, case.forecast),
    };
    let what = move |step: &str| {
        let stage = named.clone();
        match step {
            "lines" => t_string!(i18n, case.lines_what, day = format.date(day_before), stage = stage).to_string(),
            "bottleneck" => t_string!(i18n, case.bottleneck_what, stage = stage).to_string(),
            "training" => t_string!(i18n, case.training_what, day = format.date(from)).to_string(),
            "calibration" => t_string!(i18n, case.calibration_what, stage = stage).to_string(),
            _ => t_string!(i18n, case.forecast_what).to_owned(),
        }
    };
    let step = move |(step, href): (&'static str, String)| {
        let what = what.clone();
        view! {
            <li>
                <a class="link" href=href data-testid="story-step" data-step=step>{move || title(step)}</a>
                <span class="muted small">{move || what(step)}</span>
            </li>
        }
    };
    view! {
        <section class="card story no-print" aria-labelledby="story-title" data-testid="story">
            <div class="story__head">
                <Icon icon=icondata_lu::LuBookOpen/>
                <h2 id="story-title">{t!(i18n, case.title)}</h2>
                <Button
                    variant=Variant::Bare
                    icon=icondata_lu::LuX
                    label=Signal::derive(move || t_string!(i18n, case.put_away).to_owned())
                    on_click=put_away
                    attr:data-testid="story-close"
                />
            </div>
            <p>{move || t_string!(i18n, case.what, stage = stage.clone()).to_string()}</p>
            <ol class="story__steps">{steps.map(step).into_iter().collect_view()}</ol>
        </section>
    }
    .into_any()
}
