//! One simulated deal as a record: its history, what is known of it, what comes next, and the contacts with the customer.

use super::{IDS, Maker, workdays_of};
use crate::{
    codec::content::{IdSource, Text},
    model::{
        Activity, Criterion, Deal, DealDetails, Event, EventKind, Gate, Missing, Money, NextAction, ProductLine, Stage,
        Zone,
    },
    training::{
        demo::{
            calendar::Workday,
            course::remaining,
            market::{Account, LEVELS, fill},
        },
        draw::Draw,
        simulator::{Ending, Mark, Opportunity},
    },
};

/// How often each of the usual lost reasons comes up at a gate, with a real need and without.
const REFUSED: [f64; 8] = [4.0, 0.0, 1.0, 2.0, 2.0, 3.0, 0.0, 0.0];
const NO_NEED: [f64; 8] = [1.0, 0.0, 4.0, 4.0, 3.0, 2.0, 0.0, 0.0];
/// Places of reasons that the simulator tells.
const LOST_TO_COMPETITOR: usize = 1;
const WENT_SILENT: usize = 6;
/// How likely a criterion that the gate asks for was seen, at gates that are taken seriously and at others.
const SEEN: [f64; 2] = [0.97, 0.5];
/// A contact shorter than this is not written down, in minutes.
const SHORTEST: u32 = 15;
/// Weights of call, e-mail, visit, demonstration and meeting, by zone.
const CONTACTS: [[f64; 5]; 3] = [[5.0, 3.0, 3.0, 0.2, 0.0], [3.0, 2.0, 3.0, 3.0, 1.0], [3.0, 2.0, 2.0, 1.0, 4.0]];
/// Details that are drawn once for a deal, not for one of its weeks.
const ONCE: i32 = i32::MIN;

/// What is written of a deal, week by week.
struct Writer<'m, 'a> {
    maker: &'m Maker<'a>,
    opportunity: &'m Opportunity,
    events: Vec<(Workday, usize, EventKind)>,
    /// Contacts: the day, the place of the stage, by whom, how many minutes.
    contacts: Vec<(Workday, usize, usize, u32)>,
    close: Workday,
    stage: usize,
    owner: usize,
}

impl Maker<'_> {
    /// The deal at this place with its contacts; `None` never comes, for what the simulator does is a history.
    pub(super) fn deal(
        &self,
        nth: usize,
        opportunity: &Opportunity,
        account: &Account,
    ) -> Option<(Deal, Vec<Activity>)> {
        let mut ids = IdSource::new(ulid::Ulid(self.ids + IDS * 2 * nth as u128));
        let mut acts = IdSource::new(ulid::Ulid(self.ids + IDS * (2 * nth as u128 + 1)));
        let id = ids.fresh();
        let begun = self.day(opportunity.key.week, self.draw(opportunity, opportunity.key.week).between(0, 4));
        let pace = self.draw(opportunity, ONCE).lognormal(0.85, 0.25);
        let mut writer = Writer {
            maker: self,
            opportunity,
            events: Vec::new(),
            contacts: Vec::new(),
            close: begun + remaining(self.model, 0, pace),
            stage: 0,
            owner: opportunity.first_seller,
        };
        writer.write(begun);
        let Writer { events, contacts, .. } = writer;
        let calendar = &self.demo.calendar;
        let event = |(minute, (day, by, kind)): (usize, (Workday, usize, EventKind))| Event {
            id: ids.fresh(),
            on: Some(calendar.date(day)),
            at: calendar.moment(day, minute),
            by: self.people.get(by).map(|person| person.id),
            kind,
        };
        let history = events.into_iter().enumerate().map(event).collect();
        let details = self.details(opportunity, account);
        let mut deal = Deal::from_history(id, details, history).ok()?;
        self.plan(opportunity, &mut deal);
        let contacts = contacts.into_iter().filter_map(|contact| self.contact(opportunity, &deal, contact, &mut acts));
        let contacts = contacts.collect();
        Some((deal, contacts))
    }

    /// The draws of a week of a deal.
    fn draw(&self, opportunity: &Opportunity, week: i32) -> Draw {
        self.simulator.words(opportunity.key, week)
    }

    /// A weekday of a week, Monday is 0.
    fn day(&self, week: i32, weekday: i32) -> Workday {
        workdays_of(week..week + 1, self.state.week).start - 1 + weekday
    }

    fn money(&self, units: i64) -> Option<Money> {
        self.simulator.scenario().money(units, self.demo.language)
    }

    fn text(&self, text: Text) -> String {
        self.demo.text(text)
    }

    fn details(&self, opportunity: &Opportunity, account: &Account) -> DealDetails {
        let mut draw = self.draw(opportunity, ONCE + 1);
        let scenario = self.simulator.scenario();
        let recipes = self.demo.recipes;
        let topic = scenario.goods.get(opportunity.goods).map(|goods| goods.topic).unwrap_or_default();
        let contacts = &account.customer.contacts;
        let price = scenario.goods.get(opportunity.goods).map_or(0, |goods| goods.price);
        let line = self.products.get(opportunity.goods).map(|product| ProductLine {
            product: product.id,
            units: opportunity.pieces,
            price: self.money(price * i64::from(100 - opportunity.discount) / 100),
        });
        let mut competitors = Vec::new();
        let other = draw.pick(&recipes.competitors);
        if draw.chance(0.35) {
            competitors.push(self.text(other));
        }
        if let Some(Ending::Taken(rival)) = opportunity.ending {
            competitors = scenario.rivals.get(rival).map(|rival| self.text(rival.name)).into_iter().collect();
        }
        DealDetails {
            title: fill(self.text(draw.pick(&recipes.titles)), &[("topic", topic.in_language(self.demo.language))]),
            customer: Some(account.customer.id),
            contact: contacts.get(draw.place(contacts.len())).map(|contact| contact.id),
            lines: line.into_iter().collect(),
            competitors,
            fit: draw.pick(&LEVELS),
            source: self
                .demo
                .profile
                .sources
                .get(scenario.source(opportunity.key.origin.place()))
                .cloned()
                .unwrap_or_default(),
            ..DealDetails::default()
        }
    }

    /// What comes next for an open deal: soon for those that are worked on, overdue for those that wait, nothing for those that nobody
    /// has begun with.
    fn plan(&self, opportunity: &Opportunity, deal: &mut Deal) {
        if !deal.standing().is_open() {
            return;
        }
        let zone = self.model.stage(deal.standing().stage).map_or(Zone::Upper, Stage::zone);
        let worked = |(week, mark): &(i32, Mark)| matches!(mark, Mark::Worked(_)).then_some(*week);
        let Some(last) = opportunity.marks.iter().rev().find_map(worked) else { return };
        let mut draw = self.draw(opportunity, last);
        let recipes = self.demo.recipes;
        if zone != Zone::Upper && draw.chance(0.5) {
            deal.details.obstacles = self.text(draw.pick(&recipes.obstacles));
        }
        deal.details.next_action = Some(NextAction {
            what: self.text(draw.pick(recipes.actions.of(zone))),
            owner: deal.standing().owner,
            due: Some(self.demo.calendar.date(self.day(last + 1, draw.between(0, 4)))),
        });
    }

    fn contact(
        &self,
        opportunity: &Opportunity,
        deal: &Deal,
        (day, stage, by, minutes): (Workday, usize, usize, u32),
        ids: &mut IdSource,
    ) -> Option<Activity> {
        let mut draw = self.draw(opportunity, ONCE / 2 + day - self.day(0, 0));
        let weights = match self.simulator.zone(stage) {
            Zone::Upper => &CONTACTS[0],
            Zone::Middle => &CONTACTS[1],
            Zone::Lower => &CONTACTS[2],
        };
        let recipe = self.demo.recipes.activities.get(draw.weighted(weights))?;
        let fitting = stage.min(recipe.notes.len().saturating_sub(2));
        let notes = recipe.notes.get(fitting..).map_or(&[][..], |notes| notes.get(..2).unwrap_or(notes));
        Some(Activity {
            id: ids.fresh(),
            on: self.demo.calendar.date(day),
            kind: recipe.kind,
            by: self.people.get(by).map(|person| person.id),
            customer: deal.details.customer,
            deal: Some(deal.id),
            note: self.text(draw.pick(notes)),
            result: self.text(draw.pick(&self.demo.recipes.results)),
            next_step: String::new(),
            satisfaction: None,
            minutes: Some(minutes),
            cost: None,
        })
    }
}

impl Writer<'_, '_> {
    fn write(&mut self, begun: Workday) {
        let Maker { model, simulator, demo, people, .. } = self.maker;
        let Some(first) = model.stages.first() else { return };
        let owner = people.get(self.owner).map(|person| person.id);
        let created = EventKind::Created {
            model: model.id,
            stage: first.id,
            owner,
            amount: self.maker.money(simulator.list_price(self.opportunity)),
            expected_close: Some(demo.calendar.date(self.close)),
            probability: None,
        };
        self.push(begun, created);
        let marks = &self.opportunity.marks;
        for (place, (week, mark)) in marks.iter().enumerate() {
            let decided = marks.get(place + 1).is_some_and(|(next, _)| next == week);
            let mut draw = self.maker.draw(self.opportunity, *week);
            let weekday = draw.between(1, 4);
            match *mark {
                Mark::Owner(heir) => {
                    self.owner = heir;
                    let to = people.get(heir).map(|person| person.id);
                    self.push(self.maker.day(*week, 0), EventKind::OwnerChanged { to });
                }
                Mark::Worked(minutes) => {
                    // What is decided this week is decided after the talk.
                    let day = self.maker.day(*week, if decided { draw.between(0, 1) } else { draw.between(0, 4) });
                    if minutes >= SHORTEST {
                        self.contacts.push((day, self.stage, self.owner, minutes));
                    }
                    if !decided {
                        self.put_off(&mut draw, self.maker.day(*week, 4));
                    }
                }
                Mark::Stage(to, serious) => self.move_on(&mut draw, self.maker.day(*week, weekday), to, serious),
                Mark::Ended(ending) => self.end(&mut draw, self.maker.day(*week, weekday), ending),
            }
        }
    }

    fn push(&mut self, day: Workday, kind: EventKind) {
        self.events.push((day, self.owner, kind));
    }

    /// A date of signature that has passed is put off by most who work on the deal.
    fn put_off(&mut self, draw: &mut Draw, friday: Workday) {
        if self.close < friday && draw.chance(0.6) {
            self.close = friday + draw.between(6, 30);
            let to = Some(self.maker.demo.calendar.date(self.close));
            self.push(friday, EventKind::ExpectedCloseChanged { to });
        }
    }

    fn move_on(&mut self, draw: &mut Draw, day: Workday, to: usize, serious: bool) {
        let gate = self.gate(draw, day, serious);
        let Some(stage) = self.maker.model.stages.get(to) else { return };
        self.push(day, EventKind::Entered { stage: stage.id, gate });
        self.stage = to;
        if draw.chance(0.4) {
            self.close = day + remaining(self.maker.model, to, draw.lognormal(0.95, 0.2));
            let date = self.maker.demo.calendar.date(self.close);
            self.push(day, EventKind::ExpectedCloseChanged { to: Some(date) });
        }
    }

    fn end(&mut self, draw: &mut Draw, day: Workday, ending: Ending) {
        let scenario = self.maker.simulator.scenario();
        let reasons = &self.maker.demo.profile.lost_reasons;
        let (place, note) = match ending {
            Ending::Won => {
                if self.opportunity.discount > 0 {
                    let to = self.maker.money(self.maker.simulator.amount(self.opportunity));
                    self.push(day, EventKind::AmountChanged { to });
                }
                let gate = self.gate(draw, day, true);
                self.push(day, EventKind::Won { gate });
                return;
            }
            Ending::Refused => (draw.weighted(if self.opportunity.real { &REFUSED } else { &NO_NEED }), String::new()),
            Ending::Silent => (WENT_SILENT, String::new()),
            Ending::Taken(rival) => (
                LOST_TO_COMPETITOR,
                scenario.rivals.get(rival).map(|rival| self.maker.text(rival.name)).unwrap_or_default(),
            ),
        };
        let reason = reasons.get(place).map(|reason| reason.name.clone()).unwrap_or_default();
        self.push(day, EventKind::Lost { reason, note });
    }

    /// Ticks what was seen in the stage and says how the deal came through its gate.
    fn gate(&mut self, draw: &mut Draw, day: Workday, serious: bool) -> Gate {
        let criteria: &[Criterion] = self.maker.model.stages.get(self.stage).map_or(&[], |stage| &stage.criteria);
        let recipes = self.maker.demo.recipes;
        let mut missing = Vec::new();
        for criterion in criteria {
            let likely = if serious { SEEN[0] } else { SEEN[1] };
            if draw.chance(if criterion.required { likely } else { 0.5 }) {
                let proof = self.maker.text(draw.pick(&recipes.proofs));
                self.push(day, EventKind::EvidenceTicked { criterion: criterion.id, proof });
            } else if criterion.required {
                missing.push(Missing::Criterion(criterion.id));
            }
        }
        if missing.is_empty() {
            return Gate::Met;
        }
        Gate::Overridden { reason: self.maker.text(draw.pick(&recipes.overrides)), missing }
    }
}
