//! Every way in which a workspace may change.

use ulid::Ulid;

use super::{
    Activity, ActivityId, Campaign, CampaignId, Change, CriterionId, CustomField, CustomFieldOf, Customer, CustomerId,
    Date, Deal, DealId, Department, DepartmentId, FunnelModel, Handover, HandoverId, Intervention, InterventionId,
    ModelDraft, ModelId, Money, Person, PersonId, Problem, ProblemId, Product, ProductId, Profile, Promise, PromiseId,
    Quota, QuotaId, Scheme, SchemeId, Share, StageId, Target, TargetId, Timestamp, Workspace,
};

pub use super::deal::DealDetails;

/// Who gives a command, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The day it takes effect, in the user's calendar.
    pub on: Date,
    /// The moment it is recorded.
    pub at: Timestamp,
    /// Who acts; `None` when the page does not know.
    pub by: Option<PersonId>,
    /// Fresh entropy: the events that the command records are numbered on from here.
    pub seed: Ulid,
}

/// A deal to begin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDeal {
    /// A fresh id.
    pub id: DealId,
    /// What is known of it.
    pub details: DealDetails,
    /// The model it runs through.
    pub model: ModelId,
    /// The stage it enters first.
    pub stage: StageId,
    /// Who owns it.
    pub owner: Option<PersonId>,
    /// What it may bring.
    pub amount: Option<Money>,
    /// When it may close.
    pub expected_close: Option<Date>,
}

/// Records to add, or to put in the place of those with their ids, all at once.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Batch {
    /// Funnel models.
    pub models: Vec<FunnelModel>,
    /// Departments.
    pub departments: Vec<Department>,
    /// People.
    pub people: Vec<Person>,
    /// Quotas.
    pub quotas: Vec<Quota>,
    /// Products.
    pub products: Vec<Product>,
    /// Target profiles.
    pub targets: Vec<Target>,
    /// Customers.
    pub customers: Vec<Customer>,
    /// Campaigns.
    pub campaigns: Vec<Campaign>,
    /// Deals with their histories.
    pub deals: Vec<Deal>,
    /// Activities.
    pub activities: Vec<Activity>,
    /// Promises.
    pub promises: Vec<Promise>,
    /// Handovers.
    pub handovers: Vec<Handover>,
    /// Interventions.
    pub interventions: Vec<Intervention>,
    /// The catalogue of problems.
    pub problems: Vec<Problem>,
    /// Appraisal schemes.
    pub schemes: Vec<Scheme>,
}

/// A wish to change the workspace; [`apply`](super::apply) answers it.
#[derive(Clone, Debug, PartialEq)]
pub enum Command {
    /// Replace the profile. The currency cannot change while amounts are written in it, unless both count the same digits.
    SetProfile(Profile),
    /// Add a field of the user's own, or change the one that was called `was`: its values and whatever else names it follow
    /// it to a new name: kept views, gates, target profiles, messages of campaigns.
    PutCustomField {
        /// Its present name; `None` for a new field.
        was: Option<String>,
        /// The field as it shall be.
        field: CustomField,
    },
    /// Remove a field of the user's own with all its values; what names it does so no longer.
    RemoveCustomField {
        /// Of which records.
        of: CustomFieldOf,
        /// Its name.
        name: String,
    },
    /// Add a funnel model with new ids.
    AddModel(Box<FunnelModel>),
    /// Give a model another form; the stages it had stay on record as a revision. A stage that any deal stands in or went through
    /// leaves only into another one.
    ReviseModel(Box<ModelDraft>),
    /// Remove a model that no deal ever used and that no intervention or promise is about.
    RemoveModel(ModelId),
    /// Add or replace a department.
    PutDepartment(Department),
    /// Remove a department without people and without departments inside it.
    RemoveDepartment(DepartmentId),
    /// Add or replace a person.
    PutPerson(Person),
    /// Remove a person whom no record names.
    RemovePerson(PersonId),
    /// Add or replace a quota. The same people have one for the same months. A locked one only is unlocked.
    PutQuota(Quota),
    /// Remove a quota that is not locked.
    RemoveQuota(QuotaId),
    /// Add or replace a product.
    PutProduct(Product),
    /// Remove a product that no deal names.
    RemoveProduct(ProductId),
    /// Add or replace a target profile.
    PutTarget(Target),
    /// Remove a target profile that no campaign names.
    RemoveTarget(TargetId),
    /// Add or replace a customer with its contacts. A contact that a deal names cannot go.
    PutCustomer(Box<Customer>),
    /// Remove a customer whom no deal, activity, referral, campaign, promise or handover names.
    RemoveCustomer(CustomerId),
    /// Add or replace a campaign.
    PutCampaign(Box<Campaign>),
    /// Remove a campaign that no deal names.
    RemoveCampaign(CampaignId),
    /// Make one customer of two that are the same company; see [`merged`](super::merge::merged). Deals, activities, referrals, campaigns,
    /// promises, handovers and contacts of the one that goes come to the one that stays.
    MergeCustomers {
        /// The one that stays.
        keep: CustomerId,
        /// The one that goes.
        gone: CustomerId,
        /// What the notes say about the values that give way; one that it leaves out is added as it is.
        remark: String,
    },
    /// Add or replace an activity.
    PutActivity(Box<Activity>),
    /// Remove an activity.
    RemoveActivity(ActivityId),
    /// Add or replace a promise. A stage to be reached is one of the deal's model.
    PutPromise(Box<Promise>),
    /// Remove a promise.
    RemovePromise(PromiseId),
    /// Add or replace a handover with its checklist. It hands nothing over by itself: that is done by [`SetOwner`](Self::SetOwner) and
    /// [`PutCustomer`](Self::PutCustomer), together with it in one [`Many`](Self::Many).
    PutHandover(Handover),
    /// Remove a handover.
    RemoveHandover(HandoverId),
    /// Add or replace an intervention.
    PutIntervention(Box<Intervention>),
    /// Remove an intervention.
    RemoveIntervention(InterventionId),
    /// Add or replace a problem of the catalogue.
    PutProblem(Box<Problem>),
    /// Remove a problem of the catalogue.
    RemoveProblem(ProblemId),
    /// Add or replace an appraisal scheme.
    PutScheme(Scheme),
    /// Remove an appraisal scheme.
    RemoveScheme(SchemeId),
    /// Begin a deal.
    CreateDeal(Box<NewDeal>),
    /// Rewrite what is known of a deal.
    EditDeal {
        /// Which one.
        id: DealId,
        /// Everything that is known of it now.
        details: Box<DealDetails>,
    },
    /// Remove a deal with its history, its activities and its promises. A deal that followed from it stays, without saying so, and so does a
    /// handover that it was part of.
    RemoveDeal(DealId),
    /// Change the expected amount.
    SetAmount {
        /// Of which deal.
        id: DealId,
        /// The new amount.
        to: Option<Money>,
    },
    /// Change the expected close date.
    SetExpectedClose {
        /// Of which deal.
        id: DealId,
        /// The new date.
        to: Option<Date>,
    },
    /// Give a deal to another person.
    SetOwner {
        /// Which deal.
        id: DealId,
        /// The new owner.
        to: Option<PersonId>,
    },
    /// Set the seller's own probability, or hand it back to the model with `None`.
    SetProbability {
        /// Of which deal.
        id: DealId,
        /// The new probability.
        to: Option<Share>,
    },
    /// Note that a promotion criterion was seen.
    TickCriterion {
        /// On which deal.
        id: DealId,
        /// Which criterion of its model.
        criterion: CriterionId,
        /// What proves it.
        proof: String,
    },
    /// Note that a promotion criterion does not hold after all.
    UntickCriterion {
        /// On which deal.
        id: DealId,
        /// Which criterion.
        criterion: CriterionId,
    },
    /// Move an open deal to another stage of its model: a promotion, a skip or a fallback.
    MoveDeal {
        /// Which deal.
        id: DealId,
        /// Where to.
        to: StageId,
        /// Why it may pass although its gate is not met.
        override_reason: Option<String>,
    },
    /// Move an open deal over to another model.
    TransferDeal {
        /// Which deal.
        id: DealId,
        /// The model.
        model: ModelId,
        /// The stage there.
        stage: StageId,
    },
    /// The customer signed.
    WinDeal {
        /// Which deal.
        id: DealId,
        /// Why it may pass although its gate is not met.
        override_reason: Option<String>,
    },
    /// The customer will not buy.
    LoseDeal {
        /// Which deal.
        id: DealId,
        /// Why, never blank.
        reason: String,
        /// More about it; some reasons need it.
        note: String,
    },
    /// Let a deal sleep.
    SleepDeal {
        /// Which deal.
        id: DealId,
        /// When to look again.
        wake: Option<Date>,
    },
    /// Go on with a closed or sleeping deal in the stage it left.
    ReopenDeal(DealId),
    /// Add or replace many records, histories and all.
    Import(Box<Batch>),
    /// Put the profile and the records of another workspace in the place of these, as a merge of this one and others made them.
    /// They are checked like an import into an empty workspace, and must be in the same currency.
    TakeOver(Box<Workspace>),
    /// Bring a deletion back: the records that went, and what it took off others where nothing else has been put there since; see
    /// [`plan`](super::removal::plan).
    PutBack(Box<Change>),
    /// Several commands as one; all of them or none.
    Many(Vec<Command>),
}
