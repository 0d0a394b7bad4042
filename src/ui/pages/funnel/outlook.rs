//! What the open deals may bring, month by month.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Figures, More, opener};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::Holding,
    ui::{
        charts::bar_months::{BarMonths, MonthBar, Series},
        components::{explain::Explain, tag::Tone},
        format::use_format,
        parts::behind::left_out_words,
        route::{Query, Route},
        wording,
    },
};

/// The card with the chart and the buckets that belong to no month ahead.
#[component]
pub(super) fn Outlook(
    /// The figures of the page.
    figures: Memo<Option<Arc<Figures>>>,
    /// What is more to be said of them.
    more: Memo<Option<Arc<More>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let opener = opener(figures);
    let series = Signal::derive(move || {
        vec![
            Series { name: t_string!(i18n, funnel.won_series).to_owned(), tone: Tone::Good },
            Series { name: t_string!(i18n, funnel.open_series).to_owned(), tone: Tone::Accent },
        ]
    });
    let bars = Signal::derive(move || {
        let Some(more) = more.get() else { return Vec::new() };
        let months = more.forecast.months.iter().map(|(month, forecast)| MonthBar {
            month: format.month(month.first_day()),
            short: format.short_month(month.first_day()),
            #[expect(clippy::cast_precision_loss, reason = "a height on the screen")]
            parts: vec![forecast.won.amount as f64, forecast.open.weighted],
        });
        months.collect::<Vec<_>>()
    });
    let money = Callback::new(move |minor: f64| {
        figures.get().map(|figures| figures.weighted(format, minor)).unwrap_or_default()
    });
    let on_pick = Callback::new(move |index: usize| {
        let Some(more) = more.get_untracked() else { return };
        let Some((month, forecast)) = more.forecast.months.iter().nth(index) else { return };
        let title = t_string!(i18n, funnel.list.month, month = format.month(month.first_day())).to_string();
        let rows = [&forecast.won.deals[..], &forecast.open.deals].concat();
        opener.run(title, &rows, left_out_words(i18n, format, &forecast.open.left_out));
    });
    let buckets = move || {
        let more = more.get()?;
        let (figures, forecast) = (more.figures.clone(), &more.forecast);
        let row = |name: &'static str, title: String, holding: &Holding| {
            let amount = figures.weighted_amount(format, holding);
            let count = t_string!(i18n, funnel.deals, count = format.count(holding.deals.len())).to_string();
            let (rows, left_out) = (holding.deals.clone(), left_out_words(i18n, format, &holding.left_out));
            view! {
                <tr>
                    <th scope="row">{name}</th>
                    <td>
                        <button type="button" class="link" on:click=move |_| opener.run(title.clone(), &rows, left_out.clone())>
                            {count}
                        </button>
                    </td>
                    <td>{amount}</td>
                </tr>
            }
        };
        let categories = forecast.categories.iter().rev().map(|(category, holding)| {
            let name = wording::category(i18n, *category);
            row(name, name.to_owned(), holding)
        });
        let categories = categories.collect_view();
        let loose = [
            (t_string!(i18n, funnel.overdue), t_string!(i18n, funnel.list.overdue), &forecast.overdue),
            (t_string!(i18n, funnel.no_date), t_string!(i18n, funnel.list.no_date), &forecast.without_date),
            (t_string!(i18n, funnel.no_amount), t_string!(i18n, funnel.list.no_amount), &forecast.without_amount),
        ];
        let loose = loose.map(|(name, title, holding)| row(name, title.to_owned(), holding)).collect_view();
        Some((categories, loose))
    };
    view! {
        <section class="card">
            <h2>{t!(i18n, funnel.forecast)}</h2>
            <AgainstQuota figures/>
            <BarMonths
                label=Signal::derive(move || t_string!(i18n, funnel.forecast_label).to_owned())
                series
                bars
                format=money
                on_pick
            />
            <table class="table outlook">
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, funnel.category)}</th>
                        <th scope="col">{t!(i18n, funnel.count)}</th>
                        <th scope="col">{t!(i18n, funnel.open_series)}</th>
                    </tr>
                </thead>
                <tbody>{buckets}</tbody>
            </table>
        </section>
    }
    .into_any()
}

/// What the quota of the quarter asks, against what was won and what may still close.
#[component]
fn AgainstQuota(figures: Memo<Option<Arc<Figures>>>) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let opener = opener(figures);
    let quota = move || figures.with(|figures| figures.as_ref().and_then(|figures| figures.quota.clone()));
    let words = move || {
        let (figures, quota) = (figures.get()?, quota()?);
        let until = format.date(quota.period.to);
        let asked = figures.money(format, quota.asked.amount);
        let won = figures.money(format, quota.won.amount);
        let closing = figures.weighted(format, quota.closing.weighted);
        Some(
            t_string!(i18n, funnel.quota.words, until = until, asked = asked, won = won, closing = closing).to_string(),
        )
    };
    let counted = move || {
        let (won, closing) =
            quota().map(|quota| (quota.won.deals.len(), quota.closing.deals.len())).unwrap_or_default();
        t_string!(i18n, funnel.quota.counted, won = format.count(won), closing = format.count(closing)).to_string()
    };
    let open = move |_| {
        let Some(quota) = untrack(quota) else { return };
        let rows = [&quota.won.deals[..], &quota.closing.deals].concat();
        let left_out = left_out_words(i18n, format, &quota.closing.left_out);
        opener.run(t_string!(i18n, funnel.quota.title).to_owned(), &rows, left_out);
    };
    let quotas = move || Route::Forecast.href(&Query::default().with("tab", "quotas"));
    view! {
        <Show
            when=move || quota().is_some()
            fallback=move || view! { <p class="muted small"><a class="link" href=quotas>{t!(i18n, funnel.quota.none)}</a></p> }
        >
            <p data-testid="against-quota">
                {words}
                <Explain
                    formula=Signal::derive(move || t_string!(i18n, funnel.quota.formula).to_owned())
                    counted=Signal::derive(counted)
                />
                " "
                <button type="button" class="link" on:click=open>{t!(i18n, common.show_deals)}</button>
            </p>
        </Show>
    }
    .into_any()
}
