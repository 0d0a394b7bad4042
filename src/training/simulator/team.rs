//! The team: who comes and goes, what overtime does to it, what it learns and forgets.

use super::{
    Simulator,
    market::Question,
    state::{Mark, News, Seller, State, Week, ZONES, place},
};
use crate::{codec::run::Decision, model::Zone};

/// Hours of a week without overtime.
pub(super) const WEEK: u32 = 40;
/// The share of the time that somebody who is worn out gets nothing done in.
const SLACK: f64 = 0.6;
/// The share of the skill that somebody who is worn out has lost.
const BLUNT: f64 = 0.3;
/// Weeks over which fatigue follows overtime, as the share of the way in one week.
const FOLLOWS: f64 = 0.12;
/// Hours of overtime a week that wear somebody out in the long run.
const TOO_MUCH: f64 = 20.0;
/// The share of what was learnt that is forgotten in a week without coaching.
const FORGETS: f64 = 0.035;
/// Hours of coaching a week with which nothing is forgotten.
const KEEPS: f64 = 2.0;
/// What an hour of coaching adds to the skill in every zone, as long as there is something left to learn.
const COACHED: f64 = 0.0007;
/// Nobody's skill is more than this above the talent.
const MOST: f64 = 0.3;
/// The chance to leave in a week of somebody who is worn out.
const LEAVES: f64 = 0.03;

/// The sellers who work here, with their places.
pub(super) fn at_work(state: &State) -> impl Iterator<Item = (usize, &Seller)> {
    state.sellers.iter().enumerate().filter(|(_, seller)| seller.is_here())
}

/// Hours of overtime that the decision asks of everybody.
pub(super) fn overtime(decision: &Decision) -> u32 {
    decision.hours.sum().saturating_sub(WEEK)
}

/// What a seller gets done in `hours`, in hours of somebody who is fresh and knows the work.
pub(super) fn time(sim: &Simulator, state: &State, seller: &Seller, hours: u8) -> f64 {
    let training = &sim.scenario.training;
    let drills: f64 = running(sim, state).map(|_| training.hours).sum();
    let left = 1.0 - (drills / f64::from(WEEK)).min(0.9);
    f64::from(hours) * left * seller.readiness(state.week, sim.scenario.hiring.ramp) * (1.0 - SLACK * seller.fatigue)
}

/// How well a seller sells in a zone today; 1 is an ordinary seller.
pub(super) fn skill(sim: &Simulator, state: &State, seller: &Seller, zone: Zone) -> f64 {
    let of = |figures: &[f64; 3]| figures.get(place(zone)).copied().unwrap_or_default();
    let known = 0.6 + 0.4 * seller.readiness(state.week, sim.scenario.hiring.ramp);
    (of(&seller.talent) + of(&seller.gains)) * known * (1.0 - BLUNT * seller.fatigue)
}

/// The trainings whose drills run in the week of the state.
fn running<'s>(sim: &Simulator, state: &'s State) -> impl Iterator<Item = Zone> + use<'s> {
    let weeks = sim.scenario.training.weeks;
    let runs = move |began: i32| (began..began + weeks).contains(&state.week);
    state.trainings.iter().filter(move |(began, _)| runs(*began)).map(|(_, zone)| *zone)
}

/// Whether drills for the zone run in the week of the state.
pub(super) fn is_drilled(sim: &Simulator, state: &State, zone: Zone) -> bool {
    running(sim, state).any(|drilled| drilled == zone)
}

/// The seller with the fewest open deals for what he or she can do; `None` when nobody is left.
pub(super) fn least_busy(sim: &Simulator, state: &State) -> Option<usize> {
    let mut open = vec![0_u32; state.sellers.len()];
    for deal in state.deals.iter().filter(|deal| deal.is_open()) {
        if let Some(open) = open.get_mut(deal.seller) {
            *open += 1;
        }
    }
    let ramp = sim.scenario.hiring.ramp;
    let load = |(at, seller): (usize, &Seller)| {
        (f64::from(open.get(at).copied().unwrap_or(0) + 1) / seller.readiness(state.week, ramp), at)
    };
    at_work(state).map(load).min_by(|a, b| a.0.total_cmp(&b.0)).map(|(_, at)| at)
}

/// The beginning of a week: drills end and begin, new sellers have their first day, others have had enough. Answers with what a
/// training costs that was bought.
pub(super) fn begin(sim: &Simulator, state: &mut State, decision: &Decision, week: &mut Week) -> i64 {
    learn(sim, state, week);
    join(sim, state, week);
    leave(sim, state, week);
    let now = state.week;
    state.coming.extend((0..decision.hires).map(|_| now + sim.scenario.hiring.wait));
    let Some(zone) = decision.training else { return 0 };
    state.trainings.push((now, zone));
    week.news.push(News::DrillsBegan(zone));
    sim.scenario.training.price
}

/// What was drilled until last week holds from now on.
fn learn(sim: &Simulator, state: &mut State, week: &mut Week) {
    let training = &sim.scenario.training;
    let done = |began: i32| began + training.weeks == state.week;
    let zones: Vec<Zone> = state.trainings.iter().filter(|(began, _)| done(*began)).map(|(_, zone)| *zone).collect();
    for zone in zones {
        week.news.push(News::DrillsDone(zone));
        for seller in state.sellers.iter_mut().filter(|seller| seller.is_here()) {
            if let Some(gain) = seller.gains.get_mut(place(zone)) {
                *gain += training.gain * (1.0 - *gain / MOST);
            }
        }
    }
}

fn join(sim: &Simulator, state: &mut State, week: &mut Week) {
    let now = state.week;
    let first_days = state.coming.iter().filter(|first| **first <= now).count();
    state.coming.retain(|first| *first > now);
    for _ in 0..first_days {
        let at = state.sellers.len();
        let mut draw = sim.market.draw(Question::Skill, at as u64, 0);
        let talent = ZONES.map(|_| 0.85 + 0.3 * draw.share());
        let salary = sim.scenario.hiring.salary;
        let seller = Seller { talent, gains: [0.0; 3], salary, since: Some(now), left: None, fatigue: 0.0 };
        state.sellers.push(seller);
        week.news.push(News::Joined(at));
    }
}

/// Whoever is worn out may leave; the last one stays.
fn leave(sim: &Simulator, state: &mut State, week: &mut Week) {
    for at in 0..state.sellers.len() {
        let Some(fatigue) = state.sellers.get(at).filter(|seller| seller.is_here()).map(|seller| seller.fatigue) else {
            continue;
        };
        let lot = sim.market.draw(Question::Leaving, at as u64, state.week).share();
        if lot >= LEAVES * fatigue * fatigue || state.team() < 2 {
            continue;
        }
        if let Some(seller) = state.sellers.get_mut(at) {
            seller.left = Some(state.week - 1);
        }
        week.news.push(News::Left(at));
        hand_over(sim, state, at);
    }
}

/// The open deals of somebody who left go to those with the least to do.
fn hand_over(sim: &Simulator, state: &mut State, from: usize) {
    let now = state.week;
    for place in 0..state.deals.len() {
        if !state.deals.get(place).is_some_and(|deal| deal.is_open() && deal.seller == from) {
            continue;
        }
        let Some(heir) = least_busy(sim, state) else { return };
        if let Some(deal) = state.deals.get_mut(place) {
            deal.seller = heir;
            deal.chill = deal.chill.saturating_add(1);
            deal.marks.push((now, Mark::Owner(heir)));
        }
    }
}

/// The end of a week: who worked too long is more tired, and what is not coached fades.
pub(super) fn end(state: &mut State, decision: &Decision) {
    let strain = (f64::from(overtime(decision)) / TOO_MUCH).min(1.0);
    let coaching = f64::from(decision.hours.coaching);
    let fades = FORGETS * (1.0 - coaching / KEEPS).max(0.0);
    for seller in state.sellers.iter_mut().filter(|seller| seller.is_here()) {
        seller.fatigue += FOLLOWS * (strain - seller.fatigue);
        for gain in &mut seller.gains {
            *gain += COACHED * coaching * (1.0 - *gain / MOST) - fades * *gain;
        }
    }
}
