//! The funnel model that imported deals run through: one that exists, or one made of the file's stages.

use std::collections::{BTreeMap, HashMap};

use super::{
    Field, FileKind, Options, OrderReason, StageRole,
    header::entered_stage,
    plan::StageValue,
    role_of,
    source::Source,
    stages::{Evidence, order, usual_chance, without_pipeline},
};
use crate::{
    model::{FunnelModel, ModelId, Playbook, Share, Stage, StageId, Workspace},
    naming::normalise,
};

/// Days a stage is expected to take while nobody has said.
const UNKNOWN_DAYS: u16 = 30;

/// The model and the way from the file's words into it.
pub(super) struct Target {
    pub(super) model: FunnelModel,
    pub(super) is_new: bool,
    pub(super) order: OrderReason,
    pub(super) values: Vec<StageValue>,
    /// Whether probabilities are written 0 to 1.
    pub(super) probability_is_share: bool,
    roles: HashMap<String, StageRole>,
    stages: HashMap<String, StageId>,
}

impl Target {
    /// What a value of the stage column says about a deal.
    pub(super) fn role(&self, value: &str) -> Option<StageRole> {
        self.roles.get(value).copied()
    }

    /// The stage that a value of the stage column stands for.
    pub(super) fn stage(&self, value: &str) -> Option<StageId> {
        self.stages.get(value).copied()
    }
}

/// The target of all files of deals; `None` when there is none. `id` gives fresh identifiers.
pub(super) fn target(
    sources: &[Source<'_>],
    options: &Options,
    workspace: &Workspace,
    id: &mut dyn FnMut() -> u128,
) -> Option<Target> {
    let files: Vec<&Source<'_>> = sources.iter().filter(|source| source.kind == FileKind::Deals).collect();
    let first = files.first()?;
    let found = Found::collect(&files);
    let role = |value: &str| {
        let chosen = options.stages.get(value).map(|choice| choice.role);
        chosen.or_else(|| role_of(without_pipeline(value))).unwrap_or(StageRole::Open)
    };
    let open: Vec<&String> = found.names.iter().filter(|name| role(name) == StageRole::Open).collect();
    let chosen = options.model.as_ref().and_then(|id| id.parse().ok()).and_then(|id: ModelId| workspace.models.get(id));
    let holds_all = |model: &FunnelModel| open.iter().all(|name| stage_named(model, name, options).is_some());
    let fitting = || workspace.models.iter().find(|model| holds_all(model)).filter(|_| !options.new_model);
    let existing = chosen.or_else(|| if open.is_empty() { workspace.models.iter().next() } else { fitting() });
    let (model, is_new, order) = if let Some(model) = existing {
        ((**model).clone(), false, OrderReason::Model)
    } else {
        let (model, order) = found.model(&open, first, options, id);
        (model, true, order)
    };
    let roles = found.names.iter().map(|name| (name.clone(), role(name))).collect();
    let stages =
        found.names.iter().filter_map(|name| Some((name.clone(), stage_named(&model, name, options)?))).collect();
    let values = found
        .rows
        .iter()
        .map(|(value, rows)| StageValue { value: value.clone(), rows: *rows, role: role(value) })
        .collect();
    let probability_is_share =
        files.iter().all(|source| !source.has(Field::Probability) || source.probability_is_share());
    Some(Target { model, is_new, order, values, probability_is_share, roles, stages })
}

fn stage_named(model: &FunnelModel, value: &str, options: &Options) -> Option<StageId> {
    let wanted = options.stages.get(value).and_then(|choice| choice.stage.as_deref()).unwrap_or(value);
    let key = normalise(without_pipeline(wanted));
    model.stages.iter().find(|stage| normalise(&stage.name) == key).map(|stage| stage.id)
}

/// The words for stages that occur in the files, in the order in which they occur.
#[derive(Default)]
struct Found {
    names: Vec<String>,
    rows: Vec<(String, usize)>,
    pipelines: Vec<String>,
    columns: BTreeMap<String, usize>,
    /// Sum and number of the probabilities of the rows, by the key of the stage.
    chances: BTreeMap<String, (f64, u32)>,
}

impl Found {
    fn collect(files: &[&Source<'_>]) -> Self {
        let mut found = Self::default();
        let mut seen: HashMap<&str, usize> = HashMap::new();
        for source in files {
            let is_share = source.has(Field::Probability) && source.probability_is_share();
            for row in &source.sheet.rows {
                let pipeline = source.text(row, &[Field::Pipeline]);
                if !pipeline.is_empty() && !found.pipelines.iter().any(|known| known == pipeline) {
                    found.pipelines.push(pipeline.to_owned());
                }
                for (value, counts) in source.stages_named(row) {
                    let place = *seen.entry(value).or_insert_with(|| {
                        found.rows.push((value.to_owned(), 0));
                        found.rows.len() - 1
                    });
                    if let Some((_, rows)) = found.rows.get_mut(place) {
                        *rows += usize::from(counts);
                    }
                }
                let value = source.text(row, &[Field::Stage]);
                if value.is_empty() {
                    continue;
                }
                if let Some(chance) = source.probability(row, is_share) {
                    let sum = found.chances.entry(key(value)).or_default();
                    *sum = (sum.0 + chance, sum.1 + 1);
                }
            }
            for column in source.columns(Field::EnteredStage) {
                let header = source.sheet.shape.columns.get(*column).map_or("", |shape| &shape.header);
                if let Some((stage, _)) = entered_stage(header) {
                    found.columns.entry(key(stage)).or_insert(*column);
                    found.names.push(stage.to_owned());
                }
            }
        }
        found.names.extend(found.rows.iter().map(|(value, _)| value.clone()));
        found
    }

    /// A new model of the open stages.
    fn model(
        &self,
        open: &[&String],
        first: &Source<'_>,
        options: &Options,
        id: &mut dyn FnMut() -> u128,
    ) -> (FunnelModel, OrderReason) {
        let mut evidence: Vec<Evidence> = Vec::new();
        for name in open.iter().map(|name| without_pipeline(name)) {
            if evidence.iter().any(|stage| key(&stage.name) == key(name)) {
                continue;
            }
            let probability = self.chances.get(&key(name)).map(|(sum, count)| sum * 100.0 / f64::from(*count));
            evidence.push(Evidence {
                name: name.to_owned(),
                probability,
                column: self.columns.get(&key(name)).copied(),
            });
        }
        if evidence.is_empty() {
            evidence.push(Evidence { name: "1".to_owned(), ..Evidence::default() });
        }
        let (mut evidence, mut reason) = order(evidence);
        if !options.stage_order.is_empty() {
            let place = |stage: &Evidence| options.stage_order.iter().position(|name| key(name) == key(&stage.name));
            evidence.sort_by_key(|stage| place(stage).unwrap_or(usize::MAX));
            reason = OrderReason::Chosen;
        }
        let count = evidence.len();
        let chances: Vec<Share> =
            evidence.iter().enumerate().map(|(place, stage)| chance(stage, place, count)).collect();
        let stages = evidence.into_iter().enumerate().map(|(place, stage)| {
            let here = chances.get(place).copied().unwrap_or_default();
            let after = chances.get(place + 1).copied().unwrap_or(Share::ONE);
            Stage {
                id: id().into(),
                name: stage.name,
                zone: None,
                probability: here,
                promotion_rate: promotion(here, after),
                expected_days: UNKNOWN_DAYS,
                weight: None,
                criteria: Vec::new(),
                tasks: Vec::new(),
                required_fields: Vec::new(),
                playbook: Playbook::default(),
            }
        });
        let stages = stages.collect();
        let stem = first.name.rsplit_once('.').map_or(first.name, |(stem, _)| stem).trim();
        let name = match self.pipelines.as_slice() {
            [only] => only.as_str(),
            _ if stem.is_empty() => "1",
            _ => stem,
        };
        let model = FunnelModel {
            id: id().into(),
            name: name.to_owned(),
            description: String::new(),
            stages,
            after_sale: None,
            segments: Vec::new(),
            revisions: Vec::new(),
            retired: Vec::new(),
        };
        (model, reason)
    }
}

fn key(stage: &str) -> String {
    normalise(without_pipeline(stage))
}

/// The chance of winning in a new stage: the mean of its rows, else what is usual under its name, else its place in the order.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 100")]
fn chance(stage: &Evidence, place: usize, count: usize) -> Share {
    let mean = stage.probability.map(|mean| mean.round().clamp(0.0, 100.0) as u8);
    let by_place = u8::try_from((place + 1) * 90 / (count + 1)).unwrap_or(90);
    Share::percent(mean.or_else(|| usual_chance(&stage.name)).unwrap_or(by_place))
}

/// The share that goes on when winning is `here` before and `after` behind the step.
fn promotion(here: Share, after: Share) -> Share {
    let (here, after) = (u32::from(here.basis_points()), u32::from(after.basis_points()));
    let points = (here * 10_000).checked_div(after).unwrap_or(10_000).min(10_000);
    u16::try_from(points).ok().and_then(Share::from_basis_points).unwrap_or(Share::ONE)
}
