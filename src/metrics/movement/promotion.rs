//! The promotion status table (method §5.4, 机会升迁状况表): what came into every stage in a period, what left it and how, and that it adds up.

use std::{
    cmp::Ordering,
    collections::{BTreeMap, BTreeSet},
};

use crate::{
    metrics::{
        Filter, Frame, Period, Rate, Row,
        cycle::median,
        frame::{Facts, StageColumn, Step},
        timeline::value_on,
        view::Status,
    },
    model::{Date, DepartmentId, ModelId, PersonId, ProductId, StageId},
};

/// By what the rows of the table are told apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum By {
    /// One row for all.
    #[default]
    Company,
    /// A row for each department, by the owner of the moment.
    Department,
    /// A row for each owner of the moment.
    Person,
    /// A row for each product; a deal with several is in the row of each.
    Product,
    /// A row for each source.
    Source,
}

/// A row of the table.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// Everything.
    Company,
    /// A department, or none.
    Department(Option<DepartmentId>),
    /// A person, or nobody.
    Person(Option<PersonId>),
    /// A product, or none.
    Product(Option<ProductId>),
    /// A source; `""` for none.
    Source(String),
}

/// How a deal comes to stand in a stage, or leaves it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flow {
    /// It stood there at the end of the day before the period.
    Opening,
    /// In: it began there.
    Created,
    /// In: it came from an earlier stage.
    PromotedIn,
    /// In: it fell back from a later stage.
    FellBackIn,
    /// In: it was closed or asleep and went on there.
    Reopened,
    /// In: it came from another owner.
    TakenOver,
    /// In: it came from another model, or a revision of the model put it there.
    ChangedIn,
    /// Out: it went on to a later stage.
    Promoted,
    /// Out: it was won.
    Won,
    /// Out: it fell back to an earlier stage.
    FellBack,
    /// Out: it was lost.
    Lost,
    /// Out: it fell asleep.
    Dormant,
    /// Out: it went to another owner.
    HandedOver,
    /// Out: it went to another model, or a revision of the model put it elsewhere.
    ChangedOut,
    /// It went past without ever standing there; neither in nor out.
    Skipped,
    /// It stands there at the end of the period.
    Closing,
}

impl Flow {
    /// Whether it adds a deal to the stage.
    pub const fn is_in(self) -> bool {
        matches!(
            self,
            Self::Created | Self::PromotedIn | Self::FellBackIn | Self::Reopened | Self::TakenOver | Self::ChangedIn
        )
    }

    /// Whether it takes a deal out of the stage.
    pub const fn is_out(self) -> bool {
        matches!(
            self,
            Self::Promoted
                | Self::Won
                | Self::FellBack
                | Self::Lost
                | Self::Dormant
                | Self::HandedOver
                | Self::ChangedOut
        )
    }
}

/// One stage in one row of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageFlow {
    /// The stage.
    pub stage: StageId,
    /// The deals of each flow; one that moved twice stands there twice. Flows without a deal are missing.
    pub flows: BTreeMap<Flow, Vec<Row>>,
    /// Days that the deals which were promoted or won had stood in the stage since they last entered it; shorter than the flow
    /// where an entry is undated.
    pub stays: Vec<u32>,
}

impl StageFlow {
    /// How many deals a flow has.
    pub fn count(&self, flow: Flow) -> usize {
        self.flows.get(&flow).map_or(0, Vec::len)
    }

    /// How many came in.
    pub fn entered(&self) -> usize {
        self.sum(Flow::is_in)
    }

    /// How many left.
    pub fn left(&self) -> usize {
        self.sum(Flow::is_out)
    }

    fn sum(&self, which: fn(Flow) -> bool) -> usize {
        self.flows.iter().filter(|(flow, _)| which(**flow)).map(|(_, rows)| rows.len()).sum()
    }

    /// Opening + in − out − closing. It is 0: no deal comes from nowhere and none disappears.
    pub fn residual(&self) -> i64 {
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        count(self.count(Flow::Opening) + self.entered()) - count(self.left() + self.count(Flow::Closing))
    }

    /// Of the deals whose stay was decided in the period, those that went on: (promoted + won) ÷ (promoted + won + lost). `None` when
    /// nothing was decided.
    pub fn promotion_rate(&self) -> Option<Rate> {
        let on = self.count(Flow::Promoted) + self.count(Flow::Won);
        Rate::new(on, on + self.count(Flow::Lost))
    }

    /// The middle of [`stays`](Self::stays), in days; `None` without any.
    pub fn median_days(&self) -> Option<f64> {
        let mut stays: Vec<f64> = self.stays.iter().copied().map(f64::from).collect();
        stays.sort_unstable_by(f64::total_cmp);
        median(&stays)
    }
}

/// The table of one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Promotion {
    /// The model.
    pub model: ModelId,
    /// Its rows: every group with a deal that stood in a stage of the model on some day of the period or went past one.
    pub rows: BTreeMap<Group, Vec<StageFlow>>,
}

/// The promotion status table of `period`, one for each model of the filter; the filter's own period does not matter.
///
/// Every change of the period is counted, also those undone in it. A deal counts for its owner of the moment: when it changes
/// hands, it leaves the one's row and comes into the other's. On one day, a change of the owner comes before the moves.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, Period, movement::{By, Flow, Group, promotion}};
/// let frame = Frame::new(&six_deals());
/// let february = Period { from: day(2026, 2, 1), to: day(2026, 2, 28) };
/// let table = promotion(&frame, &Filter::default(), february, By::Company).remove(0);
/// let [lead, talk, offer] = [0, 1, 2].map(|stage| &table.rows[&Group::Company][stage]);
/// // Lead opens with one, one begins, both are promoted: one to Talk, one past it to Offer.
/// assert_eq!((lead.count(Flow::Opening), lead.count(Flow::Created), lead.count(Flow::Promoted)), (1, 1, 2));
/// assert_eq!((talk.count(Flow::Skipped), talk.count(Flow::Lost), talk.count(Flow::Closing)), (1, 1, 2));
/// assert_eq!(offer.count(Flow::Won), 1);
/// assert!([lead, talk, offer].iter().all(|stage| stage.residual() == 0));
/// assert_eq!(lead.median_days(), Some(22.5));
/// ```
pub fn promotion(frame: &Frame, filter: &Filter, period: Period, by: By) -> Vec<Promotion> {
    let mut count = Count {
        frame,
        by,
        sellers: frame.sellers(filter),
        departments: frame.people.iter().copied().collect(),
        tables: vec![BTreeMap::new(); frame.models.len()],
    };
    for (row, facts) in frame.candidates(filter) {
        count.walk(row, facts, period);
    }
    let wanted = |number: &usize| {
        frame.models.get(*number).is_some_and(|model| filter.model.is_none_or(|wanted| wanted == model.id))
    };
    let tables = count.tables.into_iter().enumerate().filter(|(number, _)| wanted(number));
    tables.filter_map(|(number, rows)| Some(Promotion { model: frame.models.get(number)?.id, rows })).collect()
}

/// A deal on its way.
#[derive(Clone, Copy, Default)]
struct Stand {
    /// The stage it is open in, among those of the frame.
    stage: Option<usize>,
    open: bool,
    begun: bool,
    owner: Option<PersonId>,
    since: Option<Date>,
}

struct Count<'a> {
    frame: &'a Frame,
    by: By,
    sellers: Option<BTreeSet<PersonId>>,
    departments: BTreeMap<PersonId, Option<DepartmentId>>,
    tables: Vec<BTreeMap<Group, Vec<StageFlow>>>,
}

impl Count<'_> {
    fn walk(&mut self, row: Row, facts: &Facts, period: Period) {
        let frame = self.frame;
        let (mut owners, mut steps) = (frame.owners(row).iter().peekable(), frame.steps(row).iter().peekable());
        let mut stand = Stand::default();
        let mut opened = false;
        loop {
            // A change of the owner comes first on its day.
            let next_owner = owners.peek().map(|(on, _)| *on);
            let next_step = steps.peek().map(|(on, _)| *on);
            let (on, is_owner) = match (next_owner, next_step) {
                (Some(owner), Some(step)) if owner <= step => (owner, true),
                (_, Some(step)) => (step, false),
                (Some(owner), None) => (owner, true),
                (None, None) => break,
            };
            if !opened && on >= Some(period.from) {
                opened = true;
                self.note(row, facts, stand, Flow::Opening);
            }
            if on > Some(period.to) {
                break;
            }
            let counts = on >= Some(period.from);
            let before = stand;
            if is_owner {
                if let Some((_, owner)) = owners.next() {
                    stand.owner = *owner;
                    if counts && before.begun {
                        self.hand_over(row, facts, before, stand);
                    }
                }
            } else if let Some((_, step)) = steps.next() {
                stand = after(before, *step, on);
                if counts {
                    self.step(row, facts, before, stand, *step, on);
                }
            }
        }
        if !opened {
            self.note(row, facts, stand, Flow::Opening);
        }
        self.close(row, facts, period.to);
    }

    /// Where the deal stands at the end of the period, read anew.
    fn close(&mut self, row: Row, facts: &Facts, day: Date) {
        let Some(found) = self.frame.state(row, facts, day) else { return };
        let here = found.stage.filter(|_| found.status == Status::Open);
        let is_here =
            |stage: &StageColumn| here.is_some_and(|here| (here.model, here.position) == (stage.model, stage.position));
        let place = self.frame.stages.iter().position(is_here);
        let owner = value_on(self.frame.owners(row), day).flatten();
        self.note(
            row,
            facts,
            Stand { stage: place, open: place.is_some(), begun: true, owner, since: None },
            Flow::Closing,
        );
    }

    fn step(&mut self, row: Row, facts: &Facts, before: Stand, after: Stand, step: Step, on: Option<Date>) {
        let place = |stand: Stand| stand.stage.filter(|_| stand.open).and_then(|stage| self.frame.stages.get(stage));
        let (from, to) = (place(before), place(after));
        let ahead = from.zip(to).map(|(from, to)| (from.model == to.model).then(|| to.position.cmp(&from.position)));
        let (out, into) = match (step, ahead) {
            // A stage that left reads as the one it went into: that is no move.
            (Step::Stands(_) | Step::Restaged(_), Some(Some(Ordering::Equal))) => return,
            (Step::Won, _) => (Flow::Won, None),
            (Step::Lost, _) => (Flow::Lost, None),
            (Step::Dormant(_), _) => (Flow::Dormant, None),
            (Step::Stands(_), Some(Some(Ordering::Greater))) => (Flow::Promoted, Some(Flow::PromotedIn)),
            (Step::Stands(_), Some(Some(Ordering::Less))) => (Flow::FellBack, Some(Flow::FellBackIn)),
            (Step::Stands(_), _) if !before.begun => (Flow::ChangedOut, Some(Flow::Created)),
            (Step::Stands(_), _) if !before.open => (Flow::ChangedOut, Some(Flow::Reopened)),
            (Step::Stands(_) | Step::Restaged(_), _) => (Flow::ChangedOut, Some(Flow::ChangedIn)),
        };
        if matches!(out, Flow::Promoted | Flow::Won)
            && let Some(from) = from
        {
            self.skip(row, facts, before, from.model, from.position, to.map(|to| to.position));
            if let Some(days) = on.zip(before.since).and_then(|(on, since)| u32::try_from((on - since).num_days()).ok())
            {
                self.each(row, facts, before, |flow| flow.stays.push(days));
            }
        }
        self.note(row, facts, before, out);
        if let Some(into) = into {
            self.note(row, facts, after, into);
        }
    }

    /// The stages between where a deal stood and where it stands now, or all later ones when it was won.
    fn skip(&mut self, row: Row, facts: &Facts, stand: Stand, model: usize, from: usize, to: Option<usize>) {
        let Some(stages) = self.frame.models.get(model).map(|model| model.stages.clone()) else { return };
        let first = stages.start + from + 1;
        let end = to.map_or(stages.end, |to| stages.start + to);
        for stage in first..end {
            self.note(row, facts, Stand { stage: Some(stage), open: true, ..stand }, Flow::Skipped);
        }
    }

    fn hand_over(&mut self, row: Row, facts: &Facts, before: Stand, after: Stand) {
        let (from, to) = (self.groups(row, facts, before.owner), self.groups(row, facts, after.owner));
        for group in from.difference(&to) {
            self.add(row, before, group.clone(), Flow::HandedOver);
        }
        for group in to.difference(&from) {
            self.add(row, after, group.clone(), Flow::TakenOver);
        }
    }

    /// Books a flow in the stage a deal stands in, for every group it belongs to; a deal that is not open stands in none.
    fn note(&mut self, row: Row, facts: &Facts, stand: Stand, flow: Flow) {
        for group in self.groups(row, facts, stand.owner) {
            self.add(row, stand, group, flow);
        }
    }

    fn add(&mut self, row: Row, stand: Stand, group: Group, flow: Flow) {
        if let Some(stage) = self.stage(stand, group) {
            stage.flows.entry(flow).or_default().push(row);
        }
    }

    fn each(&mut self, row: Row, facts: &Facts, stand: Stand, write: impl Fn(&mut StageFlow)) {
        for group in self.groups(row, facts, stand.owner) {
            if let Some(stage) = self.stage(stand, group) {
                write(stage);
            }
        }
    }

    fn stage(&mut self, stand: Stand, group: Group) -> Option<&mut StageFlow> {
        let place = stand.stage.filter(|_| stand.open)?;
        let frame = self.frame;
        let column = frame.stages.get(place)?;
        let model = frame.models.get(column.model)?;
        let rows = self.tables.get_mut(column.model)?.entry(group).or_insert_with(|| {
            let stages = frame.stages.get(model.stages.clone()).unwrap_or_default();
            let empty = |stage: &StageColumn| StageFlow { stage: stage.id, flows: BTreeMap::new(), stays: Vec::new() };
            stages.iter().map(empty).collect()
        });
        rows.get_mut(column.position)
    }

    /// The rows of the table that a deal belongs to while it has this owner.
    fn groups(&self, row: Row, facts: &Facts, owner: Option<PersonId>) -> BTreeSet<Group> {
        let passes = self.sellers.as_ref().is_none_or(|sellers| owner.is_some_and(|owner| sellers.contains(&owner)));
        if !passes {
            return BTreeSet::new();
        }
        match self.by {
            By::Company => BTreeSet::from([Group::Company]),
            By::Person => BTreeSet::from([Group::Person(owner)]),
            By::Department => {
                let department = owner.and_then(|owner| self.departments.get(&owner).copied().flatten());
                BTreeSet::from([Group::Department(department)])
            }
            By::Product => {
                let products: BTreeSet<_> =
                    self.frame.products(row).iter().map(|id| Group::Product(Some(*id))).collect();
                if products.is_empty() { BTreeSet::from([Group::Product(None)]) } else { products }
            }
            By::Source => {
                let name = self.frame.sources().get(facts.source).cloned().unwrap_or_default();
                BTreeSet::from([Group::Source(name)])
            }
        }
    }
}

fn after(before: Stand, step: Step, on: Option<Date>) -> Stand {
    match step {
        Step::Stands(stage) => Stand { stage, open: true, begun: true, since: on, ..before },
        Step::Restaged(stage) => Stand { stage, ..before },
        Step::Won | Step::Lost | Step::Dormant(_) => Stand { open: false, ..before },
    }
}
