//! The hours of a week on deals, and what comes of them at the gates.
//!
//! A deal asks for hours in its stage. When it has had them it is decided: a customer with a real need goes on by the skill of the
//! seller, less what competitors take; one without passes gates that are loose, and hardly ever signs. What gets too little attention
//! for long goes silent.

use super::{
    Simulator,
    market::{Key, Question},
    state::{Ending, Mark, News, State, Week, ZONES, place},
    team,
};
use crate::{
    codec::run::{Decision, Strictness},
    model::Zone,
    training::draw::whole,
};

/// How likely a customer without a need passes a gate before the last one, by its strictness.
const LEAKS: [f64; 3] = [0.85, 0.55, 0.25];
/// How likely one signs in the end all the same.
const BY_MISTAKE: f64 = 0.03;
/// How much work evidence is, by the strictness of the gates.
const EVIDENCE: [f64; 3] = [0.92, 1.0, 1.1];
/// Customers with a need who pass, of those who would without asking for evidence.
const PATIENCE: [f64; 3] = [1.0, 0.99, 0.96];
/// How much longer deals without a need take below the upper zone: there is always one more meeting.
const DRAGS: f64 = 1.4;
/// A deal with all attention goes on in this share of the days that the model expects.
pub(super) const BRISK: f64 = 0.75;
/// What a deal takes at least in the week in which it is decided, in hours.
const LAST_TALK: f64 = 0.25;
/// The share of the attention below which a customer feels neglected.
const ENOUGH: f64 = 0.4;
/// By how much each neglected week beyond the first makes it likelier that the customer goes.
const GOES: f64 = 0.035;
/// The most likely that is.
const GOES_AT_MOST: f64 = 0.3;
/// Percent off the price that make up for half of what a competitor takes.
const ANSWERS: f64 = 10.0;
/// No gate is surer than this.
const SUREST: f64 = 0.97;

/// Hours of work that a deal is in a stage, before the gate asks for evidence.
pub(super) fn need(sim: &Simulator, key: Key, stage: usize, real: bool) -> f64 {
    let Some(recipe) = sim.scenario.stages.get(stage) else { return 0.0 };
    let drags = if real || sim.zone(stage) == Zone::Upper { 1.0 } else { DRAGS };
    sim.market.draw(Question::Work, key.code(), at(stage)).lognormal(recipe.hours, 0.35) * drags
}

/// A place as the case of a question.
fn at(stage: usize) -> i32 {
    i32::try_from(stage).unwrap_or(i32::MAX)
}

/// How far a figure of three goes with the strictness of the gates.
fn by(figures: [f64; 3], gate: Strictness) -> f64 {
    let [loose, normal, strict] = figures;
    match gate {
        Strictness::Loose => loose,
        Strictness::Normal => normal,
        Strictness::Strict => strict,
    }
}

/// Spends the hours of everybody, then lets the gates decide and the neglected go.
pub(super) fn work(sim: &Simulator, state: &mut State, decision: &Decision, week: &mut Week) {
    let wanted_and_given = spend_hours(sim, state, decision);
    week.attention = wanted_and_given.map(|(wanted, given)| (wanted > 0.0).then(|| given / wanted));
    for place in 0..state.deals.len() {
        decide(sim, state, decision, week, place);
    }
}

/// Each seller spends the hours of a zone on the own deals there: those nearest to the signature and to the next gate come first.
/// Answers with the hours that the deals of each zone could have used, and got.
fn spend_hours(sim: &Simulator, state: &mut State, decision: &Decision) -> [(f64, f64); 3] {
    let mut sums = [(0.0, 0.0); 3];
    let mut left: Vec<[f64; 3]> = state
        .sellers
        .iter()
        .map(|seller| {
            let works = seller.is_here();
            ZONES.map(|zone| if works { team::time(sim, state, seller, decision.hours.in_zone(zone)) } else { 0.0 })
        })
        .collect();
    let evidence = by(EVIDENCE, decision.gate);
    let mut order: Vec<(usize, f64, usize)> = (0..)
        .zip(&state.deals)
        .filter(|(_, deal)| deal.is_open())
        .map(|(place, deal)| (deal.stage, deal.done / (deal.need * evidence).max(0.1), place))
        .collect();
    order.sort_by(|a, b| b.0.cmp(&a.0).then(b.1.total_cmp(&a.1)).then(a.2.cmp(&b.2)));
    for (stage, _, at) in order {
        let zone = place(sim.zone(stage));
        let Some(deal) = state.deals.get_mut(at) else { continue };
        let need = deal.need * evidence;
        let most = (need / sim.weeks(stage)).min((need - deal.done).max(LAST_TALK));
        let Some(hours) = left.get_mut(deal.seller).and_then(|zones| zones.get_mut(zone)) else { continue };
        let given = most.min(*hours);
        *hours -= given;
        deal.done += given;
        if let Some((wanted, got)) = sums.get_mut(zone) {
            *wanted += most;
            *got += given;
        }
        if given > 0.0 {
            deal.marks.push((state.week, Mark::Worked(whole(given * 60.0).unsigned_abs())));
        }
        deal.chill = if given < ENOUGH * most { deal.chill.saturating_add(1) } else { deal.chill.saturating_sub(1) };
    }
    sums
}

/// What becomes of the deal at this place this week.
fn decide(sim: &Simulator, state: &mut State, decision: &Decision, week: &mut Week, at: usize) {
    let now = state.week;
    let Some(deal) = state.deals.get(at).filter(|deal| deal.is_open()) else { return };
    let (key, from) = (deal.key, deal.stage);
    let zone = sim.zone(from);
    let worked = matches!(deal.marks.last(), Some((week, Mark::Worked(_))) if *week == now);
    // Whatever was done before, nothing is decided in a week without a talk.
    let fate = if worked && deal.done + 1e-9 >= deal.need * by(EVIDENCE, decision.gate) {
        gate(sim, state, decision, at)
    } else {
        goes_silent(sim, state, at).then_some(Err(Ending::Silent))
    };
    let Some(fate) = fate else { return };
    let Some(deal) = state.deals.get_mut(at) else { return };
    match fate {
        Ok(()) if from + 1 < sim.stages.len() => {
            deal.stage = from + 1;
            (deal.done, deal.chill) = (0.0, 0);
            deal.need = need(sim, key, from + 1, deal.real);
            deal.marks.push((now, Mark::Stage(from + 1, decision.gate != Strictness::Loose)));
            week.promoted += 1;
        }
        Ok(()) => {
            deal.discount = decision.discount;
            deal.ending = Some(Ending::Won);
            deal.marks.push((now, Mark::Ended(Ending::Won)));
            week.won += 1;
            let amount = sim.amount(deal);
            week.news.push(News::Won { deal: at, amount });
        }
        Err(ending) => {
            deal.ending = Some(ending);
            deal.marks.push((now, Mark::Ended(ending)));
            let counts = match ending {
                Ending::Silent => &mut week.silent,
                Ending::Taken(_) => &mut week.taken,
                Ending::Refused | Ending::Won => &mut week.refused,
            };
            if let Some(count) = counts.get_mut(place(zone)) {
                *count += 1;
            }
        }
    }
}

/// Whether a deal that has had its work passes the gate of its stage. `None` never comes for a deal that is there.
fn gate(sim: &Simulator, state: &State, decision: &Decision, at: usize) -> Option<Result<(), Ending>> {
    let deal = state.deals.get(at)?;
    let seller = state.sellers.get(deal.seller)?;
    let zone = sim.zone(deal.stage);
    let last = deal.stage + 1 == sim.stages.len();
    let lot = sim.market.draw(Question::Gate, deal.key.code(), self::at(deal.stage)).share();
    if !deal.real {
        let passes = if last { BY_MISTAKE } else { by(LEAKS, decision.gate) };
        return Some(if lot < passes { Ok(()) } else { Err(Ending::Refused) });
    }
    let recipe = sim.scenario.stages.get(deal.stage)?;
    let price = if zone == Zone::Lower {
        1.0 + sim.scenario.lift * (f64::from(decision.discount) - state.awaited) / 100.0
    } else {
        1.0
    };
    let alone = recipe.pass * team::skill(sim, state, seller, zone) * by(PATIENCE, decision.gate) * price;
    let alone = alone.min(SUREST);
    let Some((rival, strength)) = sim.rival(state.week).filter(|_| zone != Zone::Upper) else {
        return Some(if lot < alone { Ok(()) } else { Err(Ending::Refused) });
    };
    let strength = strength / (1.0 + f64::from(decision.discount) / ANSWERS);
    Some(match () {
        () if lot < alone * (1.0 - strength) => Ok(()),
        () if lot < alone => Err(Ending::Taken(rival)),
        () => Err(Ending::Refused),
    })
}

/// Whether a deal that got too little attention goes this week.
fn goes_silent(sim: &Simulator, state: &State, at: usize) -> bool {
    let Some(deal) = state.deals.get(at).filter(|deal| deal.chill > 1) else { return false };
    let likely = (GOES * f64::from(deal.chill - 1)).min(GOES_AT_MOST);
    sim.market.draw(Question::Neglect, deal.key.code(), state.week).share() < likely
}
