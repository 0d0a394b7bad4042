//! What a stage asks for before a deal leaves it.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Criterion, CriterionId, CustomFieldOf, Field as KnownField, ModelProblem, RequiredField, Stage, StageId},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            field::{Checkbox, Field},
        },
        wording::{self, model as words},
    },
};

/// Criteria and required fields.
#[component]
pub(super) fn Gate(desk: Desk, stage: StageId) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let criteria = desk.of(stage, |stage| stage.criteria.iter().map(|criterion| criterion.id).collect::<Vec<_>>());
    let add = move |_| {
        let criterion = Criterion { id: desk.fresh(), text: String::new(), required: true };
        desk.edit_stage(stage, |stage| stage.criteria.push(criterion));
    };
    let fields = desk.of(stage, |stage| stage.required_fields.clone());
    let profile = Memo::new(move |_| store.with(|workspace| workspace.profile.clone()));
    // Those of the profile, then what the stage names although there is no such field.
    let own = Memo::new(move |_| {
        profile.with(|profile| {
            let of = |of| profile.fields_of(of).map(move |field| RequiredField::Own { of, name: field.name.clone() });
            let known = of(CustomFieldOf::Deal).chain(of(CustomFieldOf::Customer)).map(|field| (field, true));
            let gone = |field: &RequiredField| (!field.exists(profile)).then(|| (field.clone(), false));
            fields.with(|fields| known.chain(fields.iter().filter_map(gone)).collect::<Vec<_>>())
        })
    });
    let tick = move |field: RequiredField, exists: bool| {
        let (asked, label) = (field.clone(), field.clone());
        let label = Signal::derive(move || {
            let words = wording::required_field(i18n, &label);
            if exists { words } else { t_string!(i18n, model_editor.no_such_field, field = words).to_string() }
        });
        let require = move |required: bool| {
            desk.edit_stage(stage, |stage| {
                stage.required_fields.retain(|known| *known != field);
                stage.required_fields.extend(required.then(|| field.clone()));
            });
        };
        let value = Signal::derive(move || fields.with(|fields| fields.contains(&asked)));
        view! { <Checkbox label value on_change=require/> }
    };
    let boxes = KnownField::ALL.map(|field| tick(field.into(), true)).collect_view();
    let any_gone = move || own.with(|own| own.iter().any(|(_, exists)| !exists));
    view! {
        <section class="stack">
            <h3>{t!(i18n, model_editor.criteria)}</h3>
            <ol class="editor__rows">
                <For each=move || criteria.get() key=|id| *id let(id)><Row desk stage id/></For>
            </ol>
            <div><Button icon=icondata_lu::LuPlus on_click=add>{t!(i18n, model_editor.add_criterion)}</Button></div>
        </section>
        <fieldset class="editor__fields">
            <legend>{t!(i18n, model_editor.fields)}</legend>
            {boxes}
            <Show when=move || own.with(|own| !own.is_empty())>
                <p class="editor__fields-head muted small">{t!(i18n, custom.title)}</p>
                <For each=move || own.get() key=Clone::clone children=move |(field, exists)| tick(field, exists)/>
            </Show>
            <Show when=any_gone>
                <p class="editor__fields-head muted small">{t!(i18n, model_editor.no_such_field_what)}</p>
            </Show>
        </fieldset>
    }
    .into_any()
}

/// One criterion.
#[component]
fn Row(desk: Desk, stage: StageId, id: CriterionId) -> impl IntoView {
    let i18n = use_i18n();
    let known = move |stage: &Stage| stage.criteria.iter().find(|criterion| criterion.id == id).cloned();
    let criterion = desk.of(stage, known);
    let place = desk.of(stage, move |stage| stage.criteria.iter().position(|criterion| criterion.id == id));
    let number = move || place.get().map_or(0, |place| place + 1);
    let edit = move |write: &dyn Fn(&mut Criterion)| {
        desk.edit_stage(stage, |stage| {
            stage.criteria.iter_mut().filter(|criterion| criterion.id == id).for_each(write);
        });
    };
    let rewrite = move |text: String| edit(&|criterion| criterion.text.clone_from(&text));
    let blank = move || {
        let problem = ModelProblem::BlankCriterion(stage, id);
        desk.problems.with(|problems| problems.contains(&problem)).then(|| words::problem(i18n, problem).to_owned())
    };
    let up = move |_| {
        if let Some(place) = place.get_untracked().filter(|place| *place > 0) {
            desk.edit_stage(stage, |stage| stage.criteria.swap(place, place - 1));
        }
    };
    let remove = move |_| desk.edit_stage(stage, |stage| stage.criteria.retain(|criterion| criterion.id != id));
    view! {
        <li class="editor__row">
            <Field
                label=Signal::derive(move || t_string!(i18n, model_editor.criterion_n, n = number()).to_string())
                value=Signal::derive(move || criterion.get().map(|criterion| criterion.text).unwrap_or_default())
                error=Signal::derive(blank)
                on_change=rewrite
                on_input=Callback::new(rewrite)
            />
            <Checkbox
                label=Signal::derive(move || t_string!(i18n, model_editor.required).to_owned())
                value=Signal::derive(move || criterion.get().is_some_and(|criterion| criterion.required))
                on_change=move |required| edit(&|criterion| criterion.required = required)
            />
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuArrowUp
                label=Signal::derive(move || t_string!(i18n, model_editor.criterion_up, n = number()).to_string())
                disabled=Signal::derive(move || place.get() == Some(0))
                on_click=up
            />
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuTrash2
                label=Signal::derive(move || t_string!(i18n, model_editor.remove_criterion, n = number()).to_string())
                on_click=remove
            />
        </li>
    }
    .into_any()
}
