//! The data page: data out and in, what this browser keeps and how full it is.

mod archive;
mod backups;
mod book;
mod copies;
mod current;
mod export;
mod kept;
mod losses;
mod merge;
mod share;
mod travel;

use leptos::{prelude::*, task::spawn_local};

use crate::{
    codec::packet::is_packet,
    i18n::{t, use_i18n},
    store::{ShelfError, use_store},
    ui::{
        chunk::{Place, chunk, coming},
        components::{file_drop::FileDrop, icon::Icon, tag::Tone, toast::use_toasts},
        document::{Opened, Opening},
        file::{FileError, OpenedFile},
        pages::trash::TrashCard,
        parts::workspaces::Workspaces,
        route::{Route, use_navigation},
        starting::{Incoming, Packets},
        wording::storage,
    },
};

use archive::Archive;
use backups::BackupList;
use copies::Copies;
use current::Current;
use export::Export;
use kept::Kept;
use losses::Losses;
use merge::Merge;
use share::Share;
use travel::Travel;

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
                {move || opened.get().map(|_| view! { <Travel/> })}
                {move || opened.get().map(|_| coming(Place::Section, || Box::pin(share_section())))}
                <BringIn/>
                <Merge/>
                <BackupList/>
                <Archive/>
            </div>
            <div class="stack">
                <Kept/>
                <Copies/>
                <Show when=move || opened.get().is_some()><Current/><TrashCard/></Show>
                <Workspaces on_opened/>
                <GrowingOut/>
            </div>
        </div>
    }
}

/// The way to the page that says what this is too small for.
#[component]
fn GrowingOut() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    view! {
        <section class="card stack" aria-labelledby="data-growing">
            <h2 id="data-growing">{t!(i18n, growing.link.title)}</h2>
            <p class="muted">{t!(i18n, growing.link.what)}</p>
            <p><a href=move || navigation.href(&Route::GrowingOut) data-testid="to-growing-out">{t!(i18n, growing.link.go)}</a></p>
        </section>
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
        let mut documents = Vec::new();
        for file in files {
            match file {
                Ok(file) if is_packet(&file.bytes) => {
                    packets.leave(file.bytes);
                    navigation.go(&Route::Shared(String::new()));
                }
                file => documents.push(file),
            }
        }
        spawn_local(async move {
            for file in documents {
                opening.take(file).await;
            }
        });
    };
    // Documents that were dropped on another page, or on this one outside of the field.
    let incoming: Incoming = expect_context();
    Effect::new(move || {
        let waiting = incoming.documents.take();
        untrack(|| take(waiting));
    });
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
