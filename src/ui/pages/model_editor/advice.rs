//! What is done and said in a stage: tasks and the playbook.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Stage, StageId},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
        },
        wording::I18n,
    },
};

/// A text or a list of a stage as a field reads and writes it.
type Reach<T> = (fn(&Stage) -> &T, fn(&mut Stage) -> &mut T);

/// Tasks and playbook.
#[component]
pub(super) fn Advice(desk: Desk, stage: StageId) -> impl IntoView {
    let i18n = use_i18n();
    let text = move |label: fn(I18n) -> &'static str, kind, (read, write): Reach<String>| {
        let value = desk.of(stage, move |stage| read(stage).clone());
        view! {
            <Field
                label=Signal::derive(move || label(i18n).to_owned())
                kind
                value
                on_change=move |text: String| desk.edit_stage(stage, |stage| *write(stage) = text)
            />
        }
        .into_any()
    };
    let list = move |label: fn(I18n) -> &'static str, (read, write): Reach<Vec<String>>| {
        let value = desk.of(stage, move |stage| read(stage).join("\n"));
        let take = move |text: String| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
            desk.edit_stage(stage, |stage| *write(stage) = lines.collect());
        };
        view! {
            <Field
                label=Signal::derive(move || label(i18n).to_owned())
                kind=FieldKind::Long
                value
                hint=Signal::derive(move || t_string!(i18n, model_editor.one_per_line).to_owned())
                on_change=take
            />
        }
        .into_any()
    };
    view! {
        <section class="stack">
            <h3>{t!(i18n, deal.playbook)}</h3>
            {list(|i| t_string!(i, deal.tasks), (|stage| &stage.tasks, |stage| &mut stage.tasks))}
            {text(|i| t_string!(i, model_editor.goal), FieldKind::Text, (|stage| &stage.playbook.goal, |stage| &mut stage.playbook.goal))}
            {text(|i| t_string!(i, deal.strategy), FieldKind::Long, (|stage| &stage.playbook.strategy, |stage| &mut stage.playbook.strategy))}
            {list(|i| t_string!(i, deal.questions), (|stage| &stage.playbook.questions, |stage| &mut stage.playbook.questions))}
            {list(|i| t_string!(i, deal.phrases), (|stage| &stage.playbook.phrases, |stage| &mut stage.playbook.phrases))}
            {list(|i| t_string!(i, deal.material), (|stage| &stage.playbook.material, |stage| &mut stage.playbook.material))}
        </section>
        <Objections desk stage/>
    }
    .into_any()
}

/// Objections with their answers.
#[component]
fn Objections(desk: Desk, stage: StageId) -> impl IntoView {
    let i18n = use_i18n();
    let count = desk.of(stage, |stage| stage.playbook.objections.len());
    let add = move |_| desk.edit_stage(stage, |stage| stage.playbook.objections.push(<(String, String)>::default()));
    view! {
        <section class="stack">
            <h3>{t!(i18n, deal.objections)}</h3>
            <ol class="editor__rows">
                <For each=move || 0..count.get() key=|place| *place let(place)><Objection desk stage place/></For>
            </ol>
            <div><Button icon=icondata_lu::LuPlus on_click=add>{t!(i18n, model_editor.add_objection)}</Button></div>
        </section>
    }
    .into_any()
}

#[component]
fn Objection(desk: Desk, stage: StageId, place: usize) -> impl IntoView {
    let i18n = use_i18n();
    let pair = desk.of(stage, move |stage| stage.playbook.objections.get(place).cloned().unwrap_or_default());
    let edit = move |write: &dyn Fn(&mut (String, String))| {
        desk.edit_stage(stage, |stage| stage.playbook.objections.get_mut(place).into_iter().for_each(write));
    };
    let remove = move |_| {
        desk.edit_stage(stage, |stage| {
            if place < stage.playbook.objections.len() {
                stage.playbook.objections.remove(place);
            }
        });
    };
    view! {
        <li class="editor__row editor__row--pair">
            <Field
                label=Signal::derive(move || t_string!(i18n, model_editor.objection_n, n = place + 1).to_string())
                value=Signal::derive(move || pair.get().0)
                on_change=move |text: String| edit(&|pair| pair.0.clone_from(&text))
            />
            <Field
                label=Signal::derive(move || t_string!(i18n, model_editor.answer_n, n = place + 1).to_string())
                value=Signal::derive(move || pair.get().1)
                on_change=move |text: String| edit(&|pair| pair.1.clone_from(&text))
            />
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuTrash2
                label=Signal::derive(move || t_string!(i18n, model_editor.remove_objection, n = place + 1).to_string())
                on_click=remove
            />
        </li>
    }
    .into_any()
}
