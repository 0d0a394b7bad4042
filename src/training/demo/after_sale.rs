//! The return visits after wins: most sellers make them when they are due, some customers wait.

use std::collections::BTreeMap;

use super::{
    Demo,
    calendar::{Workday, workdays},
};
use crate::{
    model::{Activity, ActivityKind, Customer, CustomerId, Deal, FunnelModel, Status},
    training::draw::{Draw, whole},
};

/// The share of customers whose last visit has been put off.
const PUT_OFF: f64 = 0.12;

impl Demo<'_> {
    /// Visits customers by the interval of their models until today. Counted in working days, so that another today changes nothing.
    pub(super) fn care(
        &mut self,
        draw: &mut Draw,
        models: &[FunnelModel],
        customers: &[Customer],
        deals: &[Deal],
        activities: &mut Vec<Activity>,
    ) {
        let mut visited: BTreeMap<CustomerId, Workday> = BTreeMap::new();
        for visit in activities.iter().filter(|activity| activity.kind == ActivityKind::ReturnVisit) {
            let Some(customer) = visit.customer else { continue };
            let day = self.calendar.workday(visit.on);
            visited.entry(customer).and_modify(|last| *last = day.max(*last)).or_insert(day);
        }
        for customer in customers {
            let of_customer = |deal: &&Deal| deal.details.customer == Some(customer.id);
            let won: Vec<_> = deals.iter().filter(of_customer).filter_map(|deal| self.asks(models, deal)).collect();
            let waits = draw.chance(PUT_OFF);
            // Each round visits whom the earliest day asks for; one visit serves all deals.
            loop {
                let last = visited.get(&customer.id).copied();
                let due =
                    |(won, every, _): &(Workday, Workday, &Deal)| last.map_or(*won, |last| last.max(*won)) + every;
                let Some((next, deal)) = won.iter().map(|win| (due(win), win.2)).min_by_key(|(day, _)| *day) else {
                    break;
                };
                let day = next + draw.between(-6, 4);
                if day > 0 || (waits && next > -40) {
                    break;
                }
                let on = last.map_or(day, |last| day.max(last + 1));
                activities.extend(self.visit(draw, deal, customer, on));
                visited.insert(customer.id, on);
            }
        }
    }

    /// The working day of a win and those to the next visit; `None` for a deal that asks for none.
    fn asks<'d>(&self, models: &[FunnelModel], deal: &'d Deal) -> Option<(Workday, Workday, &'d Deal)> {
        let Status::Won { on: Some(on) } = deal.standing().status else { return None };
        let model = models.iter().find(|model| model.id == deal.standing().model)?;
        let days = model.after_sale.as_ref()?.return_visit_days;
        Some((self.calendar.workday(on), whole(workdays(f64::from(days))).max(1), deal))
    }

    fn visit(&mut self, draw: &mut Draw, deal: &Deal, customer: &Customer, day: Workday) -> Option<Activity> {
        let recipe = self.recipes.activities.iter().find(|recipe| recipe.kind == ActivityKind::ReturnVisit)?;
        Some(Activity {
            id: self.ids.fresh(),
            on: self.calendar.date(day.min(0)),
            kind: ActivityKind::ReturnVisit,
            by: customer.owner,
            customer: Some(customer.id),
            deal: Some(deal.id),
            note: draw.pick(&recipe.notes).in_language(self.language).to_owned(),
            result: String::new(),
            next_step: String::new(),
            satisfaction: Some(draw.pick(&[3, 4, 4, 5, 5])),
            minutes: Some(draw.pick(&[60, 90, 120])),
            cost: None,
        })
    }
}
