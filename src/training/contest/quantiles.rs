//! A forecast as three numbers, and how far what came was from it.

use crate::metrics::simulation::Spread;

/// What somebody says of an amount: one time in ten it is below the first, half of the time below the second, nine times in ten below
/// the third.
///
/// **Between them** the chance is spread evenly; beyond them it goes on as thinly as in the part beside, until the last tenth is
/// used up. So the whole lies between P10 − (P50 − P10) ÷ 4 and P90 + (P90 − P50) ÷ 4. Source: the piecewise uniform densities of Cooke
/// (1991), "Experts in uncertainty", where quantiles of experts are filled in without adding knowledge; the ends here follow from the
/// density beside them and not from the range of all experts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quantiles {
    p10: f64,
    p50: f64,
    p90: f64,
}

/// A part of the distribution: from one value to another, with the share that lies below each.
struct Part {
    values: (f64, f64),
    below: (f64, f64),
}

impl Quantiles {
    /// The distribution through these three; `None` when they are not in order, or one of them is no finite number. They may be equal:
    /// then it is that one value.
    pub fn new(p10: f64, p50: f64, p90: f64) -> Option<Self> {
        let finite = p10.is_finite() && p50.is_finite() && p90.is_finite();
        (finite && p10 <= p50 && p50 <= p90).then_some(Self { p10, p50, p90 })
    }

    /// The three of a spread of draws, each moved by `there`: what is there already.
    pub fn of(spread: &Spread, there: f64) -> Option<Self> {
        Self::new(spread.p10 + there, spread.p50 + there, spread.p90 + there)
    }

    /// One time in ten it is below.
    pub const fn p10(&self) -> f64 {
        self.p10
    }

    /// Half of the time it is below.
    pub const fn p50(&self) -> f64 {
        self.p50
    }

    /// Nine times in ten it is below.
    pub const fn p90(&self) -> f64 {
        self.p90
    }

    /// From where to where the whole distribution reaches.
    pub fn ends(&self) -> (f64, f64) {
        (self.p10 - (self.p50 - self.p10) / 4.0, self.p90 + (self.p90 - self.p50) / 4.0)
    }

    fn parts(&self) -> [Part; 2] {
        let (least, most) = self.ends();
        // The part below the median holds one half evenly, that above it the other.
        [Part { values: (least, self.p50), below: (0.0, 0.5) }, Part { values: (self.p50, most), below: (0.5, 1.0) }]
    }

    /// The chance of less than `value`, with half of the chance of just that where the distribution has a step.
    ///
    /// ```
    /// use loudou::training::contest::Quantiles;
    /// let said = Quantiles::new(10.0, 50.0, 130.0).unwrap();
    /// assert_eq!([0.0, 10.0, 50.0, 90.0, 130.0, 150.0].map(|value| said.below(value)), [0.0, 0.1, 0.5, 0.7, 0.9, 1.0]);
    /// assert_eq!(Quantiles::new(5.0, 5.0, 5.0).unwrap().below(5.0), 0.5);
    /// ```
    pub fn below(&self, value: f64) -> f64 {
        let in_part = |part: &Part| {
            let (from, to) = part.values;
            let share = match () {
                () if value < from => 0.0,
                () if value > to => 1.0,
                () if to > from => (value - from) / (to - from),
                () => 0.5,
            };
            share * (part.below.1 - part.below.0)
        };
        self.parts().iter().map(in_part).sum()
    }

    /// Whether a value lies in the range that is to hold eight in ten.
    pub fn holds(&self, value: f64) -> bool {
        self.p10 <= value && value <= self.p90
    }

    /// The continuous ranked probability score against what came: the integral, over all values, of the squared difference between the
    /// chance of less and 0 below what came, 1 above it. It is in the unit of the values, 0 for exactly what came and the distance to
    /// it for a forecast of one value. Nobody does better on average than by saying what he or she believes.
    ///
    /// Exact: where the chance of less is linear, the integral of its square over a part of width w is w (a² + ab + b²) ÷ 3. Source:
    /// Gneiting, Raftery (2007), "Strictly proper scoring rules, prediction, and estimation".
    ///
    /// ```
    /// use loudou::training::contest::Quantiles;
    /// // Even from 0 to 100: just right in the middle costs 100 ÷ 12, at the end 100 ÷ 3.
    /// let even = Quantiles::new(10.0, 50.0, 90.0).unwrap();
    /// assert!((even.crps(50.0) - 100.0 / 12.0).abs() < 1e-9 && (even.crps(100.0) - 100.0 / 3.0).abs() < 1e-9);
    /// // What lies 30 beyond the end costs 30 more.
    /// assert!((even.crps(130.0) - 100.0 / 3.0 - 30.0).abs() < 1e-9);
    /// assert_eq!(Quantiles::new(40.0, 40.0, 40.0).unwrap().crps(55.0), 15.0);
    /// ```
    pub fn crps(&self, actual: f64) -> f64 {
        let (least, most) = self.ends();
        let beyond = (least - actual).max(actual - most).max(0.0);
        let square = |width: f64, from: f64, to: f64| width * (from * from + from * to + to * to) / 3.0;
        let in_part = |part: &Part| {
            let ((from, to), (low, high)) = (part.values, part.below);
            if to <= from {
                return 0.0;
            }
            // What came splits the part in two, unless it lies outside.
            let split = actual.clamp(from, to);
            let at = low + (high - low) * (split - from) / (to - from);
            square(split - from, low, at) + square(to - split, 1.0 - at, 1.0 - high)
        };
        beyond + self.parts().iter().map(in_part).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn refuses_what_is_no_forecast() {
        assert_eq!(Quantiles::new(2.0, 1.0, 3.0), None);
        assert_eq!(Quantiles::new(1.0, 3.0, 2.0), None);
        assert_eq!(Quantiles::new(f64::NAN, 1.0, 2.0), None);
        assert_eq!(Quantiles::new(0.0, 1.0, f64::INFINITY), None);
        assert!(Quantiles::new(-1.0, -1.0, 0.0).is_some());
    }

    #[test]
    fn a_step_at_the_median_is_no_trap() {
        // Half of the chance lies on one value, half above it.
        let said = Quantiles::new(10.0, 10.0, 50.0).unwrap();
        assert_eq!((said.below(9.9), said.below(10.0), said.below(60.0)), (0.0, 0.25, 1.0));
        // ∫ from 10 to 60 of (1 − F)², with F from ½ to 1: 50 × ¼ ÷ 3.
        assert!((said.crps(10.0) - 50.0 / 12.0).abs() < 1e-9);
        assert!((said.crps(0.0) - 10.0 - 50.0 / 12.0).abs() < 1e-9);
    }
}
