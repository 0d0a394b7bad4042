//! What a model assumes against what happened, and what to assume from now on (method §8).

use statrs::function::beta::inv_beta_reg;

use super::{Interval, Row, StageConversion, View, cohort::Fate, conversion, survival::count, view::Status};
use crate::model::{FunnelModel, Share, StageId};

/// How many deals an assumption counts for: as much as this many decided ones.
pub const WEIGHT: f64 = 10.0;

/// An assumed share, and what the deals say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShareCheck {
    /// What the model assumes, a share of 1.
    pub assumed: f64,
    /// Deals for which it came true.
    pub hits: usize,
    /// Deals for which it is decided.
    pub decided: usize,
    /// Mean of the posterior: the assumption and the deals together.
    pub mean: f64,
    /// 90 % interval of the posterior.
    pub interval: Interval,
}

impl ShareCheck {
    /// The posterior of a share that was assumed to be `assumed`, after `hits` of `decided` deals: a beta distribution with the
    /// assumption as prior, worth [`WEIGHT`] deals.
    ///
    /// ```
    /// use loudou::metrics::calibration::ShareCheck;
    /// let check = ShareCheck::new(0.5, 3, 10);
    /// assert_eq!(check.mean, (5.0 + 3.0) / 20.0);
    /// assert!(check.interval.low < 0.4 && 0.4 < check.interval.high);
    /// // Nothing decided: nothing learnt.
    /// assert_eq!(ShareCheck::new(0.5, 0, 0).mean, 0.5);
    /// ```
    pub fn new(assumed: f64, hits: usize, decided: usize) -> Self {
        // A share of 0 or 1 would be beyond doubt.
        let prior = assumed.clamp(0.01, 0.99);
        let a = WEIGHT * prior + count(hits);
        let b = WEIGHT * (1.0 - prior) + count(decided.saturating_sub(hits));
        let mean = if decided == 0 { assumed } else { a / (a + b) };
        let interval = Interval { low: inv_beta_reg(a, b, 0.05), high: inv_beta_reg(a, b, 0.95) };
        Self { assumed, hits, decided, mean, interval }
    }

    /// What to assume from now on, to the whole percent; the present assumption while fewer than five deals are decided or as long
    /// as it lies within the interval.
    pub fn proposal(&self) -> Share {
        let keep = self.decided < 5 || (self.interval.low <= self.assumed && self.assumed <= self.interval.high);
        let share = if keep { self.assumed } else { (self.mean * 100.0).round() / 100.0 };
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of 1 in basis points")]
        let points = (share * 10_000.0).round() as u16;
        Share::from_basis_points(points).unwrap_or(Share::ONE)
    }
}

/// Assumed days, and what the deals say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DaysCheck {
    /// What the model expects.
    pub assumed: u16,
    /// Kaplan–Meier median of the stay; `None` when too many are open to tell.
    pub median: Option<u32>,
    /// A quarter have left by then.
    pub lower: Option<u32>,
    /// Three quarters have left by then.
    pub upper: Option<u32>,
    /// Deals for which it is decided.
    pub decided: usize,
}

impl DaysCheck {
    /// What to expect from now on, at least 1: the median; the present expectation while fewer than five deals are decided or as long
    /// as it lies within the middle half.
    pub fn proposal(&self) -> u16 {
        let within =
            self.lower.zip(self.upper).is_some_and(|(lower, upper)| (lower..=upper).contains(&u32::from(self.assumed)));
        match self.median {
            Some(median) if self.decided >= 5 && !within => u16::try_from(median.max(1)).unwrap_or(u16::MAX),
            _ => self.assumed,
        }
    }
}

/// One stage: what is assumed and what happened.
#[derive(Clone, Debug, PartialEq)]
pub struct StageCheck {
    /// The stage.
    pub stage: StageId,
    /// Won ÷ (won + lost), of the deals that entered the stage in the period. One that sleeps past its day of waking is lost, one that
    /// moved to another model is undecided, as in [`conversion`](super::conversion()).
    pub probability: ShareCheck,
    /// Passed ÷ (passed + lost), of the same deals.
    pub promotion: ShareCheck,
    /// Days in the stage.
    pub days: DaysCheck,
    /// The deals that entered.
    pub deals: Vec<Row>,
}

impl StageCheck {
    /// Whether anything is proposed that is not assumed already.
    pub fn proposes(&self, model: &FunnelModel) -> bool {
        model.stage(self.stage).is_some_and(|stage| {
            stage.probability != self.probability.proposal()
                || stage.promotion_rate != self.promotion.proposal()
                || stage.expected_days != self.days.proposal()
        })
    }
}

/// Every stage of `model` against the deals that entered it in the period of the view; `None` when the view does not show it.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, calibration::calibration};
/// let workspace = six_deals();
/// let model = workspace.models.iter().next().unwrap();
/// let frame = Frame::new(&workspace);
/// let all = Filter::default();
/// let checks = calibration(&frame.view(day(2026, 3, 31), &all), model).unwrap();
/// // Of five that entered Lead four passed and none was lost; one is won and one lost in the end.
/// assert_eq!((checks[0].promotion.hits, checks[0].promotion.decided), (4, 4));
/// assert_eq!((checks[0].probability.hits, checks[0].probability.decided), (1, 2));
/// // Four and two are too few to propose anything.
/// assert!(checks.iter().all(|check| !check.proposes(model)));
/// ```
pub fn calibration(view: &View, model: &FunnelModel) -> Option<Vec<StageCheck>> {
    let figures = conversion(view).into_iter().find(|figures| figures.model == model.id)?;
    let is_model = |number: usize| view.frame.models.get(number).is_some_and(|column| column.id == model.id);
    let check = |(stage, seen): (&crate::model::Stage, StageConversion)| {
        let cohort = &seen.cohort;
        let deals: Vec<Row> = cohort.deals().copied().collect();
        let here = |row: &Row| view.state(*row).filter(|state| state.stage.is_some_and(|stage| is_model(stage.model)));
        let ends: Vec<Status> = deals.iter().filter_map(here).map(|state| state.status).collect();
        let won = ends.iter().filter(|status| matches!(status, Status::Won(_))).count();
        let lost = ends.iter().filter(|status| view.ending(**status).0 == Fate::Lost).count();
        let durations = cohort.durations();
        StageCheck {
            stage: stage.id,
            probability: ShareCheck::new(stage.probability.as_f64(), won, won + lost),
            promotion: ShareCheck::new(stage.promotion_rate.as_f64(), cohort.passed.len(), cohort.decided()),
            days: DaysCheck {
                assumed: stage.expected_days,
                median: durations.median,
                lower: durations.lower_quartile,
                upper: durations.upper_quartile,
                decided: cohort.decided(),
            },
            deals,
        }
    };
    Some(model.stages.iter().zip(figures.stages).map(check).collect())
}
