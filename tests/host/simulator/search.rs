//! The search that found the good ways of the scenarios: a seeded climb from the standing decision, judged by the mean money over
//! a few markets that nobody plays.

use loudou::{
    codec::{
        content::scenarios::Scenario,
        run::{Decision, Strictness, Turn, WEEKS, turns},
    },
    model::Zone,
    training::simulator::{MOST_HOURS, Simulator},
};
use rand::{Rng as _, SeedableRng as _};
use rand_pcg::Pcg64Mcg;

/// The weeks in which something may change for good: the quarters, and the last weeks of the year, when only what is nearly signed counts.
const PHASES: [u32; 6] = [0, 8, 16, 28, 40, 47];
/// The first of the seeds by which a way is judged; the tests play others.
const FIRST_SEED: u32 = 900_000;

/// A way through the year that the search can change bit by bit.
#[derive(Clone)]
struct Plan {
    phases: Vec<Decision>,
    /// Trainings and hires, each in one week.
    once: Vec<(u32, Once)>,
}

#[derive(Clone, Copy)]
enum Once {
    Training(Zone),
    Hire,
}

impl Plan {
    fn decisions(&self) -> Vec<Decision> {
        let of = |week| {
            let phase = PHASES.iter().rposition(|from| *from <= week).unwrap_or(0);
            let mut decision = self.phases[phase].clone();
            for (_, once) in self.once.iter().filter(|(at, _)| *at == week) {
                match once {
                    Once::Training(zone) => decision.training = Some(*zone),
                    Once::Hire => decision.hires += 1,
                }
            }
            decision
        };
        (0..WEEKS).map(of).collect()
    }

    /// The same with something changed.
    fn changed(&self, scenario: &Scenario, draw: &mut Pcg64Mcg) -> Self {
        let mut plan = self.clone();
        // Half of the changes hold from a phase to the end of the year.
        let first = draw.random_range(0..PHASES.len());
        let last = if draw.random() { PHASES.len() - 1 } else { first };
        match draw.random_range(0..10) {
            0..4 => {
                let (from, to, by) = (draw.random_range(0..6), draw.random_range(0..6), draw.random_range(1..5));
                plan.phases[first..=last].iter_mut().for_each(|decision| shift(decision, from, to, by));
            }
            4..6 => {
                let channel = draw.random_range(0..scenario.channels.len());
                let most = scenario.channels[channel].most;
                let spend = draw.random_range(0..=10) * most / 10;
                plan.phases[first..=last].iter_mut().for_each(|decision| decision.spend[channel] = spend);
            }
            6 => {
                let gate = Strictness::ALL[draw.random_range(0..3)];
                plan.phases[first..=last].iter_mut().for_each(|decision| decision.gate = gate);
            }
            7 => {
                let discount = 5 * draw.random_range(0..4);
                plan.phases[first..=last].iter_mut().for_each(|decision| decision.discount = discount);
            }
            8 => {
                let zone = [Zone::Upper, Zone::Middle, Zone::Lower][draw.random_range(0..3)];
                let once = if draw.random_bool(0.7) { Once::Training(zone) } else { Once::Hire };
                plan.once.push((draw.random_range(0..30), once));
            }
            _ if plan.once.is_empty() => {}
            _ => {
                let at = draw.random_range(0..plan.once.len());
                if draw.random() {
                    plan.once[at].0 = draw.random_range(0..30);
                } else {
                    plan.once.swap_remove(at);
                }
            }
        }
        plan
    }
}

/// Moves hours from one use to another; the last use is leaving earlier.
fn shift(decision: &mut Decision, from: usize, to: usize, by: u8) {
    let mut free = u8::try_from(MOST_HOURS - decision.hours.sum()).unwrap();
    let hours = &mut decision.hours;
    let uses =
        [&mut hours.prospecting, &mut hours.upper, &mut hours.middle, &mut hours.lower, &mut hours.coaching, &mut free];
    let by = by.min(*uses[from]);
    *uses[from] -= by;
    *uses[to] += by;
}

fn mean(simulators: &[Simulator], decisions: &[Decision]) -> i64 {
    simulators.iter().map(|simulator| simulator.play(decisions).money()).sum::<i64>()
        / i64::try_from(simulators.len()).unwrap()
}

/// The best way that `rounds` changes lead to, judged on `markets` markets, with its mean money there.
pub(super) fn good_way(scenario: &Scenario, markets: u32, rounds: u32, seed: u64) -> (Vec<Turn>, i64) {
    let simulators: Vec<_> = (0..markets).map(|market| Simulator::new(scenario.clone(), FIRST_SEED + market)).collect();
    let mut draw = Pcg64Mcg::seed_from_u64(seed);
    let mut best = Plan { phases: vec![scenario.standing.clone(); PHASES.len()], once: Vec::new() };
    let mut money = mean(&simulators, &best.decisions());
    for _ in 0..rounds {
        let mut plan = best.changed(scenario, &mut draw);
        // Two changes at once get past what neither of them does alone.
        if draw.random_bool(0.3) {
            plan = plan.changed(scenario, &mut draw);
        }
        let reached = mean(&simulators, &plan.decisions());
        if reached > money {
            (best, money) = (plan, reached);
        }
    }
    (turns(&best.decisions()), money)
}
