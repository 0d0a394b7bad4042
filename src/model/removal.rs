//! What a deletion took away, and what of it can come back (回收站).
//!
//! A deletion is a [`Change`] like any other: the records that go, and those that named them and do so no longer. Kept in the trash, it is
//! carried out backwards later, when the workspace has gone on: [`plan`] says what comes back, what is in its way, and which
//! links stay away. Bringing it back is a [`Command`] of its own, which is refused whole when anything is in its way.

mod links;
mod names;

use std::sync::Arc;

use ulid::Ulid;

pub use names::Told;

use super::{Change, Command, Patch, QuotaOf, Record, RecordKind, Table, Workspace};

/// Whether a command deletes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deletion {
    /// It does not. Merging duplicates and importing are no deletions, though records may go.
    None,
    /// It does nothing else: whatever it changed beside is what the deletion took off other records.
    Whole,
    /// It may delete beside other things: contacts go when their customer is written without them.
    Part,
}

impl Deletion {
    /// Whether a command deletes.
    ///
    /// ```
    /// use loudou::model::{Command, removal::Deletion};
    ///
    /// let deal = Command::RemoveDeal(1.into());
    /// assert_eq!(Deletion::of(&deal), Deletion::Whole);
    /// assert_eq!(Deletion::of(&Command::Many(vec![deal.clone(), deal.clone()])), Deletion::Whole);
    /// assert_eq!(Deletion::of(&Command::Many(vec![deal, Command::ReopenDeal(2.into())])), Deletion::Part);
    /// assert_eq!(Deletion::of(&Command::ReopenDeal(2.into())), Deletion::None);
    /// ```
    pub fn of(command: &Command) -> Self {
        match command {
            Command::RemoveCustomField { .. }
            | Command::RemoveModel(_)
            | Command::RemoveDepartment(_)
            | Command::RemovePerson(_)
            | Command::RemoveQuota(_)
            | Command::RemoveProduct(_)
            | Command::RemoveTarget(_)
            | Command::RemoveCustomer(_)
            | Command::RemoveCampaign(_)
            | Command::RemoveActivity(_)
            | Command::RemovePromise(_)
            | Command::RemoveHandover(_)
            | Command::RemoveIntervention(_)
            | Command::RemoveProblem(_)
            | Command::RemoveScheme(_)
            | Command::RemoveDeal(_) => Self::Whole,
            Command::PutCustomer(_) => Self::Part,
            Command::Many(commands) => {
                let mut kinds = commands.iter().map(Self::of);
                let Some(first) = kinds.next() else { return Self::None };
                kinds.fold(first, |all, one| if all == one { all } else { Self::Part })
            }
            _ => Self::None,
        }
    }

    /// What `change`, made by the command, took away; `None` when that is nothing.
    pub fn taken(self, change: &Change) -> Option<Change> {
        let taken = match self {
            Self::None => return None,
            Self::Whole => change.clone(),
            Self::Part => Change {
                profile: None,
                models: gone(&change.models),
                departments: gone(&change.departments),
                people: gone(&change.people),
                quotas: gone(&change.quotas),
                products: gone(&change.products),
                targets: gone(&change.targets),
                customers: links::without_contacts(&change.customers),
                campaigns: gone(&change.campaigns),
                deals: gone(&change.deals),
                activities: gone(&change.activities),
                promises: gone(&change.promises),
                handovers: gone(&change.handovers),
                interventions: gone(&change.interventions),
                problems: gone(&change.problems),
                schemes: gone(&change.schemes),
            },
        };
        (!taken.is_empty()).then_some(taken)
    }
}

/// The records that went.
fn gone<V: Record>(patches: &[Patch<V>]) -> Vec<Patch<V>> {
    patches.iter().filter(|patch| patch.after.is_none()).cloned().collect()
}

/// Something in the way of what would come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Something else has taken its place since: another record with its id, a field with its name, a quota for the same months.
    Taken {
        /// What would come back.
        kind: RecordKind,
        /// Its name.
        name: String,
    },
    /// It names a record that is gone as well.
    Needs {
        /// What would come back.
        kind: RecordKind,
        /// Its name.
        name: String,
        /// What it names.
        needs: RecordKind,
        /// Which one.
        id: Ulid,
    },
}

/// What bringing a deletion back would do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    /// The records that come back, and those that name them again. Of what is here already as it was nothing is in it.
    pub change: Change,
    /// Links that stay away: something else has been put there since, or what they lead to is gone.
    pub left: usize,
    /// What is in the way. Nothing comes back while there is anything.
    pub obstacles: Vec<Obstacle>,
}

/// What bringing back `taken`, a deletion, would do to `present`.
pub fn plan(present: &Workspace, taken: &Change) -> Plan {
    let mut plan = Plan::default();
    let back = Change {
        profile: None,
        models: back(&taken.models, &present.models, &mut plan.obstacles),
        departments: back(&taken.departments, &present.departments, &mut plan.obstacles),
        people: back(&taken.people, &present.people, &mut plan.obstacles),
        quotas: back(&taken.quotas, &present.quotas, &mut plan.obstacles),
        products: back(&taken.products, &present.products, &mut plan.obstacles),
        targets: back(&taken.targets, &present.targets, &mut plan.obstacles),
        customers: back(&taken.customers, &present.customers, &mut plan.obstacles),
        campaigns: back(&taken.campaigns, &present.campaigns, &mut plan.obstacles),
        deals: back(&taken.deals, &present.deals, &mut plan.obstacles),
        activities: back(&taken.activities, &present.activities, &mut plan.obstacles),
        promises: back(&taken.promises, &present.promises, &mut plan.obstacles),
        handovers: back(&taken.handovers, &present.handovers, &mut plan.obstacles),
        interventions: back(&taken.interventions, &present.interventions, &mut plan.obstacles),
        problems: back(&taken.problems, &present.problems, &mut plan.obstacles),
        schemes: back(&taken.schemes, &present.schemes, &mut plan.obstacles),
    };
    for quota in back.quotas.iter().filter_map(|patch| patch.after.as_ref()) {
        if present.quotas.iter().any(|other| other.same_as(quota)) {
            plan.obstacles.push(Obstacle::Taken { kind: RecordKind::Quota, name: quota_name(present, quota.of) });
        }
    }
    let then = present.with(&back);
    needs(&back.departments, &then, &mut plan.obstacles);
    needs(&back.people, &then, &mut plan.obstacles);
    needs(&back.quotas, &then, &mut plan.obstacles);
    needs(&back.customers, &then, &mut plan.obstacles);
    needs(&back.campaigns, &then, &mut plan.obstacles);
    needs(&back.deals, &then, &mut plan.obstacles);
    needs(&back.activities, &then, &mut plan.obstacles);
    needs(&back.promises, &then, &mut plan.obstacles);
    needs(&back.handovers, &then, &mut plan.obstacles);
    needs(&back.interventions, &then, &mut plan.obstacles);
    plan.change = links::mended(present, taken, back, &mut plan);
    plan
}

/// The records that went and are not here, as they come back.
fn back<V: Told>(patches: &[Patch<V>], present: &Table<V>, obstacles: &mut Vec<Obstacle>) -> Vec<Patch<V>> {
    let mut back = Vec::new();
    for patch in patches {
        let (Some(before), None) = (&patch.before, &patch.after) else { continue };
        match present.get(patch.id) {
            None => back.push(Patch { id: patch.id, before: None, after: Some(before.clone()) }),
            Some(now) if now == before => {}
            Some(_) => obstacles.push(Obstacle::Taken { kind: V::KIND, name: before.told().to_owned() }),
        }
    }
    back
}

/// What the records that come back name and will not find.
fn needs<V: Told>(back: &[Patch<V>], then: &Workspace, obstacles: &mut Vec<Obstacle>) {
    for record in back.iter().filter_map(|patch| patch.after.as_ref()) {
        record.missing(then, &mut |needs, id| {
            let obstacle = Obstacle::Needs { kind: V::KIND, name: record.told().to_owned(), needs, id };
            if !obstacles.contains(&obstacle) {
                obstacles.push(obstacle);
            }
        });
    }
}

impl Change {
    /// The name of a record that this deletion took away.
    pub fn name_of(&self, kind: RecordKind, id: Ulid) -> Option<String> {
        match kind {
            RecordKind::Model => told(&self.models, id.0.into()),
            RecordKind::Department => told(&self.departments, id.0.into()),
            RecordKind::Person => told(&self.people, id.0.into()),
            RecordKind::Product => told(&self.products, id.0.into()),
            RecordKind::Target => told(&self.targets, id.0.into()),
            RecordKind::Customer => told(&self.customers, id.0.into()),
            RecordKind::Contact => links::contact_name(&self.customers, id.0.into()),
            RecordKind::Campaign => told(&self.campaigns, id.0.into()),
            RecordKind::Deal => told(&self.deals, id.0.into()),
            _ => None,
        }
    }
}

fn told<V: Told>(patches: &[Patch<V>], id: V::Id) -> Option<String> {
    let gone = patches.iter().find(|patch| patch.id == id && patch.after.is_none())?;
    Some(gone.before.as_ref()?.told().to_owned())
}

/// Whose quota it is, by name; empty for the whole company.
pub fn quota_name(workspace: &Workspace, of: QuotaOf) -> String {
    let name = match of {
        QuotaOf::Company {} => None,
        QuotaOf::Department { department } => workspace.departments.get(department).map(|found| found.name.clone()),
        QuotaOf::Person { person } => workspace.people.get(person).map(|found| found.name.clone()),
    };
    name.unwrap_or_default()
}

/// So many characters of a name are enough to know what it is.
const NAME: usize = 120;

/// What a deletion is called: the kind that was deleted and how many of it, the name of the first, and how many other records went with
/// them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What was deleted.
    pub kind: RecordKind,
    /// The name of the first; a quota has that of whom it is for, the whole company none, and a handover that of who leaves.
    pub name: String,
    /// How many.
    pub count: usize,
    /// Records of other kinds that went with them: the activities and promises of a deal.
    pub beside: usize,
}

impl Summary {
    /// What `taken` is called, deleted from `workspace`.
    pub fn of(workspace: &Workspace, taken: &Change) -> Self {
        if let Some((before, after)) = &taken.profile {
            let mut fields = before.custom_fields.iter();
            let gone = fields.find(|field| after.custom_field(field.of, &field.name).is_none());
            let name = gone.map(|field| field.name.clone()).unwrap_or_default();
            return Self { kind: RecordKind::CustomField, name, count: 1, beside: 0 };
        }
        let mut kinds = Vec::new();
        summed(&taken.models, &mut kinds);
        summed(&taken.departments, &mut kinds);
        summed(&taken.people, &mut kinds);
        summed(&taken.products, &mut kinds);
        summed(&taken.targets, &mut kinds);
        summed(&taken.campaigns, &mut kinds);
        summed(&taken.customers, &mut kinds);
        kinds.extend(links::contacts(&taken.customers));
        summed(&taken.deals, &mut kinds);
        if let Some(quota) = gone(&taken.quotas).iter().find_map(|patch| patch.before.as_ref()) {
            kinds.push((RecordKind::Quota, quota_name(workspace, quota.of), gone(&taken.quotas).len()));
        }
        summed(&taken.activities, &mut kinds);
        summed(&taken.promises, &mut kinds);
        if let Some(handover) = gone(&taken.handovers).iter().find_map(|patch| patch.before.as_ref()) {
            let from = workspace.people.get(handover.from).map(|person| person.name.clone());
            kinds.push((RecordKind::Handover, from.unwrap_or_default(), gone(&taken.handovers).len()));
        }
        summed(&taken.interventions, &mut kinds);
        summed(&taken.problems, &mut kinds);
        summed(&taken.schemes, &mut kinds);
        let mut kinds = kinds.into_iter();
        let (kind, name, count) = kinds.next().unwrap_or((RecordKind::View, String::new(), 0));
        Self { kind, name, count, beside: kinds.map(|(_, _, count)| count).sum() }
    }
}

fn summed<V: Told>(patches: &[Patch<V>], kinds: &mut Vec<(RecordKind, String, usize)>) {
    let gone: Vec<&Arc<V>> =
        patches.iter().filter(|patch| patch.after.is_none()).filter_map(|patch| patch.before.as_ref()).collect();
    if let Some(first) = gone.first() {
        kinds.push((V::KIND, first.told().chars().take(NAME).collect(), gone.len()));
    }
}
