//! A file that is always current: chosen, allowed, turned off, and how it stands.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            tag::Tone,
        },
        file_copy::{FileCopy, FileFault, FileState, use_file_copy},
        format::use_format,
        settings::use_settings,
        wording::I18n,
    },
};

/// The file of the open workspace, where the browser can write one.
#[component]
pub(super) fn Current() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="card stack" aria-labelledby="data-current" data-testid="file-copy">
            <h2 id="data-current">{t!(i18n, file_copy.title)}</h2>
            {if FileCopy::is_supported() {
                view! { <File/> }.into_any()
            } else {
                view! { <p class="muted" data-testid="file-unsupported">{t!(i18n, file_copy.unsupported)}</p> }.into_any()
            }}
        </section>
    }
    .into_any()
}

#[component]
fn File() -> impl IntoView {
    let (i18n, format, file) = (use_i18n(), use_format(), use_file_copy());
    let (store, settings, clock) = (use_store(), use_settings(), use_clock());
    let (state, name, written) = (file.state(), file.name(), file.written());
    let any = Memo::new(move |_| name.with(|name| !name.is_empty()));
    let asks = Memo::new(move |_| state.with(|state| *state == FileState::Asking));
    let failed = Memo::new(move |_| state.with(|state| matches!(state, FileState::Failed(_))));
    let tone = move || {
        state.with(|state| match state {
            FileState::Written => Tone::Good,
            FileState::Asking => Tone::Warn,
            FileState::Failed(_) => Tone::Bad,
            FileState::Off | FileState::Waiting | FileState::Writing => Tone::Neutral,
        })
    };
    let code = move || {
        state.with(|state| match state {
            FileState::Off => "off",
            FileState::Asking => "asking",
            FileState::Waiting => "waiting",
            FileState::Writing => "writing",
            FileState::Written => "written",
            FileState::Failed(_) => "failed",
        })
    };
    let words = move || state.with(|state| in_words(i18n, state));
    let last = move || match written.get() {
        Some(at) => t_string!(i18n, file_copy.last, at = format.moment(at)).to_string(),
        None => t_string!(i18n, file_copy.not_yet).to_owned(),
    };
    let choose = move |_| file.choose(store, settings, clock);
    view! {
        <p class="muted small">{t!(i18n, file_copy.what)}</p>
        <Show when=move || any.get()>
            <p><strong data-testid="file-name">{name}</strong><br/><span class="muted small figures" data-testid="file-last">{last}</span></p>
        </Show>
        <Show when=move || any.get() || failed.get()>
            <p class="data__saving" data-tone=move || tone().as_str() data-state=code role="status" data-testid="file-state">{words}</p>
        </Show>
        <div class="row">
            <Show when=move || asks.get() || (failed.get() && any.get())>
                <Button
                    variant=Variant::Primary
                    icon=icondata_lu::LuFileCheck
                    on_click=move |_| file.allow(store, settings, clock)
                    attr:data-testid="file-allow-here"
                >
                    {move || if asks.get() { t_string!(i18n, file_copy.allow) } else { t_string!(i18n, file_copy.again) }}
                </Button>
            </Show>
            <Button icon=icondata_lu::LuFilePlus on_click=choose attr:data-testid="file-choose">
                {move || if any.get() { t_string!(i18n, file_copy.choose_other) } else { t_string!(i18n, file_copy.choose) }}
            </Button>
            <Show when=move || any.get()>
                <Button variant=Variant::Bare on_click=move |_| file.forget() attr:data-testid="file-off">{t!(i18n, file_copy.off)}</Button>
            </Show>
        </div>
    }
    .into_any()
}

/// How it stands, in words that say what to do.
fn in_words(i18n: I18n, state: &FileState) -> String {
    match state {
        FileState::Off => String::new(),
        FileState::Asking => t_string!(i18n, file_copy.asking).to_owned(),
        FileState::Waiting => t_string!(i18n, file_copy.waiting).to_owned(),
        FileState::Writing => t_string!(i18n, file_copy.writing).to_owned(),
        FileState::Written => t_string!(i18n, file_copy.written).to_owned(),
        FileState::Failed(FileFault::NotAllowed) => t_string!(i18n, file_copy.not_allowed).to_owned(),
        FileState::Failed(FileFault::Gone) => t_string!(i18n, file_copy.gone).to_owned(),
        FileState::Failed(FileFault::Full) => t_string!(i18n, file_copy.full).to_owned(),
        FileState::Failed(FileFault::InUse) => t_string!(i18n, file_copy.in_use).to_owned(),
        FileState::Failed(FileFault::Other(text)) => t_string!(i18n, file_copy.other, text = text.clone()).to_string(),
    }
}
