//! The list and the texts for the program that sends.

use leptos::{prelude::*, task::spawn_local};

use super::desk::Desk;
use crate::{
    codec::{merge_text::Template, recipients_csv::encode, table::Form},
    i18n::{t, t_string},
    ui::{
        clipboard,
        components::{button::Button, tag::Tone, toast::use_toasts},
        file,
        wording::I18n,
    },
};

/// Downloads and copies the marked recipients, or all listed ones when none is marked.
#[component]
pub(super) fn Export(desk: Desk) -> impl IntoView {
    let (i18n, toasts) = (desk.i18n, use_toasts());
    let table = move |form, with_text: bool| {
        let (chosen, listed) = (untrack(|| desk.chosen()), desk.listed.get_untracked());
        let ids = if chosen.is_empty() { listed } else { chosen };
        let message = untrack(|| desk.read(|campaign| campaign.message.clone()));
        let template = with_text.then(|| Template::parse(&message, &untrack(|| desk.fields())).ok()).flatten();
        let text =
            untrack(|| desk.recipients(&ids, |recipients| encode(form, headings(i18n), recipients, template.as_ref())));
        text.ok().map(|text| (ids.len(), text))
    };
    let failed = move || toasts.say(t_string!(i18n, list.not_taken).to_owned(), Tone::Bad);
    let download = move |with_text: bool| {
        let Some((count, text)) = table(Form::Csv, with_text) else { return failed() };
        let name = untrack(|| desk.read(|campaign| campaign.name.clone()));
        let plain: String = name.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let name = format!("{plain}-{}.csv", desk.today.get_untracked());
        match file::download(&name, "text/csv;charset=utf-8", text.as_bytes()) {
            Ok(()) => toasts.say(t_string!(i18n, campaigns.downloaded, count = count).to_string(), Tone::Good),
            Err(_) => failed(),
        }
    };
    let copy = move |_| {
        let Some((count, text)) = table(Form::Tsv, false) else { return failed() };
        spawn_local(async move {
            if clipboard::copy(text).await {
                toasts.say(t_string!(i18n, list.copied, count = count).to_string(), Tone::Good);
            } else {
                failed();
            }
        });
    };
    let empty = Signal::derive(move || desk.listed.with(Vec::is_empty));
    let no_text = Signal::derive(move || {
        let message = desk.read(|campaign| campaign.message.clone());
        empty.get() || message.trim().is_empty() || Template::parse(&message, &desk.fields()).is_err()
    });
    view! {
        <div class="row">
            <Button icon=icondata_lu::LuDownload disabled=empty on_click=move |_| download(false) attr:data-testid="export-list">{t!(i18n, campaigns.download_list)}</Button>
            <Button icon=icondata_lu::LuDownload disabled=no_text on_click=move |_| download(true) attr:data-testid="export-texts">{t!(i18n, campaigns.download_texts)}</Button>
            <Button icon=icondata_lu::LuCopy disabled=empty on_click=copy>{t!(i18n, list.copy)}</Button>
        </div>
        <p class="small muted">{t!(i18n, campaigns.export_hint)}</p>
    }
    .into_any()
}

/// The headings of the table, in the language of the page.
fn headings(i18n: I18n) -> [&'static str; 11] {
    [
        t_string!(i18n, domain.field.customer),
        t_string!(i18n, campaigns.short_name),
        t_string!(i18n, domain.field.contact),
        t_string!(i18n, campaigns.job_title),
        t_string!(i18n, campaigns.phone),
        t_string!(i18n, campaigns.email),
        t_string!(i18n, domain.field.owner),
        t_string!(i18n, targets.attribute.industry),
        t_string!(i18n, targets.attribute.territory),
        t_string!(i18n, campaigns.touched_on),
        t_string!(i18n, campaigns.text),
    ]
}
