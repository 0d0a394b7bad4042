//! What was spent on deals.

use std::collections::BTreeMap;

use crate::{
    metrics::{LeftOut, Reason, Row, View, timeline::until},
    model::{CampaignId, DealId},
};

/// What was spent in the period on the deals of a line, as far as somebody wrote it down.
///
/// An activity with a cost counts on its day for its deal. A campaign counts on its first day, shared out in whole minor units, as
/// evenly as they go, over all deals that name it and had begun by the day of the view, whether the filter lets them through or not.
/// Work hours are no money here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cost {
    /// The sum in minor units.
    pub spent: i128,
    /// The deals it was spent on.
    pub deals: Vec<Row>,
    /// The counted deals of which no cost is known ([`Reason::NoCost`]).
    pub left_out: LeftOut,
}

impl Cost {
    /// The sum in minor units; `None` when no cost is known.
    pub fn known(&self) -> Option<i128> {
        (!self.deals.is_empty()).then_some(self.spent)
    }
}

/// What was spent in the period of a view.
pub(super) struct Spending {
    by_row: BTreeMap<Row, i128>,
    /// Spent on nothing that is a deal.
    pub(super) unassigned: i128,
}

impl Spending {
    pub(super) fn new(view: &View) -> Self {
        let mut all = Self { by_row: BTreeMap::new(), unassigned: 0 };
        for activity in view.frame.activities.iter() {
            let Some(cost) = activity.cost else { continue };
            if activity.on > view.as_of || view.in_period(Some(activity.on)).is_err() {
                continue;
            }
            all.spend(activity.deal.and_then(|deal| view.frame.row(deal)), i128::from(cost.minor()));
        }
        let mut brought: BTreeMap<CampaignId, Vec<DealId>> = BTreeMap::new();
        for (row, facts) in view.frame.rows() {
            let campaign = view.frame.record(row).and_then(|deal| deal.details.campaign);
            if let Some(campaign) = campaign
                && !until(view.frame.steps(row), view.as_of).is_empty()
            {
                brought.entry(campaign).or_default().push(facts.id);
            }
        }
        for campaign in view.frame.campaigns.iter() {
            let Some(cost) = campaign.cost.map(|cost| i128::from(cost.minor())) else { continue };
            if campaign.starts.is_some_and(|day| day > view.as_of) || view.in_period(campaign.starts).is_err() {
                continue;
            }
            match brought.get(&campaign.id).map_or(&[][..], Vec::as_slice) {
                [] => all.spend(None, cost),
                deals => {
                    for (deal, share) in deals.iter().zip(shares(cost, deals.len())) {
                        all.spend(view.frame.row(*deal), share);
                    }
                }
            }
        }
        all
    }

    fn spend(&mut self, on: Option<Row>, cost: i128) {
        match on {
            Some(row) => *self.by_row.entry(row).or_default() += cost,
            None => self.unassigned += cost,
        }
    }

    /// What was spent on the deals of a view that stand in the model of this number; `counted` are those of the other figures.
    pub(super) fn of(&self, view: &View, model: usize, counted: &[Row]) -> Cost {
        let mut cost = Cost::default();
        let here = view.states.iter().filter(|state| state.stage.is_some_and(|stage| stage.model == model));
        for state in here {
            if let Some(spent) = self.by_row.get(&state.row) {
                cost.spent += spent;
                cost.deals.push(state.row);
            }
        }
        for row in counted.iter().filter(|row| !self.by_row.contains_key(row)) {
            cost.left_out.add(Reason::NoCost, *row);
        }
        cost
    }
}

/// A whole amount in so many whole parts that add up to it and differ by at most one.
fn shares(amount: i128, parts: usize) -> impl Iterator<Item = i128> {
    let parts_in_all = i128::try_from(parts).unwrap_or(i128::MAX).max(1);
    let up_to = move |part: i128| amount * part / parts_in_all;
    (0..parts_in_all).map(move |part| up_to(part + 1) - up_to(part))
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn the_parts_of_a_cost_add_up_to_it() {
        assert_eq!(shares(100, 3).collect::<Vec<_>>(), [33, 33, 34]);
        assert_eq!(shares(2, 4).sum::<i128>(), 2);
        assert_eq!(shares(7, 1).collect::<Vec<_>>(), [7]);
    }
}
