//! Campaigns (营销活动): whom we approach, through which channel, at what cost. The page makes the list and the text; sending is
//! done elsewhere.

use super::{CampaignId, ContactId, CustomerId, Date, Money, TargetId};

/// A customer that a campaign approached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Touch {
    /// Which customer.
    pub customer: CustomerId,
    /// The person there, as far as it is known.
    pub contact: Option<ContactId>,
    /// The day.
    pub on: Date,
}

/// A campaign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Campaign {
    /// Unique within the workspace.
    pub id: CampaignId,
    /// Never blank.
    pub name: String,
    /// The way it goes: exhibition, e-mail, phone …
    pub channel: String,
    /// The first day.
    pub starts: Option<Date>,
    /// The last day, not before the first one.
    pub ends: Option<Date>,
    /// What it cost.
    pub cost: Option<Money>,
    /// The segment it addresses: the customers that the target profile lets through.
    pub audience: Option<TargetId>,
    /// The text for each of them, with places such as `{customer}` to fill in.
    pub message: String,
    /// Free text.
    pub notes: String,
    /// Who was approached, in the order in which it was noted.
    pub touches: Vec<Touch>,
}

impl Campaign {
    /// A campaign of this name with nothing else known.
    pub fn named(id: CampaignId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            channel: String::new(),
            starts: None,
            ends: None,
            cost: None,
            audience: None,
            message: String::new(),
            notes: String::new(),
            touches: Vec::new(),
        }
    }
}
