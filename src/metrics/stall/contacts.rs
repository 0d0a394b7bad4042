//! When somebody was last in touch.

use std::collections::HashMap;

use crate::model::{Activity, ActivityKind, CustomerId, Date, Deal, DealId, Table};

/// The latest contact with each customer and for each deal, up to a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contacts {
    of_deals: HashMap<DealId, Date>,
    of_customers: HashMap<CustomerId, Date>,
    any: bool,
}

impl Contacts {
    /// The latest contacts by the end of `day`. A note is none: it was kept, nobody was spoken to.
    pub fn of(activities: &Table<Activity>, day: Date) -> Self {
        let mut contacts = Self::default();
        let is_contact =
            |activity: &&std::sync::Arc<Activity>| activity.on <= day && activity.kind != ActivityKind::Note;
        for activity in activities.iter().filter(is_contact) {
            contacts.any = true;
            if let Some(deal) = activity.deal {
                let last = contacts.of_deals.entry(deal).or_insert(activity.on);
                *last = activity.on.max(*last);
            }
            if let Some(customer) = activity.customer {
                let last = contacts.of_customers.entry(customer).or_insert(activity.on);
                *last = activity.on.max(*last);
            }
        }
        contacts
    }

    /// The latest contact for a deal or with its customer.
    pub fn last(&self, deal: &Deal) -> Option<Date> {
        let of_deal = self.of_deals.get(&deal.id).copied();
        let of_customer = deal.details.customer.and_then(|customer| self.of_customers.get(&customer).copied());
        of_deal.max(of_customer)
    }

    /// Whether nobody ever logged a contact, not even one that does not say whom it was with.
    pub fn is_empty(&self) -> bool {
        !self.any
    }
}
