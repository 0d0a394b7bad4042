//! The workspace as an Excel workbook, made in the background worker.

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        background::Desk,
        clock,
        components::{button::Button, progress::Progress, tag::Tone, toast::use_toasts},
        format::use_format,
        wording::{book as words, import},
    },
    worker::{BookOrder, Request, Response},
};

/// The button, and while the workbook is made how far it is.
#[component]
pub(super) fn ExportBook(
    /// Whether there is nothing to export.
    disabled: Signal<bool>,
    /// Takes the bytes of the workbook.
    #[prop(into)]
    on_made: Callback<Vec<u8>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let store = use_store();
    let toasts = use_toasts();
    let clock = clock::use_clock();
    let desk = Desk::new();
    let progress = RwSignal::new(None::<(usize, usize)>);
    let failed = move |words: String| {
        progress.set(None);
        toasts.say(words, Tone::Bad);
    };
    let make = move |_| {
        let order = store.peek(|workspace| BookOrder::of(workspace, words::words(i18n), clock.today.get_untracked()));
        progress.set(Some((0, 0)));
        let hear = move |done, total| progress.set(Some((done, total)));
        desk.ask(Request::Book(Box::new(order)), hear, move |answer| match answer {
            Ok(Response::Book(Ok(bytes))) => {
                progress.set(None);
                desk.stop();
                on_made.run(bytes);
            }
            Ok(_) => failed(t_string!(i18n, data.export.not_written).to_owned()),
            Err(why) => failed(import::no_answer(i18n, &why).to_owned()),
        });
    };
    let label = Signal::derive(move || match progress.get() {
        Some((done, total)) if total > 0 => {
            let (done, total) = (format.count(done), format.count(total));
            t_string!(i18n, data.export.xlsx_sheets, done = done, total = total).to_string()
        }
        _ => t_string!(i18n, data.export.xlsx_making).to_owned(),
    });
    #[allow(clippy::cast_precision_loss, reason = "a handful of sheets")]
    let share = Signal::derive(move || {
        progress.get().filter(|(_, total)| *total > 0).map(|(done, total)| done as f64 / total as f64)
    });
    let cancel = move |()| {
        desk.stop();
        progress.set(None);
    };
    view! {
        <div class="data__export">
            <Show
                when=move || progress.with(Option::is_some)
                fallback=move || view! {
                    <Button icon=icondata_lu::LuFileSpreadsheet disabled=disabled on_click=make attr:data-testid="export-xlsx">
                        {t!(i18n, data.export.xlsx)}
                    </Button>
                }
            >
                <Progress label share on_cancel=cancel/>
            </Show>
            <p class="muted small">{t!(i18n, data.export.xlsx_note)}</p>
        </div>
    }
}
