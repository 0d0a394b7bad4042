//! The forecast's question and answer as they go between page and worker.

use serde::{Deserialize, Serialize};

use crate::metrics::{
    backtest::Grade,
    simulation::{Chance, Class, Outcomes, Prospects, Spread},
};

/// The open deals to draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Lots {
    months: Vec<(i32, u32)>,
    classes: Vec<Lot>,
    rates: Vec<(f64, f64)>,
    largest: Option<(usize, usize)>,
    without_amount: usize,
}

/// Deals that are drawn alike: their known chance, or the places of the rates whose product it is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Lot {
    chance: Result<f64, Vec<usize>>,
    by: Vec<f64>,
    amounts: Vec<f64>,
}

impl From<Prospects> for Lots {
    fn from(prospects: Prospects) -> Self {
        let Prospects { months, classes, rates, largest, without_amount } = prospects;
        let lot = |Class { chance, by, amounts }| {
            let chance = match chance {
                Chance::Known(share) => Ok(share),
                Chance::Product(places) => Err(places),
            };
            Lot { chance, by, amounts }
        };
        Self { months, classes: classes.into_iter().map(lot).collect(), rates, largest, without_amount }
    }
}

impl From<Lots> for Prospects {
    fn from(lots: Lots) -> Self {
        let Lots { months, classes, rates, largest, without_amount } = lots;
        let class = |Lot { chance, by, amounts }| {
            let chance = match chance {
                Ok(share) => Chance::Known(share),
                Err(places) => Chance::Product(places),
            };
            Class { chance, by, amounts }
        };
        Self { months, classes: classes.into_iter().map(class).collect(), rates, largest, without_amount }
    }
}

/// What the draws came to. A spread is its low end, middle, high end and mean.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fates {
    months: Vec<((i32, u32), [f64; 4])>,
    total: [f64; 4],
    without_largest: [f64; 4],
    draws: Vec<f64>,
}

fn numbers(spread: Spread) -> [f64; 4] {
    [spread.p10, spread.p50, spread.p90, spread.mean]
}

fn spread([p10, p50, p90, mean]: [f64; 4]) -> Spread {
    Spread { p10, p50, p90, mean }
}

impl From<Outcomes> for Fates {
    fn from(outcomes: Outcomes) -> Self {
        let Outcomes { months, total, without_largest, draws } = outcomes;
        let months = months.into_iter().map(|(month, spread)| (month, numbers(spread))).collect();
        Self { months, total: numbers(total), without_largest: numbers(without_largest), draws }
    }
}

impl From<Fates> for Outcomes {
    fn from(fates: Fates) -> Self {
        let Fates { months, total, without_largest, draws } = fates;
        let months = months.into_iter().map(|(month, numbers)| (month, spread(numbers))).collect();
        Self { months, total: spread(total), without_largest: spread(without_largest), draws }
    }
}

/// A past forecast against what came.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mark {
    spread: [f64; 4],
    crps: f64,
    pit: f64,
    actual: f64,
}

impl From<Grade> for Mark {
    fn from(grade: Grade) -> Self {
        let Grade { spread, crps, pit, actual } = grade;
        Self { spread: numbers(spread), crps, pit, actual }
    }
}

impl From<Mark> for Grade {
    fn from(mark: Mark) -> Self {
        let Mark { spread: numbers, crps, pit, actual } = mark;
        Self { spread: spread(numbers), crps, pit, actual }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_changes_on_the_way() {
        let class = |chance| Class { chance, by: vec![0.5, 1.0], amounts: vec![1.0, 2.5] };
        let prospects = Prospects {
            months: vec![(2026, 1), (2026, 2)],
            classes: vec![class(Chance::Known(0.3)), class(Chance::Product(vec![0]))],
            rates: vec![(1.5, 2.5)],
            largest: Some((0, 1)),
            without_amount: 4,
        };
        assert_eq!(Prospects::from(Lots::from(prospects.clone())), prospects);
        let spread = |mean| Spread { p10: 1.0, p50: 2.0, p90: 3.0, mean };
        let outcomes = Outcomes {
            months: vec![((2026, 1), spread(2.0))],
            total: spread(2.5),
            without_largest: spread(1.0),
            draws: vec![1.0, 2.0],
        };
        assert_eq!(Outcomes::from(Fates::from(outcomes.clone())), outcomes);
        let grade = Grade { spread: spread(2.5), crps: 0.5, pit: 0.25, actual: 2.0 };
        assert_eq!(Grade::from(Mark::from(grade)), grade);
    }
}
