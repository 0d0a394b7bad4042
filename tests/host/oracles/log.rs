//! Movements, conversions and durations equal what pm4py says of a small event log. `log.json` comes from `log.py`.

use std::collections::BTreeMap;

use loudou::{
    metrics::{
        Filter, Frame, Period, conversion,
        movement::{By, Flow, Group, Place, StageFlow, matrix, promotion},
        sales_cycle,
    },
    model::{Batch, Date, EventKind, Gate, Workspace},
};
use serde_json::Value;

use super::{
    curves::{close, list, number},
    six_deals::{company, created, day, deal, entered, lost, model, stage},
};

const STAGES: [&str; 4] = ["Lead", "Talk", "Offer", "Deal"];

fn log() -> Value {
    serde_json::from_str(include_str!("log.json")).unwrap()
}

fn place(name: &Value) -> Option<usize> {
    STAGES.iter().position(|stage| Some(*stage) == name.as_str())
}

/// The days of the log, and one more.
fn all_days() -> Period {
    Period { from: day(2026, 1, 1), to: day(2026, 12, 31) }
}

fn workspace(log: &Value) -> Workspace {
    let on = |step: &Value| all_days().from + chrono::Days::new(number(&step[1]).into());
    let id = |step: &Value| place(&step[0]).map(|place| place as u128 + 1);
    let kind = |step: &Value| match (id(step), step[0].as_str()) {
        (Some(stage), _) => entered(stage),
        (None, Some("won")) => EventKind::Won { gate: Gate::Met },
        _ => lost(),
    };
    let deals = (1_u128..).zip(list(log, "cases")).map(|(number, case)| {
        let steps = case.as_array().unwrap();
        let first = created(id(&steps[0]).unwrap(), None, None, None);
        deal(number, first, Some(on(&steps[0])), steps[1..].iter().map(|step| (on(step), kind(step))).collect())
    });
    let stages = (1..).zip(STAGES).map(|(id, name)| stage(id, name, 10)).collect();
    company(Batch { models: vec![model(1, stages)], deals: deals.collect(), ..Batch::default() })
}

/// How often one stage, or an outcome, followed straight on another, and the days in between together.
fn follows(log: &Value) -> BTreeMap<(Place, Place), (usize, f64)> {
    let to = |name: &Value| match (place(name), name.as_str()) {
        (Some(stage), _) => Place::Stage(stage),
        (None, Some("won")) => Place::Won,
        _ => Place::Lost,
    };
    let row = |row: &Value| ((to(&row[0]), to(&row[1])), (number(&row[2]) as usize, row[3].as_f64().unwrap()));
    list(log, "follows").iter().map(row).collect()
}

/// No deal moves twice on a day, so the matrices of all days add up to what followed on what.
#[test]
fn the_matrices_of_all_days_equal_what_followed_on_what() {
    let log = log();
    let workspace = workspace(&log);
    let (frame, everything) = (Frame::new(&workspace), Filter::default());
    let mut steps: BTreeMap<(Place, Place), usize> = BTreeMap::new();
    let days: Vec<Date> = all_days().from.iter_days().take_while(|day| *day <= all_days().to).collect();
    for today in days {
        let (before, after) = (today.pred_opt().unwrap(), today);
        let moved = matrix(&frame.view(before, &everything), &frame.view(after, &everything)).remove(0);
        for ((from, to), cell) in moved.cells.into_iter().filter(|((from, to), _)| from != to) {
            *steps.entry((from, to)).or_default() += cell.deals.len();
        }
    }
    let mut told: BTreeMap<_, _> = follows(&log).into_iter().map(|(cell, (count, _))| (cell, count)).collect();
    for (name, count) in log["starts"].as_object().unwrap() {
        let stage = place(&Value::from(name.as_str())).unwrap();
        told.insert((Place::NotBegun, Place::Stage(stage)), number(count) as usize);
    }
    assert_eq!(steps, told);
}

#[test]
fn the_promotion_table_equals_the_log() {
    let log = log();
    let workspace = workspace(&log);
    let table = promotion(&Frame::new(&workspace), &Filter::default(), all_days(), By::Company).remove(0);
    let follows = follows(&log);
    for (here, flow) in table.rows[&Group::Company].iter().enumerate() {
        let sum = |wanted: &dyn Fn(Place, Place) -> bool| {
            let cells = follows.iter().filter(|((from, to), _)| wanted(*from, *to));
            cells.fold((0, 0.0), |(count, days), (_, more)| (count + more.0, days + more.1))
        };
        let out = |to: &dyn Fn(Place) -> bool| sum(&|from, place| from == Place::Stage(here) && to(place));
        let into = |from: &dyn Fn(Place) -> bool| sum(&|place, to| to == Place::Stage(here) && from(place));
        let later = |place| matches!(place, Place::Stage(stage) if stage > here);
        let earlier = |place| matches!(place, Place::Stage(stage) if stage < here);
        let (promoted, won) = (out(&later), out(&|place| place == Place::Won));
        assert_eq!(flow.count(Flow::Promoted), promoted.0);
        assert_eq!(flow.count(Flow::Won), won.0);
        assert_eq!(flow.count(Flow::FellBack), out(&earlier).0);
        assert_eq!(flow.count(Flow::Lost), out(&|place| place == Place::Lost).0);
        assert_eq!(flow.count(Flow::PromotedIn), into(&earlier).0);
        assert_eq!(flow.count(Flow::FellBackIn), into(&later).0);
        assert_eq!(flow.entered(), number(&log["visits"][STAGES[here]]) as usize);
        assert_eq!(flow.count(Flow::Closing), log["ends"].get(STAGES[here]).map_or(0, number) as usize);
        // Each stay, from the latest entry to the step forward: together the days on the edges that lead forward.
        let stays: u32 = flow.stays.iter().sum();
        assert!((f64::from(stays) - promoted.1 - won.1).abs() < 1e-9);
        skipped(&follows, here, flow);
    }
}

/// A stage was skipped by every step that led from before it to behind it.
fn skipped(follows: &BTreeMap<(Place, Place), (usize, f64)>, here: usize, flow: &StageFlow) {
    let past = follows.iter().filter(|((from, to), _)| {
        let before = matches!(from, Place::Stage(stage) if *stage < here);
        before && (*to == Place::Won || matches!(to, Place::Stage(stage) if *stage > here))
    });
    assert_eq!(flow.count(Flow::Skipped), past.map(|(_, (count, _))| count).sum::<usize>());
}

#[test]
fn conversion_counts_each_visitor_once() {
    let log = log();
    let workspace = workspace(&log);
    let (frame, everything) = (Frame::new(&workspace), Filter::default());
    let conversion = conversion(&frame.view(all_days().to, &everything)).remove(0);
    for (stage, name) in conversion.stages.iter().zip(STAGES) {
        let (visits, rework) = (&log["visits"][name], &log["rework"][name]);
        assert_eq!(stage.cohort.entered(), number(&log["visitors"][name]) as usize);
        // Whoever came back is not counted again.
        assert_eq!(rework.is_null(), stage.cohort.entered() == number(visits) as usize, "{name}");
    }
    assert_eq!(conversion.overall.entered(), number(&log["visitors"]["Lead"]) as usize);
}

#[test]
fn durations_of_won_cases_are_the_sales_cycle() {
    let log = log();
    let workspace = workspace(&log);
    let (frame, everything) = (Frame::new(&workspace), Filter::default());
    let cycle = sales_cycle(&frame.view(all_days().to, &everything)).remove(0);
    let days: Vec<f64> = list(&log["durations"], "won").iter().map(|days| days.as_f64().unwrap()).collect();
    assert_eq!(cycle.deals.len(), days.len());
    assert_eq!(cycle.median, Some(days[days.len() / 2]));
    close(cycle.mean.unwrap(), &Value::from(days.iter().sum::<f64>() / days.len() as f64), "mean cycle");
    let lost = conversion(&frame.view(all_days().to, &everything)).remove(0).overall.lost.len();
    assert!(lost <= list(&log["durations"], "lost").len());
}
