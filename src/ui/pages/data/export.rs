//! Data out: the whole workspace as a document or a workbook, its deals and their histories as tables.

use leptos::prelude::*;

use super::book::ExportBook;
use crate::{
    codec::deals_csv,
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        components::button::{Button, Variant},
        parts::hand_out::use_hand_out,
        wording::I18n,
    },
};

/// The buttons.
#[component]
pub(super) fn Export() -> impl IntoView {
    let (i18n, store, hand_out) = (use_i18n(), use_store(), use_hand_out());
    let closed = Signal::derive(move || store.library().opened().get().is_none());
    let json = move |_| hand_out.document();
    let csv = move |_| hand_out.table("csv", store.peek(|workspace| deals_csv::encode(workspace, table_words(i18n))));
    let events = move |_| hand_out.events();
    let book = move |bytes: Vec<u8>| {
        hand_out.file("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", &bytes);
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
