//! A workspace as columns, so that a metric is a scan.

use std::{collections::HashMap, ops::Range, sync::Arc};

use super::timeline::{Lists, Timeline};
use crate::model::{
    Activity, Campaign, Customer, CustomerId, Date, Deal, DealId, DepartmentId, EventKind, ModelId, Money, PersonId,
    ProductId, Share, StageId, Table, Workspace, Zone,
};

/// A deal's place in a [`Frame`]; it means nothing in another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Row(u32);

impl Row {
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

/// All deals of a workspace with their histories, as columns. Built once per snapshot; every day and every filter is a
/// [view](Frame::view) of it.
///
/// **Models that changed.** The stages of the frame are those of the models as the workspace has them, whatever day is viewed. A
/// stage that left its model counts as the one it went into ([`FunnelModel::reads_as`](crate::model::FunnelModel::reads_as)), so
/// merged stages were always one, and what lay between them is no move. To see a past day as it was counted then, build the frame
/// of [`Workspace::as_counted_on`] that day.
#[derive(Clone, Debug, Default)]
pub struct Frame {
    pub(super) models: Vec<ModelColumn>,
    pub(super) stages: Vec<StageColumn>,
    pub(super) facts: Vec<Facts>,
    /// Row by row.
    pub(super) records: Vec<Arc<Deal>>,
    /// In the order of their ids.
    pub(super) customers: Vec<Arc<Customer>>,
    pub(super) products: Lists<ProductId>,
    pub(super) steps: Timeline<Step>,
    pub(super) owners: Timeline<Option<PersonId>>,
    pub(super) amounts: Timeline<Option<Money>>,
    pub(super) closes: Timeline<Option<Date>>,
    pub(super) probabilities: Timeline<Option<Share>>,
    /// Where each person works.
    pub(super) people: Vec<(PersonId, Option<DepartmentId>)>,
    /// Each department with the one it belongs to.
    pub(super) departments: Vec<(DepartmentId, Option<DepartmentId>)>,
    pub(super) campaigns: Table<Campaign>,
    pub(super) activities: Table<Activity>,
    sources: Vec<String>,
}

impl Frame {
    /// The columns of `workspace`; rows follow the ids of the deals.
    pub fn new(workspace: &Workspace) -> Self {
        let mut frame = Self {
            people: workspace.people.iter().map(|person| (person.id, person.department)).collect(),
            departments: workspace.departments.iter().map(|department| (department.id, department.parent)).collect(),
            records: workspace.deals.iter().cloned().collect(),
            customers: workspace.customers.iter().cloned().collect(),
            campaigns: workspace.campaigns.clone(),
            activities: workspace.activities.clone(),
            ..Self::default()
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
        let customers = workspace.customers.iter().enumerate();
        let customers: HashMap<_, _> = customers.map(|(number, customer)| (customer.id, (number, customer))).collect();
        let mut sources = Numbers::default();
        frame.facts.reserve(workspace.deals.len());
        for deal in workspace.deals.iter() {
            frame.add(deal, &places, &customers, &mut sources);
        }
        frame.sources = sources.names;
        frame
    }

    fn add(
        &mut self,
        deal: &Deal,
        places: &HashMap<(ModelId, StageId), usize>,
        customers: &HashMap<CustomerId, (usize, &Arc<Customer>)>,
        sources: &mut Numbers,
    ) {
        let details = &deal.details;
        let customer = details.customer.and_then(|id| customers.get(&id));
        let source = match details.source.trim() {
            "" => customer.map_or("", |(_, customer)| customer.source.trim()),
            own => own,
        };
        let units = (!details.lines.is_empty()).then(|| details.lines.iter().map(|line| u64::from(line.units)).sum());
        let customer = customer.map(|(number, _)| *number);
        let today = deal.standing().model;
        let model = self.models.iter().position(|model| model.id == today);
        self.facts.push(Facts { id: deal.id, model, customer, source: sources.of(source), units });
        for line in &details.lines {
            self.products.push(line.product);
        }
        let mut model = today;
        for event in deal.history() {
            let on = event.on;
            match &event.kind {
                EventKind::Created { model: first, stage, owner, amount, expected_close, probability } => {
                    model = *first;
                    self.steps.push((on, Step::Stands(places.get(&(model, *stage)).copied())));
                    self.owners.push((on, *owner));
                    self.amounts.push((on, *amount));
                    self.closes.push((on, *expected_close));
                    self.probabilities.push((on, *probability));
                }
                EventKind::Transferred { model: next, stage } => {
                    model = *next;
                    self.steps.push((on, Step::Stands(places.get(&(model, *stage)).copied())));
                }
                EventKind::Entered { stage, .. } | EventKind::Reopened { stage } => {
                    self.steps.push((on, Step::Stands(places.get(&(model, *stage)).copied())));
                }
                EventKind::Restaged { stage } => {
                    self.steps.push((on, Step::Restaged(places.get(&(model, *stage)).copied())));
                }
                EventKind::Won { .. } => self.steps.push((on, Step::Won)),
                EventKind::Lost { .. } => self.steps.push((on, Step::Lost)),
                EventKind::Dormant { wake } => self.steps.push((on, Step::Dormant(*wake))),
                EventKind::OwnerChanged { to } => self.owners.push((on, *to)),
                EventKind::AmountChanged { to } => self.amounts.push((on, *to)),
                EventKind::ExpectedCloseChanged { to } => self.closes.push((on, *to)),
                EventKind::ProbabilityChanged { to } => self.probabilities.push((on, *to)),
                EventKind::EvidenceTicked { .. } | EventKind::EvidenceUnticked { .. } => {}
            }
        }
        self.products.end_row();
        self.steps.end_row();
        self.owners.end_row();
        self.amounts.end_row();
        self.closes.end_row();
        self.probabilities.end_row();
    }

    /// The deals in these rows, in the same order.
    pub fn deals<'a>(&'a self, rows: &'a [Row]) -> impl Iterator<Item = DealId> + 'a {
        rows.iter().filter_map(|row| self.deal(*row))
    }

    /// The deal in this row; `None` for a row of another frame.
    pub fn deal(&self, row: Row) -> Option<DealId> {
        self.facts.get(row.index()).map(|facts| facts.id)
    }

    /// The row of a deal; `None` when the workspace has no such deal.
    pub(super) fn row(&self, deal: DealId) -> Option<Row> {
        // Rows follow the ids.
        let place = self.facts.binary_search_by_key(&deal, |facts| facts.id).ok()?;
        u32::try_from(place).ok().map(Row)
    }

    /// The sources that occur, each once; `""` when deals have none.
    pub fn sources(&self) -> &[String] {
        &self.sources
    }

    /// Every row with what its deal is about.
    pub(super) fn rows(&self) -> impl Iterator<Item = (Row, &Facts)> {
        (0_u32..).map(Row).zip(&self.facts)
    }
}

/// Numbers for texts, in the order of their first appearance.
#[derive(Default)]
struct Numbers {
    names: Vec<String>,
    numbers: HashMap<String, usize>,
}

impl Numbers {
    fn of(&mut self, name: &str) -> usize {
        if let Some(number) = self.numbers.get(name) {
            return *number;
        }
        self.numbers.insert(name.to_owned(), self.names.len());
        self.names.push(name.to_owned());
        self.names.len() - 1
    }
}
