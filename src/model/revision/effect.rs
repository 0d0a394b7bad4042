//! What a revision would do, before it is done.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use super::ModelDraft;
use crate::model::{
    Command, Deal, EventKind, FunnelModel, ModelId, RecordKind, Rejection, Share, StageId, Stamp, Workspace, apply,
};

/// What stands in a stage, or in all of a model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// Open deals.
    pub open: usize,
    /// Sleeping deals.
    pub dormant: usize,
    /// Σ amount × probability of the open deals, in minor units of the currency, rounded; `None` when there are open deals and
    /// nobody knows the amount of any.
    pub weighted: Option<i128>,
}

/// What becomes of a stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It stays.
    Stays,
    /// It is new.
    New,
    /// It was retired before and comes back: its history reads as its own again.
    Returns,
    /// It leaves and its history reads as this stage from then on.
    Into(StageId),
    /// It leaves without a trace but in the revisions: no deal ever stood in it.
    Goes,
}

/// What becomes of a stage and of what it holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageEffect {
    /// The stage.
    pub stage: StageId,
    /// Its name in the new form, or in the old one when it leaves.
    pub name: String,
    /// What becomes of it.
    pub fate: Fate,
    /// What stands in it now; `None` for one that the old form does not have.
    pub before: Option<Reading>,
    /// What stands in it then; `None` for one that the new form does not have.
    pub after: Option<Reading>,
    /// Where its open and sleeping deals go, with how many; those that stay are not in it.
    pub sent: Vec<(StageId, usize)>,
    /// Won and lost deals that closed in it: they keep their standing.
    pub closed: usize,
    /// Deals that stand in it or went through it.
    pub deals: usize,
}

/// Past moves between two stages that mean something else by the new form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Turned {
    /// The stage left.
    pub from: StageId,
    /// The stage entered.
    pub to: StageId,
    /// What they were: `Greater` forward, `Less` back, `Equal` no move, as both read as one stage.
    pub was: Ordering,
    /// What they will be.
    pub will_be: Ordering,
    /// How many.
    pub moves: usize,
}

/// What a revision would do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The stages of the new form in their order, then those that leave.
    pub stages: Vec<StageEffect>,
    /// The whole model now.
    pub before: Reading,
    /// The whole model then.
    pub after: Reading,
    /// Past moves that mean something else, in the order of the histories.
    pub turned: Vec<Turned>,
}

impl Effect {
    /// How many deals go to another stage.
    pub fn sent(&self) -> usize {
        self.stages.iter().flat_map(|stage| &stage.sent).map(|(_, deals)| deals).sum()
    }
}

/// What carrying out `draft` would do, found by doing it to a copy.
///
/// # Errors
/// The rule that refuses it.
pub fn effect(workspace: &Workspace, draft: &ModelDraft, stamp: Stamp) -> Result<Effect, Rejection> {
    let change = apply(workspace, Command::ReviseModel(Box::new(draft.clone())), stamp)?;
    let next = workspace.with(&change);
    let model = |workspace: &Workspace| workspace.models.get(draft.id).cloned();
    let (old, new) = model(workspace).zip(model(&next)).ok_or(Rejection::Unknown(RecordKind::Model))?;
    let (before, after) = (readings(workspace, &old), readings(&next, &new));
    let past = Past::of(workspace, &old);
    let sent = sent(workspace, &next, draft.id);
    let leaving = old.stages.iter().filter(|stage| new.stage(stage.id).is_none());
    let stages = new.stages.iter().chain(leaving).map(|stage| {
        let id = stage.id;
        let deals = past.deals.get(&id).map_or(0, BTreeSet::len);
        let fate = match (old.stage(id), new.stage(id)) {
            (Some(_), Some(_)) => Fate::Stays,
            (None, _) if old.gone().any(|retirement| retirement.stage == id) => Fate::Returns,
            (None, _) => Fate::New,
            (Some(_), None) => new.reads_as(id).map_or(Fate::Goes, Fate::Into),
        };
        let read = |model: &FunnelModel, readings: &BTreeMap<StageId, Reading>| {
            model.stage(id).map(|_| readings.get(&id).copied().unwrap_or_default())
        };
        StageEffect {
            stage: id,
            name: stage.name.clone(),
            fate,
            before: read(&old, &before.stages),
            after: read(&new, &after.stages),
            sent: sent.iter().filter(|((from, _), _)| *from == id).map(|((_, to), deals)| (*to, *deals)).collect(),
            closed: past.closed.get(&id).copied().unwrap_or_default(),
            deals,
        }
    });
    Ok(Effect { stages: stages.collect(), before: before.whole, after: after.whole, turned: turned(&past, &old, &new) })
}

struct Readings {
    stages: BTreeMap<StageId, Reading>,
    whole: Reading,
}

#[derive(Clone, Copy, Default)]
struct Tally {
    open: usize,
    dormant: usize,
    /// Open deals of known amount.
    known: usize,
    /// Σ amount × basis points.
    weighted: i128,
}

impl Tally {
    fn add(&mut self, deal: &Deal, chance: Share) {
        let standing = deal.standing();
        if !standing.is_open() {
            self.dormant += 1;
            return;
        }
        self.open += 1;
        if let Some(amount) = standing.amount {
            self.known += 1;
            self.weighted += i128::from(amount.minor()) * i128::from(chance.basis_points());
        }
    }

    fn reading(self) -> Reading {
        let whole = i128::from(Share::ONE.basis_points());
        let weighted = (self.weighted + (whole / 2) * self.weighted.signum()) / whole;
        Reading {
            open: self.open,
            dormant: self.dormant,
            weighted: (self.open == 0 || self.known > 0).then_some(weighted),
        }
    }
}

fn readings(workspace: &Workspace, model: &FunnelModel) -> Readings {
    let mut stages: BTreeMap<StageId, Tally> = model.stages.iter().map(|stage| (stage.id, Tally::default())).collect();
    let mut whole = Tally::default();
    for deal in workspace.deals.iter().filter(|deal| deal.standing().model == model.id) {
        let standing = deal.standing();
        let (Some(stage), false) = (model.stage(standing.stage), standing.is_closed()) else { continue };
        let chance = standing.probability.unwrap_or(stage.probability);
        whole.add(deal, chance);
        if let Some(tally) = stages.get_mut(&stage.id) {
            tally.add(deal, chance);
        }
    }
    Readings { stages: stages.into_iter().map(|(id, tally)| (id, tally.reading())).collect(), whole: whole.reading() }
}

/// Deals that stand elsewhere in the model afterwards, by where they stood and where they stand.
fn sent(before: &Workspace, after: &Workspace, model: ModelId) -> BTreeMap<(StageId, StageId), usize> {
    let mut sent = BTreeMap::new();
    for deal in before.deals.iter().filter(|deal| deal.standing().model == model) {
        let from = deal.standing().stage;
        if let Some(to) = after.deals.get(deal.id).map(|deal| deal.standing().stage).filter(|to| *to != from) {
            *sent.entry((from, to)).or_default() += 1;
        }
    }
    sent
}

/// What the histories say of a model.
struct Past {
    /// The deals that stood in each stage, by their place among the deals.
    deals: BTreeMap<StageId, BTreeSet<usize>>,
    /// How many deals closed in each stage.
    closed: BTreeMap<StageId, usize>,
    /// Moves from stage to stage, in the order of the histories.
    moves: Vec<(StageId, StageId)>,
}

impl Past {
    fn of(workspace: &Workspace, model: &FunnelModel) -> Self {
        let mut past = Self { deals: BTreeMap::new(), closed: BTreeMap::new(), moves: Vec::new() };
        for (number, deal) in workspace.deals.iter().enumerate() {
            let mut through = None;
            let mut here = None;
            for event in deal.history() {
                if let EventKind::Created { model, .. } | EventKind::Transferred { model, .. } = &event.kind {
                    (through, here) = (Some(*model), None);
                }
                let Some(stage) = event.kind.stage().filter(|_| through == Some(model.id)) else { continue };
                if let (EventKind::Entered { .. }, Some(from)) = (&event.kind, here) {
                    past.moves.push((from, stage));
                }
                here = Some(stage);
                past.deals.entry(stage).or_default().insert(number);
            }
            let standing = deal.standing();
            if standing.model == model.id && standing.is_closed() {
                *past.closed.entry(standing.stage).or_default() += 1;
            }
        }
        past
    }
}

fn turned(past: &Past, old: &FunnelModel, new: &FunnelModel) -> Vec<Turned> {
    let direction = |model: &FunnelModel, from, to| Some(model.place(to)?.cmp(&model.place(from)?));
    let mut turned: Vec<Turned> = Vec::new();
    for (from, to) in past.moves.iter().copied() {
        let Some((was, will_be)) = direction(old, from, to).zip(direction(new, from, to)) else { continue };
        if was == will_be {
            continue;
        }
        match turned.iter_mut().find(|turned| (turned.from, turned.to) == (from, to)) {
            Some(turned) => turned.moves += 1,
            None => turned.push(Turned { from, to, was, will_be, moves: 1 }),
        }
    }
    turned
}
