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
    ui::kept::Form,
};

const PRACTICE: &str = "practice";
const COUNTED: &str = "counted";

/// How the year is kept, while there is one.
pub(super) static FORM: Form<Option<Game>> = Form {
    key: "loudou/simulator",
    read: |text| {
        let (kind, run) = text.split_once(' ')?;
        let run = decode(run.as_bytes()).ok()?;
        let simulator = Simulator::new(scenarios::of_slug(&run.scenario)?, run.seed);
        Some(Some(Game::new(simulator, kind == PRACTICE, run.decisions)))
    },
    write: |game| {
        let game = game.as_ref()?;
        let kind = if game.practice { PRACTICE } else { COUNTED };
        Some([kind, " ", &encode(&game.run())].concat())
    },
};
