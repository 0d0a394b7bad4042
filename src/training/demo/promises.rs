//! What the sellers of the demo company promised at the last two weekly meetings.

use super::{Demo, calendar::Workday};
use crate::{
    model::{Deal, FunnelModel, Person, Promise, Settled},
    training::draw::Draw,
};

/// The days of the meetings, the earliest first.
const MEETINGS: [Workday; 2] = [-10, -5];
/// From one meeting to the next.
const WEEK: Workday = 5;
/// How many promises somebody makes at most.
const EACH: usize = 2;

impl Demo<'_> {
    /// Promises about deals that were open then: to do something, or to bring the deal a stage on. Those of the meeting before the last
    /// are answered for; those of the last one wait for the meeting to come.
    pub(super) fn promises(
        &mut self,
        draw: &mut Draw,
        models: &[FunnelModel],
        people: &[Person],
        deals: &[Deal],
    ) -> Vec<Promise> {
        let mut promises = Vec::new();
        for made in MEETINGS {
            for person in people.iter().filter(|person| person.active) {
                let day = self.calendar.date(made);
                let open: Vec<_> = deals
                    .iter()
                    .filter(|deal| {
                        deal.standing_on(day).is_some_and(|then| then.is_open() && then.owner == Some(person.id))
                    })
                    .collect();
                let first = draw.place(open.len());
                let chosen = open.iter().cycle().skip(first).take(EACH.min(open.len()));
                promises.extend(chosen.filter_map(|deal| self.promise(draw, models, person, deal, made)));
            }
        }
        promises
    }

    fn promise(
        &mut self,
        draw: &mut Draw,
        models: &[FunnelModel],
        person: &Person,
        deal: &Deal,
        made: Workday,
    ) -> Option<Promise> {
        let (day, due) = (self.calendar.date(made), self.calendar.date(made + WEEK));
        let then = deal.standing_on(day)?;
        let model = models.iter().find(|model| model.id == then.model)?;
        let place = model.position(then.stage)?;
        let next = model.stages.get(place + 1).filter(|_| draw.chance(0.35)).map(|stage| stage.id);
        let words = draw.pick(self.recipes.actions.of(model.stages.get(place)?.zone()));
        let kept = draw.chance(0.7);
        let answered = next.is_none() && made + WEEK < 0;
        Some(Promise {
            id: self.ids.fresh(),
            person: person.id,
            made: day,
            due,
            text: if next.is_none() { self.text(words) } else { String::new() },
            deal: Some(deal.id),
            customer: deal.details.customer,
            reaches: next,
            settled: answered.then(|| Settled { on: due, kept, note: String::new() }),
        })
    }
}
