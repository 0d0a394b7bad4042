//! A workspace as columns, so that a metric is a scan.

mod block;

use std::{cell::OnceCell, collections::HashMap, ops::Range, sync::Arc};

pub(super) use block::Standing;
use block::{Block, Numbers, Writer};

use crate::model::{
    Activity, Campaign, Chunk, Customer, Date, Deal, DealId, DepartmentId, FunnelModel, ModelId, Money, PersonId,
    ProductId, Share, StageId, Table, Workspace, Zone, table::FULL,
};

/// A deal's place in a [`Frame`]; it means nothing in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(u32);

impl Row {
    /// The row of the deal at this place of a block; rows have the order of their deals, but not every number is a row.
    fn of(block: usize, place: usize) -> Option<Self> {
        u32::try_from(block * FULL + place).ok().map(Self)
    }

    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// What moved a deal.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// It was created in, entered, was transferred to or reopened in this stage; `None`: one that its model does not have.
    Stands(Option<usize>),
    /// A revision of its model put it into this stage: it stands there, but it has not moved.
    Restaged(Option<usize>),
    /// It was won.
    Won,
    /// It was lost.
    Lost,
    /// It fell asleep until this day, or for good.
    Dormant(Option<Date>),
}

/// A model in the frame.
#[derive(Clone, Debug)]
pub(super) struct ModelColumn {
    pub(super) id: ModelId,
    /// Its stages among all stages of the frame, first to last.
    pub(super) stages: Range<usize>,
}

/// A stage in the frame.
#[derive(Clone, Debug)]
pub(super) struct StageColumn {
    pub(super) id: StageId,
    /// Which model of the frame it belongs to.
    pub(super) model: usize,
    /// Its place in the model, from 0.
    pub(super) position: usize,
    pub(super) probability: Share,
    /// What counts of its deals in quota planning.
    pub(super) weight: Share,
    pub(super) zone: Zone,
    pub(super) expected_days: u16,
}

/// What a deal is about; it has no history.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub(super) id: DealId,
    /// The model it runs through today, among those of the frame.
    pub(super) model: Option<usize>,
    /// Who may buy, among the customers of the frame.
    pub(super) customer: Option<usize>,
    pub(super) source: usize,
    /// Units over all product lines; `None` without lines.
    pub(super) units: Option<u64>,
}

/// All deals of a workspace with their histories, as columns. Built once, [renewed](Frame::renewed) after each change; every day and
/// every filter is a [view](Frame::view) of it.
///
/// **Models that changed.** The stages of the frame are those of the models as the workspace has them, whatever day is viewed. A
/// stage that left its model counts as the one it went into ([`FunnelModel::reads_as`](crate::model::FunnelModel::reads_as)), so
/// merged stages were always one, and what lay between them is no move. To see a past day as it was counted then, build the frame
/// of [`Workspace::as_counted_on`] that day.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    pub(super) models: Vec<ModelColumn>,
    pub(super) stages: Vec<StageColumn>,
    /// The deals, in the order of their ids: a block for each chunk of their table.
    blocks: Vec<Arc<Block>>,
    /// In the order of their ids.
    pub(super) customers: Arc<[Arc<Customer>]>,
    /// Where each person works.
    pub(super) people: Vec<(PersonId, Option<DepartmentId>)>,
    /// Each department with the one it belongs to.
    pub(super) departments: Vec<(DepartmentId, Option<DepartmentId>)>,
    pub(super) campaigns: Table<Campaign>,
    pub(super) activities: Table<Activity>,
    sources: Numbers,
    /// The models that the columns are of.
    of_models: Table<FunnelModel>,
    of_customers: Table<Customer>,
}

impl Frame {
    /// The columns of `workspace`; rows follow the ids of the deals.
    pub fn new(workspace: &Workspace) -> Self {
        let customers = workspace.customers.iter().cloned().collect();
        Self { customers, ..Self::default() }.with_deals_of(workspace, &[])
    }

    /// The columns of `workspace`, of which this frame holds an earlier state: the same as [`new`](Self::new), but only the blocks in
    /// which a deal changed are written anew. A changed model, another set of customers, or a source that nobody has any more needs
    /// a new frame; then this is as slow as that.
    #[must_use]
    pub fn renewed(&self, workspace: &Workspace) -> Self {
        let as_before = |before: &Arc<Customer>, now: &Arc<Customer>| {
            Arc::ptr_eq(before, now) || (before.id == now.id && before.source.trim() == now.source.trim())
        };
        let same_customers = || {
            self.customers.len() == workspace.customers.len()
                && self.customers.iter().zip(workspace.customers.iter()).all(|(before, now)| as_before(before, now))
        };
        let untouched = self.of_customers.same(&workspace.customers);
        if !(untouched || same_customers()) || !self.of_models.same(&workspace.models) {
            return Self::new(workspace);
        }
        let customers = untouched.then(|| self.customers.clone());
        let customers = customers.unwrap_or_else(|| workspace.customers.iter().cloned().collect());
        let next = Self { customers, sources: self.sources.clone(), ..Self::default() };
        let next = next.with_deals_of(workspace, &self.blocks);
        if next.has_idle_sources() { Self::new(workspace) } else { next }
    }

    /// The frame of `workspace`, with the blocks of `known` that are as they were.
    fn with_deals_of(self, workspace: &Workspace, known: &[Arc<Block>]) -> Self {
        let mut frame = Self {
            people: workspace.people.iter().map(|person| (person.id, person.department)).collect(),
            departments: workspace.departments.iter().map(|department| (department.id, department.parent)).collect(),
            campaigns: workspace.campaigns.clone(),
            activities: workspace.activities.clone(),
            of_models: workspace.models.clone(),
            of_customers: workspace.customers.clone(),
            ..self
        };
        let mut places = HashMap::new();
        for (number, model) in workspace.models.iter().enumerate() {
            let first = frame.stages.len();
            for (position, stage) in model.stages.iter().enumerate() {
                places.insert((model.id, stage.id), frame.stages.len());
                frame.stages.push(StageColumn {
                    id: stage.id,
                    model: number,
                    position,
                    probability: stage.probability,
                    weight: stage.planning_weight(),
                    zone: stage.zone(),
                    expected_days: stage.expected_days,
                });
            }
            // A stage that left reads as the one it went into, from the first day on.
            for gone in model.gone() {
                if let Some(position) = model.place(gone.stage) {
                    places.insert((model.id, gone.stage), first + position);
                }
            }
            frame.models.push(ModelColumn { id: model.id, stages: first..frame.stages.len() });
        }
        let ids = OnceCell::new();
        let mut writer =
            Writer { places: &places, ids: &ids, customers: &frame.customers, sources: &mut frame.sources };
        let known: HashMap<_, _> = known.iter().map(|block| (Arc::as_ptr(&block.chunk), block)).collect();
        let block = |chunk: &Arc<Chunk<Deal>>| match known.get(&Arc::as_ptr(chunk)) {
            Some(known) => Arc::clone(known),
            None => Arc::new(writer.block(&frame.models, chunk)),
        };
        frame.blocks = workspace.deals.chunks().iter().map(block).collect();
        frame
    }

    /// Whether there are sources that no deal has.
    fn has_idle_sources(&self) -> bool {
        let mut idle = vec![true; self.sources.names.len()];
        for (_, facts) in self.rows() {
            if let Some(idle) = idle.get_mut(facts.source) {
                *idle = false;
            }
        }
        idle.contains(&true)
    }

    /// The block of a row, and the row's place in it.
    pub(super) fn block(&self, row: Row) -> Option<(&Block, usize)> {
        Some((self.blocks.get(row.index() / FULL)?, row.index() % FULL))
    }

    /// What moved the deal of a row, oldest first.
    pub(super) fn steps(&self, row: Row) -> &[(Option<Date>, Step)] {
        self.block(row).map_or(&[], |(block, place)| block.steps.at(place))
    }

    /// The owners of the deal of a row, oldest first.
    pub(super) fn owners(&self, row: Row) -> &[(Option<Date>, Option<PersonId>)] {
        self.block(row).map_or(&[], |(block, place)| block.owners.at(place))
    }

    /// The amounts of the deal of a row, oldest first.
    pub(super) fn amounts(&self, row: Row) -> &[(Option<Date>, Option<Money>)] {
        self.block(row).map_or(&[], |(block, place)| block.amounts.at(place))
    }

    /// The products of the deal of a row.
    pub(super) fn products(&self, row: Row) -> &[ProductId] {
        self.block(row).map_or(&[], |(block, place)| block.products.at(place))
    }

    /// The deal of a row, as the workspace has it.
    pub(super) fn record(&self, row: Row) -> Option<&Arc<Deal>> {
        let (block, place) = self.block(row)?;
        block.chunk.records().get(place)
    }

    /// The deals in these rows, in the same order.
    pub fn deals<'a>(&'a self, rows: &'a [Row]) -> impl Iterator<Item = DealId> + 'a {
        rows.iter().filter_map(|row| self.deal(*row))
    }

    /// The deal in this row; `None` for a row of another frame.
    pub fn deal(&self, row: Row) -> Option<DealId> {
        self.record(row).map(|deal| deal.id)
    }

    /// The row of a deal; `None` when the workspace has no such deal.
    pub(super) fn row(&self, deal: DealId) -> Option<Row> {
        // Rows follow the ids, and so do blocks.
        let after = self.blocks.partition_point(|block| block.facts.first().is_some_and(|first| first.id <= deal));
        let number = after.checked_sub(1)?;
        let place = self.blocks.get(number)?.facts.binary_search_by_key(&deal, |facts| facts.id).ok()?;
        Row::of(number, place)
    }

    /// The sources that occur, each once; `""` when deals have none.
    pub fn sources(&self) -> &[String] {
        &self.sources.names
    }

    /// Every row with what its deal is about.
    pub(super) fn rows(&self) -> impl Iterator<Item = (Row, &Facts)> {
        self.blocks.iter().enumerate().flat_map(|(number, block)| {
            block.facts.iter().enumerate().filter_map(move |(place, facts)| Some((Row::of(number, place)?, facts)))
        })
    }
}
