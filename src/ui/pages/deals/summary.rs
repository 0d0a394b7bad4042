//! The line above the list: what it adds up to, and where else it can go.

use leptos::{prelude::*, task::spawn_local};

use super::{
    cell::Desk,
    column::{self, Field},
    export,
    filters::{Columns, Search},
};
use crate::{
    codec::table::Form,
    i18n::{t, t_string, use_i18n},
    model::{DealId, Workspace},
    store::use_store,
    ui::{
        clipboard,
        clock::use_clock,
        components::{button::Button, tag::Tone, toast::use_toasts},
        file,
        format::use_format,
    },
};

/// The sums of a list of deals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Totals {
    deals: usize,
    amount: i64,
    weighted: i64,
    without_amount: usize,
}

impl Totals {
    /// Amounts are bounded by 2⁵¹, so their sum fits as long as there are fewer than 4,096 of the largest.
    fn of(ids: &[DealId], workspace: &Workspace) -> Self {
        let mut totals = Self { deals: ids.len(), ..Self::default() };
        for deal in ids.iter().filter_map(|id| workspace.deals.get(*id)) {
            match deal.standing().amount {
                Some(amount) => totals.amount = totals.amount.saturating_add(amount.minor()),
                None => totals.without_amount += 1,
            }
            totals.weighted = totals.weighted.saturating_add(column::weighted(deal, workspace).unwrap_or_default());
        }
        totals
    }
}

/// Search, the sums of the list, its columns and its way into other programs.
#[component]
pub(super) fn Summary(rows: Signal<Vec<DealId>>, fields: Signal<Vec<Field>>, desk: Desk) -> impl IntoView {
    let (i18n, store, format, clock, toasts) = (use_i18n(), use_store(), use_format(), use_clock(), use_toasts());
    let totals = Memo::new(move |_| rows.with(|rows| store.with(|workspace| Totals::of(rows, workspace))));
    let money = move |minor: i64| {
        let currency = store.peek(|workspace| workspace.profile.currency);
        format.money(minor, currency.code(), currency.digits(), true)
    };
    let table = move |form| {
        let marked = desk.marked.get_untracked();
        let taken = |id: &DealId| marked.is_empty() || marked.contains(id);
        let ids: Vec<_> = rows.with_untracked(|rows| rows.iter().copied().filter(taken).collect());
        let text = fields.with_untracked(|fields| {
            store.peek(|workspace| export::table(form, &ids, fields, workspace, clock.today.get_untracked(), i18n))
        });
        text.map(|text| (ids.len(), text))
    };
    let failed = move || toasts.say(t_string!(i18n, deals.not_taken).to_owned(), Tone::Bad);
    let copy = move |_| {
        let Ok((count, text)) = table(Form::Tsv) else { return failed() };
        spawn_local(async move {
            if clipboard::copy(text).await {
                toasts.say(t_string!(i18n, deals.copied, count = count).to_string(), Tone::Good);
            } else {
                failed();
            }
        });
    };
    let download = move |_| {
        let Ok((_, text)) = table(Form::Csv) else { return failed() };
        let name = format!("{}-{}.csv", t_string!(i18n, nav.deals), clock.today.get_untracked());
        if file::download(&name, "text/csv;charset=utf-8", text.as_bytes()).is_err() {
            failed();
        }
    };
    view! {
        <div class="deals__sums">
            <Search/>
            <dl>
                <div><dt>{t!(i18n, common.count)}</dt><dd data-testid="deals-count">{move || format.count(totals.get().deals)}</dd></div>
                <div><dt>{t!(i18n, common.amount)}</dt><dd>{move || money(totals.get().amount)}</dd></div>
                <div><dt>{t!(i18n, common.weighted)}</dt><dd>{move || money(totals.get().weighted)}</dd></div>
                <Show when=move || totals.get().without_amount != 0>
                    <div><dt>{t!(i18n, deals.without_amount)}</dt><dd>{move || format.count(totals.get().without_amount)}</dd></div>
                </Show>
            </dl>
            <div class="row">
                <Columns desk/>
                <Button icon=icondata_lu::LuCopy on_click=copy>{t!(i18n, deals.copy)}</Button>
                <Button icon=icondata_lu::LuDownload on_click=download>{t!(i18n, deals.download)}</Button>
            </div>
        </div>
    }
    .into_any()
}
