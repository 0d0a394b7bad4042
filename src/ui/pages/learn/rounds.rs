//! Which round of a game is played: its seed lives in the address, so that a class plays the same one.

use leptos::prelude::*;

use crate::{
    codec::progress::Exercise,
    ui::{
        learning::use_learning,
        route::{Navigation, use_navigation},
        timing::moment,
    },
};

/// The rounds of a game. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Rounds {
    navigation: Navigation,
    key: &'static str,
    /// The seed of the round.
    pub(super) seed: Memo<u64>,
}

impl Rounds {
    /// Follows the address, which tells the round under `key`; where it does not, the first one that this browser has not played.
    pub(super) fn follow(key: &'static str, exercise: Exercise) -> Self {
        let navigation = use_navigation();
        let played = use_learning().progress().with_untracked(|progress| progress.of(exercise).count());
        let next = u64::try_from(played).unwrap_or_default() + 1;
        let seed = Memo::new(move |_| {
            navigation.query.with(|query| query.get(key).and_then(|seed| seed.parse().ok())).unwrap_or(next)
        });
        Self { navigation, key, seed }
    }

    /// Goes on to the next round.
    pub(super) fn next(self) {
        let next = self.seed.get_untracked().saturating_add(1);
        self.navigation.set_query(self.key, Some(&next.to_string()));
    }
}

/// Whole seconds since a moment.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a time that somebody sits before a page")]
pub(super) fn seconds(began: f64) -> u32 {
    ((moment() - began) / 1_000.0).max(0.0) as u32
}
