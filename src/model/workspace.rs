//! A workspace: an immutable snapshot of all records.

use std::{collections::BTreeSet, sync::Arc};

use super::{
    Activity, ActivityId, Campaign, CampaignId, Change, Contact, Currency, CustomField, CustomFieldOf, Customer,
    CustomerId, Date, Deal, DealId, Department, DepartmentId, FunnelModel, Handover, HandoverId, Intervention,
    InterventionId, ModelId, Person, PersonId, Problem, ProblemId, Product, ProductId, Promise, PromiseId, Quota,
    QuotaId, Record, Scheme, SchemeId, Share, Standing, Table, Target, TargetId, WorkspaceId,
};

/// A reason for losing a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LostReason {
    /// Never blank.
    pub name: String,
    /// Whether it says nothing by itself ("other") and a note must be written.
    pub needs_note: bool,
}

/// A page with its filters, kept under a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedView {
    /// Unique among the views of the same page, never blank.
    pub name: String,
    /// The page, as in its address: `deals`.
    pub page: String,
    /// The query of its address: `owner=…&sort=-amount`.
    pub query: String,
}

/// Where the days come from after which a deal counts as stalled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stalling {
    /// The days that the model expects of each stage.
    #[default]
    Model,
    /// The days that deals which were won spent there.
    Won,
}

/// What holds for the whole workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// The company's or the exercise's name, never blank.
    pub name: String,
    /// The currency of every amount.
    pub currency: Currency,
    /// The month (1–12) in which the fiscal year begins.
    pub fiscal_year_start: u8,
    /// Ways in which customers reach us, offered for choice.
    pub sources: Vec<String>,
    /// Reasons for losing a deal, offered for choice.
    pub lost_reasons: Vec<LostReason>,
    /// Fields of the user's own, in the order in which they are shown.
    pub custom_fields: Vec<CustomField>,
    /// Views that were kept.
    pub views: Vec<SavedView>,
    /// Where the days come from after which a deal counts as stalled.
    pub stalling: Stalling,
}

impl Profile {
    /// A profile of this name with nothing to choose from.
    pub fn named(name: impl Into<String>, currency: Currency) -> Self {
        Self {
            name: name.into(),
            currency,
            fiscal_year_start: 1,
            sources: Vec::new(),
            lost_reasons: Vec::new(),
            custom_fields: Vec::new(),
            views: Vec::new(),
            stalling: Stalling::default(),
        }
    }

    /// The user's own fields of customers or of deals.
    pub fn fields_of(&self, of: CustomFieldOf) -> impl Iterator<Item = &CustomField> {
        self.custom_fields.iter().filter(move |field| field.of == of)
    }

    /// The user's own field of this name.
    pub fn custom_field(&self, of: CustomFieldOf, name: &str) -> Option<&CustomField> {
        self.fields_of(of).find(|field| field.name == name)
    }
}

macro_rules! records {
    ($($record:ty: $id:ty),* $(,)?) => {$(
        impl Record for $record {
            type Id = $id;

            fn id(&self) -> $id {
                self.id
            }
        }
    )*};
}

records! {
    FunnelModel: ModelId,
    Department: DepartmentId,
    Person: PersonId,
    Quota: QuotaId,
    Product: ProductId,
    Target: TargetId,
    Customer: CustomerId,
    Campaign: CampaignId,
    Deal: DealId,
    Activity: ActivityId,
    Promise: PromiseId,
    Handover: HandoverId,
    Intervention: InterventionId,
    Problem: ProblemId,
    Scheme: SchemeId,
}

/// All records of one sales team. Cloning is cheap.
#[derive(Clone, Debug, PartialEq)]
pub struct Workspace {
    /// Tells workspaces apart.
    pub id: WorkspaceId,
    /// What holds for all of it.
    pub profile: Arc<Profile>,
    /// Funnel models.
    pub models: Table<FunnelModel>,
    /// Departments.
    pub departments: Table<Department>,
    /// People.
    pub people: Table<Person>,
    /// Quotas.
    pub quotas: Table<Quota>,
    /// Products.
    pub products: Table<Product>,
    /// Target profiles.
    pub targets: Table<Target>,
    /// Customers with their contacts.
    pub customers: Table<Customer>,
    /// Campaigns.
    pub campaigns: Table<Campaign>,
    /// Deals with their histories.
    pub deals: Table<Deal>,
    /// Activities.
    pub activities: Table<Activity>,
    /// Promises.
    pub promises: Table<Promise>,
    /// Handovers.
    pub handovers: Table<Handover>,
    /// Interventions.
    pub interventions: Table<Intervention>,
    /// The catalogue of problems.
    pub problems: Table<Problem>,
    /// Appraisal schemes.
    pub schemes: Table<Scheme>,
}

impl Workspace {
    /// A workspace without records.
    pub fn new(id: WorkspaceId, profile: Profile) -> Self {
        Self {
            id,
            profile: Arc::new(profile),
            models: Table::default(),
            departments: Table::default(),
            people: Table::default(),
            quotas: Table::default(),
            products: Table::default(),
            targets: Table::default(),
            customers: Table::default(),
            campaigns: Table::default(),
            deals: Table::default(),
            activities: Table::default(),
            promises: Table::default(),
            handovers: Table::default(),
            interventions: Table::default(),
            problems: Table::default(),
            schemes: Table::default(),
        }
    }

    /// The workspace after `change`: each record it names gets its value after, whatever it was before.
    #[must_use]
    pub fn with(&self, change: &Change) -> Self {
        let mut next = self.clone();
        change.write_into(&mut next);
        next
    }

    /// The stage a deal is in, or was in when it closed, with its model. The stage of a closed deal may have left the model since;
    /// `None` when the model never had it.
    pub fn stage_of(&self, deal: &Deal) -> Option<(&FunnelModel, &super::Stage)> {
        let model = self.models.get(deal.standing().model)?;
        Some((model, model.known_stage(deal.standing().stage)?))
    }

    /// The chance of a deal that stands so: the seller's own, or else that of the stage; `None` when no model ever had the stage.
    pub fn chance_of(&self, standing: &Standing) -> Option<Share> {
        let of_stage = || Some(self.models.get(standing.model)?.known_stage(standing.stage)?.probability);
        standing.probability.or_else(of_stage)
    }

    /// The workspace with every model in the form that held on `day`: what is counted in it was so counted then.
    #[must_use]
    pub fn as_counted_on(&self, day: Date) -> Self {
        let mut then = self.clone();
        for model in self.models.iter().filter(|model| model.revisions.iter().any(|revision| revision.until > day)) {
            then.models.put(model.on(day));
        }
        then
    }

    /// The department of a person with those around it, from the inside out. A circle of departments ends all the same.
    pub fn departments_of(&self, person: PersonId) -> impl Iterator<Item = DepartmentId> {
        let own = self.people.get(person).and_then(|person| person.department);
        std::iter::successors(own, |id| self.departments.get(*id)?.parent).take(self.departments.len())
    }

    /// Whether a person works in one of these departments or inside one.
    pub fn works_in(&self, person: PersonId, departments: &BTreeSet<DepartmentId>) -> bool {
        self.departments_of(person).any(|id| departments.contains(&id))
    }

    /// The customer of a deal.
    pub fn customer_of(&self, deal: &Deal) -> Option<&Arc<Customer>> {
        self.customers.get(deal.details.customer?)
    }

    /// The contact of a deal.
    pub fn contact_of(&self, deal: &Deal) -> Option<&Contact> {
        self.customer_of(deal)?.contact(deal.details.contact?)
    }
}
