//! Commands that keep the records around the deals.

use std::collections::{BTreeMap, BTreeSet};

use super::{Draft, fields::check_fields, known, named, unused};
use crate::model::{
    Activity, ActivityId, Batch, CustomFieldOf, Customer, CustomerId, Deal, Department, DepartmentId, EventKind,
    HandedOver, MeasureKind, Person, PersonId, Product, ProductId, Profile, QuotaOf, Rejection, Table, Workspace,
    custom::misfit, rejection::RecordKind,
};

impl Draft {
    pub(super) fn set_profile(&mut self, profile: Profile) -> Result<(), Rejection> {
        if profile.name.trim().is_empty() {
            return Err(Rejection::BlankName);
        }
        if profile.lost_reasons.iter().any(|reason| reason.name.trim().is_empty()) {
            return Err(Rejection::BlankLostReason);
        }
        if !(1..=12).contains(&profile.fiscal_year_start) {
            return Err(Rejection::Month);
        }
        check_fields(&profile)?;
        for (place, view) in profile.views.iter().enumerate() {
            named(&view.name, RecordKind::View)?;
            if profile.views.iter().take(place).any(|other| other.page == view.page && other.name == view.name) {
                return Err(Rejection::Exists(RecordKind::View));
            }
        }
        let rescaled = profile.currency.digits() != self.next.profile.currency.digits();
        if rescaled && has_amounts(&self.next) {
            return Err(Rejection::CurrencyInUse);
        }
        self.next.profile = profile.into();
        Ok(())
    }

    pub(super) fn put_department(&mut self, department: Department) -> Result<(), Rejection> {
        named(&department.name, RecordKind::Department)?;
        known(&self.next.departments, department.parent, RecordKind::Department)?;
        let mut above = department.parent;
        while let Some(id) = above {
            if id == department.id {
                return Err(Rejection::Circle(RecordKind::Department));
            }
            above = self.next.departments.get(id).and_then(|parent| parent.parent);
        }
        self.next.departments.put(department);
        Ok(())
    }

    pub(super) fn remove_department(&mut self, id: DepartmentId) -> Result<(), Rejection> {
        let people = self.next.people.iter().filter(|p| p.department == Some(id)).count();
        let inside = self.next.departments.iter().filter(|d| d.parent == Some(id)).count();
        unused(people + inside + self.quotas_of(QuotaOf::Department { department: id }), RecordKind::Department)?;
        removed(&mut self.next.departments, id, RecordKind::Department)
    }

    pub(super) fn put_person(&mut self, person: Person) -> Result<(), Rejection> {
        named(&person.name, RecordKind::Person)?;
        known(&self.next.departments, person.department, RecordKind::Department)?;
        self.next.people.put(person);
        Ok(())
    }

    pub(super) fn remove_person(&mut self, id: PersonId) -> Result<(), Rejection> {
        let deals = self.next.deals.iter().filter(|deal| names_person(deal, id)).count();
        let customers = self.next.customers.iter().filter(|c| c.owner == Some(id)).count();
        let activities = self.next.activities.iter().filter(|a| a.by == Some(id)).count();
        let quotas = self.quotas_of(QuotaOf::Person { person: id });
        unused(deals + customers + activities + quotas + self.meetings_with(id), RecordKind::Person)?;
        removed(&mut self.next.people, id, RecordKind::Person)
    }

    pub(super) fn put_product(&mut self, product: Product) -> Result<(), Rejection> {
        named(&product.name, RecordKind::Product)?;
        self.next.products.put(product);
        Ok(())
    }

    pub(super) fn remove_product(&mut self, id: ProductId) -> Result<(), Rejection> {
        let names = |deal: &Deal| deal.details.lines.iter().any(|line| line.product == id);
        unused(self.next.deals.iter().filter(|deal| names(deal)).count(), RecordKind::Product)?;
        removed(&mut self.next.products, id, RecordKind::Product)
    }

    pub(super) fn put_customer(&mut self, customer: Customer) -> Result<(), Rejection> {
        if self.next.customers.contains(customer.id) {
            self.check_contacts_kept(&customer)?;
        }
        self.check_customer(&customer)?;
        let before = self.next.customers.get(customer.id);
        check_custom(
            &self.next.profile,
            CustomFieldOf::Customer,
            before.map(|before| &before.custom),
            &customer.custom,
        )?;
        if before.and_then(|before| before.referred_by) != customer.referred_by {
            self.check_referral(&customer)?;
        }
        self.next.customers.put(customer);
        Ok(())
    }

    /// Whether a new referral leads to a beginning. Files may bring circles; nobody draws one by hand.
    fn check_referral(&self, customer: &Customer) -> Result<(), Rejection> {
        let mut seen = BTreeSet::new();
        let mut above = customer.referred_by;
        while let Some(id) = above.filter(|id| seen.insert(*id)) {
            if id == customer.id {
                return Err(Rejection::Circle(RecordKind::Customer));
            }
            above = self.next.customers.get(id).and_then(|referrer| referrer.referred_by);
        }
        Ok(())
    }

    /// Whether the new form of a customer keeps every contact that a deal or a campaign names.
    fn check_contacts_kept(&self, customer: &Customer) -> Result<(), Rejection> {
        let before = self.next.customers.get(customer.id).map(|before| before.contacts.as_slice()).unwrap_or_default();
        if before.iter().all(|contact| customer.contact(contact.id).is_some()) {
            return Ok(());
        }
        let of_customer = self.next.deals.iter().filter(|deal| deal.details.customer == Some(customer.id));
        let gone = |deal: &Deal| deal.details.contact.is_some_and(|contact| customer.contact(contact).is_none());
        let touches = self.next.campaigns.iter().flat_map(|campaign| &campaign.touches);
        let touches = touches.filter(|touch| {
            touch.customer == customer.id && touch.contact.is_some_and(|contact| customer.contact(contact).is_none())
        });
        unused(of_customer.filter(|deal| gone(deal)).count() + touches.count(), RecordKind::Contact)
    }

    fn check_customer(&self, customer: &Customer) -> Result<(), Rejection> {
        named(&customer.name, RecordKind::Customer)?;
        known(&self.next.people, customer.owner, RecordKind::Person)?;
        if customer.referred_by == Some(customer.id) {
            return Err(Rejection::Circle(RecordKind::Customer));
        }
        known(&self.next.customers, customer.referred_by, RecordKind::Customer)?;
        for other in &customer.not_same_as {
            if *other == customer.id {
                return Err(Rejection::Circle(RecordKind::Customer));
            }
            known(&self.next.customers, Some(*other), RecordKind::Customer)?;
        }
        let mut ids = BTreeSet::new();
        for contact in &customer.contacts {
            named(&contact.name, RecordKind::Contact)?;
            if !ids.insert(contact.id) {
                return Err(Rejection::Exists(RecordKind::Contact));
            }
        }
        Ok(())
    }

    pub(super) fn remove_customer(&mut self, id: CustomerId) -> Result<(), Rejection> {
        let deals = self.next.deals.iter().filter(|deal| deal.details.customer == Some(id)).count();
        let referrals = self.next.customers.iter().filter(|c| c.referred_by == Some(id)).count();
        let activities = self.next.activities.iter().filter(|a| a.customer == Some(id)).count();
        let touches =
            self.next.campaigns.iter().flat_map(|campaign| &campaign.touches).filter(|t| t.customer == id).count();
        let promises = self.next.promises.iter().filter(|promise| promise.customer == Some(id)).count();
        let handed = HandedOver::Customer(id);
        let handovers = self.next.handovers.iter().filter(|handover| handover.item(handed).is_some()).count();
        unused(deals + referrals + activities + touches + promises + handovers, RecordKind::Customer)?;
        self.rewrite_distinctions(id, None);
        removed(&mut self.next.customers, id, RecordKind::Customer)
    }

    pub(super) fn put_activity(&mut self, activity: Activity) -> Result<(), Rejection> {
        known(&self.next.people, activity.by, RecordKind::Person)?;
        known(&self.next.customers, activity.customer, RecordKind::Customer)?;
        known(&self.next.deals, activity.deal, RecordKind::Deal)?;
        if activity.satisfaction.is_some_and(|level| !(1..=5).contains(&level)) {
            return Err(Rejection::Satisfaction);
        }
        self.next.activities.put(activity);
        Ok(())
    }

    pub(super) fn remove_activity(&mut self, id: ActivityId) -> Result<(), Rejection> {
        removed(&mut self.next.activities, id, RecordKind::Activity)
    }

    /// Adds a batch in the order of its references, each record by the rule of its kind. Customers may refer to one another in any
    /// order, and so may deals: they are put first and checked after.
    pub(super) fn import(&mut self, batch: Batch) -> Result<(), Rejection> {
        let Batch {
            models,
            departments,
            people,
            quotas,
            products,
            targets,
            customers,
            campaigns,
            deals,
            activities,
            promises,
            handovers,
            interventions,
            problems,
            schemes,
        } = batch;
        models.into_iter().try_for_each(|model| self.put_model(model))?;
        for department in &departments {
            self.next.departments.put(Department { parent: None, ..department.clone() });
        }
        departments.into_iter().try_for_each(|department| self.put_department(department))?;
        people.into_iter().try_for_each(|person| self.put_person(person))?;
        quotas.into_iter().try_for_each(|quota| self.keep_quota(quota))?;
        products.into_iter().try_for_each(|product| self.put_product(product))?;
        targets.into_iter().try_for_each(|target| self.put_target(target))?;
        let ids: Vec<_> = customers.iter().map(|customer| customer.id).collect();
        for customer in customers {
            if self.next.customers.contains(customer.id) {
                self.check_contacts_kept(&customer)?;
            }
            self.next.customers.put(customer);
        }
        for customer in ids.into_iter().filter_map(|id| self.next.customers.get(id)) {
            self.check_customer(customer)?;
        }
        campaigns.into_iter().try_for_each(|campaign| self.put_campaign(campaign))?;
        let ids: Vec<_> = deals.iter().map(|deal| deal.id).collect();
        for deal in deals {
            self.next.deals.put(deal);
        }
        for deal in ids.into_iter().filter_map(|id| self.next.deals.get(id)) {
            self.check_deal(deal)?;
        }
        activities.into_iter().try_for_each(|activity| self.put_activity(activity))?;
        promises.into_iter().try_for_each(|promise| self.keep_promise(promise))?;
        handovers.into_iter().try_for_each(|handover| self.put_handover(handover))?;
        interventions.into_iter().try_for_each(|intervention| self.put_intervention(intervention))?;
        problems.into_iter().try_for_each(|problem| self.put_problem(problem))?;
        schemes.into_iter().try_for_each(|scheme| self.put_scheme(scheme))?;
        Ok(())
    }
}

pub(super) fn removed<V: crate::model::Record>(
    table: &mut Table<V>,
    id: V::Id,
    kind: RecordKind,
) -> Result<(), Rejection> {
    table.remove(id).map(|_| ()).ok_or(Rejection::Unknown(kind))
}

/// Whether every new value of the user's own fields fits.
pub(super) fn check_custom(
    profile: &Profile,
    of: CustomFieldOf,
    before: Option<&BTreeMap<String, String>>,
    after: &BTreeMap<String, String>,
) -> Result<(), Rejection> {
    match misfit(&profile.custom_fields, of, before, after) {
        Some(field) => Err(Rejection::CustomValue { field: field.name.clone() }),
        None => Ok(()),
    }
}

/// Whether a deal or its history names the person: leavers keep the credit for what they did.
fn names_person(deal: &Deal, id: PersonId) -> bool {
    let details = &deal.details;
    details.supporters.contains(&id)
        || details.next_action.as_ref().is_some_and(|action| action.owner == Some(id))
        || deal.history().iter().any(|event| {
            event.by == Some(id)
                || match event.kind {
                    EventKind::Created { owner, .. } => owner == Some(id),
                    EventKind::OwnerChanged { to } => to == Some(id),
                    _ => false,
                }
        })
}

fn has_amounts(workspace: &Workspace) -> bool {
    let in_deal = |deal: &Deal| {
        deal.details.lines.iter().any(|line| line.price.is_some())
            || deal.history().iter().any(|event| match event.kind {
                EventKind::Created { amount, .. } => amount.is_some(),
                EventKind::AmountChanged { to } => to.is_some(),
                _ => false,
            })
    };
    workspace.deals.iter().any(|deal| in_deal(deal))
        || workspace.products.iter().any(|product| product.price.is_some())
        || workspace.campaigns.iter().any(|campaign| campaign.cost.is_some())
        || workspace.activities.iter().any(|activity| activity.cost.is_some())
        || !workspace.quotas.is_empty()
        || workspace.schemes.iter().flat_map(|scheme| &scheme.measures).any(|one| one.kind == MeasureKind::WonAmount)
}
