//! Who holds how much of what may be won, and who has how much to look after (method §8, balance).
//!
//! [`balance`](fn@balance) reads potential and load per person and per territory. [`Balance::question`] makes of it the [`moves::Puzzle`]
//! that [`moves::fewest`] answers, and [`Balance::transfers`] makes customers of the answer again. [`Balance::after`] is the same reading with
//! some customers in other hands, before anything is changed.

mod band;
pub mod moves;
mod question;

use std::collections::{BTreeMap, BTreeSet};

pub use band::{Band, REACH, Side, bands, gini, spread, weights};
pub use question::{Question, Transfer, Why, leaves};

use super::{LeftOut, Reason, Row, View, timeline::value_on, view::Status};
use crate::model::{CustomerId, Person, PersonId, Share, Table, Zone};

/// Why a customer is not proposed to change hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stays {
    /// Its open deals belong to several sellers, or to another one than itself: that is to be settled first.
    Contested,
    /// One of its deals is in the lower zone: decided, and no time to change the face.
    Lower,
    /// Its open deals have no worth: none is open, or nobody knows the amounts.
    Worthless,
}

/// The open deals that one customer has with one seller.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Who may buy.
    pub customer: CustomerId,
    /// Who sells, or looks after it when no deal is open.
    pub holder: PersonId,
    /// The open deals, in their order.
    pub deals: Vec<Row>,
    /// Their potential in minor units.
    pub worth: i128,
    /// Why it is not proposed to change hands; `None` when it may.
    pub stays: Option<Stays>,
}

/// What somebody holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub person: PersonId,
    /// The potential of all the open deals in minor units.
    pub potential: i128,
    /// The open deals.
    pub deals: Vec<Row>,
    /// Different customers with an open deal or in the person's care.
    pub customers: usize,
    /// How many open deals the person can look after, as the team's record says.
    pub capacity: Option<u16>,
    /// The band; `None` when nobody holds anything.
    pub band: Option<Band>,
}

impl Holder {
    /// Where the person stands; `None` without a band.
    pub fn side(&self) -> Option<Side> {
        self.band.map(|band| band.side(self.potential))
    }
}

/// What a territory holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Territory {
    /// Its name as customers carry it; empty for customers without one.
    pub name: String,
    /// The potential of its customers in minor units.
    pub potential: i128,
    /// The open deals.
    pub deals: Vec<Row>,
    /// Its customers.
    pub customers: usize,
    /// Different people who hold them.
    pub holders: usize,
}

/// Potential and load of some people on one day.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    /// Each of the people, in the order of their ids.
    pub people: Vec<Holder>,
    /// What they hold by customer, in the order of the customers' ids.
    pub accounts: Vec<Account>,
    /// The territories of these customers, the richest first.
    pub territories: Vec<Territory>,
    /// Open deals without a customer: they count for their seller and cannot change hands with a customer.
    loose: Vec<(PersonId, Row, i128)>,
    /// Open deals of nobody, or of somebody who does not take part.
    pub elsewhere: Vec<Row>,
    /// Deals that add no potential ([`Reason::NoAmount`]), are no customer's ([`Reason::NoCustomer`]) or stand in a stage that their
    /// model does not have ([`Reason::UnknownStage`], not counted at all).
    pub left_out: LeftOut,
    places: BTreeMap<CustomerId, String>,
}

/// Σ amount × basis points of some deals, to the minor unit.
fn minor(weighted: i128) -> i128 {
    let whole = i128::from(Share::ONE.basis_points());
    (weighted + whole / 2).div_euclid(whole)
}

#[derive(Default)]
struct Draft {
    deals: Vec<Row>,
    weighted: i128,
    lower: bool,
}

/// Potential and load of `who`, on the day of the view.
///
/// **Potential** is Σ amount × probability of the stage over the open deals, rounded for each customer to the minor unit. The probability
/// is the model's and not the seller's own: whoever writes down a high one would look rich and lose customers for it. **Load** is
/// the open deals, beside what the person can look after, and the customers. The **band** reaches from 85 % to 115 % of the fair
/// share; shares are alike, or go by capacity when anybody has one ([`weights`]): half a seller shall not carry what a whole one does.
///
/// A customer is in the care of the one who sells to it; without an open deal, of its owner. Who does not take part counts nowhere.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{company, created, day, deal, model, stage};
/// use loudou::{metrics::{Filter, Frame, balance::{Side, balance}}, model::{Batch, EventKind, Person}};
/// let person = |id: u128| Person {
///     id: id.into(), name: "Seller".into(), department: None, territory: String::new(), capacity: None, active: true,
/// };
/// // 4,000.00 and 2,000.00 at 25 % for the first, 1,000.00 at 50 % for the second.
/// let owned = |id: u128, stage: u128, amount: i64, seller: u128| {
///     let begun = created(stage, Some(amount), None, None);
///     let given = (day(2026, 1, 6), EventKind::OwnerChanged { to: Some(seller.into()) });
///     deal(id, begun, Some(day(2026, 1, 5)), vec![given])
/// };
/// let company = company(Batch {
///     models: vec![model(1, vec![stage(1, "Talk", 25), stage(2, "Offer", 50)])],
///     people: vec![person(1), person(2)],
///     deals: vec![owned(1, 1, 400_000, 1), owned(2, 1, 200_000, 1), owned(3, 2, 100_000, 2)],
///     ..Batch::default()
/// });
/// let (frame, everything) = (Frame::new(&company), Filter::default());
/// let balance = balance(&frame.view(day(2026, 3, 31), &everything), &company.people, &[1.into(), 2.into()].into());
/// let [first, second] = &balance.people[..] else { unreachable!() };
/// assert_eq!((first.potential, second.potential), (150_000, 50_000));
/// assert_eq!((first.side(), second.side()), (Some(Side::Above), Some(Side::Below)));
/// // Half of 2,000.00 each, so 850.00 to 1,150.00. The spread is the whole mean.
/// assert_eq!((balance.spread(), balance.relative_spread()), (Some(100_000), Some(1.0)));
/// assert_eq!(balance.gini(), Some(0.25));
/// ```
pub fn balance(view: &View, people: &Table<Person>, who: &BTreeSet<PersonId>) -> Balance {
    let mut balance = Balance::default();
    let mut drafts: BTreeMap<CustomerId, BTreeMap<PersonId, Draft>> = BTreeMap::new();
    for state in &view.states {
        if state.status != Status::Open {
            continue;
        }
        let Some(stage) = state.stage else {
            balance.left_out.add(Reason::UnknownStage, state.row);
            continue;
        };
        if !view.shows(stage.model) {
            continue;
        }
        let owner = value_on(view.frame.owners(state.row), view.as_of).flatten();
        let Some(owner) = owner.filter(|owner| who.contains(owner)) else {
            balance.elsewhere.push(state.row);
            continue;
        };
        if state.amount.is_none() {
            balance.left_out.add(Reason::NoAmount, state.row);
        }
        let amount = state.amount.map_or(0, |amount| i128::from(amount.minor()));
        let weighted = amount * i128::from(stage.probability.basis_points());
        let customer = state.facts.customer.and_then(|place| view.frame.customers.get(place));
        if let Some(customer) = customer {
            let draft = drafts.entry(customer.id).or_default().entry(owner).or_default();
            draft.deals.push(state.row);
            draft.weighted += weighted;
            draft.lower |= state.zone(stage) == Zone::Lower;
        } else {
            balance.left_out.add(Reason::NoCustomer, state.row);
            balance.loose.push((owner, state.row, minor(weighted)));
        }
    }
    let elsewhere: BTreeSet<usize> =
        balance.elsewhere.iter().filter_map(|row| view.state(*row)?.facts.customer).collect();
    for (place, customer) in view.frame.customers.iter().enumerate() {
        let shared = elsewhere.contains(&place);
        let mut hands = drafts.remove(&customer.id).unwrap_or_default();
        if let (true, false, Some(owner)) =
            (hands.is_empty(), shared, customer.owner.filter(|owner| who.contains(owner)))
        {
            hands.insert(owner, Draft::default());
        }
        let alone = hands.len() == 1 && !shared;
        for (holder, Draft { deals, weighted, lower }) in hands {
            let worth = minor(weighted);
            let stays = match () {
                () if !alone || customer.owner.is_some_and(|owner| owner != holder) => Some(Stays::Contested),
                () if lower => Some(Stays::Lower),
                () if worth <= 0 => Some(Stays::Worthless),
                () => None,
            };
            balance.accounts.push(Account { customer: customer.id, holder, deals, worth, stays });
            balance.places.insert(customer.id, customer.territory.trim().to_owned());
        }
    }
    let holder = |id: &PersonId| {
        let person = people.get(*id)?;
        let capacity = person.capacity;
        Some(Holder { person: *id, potential: 0, deals: vec![], customers: 0, capacity, band: None })
    };
    balance.people = who.iter().filter_map(holder).collect();
    balance.add_up();
    balance
}

impl Balance {
    /// The potential of everybody together, in minor units.
    pub fn total(&self) -> i128 {
        self.people.iter().map(|holder| holder.potential).sum()
    }

    /// The mean potential of a person in minor units; `None` without people.
    #[expect(clippy::cast_precision_loss, reason = "a mean is shown, not added to")]
    pub fn mean(&self) -> Option<f64> {
        (!self.people.is_empty()).then(|| self.total() as f64 / self.people.len() as f64)
    }

    /// How far apart those are who hold the most and the least beyond their fair share ([`spread`]); `None` without bands.
    pub fn spread(&self) -> Option<i128> {
        let bands: Option<Vec<Band>> = self.people.iter().map(|holder| holder.band).collect();
        spread(&self.held(), &bands?)
    }

    /// The spread as a share of the mean.
    #[expect(clippy::cast_precision_loss, reason = "a share is shown, not added to")]
    pub fn relative_spread(&self) -> Option<f64> {
        self.mean().filter(|mean| *mean > 0.0).zip(self.spread()).map(|(mean, spread)| spread as f64 / mean)
    }

    /// How uneven the potential is shared, by capacity ([`gini`]).
    pub fn gini(&self) -> Option<f64> {
        gini(&self.held(), &self.weights())
    }

    /// How uneven the potential is spread over the territories.
    pub fn gini_of_territories(&self) -> Option<f64> {
        let held: Vec<i128> = self.territories.iter().map(|territory| territory.potential).collect();
        gini(&held, &vec![1; held.len()])
    }

    /// How many stand on this side of the band.
    pub fn on(&self, side: Side) -> usize {
        self.people.iter().filter(|holder| holder.side() == Some(side)).count()
    }

    /// The reading as it would be with these customers in other hands: each goes with all of its open deals that are counted here. People
    /// who do not take part get nothing.
    #[must_use]
    pub fn after(&self, moves: &BTreeMap<CustomerId, PersonId>) -> Self {
        let mut after = self.clone();
        for account in &mut after.accounts {
            let to = moves.get(&account.customer).filter(|to| self.people.iter().any(|holder| holder.person == **to));
            account.holder = to.copied().unwrap_or(account.holder);
        }
        after.add_up();
        after
    }

    fn held(&self) -> Vec<i128> {
        self.people.iter().map(|holder| holder.potential).collect()
    }

    fn weights(&self) -> Vec<i128> {
        weights(&self.people.iter().map(|holder| holder.capacity).collect::<Vec<_>>())
    }

    /// Writes what everybody and every territory holds by the accounts.
    fn add_up(&mut self) {
        for holder in &mut self.people {
            let own = || self.accounts.iter().filter(|account| account.holder == holder.person);
            let loose = || self.loose.iter().filter(|(owner, ..)| *owner == holder.person);
            holder.potential =
                own().map(|account| account.worth).sum::<i128>() + loose().map(|(_, _, worth)| worth).sum::<i128>();
            holder.deals = own().flat_map(|account| account.deals.iter().copied()).collect();
            holder.deals.extend(loose().map(|(_, row, _)| *row));
            holder.deals.sort_unstable();
            holder.customers = own().map(|account| account.customer).collect::<BTreeSet<_>>().len();
        }
        let bands = bands(&self.weights(), self.total());
        for (place, holder) in self.people.iter_mut().enumerate() {
            holder.band = bands.as_ref().and_then(|bands| bands.get(place).copied());
        }
        self.territories = self.by_territory();
    }

    fn by_territory(&self) -> Vec<Territory> {
        let mut all: BTreeMap<&str, (Territory, BTreeSet<CustomerId>, BTreeSet<PersonId>)> = BTreeMap::new();
        for account in &self.accounts {
            let name = self.places.get(&account.customer).map_or("", String::as_str);
            let (territory, customers, holders) = all.entry(name).or_default();
            territory.potential += account.worth;
            territory.deals.extend(&account.deals);
            customers.insert(account.customer);
            holders.insert(account.holder);
        }
        let finish = |(name, (territory, customers, holders)): (&str, (Territory, BTreeSet<_>, BTreeSet<_>))| {
            let (customers, holders) = (customers.len(), holders.len());
            let mut deals = territory.deals;
            deals.sort_unstable();
            Territory { name: name.to_owned(), deals, customers, holders, ..territory }
        };
        let mut territories: Vec<_> = all.into_iter().map(finish).collect();
        territories.sort_by(|a, b| b.potential.cmp(&a.potential).then_with(|| a.name.cmp(&b.name)));
        territories
    }
}

#[cfg(test)]
mod tests;
