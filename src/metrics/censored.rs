//! How sure one may be of what is estimated from deals some of which are still open: the *estimated* conversion and the median stay.

use statrs::function::beta::inv_beta_reg;

use super::{
    Interval,
    cohort::Fate,
    difference::Estimate,
    survival::{Survival, by_day, count},
};

/// The 95 % quantile of the normal distribution, for intervals of 90 %.
const Z: f64 = 1.644_853_626_951_472_2;

/// The *estimated* conversion by the last day anything was watched, with its 90 % interval; `None` without observations, which are days
/// since the entry and how it stood then.
///
/// The value is that of [`Incidence::ultimate`](super::Incidence::ultimate). Its variance is the delta method's; the interval is
/// [Jeffreys'](super::Rate::interval) for as many deals as would leave that variance if none were open: value × (1 − value) ÷ variance.
/// Where all passed or all were lost there is no variance: then as many deals as are decided. Without open deals the value and the
/// interval are those of the plain share.
///
/// Sources: Marubini, Valsecchi (1995), "Analysing survival data from clinical trials and observational studies", 10.2, for the variance;
/// Korn, Graubard (1998), "Confidence intervals for proportions with small expected number of positive counts estimated from survey
/// data", for the number of deals that it is worth.
///
/// ```
/// use loudou::metrics::{Rate, censored::of_incidence, cohort::Fate::{Lost, Open, Passed}};
/// // Three of four passed and none is open: the share and its interval.
/// let all = of_incidence(&[(2, Passed), (3, Passed), (5, Lost), (9, Passed)]).unwrap();
/// let plain = Rate::new(3, 4).unwrap();
/// assert!((all.value - 0.75).abs() < 1e-12 && (all.interval.low - plain.interval().low).abs() < 1e-9);
/// // One that is open after a day says next to nothing, so the interval is about as wide as without it.
/// let young = of_incidence(&[(2, Passed), (3, Passed), (5, Lost), (9, Passed), (1, Open)]).unwrap();
/// assert_eq!(young, all);
/// assert_eq!(of_incidence(&[]), None);
/// ```
pub fn of_incidence(ways: &[(u32, Fate)]) -> Option<Estimate> {
    if ways.is_empty() {
        return None;
    }
    let steps = steps(ways);
    let value = steps.last().map_or(0.0, |step| step.passed_by);
    let variance: f64 = steps.iter().map(|step| step.variance(value)).sum();
    let spread = value * (1.0 - value);
    let decided = count(ways.iter().filter(|(_, fate)| *fate != Fate::Open).count());
    let worth = if spread > 1e-12 && variance > 0.0 { spread / variance } else { decided };
    let (hits, misses) = (value * worth + 0.5, (1.0 - value) * worth + 0.5);
    let interval = Interval { low: inv_beta_reg(hits, misses, 0.05), high: inv_beta_reg(hits, misses, 0.95) };
    Some(Estimate { value, interval })
}

/// A day on which something was decided.
struct Step {
    at_risk: f64,
    /// Decided on the day, and how many of these passed.
    decided: f64,
    passed: f64,
    /// The chance still to be open before the day.
    open_before: f64,
    /// The chance to have passed by the end of the day.
    passed_by: f64,
}

impl Step {
    /// What the day adds to the variance of the chance `to` have passed by the end.
    fn variance(&self, to: f64) -> f64 {
        let Self { at_risk, decided, passed, open_before, passed_by } = self;
        let ahead = to - passed_by;
        // On the last day of all nothing is ahead, and nobody is left.
        let staying = if at_risk > decided { ahead * ahead * decided / (at_risk * (at_risk - decided)) } else { 0.0 };
        let passing = open_before * open_before * passed * (at_risk - passed) / at_risk.powi(3);
        staying + passing - 2.0 * ahead * open_before * passed / (at_risk * at_risk)
    }
}

fn steps(ways: &[(u32, Fate)]) -> Vec<Step> {
    let days = by_day(ways.iter().map(|(day, fate)| (*day, *fate as usize)));
    let (mut at_risk, mut open, mut passed_by) = (count(ways.len()), 1.0, 0.0);
    let mut steps = Vec::new();
    for (_, [passed, lost, still]) in days {
        let (passed, decided) = (count(passed), count(passed + lost));
        if decided > 0.0 {
            passed_by += open * passed / at_risk;
            steps.push(Step { at_risk, decided, passed, open_before: open, passed_by });
            open *= (at_risk - decided) / at_risk;
        }
        at_risk -= decided + count(still);
    }
    steps
}

/// The median stay in days, with its 90 % interval; `None` when it or an end of the interval lies beyond what was seen.
///
/// It is the day by which half have ended on the [Kaplan–Meier curve](Survival); the ends are the days on which the limits of the curve, by Greenwood's
/// variance on the scale of log(−log), cross one half.
///
/// Source: Brookmeyer, Crowley (1982), "A confidence interval for the median survival time"; Kalbfleisch, Prentice (1980), "The
/// statistical analysis of failure time data", 1.4.
///
/// ```
/// use loudou::metrics::{censored::of_stay, cohort::Fate::{Lost, Open, Passed}};
/// let ways: Vec<_> = (1..=20).map(|day| (day, if day % 3 == 0 { Lost } else { Passed })).collect();
/// let stay = of_stay(&ways).unwrap();
/// assert_eq!((stay.value, stay.interval.low, stay.interval.high), (10.0, 6.0, 14.0));
/// // While most are open nobody knows.
/// assert_eq!(of_stay(&[(1, Passed), (9, Open), (9, Open)]), None);
/// ```
pub fn of_stay(ways: &[(u32, Fate)]) -> Option<Estimate> {
    let median = Survival::new(ways.iter().map(|(day, fate)| (*day, *fate != Fate::Open))).median()?;
    let days = by_day(ways.iter().map(|(day, fate)| (*day, usize::from(*fate != Fate::Open))));
    let (mut at_risk, mut share, mut greenwood) = (count(ways.len()), 1.0_f64, 0.0);
    let (mut low, mut high) = (None, None);
    for (day, [still, ended]) in days {
        let ended = count(ended);
        if ended > 0.0 {
            share *= (at_risk - ended) / at_risk;
            greenwood += ended / (at_risk * (at_risk - ended));
            // The limits at the end of the curve, where nobody is left: surely below one half from below, unknown from above.
            let limits = (share > 0.0 && greenwood.is_finite()).then(|| {
                let reach = Z * greenwood.sqrt() / share.ln().abs();
                [reach, -reach].map(|reach| share.powf(reach.exp()))
            });
            let [lower, upper] = limits.unwrap_or([0.0, 1.0]);
            low = low.or_else(|| (lower <= 0.5 + 1e-12).then_some(day));
            high = high.or_else(|| (upper <= 0.5 + 1e-12).then_some(day));
        }
        at_risk -= ended + count(still);
    }
    let interval = Interval { low: f64::from(low?), high: f64::from(high?) };
    Some(Estimate { value: f64::from(median), interval })
}
