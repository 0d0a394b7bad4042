//! What each of some people ought to hold of what there is, how far it may be off, and how uneven it is shared.

/// How far somebody may be off the fair share, in percent of it.
pub const REACH: i128 = 15;

/// What somebody ought to hold, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Band {
    /// The fair share, to the minor unit below.
    pub fair: i128,
    /// The least that lies in the band: 85 % of the fair share.
    pub low: i128,
    /// The most that lies in the band: 115 % of the fair share.
    pub high: i128,
}

/// On which side of the band somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Holds less than the band.
    Below,
    /// Stands in it.
    Within,
    /// Holds more.
    Above,
}

impl Band {
    /// On which side somebody stands who holds so much.
    pub fn side(self, held: i128) -> Side {
        match held {
            held if held < self.low => Side::Below,
            held if held > self.high => Side::Above,
            _ => Side::Within,
        }
    }

    /// How much lies outside the band when somebody holds so much.
    ///
    /// ```
    /// use loudou::metrics::balance::Band;
    /// let band = Band { fair: 100, low: 85, high: 115 };
    /// assert_eq!([80, 85, 115, 120].map(|held| band.outside(held)), [5, 0, 0, 5]);
    /// ```
    pub fn outside(self, held: i128) -> i128 {
        (self.low - held).max(held - self.high).max(0)
    }
}

/// How much each person counts when something is shared out: by capacity when anybody has one, else alike. Who has none counts as much
/// as those with one do on average, so that one missing entry neither takes nor gives.
///
/// ```
/// use loudou::metrics::balance::weights;
/// assert_eq!(weights(&[None, None]), [1, 1]);
/// // 20 and 40 make 30 for the third: 2 : 4 : 3.
/// assert_eq!(weights(&[Some(20), Some(40), None]), [40, 80, 60]);
/// ```
pub fn weights(capacities: &[Option<u16>]) -> Vec<i128> {
    let known: Vec<i128> = capacities.iter().flatten().map(|capacity| i128::from(*capacity)).collect();
    let sum: i128 = known.iter().sum();
    if sum == 0 {
        return vec![1; capacities.len()];
    }
    let times: i128 = known.iter().map(|_| 1).sum();
    capacities.iter().map(|capacity| capacity.map_or(sum, |capacity| i128::from(capacity) * times)).collect()
}

/// The band of each person: 85 % to 115 % of the share of `total` that these weights give. `None` when there is nothing to share.
///
/// ```
/// use loudou::metrics::balance::{Band, bands};
/// assert_eq!(bands(&[1, 1], 200), Some(vec![Band { fair: 100, low: 85, high: 115 }; 2]));
/// assert_eq!(bands(&[1, 3], 100).unwrap()[1], Band { fair: 75, low: 64, high: 86 });
/// assert_eq!(bands(&[1, 1], 0), None);
/// ```
pub fn bands(weights: &[i128], total: i128) -> Option<Vec<Band>> {
    let whole: i128 = weights.iter().sum();
    let band = |weight: &i128| {
        let share = total * weight;
        Band {
            fair: share / whole,
            low: -((REACH - 100) * share).div_euclid(100 * whole),
            high: (100 + REACH) * share / (100 * whole),
        }
    };
    (total > 0 && whole > 0).then(|| weights.iter().map(band).collect())
}

/// How uneven something is shared out, from 0 (everybody has the fair share) towards 1 (one has it all): the Gini coefficient
/// Σ|*xᵢ wⱼ − xⱼ wᵢ*| ÷ (2 Σ*w* Σ*x*), over all ordered pairs of people. With equal weights it is the familiar
/// Σ|*xᵢ − xⱼ*| ÷ (2 *n*² × mean). `None` when there is nothing to share, or somebody holds less than nothing.
///
/// Source: Gini (1912), "Variabilità e mutabilità"; the weighted form as in Lerman, Yitzhaki (1989), "Improving the accuracy of estimates
/// of Gini coefficients".
///
/// ```
/// use loudou::metrics::balance::gini;
/// // Four people with 1, 2, 3 and 4: the differences add up to 20, and 2 × 4 × 10 = 80.
/// assert_eq!(gini(&[1, 2, 3, 4], &[1; 4]), Some(0.25));
/// // 30 and 60 are fair between capacities of 20 and 40.
/// assert_eq!(gini(&[30, 60], &[20, 40]), Some(0.0));
/// assert_eq!(gini(&[0, 0], &[1, 1]), None);
/// ```
#[expect(clippy::cast_precision_loss, reason = "the coefficient is shown, not added to")]
pub fn gini(held: &[i128], weights: &[i128]) -> Option<f64> {
    let (total, whole): (i128, i128) = (held.iter().sum(), weights.iter().sum());
    if total <= 0 || whole <= 0 || held.iter().any(|held| *held < 0) {
        return None;
    }
    let all = || held.iter().zip(weights);
    let far: f64 = all()
        .map(|(x, w)| all().map(|(other, weight)| (x * weight - other * w).unsigned_abs() as f64).sum::<f64>())
        .sum();
    Some(far / (2.0 * whole as f64 * total as f64))
}

/// How far apart those are who hold the most and the least beyond their fair share, in minor units: with equal shares the plain
/// max − min. `None` without people.
pub fn spread(held: &[i128], bands: &[Band]) -> Option<i128> {
    let off = || held.iter().zip(bands).map(|(held, band)| held - band.fair);
    Some(off().max()? - off().min()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_of_the_band_lie_in_it() {
        for total in [1, 7, 99, 1_000, 123_457] {
            for band in bands(&[2, 5, 4], total).unwrap().into_iter().zip([2, 5, 4]) {
                let (Band { low, high, .. }, weight) = band;
                let share = total * weight;
                assert!(100 * 11 * low >= 85 * share && 100 * 11 * (low - 1) < 85 * share);
                assert!(100 * 11 * high <= 115 * share && 100 * 11 * (high + 1) > 115 * share);
            }
        }
    }

    #[test]
    fn who_can_look_after_nothing_shall_have_nothing() {
        let bands = bands(&weights(&[Some(0), Some(10)]), 500).unwrap();
        assert_eq!(bands[0], Band { fair: 0, low: 0, high: 0 });
        assert_eq!(weights(&[Some(0), None]), [1, 1]);
        assert_eq!(weights(&[]), [0; 0]);
    }

    #[test]
    fn what_is_undefined_is_none() {
        assert_eq!(gini(&[], &[]), None);
        assert_eq!(gini(&[-1, 2], &[1, 1]), None);
        assert_eq!(spread(&[], &[]), None);
        assert_eq!(bands(&[], 5), None);
    }

    #[test]
    fn one_with_everything_is_the_most_uneven() {
        assert_eq!(gini(&[0, 0, 0, 8], &[1; 4]), Some(0.75));
    }
}
