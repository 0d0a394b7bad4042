//! What the deals and activities of each customer add up to, and which customers are due for review (method §3).

use std::collections::BTreeMap;

use chrono::Months;

use super::after_sale::{ReturnVisit, return_visits};
use crate::model::{ActivityKind, Customer, CustomerId, Date, Deal, DealId, Level, Status, Workspace};

/// What stands behind one customer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CustomerFacts {
    /// Open deals. Sleeping ones are not open.
    pub open_deals: usize,
    /// Sum of the amounts of the open deals in minor units; `None` when none of them has an amount.
    pub open_amount: Option<i128>,
    /// Open deals of which nobody knows the amount; they are not in the sum.
    pub open_without_amount: usize,
    /// Deals won.
    pub won_deals: usize,
    /// Sum of the amounts of the won deals in minor units; `None` when none of them has an amount.
    pub won_amount: Option<i128>,
    /// The latest day on which somebody was in touch, up to today: every activity with the customer or for one of its deals, but
    /// notes. `None` when nobody ever was.
    pub last_contact: Option<Date>,
    /// The open deal with the most urgent next action: the earliest due one, else one without a day.
    pub next_action: Option<DealId>,
    /// How many records name the customer: deals, activities, customers it referred, touches of campaigns. It cannot be removed while
    /// there are any.
    pub named_by: usize,
    /// Return visits with a satisfaction, up to today.
    pub rated_visits: u32,
    /// Sum of their satisfactions.
    pub satisfaction_sum: u32,
    /// The next return visit; `None` without a won deal of a model with after-sale.
    pub return_visit: Option<ReturnVisit>,
}

impl CustomerFacts {
    /// Mean satisfaction over the rated return visits, 1 to 5; `None` without any.
    pub fn satisfaction(&self) -> Option<f64> {
        (self.rated_visits > 0).then(|| f64::from(self.satisfaction_sum) / f64::from(self.rated_visits))
    }
}

/// The facts of every customer, in one pass over deals, activities and campaigns. Deals count as they stand; activities dated after
/// `today` are planned, not done.
///
/// # Examples
///
/// ```
/// use loudou::{codec::content::Language, metrics::customer_facts, model::Date, training::demo};
///
/// let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
/// let company = demo::company(Language::English, today, 7);
/// let facts = customer_facts(&company, today);
/// assert_eq!(facts.len(), company.customers.len());
/// let of_customers = company.deals.iter().filter(|deal| deal.standing().is_open() && deal.details.customer.is_some());
/// assert_eq!(facts.values().map(|facts| facts.open_deals).sum::<usize>(), of_customers.count());
/// ```
pub fn customer_facts(workspace: &Workspace, today: Date) -> BTreeMap<CustomerId, CustomerFacts> {
    let mut all: BTreeMap<_, _> =
        workspace.customers.iter().map(|customer| (customer.id, CustomerFacts::default())).collect();
    let mut urgent: BTreeMap<CustomerId, Urgency> = BTreeMap::new();
    for deal in workspace.deals.iter() {
        let Some((id, facts)) = deal.details.customer.and_then(|id| Some((id, all.get_mut(&id)?))) else { continue };
        count_deal(facts, deal);
        if let Some(now) = urgency(deal) {
            let most = urgent.entry(id).or_insert(now);
            *most = now.min(*most);
        }
    }
    for activity in workspace.activities.iter() {
        // Removing a customer asks for activities that name it, not for those of its deals.
        if let Some(facts) = activity.customer.and_then(|id| all.get_mut(&id)) {
            facts.named_by += 1;
        }
        let of_deal = || workspace.deals.get(activity.deal?)?.details.customer;
        let Some(facts) = activity.customer.or_else(of_deal).and_then(|id| all.get_mut(&id)) else { continue };
        if activity.on > today {
            continue;
        }
        if activity.kind != ActivityKind::Note {
            facts.last_contact = facts.last_contact.max(Some(activity.on));
        }
        if let Some(level) = activity.satisfaction.filter(|_| activity.kind == ActivityKind::ReturnVisit) {
            facts.rated_visits += 1;
            facts.satisfaction_sum += u32::from(level);
        }
    }
    let referrers = workspace.customers.iter().filter_map(|customer| customer.referred_by);
    let touched = workspace.campaigns.iter().flat_map(|campaign| &campaign.touches).map(|touch| touch.customer);
    for id in referrers.chain(touched) {
        if let Some(facts) = all.get_mut(&id) {
            facts.named_by += 1;
        }
    }
    for visit in return_visits(workspace, today) {
        if let Some(facts) = visit.customer.and_then(|id| all.get_mut(&id)) {
            facts.return_visit = Some(visit);
        }
    }
    for (id, (_, _, deal)) in urgent {
        if let Some(facts) = all.get_mut(&id) {
            facts.next_action = Some(deal);
        }
    }
    all
}

/// Whether the next action has no day, the day, and the deal it belongs to: the least is the most urgent.
type Urgency = (bool, Option<Date>, DealId);

fn urgency(deal: &Deal) -> Option<Urgency> {
    let action = deal.details.next_action.as_ref().filter(|_| deal.standing().is_open())?;
    Some((action.due.is_none(), action.due, deal.id))
}

fn count_deal(facts: &mut CustomerFacts, deal: &Deal) {
    facts.named_by += 1;
    let standing = deal.standing();
    let amount = standing.amount.map(|amount| i128::from(amount.minor()));
    let add = |sum: &mut Option<i128>| {
        if let Some(amount) = amount {
            *sum = Some(sum.unwrap_or_default() + amount);
        }
    };
    match standing.status {
        Status::Open => {
            facts.open_deals += 1;
            facts.open_without_amount += usize::from(amount.is_none());
            add(&mut facts.open_amount);
        }
        Status::Won { .. } => {
            facts.won_deals += 1;
            add(&mut facts.won_amount);
        }
        Status::Lost { .. } | Status::Dormant { .. } => {}
    }
}

/// Whether the priority of a customer is to be looked at again: its review date has come or passed, or it is of high priority and
/// has none.
///
/// ```
/// use loudou::{metrics::review_due, model::{Customer, Date, Level}};
/// let day = |day| Date::from_ymd_opt(2026, 11, day).unwrap();
/// let mut customer = Customer { priority: Some(Level::High), ..Customer::named(1.into(), "Acme") };
/// assert!(review_due(&customer, day(23)));
/// customer.review_on = Some(day(24));
/// assert!(!review_due(&customer, day(23)));
/// assert!(review_due(&customer, day(24)));
/// ```
pub fn review_due(customer: &Customer, today: Date) -> bool {
    match customer.review_on {
        Some(on) => on <= today,
        None => customer.priority == Some(Level::High),
    }
}

/// The day of the next review after one on `today`: in one month for customers of high priority, in six for low, else in three.
/// A day that the month does not have becomes its last one.
///
/// ```
/// use loudou::{metrics::next_review, model::{Date, Level}};
/// let today = Date::from_ymd_opt(2026, 8, 31).unwrap();
/// assert_eq!(next_review(Some(Level::High), today).to_string(), "2026-09-30");
/// assert_eq!(next_review(None, today).to_string(), "2026-11-30");
/// assert_eq!(next_review(Some(Level::Low), today).to_string(), "2027-02-28");
/// ```
pub fn next_review(priority: Option<Level>, today: Date) -> Date {
    let months = match priority {
        Some(Level::High) => 1,
        Some(Level::Medium) | None => 3,
        Some(Level::Low) => 6,
    };
    today.checked_add_months(Months::new(months)).unwrap_or(today)
}

/// Who referred whom, from the first known customer of the chain down to the one who referred `id`; empty without a referrer. A chain
/// that leads back into itself ends where it would begin again.
pub fn referrers(workspace: &Workspace, id: CustomerId) -> Vec<CustomerId> {
    chain(id, |id| workspace.customers.get(id)?.referred_by)
}

/// The deals that `id` follows from (重复购买), the first one first; empty for a deal that follows none.
pub fn forerunners(workspace: &Workspace, id: DealId) -> Vec<DealId> {
    chain(id, |id| workspace.deals.get(id)?.details.follows)
}

/// What lies before `start`, the farthest first.
fn chain<T: Copy + PartialEq>(start: T, before: impl Fn(T) -> Option<T>) -> Vec<T> {
    let mut links = Vec::new();
    let mut here = start;
    while let Some(next) = before(here).filter(|next| *next != start && !links.contains(next)) {
        links.push(next);
        here = next;
    }
    links.reverse();
    links
}

#[cfg(test)]
mod tests;
