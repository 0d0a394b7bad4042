//! The team: how work and potential are shared out among its people, whose customers go to whom, and how each of them sells.

mod appraisal;
mod balance;
mod conflicts;
mod handover;
mod scorecards;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        components::{empty::Empty, tabs::Tabs},
        parts::nothing::NoWorkspace,
        route::use_navigation,
        wording::I18n,
    },
};

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Balance,
    Handover,
    Conflicts,
    Scorecards,
    Appraisal,
}

impl Tab {
    const ALL: [Self; 5] = [Self::Balance, Self::Handover, Self::Conflicts, Self::Scorecards, Self::Appraisal];

    const fn code(self) -> &'static str {
        match self {
            Self::Balance => "balance",
            Self::Handover => "handover",
            Self::Conflicts => "conflicts",
            Self::Scorecards => "scorecards",
            Self::Appraisal => "appraisal",
        }
    }

    fn title(self, i18n: I18n) -> &'static str {
        match self {
            Self::Balance => t_string!(i18n, team.balance.title),
            Self::Handover => t_string!(i18n, team.handover.title),
            Self::Conflicts => t_string!(i18n, team.conflicts.title),
            Self::Scorecards => t_string!(i18n, team.scorecards.title),
            Self::Appraisal => t_string!(i18n, team.appraisal.title),
        }
    }
}

/// The page of the team.
#[component]
pub fn TeamPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    let any = Memo::new(move |_| store.with(|workspace| !workspace.people.is_empty()));
    let label = move |words: fn(I18n) -> &'static str| Signal::derive(move || words(i18n).to_owned());
    view! {
        <h1>{t!(i18n, team.title)}</h1>
        {move || match (opened.get().is_some(), any.get()) {
            (false, _) => view! { <NoWorkspace icon=icondata_lu::LuUsers text=label(|i18n| t_string!(i18n, team.no_workspace))/> }.into_any(),
            (true, false) => view! {
                <Empty icon=icondata_lu::LuUsers text=label(|i18n| t_string!(i18n, team.no_people))>
                    <a class="button button--primary" href="#/settings">{t!(i18n, team.to_settings)}</a>
                </Empty>
            }.into_any(),
            (true, true) => view! { <Filled/> }.into_any(),
        }}
    }
}

#[component]
fn Filled() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let tab = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get("tab").map(str::to_owned));
        Tab::ALL.into_iter().find(|tab| Some(tab.code()) == code.as_deref()).unwrap_or(Tab::Balance)
    });
    let found = conflicts::use_conflicts();
    let title = move |tab: Tab| match tab {
        Tab::Conflicts => conflicts::title(i18n, found),
        tab => tab.title(i18n).to_owned(),
    };
    let tabs = Tab::ALL.map(|tab| (tab, Signal::derive(move || title(tab)))).to_vec();
    let choose = move |tab: Tab| navigation.set_query("tab", (tab != Tab::Balance).then_some(tab.code()));
    view! {
        <Tabs label=Signal::derive(move || t_string!(i18n, team.title).to_owned()) tabs value=tab on_change=choose>
            {move || match tab.get() {
                Tab::Balance => view! { <balance::Balance/> }.into_any(),
                Tab::Handover => view! { <handover::Handover/> }.into_any(),
                Tab::Conflicts => view! { <conflicts::Conflicts found/> }.into_any(),
                Tab::Scorecards => view! { <scorecards::Scorecards/> }.into_any(),
                Tab::Appraisal => view! { <appraisal::Appraisal/> }.into_any(),
            }}
        </Tabs>
    }
}
