//! The match-stick game (method §9): every opportunity is a match-stick that catches fire with some odds. How many are there, how many
//! are needed, and what luck makes of it.
//!
//! Two readings of "enough" stand beside each other. [On average](Reading::OnAverage) the sticks bring the target: then about every
//! second try still fails. [Sure](Reading::Sure) asks for the chance to reach it. The difference is what a seller must have in reserve.

mod round;

pub use self::round::{Answer, Judged, Level, Round};
use super::{
    draw::Draw,
    sums::{Drawn, Sums},
};
use crate::model::Share;

/// More sticks than anybody can look after.
const MOST: u32 = 20_000;

/// An opportunity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stick {
    /// How likely it catches fire.
    pub odds: Share,
    /// What it brings if it does: 1 where wins are counted, else an amount in the unit of the round.
    pub worth: u32,
}

impl Stick {
    /// What it brings on average.
    pub fn expected(self) -> f64 {
        self.odds.as_f64() * f64::from(self.worth)
    }

    /// The same in ten thousandths, without a fraction.
    fn points(self) -> u64 {
        u64::from(self.odds.basis_points()) * u64::from(self.worth)
    }

    fn thing(self) -> (f64, u32) {
        (self.odds.as_f64(), self.worth)
    }
}

/// When sticks are enough for a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// When what they bring on average is at least the target.
    OnAverage,
    /// When they reach the target with at least this chance.
    Sure(Share),
}

/// Sticks that are all the same, as a term of a sum.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Term {
    /// How many.
    pub count: u32,
    /// What each of them is.
    pub stick: Stick,
    /// Count × odds × worth.
    pub product: f64,
}

/// How the number of sticks that are missing on average comes about.
///
/// ```
/// use loudou::{model::Share, training::matches::{Arithmetic, Stick}};
/// let stick = |percent| Stick { odds: Share::percent(percent), worth: 1 };
/// let sum = Arithmetic::of(&[stick(50), stick(10), stick(50)], stick(25), 3);
/// // 2 × 50 % + 1 × 10 % = 1.1; 1.9 are missing; ÷ 25 % = 7.6.
/// assert_eq!(sum.terms.iter().map(|term| (term.count, term.product)).collect::<Vec<_>>(), [(2, 1.0), (1, 0.1)]);
/// assert!((sum.missing - 1.9).abs() < 1e-12 && (sum.quotient.unwrap() - 7.6).abs() < 1e-12);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct Arithmetic {
    /// The sticks that are there, equal ones together, the best odds first.
    pub terms: Vec<Term>,
    /// What they bring on average: the sum of the products.
    pub expected: f64,
    /// The target less that; 0 when it is reached.
    pub missing: f64,
    /// What each further stick brings on average.
    pub each: f64,
    /// Missing ÷ each; `None` when a further stick brings nothing. So many more are needed, rounded up.
    pub quotient: Option<f64>,
}

impl Arithmetic {
    /// The arithmetic of `sticks` for `target`, with further sticks like `more`.
    pub fn of(sticks: &[Stick], more: Stick, target: u32) -> Self {
        let mut sorted = sticks.to_vec();
        sorted.sort_unstable_by(|a, b| b.cmp(a));
        let term = |same: &[Stick]| {
            let stick = *same.first()?;
            let count = u32::try_from(same.len()).ok()?;
            Some(Term { count, stick, product: f64::from(count) * stick.expected() })
        };
        let terms = sorted.chunk_by(|a, b| a == b).filter_map(term).collect();
        let expected = expected(sticks);
        let (missing, each) = ((f64::from(target) - expected).max(0.0), more.expected());
        Self { terms, expected, missing, each, quotient: (each > 0.0).then(|| missing / each) }
    }
}

/// What the sticks bring on average: Σ odds × worth.
pub fn expected(sticks: &[Stick]) -> f64 {
    sticks.iter().map(|stick| stick.expected()).sum()
}

/// The chance that the sticks bring at least `target`, exactly.
///
/// ```
/// use loudou::{model::Share, training::matches::{Stick, chance, expected}};
/// let four = [Stick { odds: Share::percent(50), worth: 1 }; 4];
/// // Four coins bring two heads on average, and in 6 + 4 + 1 of 16 cases at least two.
/// assert_eq!((expected(&four), chance(&four, 2)), (2.0, 11.0 / 16.0));
/// ```
pub fn chance(sticks: &[Stick], target: u32) -> f64 {
    reach(sticks, target).at_least(target)
}

/// All that the sticks may bring, with the chance of each sum.
pub fn sums(sticks: &[Stick]) -> Sums {
    Sums::of(sticks.iter().map(|stick| stick.thing()))
}

fn reach(sticks: &[Stick], target: u32) -> Sums {
    let mut sums = Sums::up_to(target);
    for (chance, worth) in sticks.iter().map(|stick| stick.thing()) {
        sums.take_in(chance, worth);
    }
    sums
}

/// How many further sticks like `more` are needed for `target` by one reading; 0 when those that are there are enough. `None` when no
/// number is, or more than anybody can look after.
///
/// ```
/// use loudou::{model::Share, training::matches::{Reading, Stick, needed}};
/// let half = Stick { odds: Share::percent(50), worth: 1 };
/// // Two coins for two heads: two more bring them on average, in 69 of 100 cases. For 90 in 100 it takes five more.
/// assert_eq!(needed(&[half; 2], half, 2, Reading::OnAverage), Some(2));
/// assert_eq!(needed(&[half; 2], half, 2, Reading::Sure(Share::percent(90))), Some(5));
/// assert_eq!(needed(&[], Stick { odds: Share::ZERO, worth: 1 }, 1, Reading::OnAverage), None);
/// ```
pub fn needed(sticks: &[Stick], more: Stick, target: u32, reading: Reading) -> Option<u32> {
    match reading {
        Reading::OnAverage => {
            let there: u64 = sticks.iter().map(|stick| stick.points()).sum();
            let missing = (u64::from(target) * u64::from(Share::ONE.basis_points())).saturating_sub(there);
            match (missing, more.points()) {
                (0, _) => Some(0),
                (_, 0) => None,
                (missing, each) => u32::try_from(missing.div_ceil(each)).ok().filter(|needed| *needed <= MOST),
            }
        }
        Reading::Sure(share) => {
            let (mut sums, (odds, worth)) = (reach(sticks, target), more.thing());
            for needed in 0..=MOST {
                // A share that is reached exactly may be missed by a rounding error.
                if sums.at_least(target) >= share.as_f64() - 1e-12 {
                    return Some(needed);
                }
                if more.points() == 0 {
                    break;
                }
                sums.take_in(odds, worth);
            }
            None
        }
    }
}

/// The chance to reach `target` with none of the further sticks, with one, and so on up to `most` of them.
pub fn ladder(sticks: &[Stick], more: Stick, target: u32, most: u32) -> Vec<f64> {
    let (mut sums, (odds, worth)) = (reach(sticks, target), more.thing());
    let step = |_| {
        let chance = sums.at_least(target);
        sums.take_in(odds, worth);
        chance
    };
    (0..=most.min(MOST)).map(step).collect()
}

/// One try: which sticks caught fire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Burn {
    /// For each stick, whether it did.
    pub lit: Vec<bool>,
    /// What those bring together.
    pub sum: u32,
}

fn burn_once(sticks: &[Stick], draw: &mut Draw) -> Burn {
    let lit: Vec<bool> = sticks.iter().map(|stick| draw.chance(stick.odds.as_f64())).collect();
    let worths = sticks.iter().zip(&lit).filter(|(_, lit)| **lit).map(|(stick, _)| stick.worth);
    Burn { sum: worths.fold(0, u32::saturating_add), lit }
}

/// One try with the sticks; the same seed, the same luck.
///
/// ```
/// use loudou::{model::Share, training::matches::{Stick, burn}};
/// let sticks = [0, 100, 100].map(|percent| Stick { odds: Share::percent(percent), worth: 7 });
/// let burn = burn(&sticks, 1);
/// assert_eq!((burn.lit, burn.sum), (vec![false, true, true], 14));
/// ```
pub fn burn(sticks: &[Stick], seed: u64) -> Burn {
    burn_once(sticks, &mut Draw::new(seed))
}

/// Many tries, fast-forward. The first of them is [`burn`] of the same seed, and more draws of a seed go on where fewer stopped.
///
/// ```
/// use loudou::{model::Share, training::matches::{Stick, burns}};
/// let four = [Stick { odds: Share::percent(50), worth: 1 }; 4];
/// let drawn = burns(&four, 10_000, 3);
/// // One try says little; ten thousand come near the chance of 11 ÷ 16.
/// assert!((drawn.at_least(2).unwrap() - 0.6875).abs() < 0.02);
/// ```
pub fn burns(sticks: &[Stick], draws: u32, seed: u64) -> Drawn {
    let (mut draw, mut tally) = (Draw::new(seed), Drawn::default());
    for _ in 0..draws {
        tally.add(burn_once(sticks, &mut draw).sum);
    }
    tally
}
