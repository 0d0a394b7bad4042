//! Rows of deals, and the histories they add up to.

use super::{
    Field, Moment, StageRole,
    build::Builder,
    changes::{CHANGE_FIELDS, Layout, newest},
    header::entered_stage,
    masters::{CONTACT_FIELDS, split_tags},
    plan::{OnKnown, OnProblem, Problem, ProblemKind, Sample},
    renew::{Told, renewed},
    role_of,
    rows::Row,
    source::{Faults, Source},
    target::Target,
};
use crate::model::{
    ContactId, CustomerId, Date, Deal, DealDetails, DealId, Event, EventId, EventKind, Gate, Money, NextAction,
    PersonId, ProductLine, Share, StageId,
};

/// Fields that a deal has a place for; everything else that is filled becomes a field of the user's own.
const DEAL_FIELDS: &[Field] = &[
    Field::Reference,
    Field::Name,
    Field::Title,
    Field::Customer,
    Field::Stage,
    Field::Status,
    Field::Closed,
    Field::Won,
    Field::Lost,
    Field::Active,
    Field::Amount,
    Field::WonAmount,
    Field::Currency,
    Field::Probability,
    Field::ExpectedClose,
    Field::CloseDate,
    Field::ClosedOn,
    Field::WonOn,
    Field::LostOn,
    Field::Created,
    Field::EnteredStage,
    Field::Owner,
    Field::Department,
    Field::Source,
    Field::NextStep,
    Field::LostReason,
    Field::Product,
    Field::Units,
    Field::Tags,
    Field::Notes,
    Field::WeightedAmount,
];

/// How many deals are shown before anything happens.
const SAMPLES: usize = 20;

/// What a row says about a deal's way, before it is checked to be one.
pub(super) struct Way {
    pub(super) role: StageRole,
    pub(super) stage: StageId,
    pub(super) created: Option<Date>,
    /// Stages with the day they were entered, oldest first.
    entered: Vec<(Date, StageId)>,
    pub(super) closed: Option<Date>,
    expected: Option<Date>,
    amount: Option<Money>,
    probability: Option<Share>,
    lost_reason: String,
}

impl Way {
    /// The event that begins the deal in this stage.
    pub(super) fn creation(&self, target: &Target, stage: StageId, owner: Option<PersonId>) -> EventKind {
        EventKind::Created {
            model: target.model.id,
            stage,
            owner,
            amount: self.amount,
            expected_close: self.expected,
            probability: self.probability,
        }
    }

    /// The event of an outcome; `None` for a deal that is open.
    pub(super) fn end(&self, outcome: StageRole) -> Option<EventKind> {
        match outcome {
            StageRole::Open => None,
            StageRole::Won => Some(EventKind::Won { gate: Gate::Unchecked }),
            StageRole::Lost => Some(EventKind::Lost { reason: self.lost_reason.clone(), note: String::new() }),
            StageRole::Dormant => Some(EventKind::Dormant { wake: None }),
        }
    }
}

impl<'a> Builder<'a> {
    pub(super) fn deal_row(&mut self, source: &Source<'a>, row: &'a Row, target: &Target) -> bool {
        let mut faults = source.faults(row);
        let reference = source.identity(row);
        let known = self.references.get(reference).copied();
        if source.is_changes() && known == Some(source.file) {
            return self.change_row(source, row, faults, target);
        }
        // One deal must not count twice: the first row of an id stands for it.
        let repeated = known.is_some();
        if repeated {
            faults.push((None, ProblemKind::RepeatedReference));
        }
        let first = row;
        let row = if source.layout() == Some(Layout::Log) && !reference.is_empty() {
            newest(source, source.changes_of(reference)).unwrap_or(row)
        } else {
            row
        };
        let Some(mut way) = self.way(source, row, target, &mut faults) else { return false };
        let course = if source.is_changes() { self.follow(source, first, target, &mut way, &mut faults) } else { None };
        let units = Self::units(source, row, &mut faults);
        let dates_kept = course.is_some() || check(&mut way, &mut faults);
        let accepted = self.accept(source, first, faults, repeated);
        // The next row of a report of changes may stand for a deal whose first row stays out.
        if !reference.is_empty() && (accepted || !source.is_changes()) {
            self.references.entry(reference.to_owned()).or_insert(source.file);
        }
        if !accepted {
            return false;
        }
        let owner = self.owner(source, row);
        let details = self.details(source, row, units, dates_kept);
        let history = match &course {
            Some(course) => self.history_of(course, &way, owner, target),
            None => self.history(&way, owner, target),
        };
        let title = details.title.clone();
        let id = DealId::from(self.ids.next());
        // The way was checked: its events are in order and its stages differ.
        let Ok(deal) = Deal::from_history(id, details, history) else { return false };
        let titled = !source.text(row, &[Field::Title, Field::Name]).is_empty();
        let tells_way = course.is_some() || source.has(Field::EnteredStage);
        let day = |field| source.date(row, field, &mut Faults::new()).map(|moment| moment.date);
        let begun = if source.is_changes() { None } else { day(Field::Created) };
        let since = day(Field::StageEntered).or_else(|| day(Field::Modified));
        if !self.keep(first, source.file, Told { deal, titled, tells_way, since }, begun) {
            return false;
        }
        if let Some(course) = &course {
            self.summary.cleaned += course.cleaned;
        }
        self.count(&way, target, row.line, title);
        true
    }

    /// Keeps a deal of the file: as a new one, or in the one that is here already. Whether its row comes in.
    fn keep(&mut self, row: &Row, file: usize, told: Told, begun: Option<Date>) -> bool {
        let known = if self.options.on_known == OnKnown::Add { None } else { self.known.find(&told.deal, begun) };
        let Some(here) = known else {
            self.deals.push(told.deal);
            return true;
        };
        self.summary.known += 1;
        if self.options.on_known == OnKnown::Leave {
            return true;
        }
        let (deal, problem) = renewed(here, told, self.stamp, &mut self.ids);
        let row_skipped = problem.is_some() && self.options.on_problem == OnProblem::SkipRow;
        if let Some(kind) = problem {
            let problem = Problem { file, line: row.line, column: None, kind, value: String::new(), row_skipped };
            self.summary.problems.push(problem);
        }
        if !row_skipped && deal != *here {
            self.renewed.push(deal);
        }
        !row_skipped
    }

    fn way(&mut self, source: &Source<'a>, row: &'a Row, target: &Target, faults: &mut Faults) -> Option<Way> {
        let first = target.model.stages.first()?.id;
        let last = target.model.stages.last()?.id;
        let value = source.text(row, &[Field::Stage]);
        let role = outcome(source, row).or_else(|| target.role(value)).unwrap_or(StageRole::Open);
        let day = |moment: Option<Moment>| moment.map(|moment| moment.date);
        let mut entered: Vec<(Date, StageId)> = Vec::new();
        let mut outcome_day = None;
        for column in source.columns(Field::EnteredStage) {
            let Some(date) = day(source.date_in(row, *column, faults)) else { continue };
            let header = source.sheet.shape.columns.get(*column).map_or("", |shape| &shape.header);
            let name = entered_stage(header).map_or("", |(stage, _)| stage);
            match (target.role(name), target.stage(name)) {
                (Some(StageRole::Open) | None, Some(stage)) => entered.push((date, stage)),
                (Some(other), _) if other == role => outcome_day = Some(date),
                _ => {}
            }
        }
        entered.sort_by_key(|(date, stage)| (*date, target.model.position(*stage)));
        entered.dedup_by_key(|(_, stage)| *stage);
        let mut date = |field| day(source.date(row, field, faults));
        let created = date(Field::Created);
        let stage_entered = date(Field::StageEntered);
        let (close, expected) = (date(Field::CloseDate), date(Field::ExpectedClose));
        let own = match role {
            StageRole::Won => date(Field::WonOn),
            StageRole::Lost => date(Field::LostOn),
            StageRole::Open | StageRole::Dormant => None,
        };
        let closed_on = date(Field::ClosedOn);
        let is_closed = matches!(role, StageRole::Won | StageRole::Lost);
        let closed = if is_closed { outcome_day.or(own).or(closed_on).or(close) } else { None };
        // A file with one date for both says when an open deal may close; for a closed deal an expectation alone is its day.
        let closed = closed.or(if is_closed { expected.filter(|_| close.is_none()) } else { None });
        let expected = expected.or(if is_closed { None } else { close.or(closed_on) });
        let before = self.options.closed_from.as_deref();
        let before =
            before.and_then(|name| target.model.stages.iter().find(|stage| stage.name == name)).map(|stage| stage.id);
        let stage = match target.stage(value).or(entered.last().map(|(_, stage)| *stage)) {
            Some(stage) => stage,
            None if role != StageRole::Open => before.unwrap_or(last),
            // The changes say where it stands.
            None if source.is_changes() && !source.has(Field::Stage) => first,
            None => {
                faults.push((source.columns(Field::Stage).first().copied(), ProblemKind::NoStage));
                first
            }
        };
        let amount = self.amount(source, row, role, faults);
        let own = source.probability(row, source.has(Field::Probability) && target.probability_is_share);
        let probability = own.and_then(share).filter(|_| role == StageRole::Open);
        let usual = target.model.stage(stage).map(|stage| stage.probability);
        Some(Way {
            role,
            stage,
            created: created.or(stage_entered.filter(|_| entered.is_empty())),
            entered,
            closed,
            expected,
            amount,
            probability: probability.filter(|own| usual.is_none_or(|usual| usual != *own)),
            lost_reason: source.text(row, &[Field::LostReason]).to_owned(),
        })
    }

    fn amount(&mut self, source: &Source<'a>, row: &'a Row, role: StageRole, faults: &mut Faults) -> Option<Money> {
        let won = if role == StageRole::Won { source.number(row, Field::WonAmount, faults) } else { None };
        let (column, number) = won.or_else(|| source.number(row, Field::Amount, faults))?;
        let code = source.text(row, &[Field::Currency]);
        if code.len() == 3 && code.is_ascii() && !code.eq_ignore_ascii_case(self.currency.code()) {
            faults.push((Some(column), ProblemKind::Currency));
            return None;
        }
        let money = self.money(column, &number, faults)?;
        if role == StageRole::Lost && money == Money::ZERO {
            self.summary.lost_with_zero += 1;
            return (!self.options.lost_zero_is_unknown).then_some(money);
        }
        Some(money)
    }

    fn units(source: &Source<'a>, row: &'a Row, faults: &mut Faults) -> u32 {
        let Some((column, number)) = source.number(row, Field::Units, faults) else { return 1 };
        let whole = if number.scale == 0 { u32::try_from(number.digits).ok().filter(|units| *units > 0) } else { None };
        whole.unwrap_or_else(|| {
            faults.push((Some(column), ProblemKind::Units));
            1
        })
    }

    fn owner(&mut self, source: &Source<'a>, row: &'a Row) -> Option<PersonId> {
        let name = source.text(row, &[Field::Owner, Field::OwnerReference]);
        if name.is_empty() {
            return None;
        }
        let place = self.person(name);
        let department = source.text(row, &[Field::Department]);
        if !department.is_empty() && self.people.get(place).is_some_and(|person| person.department.is_none()) {
            let department = self.department(department);
            let id = self.departments.get(department).map(|department| department.id);
            if let Some(person) = self.people.change(place) {
                person.department = id;
            }
        }
        self.people.get(place).map(|person| person.id)
    }

    fn details(&mut self, source: &Source<'a>, row: &'a Row, units: u32, dates_kept: bool) -> DealDetails {
        let text = |field| source.text(row, &[field]);
        let mut used = DEAL_FIELDS.to_vec();
        if source.is_changes() {
            used.extend(CHANGE_FIELDS);
        }
        if !dates_kept {
            used.retain(|field| !matches!(field, Field::Created | Field::EnteredStage));
        }
        let customer_name = source.text(row, &[Field::Customer, Field::CustomerReference]);
        let (customer, contact) = self.customer_of_deal(source, row, customer_name, &mut used);
        let product_name = text(Field::Product);
        let lines = if product_name.is_empty() {
            used.retain(|field| *field != Field::Units);
            Vec::new()
        } else {
            let place = self.product(product_name);
            self.products
                .get(place)
                .map(|product| ProductLine { product: product.id, units, price: None })
                .into_iter()
                .collect()
        };
        let product_name = lines.first().map_or("", |_| product_name);
        let title = match (source.text(row, &[Field::Title, Field::Name]), customer_name, product_name) {
            ("", "", "") if text(Field::Reference).is_empty() => format!("#{}", row.line),
            ("", "", "") => text(Field::Reference).to_owned(),
            ("", "", one) | ("", one, "") | (one, ..) if !one.is_empty() => one.to_owned(),
            (_, customer, product) => format!("{customer} · {product}"),
        };
        let next = text(Field::NextStep);
        DealDetails {
            title,
            customer,
            contact,
            lines,
            next_action: (!next.is_empty()).then(|| NextAction { what: next.to_owned(), owner: None, due: None }),
            source: text(Field::Source).to_owned(),
            reference: text(Field::Reference).to_owned(),
            tags: split_tags(text(Field::Tags)),
            notes: text(Field::Notes).to_owned(),
            custom: source.others(row, &used),
            ..DealDetails::default()
        }
    }

    fn customer_of_deal(
        &mut self,
        source: &Source<'a>,
        row: &'a Row,
        name: &str,
        used: &mut Vec<Field>,
    ) -> (Option<CustomerId>, Option<ContactId>) {
        if name.is_empty() {
            return (None, None);
        }
        let place = self.customer(name);
        let person = source.text(row, &[Field::Contact]);
        let contact = if person.is_empty() { None } else { self.contact(place, person, source, row) };
        if contact.is_some() {
            used.push(Field::Contact);
            used.extend(CONTACT_FIELDS);
        }
        (self.customers.get(place).map(|customer| customer.id), contact)
    }

    fn history(&mut self, way: &Way, owner: Option<PersonId>, target: &Target) -> Vec<Event> {
        let mut events = Vec::with_capacity(2 + way.entered.len());
        let first = way.entered.first().map_or(way.stage, |(_, stage)| *stage);
        let created = way.creation(target, first, owner);
        self.event(&mut events, way.created, owner, created);
        let mut here = first;
        let mut day = way.created;
        for (date, stage) in way.entered.iter().skip(1) {
            self.event(&mut events, Some(*date), owner, EventKind::Entered { stage: *stage, gate: Gate::Unchecked });
            (here, day) = (*stage, Some(*date));
        }
        if here != way.stage {
            self.event(&mut events, day, owner, EventKind::Entered { stage: way.stage, gate: Gate::Unchecked });
        }
        if let Some(end) = way.end(way.role) {
            self.event(&mut events, way.closed.or(day), owner, end);
        }
        events
    }

    pub(super) fn event(&mut self, events: &mut Vec<Event>, on: Option<Date>, by: Option<PersonId>, kind: EventKind) {
        let id = EventId::from(self.ids.next());
        events.push(Event { id, on, at: self.stamp.at, by, kind });
    }

    fn count(&mut self, way: &Way, target: &Target, line: u32, title: String) {
        let amount = way.amount.map(Money::minor);
        let total = match way.role {
            StageRole::Won => Some(&mut self.summary.won),
            StageRole::Lost => Some(&mut self.summary.lost),
            StageRole::Dormant => Some(&mut self.summary.dormant),
            StageRole::Open => {
                let place = target.model.position(way.stage);
                place.and_then(|place| self.summary.stages.get_mut(place)).map(|stage| &mut stage.open)
            }
        };
        if let Some(total) = total {
            total.add(amount);
        }
        if self.summary.sample.len() < SAMPLES {
            let stage = target.model.stage(way.stage).map_or_else(String::new, |stage| stage.name.clone());
            self.summary.sample.push(Sample { line, title, stage, role: way.role, amount });
        }
    }
}

/// The outcome that columns beside the stage tell.
fn outcome<'a>(source: &Source<'a>, row: &'a Row) -> Option<StageRole> {
    let flag = |field| source.flag(row, field);
    if flag(Field::Won) == Some(true) {
        return Some(StageRole::Won);
    }
    // Some exports leave a false cell blank, so a closed deal whose file says which are won is lost.
    if flag(Field::Lost) == Some(true) || (flag(Field::Closed) == Some(true) && source.has(Field::Won)) {
        return Some(StageRole::Lost);
    }
    // Odoo has no stage for what is lost: it is archived, with the chance 0 or a reason.
    let hopeless = || {
        source.probability(row, true).is_some_and(|chance| chance <= 0.0)
            || !source.text(row, &[Field::LostReason]).is_empty()
    };
    if flag(Field::Active) == Some(false) && hopeless() {
        return Some(StageRole::Lost);
    }
    role_of(source.text(row, &[Field::Status])).filter(|role| *role != StageRole::Open || !source.has(Field::Stage))
}

/// Makes a way one that can have been: its dates in order, undated before dated. Whether it keeps all of its dates.
fn check(way: &mut Way, faults: &mut Faults) -> bool {
    let known = faults.len();
    if let Some((first, _)) = way.entered.first() {
        // The first stage is entered when the deal begins: exports stamp the two some hours apart.
        way.created = Some(way.created.map_or(*first, |created| created.min(*first)));
    }
    let is_closed = matches!(way.role, StageRole::Won | StageRole::Lost);
    let dated = way.created.is_some() || !way.entered.is_empty();
    if is_closed && way.closed.is_none() && dated {
        faults.push((None, ProblemKind::ClosedWithoutDate));
        way.created = None;
        if let Some((_, last)) = way.entered.last() {
            way.stage = *last;
        }
        way.entered.clear();
    }
    if let Some(closed) = way.closed {
        let before = way.entered.len();
        way.entered.retain(|(date, _)| *date <= closed);
        if way.created.is_some_and(|created| created > closed) || way.entered.len() < before {
            faults.push((None, ProblemKind::DateOrder));
        }
        way.created = way.created.filter(|created| *created <= closed);
    }
    let dates_kept = faults.len() == known;
    let stands_elsewhere = way.entered.last().is_some_and(|(_, last)| *last != way.stage);
    if stands_elsewhere && way.role == StageRole::Open {
        faults.push((None, ProblemKind::StageWithoutDate));
    } else if let Some((_, last)) = way.entered.last() {
        way.stage = *last;
    }
    dates_kept
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 10,000")]
fn share(value: f64) -> Option<Share> {
    Share::from_basis_points((value.clamp(0.0, 1.0) * 10_000.0).round() as u16)
}
