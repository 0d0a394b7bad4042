//! Makes one customer of two.

use super::Draft;
use crate::model::{
    Activity, Customer, CustomerId, Promise, Rejection,
    merge::{Merged, merged},
};

impl Draft {
    pub(super) fn merge_customers(
        &mut self,
        keep: CustomerId,
        gone: CustomerId,
        remark: &str,
    ) -> Result<(), Rejection> {
        let workspace = self.next.clone();
        let Merged { customer, contacts } = merged(&workspace, keep, gone, remark, || self.fresh())?;
        self.next.customers.put(customer);
        for deal in workspace.deals.iter().filter(|deal| deal.details.customer == Some(gone)) {
            let mut deal = (**deal).clone();
            deal.details.customer = Some(keep);
            deal.details.contact = deal.details.contact.and_then(|contact| contacts.get(&contact).copied());
            self.next.deals.put(deal);
        }
        for activity in workspace.activities.iter().filter(|activity| activity.customer == Some(gone)) {
            self.next.activities.put(Activity { customer: Some(keep), ..(**activity).clone() });
        }
        for promise in workspace.promises.iter().filter(|promise| promise.customer == Some(gone)) {
            self.next.promises.put(Promise { customer: Some(keep), ..(**promise).clone() });
        }
        for handover in workspace.handovers.iter() {
            let mut handover = (**handover).clone();
            if handover.hand_on(gone, keep) {
                self.next.handovers.put(handover);
            }
        }
        for customer in workspace.customers.iter().filter(|customer| customer.referred_by == Some(gone)) {
            if customer.id != keep && customer.id != gone {
                self.next.customers.put(Customer { referred_by: Some(keep), ..(**customer).clone() });
            }
        }
        for campaign in workspace.campaigns.iter().filter(|c| c.touches.iter().any(|touch| touch.customer == gone)) {
            let mut campaign = (**campaign).clone();
            for touch in campaign.touches.iter_mut().filter(|touch| touch.customer == gone) {
                touch.customer = keep;
                touch.contact = touch.contact.and_then(|contact| contacts.get(&contact).copied());
            }
            self.next.campaigns.put(campaign);
        }
        self.rewrite_distinctions(gone, Some(keep));
        self.next.customers.remove(gone);
        Ok(())
    }

    /// Lets customers that are known not to be the same as `gone` be known not to be the same as `heir`.
    pub(super) fn rewrite_distinctions(&mut self, gone: CustomerId, heir: Option<CustomerId>) {
        let names: Vec<_> = self.next.customers.iter().filter(|c| c.not_same_as.contains(&gone)).cloned().collect();
        for customer in names {
            let mut customer = (*customer).clone();
            let heir = heir.filter(|heir| *heir != customer.id && !customer.not_same_as.contains(heir));
            customer.not_same_as.retain(|other| *other != gone);
            customer.not_same_as.extend(heir);
            self.next.customers.put(customer);
        }
    }
}
