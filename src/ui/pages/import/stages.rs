//! Stages: which model the deals run through, what the values of the stage column mean, in which order the stages stand.

use leptos::prelude::*;

use super::{
    choice::{at, place, says},
    draft::use_draft,
};
use crate::{
    codec::csv::{StageChoice, StageRole, StageValue},
    i18n::{t, t_string, use_i18n},
    ui::{
        components::{
            button::{Button, Variant},
            choice::Choice,
            field::SelectField,
        },
        format::use_format,
        wording::import as words,
    },
};

const ROLES: [StageRole; 4] = [StageRole::Open, StageRole::Won, StageRole::Lost, StageRole::Dormant];

/// The value of the select of models that makes a new one.
const NEW: &str = "new";

/// Shown when there are deals.
#[component]
pub(super) fn Stages() -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let model = Memo::new(move |_| draft.summary.with(|summary| summary.as_ref().and_then(|s| s.model.clone())));
    let stages = Memo::new(move |_| {
        let names = |summary: &Option<std::sync::Arc<crate::codec::csv::Summary>>| {
            summary.iter().flat_map(|s| s.stages.iter().map(|stage| stage.name.clone())).collect::<Vec<_>>()
        };
        draft.summary.with(names)
    });
    let which = move || match model.get() {
        Some((name, true)) => t_string!(i18n, import.stages.makes, name = name).to_string(),
        Some((name, false)) => t_string!(i18n, import.stages.uses, name = name).to_string(),
        None => String::new(),
    };
    let is_new = Memo::new(move |_| model.get().is_some_and(|(_, is_new)| is_new));
    view! {
        <Show when=move || model.get().is_some()>
            <section class="card stack" aria-labelledby="import-stages">
                <h2 id="import-stages">{t!(i18n, import.stages.title)}</h2>
                <p>{which}</p>
                <div class="import__choices">
                    <ModelChoice/>
                    <ClosedFrom stages/>
                </div>
                <Values stages/>
                <Show when=move || is_new.get()><Order stages/></Show>
            </section>
        </Show>
    }
}

/// The model to use.
#[component]
fn ModelChoice() -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let options = Signal::derive(move || {
        // A plan is made anew whenever the workspace changes, so following it is enough.
        draft.summary.track();
        let mut options = vec![
            (String::new(), t_string!(i18n, import.stages.automatic).to_owned()),
            (NEW.to_owned(), t_string!(i18n, import.stages.make).to_owned()),
        ];
        draft.target(|workspace| {
            options.extend(workspace.models.iter().map(|model| (model.id.to_string(), model.name.clone())));
        });
        options
    });
    let value = Signal::derive(move || {
        draft.options.with(|options| match &options.model {
            Some(id) => id.clone(),
            None if options.new_model => NEW.to_owned(),
            None => String::new(),
        })
    });
    let choose = move |value: String| {
        draft.decide(|options| {
            options.new_model = value == NEW;
            options.model = Some(value).filter(|value| !value.is_empty() && value != NEW);
            options.stage_order.clear();
        });
    };
    view! {
        <SelectField label=says(move || t_string!(i18n, import.stages.model)) options value on_change=choose/>
    }
}

/// Where closed deals stood before, when the file does not say.
#[component]
fn ClosedFrom(stages: Memo<Vec<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let options = Signal::derive(move || {
        let mut options = vec![(String::new(), t_string!(i18n, import.stages.last_stage).to_owned())];
        options.extend(stages.get().into_iter().map(|stage| (stage.clone(), stage)));
        options
    });
    let value = Signal::derive(move || draft.options.with(|options| options.closed_from.clone().unwrap_or_default()));
    let choose = move |value: String| {
        draft.decide(|options| options.closed_from = Some(value).filter(|value| !value.is_empty()));
    };
    view! {
        <SelectField label=says(move || t_string!(i18n, import.stages.closed_from)) options value on_change=choose/>
    }
}

/// The values of the stage column.
#[component]
fn Values(stages: Memo<Vec<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let values = move || {
        draft.summary.with(|summary| {
            summary.iter().flat_map(|s| s.stage_values.iter().map(|value| value.value.clone())).collect::<Vec<_>>()
        })
    };
    view! {
        <div class="table-scroll">
            <table class="table import__table">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, import.stages.value)}</th>
                        <th scope="col" class="import__figure">{t!(i18n, import.stages.rows)}</th>
                        <th scope="col">{t!(i18n, import.stages.means)}</th>
                        <th scope="col">{t!(i18n, import.stages.stands_for)}</th>
                    </tr>
                </thead>
                <tbody>
                    <For each=values key=Clone::clone let(value)>
                        <Value value stages/>
                    </For>
                </tbody>
            </table>
        </div>
    }
}

/// One value.
#[component]
fn Value(value: String, stages: Memo<Vec<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let value = StoredValue::new(value);
    let found = Memo::new(move |_| {
        let is_this = |found: &&StageValue| value.with_value(|value| found.value == *value);
        draft.summary.with(|summary| summary.as_ref().and_then(|s| s.stage_values.iter().find(is_this).cloned()))
    });
    let role = Memo::new(move |_| found.get().map_or(StageRole::Open, |found| found.role));
    let roles = Signal::derive(move || {
        ROLES
            .iter()
            .enumerate()
            .map(|(n, role)| (n.to_string(), words::stage_role(i18n, *role).to_owned()))
            .collect::<Vec<_>>()
    });
    let chosen_stage = Signal::derive(move || {
        let chosen = draft.options.with(|options| options.stages.get(&value.get_value()).cloned());
        chosen.and_then(|choice| choice.stage).unwrap_or_default()
    });
    let stage_options = Signal::derive(move || {
        let mut options = vec![(String::new(), t_string!(i18n, import.stages.by_name).to_owned())];
        options.extend(stages.get().into_iter().map(|stage| (stage.clone(), stage)));
        options
    });
    let put = move |choice: StageChoice| {
        draft.decide(|options| {
            options.stages.insert(value.get_value(), choice);
        });
    };
    let set_role = move |place: String| {
        if let Some(role) = at(&ROLES, &place) {
            put(StageChoice { role, stage: Some(chosen_stage.get_untracked()).filter(|stage| !stage.is_empty()) });
        }
    };
    let set_stage = move |stage: String| {
        put(StageChoice { role: role.get_untracked(), stage: Some(stage).filter(|stage| !stage.is_empty()) });
    };
    view! {
        <tr>
            <th scope="row">{value.get_value()}</th>
            <td class="import__figure">{move || format.count(found.get().map(|found| found.rows))}</td>
            <td>
                <Choice
                    label=says(move || t_string!(i18n, import.stages.means))
                    options=roles
                    value=Signal::derive(move || place(&ROLES, &role.get()))
                    on_change=set_role
                />
            </td>
            <td>
                <Show when=move || role.get() == StageRole::Open>
                    <Choice
                        label=says(move || t_string!(i18n, import.stages.stands_for))
                        options=stage_options
                        value=chosen_stage
                        on_change=set_stage
                    />
                </Show>
            </td>
        </tr>
    }
}

/// The stages of a new model, to be put in order.
#[component]
fn Order(stages: Memo<Vec<String>>) -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let reason = move || {
        let order = draft.summary.with(|summary| summary.as_ref().and_then(|s| s.order));
        order.map(|order| words::order_reason(i18n, order))
    };
    let shift = move |stage: &str, earlier: bool| {
        let mut order = stages.get_untracked();
        let Some(place) = order.iter().position(|other| other == stage) else { return };
        let to = if earlier { place.checked_sub(1) } else { Some(place + 1).filter(|to| *to < order.len()) };
        if let Some(to) = to {
            order.swap(place, to);
            draft.decide(|options| options.stage_order = order);
        }
    };
    view! {
        <div>
            <h3>{t!(i18n, import.stages.order)}</h3>
            <p class="muted small">{reason}</p>
            <ol class="import__order">
                <For each=move || stages.get() key=Clone::clone let(stage)>
                    {
                        let stage = StoredValue::new(stage);
                        let earlier = Signal::derive(move || t_string!(i18n, import.stages.earlier, stage = stage.get_value()).to_string());
                        let later = Signal::derive(move || t_string!(i18n, import.stages.later, stage = stage.get_value()).to_string());
                        let first = Signal::derive(move || stages.with(|stages| stages.first() == Some(&stage.get_value())));
                        let last = Signal::derive(move || stages.with(|stages| stages.last() == Some(&stage.get_value())));
                        view! {
                            <li class="import__stage">
                                <span>{stage.get_value()}</span>
                                <Button variant=Variant::Bare icon=icondata_lu::LuArrowUp label=earlier disabled=first on_click=move |_| stage.with_value(|stage| shift(stage, true))/>
                                <Button variant=Variant::Bare icon=icondata_lu::LuArrowDown label=later disabled=last on_click=move |_| stage.with_value(|stage| shift(stage, false))/>
                            </li>
                        }
                    }
                </For>
            </ol>
        </div>
    }
}
