//! The forecast contest (method §9): a company some weeks before the end of a quarter; how much will it have won by then?
//!
//! A [`Round`] is drawn from a seed: the quarter, the weeks that are left, and a demo company of its own. [`Round::play`] shows the
//! company as it [stood](crate::training::demo::earlier) and keeps what came for the end. The player says three amounts and the chance
//! to reach the quota; so does the product's own forecast. Both are scored the same way, and a [`Record`] of many rounds
//! tells who is too sure.
//!
//! Counted over 150 seeds with 1,000 draws each (`how_the_product_does`): a third of the quotas are reached. What came lies between P10 and P90 of the
//! product's forecast in 79 % of the rounds with the observed rates and times, in 63 % with those of the model and in 13 % with the sellers' own;
//! the mean score is 0.11, 0.13 and 0.40 of the quota. So the observed ones play. Saying that nothing more will come scores 0.48.

mod briefing;
mod kept;
mod quantiles;
mod record;

pub use self::{
    briefing::{Before, Briefing, DealSight, ModelSight, StageSight},
    kept::Kept,
    quantiles::Quantiles,
    record::{Record, Reliable, Side, Verdict},
};
use chrono::{Months, TimeDelta};

use super::{
    demo::{company, earlier},
    draw::Draw,
};
use crate::{
    codec::content::Language,
    metrics::{
        Attainment, Filter, Frame, Period,
        quota::{attainment, first_month},
        simulation::{Basis, prospects, simulate},
    },
    model::{Date, FunnelModel, QuotaSpan, Workspace},
};

/// The months of a quarter.
const MONTHS: u32 = 3;
/// The year of the contest: a round does not depend on the day on which it is played.
const YEAR: i32 = 2026;
/// How often the product draws what the open deals may bring.
pub const DRAWS: usize = 4_000;
/// Where the product's forecast has its chances and times from.
pub const BASIS: Basis = Basis::Observed;

/// One round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Round {
    /// What it was drawn from.
    pub seed: u64,
    /// The quarter that is forecast.
    pub quarter: Period,
    /// How many weeks of it are left.
    pub weeks: u32,
    /// The day on which the forecast is made.
    pub as_of: Date,
}

/// What somebody says of a quarter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Forecast {
    /// What will have been won in the whole quarter, in minor units.
    pub won: Quantiles,
    /// The chance to reach the quota, a share of 1.
    pub quota: f64,
}

/// A round with its company.
#[derive(Clone, Debug)]
pub struct Play {
    /// The round.
    pub round: Round,
    /// The company as it stands on the day of the forecast.
    pub company: Workspace,
    /// What is asked of the quarter, what was won of it so far, and what is expected to close.
    pub standing: Attainment,
    /// What came in the whole quarter, in minor units: not to be shown before the forecast is made.
    pub came: f64,
}

/// How far a forecast was from what came.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Score {
    /// What came, in minor units.
    pub came: f64,
    /// The [score](Quantiles::crps) of the three amounts, in minor units.
    pub crps: f64,
    /// The same as a share of the quota, so that companies can be compared.
    pub share: f64,
    /// Whether what came lay between P10 and P90.
    pub inside: bool,
    /// Where in the forecast it [lay](Quantiles::below).
    pub place: f64,
    /// The chance that was given to reaching the quota.
    pub quota: f64,
    /// Whether it was reached.
    pub reached: bool,
    /// The Brier score of that chance: its squared distance from what came, 0 to 1.
    pub brier: f64,
}

impl Round {
    /// The round of a seed: three to nine weeks before the end of a quarter.
    ///
    /// ```
    /// use loudou::training::contest::Round;
    /// let round = Round::of(1);
    /// assert_eq!(round, Round::of(1));
    /// assert_eq!((round.quarter.to - round.as_of).num_days(), 7 * i64::from(round.weeks));
    /// assert!(round.quarter.contains(round.as_of));
    /// ```
    pub fn of(seed: u64) -> Self {
        let mut draw = Draw::new(seed);
        let last_month = [3, 6, 9, 12].get(draw.place(4)).copied().unwrap_or(12);
        let weeks = u32::try_from(draw.between(3, 9)).unwrap_or(3);
        let any = Date::from_ymd_opt(YEAR, last_month, 1).unwrap_or_default();
        let first = first_month(any, 1, QuotaSpan::Quarter);
        let from = first.first_day().unwrap_or_default();
        let to = from.checked_add_months(Months::new(MONTHS)).and_then(|day| day.pred_opt()).unwrap_or(from);
        let as_of = to - TimeDelta::weeks(i64::from(weeks));
        Self { seed, quarter: Period { from, to }, weeks, as_of }
    }

    /// How many months of the quarter are left, the one of the day included: the horizon of a forecast that ends with the quarter.
    pub fn months_left(self) -> u32 {
        let months = (0..MONTHS).filter_map(|gone| self.quarter.from.checked_add_months(Months::new(gone)));
        u32::try_from(MONTHS as usize - months.skip(1).filter(|first| *first <= self.as_of).count()).unwrap_or(MONTHS)
    }

    /// The company of the round as it stands on its day, with the rest of the quarter kept back. `None` never comes: the company always
    /// has quotas.
    pub fn play(self, language: Language) -> Option<Play> {
        let whole = company(language, self.quarter.to, self.seed);
        let company = earlier(&whole, language, self.as_of, self.seed);
        let standing = self.attained(&company, self.as_of)?;
        // What was asked does not matter here, only what was won.
        let came = self.attained(&whole, self.quarter.to)?.won.amount;
        #[expect(clippy::cast_precision_loss, reason = "an amount that is compared with a forecast")]
        Some(Play { round: self, company, standing, came: came as f64 })
    }

    fn attained(self, workspace: &Workspace, as_of: Date) -> Option<Attainment> {
        let first = first_month(self.quarter.from, 1, QuotaSpan::Quarter);
        attainment(workspace, &Frame::new(workspace), as_of, &Filter::default(), first, MONTHS)
    }
}

impl Play {
    /// The quota of the quarter, in minor units.
    #[expect(clippy::cast_precision_loss, reason = "an amount that is compared and shown, not added to")]
    pub fn quota(&self) -> f64 {
        self.standing.asked.amount as f64
    }

    /// What was won of the quarter by the day of the forecast, in minor units.
    #[expect(clippy::cast_precision_loss, reason = "an amount that is compared and shown, not added to")]
    pub fn won(&self) -> f64 {
        self.standing.won.amount as f64
    }

    /// What the product's own forecast says: what was won so far, and `draws` draws of what the open deals may bring until the end of
    /// the quarter. It says nothing of deals that are not there yet. `None` never comes of a company.
    pub fn opponent(&self, basis: Basis, draws: usize, progress: &mut dyn FnMut(usize)) -> Option<Forecast> {
        let frame = Frame::new(&self.company);
        let models: Vec<&FunnelModel> = self.company.models.iter().map(AsRef::as_ref).collect();
        let all = Filter::default();
        let open = prospects(&frame.view(self.round.as_of, &all), &models, basis, self.round.months_left());
        let outcomes = simulate(&open, draws, self.round.seed, progress);
        let won = Quantiles::of(&outcomes.total, self.won())?;
        Some(Forecast { won, quota: outcomes.chance(self.quota() - self.won())? })
    }

    /// How far a forecast was from what came.
    pub fn score(&self, forecast: &Forecast) -> Score {
        Score::of(forecast, self.came, self.quota())
    }
}

impl Score {
    /// Points from 0 to 100: all for what came and nothing else, none for a score of half the quota or worse.
    pub fn points(&self) -> u8 {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "0 to 100")]
        let points = (100.0 * (1.0 - 2.0 * self.share).clamp(0.0, 1.0)).round() as u8;
        points
    }

    /// How far a forecast was from what `came`, with a quota above 0.
    ///
    /// ```
    /// use loudou::training::contest::{Forecast, Quantiles, Score};
    /// let said = Forecast { won: Quantiles::new(10.0, 50.0, 90.0).unwrap(), quota: 0.3 };
    /// let score = Score::of(&said, 80.0, 75.0);
    /// assert!(score.inside && score.reached && (score.place - 0.8).abs() < 1e-12);
    /// // It was said to come in three of ten cases, and came: 0.7².
    /// assert!((score.brier - 0.49).abs() < 1e-12 && (score.share - score.crps / 75.0).abs() < 1e-12);
    /// ```
    pub fn of(forecast: &Forecast, came: f64, quota: f64) -> Self {
        let (crps, reached) = (forecast.won.crps(came), came >= quota);
        let miss = forecast.quota - f64::from(u8::from(reached));
        Self {
            came,
            crps,
            share: crps / quota,
            inside: forecast.won.holds(came),
            place: forecast.won.below(came),
            quota: forecast.quota,
            reached,
            brier: miss * miss,
        }
    }
}
