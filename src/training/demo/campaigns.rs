//! The campaigns of the demo company: whom they touched, and which deals came of it.

use std::collections::BTreeMap;

use super::{Demo, calendar::Workday};
use crate::{
    codec::content::recipes::CampaignRecipe,
    metrics::Screen,
    model::{Campaign, Customer, CustomerId, Deal, Money, Target, Touch},
    training::draw::Draw,
};

/// Working days within which a deal may come of a touch.
const ECHO: Workday = 90;

impl Demo<'_> {
    /// All campaigns. Deals that came of one are told so; they keep everything else.
    pub(super) fn campaigns(
        &mut self,
        draw: &mut Draw,
        targets: &[Target],
        customers: &[Customer],
        deals: &mut [Deal],
    ) -> Vec<Campaign> {
        let recipes = self.recipes;
        recipes.campaigns.iter().map(|recipe| self.campaign(draw, recipe, targets, customers, deals)).collect()
    }

    fn campaign(
        &mut self,
        draw: &mut Draw,
        recipe: &CampaignRecipe,
        targets: &[Target],
        customers: &[Customer],
        deals: &mut [Deal],
    ) -> Campaign {
        let text = |text: crate::codec::content::Text| text.in_language(self.language).to_owned();
        let target = recipe.audience.and_then(|place| targets.get(place));
        let (starts, ends) = (recipe.starts, recipe.starts + recipe.days - 1);
        let touched = touches(draw, recipe, target, customers, ends.min(0));
        let mut campaign = Campaign {
            channel: self.profile.sources.get(recipe.channel).cloned().unwrap_or_default(),
            starts: Some(self.calendar.date(starts)),
            ends: Some(self.calendar.date(ends)),
            cost: Money::from_minor(recipe.cost_in(self.language)),
            audience: target.map(|target| target.id),
            message: recipe.message.iter().map(|line| text(*line)).collect::<Vec<_>>().join("\n"),
            ..Campaign::named(self.ids.fresh(), text(recipe.name))
        };
        let days: BTreeMap<CustomerId, Workday> = touched.iter().map(|(day, customer, _)| (*customer, *day)).collect();
        for deal in deals {
            let began = deal.history().first().and_then(|event| event.on).map(|day| self.calendar.workday(day));
            let touch = deal.details.customer.and_then(|customer| days.get(&customer));
            let (Some(began), Some(touch), None) = (began, touch, deal.details.campaign) else { continue };
            if (*touch..=*touch + ECHO).contains(&began) && draw.chance(recipe.brought) {
                deal.details.campaign = Some(campaign.id);
                deal.details.source.clone_from(&campaign.channel);
            }
        }
        let touch = |(day, customer, contact)| Touch { customer, contact, on: self.calendar.date(day) };
        campaign.touches = touched.into_iter().map(touch).collect();
        campaign
    }
}

/// Leaves open what nobody has asked or judged yet: the buying power of some customers, the fit of others.
pub(super) fn leave_open(draw: &mut Draw, customers: &mut [Customer]) {
    for customer in customers {
        let (asked, judged) = (draw.chance(0.88), draw.chance(0.8));
        customer.buying_power = customer.buying_power.filter(|_| asked);
        customer.fit = customer.fit.filter(|_| judged);
    }
}

/// Who was touched on which day, in the order of the days. A campaign that still runs has not come to all yet.
fn touches(
    draw: &mut Draw,
    recipe: &CampaignRecipe,
    target: Option<&Target>,
    customers: &[Customer],
    last: Workday,
) -> Vec<(Workday, CustomerId, Option<crate::model::ContactId>)> {
    let screen = target.map(|target| (Screen::new(target), target.line));
    let belongs =
        |customer: &&Customer| screen.as_ref().is_none_or(|(screen, line)| screen.score(customer).passes(*line));
    let mut touched = Vec::new();
    for customer in customers.iter().filter(belongs) {
        let (reached, day) = (draw.chance(recipe.reached), draw.between(recipe.starts, last));
        let contact = customer.contacts.get(draw.place(customer.contacts.len())).map(|contact| contact.id);
        if reached {
            touched.push((day, customer.id, contact));
        }
    }
    touched.sort_by_key(|(day, ..)| *day);
    touched
}
