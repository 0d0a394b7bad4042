//! The segments of a model that nurtures.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{ModelProblem, Segment},
    ui::{
        components::{
            button::{Button, Variant},
            field::Field,
        },
        wording::model as words,
    },
};

/// All segments, and a button to add one.
#[component]
pub(super) fn Segments(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let count = Memo::new(move |_| desk.form.with(|form| form.segments.len()));
    let add = move |_| {
        let segment = Segment { name: String::new(), who: String::new(), action: String::new() };
        desk.edit(|form, _| form.segments.push(segment));
    };
    view! {
        <section class="card stack" aria-labelledby="editor-segments">
            <h2 id="editor-segments">{t!(i18n, model_editor.segments)}</h2>
            <p class="muted small">{t!(i18n, model_editor.segments_what)}</p>
            <ol class="editor__rows">
                <For each=move || 0..count.get() key=|place| *place let(place)><Row desk place/></For>
            </ol>
            <div><Button icon=icondata_lu::LuPlus on_click=add>{t!(i18n, model_editor.add_segment)}</Button></div>
        </section>
    }
    .into_any()
}

#[component]
fn Row(desk: Desk, place: usize) -> impl IntoView {
    let i18n = use_i18n();
    let text = move |read: fn(&Segment) -> &String| {
        let read = move || desk.form.with(|form| form.segments.get(place).map(|segment| read(segment).clone()));
        Signal::derive(move || read().unwrap_or_default())
    };
    let edit = move |write: &dyn Fn(&mut Segment)| {
        desk.edit(|form, _| form.segments.get_mut(place).into_iter().for_each(write));
    };
    let nameless = move || {
        let problem = ModelProblem::NamelessSegment(place);
        desk.problems.with(|problems| problems.contains(&problem)).then(|| words::problem(i18n, problem).to_owned())
    };
    let rename = move |text: String| edit(&|segment| segment.name.clone_from(&text));
    let remove = move |_| {
        desk.edit(|form, _| {
            if place < form.segments.len() {
                form.segments.remove(place);
            }
        });
    };
    view! {
        <li class="editor__row editor__row--triple">
            <Field
                label=Signal::derive(move || t_string!(i18n, model_editor.segment_n, n = place + 1).to_string())
                value=text(|segment| &segment.name)
                error=Signal::derive(nameless)
                on_change=rename
                on_input=Callback::new(rename)
            />
            <Field
                label=Signal::derive(move || t_string!(i18n, model_editor.segment_who).to_owned())
                value=text(|segment| &segment.who)
                on_change=move |text: String| edit(&|segment| segment.who.clone_from(&text))
            />
            <Field
                label=Signal::derive(move || t_string!(i18n, model_editor.segment_action).to_owned())
                value=text(|segment| &segment.action)
                on_change=move |text: String| edit(&|segment| segment.action.clone_from(&text))
            />
            <Button
                variant=Variant::Bare
                icon=icondata_lu::LuTrash2
                label=Signal::derive(move || t_string!(i18n, model_editor.remove_segment, n = place + 1).to_string())
                on_click=remove
            />
        </li>
    }
    .into_any()
}
