//! The chance to have passed by a day when losing competes and some are still open (method §6, *estimated* conversion).

use super::{
    cohort::Fate,
    survival::{by_day, count},
};

/// Chances by one day; they add up to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Chances {
    /// To have passed.
    pub passed: f64,
    /// To have been lost.
    pub lost: f64,
    /// Still to be open.
    pub open: f64,
}

/// The cumulative incidence of passing and of being lost, over whole days since the entry.
///
/// It is the Aalen–Johansen estimator: on each day, those who pass or are lost are a share of all who were still open and
/// watched on that day, so a young deal counts as long as it was seen and no longer. Treating a lost deal as "not yet passed"
/// instead would answer how many would pass if nobody ever lost, and come out too high.
///
/// Source: Aalen, Johansen (1978), "An empirical transition matrix for non-homogeneous Markov chains based on censored
/// observations"; on a day with ends and last sightings, those last seen were still at risk.
///
/// ```
/// use loudou::metrics::{Incidence, cohort::Fate};
/// // Passed after 2 and lost after 3 days; one was seen open until day 2, one until day 9.
/// let ways = [(2, Fate::Passed), (2, Fate::Open), (3, Fate::Lost), (9, Fate::Open)];
/// let incidence = Incidence::new(ways);
/// assert_eq!(incidence.at(2).passed, 0.25);
/// assert_eq!(incidence.at(3).lost, 0.75 * 0.5);
/// assert_eq!(incidence.horizon(), Some(9));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incidence {
    steps: Vec<(u32, Chances)>,
    horizon: Option<u32>,
}

impl Incidence {
    /// The curves of these observations: days since the entry, and how it stood then.
    pub fn new(observations: impl IntoIterator<Item = (u32, Fate)>) -> Self {
        let by_day = by_day(observations.into_iter().map(|(days, fate)| (days, fate as usize)));
        let horizon = by_day.last().map(|(days, _)| *days);
        let mut at_risk: usize = by_day.iter().flat_map(|(_, counts)| counts).sum();
        let mut now = Chances { passed: 0.0, lost: 0.0, open: 1.0 };
        let mut steps = Vec::new();
        for (days, [passed, lost, open]) in by_day {
            if passed + lost > 0 {
                now.passed += now.open * count(passed) / count(at_risk);
                now.lost += now.open * count(lost) / count(at_risk);
                now.open *= count(at_risk - passed - lost) / count(at_risk);
                steps.push((days, now));
            }
            at_risk -= passed + lost + open;
        }
        Self { steps, horizon }
    }

    /// The chances by this many days after the entry. Beyond the [horizon](Self::horizon) they stay as they were there.
    pub fn at(&self, days: u32) -> Chances {
        let seen = self.steps.partition_point(|(day, _)| *day <= days);
        let last = seen.checked_sub(1).and_then(|last| self.steps.get(last));
        last.map_or(Chances { passed: 0.0, lost: 0.0, open: 1.0 }, |(_, chances)| *chances)
    }

    /// The longest time anything was watched, in days; `None` without observations.
    pub fn horizon(&self) -> Option<u32> {
        self.horizon
    }

    /// The chances by the horizon: the *estimated* conversion and loss, with what is undecided by then. `None` without
    /// observations.
    pub fn ultimate(&self) -> Option<Chances> {
        self.horizon.map(|days| self.at(days))
    }

    /// Every day on which something was decided, with the chances by then: the points of the curves.
    pub fn steps(&self) -> &[(u32, Chances)] {
        &self.steps
    }
}
