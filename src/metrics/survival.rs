//! How long things last when some of them have not ended yet (method §6, durations).

use std::collections::BTreeMap;

/// A Kaplan–Meier curve over whole days: the share that still lasts after each day, with those not yet ended counted as long as
/// they were seen and no longer.
///
/// Source: Kaplan, Meier (1958), "Nonparametric estimation from incomplete observations". On a day on which some end and others
/// are last seen, the latter were still at risk.
///
/// ```
/// use loudou::metrics::Survival;
/// // Ended after 2 and 5 days; one was last seen, still going, after 3.
/// let stay = Survival::new([(2, true), (3, false), (5, true)]);
/// assert_eq!(stay.at(2), 2.0 / 3.0);
/// assert_eq!(stay.median(), Some(5));
/// // Had the open one been dropped, the median would have been 2.
/// assert_eq!(Survival::new([(2, true), (5, true)]).median(), Some(2));
/// ```
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Survival {
    /// Each day on which something ended, with the share that lasts longer.
    steps: Vec<(u32, f64)>,
}

impl Survival {
    /// The curve of these observations: days, and whether it ended then (`true`) or was last seen still going (`false`).
    pub fn new(observations: impl IntoIterator<Item = (u32, bool)>) -> Self {
        let by_day = by_day(observations.into_iter().map(|(days, ended)| (days, usize::from(ended))));
        let mut at_risk: usize = by_day.iter().map(|(_, [seen, ended])| seen + ended).sum();
        let mut share = 1.0;
        let mut steps = Vec::new();
        for (days, [seen, ended]) in by_day {
            if ended > 0 {
                share *= count(at_risk - ended) / count(at_risk);
                steps.push((days, share));
            }
            at_risk -= seen + ended;
        }
        Self { steps }
    }

    /// The share that lasts longer than this many days.
    pub fn at(&self, days: u32) -> f64 {
        let seen = self.steps.partition_point(|(day, _)| *day <= days);
        seen.checked_sub(1).and_then(|last| self.steps.get(last)).map_or(1.0, |(_, share)| *share)
    }

    /// The first day by which at least `share` have ended; `None` when the curve does not come so far, which says that too many
    /// are still open to tell.
    pub fn quantile(&self, share: f64) -> Option<u32> {
        // A product of fractions may miss the exact half by a rounding error.
        let enough = 1.0 - share + 1e-12;
        self.steps.iter().find(|(_, lasting)| *lasting <= enough).map(|(day, _)| *day)
    }

    /// The day by which half have ended; `None` when too many are still open to tell.
    pub fn median(&self) -> Option<u32> {
        self.quantile(0.5)
    }

    /// Every day on which something ended, with the share that lasts longer: the points of the curve.
    pub fn steps(&self) -> &[(u32, f64)] {
        &self.steps
    }
}

/// How many observations of each kind each day has, the earliest day first; a kind is a number below `N`. Days of deals are few beside the
/// deals, so they are counted and not sorted; single ones far away, which a wrong year brings, are sorted.
pub(super) fn by_day<const N: usize>(observations: impl Iterator<Item = (u32, usize)>) -> Vec<(u32, [usize; N])> {
    const NEAR: u32 = 4_096;
    let (mut near, mut far) = (Vec::new(), BTreeMap::new());
    for (days, kind) in observations {
        let day: &mut [usize; N] = if days < NEAR {
            let place = days as usize;
            if near.len() <= place {
                near.resize(place + 1, [0; N]);
            }
            let Some(day) = near.get_mut(place) else { continue };
            day
        } else {
            far.entry(days).or_insert([0; N])
        };
        if let Some(count) = day.get_mut(kind) {
            *count += 1;
        }
    }
    (0..).zip(near).filter(|(_, counts)| *counts != [0; N]).chain(far).collect()
}

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of deals stay far below 2⁵³")]
pub(super) fn count(n: usize) -> f64 {
    n as f64
}

#[cfg(test)]
mod tests {
    use super::by_day;

    #[test]
    fn days_near_and_far_stand_in_order() {
        let seen = [(3, 1), (700_000, 0), (3, 0), (5_000, 1), (0, 1), (3, 1)];
        assert_eq!(by_day(seen.into_iter()), [(0, [0, 1]), (3, [1, 2]), (5_000, [0, 1]), (700_000, [1, 0])]);
        assert_eq!(by_day::<2>(std::iter::empty()), []);
    }
}
