//! What could not be read of the open workspace, with its raw text.

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    store::{Loss, use_store},
    ui::{
        components::{button::Button, tag::Tone, toast::use_toasts},
        file,
        format::use_format,
        wording::{document, storage},
    },
};

/// Shown when anything is damaged.
#[component]
pub(super) fn Losses() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let library = use_store().library();
    let toasts = use_toasts();
    let losses = library.losses();
    let line = move |loss: Loss| {
        let key = raw_key(&loss).filter(|key| library.raw(key).is_some());
        let download = key.map(|key| {
            let hand_out = move |_| {
                let name = [key.replace('/', "-").as_str(), ".txt"].concat();
                let text = library.raw(&key).unwrap_or_default();
                if let Err(error) = file::download(&name, "text/plain;charset=utf-8", text.as_bytes()) {
                    toasts.say(document::file_error(i18n, format, &error), Tone::Bad);
                }
            };
            view! { <Button icon=icondata_lu::LuDownload on_click=hand_out>{t!(i18n, data.losses.download)}</Button> }
        });
        view! { <li class="row"><span>{move || storage::loss(i18n, format, &loss)}</span>{download}</li> }
    };
    view! {
        <Show when=move || losses.with(|losses| !losses.is_empty())>
            <section class="card notice data__losses" data-tone="bad" role="alert" data-testid="losses">
                <h2>{t!(i18n, data.losses.title)}</h2>
                <p>{t!(i18n, data.losses.sub)}</p>
                <ul class="stack">{move || losses.get().into_iter().map(line).collect_view()}</ul>
            </section>
        </Show>
    }
}

/// Where the raw text of something damaged is kept.
fn raw_key(loss: &Loss) -> Option<String> {
    match loss {
        Loss::Stored(damage) => Some(damage.quarantine_key.clone().unwrap_or_else(|| damage.key.clone())),
        Loss::Piece(_) | Loss::Entry(_) => None,
    }
}
