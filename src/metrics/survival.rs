//! How long things last when some of them have not ended yet (method §6, durations).

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
        let mut observations: Vec<_> = observations.into_iter().collect();
        observations.sort_unstable();
        let (mut at_risk, mut share) = (observations.len(), 1.0);
        let mut steps = Vec::new();
        for day in observations.chunk_by(|a, b| a.0 == b.0) {
            let ended = day.iter().filter(|(_, ended)| *ended).count();
            if let (Some((days, _)), true) = (day.first(), ended > 0) {
                share *= count(at_risk - ended) / count(at_risk);
                steps.push((*days, share));
            }
            at_risk -= day.len();
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

/// A count as a number to divide by.
#[expect(clippy::cast_precision_loss, reason = "counts of deals stay far below 2⁵³")]
pub(super) fn count(n: usize) -> f64 {
    n as f64
}
