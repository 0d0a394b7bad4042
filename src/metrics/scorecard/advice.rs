//! What may be said of a card: which differences are more than chance, and what to train.

use statrs::function::erf::erfc;

use super::{Acts, Line, Measure, Told, figures::amounts};
use crate::{
    metrics::{Interval, Rate, bottleneck::wins, survival::count},
    model::StageId,
};

/// With what chance at most one difference of a card, or more, is told that is none.
const FAMILY: f64 = 0.1;
/// The 95 % quantile of the normal distribution.
const Z: f64 = 1.644_853_626_951_472_2;

/// The one thing to train.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Training {
    /// What.
    pub measure: Measure,
    /// How much more money would be won with the deals of the period if it reached the value of the rest of the team, in minor units;
    /// `None` when nobody can say.
    pub gain: Option<f64>,
}

/// Says of every line what its difference says, with Holm's correction for the number of lines that can be compared.
pub(super) fn tell(lines: &mut [Line]) {
    let mut chances: Vec<(usize, f64)> = lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.told == Told::Unclear)
        .filter_map(|(place, line)| Some((place, chance(line.difference?, line.interval?))))
        .collect();
    chances.sort_by(|a, b| a.1.total_cmp(&b.1));
    let all = chances.len();
    for (rank, (place, chance)) in chances.into_iter().enumerate() {
        if chance > FAMILY / count(all - rank) {
            break;
        }
        if let Some(line) = lines.get_mut(place) {
            line.told = if line.difference > Some(0.0) { Told::More } else { Told::Less };
        }
    }
}

/// With what chance a difference this far from 0, or farther, comes when there is none: as if the half of its 90 % interval that lies
/// towards 0 were one of a normal distribution.
fn chance(difference: f64, interval: Interval) -> f64 {
    let reach = if difference > 0.0 { difference - interval.low } else { interval.high - difference };
    match () {
        () if difference.abs() < f64::EPSILON => 1.0,
        () if reach <= 0.0 => 0.0,
        () => erfc(difference.abs() / reach * Z / std::f64::consts::SQRT_2),
    }
}

/// Of what is worse than in the rest of the team by more than chance and can be trained, what would bring most money; what brings an
/// amount that nobody can say comes after what does.
///
/// Of a stage, the deals that began in each stage of the period flow through one's own rates, once with the rate of the team in that
/// stage; the wins more × the mean amount won. Of the cycle: as many more deals as it is quicker with the team, in the same days. Of
/// closes put off and gates skipped nobody can say.
pub(super) fn training(stages: &[StageId], lines: &[Line], own: &Acts, team: &Acts) -> Option<Training> {
    let candidates = lines.iter().filter(|line| line.is_weakness() && line.measure.is_trainable());
    let named = candidates.map(|line| Training { measure: line.measure, gain: gain(stages, line, own, team) });
    // The first of equals: `max_by` would take the last one.
    named.reduce(|best, next| if next.gain > best.gain { next } else { best })
}

fn gain(stages: &[StageId], line: &Line, own: &Acts, team: &Acts) -> Option<f64> {
    match line.measure {
        Measure::Stage(id) => {
            let place = stages.iter().position(|stage| *stage == id)?;
            let rate = |acts: &Acts, place: usize| {
                let stage = acts.stages.get(place)?;
                Rate::new(stage.passed.len(), stage.passed.len() + stage.lost.len()).map(|rate| rate.value())
            };
            let rates: Option<Vec<f64>> =
                (0..stages.len()).map(|place| rate(own, place).or_else(|| rate(team, place))).collect();
            let rates = rates?;
            let mut better = rates.clone();
            *better.get_mut(place)? = rate(team, place)?;
            let began: Vec<f64> = own.stages.iter().map(|stage| count(stage.began)).collect();
            let more = wins(&began, &better) - wins(&began, &rates);
            Some(more * mean_amount(own).or_else(|| mean_amount(team))?)
        }
        Measure::Cycle => {
            let quicker = line.own.value? / line.team.value.filter(|days| *days > 0.0)? - 1.0;
            Some(amounts(own).iter().sum::<f64>() * quicker)
        }
        _ => None,
    }
}

fn mean_amount(acts: &Acts) -> Option<f64> {
    let amounts = amounts(acts);
    (!amounts.is_empty()).then(|| amounts.iter().sum::<f64>() / count(amounts.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::comparison::Side;

    fn line(measure: Measure, difference: f64, low: f64, high: f64) -> Line {
        let (own, team) = (Side { value: Some(1.0), ..Side::default() }, Side::default());
        Line {
            measure,
            own,
            team,
            difference: Some(difference),
            interval: Some(Interval { low, high }),
            told: Told::Unclear,
        }
    }

    #[test]
    fn the_chance_is_one_in_ten_where_the_interval_ends_at_0() {
        let at_0 = |difference, low, high| chance(difference, Interval { low, high });
        assert!((at_0(0.2, 0.0, 0.9) - 0.1).abs() < 1e-9);
        assert!((at_0(-0.2, -0.9, 0.0) - 0.1).abs() < 1e-9);
        assert!(at_0(0.2, 0.1, 0.3) < 0.01 && at_0(0.2, -0.1, 0.5) > 0.2);
    }

    #[test]
    fn one_of_many_needs_more_than_one_alone() {
        // Alone, its interval is clear of 0; among ten it may be chance.
        let clear = || line(Measure::WinRate, 0.2, 0.01, 0.4);
        let mut alone = [clear()];
        tell(&mut alone);
        assert_eq!(alone[0].told, Told::More);
        let dull = |_| line(Measure::Visits, 0.1, -0.5, 0.5);
        let mut many: Vec<Line> = std::iter::once(clear()).chain((0..9).map(dull)).collect();
        tell(&mut many);
        assert!(many.iter().all(|line| line.told == Told::Unclear));
        many[1] = line(Measure::Cycle, -9.0, -10.0, -8.0);
        tell(&mut many);
        assert_eq!((many[0].told, many[1].told), (Told::Unclear, Told::Less));
        assert!(many[1].is_strength() && !many[1].is_weakness());
    }

    #[test]
    fn thin_data_says_nothing() {
        let mut few = [Line { told: Told::TooFew, ..line(Measure::WinRate, -0.9, -1.0, -0.8) }];
        tell(&mut few);
        assert_eq!(few[0].told, Told::TooFew);
        assert_eq!(training(&[], &few, &Acts::default(), &Acts::default()), None);
    }
}
