//! One week: who is there, what they work on, what comes of it, what it costs, and what it does to the team and to the market.

use super::{
    Simulator,
    market::{Key, Origin, Question},
    state::{Books, News, Opportunity, Seller, State, Week, ZONES, place},
    team, work,
};
use crate::{
    codec::{content::scenarios::OriginRecipe, run::Decision},
    training::draw::whole,
};

/// A tired or new seller prospects like one who has that much less time; and doubling the hours does not double the leads.
const DIMINISHING: f64 = 0.85;
/// How much of what customers expect of discounts is forgotten in a week.
const FORGIVES: f64 = 0.12;
/// How much of what wears a channel out is made good in a week.
const RECOVERS: f64 = 0.15;

/// Plays a week of the state with a decision that fits it.
pub(super) fn advance(sim: &Simulator, state: &mut State, decision: &Decision) {
    let mut week = Week { leads: vec![0; 2 + sim.scenario.channels.len()], ..Week::default() };
    rivals(sim, state, &mut week);
    let training = team::begin(sim, state, decision, &mut week);
    work::work(sim, state, decision, &mut week);
    leads(sim, state, decision, &mut week);
    books(sim, state, decision, training, &mut week);
    team::end(state, decision);
    market_end(sim, state, decision);
    figures(sim, state, &mut week);
    if state.week >= 0 {
        state.weeks.push(week);
    }
    state.week += 1;
}

/// Competitors that come and go.
fn rivals(sim: &Simulator, state: &State, week: &mut Week) {
    for (place, rival) in sim.scenario.rivals.iter().enumerate() {
        if rival.week == state.week {
            week.news.push(News::RivalCame(place));
        } else if rival.week + rival.weeks == state.week {
            week.news.push(News::RivalWent(place));
        }
    }
}

/// The leads that come in during the week; work on them begins with the next one.
fn leads(sim: &Simulator, state: &mut State, decision: &Decision, week: &mut Week) {
    let season = sim.season(state.week);
    let time: f64 =
        team::at_work(state).map(|(_, seller)| team::time(sim, state, seller, decision.hours.prospecting)).sum();
    let scenario = &sim.scenario;
    bring(sim, state, Origin::Inbound, &scenario.inbound, season, week);
    bring(sim, state, Origin::Prospecting, &scenario.prospecting, season * time.powf(DIMINISHING), week);
    for (number, channel) in (0..).zip(&scenario.channels) {
        let place = usize::from(number);
        let spent = f64::from(decision.spend.get(place).copied().unwrap_or(0)) / f64::from(channel.scale.max(1));
        let worn = state.wear.get(place).copied().unwrap_or(0.0);
        let echo = (1.0 - (-spent).exp()) / (1.0 + channel.wear * worn);
        bring(sim, state, Origin::Channel(number), &channel.origin, season * echo, week);
    }
}

/// The leads of one origin, `times` as many as its recipe says.
fn bring(sim: &Simulator, state: &mut State, origin: Origin, recipe: &OriginRecipe, times: f64, week: &mut Week) {
    let count = sim.market.count(origin, state.week, recipe.leads * times);
    if let Some(leads) = week.leads.get_mut(origin.place()) {
        *leads = count;
    }
    for number in 0..count {
        let Some(seller) = team::least_busy(sim, state) else { return };
        let key = Key { week: state.week, origin, number };
        let mut draw = sim.market.draw(Question::Lead, key.code(), 0);
        let real = draw.chance(recipe.real);
        let goods = draw.place(sim.scenario.goods.len());
        let median = sim.scenario.goods.get(goods).map_or(1.0, |goods| goods.pieces);
        let pieces = whole(draw.lognormal(median, 0.45)).max(1).unsigned_abs();
        state.deals.push(Opportunity {
            key,
            seller,
            stage: 0,
            goods,
            pieces,
            discount: 0,
            first_seller: seller,
            marks: Vec::new(),
            ending: None,
            real,
            need: work::need(sim, key, 0, real),
            done: 0.0,
            chill: 0,
        });
    }
}

fn books(sim: &Simulator, state: &State, decision: &Decision, training: i64, week: &mut Week) {
    let salaries: i64 = team::at_work(state).map(|(_, seller)| seller.salary).sum();
    let beyond = i64::from(team::overtime(decision));
    // An hour of overtime costs half as much again as one of the week of 40.
    let overtime = salaries * beyond * 3 / (2 * i64::from(team::WEEK));
    let channels = decision.spend.iter().map(|spent| i64::from(*spent)).sum();
    let hiring = i64::from(decision.hires) * sim.scenario.hiring.price;
    let (mut revenue, mut delivery) = (0, 0);
    for news in &week.news {
        if let News::Won { deal, amount } = *news {
            revenue += amount;
            delivery += state.deals.get(deal).map_or(0, |deal| sim.list_price(deal) * sim.scenario.cost / 100);
        }
    }
    week.books = Books { revenue, delivery, salaries, overtime, channels, training, hiring };
}

/// What the week does to customers and channels.
fn market_end(sim: &Simulator, state: &mut State, decision: &Decision) {
    state.awaited += FORGIVES * (f64::from(decision.discount) - state.awaited);
    for (place, channel) in sim.scenario.channels.iter().enumerate() {
        let spent = f64::from(decision.spend.get(place).copied().unwrap_or(0)) / f64::from(channel.scale.max(1));
        if let Some(wear) = state.wear.get_mut(place) {
            *wear += RECOVERS * (spent - *wear);
        }
    }
}

/// What is counted at the end of the week.
fn figures(sim: &Simulator, state: &State, week: &mut Week) {
    for deal in state.deals.iter().filter(|deal| deal.is_open()) {
        let zone = place(sim.zone(deal.stage));
        if let (Some(open), Some(pipeline)) = (week.open.get_mut(zone), week.pipeline.get_mut(zone)) {
            *open += 1;
            *pipeline += sim.list_price(deal);
        }
    }
    week.team = u32::try_from(state.team()).unwrap_or(u32::MAX);
    let mean = |of: &dyn Fn(&Seller) -> f64| {
        team::at_work(state).map(|(_, seller)| of(seller)).sum::<f64>() / f64::from(week.team.max(1))
    };
    let skill = ZONES.map(|zone| mean(&|seller| team::skill(sim, state, seller, zone)));
    let fatigue = mean(&|seller| seller.fatigue);
    (week.fatigue, week.skill, week.awaited) = (fatigue, skill, state.awaited);
}
