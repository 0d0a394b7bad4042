//! The files for a warehouse: the document, the event log, and the queries that say over it what the pages say.

use leptos::prelude::*;

use crate::{
    i18n::{t, use_i18n},
    ui::{components::button::Button, parts::hand_out::use_hand_out},
};

/// The queries over the event log, as the release has them: see `docs/sql`.
const QUERIES: &str = include_str!("../../../../docs/sql/metrics.sql");

/// The three files.
#[component]
pub(super) fn Engines() -> impl IntoView {
    let (i18n, hand_out) = (use_i18n(), use_hand_out());
    let queries = move |_| {
        hand_out.named("metrics.sql", "application/sql;charset=utf-8", QUERIES.as_bytes());
    };
    view! {
        <section class="card stack" aria-labelledby="growing-engines">
            <h2 id="growing-engines">{t!(i18n, growing.engines.title)}</h2>
            <p class="muted">{t!(i18n, growing.engines.what)}</p>
            <div class="data__export">
                <Button icon=icondata_lu::LuHistory on_click=move |_| hand_out.events() attr:data-testid="growing-events">
                    {t!(i18n, data.export.events)}
                </Button>
                <p class="muted small">{t!(i18n, data.export.events_note)}</p>
            </div>
            <div class="data__export">
                <Button icon=icondata_lu::LuDatabase on_click=queries attr:data-testid="growing-sql">
                    {t!(i18n, growing.engines.sql)}
                </Button>
                <p class="muted small">{t!(i18n, growing.engines.sql_note)}</p>
            </div>
            <div class="data__export">
                <Button icon=icondata_lu::LuDownload on_click=move |_| hand_out.document() attr:data-testid="growing-json">
                    {t!(i18n, data.export.json)}
                </Button>
                <p class="muted small">{t!(i18n, growing.engines.json_note)}</p>
            </div>
        </section>
    }
}
