//! A round that was played, as one line of text for the [progress](crate::codec::progress) of a learner.

use super::{Forecast, Quantiles, Score};

/// What was said in a round and what came; amounts in minor units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// The quota of the quarter.
    pub asked: f64,
    /// What came.
    pub came: f64,
    /// What the player said.
    pub player: Forecast,
    /// What the product said.
    pub product: Forecast,
}

impl Kept {
    /// The score of the player and that of the product.
    pub fn scores(&self) -> (Score, Score) {
        (Score::of(&self.player, self.came, self.asked), Score::of(&self.product, self.came, self.asked))
    }

    /// Ten numbers, divided by spaces: quota, what came, and of player and product P10, P50, P90 and the chance of the quota.
    ///
    /// ```
    /// use loudou::training::contest::{Forecast, Kept, Quantiles};
    /// let said = |p50: f64| Forecast { won: Quantiles::new(p50 - 1.0, p50, p50 + 2.5).unwrap(), quota: 0.25 };
    /// let kept = Kept { asked: 10.0, came: 8.0, player: said(7.0), product: said(9.0) };
    /// assert_eq!(kept.write(), "10 8 6 7 9.5 0.25 8 9 11.5 0.25");
    /// assert_eq!(Kept::read(&kept.write()), Some(kept));
    /// assert_eq!(Kept::read("10 8"), None);
    /// ```
    pub fn write(&self) -> String {
        let Self { asked, came, player, product } = self;
        let said = |Forecast { won, quota }: &Forecast| [won.p10(), won.p50(), won.p90(), *quota];
        let numbers = [*asked, *came].into_iter().chain(said(player)).chain(said(product));
        numbers.map(|number| number.to_string()).collect::<Vec<_>>().join(" ")
    }

    /// Reads what [`write`](Self::write) wrote; `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let numbers: Vec<f64> = text.split(' ').map(|number| number.parse().ok()).collect::<Option<_>>()?;
        let [asked, came, p10, p50, p90, quota, product @ ..] = numbers.as_slice() else { return None };
        let &[low, middle, high, chance] = product else { return None };
        let said = |p10, p50, p90, quota: f64| {
            let sound = (0.0..=1.0).contains(&quota);
            Quantiles::new(p10, p50, p90).filter(|_| sound).map(|won| Forecast { won, quota })
        };
        let kept = Self {
            asked: *asked,
            came: *came,
            player: said(*p10, *p50, *p90, *quota)?,
            product: said(low, middle, high, chance)?,
        };
        (kept.asked > 0.0 && kept.asked.is_finite() && kept.came.is_finite()).then_some(kept)
    }
}
