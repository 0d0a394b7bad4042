//! What a number does not count, and why.

use std::collections::BTreeMap;

use super::Row;

/// Why a deal is not part of a number although the filter lets it through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// Nobody knows its amount: it adds nothing to the amounts.
    NoAmount,
    /// It names no customer: it adds nothing to the customers.
    NoCustomer,
    /// It names no product: it adds nothing to the units.
    NoUnits,
    /// The day of what is counted was never written down: it lies in no period and lasted no known time.
    Undated,
    /// What is counted happened outside the period.
    OutsidePeriod,
    /// It never stood in the first stage of the model: it says nothing about the way from there.
    EnteredMidway,
    /// It stands in a stage that its model does not have.
    UnknownStage,
    /// Nobody wrote down what it cost: it adds nothing to the cost.
    NoCost,
    /// It is neither won nor lost yet: nobody can say whether what was said of it came true.
    Undecided,
}

/// Deals that a number leaves out, by reason. A deal may stand under several reasons: each says what it does not add to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LeftOut(BTreeMap<Reason, Vec<Row>>);

impl LeftOut {
    /// The deals left out for this reason.
    pub fn of(&self, reason: Reason) -> &[Row] {
        self.0.get(&reason).map_or(&[], Vec::as_slice)
    }

    /// Every reason that left out a deal, with the deals.
    pub fn iter(&self) -> impl Iterator<Item = (Reason, &[Row])> {
        self.0.iter().map(|(reason, rows)| (*reason, rows.as_slice()))
    }

    /// Whether nothing was left out.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn add(&mut self, reason: Reason, row: Row) {
        self.0.entry(reason).or_default().push(row);
    }
}
