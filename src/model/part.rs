//! A part of a workspace that stands on its own: some of its deals with what they name.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Activity, Campaign, Customer, CustomerId, Deal, DealId, EventKind, PersonId, Promise, Record, Table, Touch,
    Workspace,
};

impl Workspace {
    /// The deals that `keep` names, with what they name: customers with their contacts, activities, promises, products, campaigns and people, and all
    /// funnel models and departments. Its id is `id`: a part is a workspace of its own.
    ///
    /// What lies outside is not mentioned: a deal or a customer that one came from, customers that a campaign approached. Quotas,
    /// target profiles, interventions, the catalogue of problems and appraisal schemes stay behind, since they are made for all deals, and
    /// so do handovers.
    ///
    /// ```
    /// use loudou::{codec::content::Language, model::{Date, WorkspaceId}, training::demo};
    ///
    /// let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), 4);
    /// let one = company.deals.iter().find(|deal| deal.details.customer.is_some()).unwrap();
    /// let part = company.part(WorkspaceId::from(7), |deal| deal.id == one.id);
    /// assert_eq!((part.deals.len(), part.customers.len()), (1, 1));
    /// assert!(part.people.len() < company.people.len());
    /// ```
    #[must_use]
    pub fn part(&self, id: super::WorkspaceId, keep: impl Fn(&Deal) -> bool) -> Self {
        let deals: Vec<&Deal> = self.deals.iter().map(Arc::as_ref).filter(|deal| keep(deal)).collect();
        let kept: BTreeSet<DealId> = deals.iter().map(|deal| deal.id).collect();
        let of_deals: BTreeSet<CustomerId> = deals.iter().filter_map(|deal| deal.details.customer).collect();
        let concerns = |deal: Option<DealId>, customer: Option<CustomerId>| match deal {
            Some(deal) => kept.contains(&deal),
            None => customer.is_some_and(|customer| of_deals.contains(&customer)),
        };
        let activities = self.activities.iter().map(Arc::as_ref);
        let activities: Vec<&Activity> = activities.filter(|one| concerns(one.deal, one.customer)).collect();
        let promises = self.promises.iter().map(Arc::as_ref);
        let promises: Vec<&Promise> = promises.filter(|one| concerns(one.deal, one.customer)).collect();
        let mut customers = of_deals.clone();
        customers.extend(activities.iter().filter_map(|activity| activity.customer));
        customers.extend(promises.iter().filter_map(|promise| promise.customer));

        let mut part = Self::new(id, (*self.profile).clone());
        part.models = self.models.clone();
        part.departments = self.departments.clone();
        fill(
            &mut part.customers,
            self.customers.iter().filter(|customer| customers.contains(&customer.id)),
            |customer| {
                let mut customer = Customer::clone(customer);
                customer.referred_by = customer.referred_by.filter(|id| customers.contains(id));
                customer.not_same_as.retain(|id| customers.contains(id));
                customer
            },
        );
        fill(&mut part.deals, deals.iter().copied(), |deal| {
            let mut deal = deal.clone();
            deal.details.follows = deal.details.follows.filter(|id| kept.contains(id));
            deal
        });
        fill(&mut part.activities, activities.iter().copied(), Activity::clone);
        fill(&mut part.promises, promises.iter().copied(), Promise::clone);
        let products: BTreeSet<_> =
            deals.iter().flat_map(|deal| &deal.details.lines).map(|line| line.product).collect();
        fill(&mut part.products, self.products.iter().filter(|product| products.contains(&product.id)), |product| {
            product.as_ref().clone()
        });
        let campaigns: BTreeSet<_> = deals.iter().filter_map(|deal| deal.details.campaign).collect();
        let named = self.campaigns.iter().filter(|campaign| campaigns.contains(&campaign.id));
        fill(&mut part.campaigns, named, |campaign| {
            let inside = |touch: &&Touch| customers.contains(&touch.customer);
            let touches = campaign.touches.iter().filter(inside).cloned().collect();
            Campaign { audience: None, touches, ..Campaign::clone(campaign) }
        });
        let people = people_of(&part);
        fill(&mut part.people, self.people.iter().filter(|person| people.contains(&person.id)), |person| {
            person.as_ref().clone()
        });
        part
    }
}

fn fill<T, V: Record>(table: &mut Table<V>, records: impl Iterator<Item = T>, make: impl Fn(T) -> V) {
    for record in records {
        table.put(make(record));
    }
}

/// Everybody whom the customers, deals, activities and promises name.
fn people_of(part: &Workspace) -> BTreeSet<PersonId> {
    let mut people: BTreeSet<PersonId> = part.customers.iter().filter_map(|customer| customer.owner).collect();
    people.extend(part.activities.iter().filter_map(|activity| activity.by));
    people.extend(part.promises.iter().map(|promise| promise.person));
    for deal in part.deals.iter() {
        people.extend(&deal.details.supporters);
        people.extend(deal.details.next_action.as_ref().and_then(|action| action.owner));
        for event in deal.history() {
            people.extend(event.by);
            match event.kind {
                EventKind::Created { owner, .. } | EventKind::OwnerChanged { to: owner } => people.extend(owner),
                _ => {}
            }
        }
    }
    people
}
