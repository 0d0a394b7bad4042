//! A balance as a puzzle of seats and parcels, and its answer as customers that change hands.

use super::{
    Balance, Side, Stays,
    moves::{Parcel, Plan, Puzzle, Seat},
};
use crate::model::{Customer, CustomerId, Person, PersonId, Table};

/// Which moves are asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Question {
    /// People as seats, customers that may move as parcels.
    pub puzzle: Puzzle,
    /// For each parcel, the place of its account.
    accounts: Vec<usize>,
}

/// Why a customer is proposed to change hands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Why {
    /// One has too much and the other too little.
    Both,
    /// One has too much; the other has room.
    Relieves,
    /// One has too little; the other can spare it.
    Fills,
    /// It makes room for another move.
    Exchanges,
}

/// A customer changes hands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transfer {
    /// Which customer.
    pub customer: CustomerId,
    /// Who has it.
    pub from: PersonId,
    /// Who gets it.
    pub to: PersonId,
    /// The potential that goes with it, in minor units.
    pub worth: i128,
    /// What for.
    pub why: Why,
    /// Whether it comes to somebody who looks after another territory or industry.
    pub away: bool,
}

impl Balance {
    /// The question which customers should change hands; `None` when there is no band. Customers with a deal in the lower zone are
    /// asked about only with `lower_too`; those that stay for another reason never are.
    pub fn question(&self, customers: &Table<Customer>, people: &Table<Person>, lower_too: bool) -> Option<Question> {
        let seat = |holder: &super::Holder| Some(Seat { held: holder.potential, band: holder.band? });
        let seats: Vec<Seat> = self.people.iter().map(seat).collect::<Option<_>>()?;
        if seats.is_empty() {
            return None;
        }
        let mut question = Question { puzzle: Puzzle { seats, parcels: Vec::new() }, accounts: Vec::new() };
        for (place, account) in self.accounts.iter().enumerate() {
            let may =
                account.stays.is_none() || (lower_too && account.stays == Some(Stays::Lower) && account.worth > 0);
            let from = self.people.iter().position(|holder| holder.person == account.holder);
            let (true, Some(from), Some(customer)) = (may, from, customers.get(account.customer)) else { continue };
            let away = self.people.iter().map(|holder| leaves(customer, people.get(holder.person).map(AsRef::as_ref)));
            question.puzzle.parcels.push(Parcel { from, worth: account.worth, away: away.collect() });
            question.accounts.push(place);
        }
        Some(question)
    }

    /// The answer in terms of customers, the largest first.
    pub fn transfers(&self, question: &Question, plan: &Plan) -> Vec<Transfer> {
        let transfer = |step: &super::moves::Move| {
            let parcel = question.puzzle.parcels.get(step.parcel)?;
            let account = self.accounts.get(*question.accounts.get(step.parcel)?)?;
            let (from, to) = (self.people.get(parcel.from)?, self.people.get(step.to)?);
            let why = match (from.side()?, to.side()?) {
                (Side::Above, Side::Below) => Why::Both,
                (Side::Above, _) => Why::Relieves,
                (_, Side::Below) => Why::Fills,
                _ => Why::Exchanges,
            };
            Some(Transfer {
                customer: account.customer,
                from: from.person,
                to: to.person,
                worth: account.worth,
                why,
                away: parcel.away.get(step.to).copied().unwrap_or_default(),
            })
        };
        let mut transfers: Vec<_> = plan.moves.iter().filter_map(transfer).collect();
        transfers.sort_by_key(|transfer| (-transfer.worth, transfer.customer));
        transfers
    }
}

/// Whether a customer leaves its territory when it comes to this person: the person looks after something that names neither the
/// customer's territory nor its industry. Where one of the two was never written down, nobody can say so.
///
/// ```
/// use loudou::{metrics::balance::leaves, model::{Customer, Person}};
/// let looks_after = |territory: &str| Person {
///     id: 1.into(), name: "Seller".into(), department: None, territory: territory.into(), capacity: None, active: true,
/// };
/// let customer = Customer { territory: "North".into(), industry: "Steel".into(), ..Customer::named(1.into(), "Acme") };
/// let answers = ["north, east", "Steel", "South", ""].map(|territory| leaves(&customer, Some(&looks_after(territory))));
/// assert_eq!(answers, [false, false, true, false]);
/// ```
pub fn leaves(customer: &Customer, person: Option<&Person>) -> bool {
    let known = |text: &str| Some(text.trim().to_lowercase()).filter(|text| !text.is_empty());
    let theirs: Vec<String> =
        [&customer.territory, &customer.industry].into_iter().filter_map(|text| known(text)).collect();
    let own = person.and_then(|person| known(&person.territory));
    own.is_some_and(|own| !theirs.is_empty() && !theirs.iter().any(|text| own.contains(text.as_str())))
}
