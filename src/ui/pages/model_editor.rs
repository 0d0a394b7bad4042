//! The editor of one funnel model: a draft is drawn up, its effect is shown, then it is saved as a dated revision.

mod advice;
mod after_sale;
mod desk;
mod gate;
mod picture;
mod segments;
mod stage;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::{FunnelModel, ModelId, ModelProblem},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::{Field, FieldKind},
        },
        pages::models::{Review, Successors, unknown},
        parts::nothing::NoWorkspace,
        route::{Route, use_navigation},
        wording::model as words,
    },
};

use after_sale::AfterSaleCard;
use desk::Desk;
use picture::Picture;
use segments::Segments;
use stage::Stages;

/// The editor of one funnel model.
#[component]
pub fn ModelEditorPage(
    /// The id of the address, as text.
    id: String,
) -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let id: Option<ModelId> = id.parse().ok();
    let opened = store.library().opened();
    let model = Memo::new(move |_| {
        let model = store.with(|workspace| workspace.models.get(id?).cloned())?;
        Some(FunnelModel::clone(&model))
    });
    let is_there = Memo::new(move |_| model.with(Option::is_some));
    view! {
        <p class="small model__back"><a href=move || navigation.href(&Route::Models)>{t!(i18n, models.title)}</a></p>
        {move || match (opened.get().is_some(), is_there.get().then(|| model.get_untracked()).flatten()) {
            (false, _) => view! {
                <h1>{t!(i18n, model_editor.title)}</h1>
                <NoWorkspace icon=icondata_lu::LuShapes text=Signal::derive(move || t_string!(i18n, model_editor.no_workspace).to_owned())/>
            }
            .into_any(),
            (true, None) => unknown(i18n),
            (true, Some(known)) => view! { <Editor desk=Desk::new(known, model)/> }.into_any(),
        }}
    }
    .into_any()
}

/// The draft, or what it would do.
#[component]
fn Editor(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let reviewing = RwSignal::new(false);
    let title =
        move || t_string!(i18n, model_editor.title_of, name = desk.model.with(|model| model.name.clone())).to_string();
    let on_done = Callback::new(move |saved: bool| {
        if saved {
            desk.discard();
        }
        reviewing.set(false);
    });
    view! {
        <h1 data-testid="editor-title">{title}</h1>
        {move || if reviewing.get() {
            view! { <Review draft=desk.form on_done/> }.into_any()
        } else {
            view! { <Form desk on_review=move |()| reviewing.set(true)/> }.into_any()
        }}
    }
    .into_any()
}

#[component]
fn Form(desk: Desk, #[prop(into)] on_review: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let name = Signal::derive(move || desk.form.with(|form| form.name.clone()));
    let description = Signal::derive(move || desk.form.with(|form| form.description.clone()));
    let nameless = move || {
        let is_nameless = desk.problems.with(|problems| problems.contains(&ModelProblem::NoName));
        is_nameless.then(|| words::problem(i18n, ModelProblem::NoName).to_owned())
    };
    view! {
        <Notices desk/>
        <div class="editor">
            <Picture desk/>
            <div class="stack">
                <section class="card stack">
                    <div data-testid="editor-name">
                        <Field
                            label=Signal::derive(move || t_string!(i18n, model_editor.name).to_owned())
                            value=name
                            required=true
                            error=Signal::derive(nameless)
                            on_change=move |text: String| desk.edit(|form, _| form.name = text)
                            on_input=Callback::new(move |text: String| desk.edit(|form, _| form.name = text))
                        />
                    </div>
                    <Field
                        label=Signal::derive(move || t_string!(i18n, model_editor.description).to_owned())
                        kind=FieldKind::Long
                        value=description
                        on_change=move |text: String| desk.edit(|form, _| form.description = text)
                        on_input=Callback::new(move |text: String| desk.edit(|form, _| form.description = text))
                    />
                </section>
                <Stages desk/>
                <Successors
                    model=desk.model
                    draft=desk.form
                    on_send=move |(from, to)| desk.edit(|form, _| form.send(from, to))
                    on_keep=Callback::new(move |stage| desk.edit(|form, model| form.keep(model, stage)))
                />
                <AfterSaleCard desk/>
                <Segments desk/>
            </div>
        </div>
        <Bar desk on_review/>
    }
    .into_any()
}

/// What the person should know of the draft before going on.
#[component]
fn Notices(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <Show when=move || desk.is_resumed()>
            <p class="card notice" data-tone="accent" data-testid="resumed">{t!(i18n, model_editor.resumed)}</p>
        </Show>
        {move || desk.damaged.get().map(|raw| view! {
            <section class="card notice stack" data-tone="bad" role="alert" data-testid="damaged-draft">
                <p><b>{t!(i18n, model_editor.damaged)}</b>" "{t!(i18n, model_editor.damaged_what)}</p>
                <textarea class="field__control" readonly rows="4" aria-label=move || t_string!(i18n, model_editor.damaged_text)>{raw}</textarea>
                <div><Button on_click=move |_| desk.drop_damaged()>{t!(i18n, model_editor.damaged_drop)}</Button></div>
            </section>
        })}
        <Show when=move || desk.is_overtaken()>
            <p class="card notice" data-tone="warn" role="status">{t!(i18n, model_editor.overtaken)}</p>
        </Show>
    }
}

/// Always in view: whether there is anything to save, and the way there.
#[component]
fn Bar(desk: Desk, on_review: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let format = desk.format;
    let discarding = RwSignal::new(false);
    let says = move || match (desk.is_changed(), desk.faults()) {
        (false, _) => t_string!(i18n, model_editor.no_changes).to_owned(),
        (true, 0) => t_string!(i18n, model_editor.unsaved).to_owned(),
        (true, faults) => t_string!(i18n, model_editor.faults, count = faults, n = format.count(faults)).to_string(),
    };
    let unready = Signal::derive(move || !desk.is_changed() || desk.faults() > 0);
    let discard = move |_| {
        discarding.set(false);
        desk.discard();
    };
    view! {
        <div class="editor__bar">
            <span role="status" data-testid="editor-state">{says}</span>
            <Button disabled=Signal::derive(move || !desk.is_changed()) on_click=move |_| discarding.set(true)>
                {t!(i18n, model_editor.discard)}
            </Button>
            <Button variant=Variant::Primary disabled=unready on_click=move |_| on_review.run(()) attr:data-testid="review">
                {t!(i18n, model_editor.review)}
            </Button>
        </div>
        <Dialog
            open=discarding
            title=Signal::derive(move || t_string!(i18n, model_editor.discard).to_owned())
            on_close=move |()| discarding.set(false)
        >
            <p>{t!(i18n, model_editor.discard_what)}</p>
            <div class="dialog__actions">
                <Button on_click=move |_| discarding.set(false)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Danger on_click=discard>{t!(i18n, model_editor.discard)}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
