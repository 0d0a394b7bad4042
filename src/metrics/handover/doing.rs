//! A handover as one change.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{Belongings, acts};
use crate::model::{
    Command, Customer, Date, Deal, DealId, HandedOver, Handover, HandoverId, HandoverItem, Person, PersonId, Promise,
    PromiseId, Quota, Workspace,
};

/// Who receives what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// Who leaves.
    pub from: PersonId,
    /// The receiver of each customer and of each deal that goes alone.
    pub to: BTreeMap<HandedOver, PersonId>,
    /// Who takes what belongs to none of them: promises about nothing in particular, next actions on deals of nobody.
    pub rest: Option<PersonId>,
    /// Whether quotas for months that have not begun are taken away.
    pub drop_quotas: bool,
}

/// What has no receiver, so that nothing is handed over.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Orphans {
    /// Customers and deals.
    pub lots: Vec<HandedOver>,
    /// Promises about no deal and no customer of somebody who stays, when nobody takes the rest.
    pub promises: Vec<PromiseId>,
    /// Lines of other handovers that the leaver was to receive, when nobody receives the same thing now or takes the rest.
    pub receiving: Vec<HandedOver>,
    /// Receivers who do not work here any more, or who leave.
    pub receivers: Vec<PersonId>,
}

/// One change that hands over everything of somebody who leaves, marks the person as gone and begins the checklist `id`.
///
/// Customers and their open and sleeping deals get their receivers. Next actions and open promises of the leaver follow the deal or the
/// customer they are about, to whoever owns it then, or else to whoever takes the rest. On other deals the leaver no longer supports.
/// Lines of other handovers that the leaver was to receive go along. Nothing else changes: stages, evidence, what was promised and when,
/// and every closed deal, activity and past event stay with whoever they are of. On an empty plan nothing but the person changes.
///
/// # Errors
/// What has no receiver.
///
/// # Examples
/// ```
/// use std::collections::BTreeMap;
/// use loudou::{
///     codec::content::Language,
///     metrics::handover::{Belongings, Matching, Plan, hand_over},
///     model::{Date, Stamp, Timestamp, apply},
///     training::demo,
/// };
/// let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
/// let company = demo::company(Language::English, today, demo::SEED);
/// let mut people = company.people.iter().filter(|person| person.active).map(|person| person.id);
/// let (from, rest) = (people.next().unwrap(), people.next());
/// let owned = Belongings::of(&company, from, today);
/// let proposals = Matching::new(&company, from, &owned, today).propose();
/// let to = proposals.into_iter().map(|one| (one.what, one.fit.person)).collect();
/// let plan = Plan { from, to, rest, drop_quotas: true };
/// let command = hand_over(&company, &plan, 1.into(), today).unwrap();
/// let stamp = Stamp { on: today, at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(1 << 100) };
/// let after = company.with(&apply(&company, command, stamp).unwrap());
/// assert!(!owned.is_empty() && Belongings::of(&after, from, today).is_empty());
/// ```
pub fn hand_over(workspace: &Workspace, plan: &Plan, id: HandoverId, today: Date) -> Result<Command, Orphans> {
    let owned = Belongings::of(workspace, plan.from, today);
    let desk = Desk { workspace, plan, lot_of: lots_by_deal(&owned) };
    desk.check(&owned)?;
    let mut commands: Vec<Command> = owned.lots.keys().filter_map(|lot| desk.customer(*lot)).collect();
    commands.extend(
        owned
            .deals()
            .filter_map(|deal| Some(Command::SetOwner { id: deal, to: Some(*plan.to.get(desk.lot_of.get(&deal)?)?) })),
    );
    let touched: BTreeSet<_> =
        owned.deals().chain(owned.supports.iter().copied()).chain(owned.actions.iter().copied()).collect();
    let touched = touched.into_iter().filter_map(|id| workspace.deals.get(id));
    commands.extend(touched.filter_map(|deal| desk.details(deal)));
    let promises = owned.promises.iter().filter_map(|id| workspace.promises.get(*id));
    commands.extend(promises.filter_map(|promise| {
        let person = desk.keeper(promise)?;
        Some(Command::PutPromise(Box::new(Promise { person, ..Promise::clone(promise) })))
    }));
    commands.extend(desk.other_handovers(&owned));
    if plan.drop_quotas {
        commands.extend(desk.quotas(&owned, today));
    }
    if let Some(person) = workspace.people.get(plan.from) {
        commands.push(Command::PutPerson(Person { active: false, ..Person::clone(person) }));
    }
    if !plan.to.is_empty() {
        commands.push(Command::PutHandover(desk.checklist(&owned, id, today)));
    }
    Ok(Command::Many(commands))
}

fn lots_by_deal(owned: &Belongings) -> BTreeMap<DealId, HandedOver> {
    owned.lots.iter().flat_map(|(lot, deals)| deals.iter().map(|deal| (*deal, *lot))).collect()
}

struct Desk<'a> {
    workspace: &'a Workspace,
    plan: &'a Plan,
    /// The line that each deal of the leaver goes with.
    lot_of: BTreeMap<DealId, HandedOver>,
}

impl Desk<'_> {
    fn check(&self, owned: &Belongings) -> Result<(), Orphans> {
        let stays =
            |id: &PersonId| *id != self.plan.from && self.workspace.people.get(*id).is_some_and(|person| person.active);
        let receivers: BTreeSet<PersonId> = self.plan.to.values().chain(&self.plan.rest).copied().collect();
        let promises = owned
            .promises
            .iter()
            .filter(|id| self.workspace.promises.get(**id).is_some_and(|promise| self.keeper(promise).is_none()));
        let receiving = owned.receiving.iter().map(|(_, what)| what);
        let receiving = receiving.filter(|what| self.plan.rest.is_none() && !self.plan.to.contains_key(what));
        let orphans = Orphans {
            lots: owned.lots.keys().filter(|lot| !self.plan.to.contains_key(lot)).copied().collect(),
            promises: promises.copied().collect(),
            receiving: receiving.copied().collect(),
            receivers: receivers.into_iter().filter(|id| !stays(id)).collect(),
        };
        if orphans == Orphans::default() { Ok(()) } else { Err(orphans) }
    }

    fn customer(&self, lot: HandedOver) -> Option<Command> {
        let HandedOver::Customer(id) = lot else { return None };
        let customer = self.workspace.customers.get(id)?;
        let owner = Some(*self.plan.to.get(&lot)?);
        Some(Command::PutCustomer(Box::new(Customer { owner, ..Customer::clone(customer) })))
    }

    /// Who owns a deal after the handover, if that is somebody who stays.
    fn owner_after(&self, deal: &Deal) -> Option<PersonId> {
        let receiver = self.lot_of.get(&deal.id).and_then(|lot| self.plan.to.get(lot)).copied();
        receiver.or(deal.standing().owner).filter(|owner| *owner != self.plan.from)
    }

    /// The deal without the leaver among those who act on it and support it. A receiver who supported it owns it now.
    fn details(&self, deal: &Arc<Deal>) -> Option<Command> {
        let mut details = deal.details.clone();
        let owner = self.owner_after(deal);
        let receiver = owner.filter(|_| deal.standing().owner == Some(self.plan.from));
        details.supporters.retain(|id| *id != self.plan.from && Some(*id) != receiver);
        if let Some(action) = details.next_action.as_mut().filter(|_| acts(deal, self.plan.from)) {
            action.owner = owner.filter(|id| self.is_there(*id)).or(self.plan.rest);
        }
        (details != deal.details).then(|| Command::EditDeal { id: deal.id, details: Box::new(details) })
    }

    /// Who keeps a promise after the handover.
    fn keeper(&self, promise: &Promise) -> Option<PersonId> {
        let of_deal = promise.deal.and_then(|id| self.owner_after(self.workspace.deals.get(id)?));
        let of_customer = promise.customer.and_then(|id| {
            let receiver = self.plan.to.get(&HandedOver::Customer(id)).copied();
            receiver.or(self.workspace.customers.get(id)?.owner).filter(|owner| *owner != self.plan.from)
        });
        of_deal.or(of_customer).filter(|id| self.is_there(*id)).or(self.plan.rest)
    }

    fn is_there(&self, id: PersonId) -> bool {
        self.workspace.people.get(id).is_some_and(|person| person.active)
    }

    /// Lines of other handovers that the leaver was to receive, to whoever receives the same thing now.
    fn other_handovers(&self, owned: &Belongings) -> Vec<Command> {
        let ids: BTreeSet<HandoverId> = owned.receiving.iter().map(|(handover, _)| *handover).collect();
        let passed_on = ids.into_iter().filter_map(|id| {
            let mut handover = Handover::clone(self.workspace.handovers.get(id)?);
            for item in handover.items.iter_mut().filter(|item| item.to == self.plan.from && item.confirmed.is_none()) {
                item.to = self.plan.to.get(&item.what).copied().or(self.plan.rest).unwrap_or(item.to);
            }
            Some(Command::PutHandover(handover))
        });
        passed_on.collect()
    }

    /// Quotas of months that have not begun go, locked or not.
    fn quotas(&self, owned: &Belongings, today: Date) -> Vec<Command> {
        let quotas = owned.quotas.iter().filter_map(|id| self.workspace.quotas.get(*id));
        let ahead = quotas.filter(|quota| quota.from > today);
        let gone = ahead.flat_map(|quota| {
            let unlock = quota.locked.then(|| Command::PutQuota(Quota { locked: false, ..**quota }));
            unlock.into_iter().chain([Command::RemoveQuota(quota.id)])
        });
        gone.collect()
    }

    fn checklist(&self, owned: &Belongings, id: HandoverId, today: Date) -> Handover {
        let item = |lot: &HandedOver| {
            Some(HandoverItem {
                what: *lot,
                to: *self.plan.to.get(lot)?,
                called: None,
                introduced: None,
                confirmed: None,
                note: String::new(),
            })
        };
        Handover {
            id,
            from: self.plan.from,
            begun: today,
            items: owned.lots.keys().filter_map(item).collect(),
            closed: None,
            note: String::new(),
        }
    }
}
