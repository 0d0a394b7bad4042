//! What is counted.

use std::collections::BTreeSet;

use super::CustomWish;
use crate::model::{CampaignId, CustomFieldOf, Customer, Date, Deal, DepartmentId, ModelId, PersonId, ProductId};

/// Days from one to another, both included. A period that ends before it begins holds no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// The first day.
    pub from: Date,
    /// The last day.
    pub to: Date,
}

impl Period {
    /// Whether the day lies in the period.
    pub fn contains(&self, day: Date) -> bool {
        self.from <= day && day <= self.to
    }

    /// Whether a day lies in both periods.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }
}

/// Which deals are looked at, and what of them is counted. The default looks at everything; conditions of one kind widen each
/// other, those of different kinds narrow each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The funnel model; without one, each model has figures of its own.
    pub model: Option<ModelId>,
    /// Departments of the owner on the day looked at, each with the departments inside it. Empty: all, and deals without owner.
    pub departments: BTreeSet<DepartmentId>,
    /// Owners on the day looked at. Empty: all, and deals without owner.
    pub people: BTreeSet<PersonId>,
    /// Products, at least one of which the deal is about. Empty: all, and deals without product.
    pub products: BTreeSet<ProductId>,
    /// Campaigns, one of which the deal came from. Empty: all, and deals without campaign.
    pub campaigns: BTreeSet<CampaignId>,
    /// Sources of the deal, or of its customer when the deal names none; `""` stands for no source. Empty: all.
    pub sources: BTreeSet<String>,
    /// Territories of the customer; `""` stands for none, as with a deal without customer. Empty: all.
    pub territories: BTreeSet<String>,
    /// Industries of the customer; `""` stands for none. Empty: all.
    pub industries: BTreeSet<String>,
    /// Sizes of the customer; `""` stands for none. Empty: all.
    pub sizes: BTreeSet<String>,
    /// What is wanted in fields of the user's own, of the deal or of its customer; all of it. Empty: everything.
    pub own: Vec<CustomWish>,
    /// When what is counted happened: the first entry for conversion and durations, the signature or loss for won and lost.
    /// It leaves the stock alone, which is counted on one day.
    pub period: Option<Period>,
}

impl Filter {
    /// Whether a customer is of a territory, an industry and a size that are asked for, and has what is wanted in fields of the user's
    /// own; without a customer, all three are `""` and such a field has nothing.
    pub fn takes(&self, customer: Option<&Customer>) -> bool {
        let among = |wanted: &BTreeSet<String>, text: fn(&Customer) -> &String| {
            wanted.is_empty() || wanted.contains(customer.map_or("", |customer| text(customer).trim()))
        };
        among(&self.territories, |customer| &customer.territory)
            && among(&self.industries, |customer| &customer.industry)
            && among(&self.sizes, |customer| &customer.size)
            && self.own_of(CustomFieldOf::Customer).all(|wish| wish.is_met(None, customer))
    }

    /// Whether a deal came from a campaign that is asked for and has what is wanted in fields of the user's own of deals.
    pub fn takes_deal(&self, deal: &Deal) -> bool {
        let came = deal.details.campaign.is_some_and(|campaign| self.campaigns.contains(&campaign));
        (self.campaigns.is_empty() || came)
            && self.own_of(CustomFieldOf::Deal).all(|wish| wish.is_met(Some(deal), None))
    }

    /// Whether something is asked for that [`takes_deal`](Self::takes_deal) looks at.
    pub(super) fn asks_of_deals(&self) -> bool {
        !self.campaigns.is_empty() || self.own_of(CustomFieldOf::Deal).next().is_some()
    }

    /// What is wanted in fields of the user's own of such records.
    pub fn own_of(&self, of: CustomFieldOf) -> impl Iterator<Item = &CustomWish> {
        self.own.iter().filter(move |wish| wish.field.of == of)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{codec::content::Language, metrics::Frame, training::demo};

    #[test]
    fn a_campaign_that_is_asked_for_lets_only_its_deals_pass() {
        let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
        let company = demo::company(Language::English, today, demo::SEED);
        let campaign = company.campaigns.iter().next().unwrap().id;
        let filter = Filter { campaigns: BTreeSet::from([campaign]), ..Filter::default() };
        let frame = Frame::new(&company);
        let found: Vec<_> = frame.view(today, &filter).rows().filter_map(|row| frame.deal(row)).collect();
        let brought = company.deals.iter().filter(|deal| deal.details.campaign == Some(campaign));
        assert_eq!(found, brought.map(|deal| deal.id).collect::<Vec<_>>());
        assert!(!found.is_empty() && found.len() < company.deals.len());
    }
}
