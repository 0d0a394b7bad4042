//! The match-stick game and the job fair: their chances equal what scipy says of them, and keep some laws.
//! `oracles/games.json` comes from `oracles/games.py`.
#![allow(
    clippy::unwrap_used,
    clippy::cast_precision_loss,
    reason = "a test that meets nothing where something belongs has failed; its counts are small"
)]

use loudou::{
    codec::content::{Language, gallery},
    metrics::replenishment::{StageAssumption, replenishment},
    model::{Date, Share},
    training::{
        job_fair::{Fair, VISITORS},
        matches::{Level, Reading, Round, Stick, burn, burns, chance, expected, ladder, needed, sums},
        sums::bars,
    },
};
use proptest::prelude::*;
use serde_json::Value;

fn part(name: &str) -> Vec<Value> {
    let all: Value = serde_json::from_str(include_str!("oracles/games.json")).unwrap();
    all[name].as_array().unwrap().clone()
}

fn whole(value: &Value) -> u32 {
    u32::try_from(value.as_u64().unwrap()).unwrap()
}

fn share(percent: &Value) -> Share {
    Share::percent(u8::try_from(whole(percent)).unwrap())
}

fn near(ours: f64, theirs: &Value, what: &Value) {
    let theirs = theirs.as_f64().unwrap();
    assert!((ours - theirs).abs() < 1e-9, "{ours} against {theirs}: {what}");
}

#[test]
fn chances_of_wins_equal_scipy() {
    for row in part("wins") {
        let odds = row["odds"].as_array().unwrap();
        let sticks: Vec<_> = odds.iter().map(|odds| Stick { odds: share(odds), worth: 1 }).collect();
        let all = sums(&sticks);
        for wins in 0..=u32::try_from(sticks.len()).unwrap() {
            near(all.at(wins), &row["at"][wins as usize], &row);
            near(all.at_least(wins), &row["at_least"][wins as usize], &row);
            near(chance(&sticks, wins), &row["at_least"][wins as usize], &row);
        }
    }
}

#[test]
fn chances_of_money_equal_the_sum_over_all_cases() {
    for row in part("money") {
        let sticks = row["sticks"].as_array().unwrap();
        let sticks: Vec<_> =
            sticks.iter().map(|stick| Stick { odds: share(&stick[0]), worth: whole(&stick[1]) }).collect();
        let all = sums(&sticks);
        let exact = row["at"].as_array().unwrap();
        assert_eq!(all.most() as usize + 1, exact.len());
        for (sum, chance) in (0..).zip(exact) {
            near(all.at(sum), chance, &row);
        }
        let by_bars: f64 = bars(all.most(), 12).into_iter().map(|bar| all.within(bar)).sum();
        assert!((by_bars - 1.0).abs() < 1e-9);
    }
}

#[test]
fn needs_equal_scipy() {
    for row in part("needs") {
        let stick = Stick { odds: share(&row["odds"]), worth: 1 };
        let target = whole(&row["target"]);
        let count = whole(&row["count"]);
        assert_eq!(needed(&[], stick, target, Reading::Sure(share(&row["sure"]))), Some(count), "{row}");
        near(*ladder(&[], stick, target, count).last().unwrap(), &row["chance"], &row);
        let fair = Fair { visitors: count, rates: vec![stick.odds] };
        near(fair.chance(target), &row["chance"], &row);
        assert_eq!(fair.visitors_for(target, share(&row["sure"])), Some(count));
    }
}

#[test]
fn fast_forward_comes_near_the_odds() {
    for level in Level::ALL {
        let round = Round::of(level, 7);
        let drawn = burns(&round.sticks, 5_000, round.seed);
        let exact = chance(&round.sticks, round.target);
        // Four standard errors.
        let error = 4.0 * (exact * (1.0 - exact) / 5_000.0).sqrt();
        assert!((drawn.at_least(round.target).unwrap() - exact).abs() <= error, "{level:?}");
        assert_eq!(burns(&round.sticks, 1, 9).mean(), Some(f64::from(burn(&round.sticks, 9).sum)));
    }
}

fn story() -> Fair {
    let models = gallery(Language::Chinese);
    Fair::of(models.iter().find(|model| model.slug == "job-fair").unwrap(), VISITORS)
}

#[test]
fn the_fair_is_an_empty_funnel() {
    let models = gallery(Language::Chinese);
    let template = models.iter().find(|model| model.slug == "job-fair").unwrap();
    let mut ids = loudou::codec::content::IdSource::new(ulid::Ulid(1));
    let model = loudou::codec::content::instantiate(template, &mut ids);
    let assumed: Vec<_> =
        story().rates.iter().map(|rate| StageAssumption { rate: rate.as_f64(), days: 1, open: 0 }).collect();
    let need = replenishment(&model, &assumed, 20.0, Date::default(), Date::default()).unwrap();
    let ours = story().needed(20.0).unwrap();
    assert_eq!(ours.len(), need.stages.len() + 1);
    for (ours, theirs) in ours.iter().zip(&need.stages) {
        assert!((ours - theirs.needed).abs() < 1e-9);
    }
}

#[test]
fn fairs_come_near_their_odds() {
    let (fair, draws) = (story(), 400);
    let days = fair.days(draws, 3);
    let exact = fair.chance(10);
    let error = 4.0 * (exact * (1.0 - exact) / f64::from(draws)).sqrt();
    assert!((days.at_least(10).unwrap() - exact).abs() <= error);
    assert!((days.mean().unwrap() - 10.0).abs() <= 4.0 * (10.0 / f64::from(draws)).sqrt());
    let first = fair.day(3);
    assert_eq!(fair.days(1, 3).mean(), first.counts.last().map(|hires| f64::from(*hires)));
    let closed = Fair { visitors: 10, rates: vec![Share::percent(50), Share::ZERO] };
    assert_eq!((closed.needed(1.0), closed.visitors_for(1, Share::percent(80))), (None, None));
    assert_eq!(closed.levers(Share::percent(10))[0].visitors, None);
}

fn stick() -> impl Strategy<Value = Stick> {
    (0_u16..=10_000, 0_u32..60)
        .prop_map(|(points, worth)| Stick { odds: Share::from_basis_points(points).unwrap(), worth })
}

proptest! {
    #[test]
    fn chances_are_shares_and_add_up(sticks in prop::collection::vec(stick(), 0..14), target in 0_u32..400) {
        let all = sums(&sticks);
        let total: f64 = (0..=all.most()).map(|sum| all.at(sum)).sum();
        prop_assert!((total - 1.0).abs() < 1e-9);
        prop_assert!((all.mean() - expected(&sticks)).abs() < 1e-6);
        let chance = chance(&sticks, target);
        prop_assert!((0.0..=1.0).contains(&chance));
        prop_assert!((chance - all.at_least(target)).abs() < 1e-9);
        prop_assert!((0.0..=1.0).contains(&all.luck(target)));
    }

    #[test]
    fn more_sticks_and_better_odds_never_lower_the_chance(
        sticks in prop::collection::vec(stick(), 1..10),
        more in stick(),
        target in 0_u32..300,
        place in 0_usize..10,
    ) {
        let steps = ladder(&sticks, more, target, 6);
        prop_assert!(steps.windows(2).all(|pair| pair[0] <= pair[1] + 1e-12));
        let mut better = sticks.clone();
        let place = place % better.len();
        better[place].odds = Share::ONE;
        prop_assert!(chance(&sticks, target) <= chance(&better, target) + 1e-12);
    }

    #[test]
    fn what_is_needed_is_enough_and_one_less_is_not(
        sticks in prop::collection::vec(stick(), 0..8),
        (odds, worth) in (500_u16..=10_000, 1_u32..40),
        target in 0_u32..200,
        percent in 50_u8..=95,
    ) {
        let more = Stick { odds: Share::from_basis_points(odds).unwrap(), worth };
        let sure = Share::percent(percent);
        let with = |count: u32| {
            sticks.iter().copied().chain((0..count).map(|_| more)).collect::<Vec<_>>()
        };
        let count = needed(&sticks, more, target, Reading::Sure(sure)).unwrap();
        prop_assert!(chance(&with(count), target) >= sure.as_f64() - 1e-9);
        prop_assert!(count == 0 || chance(&with(count - 1), target) < sure.as_f64());
        let average = needed(&sticks, more, target, Reading::OnAverage).unwrap();
        prop_assert!(expected(&with(average)) >= f64::from(target) - 1e-9);
        prop_assert!(average == 0 || expected(&with(average - 1)) < f64::from(target) + 1e-9);
    }

    #[test]
    fn a_better_step_never_costs(rates in prop::collection::vec(1_u8..=100, 1..6), points in 0_u8..=50) {
        let fair = Fair { visitors: 500, rates: rates.into_iter().map(Share::percent).collect() };
        for lever in fair.levers(Share::percent(points)) {
            prop_assert!(lever.gain >= -1e-9 && lever.better >= lever.rate);
            prop_assert!(lever.visitors.unwrap() <= 500.0 + 1e-6);
        }
        let needs = fair.needed(fair.through()).unwrap();
        prop_assert!(needs.iter().zip(fair.counts()).all(|(need, count)| (need - count).abs() < 1e-6));
    }
}
