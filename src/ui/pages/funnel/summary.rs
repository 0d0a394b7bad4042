//! The figures of the funnel as a whole.

use std::sync::Arc;

use leptos::prelude::*;

use super::{Figures, More, opener, skips::Skips};
use crate::{
    i18n::{t_string, use_i18n},
    metrics::Row,
    ui::{components::stat::Stat, format::use_format, parts::behind::left_out_words},
};

/// Five tiles: first stage to won, win rate, sales cycle, won money, gates passed without being met.
#[component]
pub(super) fn Summary(
    /// The figures of the page.
    figures: Memo<Option<Arc<Figures>>>,
    /// What is more to be said of them.
    more: Memo<Option<Arc<More>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let opener = opener(figures);
    let with = move |read: fn(&Figures) -> Option<f64>| figures.get().and_then(|figures| read(&figures));
    let overall_note = move || {
        let figures = figures.get()?;
        let cohort = &figures.conversion.overall;
        let product = format.percent(figures.conversion.product_so_far(), 1);
        let (won, entered) = (format.count(cohort.passed.len()), format.count(cohort.entered()));
        Some(t_string!(i18n, funnel.overall_note, won = won, entered = entered, product = product).to_string())
    };
    let win_note = move || {
        let figures = figures.get()?;
        let (won, lost) = (figures.stock.won.deals.len(), figures.stock.lost.deals.len());
        let (won, decided) = (format.count(won), format.count(won + lost));
        Some(t_string!(i18n, funnel.win_note, won = won, decided = decided).to_string())
    };
    let cycle_note = move || {
        let figures = figures.get()?;
        let (count, mean) = (format.count(figures.cycle.deals.len()), format.days(figures.cycle.mean));
        Some(t_string!(i18n, funnel.cycle_note, count = count, mean = mean).to_string())
    };
    let money_note = move || {
        let figures = figures.get()?;
        Some(t_string!(i18n, funnel.won_note, count = format.count(figures.stock.won.deals.len())).to_string())
    };
    let open =
        move |title: &str, rows: fn(&Figures) -> Vec<Row>, left_out: fn(&Figures) -> &crate::metrics::LeftOut| {
            if let Some(figures) = figures.get_untracked() {
                opener.run(title.to_owned(), &rows(&figures), left_out_words(i18n, format, left_out(&figures)));
            }
        };
    let open_overall = move |()| {
        let rows = |figures: &Figures| {
            let cohort = &figures.conversion.overall;
            cohort.deals().copied().collect()
        };
        open(t_string!(i18n, funnel.list.overall), rows, |figures| &figures.conversion.overall.left_out);
    };
    let open_closed = move |()| {
        let rows = |figures: &Figures| [&figures.stock.won.deals[..], &figures.stock.lost.deals].concat();
        open(t_string!(i18n, funnel.list.closed), rows, |figures| &figures.stock.left_out);
    };
    let open_cycle = move |()| {
        open(
            t_string!(i18n, funnel.list.cycle),
            |figures| figures.cycle.deals.clone(),
            |figures| &figures.cycle.left_out,
        );
    };
    let open_won = move |()| {
        open(
            t_string!(i18n, funnel.list.won),
            |figures| figures.stock.won.deals.clone(),
            |figures| &figures.stock.won.left_out,
        );
    };
    view! {
        <div class="tiles">
            <Stat
                label=Signal::derive(move || t_string!(i18n, funnel.overall).to_owned())
                figure=Signal::derive(move || format.percent(with(|f| f.conversion.overall.so_far().map(|r| r.value())), 1))
                note=Signal::derive(move || overall_note().unwrap_or_default())
                on_open=Callback::new(open_overall)
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, funnel.win_share).to_owned())
                figure=Signal::derive(move || format.percent(with(|f| f.stock.win_rate().map(|rate| rate.value())), 1))
                note=Signal::derive(move || win_note().unwrap_or_default())
                on_open=Callback::new(open_closed)
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, funnel.cycle).to_owned())
                figure=Signal::derive(move || format.days(with(|f| f.cycle.median)))
                note=Signal::derive(move || cycle_note().unwrap_or_default())
                on_open=Callback::new(open_cycle)
            />
            <Stat
                label=Signal::derive(move || t_string!(i18n, funnel.won_money).to_owned())
                figure=Signal::derive(move || {
                    figures.get().map(|figures| figures.amount(format, &figures.stock.won)).unwrap_or_default()
                })
                note=Signal::derive(move || money_note().unwrap_or_default())
                on_open=Callback::new(open_won)
            />
            <Skips figures more/>
        </div>
    }
    .into_any()
}
