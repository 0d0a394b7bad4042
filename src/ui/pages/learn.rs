//! Learning: lessons, games, drills, the simulator, the forecast contest, and the trainer's part. It needs no workspace.

mod contest;
mod drills;
mod games;
mod lessons;
mod rounds;
mod simulator;
mod trainer;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{components::tabs::Tabs, learning::Learning, route::use_navigation, wording::I18n},
};

/// A part of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Tab {
    Lessons,
    Games,
    Drills,
    Simulator,
    Contest,
    Trainer,
}

impl Tab {
    const ALL: [Self; 6] = [Self::Lessons, Self::Games, Self::Drills, Self::Simulator, Self::Contest, Self::Trainer];

    const fn code(self) -> &'static str {
        match self {
            Self::Lessons => "lessons",
            Self::Games => "games",
            Self::Drills => "drills",
            Self::Simulator => "simulator",
            Self::Contest => "contest",
            Self::Trainer => "trainer",
        }
    }

    fn title(self, i18n: I18n) -> &'static str {
        match self {
            Self::Lessons => t_string!(i18n, learn.lessons.title),
            Self::Games => t_string!(i18n, learn.games.title),
            Self::Drills => t_string!(i18n, learn.drills.title),
            Self::Simulator => t_string!(i18n, learn.simulator.title),
            Self::Contest => t_string!(i18n, learn.contest.title),
            Self::Trainer => t_string!(i18n, learn.trainer.title),
        }
    }
}

/// The page of learning.
#[component]
pub fn LearnPage() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    Learning::provide();
    let tab = Memo::new(move |_| {
        let code = navigation.query.with(|query| query.get("tab").map(str::to_owned));
        Tab::ALL.into_iter().find(|tab| Some(tab.code()) == code.as_deref()).unwrap_or(Tab::Lessons)
    });
    let tabs = Tab::ALL.map(|tab| (tab, Signal::derive(move || tab.title(i18n).to_owned()))).to_vec();
    let choose = move |tab: Tab| navigation.set_query("tab", (tab != Tab::Lessons).then_some(tab.code()));
    view! {
        <h1>{t!(i18n, learn.title)}</h1>
        <Tabs label=Signal::derive(move || t_string!(i18n, learn.title).to_owned()) tabs value=tab on_change=choose>
            {move || match tab.get() {
                Tab::Lessons => view! { <lessons::Lessons/> }.into_any(),
                Tab::Games => view! { <games::Games/> }.into_any(),
                Tab::Drills => view! { <drills::Drills/> }.into_any(),
                Tab::Simulator => view! { <simulator::Simulator/> }.into_any(),
                Tab::Contest => view! { <contest::Contest/> }.into_any(),
                Tab::Trainer => view! { <trainer::Trainer/> }.into_any(),
            }}
        </Tabs>
    }
}
