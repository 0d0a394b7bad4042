//! The board by keyboard.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast;

use super::columns::Columns;
use crate::{
    model::DealId,
    ui::{
        parts::mover::{Mover, Target},
        route::{Navigation, Route},
    },
};

/// How many frames a card may take to come into view after a move.
const PATIENCE: u8 = 12;

/// What the keys work on. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Keys {
    /// What stands where.
    pub columns: Memo<Columns>,
    /// The card to bring into view.
    pub reveal: RwSignal<Option<DealId>>,
    /// Carries out moves.
    pub mover: Mover,
    /// Opens deals.
    pub navigation: Navigation,
}

impl Keys {
    /// Acts on a key pressed anywhere on the page but in a field, a panel or a dialog.
    pub fn press(self, event: &ev::KeyboardEvent) {
        let Some(target) = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok()) else { return };
        if event.ctrl_key()
            || event.meta_key()
            || target.closest("input, select, textarea, dialog, [popover]").ok().flatten().is_some()
        {
            return;
        }
        let card = target.closest("[data-deal]").ok().flatten().and_then(|card| card.get_attribute("data-deal"));
        let deal = card.and_then(|id| id.parse::<DealId>().ok());
        let on_button = target.closest("button, a").ok().flatten().is_some();
        let acted = match (event.key().as_str(), deal) {
            ("Enter", Some(deal)) if !on_button => {
                self.navigation.go(&Route::Deal(deal.to_string()));
                true
            }
            ("m" | "M", Some(deal)) => {
                self.mover.choose(deal);
                true
            }
            ("[", Some(deal)) => self.shift(deal, false),
            ("]", Some(deal)) => self.shift(deal, true),
            ("ArrowLeft", Some(deal)) if event.alt_key() => self.shift(deal, false),
            ("ArrowRight", Some(deal)) if event.alt_key() => self.shift(deal, true),
            (key, Some(deal)) => self.walk(deal, key),
            (key, None) => self.step_in(&target, key),
        };
        if acted {
            event.prevent_default();
        }
    }

    /// Moves the card a stage on or back.
    fn shift(self, deal: DealId, forward: bool) -> bool {
        let to = self.columns.with_untracked(|columns| {
            let (column, _) = columns.find(deal)?;
            let to = if forward { column + 1 } else { column.checked_sub(1)? };
            columns.columns.get(to).map(|column| column.stage)
        });
        match to {
            Some(stage) => self.mover.go(deal, Target::Stage(stage)),
            None if forward => self.mover.go(deal, Target::Won),
            None => {}
        }
        true
    }

    /// Moves the focus from a card to its neighbour; over an empty column to the next one that has cards.
    fn walk(self, deal: DealId, key: &str) -> bool {
        let next = self.columns.with_untracked(|columns| {
            let (column, place) = columns.find(deal)?;
            let here = &columns.columns.get(column)?.deals;
            let beside = |mut cards: Box<dyn Iterator<Item = &super::columns::Column> + '_>| {
                let deals = &cards.find(|column| !column.deals.is_empty())?.deals;
                deals.get(place).or_else(|| deals.last()).copied()
            };
            match key {
                "ArrowDown" => here.get(place + 1).copied(),
                "ArrowUp" => here.get(place.checked_sub(1)?).copied(),
                "Home" => here.first().copied(),
                "End" => here.last().copied(),
                "ArrowRight" => beside(Box::new(columns.columns.iter().skip(column + 1))),
                "ArrowLeft" => beside(Box::new(columns.columns.iter().take(column).rev())),
                _ => None,
            }
        });
        if let Some(next) = next {
            self.focus(next);
        }
        matches!(key, "ArrowDown" | "ArrowUp" | "ArrowLeft" | "ArrowRight" | "Home" | "End")
    }

    /// From a column, which the Tab key reaches, to its first card.
    fn step_in(self, target: &web_sys::Element, key: &str) -> bool {
        let stage = target.closest("[data-drop]").ok().flatten().and_then(|column| column.get_attribute("data-drop"));
        let Some(stage) = stage.and_then(|id| id.parse().ok()).filter(|_| key == "ArrowDown") else { return false };
        let first = self.columns.with_untracked(|columns| columns.column(stage)?.deals.first().copied());
        if let Some(first) = first {
            self.focus(first);
        }
        first.is_some()
    }

    /// Gives a card the focus, wherever it has gone.
    pub fn focus(self, deal: DealId) {
        self.reveal.set(Some(deal));
        focus_when_there(["[data-deal=\"", &deal.to_string(), "\"]"].concat(), PATIENCE);
    }
}

/// The card of a long column is built a frame or two after the column has scrolled to it.
fn focus_when_there(selector: String, frames: u8) {
    request_animation_frame(move || {
        let card = document().query_selector(&selector).ok().flatten();
        match card.and_then(|card| card.dyn_into::<web_sys::HtmlElement>().ok()) {
            // Focusing an element of the page cannot fail.
            Some(card) => {
                card.focus().ok();
            }
            None if frames > 0 => focus_when_there(selector, frames - 1),
            None => {}
        }
    });
}
