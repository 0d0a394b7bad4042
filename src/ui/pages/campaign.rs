//! One campaign: its facts, whom it addresses, the text for them, and what it brought.

mod desk;
mod export;
mod facts;
mod make_deals;
mod merge;
mod recipients;
mod touch;

use leptos::prelude::*;

use desk::Desk;
use export::Export;
use facts::Facts;
use merge::Merge;
use recipients::Recipients;
use touch::Touching;

use super::campaigns::{PhaseTag, per_win, remove, worth};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::CampaignId,
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            empty::Empty,
            stat::Stat,
        },
        route::{Query, Route, use_navigation},
        selection::{Chosen, use_open_list},
    },
};

/// One campaign.
#[component]
pub fn CampaignPage(
    /// The id of the address, as text.
    id: String,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let missing = move || {
        view! {
            <h1>{t!(i18n, campaigns.title)}</h1>
            <Empty icon=icondata_lu::LuSearchX text=Signal::derive(move || t_string!(i18n, campaigns.unknown).to_owned())>
                <a class="button button--primary" href=Route::Campaigns.href(&Query::default())>{t!(i18n, campaigns.all)}</a>
            </Empty>
        }
    };
    match id.parse::<CampaignId>() {
        Ok(id) => {
            let is_there = Memo::new(move |_| store.with(|workspace| workspace.campaigns.contains(id)));
            view! { <Show when=move || is_there.get() fallback=missing><Known id/></Show> }.into_any()
        }
        Err(_) => missing().into_any(),
    }
}

/// The page of a campaign that exists.
#[component]
fn Known(id: CampaignId) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let desk = Desk::new(id);
    let phase = Signal::derive(move || desk.figures.with(|figures| figures.as_ref().and_then(|figures| figures.phase)));
    let on_remove = move |_| {
        if remove(desk.store(), desk.mover(), i18n, id) {
            navigation.go_with(&Route::Campaigns, &Query::default());
        }
    };
    view! {
        <article class="campaign">
            <header>
                <nav class="small"><a href=Route::Campaigns.href(&Query::default())>{t!(i18n, campaigns.all)}</a></nav>
                <div class="campaign__line">
                    <div class="row">
                        <h1 data-testid="campaign-name">{move || desk.read(|campaign| campaign.name.clone())}</h1>
                        <PhaseTag phase/>
                    </div>
                    <Button
                        variant=Variant::Bare
                        icon=icondata_lu::LuTrash2
                        label=Signal::derive(move || t_string!(i18n, campaigns.remove, name = desk.read(|campaign| campaign.name.clone())).to_string())
                        on_click=on_remove
                    />
                </div>
            </header>
            <Figures desk/>
            <div class="campaign__columns">
                <Facts desk/>
                <Merge desk/>
            </div>
            <section class="card stack" aria-labelledby="campaign-recipients">
                <h2 id="campaign-recipients">{t!(i18n, campaigns.recipients)}</h2>
                <Touching desk/>
                <Recipients desk/>
                <Export desk/>
            </section>
        </article>
    }
    .into_any()
}

/// What it reached and brought.
#[component]
fn Figures(desk: Desk) -> impl IntoView {
    let (i18n, format, amounts) = (desk.i18n, desk.format, desk.amounts());
    let open_list = use_open_list();
    let see = move |show: &dyn Fn(&crate::metrics::CampaignFigures) -> String| {
        desk.figures.with(|figures| figures.as_ref().map(show)).unwrap_or_default()
    };
    let show_deals = move |()| {
        let deals =
            desk.figures.with_untracked(|figures| figures.as_ref().map(|f| f.deals.clone())).unwrap_or_default();
        let name = untrack(|| desk.read(|campaign| campaign.name.clone()));
        let title = t_string!(i18n, campaigns.deals_of, name = name).to_string();
        open_list.run(Chosen { title, deals, left_out: String::new() });
    };
    let waiting = move || {
        let count = desk.figures.with(|figures| figures.as_ref().map(|f| f.waiting)).unwrap_or_default();
        Some(t_string!(i18n, campaigns.waiting, count = count).to_string())
    };
    let without = move |show: fn(&crate::metrics::CampaignFigures) -> crate::metrics::Worth| {
        Signal::derive(move || {
            let worth = desk.figures.with(|figures| figures.as_ref().map(show))?;
            let (deals, without) = (worth.deals, worth.without_amount);
            let counted = t_string!(i18n, campaigns.deals_counted, count = deals).to_string();
            let missing = t_string!(i18n, campaigns.without_amount, count = without).to_string();
            Some(if without == 0 { counted } else { [counted, missing].join(" · ") })
        })
    };
    view! {
        <div class="tiles" data-testid="campaign-figures">
            <Stat label=desk.label(|i18n| t_string!(i18n, campaigns.audience_size)) figure=Signal::derive(move || see(&|f| format.count(f.audience))) note=Signal::derive(waiting)/>
            <Stat label=desk.label(|i18n| t_string!(i18n, campaigns.touched)) figure=Signal::derive(move || see(&|f| format.count(f.touched)))/>
            <Stat label=desk.label(|i18n| t_string!(i18n, campaigns.brought)) figure=Signal::derive(move || see(&|f| format.count(f.deals.len()))) on_open=show_deals/>
            <Stat label=desk.label(|i18n| t_string!(i18n, campaigns.open)) figure=Signal::derive(move || see(&|f| worth(amounts, f.open))) note=without(|f| f.open)/>
            <Stat label=desk.label(|i18n| t_string!(i18n, campaigns.won)) figure=Signal::derive(move || see(&|f| worth(amounts, f.won))) note=without(|f| f.won)/>
            <Stat label=desk.label(|i18n| t_string!(i18n, campaigns.per_win)) figure=Signal::derive(move || see(&|f| per_win(amounts, f)))/>
        </div>
    }
    .into_any()
}
