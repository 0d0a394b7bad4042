//! How many of those who entered a stage went on past it (method §6, conversion).

use super::{Cohort, Rate, Reason, View, passage::Leg};
use crate::model::{ModelId, StageId};

/// What became of the deals that entered a stage.
#[derive(Clone, Debug, PartialEq)]
pub struct StageConversion {
    /// The stage.
    pub stage: StageId,
    /// Days a healthy deal spends there, as the model assumes.
    pub expected_days: u16,
    /// Those who entered.
    pub cohort: Cohort,
}

/// Conversion in one model.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversion {
    /// The model.
    pub model: ModelId,
    /// Its stages, first to last, whatever their size.
    pub stages: Vec<StageConversion>,
    /// From the first stage to won, on the deals that entered the first stage; those that never did are left out.
    pub overall: Cohort,
}

impl Conversion {
    /// The product of the steps' conversion *so far*. It differs from [`overall`](Self::overall) when deals skip stages or enter
    /// midway: a skipped stage is not entered. `None` when a stage was never entered.
    pub fn product_so_far(&self) -> Option<f64> {
        product(self.stages.iter().map(|stage| stage.cohort.so_far()))
    }

    /// The product of the steps' conversion *of decided*; `None` when nothing is decided in a stage.
    pub fn product_of_decided(&self) -> Option<f64> {
        product(self.stages.iter().map(|stage| stage.cohort.of_decided()))
    }
}

fn product(mut rates: impl Iterator<Item = Option<Rate>>) -> Option<f64> {
    rates.try_fold(1.0, |product, rate| Some(product * rate?.value()))
}

/// Conversion, loss and durations of every stage, one for each model of the filter.
///
/// The cohort of a stage are the deals whose *first* entry to it lies in the period. A deal passed the stage when it first stood
/// in a later stage of the model or was won; it was lost there when, on the day of the view, it is lost or sleeps past its day of
/// waking without having passed. Otherwise it is open. So a skipped stage is not entered, a second visit does not count again,
/// a fallback does not undo a pass, and a loss that was reopened is none. A deal that moved to another model is open where it
/// stood and watched until that day.
///
/// Deals count, not money. Rates are shares of 1, durations whole days.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, conversion};
/// // Six deals: four passed Lead, one of these skipping Talk; one is still there; one began in Talk, nobody knows when.
/// let frame = Frame::new(&six_deals());
/// let everything = Filter::default();
/// let by_model = conversion(&frame.view(day(2026, 3, 31), &everything));
/// let [lead, talk, offer] = [0, 1, 2].map(|stage| &by_model[0].stages[stage].cohort);
/// assert_eq!((lead.passed.len(), lead.lost.len(), lead.open.len()), (4, 0, 1));
/// assert_eq!(lead.so_far().unwrap().value(), 0.8);
/// assert_eq!(lead.of_decided().unwrap().value(), 1.0);
/// assert_eq!((talk.entered(), talk.passed.len(), talk.lost.len()), (4, 1, 1));
/// assert_eq!((offer.entered(), offer.passed.len()), (2, 1));
/// // Of the five that began in Lead one is won and one lost.
/// let overall = &by_model[0].overall;
/// assert_eq!((overall.so_far().unwrap().value(), overall.of_decided().unwrap().value()), (0.2, 0.5));
/// assert_eq!(by_model[0].product_so_far(), Some(0.8 * 0.25 * 0.5));
/// ```
pub fn conversion(view: &View) -> Vec<Conversion> {
    let frame = view.frame;
    let mut stages = vec![Cohort::default(); frame.stages.len()];
    let mut wholes = vec![Cohort::default(); frame.models.len()];
    view.each_passages(|passages| {
        for passage in passages {
            let cohort = match passage.leg {
                Leg::Stage(stage) => stages.get_mut(stage),
                Leg::Whole => wholes.get_mut(passage.model),
            };
            if let Some(cohort) = cohort {
                match view.in_period(passage.entered) {
                    Ok(()) => cohort.add(passage),
                    Err(reason) => cohort.leave_out(reason, passage.row),
                }
            }
        }
        for (model, cohort) in wholes.iter_mut().enumerate() {
            let mut in_model = passages.iter().filter(|passage| passage.model == model).peekable();
            let Some(row) = in_model.peek().map(|passage| passage.row) else { continue };
            if in_model.all(|passage| passage.leg != Leg::Whole) {
                cohort.leave_out(Reason::EnteredMidway, row);
            }
        }
    });
    let shown = view.models().map(|(number, model)| {
        let overall = wholes.get_mut(number).map(std::mem::take).unwrap_or_default();
        let columns = frame.stages.iter().zip(&mut stages).filter(|(stage, _)| stage.model == number);
        let stages = columns.map(|(stage, cohort)| StageConversion {
            stage: stage.id,
            expected_days: stage.expected_days,
            cohort: std::mem::take(cohort),
        });
        Conversion { model: model.id, stages: stages.collect(), overall }
    });
    shown.collect()
}
