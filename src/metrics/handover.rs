//! Handover (method §8, 客户交接): what belongs to somebody who leaves, who receives it, and how far it is.

mod doing;
mod matching;

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    CampaignId, CustomerId, Date, Deal, DealId, HandedOver, Handover, HandoverId, HandoverItem, PersonId, PromiseId,
    QuotaId, QuotaOf, Status, Workspace,
};

pub use doing::{Orphans, Plan, hand_over};
pub use matching::{Fit, Ground, Known, Load, Matching, Proposal};

/// Everything that is still to be done by somebody, or for somebody's customers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Belongings {
    /// What is handed over line by line: each customer of theirs with their deals there, and each other deal of theirs alone.
    pub lots: BTreeMap<HandedOver, Vec<DealId>>,
    /// Open and sleeping deals of others that they support.
    pub supports: Vec<DealId>,
    /// Open and sleeping deals whose next action is theirs, whoever owns the deal.
    pub actions: Vec<DealId>,
    /// Promises that nobody settled yet.
    pub promises: Vec<PromiseId>,
    /// Quotas of theirs for months that end today or later.
    pub quotas: Vec<QuotaId>,
    /// Running campaigns that approach customers of theirs; they go on by themselves.
    pub campaigns: Vec<CampaignId>,
    /// Lines of other handovers that they were to receive and that are not confirmed.
    pub receiving: Vec<(HandoverId, HandedOver)>,
}

impl Belongings {
    /// What belongs to `person` on `today`.
    ///
    /// Won and lost deals are not among it, nor activities and what they did in the past: the credit for it stays. A deal at a customer
    /// whom somebody else looks after goes on its own; the customer stays where it is.
    pub fn of(workspace: &Workspace, person: PersonId, today: Date) -> Self {
        let own = workspace.customers.iter().filter(|customer| customer.owner == Some(person));
        let mut lots: BTreeMap<HandedOver, Vec<DealId>> =
            own.map(|customer| (HandedOver::Customer(customer.id), Vec::new())).collect();
        let (mut supports, mut actions) = (Vec::new(), Vec::new());
        for deal in workspace.deals.iter().filter(|deal| is_live(deal)) {
            if deal.standing().owner == Some(person) {
                let of_customer = deal.details.customer.map(HandedOver::Customer).filter(|lot| lots.contains_key(lot));
                lots.entry(of_customer.unwrap_or(HandedOver::Deal(deal.id))).or_default().push(deal.id);
            } else if deal.details.supporters.contains(&person) {
                supports.push(deal.id);
            }
            if acts(deal, person) {
                actions.push(deal.id);
            }
        }
        let promises =
            workspace.promises.iter().filter(|promise| promise.person == person && promise.settled.is_none());
        let quotas = workspace.quotas.iter().filter(|quota| quota.of == QuotaOf::Person { person });
        let customers: BTreeSet<CustomerId> = lots.keys().filter_map(customer_of).collect();
        let campaigns = workspace.campaigns.iter().filter(|campaign| {
            campaign.ends.is_none_or(|ends| ends >= today)
                && campaign.touches.iter().any(|touch| customers.contains(&touch.customer))
        });
        let receiving = waiting(workspace, Some(person));
        Self {
            supports,
            actions,
            promises: promises.map(|promise| promise.id).collect(),
            quotas: quotas.filter(|quota| quota.until() >= today).map(|quota| quota.id).collect(),
            campaigns: campaigns.map(|campaign| campaign.id).collect(),
            receiving: receiving.map(|(handover, item)| (handover.id, item.what)).collect(),
            lots,
        }
    }

    /// How many customers are among it.
    pub fn customers(&self) -> usize {
        self.lots.keys().filter(|lot| matches!(lot, HandedOver::Customer(_))).count()
    }

    /// Every deal of theirs, those of customers too.
    pub fn deals(&self) -> impl Iterator<Item = DealId> {
        self.lots.values().flatten().copied()
    }

    /// Whether nobody has to take anything over.
    pub fn is_empty(&self) -> bool {
        self.lots.is_empty()
            && self.supports.is_empty()
            && self.actions.is_empty()
            && self.promises.is_empty()
            && self.receiving.is_empty()
    }
}

/// Whether a deal is still to be worked on: open, or asleep until somebody wakes it.
fn is_live(deal: &Deal) -> bool {
    matches!(deal.standing().status, Status::Open | Status::Dormant { .. })
}

fn acts(deal: &Deal, person: PersonId) -> bool {
    deal.details.next_action.as_ref().is_some_and(|action| action.owner == Some(person))
}

fn customer_of(lot: &HandedOver) -> Option<CustomerId> {
    match lot {
        HandedOver::Customer(id) => Some(*id),
        HandedOver::Deal(_) => None,
    }
}

/// How far a handover is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Lines of the checklist.
    pub of: usize,
    /// Those whose customer was called.
    pub called: usize,
    /// Those whose receiver was introduced.
    pub introduced: usize,
    /// Those whose next step is confirmed: they are done.
    pub confirmed: usize,
}

impl Progress {
    /// How far some lines are.
    ///
    /// ```
    /// use loudou::{metrics::handover::Progress, model::{Date, HandedOver, HandoverItem}};
    /// let day: Date = "2026-11-23".parse().unwrap();
    /// let line = |customer: u128, called, confirmed| HandoverItem {
    ///     what: HandedOver::Customer(customer.into()),
    ///     to: 1.into(),
    ///     called,
    ///     introduced: None,
    ///     confirmed,
    ///     note: String::new(),
    /// };
    /// let progress = Progress::of(&[line(1, Some(day), None), line(2, Some(day), Some(day)), line(3, None, None)]);
    /// assert_eq!((progress.called, progress.confirmed, progress.of), (2, 1, 3));
    /// assert_eq!(progress.share(), Some(3.0 / 9.0));
    /// ```
    pub fn of<'a>(items: impl IntoIterator<Item = &'a HandoverItem>) -> Self {
        let mut progress = Self::default();
        for item in items {
            progress.of += 1;
            progress.called += usize::from(item.called.is_some());
            progress.introduced += usize::from(item.introduced.is_some());
            progress.confirmed += usize::from(item.confirmed.is_some());
        }
        progress
    }

    /// The share of the steps that are done, three to a line; `None` without lines.
    pub fn share(&self) -> Option<f64> {
        let done = self.called + self.introduced + self.confirmed;
        (self.of > 0).then(|| super::survival::count(done) / super::survival::count(self.of * 3))
    }
}

/// The lines of open handovers that are not confirmed yet and that `person` receives, or anybody; the oldest handover first.
pub fn waiting(workspace: &Workspace, person: Option<PersonId>) -> impl Iterator<Item = (&Handover, &HandoverItem)> {
    let mut open: Vec<&Handover> =
        workspace.handovers.iter().map(AsRef::as_ref).filter(|handover| handover.closed.is_none()).collect();
    open.sort_by_key(|handover| (handover.begun, handover.id));
    open.into_iter().flat_map(move |handover| {
        let items = handover
            .items
            .iter()
            .filter(move |item| item.confirmed.is_none() && person.is_none_or(|person| item.to == person));
        items.map(move |item| (handover, item))
    })
}
