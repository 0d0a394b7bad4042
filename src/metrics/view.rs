//! A frame on one day, through one filter.

use std::collections::BTreeSet;

use super::{
    Filter, Frame, Reason, Row,
    frame::{Facts, ModelColumn, StageColumn, Standing},
    timeline::value_on,
};
use crate::model::{Date, DepartmentId, Money, PersonId, Share, Zone};

/// Whether a deal is still worked on, on the day of the view.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Open,
    /// Won on this day; `None` when nobody wrote it down.
    Won(Option<Date>),
    /// Lost on this day; `None` when nobody wrote it down.
    Lost(Option<Date>),
    /// Asleep, until this day or for good.
    Dormant(Option<Date>),
}

/// A deal on the day of the view.
#[derive(Clone, Debug)]
pub(super) struct State<'a> {
    pub(super) row: Row,
    pub(super) facts: &'a Facts,
    /// The day it began.
    pub(super) began: Option<Date>,
    /// The stage it stands in, or stood in when it closed; `None` when its model has no such stage.
    pub(super) stage: Option<&'a StageColumn>,
    pub(super) status: Status,
    pub(super) amount: Option<Money>,
    pub(super) close: Option<Date>,
    /// The seller's own probability.
    pub(super) probability: Option<Share>,
}

impl State<'_> {
    /// The chance of an open deal: the seller's own, or else that of the stage.
    pub(super) fn chance(&self, stage: &StageColumn) -> Share {
        self.probability.unwrap_or(stage.probability)
    }

    /// Days from the first day of a won deal to its signature; `None` for others and where one of the two is not written down.
    pub(super) fn days_to_win(&self) -> Option<f64> {
        let Status::Won(Some(on)) = self.status else { return None };
        i32::try_from((on - self.began?).num_days()).ok().map(f64::from)
    }

    /// The zone of an open deal: that of the seller's own probability, or else that of the stage.
    pub(super) fn zone(&self, stage: &StageColumn) -> Zone {
        self.probability.map_or(stage.zone, Zone::of)
    }
}

/// The deals that had begun by the end of one day and pass one filter, as they stood then.
#[derive(Clone, Debug)]
pub struct View<'a> {
    pub(super) frame: &'a Frame,
    pub(super) as_of: Date,
    pub(super) filter: &'a Filter,
    pub(super) states: Vec<State<'a>>,
}

impl Frame {
    /// The deals that had begun by the end of `as_of` and pass `filter`. Every metric starts here.
    ///
    /// The model of the filter does not choose deals but models: a deal that changed over from one model to another counts in
    /// the figures of both, for the time it was there.
    pub fn view<'a>(&'a self, as_of: Date, filter: &'a Filter) -> View<'a> {
        let sellers = self.sellers(filter);
        let owned = |row: Row| {
            sellers.as_ref().is_none_or(|sellers| {
                value_on(self.owners(row), as_of).flatten().is_some_and(|owner| sellers.contains(&owner))
            })
        };
        let states = self
            .candidates(filter)
            .filter(|(row, _)| owned(*row))
            .filter_map(|(row, facts)| self.state(row, facts, as_of))
            .collect();
        View { frame: self, as_of, filter, states }
    }

    /// The deals that pass the part of a filter that has no history: source, campaign, customer, products and fields of the user's own.
    pub(super) fn candidates<'a>(&'a self, filter: &'a Filter) -> impl Iterator<Item = (Row, &'a Facts)> {
        let sources: Vec<bool> =
            self.sources().iter().map(|name| filter.sources.is_empty() || filter.sources.contains(name)).collect();
        // Where the deals of each customer pass, and those of none.
        let customers: Vec<bool> = self.customers.iter().map(|customer| filter.takes(Some(customer))).collect();
        let (without_customer, asks_of_deals) = (filter.takes(None), filter.asks_of_deals());
        self.rows().filter(move |(row, facts)| {
            sources.get(facts.source).is_some_and(|wanted| *wanted)
                && facts.customer.map_or(Some(&without_customer), |place| customers.get(place)) == Some(&true)
                && (!asks_of_deals || self.record(*row).is_some_and(|deal| filter.takes_deal(deal)))
                && (filter.products.is_empty()
                    || self.products(*row).iter().any(|product| filter.products.contains(product)))
        })
    }

    /// A deal as it stood at the end of `as_of`, whatever filter it passes; `None` before it began.
    pub(super) fn state<'a>(&'a self, row: Row, facts: &'a Facts, as_of: Date) -> Option<State<'a>> {
        let (block, place) = self.block(row)?;
        let Standing { began, stage, status, amount, close, probability } = block.standing(place, as_of)?;
        let stage = stage.and_then(|stage| self.stages.get(stage));
        Some(State { row, facts, began, stage, status, amount, close, probability })
    }

    /// The people whose deals pass the filter; `None` when it asks for nobody in particular.
    pub(super) fn sellers(&self, filter: &Filter) -> Option<BTreeSet<PersonId>> {
        if filter.departments.is_empty() && filter.people.is_empty() {
            return None;
        }
        let departments = self.with_sub_departments(&filter.departments);
        let in_department = |department: &Option<DepartmentId>| {
            departments.is_empty() || department.is_some_and(|department| departments.contains(&department))
        };
        let wanted = |person: &PersonId| filter.people.is_empty() || filter.people.contains(person);
        let sellers = self.people.iter().filter(|(person, department)| wanted(person) && in_department(department));
        Some(sellers.map(|(person, _)| *person).collect())
    }

    fn with_sub_departments(&self, departments: &BTreeSet<DepartmentId>) -> BTreeSet<DepartmentId> {
        let mut all = departments.clone();
        loop {
            let inside = self.departments.iter().filter(|(_, parent)| parent.is_some_and(|p| all.contains(&p)));
            let more: Vec<_> = inside.map(|(id, _)| *id).filter(|id| !all.contains(id)).collect();
            if more.is_empty() {
                return all;
            }
            all.extend(more);
        }
    }
}

impl<'a> View<'a> {
    /// The deals of the view.
    pub fn rows(&self) -> impl ExactSizeIterator<Item = Row> {
        self.states.iter().map(|state| state.row)
    }

    /// The day of the view.
    pub fn as_of(&self) -> Date {
        self.as_of
    }

    /// The deal of a row; `None` when it is not in the view.
    pub(super) fn state(&self, row: Row) -> Option<&State<'_>> {
        // The rows of a view are in order.
        let place = self.states.binary_search_by_key(&row, |state| state.row).ok()?;
        self.states.get(place)
    }

    /// The same view of some of its deals; they keep their order.
    pub(super) fn among(&self, states: Vec<State<'a>>) -> View<'a> {
        View { states, ..*self }
    }

    /// The models that have figures, with their number in the frame.
    pub(super) fn models(&self) -> impl Iterator<Item = (usize, &ModelColumn)> {
        self.frame.models.iter().enumerate().filter(|(number, _)| self.shows(*number))
    }

    /// Whether the model of this number has figures.
    pub(super) fn shows(&self, number: usize) -> bool {
        let model = self.frame.models.get(number);
        model.is_some_and(|model| self.filter.model.is_none_or(|wanted| wanted == model.id))
    }

    /// Whether something of this day is counted, or why not.
    pub(super) fn in_period(&self, on: Option<Date>) -> Result<(), Reason> {
        match (self.filter.period, on) {
            (None, _) => Ok(()),
            (Some(_), None) => Err(Reason::Undated),
            (Some(period), Some(on)) if period.contains(on) => Ok(()),
            (Some(_), Some(_)) => Err(Reason::OutsidePeriod),
        }
    }
}
