//! Working without a network, and the change to a newer release.
//!
//! A release on a host comes with a service worker (`static/service-worker.js`), whose name `cargo xtask dist` writes into `index.html`;
//! elsewhere nothing of this happens. It keeps the files of the release that runs. When the host has a newer one, that is kept beside
//! it and waits: the page says so, and changes over when the visitor wants it.

use std::time::Duration;

use js_sys::Reflect;
use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::{JsCast as _, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{EventTarget, ServiceWorkerContainer, ServiceWorkerRegistration, ServiceWorkerState};

use crate::{
    i18n::{t, use_i18n},
    ui::{
        chunk::{Place, chunk, coming},
        components::button::{Button, Variant},
        route::settle_field,
    },
};

/// The pause before the files are kept, so that nothing of the first page waits for them.
const CALM: Duration = Duration::from_secs(3);
/// How often a page that stays open asks for a newer release.
const LOOK: Duration = Duration::from_secs(60 * 60);
/// What the page tells the release that waits.
const TAKE_OVER: &str = "take over";

chunk! {
    /// Keeps the files of this release, and tells when a newer one is ready.
    rest fn keep_files(ready: RwSignal<bool>) -> () { keep(ready) }
    /// Says that a newer release is ready.
    rest fn make_band() -> AnyView { view! { <Band/> }.into_any() }
}

/// The band above the page, once a newer release is ready. Has the files kept that it takes to work without a network.
pub fn band() -> AnyView {
    let ready = RwSignal::new(false);
    if address().is_some() {
        let keep = move || {
            spawn_local(async move {
                // Without its part the page works as before, as long as there is a network.
                drop(keep_files(ready).await);
            });
        };
        set_timeout(keep, CALM);
    }
    (move || ready.get().then(|| coming(Place::Section, || Box::pin(make_band())))).into_any()
}

#[component]
fn Band() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <section class="card notice visit no-print" data-tone="accent" role="status" data-testid="new-release">
            <p><strong>{t!(i18n, release.title)}</strong>" "{t!(i18n, release.what)}</p>
            <Button variant=Variant::Primary icon=icondata_lu::LuRefreshCw on_click=|_| change_over() attr:data-testid="new-release-reload">
                {t!(i18n, release.reload)}
            </Button>
        </section>
    }
}

/// Where the service worker is; `None` where there is none, as in a build that is not released.
fn address() -> Option<String> {
    let meta = document().query_selector("meta[name=loudou-offline]").ok()??;
    meta.get_attribute("content")
}

/// The browser's service workers; `None` where it has none, as in some private windows and on hosts without encryption.
fn workers() -> Option<ServiceWorkerContainer> {
    Reflect::get(&window().navigator(), &"serviceWorker".into()).ok()?.dyn_into().ok()
}

fn keep(ready: RwSignal<bool>) {
    let (Some(address), Some(workers)) = (address(), workers()) else { return };
    spawn_local(async move {
        // A release that cannot be kept runs all the same.
        let Some(registration) = answer(JsFuture::from(workers.register(&address)).await) else { return };
        let tell = move || {
            ready.try_set(true);
        };
        // While there is none that runs, the one that waits is the first.
        if registration.waiting().is_some() && registration.active().is_some() {
            tell();
        }
        let found = registration.clone();
        let follow = move || {
            let Some(coming) = found.installing() else { return };
            let (next, again) = (coming.clone(), found.clone());
            listen(&coming, "statechange", move || {
                // The first release that is kept is the one that runs.
                if again.active().is_some() && next.state() == ServiceWorkerState::Installed {
                    tell();
                }
            });
        };
        // The browser may have begun before the page asked.
        follow();
        listen(&registration, "updatefound", follow);
        // Another tab has changed over: what this one still needs is there until it is loaded anew.
        listen(&workers, "controllerchange", tell);
        let runs = registration.active().is_some();
        let look = move || {
            let asked = registration.update();
            spawn_local(async move {
                // Without a network there is no newer release.
                if let Ok(asked) = asked {
                    drop(JsFuture::from(asked).await);
                }
            });
        };
        // A page that was loaded past its service worker, as by a forced reload, is not looked after by the browser.
        if runs {
            look();
        }
        set_interval(look, LOOK);
    });
}

/// Lets the newer release take over and loads the page anew; the page itself asks before what is not saved would go.
fn change_over() {
    settle_field();
    let reload = || {
        // Fails only for a document that is no longer shown.
        window().location().reload().ok();
    };
    let Some(workers) = workers() else { return reload() };
    spawn_local(async move {
        let registration = answer(JsFuture::from(workers.get_registration()).await);
        let Some(waiting) = registration.and_then(|registration| registration.waiting()) else { return reload() };
        listen(&workers, "controllerchange", reload);
        if waiting.post_message(&TAKE_OVER.into()).is_err() {
            reload();
        }
    });
}

fn answer(outcome: Result<JsValue, JsValue>) -> Option<ServiceWorkerRegistration> {
    outcome.ok()?.dyn_into().ok()
}

/// Hears an event as long as its target lives, which is as long as the page.
fn listen(target: &EventTarget, event: &str, heard: impl FnMut() + 'static) {
    let heard = Closure::<dyn FnMut()>::new(heard).into_js_value();
    // Only a name that is no text would be refused.
    target.add_event_listener_with_callback(event, heard.unchecked_ref()).ok();
}
