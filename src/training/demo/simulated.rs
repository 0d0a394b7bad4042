//! The company of the [simulator](crate::training::simulator) as a workspace, so that every page of the product shows what a player
//! has made of it.
//!
//! The week that was played last ends today: its Friday is day 0. Deals, events and money are those of the simulator to the last unit;
//! words, names and weekdays are drawn by the seed of the market and by the deal. So a company of a later week has all that the one of
//! an earlier week had, under the same ids, five working days further back.

mod course;

use std::ops::Range;

use super::{Beginning, Demo, PLAN, Plan, added, begin, calendar::Workday, market::Account};
use crate::{
    codec::content::{
        self, Language, Text,
        recipes::{self, ProductRecipe, Recipes},
        scenarios::Scenario,
    },
    model::{Change, Customer, Date, FunnelModel, Intervention, InterventionKind, Person, Product, Workspace},
    training::{
        draw::Draw,
        simulator::{MOST_SELLERS, Opportunity, Simulator, State},
    },
};

/// How many customers there are before some come a second time.
const CUSTOMERS: usize = 224;
/// Ids that a deal has for its events, and again for its activities.
const IDS: u128 = 1 << 20;

/// What the making of deals shares.
struct Maker<'a> {
    simulator: &'a Simulator,
    state: &'a State,
    demo: &'a Demo<'a>,
    model: &'a FunnelModel,
    people: &'a [Person],
    products: &'a [Product],
    /// The first of the ids of deals.
    ids: u128,
}

/// The simulated company at the end of the week that was played last, which is `today` (the Friday before, on a weekend).
///
/// ```
/// use loudou::{codec::content::{Language, scenarios}, model::Date};
/// use loudou::training::{demo::simulated, simulator::Simulator};
/// let simulator = Simulator::new(scenarios::of_slug("first-year").unwrap(), 7);
/// let today = Date::from_ymd_opt(2026, 11, 27).unwrap();
/// let company = simulated::company(&simulator, simulator.opening(), Language::English, today);
/// assert_eq!(company.people.len(), 6);
/// assert_eq!(company.deals.len(), simulator.opening().deals.len());
/// ```
pub fn company(simulator: &Simulator, state: &State, language: Language, today: Date) -> Workspace {
    let scenario = simulator.scenario();
    let recipes = recipes(scenario);
    let profile = content::profile(language, recipes.company.in_language(language));
    let template = content::gallery(language).into_iter().find(|model| model.slug == scenario.model);
    let (plan, seed) = (Plan { customers: CUSTOMERS, ..PLAN }, u64::from(simulator.seed()));
    let Beginning { mut draw, id, mut models, mut demo } =
        begin((language, today, seed), &plan, template.as_slice(), &recipes, &profile);
    // Nobody in the simulator looks after customers that have bought.
    for model in &mut models {
        model.after_sale = None;
    }
    let departments = demo.departments();
    let mut people = demo.people(&departments);
    people.truncate(state.sellers.len());
    for (person, seller) in people.iter_mut().zip(&state.sellers) {
        person.active = seller.is_here();
    }
    let products = demo.products();
    let accounts = demo.accounts(&mut draw, &people, CUSTOMERS);
    let places = customers_of(state, accounts.len());
    let (mut deals, mut activities) = (Vec::new(), Vec::new());
    if let Some(model) = models.first() {
        let ids = id.value().0 + IDS;
        let maker = Maker { simulator, state, demo: &demo, model, people: &people, products: &products, ids };
        for (nth, opportunity) in state.deals.iter().enumerate() {
            let account = places.get(nth).and_then(|place| accounts.get(*place));
            let Some((deal, contacts)) = account.and_then(|account| maker.deal(nth, opportunity, account)) else {
                continue;
            };
            deals.push(deal);
            activities.extend(contacts);
        }
    }
    let interventions = demo.trainings(&models, state, scenario);
    let customers = owned(accounts, &places, state, &people, &profile.sources, scenario);
    let quarter = scenario.money(scenario.target, language).unwrap_or_default();
    let quotas = demo.spread_quotas(today, &people, quarter);
    let promises = demo.promises(&mut Draw::new(seed.rotate_left(16)), &models, &people, &deals);
    let change = Change {
        models: added(models),
        departments: added(departments),
        people: added(people),
        quotas: added(quotas),
        promises: added(promises),
        products: added(products),
        interventions: added(interventions),
        customers: added(customers),
        deals: added(deals),
        activities: added(activities),
        ..Change::default()
    };
    Workspace::new(id, profile.clone()).with(&change)
}

/// The recipes of the demo company with the names, people and prices of the scenario; always as many people, so that nobody who is hired
/// changes the ids of what comes after.
fn recipes(scenario: &Scenario) -> Recipes {
    let usual = recipes::recipes();
    let price = |units: i64, unit: i32| i32::try_from(units * i64::from(unit)).unwrap_or(i32::MAX);
    let goods = scenario.goods.iter().map(|goods| ProductRecipe {
        name: goods.name,
        topic: goods.topic,
        series: goods.series,
        price: (price(goods.price, scenario.unit.0), price(goods.price, scenario.unit.1)),
    });
    let team = scenario.sellers.iter().map(|seller| seller.name);
    let sellers: Vec<Text> = team.chain(usual.sellers.iter().copied().cycle()).take(MOST_SELLERS).collect();
    Recipes { company: scenario.company, sellers, products: goods.collect(), ..usual }
}

/// For each deal the place of its customer. As long as there are new ones it is a new one; then the one that the same seller has had no
/// deal with for longest.
fn customers_of(state: &State, accounts: usize) -> Vec<usize> {
    let mut latest: Vec<&Opportunity> = Vec::with_capacity(accounts);
    let mut places = Vec::with_capacity(state.deals.len());
    for deal in &state.deals {
        let place = if latest.len() < accounts {
            latest.push(deal);
            latest.len() - 1
        } else {
            let quiet = latest.iter().enumerate().filter_map(|(place, before)| {
                let over = before.ended().filter(|week| *week < deal.key.week)?;
                Some((before.seller != deal.first_seller, over, place))
            });
            quiet.min().map_or(places.len() % accounts.max(1), |(_, _, place)| place)
        };
        if let Some(latest) = latest.get_mut(place) {
            *latest = deal;
        }
        places.push(place);
    }
    places
}

/// The customers that have had a deal, each with the seller of the latest one; those of sellers who left are nobody's.
fn owned(
    accounts: Vec<Account>,
    places: &[usize],
    state: &State,
    people: &[Person],
    sources: &[String],
    scenario: &Scenario,
) -> Vec<Customer> {
    let mut known = vec![None; accounts.len()];
    for (deal, place) in state.deals.iter().zip(places) {
        if let Some(known) = known.get_mut(*place) {
            let source = known.map_or_else(|| scenario.source(deal.key.origin.place()), |(source, _)| source);
            *known = Some((source, deal.seller));
        }
    }
    let customer = |(account, known): (Account, Option<(usize, usize)>)| {
        let (source, seller) = known?;
        let mut customer = account.customer;
        customer.owner = people.get(seller).filter(|person| person.active).map(|person| person.id);
        customer.source = sources.get(source).cloned().unwrap_or_default();
        customer.referred_by = None;
        Some(customer)
    };
    accounts.into_iter().zip(known).filter_map(customer).collect()
}

impl Demo<'_> {
    /// The trainings that were bought, marked for the first stage of their zone.
    fn trainings(&mut self, models: &[FunnelModel], state: &State, scenario: &Scenario) -> Vec<Intervention> {
        let Some(model) = models.first() else { return Vec::new() };
        let mut trainings = Vec::new();
        for (began, zone) in &state.trainings {
            let Some(first) = model.stages.iter().find(|one| one.zone() == *zone) else { continue };
            let weeks = workdays_of(*began..began + scenario.training.weeks, state.week);
            trainings.push(Intervention {
                id: self.ids.fresh(),
                name: self.text(scenario.training_names.of(*zone)),
                kind: InterventionKind::Training,
                model: model.id,
                stage: first.id,
                from: self.calendar.date(weeks.start),
                until: Some(self.calendar.date(weeks.end - 1)),
                people: Vec::new(),
                note: String::new(),
            });
        }
        trainings
    }
}

/// The working days of some weeks when the week before `now` ends on day 0.
const fn workdays_of(weeks: Range<i32>, now: i32) -> Range<Workday> {
    (weeks.start - now) * 5 + 1..(weeks.end - now) * 5 + 1
}
