//! From when on a deal stands in its stage for too long: as the model assumes, or as the deals that won show.

use std::collections::{BTreeMap, HashMap};

use super::Limits;
use crate::model::{
    Date, Deal, DealId, EventKind, FunnelModel, ModelId, Stage, StageId, Stalling, Status, Workspace, Zone,
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

/// The thresholds of every stage of every model on a day.
///
/// Against the deals that won it is asked whether any of them ever stood still for so long: a deal counts in each stage once, with its
/// longest stay there, from one move to the next. A stay that a revision of the model fell into, or that has an undated end, has no
/// known length. Stages that left count as the ones they went into. All deals won by the day count, however long ago: a threshold is
/// to be steady.
pub(super) fn of_all(workspace: &Workspace, day: Date, stalling: Stalling) -> HashMap<(ModelId, StageId), Threshold> {
    let mut stays = match stalling {
        Stalling::Model => HashMap::new(),
        Stalling::Won => stays_of_won(workspace, day),
    };
    let mut thresholds = HashMap::new();
    for model in workspace.models.iter() {
        for stage in &model.stages {
            let place = (model.id, stage.id);
            let of_model = Threshold::of_model(stage);
            let threshold = match stalling {
                Stalling::Model => of_model,
                Stalling::Won => of_model.of_won(&stays.remove(&place).unwrap_or_default()),
            };
            thresholds.insert(place, threshold);
        }
    }
    thresholds
}

/// The longest stay of each deal that won in each stage.
type Stays = HashMap<(ModelId, StageId), BTreeMap<DealId, Option<u32>>>;

fn stays_of_won(workspace: &Workspace, day: Date) -> Stays {
    let mut stays = Stays::new();
    let is_won = |deal: &Deal| {
        if deal.last_day() <= Some(day) {
            return matches!(deal.standing().status, Status::Won { .. });
        }
        deal.standing_on(day).is_some_and(|standing| matches!(standing.status, Status::Won { .. }))
    };
    for deal in workspace.deals.iter().filter(|deal| is_won(deal)) {
        each_stay(workspace, deal, day, |place, days| {
            let longest = stays.entry(place).or_default().entry(deal.id).or_default();
            *longest = days.max(*longest);
        });
    }
    stays
}

/// Gives every stay of a deal with its days, as far as they are known.
fn each_stay(workspace: &Workspace, deal: &Deal, day: Date, mut take: impl FnMut((ModelId, StageId), Option<u32>)) {
    let mut model: Option<&FunnelModel> = None;
    // Where it stands and since when; that of a stay which a revision fell into is nobody's.
    let mut stay: Option<((ModelId, StageId), Option<Date>)> = None;
    for event in deal.history().iter().take_while(|event| event.on <= Some(day)) {
        let stage = match &event.kind {
            EventKind::Created { model: into, stage, .. } | EventKind::Transferred { model: into, stage } => {
                model = workspace.models.get(*into).map(AsRef::as_ref);
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
