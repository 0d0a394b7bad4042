//! A year that is being played.

use std::sync::Arc;

use crate::{
    codec::run::{Decision, Run, WEEKS},
    training::simulator::{Simulator, State, Week},
};

/// A year with what was decided so far. A copy shares everything that is large.
#[derive(Debug, Clone)]
pub(super) struct Game {
    pub simulator: Arc<Simulator>,
    /// Whether weeks may be taken back.
    pub practice: bool,
    pub decisions: Vec<Decision>,
    pub state: Arc<State>,
    /// The money at the end of each week of somebody who decides nothing, in units.
    pub nothing: Arc<Vec<i64>>,
}

impl Game {
    /// The year after these decisions.
    pub(super) fn new(simulator: Simulator, practice: bool, decisions: Vec<Decision>) -> Self {
        let state = Arc::new(simulator.play(&decisions));
        let nothing = Arc::new(sums(&simulator.play(&simulator.standing(WEEKS))));
        Self { simulator: Arc::new(simulator), practice, decisions, state, nothing }
    }

    pub(super) fn weeks(&self) -> usize {
        self.decisions.len()
    }

    pub(super) fn is_over(&self) -> bool {
        self.weeks() >= WEEKS as usize
    }

    /// A week with a decision.
    pub(super) fn play(&mut self, decision: &Decision) {
        if self.is_over() {
            return;
        }
        let fit = self.simulator.fit(&self.state, decision);
        self.state = Arc::new(self.simulator.step(&self.state, &fit));
        self.decisions.push(fit);
    }

    /// Takes the latest week back and answers with what was decided for it.
    pub(super) fn take_back(&mut self) -> Option<Decision> {
        let decision = self.decisions.pop()?;
        self.state = Arc::new(self.simulator.play(&self.decisions));
        Some(decision)
    }

    pub(super) fn run(&self) -> Run {
        Run {
            scenario: self.simulator.scenario().slug.to_owned(),
            seed: self.simulator.seed(),
            decisions: self.decisions.clone(),
        }
    }
}

/// The money at the end of each week of a year, in units.
pub(super) fn sums(state: &State) -> Vec<i64> {
    let mut sum = 0;
    let money = |week: &Week| {
        sum += week.books.money();
        sum
    };
    state.weeks.iter().map(money).collect()
}
