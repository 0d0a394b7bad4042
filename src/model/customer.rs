//! Customers and the people there (客户档案, 联系人).

use std::collections::BTreeMap;

use super::{ContactId, CustomerId, Date, PersonId};

/// High, medium or low: fit (匹配度), intent (购买意向), priority (优先级), buying power.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 低
    Low,
    /// 中
    Medium,
    /// 高
    High,
}

/// A person at a customer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Unique within the customer.
    pub id: ContactId,
    /// The person's name.
    pub name: String,
    /// Job title (职务).
    pub job_title: String,
    /// Phone number, as written.
    pub phone: String,
    /// E-mail address, as written.
    pub email: String,
    /// Role in the decision: decides, pays, uses, advises, blocks …
    pub role: String,
}

/// A company that buys or may buy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Customer {
    /// Unique within the workspace.
    pub id: CustomerId,
    /// Full name, never blank.
    pub name: String,
    /// Short name for lists.
    pub short_name: String,
    /// Postal address.
    pub address: String,
    /// Territory or region (区域).
    pub territory: String,
    /// Industry (行业).
    pub industry: String,
    /// Size, in the user's own classes or as a number of employees.
    pub size: String,
    /// Standing in its industry (行业地位).
    pub standing: String,
    /// What it can afford.
    pub buying_power: Option<Level>,
    /// How it reached us (来源).
    pub source: String,
    /// The customer that recommended us to it.
    pub referred_by: Option<CustomerId>,
    /// Management software now in use (管理软件应用状况).
    pub software_in_use: String,
    /// What it needs.
    pub needs: String,
    /// How much it wants to buy.
    pub intent: Option<Level>,
    /// How well its need matches what we sell.
    pub fit: Option<Level>,
    /// How much attention it gets.
    pub priority: Option<Level>,
    /// When the priority is looked at again.
    pub review_on: Option<Date>,
    /// Who looks after it.
    pub owner: Option<PersonId>,
    /// People there.
    pub contacts: Vec<Contact>,
    /// Free labels.
    pub tags: Vec<String>,
    /// Free text.
    pub notes: String,
    /// Fields of the user's own, by name.
    pub custom: BTreeMap<String, String>,
    /// Customers that look like this one and yet are others, as somebody said; it holds both ways though one of the two carries it.
    pub not_same_as: Vec<CustomerId>,
}

impl Customer {
    /// A customer of this name with nothing else known.
    pub fn named(id: CustomerId, name: impl Into<String>) -> Self {
        Self {
            id,
            name: name.into(),
            short_name: String::new(),
            address: String::new(),
            territory: String::new(),
            industry: String::new(),
            size: String::new(),
            standing: String::new(),
            buying_power: None,
            source: String::new(),
            referred_by: None,
            software_in_use: String::new(),
            needs: String::new(),
            intent: None,
            fit: None,
            priority: None,
            review_on: None,
            owner: None,
            contacts: Vec::new(),
            tags: Vec::new(),
            notes: String::new(),
            custom: BTreeMap::new(),
            not_same_as: Vec::new(),
        }
    }

    /// The contact with this id.
    pub fn contact(&self, id: ContactId) -> Option<&Contact> {
        self.contacts.iter().find(|contact| contact.id == id)
    }
}
