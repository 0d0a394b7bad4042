//! What the model assumes against what happened, and a revision of the model from it.

use std::sync::Arc;

use leptos::prelude::*;

use super::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::calibration::{DaysCheck, ShareCheck, StageCheck, calibration},
    model::{Command, FunnelModel, ModelDraft, Stage},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            explain::Explain,
            tag::{Tag, Tone},
        },
        format::{Format, UNKNOWN, use_format},
        parts::{counted::made_anew, mover::Mover},
        route::{Query, Route},
        wording::I18n,
    },
};

#[component]
pub(super) fn CalibrationTab(desk: Desk) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let mover = Mover::new(Callback::new(|_| ()));
    let checks = Memo::new_with_compare(
        move |_| {
            let (counted, model) = (desk.counted.get(), desk.model.get());
            Arc::new(desk.scope.with(|scope| {
                let checks = calibration(&counted.frame.view(scope.as_of, &scope.filter), model.as_deref()?)?;
                Some((model?, checks))
            }))
        },
        made_anew,
    );
    let proposed = move || {
        checks.with(|found| {
            found.as_ref().as_ref().is_some_and(|(model, checks)| checks.iter().any(|c| c.proposes(model)))
        })
    };
    // A model of the past cannot be revised.
    let is_present = Memo::new(move |_| {
        let shown = desk.model.get();
        shown.is_some_and(|model| store.with(|w| w.models.get(model.id).is_some_and(|now| now.stages == model.stages)))
    });
    let accept = move |_| {
        let found = checks.get_untracked();
        let Some((model, checks)) = found.as_ref() else { return };
        match store.dispatch(Command::ReviseModel(Box::new(revised(model, checks)))) {
            Ok(change) => mover.offer_undo(t_string!(i18n, analysis.accepted).to_owned(), change),
            Err(rejection) => mover.complain(&rejection),
        }
    };
    let rows = move || {
        let found = checks.get();
        let (model, checks) = found.as_ref().as_ref()?;
        let rows = model.stages.iter().zip(checks).map(|(stage, check)| line(desk, i18n, format, stage, check));
        Some(rows.collect_view())
    };
    let to_model = move || {
        let id = desk.model.get().map(|model| model.id.to_string()).unwrap_or_default();
        Route::Model(id).href(&Query::default())
    };
    view! {
        <section class="card stack">
            <h2>{t!(i18n, analysis.calibration)}</h2>
            <p class="muted small">{t!(i18n, analysis.calibration_what)}</p>
            <div class="table-scroll" tabindex="0" role="region" aria-label=move || t_string!(i18n, analysis.calibration)>
                <table class="table figures" data-testid="calibration">
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, funnel.stage)}</th>
                            <th scope="col">{t!(i18n, domain.field.probability)}</th>
                            <th scope="col">{t!(i18n, analysis.flow.rate)}</th>
                            <th scope="col">{t!(i18n, analysis.days_in_stage)}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
            <div class="row">
                <Show when=move || proposed() && is_present.get() fallback=move || view! { <p class="muted">{t!(i18n, analysis.nothing_proposed)}</p> }>
                    <span data-testid="calibrate">
                        <Button variant=Variant::Primary icon=icondata_lu::LuCheck on_click=accept>{t!(i18n, analysis.accept)}</Button>
                    </span>
                </Show>
                <a class="link" href=to_model>{t!(i18n, analysis.to_model)}</a>
            </div>
        </section>
    }
    .into_any()
}

/// The model with what is proposed for each stage.
fn revised(model: &FunnelModel, checks: &[StageCheck]) -> ModelDraft {
    let mut draft = ModelDraft::of(model);
    for check in checks {
        if let Some(stage) = draft.stage_mut(check.stage) {
            stage.probability = check.probability.proposal();
            stage.promotion_rate = check.promotion.proposal();
            stage.expected_days = check.days.proposal();
        }
    }
    draft
}

fn line(desk: Desk, i18n: I18n, format: Format, stage: &Stage, check: &StageCheck) -> AnyView {
    let (name, deals) = (stage.name.clone(), check.deals.clone());
    let title = t_string!(i18n, funnel.list.entered, stage = name.clone()).to_string();
    let shares = [&check.probability, &check.promotion].map(|share| {
        let proposal = share.proposal().as_f64();
        let changed = (proposal - share.assumed).abs() > 1e-9;
        view! { <td>{values(i18n, format.percent(share.assumed, 0), share_words(format, share), changed.then(|| format.percent(proposal, 0)))}{explain(i18n, format, share)}</td> }
    });
    let days = &check.days;
    let proposed = (days.proposal() != days.assumed).then(|| format.days(f64::from(days.proposal())));
    let seen = days_words(format, days);
    view! {
        <tr>
            <th scope="row">
                <button type="button" class="link" on:click=move |_| desk.opener.run(title.clone(), &deals, String::new())>{name}</button>
            </th>
            {shares.collect_view()}
            <td>{values(i18n, format.days(f64::from(days.assumed)), seen, proposed)}</td>
        </tr>
    }
    .into_any()
}

/// What is assumed, what was seen, and what is proposed if it differs.
fn values(i18n: I18n, assumed: String, seen: String, proposed: Option<String>) -> AnyView {
    let proposed = proposed.map(|value| {
        let words = t_string!(i18n, analysis.proposed, value = value).to_string();
        view! { <Tag tone=Signal::derive(|| Tone::Warn)>{words}</Tag> }
    });
    view! {
        <span class="calibration__values">
            <span>{t_string!(i18n, analysis.assumed, value = assumed).to_string()}</span>
            <span class="muted small">{t_string!(i18n, analysis.seen, value = seen).to_string()}</span>
            {proposed}
        </span>
    }
    .into_any()
}

fn share_words(format: Format, share: &ShareCheck) -> String {
    if share.decided == 0 {
        return UNKNOWN.to_owned();
    }
    let (low, high) = (format.percent(share.interval.low, 0), format.percent(share.interval.high, 0));
    [&format.percent(share.mean, 0), " (", &low, "–", &high, ")"].concat()
}

fn days_words(format: Format, days: &DaysCheck) -> String {
    let shown = |days: Option<u32>| days.map_or_else(|| UNKNOWN.to_owned(), |days| format.number(f64::from(days), 0));
    match days.median {
        None => UNKNOWN.to_owned(),
        Some(median) => {
            [&format.days(f64::from(median)), " (", &shown(days.lower), "–", &shown(days.upper), ")"].concat()
        }
    }
}

fn explain(i18n: I18n, format: Format, share: &ShareCheck) -> AnyView {
    let formula = t_string!(
        i18n,
        analysis.posterior_formula,
        assumed = format.percent(share.assumed, 0),
        hits = format.count(share.hits),
        decided = format.count(share.decided),
        mean = format.percent(share.mean, 1)
    )
    .to_string();
    let counted = t_string!(i18n, funnel.deals, count = format.count(share.decided)).to_string();
    view! { <Explain formula counted/> }.into_any()
}
