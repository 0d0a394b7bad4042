//! Commands that keep target profiles and campaigns.

use super::{Draft, known, named, records::removed, unused};
use crate::model::{Attribute, Campaign, CampaignId, Contact, Rejection, Target, TargetId, rejection::RecordKind};

impl Draft {
    pub(super) fn put_target(&mut self, target: Target) -> Result<(), Rejection> {
        named(&target.name, RecordKind::Target)?;
        for wish in &target.wishes {
            if wish.weight == 0 {
                return Err(Rejection::NoWeight);
            }
            if let Attribute::Custom { field } = &wish.attribute {
                named(field, RecordKind::CustomField)?;
            }
        }
        self.next.targets.put(target);
        Ok(())
    }

    pub(super) fn remove_target(&mut self, id: TargetId) -> Result<(), Rejection> {
        let campaigns = self.next.campaigns.iter().filter(|campaign| campaign.audience == Some(id)).count();
        unused(campaigns, RecordKind::Target)?;
        removed(&mut self.next.targets, id, RecordKind::Target)
    }

    pub(super) fn put_campaign(&mut self, campaign: Campaign) -> Result<(), Rejection> {
        named(&campaign.name, RecordKind::Campaign)?;
        known(&self.next.targets, campaign.audience, RecordKind::Target)?;
        if let (Some(starts), Some(ends)) = (campaign.starts, campaign.ends)
            && ends < starts
        {
            return Err(Rejection::EndsBeforeStart);
        }
        for touch in &campaign.touches {
            let customer = self.next.customers.get(touch.customer).ok_or(Rejection::Unknown(RecordKind::Customer))?;
            let contact: Option<Option<&Contact>> = touch.contact.map(|id| customer.contact(id));
            if contact.is_some_and(|contact| contact.is_none()) {
                return Err(Rejection::Unknown(RecordKind::Contact));
            }
        }
        self.next.campaigns.put(campaign);
        Ok(())
    }

    pub(super) fn remove_campaign(&mut self, id: CampaignId) -> Result<(), Rejection> {
        let deals = self.next.deals.iter().filter(|deal| deal.details.campaign == Some(id)).count();
        unused(deals, RecordKind::Campaign)?;
        removed(&mut self.next.campaigns, id, RecordKind::Campaign)
    }
}
