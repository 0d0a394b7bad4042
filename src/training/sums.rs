//! What things that happen or not add up to: exactly, and as counted in many draws. Beside each other, the two tell luck from odds.

use std::{collections::BTreeMap, ops::RangeInclusive};

/// The exact distribution of the sum of independent things, each of which happens or not and is worth something if it does. Where all
/// are worth 1 this is the Poisson binomial distribution.
///
/// Made by taking in one thing after the other, in steps as many as there are sums: exact but for rounding, for whole worths.
/// Source: Hong (2013), "On computing the distribution function for the Poisson binomial distribution", the recursive formula.
///
/// ```
/// use loudou::training::sums::Sums;
/// // Two coins, worth 1 each, and a certain 3.
/// let sums = Sums::of([(0.5, 1), (0.5, 1), (1.0, 3)]);
/// assert_eq!((sums.at(3), sums.at(4), sums.at(5), sums.at(6)), (0.25, 0.5, 0.25, 0.0));
/// assert_eq!((sums.at_least(4), sums.mean()), (0.75, 4.0));
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Sums(Vec<f64>);

impl Sums {
    /// The sums of things given as chance, a share of 1, and worth. Holds as many numbers as all are worth together.
    pub fn of(things: impl IntoIterator<Item = (f64, u32)>) -> Self {
        let things: Vec<_> = things.into_iter().collect();
        let most = things.iter().fold(0_u32, |sum, (_, worth)| sum.saturating_add(*worth));
        let mut sums = Self::up_to(most);
        for (chance, worth) in things {
            sums.take_in(chance, worth);
        }
        sums
    }

    /// Nothing yet, and no interest in what goes beyond `limit`: all sums from there on count as `limit`. That makes it quick to ask
    /// only whether a target is reached.
    pub fn up_to(limit: u32) -> Self {
        let mut shares = vec![0.0; limit as usize + 1];
        shares.iter_mut().take(1).for_each(|nothing| *nothing = 1.0);
        Self(shares)
    }

    /// One more thing.
    pub fn take_in(&mut self, chance: f64, worth: u32) {
        let (chance, limit) = (chance.clamp(0.0, 1.0), self.0.len().saturating_sub(1));
        // From the largest sum down, so that nothing is counted twice.
        for sum in (0..limit).rev() {
            let Some(here) = self.0.get_mut(sum) else { continue };
            let on = *here * chance;
            *here -= on;
            let to = sum.saturating_add(worth as usize).min(limit);
            self.0.get_mut(to).into_iter().for_each(|there| *there += on);
        }
    }

    /// The chance of exactly this sum.
    pub fn at(&self, sum: u32) -> f64 {
        self.0.get(sum as usize).copied().unwrap_or_default()
    }

    /// The chance of a sum in a range.
    pub fn within(&self, sums: RangeInclusive<u32>) -> f64 {
        let (from, to) = (*sums.start() as usize, *sums.end() as usize);
        self.0.iter().take(to.saturating_add(1)).skip(from).sum::<f64>().min(1.0)
    }

    /// The chance of this sum or more.
    pub fn at_least(&self, sum: u32) -> f64 {
        // Added up from the smallest end, which is more exact.
        self.0.iter().skip(sum as usize).rev().sum::<f64>().min(1.0)
    }

    /// The mean.
    pub fn mean(&self) -> f64 {
        (0_u32..).zip(&self.0).map(|(sum, share)| f64::from(sum) * share).sum()
    }

    /// The largest sum there can be.
    pub fn most(&self) -> u32 {
        u32::try_from(self.0.len().saturating_sub(1)).unwrap_or(u32::MAX)
    }

    /// Where a sum that came lies: the chance of less, with half of the chance of just this. Near 0 is bad luck, near 1 good luck;
    /// over many draws all places come as often.
    ///
    /// ```
    /// use loudou::training::sums::Sums;
    /// // Of two coins both fell well: of a hundred, only twelve or thirteen fall better.
    /// assert_eq!(Sums::of([(0.5, 1), (0.5, 1)]).luck(2), 0.875);
    /// ```
    pub fn luck(&self, sum: u32) -> f64 {
        let below = self.0.iter().take(sum as usize).sum::<f64>();
        (below + self.at(sum) / 2.0).min(1.0)
    }
}

/// How often each sum came in many draws.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Drawn {
    counts: BTreeMap<u32, u32>,
    draws: u32,
}

impl Drawn {
    /// One more draw.
    pub(super) fn add(&mut self, sum: u32) {
        *self.counts.entry(sum).or_default() += 1;
        self.draws += 1;
    }

    /// Every sum that came, with how often, the smallest first.
    pub fn counts(&self) -> impl Iterator<Item = (u32, u32)> {
        self.counts.iter().map(|(sum, count)| (*sum, *count))
    }

    /// How many draws there were.
    pub fn draws(&self) -> u32 {
        self.draws
    }

    /// The share of the draws with a sum in a range; `None` without draws.
    pub fn within(&self, sums: RangeInclusive<u32>) -> Option<f64> {
        let hits: u32 = self.counts.range(sums).map(|(_, count)| *count).sum();
        (self.draws > 0).then(|| f64::from(hits) / f64::from(self.draws))
    }

    /// The share of the draws that reach a sum; `None` without draws.
    pub fn at_least(&self, sum: u32) -> Option<f64> {
        self.within(sum..=u32::MAX)
    }

    /// The mean of the draws; `None` without any.
    pub fn mean(&self) -> Option<f64> {
        let sum: f64 = self.counts.iter().map(|(sum, count)| f64::from(*sum) * f64::from(*count)).sum();
        (self.draws > 0).then(|| sum / f64::from(self.draws))
    }
}

/// Ranges of equal width, at most `most` of them, that together hold every sum from 0 to `to`: the bars of a histogram. Widths are 1,
/// 2 or 5 times a power of ten.
///
/// ```
/// use loudou::training::sums::bars;
/// assert_eq!(bars(4, 12), [0..=0, 1..=1, 2..=2, 3..=3, 4..=4]);
/// assert_eq!(bars(70, 5), [0..=19, 20..=39, 40..=59, 60..=79]);
/// ```
pub fn bars(to: u32, most: u32) -> Vec<RangeInclusive<u32>> {
    let widths = std::iter::successors(Some(1_u32), |power| power.checked_mul(10))
        .flat_map(|power| [1, 2, 5].into_iter().filter_map(move |step| power.checked_mul(step)));
    let enough = |width: &u32| to / width < most.max(1);
    let width = widths.into_iter().find(enough).unwrap_or(u32::MAX);
    (0..=to / width).map(|bar| bar * width..=(bar * width).saturating_add(width - 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_beyond_the_limit_counts_as_the_limit() {
        let things = [(0.3, 2), (0.6, 3), (0.9, 1)];
        let mut limited = Sums::up_to(3);
        for (chance, worth) in things {
            limited.take_in(chance, worth);
        }
        let whole = Sums::of(things);
        assert!((limited.at(3) - whole.at_least(3)).abs() < 1e-12);
        assert_eq!((whole.most(), limited.most()), (6, 3));
        assert!((whole.at_least(0) - 1.0).abs() < 1e-12 && whole.at_least(7) == 0.0);
        assert!((Sums::up_to(0).at_least(0) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn draws_are_counted() {
        let mut drawn = Drawn::default();
        assert_eq!((drawn.at_least(0), drawn.mean()), (None, None));
        for sum in [2, 0, 2, 4] {
            drawn.add(sum);
        }
        assert_eq!(drawn.counts().collect::<Vec<_>>(), [(0, 1), (2, 2), (4, 1)]);
        assert_eq!((drawn.draws(), drawn.at_least(2), drawn.mean()), (4, Some(0.75), Some(2.0)));
    }

    #[test]
    fn bars_hold_every_sum_once() {
        for (to, most) in [(0, 1), (7, 3), (999, 20), (1_000, 20), (u32::MAX, 10)] {
            let bars = bars(to, most);
            assert!(bars.len() <= most as usize && bars.first().map(|bar| *bar.start()) == Some(0));
            assert!(bars.windows(2).all(|pair| pair[0].end() + 1 == *pair[1].start()));
            assert!(bars.last().is_some_and(|bar| bar.contains(&to)));
        }
    }
}
