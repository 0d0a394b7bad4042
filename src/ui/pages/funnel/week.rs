//! What changed since the week before.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Figures, More, opener};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        Row,
        movement::{Bucket, Flow, Group},
    },
    ui::format::use_format,
};

/// New, promoted, fallen back, won, lost: with the amount and the deals behind each.
#[component]
pub(super) fn Week(
    /// The figures of the page.
    figures: Memo<Option<Arc<Figures>>>,
    /// What is more to be said of them.
    more: Memo<Option<Arc<More>>>,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let opener = opener(figures);
    let rows = move || {
        let more = more.get()?;
        let figures = more.figures.clone();
        let bucket = |bucket: Bucket| {
            let item = more.week.changes.get(&bucket);
            (item.map(|item| item.deals.clone()).unwrap_or_default(), item.map(|item| item.change))
        };
        let flow = |flow: Flow| -> (Vec<Row>, Option<i128>) {
            let stages = more.moves.rows.get(&Group::Company).into_iter().flatten();
            let mut deals: Vec<Row> = stages.filter_map(|stage| stage.flows.get(&flow)).flatten().copied().collect();
            deals.sort_unstable();
            deals.dedup();
            (deals, None)
        };
        let all = [
            (t_string!(i18n, analysis.bucket.new), bucket(Bucket::New)),
            (t_string!(i18n, analysis.flow.promoted), flow(Flow::Promoted)),
            (t_string!(i18n, analysis.flow.fell_back), flow(Flow::FellBack)),
            (t_string!(i18n, analysis.bucket.won), bucket(Bucket::Won)),
            (t_string!(i18n, analysis.bucket.lost), bucket(Bucket::Lost)),
            (t_string!(i18n, analysis.bucket.dormant), bucket(Bucket::Dormant)),
        ];
        let row = |(name, (deals, change)): (&'static str, (Vec<Row>, Option<i128>))| {
            let amount = change.filter(|_| !deals.is_empty()).map(|change| figures.money(format, change.abs()));
            let count = format.count(deals.len());
            let shown = if deals.is_empty() {
                view! { <span class="muted">{count}</span> }.into_any()
            } else {
                let title = [t_string!(i18n, funnel.week), name].join(" · ");
                view! {
                    <button type="button" class="link" on:click=move |_| opener.run(title.clone(), &deals, String::new())>{count}</button>
                }
                .into_any()
            };
            view! { <tr><th scope="row">{name}</th><td>{shown}</td><td class="muted">{amount}</td></tr> }
        };
        Some(all.map(row).collect_view())
    };
    view! {
        <section class="card">
            <h2>{t!(i18n, funnel.week)}</h2>
            <table class="table outlook" data-testid="week"><tbody>{rows}</tbody></table>
        </section>
    }
    .into_any()
}
