//! The match-sticks of a round as a picture: waiting, burning or gone out. What each says stands below it in words.

use leptos::prelude::*;

use super::sticks::Desk;
use crate::{i18n::t_string, training::matches::Stick};

/// The sticks; `lit` says of each whether it caught fire, once it was struck.
#[component]
pub(super) fn Hand(
    desk: Desk,
    #[prop(into)] sticks: Signal<Vec<Stick>>,
    #[prop(into)] lit: Signal<Option<Vec<bool>>>,
) -> impl IntoView {
    let count = Memo::new(move |_| sticks.with(Vec::len));
    let one = move |place: usize| {
        let burns = Memo::new(move |_| lit.with(|lit| lit.as_ref().and_then(|lit| lit.get(place).copied())));
        let state = move || match burns.get() {
            None => "waiting",
            Some(true) => "lit",
            Some(false) => "out",
        };
        let words = move || {
            let words = |burns: bool| {
                if burns { t_string!(desk.i18n, learn.games.lit) } else { t_string!(desk.i18n, learn.games.out) }
            };
            burns.get().map(words)
        };
        let facts = move || {
            let stick = sticks.with(|sticks| sticks.get(place).copied())?;
            let odds = desk.format.percent(stick.odds.as_f64(), 0);
            let worth = (stick.worth != 1).then(|| desk.amount(f64::from(stick.worth)));
            Some(view! { <strong>{odds}</strong>{worth.map(|worth| view! { <span class="small">{worth}</span> })} })
        };
        view! {
            <li class="stick" data-state=state data-testid="stick">
                <svg class="stick__picture" viewBox="0 0 24 64" aria-hidden="true">
                    <path class="stick__flame" d="M12 2 C18 9 18 13 17 17 A5.2 5.2 0 0 1 7 17 C6 13 9 11 12 2 Z"></path>
                    <path class="stick__smoke" d="M12 13 c-4 -3 4 -5 0 -9"></path>
                    <rect class="stick__wood" x="10.5" y="20" width="3" height="42" rx="1"></rect>
                    <ellipse class="stick__head" cx="12" cy="19" rx="3" ry="4.2"></ellipse>
                </svg>
                {facts}
                <span class="small stick__word">{words}</span>
            </li>
        }
    };
    view! {
        <ul class="hand">
            <For each=move || 0..count.get() key=|place| *place children=one/>
        </ul>
    }
    .into_any()
}
