//! What stands in the funnel on one day (method §6, stock).

use super::{Holding, LeftOut, Rate, Reason, View, frame::ModelColumn, holding::Tally, view::Status};
use crate::model::{ModelId, Share, StageId};

/// The open deals of a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageStock {
    /// The stage.
    pub stage: StageId,
    /// The deals that stand there.
    pub open: Holding,
    /// The deals that fell asleep there; they are not in the stock.
    pub dormant: Holding,
}

/// The stock of one model.
#[derive(Clone, Debug, PartialEq)]
pub struct Stock {
    /// The model.
    pub model: ModelId,
    /// Its stages, first to last, whatever their size.
    pub stages: Vec<StageStock>,
    /// All open deals.
    pub open: Holding,
    /// All sleeping deals.
    pub dormant: Holding,
    /// Deals won in the period that still are; weighted at 100 %.
    pub won: Holding,
    /// Deals lost in the period that still are; weighted at 0 %.
    pub lost: Holding,
    /// Deals in a stage the model does not have ([`Reason::UnknownStage`]), and closed ones outside the period or, when there is
    /// one, undated.
    pub left_out: LeftOut,
}

impl Stock {
    /// Won ÷ (won + lost) of the deals closed in the period; `None` when none was.
    pub fn win_rate(&self) -> Option<Rate> {
        let won = self.won.deals.len();
        Rate::new(won, won + self.lost.deals.len())
    }
}

/// Deals, customers, units, amount and weighted amount per stage, one stock for each model of the filter, with what was won and
/// lost in the period.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, Reason, stock};
/// let frame = Frame::new(&six_deals());
/// let everything = Filter::default();
/// let by_model = stock(&frame.view(day(2026, 3, 31), &everything));
/// let [lead, talk, offer] = [0, 1, 2].map(|stage| &by_model[0].stages[stage].open);
/// // In Talk stand 2,000.00 and 500.00, at 25 %; in Offer 4,000.00, which its seller sees at 80 %.
/// assert_eq!((talk.deals.len(), talk.amount, talk.weighted), (2, 250_000, 62_500.0));
/// assert_eq!((offer.deals.len(), offer.amount, offer.weighted), (1, 400_000, 320_000.0));
/// // In Lead stands one deal of which nobody knows the amount: that is not a deal of 0.
/// assert_eq!((lead.deals.len(), lead.left_out.of(Reason::NoAmount).len()), (1, 1));
/// assert_eq!((by_model[0].won.amount, by_model[0].won.weighted), (100_000, 100_000.0));
/// assert_eq!((by_model[0].lost.deals.len(), by_model[0].lost.weighted), (1, 0.0));
/// ```
pub fn stock(view: &View) -> Vec<Stock> {
    view.models().map(|(number, model)| of_model(view, number, model)).collect()
}

fn of_model(view: &View, number: usize, model: &ModelColumn) -> Stock {
    let mut stages = vec![<[Tally; 2]>::default(); model.stages.len()];
    let [mut all_open, mut all_dormant, mut won, mut lost] = <[Tally; 4]>::default();
    let mut left_out = LeftOut::default();
    for state in &view.states {
        let Some(stage) = state.stage else {
            if state.facts.model == Some(number) {
                left_out.add(Reason::UnknownStage, state.row);
            }
            continue;
        };
        let Some([open, dormant]) = (stage.model == number).then(|| stages.get_mut(stage.position)).flatten() else {
            continue;
        };
        match state.status {
            Status::Open => {
                open.add(state, state.chance(stage));
                all_open.add(state, state.chance(stage));
            }
            Status::Dormant(_) => {
                dormant.add(state, Share::ZERO);
                all_dormant.add(state, Share::ZERO);
            }
            Status::Won(on) | Status::Lost(on) => match (view.in_period(on), state.status) {
                (Err(reason), _) => left_out.add(reason, state.row),
                (Ok(()), Status::Won(_)) => won.add(state, Share::ONE),
                (Ok(()), _) => lost.add(state, Share::ZERO),
            },
        }
    }
    let columns = view.frame.stages.iter().filter(|stage| stage.model == number).zip(stages);
    let stages = columns.map(|(stage, [open, dormant])| StageStock {
        stage: stage.id,
        open: open.finish(),
        dormant: dormant.finish(),
    });
    Stock {
        model: model.id,
        stages: stages.collect(),
        open: all_open.finish(),
        dormant: all_dormant.finish(),
        won: won.finish(),
        lost: lost.finish(),
        left_out,
    }
}
