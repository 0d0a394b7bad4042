//! What some deals amount to.

use super::{LeftOut, Reason, Row, survival::count, view::State};
use crate::model::Share;

/// Some deals with their sums.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Holding {
    /// The deals.
    pub deals: Vec<Row>,
    /// Different customers among them; deals without customer add none and are listed under [`Reason::NoCustomer`].
    pub customers: usize,
    /// Units over their product lines; deals without lines add none and are listed under [`Reason::NoUnits`].
    pub units: u64,
    /// Sum of the amounts in minor units; deals without amount add none and are listed under [`Reason::NoAmount`].
    pub amount: i128,
    /// Σ amount × probability in minor units. Won deals count whole, lost and sleeping ones nothing; open ones by the seller's
    /// own probability or else that of the stage. Deals without amount add nothing.
    pub weighted: f64,
    /// What is not in the sums, by reason.
    pub left_out: LeftOut,
}

impl Holding {
    /// The sum of the amounts in minor units; `None` when there are deals and nobody knows the amount of any.
    pub fn known_amount(&self) -> Option<i128> {
        self.unless_unknown(Reason::NoAmount, self.amount)
    }

    /// The mean amount of the deals whose amount is known, in minor units; `None` when no amount is.
    pub fn mean_amount(&self) -> Option<f64> {
        let known = self.deals.len() - self.left_out.of(Reason::NoAmount).len();
        #[expect(clippy::cast_precision_loss, reason = "a mean amount is shown, not added to")]
        (known > 0).then(|| self.amount as f64 / count(known))
    }

    /// The units; `None` when there are deals and none names a product.
    pub fn known_units(&self) -> Option<u64> {
        self.unless_unknown(Reason::NoUnits, self.units)
    }

    fn unless_unknown<T>(&self, reason: Reason, sum: T) -> Option<T> {
        let unknown = !self.deals.is_empty() && self.left_out.of(reason).len() == self.deals.len();
        (!unknown).then_some(sum)
    }
}

/// Adds up a [`Holding`]. Exact until the end, so the order of the deals does not matter.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    holding: Holding,
    customers: Vec<usize>,
    /// Σ amount × basis points.
    weighted: i128,
}

impl Tally {
    /// Counts a deal whose amount weighs `chance`.
    pub(super) fn add(&mut self, state: &State, chance: Share) {
        let Holding { deals, units, amount, left_out, .. } = &mut self.holding;
        deals.push(state.row);
        match state.facts.customer {
            Some(customer) => self.customers.push(customer),
            None => left_out.add(Reason::NoCustomer, state.row),
        }
        match state.facts.units {
            Some(more) => *units += more,
            None => left_out.add(Reason::NoUnits, state.row),
        }
        match state.amount {
            Some(more) => {
                *amount += i128::from(more.minor());
                self.weighted += i128::from(more.minor()) * i128::from(chance.basis_points());
            }
            None => left_out.add(Reason::NoAmount, state.row),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "a weighted amount is shown, not added to")]
    pub(super) fn finish(mut self) -> Holding {
        self.customers.sort_unstable();
        self.customers.dedup();
        Holding {
            customers: self.customers.len(),
            weighted: self.weighted as f64 / f64::from(Share::ONE.basis_points()),
            ..self.holding
        }
    }
}
