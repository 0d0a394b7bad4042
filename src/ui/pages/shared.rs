//! The page of a workspace that was shared, by a link or as a locked file: it asks for the passphrase if there is one, and shows what
//! came, to be looked at only.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    codec::{
        packet::{self, unpack},
        share,
    },
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            field::{Field, FieldKind},
        },
        document::Places,
        format::use_format,
        reading::{Document, Reader},
        route::{Route, use_navigation},
        starting::Packets,
        visit::{Shown, places, show},
        wording::share::{ShareError, share_error},
    },
};

/// How far it has come.
#[derive(Clone, Debug, PartialEq)]
enum Step {
    Coming,
    /// The packet.
    Locked(Vec<u8>),
    Shown(Shown),
    Failed(ShareError),
}

/// The page.
#[component]
pub fn SharedPage(
    /// The packet of the link; empty when it came as a file.
    packet: String,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let packets: Packets = expect_context();
    let packet = StoredValue::new(packet);
    let (step, reader, turn) = (RwSignal::new(Step::Coming), Reader::new(), StoredValue::new(0_usize));
    let put = move |read: Result<Document, ShareError>| {
        step.set(read.and_then(|document| show(store, document)).map_or_else(Step::Failed, Step::Shown));
    };
    let read = move || -> Result<Step, ShareError> {
        turn.update_value(|turn| *turn += 1);
        let this = turn.get_value();
        let packet = packet.get_value();
        let waiting = packets.waiting();
        let bytes = if packet.is_empty() && !waiting.is_empty() { waiting } else { share::bytes(&packet)? };
        if packet::is_locked(&bytes) {
            // Whether it is whole is seen before anybody types.
            unpack(&bytes)?;
            return Ok(Step::Locked(bytes));
        }
        spawn_local(async move {
            let read = reader.packet(&bytes, "").await;
            if turn.try_get_value() == Some(this) {
                put(read);
            }
        });
        Ok(Step::Coming)
    };
    // Another packet that comes while this page is open takes the place of the one shown.
    Effect::new(move || {
        packets.waiting();
        step.set(untrack(read).unwrap_or_else(Step::Failed));
    });
    let unlocked = Callback::new(put);
    view! {
        <h1>{t!(i18n, share.page.title)}</h1>
        {move || match step.get() {
            Step::Coming => view! { <p class="coming muted" role="status">{t!(i18n, common.coming)}</p> }.into_any(),
            Step::Locked(packet) => view! { <Unlock packet reader on_read=unlocked/> }.into_any(),
            Step::Shown(shown) => view! { <Summary shown/> }.into_any(),
            Step::Failed(error) => view! { <Failure error/> }.into_any(),
        }}
    }
}

/// Asks for the passphrase.
#[component]
fn Unlock(packet: Vec<u8>, reader: Reader, on_read: Callback<Result<Document, ShareError>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let typed = RwSignal::new(String::new());
    let wrong = RwSignal::new(None::<ShareError>);
    let busy = RwSignal::new(false);
    let packet = StoredValue::new(packet);
    let unlock = move || {
        if busy.get_untracked() {
            return;
        }
        busy.set(true);
        let (bytes, passphrase) = (packet.get_value(), typed.get_untracked());
        spawn_local(async move {
            let outcome = reader.packet(&bytes, &passphrase).await;
            if busy.is_disposed() {
                return;
            }
            busy.set(false);
            match outcome {
                Err(error @ ShareError::Seal(_)) => wrong.set(Some(error)),
                outcome => on_read.run(outcome),
            }
        });
    };
    let error = MaybeProp::derive(move || wrong.with(|error| error.as_ref().map(|e| share_error(i18n, format, e))));
    view! {
        <form
            class="card stack"
            data-testid="share-unlock"
            on:submit=move |event| { event.prevent_default(); unlock() }
        >
            <p>{t!(i18n, share.page.locked)}</p>
            <Field
                label=Signal::derive(move || t_string!(i18n, share.passphrase).to_owned())
                kind=FieldKind::Secret
                value=typed
                error
                required=true
                on_change=move |text| typed.set(text)
                on_input=move |text| { typed.set(text); wrong.set(None) }
            />
            <div>
                <Button variant=Variant::Primary icon=icondata_lu::LuLockOpen busy on_click=move |_| unlock() attr:data-testid="share-open">
                    {t!(i18n, share.page.unlock)}
                </Button>
            </div>
        </form>
    }
}

/// What came, and where to look at it.
#[component]
fn Summary(shown: Shown) -> impl IntoView {
    let (i18n, format, navigation) = (use_i18n(), use_format(), use_navigation());
    let Shown { name, deals, customers, exported, warnings } = shown;
    let count = warnings.len();
    let written = move || t_string!(i18n, share.page.written, day = format.date(exported.date_naive())).to_string();
    let holds = move || {
        let (deals, customers) = (format.count(deals), format.count(customers));
        t_string!(i18n, share.page.holds, deals = deals, customers = customers).to_string()
    };
    let heard = move || t_string!(i18n, data.open.warnings, count = count, n = format.count(count)).to_string();
    view! {
        <section class="card stack" data-testid="shared">
            <h2>{name}</h2>
            <p>{holds}" "<span class="muted">{written}</span></p>
            {(count > 0).then(|| view! { <p>{heard}</p> })}
            <Places problems=warnings/>
            <div class="share__steps">
                <a class="button button--primary" href=move || navigation.href(&Route::Funnel)>{t!(i18n, nav.funnel)}</a>
                <a class="button" href=move || navigation.href(&Route::Board)>{t!(i18n, nav.board)}</a>
                <a class="button" href=move || navigation.href(&Route::Deals)>{t!(i18n, nav.deals)}</a>
            </div>
        </section>
    }
}

/// Why nothing is shown.
#[component]
fn Failure(error: ShareError) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let places = places(&error);
    view! {
        <section class="card notice" data-tone="bad" role="alert" data-testid="share-error">
            <h2>{t!(i18n, share.page.failed)}</h2>
            <p>{move || share_error(i18n, format, &error)}</p>
            <Places problems=places/>
            <p class="muted">{t!(i18n, data.open.unchanged)}</p>
            <div><a class="button" href="#/">{t!(i18n, not_found.start)}</a></div>
        </section>
    }
}
