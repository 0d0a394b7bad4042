//! The import page: files are chosen, what was recognised can be corrected in place, what would come of it is shown, and one
//! click makes it. Reading and planning happen in the background worker.

mod choice;
mod draft;
mod files;
mod first_rows;
mod forget;
mod known;
mod making;
mod memory;
mod names;
mod origin;
mod outcome;
mod preview;
mod problems;
mod stages;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    model::Currency,
    store::use_store,
    ui::components::{
        button::{Button, Variant},
        field::{Field, SelectField},
        file_drop::FileDrop,
        progress::Progress,
    },
    ui::{format::use_format, starting::Incoming},
};

use draft::{Draft, Step, use_draft};
use files::Files;
use names::Names;
use outcome::{Failed, Outcome, Refusals};
use preview::{Confirm, Preview};
use stages::Stages;

/// Currencies offered for a new workspace, the common ones first.
const CURRENCIES: &[&str] = &[
    "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "KRW", "INR", "AUD", "CAD", "CHF", "SEK", "NOK", "DKK",
    "PLN", "CZK", "BRL", "MXN", "RUB", "TRY", "AED", "THB", "VND", "MYR", "IDR", "PHP", "NZD", "ZAR",
];

/// The import page.
#[component]
pub fn ImportPage() -> impl IntoView {
    let i18n = use_i18n();
    let draft = Draft::provide();
    // Files that were opened elsewhere, or dropped while this page is open.
    let incoming: Incoming = expect_context();
    Effect::new(move || {
        let waiting = incoming.tables.take();
        if !waiting.is_empty() {
            untrack(|| draft.open(waiting));
        }
    });
    let any_file = Memo::new(move |_| draft.files.with(|files| !files.is_empty()));
    let is_done = Memo::new(move |_| draft.done.with(Option::is_some));
    view! {
        <h1>{t!(i18n, import.title)}</h1>
        <p class="page__sub">{t!(i18n, import.sub)}</p>
        <div class="import">
            <Outcome/>
            <Show when=move || !is_done.get()>
                <FileDrop accept=".csv,.tsv,.txt,.tab,.xlsx,.xlsm,.json,text/csv" multiple=true testid="import-file" on_opened=move |opened| draft.open(opened)/>
                <p class="muted small">{t!(i18n, import.formats)}</p>
            </Show>
            <Refusals/>
            <Failed/>
            <Show when=move || any_file.get()>
                <Target/>
                <Files/>
                <Stages/>
                <Names/>
                <Preview/>
            </Show>
            <Bar/>
        </div>
    }
}

/// Where the records go: the open workspace, or a new one.
#[component]
fn Target() -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let store = use_store();
    let into = move || {
        let (name, currency) =
            store.with(|workspace| (workspace.profile.name.clone(), workspace.profile.currency.code().to_owned()));
        t_string!(i18n, import.into, name = name, currency = currency).to_string()
    };
    let name = Signal::derive(move || draft.fresh.with(|fresh| fresh.profile.name.clone()));
    let currency = Signal::derive(move || draft.fresh.with(|fresh| fresh.profile.currency.code().to_owned()));
    let currencies = CURRENCIES.iter().map(|code| ((*code).to_owned(), (*code).to_owned())).collect::<Vec<_>>();
    let choose = move |code: String| {
        // Every choice offered is a code.
        if let Ok(currency) = code.parse::<Currency>() {
            draft.set_currency(currency);
        }
    };
    view! {
        {move || if draft.is_fresh() {
            view! {
                <section class="card import__target" aria-labelledby="import-target">
                    <h2 id="import-target">{t!(i18n, import.new_workspace)}</h2>
                    <p class="muted small">{t!(i18n, import.not_kept)}</p>
                    <div class="import__choices">
                        <Field label=Signal::derive(move || t_string!(i18n, import.workspace_name).to_owned()) value=name required=true on_change=move |name| draft.rename(name)/>
                        <SelectField label=Signal::derive(move || t_string!(i18n, import.currency).to_owned()) options=currencies.clone() value=currency on_change=choose/>
                    </div>
                </section>
            }
            .into_any()
        } else {
            view! { <p>{into}</p> }.into_any()
        }}
    }
}

/// Stays at the lower edge: what is under way, and the button that imports.
#[component]
fn Bar() -> impl IntoView {
    let draft = use_draft();
    let busy = Memo::new(move |_| draft.step.get().is_some());
    let planned = Memo::new(move |_| draft.summary.with(Option::is_some));
    view! {
        <Show when=move || busy.get() || planned.get()>
            <div class="card import__bar">
                <Show when=move || busy.get()><Working/></Show>
                <Show when=move || planned.get()><Confirm/></Show>
            </div>
        </Show>
    }
}

/// What is under way, with a way out.
#[component]
fn Working() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let label = Signal::derive(move || {
        let words = match draft.step.get() {
            Some(Step::Reading) => t_string!(i18n, import.step.reading),
            Some(Step::Planning) => t_string!(i18n, import.step.planning),
            Some(Step::Running) => t_string!(i18n, import.step.running),
            None => "",
        };
        match draft.progress.get() {
            Some((done, total)) if total > 1 => {
                let (done, total) = (format.count(done), format.count(total));
                [words, &t_string!(i18n, import.step.rows, done = done, total = total).to_string()].join(" ")
            }
            _ => words.to_owned(),
        }
    });
    #[allow(clippy::cast_precision_loss, reason = "rows are far below 2^53")]
    let share = Signal::derive(move || {
        draft.progress.get().filter(|(_, total)| *total > 0).map(|(done, total)| done as f64 / total as f64)
    });
    view! {
        <div class="import__progress" data-testid="import-progress">
            <Progress label share on_cancel=move |()| draft.cancel()/>
        </div>
    }
}

/// Gives up the draft.
#[component]
fn StartOver() -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    view! { <Button variant=Variant::Quiet on_click=move |_| draft.restart()>{t!(i18n, import.start_over)}</Button> }
}
