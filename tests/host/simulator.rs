//! The laws of the team simulator, and what its companies look like to the rest of the product.
#![allow(clippy::unwrap_used, reason = "a test that meets nothing where something belongs has failed")]

mod search;

use std::collections::{BTreeMap, BTreeSet};

use loudou::{
    codec::{
        content::{
            Language, gallery,
            scenarios::{self, Scenario},
        },
        run::{Decision, Hours, Run, Strictness, Turn, WEEKS, decode, encode},
    },
    metrics::{Filter, Frame, stock},
    model::{Batch, Command, Date, EventKind, Record, Stamp, Status, Table, Workspace, Zone, apply},
    training::{
        demo::simulated,
        simulator::{Ending, Key, News, Opportunity, Origin, Simulator, State, ZONES},
    },
};
use rand::{Rng as _, SeedableRng as _};
use rand_pcg::Pcg64Mcg;
use ulid::Ulid;

const LANGUAGES: [Language; 2] = [Language::Chinese, Language::English];

fn today() -> Date {
    // A Friday.
    Date::from_ymd_opt(2026, 11, 27).unwrap()
}

fn first_year(seed: u32) -> Simulator {
    Simulator::new(scenarios::of_slug("first-year").unwrap(), seed)
}

/// The standing decision with something changed, all year long.
fn all_year(simulator: &Simulator, change: impl Fn(&mut Decision)) -> Vec<Decision> {
    let mut decisions = simulator.standing(WEEKS);
    decisions.iter_mut().for_each(change);
    decisions
}

/// Decisions of somebody who tries this and that, each for some weeks.
fn random(scenario: &Scenario, seed: u64) -> Vec<Decision> {
    let mut draw = Pcg64Mcg::seed_from_u64(seed);
    let mut decision = Decision::default();
    let mut decisions = Vec::new();
    for week in 0..WEEKS {
        (decision.training, decision.hires) = (None, 0);
        if week % 4 == 0 {
            let mut hours = || draw.random_range(0..16);
            decision.hours =
                Hours { prospecting: hours(), upper: hours(), middle: hours(), lower: hours(), coaching: hours() / 4 };
            decision.spend = scenario.channels.iter().map(|channel| draw.random_range(0..=channel.most)).collect();
            decision.gate = Strictness::ALL[draw.random_range(0..3)];
            decision.discount = 5 * draw.random_range(0..5);
            decision.training = draw.random_bool(0.3).then(|| ZONES[draw.random_range(0..3)]);
            decision.hires = u8::from(draw.random_bool(0.2));
        }
        decisions.push(decision.clone());
    }
    decisions
}

fn mean(scenario: &Scenario, seeds: std::ops::Range<u32>, decisions: impl Fn(&Simulator, u32) -> Vec<Decision>) -> i64 {
    let count = i64::from(seeds.end - seeds.start);
    let money = |seed| {
        let simulator = Simulator::new(scenario.clone(), seed);
        simulator.play(&decisions(&simulator, seed)).money()
    };
    seeds.map(money).sum::<i64>() / count
}

#[test]
fn scenarios_fit_their_models() {
    let all = scenarios::shipped();
    assert!(all.len() >= 2);
    assert_eq!(all.iter().map(|scenario| scenario.slug).collect::<BTreeSet<_>>().len(), all.len());
    for scenario in &all {
        let model = gallery(Language::English).into_iter().find(|model| model.slug == scenario.model).unwrap();
        assert_eq!(model.stages.len(), scenario.stages.len(), "{}", scenario.slug);
        for (stage, recipe) in model.stages.iter().zip(&scenario.stages) {
            let zone = stage.zone.unwrap_or_else(|| Zone::of(stage.probability));
            assert_eq!((zone, stage.expected_days), (recipe.zone, recipe.days));
        }
        assert_eq!(scenario.season.len(), WEEKS as usize);
        assert!(scenario.goods.iter().all(|goods| goods.price % 20 == 0));
        let standing = &scenario.standing;
        assert_eq!(standing.spend.len(), scenario.channels.len());
        let simulator = Simulator::new(scenario.clone(), scenario.seed);
        assert_eq!(simulator.fit(simulator.opening(), standing), *standing);
        assert!(ZONES.iter().all(|zone| (0..scenario.stages.len()).any(|stage| simulator.zone(stage) == *zone)));
        assert!(!scenario.good.is_empty() && scenario.good[0].from == 0);
        assert!(scenario.good.iter().all(|Turn { decision, .. }| decision.spend.len() == scenario.channels.len()));
        for text in [scenario.name, scenario.story, scenario.task] {
            assert!(text.in_language(Language::Chinese).chars().all(|c| !c.is_ascii_alphabetic()));
            assert!(text.in_language(Language::English).is_ascii());
        }
    }
}

/// Which leads of an origin came, and what they ask for.
fn leads(state: &State, origin: Origin) -> Vec<(Key, usize, u32)> {
    let of = |deal: &&Opportunity| deal.key.origin == origin;
    state.deals.iter().filter(of).map(|deal| (deal.key, deal.goods, deal.pieces)).collect()
}

#[test]
fn the_same_seed_is_the_same_market_whatever_is_decided() {
    let simulator = first_year(3);
    let standing = simulator.play(&simulator.standing(WEEKS));
    for seed in 0..4 {
        let mut decisions = random(simulator.scenario(), seed);
        // What brings leads stays as it was: the fairs and the time for prospecting of a team that does not change.
        for decision in &mut decisions {
            decision.spend[0] = simulator.scenario().standing.spend[0];
        }
        let other = simulator.play(&decisions);
        assert_ne!(standing.money(), other.money());
        for origin in [Origin::Inbound, Origin::Channel(0)] {
            assert_eq!(leads(&standing, origin), leads(&other, origin));
        }
        // Where one brings more than the other, both share the leads that the lesser one has.
        for origin in [Origin::Prospecting, Origin::Channel(1), Origin::Channel(2)] {
            let all: BTreeMap<Key, _> = leads(&standing, origin).into_iter().map(|lead| (lead.0, lead)).collect();
            assert!(leads(&other, origin).iter().all(|lead| all.get(&lead.0).is_none_or(|same| same == lead)));
        }
    }
    assert_ne!(leads(&standing, Origin::Inbound), leads(&first_year(4).play(&[]), Origin::Inbound));
}

#[test]
fn replaying_a_file_is_playing() {
    for (seed, scenario) in (0..).zip(scenarios::shipped()) {
        let simulator = Simulator::new(scenario, 17);
        let decisions = random(simulator.scenario(), seed);
        let mut state = simulator.opening().clone();
        for decision in &decisions {
            let next = simulator.step(&state, decision);
            assert_eq!(next, simulator.step(&state, decision));
            state = next;
        }
        let run = Run { scenario: simulator.scenario().slug.to_owned(), seed: 17, decisions };
        let read = decode(encode(&run).as_bytes()).unwrap();
        let again = Simulator::new(scenarios::of_slug(&read.scenario).unwrap(), read.seed);
        assert_eq!(again.play(&read.decisions), state);
        // The year is over.
        assert_eq!(simulator.step(&state, &read.decisions[0]), state);
    }
}

#[test]
fn a_decision_is_cut_to_what_can_be_done() {
    let simulator = first_year(1);
    let all = Decision {
        hours: Hours { prospecting: 255, upper: 255, middle: 255, lower: 255, coaching: 255 },
        spend: vec![u32::MAX; 9],
        training: Some(Zone::Upper),
        gate: Strictness::Loose,
        hires: 255,
        discount: 255,
    };
    let fit = simulator.fit(simulator.opening(), &all);
    assert_eq!((fit.hours.sum(), fit.discount, fit.hires), (60, 30, 4));
    assert_eq!(fit.spend, [400, 200, 150]);
    let next = simulator.step(simulator.opening(), &all);
    assert_eq!(next, simulator.step(simulator.opening(), &fit));
    let after = simulator.fit(&next, &all);
    assert_eq!((after.training, after.hires), (None, 0));
}

#[test]
fn nothing_comes_of_nothing() {
    for (seed, scenario) in (0..).zip(scenarios::shipped()) {
        let simulator = Simulator::new(scenario, seed);
        let idle = random(simulator.scenario(), 5).into_iter().map(|decision| Decision {
            hours: Hours::default(),
            spend: Vec::new(),
            ..decision
        });
        let end = simulator.play(&idle.collect::<Vec<_>>());
        let books = end.books();
        assert_eq!((books.revenue, books.channels), (0, 0));
        assert_eq!(end.money(), -books.salaries - books.training - books.hiring);
        assert!(end.weeks.iter().all(|week| week.won == 0 && week.promoted == 0));
    }
}

#[test]
fn neither_discounts_nor_hiring_alone_bring_a_profit() {
    let scenario = scenarios::of_slug("first-year").unwrap();
    let standing = mean(&scenario, 0..12, |simulator, _| simulator.standing(WEEKS));
    for discount in [5, 15, 30] {
        let cheaper = mean(&scenario, 0..12, |simulator, _| all_year(simulator, |week| week.discount = discount));
        assert!(cheaper < standing, "{discount} % off: {cheaper} against {standing}");
    }
    let hired = mean(&scenario, 0..12, |simulator, _| {
        let mut decisions = simulator.standing(WEEKS);
        decisions[0].hires = 3;
        decisions
    });
    assert!(hired < standing, "{hired} against {standing}");
}

#[test]
fn better_sellers_never_hurt_on_average() {
    for scenario in scenarios::shipped() {
        for zone in 0..3 {
            let mut better = scenario.clone();
            better.sellers.iter_mut().for_each(|seller| seller.skills[zone] += 0.15);
            let [usual, better] =
                [&scenario, &better].map(|one| mean(one, 0..8, |simulator, _| simulator.standing(WEEKS)));
            assert!(better >= usual, "{} {zone}: {better} against {usual}", scenario.slug);
        }
    }
}

#[test]
fn overtime_wears_people_out() {
    let simulator = first_year(2);
    let long = simulator.play(&all_year(&simulator, |week| week.hours.middle += 18));
    let fatigue: Vec<_> = long.weeks.iter().map(|week| week.fatigue).collect();
    assert!(fatigue[0] < 0.15 && fatigue[30] > 0.5, "{fatigue:?}");
    assert!(long.sellers.iter().any(|seller| !seller.is_here()));
    let sprint = |week: usize| (40..44).contains(&week);
    let mut decisions = simulator.standing(WEEKS);
    for (_, week) in decisions.iter_mut().enumerate().filter(|(week, _)| sprint(*week)) {
        week.hours.middle += 18;
    }
    let end = simulator.play(&decisions);
    assert!(end.weeks[51].fatigue < end.weeks[43].fatigue / 2.0);
}

fn records<V: Record>(table: &Table<V>) -> Vec<V> {
    table.iter().map(|record| (**record).clone()).collect()
}

/// Some state of a company for which much has been tried.
fn tried(scenario: &Scenario, weeks: usize) -> (Simulator, State) {
    let simulator = Simulator::new(scenario.clone(), 23);
    let mut decisions = random(scenario, 9);
    decisions.truncate(weeks);
    let state = simulator.play(&decisions);
    (simulator, state)
}

#[test]
fn companies_are_valid_workspaces() {
    for (weeks, scenario) in [0, 26, 52].into_iter().zip(scenarios::shipped()) {
        let (simulator, state) = tried(&scenario, weeks);
        for language in LANGUAGES {
            let company = simulated::company(&simulator, &state, language, today());
            assert_eq!(company.deals.len(), state.deals.len());
            assert_eq!(company.interventions.len(), state.trainings.len());
            let batch = Batch {
                models: records(&company.models),
                departments: records(&company.departments),
                people: records(&company.people),
                quotas: records(&company.quotas),
                promises: records(&company.promises),
                products: records(&company.products),
                interventions: records(&company.interventions),
                customers: records(&company.customers),
                deals: records(&company.deals),
                activities: records(&company.activities),
                ..Batch::default()
            };
            let empty = Workspace::new(company.id, (*company.profile).clone());
            let at = today().and_hms_opt(9, 0, 0).unwrap().and_utc();
            let stamp = Stamp { on: today(), at, by: None, seed: Ulid(7) };
            let imported = empty.with(&apply(&empty, Command::Import(Box::new(batch)), stamp).unwrap());
            assert_eq!(imported, company);
        }
    }
}

#[test]
fn the_books_are_those_of_the_company() {
    for scenario in scenarios::shipped() {
        let (simulator, state) = tried(&scenario, 52);
        for language in LANGUAGES {
            let company = simulated::company(&simulator, &state, language, today());
            let first_day = today() - chrono::TimeDelta::days(7 * 52 - 3);
            let won = |deal: &&std::sync::Arc<loudou::model::Deal>| matches!(deal.standing().status, Status::Won { on } if on >= Some(first_day));
            let amounts = company.deals.iter().filter(won).map(|deal| deal.standing().amount.unwrap().minor());
            assert_eq!(amounts.sum::<i64>(), scenario.money(state.books().revenue, language).unwrap().minor());
            for deal in company.deals.iter() {
                let lines = &deal.details.lines;
                let sum: i64 = lines.iter().map(|line| line.price.unwrap().times(line.units).unwrap().minor()).sum();
                assert_eq!(deal.standing().amount.unwrap().minor(), sum);
            }
        }
    }
}

#[test]
fn the_pages_count_what_the_simulator_counts() {
    for scenario in scenarios::shipped() {
        let (simulator, state) = tried(&scenario, 30);
        let company = simulated::company(&simulator, &state, Language::English, today());
        let frame = Frame::new(&company);
        let all = Filter::default();
        let stocks = stock(&frame.view(today(), &all));
        let mut open = [0; 3];
        for (stage, counted) in stocks[0].stages.iter().enumerate() {
            let zone = ZONES.iter().position(|zone| *zone == simulator.zone(stage)).unwrap();
            open[zone] += counted.open.deals.len();
        }
        assert_eq!(open.map(|deals| u32::try_from(deals).unwrap()), state.weeks.last().unwrap().open);
        let lost = company.deals.iter().filter(|deal| matches!(deal.standing().status, Status::Lost { .. })).count();
        let ended = state.deals.iter().filter(|deal| deal.ending.is_some_and(|ending| ending != Ending::Won)).count();
        assert_eq!(lost, ended);
    }
}

#[test]
fn a_later_company_has_all_that_an_earlier_one_had() {
    let scenario = scenarios::of_slug("showroom").unwrap();
    let (simulator, before) = tried(&scenario, 20);
    let (_, after) = tried(&scenario, 21);
    let week = chrono::TimeDelta::days(7);
    let [before, after] = [(&before, today() - week), (&after, today())]
        .map(|(state, day)| simulated::company(&simulator, state, Language::English, day));
    for deal in before.deals.iter() {
        let later = after.deals.get(deal.id).unwrap();
        assert_eq!(later.history()[..deal.history().len()], *deal.history());
        assert_eq!(later.details.customer, deal.details.customer);
    }
    assert!(before.activities.iter().all(|act| after.activities.get(act.id) == Some(act)));
    assert!(before.customers.iter().all(|one| after.customers.get(one.id).is_some_and(|two| two.name == one.name)));
}

#[test]
fn companies_are_alive_to_their_last_day() {
    let (simulator, state) = tried(&scenarios::of_slug("rival").unwrap(), 52);
    let company = simulated::company(&simulator, &state, Language::Chinese, today());
    let events = || company.deals.iter().flat_map(|deal| deal.history());
    let days: BTreeSet<_> = events().map(|event| event.on.unwrap()).collect();
    assert!(days.last() <= Some(&today()) && days.iter().rev().take(5).all(|day| (today() - *day).num_days() < 10));
    let happened = |test: fn(&EventKind) -> bool| events().filter(|event| test(&event.kind)).count();
    assert!(happened(|kind| matches!(kind, EventKind::ExpectedCloseChanged { .. })) > 50);
    assert!(happened(|kind| kind.gate().is_some_and(|gate| *gate != loudou::model::Gate::Met)) > 20);
    let late = company.deals.iter().filter(|deal| {
        deal.standing().is_open() && deal.details.next_action.as_ref().is_some_and(|next| next.due < Some(today()))
    });
    assert!(late.count() > 3);
    // People come and go by name.
    let hired = state.weeks.iter().flat_map(|week| &week.news).filter(|news| matches!(news, News::Joined(_))).count();
    assert!(hired > 0 && company.people.len() == scenarios::of_slug("rival").unwrap().sellers.len() + hired);
}

/// How many of these markets the good way of the scenario earns more on than doing nothing.
fn beaten(scenario: &Scenario, seeds: std::ops::Range<u32>) -> usize {
    let better = |seed: &u32| {
        let simulator = Simulator::new(scenario.clone(), *seed);
        simulator.play(&simulator.good(WEEKS)).money() > simulator.play(&simulator.standing(WEEKS)).money()
    };
    seeds.filter(better).count()
}

#[test]
fn the_good_way_beats_doing_nothing() {
    for scenario in scenarios::shipped() {
        assert!(beaten(&scenario, 1..11) >= 9, "{}", scenario.slug);
        let random = mean(&scenario, 1..11, |_, seed| random(&scenario, u64::from(seed)));
        let standing = mean(&scenario, 1..11, |simulator, _| simulator.standing(WEEKS));
        assert!(random < standing, "{}: {random} against {standing}", scenario.slug);
    }
}

/// Counts what the documentation of `training::simulator` says: `cargo test --test host -- --ignored good_ways --nocapture`.
#[test]
#[ignore = "three times 200 years, three ways through each"]
fn good_ways_on_two_hundred_markets() {
    for scenario in scenarios::shipped() {
        let better = beaten(&scenario, 1..201);
        let good = mean(&scenario, 1..201, |simulator, _| simulator.good(WEEKS));
        let standing = mean(&scenario, 1..201, |simulator, _| simulator.standing(WEEKS));
        let random = mean(&scenario, 1..201, |_, seed| random(&scenario, u64::from(seed)));
        println!("{}: better on {better} of 200; mean {good}, standing {standing}, random {random}", scenario.slug);
        assert!(better >= 190 && random < standing);
    }
}

/// Finds a good way for each scenario and prints it as `content/scenarios.json` has it.
#[test]
#[ignore = "a search of minutes"]
fn finds_the_good_ways() {
    for scenario in scenarios::shipped() {
        let ways = (1..=3).map(|seed| search::good_way(&scenario, 16, 1_500, seed));
        let (way, money) = ways.max_by_key(|(_, money)| *money).unwrap();
        println!("{}: {money} on average\n{}", scenario.slug, serde_json::to_string(&way).unwrap());
        assert!(money > mean(&scenario, 900_000..900_016, |simulator, _| simulator.standing(WEEKS)));
    }
}
