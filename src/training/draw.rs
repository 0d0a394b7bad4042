//! Draws from a seeded generator: the same seed gives the same draws on every machine.

use rand::{Rng, SeedableRng};
use rand_distr::StandardNormal;
use rand_pcg::Pcg64Mcg;

/// A source of draws.
pub(super) struct Draw(Pcg64Mcg);

impl Draw {
    pub(super) fn new(seed: u64) -> Self {
        Self(Pcg64Mcg::seed_from_u64(seed))
    }

    /// Whether something that happens with this probability happens.
    pub(super) fn chance(&mut self, probability: f64) -> bool {
        self.share() < probability
    }

    /// A number evenly drawn from 0 (included) to 1.
    pub(super) fn share(&mut self) -> f64 {
        self.0.random()
    }

    /// 128 random bits.
    pub(super) fn bits(&mut self) -> u128 {
        self.0.random()
    }

    /// A seed for another source.
    pub(super) fn seed(&mut self) -> u64 {
        self.0.random()
    }

    /// Puts the items into another order, each as likely as any.
    pub(super) fn shuffle<T>(&mut self, items: &mut [T]) {
        for place in (1..items.len()).rev() {
            let other = self.place(place + 1);
            items.swap(place, other);
        }
    }

    /// A number evenly drawn from `low` to `high`, both included.
    pub(super) fn between(&mut self, low: i32, high: i32) -> i32 {
        self.0.random_range(low..=high.max(low))
    }

    /// A place in a list of this length; 0 for an empty one.
    pub(super) fn place(&mut self, length: usize) -> usize {
        let last = u32::try_from(length.saturating_sub(1)).unwrap_or(u32::MAX);
        self.0.random_range(0..=last) as usize
    }

    /// One of the items; the default for an empty list.
    pub(super) fn pick<T: Copy + Default>(&mut self, items: &[T]) -> T {
        items.get(self.place(items.len())).copied().unwrap_or_default()
    }

    /// A place drawn in proportion to the weights.
    pub(super) fn weighted(&mut self, weights: &[f64]) -> usize {
        let mut left = self.share() * weights.iter().sum::<f64>();
        let mut passed = |weight: &f64| {
            left -= weight;
            left >= 0.0
        };
        weights.iter().take_while(|weight| passed(weight)).count().min(weights.len().saturating_sub(1))
    }

    /// A positive number whose logarithm is normal: half of the draws lie below `median`.
    pub(super) fn lognormal(&mut self, median: f64, spread: f64) -> f64 {
        let normal: f64 = self.0.sample(StandardNormal);
        median * (spread * normal).exp()
    }
}

/// The nearest whole number.
#[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates, which is what is wanted")]
pub(super) fn whole(value: f64) -> i32 {
    value.round() as i32
}
