//! What all parts of the simulator share.

use std::time::Duration;

use leptos::{leptos_dom::helpers::IntervalHandle, prelude::*};

use super::{game::Game, kept::FORM};
use crate::{
    codec::{
        content::{self, Text, scenarios::Scenario},
        progress::Exercise,
        run::{Decision, WEEKS, encode},
    },
    i18n::use_i18n,
    model::{Currency, Zone},
    training::simulator::Simulator,
    ui::{
        clock::now,
        format::{Format, use_format},
        learning::{Learning, use_learning},
        settings::{Language, use_settings},
        wording::I18n,
    },
};

/// What a year is noted under: its scenario and its market.
pub(super) fn key(scenario: &str, seed: u32) -> String {
    format!("{scenario} {seed}")
}

/// How long a week lasts at the slowest speed, in milliseconds.
const WEEK: u32 = 4_000;
/// Speeds, as multiples of the slowest.
pub(super) const SPEEDS: [u32; 4] = [1, 4, 13, 52];

/// The year under way, and what is decided for the week to come. Copy it freely.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub i18n: I18n,
    pub format: Format,
    pub language: RwSignal<Language>,
    pub game: RwSignal<Option<Game>>,
    pub draft: RwSignal<Decision>,
    pub running: RwSignal<bool>,
    pub speed: RwSignal<u32>,
    learning: Learning,
    /// When the year was begun or taken up again, in seconds.
    since: StoredValue<i64>,
}

impl Desk {
    /// Takes up the year that is kept.
    pub(super) fn begin() -> Self {
        let desk = Self {
            i18n: use_i18n(),
            format: use_format(),
            language: use_settings().language,
            game: RwSignal::new(None),
            draft: RwSignal::new(Decision::default()),
            running: RwSignal::new(false),
            speed: RwSignal::new(SPEEDS[1]),
            learning: use_learning(),
            since: StoredValue::new(now().timestamp()),
        };
        if let Some(game) = FORM.stored().flatten() {
            desk.take_up(game);
        }
        desk.run();
        desk
    }

    /// Begins a year.
    pub(super) fn start(self, scenario: Scenario, seed: u32, practice: bool) {
        self.take_up(Game::new(Simulator::new(scenario, seed), practice, Vec::new()));
        self.keep();
    }

    /// Keeps the year as it stands; where the browser does not, it lasts as long as the page.
    fn keep(self) {
        self.game.with_untracked(|game| FORM.store(game));
    }

    fn take_up(self, game: Game) {
        let latest = game.decisions.last().cloned();
        self.draft.set(onwards(latest.unwrap_or_else(|| game.simulator.scenario().standing.clone())));
        self.since.set_value(now().timestamp());
        self.game.set(Some(game));
    }

    /// Leaves the year for good.
    pub(super) fn leave(self) {
        self.running.set(false);
        self.game.set(None);
        self.keep();
    }

    /// Plays so many weeks with what is decided; what is done once is done in the first of them.
    pub(super) fn play(self, weeks: u32) {
        let was_over = self.game.with_untracked(|game| game.as_ref().is_none_or(Game::is_over));
        if was_over {
            return;
        }
        self.game.update(|game| {
            let Some(game) = game else { return };
            for _ in 0..weeks {
                game.play(&self.draft.get_untracked());
                self.draft.update(|draft| *draft = onwards(std::mem::take(draft)));
            }
        });
        self.keep();
        if self.game.with_untracked(|game| game.as_ref().is_some_and(Game::is_over)) {
            self.running.set(false);
            self.record();
        }
    }

    /// Takes a week back; what was decided for it can be decided again.
    pub(super) fn take_back(self) {
        self.running.set(false);
        self.game.update(|game| {
            let Some(game) = game else { return };
            if let Some(decision) = game.take_back() {
                self.draft.set(decision);
            }
        });
        self.keep();
    }

    /// Notes a year that was played to its end.
    fn record(self) {
        let Some(game) = self.game.get_untracked() else { return };
        let run = game.run();
        let points = game.simulator.outcome(&run.decisions).points();
        let seconds = u32::try_from(now().timestamp() - self.since.get_value()).unwrap_or_default();
        // A year with weeks taken back is no result beside those of others.
        let note = if game.practice { Learning::practise } else { Learning::record };
        note(self.learning, Exercise::Simulator, &key(&run.scenario, run.seed), points, seconds, encode(&run));
    }

    /// Plays on by itself while it runs.
    fn run(self) {
        let clock = StoredValue::new(None::<IntervalHandle>);
        let stop = move || {
            if let Some(Some(clock)) = clock.try_update_value(Option::take) {
                clock.clear();
            }
        };
        Effect::new(move || {
            stop();
            if self.running.get() {
                let pace = Duration::from_millis(u64::from(WEEK / self.speed.get().max(1)));
                clock.set_value(set_interval_with_handle(move || self.play(1), pace).ok());
            }
        });
        on_cleanup(stop);
    }

    /// A text of the content.
    pub(super) fn text(self, text: Text) -> &'static str {
        text.in_language(self.language.get().into())
    }

    /// An amount in units, short.
    pub(super) fn money(self, units: i64) -> String {
        let language: content::Language = self.language.get().into();
        let currency = match language {
            content::Language::Chinese => Currency::CNY,
            content::Language::English => Currency::USD,
        };
        let money = self.game.with(|game| game.as_ref()?.simulator.scenario().money(units, language));
        self.format.money(money.map(crate::model::Money::minor), currency.code(), currency.digits(), true)
    }

    /// Something of the scenario; the default before a year has begun.
    pub(super) fn of_scenario<T: Default>(self, of: impl Fn(&Scenario) -> T) -> T {
        self.game.with(|game| game.as_ref().map(|game| of(game.simulator.scenario())).unwrap_or_default())
    }

    /// The week, 0 to 51, until whose end drills for a zone run; `None` when none do.
    pub(super) fn drilled_until(self, zone: Zone) -> Option<i32> {
        self.game.with(|game| {
            let game = game.as_ref()?;
            let weeks = game.simulator.scenario().training.weeks;
            let runs = |(began, of): &&(i32, Zone)| *of == zone && *began + weeks > game.state.week;
            game.state.trainings.iter().rev().find(runs).map(|(began, _)| began + weeks - 1)
        })
    }
}

/// A decision for the week after: what is done once is not done again.
fn onwards(decision: Decision) -> Decision {
    Decision { training: None, hires: 0, ..decision }
}

/// How many weeks a year has, as counts are shown.
pub(super) const YEAR: usize = WEEKS as usize;
