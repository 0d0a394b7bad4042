//! Data out: the whole workspace as a document or a workbook, its deals and their histories as tables.

use leptos::prelude::*;

use super::book::ExportBook;
use crate::{
    codec::{deals_csv, event_log},
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            button::{Button, Variant},
            tag::Tone,
            toast::use_toasts,
        },
        copying::use_copy,
        file,
        format::use_format,
        wording::{I18n, document as words},
    },
};

/// The buttons.
#[component]
pub(super) fn Export() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let store = use_store();
    let toasts = use_toasts();
    let clock = use_clock();
    let closed = Signal::derive(move || store.library().opened().get().is_none());
    let hand_out = move |ending: &str, mime: &str, contents: &[u8]| {
        let stem = store.peek(|workspace| file::stem(&workspace.profile.name));
        let name = [stem.as_str(), "-", &clock.today.get_untracked().to_string(), ".", ending].concat();
        match file::download(&name, mime, contents) {
            Ok(()) => toasts.say(t_string!(i18n, data.export.done, name = name).to_string(), Tone::Good),
            Err(error) => toasts.say(words::file_error(i18n, format, &error), Tone::Bad),
        }
    };
    let copy = use_copy();
    let json = move |_| copy();
    let hand_out_table = move |ending: &str, table: Result<String, csv::Error>| match table {
        Ok(table) => hand_out(ending, "text/csv;charset=utf-8", table.as_bytes()),
        Err(_never) => toasts.say(t_string!(i18n, data.export.not_written).to_owned(), Tone::Bad),
    };
    let csv = move |_| {
        hand_out_table("csv", store.peek(|workspace| deals_csv::encode(workspace, table_words(i18n))));
    };
    let events = move |_| hand_out_table("events.csv", store.peek(event_log::encode));
    let book = move |bytes: Vec<u8>| {
        hand_out("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &bytes);
    };
    view! {
        <section class="card stack" aria-labelledby="data-export">
            <h2 id="data-export">{t!(i18n, data.export.title)}</h2>
            <div class="data__export">
                <Button variant=Variant::Primary icon=icondata_lu::LuDownload disabled=closed on_click=json attr:data-testid="export-json">
                    {t!(i18n, data.export.json)}
                </Button>
                <p class="muted small">{t!(i18n, data.export.json_note)}</p>
            </div>
            <div class="data__export">
                <Button icon=icondata_lu::LuSheet disabled=closed on_click=csv attr:data-testid="export-csv">
                    {t!(i18n, data.export.csv)}
                </Button>
                <p class="muted small">{t!(i18n, data.export.csv_note)}</p>
            </div>
            <ExportBook disabled=closed on_made=book/>
            <div class="data__export">
                <Button icon=icondata_lu::LuHistory disabled=closed on_click=events attr:data-testid="export-events">
                    {t!(i18n, data.export.events)}
                </Button>
                <p class="muted small">{t!(i18n, data.export.events_note)}</p>
            </div>
        </section>
    }
}

fn table_words(i18n: I18n) -> deals_csv::Words<'static> {
    deals_csv::Words {
        headings: [
            t_string!(i18n, data.csv.title),
            t_string!(i18n, data.csv.customer),
            t_string!(i18n, data.csv.owner),
            t_string!(i18n, data.csv.model),
            t_string!(i18n, data.csv.stage),
            t_string!(i18n, data.csv.status),
            t_string!(i18n, data.csv.amount),
            t_string!(i18n, data.csv.currency),
            t_string!(i18n, data.csv.expected_close),
            t_string!(i18n, data.csv.created),
            t_string!(i18n, data.csv.entered),
            t_string!(i18n, data.csv.closed),
            t_string!(i18n, data.csv.reason),
            t_string!(i18n, data.csv.source),
            t_string!(i18n, data.csv.reference),
        ],
        statuses: [
            t_string!(i18n, domain.status.open),
            t_string!(i18n, domain.status.won),
            t_string!(i18n, domain.status.lost),
            t_string!(i18n, domain.status.dormant),
        ],
    }
}
