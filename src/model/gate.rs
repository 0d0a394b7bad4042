//! Gates: what must be seen and filled in before a deal leaves a stage forward (method §4).

use super::{CriterionId, CustomFieldOf, Customer, Deal, Profile, Stage, custom::value};

/// A field of the deal, its customer or its contact that a stage may require.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    /// The expected amount.
    Amount,
    /// The expected close date.
    ExpectedClose,
    /// Who owns the deal.
    Owner,
    /// The customer.
    Customer,
    /// The contact at the customer.
    Contact,
    /// At least one product line.
    Products,
    /// At least one competitor, or "none" written down as one.
    Competitors,
    /// What stands between us and the signature.
    Obstacles,
    /// The next action.
    NextAction,
    /// How the deal reached us.
    Source,
    /// How well the need matches what we sell.
    Fit,
    /// People who help to sell.
    Supporters,
    /// The campaign that brought it.
    Campaign,
    /// At least one label of the deal.
    Tags,
    /// The deal's notes.
    Notes,
    /// The customer's address.
    CustomerAddress,
    /// The customer's industry.
    CustomerIndustry,
    /// The customer's size.
    CustomerSize,
    /// The customer's needs.
    CustomerNeeds,
    /// The customer's intent.
    CustomerIntent,
    /// The software the customer uses now.
    CustomerSoftware,
    /// The customer's territory.
    CustomerTerritory,
    /// The customer's standing in its industry.
    CustomerStanding,
    /// What the customer can afford.
    CustomerBuyingPower,
    /// How the customer reached us.
    CustomerSource,
    /// How well the customer's need matches what we sell.
    CustomerFit,
    /// How much attention the customer gets.
    CustomerPriority,
    /// When the customer's priority is looked at again.
    CustomerReviewOn,
    /// Who looks after the customer.
    CustomerOwner,
    /// At least one label of the customer.
    CustomerTags,
    /// The customer's notes.
    CustomerNotes,
    /// The contact's job title.
    ContactJobTitle,
    /// The contact's phone number.
    ContactPhone,
    /// The contact's e-mail address.
    ContactEmail,
    /// The contact's role in the decision.
    ContactRole,
}

impl Field {
    /// Every field, in the order in which they are offered.
    pub const ALL: [Self; 35] = [
        Self::Amount,
        Self::ExpectedClose,
        Self::Owner,
        Self::Customer,
        Self::Contact,
        Self::Products,
        Self::Competitors,
        Self::Obstacles,
        Self::NextAction,
        Self::Source,
        Self::Fit,
        Self::Supporters,
        Self::Campaign,
        Self::Tags,
        Self::Notes,
        Self::CustomerAddress,
        Self::CustomerIndustry,
        Self::CustomerSize,
        Self::CustomerNeeds,
        Self::CustomerIntent,
        Self::CustomerSoftware,
        Self::CustomerTerritory,
        Self::CustomerStanding,
        Self::CustomerBuyingPower,
        Self::CustomerSource,
        Self::CustomerFit,
        Self::CustomerPriority,
        Self::CustomerReviewOn,
        Self::CustomerOwner,
        Self::CustomerTags,
        Self::CustomerNotes,
        Self::ContactJobTitle,
        Self::ContactPhone,
        Self::ContactEmail,
        Self::ContactRole,
    ];

    /// Whether it is one of the customer or of its contact, so that a deal without customer cannot have it.
    pub fn is_of_customer(self) -> bool {
        // Those come last.
        self >= Self::CustomerAddress
    }

    /// Whether the field is filled in. A field of a missing customer or contact is not.
    pub fn is_filled(self, deal: &Deal, customer: Option<&Customer>) -> bool {
        let details = &deal.details;
        let contact = customer.and_then(|c| c.contact(details.contact?));
        let of_customer = |filled: fn(&Customer) -> bool| customer.is_some_and(filled);
        let written = |text: Option<&String>| text.is_some_and(|t| !t.trim().is_empty());
        match self {
            Self::Amount => deal.standing().amount.is_some(),
            Self::ExpectedClose => deal.standing().expected_close.is_some(),
            Self::Owner => deal.standing().owner.is_some(),
            Self::Customer => details.customer.is_some(),
            Self::Contact => details.contact.is_some(),
            Self::Products => !details.lines.is_empty(),
            Self::Competitors => !details.competitors.is_empty(),
            Self::Obstacles => written(Some(&details.obstacles)),
            Self::NextAction => details.next_action.is_some(),
            Self::Source => written(Some(&details.source)),
            Self::Fit => details.fit.is_some(),
            Self::Supporters => !details.supporters.is_empty(),
            Self::Campaign => details.campaign.is_some(),
            Self::Tags => !details.tags.is_empty(),
            Self::Notes => written(Some(&details.notes)),
            Self::CustomerAddress => written(customer.map(|c| &c.address)),
            Self::CustomerIndustry => written(customer.map(|c| &c.industry)),
            Self::CustomerSize => written(customer.map(|c| &c.size)),
            Self::CustomerNeeds => written(customer.map(|c| &c.needs)),
            Self::CustomerIntent => of_customer(|c| c.intent.is_some()),
            Self::CustomerSoftware => written(customer.map(|c| &c.software_in_use)),
            Self::CustomerTerritory => written(customer.map(|c| &c.territory)),
            Self::CustomerStanding => written(customer.map(|c| &c.standing)),
            Self::CustomerBuyingPower => of_customer(|c| c.buying_power.is_some()),
            Self::CustomerSource => written(customer.map(|c| &c.source)),
            Self::CustomerFit => of_customer(|c| c.fit.is_some()),
            Self::CustomerPriority => of_customer(|c| c.priority.is_some()),
            Self::CustomerReviewOn => of_customer(|c| c.review_on.is_some()),
            Self::CustomerOwner => of_customer(|c| c.owner.is_some()),
            Self::CustomerTags => of_customer(|c| !c.tags.is_empty()),
            Self::CustomerNotes => written(customer.map(|c| &c.notes)),
            Self::ContactJobTitle => written(contact.map(|c| &c.job_title)),
            Self::ContactPhone => written(contact.map(|c| &c.phone)),
            Self::ContactEmail => written(contact.map(|c| &c.email)),
            Self::ContactRole => written(contact.map(|c| &c.role)),
        }
    }
}

/// A field that a stage requires: one that every deal, customer or contact has, or one of the user's own.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RequiredField {
    /// A field that is always there.
    Known(Field),
    /// A field of the user's own, by its name. One that the profile does not have is asked of nobody.
    Own {
        /// Of the deal or of its customer.
        of: CustomFieldOf,
        /// Its name.
        name: String,
    },
}

impl From<Field> for RequiredField {
    fn from(field: Field) -> Self {
        Self::Known(field)
    }
}

impl RequiredField {
    /// Whether there is such a field: one of the user's own may have gone, or have come with a model from elsewhere.
    pub fn exists(&self, profile: &Profile) -> bool {
        match self {
            Self::Known(_) => true,
            Self::Own { of, name } => profile.custom_field(*of, name).is_some(),
        }
    }

    /// Whether it is one of the customer or of its contact, so that a deal without customer cannot have it.
    pub fn is_of_customer(&self) -> bool {
        match self {
            Self::Known(field) => field.is_of_customer(),
            Self::Own { of, .. } => *of == CustomFieldOf::Customer,
        }
    }

    /// Whether the field is filled in. A field of a missing customer or contact is not.
    pub fn is_filled(&self, deal: &Deal, customer: Option<&Customer>) -> bool {
        match self {
            Self::Known(field) => field.is_filled(deal, customer),
            Self::Own { of, name } => value(*of, name, Some(deal), customer).is_some_and(|v| !v.trim().is_empty()),
        }
    }
}

/// Something that the gate of a stage asks for and that is not there.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Missing {
    /// A required criterion without evidence.
    Criterion(CriterionId),
    /// A required field that is empty.
    Field(RequiredField),
}

/// How a deal came through the gate of the stage it left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Gate {
    /// Nothing was missing, or nothing was asked.
    #[default]
    Met,
    /// Something was missing and a person let the deal through with a written reason.
    Overridden {
        /// Why, never blank.
        reason: String,
        /// What was missing that day.
        missing: Vec<Missing>,
    },
    /// Nobody could check, as for imported moves.
    Unchecked,
}

/// What a deal lacks to leave `stage` forward: required criteria without evidence, then empty required fields, in the
/// order of the model. Fields that the profile does not have are not among them. Empty when the gate is open.
pub fn missing(stage: &Stage, deal: &Deal, customer: Option<&Customer>, profile: &Profile) -> Vec<Missing> {
    let evidence = &deal.standing().evidence;
    let criteria = stage.criteria.iter().filter(|c| c.required && !evidence.contains_key(&c.id));
    let fields = stage.required_fields.iter().filter(|f| f.exists(profile) && !f.is_filled(deal, customer));
    criteria.map(|c| Missing::Criterion(c.id)).chain(fields.cloned().map(Missing::Field)).collect()
}
