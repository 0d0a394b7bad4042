//! The line above the list: what it adds up to, and where else it can go.

use std::sync::Arc;

use leptos::prelude::*;

use super::{cell::Desk, column, listed::Listed};
use crate::{
    codec::table::Form,
    i18n::{t, t_string, use_i18n},
    metrics::Yardsticks,
    model::{Deal, DealId, Workspace},
    store::use_store,
    ui::{
        format::use_format,
        parts::{
            listing::{
                controls::{ChooseColumns, Search},
                export::{self, TakeAway},
            },
            views::Views,
        },
        route::Route,
    },
};

/// The keys of the address that a view of this page keeps.
const VIEW_KEYS: [&str; 14] = [
    "status",
    "model",
    "stage",
    "department",
    "person",
    "product",
    "source",
    "campaign",
    "competitor",
    "tag",
    "mark",
    "q",
    "sort",
    "columns",
];

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
    fn of<'a>(deals: impl Iterator<Item = &'a Arc<Deal>>, workspace: &Workspace) -> Self {
        let mut totals = Self::default();
        for deal in deals {
            totals.deals += 1;
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
pub(super) fn Summary(listed: Listed, desk: Desk, yardsticks: Memo<Arc<Yardsticks>>) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let totals = Memo::new(move |_| store.with(|workspace| listed.with(|deals| Totals::of(deals, workspace))));
    let money = move |minor: i64| {
        let currency = store.peek(|workspace| workspace.profile.currency);
        format.money(minor, currency.code(), currency.digits(), true)
    };
    let table = move |form: Form| {
        let ids = desk.taken(listed.rows.into());
        desk.columns.shown.with_untracked(|fields| {
            let yardsticks = yardsticks.get_untracked();
            let cells = |workspace: &Workspace, id: DealId| {
                let deal = workspace.deals.get(id)?;
                let cell = |field: &column::Field| field.value(deal, workspace, &yardsticks, i18n).plain(workspace);
                Some(fields.iter().map(cell).collect::<Vec<_>>())
            };
            let rows = store.peek(|workspace| ids.iter().filter_map(|id| cells(workspace, *id)).collect());
            export::table(form, fields, rows, i18n)
        })
    };
    view! {
        <div class="listing__sums">
            <Search label=Signal::derive(move || t_string!(i18n, deals.search).to_owned()) test_id="deals-search"/>
            <dl>
                <div><dt>{t!(i18n, common.count)}</dt><dd data-testid="deals-count">{move || format.count(totals.get().deals)}</dd></div>
                <div><dt>{t!(i18n, common.amount)}</dt><dd>{move || money(totals.get().amount)}</dd></div>
                <div><dt>{t!(i18n, common.weighted)}</dt><dd>{move || money(totals.get().weighted)}</dd></div>
                <Show when=move || totals.get().without_amount != 0>
                    <div><dt>{t!(i18n, deals.without_amount)}</dt><dd>{move || format.count(totals.get().without_amount)}</dd></div>
                </Show>
            </dl>
            <div class="row">
                <Views route=Route::Deals keys=VIEW_KEYS.to_vec()/>
                <ChooseColumns columns=desk.columns/>
                <TakeAway name=Signal::derive(move || t_string!(i18n, nav.deals).to_owned()) table/>
            </div>
        </div>
    }
    .into_any()
}
