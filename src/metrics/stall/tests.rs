use super::*;
use crate::{
    codec::content::Language,
    model::{Change, Patch, Status},
    training::demo,
};

fn today() -> Date {
    Date::from_ymd_opt(2026, 11, 27).unwrap()
}

fn company() -> Workspace {
    demo::company(Language::English, today(), 7)
}

#[test]
fn only_open_deals_have_clocks_and_each_mark_has_its_clock() {
    let company = company();
    let yardsticks = Yardsticks::new(&company, today(), Stalling::Model);
    let mut seen = std::collections::BTreeSet::new();
    for deal in company.deals.iter() {
        let clocks = yardsticks.read(deal);
        assert_eq!(clocks.is_some(), deal.standing().is_open());
        let Some(clocks) = clocks else { continue };
        let marks = clocks.marks();
        seen.extend(marks.iter().copied());
        assert!(marks.is_sorted());
        assert_eq!(marks.contains(&Mark::Stalled), clocks.health(Clock::Age) == Some(Health::Ill));
        assert_eq!(marks.contains(&Mark::Idle), clocks.health(Clock::Idle) == Some(Health::Ill));
        let others = marks.iter().filter(|mark| **mark != Mark::AtRisk).count();
        assert_eq!(marks.contains(&Mark::AtRisk), others > 1 || (others == 1 && clocks.is_large));
        if marks.is_empty() {
            assert!(clocks.worst() < Health::Ill || clocks.health(Clock::Overdue) != Some(Health::Ill));
        }
    }
    // The team of the demo keeps in touch.
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), [Mark::AtRisk, Mark::Slipped, Mark::Stalled]);
}

/// What happened later does not exist: the same clocks come out of histories that were cut off on the day.
#[test]
fn a_past_day_is_read_as_it_was() {
    let company = company();
    let then = today() - chrono::TimeDelta::days(120);
    let patch = |deal: &std::sync::Arc<Deal>| {
        let known: Vec<_> = deal.history().iter().filter(|event| event.on <= Some(then)).cloned().collect();
        let after = Deal::from_history(deal.id, deal.details.clone(), known).ok().map(Arc::new);
        Patch { id: deal.id, before: Some(deal.clone()), after }
    };
    let cut = company.with(&Change { deals: company.deals.iter().map(patch).collect(), ..Change::default() });
    for stalling in [Stalling::Model, Stalling::Won] {
        let (all, known) = (Yardsticks::new(&company, then, stalling), Yardsticks::new(&cut, then, stalling));
        assert_eq!(all, known);
        for deal in company.deals.iter() {
            let was = cut.deals.get(deal.id).and_then(|deal| known.read(deal));
            assert_eq!(all.read(deal), was);
        }
    }
}

#[test]
fn the_deals_that_won_set_the_threshold_where_they_are_enough() {
    let company = company();
    let yardsticks = Yardsticks::new(&company, today(), Stalling::Won);
    let won = company.deals.iter().filter(|deal| matches!(deal.standing().status, Status::Won { .. })).count();
    let mut origins = std::collections::BTreeMap::new();
    for model in company.models.iter() {
        for stage in &model.stages {
            let threshold = yardsticks.threshold(model.id, stage.id).unwrap();
            assert_eq!(threshold.origin == Origin::Won, threshold.won.len() >= FEWEST_WON);
            assert!(threshold.won.len() + threshold.undated.len() <= won);
            assert!(threshold.limits.watch <= threshold.limits.ill);
            if threshold.origin == Origin::TooFew {
                assert_eq!(threshold.limits, Limits::of_model(stage.expected_days));
            }
            *origins.entry(threshold.origin == Origin::Won).or_insert(0) += 1;
        }
    }
    assert!(origins.get(&true).is_some_and(|stages| *stages > 0), "{origins:?}");
}
