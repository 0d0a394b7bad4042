//! Whether the money that came lay where the draws said it would.

use std::collections::BTreeSet;

use super::{Past, Row, window_end};
use crate::{
    metrics::{
        Filter, Frame, Holding,
        holding::Tally,
        simulation::{Prospects, Spread, simulate},
        survival::count,
        view::Status,
    },
    model::{Date, Share},
};

/// The months after a past month-end: what came in them.
#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    /// The month-end.
    pub day: Date,
    /// The last day.
    pub until: Date,
    /// What was won after the day and by the last one, of the deals that the forecast was about: those open on the day, with an
    /// amount. The amounts are those of the last day.
    pub won: Holding,
    /// What else was won in these months: deals that began or were reopened later or had no amount on the day. The forecast says
    /// nothing of them.
    pub besides: Holding,
}

impl Window {
    /// What came in the `months` months after a past day; `None` when they are not over by the end of `as_of`, or when no deal
    /// with an amount was open. `filter` is that of the past day; it chooses the other deals by their owners on the last day.
    ///
    /// ```
    /// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
    /// # use oracles::{day, six_deals};
    /// use loudou::metrics::{Filter, Frame, backtest::{Lookback, Window}, simulation::Basis};
    /// let workspace = six_deals();
    /// let (frame, all) = (Frame::new(&workspace), Filter::default());
    /// let january = Lookback::new(workspace).past(day(2026, 1, 31), &all, Basis::Model, 1);
    /// let window = Window::of(&frame, day(2026, 3, 31), &all, &january, 1).unwrap();
    /// // The first deal signed on 20 February, for 1,000.00.
    /// assert_eq!((window.until, window.won.amount), (day(2026, 2, 28), 100_000));
    /// assert_eq!(window.besides.amount, 0);
    /// // Two months are over by then, three are not.
    /// assert_eq!(Window::of(&frame, day(2026, 3, 31), &all, &january, 3), None);
    /// ```
    pub fn of(frame: &Frame, as_of: Date, filter: &Filter, past: &Past, months: u32) -> Option<Self> {
        let until = window_end(past.day, months);
        let about: BTreeSet<Row> =
            past.claims.iter().filter(|claim| claim.amount.is_some()).map(|claim| claim.row).collect();
        if until > as_of || about.is_empty() {
            return None;
        }
        let came = |status: Status| matches!(status, Status::Won(Some(on)) if on > past.day);
        let (mut won, mut besides) = (Tally::default(), Tally::default());
        // Whoever owns a deal by then, and wherever it went: it was in the forecast.
        let all = Filter::default();
        let of_all = frame.view(until, &all);
        for state in about.iter().filter_map(|row| of_all.state(*row)).filter(|state| came(state.status)) {
            won.add(state, Share::ONE);
        }
        let view = frame.view(until, filter);
        let others = view.states.iter().filter(|state| came(state.status) && !about.contains(&state.row));
        for state in others.filter(|state| state.stage.is_some_and(|stage| view.shows(stage.model))) {
            besides.add(state, Share::ONE);
        }
        Some(Self { day: past.day, until, won: won.finish(), besides: besides.finish() })
    }

    /// What came, in minor units, to be compared with the draws.
    #[expect(clippy::cast_precision_loss, reason = "an amount that is compared with draws")]
    pub fn actual(&self) -> f64 {
        self.won.amount as f64
    }
}

/// A distribution against what came.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Grade {
    /// What was said: the spread of the draws.
    pub spread: Spread,
    /// The [score](crps) of the draws, in minor units.
    pub crps: f64,
    /// Where in the distribution the actual [lies](pit).
    pub pit: f64,
    /// What came.
    pub actual: f64,
}

impl Grade {
    /// Whether the actual lies in the range that holds eight draws in ten.
    pub fn inside(&self) -> bool {
        self.spread.p10 <= self.actual && self.actual <= self.spread.p90
    }
}

/// Draws what the deals of a past forecast may bring and compares it with what came of them. The same seed gives the same grade;
/// `progress` hears how many draws are done.
pub fn grade(prospects: &Prospects, actual: f64, draws: usize, seed: u64, progress: &mut dyn FnMut(usize)) -> Grade {
    let outcomes = simulate(prospects, draws, seed, progress);
    Grade {
        spread: outcomes.total,
        crps: crps(&outcomes.draws, actual).unwrap_or_default(),
        pit: pit(&outcomes.draws, actual).unwrap_or_default(),
        actual,
    }
}

/// Where what came lies among draws, smallest first: the share of the draws below it, with half of those that equal it. Over many
/// forecasts that are right, it is anywhere between 0 and 1 as often as anywhere else. `None` without draws.
///
/// ```
/// use loudou::metrics::backtest::pit;
/// assert_eq!(pit(&[0.0, 0.0, 10.0, 20.0], 0.0), Some(0.25));
/// assert_eq!(pit(&[0.0, 0.0, 10.0, 20.0], 15.0), Some(0.75));
/// ```
pub fn pit(sorted: &[f64], actual: f64) -> Option<f64> {
    let below = sorted.partition_point(|draw| *draw < actual);
    let equal = sorted.partition_point(|draw| *draw <= actual) - below;
    (!sorted.is_empty()).then(|| (count(below) + count(equal) / 2.0) / count(sorted.len()))
}

/// The continuous ranked probability score of draws, smallest first, against what came: E|X − y| − ½ E|X − X′|, in the unit of the
/// draws. It is 0 when all draws are what came, grows with the distance, and for a single draw is the distance itself; so it can be
/// compared with the error of a forecast that is one number. `None` without draws.
///
/// Exact for the draws at hand: Σ |X − X′| over all pairs is 2 Σ (2i − n − 1) xᵢ. Source: Gneiting, Raftery (2007), "Strictly proper
/// scoring rules, prediction, and estimation".
///
/// ```
/// use loudou::metrics::backtest::crps;
/// // 50 away on average, less half of the 50 that two draws are apart.
/// assert_eq!(crps(&[0.0, 100.0], 100.0), Some(50.0 - 25.0));
/// assert_eq!(crps(&[60.0], 100.0), Some(40.0));
/// assert_eq!(crps(&[], 100.0), None);
/// ```
pub fn crps(sorted: &[f64], actual: f64) -> Option<f64> {
    let n = count(sorted.len());
    let away: f64 = sorted.iter().map(|draw| (draw - actual).abs()).sum();
    let ranked = sorted.iter().enumerate().map(|(place, draw)| (2.0 * count(place) + 1.0 - n) * draw);
    let apart = ranked.sum::<f64>() / (n * n);
    // The difference of two large sums may miss 0 by a rounding error.
    (!sorted.is_empty()).then(|| (away / n - apart).max(0.0))
}

/// Many grades as one record. Where windows overlap, the same wins are in several of them: then it rests on less than it seems to,
/// and has no interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MoneyRecord {
    /// How many forecasts were graded.
    pub windows: usize,
    /// How many of them had the actual in their range; eight in ten should.
    pub inside: usize,
    /// The mean score of the draws, in minor units.
    pub crps: f64,
    /// The mean distance from the mean of the draws to what came: the score of a forecast that had said only that number.
    pub error: f64,
    /// What was said on average less what came on average, in minor units: above 0, too much.
    pub bias: f64,
    /// What came on average, in minor units.
    pub actual: f64,
}

impl MoneyRecord {
    /// The record of these grades; `None` without any.
    ///
    /// ```
    /// use loudou::metrics::{backtest::{Grade, MoneyRecord}, simulation::Spread};
    /// let grade = |mean, actual| {
    ///     Grade { spread: Spread { p10: 50.0, p50: mean, p90: 150.0, mean }, crps: 10.0, pit: 0.5, actual }
    /// };
    /// let record = MoneyRecord::of(&[grade(100.0, 80.0), grade(100.0, 160.0)]).unwrap();
    /// assert_eq!((record.inside, record.windows), (1, 2));
    /// assert_eq!((record.error, record.bias), (40.0, -20.0));
    /// ```
    pub fn of(grades: &[Grade]) -> Option<Self> {
        let n = count(grades.len());
        let mean = |of: &dyn Fn(&Grade) -> f64| grades.iter().map(of).sum::<f64>() / n;
        (!grades.is_empty()).then(|| Self {
            windows: grades.len(),
            inside: grades.iter().filter(|grade| grade.inside()).count(),
            crps: mean(&|grade| grade.crps),
            error: mean(&|grade| (grade.spread.mean - grade.actual).abs()),
            bias: mean(&|grade| grade.spread.mean - grade.actual),
            actual: mean(&|grade| grade.actual),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::metrics::simulation::{Chance, Class};

    fn coins(amounts: &[f64], chance: f64) -> Prospects {
        let class = Class { chance: Chance::Known(chance), by: vec![1.0], amounts: amounts.to_vec() };
        Prospects { months: vec![(2026, 1)], classes: vec![class], rates: vec![], largest: None, without_amount: 0 }
    }

    #[test]
    fn a_certain_forecast_that_comes_true_has_no_score() {
        let grade = grade(&coins(&[3.0, 4.0], 1.0), 7.0, 100, 1, &mut |_| ());
        assert!((grade.crps, grade.pit) == (0.0, 0.5) && grade.inside());
        let missed = super::grade(&coins(&[3.0, 4.0], 1.0), 17.0, 100, 1, &mut |_| ());
        assert!((missed.crps, missed.pit) == (10.0, 1.0) && !missed.inside());
    }

    #[test]
    fn the_score_of_a_coin_is_known() {
        // 0 or 100 with the same odds against 0: E|X| = 50, ½ E|X − X′| = 25.
        let grade = grade(&coins(&[100.0], 0.5), 0.0, 40_000, 1, &mut |_| ());
        assert!((grade.crps - 25.0).abs() < 0.5 && (grade.pit - 0.25).abs() < 0.01, "{grade:?}");
    }
}
