//! The forms that a model had: listed, compared, restored.

use leptos::prelude::*;

use super::{differences::of_forms, review::Review, successors::Successors};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Date, FunnelModel, ModelDraft, Revision, StageId},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            button::Button,
            field::{Checkbox, SelectField},
        },
        format::{Format, use_format},
        wording::I18n,
    },
};

/// The revisions of a model of the workspace.
#[component]
pub(super) fn Revisions(
    /// The model, followed.
    model: Memo<FunnelModel>,
) -> impl IntoView {
    let i18n = use_i18n();
    let restoring = RwSignal::new(None::<usize>);
    view! {
        <section class="model__revisions stack" aria-labelledby="revisions" data-testid="revisions">
            <h2 id="revisions">{t!(i18n, model_editor.revisions)}</h2>
            {move || match (restoring.get(), model.with(|model| model.revisions.len())) {
                (_, 0) => view! { <p class="muted">{t!(i18n, model_editor.revisions_none)}</p> }.into_any(),
                (Some(place), count) if place < count => view! { <Restore model place restoring/> }.into_any(),
                _ => view! { <Listed model restoring/><Compared model/> }.into_any(),
            }}
        </section>
    }
    .into_any()
}

/// The name of a form: its number and the day it was replaced; the one after the last is the present one.
fn title(i18n: I18n, format: Format, model: &FunnelModel, place: usize) -> String {
    match model.revisions.get(place) {
        Some(revision) => {
            let (n, day) = (place + 1, format.date(revision.until));
            t_string!(i18n, model_editor.form_until, n = n, day = day).to_string()
        }
        None => t_string!(i18n, model_editor.form_now).to_owned(),
    }
}

/// A form; the one after the last is the present one, as if it were replaced today.
fn form(model: &FunnelModel, place: usize, today: Date) -> Revision {
    model.revisions.get(place).cloned().unwrap_or_else(|| model.replaced(today))
}

/// Every form, the present one first.
#[component]
fn Listed(model: Memo<FunnelModel>, restoring: RwSignal<Option<usize>>) -> impl IntoView {
    let (i18n, format, today) = (use_i18n(), use_format(), use_clock().today);
    let rows = move || {
        let row = |model: &FunnelModel, place: usize| {
            let Revision { cover, stages, after_sale, .. } = form(model, place, today.get());
            let names: Vec<_> = stages.into_iter().map(|stage| stage.name).collect();
            let called = cover.map(|cover| cover.name).filter(|name| *name != model.name);
            let called = called.map(|name| t_string!(i18n, model_editor.was_called, name = name).to_string());
            let after = after_sale.map(|after| t_string!(i18n, after_sale.then, name = after.name).to_string());
            let heading = title(i18n, format, model, place);
            let label = heading.clone();
            let restore = (place < model.revisions.len()).then(|| {
                let label = Signal::derive(move || t_string!(i18n, model_editor.restore_one, form = label.clone()).to_string());
                view! {
                    <Button on_click=move |_| restoring.set(Some(place)) attr:aria-label=label attr:data-testid="restore">
                        {t!(i18n, model_editor.restore)}
                    </Button>
                }
            });
            view! {
                <li class="card model__revision">
                    <div>
                        <b>{heading}</b>
                        {called.map(|called| view! { <p class="small">{called}</p> })}
                        <p class="small muted">{names.join(" → ")}</p>
                        {after.map(|after| view! { <p class="small muted">{after}</p> })}
                    </div>
                    {restore}
                </li>
            }
            .into_any()
        };
        model.with(|model| (0..=model.revisions.len()).rev().map(|place| row(model, place)).collect_view())
    };
    view! { <ol class="editor__rows">{rows}</ol> }.into_any()
}

/// Any two forms side by side.
#[component]
fn Compared(model: Memo<FunnelModel>) -> impl IntoView {
    let (i18n, format, today) = (use_i18n(), use_format(), use_clock().today);
    let count = move || model.with(|model| model.revisions.len());
    // The latest change, until somebody chooses.
    let (from, to) = (RwSignal::new(None::<usize>), RwSignal::new(None::<usize>));
    let earlier = Memo::new(move |_| from.get().unwrap_or_else(|| count().saturating_sub(1)));
    let later = Memo::new(move |_| to.get().unwrap_or_else(count));
    let options = Signal::derive(move || {
        let forms = 0..=count();
        model
            .with(|model| forms.map(|place| (place.to_string(), title(i18n, format, model, place))).collect::<Vec<_>>())
    });
    let differences = move || {
        let (earlier, later) = (earlier.get(), later.get());
        let today = today.get();
        model.with(|model| of_forms(i18n, format, &form(model, earlier, today), &form(model, later, today)))
    };
    view! {
        <div class="card stack" data-testid="compare">
            <div class="pair">
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, model_editor.compare_from).to_owned())
                    options
                    value=Signal::derive(move || earlier.get().to_string())
                    on_change=move |place: String| from.set(place.parse().ok())
                />
                <SelectField
                    label=Signal::derive(move || t_string!(i18n, model_editor.compare_to).to_owned())
                    options
                    value=Signal::derive(move || later.get().to_string())
                    on_change=move |place: String| to.set(place.parse().ok())
                />
            </div>
            {differences}
        </div>
    }
    .into_any()
}

/// An earlier form as a draft: where the stages that it did not have go is a choice, and whether deals come home that revisions
/// put elsewhere; then its effect is shown.
#[component]
fn Restore(model: Memo<FunnelModel>, place: usize, restoring: RwSignal<Option<usize>>) -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let drawn = move || {
        model.with_untracked(|model| {
            let mut draft = ModelDraft::of(model);
            if let Some(form) = model.revisions.get(place) {
                draft.restore(model, form);
            }
            draft
        })
    };
    let draft = RwSignal::new(drawn());
    let returning = Memo::new(move |_| draft.with(|draft| model.with(|model| draft.returning(model))));
    let coming = Memo::new(move |_| {
        draft.with(|draft| returning.with(|stages| store.with(|workspace| draft.coming_home(workspace, stages))))
    });
    let bring = move || {
        let (count, n) = (coming.get(), format.count(coming.get()));
        t_string!(i18n, model_editor.bring_back, count = count, n = n).to_string()
    };
    let unknown = move || model.with(|model| model.revisions.get(place).is_some_and(|form| form.cover.is_none()));
    let heading = move || {
        model.with(|model| {
            t_string!(i18n, model_editor.restore_title, form = title(i18n, format, model, place)).to_string()
        })
    };
    view! {
        <h3>{heading}</h3>
        <Show when=unknown><p class="muted small">{t!(i18n, model_editor.cover_unknown)}</p></Show>
        <Show when=move || coming.get() != 0>
            <div class="card stack" data-testid="bring-back">
                <Checkbox
                    label=Signal::derive(bring)
                    value=Signal::derive(move || draft.with(|draft| !draft.home.is_empty()))
                    on_change=move |on: bool| draft.update(|draft| {
                        draft.home = if on { returning.get_untracked() } else { Vec::new() };
                    })
                />
                <p class="muted small">{t!(i18n, model_editor.bring_back_what)}</p>
            </div>
        </Show>
        <Successors
            model
            draft
            on_send=move |(from, to): (StageId, StageId)| draft.update(|draft| draft.send(from, to))
        />
        <Review draft on_done=Callback::new(move |_| restoring.set(None))/>
    }
    .into_any()
}
