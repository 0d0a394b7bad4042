//! Merge: several people's documents into the open workspace, previewed, decided place by place, made as one step.

mod base;
mod draft;
mod preview;

use leptos::prelude::*;

use crate::{
    codec::document::DocumentError,
    i18n::{t, t_string, use_i18n},
    store::{Step, use_store},
    ui::{
        components::{
            button::{Button, Variant},
            file_drop::FileDrop,
            progress::Progress,
            tag::Tone,
            toast::use_toasts,
        },
        document::Places,
        format::use_format,
        wording::{self, document, import, merge as words},
    },
};

use base::Base;
use draft::{Draft, Failure, Why, use_draft};
use preview::Preview;

/// The section of the data page.
#[component]
pub(super) fn Merge() -> impl IntoView {
    let i18n = use_i18n();
    let draft = Draft::provide();
    let opened = use_store().library().opened();
    let any = Memo::new(move |_| draft.files.with(|files| !files.is_empty()));
    let planned = Memo::new(move |_| draft.summary.with(Option::is_some));
    view! {
        <section class="card stack data__merge" aria-labelledby="data-merge" data-testid="merge">
            <h2 id="data-merge">{t!(i18n, data.merge.title)}</h2>
            <p class="muted">{t!(i18n, data.merge.sub)}</p>
            <Show
                when=move || opened.get().is_some()
                fallback=move || view! { <p>{t!(i18n, data.merge.no_workspace)}</p> }
            >
                <FileDrop
                    accept=".json,application/json"
                    multiple=true
                    testid="merge-files"
                    on_opened=move |files| draft.open(files)
                />
                <Show when=move || any.get()><Base/></Show>
                <Refused/>
                <Failed/>
                <Done/>
                <Show when=move || draft.busy.get()>
                    <Progress
                        label=Signal::derive(move || t_string!(i18n, data.merge.working).to_owned())
                        share=Signal::derive(|| None::<f64>)
                        on_cancel=move |()| draft.clear()
                    />
                </Show>
                <Show when=move || planned.get()>
                    <Preview/>
                    <div class="row">
                        <Button
                            variant=Variant::Primary
                            disabled=draft.busy
                            on_click=move |_| draft.confirm()
                            attr:data-testid="merge-confirm"
                        >
                            {t!(i18n, data.merge.confirm)}
                        </Button>
                        <Button on_click=move |_| draft.clear()>{t!(i18n, common.cancel)}</Button>
                    </div>
                </Show>
            </Show>
        </section>
    }
}

/// Files that are not merged, each with the reason.
#[component]
fn Refused() -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let draft = use_draft();
    let one = move |(name, why): (String, Why)| {
        let places = match &why {
            Why::Document(DocumentError::Problems(problems)) => problems.clone(),
            _ => Vec::new(),
        };
        let text = match &why {
            Why::Browser(error) => document::file_error(i18n, format, error),
            Why::Document(error) => document::document_error(i18n, format, error),
            Why::Misfit(misfit) => words::misfit(i18n, misfit),
        };
        let title = t_string!(i18n, data.merge.refused, name = name).to_string();
        view! {
            <section class="card notice" data-tone="bad" role="alert" data-testid="merge-refused">
                <h3>{title}</h3>
                <p>{text}</p>
                <Places problems=places/>
            </section>
        }
    };
    move || draft.refused.get().into_iter().map(one).collect_view()
}

/// Why the merge did not happen.
#[component]
fn Failed() -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let draft = use_draft();
    move || {
        let failure = draft.failure.get()?;
        let text = match &failure {
            Failure::Worker(why) => import::no_answer(i18n, why).to_owned(),
            Failure::Unfit(unfit) => t_string!(i18n, import.failed.details, text = unfit.0.clone()).to_string(),
            Failure::Change(error) => document::document_error(i18n, format, error),
            Failure::Refused(rejection) => {
                store.peek(|workspace| wording::rejection(i18n, format, workspace, rejection))
            }
        };
        Some(view! {
            <section class="card notice" data-tone="bad" role="alert" data-testid="merge-failed">
                <h3>{t!(i18n, data.merge.failed)}</h3>
                <p>{text}</p>
            </section>
        })
    }
}

/// What was merged, with the way back.
#[component]
fn Done() -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let (draft, store, toasts) = (use_draft(), use_store(), use_toasts());
    move || {
        let change = draft.done.get()?;
        let count = change.len();
        let text = if change.is_empty() {
            t_string!(i18n, data.merge.nothing_new).to_owned()
        } else {
            t_string!(i18n, data.merge.done_count, count = count, n = format.count(count)).to_string()
        };
        let is_empty = change.is_empty();
        let undo = move |_| {
            let (text, tone) = match store.take_back(&change) {
                Step::Done => (t_string!(i18n, data.merge.undone), Tone::Neutral),
                Step::None | Step::Overtaken => (t_string!(i18n, saving.overtaken), Tone::Warn),
            };
            toasts.say(text.to_owned(), tone);
            draft.clear();
        };
        Some(view! {
            <section class="card notice" data-tone="good" role="status" data-testid="merge-done">
                <h3>{t!(i18n, data.merge.done)}</h3>
                <p>{text}</p>
                {(!is_empty).then(|| view! {
                    <div><Button on_click=undo attr:data-testid="merge-undo">{t!(i18n, data.merge.undo)}</Button></div>
                })}
            </section>
        })
    }
}
