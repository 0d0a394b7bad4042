//! The text for the recipients: written with places, seen as one of them would read it.

use leptos::{html, prelude::*, task::spawn_local};

use super::desk::Desk;
use crate::{
    codec::merge_text::{Fault, Filled, Place, Template},
    i18n::{t, t_string},
    model::CustomFieldOf,
    ui::{
        clipboard,
        components::{
            button::{Button, Variant},
            dom_id,
            tag::Tone,
            toast::use_toasts,
        },
        parts::editor::Refusal,
        settings::use_settings,
        wording::I18n,
    },
};

impl Desk {
    /// The names of the user's own fields of customers, which are places too. Followed.
    pub(super) fn fields(self) -> Vec<String> {
        self.names
            .with(|names| names.profile.fields_of(CustomFieldOf::Customer).map(|field| field.name.clone()).collect())
    }
}

/// The editor and the preview.
#[component]
pub(super) fn Merge(desk: Desk) -> impl IntoView {
    let i18n = desk.i18n;
    let typed = RwSignal::new(None::<String>);
    let text = Signal::derive(move || typed.get().unwrap_or_else(|| desk.read(|campaign| campaign.message.clone())));
    let template = Memo::new(move |_| text.with(|text| Template::parse(text, &desk.fields())));
    view! {
        <section class="card stack" aria-labelledby="campaign-text">
            <h2 id="campaign-text">{t!(i18n, campaigns.text)}</h2>
            <Editor desk typed text template/>
            <h3>{t!(i18n, campaigns.preview)}</h3>
            <Preview desk template/>
        </section>
    }
    .into_any()
}

#[component]
fn Editor(
    desk: Desk,
    typed: RwSignal<Option<String>>,
    text: Signal<String>,
    template: Memo<Result<Template, Vec<Fault>>>,
) -> impl IntoView {
    let (i18n, settings) = (desk.i18n, use_settings());
    let (id, note) = (dom_id::fresh(), dom_id::fresh());
    let area = NodeRef::<html::Textarea>::new();
    let refusal = RwSignal::new(Refusal::None);
    let save = move |text: String| {
        typed.set(Some(text.clone()));
        if template.with_untracked(Result::is_ok) {
            let refused = desk.edit(|campaign| campaign.message = text);
            if refused.is_none() {
                typed.set(None);
            }
            refusal.set(refused);
        }
    };
    let error = move || {
        template.with(|template| template.as_ref().err().map(|faults| words(i18n, faults))).or_else(|| refusal.get())
    };
    let places = move || {
        let language = settings.language.get().into();
        let common = Place::all(language).into_iter().map(|(_, name)| name.to_owned());
        let own = desk.fields().into_iter().filter(|name| !name.contains(['{', '}', '|']));
        let button = move |name: String| {
            let inserted = ["{", &name, "}"].concat();
            let label = {
                let name = name.clone();
                move || t_string!(i18n, campaigns.insert, name = name.clone()).to_string()
            };
            let insert = move |_| {
                let Some(area) = area.get_untracked() else { return };
                // Text goes where the caret is; a text area takes it without fail.
                area.set_range_text(&inserted).ok();
                let end = area.selection_start().ok().flatten().unwrap_or_default() + utf16_length(&inserted);
                save(area.value());
                area.focus().ok();
                area.set_selection_range(end, end).ok();
            };
            view! { <button type="button" class="chip small" title=label on:click=insert>{name}</button> }
        };
        common.chain(own).map(button).collect_view()
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{t!(i18n, campaigns.message)}</label>
            <textarea
                node_ref=area
                id=id
                class="field__control"
                rows="7"
                prop:value=text
                aria-invalid=move || error().map(|_| "true")
                aria-describedby=note.clone()
                data-testid="message"
                on:input=move |event| typed.set(Some(event_target_value(&event)))
                on:change=move |event| save(event_target_value(&event))
            ></textarea>
            <div id=note class="field__note" class:field__note--error=move || error().is_some()>
                {move || error().unwrap_or_else(|| t_string!(i18n, campaigns.message_hint).to_owned())}
            </div>
        </div>
        <div class="campaign__places" role="group" aria-label=desk.label(|i18n| t_string!(i18n, campaigns.places))>{places}</div>
    }
    .into_any()
}

/// How long a text is for the browser, which counts in units of UTF-16.
fn utf16_length(text: &str) -> u32 {
    u32::try_from(text.encode_utf16().count()).unwrap_or_default()
}

/// What is wrong with a text.
fn words(i18n: I18n, faults: &[Fault]) -> String {
    let one = |fault: &Fault| match fault {
        Fault::UnknownPlace(name) => t_string!(i18n, campaigns.fault.unknown, name = name.clone()).to_string(),
        Fault::Unclosed(after) => t_string!(i18n, campaigns.fault.unclosed, after = after.clone()).to_string(),
        Fault::LoneBrace => t_string!(i18n, campaigns.fault.lone).to_owned(),
    };
    faults.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// The text as one recipient reads it.
#[component]
fn Preview(desk: Desk, template: Memo<Result<Template, Vec<Fault>>>) -> impl IntoView {
    let (i18n, toasts, settings) = (desk.i18n, use_toasts(), use_settings());
    let place = RwSignal::new(0_usize);
    let last = Memo::new(move |_| desk.listed.with(Vec::len).checked_sub(1));
    let here = Memo::new(move |_| last.get().map(|last| place.get().min(last)));
    let shown = Memo::new(move |_| {
        let id = desk.listed.with(|listed| here.get().and_then(|here| listed.get(here).copied()))?;
        let template = template.get().ok()?;
        desk.recipients(&[id], |recipients| {
            let (recipient, _) = recipients.first()?;
            let contact = recipient.contact.map(|contact| contact.name.clone()).unwrap_or_default();
            Some((recipient.customer.name.clone(), contact, template.fill(recipient)))
        })
    });
    let step = move |by: isize| {
        if let Some(here) = here.get_untracked() {
            place.set(here.saturating_add_signed(by));
        }
    };
    let copy = move |_| {
        let Some((_, _, Filled { text, .. })) = shown.get_untracked() else { return };
        spawn_local(async move {
            if clipboard::copy(text).await {
                toasts.say(t_string!(i18n, campaigns.text_copied).to_owned(), Tone::Good);
            } else {
                toasts.say(t_string!(i18n, campaigns.not_copied).to_owned(), Tone::Bad);
            }
        });
    };
    let missing = move |filled: &Filled| {
        let language = settings.language.get().into();
        let names: Vec<_> = filled.missing.iter().map(|place| place.name(language)).collect();
        (!names.is_empty())
            .then(|| t_string!(i18n, campaigns.missing, places = names.join(t_string!(i18n, deals.joint))).to_string())
    };
    let of = move || {
        let count = |number: usize| desk.format.count(number);
        let (here, all) = (here.get().map_or(0, |here| here + 1), last.get().map_or(0, |last| last + 1));
        t_string!(i18n, campaigns.preview_of, place = count(here), all = count(all)).to_string()
    };
    let text = move || match shown.get() {
        Some((customer, contact, filled)) => {
            let to = if contact.is_empty() { customer } else { [customer, contact].join(" · ") };
            let missing = missing(&filled);
            view! {
                <p class="small muted">{move || t_string!(i18n, campaigns.preview_to, to = to.clone()).to_string()}</p>
                <p class="campaign__preview" data-testid="preview" translate="no">{filled.text}</p>
                {missing.map(|words| view! { <p class="small campaign__missing" data-tone="warn">{words}</p> })}
            }
            .into_any()
        }
        None => view! { <p class="muted">{t!(i18n, campaigns.no_preview)}</p> }.into_any(),
    };
    view! {
        <div class="row">
            <Button
                icon=icondata_lu::LuChevronLeft
                label=desk.label(|i18n| t_string!(i18n, campaigns.previous))
                disabled=Signal::derive(move || here.get().is_none_or(|here| here == 0))
                on_click=move |_| step(-1)
            />
            <Button
                icon=icondata_lu::LuChevronRight
                label=desk.label(|i18n| t_string!(i18n, campaigns.next))
                disabled=Signal::derive(move || here.get() == last.get())
                on_click=move |_| step(1)
            />
            <span class="muted small" aria-live="polite">{of}</span>
            <Button variant=Variant::Bare icon=icondata_lu::LuCopy disabled=Signal::derive(move || shown.with(Option::is_none)) on_click=copy>
                {t!(i18n, campaigns.copy_text)}
            </Button>
        </div>
        <div class="stack">{text}</div>
    }
    .into_any()
}
