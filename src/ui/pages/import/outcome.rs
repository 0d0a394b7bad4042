//! How it ended: what was imported, what was refused, what failed.

use std::sync::Arc;

use leptos::{html, prelude::*, task::spawn_local};

use super::{
    StartOver,
    draft::{Failure, Refused, Why, use_draft},
};
use crate::{
    i18n::{t, t_string, use_i18n},
    store::{Step, use_store},
    ui::{
        background::NoAnswer,
        components::{
            button::{Button, Variant},
            icon::Icon,
            tag::Tone,
            toast::use_toasts,
        },
        document::{Opened, Opening},
        format::use_format,
        route::{Route, use_navigation},
        wording::{self, document, import as words, storage},
    },
};

/// What was imported, with the next steps.
#[component]
pub(super) fn Outcome() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let store = use_store();
    let toasts = use_toasts();
    let navigation = use_navigation();
    let undo = move |_| {
        let (text, tone) = match store.undo() {
            Step::Done => (t_string!(i18n, import.done.undone), Tone::Neutral),
            Step::None | Step::Overtaken => (t_string!(i18n, saving.overtaken), Tone::Warn),
        };
        toasts.say(text.to_owned(), tone);
        draft.restart();
    };
    let deals = move || {
        let done = draft.done.get()?;
        let count = done.deals;
        Some(
            t_string!(i18n, import.done.deals, count = count, n = format.count(count), name = done.workspace)
                .to_string(),
        )
    };
    let others = move || {
        let count = draft.done.get()?.others;
        (count > 0).then(|| t_string!(i18n, import.done.records, count = count, n = format.count(count)).to_string())
    };
    let is_done = Memo::new(move |_| draft.done.with(Option::is_some));
    // The button that had the focus is gone; readers go on here.
    let section = NodeRef::<html::Section>::new();
    Effect::new(move || {
        if let Some(section) = section.get() {
            // Refused only for an element that is not in the page.
            section.focus().ok();
        }
    });
    view! {
        <Show when=move || is_done.get()>
            <section node_ref=section class="card import__done" tabindex="-1" data-testid="import-done">
                <h2 class="import__done-title"><Icon icon=icondata_lu::LuCircleCheck/>{t!(i18n, import.done.title)}</h2>
                <p>{deals}</p>
                <p class="muted">{others}</p>
                <div class="row">
                    <a class="button button--primary" href=move || navigation.href(&Route::Board)>{t!(i18n, import.done.board)}</a>
                    <a class="button" href=move || navigation.href(&Route::Funnel)>{t!(i18n, import.done.funnel)}</a>
                    <Button on_click=undo icon=icondata_lu::LuUndo2>{t!(i18n, import.done.undo)}</Button>
                    <Button variant=Variant::Bare on_click=move |_| draft.restart()>{t!(i18n, import.done.more)}</Button>
                </div>
            </section>
        </Show>
    }
}

/// Files that were not read, each with the reason.
#[component]
pub(super) fn Refusals() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let opening = Opening::new();
    let line = move |refused: Refused| {
        let Refused { name, why, bytes } = refused;
        let words = match why {
            Why::Browser(error) => document::file_error(i18n, format, &error),
            Why::Contents(refusal) => words::refusal(i18n, &refusal).to_owned(),
        };
        let open = (!bytes.is_empty()).then(|| {
            let (name, bytes) = (name.clone(), Arc::clone(&bytes));
            let open = move |_| {
                let (name, bytes) = (name.clone(), bytes.to_vec());
                spawn_local(async move {
                    opening.open(name, bytes).await;
                });
            };
            view! { <Button on_click=open>{t!(i18n, import.refused.open_json)}</Button> }
        });
        view! { <li><strong>{name}</strong>" "{words}" "{open}</li> }
    };
    let any = Memo::new(move |_| draft.refused.with(|refused| !refused.is_empty()));
    view! {
        <Show when=move || any.get()>
            <section class="card notice" data-tone="bad" role="alert" data-testid="import-error">
                <h2>{t!(i18n, import.refused.title)}</h2>
                <ul class="stack">{move || draft.refused.get().into_iter().map(line).collect_view()}</ul>
            </section>
        </Show>
        <Opened opening/>
    }
}

/// Why the import did not happen.
#[component]
pub(super) fn Failed() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let (draft, store) = (use_draft(), use_store());
    let words = move || {
        draft.failure.get().map(|failure| match failure {
            Failure::Worker(error) => {
                let words = words::no_answer(i18n, &error).to_owned();
                (words, if let NoAnswer::Broken(text) = error { Some(text) } else { None })
            }
            Failure::Unfit(unfit) => (t_string!(i18n, import.failed.unfit).to_owned(), Some(unfit.0)),
            Failure::Change(error) => {
                (t_string!(i18n, import.failed.unfit).to_owned(), Some(document::document_error(i18n, format, &error)))
            }
            Failure::Shelf(error) => (storage::shelf_error(i18n, &error), None),
            Failure::Refused(rejection) => {
                (store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection)), None)
            }
        })
    };
    view! {
        {move || words().map(|(text, details)| view! {
            <section class="card notice" data-tone="bad" role="alert" data-testid="import-error">
                <h2>{t!(i18n, import.failed.title)}</h2>
                <p>{text}</p>
                {details.map(|text| view! { <p class="muted small">{t_string!(i18n, import.failed.details, text = text).to_string()}</p> })}
                <StartOver/>
            </section>
        })}
    }
}
