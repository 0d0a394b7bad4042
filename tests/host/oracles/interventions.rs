//! What is said of a stage around a mark equals scipy and lifelines, from the histories to the difference in differences:
//! `interventions.json` comes from `interventions.py`.

use loudou::{
    metrics::{
        Filter, Frame, Rate,
        censored::of_incidence,
        cohort::Fate,
        comparison::Told,
        difference::Estimate,
        intervention::{Contrast, Gap, Mark, Reading, intervention},
    },
    model::{Batch, Date, Deal, EventKind, Person, PersonId},
};
use proptest::{collection::vec, prelude::*};
use serde_json::Value;

use super::six_deals::{company, created, day, deal, entered, lost, model, stage};

fn whole(value: &Value) -> i64 {
    value.as_i64().unwrap()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// The first day of the mark.
fn mark_day() -> Date {
    day(2026, 7, 1)
}

fn in_days(days: i64) -> Date {
    mark_day() + chrono::TimeDelta::days(days)
}

fn owned(by: i64) -> EventKind {
    let EventKind::Created { model, stage, amount, expected_close, probability, .. } = created(1, None, None, None)
    else {
        unreachable!()
    };
    let owner = u128::try_from(by).ok().filter(|by| *by > 0).map(PersonId::from);
    EventKind::Created { model, stage, owner, amount, expected_close, probability }
}

fn deal_of(id: u128, told: &Value) -> Deal {
    let part = |place: usize| whole(&list(told)[place]);
    let (began, decided) = (in_days(part(0)), in_days(part(0) + part(2)));
    // A handover later takes nothing away.
    let handed = EventKind::OwnerChanged { to: Some(9.into()) };
    let then = match part(3) {
        1 => vec![(decided, entered(2)), (in_days(300), handed)],
        2 => vec![(decided, lost())],
        _ => vec![(in_days(300), handed)],
    };
    deal(id, owned(part(1)), Some(began), then)
}

fn person(id: u128) -> Person {
    Person {
        id: id.into(),
        name: format!("Seller {id}"),
        department: None,
        territory: String::new(),
        capacity: None,
        active: true,
    }
}

fn same(ours: Estimate, theirs: &Value, what: &str) {
    let numbers = [ours.value, ours.interval.low, ours.interval.high];
    for (ours, theirs) in numbers.iter().zip(list(theirs)) {
        assert!((ours - theirs.as_f64().unwrap()).abs() < 2e-5, "{what}: {ours}, not {theirs}");
    }
}

fn check(ours: &Contrast, theirs: &Value) {
    let counts: Vec<_> = list(&theirs["entered"]).iter().map(|count| usize::try_from(whole(count)).unwrap()).collect();
    assert_eq!([ours.before.entered(), ours.after.entered()].to_vec(), counts);
    let readings = [(Reading::SoFar, "so_far"), (Reading::OfDecided, "of_decided"), (Reading::Estimated, "estimated")];
    let gaps = readings.map(|(reading, name)| (ours.conversion(reading), name));
    for (gap, name) in gaps.into_iter().chain([(ours.days(), "days")]) {
        match (gap, theirs[name].as_array()) {
            (None, None) => {}
            (Some(Gap { before, after, difference, .. }), Some(parts)) => {
                same(before, &parts[0], name);
                same(after, &parts[1], name);
                same(difference, &parts[2], name);
            }
            (ours, theirs) => panic!("{name}: {ours:?}, not {theirs:?}"),
        }
    }
}

#[test]
fn interventions_equal_scipy_and_lifelines() {
    let all: Value = serde_json::from_str(include_str!("interventions.json")).unwrap();
    for row in list(&all) {
        let deals = (1..).zip(list(&row["deals"])).map(|(id, told)| deal_of(id, told)).collect();
        let stages = vec![stage(1, "Lead", 10), stage(2, "Talk", 20)];
        let people = [1, 2, 3, 9].map(person).into();
        let workspace = company(Batch { models: vec![model(1, stages)], people, deals, ..Batch::default() });
        let concerned = list(&row["people"]).iter().map(|id| u128::try_from(whole(id)).unwrap().into()).collect();
        let after = in_days(whole(&row["gap"]));
        let mark = Mark { model: 1.into(), stage: 1.into(), from: mark_day(), after, until: None, people: concerned };
        let days = u32::try_from(whole(&row["days"])).unwrap();
        let frame = Frame::new(&workspace);
        let effect = intervention(&frame, day(2027, 12, 31), &Filter::default(), &mark, days).unwrap();
        assert_eq!(effect.windows.days(), i64::from(days));
        check(&effect.concerned, &row["concerned"]);
        let Some(others) = &effect.others else {
            assert!(row["others"].is_null());
            continue;
        };
        check(others, &row["others"]);
        let beyond = [
            (effect.beyond_others(Reading::SoFar), "so_far"),
            (effect.beyond_others(Reading::OfDecided), "of_decided"),
            (effect.beyond_others(Reading::Estimated), "estimated"),
            (effect.days_beyond_others(), "days"),
        ];
        for (ours, name) in beyond {
            match ours {
                Some((ours, told)) => {
                    same(ours, &row["beyond"][name], name);
                    let few = effect.concerned.too_few() || others.too_few();
                    assert_eq!(told == Told::TooFew, few);
                }
                None => assert!(row["beyond"][name].is_null(), "{name}"),
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Without open deals the estimate and its interval are those of the plain share, whatever the days.
    #[test]
    fn where_none_is_open_the_estimate_is_the_share(ways in vec((0..30_u32, any::<bool>()), 1..60)) {
        let ways: Vec<_> = ways.into_iter().map(|(day, passed)| (day, if passed { Fate::Passed } else { Fate::Lost })).collect();
        let ours = of_incidence(&ways).unwrap();
        let passed = ways.iter().filter(|(_, fate)| *fate == Fate::Passed).count();
        let plain = Estimate::of_rate(Rate::new(passed, ways.len()).unwrap());
        prop_assert!((ours.value - plain.value).abs() < 1e-9);
        prop_assert!((ours.interval.low - plain.interval.low).abs() < 1e-6, "{:?} {:?}", ours, plain);
        prop_assert!((ours.interval.high - plain.interval.high).abs() < 1e-6);
    }

    /// Open deals widen the interval or leave it: they never make anybody surer than if they were decided.
    #[test]
    fn open_deals_make_nobody_surer(ways in vec((0..30_u32, 0..3_u8), 1..60)) {
        let fate = |code: u8| [Fate::Open, Fate::Passed, Fate::Lost][usize::from(code)];
        let ways: Vec<_> = ways.into_iter().map(|(day, code)| (day, fate(code))).collect();
        let found = of_incidence(&ways).unwrap();
        prop_assert!(found.interval.low <= found.interval.high && (0.0..=1.0).contains(&found.value));
        let all = Rate::new(0, ways.len()).unwrap().interval().high;
        prop_assert!(found.interval.high >= all.min(found.value) - 1e-9);
    }
}
