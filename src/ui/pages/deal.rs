//! The deal page.

pub mod after_sale;
pub mod customer;
pub mod discovery;
pub mod facts;
pub mod head;
mod help;
pub mod history;
pub mod lines;
pub mod origin;
pub mod pace;
mod plan;
pub mod stage;
pub mod story;

use leptos::prelude::*;

use self::{
    customer::CustomerCard, discovery::DiscoveryCard, facts::Facts, head::Head, history::History, lines::Lines,
    pace::PaceCard, stage::StageCard,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::DealId,
    store::use_store,
    ui::{
        anywhere::{self, use_anywhere},
        components::empty::Empty,
        parts::{
            activities::{About, Activities},
            editor::Editor,
            mover::Mover,
            questions::Questions,
        },
        route::{Route, use_navigation},
    },
};

/// One deal: its fields, its moves, its history and its activities.
#[component]
pub fn DealPage(
    /// The id of the address, as text.
    id: String,
) -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let missing = move || {
        view! {
            <h1>{t!(i18n, deal.title)}</h1>
            <Empty
                icon=icondata_lu::LuSearchX
                text=Signal::derive(move || t_string!(i18n, deal.unknown).to_owned())
            >
                <a class="button button--primary" href=move || navigation.href(&Route::Deals)>
                    {t!(i18n, deal.all_deals)}
                </a>
                <a class="button" href=move || navigation.href(&Route::Board)>{t!(i18n, deal.board)}</a>
            </Empty>
        }
    };
    match id.parse::<DealId>() {
        Ok(id) => {
            let deal = use_store().deal(id);
            let is_there = Memo::new(move |_| deal.with(Option::is_some));
            view! { <Show when=move || is_there.get() fallback=missing><Known id/></Show> }.into_any()
        }
        Err(_) => missing().into_any(),
    }
}

/// The page of a deal that exists.
#[component]
fn Known(id: DealId) -> impl IntoView {
    let editor = Editor::of(id);
    use_anywhere().here(move || anywhere::Place {
        customer: editor.read(|deal| deal.details.customer),
        deal: Some(id),
        ..anywhere::Place::default()
    });
    let mover = Mover::new(Callback::new(|_| ()));
    view! {
        <article class="deal">
            <Head editor mover/>
            <div class="deal__columns">
                <div class="stack">
                    <PaceCard editor mover/>
                    <DiscoveryCard editor mover/>
                    <StageCard editor/>
                    <Facts editor mover/>
                    <Lines editor/>
                </div>
                <div class="stack">
                    <CustomerCard editor/>
                    <Activities about=About::Deal(id)/>
                    <History editor/>
                </div>
            </div>
        </article>
        <Questions mover/>
    }
    .into_any()
}
