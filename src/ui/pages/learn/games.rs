//! Games: match-sticks and the job fair. Which game, and which round of it, live in the address.

mod fair;
mod floor;
mod hand;
mod levers;
mod luck;
mod reckoning;
mod sticks;
mod strike;

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    ui::{components::segmented::Segmented, route::use_navigation},
};

use fair::FairGame;
use sticks::SticksGame;

/// The key of the game in the address.
const GAME: &str = "game";
/// The word for the job fair there.
const FAIR: &str = "fair";

/// The part of the page.
#[component]
pub(super) fn Games() -> impl IntoView {
    let (i18n, navigation) = (use_i18n(), use_navigation());
    let fair = Memo::new(move |_| navigation.query.with(|query| query.get(GAME) == Some(FAIR)));
    let options = vec![
        (false, Signal::derive(move || t_string!(i18n, learn.games.sticks).to_owned())),
        (true, Signal::derive(move || t_string!(i18n, learn.games.fair).to_owned())),
    ];
    view! {
        <div class="games" data-testid="games">
            <Segmented
                label=Signal::derive(move || t_string!(i18n, learn.games.which).to_owned())
                options
                value=fair
                on_change=move |fair: bool| navigation.set_query(GAME, fair.then_some(FAIR))
            />
            {move || if fair.get() { view! { <FairGame/> }.into_any() } else { view! { <SticksGame/> }.into_any() }}
        </div>
    }
}
