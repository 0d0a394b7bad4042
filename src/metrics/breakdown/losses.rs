//! Where deals are lost, why, and to whom (method §6: lost deals by stage × reason × competitor).

use std::collections::BTreeMap;

use super::value::{competitors, lost_reason};
use crate::{
    metrics::{Holding, LeftOut, Reason, View, frame::ModelColumn, holding::Tally, view::Status},
    model::{ModelId, Share, StageId},
};

/// The lost deals of one model by the stage they stood in and the reason that was given.
#[derive(Clone, Debug, PartialEq)]
pub struct Losses {
    /// The model.
    pub model: ModelId,
    /// Its stages, first to last.
    pub stages: Vec<StageId>,
    /// The deals lost in a stage, by its place from 0, for a reason; `""` when none was given. Where none was lost there is no cell.
    pub cells: BTreeMap<(usize, String), Holding>,
    /// All deals lost for a reason.
    pub by_reason: BTreeMap<String, Holding>,
    /// All deals lost in each stage.
    pub by_stage: Vec<Holding>,
    /// All of them.
    pub total: Holding,
    /// Who else bid for the deals lost in the period, with the number of deals; `""` where nobody is named. A deal counts for each
    /// that it names, and whichever competitor is asked for.
    pub competitors: BTreeMap<String, usize>,
    /// Lost deals outside the period or undated, and those in a stage the model does not have.
    pub left_out: LeftOut,
}

/// The deals lost in the period that still are, by stage and reason, one table for each model of the filter. With a `competitor` only
/// those that name it; `""` asks for those that name nobody.
///
/// Each deal stands in one cell, so the cells add up to the sums and to the total. Deals that sleep past their day of waking are
/// lost to [conversion](fn@crate::metrics::conversion) and not here: nobody gave a reason.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, losses};
/// // One deal was lost in Talk, the second stage, for its price.
/// let frame = Frame::new(&six_deals());
/// let all = Filter::default();
/// let table = losses(&frame.view(day(2026, 3, 31), &all), None).remove(0);
/// let cell = &table.cells[&(1, "price".to_owned())];
/// assert_eq!((cell.deals.len(), cell.amount), (1, 300_000));
/// assert_eq!((table.by_stage[1].amount, table.by_reason["price"].amount, table.total.amount), (300_000, 300_000, 300_000));
/// assert_eq!(table.competitors[""], 1);
/// ```
pub fn losses(view: &View, competitor: Option<&str>) -> Vec<Losses> {
    let of_model = |(number, model): (usize, &ModelColumn)| {
        let mut cells: BTreeMap<(usize, String), Tally> = BTreeMap::new();
        let mut by_reason: BTreeMap<String, Tally> = BTreeMap::new();
        let mut by_stage = vec![Tally::default(); model.stages.len()];
        let (mut total, mut left_out) = (Tally::default(), LeftOut::default());
        let mut names: BTreeMap<String, usize> = BTreeMap::new();
        for state in &view.states {
            let Status::Lost(on) = state.status else { continue };
            let Some(stage) = state.stage else {
                if state.facts.model == Some(number) {
                    left_out.add(Reason::UnknownStage, state.row);
                }
                continue;
            };
            if stage.model != number {
                continue;
            }
            if let Err(reason) = view.in_period(on) {
                left_out.add(reason, state.row);
                continue;
            }
            let rivals = competitors(view, state);
            let asked_for = competitor.is_none_or(|name| rivals.contains(name));
            for name in rivals {
                *names.entry(name).or_default() += 1;
            }
            if !asked_for {
                continue;
            }
            let reason = lost_reason(view, state).unwrap_or_default();
            cells.entry((stage.position, reason.clone())).or_default().add(state, Share::ZERO);
            by_reason.entry(reason).or_default().add(state, Share::ZERO);
            if let Some(sum) = by_stage.get_mut(stage.position) {
                sum.add(state, Share::ZERO);
            }
            total.add(state, Share::ZERO);
        }
        Losses {
            model: model.id,
            stages: view.frame.stages.iter().filter(|stage| stage.model == number).map(|stage| stage.id).collect(),
            cells: cells.into_iter().map(|(place, tally)| (place, tally.finish())).collect(),
            by_reason: by_reason.into_iter().map(|(reason, tally)| (reason, tally.finish())).collect(),
            by_stage: by_stage.into_iter().map(Tally::finish).collect(),
            total: total.finish(),
            competitors: names,
            left_out,
        }
    };
    view.models().map(of_model).collect()
}
