//! How sure one may be of a difference between two figures (method §6, period comparison).
//!
//! Every figure brings an interval of its own; the difference is built from the two of them in one way, [`difference`].

use statrs::{
    distribution::{ContinuousCDF as _, Gamma},
    function::beta::{beta_reg, inv_beta_reg},
};

use super::{Interval, Rate, survival::count};

/// A figure with the 90 % interval it lies in.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The figure.
    pub value: f64,
    /// Its interval.
    pub interval: Interval,
}

impl Estimate {
    /// A share with its Jeffreys interval.
    pub fn of_rate(rate: Rate) -> Self {
        Self { value: rate.value(), interval: rate.interval() }
    }
}

/// The 90 % interval of `now` − `then`, two figures of different deals.
///
/// The method of variance estimates recovery (MOVER): with the values *a*, *b* and their intervals *l*₁ … *u*₁, *l*₂ … *u*₂ it reaches
/// from *a* − *b* − √((*a* − *l*₁)² + (*u*₂ − *b*)²) to *a* − *b* + √((*u*₁ − *a*)² + (*b* − *l*₂)²). Unlike a plain *a* − *b* ± it
/// keeps the lopsidedness of the two intervals, and a difference of shares stays within −1 to 1. A value that lies outside its
/// own interval, as a Jeffreys interval of no hits leaves it, counts as its end.
///
/// Sources: Newcombe (1998), "Interval estimation for the difference between independent proportions", method 10, the form for
/// shares; Zou, Donner (2008), "Construction of confidence limits about effect measures: a general approach"; with
/// Jeffreys limits in place of Wilson's: Brown, Li (2005), "Confidence intervals for two sample binomial distribution".
///
/// ```
/// use loudou::metrics::{Rate, difference::{Estimate, difference}};
/// // 56 of 70 against 48 of 80: Newcombe's first example, 0.2 more.
/// let [now, then] = [Rate::new(56, 70), Rate::new(48, 80)].map(|rate| Estimate::of_rate(rate.unwrap()));
/// let interval = difference(now, then);
/// assert!((interval.low - 0.0774).abs() < 5e-5 && (interval.high - 0.3147).abs() < 5e-5);
/// ```
pub fn difference(now: Estimate, then: Estimate) -> Interval {
    let down = |figure: Estimate| (figure.value - figure.interval.low).max(0.0);
    let up = |figure: Estimate| (figure.interval.high - figure.value).max(0.0);
    let middle = now.value - then.value;
    Interval { low: middle - down(now).hypot(up(then)), high: middle + up(now).hypot(down(then)) }
}

/// The middle of `sorted` numbers with the interval between two of them; `None` for fewer than five, for which there is none.
///
/// The ends are the *d*-th number from below and from above, with the largest *d* for which fewer than *d* of *n* fair coins
/// come up heads with a probability of at most 5 %. That holds whatever the numbers are distributed like, and errs towards wide.
///
/// Source: David, Nagaraja (2003), "Order statistics", 7.1.
///
/// ```
/// use loudou::metrics::difference::of_median;
/// let days = [3.0, 8.0, 9.0, 14.0, 20.0, 21.0, 30.0, 90.0];
/// let median = of_median(&days).unwrap();
/// // One head or none of eight: 3.5 %; two or fewer: 14.5 %.
/// assert_eq!((median.value, median.interval.low, median.interval.high), (17.0, 8.0, 30.0));
/// assert_eq!(of_median(&days[..4]), None);
/// ```
pub fn of_median(sorted: &[f64]) -> Option<Estimate> {
    let value = super::cycle::median(sorted)?;
    let all = sorted.len();
    // Fewer than `d` heads: P(X ≤ d − 1) of a binomial, as a regularised incomplete beta function.
    let fewer = |d: usize| beta_reg(count(all + 1 - d), count(d), 0.5);
    let (mut surely, mut too_far) = (0, all / 2 + 1);
    while too_far - surely > 1 {
        let middle = usize::midpoint(surely, too_far);
        if fewer(middle) <= 0.05 { surely = middle } else { too_far = middle }
    }
    let below = surely.checked_sub(1)?;
    Some(Estimate { value, interval: Interval { low: *sorted.get(below)?, high: *sorted.get(all - surely)? } })
}

/// The mean of numbers with Student's 90 % interval, *t* with *n* − 1 degrees of freedom × the standard error; `None` for fewer than
/// two. Amounts lean to one side, so with few of them the interval is only about right.
///
/// ```
/// use loudou::metrics::difference::of_mean;
/// let mean = of_mean(&[1.0, 2.0, 3.0, 4.0, 5.0]).unwrap();
/// // 3 ± 2.1318 × √(2.5 ÷ 5)
/// assert!((mean.value - 3.0).abs() < 1e-12 && (mean.interval.high - 4.5074).abs() < 5e-5);
/// ```
pub fn of_mean(numbers: &[f64]) -> Option<Estimate> {
    let freedom = count(numbers.len().checked_sub(2)? + 1);
    let value = numbers.iter().sum::<f64>() / count(numbers.len());
    let variance = numbers.iter().map(|number| (number - value).powi(2)).sum::<f64>() / freedom;
    let x = inv_beta_reg(freedom / 2.0, 0.5, 0.1);
    let reach = (freedom * (1.0 - x) / x).sqrt() * (variance / count(numbers.len())).sqrt();
    Some(Estimate { value, interval: Interval { low: value - reach, high: value + reach } })
}

/// The sum of what independent events bring, with an interval for both how many there were and how much each brought; `None` without
/// any event that brings something.
///
/// It is the interval of a weighted sum of Poisson counts, each event a count of 1 with its amount as weight: with the sum *y*, the
/// sum of squares *v* and the largest amount *w*, from the 5 % quantile of a gamma distribution of mean *y* and variance *v* to the
/// 95 % quantile of one of mean *y* + *w* and variance *v* + *w*². With amounts of 1 it is the exact interval of a Poisson count.
///
/// Source: Fay, Feuer (1997), "Confidence intervals for directly standardized rates: a method based on the gamma distribution".
///
/// ```
/// use loudou::metrics::difference::of_sum;
/// // Ten wins: the exact interval is 5.425 to 16.962.
/// let wins = of_sum(&[1.0; 10]).unwrap();
/// assert!((wins.interval.low - 5.4254).abs() < 5e-5 && (wins.interval.high - 16.9622).abs() < 5e-5);
/// ```
pub fn of_sum(amounts: &[f64]) -> Option<Estimate> {
    let value: f64 = amounts.iter().sum();
    let squares: f64 = amounts.iter().map(|amount| amount * amount).sum();
    let largest = amounts.iter().copied().fold(0.0, f64::max);
    if value <= 0.0 || amounts.iter().any(|amount| *amount < 0.0) {
        return None;
    }
    let quantile = |mean: f64, variance: f64, share: f64| {
        // In units of the scale, so that the search for the quantile starts near 1 whatever the currency.
        let scale = variance / mean;
        Some(Gamma::new(mean / scale, 1.0).ok()?.inverse_cdf(share) * scale)
    };
    let low = quantile(value, squares, 0.05)?;
    let high = quantile(value + largest, squares + largest * largest, 0.95)?;
    Some(Estimate { value, interval: Interval { low, high } })
}

/// How a product of independent figures spreads: on the logarithms, where it is a sum, the distances from the ends add up as squares;
/// [`difference`] says whence. The divisors divide the product of the factors. `None` when an end is not above 0.
///
/// ```
/// use loudou::metrics::{Interval, difference::{Estimate, of_product}};
/// let estimate = |value: f64, low, high| Estimate { value, interval: Interval { low, high } };
/// // 8 (4 to 16) ÷ 2 (2 to 2) is 4 (2 to 8).
/// let found = of_product(&[estimate(8.0, 4.0, 16.0)], &[estimate(2.0, 2.0, 2.0)]).unwrap();
/// assert!((found.value - 4.0).abs() < 1e-12 && (found.interval.low - 2.0).abs() < 1e-12 && (found.interval.high - 8.0).abs() < 1e-12);
/// ```
pub fn of_product(factors: &[Estimate], divisors: &[Estimate]) -> Option<Estimate> {
    let over = |figure: &Estimate| Estimate {
        value: 1.0 / figure.value,
        interval: Interval { low: 1.0 / figure.interval.high, high: 1.0 / figure.interval.low },
    };
    let all: Vec<Estimate> = factors.iter().copied().chain(divisors.iter().map(over)).collect();
    let is_known = |figure: &Estimate| {
        figure.interval.low > 0.0 && figure.value > 0.0 && figure.interval.high.is_finite() && figure.value.is_finite()
    };
    if !all.iter().all(is_known) {
        return None;
    }
    let reach = |distance: fn(&Estimate) -> f64| {
        all.iter().map(|figure| distance(figure).max(0.0).powi(2)).sum::<f64>().sqrt().exp()
    };
    let value: f64 = all.iter().map(|figure| figure.value).product();
    let low = value / reach(|figure| (figure.value / figure.interval.low).ln());
    let high = value * reach(|figure| (figure.interval.high / figure.value).ln());
    Some(Estimate { value, interval: Interval { low, high } })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_and_its_reverse_mirror_each_other() {
        let [a, b] = [Rate::new(3, 9), Rate::new(0, 7)].map(|rate| Estimate::of_rate(rate.unwrap()));
        let (there, back) = (difference(a, b), difference(b, a));
        assert!((there.low + back.high).abs() < 1e-12 && (there.high + back.low).abs() < 1e-12);
        assert!(there.low >= -1.0 && there.high <= 1.0);
    }

    #[test]
    fn without_a_difference_the_interval_holds_0() {
        let same = Estimate::of_rate(Rate::new(5, 10).unwrap());
        let interval = difference(same, same);
        assert!(interval.low < 0.0 && interval.high > 0.0);
    }

    #[test]
    fn nothing_has_no_interval() {
        assert_eq!((of_median(&[]), of_mean(&[4.0]), of_sum(&[]), of_sum(&[0.0])), (None, None, None, None));
        let zero = Estimate { value: 0.0, interval: Interval { low: 0.0, high: 1.0 } };
        assert_eq!(of_product(&[zero], &[]), None);
    }
}
