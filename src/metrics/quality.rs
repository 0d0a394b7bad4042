//! What is wrong with the data (数据质量): bad or missing data is shown, not hidden (method §3).

use std::collections::{BTreeMap, BTreeSet};

use super::conflicts::{ConflictKind, Hands, hands};
use crate::model::{Contact, ContactId, Customer, CustomerId, Date, Deal, DealId, Money, PersonId, Status, Workspace};

/// A kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Problem {
    /// An open deal without a next action.
    NoNextAction,
    /// The next action of an open deal was due before today.
    ActionOverdue,
    /// The expected close of an open deal lies before today.
    CloseOverdue,
    /// An open deal without an expected close date.
    NoClose,
    /// An open deal without an amount.
    NoAmount,
    /// An open deal that nobody owns.
    NoOwner,
    /// The owner of an open deal no longer works here.
    OwnerLeft,
    /// An open deal without a customer.
    NoCustomer,
    /// A dormant deal whose wake-up date has come.
    Overslept,
    /// An open deal in a stage that its model no longer has.
    UnknownStage,
    /// The amount of an open deal is not what its product lines add up to. Only when each line has a price.
    AmountDiffers,
    /// A won or lost deal without a date: it counts in no period.
    Undated,
    /// Open deals of the customer belong to different sellers who do not sell jointly.
    SeveralSellers,
    /// The open deals of the customer belong to one seller, and the customer to another who does not help with them.
    OtherSeller,
    /// A customer that nobody looks after.
    CustomerNoOwner,
    /// Who looks after the customer no longer works here.
    CustomerOwnerLeft,
    /// A customer without a contact.
    NoContact,
    /// A contact with neither phone number nor e-mail address.
    Unreachable,
    /// A contact whose e-mail address is none.
    BadEmail,
}

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It makes numbers wrong, or lets a deal slip through.
    Must,
    /// It would be better without.
    Should,
}

impl Problem {
    /// All kinds in the order to show: those of deals, then those of customers.
    pub const ALL: [Self; 19] = [
        Self::NoNextAction,
        Self::ActionOverdue,
        Self::CloseOverdue,
        Self::NoClose,
        Self::NoAmount,
        Self::NoOwner,
        Self::OwnerLeft,
        Self::NoCustomer,
        Self::Overslept,
        Self::UnknownStage,
        Self::AmountDiffers,
        Self::Undated,
        Self::SeveralSellers,
        Self::OtherSeller,
        Self::CustomerNoOwner,
        Self::CustomerOwnerLeft,
        Self::NoContact,
        Self::Unreachable,
        Self::BadEmail,
    ];

    /// How much it matters.
    pub fn severity(self) -> Severity {
        match self {
            Self::NoNextAction
            | Self::CloseOverdue
            | Self::NoOwner
            | Self::OwnerLeft
            | Self::NoCustomer
            | Self::Overslept
            | Self::UnknownStage
            | Self::SeveralSellers
            | Self::CustomerOwnerLeft => Severity::Must,
            Self::ActionOverdue
            | Self::NoClose
            | Self::NoAmount
            | Self::AmountDiffers
            | Self::Undated
            | Self::OtherSeller
            | Self::CustomerNoOwner
            | Self::NoContact
            | Self::Unreachable
            | Self::BadEmail => Severity::Should,
        }
    }

    /// Whether it is a problem of a deal; else it is one of a customer or contact.
    pub fn of_deal(self) -> bool {
        self <= Self::Undated
    }
}

/// The record that has a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// A deal.
    Deal(DealId),
    /// A customer.
    Customer(CustomerId),
    /// A contact at a customer.
    Contact(CustomerId, ContactId),
}

/// The records with one kind of problem.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Which kind.
    pub problem: Problem,
    /// The records, in the order of their ids; never empty.
    pub subjects: Vec<Subject>,
    /// What the deals concerned may bring or brought, in minor units: the deals themselves, or the open deals of the customers
    /// concerned, each once. `None` when no amount is known.
    pub amount: Option<i64>,
}

/// What is wrong with the data of a workspace.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Quality {
    /// The kinds that occur, in the order of [`Problem::ALL`].
    pub findings: Vec<Finding>,
    /// How many deals are open.
    pub open: usize,
    /// How many of them have no problem of their own.
    pub sound: usize,
}

impl Quality {
    /// The share of open deals without a problem of their own; `None` when no deal is open.
    pub fn share(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "deals are far fewer than 2^52")]
        (self.open > 0).then(|| self.sound as f64 / self.open as f64)
    }

    /// The records with a problem of this kind.
    pub fn of(&self, problem: Problem) -> &[Subject] {
        self.finding(problem).map_or(&[], |finding| finding.subjects.as_slice())
    }

    /// The finding of this kind, if it occurs.
    pub fn finding(&self, problem: Problem) -> Option<&Finding> {
        self.findings.iter().find(|finding| finding.problem == problem)
    }
}

/// What is wrong with the data on `today`. Duplicate customers are found by [`duplicates`](fn@super::duplicates).
pub fn quality(workspace: &Workspace, today: Date) -> Quality {
    let mut found: BTreeMap<Problem, (Vec<Subject>, Sum)> = BTreeMap::new();
    let (mut open, mut sound) = (0, 0);
    for deal in workspace.deals.iter() {
        let amount = deal.standing().amount;
        let mut problems = 0;
        of_deal(deal, workspace, today, |problem| {
            problems += 1;
            let (subjects, sum) = found.entry(problem).or_default();
            subjects.push(Subject::Deal(deal.id));
            sum.add(amount);
        });
        if deal.standing().is_open() {
            open += 1;
            sound += usize::from(problems == 0);
        }
    }
    let (customers, none) = (hands(workspace), Hands::default());
    for customer in workspace.customers.iter() {
        let hands = customers.get(&customer.id).unwrap_or(&none);
        let mut counted = BTreeSet::new();
        of_customer(customer, hands, workspace, |problem, subject| {
            let (subjects, sum) = found.entry(problem).or_default();
            subjects.push(subject);
            if counted.insert(problem) {
                sum.add_all(Sum(hands.amount()));
            }
        });
    }
    let finding =
        |(problem, (subjects, sum)): (Problem, (Vec<Subject>, Sum))| Finding { problem, subjects, amount: sum.0 };
    Quality { findings: found.into_iter().map(finding).collect(), open, sound }
}

/// A sum of which nothing is known yet, or so much.
#[derive(Clone, Copy, Default)]
struct Sum(Option<i64>);

impl Sum {
    fn add(&mut self, amount: Option<Money>) {
        self.add_all(Self(amount.map(Money::minor)));
    }

    fn add_all(&mut self, Self(more): Self) {
        if let Some(more) = more {
            self.0 = Some(self.0.unwrap_or_default().saturating_add(more));
        }
    }
}

fn of_deal(deal: &Deal, workspace: &Workspace, today: Date, mut say: impl FnMut(Problem)) {
    let (standing, details) = (deal.standing(), &deal.details);
    match standing.status {
        Status::Won { on: None } | Status::Lost { on: None, .. } => return say(Problem::Undated),
        Status::Dormant { wake: Some(wake), .. } if wake <= today => return say(Problem::Overslept),
        Status::Won { .. } | Status::Lost { .. } | Status::Dormant { .. } => return,
        Status::Open => {}
    }
    match &details.next_action {
        None => say(Problem::NoNextAction),
        Some(action) if action.due.is_some_and(|due| due < today) => say(Problem::ActionOverdue),
        Some(_) => {}
    }
    match standing.expected_close {
        None => say(Problem::NoClose),
        Some(day) if day < today => say(Problem::CloseOverdue),
        Some(_) => {}
    }
    match (standing.amount, sum_of_lines(deal)) {
        (None, _) => say(Problem::NoAmount),
        (Some(amount), Some(sum)) if amount != sum => say(Problem::AmountDiffers),
        (Some(_), _) => {}
    }
    match standing.owner {
        None => say(Problem::NoOwner),
        Some(owner) if has_left(workspace, owner) => say(Problem::OwnerLeft),
        Some(_) => {}
    }
    if workspace.customer_of(deal).is_none() {
        say(Problem::NoCustomer);
    }
    if workspace.stage_of(deal).is_none() {
        say(Problem::UnknownStage);
    }
}

fn has_left(workspace: &Workspace, person: PersonId) -> bool {
    workspace.people.get(person).is_none_or(|person| !person.active)
}

/// What the product lines of a deal add up to; `None` without lines, when a price is unknown, or beyond the bound of an amount.
pub fn sum_of_lines(deal: &Deal) -> Option<Money> {
    let lines = &deal.details.lines;
    let sum = lines.iter().try_fold(Money::ZERO, |sum, line| sum.plus(line.price?.times(line.units)?))?;
    (!lines.is_empty()).then_some(sum)
}

fn of_customer(customer: &Customer, hands: &Hands, workspace: &Workspace, mut say: impl FnMut(Problem, Subject)) {
    let subject = Subject::Customer(customer.id);
    match hands.clash(customer.owner) {
        Some(ConflictKind::SeveralSellers) => say(Problem::SeveralSellers, subject),
        Some(ConflictKind::OtherSeller) => say(Problem::OtherSeller, subject),
        _ => {}
    }
    match customer.owner {
        None => say(Problem::CustomerNoOwner, subject),
        Some(owner) if has_left(workspace, owner) => say(Problem::CustomerOwnerLeft, subject),
        Some(_) => {}
    }
    if customer.contacts.is_empty() {
        say(Problem::NoContact, subject);
    }
    for contact in &customer.contacts {
        let subject = Subject::Contact(customer.id, contact.id);
        let Contact { phone, email, .. } = contact;
        if phone.trim().is_empty() && email.trim().is_empty() {
            say(Problem::Unreachable, subject);
        } else if !email.trim().is_empty() && !is_email(email) {
            say(Problem::BadEmail, subject);
        }
    }
}

/// Whether a text may be an e-mail address, or several of them. Only what surely is none is refused: no `@`, or nothing before or after it.
fn is_email(text: &str) -> bool {
    let alone = |one: &str| {
        one.rsplit_once('@').is_some_and(|(name, host)| {
            !name.is_empty() && host.contains('.') && !host.starts_with('.') && !host.ends_with('.')
        })
    };
    let parts = text.split([',', ';', '，', '；', ' ']).filter(|part| !part.is_empty());
    parts.map(|part| part.trim_start_matches('<').trim_end_matches('>')).any(alone)
}

#[cfg(test)]
mod tests;
