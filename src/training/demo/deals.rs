//! The deals of the demo company, each with its history, its activities and what is planned for it.

use std::f64::consts::TAU;

use super::{
    Demo, Plan,
    calendar::Workday,
    course::{self, Course, Setting},
    lesson::Lesson,
    market::{Account, LARGE, LEVELS, fill},
    offer::Offer,
};
use crate::{
    codec::content::Text,
    model::{
        Activity, ActivityKind, Deal, DealDetails, Event, EventKind, FunnelModel, NextAction, Person, PersonId,
        Product, Stage, Status, Zone,
    },
    training::draw::Draw,
};

/// Typical worth of a regular and of a large project, in yuan.
const WORTH: [(f64, f64); 2] = [(190_000.0, 0.55), (1_100_000.0, 0.5)];

/// Weights of the kinds of activity, in the order of the recipes, for a return visit.
const RETURN_VISIT: [f64; 6] = [0.0, 0.0, 0.0, 0.0, 0.0, 1.0];

/// The records that a deal brings together.
#[derive(Clone, Copy)]
pub(super) struct Sides<'a> {
    pub models: &'a [FunnelModel],
    pub people: &'a [Person],
    pub products: &'a [Product],
    pub accounts: &'a [Account],
}

/// Who looks after a deal: one seller, or the leaver and then an heir.
#[derive(Clone, Copy)]
struct Owners {
    first: PersonId,
    heir: PersonId,
    /// When the one takes over from the other.
    left_on: Workday,
}

impl Owners {
    fn on(self, day: Workday) -> PersonId {
        if day < self.left_on { self.first } else { self.heir }
    }
}

impl Demo<'_> {
    /// All deals in the order in which they began, and all activities.
    pub(super) fn deals(&mut self, draw: &mut Draw, sides: Sides<'_>) -> (Vec<Deal>, Vec<Activity>) {
        let strain = &self.plan.strain;
        let skill = |place| strain.skill(place, draw.lognormal(1.02, 0.07));
        let skills: Vec<f64> = (0..sides.people.len()).map(skill).collect();
        let (mut deals, mut activities) = (Vec::with_capacity(self.plan.deals), Vec::new());
        for (place, start) in starts(draw, self.plan).into_iter().enumerate() {
            deals.extend(self.deal(draw, sides, &skills, start, place < self.plan.opening_deals, &mut activities));
        }
        (deals, activities)
    }

    /// One deal; `None` never comes, for every course is a history.
    fn deal(
        &mut self,
        draw: &mut Draw,
        sides: Sides<'_>,
        skills: &[f64],
        start: Workday,
        opening: bool,
        activities: &mut Vec<Activity>,
    ) -> Option<Deal> {
        let large = draw.chance(self.plan.large);
        let account = customer_for(draw, sides.accounts, large)?;
        let left_on = self.plan.left_on;
        let seller = if start < left_on { account.first_seller } else { account.seller };
        let owners =
            Owners { first: sides.people.get(seller)?.id, heir: sides.people.get(account.seller)?.id, left_on };
        let model = sides.models.get(usize::from(large))?;
        let position = match () {
            () if opening => draw.place(model.stages.len()),
            () if draw.chance(0.12) => 1,
            () => 0,
        };
        let (service, licences) = self.recipes.products.split_last()?;
        let product = draw.place(licences.len());
        let (median, spread) = WORTH[usize::from(large)];
        let worth = draw.lognormal(median, spread);
        let offer = Offer::draw(draw, *licences.get(product)?, *service, worth);
        let competitors = self.competitors(draw);
        let setting = Setting {
            model,
            calendar: &self.calendar,
            recipes: self.recipes,
            lost_reasons: &self.profile.lost_reasons,
            competitors: &competitors,
            language: self.language,
            owner: owners.first,
            skill: skills.get(seller).copied().unwrap_or(1.0),
            lesson: self.plan.lesson.as_ref(),
            strain: &self.plan.strain,
        };
        let unpriced = start > -40 && draw.chance(0.16);
        let course = course::run(setting, draw, start, position, offer, !unpriced);
        let history = self.history(&course, owners);
        let titles = if large { &self.recipes.large_titles } else { &self.recipes.titles };
        let details = DealDetails {
            title: self.title(draw.pick(titles), licences.get(product)?.topic),
            customer: Some(account.customer.id),
            contact: account.customer.contacts.get(draw.place(account.customer.contacts.len())).map(|c| c.id),
            supporters: if large { supporter(draw, sides.people, owners) } else { Vec::new() },
            lines: if unpriced {
                Vec::new()
            } else {
                course.offer.lines(self.language, sides.products.get(product)?, sides.products.last()?)
            },
            competitors: competitors.iter().map(|name| self.text(*name)).collect(),
            obstacles: String::new(),
            next_action: None,
            fit: if draw.chance(0.9) { draw.pick(&LEVELS) } else { None },
            source: if draw.chance(0.7) {
                account.customer.source.clone()
            } else {
                let sources = &self.profile.sources;
                sources.get(draw.place(sources.len())).cloned().unwrap_or_default()
            },
            ..DealDetails::default()
        };
        let mut deal = Deal::from_history(self.ids.fresh(), details, history).ok()?;
        if course.lies_since.is_none() {
            self.plan(draw, model, &mut deal, owners.on(0));
        }
        self.accompany(draw, model, &course, &deal, owners, activities);
        Some(deal)
    }

    /// The course as a history, with the handover where the leaver left it behind.
    fn history(&mut self, course: &Course, owners: Owners) -> Vec<Event> {
        let began_before = course.events.first().is_some_and(|(day, _)| *day < owners.left_on);
        let mut handover = (began_before && owners.first != owners.heir)
            .then_some((owners.left_on, EventKind::OwnerChanged { to: Some(owners.heir) }));
        let mut events: Vec<&(Workday, EventKind)> = course.events.iter().collect();
        let after = events.partition_point(|(day, _)| *day < owners.left_on);
        let closed = |kind: &EventKind| matches!(kind, EventKind::Won { .. } | EventKind::Lost { .. });
        let settled = after == events.len() && events.last().is_some_and(|(_, kind)| closed(kind));
        if settled {
            handover = None;
        }
        if let Some(handover) = &handover {
            events.insert(after, handover);
        }
        let event = |(minute, (day, kind)): (usize, &(Workday, EventKind))| Event {
            id: self.ids.fresh(),
            on: Some(self.calendar.date(*day)),
            at: self.calendar.moment(*day, minute),
            by: Some(owners.on(*day)),
            kind: kind.clone(),
        };
        events.into_iter().enumerate().map(event).collect()
    }

    /// What stands in the way of an open deal and what comes next. Some deals have no plan, and some plans are overdue.
    pub(super) fn plan(&self, draw: &mut Draw, model: &FunnelModel, deal: &mut Deal, owner: PersonId) {
        if !deal.standing().is_open() {
            return;
        }
        let zone = model.stage(deal.standing().stage).map_or(Zone::Upper, Stage::zone);
        if zone != Zone::Upper && draw.chance(0.6) {
            deal.details.obstacles = self.text(draw.pick(&self.recipes.obstacles));
        }
        if draw.chance(0.88) {
            let due = if draw.chance(0.2) { draw.between(-12, -1) } else { draw.between(0, 12) };
            deal.details.next_action = Some(NextAction {
                what: self.text(draw.pick(self.recipes.actions.of(zone))),
                owner: Some(owner),
                due: Some(self.calendar.date(due)),
            });
        }
    }

    /// The contacts with the customer while a deal ran, the latest of them in the last days if it still runs.
    fn accompany(
        &mut self,
        draw: &mut Draw,
        model: &FunnelModel,
        course: &Course,
        deal: &Deal,
        owners: Owners,
        activities: &mut Vec<Activity>,
    ) {
        let Some(&(start, _)) = course.events.first() else { return };
        let closed = course.events.last().filter(|_| !deal.standing().is_open()).map(|(day, _)| *day);
        let end = closed.or(course.lies_since).unwrap_or(0);
        let mut days = Vec::new();
        let mut day = start + draw.between(0, 4);
        while day <= end {
            days.push(day);
            day += draw.between(8, 38);
        }
        if closed.is_none() && course.lies_since.is_none() && draw.chance(0.6) {
            days.push(draw.between(-8, 0).max(start));
        }
        days.sort_unstable();
        for (nth, day) in days.into_iter().enumerate() {
            if let Some(lesson) = self.plan.lesson.as_ref().filter(|_| nth == 0) {
                activities.push(self.first_visit(draw, lesson, deal, owners, day));
                continue;
            }
            let position =
                course.stays.iter().rev().find(|(entered, _)| *entered <= day).map_or(0, |(_, place)| *place);
            let weights = match model.stages.get(position).map(Stage::zone) {
                Some(Zone::Lower) => [3.0, 2.0, 2.0, 1.0, 4.0, 0.0],
                Some(Zone::Middle) => [3.0, 2.0, 3.0, 3.0, 1.0, 0.0],
                Some(Zone::Upper) | None => [5.0, 3.0, 3.0, 0.2, 0.0, 0.0],
            };
            activities.extend(self.activity(draw, deal, owners, (day, position), &weights));
        }
        let won = matches!(deal.standing().status, Status::Won { .. });
        let visit = end + draw.between(20, 60);
        if won && visit <= 0 && draw.chance(0.7) {
            let any_note = draw.place(model.stages.len());
            activities.extend(self.activity(draw, deal, owners, (visit, any_note), &RETURN_VISIT));
        }
    }

    /// The first contact of a deal in a company that learnt what to do there.
    fn first_visit(
        &mut self,
        draw: &mut Draw,
        lesson: &Lesson<'_>,
        deal: &Deal,
        owners: Owners,
        day: Workday,
    ) -> Activity {
        let (kind, notes) = lesson.first_visit(draw, day);
        let outcome = draw.weighted(&[4.0, 3.0, 3.0, 0.3]);
        Activity {
            id: self.ids.fresh(),
            on: self.calendar.date(day),
            kind,
            by: Some(owners.on(day)),
            customer: deal.details.customer,
            deal: Some(deal.id),
            note: self.text(draw.pick(notes)),
            result: self.text(self.recipes.results.get(outcome).copied().unwrap_or_default()),
            next_step: String::new(),
            satisfaction: None,
            minutes: Some(draw.pick(&[60, 90, 120])),
            cost: None,
        }
    }

    /// A contact on a day, of a kind drawn by the weights; its note is one of two that fit a deal in this position.
    fn activity(
        &mut self,
        draw: &mut Draw,
        deal: &Deal,
        owners: Owners,
        (day, position): (Workday, usize),
        weights: &[f64],
    ) -> Option<Activity> {
        let recipe = self.recipes.activities.get(draw.weighted(weights))?;
        let minutes = match recipe.kind {
            ActivityKind::Call | ActivityKind::Email => draw.pick(&[10, 15, 20, 30]),
            _ => draw.pick(&[60, 90, 120, 180]),
        };
        let visited = recipe.kind == ActivityKind::ReturnVisit;
        let outcome = draw.weighted(&[4.0, 3.0, 3.0, 1.0]);
        let fitting = position.min(recipe.notes.len().saturating_sub(2));
        let satisfaction = draw.pick(&[3, 4, 4, 5, 5]);
        Some(Activity {
            id: self.ids.fresh(),
            on: self.calendar.date(day),
            kind: recipe.kind,
            by: Some(owners.on(day)),
            customer: deal.details.customer,
            deal: Some(deal.id),
            note: self
                .text(draw.pick(recipe.notes.get(fitting..).map_or(&[], |notes| notes.get(..2).unwrap_or(notes)))),
            result: if visited {
                String::new()
            } else {
                self.text(self.recipes.results.get(outcome).copied().unwrap_or_default())
            },
            next_step: String::new(),
            satisfaction: visited.then_some(satisfaction),
            minutes: Some(minutes),
            cost: None,
        })
    }

    /// None, one or two competitors.
    fn competitors(&self, draw: &mut Draw) -> Vec<Text> {
        let known = &self.recipes.competitors;
        let (first, count) = (draw.place(known.len()), draw.weighted(&[4.0, 5.0, 1.5]));
        known.iter().cycle().skip(first).take(count).copied().collect()
    }

    fn title(&self, pattern: Text, topic: Text) -> String {
        fill(self.text(pattern), &[("topic", topic.in_language(self.language))])
    }

    pub(super) fn text(&self, text: Text) -> String {
        text.in_language(self.language).to_owned()
    }
}

/// The days on which deals begin, in order; the opening ones first.
fn starts(draw: &mut Draw, plan: &Plan<'_>) -> Vec<Workday> {
    let start = |place| if place < plan.opening_deals { plan.opening } else { intake_day(draw, plan) };
    let mut starts: Vec<Workday> = (0..plan.deals).map(start).collect();
    starts.sort_unstable();
    starts
}

/// A day on which a deal comes in. Intake grows, in a year, by two fifths of what it was on the first day, and swings around that by
/// a fifth twice a year. The seasons are counted back from today, not from the calendar.
fn intake_day(draw: &mut Draw, plan: &Plan<'_>) -> Workday {
    let opening = plan.opening;
    loop {
        let day = draw.between(opening, 0);
        let years = f64::from(day - opening) / 260.0;
        let intake = (1.0 + 0.4 * years) * (1.0 + 0.2 * (years * 2.0 * TAU).sin());
        if draw.chance(intake / 2.2 * plan.strain.intake_on(day)) {
            return day;
        }
    }
}

/// A customer for a deal: the earlier ones buy more often, large projects need a large one.
fn customer_for<'a>(draw: &mut Draw, accounts: &'a [Account], large: bool) -> Option<&'a Account> {
    let mut place = draw.place(accounts.len()).min(draw.place(accounts.len()));
    for _ in 0..accounts.len() {
        if !large || accounts.get(place)?.size >= LARGE {
            break;
        }
        place = (place + 1) % accounts.len();
    }
    accounts.get(place)
}

/// A colleague who helps with a large project, half of the time.
fn supporter(draw: &mut Draw, people: &[Person], owners: Owners) -> Vec<PersonId> {
    let helper = people.get(draw.place(people.len())).filter(|person| person.active && person.id != owners.heir);
    helper.filter(|_| draw.chance(0.5)).map(|person| person.id).into_iter().collect()
}
