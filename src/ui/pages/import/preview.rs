//! What the import would do, in figures that add up, and the button that does it.

use std::sync::Arc;

use leptos::prelude::*;

use super::{
    StartOver,
    draft::use_draft,
    known::{KnownDeals, NoRoom, PutRight},
    problems::Problems,
};
use crate::{
    codec::csv::{Counts, SkipReason, Summary, Total},
    i18n::{t, t_string, use_i18n},
    model::Currency,
    ui::{
        components::{
            button::{Button, Variant},
            field::Checkbox,
        },
        format::{Format, use_format},
        wording::I18n,
    },
};

/// The preview; empty until the first plan is there.
#[component]
pub(super) fn Preview() -> impl IntoView {
    let i18n = use_i18n();
    let draft = use_draft();
    let any = Memo::new(move |_| draft.summary.with(Option::is_some));
    let deals = Memo::new(move |_| draft.summary.with(|s| s.as_ref().is_some_and(|s| s.model.is_some())));
    view! {
        <Show when=move || any.get()>
            <section class="card stack" aria-labelledby="import-preview" data-testid="import-preview">
                <h2 id="import-preview">{t!(i18n, import.preview.title)}</h2>
                <Balance/>
                <div class="import__figures">
                    <Records/>
                    <Show when=move || deals.get()><ByStage/></Show>
                </div>
                <NoRoom/>
                <KnownDeals/>
                <Choices/>
                <PutRight/>
                <Problems/>
            </section>
        </Show>
    }
}

/// Each file's rows: imported and left out.
#[component]
fn Balance() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let lines = move || {
        let summary = draft.summary.get();
        let files = draft.files.get();
        let counted = summary.iter().flat_map(|summary| summary.files.iter()).zip(&files);
        let line = counted.map(|(counts, glance)| {
            let balance = t_string!(
                i18n,
                import.preview.balance,
                name = glance.label(),
                rows = format.count(counts.rows),
                imported = format.count(counts.imported),
                skipped = format.count(counts.skipped)
            )
            .to_string();
            let other = glance.shape.skipped.iter().filter(|line| line.reason != SkipReason::Header).count();
            let other = (other > 0)
                .then(|| t_string!(i18n, import.preview.lines, count = other, n = format.count(other)).to_string());
            view! { <li>{balance}{other.map(|text| view! { <span class="muted">" · "{text}</span> })}</li> }
        });
        line.collect_view()
    };
    let takes_over = move || {
        let summary = draft.summary.get().filter(|summary| summary.currency_changes)?;
        let currency = summary.currency.clone();
        let text = t_string!(i18n, import.currency_changes, currency = currency).to_string();
        Some(view! { <p class="import__remark">{text}</p> })
    };
    view! { <ul class="import__balance">{lines}</ul>{takes_over} }
}

/// New and changed records of each kind.
#[component]
fn Records() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let rows = move || {
        let summary = draft.summary.get().unwrap_or_default();
        let kinds = [
            (t_string!(i18n, import.preview.deals), summary.deals),
            (t_string!(i18n, import.preview.customers), summary.customers),
            (t_string!(i18n, import.preview.people), summary.people),
            (t_string!(i18n, import.preview.departments), summary.departments),
            (t_string!(i18n, import.preview.products), summary.products),
        ];
        let row = |(name, counts): (&'static str, Counts)| {
            view! { <tr><th scope="row">{name}</th><td>{format.count(counts.created)}</td><td>{format.count(counts.updated)}</td></tr> }
        };
        kinds.into_iter().map(row).collect_view()
    };
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, import.preview.what)}</th>
                    <th scope="col">{t!(i18n, import.preview.created)}</th>
                    <th scope="col">{t!(i18n, import.preview.updated)}</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

/// Deals and money by stage and outcome.
#[component]
fn ByStage() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let rows = move || draft.summary.get().map(|summary| stage_rows(i18n, format, &summary));
    view! {
        <table class="table">
            <thead>
                <tr>
                    <th scope="col">{t!(i18n, import.preview.stage)}</th>
                    <th scope="col">{t!(i18n, import.preview.count)}</th>
                    <th scope="col">{t!(i18n, import.preview.amount)}</th>
                </tr>
            </thead>
            {rows}
        </table>
    }
}

fn stage_rows(i18n: I18n, format: Format, summary: &Arc<Summary>) -> impl IntoView + use<> {
    let digits = summary.currency.parse::<Currency>().map_or(2, Currency::digits);
    let mut total = Total::default();
    let mut rows: Vec<(String, Total)> = summary.stages.iter().map(|stage| (stage.name.clone(), stage.open)).collect();
    let outcomes = [
        (t_string!(i18n, import.preview.won), summary.won),
        (t_string!(i18n, import.preview.lost), summary.lost),
        (t_string!(i18n, import.preview.dormant), summary.dormant),
    ];
    let any = outcomes.into_iter().filter(|(_, total)| total.deals > 0);
    rows.extend(any.map(|(name, total)| (name.to_owned(), total)));
    for (_, row) in &rows {
        total += *row;
    }
    let currency = summary.currency.clone();
    let row = move |(name, row): (String, Total)| {
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td>{format.count(row.deals)}</td>
                <td>{format.money(row.known(), &currency, digits, false)}</td>
            </tr>
        }
    };
    let sum = row((t_string!(i18n, import.preview.total).to_owned(), total));
    view! { <tbody>{rows.into_iter().map(row).collect_view()}</tbody><tfoot>{sum}</tfoot> }
}

/// What can be read in two ways.
#[component]
fn Choices() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let count = Memo::new(move |_| draft.summary.with(|summary| summary.as_ref().map_or(0, |s| s.lost_with_zero)));
    let label = Signal::derive(move || {
        let count = count.get();
        t_string!(i18n, import.preview.zero_amounts, count = count, n = format.count(count)).to_string()
    });
    view! {
        <Show when=move || { count.get() > 0 }>
            <Checkbox
                label
                value=Signal::derive(move || draft.options.with(|options| options.lost_zero_is_unknown))
                on_change=move |unknown| draft.decide(|options| options.lost_zero_is_unknown = unknown)
            />
        </Show>
    }
}

/// The button that says what happens.
#[component]
pub(super) fn Confirm() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let draft = use_draft();
    let records = Memo::new(move |_| {
        let count = |counts: Counts| counts.created + counts.updated;
        draft.summary.with(|summary| {
            summary.as_ref().map_or(0, |s| {
                count(s.deals) + count(s.customers) + count(s.people) + count(s.departments) + count(s.products)
            })
        })
    });
    let words = move || {
        let deals = draft.summary.with(|summary| summary.as_ref().map_or(0, |s| s.deals.created));
        match (deals, records.get()) {
            (0, 0) => t_string!(i18n, import.confirm.nothing).to_owned(),
            (0, count) => t_string!(i18n, import.confirm.records, count = count, n = format.count(count)).to_string(),
            (count, _) => t_string!(i18n, import.confirm.deals, count = count, n = format.count(count)).to_string(),
        }
    };
    let nameless = move || draft.is_fresh() && draft.fresh.with(|fresh| fresh.profile.name.trim().is_empty());
    view! {
        <div class="dialog__actions">
            <StartOver/>
            <Button
                variant=Variant::Primary
                busy=Signal::derive(move || draft.step.get().is_some())
                disabled=Signal::derive(move || records.get() == 0 || nameless())
                on_click=move |_| draft.confirm()
                attr:data-testid="import-confirm"
            >
                {words}
            </Button>
        </div>
    }
}
