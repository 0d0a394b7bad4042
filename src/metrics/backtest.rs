//! What the forecast of past days said, against what came (method §6, track record).
//!
//! A [`Lookback`] says of each past month-end what the forecast of that day said: a [`Past`], made from the models and the histories
//! as they were at the end of that day. Nothing that happened later is in it; what has no history (customer, product lines, source,
//! team) is as it is today, as in every view of the past. An event counts from the day it happened on, also when somebody wrote it
//! down later. What came of it is judged three ways:
//!
//! | judge | asks |
//! |---|---|
//! | [`reliability`] | of the deals that were given 70 %, how many were won? |
//! | [`Window`], [`Grade`] | did the money that came lie where the draws said it would? |
//! | [`optimism`] | who says more than comes, and who less? |
//!
//! **Deals are not counted over and over.** A deal that stays open is in the forecast of every month-end, always with the same
//! outcome: counting it each time would make a few slow deals look like many. So in [`reliability`] a deal speaks once for each stage,
//! on the first month-end on which it stood there, and in [`optimism`] once for each owner. A deal that was seen in two stages still
//! speaks twice with one outcome, so a Brier score rests on fewer deals than claims; both numbers are given.
//!
//! **Deals not decided yet are left out**, with [`Reason::Undecided`](super::Reason::Undecided): neither right nor wrong. Where losing is quicker
//! than winning, the latest month-ends read too low for it: most of what is decided of them is lost. Look at how many are left out.

mod money;
mod optimism;
mod reliability;

pub use self::{
    money::{Grade, MoneyRecord, Window, crps, grade, pit},
    optimism::{Optimism, optimism},
    reliability::{Bin, Brier, Group, Leaning, Reliability, StageRecord, reliability},
};

use super::{
    Filter, Frame, Month, Row, View,
    cohort::Fate,
    simulation::{Basis, Outlook, Prospects, horizon_end},
    timeline::value_on,
    view::Status,
};
use crate::model::{Date, FunnelModel, ModelId, Money, PersonId, StageId, Table, Workspace};

/// The last `most` month-ends before `as_of`, oldest first.
///
/// ```
/// use loudou::{metrics::backtest::month_ends, model::Date};
/// let day = |text: &str| text.parse::<Date>().unwrap();
/// assert_eq!(month_ends(day("2026-03-31"), 2), [day("2026-01-31"), day("2026-02-28")]);
/// ```
pub fn month_ends(as_of: Date, most: usize) -> Vec<Date> {
    let before = |day: Date| Month::of(day).first_day().and_then(|first| first.pred_opt());
    let mut ends: Vec<Date> = std::iter::successors(before(as_of), |end| before(*end)).take(most).collect();
    ends.reverse();
    ends
}

/// The end of the `months` months after a month-end.
pub fn window_end(day: Date, months: u32) -> Date {
    // The month that ends with the day is the first one of its horizon.
    horizon_end(day, months + 1)
}

/// What a forecast said of one open deal.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim {
    /// The deal.
    pub row: Row,
    /// The day of the forecast.
    pub day: Date,
    /// The model it ran through.
    pub model: ModelId,
    /// The stage it stood in.
    pub stage: StageId,
    /// Who owned it.
    pub owner: Option<PersonId>,
    /// The chance by the basis of the forecast, a share of 1.
    pub chance: f64,
    /// The chance by its owner: the seller's own probability, or else that of the stage they had put it in.
    pub own: f64,
    /// When it was expected to close.
    pub close: Option<Date>,
    /// What it was to bring; the forecast of money knows only deals with an amount.
    pub amount: Option<Money>,
}

/// What the forecast of a past day said.
#[derive(Clone, Debug, PartialEq)]
pub struct Past {
    /// The day, a month-end.
    pub day: Date,
    /// What it said of every open deal in a stage of its model.
    pub claims: Vec<Claim>,
    /// What its draws need, for [`grade`].
    pub prospects: Prospects,
}

impl Past {
    /// What the forecast of `day`, a month-end, said of the next `months` months. `frame` and `models` are those
    /// [counted on](Workspace::as_counted_on) that day; the period of `filter`, if there is one, ends by that day.
    pub fn of(frame: &Frame, models: &[&FunnelModel], day: Date, filter: &Filter, basis: Basis, months: u32) -> Self {
        let view = frame.view(day, filter);
        let outlook = Outlook::new(&view, models, basis, months + 1);
        let claim = |deal: &super::simulation::Prospect| {
            let then = view.state(deal.row)?;
            let stage = then.stage?;
            Some(Claim {
                row: deal.row,
                day,
                model: frame.models.get(stage.model)?.id,
                stage: stage.id,
                owner: value_on(frame.owners(deal.row), day).flatten(),
                chance: outlook.chance(deal),
                own: then.chance(stage).as_f64(),
                close: then.close,
                amount: then.amount,
            })
        };
        Self { day, claims: outlook.deals.iter().filter_map(claim).collect(), prospects: outlook.prospects() }
    }
}

/// Looks back on a workspace, one past day after the other. The columns of a form of the models are built once, so days in order are
/// cheap. Its rows are those of every frame of the same workspace: rows follow the ids of the deals.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, backtest::Lookback, simulation::Basis};
/// let mut lookback = Lookback::new(six_deals());
/// let january = lookback.past(day(2026, 1, 31), &Filter::default(), Basis::Model, 1);
/// // Open on 31 January: one in Offer, two in Talk, one in Lead.
/// let chances: Vec<_> = january.claims.iter().map(|claim| claim.chance).collect();
/// assert_eq!(chances, [0.5, 0.25, 0.1, 0.25]);
/// // The seller's 80 % came with a deal of February.
/// let february = lookback.past(day(2026, 2, 28), &Filter::default(), Basis::Own, 1);
/// assert!(february.claims.iter().any(|claim| claim.chance == 0.8));
/// ```
#[derive(Clone, Debug)]
pub struct Lookback {
    workspace: Workspace,
    form: Option<(Table<FunnelModel>, Frame)>,
}

impl Lookback {
    /// Looks back on this workspace, as it is today.
    pub fn new(workspace: Workspace) -> Self {
        Self { workspace, form: None }
    }

    /// What the forecast of `day`, a month-end, said of the next `months` months; see [`Past::of`].
    pub fn past(&mut self, day: Date, filter: &Filter, basis: Basis, months: u32) -> Past {
        let then = self.workspace.as_counted_on(day);
        let (models, frame) = match self.form.take() {
            Some(form) if form.0 == then.models => form,
            _ => (then.models.clone(), Frame::new(&then)),
        };
        let known: Vec<&FunnelModel> = models.iter().map(AsRef::as_ref).collect();
        let past = Past::of(&frame, &known, day, filter, basis, months);
        self.form = Some((models, frame));
        past
    }
}

/// What has become of a deal by the day of a view of all deals: a sleeping one is lost once its day of waking has passed.
fn fate(now: &View, row: Row) -> Fate {
    match now.state(row).map(|state| state.status) {
        Some(Status::Won(_)) => Fate::Passed,
        Some(status) => now.ending(status).0,
        None => Fate::Open,
    }
}
