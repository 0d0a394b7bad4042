//! The data page: data out and in, what this browser keeps and how full it is.

mod export;
mod kept;
mod losses;
mod workspaces;

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    store::use_store,
    ui::{
        components::{file_drop::FileDrop, icon::Icon},
        document::{Opened, Opening},
        file::{FileError, OpenedFile},
        route::{Route, use_navigation},
    },
};

use export::Export;
use kept::Kept;
use losses::Losses;
use workspaces::Workspaces;

/// The data page.
#[component]
pub fn DataPage() -> impl IntoView {
    let i18n = use_i18n();
    let opened = use_store().library().opened();
    view! {
        <h1>{t!(i18n, data.title)}</h1>
        <p class="page__sub">{t!(i18n, data.sub)}</p>
        <Losses/>
        <div class="columns">
            <div class="stack">
                <Show when=move || opened.get().is_none()>
                    <p class="card">{t!(i18n, data.none)}" "<a href="#/">{t!(i18n, data.start)}</a></p>
                </Show>
                <Export/>
                <BringIn/>
            </div>
            <div class="stack">
                <Kept/>
                <Workspaces/>
            </div>
        </div>
    }
}

/// Documents and files to open.
#[component]
fn BringIn() -> impl IntoView {
    let i18n = use_i18n();
    let navigation = use_navigation();
    let opening = Opening::new();
    let take = move |files: Vec<Result<OpenedFile, FileError>>| {
        for file in files {
            opening.take(file);
        }
    };
    view! {
        <section class="card stack" aria-labelledby="data-open">
            <h2 id="data-open">{t!(i18n, data.open.title)}</h2>
            <p class="muted">{t!(i18n, data.open.document)}</p>
            <FileDrop
                accept=".json,application/json"
                testid="open-document"
                on_opened=take
            />
            <Opened opening/>
            <a class="button data__step" href=move || navigation.href(&Route::Import)>
                <Icon icon=icondata_lu::LuTable/>
                {t!(i18n, data.open.import)}
            </a>
        </section>
    }
}
