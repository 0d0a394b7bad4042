//! The team simulator (method §9): a sales team through four quarters, a week a step.
//!
//! A [`Scenario`] is a company with its market; a [`Decision`] says what is done in a week; [`Simulator::step`] is a pure function from
//! one [`State`] and a decision to the next state, so that undo is keeping the states. `demo::simulated` makes a workspace of any state.
//!
//! **What happens in a week** (`step`):
//!
//! 1. Drills end and begin, new sellers have their first day, and whoever is worn out may leave (`team`).
//! 2. Each seller spends the hours of a zone on the own deals there, those nearest to a decision first. A deal that has had the hours
//!    of its stage comes to the gate; one that gets too little attention for weeks goes silent (`work`).
//! 3. At the gate, a customer with a real need goes on by the skill of the seller, less what a competitor takes. One without a need is
//!    found out at a strict gate, and at a loose one goes on to cost hours further down; nobody sees which is which.
//! 4. Leads come in: by themselves, by prospecting, through channels that wear out; more or fewer by season.
//! 5. The week is paid for. Then fatigue follows overtime, what is not coached is forgotten, and customers who have seen discounts wait
//!    for the next one.
//!
//! **Luck** (`market`): each question has a draw of its own, so two decisions on one seed differ only by what was decided. A lead that
//! both bring is the same lead, needs the same hours and meets the same chance at each gate.
//!
//! **The score** is money: what was signed less delivery, salaries, overtime, channels, trainings and hiring ([`Books`]), in units of
//! account. Open deals at the end of the year are not counted.
//!
//! **The good way** of each scenario was found by the search in `tests/host/simulator/search.rs` on the markets 900000 to 900015. On the
//! 200 markets 1 to 200, of which it knows none, against doing nothing (the standing decision) and against random decisions
//! (`good_ways_on_two_hundred_markets` counts; money is the mean, in units):
//!
//! | scenario | better than nothing | good way | nothing | random |
//! |---|---|---|---|---|
//! | `first-year` | 200 of 200 | 31,425 | 8,502 | −26,290 |
//! | `rival` | 200 of 200 | 49,177 | 2,087 | −29,421 |
//! | `showroom` | 200 of 200 | 38,490 | 476 | −24,755 |

mod debrief;
mod market;
mod outcome;
mod state;
mod step;
mod team;
mod work;

use self::market::{Market, Question};
pub use self::{
    debrief::{Debrief, Lever, Moment, Part},
    market::{Key, Origin},
    outcome::{Outcome, outcome},
    state::{Books, Ending, Mark, News, Opportunity, Seller, State, Week, ZONES},
};
use crate::{
    codec::{
        content::scenarios::{Scenario, SellerRecipe, StageRecipe},
        run::{Decision, WEEKS},
    },
    model::Zone,
    training::draw::Draw,
};

/// A stage of the model as the simulator needs it.
#[derive(Clone, Copy, Debug)]
struct StagePlan {
    zone: Zone,
    /// Weeks that a deal with all attention stays.
    weeks: f64,
}

/// A scenario on the market of a seed.
#[derive(Clone, Debug)]
pub struct Simulator {
    scenario: Scenario,
    market: Market,
    stages: Vec<StagePlan>,
    opening: State,
}

impl Simulator {
    /// The scenario on the market of `seed`. The company sells by its standing decision for some time before the year begins, so that
    /// it has a pipeline with a history.
    pub fn new(scenario: Scenario, seed: u32) -> Self {
        let plan = |stage: &StageRecipe| StagePlan {
            zone: stage.zone,
            weeks: (f64::from(stage.days) / 7.0 * work::BRISK).max(1.0),
        };
        let stages = scenario.stages.iter().map(plan).collect();
        let seller = |recipe: &SellerRecipe| Seller {
            talent: recipe.skills,
            gains: [0.0; 3],
            salary: recipe.salary,
            since: None,
            left: None,
            fatigue: 0.0,
        };
        let opening = State {
            week: -scenario.before,
            sellers: scenario.sellers.iter().map(seller).collect(),
            deals: Vec::new(),
            trainings: Vec::new(),
            weeks: Vec::new(),
            coming: Vec::new(),
            wear: vec![0.0; scenario.channels.len()],
            awaited: 0.0,
        };
        let mut simulator = Self { scenario, market: Market { seed }, stages, opening };
        let mut state = simulator.opening.clone();
        let standing = simulator.scenario.standing.clone();
        while state.week < 0 {
            simulator.advance(&mut state, &standing);
        }
        simulator.opening = state;
        simulator
    }

    /// The scenario.
    pub const fn scenario(&self) -> &Scenario {
        &self.scenario
    }

    /// The seed of the market.
    pub const fn seed(&self) -> u32 {
        self.market.seed
    }

    /// The company on the first day of the year.
    pub const fn opening(&self) -> &State {
        &self.opening
    }

    /// What can be done of a decision in the week that comes: 60 hours at most, channels up to their most, no training in a zone whose
    /// drills run, no more sellers than there may be, discounts in steps of 5 percent up to 30.
    pub fn fit(&self, state: &State, decision: &Decision) -> Decision {
        let mut fit = decision.clone();
        while fit.hours.sum() > MOST_HOURS {
            let hours = &mut fit.hours;
            let all =
                [&mut hours.prospecting, &mut hours.upper, &mut hours.middle, &mut hours.lower, &mut hours.coaching];
            if let Some(largest) = all.into_iter().max_by_key(|hours| **hours) {
                *largest -= 1;
            }
        }
        fit.spend.resize(self.scenario.channels.len(), 0);
        for (spent, channel) in fit.spend.iter_mut().zip(&self.scenario.channels) {
            *spent = (*spent).min(channel.most);
        }
        fit.training = fit.training.filter(|zone| !team::is_drilled(self, state, *zone));
        let coming = state.coming.len();
        let places = self.scenario.hiring.most.saturating_sub(state.team() + coming);
        let room = places.min(MOST_SELLERS.saturating_sub(state.sellers.len() + coming));
        fit.hires = fit.hires.min(u8::try_from(room).unwrap_or(u8::MAX));
        fit.discount = fit.discount.min(MOST_DISCOUNT) / 5 * 5;
        fit
    }

    /// The company a week later. After the last week of the year nothing happens any more.
    pub fn step(&self, state: &State, decision: &Decision) -> State {
        let mut next = state.clone();
        self.advance(&mut next, decision);
        next
    }

    /// The company after a week with each of the decisions.
    pub fn play(&self, decisions: &[Decision]) -> State {
        let mut state = self.opening.clone();
        for decision in decisions {
            self.advance(&mut state, decision);
        }
        state
    }

    fn advance(&self, state: &mut State, decision: &Decision) {
        if state.week < i32::try_from(WEEKS).unwrap_or(i32::MAX) {
            let fit = self.fit(state, decision);
            step::advance(self, state, &fit);
        }
    }

    /// What a deal comes to at list price, in units.
    pub fn list_price(&self, deal: &Opportunity) -> i64 {
        i64::from(deal.pieces) * self.scenario.goods.get(deal.goods).map_or(0, |goods| goods.price)
    }

    /// What a deal comes to with its discount, in units.
    pub fn amount(&self, deal: &Opportunity) -> i64 {
        self.list_price(deal) * i64::from(100 - deal.discount) / 100
    }

    /// The zone of the stage at this place.
    pub fn zone(&self, stage: usize) -> Zone {
        self.stages.get(stage).map_or(Zone::Upper, |plan| plan.zone)
    }

    /// Draws for what only the pages show of a deal, in the case `at`.
    pub(super) fn words(&self, key: Key, at: i32) -> Draw {
        self.market.draw(Question::Words, key.code(), at)
    }

    fn weeks(&self, stage: usize) -> f64 {
        self.stages.get(stage).map_or(1.0, |plan| plan.weeks)
    }

    /// Leads of a week against an ordinary one.
    fn season(&self, week: i32) -> f64 {
        let seasons = i32::try_from(self.scenario.season.len()).unwrap_or(1).max(1);
        let at = usize::try_from(week.rem_euclid(seasons)).unwrap_or(0);
        self.scenario.season.get(at).map_or(1.0, |percent| f64::from(*percent) / 100.0)
    }

    /// The strongest competitor of a week, by its place, and its strength.
    fn rival(&self, week: i32) -> Option<(usize, f64)> {
        let rivals = self.scenario.rivals.iter().enumerate();
        let here = rivals.filter(|(_, rival)| (rival.week..rival.week + rival.weeks).contains(&week));
        here.map(|(place, rival)| (place, rival.strength)).max_by(|a, b| a.1.total_cmp(&b.1))
    }
}

/// Hours of a week at most, overtime included.
pub const MOST_HOURS: u32 = 60;
/// Sellers of a year at most, those who left included.
pub const MOST_SELLERS: usize = 40;
/// The largest discount, in percent.
pub const MOST_DISCOUNT: u8 = 30;
