//! What is done and said in a stage or after the win: tasks and the playbook.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{ModelDraft, Playbook, StageId},
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
        },
        wording::I18n,
    },
};

/// Whose tasks and playbook it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Whose {
    /// Those of a stage.
    Stage(StageId),
    /// Those of what follows after the win.
    AfterSale,
}

impl Whose {
    /// Something of it, followed; the default once it is gone.
    fn of<T: Default + Clone + PartialEq + Send + Sync + 'static>(
        self,
        desk: Desk,
        read: impl Fn(&Vec<String>, &Playbook) -> T + Send + Sync + 'static,
    ) -> Memo<T> {
        Memo::new(move |_| {
            let read = |form: &ModelDraft| match self {
                Self::Stage(id) => form.stage(id).map(|stage| read(&stage.tasks, &stage.playbook)),
                Self::AfterSale => form.after_sale.as_ref().map(|after| read(&after.tasks, &after.playbook)),
            };
            desk.form.with(read).unwrap_or_default()
        })
    }

    fn edit(self, desk: Desk, write: impl FnOnce(&mut Vec<String>, &mut Playbook)) {
        desk.edit(|form, _| match self {
            Self::Stage(id) => {
                if let Some(stage) = form.stage_mut(id) {
                    write(&mut stage.tasks, &mut stage.playbook);
                }
            }
            Self::AfterSale => {
                if let Some(after) = &mut form.after_sale {
                    write(&mut after.tasks, &mut after.playbook);
                }
            }
        });
    }
}

/// A text or a list of the playbook as a field reads and writes it.
type Reach<T> = (fn(&Playbook) -> &T, fn(&mut Playbook) -> &mut T);

/// Tasks and playbook.
#[component]
pub(super) fn Advice(desk: Desk, whose: Whose) -> impl IntoView {
    let i18n = use_i18n();
    let text = move |label: fn(I18n) -> &'static str, kind, (read, write): Reach<String>| {
        let value = whose.of(desk, move |_, playbook| read(playbook).clone());
        view! {
            <Field
                label=Signal::derive(move || label(i18n).to_owned())
                kind
                value
                on_change=move |text: String| whose.edit(desk, |_, playbook| *write(playbook) = text)
            />
        }
        .into_any()
    };
    let lines = move |label: fn(I18n) -> &'static str, value: Memo<String>, keep: Callback<Vec<String>>| {
        let take = move |text: String| {
            let lines = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
            keep.run(lines.collect());
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
    let list = move |label: fn(I18n) -> &'static str, (read, write): Reach<Vec<String>>| {
        let value = whose.of(desk, move |_, playbook| read(playbook).join("\n"));
        let keep = Callback::new(move |lines| whose.edit(desk, |_, playbook| *write(playbook) = lines));
        lines(label, value, keep)
    };
    let [goal, done]: [fn(I18n) -> &'static str; 2] = match whose {
        Whose::Stage(_) => [|i| t_string!(i, model_editor.goal), |i| t_string!(i, deal.tasks)],
        Whose::AfterSale => [|i| t_string!(i, after_sale.goal), |i| t_string!(i, after_sale.tasks)],
    };
    let tasks = whose.of(desk, |tasks, _| tasks.join("\n"));
    let keep_tasks = Callback::new(move |lines| whose.edit(desk, |tasks, _| *tasks = lines));
    view! {
        <section class="stack">
            <h3>{t!(i18n, deal.playbook)}</h3>
            {lines(done, tasks, keep_tasks)}
            {text(goal, FieldKind::Text, (|book| &book.goal, |book| &mut book.goal))}
            {text(|i| t_string!(i, deal.strategy), FieldKind::Long, (|book| &book.strategy, |book| &mut book.strategy))}
            {list(|i| t_string!(i, deal.questions), (|book| &book.questions, |book| &mut book.questions))}
            {list(|i| t_string!(i, deal.phrases), (|book| &book.phrases, |book| &mut book.phrases))}
            {list(|i| t_string!(i, deal.material), (|book| &book.material, |book| &mut book.material))}
        </section>
        <Objections desk whose/>
    }
    .into_any()
}

/// Objections with their answers.
#[component]
fn Objections(desk: Desk, whose: Whose) -> impl IntoView {
    let i18n = use_i18n();
    let count = whose.of(desk, |_, playbook| playbook.objections.len());
    let add = move |_| whose.edit(desk, |_, playbook| playbook.objections.push(<(String, String)>::default()));
    view! {
        <section class="stack">
            <h3>{t!(i18n, deal.objections)}</h3>
            <ol class="editor__rows">
                <For each=move || 0..count.get() key=|place| *place let(place)><Objection desk whose place/></For>
            </ol>
            <div><Button icon=icondata_lu::LuPlus on_click=add>{t!(i18n, model_editor.add_objection)}</Button></div>
        </section>
    }
    .into_any()
}

#[component]
fn Objection(desk: Desk, whose: Whose, place: usize) -> impl IntoView {
    let i18n = use_i18n();
    let pair = whose.of(desk, move |_, playbook| playbook.objections.get(place).cloned().unwrap_or_default());
    let edit = move |write: &dyn Fn(&mut (String, String))| {
        whose.edit(desk, |_, playbook| playbook.objections.get_mut(place).into_iter().for_each(write));
    };
    let remove = move |_| {
        whose.edit(desk, |_, playbook| {
            if place < playbook.objections.len() {
                playbook.objections.remove(place);
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
