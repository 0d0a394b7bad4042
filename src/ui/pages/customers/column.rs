//! The columns of the list, and what a customer has in each of them.

use std::borrow::Cow;

use crate::{
    i18n::t_string,
    model::{CustomFieldOf, Date, Profile},
    ui::{
        components::tag::Tone,
        parts::{
            customer_book::Entry,
            listing::{column::ListField, own::Own, value::Value},
        },
        wording::I18n,
    },
};

/// Whose fields of the user's own are columns and filters.
pub(super) const OWN: &[CustomFieldOf] = &[CustomFieldOf::Customer];

/// A column, in the order in which they stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Field {
    Name,
    ShortName,
    Industry,
    Territory,
    Size,
    Source,
    Fit,
    Intent,
    Priority,
    ReviewOn,
    Owner,
    Software,
    Contacts,
    OpenDeals,
    OpenAmount,
    WonAmount,
    LastContact,
    ReturnVisit,
    NextAction,
    Tags,
    /// A field of the user's own.
    Own(Own),
}

impl ListField for Field {
    const ALL: &[Self] = &[
        Self::Name,
        Self::ShortName,
        Self::Industry,
        Self::Territory,
        Self::Size,
        Self::Source,
        Self::Fit,
        Self::Intent,
        Self::Priority,
        Self::ReviewOn,
        Self::Owner,
        Self::Software,
        Self::Contacts,
        Self::OpenDeals,
        Self::OpenAmount,
        Self::WonAmount,
        Self::LastContact,
        Self::ReturnVisit,
        Self::NextAction,
        Self::Tags,
    ];

    const USUAL: &[Self] = &[
        Self::Name,
        Self::Industry,
        Self::Priority,
        Self::Owner,
        Self::OpenAmount,
        Self::WonAmount,
        Self::LastContact,
        Self::NextAction,
    ];

    fn all(profile: &Profile) -> Vec<Self> {
        Self::ALL.iter().cloned().chain(Own::all(profile, OWN).map(Self::Own)).collect()
    }

    fn code(&self) -> Cow<'static, str> {
        Cow::Borrowed(match self {
            Self::Name => "name",
            Self::ShortName => "short",
            Self::Industry => "industry",
            Self::Territory => "territory",
            Self::Size => "size",
            Self::Source => "source",
            Self::Fit => "fit",
            Self::Intent => "intent",
            Self::Priority => "priority",
            Self::ReviewOn => "review",
            Self::Owner => "owner",
            Self::Software => "software",
            Self::Contacts => "contacts",
            Self::OpenDeals => "open",
            Self::OpenAmount => "open-amount",
            Self::WonAmount => "won-amount",
            Self::LastContact => "contact",
            Self::ReturnVisit => "visit",
            Self::NextAction => "next",
            Self::Tags => "tags",
            Self::Own(own) => return own.code().into(),
        })
    }

    fn heading(&self, i18n: I18n) -> String {
        let words = match self {
            Self::Name => t_string!(i18n, customer.name),
            Self::ShortName => t_string!(i18n, customer.short_name),
            Self::Industry => t_string!(i18n, customer.industry),
            Self::Territory => t_string!(i18n, customer.territory),
            Self::Size => t_string!(i18n, customer.size),
            Self::Source => t_string!(i18n, domain.field.source),
            Self::Fit => t_string!(i18n, domain.field.fit),
            Self::Intent => t_string!(i18n, customer.intent),
            Self::Priority => t_string!(i18n, customer.priority),
            Self::ReviewOn => t_string!(i18n, customer.review_on),
            Self::Owner => t_string!(i18n, domain.field.owner),
            Self::Software => t_string!(i18n, domain.field.customer_software),
            Self::Contacts => t_string!(i18n, contacts.title),
            Self::OpenDeals => t_string!(i18n, customers.open_deals),
            Self::OpenAmount => t_string!(i18n, customers.open_amount),
            Self::WonAmount => t_string!(i18n, customers.won_amount),
            Self::LastContact => t_string!(i18n, customers.last_contact),
            Self::ReturnVisit => t_string!(i18n, after_sale.next),
            Self::NextAction => t_string!(i18n, domain.field.next_action),
            Self::Tags => t_string!(i18n, domain.field.tags),
            Self::Own(own) => return own.heading(i18n, CustomFieldOf::Customer),
        };
        words.to_owned()
    }

    fn width(&self) -> &'static str {
        match self {
            Self::Name => "minmax(11.5rem, 2fr)",
            Self::Software | Self::Contacts | Self::NextAction => "minmax(9.5rem, 1.5fr)",
            Self::ShortName | Self::Industry | Self::Territory | Self::Source | Self::Tags => "minmax(8rem, 1fr)",
            Self::Owner | Self::Size => "minmax(7.5rem, 1fr)",
            Self::Fit | Self::Intent | Self::Priority => "minmax(6rem, 0.6fr)",
            Self::OpenAmount | Self::WonAmount => "minmax(8rem, 0.8fr)",
            Self::ReviewOn => "minmax(9.5rem, 0.6fr)",
            Self::LastContact | Self::ReturnVisit => "minmax(10.5rem, 0.6fr)",
            Self::OpenDeals => "minmax(7rem, 0.4fr)",
            Self::Own(_) => Own::WIDTH,
        }
    }

    fn numeric(&self) -> bool {
        match self {
            Self::OpenDeals | Self::OpenAmount | Self::WonAmount => true,
            Self::Own(own) => own.numeric(),
            _ => false,
        }
    }

    fn editable(&self) -> bool {
        matches!(
            self,
            Self::ShortName
                | Self::Industry
                | Self::Territory
                | Self::Size
                | Self::Source
                | Self::Fit
                | Self::Intent
                | Self::Priority
                | Self::ReviewOn
                | Self::Owner
                | Self::Software
                | Self::Tags
                | Self::Own(_)
        )
    }
}

impl Field {
    /// What a customer has in this column.
    pub(super) fn value(&self, entry: Entry<'_>, i18n: I18n) -> Value {
        let Entry { customer, facts, workspace } = entry;
        let joined = |texts: Vec<&str>| Value::made(texts.join(t_string!(i18n, deals.joint)));
        let count = |count: usize| i64::try_from(count).map_or(Value::Unknown, Value::Number);
        match self {
            Self::Name => Value::text(&customer.name),
            Self::ShortName => Value::text(&customer.short_name),
            Self::Industry => Value::text(&customer.industry),
            Self::Territory => Value::text(&customer.territory),
            Self::Size => Value::text(&customer.size),
            Self::Source => Value::text(&customer.source),
            Self::Fit => Value::level(i18n, customer.fit),
            Self::Intent => Value::level(i18n, customer.intent),
            Self::Priority => Value::level(i18n, customer.priority),
            Self::ReviewOn => Value::day(customer.review_on),
            Self::Owner => {
                let owner = customer.owner.and_then(|id| workspace.people.get(id));
                Value::text(owner.map_or("", |person| &person.name))
            }
            Self::Software => Value::text(&customer.software_in_use),
            Self::Contacts => joined(customer.contacts.iter().map(|contact| contact.name.as_str()).collect()),
            Self::OpenDeals => count(facts.open_deals),
            Self::OpenAmount => money(facts.open_amount),
            Self::WonAmount => money(facts.won_amount),
            Self::LastContact => Value::day(facts.last_contact),
            Self::ReturnVisit => Value::day(facts.return_visit.map(|visit| visit.due)),
            Self::NextAction => {
                let deal = facts.next_action.and_then(|id| workspace.deals.get(id));
                let action = deal.and_then(|deal| deal.details.next_action.as_ref());
                Value::text(action.map_or("", |action| &action.what))
            }
            Self::Tags => joined(customer.tags.iter().map(String::as_str).collect()),
            Self::Own(own) => own.value(own.of_customer(customer)),
        }
    }

    /// Whether [`Field::tone`] may say something of it.
    pub(super) const fn is_noticed(&self) -> bool {
        matches!(self, Self::ReviewOn | Self::ReturnVisit | Self::NextAction | Self::Own(_))
    }

    /// What is to be noticed: a review or a return visit that is due, a next action that is late, a value that does not fit its field.
    pub(super) fn tone(&self, entry: Entry<'_>, today: Date) -> Tone {
        let late = match self {
            Self::ReviewOn => entry.customer.review_on.is_some_and(|on| on <= today),
            Self::ReturnVisit => entry.facts.return_visit.is_some_and(|visit| visit.is_due(today)),
            Self::NextAction => {
                let deal = entry.facts.next_action.and_then(|id| entry.workspace.deals.get(id));
                let due = deal.and_then(|deal| deal.details.next_action.as_ref()?.due);
                due.is_some_and(|due| due < today)
            }
            Self::Own(own) => return own.tone(own.of_customer(entry.customer)),
            _ => false,
        };
        if late { Tone::Warn } else { Tone::Neutral }
    }
}

/// A sum of amounts. Each is bounded by 2⁵¹, so that a sum beyond 64 bits takes thousands of the largest.
fn money(sum: Option<i128>) -> Value {
    sum.and_then(|sum| i64::try_from(sum).ok()).map_or(Value::Unknown, Value::Money)
}
