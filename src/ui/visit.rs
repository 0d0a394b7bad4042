//! Looking at a workspace that was shared: nothing of it is kept and nothing can be changed, until the visitor keeps a copy.
//!
//! Three things bring one here: a link (`#/shared?d=…`), a locked file, and a file beside the page (`?open=packs/first.json`).

use leptos::{prelude::*, task::spawn_local};
use wasm_bindgen::JsValue;
use web_sys::Url;

use crate::{
    codec::{
        document::{DocumentError, Problem},
        packet,
    },
    i18n::{t, t_string, use_i18n},
    model::Timestamp,
    store::{Store, use_store},
    ui::{
        chunk::{Place, chunk, coming},
        components::{
            button::{Button, Variant},
            tag::Tone,
            toast::use_toasts,
        },
        contesting::{ContestBand, use_contesting},
        document::Places,
        drilling::{DrillBand, is_looked_at, use_drilling},
        fetch,
        format::use_format,
        looking::leave,
        reading::{Document, Reader},
        route::{Query, Route, of_page, use_navigation},
        starting::Packets,
        wording::{
            share::{ShareError, share_error},
            storage,
        },
    },
};

/// The key of the page's address that names a file beside it.
const OPEN: &str = "open";

/// What is shown to the visitor.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown {
    /// The name of the workspace.
    pub name: String,
    /// How many deals it has.
    pub deals: usize,
    /// How many customers.
    pub customers: usize,
    /// When it was written.
    pub exported: Timestamp,
    /// What was left out of it.
    pub warnings: Vec<Problem>,
}

/// Shows the workspace of a document, to be looked at.
///
/// # Errors
/// Why not; then nothing changes.
pub fn show(store: Store, document: Document) -> Result<Shown, ShareError> {
    let Document { workspace, exported, warnings, .. } = document;
    let shown = Shown {
        name: workspace.profile.name.clone(),
        deals: workspace.deals.len(),
        customers: workspace.customers.len(),
        exported,
        warnings,
    };
    store.visit(workspace)?;
    Ok(shown)
}

/// The places of a document that are wrong, as far as an error is about them.
pub fn places(error: &ShareError) -> Vec<Problem> {
    match error {
        ShareError::Document(DocumentError::Problems(problems)) => problems.clone(),
        _ => Vec::new(),
    }
}

/// The file beside the page that its address asks for: `?open=packs/first.json`.
pub fn asked_for() -> Option<String> {
    of_page(OPEN)
}

/// Takes the file out of the page's address, so that loading it anew opens what is kept.
fn ask_no_more() {
    let address = window().location().href().ok().and_then(|address| Url::new(&address).ok());
    let asking = address.filter(|address| address.search_params().has(OPEN));
    if let (Some(address), Ok(history)) = (asking, window().history()) {
        address.search_params().delete(OPEN);
        // A browser that does not let an address change opens the file once more, which does no harm.
        history.replace_state_with_url(&JsValue::NULL, "", Some(&address.href())).ok();
    }
}

/// Why a workspace is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody shared it.
    Shared,
    /// It is the company of a drill.
    Drill,
    /// It is the company of a round of the forecast contest.
    Contest,
}

chunk! {
    /// Says that a workspace is only looked at, or leads back to where the exercise is answered that it is the company of.
    work fn make_band(why: Why) -> AnyView {
        match why {
            Why::Shared => view! { <Band/> }.into_any(),
            Why::Drill => view! { <DrillBand/> }.into_any(),
            Why::Contest => view! { <ContestBand/> }.into_any(),
        }
    }
    /// Opens a file beside the page.
    share fn open_beside(path: String, done: Callback<()>) -> AnyView { view! { <Beside path done/> }.into_any() }
}

/// The band above the page, while a workspace is only looked at.
pub fn band() -> AnyView {
    let library = use_store().library();
    let (visiting, opened, drilling) = (library.is_visiting(), library.opened(), use_drilling());
    let is_visiting = Memo::new(move |_| visiting.get());
    let contesting = use_contesting();
    let why = Memo::new(move |_| match () {
        () if is_looked_at(drilling, opened.get()) => Why::Drill,
        () if contesting.is_looked_at() => Why::Contest,
        () => Why::Shared,
    });
    let band = move || {
        let why = why.get();
        is_visiting.get().then(|| coming(Place::Section, move || Box::pin(make_band(why))))
    };
    band.into_any()
}

/// The file beside the page, on its way; `done` runs when the page may go on.
pub fn opening(path: String, done: Callback<()>) -> AnyView {
    coming(Place::Page, move || Box::pin(open_beside(path.clone(), done)))
}

#[component]
fn Band() -> impl IntoView {
    let (i18n, store, navigation, toasts) = (use_i18n(), use_store(), use_navigation(), use_toasts());
    let busy = RwSignal::new(false);
    let keep = move |_| {
        busy.set(true);
        spawn_local(async move {
            let kept = store.keep_visited().await;
            busy.try_set(false);
            match kept {
                Ok(()) => {
                    ask_no_more();
                    toasts.say(t_string!(i18n, share.visit.kept).to_owned(), Tone::Good);
                    if matches!(navigation.route.get_untracked(), Route::Shared(_)) {
                        navigation.go(&Route::Funnel);
                    }
                }
                Err(error) => toasts.say(storage::shelf_error(i18n, &error), Tone::Bad),
            }
        });
    };
    let close = move |_| {
        leave(i18n, store, toasts);
        ask_no_more();
        navigation.go_with(&Route::Welcome, &Query::default());
    };
    view! {
        <section class="card notice visit no-print" data-tone="accent" data-testid="visit" aria-labelledby="visit-title">
            <p><strong id="visit-title">{t!(i18n, share.visit.title)}</strong>" "{t!(i18n, share.visit.what)}</p>
            <Button variant=Variant::Primary icon=icondata_lu::LuSave busy on_click=keep attr:data-testid="visit-keep">
                {t!(i18n, share.visit.keep)}
            </Button>
            <Button disabled=busy on_click=close attr:data-testid="visit-leave">{t!(i18n, share.visit.leave)}</Button>
        </section>
    }
}

/// Fetches the file and shows it; says why not, and how to go on without it.
#[component]
fn Beside(path: String, done: Callback<()>) -> impl IntoView {
    let (i18n, format, store, navigation) = (use_i18n(), use_format(), use_store(), use_navigation());
    let packets: Packets = expect_context();
    let (failed, reader) = (RwSignal::new(None::<ShareError>), Reader::new());
    let asked = path.clone();
    spawn_local(async move {
        let file = fetch::beside(&asked).await;
        if failed.is_disposed() {
            return;
        }
        let outcome = match file {
            Ok(bytes) if packet::is_packet(&bytes) => {
                packets.leave(bytes);
                navigation.go(&Route::Shared(String::new()));
                Ok(())
            }
            Ok(bytes) => {
                let document = reader.file(bytes).await;
                if failed.is_disposed() {
                    return;
                }
                document.map_err(ShareError::from).and_then(|document| show(store, document)).map(|_| {
                    if navigation.route.get_untracked() == Route::Welcome {
                        navigation.go(&Route::Funnel);
                    }
                })
            }
            Err(error) => Err(error.into()),
        };
        match outcome {
            Ok(()) => done.run(()),
            Err(error) => failed.set(Some(error)),
        }
    });
    let go_on = move |_| {
        ask_no_more();
        done.run(());
    };
    move || match failed.get() {
        None => view! { <p class="coming muted" role="status">{t!(i18n, common.coming)}</p> }.into_any(),
        Some(error) => {
            let name = path.clone();
            let places = places(&error);
            view! {
                <section class="card notice" data-tone="bad" role="alert" data-testid="share-error">
                    <h1>{move || t_string!(i18n, data.open.failed, name = name.clone()).to_string()}</h1>
                    <p>{move || share_error(i18n, format, &error)}</p>
                    <Places problems=places/>
                    <p class="muted">{t!(i18n, data.open.unchanged)}</p>
                    <div><Button on_click=go_on attr:data-testid="share-go-on">{t!(i18n, share.page.go_on)}</Button></div>
                </section>
            }
            .into_any()
        }
    }
}
