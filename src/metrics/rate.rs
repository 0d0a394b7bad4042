//! A share of counted deals, and how sure one may be of it (method §6).

use statrs::function::beta::inv_beta_reg;

use super::survival::count;

/// Hits out of some.
///
/// ```
/// use loudou::metrics::Rate;
/// let rate = Rate::new(3, 4).unwrap();
/// assert_eq!(rate.value(), 0.75);
/// let interval = rate.interval();
/// assert!((interval.low - 0.3493).abs() < 5e-5 && (interval.high - 0.9540).abs() < 5e-5);
/// assert_eq!(Rate::new(0, 0), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    hits: usize,
    of: usize,
}

impl Rate {
    /// `hits` out of `of`; `None` out of nothing, or when there are more hits than that.
    pub fn new(hits: usize, of: usize) -> Option<Self> {
        (of > 0 && hits <= of).then_some(Self { hits, of })
    }

    /// How many hit.
    pub fn hits(&self) -> usize {
        self.hits
    }

    /// Out of how many, at least 1.
    pub fn of(&self) -> usize {
        self.of
    }

    /// The share, from 0 to 1.
    pub fn value(&self) -> f64 {
        count(self.hits) / count(self.of)
    }

    /// The 90 % Jeffreys interval: the 5 % and 95 % quantiles of a beta distribution with parameters hits + ½ and misses + ½.
    ///
    /// Source: Brown, Cai and others (2001), "Interval estimation for a binomial proportion", without their exception at 0 and at
    /// all hits, where the interval here stays just inside the share.
    pub fn interval(&self) -> Interval {
        let (hits, misses) = (count(self.hits) + 0.5, count(self.of - self.hits) + 0.5);
        Interval { low: inv_beta_reg(hits, misses, 0.05), high: inv_beta_reg(hits, misses, 0.95) }
    }
}

/// Between these two the true share lies with a probability of 90 %.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}
