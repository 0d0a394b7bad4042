//! When customers are to be visited again after a win (method §2, after-sale follow-up).

use std::{
    cmp::Reverse,
    collections::{BTreeMap, btree_map::Entry},
};

use crate::model::{ActivityKind, CustomerId, Date, Deal, DealId, PersonId, Status, Workspace};

/// The next return visit after a win.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ReturnVisit {
    /// The won deal that it is for.
    pub deal: DealId,
    /// Whom to visit; `None` when the deal names nobody.
    pub customer: Option<CustomerId>,
    /// The last return visit since the win; `None` before the first one.
    pub last: Option<Date>,
    /// The day from which the next one is due.
    pub due: Date,
}

impl ReturnVisit {
    /// Whether its day has come or passed.
    pub fn is_due(&self, today: Date) -> bool {
        self.due <= today
    }

    /// Who is to make it: whoever looks after the customer, or else after the deal.
    pub fn owner(&self, workspace: &Workspace) -> Option<PersonId> {
        let of_customer = self.customer.and_then(|id| workspace.customers.get(id)?.owner);
        of_customer.or_else(|| workspace.deals.get(self.deal)?.standing().owner)
    }
}

/// The next return visit for one won deal (method §2); `None` for a deal that is not won, for a model without
/// [after-sale](crate::model::AfterSale), and for a win of an unknown day that no return visit followed.
///
/// Due = the latest return visit with the customer on or after the day of the win, else the day of the win, + the interval of the
/// model, in days. It is due when today is that day or later. A visit with the customer counts whichever deal it was noted for, as
/// people meet and not deals; for a deal without customer its own visits count. Visits after `today` are planned, not made.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::{metrics::return_visit, model::{AfterSale, Change, FunnelModel, Patch, Playbook, Status}};
/// let workspace = six_deals();
/// let won = workspace.deals.iter().find(|deal| matches!(deal.standing().status, Status::Won { .. })).unwrap();
/// let today = day(2026, 3, 31);
/// // Its model knows nothing of what follows after the win.
/// assert_eq!(return_visit(&workspace, won, today), None);
/// let model = workspace.models.get(won.standing().model).unwrap();
/// let care = AfterSale { name: "Care".into(), return_visit_days: 30, tasks: vec![], playbook: Playbook::default() };
/// let with_care = FunnelModel { after_sale: Some(care), ..FunnelModel::clone(model) };
/// let patch = Patch { id: model.id, before: Some(model.clone()), after: Some(with_care.into()) };
/// let workspace = workspace.with(&Change { models: vec![patch], ..Change::default() });
/// // Nobody has been there since the win, so it is due thirty days after it.
/// let Status::Won { on: Some(on) } = won.standing().status else { unreachable!() };
/// let visit = return_visit(&workspace, won, today).unwrap();
/// assert_eq!((visit.last, (visit.due - on).num_days()), (None, 30));
/// ```
pub fn return_visit(workspace: &Workspace, deal: &Deal, today: Date) -> Option<ReturnVisit> {
    next(workspace, deal, &Visits::of(workspace, today))
}

/// The next return visit of every customer with a won deal, and of each won deal without customer; the earliest due first.
///
/// A customer with several won deals is to be visited for each of them by the interval of its model, and one visit serves all: so the
/// earliest of these days counts, and the deal it is for is named, of equal ones the newest. A later win does not put off the visit
/// that an earlier one still waits for.
pub fn return_visits(workspace: &Workspace, today: Date) -> Vec<ReturnVisit> {
    let visits = Visits::of(workspace, today);
    let mut of_customers: BTreeMap<CustomerId, ReturnVisit> = BTreeMap::new();
    let mut found = Vec::new();
    for visit in workspace.deals.iter().filter_map(|deal| next(workspace, deal, &visits)) {
        let Some(customer) = visit.customer else {
            found.push(visit);
            continue;
        };
        match of_customers.entry(customer) {
            Entry::Vacant(place) => {
                place.insert(visit);
            }
            Entry::Occupied(mut known) if order(&visit) < order(known.get()) => {
                known.insert(visit);
            }
            Entry::Occupied(_) => {}
        }
    }
    found.extend(of_customers.into_values());
    found.sort_by_key(order);
    found
}

fn order(visit: &ReturnVisit) -> (Date, Reverse<DealId>) {
    (visit.due, Reverse(visit.deal))
}

/// The latest return visit with each customer, and for each deal.
struct Visits {
    of_customers: BTreeMap<CustomerId, Date>,
    of_deals: BTreeMap<DealId, Date>,
}

impl Visits {
    fn of(workspace: &Workspace, today: Date) -> Self {
        let mut visits = Self { of_customers: BTreeMap::new(), of_deals: BTreeMap::new() };
        let made = workspace.activities.iter().filter(|a| a.kind == ActivityKind::ReturnVisit && a.on <= today);
        for activity in made {
            let of_deal = || workspace.deals.get(activity.deal?)?.details.customer;
            if let Some(customer) = activity.customer.or_else(of_deal) {
                latest(&mut visits.of_customers, customer, activity.on);
            }
            if let Some(deal) = activity.deal {
                latest(&mut visits.of_deals, deal, activity.on);
            }
        }
        visits
    }
}

fn latest<Id: Ord>(days: &mut BTreeMap<Id, Date>, id: Id, on: Date) {
    let last = days.entry(id).or_insert(on);
    *last = on.max(*last);
}

fn next(workspace: &Workspace, deal: &Deal, visits: &Visits) -> Option<ReturnVisit> {
    let Status::Won { on: won } = deal.standing().status else { return None };
    let after_sale = workspace.models.get(deal.standing().model)?.after_sale.as_ref()?;
    let customer = deal.details.customer;
    let last = match customer {
        Some(customer) => visits.of_customers.get(&customer),
        None => visits.of_deals.get(&deal.id),
    };
    // A win of an unknown day lies before every visit.
    let last = last.copied().filter(|last| won.is_none_or(|won| *last >= won));
    let due = after_sale.next_visit(last.or(won)?);
    Some(ReturnVisit { deal: deal.id, customer, last, due })
}
