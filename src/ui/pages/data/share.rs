//! Sharing without a server: a link that carries the workspace or a part of it, a square code of a short one, and a locked file.

use leptos::{prelude::*, task::spawn_local};

use crate::{
    codec::{
        packet::PacketError,
        seal::{self, SealError},
        share,
    },
    i18n::{t, t_string, use_i18n},
    model::Workspace,
    store::{cut, use_store},
    ui::{
        background::Desk,
        clipboard, clock,
        components::{
            button::{Button, Variant},
            field::{Checkbox, Field, FieldKind},
            qr_code::{self, QrCode},
            tag::Tone,
            toast::use_toasts,
        },
        file,
        filters::{FilterBar, use_wide_scope},
        format::{Format, use_format},
        parts::{
            after_paint::once_painted,
            counted::use_last_frame,
            part::{deals, part},
        },
        wording::{I18n, document as words, share::share_error},
    },
    worker::{PacketOrder, Request, Response},
};

/// What was made.
#[derive(Clone, Debug, PartialEq)]
struct Made {
    link: String,
    packet: Vec<u8>,
    is_locked: bool,
    stem: String,
}

/// Why nothing was made.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Refusal {
    Seal(SealError),
    TooLong,
    NoChance,
}

/// The section.
#[component]
pub(super) fn Share() -> impl IntoView {
    let (i18n, format, store) = (use_i18n(), use_format(), use_store());
    let (scope, last) = (use_wide_scope(), use_last_frame());
    let is_part = RwSignal::new(false);
    let phrase = RwSignal::new(String::new());
    let made = RwSignal::new(None::<Made>);
    let refused = RwSignal::new(None::<Refusal>);
    let (busy, desk, turn) = (RwSignal::new(false), Desk::new(), StoredValue::new(0_usize));
    // What was made is of the workspace as it was, and of the choices as they were.
    Effect::new(move || {
        store.snapshot();
        scope.track();
        is_part.track();
        phrase.track();
        turn.update_value(|turn| *turn += 1);
        made.set(None);
        refused.set(None);
    });
    let chosen = Memo::new(move |_| {
        let all = store.with(|workspace| workspace.deals.len());
        let kept = if is_part.get() { scope.with(|scope| store.with(|w| deals(w, scope, last).len())) } else { all };
        (kept, all)
    });
    let produce = move |_| {
        busy.set(true);
        // Choosing the deals takes a moment: the button says so first.
        once_painted(move || {
            if busy.is_disposed() {
                return;
            }
            let workspace = store.peek(|workspace| {
                if is_part.get_untracked() {
                    scope.with_untracked(|scope| part(workspace, &deals(workspace, scope, last), store))
                } else {
                    workspace.clone()
                }
            });
            let (phrase, this) = (phrase.get_untracked(), turn.get_value());
            spawn_local(async move {
                let outcome = make(desk, workspace, phrase).await;
                if busy.is_disposed() {
                    return;
                }
                busy.set(false);
                match outcome {
                    // Something else is chosen by now.
                    _ if turn.get_value() != this => {}
                    Ok(outcome) => made.set(Some(outcome)),
                    Err(why) => refused.set(Some(why)),
                }
            });
        });
    };
    let why = move || refused.get().map(|why| words_of(i18n, format, why));
    let counted = move || {
        let (kept, all) = chosen.get();
        let (kept, all) = (format.count(kept), format.count(all));
        t_string!(i18n, share.make.counted, kept = kept, all = all).to_string()
    };
    view! {
        <section class="card stack" aria-labelledby="data-share" data-testid="share">
            <h2 id="data-share">{t!(i18n, share.make.title)}</h2>
            <p class="muted">{t!(i18n, share.make.what)}</p>
            <div class="share__form">
                <Checkbox
                    label=Signal::derive(move || t_string!(i18n, share.make.part).to_owned())
                    value=is_part
                    on_change=move |part| is_part.set(part)
                />
                <Show when=move || is_part.get()>
                    <FilterBar scope all_models=true by_period=false/>
                    <p class="muted small">{counted}</p>
                </Show>
                <Field
                    label=Signal::derive(move || t_string!(i18n, share.make.passphrase).to_owned())
                    kind=FieldKind::Secret
                    value=phrase
                    hint=Signal::derive(move || Some(t_string!(i18n, share.make.passphrase_hint).to_owned()))
                    on_change=move |text| phrase.set(text)
                    on_input=move |text| phrase.set(text)
                />
            </div>
            <div>
                <Button
                    variant=Variant::Primary
                    icon=icondata_lu::LuLink
                    busy
                    disabled=Signal::derive(move || chosen.get().0 == 0 && is_part.get())
                    on_click=produce
                    attr:data-testid="share-make"
                >
                    {t!(i18n, share.make.make)}
                </Button>
            </div>
            <div role="alert">{why}</div>
            <div aria-live="polite">{move || made.get().map(|made| view! { <Ready made/> })}</div>
        </section>
    }
}

/// The link, what it is good for, and where it goes.
#[component]
fn Ready(made: Made) -> impl IntoView {
    let (i18n, format, toasts) = (use_i18n(), use_format(), use_toasts());
    let Made { link, packet, is_locked, stem } = made;
    let length = link.chars().count();
    let says = move || {
        let n = format.count(length);
        let who = if is_locked { t_string!(i18n, share.make.locked) } else { t_string!(i18n, share.make.anybody) };
        [t_string!(i18n, share.make.length, count = length, n = n).to_string().as_str(), who].join(" ")
    };
    let copied = link.clone();
    let copy = move |_| {
        let link = copied.clone();
        spawn_local(async move {
            if clipboard::copy(link).await {
                toasts.say(t_string!(i18n, share.make.copied).to_owned(), Tone::Good);
            } else {
                toasts.say(t_string!(i18n, share.make.not_copied).to_owned(), Tone::Bad);
            }
        });
    };
    let download = move |_| {
        let name = [stem.as_str(), ".", seal::ENDING].concat();
        match file::download(&name, "application/octet-stream", &packet) {
            Ok(()) => toasts.say(t_string!(i18n, data.export.done, name = name).to_string(), Tone::Good),
            Err(error) => toasts.say(words::file_error(i18n, format, &error), Tone::Bad),
        }
    };
    let code = qr_code::fits(&link).then(|| {
        let text = link.clone();
        let label = Signal::derive(move || t_string!(i18n, share.make.code).to_owned());
        view! {
            <figure class="share__code">
                <QrCode text label/>
                <figcaption class="muted small">{t!(i18n, share.make.code_what)}</figcaption>
            </figure>
        }
    });
    view! {
        <div class="stack" data-testid="share-ready">
            <textarea
                class="field__control share__link"
                readonly=true
                rows="3"
                aria-label=move || t_string!(i18n, share.make.link)
                data-testid="share-link"
                prop:value=link
            ></textarea>
            <p>{says}</p>
            {(length > share::SAFE).then(|| view! { <p class="muted">{t!(i18n, share.make.long)}</p> })}
            <div class="share__steps">
                <Button icon=icondata_lu::LuCopy on_click=copy attr:data-testid="share-copy">{t!(i18n, share.make.copy)}</Button>
                <Show when=move || is_locked>
                    <Button icon=icondata_lu::LuLock on_click=download.clone() attr:data-testid="share-file">
                        {t!(i18n, share.make.file)}
                    </Button>
                </Show>
            </div>
            {code}
        </div>
    }
}

fn words_of(i18n: I18n, format: Format, why: Refusal) -> String {
    match why {
        Refusal::Seal(error) => share_error(i18n, format, &error.into()),
        Refusal::TooLong => t_string!(i18n, share.make.too_long).to_owned(),
        Refusal::NoChance => t_string!(i18n, share.make.no_chance).to_owned(),
    }
}

/// The link of a workspace, and the packet that it carries.
async fn make(desk: Desk, workspace: Workspace, phrase: String) -> Result<Made, Refusal> {
    let is_locked = !phrase.is_empty();
    let packet = packet(desk, &workspace, phrase).await?;
    let link = link(&packet).ok_or(Refusal::TooLong)?;
    Ok(Made { link, packet, is_locked, stem: file::stem(&workspace.profile.name) })
}

/// The packet of a workspace, locked when there is a passphrase; made by the page where there is no worker.
async fn packet(desk: Desk, workspace: &Workspace, phrase: String) -> Result<Vec<u8>, Refusal> {
    let order = PacketOrder::of(workspace.id.to_string(), cut(workspace).await, clock::now());
    let order =
        if phrase.is_empty() { order } else { order.locked(phrase, clock::secret_bytes().ok_or(Refusal::NoChance)?) };
    let made = match desk.answer_and_rest(Request::Packet(Box::new(order.clone()))).await {
        Ok(Response::Packet(made @ Ok(_))) => made,
        _ => order.make(),
    };
    // What was cut here opens there; if not, it was damaged on the way.
    made.unwrap_or(Err(PacketError::Damaged.into())).map_err(Refusal::Seal)
}

/// The link to this page that carries a packet; `None` when no browser would take it.
fn link(packet: &[u8]) -> Option<String> {
    let page = window().location().href().ok()?;
    let page = page.split(['?', '#']).next()?;
    let text = share::text(packet);
    (text.len() <= share::LONGEST).then(|| [page, "#/shared?d=", &text].concat())
}
