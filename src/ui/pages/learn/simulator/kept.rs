//! The year that is being played, kept in this browser under `loudou/simulator`, so that looking at the company on other pages, or
//! closing the browser, ends no year.
//!
//! The text is `practice` or `counted`, a space, and the [run](crate::codec::run).

use super::game::Game;
use crate::{
    codec::{
        content::scenarios,
        run::{decode, encode},
    },
    training::simulator::Simulator,
    ui::settings::local_storage,
};

/// The key in local storage.
const KEY: &str = "loudou/simulator";
const PRACTICE: &str = "practice";
const COUNTED: &str = "counted";

/// Keeps the year; a full storage loses it with the page, which the page survives.
pub(super) fn keep(game: &Game) {
    if let Some(storage) = local_storage() {
        let kind = if game.practice { PRACTICE } else { COUNTED };
        storage.set_item(KEY, &[kind, " ", &encode(&game.run())].concat()).ok();
    }
}

/// Keeps none any more.
pub(super) fn forget() {
    if let Some(storage) = local_storage() {
        storage.remove_item(KEY).ok();
    }
}

/// The year that is kept, as far as it can be read.
pub(super) fn kept() -> Option<Game> {
    let text = local_storage()?.get_item(KEY).ok().flatten()?;
    let (kind, run) = text.split_once(' ')?;
    let run = decode(run.as_bytes()).ok()?;
    let simulator = Simulator::new(scenarios::of_slug(&run.scenario)?, run.seed);
    Some(Game::new(simulator, kind == PRACTICE, run.decisions))
}
