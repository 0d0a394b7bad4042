//! Customers that several sellers, or several spellings, make a conflict of (method §8, conflicts).
//!
//! Two sellers who call the same customer are noticed by it; two spellings hide that they do. People who sell jointly are no conflict:
//! each of them owns every open deal of the customer or supports it.

use std::collections::{BTreeMap, BTreeSet};

use super::Pair;
use crate::model::{CustomerId, Deal, DealId, Money, PersonId, Workspace};

/// What kind of conflict, the worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ConflictKind {
    /// The same company under two spellings, with a seller for each.
    TwiceWithTwoSellers,
    /// Open deals of a customer belong to different sellers.
    SeveralSellers,
    /// The open deals of a customer belong to one seller, and the customer to another.
    OtherSeller,
    /// The same company under two spellings.
    Twice,
}

/// What one person has to do with one customer.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Hand {
    /// Which customer.
    pub customer: CustomerId,
    /// Who.
    pub person: PersonId,
    /// Whether the customer is in the person's care.
    pub owns: bool,
    /// The open deals of the customer that the person owns.
    pub deals: Vec<DealId>,
}

/// One conflict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What kind.
    pub kind: ConflictKind,
    /// The customer, or both spellings.
    pub customers: Vec<CustomerId>,
    /// Who has to do with them, by customer and person.
    pub hands: Vec<Hand>,
    /// What the open deals concerned may bring, in minor units; `None` when no amount is known.
    pub amount: Option<i64>,
}

/// The open deals of a customer, by who sells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hands {
    sellers: BTreeMap<PersonId, Vec<DealId>>,
    /// Who owns or supports each of the deals; `None` before the first.
    on_all: Option<BTreeSet<PersonId>>,
    amount: Option<i64>,
}

impl Hands {
    /// Counts an open deal. One that nobody owns is nobody's.
    pub fn add(&mut self, deal: &Deal) {
        if let Some(amount) = deal.standing().amount.map(Money::minor) {
            self.amount = Some(self.amount.unwrap_or_default().saturating_add(amount));
        }
        let Some(owner) = deal.standing().owner else { return };
        self.sellers.entry(owner).or_default().push(deal.id);
        let team: BTreeSet<PersonId> = deal.details.supporters.iter().copied().chain([owner]).collect();
        match &mut self.on_all {
            Some(on_all) => on_all.retain(|person| team.contains(person)),
            None => self.on_all = Some(team),
        }
    }

    /// Whether the sellers get into each other's way, and how, when the customer is in the care of `owner`.
    pub fn clash(&self, owner: Option<PersonId>) -> Option<ConflictKind> {
        let jointly = |person: &PersonId| self.on_all.as_ref().is_some_and(|on_all| on_all.contains(person));
        match owner {
            _ if self.sellers.len() > 1 && !self.sellers.keys().all(jointly) => Some(ConflictKind::SeveralSellers),
            Some(owner) if !self.sellers.is_empty() && !self.sellers.contains_key(&owner) && !jointly(&owner) => {
                Some(ConflictKind::OtherSeller)
            }
            _ => None,
        }
    }

    /// What the deals may bring, in minor units; `None` when no amount is known.
    pub fn amount(&self) -> Option<i64> {
        self.amount
    }
}

/// The open deals of each customer.
pub fn hands(workspace: &Workspace) -> BTreeMap<CustomerId, Hands> {
    let mut all: BTreeMap<CustomerId, Hands> = BTreeMap::new();
    for deal in workspace.deals.iter().filter(|deal| deal.standing().is_open()) {
        if let Some(customer) = deal.details.customer {
            all.entry(customer).or_default().add(deal);
        }
    }
    all
}

/// The conflicts of a workspace, the worst first, then those with the most money. `pairs` are customers that may be the same company, as
/// [`duplicates`](fn@super::duplicates) finds them.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{company, created, day, deal, model, stage};
/// use loudou::{metrics::{ConflictKind, conflicts}, model::{Batch, Customer, EventKind, Person}};
/// let person = |id: u128| Person {
///     id: id.into(), name: "Seller".into(), department: None, territory: String::new(), capacity: None, active: true,
/// };
/// let sold = |id: u128, seller: u128| {
///     let given = (day(2026, 1, 6), EventKind::OwnerChanged { to: Some(seller.into()) });
///     let mut deal = deal(id, created(1, Some(100), None, None), Some(day(2026, 1, 5)), vec![given]);
///     deal.details.customer = Some(7.into());
///     deal
/// };
/// let company = company(Batch {
///     models: vec![model(1, vec![stage(1, "Talk", 25)])],
///     people: vec![person(1), person(2)],
///     customers: vec![Customer::named(7.into(), "Acme")],
///     deals: vec![sold(1, 1), sold(2, 2)],
///     ..Batch::default()
/// });
/// let found = conflicts(&company, &[]);
/// assert_eq!((found.len(), found[0].kind, found[0].amount), (1, ConflictKind::SeveralSellers, Some(200)));
/// ```
pub fn conflicts(workspace: &Workspace, pairs: &[Pair]) -> Vec<Conflict> {
    let all = hands(workspace);
    let none = Hands::default();
    let of = |id: CustomerId| all.get(&id).unwrap_or(&none);
    let mut found = Vec::new();
    for pair in pairs {
        let (Some(one), Some(two)) = (workspace.customers.get(pair.one), workspace.customers.get(pair.two)) else {
            continue;
        };
        let hands = [hands_on(one.id, one.owner, of(one.id)), hands_on(two.id, two.owner, of(two.id))];
        let people = hands.each_ref().map(|hands| hands.iter().map(|hand| hand.person).collect::<BTreeSet<_>>());
        let [first, second] = &people;
        let both = !first.is_empty() && !second.is_empty() && first.union(second).count() > 1;
        let kind = if both { ConflictKind::TwiceWithTwoSellers } else { ConflictKind::Twice };
        let amount = match (of(one.id).amount, of(two.id).amount) {
            (Some(one), Some(two)) => Some(one.saturating_add(two)),
            (one, two) => one.or(two),
        };
        found.push(Conflict { kind, customers: vec![one.id, two.id], hands: hands.concat(), amount });
    }
    for customer in workspace.customers.iter() {
        let its = of(customer.id);
        if let Some(kind) = its.clash(customer.owner) {
            let hands = hands_on(customer.id, customer.owner, its);
            found.push(Conflict { kind, customers: vec![customer.id], hands, amount: its.amount });
        }
    }
    found.sort_by(|a, b| {
        a.kind.cmp(&b.kind).then_with(|| b.amount.cmp(&a.amount)).then_with(|| a.customers.cmp(&b.customers))
    });
    found
}

fn hands_on(customer: CustomerId, owner: Option<PersonId>, hands: &Hands) -> Vec<Hand> {
    let people: BTreeSet<PersonId> = hands.sellers.keys().copied().chain(owner).collect();
    let hand = |person: PersonId| {
        let deals = hands.sellers.get(&person).cloned().unwrap_or_default();
        Hand { customer, person, owns: owner == Some(person), deals }
    };
    people.into_iter().map(hand).collect()
}

#[cfg(test)]
mod tests;
