//! How often a gate was passed without being met (method §4, gate-skip rate).

use std::{collections::BTreeMap, sync::Arc};

use super::{Rate, Row, View};
use crate::model::{Date, DealId, EventKind, FunnelModel, Gate, StageId, Workspace};

/// The passages through the gate of one stage.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GateSkips {
    /// Passages with everything that the gate asks for.
    pub met: Vec<DealId>,
    /// Passages that somebody let through with a written reason.
    pub overridden: Vec<DealId>,
    /// Passages that nobody could check, such as imported moves. They are in no rate.
    pub unchecked: Vec<DealId>,
}

impl GateSkips {
    /// Passages with a written reason ÷ passages that were checked; `None` when none was.
    pub fn rate(&self) -> Option<Rate> {
        Rate::new(self.overridden.len(), self.met.len() + self.overridden.len())
    }

    fn add(&mut self, gate: &Gate, deal: DealId) {
        match gate {
            Gate::Met => self.met.push(deal),
            Gate::Overridden { .. } => self.overridden.push(deal),
            Gate::Unchecked => self.unchecked.push(deal),
        }
    }

    /// The passages of several gates together, in the order of the deals.
    pub fn together<'a>(gates: impl IntoIterator<Item = &'a Self>) -> Self {
        let mut all = gates.into_iter().fold(Self::default(), |mut all, gate| {
            all.met.extend(&gate.met);
            all.overridden.extend(&gate.overridden);
            all.unchecked.extend(&gate.unchecked);
            all
        });
        for deals in [&mut all.met, &mut all.overridden, &mut all.unchecked] {
            deals.sort_unstable();
        }
        all
    }
}

/// The passages forward out of each stage, and out of the funnel by a signature, by the stage that was left: those of the deals of
/// the view, up to its day and within its period. A deal that passes a gate twice, after a fallback, counts twice. Stages whose gate
/// nobody passed are left out. A stage that left its model counts as the one it went into, so what lay between the two is no passage;
/// nor is it one when a revision of the model put the deal elsewhere.
///
/// `workspace` is the one that the frame of the view was made of.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, GateSkips, gate_skips};
/// let workspace = six_deals();
/// let (frame, everything) = (Frame::new(&workspace), Filter::default());
/// let by_stage = gate_skips(&workspace, &frame.view(day(2026, 3, 31), &everything));
/// let all = GateSkips::together(by_stage.values());
/// // Nobody had to write a reason.
/// assert_eq!(all.overridden, []);
/// assert_eq!(all.rate().map_or(0.0, |rate| rate.value()), 0.0);
/// ```
pub fn gate_skips(workspace: &Workspace, view: &View) -> BTreeMap<StageId, GateSkips> {
    let mut by_stage = BTreeMap::<StageId, GateSkips>::new();
    each_passage(workspace, view, |passage| {
        by_stage.entry(passage.left).or_default().add(passage.gate, passage.deal);
    });
    by_stage
}

/// A passage forward through a gate.
pub(super) struct GatePassage<'a> {
    pub(super) row: Row,
    pub(super) deal: DealId,
    /// The stage whose gate it was.
    pub(super) left: StageId,
    pub(super) gate: &'a Gate,
    pub(super) on: Option<Date>,
}

/// Gives every passage that [`gate_skips`] counts to `take`.
pub(super) fn each_passage(workspace: &Workspace, view: &View, mut take: impl FnMut(GatePassage)) {
    let deals = view.rows().filter_map(|row| Some((row, view.frame.record(row)?)));
    for (row, deal) in deals {
        let mut model: Option<&Arc<FunnelModel>> = None;
        let mut from = None;
        let reads = |model: Option<&Arc<FunnelModel>>, stage| model.and_then(|model| model.reads_as(stage));
        for event in deal.history().iter().take_while(|event| event.on <= Some(view.as_of())) {
            let passed = match &event.kind {
                EventKind::Created { model: entered, stage, .. } | EventKind::Transferred { model: entered, stage } => {
                    model = workspace.models.get(*entered);
                    from = reads(model, *stage);
                    None
                }
                EventKind::Reopened { stage } | EventKind::Restaged { stage } => {
                    from = reads(model, *stage);
                    None
                }
                EventKind::Entered { stage, gate } => {
                    let position = |stage: Option<StageId>| model.and_then(|model| model.position(stage?));
                    let to = reads(model, *stage);
                    let left = std::mem::replace(&mut from, to);
                    let forward = position(left).zip(position(to)).is_some_and(|(here, to)| here < to);
                    left.filter(|_| forward).map(|left| (left, gate))
                }
                EventKind::Won { gate } => from.map(|left| (left, gate)),
                _ => None,
            };
            let shown = model.is_some_and(|model| view.filter.model.is_none_or(|wanted| wanted == model.id));
            if let Some((left, gate)) = passed
                && shown
                && view.in_period(event.on).is_ok()
            {
                take(GatePassage { row, deal: deal.id, left, gate, on: event.on });
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::content::Language,
        metrics::{Filter, Frame, Period},
        model::{Command, Date, Stamp, Status, apply},
        training::demo,
    };

    fn today() -> Date {
        Date::from_ymd_opt(2026, 11, 23).unwrap()
    }

    fn overridden(workspace: &Workspace, filter: &Filter, as_of: Date) -> GateSkips {
        let frame = Frame::new(workspace);
        GateSkips::together(gate_skips(workspace, &frame.view(as_of, filter)).values())
    }

    /// Every move forward is counted once, and nothing else.
    #[test]
    fn passages_are_as_many_as_moves_forward_and_wins() {
        let company = demo::company(Language::English, today(), 7);
        let all = overridden(&company, &Filter::default(), today());
        let wins = company.deals.iter().filter(|deal| matches!(deal.standing().status, Status::Won { .. })).count();
        assert!(all.met.len() + all.overridden.len() + all.unchecked.len() > wins);
        let written = company.deals.iter().flat_map(|deal| deal.history()).filter(|event| {
            matches!(
                &event.kind,
                EventKind::Entered { gate: Gate::Overridden { .. }, .. }
                    | EventKind::Won { gate: Gate::Overridden { .. } }
            )
        });
        assert_eq!(all.overridden.len(), written.count());
    }

    #[test]
    fn a_fallback_is_no_passage_and_a_reason_counts_on_its_day() {
        let company = demo::company(Language::English, today(), 7);
        let deal = company.deals.iter().find(|deal| {
            let place = company.stage_of(deal).and_then(|(model, stage)| model.position(stage.id));
            deal.standing().is_open() && place == Some(1)
        });
        let deal = deal.unwrap();
        let (model, stage) = company.stage_of(deal).unwrap();
        let (back, here) = (model.previous(stage.id).unwrap().id, stage.id);
        let day = |days: i64| today() + chrono::TimeDelta::days(days);
        let moved = |workspace: &Workspace, to, days: i64| {
            let command =
                Command::MoveDeal { id: deal.id, to, override_reason: Some("The manager said so".to_owned()) };
            let at = "2026-11-23T00:00:00Z".parse().unwrap();
            let stamp = Stamp { on: day(days), at, by: None, seed: ulid::Ulid(u128::from(days.unsigned_abs())) };
            workspace.with(&apply(workspace, command, stamp).unwrap())
        };
        let before = overridden(&company, &Filter::default(), day(9));
        let fallen = moved(&company, back, 1);
        assert_eq!(overridden(&fallen, &Filter::default(), day(9)), before);
        let again = moved(&fallen, here, 5);
        let after = overridden(&again, &Filter::default(), day(9));
        let (checked, known) = (after.met.len() + after.overridden.len(), before.met.len() + before.overridden.len());
        assert_eq!(checked, known + 1);
        assert_eq!(overridden(&again, &Filter::default(), day(4)), before);
        let one_day = Filter { period: Some(Period { from: day(5), to: day(5) }), ..Filter::default() };
        let that_day = overridden(&again, &one_day, day(9));
        assert_eq!(that_day.met.len() + that_day.overridden.len(), 1);
    }
}
