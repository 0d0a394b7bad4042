//! Many rounds as one record: who was nearer, and who is too sure.

use super::Score;
use crate::metrics::{Rate, backtest::Brier};

/// How many ranges of chances there are, each as wide as the others.
const BINS: usize = 5;

/// Something that was said to come true so often, and how often it did.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reliable {
    /// The chance that was given, a share of 1; the mean where several were.
    pub said: f64,
    /// How often it came.
    pub came: Rate,
}

/// The forecasts of one side over all rounds.
#[derive(Clone, Debug, PartialEq)]
pub struct Side {
    /// The mean of the scores as shares of the quota.
    pub crps: f64,
    /// How often what came lay between P10 and P90; eight in ten should.
    pub inside: Rate,
    /// How often what came lay below P10, P50 and P90; one, five and nine in ten should.
    pub below: [Reliable; 3],
    /// The chances that were given to reaching the quota, in ranges of a fifth; one without any is missing.
    pub chances: Vec<Reliable>,
    /// The Brier score of these chances.
    pub brier: Brier,
}

/// Who was nearer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// The player.
    Player,
    /// The product.
    Product,
    /// Neither.
    Even,
}

/// The rounds of a player beside the product's own forecasts.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// The player.
    pub player: Side,
    /// The product.
    pub product: Side,
    /// In how many rounds the player's three amounts had the better score.
    pub nearer: Rate,
}

impl Verdict {
    /// Who was nearer in a round, by the score of the three amounts.
    pub fn of(player: &Score, product: &Score) -> Self {
        match player.crps.total_cmp(&product.crps) {
            std::cmp::Ordering::Less => Self::Player,
            std::cmp::Ordering::Equal => Self::Even,
            std::cmp::Ordering::Greater => Self::Product,
        }
    }
}

impl Side {
    /// The record of these scores; `None` without any.
    ///
    /// ```
    /// use loudou::training::contest::{Forecast, Quantiles, Score, Side};
    /// let said = Forecast { won: Quantiles::new(10.0, 50.0, 90.0).unwrap(), quota: 0.3 };
    /// let scores = [5.0, 40.0, 60.0, 95.0].map(|came| Score::of(&said, came, 80.0));
    /// let side = Side::of(&scores).unwrap();
    /// // Two of four lay in the range; one quota of four was reached where three of ten were said.
    /// assert_eq!((side.inside.value(), side.below[1].came.value()), (0.5, 0.5));
    /// assert_eq!((side.chances.len(), side.chances[0].said, side.chances[0].came.value()), (1, 0.3, 0.25));
    /// assert!((side.brier.score - (3.0 * 0.09 + 0.49) / 4.0).abs() < 1e-12);
    /// ```
    pub fn of(scores: &[Score]) -> Option<Self> {
        let rate =
            |hit: &dyn Fn(&Score) -> bool| Rate::new(scores.iter().filter(|score| hit(score)).count(), scores.len());
        let below = |said| Some(Reliable { said, came: rate(&|score| score.place < said)? });
        let in_bin = |bin: usize, score: &&Score| bin_of(score.quota) == bin;
        let chances = (0..BINS).filter_map(|bin| {
            let inside: Vec<&Score> = scores.iter().filter(|score| in_bin(bin, score)).collect();
            let came = Rate::new(inside.iter().filter(|score| score.reached).count(), inside.len())?;
            Some(Reliable { said: mean(inside.iter().map(|score| score.quota))?, came })
        });
        Some(Self {
            crps: mean(scores.iter().map(|score| score.share))?,
            inside: rate(&|score| score.inside)?,
            below: [below(0.1)?, below(0.5)?, below(0.9)?],
            chances: chances.collect(),
            brier: Brier::new(scores.iter().map(|score| (score.quota, score.reached)))?,
        })
    }
}

impl Record {
    /// The record of rounds, each with the score of the player and of the product; `None` without any.
    pub fn of(rounds: &[(Score, Score)]) -> Option<Self> {
        let (player, product): (Vec<Score>, Vec<Score>) = rounds.iter().copied().unzip();
        let nearer = rounds.iter().filter(|(player, product)| Verdict::of(player, product) == Verdict::Player).count();
        Some(Self {
            player: Side::of(&player)?,
            product: Side::of(&product)?,
            nearer: Rate::new(nearer, rounds.len())?,
        })
    }
}

fn mean(values: impl ExactSizeIterator<Item = f64>) -> Option<f64> {
    let of = u32::try_from(values.len()).ok().filter(|of| *of > 0)?;
    Some(values.sum::<f64>() / f64::from(of))
}

/// The range that a chance lies in; the last one holds 1 too.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "a small number"
)]
fn bin_of(chance: f64) -> usize {
    ((chance * BINS as f64) as usize).min(BINS - 1)
}
