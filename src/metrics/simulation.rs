//! What the open deals may bring, as a distribution (method §6, forecast): many seeded draws of every deal's win and time.
//!
//! [`prospects`] reads from a view what the draws need, small enough to be sent to a worker; [`simulate`] draws.

mod outlook;

use chrono::Days;
use rand::{RngCore, SeedableRng as _};
use rand_distr::{Beta, Distribution as _};
use rand_pcg::Pcg32;

use self::outlook::month_ends;
pub(super) use self::outlook::{Outlook, Prospect};
use super::{View, survival::count};
use crate::model::{Date, FunnelModel};

/// Where the chances and the times come from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Basis {
    /// The probabilities and days that the model assumes.
    #[default]
    Model,
    /// The promotion rates and medians of the period of the view, and how uncertain the rates are; where fewer than five deals are
    /// decided, the model's.
    Observed,
    /// The seller's own probability and expected close where there are any, the model's elsewhere.
    Own,
}

/// How likely a deal is won.
#[derive(Clone, Debug, PartialEq)]
pub enum Chance {
    /// A share of 1.
    Known(f64),
    /// The product of the rates with these places among [`Prospects::rates`].
    Product(Vec<usize>),
}

/// Deals with the same chance and the same times.
#[derive(Clone, Debug, PartialEq)]
pub struct Class {
    /// How likely each of them is won.
    pub chance: Chance,
    /// For each month of the horizon, the share of the wins that have come by its end.
    pub by: Vec<f64>,
    /// The amounts of the deals, in minor units.
    pub amounts: Vec<f64>,
}

/// What the draws need to know of the open deals.
#[derive(Clone, Debug, PartialEq)]
pub struct Prospects {
    /// The months of the horizon, as year and month; the first is that of the view's day.
    pub months: Vec<(i32, u32)>,
    /// The deals that are drawn.
    pub classes: Vec<Class>,
    /// Passed + ½ and lost + ½ of each observed rate.
    pub rates: Vec<(f64, f64)>,
    /// The deal with the largest amount: the place of its class, and its own place there.
    pub largest: Option<(usize, usize)>,
    /// Open deals whose amount nobody knows: they bring nothing here.
    pub without_amount: usize,
}

impl Prospects {
    /// How many deals the draws are about.
    pub fn deals(&self) -> usize {
        self.classes.iter().map(|class| class.amounts.len()).sum()
    }
}

/// The spread of an amount, in minor units.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Spread {
    /// One draw in ten is below.
    pub p10: f64,
    /// Half of the draws are below.
    pub p50: f64,
    /// Nine draws in ten are below.
    pub p90: f64,
    /// The mean of the draws.
    pub mean: f64,
}

/// What the draws came to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcomes {
    /// For each month of the horizon, what is won from the day of the view until its end.
    pub months: Vec<((i32, u32), Spread)>,
    /// What is won until the end of the horizon.
    pub total: Spread,
    /// The same without the largest deal; equal to the total when there is none.
    pub without_largest: Spread,
    /// The totals of all draws, smallest first.
    pub draws: Vec<f64>,
}

impl Outcomes {
    /// The share of the draws that bring at least `amount` (in minor units) until the end of the horizon; `None` without draws.
    pub fn chance(&self, amount: f64) -> Option<f64> {
        let below = self.draws.partition_point(|total| *total < amount);
        (!self.draws.is_empty()).then(|| count(self.draws.len() - below) / count(self.draws.len()))
    }
}

/// The open deals of the view as the draws need them, with a horizon of `months` months, the present one included.
///
/// A deal is won with the chance of its basis. If it is, its remaining days are those of its stage and of all later ones; the stay in
/// a stage is taken as exponential with the expected days as mean (observed: median ÷ ln 2), so how long it has stood there already
/// does not matter. With [`Basis::Own`] an expected close that is not past is taken as certain. Deals win or lose independently of
/// one another, but under [`Basis::Observed`] every draw first draws the rates that they share: an uncertain rate moves all of them.
pub fn prospects(view: &View, models: &[&FunnelModel], basis: Basis, months: u32) -> Prospects {
    Outlook::new(view, models, basis, months).prospects()
}

/// Draws `draws` times what becomes of all deals; the same seed gives the same answer. `progress` hears how many draws are done.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, simulation::{Basis, prospects, simulate}};
/// let workspace = six_deals();
/// let frame = Frame::new(&workspace);
/// let all = Filter::default();
/// let models: Vec<_> = workspace.models.iter().map(AsRef::as_ref).collect();
/// let open = prospects(&frame.view(day(2026, 3, 31), &all), &models, Basis::Model, 12);
/// // 2,000 and 500 in Talk at 25 %, 4,000 in Offer at 50 %; the deal in Lead has no amount.
/// assert_eq!((open.deals(), open.without_amount), (3, 1));
/// let outcomes = simulate(&open, 20_000, 7, &mut |_| ());
/// let expected = 0.25 * 250_000.0 + 0.5 * 400_000.0;
/// assert!((outcomes.total.mean - expected).abs() < 0.02 * expected);
/// // Half of the draws bring at least the large deal.
/// assert!((outcomes.chance(400_000.0).unwrap() - 0.5).abs() < 0.02);
/// assert!(outcomes.without_largest.p90 <= 250_000.0);
/// ```
pub fn simulate(prospects: &Prospects, draws: usize, seed: u64, progress: &mut dyn FnMut(usize)) -> Outcomes {
    let horizon = prospects.months.len();
    let mut chance = Pcg32::seed_from_u64(seed);
    let posteriors: Vec<Option<Beta<f64>>> = prospects.rates.iter().map(|(a, b)| Beta::new(*a, *b).ok()).collect();
    let mut by_month: Vec<Vec<f64>> = vec![Vec::with_capacity(draws); horizon];
    let mut without = Vec::with_capacity(draws);
    let mut rates = vec![0.0; posteriors.len()];
    let mut limits = vec![0_u32; horizon];
    let mut won = vec![0.0; horizon];
    for draw in 0..draws {
        if draw % 250 == 0 {
            progress(draw);
        }
        for (rate, posterior) in rates.iter_mut().zip(&posteriors) {
            *rate = posterior.map_or(0.0, |beta| beta.sample(&mut chance));
        }
        won.fill(0.0);
        let mut of_largest = 0.0;
        for (place, class) in prospects.classes.iter().enumerate() {
            let wins = class.chance.value(&rates);
            for (limit, share) in limits.iter_mut().zip(&class.by) {
                *limit = threshold(wins * share);
            }
            let most = limits.last().copied().unwrap_or_default();
            let largest = prospects.largest.filter(|(class, _)| *class == place).map(|(_, place)| place);
            for (number, amount) in class.amounts.iter().enumerate() {
                let lot = chance.next_u32();
                if lot >= most {
                    continue;
                }
                let month = limits.iter().position(|limit| lot < *limit).unwrap_or_default();
                if let Some(won) = won.get_mut(month) {
                    *won += amount;
                }
                if largest == Some(number) {
                    of_largest = *amount;
                }
            }
        }
        let mut sum = 0.0;
        for (won, draws) in won.iter().zip(&mut by_month) {
            sum += won;
            draws.push(sum);
        }
        without.push(sum - of_largest);
    }
    progress(draws);
    let months = by_month.iter_mut().zip(&prospects.months).map(|(draws, month)| (*month, spread(draws))).collect();
    let mut totals = by_month.pop().unwrap_or_default();
    Outcomes { months, total: spread(&mut totals), without_largest: spread(&mut without), draws: totals }
}

impl Chance {
    fn value(&self, rates: &[f64]) -> f64 {
        match self {
            Self::Known(share) => *share,
            Self::Product(places) => places.iter().filter_map(|place| rates.get(*place)).product(),
        }
    }
}

/// The number below which a random one of 32 bits falls with this chance.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 2³²; the cast saturates")]
fn threshold(share: f64) -> u32 {
    (share.clamp(0.0, 1.0) * 4_294_967_296.0) as u32
}

/// Sorts the draws and reads their spread.
fn spread(draws: &mut [f64]) -> Spread {
    draws.sort_unstable_by(f64::total_cmp);
    if draws.is_empty() {
        return Spread::default();
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place in a list")]
    let at = |share: f64| {
        let place = (share * count(draws.len() - 1)).round() as usize;
        draws.get(place).copied().unwrap_or_default()
    };
    Spread { p10: at(0.1), p50: at(0.5), p90: at(0.9), mean: draws.iter().sum::<f64>() / count(draws.len()) }
}

/// The last day of a horizon of `months` months that begins with the month of `as_of`; for the words beside a forecast.
pub fn horizon_end(as_of: Date, months: u32) -> Date {
    month_ends(as_of, months).last().map_or_else(|| as_of + Days::new(0), |(_, end)| *end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn certain(amounts: &[f64], chance: f64) -> Prospects {
        let class = Class { chance: Chance::Known(chance), by: vec![1.0], amounts: amounts.to_vec() };
        Prospects {
            months: vec![(2026, 1)],
            classes: vec![class],
            rates: vec![],
            largest: (!amounts.is_empty()).then_some((0, 0)),
            without_amount: 0,
        }
    }

    /// The exact distribution of a sum of independent deals.
    fn exact(amounts: &[f64], chance: f64) -> Vec<(f64, f64)> {
        let mut sums = vec![(0.0, 1.0)];
        for amount in amounts {
            let won: Vec<_> = sums.iter().map(|(sum, share)| (sum + amount, share * chance)).collect();
            for (_, share) in &mut sums {
                *share *= 1.0 - chance;
            }
            sums.extend(won);
        }
        sums.sort_by(|a, b| a.0.total_cmp(&b.0));
        sums
    }

    #[test]
    fn draws_follow_the_exact_distribution() {
        let amounts = [100.0, 200.0, 400.0, 800.0, 1_600.0];
        let outcomes = simulate(&certain(&amounts, 0.3), 40_000, 1, &mut |_| ());
        let exact = exact(&amounts, 0.3);
        for limit in [100.0, 500.0, 900.0, 1_700.0, 3_100.0] {
            let chance: f64 = exact.iter().filter(|(sum, _)| *sum >= limit).map(|(_, share)| share).sum();
            let drawn = outcomes.chance(limit).unwrap_or_default();
            // Four standard errors.
            let error = 4.0 * (chance * (1.0 - chance) / 40_000.0).sqrt();
            assert!((drawn - chance).abs() <= error, "{limit}: {drawn} {chance}");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_answer() {
        let deals = certain(&[1.0, 2.0, 3.0], 0.5);
        assert_eq!(simulate(&deals, 500, 3, &mut |_| ()), simulate(&deals, 500, 3, &mut |_| ()));
        assert_ne!(simulate(&deals, 500, 3, &mut |_| ()).draws, simulate(&deals, 500, 4, &mut |_| ()).draws);
    }

    #[test]
    fn nothing_brings_nothing_and_certainty_everything() {
        let none = simulate(&certain(&[], 0.5), 10, 1, &mut |_| ());
        assert_eq!((none.total, none.chance(1.0), none.chance(0.0)), (Spread::default(), Some(0.0), Some(1.0)));
        let all = simulate(&certain(&[5.0, 7.0], 1.0), 10, 1, &mut |_| ());
        assert!((all.total.p10 - 12.0).abs() < 1e-9 && (all.without_largest.p90 - 7.0).abs() < 1e-9);
    }
}
