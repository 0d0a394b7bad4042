//! The team simulator: choose a scenario, decide week by week, see what comes of it, and read at the end why.

mod begin;
mod company;
mod controls;
mod debrief;
mod decide;
mod desk;
mod figures;
mod game;
mod kept;
mod news;
mod slider;
mod words;

use leptos::prelude::*;

use self::{
    begin::Begin, controls::Controls, debrief::DebriefPart, decide::Decide, desk::Desk, figures::Figures, game::Game,
    news::News,
};

/// The part of the page.
#[component]
pub(super) fn Simulator() -> impl IntoView {
    let desk = Desk::begin();
    let is_on = Memo::new(move |_| desk.game.with(Option::is_some));
    let is_over = Memo::new(move |_| desk.game.with(|game| game.as_ref().is_some_and(Game::is_over)));
    let body = move || {
        if !is_on.get() {
            return view! { <Begin desk/> }.into_any();
        }
        view! {
            <Controls desk/>
            <Show when=move || is_over.get()><DebriefPart desk/></Show>
            <div class="simulator__desk" class:simulator__desk--over=is_over>
                <Show when=move || !is_over.get()><Decide desk/></Show>
                <div class="simulator__seen">
                    <Figures desk/>
                    <News desk/>
                </div>
            </div>
        }
        .into_any()
    };
    view! { <div class="simulator" data-testid="simulator">{body}</div> }.into_any()
}
