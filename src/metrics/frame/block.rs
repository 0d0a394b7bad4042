//! The columns of a frame, block by block.

use std::{cell::OnceCell, collections::HashMap, sync::Arc};

use super::{Facts, ModelColumn, Step};
use crate::{
    metrics::{
        timeline::{Lists, Timeline, until, value_on},
        view::Status,
    },
    model::{Chunk, Customer, CustomerId, Date, Deal, EventKind, ModelId, Money, PersonId, ProductId, Share, StageId},
};

/// The deals of a chunk with their histories, as columns.
#[derive(Debug)]
pub(in crate::metrics) struct Block {
    pub(super) chunk: Arc<Chunk<Deal>>,
    pub(super) facts: Vec<Facts>,
    pub(super) products: Lists<ProductId>,
    pub(super) steps: Timeline<Step>,
    pub(super) owners: Timeline<Option<PersonId>>,
    pub(super) amounts: Timeline<Option<Money>>,
    closes: Timeline<Option<Date>>,
    probabilities: Timeline<Option<Share>>,
    latest: Vec<Latest>,
}

/// How a deal stands at the end of a day.
#[derive(Clone, Copy, Debug)]
pub(in crate::metrics) struct Standing {
    /// The day it began.
    pub(in crate::metrics) began: Option<Date>,
    /// The stage it stands in, or stood in when it closed, among those of the frame; `None` when its model has no such stage.
    pub(in crate::metrics) stage: Option<usize>,
    pub(in crate::metrics) status: Status,
    pub(in crate::metrics) amount: Option<Money>,
    /// The expected day of the close.
    pub(in crate::metrics) close: Option<Date>,
    /// The seller's own probability.
    pub(in crate::metrics) probability: Option<Share>,
}

/// How a deal stands since its last event. Most views look at a day after it, and then need not go through the history.
#[derive(Clone, Copy, Debug)]
struct Latest {
    since: Option<Date>,
    standing: Option<Standing>,
}

impl Block {
    /// The deal at this place as it stood at the end of `day`; `None` before it began.
    pub(in crate::metrics) fn standing(&self, place: usize, day: Date) -> Option<Standing> {
        let latest = self.latest.get(place)?;
        if latest.since <= Some(day) { latest.standing } else { self.replay(place, day) }
    }

    fn replay(&self, place: usize, day: Date) -> Option<Standing> {
        let steps = until(self.steps.at(place), day);
        let began = steps.first()?.0;
        let (mut stage, mut status) = (None, Status::Open);
        for (on, step) in steps {
            match *step {
                Step::Stands(place) => (stage, status) = (place, Status::Open),
                Step::Restaged(place) => stage = place,
                Step::Won => status = Status::Won(*on),
                Step::Lost => status = Status::Lost(*on),
                Step::Dormant(wake) => status = Status::Dormant(wake),
            }
        }
        Some(Standing {
            began,
            stage,
            status,
            amount: value_on(self.amounts.at(place), day).flatten(),
            close: value_on(self.closes.at(place), day).flatten(),
            probability: value_on(self.probabilities.at(place), day).flatten(),
        })
    }
}

/// Writes blocks; what it needs besides the deals.
pub(super) struct Writer<'a> {
    pub(super) places: &'a HashMap<(ModelId, StageId), usize>,
    /// The ids of the customers, made when the first block is written.
    pub(super) ids: &'a OnceCell<Vec<CustomerId>>,
    pub(super) customers: &'a [Arc<Customer>],
    pub(super) sources: &'a mut Numbers,
}

impl Writer<'_> {
    pub(super) fn block(&mut self, models: &[ModelColumn], chunk: &Arc<Chunk<Deal>>) -> Block {
        let mut block = Block {
            chunk: chunk.clone(),
            facts: Vec::with_capacity(chunk.records().len()),
            products: Lists::default(),
            steps: Lists::default(),
            owners: Lists::default(),
            amounts: Lists::default(),
            closes: Lists::default(),
            probabilities: Lists::default(),
            latest: Vec::new(),
        };
        for deal in chunk.records() {
            self.add(&mut block, models, deal);
        }
        let latest = |(place, deal): (usize, &Arc<Deal>)| {
            let since = deal.history().last().and_then(|event| event.on);
            Latest { since, standing: block.replay(place, since.unwrap_or(Date::MIN)) }
        };
        block.latest = chunk.records().iter().enumerate().map(latest).collect();
        block
    }

    fn add(&mut self, block: &mut Block, models: &[ModelColumn], deal: &Deal) {
        let details = &deal.details;
        let customers = self.customers;
        let ids = self.ids.get_or_init(|| customers.iter().map(|customer| customer.id).collect());
        let customer = details.customer.and_then(|id| ids.binary_search(&id).ok());
        let source = match details.source.trim() {
            "" => customer.and_then(|place| customers.get(place)).map_or("", |customer| customer.source.trim()),
            own => own,
        };
        let units = (!details.lines.is_empty()).then(|| details.lines.iter().map(|line| u64::from(line.units)).sum());
        let today = deal.standing().model;
        let model = models.iter().position(|model| model.id == today);
        block.facts.push(Facts { id: deal.id, model, customer, source: self.sources.of(source), units });
        for line in &details.lines {
            block.products.push(line.product);
        }
        let mut model = today;
        let place = |model: ModelId, stage: StageId| self.places.get(&(model, stage)).copied();
        for event in deal.history() {
            let on = event.on;
            match &event.kind {
                EventKind::Created { model: first, stage, owner, amount, expected_close, probability } => {
                    model = *first;
                    block.steps.push((on, Step::Stands(place(model, *stage))));
                    block.owners.push((on, *owner));
                    block.amounts.push((on, *amount));
                    block.closes.push((on, *expected_close));
                    block.probabilities.push((on, *probability));
                }
                EventKind::Transferred { model: next, stage } => {
                    model = *next;
                    block.steps.push((on, Step::Stands(place(model, *stage))));
                }
                EventKind::Entered { stage, .. } | EventKind::Reopened { stage } => {
                    block.steps.push((on, Step::Stands(place(model, *stage))));
                }
                EventKind::Restaged { stage } => block.steps.push((on, Step::Restaged(place(model, *stage)))),
                EventKind::Won { .. } => block.steps.push((on, Step::Won)),
                EventKind::Lost { .. } => block.steps.push((on, Step::Lost)),
                EventKind::Dormant { wake } => block.steps.push((on, Step::Dormant(*wake))),
                EventKind::OwnerChanged { to } => block.owners.push((on, *to)),
                EventKind::AmountChanged { to } => block.amounts.push((on, *to)),
                EventKind::ExpectedCloseChanged { to } => block.closes.push((on, *to)),
                EventKind::ProbabilityChanged { to } => block.probabilities.push((on, *to)),
                EventKind::EvidenceTicked { .. } | EventKind::EvidenceUnticked { .. } => {}
            }
        }
        block.products.end_row();
        block.steps.end_row();
        block.owners.end_row();
        block.amounts.end_row();
        block.closes.end_row();
        block.probabilities.end_row();
    }
}

/// Numbers for texts, in the order of their first appearance.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    pub(super) names: Vec<String>,
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
