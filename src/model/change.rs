//! What a command did: the records it touched, with their value before and after.

use std::sync::Arc;

use super::{
    Activity, Campaign, Customer, Deal, Department, FunnelModel, Handover, Intervention, Person, Problem, Product,
    Profile, Promise, Quota, Record, Scheme, Table, Target, Workspace,
};

/// One record before and after. `None` before: it was added; `None` after: it was removed.
#[derive(Clone, Debug, PartialEq)]
pub struct Patch<V: Record> {
    /// The record's id.
    pub id: V::Id,
    /// Its value before the change.
    pub before: Option<Arc<V>>,
    /// Its value after the change.
    pub after: Option<Arc<V>>,
}

impl<V: Record> Patch<V> {
    fn inverse(&self) -> Self {
        Self { id: self.id, before: self.after.clone(), after: self.before.clone() }
    }
}

/// The difference between two snapshots of a workspace, record by record in the order of their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Change {
    /// The profile before and after.
    pub profile: Option<(Arc<Profile>, Arc<Profile>)>,
    /// Funnel models.
    pub models: Vec<Patch<FunnelModel>>,
    /// Departments.
    pub departments: Vec<Patch<Department>>,
    /// People.
    pub people: Vec<Patch<Person>>,
    /// Quotas.
    pub quotas: Vec<Patch<Quota>>,
    /// Products.
    pub products: Vec<Patch<Product>>,
    /// Target profiles.
    pub targets: Vec<Patch<Target>>,
    /// Customers.
    pub customers: Vec<Patch<Customer>>,
    /// Campaigns.
    pub campaigns: Vec<Patch<Campaign>>,
    /// Deals.
    pub deals: Vec<Patch<Deal>>,
    /// Activities.
    pub activities: Vec<Patch<Activity>>,
    /// Promises.
    pub promises: Vec<Patch<Promise>>,
    /// Handovers.
    pub handovers: Vec<Patch<Handover>>,
    /// Interventions.
    pub interventions: Vec<Patch<Intervention>>,
    /// The catalogue of problems.
    pub problems: Vec<Patch<Problem>>,
    /// Appraisal schemes.
    pub schemes: Vec<Patch<Scheme>>,
}

impl Change {
    /// What must change in `before` to make it `after`. Records that both share are told equal by their pointer, the others by
    /// their value.
    pub fn between(before: &Workspace, after: &Workspace) -> Self {
        let profile = (before.profile != after.profile).then(|| (before.profile.clone(), after.profile.clone()));
        Self {
            profile,
            models: patches(&before.models, &after.models),
            departments: patches(&before.departments, &after.departments),
            people: patches(&before.people, &after.people),
            quotas: patches(&before.quotas, &after.quotas),
            products: patches(&before.products, &after.products),
            targets: patches(&before.targets, &after.targets),
            customers: patches(&before.customers, &after.customers),
            campaigns: patches(&before.campaigns, &after.campaigns),
            deals: patches(&before.deals, &after.deals),
            activities: patches(&before.activities, &after.activities),
            promises: patches(&before.promises, &after.promises),
            handovers: patches(&before.handovers, &after.handovers),
            interventions: patches(&before.interventions, &after.interventions),
            problems: patches(&before.problems, &after.problems),
            schemes: patches(&before.schemes, &after.schemes),
        }
    }

    /// The change that takes this one back.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self {
            profile: self.profile.as_ref().map(|(before, after)| (after.clone(), before.clone())),
            models: self.models.iter().map(Patch::inverse).collect(),
            departments: self.departments.iter().map(Patch::inverse).collect(),
            people: self.people.iter().map(Patch::inverse).collect(),
            quotas: self.quotas.iter().map(Patch::inverse).collect(),
            products: self.products.iter().map(Patch::inverse).collect(),
            targets: self.targets.iter().map(Patch::inverse).collect(),
            customers: self.customers.iter().map(Patch::inverse).collect(),
            campaigns: self.campaigns.iter().map(Patch::inverse).collect(),
            deals: self.deals.iter().map(Patch::inverse).collect(),
            activities: self.activities.iter().map(Patch::inverse).collect(),
            promises: self.promises.iter().map(Patch::inverse).collect(),
            handovers: self.handovers.iter().map(Patch::inverse).collect(),
            interventions: self.interventions.iter().map(Patch::inverse).collect(),
            problems: self.problems.iter().map(Patch::inverse).collect(),
            schemes: self.schemes.iter().map(Patch::inverse).collect(),
        }
    }

    /// Whether `workspace` still has what this change starts from, so that carrying it out overwrites nobody's work.
    pub fn fits(&self, workspace: &Workspace) -> bool {
        self.profile.as_ref().is_none_or(|(before, _)| *before == workspace.profile)
            && fits(&self.models, &workspace.models)
            && fits(&self.departments, &workspace.departments)
            && fits(&self.people, &workspace.people)
            && fits(&self.quotas, &workspace.quotas)
            && fits(&self.products, &workspace.products)
            && fits(&self.targets, &workspace.targets)
            && fits(&self.customers, &workspace.customers)
            && fits(&self.campaigns, &workspace.campaigns)
            && fits(&self.deals, &workspace.deals)
            && fits(&self.activities, &workspace.activities)
            && fits(&self.promises, &workspace.promises)
            && fits(&self.handovers, &workspace.handovers)
            && fits(&self.interventions, &workspace.interventions)
            && fits(&self.problems, &workspace.problems)
            && fits(&self.schemes, &workspace.schemes)
    }

    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        self.profile.is_none() && self.len() == 0
    }

    /// How many records change, not counting the profile.
    pub fn len(&self) -> usize {
        self.models.len()
            + self.departments.len()
            + self.people.len()
            + self.quotas.len()
            + self.products.len()
            + self.targets.len()
            + self.customers.len()
            + self.campaigns.len()
            + self.deals.len()
            + self.activities.len()
            + self.promises.len()
            + self.handovers.len()
            + self.interventions.len()
            + self.problems.len()
            + self.schemes.len()
    }

    pub(super) fn write_into(&self, workspace: &mut Workspace) {
        if let Some((_, after)) = &self.profile {
            workspace.profile = after.clone();
        }
        write(&self.models, &mut workspace.models);
        write(&self.departments, &mut workspace.departments);
        write(&self.people, &mut workspace.people);
        write(&self.quotas, &mut workspace.quotas);
        write(&self.products, &mut workspace.products);
        write(&self.targets, &mut workspace.targets);
        write(&self.customers, &mut workspace.customers);
        write(&self.campaigns, &mut workspace.campaigns);
        write(&self.deals, &mut workspace.deals);
        write(&self.activities, &mut workspace.activities);
        write(&self.promises, &mut workspace.promises);
        write(&self.handovers, &mut workspace.handovers);
        write(&self.interventions, &mut workspace.interventions);
        write(&self.problems, &mut workspace.problems);
        write(&self.schemes, &mut workspace.schemes);
    }
}

fn write<V: Record>(patches: &[Patch<V>], table: &mut Table<V>) {
    for patch in patches {
        match &patch.after {
            Some(record) => table.put(record.clone()),
            None => {
                table.remove(patch.id);
            }
        }
    }
}

fn fits<V: Record>(patches: &[Patch<V>], table: &Table<V>) -> bool {
    patches.iter().all(|patch| table.get(patch.id) == patch.before.as_ref())
}

fn patches<V: Record>(before: &Table<V>, after: &Table<V>) -> Vec<Patch<V>> {
    let mut patches = Vec::new();
    if before.same(after) {
        return patches;
    }
    let (mut old, mut new) = (before.iter().peekable(), after.iter().peekable());
    loop {
        let (before, after) = match (old.peek(), new.peek()) {
            (None, None) => return patches,
            (Some(_), None) => (old.next(), None),
            (None, Some(_)) => (None, new.next()),
            (Some(a), Some(b)) => match a.id().cmp(&b.id()) {
                std::cmp::Ordering::Less => (old.next(), None),
                std::cmp::Ordering::Greater => (None, new.next()),
                std::cmp::Ordering::Equal => (old.next(), new.next()),
            },
        };
        let same = matches!((before, after), (Some(a), Some(b)) if Arc::ptr_eq(a, b) || a == b);
        if let (false, Some(id)) = (same, before.or(after).map(|record| record.id())) {
            patches.push(Patch { id, before: before.cloned(), after: after.cloned() });
        }
    }
}
