//! Who fits best to take over a customer: who knows it, who looks after its territory, who sells in its industry, who has room.

use std::{collections::BTreeMap, sync::Arc};

use super::Belongings;
use crate::model::{
    ActivityId, CustomerId, Date, Deal, DealId, HandedOver, Person, PersonId, Share, Status, Workspace,
};

/// How much it counts that somebody sold to the customer, or helps to, already.
const KNOWS: i64 = 300;
/// How much it counts that the customer lies in the person's territory.
const TERRITORY: i64 = 200;
/// How much it counts that somebody won a deal in the customer's industry.
const WON_THERE: i64 = 150;
/// How much it counts that somebody has customers in that industry.
const SELLS_THERE: i64 = 75;
/// What a full load takes off.
const LOAD: i64 = 200;
/// What it takes off to have more than one can look after.
const OVER: i64 = 300;
/// What the mean potential takes off.
const POTENTIAL: i64 = 100;

/// How somebody knows a customer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Known {
    /// Looks after it.
    Owns,
    /// Owns or owned this deal with it.
    Sold(DealId),
    /// Supports, or supported, this deal with it.
    Supports(DealId),
    /// Was there in the past year.
    Met(ActivityId),
}

/// Why somebody fits, or does not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// Knows the customer already.
    Knows(Known),
    /// Looks after the customer's territory, or its industry.
    Territory,
    /// Sells in the customer's industry: customers there, and deals won there.
    Industry {
        /// Customers the person looks after.
        customers: usize,
        /// Deals the person won.
        won: usize,
    },
    /// How many deals the person would then have.
    Load {
        /// Deals, this line and those given before included.
        deals: i64,
        /// How many the person can look after; `None` when nobody said.
        capacity: Option<u16>,
        /// Whether that is more than that, or without a capacity more than others have on average.
        over: bool,
    },
}

/// How well somebody fits for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fit {
    /// Who.
    pub person: PersonId,
    /// The sum of the grounds' points; the largest is the best.
    pub score: i64,
    /// The grounds, those that speak for the person first.
    pub grounds: Vec<Ground>,
}

/// The receiver that is proposed for a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proposal {
    /// What is handed over.
    pub what: HandedOver,
    /// Who fits best, given what was assigned before.
    pub fit: Fit,
}

/// What somebody has to look after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Load {
    /// Customers.
    pub customers: i64,
    /// Open deals; a customer without any that was received counts as one.
    pub deals: i64,
    /// Σ amount × chance of the open deals, in minor units.
    pub potential: i128,
}

impl Load {
    fn plus(self, other: Self) -> Self {
        Self {
            customers: self.customers + other.customers,
            deals: self.deals + other.deals,
            potential: self.potential + other.potential,
        }
    }

    fn less(self, other: Self) -> Self {
        Self {
            customers: self.customers - other.customers,
            deals: self.deals - other.deals,
            potential: self.potential - other.potential,
        }
    }
}

/// What is known of the people who may receive something. Built once for a leaver.
#[derive(Clone, Debug)]
pub struct Matching {
    workspace: Workspace,
    lots: BTreeMap<HandedOver, Vec<DealId>>,
    people: Vec<Arc<Person>>,
    loads: BTreeMap<PersonId, Load>,
    /// What each would have if everything were shared out evenly.
    mean: Load,
    known: BTreeMap<(CustomerId, PersonId), Known>,
    /// Customers and won deals by person and folded industry.
    industries: BTreeMap<(PersonId, String), (usize, usize)>,
}

impl Matching {
    /// What is known of everybody who stays when `from` leaves.
    pub fn new(workspace: &Workspace, from: PersonId, owned: &Belongings, today: Date) -> Self {
        let stays = |person: &&Arc<Person>| person.active && person.id != from;
        let people: Vec<_> = workspace.people.iter().filter(stays).cloned().collect();
        let mut matching = Self {
            workspace: workspace.clone(),
            lots: owned.lots.clone(),
            loads: people.iter().map(|person| (person.id, Load::default())).collect(),
            people,
            mean: Load::default(),
            known: BTreeMap::new(),
            industries: BTreeMap::new(),
        };
        matching.read_activities(today);
        matching.read_deals();
        matching.read_customers();
        matching.mean = matching.shared_evenly();
        matching
    }

    fn read_activities(&mut self, today: Date) {
        for activity in self.workspace.activities.clone().iter() {
            let recent = (0..365).contains(&(today - activity.on).num_days());
            if let (true, Some(customer), Some(by)) = (recent, activity.customer, activity.by) {
                self.known.insert((customer, by), Known::Met(activity.id));
            }
        }
    }

    fn read_deals(&mut self) {
        for deal in self.workspace.deals.clone().iter() {
            let Some(owner) = deal.standing().owner else { continue };
            if let Some(load) = self.loads.get_mut(&owner).filter(|_| deal.standing().is_open()) {
                load.deals += 1;
                load.potential += potential(&self.workspace, deal);
            }
            let Some(customer) = deal.details.customer else { continue };
            for supporter in &deal.details.supporters {
                self.known.insert((customer, *supporter), Known::Supports(deal.id));
            }
        }
        for deal in self.workspace.deals.clone().iter() {
            let (Some(owner), Some(customer)) = (deal.standing().owner, deal.details.customer) else { continue };
            self.known.insert((customer, owner), Known::Sold(deal.id));
            let industry = self.workspace.customers.get(customer).map(|customer| folded(&customer.industry));
            if let Some(industry) = industry.filter(|industry| !industry.is_empty())
                && matches!(deal.standing().status, Status::Won { .. })
            {
                self.industries.entry((owner, industry)).or_default().1 += 1;
            }
        }
    }

    fn read_customers(&mut self) {
        for customer in self.workspace.customers.clone().iter() {
            let Some(owner) = customer.owner else { continue };
            self.known.insert((customer.id, owner), Known::Owns);
            if let Some(load) = self.loads.get_mut(&owner) {
                load.customers += 1;
            }
            let industry = folded(&customer.industry);
            if !industry.is_empty() {
                self.industries.entry((owner, industry)).or_default().0 += 1;
            }
        }
    }

    /// A receiver for every line (method §8: from territory, industry and load), the largest potential first, each time the one with the
    /// most points, of equal ones the one with the lower id; what is given to somebody counts as load for the next. Empty when nobody
    /// stays.
    ///
    /// Points: 300 for knowing the customer, 200 for its territory, 150 for a deal won in its industry or else 75 for customers there;
    /// less 200 × the load against the capacity (without one: against the mean load), less 300 beyond it, less 100 × the potential
    /// against the mean potential. The sum is a rule of thumb to start from, not a measurement.
    pub fn propose(&self) -> Vec<Proposal> {
        let mut order: Vec<(&HandedOver, Load)> = self.lots.keys().map(|lot| (lot, self.of_lot(lot))).collect();
        order.sort_by_key(|(lot, load)| (-load.potential, -load.deals, **lot));
        let mut given = BTreeMap::<PersonId, Load>::new();
        let mut proposals = Vec::new();
        for (lot, load) in order {
            let had = |person: &Person| given.get(&person.id).copied().unwrap_or_default();
            let fits = self.people.iter().map(|person| self.fit(lot, person, had(person)));
            let Some(fit) = fits.max_by_key(|fit| (fit.score, std::cmp::Reverse(fit.person))) else { break };
            let sum = given.entry(fit.person).or_default();
            *sum = sum.plus(load);
            proposals.push(Proposal { what: *lot, fit });
        }
        proposals
    }

    /// How well each receiver of a plan fits for each line, beside all that is planned otherwise; `None` for one who does not stay.
    pub fn fits(&self, plan: &BTreeMap<HandedOver, PersonId>) -> BTreeMap<HandedOver, Option<Fit>> {
        let mut given = BTreeMap::<PersonId, Load>::new();
        for (lot, to) in plan {
            let sum = given.entry(*to).or_default();
            *sum = sum.plus(self.of_lot(lot));
        }
        let fit = |(lot, to): (&HandedOver, &PersonId)| {
            let person = self.people.iter().find(|one| one.id == *to)?;
            let all = given.get(to).copied().unwrap_or_default();
            Some(self.fit(lot, person, all.less(self.of_lot(lot))))
        };
        plan.iter().map(|(lot, to)| (*lot, fit((lot, to)))).collect()
    }

    /// What everybody who stays has now and would have with the plan, in the order of the workspace.
    pub fn loads(&self, plan: &BTreeMap<HandedOver, PersonId>) -> Vec<(Arc<Person>, Load, Load)> {
        let one = |person: &Arc<Person>| {
            let before = self.loads.get(&person.id).copied().unwrap_or_default();
            let given = plan.iter().filter(|(_, to)| **to == person.id).map(|(lot, _)| self.of_lot(lot));
            (person.clone(), before, given.fold(before, Load::plus))
        };
        self.people.iter().map(one).collect()
    }

    /// What a line adds to a load.
    pub fn of_lot(&self, lot: &HandedOver) -> Load {
        let ids: &[DealId] = self.lots.get(lot).map_or(&[], Vec::as_slice);
        let deals = ids.iter().filter_map(|id| self.workspace.deals.get(*id));
        let open: Vec<_> = deals.filter(|deal| deal.standing().is_open()).collect();
        Load {
            customers: i64::from(matches!(lot, HandedOver::Customer(_))),
            deals: i64::try_from(open.len()).unwrap_or(i64::MAX).max(1),
            potential: open.iter().map(|deal| potential(&self.workspace, deal)).sum(),
        }
    }

    fn fit(&self, lot: &HandedOver, person: &Person, given: Load) -> Fit {
        let (mut score, mut grounds) = (0, Vec::new());
        let customer = match lot {
            HandedOver::Customer(id) => Some(*id),
            HandedOver::Deal(id) => self.workspace.deals.get(*id).and_then(|deal| deal.details.customer),
        };
        if let Some(known) = customer.and_then(|customer| self.known.get(&(customer, person.id))) {
            score += KNOWS;
            grounds.push(Ground::Knows(*known));
        }
        if let Some(customer) = customer.and_then(|id| self.workspace.customers.get(id)) {
            let (territory, industry) = (folded(&customer.territory), folded(&customer.industry));
            let looks_after = folded(&person.territory);
            if !looks_after.is_empty() && (looks_after == territory || looks_after == industry) {
                score += TERRITORY;
                grounds.push(Ground::Territory);
            }
            if let Some((customers, won)) = self.industries.get(&(person.id, industry)).copied() {
                score += if won > 0 { WON_THERE } else { SELLS_THERE };
                grounds.push(Ground::Industry { customers, won });
            }
        }
        let before = self.loads.get(&person.id).copied().unwrap_or_default();
        let after = before.plus(given).plus(self.of_lot(lot));
        let mean = self.mean;
        let limit = person.capacity.map_or(mean.deals, i64::from).max(1);
        let over = after.deals > limit;
        score -= (LOAD * after.deals / limit).min(2 * LOAD) + if over { OVER } else { 0 };
        let of_mean = i128::from(POTENTIAL) * after.potential.max(0) / mean.potential.max(1);
        score -= i64::try_from(of_mean).unwrap_or(i64::MAX).min(3 * POTENTIAL);
        grounds.push(Ground::Load { deals: after.deals, capacity: person.capacity, over });
        Fit { person: person.id, score, grounds }
    }

    fn shared_evenly(&self) -> Load {
        let of_lots = self.lots.keys().map(|lot| self.of_lot(lot));
        let all = self.loads.values().copied().chain(of_lots).fold(Load::default(), Load::plus);
        let people = i64::try_from(self.people.len()).unwrap_or(i64::MAX).max(1);
        let up = |sum: i64| (sum + people - 1) / people;
        Load { customers: up(all.customers), deals: up(all.deals), potential: all.potential / i128::from(people) }
    }
}

/// Amount × chance of an open deal in minor units: the seller's own chance, or else that of the stage.
fn potential(workspace: &Workspace, deal: &Deal) -> i128 {
    let standing = deal.standing();
    let chance = workspace.chance_of(standing).unwrap_or(Share::ZERO);
    let amount = standing.amount.map_or(0, |amount| i128::from(amount.minor()));
    amount * i128::from(chance.basis_points()) / i128::from(Share::ONE.basis_points())
}

fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}
