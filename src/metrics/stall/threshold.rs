//! From when on a deal stands in its stage for too long: as the model assumes, or as the deals that won show.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use super::Limits;
use crate::model::{
    Date, Deal, DealId, EventKind, FunnelModel, ModelId, Stage, StageId, Stalling, Status, Table, Workspace, Zone,
};

/// How many deals that won must have stood in a stage before they set its threshold. Of fewer, the slowest tenth would be one deal.
pub const FEWEST_WON: usize = 20;

/// Where the threshold of the age in a stage comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// The days that the model expects, as was asked for.
    Model,
    /// The deals that won, as was asked for.
    Won,
    /// The days that the model expects, because fewer than [`FEWEST_WON`] deals that won have stood there.
    TooFew,
}

/// From when on a deal stands in a stage for too long.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Threshold {
    /// The zone of the stage.
    pub zone: Zone,
    /// The days that the model expects.
    pub expected: u16,
    /// From when on that is long.
    pub limits: Limits,
    /// Where the limits come from.
    pub origin: Origin,
    /// The deals that won after standing there for a known time, in the order of their ids; empty when they were not asked for.
    pub won: Vec<DealId>,
    /// Those that won and stood there, nobody knows how long.
    pub undated: Vec<DealId>,
}

impl Threshold {
    fn of_model(stage: &Stage) -> Self {
        Self {
            zone: stage.zone(),
            expected: stage.expected_days,
            limits: Limits::of_model(stage.expected_days),
            origin: Origin::Model,
            won: Vec::new(),
            undated: Vec::new(),
        }
    }

    /// Takes the limits of the deals that won, if they are enough: three of four had gone on by the day from which a stay is watched,
    /// nine of ten by the day from which it is ill. A stage takes a day at least.
    fn of_won(self, stays: &BTreeMap<DealId, Option<u32>>) -> Self {
        let mut days: Vec<u32> = stays.values().copied().flatten().collect();
        let (mut won, mut undated) = (Vec::new(), Vec::new());
        for (deal, days) in stays {
            if days.is_some() { &mut won } else { &mut undated }.push(*deal);
        }
        days.sort_unstable();
        // The smallest stay that so many of a hundred do not exceed.
        let not_exceeded_by = |percent: usize| days.get((days.len() * percent).div_ceil(100).saturating_sub(1));
        match (not_exceeded_by(75), not_exceeded_by(90)) {
            (Some(watch), Some(ill)) if days.len() >= FEWEST_WON => {
                let limits = Limits { watch: (*watch).max(1), ill: (*ill).max(1) };
                Self { limits, origin: Origin::Won, won, undated, ..self }
            }
            _ => Self { origin: Origin::TooFew, won, undated, ..self },
        }
    }
}

/// What thresholds rest on: the models, and the deals that won where these are asked for. Comparing two is a pointer for each, so that
/// thresholds need not be worked out again when something else changed.
#[derive(Clone, Debug)]
pub struct Grounds {
    models: Table<FunnelModel>,
    won: Vec<Arc<Deal>>,
    day: Date,
    stalling: Stalling,
}

impl PartialEq for Grounds {
    fn eq(&self, other: &Self) -> bool {
        self.models.same(&other.models)
            && (self.day, self.stalling) == (other.day, other.stalling)
            && self.won.len() == other.won.len()
            && self.won.iter().zip(&other.won).all(|(one, other)| Arc::ptr_eq(one, other))
    }
}

impl Grounds {
    /// What thresholds rest on at the end of `day`.
    pub fn of(workspace: &Workspace, day: Date, stalling: Stalling) -> Self {
        let is_won = |deal: &&Arc<Deal>| {
            deal.standing_on(day).is_some_and(|standing| matches!(standing.status, Status::Won { .. }))
        };
        let won = match stalling {
            Stalling::Model => Vec::new(),
            Stalling::Won => workspace.deals.iter().filter(is_won).cloned().collect(),
        };
        Self { models: workspace.models.clone(), won, day, stalling }
    }
}

/// The thresholds of every stage of every model on a day.
///
/// Against the deals that won it is asked whether any of them ever stood still for so long: a deal counts in each stage once, with its
/// longest stay there, from one move to the next. A stay that a revision of the model fell into, or that has an undated end, has no
/// known length. Stages that left count as the ones they went into. All deals won by the day count, however long ago: a threshold is
/// to be steady.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Thresholds(HashMap<(ModelId, StageId), Threshold>);

impl Thresholds {
    /// The thresholds that rest on these.
    pub fn of(grounds: &Grounds) -> Self {
        let mut stays = Stays::new();
        for deal in &grounds.won {
            each_stay(&grounds.models, deal, grounds.day, |place, days| {
                let longest = stays.entry(place).or_default().entry(deal.id).or_default();
                *longest = days.max(*longest);
            });
        }
        let mut thresholds = HashMap::new();
        for model in grounds.models.iter() {
            for stage in &model.stages {
                let place = (model.id, stage.id);
                let of_model = Threshold::of_model(stage);
                let threshold = match grounds.stalling {
                    Stalling::Model => of_model,
                    Stalling::Won => of_model.of_won(&stays.remove(&place).unwrap_or_default()),
                };
                thresholds.insert(place, threshold);
            }
        }
        Self(thresholds)
    }

    /// The threshold of the age in a stage; `None` for a stage that the model does not have.
    pub fn get(&self, model: ModelId, stage: StageId) -> Option<&Threshold> {
        self.0.get(&(model, stage))
    }
}

/// The longest stay of each deal that won in each stage.
type Stays = HashMap<(ModelId, StageId), BTreeMap<DealId, Option<u32>>>;

/// Gives every stay of a deal with its days, as far as they are known.
fn each_stay(
    models: &Table<FunnelModel>,
    deal: &Deal,
    day: Date,
    mut take: impl FnMut((ModelId, StageId), Option<u32>),
) {
    let mut model: Option<&FunnelModel> = None;
    // Where it stands and since when; that of a stay which a revision fell into is nobody's.
    let mut stay: Option<((ModelId, StageId), Option<Date>)> = None;
    for event in deal.history().iter().take_while(|event| event.on <= Some(day)) {
        let stage = match &event.kind {
            EventKind::Created { model: into, stage, .. } | EventKind::Transferred { model: into, stage } => {
                model = models.get(*into).map(AsRef::as_ref);
                Some(*stage)
            }
            EventKind::Entered { stage, .. } | EventKind::Reopened { stage } => Some(*stage),
            EventKind::Restaged { stage } => {
                // It stands elsewhere now, and nobody can say how long in either.
                if let Some((place, _)) = stay.take() {
                    take(place, None);
                }
                stay = place(model, *stage).map(|place| (place, None));
                continue;
            }
            EventKind::Won { .. } | EventKind::Lost { .. } | EventKind::Dormant { .. } => None,
            _ => continue,
        };
        if let Some((place, since)) = stay.take() {
            let days = since.zip(event.on).map(|(since, on)| (on - since).num_days());
            take(place, days.and_then(|days| u32::try_from(days).ok()));
        }
        stay = stage.and_then(|stage| place(model, stage)).map(|place| (place, event.on));
    }
}

/// A stage as the model has it now.
fn place(model: Option<&FunnelModel>, stage: StageId) -> Option<(ModelId, StageId)> {
    let model = model?;
    Some((model.id, model.reads_as(stage)?))
}
