//! The funnel: the first thing a manager sees. Its picture, its readings stage by stage and its outlook, each number with the deals
//! behind it.

mod bottleneck;
mod figures;
mod one_page;
mod outlook;
mod picture;
mod readings;
mod skips;
mod story;
mod summary;
mod target;
mod week;

use std::sync::Arc;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        components::empty::Empty,
        contesting::use_contesting,
        filters::{FilterBar, use_scope},
        format::use_format,
        parts::behind::Opener,
        route::{Query, Route},
    },
};

use bottleneck::Bottleneck;
use figures::{Figures, More, use_figures, use_more};
use one_page::OnePage;
use outlook::Outlook;
use picture::Picture;
use readings::Readings;
use story::Story;
use summary::Summary;
use target::Target;
use week::Week;

/// The funnel page.
#[component]
pub fn FunnelPage() -> impl IntoView {
    let store = use_store();
    let opened = store.library().opened();
    let any_deal = Memo::new(move |_| store.with(|workspace| !workspace.deals.is_empty()));
    view! {
        {move || match (opened.get().is_some(), any_deal.get()) {
            (false, _) => view! { <Nothing/> }.into_any(),
            (true, false) => view! { <NoDeals/> }.into_any(),
            (true, true) => view! { <Filled/> }.into_any(),
        }}
    }
}

/// What belongs here when no workspace is open.
#[component]
fn Nothing() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <h1>{t!(i18n, funnel.title)}</h1>
        <Empty icon=icondata_lu::LuFunnel text=Signal::derive(move || t_string!(i18n, funnel.empty).to_owned())>
            <a class="button button--primary" href="#/">{t!(i18n, funnel.start)}</a>
        </Empty>
    }
}

/// What belongs here when the workspace has no deals.
#[component]
fn NoDeals() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <h1>{t!(i18n, funnel.title)}</h1>
        <Empty icon=icondata_lu::LuFunnel text=Signal::derive(move || t_string!(i18n, funnel.empty_deals).to_owned())>
            <a class="button button--primary" href=Route::Import.href(&Query::default())>{t!(i18n, funnel.to_import)}</a>
            <a class="button" href=Route::Board.href(&Query::default())>{t!(i18n, funnel.to_board)}</a>
        </Empty>
    }
}

#[component]
fn Filled() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let scope = use_scope();
    let figures = use_figures(scope);
    let more = use_more(figures);
    // The sheet prints what the open deals may bring.
    let contesting = use_contesting();
    let held = Memo::new(move |_| contesting.holds_back());
    let sub = move || {
        let figures = figures.get()?;
        let open = &figures.stock.open;
        let period = scope.with(|scope| match scope.filter.period {
            Some(period) => [format.date(period.from), format.date(period.to)].join(" – "),
            None => t_string!(i18n, filters.all_time).to_owned(),
        });
        let (deals, amount) = (format.count(open.deals.len()), figures.amount(format, open));
        Some(t_string!(i18n, funnel.sub, deals = deals, amount = amount, period = period).to_string())
    };
    view! {
        <h1>{t!(i18n, funnel.title)}</h1>
        <p class="page__sub">{sub}</p>
        <Story/>
        <FilterBar scope/>
        <Show when=move || !held.get()>
            <div class="funnel-page__tools no-print"><OnePage figures more scope/></div>
        </Show>
        <div class="stack">
            <Readings figures/>
            <Bottleneck more/>
            <div class="funnel-page">
                <div class="stack">
                    <Picture figures/>
                    <Target figures scope/>
                </div>
                <div class="stack">
                    <Week figures more/>
                    <Summary figures more/>
                    <Outlook figures more/>
                </div>
            </div>
        </div>
    }
}

/// Opens the deals behind a number of the page.
fn opener(figures: Memo<Option<Arc<Figures>>>) -> Opener {
    Opener::new(Signal::derive(move || figures.get().map(|figures| figures.frame.clone())))
}
