//! The customer status table (客户状态表, method §5.2).

use std::{cmp::Reverse, collections::BTreeMap, ops::Range};

use crate::{
    metrics::{
        Holding, View,
        holding::Tally,
        timeline::{until, value_on},
        view::{State, Status},
    },
    model::{
        Activity, ActivityKind, CustomerId, Date, DealId, Level, ModelId, NextAction, PersonId, StageId, Workspace,
    },
};

/// Where a customer stands. In the order of the table: the funnel first, then what lies beside and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// The stage of its open deal that has come farthest.
    Stage(ModelId, StageId),
    /// No deal is open, but one sleeps.
    Dormant,
    /// It has bought, and there was a return visit or a service request since.
    AfterSale,
    /// It has bought.
    Won,
    /// Its deals were lost.
    Lost,
    /// It has no deal yet.
    NoDeal,
}

/// A customer on the table.
#[derive(Clone, Debug, PartialEq)]
pub struct CustomerStatus {
    /// The customer.
    pub customer: CustomerId,
    /// Where it stands.
    pub place: Place,
    /// The deal that puts it there: the open one that has come farthest, or the last one that decided. `None` without deals.
    pub deal: Option<DealId>,
    /// How well its need matches what we sell: the customer's own, or else that of the deal.
    pub fit: Option<Level>,
    /// How much it wants to buy.
    pub intent: Option<Level>,
    /// How much work it is worth.
    pub priority: Option<Level>,
    /// Who looks after it: the customer's own, or else the deal's owner on the day of the view.
    pub owner: Option<PersonId>,
    /// The last day on which somebody was in touch with it, up to the day of the view. Notes are no contact.
    pub last_contact: Option<Date>,
    /// What is to be done next for its open deals: the first that falls due; one without a due date only when no other has one.
    pub next_action: Option<NextAction>,
    /// Its open deals.
    pub open: Holding,
}

/// Where each customer stands on the day of the view, in the order of their ids.
///
/// On the table stand the customers of the view's deals in the models of the filter, and those who have no deal yet, as long as
/// the filter asks for no model and no product and they are themselves of the owner, source, territory, industry and size
/// that it asks for. Of several open deals the one farthest along its model counts, place ÷ number of stages; of equal
/// ones that with the larger amount, then the first. A customer who once bought has bought, whatever was lost since.
///
/// The period does not matter. What customers are like (fit, intent, priority, owner, next action) has no history: it is what
/// holds today.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{company, created, day, deal, entered, model, stage};
/// use loudou::{
///     metrics::{Filter, Frame, tables::{Place, customer_status}},
///     model::{Activity, ActivityKind, Batch, Customer},
/// };
/// // Acme talks about one thing and has an offer for another; nobody has sold Bolt anything yet.
/// let customers = vec![Customer::named(1.into(), "Acme"), Customer::named(2.into(), "Bolt")];
/// let mut talk = deal(1, created(2, Some(900_000), None, None), Some(day(2026, 1, 1)), vec![]);
/// let mut offer = deal(2, created(1, None, None, None), Some(day(2026, 1, 5)), vec![(day(2026, 2, 1), entered(3))]);
/// talk.details.customer = Some(1.into());
/// offer.details.customer = Some(1.into());
/// let call = Activity {
///     id: 1.into(), on: day(2026, 2, 20), kind: ActivityKind::Call, by: None, customer: None, deal: Some(2.into()),
///     note: String::new(), result: String::new(), next_step: String::new(), satisfaction: None, minutes: None, cost: None,
/// };
/// let stages = vec![stage(1, "Lead", 10), stage(2, "Talk", 25), stage(3, "Offer", 50)];
/// let company = company(Batch {
///     models: vec![model(1, stages)], customers, deals: vec![talk, offer], activities: vec![call], ..Batch::default()
/// });
/// let (frame, everything) = (Frame::new(&company), Filter::default());
/// let table = customer_status(&frame.view(day(2026, 3, 1), &everything), &company);
/// assert_eq!(table[0].place, Place::Stage(1.into(), 3.into()));
/// assert_eq!((table[0].deal, table[0].open.deals.len(), table[0].open.amount), (Some(2.into()), 2, 900_000));
/// assert_eq!(table[0].last_contact, Some(day(2026, 2, 20)));
/// assert_eq!((table[1].place, table[1].last_contact), (Place::NoDeal, None));
/// // Before February the offer had not been made.
/// let table = customer_status(&frame.view(day(2026, 1, 31), &everything), &company);
/// assert_eq!((table[0].place, table[0].last_contact), (Place::Stage(1.into(), 2.into()), None));
/// ```
pub fn customer_status(view: &View, workspace: &Workspace) -> Vec<CustomerStatus> {
    let contacts = Contacts::of(view, workspace);
    let mut deals: BTreeMap<usize, Vec<&State>> = BTreeMap::new();
    for state in &view.states {
        if let (Some(customer), Some(stage)) = (state.facts.customer, state.stage)
            && view.shows(stage.model)
        {
            deals.entry(customer).or_default().push(state);
        }
    }
    for place in without_deals(view) {
        deals.entry(place).or_default();
    }
    let line = |(place, states): (usize, Vec<&State>)| line(view, workspace, &contacts, place, &states);
    deals.into_iter().filter_map(line).collect()
}

fn line(
    view: &View,
    workspace: &Workspace,
    contacts: &Contacts,
    place: usize,
    states: &[&State],
) -> Option<CustomerStatus> {
    let customer = view.frame.customers.get(place)?;
    let service = contacts.service.get(&customer.id).copied();
    let (stands, decisive) = stand(view, states, service);
    let deal = decisive.and_then(|state| workspace.deals.get(state.facts.id));
    let mut open = Tally::default();
    for state in states.iter().filter(|state| state.status == Status::Open) {
        if let Some(stage) = state.stage {
            open.add(state, state.chance(stage));
        }
    }
    let open = open.finish();
    let actions = view.frame.deals(&open.deals).filter_map(|id| workspace.deals.get(id)?.details.next_action.as_ref());
    Some(CustomerStatus {
        customer: customer.id,
        place: stands,
        deal: decisive.map(|state| state.facts.id),
        fit: customer.fit.or(deal.and_then(|deal| deal.details.fit)),
        intent: customer.intent,
        priority: customer.priority,
        owner: customer.owner.or_else(|| value_on(view.frame.owners(decisive?.row), view.as_of).flatten()),
        last_contact: contacts.last.get(&customer.id).copied(),
        // `min_by_key` takes the first of equals; a missing due date sorts last.
        next_action: actions.min_by_key(|action| (action.due.is_none(), action.due)).cloned(),
        open,
    })
}

/// Where a customer with these deals stands, and the deal that says so. `service` is the last day on which it was looked after.
fn stand<'a>(view: &View, states: &[&'a State<'a>], service: Option<Date>) -> (Place, Option<&'a State<'a>>) {
    let of = |wanted: fn(&Status) -> bool| states.iter().copied().filter(move |state| wanted(&state.status));
    // `min_by_key` takes the first of equals.
    let farthest =
        of(|status| *status == Status::Open).min_by_key(|state| Reverse((progress(view, state), state.amount)));
    if let Some((state, stage)) = farthest.and_then(|state| Some((state, state.stage?)))
        && let Some(model) = view.frame.models.get(stage.model)
    {
        return (Place::Stage(model.id, stage.id), Some(state));
    }
    let latest = |wanted: fn(&Status) -> bool| of(wanted).max_by_key(|state| (closed(state.status), state.row));
    if let Some(state) = latest(|status| matches!(status, Status::Dormant(_))) {
        return (Place::Dormant, Some(state));
    }
    if let Some(state) = latest(|status| matches!(status, Status::Won(_))) {
        let looked_after = service.is_some_and(|day| {
            of(|status| matches!(status, Status::Won(_))).any(|state| closed(state.status) <= Some(day))
        });
        return (if looked_after { Place::AfterSale } else { Place::Won }, Some(state));
    }
    match latest(|status| matches!(status, Status::Lost(_))) {
        Some(state) => (Place::Lost, Some(state)),
        None => (Place::NoDeal, None),
    }
}

/// How far along its model a deal is: its place ÷ the number of stages, as a fraction of ten thousand.
fn progress(view: &View, state: &State) -> usize {
    let Some(column) = state.stage else { return 0 };
    let stages = view.frame.models.get(column.model).map_or(1, |model| Range::len(&model.stages));
    (column.position + 1) * 10_000 / stages.max(1)
}

/// The day on which a deal was won or lost, if that is known.
fn closed(status: Status) -> Option<Date> {
    match status {
        Status::Won(on) | Status::Lost(on) => on,
        Status::Open | Status::Dormant(_) => None,
    }
}

/// The customers on whom no deal had begun, as far as the filter asks for them.
fn without_deals(view: &View) -> impl Iterator<Item = usize> {
    let (frame, filter) = (view.frame, view.filter);
    let about_deals = filter.model.is_some() || !filter.products.is_empty() || filter.asks_of_deals();
    let mut bare = vec![!about_deals; frame.customers.len()];
    for (row, facts) in frame.rows() {
        if let Some(bare) = facts.customer.and_then(|customer| bare.get_mut(customer))
            && !until(frame.steps(row), view.as_of).is_empty()
        {
            *bare = false;
        }
    }
    let sellers = frame.sellers(filter);
    let customers = frame.customers.iter().zip(bare).enumerate().filter(move |(_, (customer, bare))| {
        *bare
            && filter.takes(Some(customer))
            && (filter.sources.is_empty() || filter.sources.contains(customer.source.trim()))
            && sellers.as_ref().is_none_or(|sellers| customer.owner.is_some_and(|owner| sellers.contains(&owner)))
    });
    customers.map(|(place, _)| place)
}

/// When each customer was last in touch, up to the day of the view.
#[derive(Default)]
struct Contacts {
    last: BTreeMap<CustomerId, Date>,
    /// Return visits and service requests only.
    service: BTreeMap<CustomerId, Date>,
}

impl Contacts {
    fn of(view: &View, workspace: &Workspace) -> Self {
        let mut contacts = Self::default();
        let whose = |activity: &Activity| {
            activity.customer.or_else(|| workspace.deals.get(activity.deal?).and_then(|deal| deal.details.customer))
        };
        for activity in workspace.activities.iter().filter(|activity| activity.on <= view.as_of) {
            let Some(customer) = whose(activity) else { continue };
            let note = |days: &mut BTreeMap<CustomerId, Date>| {
                let day = days.entry(customer).or_insert(activity.on);
                *day = activity.on.max(*day);
            };
            match activity.kind {
                ActivityKind::Note => {}
                ActivityKind::ReturnVisit | ActivityKind::ServiceRequest => {
                    note(&mut contacts.last);
                    note(&mut contacts.service);
                }
                _ => note(&mut contacts.last),
            }
        }
        contacts
    }
}
