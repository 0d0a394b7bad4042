//! How safe the data is beside this browser's storage: the last copy in a file, and whether the browser may throw the storage away.

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen_futures::JsFuture;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        components::{button::Button, tag::Tone, toast::use_toasts},
        copying::{OLD, use_age},
    },
};

/// The last copy in a file, and the browser's promise to keep the storage.
#[component]
pub(super) fn Copies() -> impl IntoView {
    let i18n = use_i18n();
    let age = use_age();
    let opened = use_store().library().opened();
    let words = move || match age.get() {
        None => t_string!(i18n, data.copies.never).to_owned(),
        Some(0) => t_string!(i18n, data.copies.today).to_owned(),
        Some(days) => t_string!(i18n, data.copies.ago, count = days, n = days).to_string(),
    };
    let tone = move || if age.get().is_some_and(|days| days <= OLD) { Tone::Good } else { Tone::Warn };
    view! {
        <section class="card stack" aria-labelledby="data-copies" data-testid="copies">
            <h2 id="data-copies">{t!(i18n, data.copies.title)}</h2>
            <Show when=move || opened.get().is_some()>
                <p class="data__saving" data-tone=move || tone().as_str() data-testid="last-copy">{words}</p>
                <p class="muted small">{t!(i18n, data.copies.advice)}</p>
            </Show>
            <Lasting/>
        </section>
    }
}

/// Whether the browser may throw the storage away when its disk is full; asks it not to.
#[component]
fn Lasting() -> impl IntoView {
    let (i18n, toasts) = (use_i18n(), use_toasts());
    let lasting = RwSignal::new(None::<bool>);
    spawn_local(async move {
        lasting.try_set(promised(Wish::Know).await);
    });
    let ask = move |_| {
        spawn_local(async move {
            let promise = promised(Wish::Ask).await;
            if promise == Some(false) {
                toasts.say(t_string!(i18n, data.copies.refused).to_owned(), Tone::Warn);
            }
            lasting.try_set(promise);
        });
    };
    let words = move || {
        let lasting = lasting.get()?;
        Some(if lasting { t_string!(i18n, data.copies.lasting) } else { t_string!(i18n, data.copies.passing) })
    };
    view! {
        <p data-testid="lasting">{words}</p>
        <Show when=move || lasting.get() == Some(false)>
            <div><Button on_click=ask>{t!(i18n, data.copies.ask)}</Button></div>
        </Show>
    }
}

/// What is wanted of the browser.
#[derive(Clone, Copy)]
enum Wish {
    /// Whether it has promised to keep the storage.
    Know,
    /// That it promises.
    Ask,
}

/// The browser's answer; `None` where it has none.
async fn promised(wish: Wish) -> Option<bool> {
    // Outside a secure context there is no such thing.
    if !window().is_secure_context() {
        return None;
    }
    let storage = window().navigator().storage();
    let answer = match wish {
        Wish::Know => storage.persisted(),
        Wish::Ask => storage.persist(),
    };
    JsFuture::from(answer.ok()?).await.ok()?.as_bool()
}
