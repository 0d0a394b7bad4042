//! The data page: data out and in, what this browser keeps and how full it is.

mod archive;
mod backups;
mod book;
mod copies;
mod export;
mod kept;
mod losses;
mod merge;
mod share;

use leptos::prelude::*;

use crate::{
    codec::packet::is_packet,
    i18n::{t, use_i18n},
    store::{ShelfError, use_store},
    ui::{
        chunk::{Place, chunk, coming},
        components::{file_drop::FileDrop, icon::Icon, tag::Tone, toast::use_toasts},
        document::{Opened, Opening},
        file::{FileError, OpenedFile},
        parts::workspaces::Workspaces,
        route::{Route, use_navigation},
        starting::Packets,
        wording::storage,
    },
};

use archive::Archive;
use backups::BackupList;
use copies::Copies;
use export::Export;
use kept::Kept;
use losses::Losses;
use merge::Merge;
use share::Share;

chunk! {
    /// Links, square codes and locked files.
    share fn share_section() -> AnyView { view! { <Share/> }.into_any() }
}

/// The data page.
#[component]
pub fn DataPage() -> impl IntoView {
    let (i18n, toasts) = (use_i18n(), use_toasts());
    let opened = use_store().library().opened();
    let on_opened = move |outcome: Result<(), ShelfError>| {
        if let Err(error) = outcome {
            toasts.say(storage::shelf_error(i18n, &error), Tone::Bad);
        }
    };
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
                {move || opened.get().map(|_| coming(Place::Section, || Box::pin(share_section())))}
                <BringIn/>
                <Merge/>
                <BackupList/>
                <Archive/>
            </div>
            <div class="stack">
                <Kept/>
                <Copies/>
                <Workspaces on_opened/>
            </div>
        </div>
    }
}

/// Documents and files to open.
#[component]
fn BringIn() -> impl IntoView {
    let i18n = use_i18n();
    let navigation = use_navigation();
    let packets: Packets = expect_context();
    let opening = Opening::new();
    let take = move |files: Vec<Result<OpenedFile, FileError>>| {
        for file in files {
            match file {
                Ok(file) if is_packet(&file.bytes) => {
                    packets.leave(file.bytes);
                    navigation.go(&Route::Shared(String::new()));
                }
                file => {
                    opening.take(file);
                }
            }
        }
    };
    view! {
        <section class="card stack" aria-labelledby="data-open">
            <h2 id="data-open">{t!(i18n, data.open.title)}</h2>
            <p class="muted">{t!(i18n, data.open.document)}</p>
            <FileDrop
                accept=".json,.loudou,application/json"
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
