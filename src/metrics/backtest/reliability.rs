//! Whether deals were won as often as was said.

use std::collections::BTreeSet;

use super::{Claim, Past, fate};
use crate::{
    metrics::{Filter, Frame, Interval, LeftOut, Rate, Reason, Row, cohort::Fate, survival::count},
    model::{Date, ModelId, StageId},
};

/// How many ranges of chances there are, each as wide as the others.
const BINS: usize = 10;

/// Decided deals with what was said of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// The mean of the chances that were given, a share of 1.
    pub said: f64,
    /// How many were won.
    pub won: Rate,
    /// The different deals behind the claims, in the order of their rows.
    pub deals: Vec<Row>,
}

/// Which way a forecast leans.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Leaning {
    /// It says more than comes.
    High,
    /// It says less than comes.
    Low,
    /// What was said lies within the interval of what came: no difference can be told.
    Neither,
    /// Fewer than five deals are decided.
    TooFew,
}

impl Group {
    /// The claims with their outcomes as one; `None` without any.
    pub(super) fn of<'a>(claims: impl IntoIterator<Item = (Row, f64, &'a Fate)>) -> Option<Self> {
        let (mut deals, mut sum, mut hits) = (Vec::new(), 0.0, 0);
        for (row, chance, fate) in claims {
            deals.push(row);
            sum += chance;
            hits += usize::from(*fate == Fate::Passed);
        }
        let won = Rate::new(hits, deals.len())?;
        deals.sort_unstable();
        deals.dedup();
        Some(Self { said: sum / count(won.of()), won, deals })
    }

    /// What was said less what came: above 0, it was too much.
    pub fn gap(&self) -> f64 {
        self.said - self.won.value()
    }

    /// The 90 % interval of the gap: what was said is known, the share won has its [Jeffreys interval](Rate::interval). Where the
    /// chances differ much from one another, it is a little too wide.
    pub fn interval(&self) -> Interval {
        let won = self.won.interval();
        Interval { low: self.said - won.high, high: self.said - won.low }
    }

    /// Which way it leans.
    pub fn leaning(&self) -> Leaning {
        let Interval { low, high } = self.interval();
        match () {
            () if self.won.of() < 5 => Leaning::TooFew,
            () if low > 0.0 => Leaning::High,
            () if high < 0.0 => Leaning::Low,
            () => Leaning::Neither,
        }
    }
}

/// The claims whose chance lies in a range.
#[derive(Clone, Debug, PartialEq)]
pub struct Bin {
    /// The range, as shares of 1: from this chance on, and below that one; the last range holds 1 too.
    pub chances: (f64, f64),
    /// The claims.
    pub group: Group,
}

/// The claims of deals in a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageRecord {
    /// The model.
    pub model: ModelId,
    /// The stage, in the form of the model that held on the day of the claim.
    pub stage: StageId,
    /// The claims.
    pub group: Group,
}

/// How far the chances were from what came, squared.
///
/// ```
/// use loudou::metrics::backtest::Brier;
/// // Given 50 % and won, given 25 % and not won.
/// let brier = Brier::new([(0.5, true), (0.25, false)]).unwrap();
/// assert_eq!(brier.score, (0.5_f64.powi(2) + 0.25_f64.powi(2)) / 2.0);
/// // Whoever had said 50 % of both would have come to 0.25.
/// assert_eq!((brier.base, brier.skill), (0.25, Some(0.375)));
/// assert_eq!(Brier::new([]), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Brier {
    /// The mean of (chance − outcome)², with 1 for won and 0 for lost: 0 is perfect, 1 always the opposite.
    pub score: f64,
    /// The score of saying of every deal the share that was won of all: rate × (1 − rate).
    pub base: f64,
    /// 1 − score ÷ base: above 0, the chances tell deals apart better than the one rate does. `None` when all were won or all lost.
    pub skill: Option<f64>,
}

impl Brier {
    /// The score of these chances with whether each came true; `None` without any.
    ///
    /// Source: Brier (1950), "Verification of forecasts expressed in terms of probability", in the form for two outcomes with one
    /// term per forecast.
    pub fn new(claims: impl IntoIterator<Item = (f64, bool)>) -> Option<Self> {
        let (mut squares, mut hits, mut of) = (0.0, 0, 0);
        for (chance, won) in claims {
            let miss = chance - f64::from(u8::from(won));
            squares += miss * miss;
            hits += usize::from(won);
            of += 1;
        }
        let rate = Rate::new(hits, of)?.value();
        let (score, base) = (squares / count(of), rate * (1.0 - rate));
        Some(Self { score, base, skill: (base > 0.0).then(|| 1.0 - score / base) })
    }
}

/// How well the chances held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Reliability {
    /// All claims together, and the deals behind them; `None` when none is decided.
    pub all: Option<Group>,
    /// Their score.
    pub brier: Option<Brier>,
    /// The claims by the chance they gave; a range without claims is missing.
    pub bins: Vec<Bin>,
    /// The claims by stage, in the order in which stages first occur; a stage without decided claims is missing.
    pub stages: Vec<StageRecord>,
    /// Deals that are [undecided](Reason::Undecided), once for each claim.
    pub left_out: LeftOut,
}

/// How well the chances of past forecasts held, by what had become of the deals by the end of `as_of`.
///
/// A deal speaks once for each stage, on the first of the days on which it was open there; `pasts` are in the order of their days.
/// A deal is won, or lost, or sleeps past its day of waking, which counts as lost; otherwise it is left out. Between the claim and
/// `as_of` it may have been lost and reopened: the last word counts.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, Reason, backtest::{Lookback, month_ends, reliability}, simulation::Basis};
/// let workspace = six_deals();
/// let (frame, today) = (Frame::new(&workspace), day(2026, 3, 31));
/// let mut lookback = Lookback::new(workspace);
/// let past = |end| lookback.past(end, &Filter::default(), Basis::Model, 1);
/// let pasts: Vec<_> = month_ends(today, 2).into_iter().map(past).collect();
/// let record = reliability(&frame, today, &pasts);
/// // Of the deals open in January, the one in Offer (50 %) was won, one in Talk (25 %) lost.
/// assert_eq!(record.brier.unwrap().score, 0.15625);
/// assert_eq!((record.bins[0].chances, record.bins[0].group.said), ((0.2, 0.3), 0.25));
/// assert_eq!(record.bins[1].group.won.value(), 1.0);
/// // Undecided: one in Talk, one in Lead and later in Talk, and since February one in Offer.
/// assert_eq!(record.left_out.of(Reason::Undecided).len(), 4);
/// ```
pub fn reliability(frame: &Frame, as_of: Date, pasts: &[Past]) -> Reliability {
    let all = Filter::default();
    let now = frame.view(as_of, &all);
    let mut left_out = LeftOut::default();
    let mut decided = Vec::new();
    for claim in first_in_each_stage(pasts) {
        match fate(&now, claim.row) {
            Fate::Open => left_out.add(Reason::Undecided, claim.row),
            fate => decided.push((claim, fate)),
        }
    }
    let group = |wanted: &dyn Fn(&Claim) -> bool| {
        let claims = decided.iter().filter(|(claim, _)| wanted(claim));
        Group::of(claims.map(|(claim, fate)| (claim.row, claim.chance, fate)))
    };
    let bin = |place: usize| {
        let chances = (count(place) / count(BINS), count(place + 1) / count(BINS));
        group(&|claim| range(claim.chance) == place).map(|group| Bin { chances, group })
    };
    let mut stages: Vec<(ModelId, StageId)> = Vec::new();
    for (claim, _) in &decided {
        if !stages.contains(&(claim.model, claim.stage)) {
            stages.push((claim.model, claim.stage));
        }
    }
    let record = |(model, stage)| {
        let group = group(&|claim| (claim.model, claim.stage) == (model, stage))?;
        Some(StageRecord { model, stage, group })
    };
    Reliability {
        all: group(&|_| true),
        brier: Brier::new(decided.iter().map(|(claim, fate)| (claim.chance, *fate == Fate::Passed))),
        bins: (0..BINS).filter_map(bin).collect(),
        stages: stages.into_iter().filter_map(record).collect(),
        left_out,
    }
}

/// The claims on the first day on which each deal was open in each stage.
fn first_in_each_stage(pasts: &[Past]) -> impl Iterator<Item = &Claim> {
    let mut seen = BTreeSet::new();
    pasts.iter().flat_map(|past| &past.claims).filter(move |claim| seen.insert((claim.row, claim.model, claim.stage)))
}

/// The place of the range in which a chance lies.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10; the cast saturates")]
fn range(chance: f64) -> usize {
    // A chance of whole percent is not always the double of its tenth.
    ((chance * count(BINS) + 1e-9) as usize).min(BINS - 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_holds_its_lower_end() {
        let places: Vec<_> = (0..=10_u8).map(|tenth| range(f64::from(tenth) / 10.0)).collect();
        assert_eq!(places, [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9]);
        assert_eq!((range(0.299), range(0.999)), (2, 9));
    }

    #[test]
    fn a_group_leans_only_when_it_can_be_told() {
        let frame = Frame::new(&crate::model::Workspace::new(
            1.into(),
            crate::model::Profile::named("Test", crate::model::Currency::CNY),
        ));
        assert_eq!(reliability(&frame, Date::default(), &[]), Reliability::default());
        let group = |said: f64, won: usize, of: usize| Group {
            said,
            won: Rate::new(won, of).unwrap_or_else(|| panic!("{won} of {of}")),
            deals: vec![],
        };
        assert_eq!(group(0.9, 0, 4).leaning(), Leaning::TooFew);
        assert_eq!(group(0.9, 2, 10).leaning(), Leaning::High);
        assert_eq!(group(0.1, 8, 10).leaning(), Leaning::Low);
        assert_eq!(group(0.5, 4, 10).leaning(), Leaning::Neither);
        let interval = group(0.5, 4, 10).interval();
        assert!(interval.low < 0.1 && 0.1 < interval.high);
    }
}
