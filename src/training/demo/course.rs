//! The course of one deal through its model: when it moves, where to, and what happens to it on the way.
//!
//! In each stage the deal's fate is drawn: it goes on, skips a stage, falls back, is lost at once or slowly, or goes to sleep; the stay
//! lasts a lognormal time around the model's expected days. Whatever would happen after day 0 has not happened yet.

use super::{
    calendar::{Calendar, Workday, workdays},
    lesson::Lesson,
    offer::Offer,
    strain::Strain,
};
use crate::{
    codec::content::{Language, Text, recipes::Recipes},
    model::{Criterion, EventKind, FunnelModel, Gate, LostReason, Missing, PersonId, Share, Stage},
    training::draw::{Draw, whole},
};

/// How often each lost reason of the defaults comes up in the upper half of a funnel, and in the lower half.
const LOST_EARLY: [f64; 8] = [1.0, 1.5, 4.0, 2.0, 4.0, 3.0, 2.0, 0.6];
const LOST_LATE: [f64; 8] = [4.0, 5.0, 2.0, 3.0, 1.0, 1.0, 1.0, 0.6];
/// The same where sellers have not learnt yet what to do there; the last one is the reason that is added for it.
const LOST_UNLEARNT: [f64; 9] = [0.5, 1.0, 2.0, 1.0, 4.0, 2.0, 3.0, 0.0, 8.0];
/// Their places in the defaults.
const LOST_TO_COMPETITOR: usize = 1;
const WENT_SILENT: usize = 6;
/// A course ends after this many stays whatever happens.
const MOST_STAYS: usize = 30;

/// What a course needs to know and does not change.
#[derive(Clone, Copy)]
pub(super) struct Setting<'a> {
    pub model: &'a FunnelModel,
    pub calendar: &'a Calendar,
    pub recipes: &'a Recipes,
    pub lost_reasons: &'a [LostReason],
    pub competitors: &'a [Text],
    pub language: Language,
    pub owner: PersonId,
    /// How much better than the model's promotion rates the seller does; 1 is as good.
    pub skill: f64,
    /// What the sellers learn one day.
    pub lesson: Option<&'a Lesson<'a>>,
    /// What is wrong with the company.
    pub strain: &'a Strain,
}

/// What happened, on which working day, in order.
pub(super) struct Course {
    pub events: Vec<(Workday, EventKind)>,
    /// When the deal entered which position of its model.
    pub stays: Vec<(Workday, usize)>,
    /// The offer as it stands.
    pub offer: Offer,
    /// The day from which on nobody looks at it any more, though it is open.
    pub lies_since: Option<Workday>,
}

enum Fate {
    Promotion,
    Skip,
    Fallback,
    Loss { slow: bool },
    Sleep,
}

/// Runs a deal from its first day to day 0 or its end. `priced` says whether its amount is known.
pub(super) fn run(
    setting: Setting<'_>,
    draw: &mut Draw,
    start: Workday,
    position: usize,
    offer: Offer,
    priced: bool,
) -> Course {
    let said = setting.strain.caution_on(start);
    let pace = draw.lognormal(0.8, 0.3) * said.map_or(1.0, |said| said.close);
    let close = start + remaining(setting.model, position, pace);
    let held_back = said.map(|said| said.amount);
    let offer = held_back.map_or(offer, |share| offer.scaled(share));
    let course = Course { events: Vec::new(), stays: Vec::new(), offer, lies_since: None };
    let mut runner = Runner { setting, draw, course, close, priced, own_probability: false, held_back };
    runner.begin(start, position);
    runner.course
}

/// Working days from the beginning of a stage to the signature, `pace` times the model's.
pub(super) fn remaining(model: &FunnelModel, position: usize, pace: f64) -> Workday {
    let days: u32 = model.stages.iter().skip(position).map(|stage| u32::from(stage.expected_days)).sum();
    whole(workdays(f64::from(days)) * pace).max(3)
}

struct Runner<'a, 'd> {
    setting: Setting<'a>,
    draw: &'d mut Draw,
    course: Course,
    /// The expected close.
    close: Workday,
    priced: bool,
    /// Whether the seller has set a probability of their own for this stage.
    own_probability: bool,
    /// The share of the offer that the seller has named so far, if they keep some back.
    held_back: Option<f64>,
}

impl Runner<'_, '_> {
    fn begin(&mut self, start: Workday, position: usize) {
        let Setting { model, calendar, language, owner, .. } = self.setting;
        let Some(stage) = model.stages.get(position) else { return };
        let created = EventKind::Created {
            model: model.id,
            stage: stage.id,
            owner: Some(owner),
            amount: if self.priced { self.course.offer.amount(language) } else { None },
            expected_close: Some(calendar.date(self.close)),
            probability: None,
        };
        self.push(start, created);
        self.say_less(start, stage);
        let (mut day, mut position) = (start, position);
        for _ in 0..MOST_STAYS {
            self.course.stays.push((day, position));
            match self.stay(day, position) {
                Some(next) => (day, position) = next,
                None => return,
            }
        }
    }

    /// One stay in a stage; where and when the next one begins, if it has begun by day 0.
    fn stay(&mut self, entered: Workday, position: usize) -> Option<(Workday, usize)> {
        let model = self.setting.model;
        let stage = model.stages.get(position)?;
        let strain = self.setting.strain;
        let learnt = self.setting.lesson.map_or(1.0, |lesson| lesson.skill(position, entered));
        let fate = self.fate(stage, position, learnt * strain.rate(position, entered));
        let over = matches!(fate, Fate::Loss { .. } | Fate::Sleep);
        if strain.leaves_lying(self.draw, stage, entered, over) {
            return self.lie(stage, entered);
        }
        let lesson = self.setting.lesson.filter(|lesson| lesson.position == position);
        // Whoever asks is told sooner that there is nothing to solve.
        let asks = lesson.is_some_and(|lesson| !lesson.is_ahead(entered));
        let pace = match fate {
            Fate::Promotion => self.draw.lognormal(1.05, 0.5),
            Fate::Skip | Fate::Fallback => self.draw.lognormal(0.7, 0.4),
            Fate::Loss { .. } if asks => self.draw.lognormal(1.3, 0.5),
            Fate::Loss { slow: false } => self.draw.lognormal(2.2, 0.6),
            Fate::Loss { slow: true } => self.draw.lognormal(4.5, 0.4),
            Fate::Sleep => self.draw.lognormal(1.6, 0.5),
        };
        let pace = pace * strain.stay(stage, entered, !over);
        let left = entered + whole(workdays(f64::from(stage.expected_days)) * pace).max(1);
        let unlearnt = lesson.filter(|lesson| lesson.is_ahead(entered));
        let unseen = self.happenings(stage, &fate, (entered, left), unlearnt);
        if left > 0 {
            return None;
        }
        match fate {
            Fate::Promotion | Fate::Skip => {
                let gate = self.gate(unseen, unlearnt);
                let step = if matches!(fate, Fate::Skip) { 2 } else { 1 };
                self.move_on(left, position + step, gate)
            }
            Fate::Fallback => self.move_on(left, position.saturating_sub(1), Gate::Met),
            Fate::Loss { slow } => self.lose(left, position, slow, unlearnt),
            Fate::Sleep => self.sleep(left, position),
        }
    }

    /// Nobody closes a deal that is over: after a while nobody looks at it at all.
    fn lie(&mut self, stage: &Stage, entered: Workday) -> Option<(Workday, usize)> {
        let pace = self.draw.lognormal(0.6, 0.3);
        let since = entered + whole(workdays(f64::from(stage.expected_days)) * pace).max(1);
        self.course.lies_since = (since < 0).then_some(since);
        None
    }

    /// A seller who says less writes down a probability of their own below that of the stage.
    fn say_less(&mut self, day: Workday, stage: &Stage) {
        let own = self.setting.strain.caution_on(day).and_then(|caution| caution.probability(self.draw, stage));
        if own.is_some() {
            self.push(day, EventKind::ProbabilityChanged { to: own });
            self.own_probability = true;
        }
    }

    /// The close that the seller names for a deal in a stage that it comes to on this day.
    fn name_close(&mut self, day: Workday, position: usize) -> EventKind {
        let later = self.setting.strain.caution_on(day).map_or(1.0, |caution| caution.close);
        self.close = day + remaining(self.setting.model, position, self.draw.lognormal(1.0, 0.2) * later);
        EventKind::ExpectedCloseChanged { to: Some(self.setting.calendar.date(self.close)) }
    }

    fn fate(&mut self, stage: &Stage, position: usize, learnt: f64) -> Fate {
        let on = (stage.promotion_rate.as_f64() * self.setting.skill * learnt).min(0.97);
        let last = position + 1 >= self.setting.model.stages.len();
        match () {
            () if position > 0 && !last && self.draw.chance(0.03) => Fate::Fallback,
            () if self.draw.chance(on) && position + 2 < self.setting.model.stages.len() && self.draw.chance(0.07) => {
                Fate::Skip
            }
            () if self.draw.chance(on) => Fate::Promotion,
            () if self.draw.chance(0.16) => Fate::Sleep,
            () if self.draw.chance(0.27) => Fate::Loss { slow: true },
            () => Fate::Loss { slow: false },
        }
    }

    /// What happens between entering and leaving a stage. Answers with the required criteria that nobody saw.
    fn happenings(
        &mut self,
        stage: &Stage,
        fate: &Fate,
        (entered, left): (Workday, Workday),
        unlearnt: Option<&Lesson<'_>>,
    ) -> Vec<Missing> {
        let required = unlearnt.map_or(0.93, |lesson| lesson.thoroughness);
        let mut happenings = Vec::new();
        let mut unseen = Vec::new();
        if matches!(fate, Fate::Promotion | Fate::Skip) {
            for criterion in &stage.criteria {
                if self.draw.chance(if criterion.required { required } else { 0.55 }) {
                    let seen = self.draw.between(entered, left - 1);
                    happenings.push((seen, self.tick(criterion)));
                } else if criterion.required {
                    unseen.push(Missing::Criterion(criterion.id));
                }
            }
        }
        if self.priced && self.draw.chance(0.22) {
            let before = self.course.offer.amount(self.setting.language);
            let day = entered + (left - entered) / 2;
            let revised = self.course.offer.revised(self.draw);
            if day <= 0 && revised.amount(self.setting.language) != before {
                self.course.offer = revised;
                happenings.push((day, EventKind::AmountChanged { to: revised.amount(self.setting.language) }));
            }
        }
        if self.draw.chance(0.05) {
            let points = i32::from(stage.probability.basis_points()) + 500 * self.draw.between(-3, 3);
            let own = u16::try_from(points.clamp(100, 9_500)).ok().and_then(Share::from_basis_points);
            happenings.push((entered, EventKind::ProbabilityChanged { to: own }));
            self.own_probability = entered <= 0;
        }
        // Nobody tends the date of a deal that is slowly going silent.
        let tended = if matches!(fate, Fate::Loss { slow: true }) { 0.2 } else { 0.75 };
        while self.close < left && self.draw.chance(tended) {
            // The seller pushes the date out only some days after it has passed.
            let day = self.close.max(entered) + self.draw.between(0, 7);
            if day > 0 || day >= left {
                break;
            }
            self.close = day + self.draw.between(6, 32);
            let to = Some(self.setting.calendar.date(self.close));
            happenings.push((day, EventKind::ExpectedCloseChanged { to }));
        }
        happenings.retain(|(day, _)| *day <= 0);
        happenings.sort_by_key(|(day, _)| *day);
        self.course.events.extend(happenings);
        unseen
    }

    fn tick(&mut self, criterion: &Criterion) -> EventKind {
        let proof = self.draw.pick(&self.setting.recipes.proofs);
        EventKind::EvidenceTicked { criterion: criterion.id, proof: self.text(proof) }
    }

    fn gate(&mut self, missing: Vec<Missing>, unlearnt: Option<&Lesson<'_>>) -> Gate {
        if missing.is_empty() {
            return Gate::Met;
        }
        let reasons = unlearnt.map_or(&self.setting.recipes.overrides, |lesson| &lesson.words.overrides);
        let reason = self.draw.pick(reasons);
        Gate::Overridden { reason: self.text(reason), missing }
    }

    /// Enters a stage, or wins past the last one.
    fn move_on(&mut self, day: Workday, position: usize, gate: Gate) -> Option<(Workday, usize)> {
        let Some(stage) = self.setting.model.stages.get(position) else {
            self.own_up(day);
            self.push(day, EventKind::Won { gate });
            return None;
        };
        self.push(day, EventKind::Entered { stage: stage.id, gate });
        if std::mem::take(&mut self.own_probability) {
            self.push(day, EventKind::ProbabilityChanged { to: None });
        }
        if self.draw.chance(0.35) {
            let named = self.name_close(day, position);
            self.push(day, named);
        }
        self.say_less(day, stage);
        Some((day, position))
    }

    /// At the signature the whole amount is named.
    fn own_up(&mut self, day: Workday) {
        let Some(share) = self.held_back.take().filter(|_| self.priced) else { return };
        let named = self.course.offer.amount(self.setting.language);
        self.course.offer = self.course.offer.scaled(1.0 / share);
        let whole = self.course.offer.amount(self.setting.language);
        if whole != named {
            self.push(day, EventKind::AmountChanged { to: whole });
        }
    }

    fn lose(
        &mut self,
        day: Workday,
        position: usize,
        slow: bool,
        unlearnt: Option<&Lesson<'_>>,
    ) -> Option<(Workday, usize)> {
        let early = 2 * position < self.setting.model.stages.len();
        let usual: &[f64] = if early { &LOST_EARLY } else { &LOST_LATE };
        let drawn = self.draw.weighted(unlearnt.map_or(usual, |_| &LOST_UNLEARNT));
        let place = if slow && self.draw.chance(0.5) { WENT_SILENT } else { drawn };
        let reason = self.setting.lost_reasons.get(place)?;
        let note = match self.setting.competitors.first() {
            Some(winner) if place == LOST_TO_COMPETITOR => self.text(*winner),
            _ if reason.needs_note => {
                let note = self.draw.pick(&self.setting.recipes.lost_notes);
                self.text(note)
            }
            _ => String::new(),
        };
        self.push(day, EventKind::Lost { reason: reason.name.clone(), note });
        let second_thoughts = day + self.draw.between(30, 90);
        if self.draw.chance(0.04) { self.reopen(second_thoughts, position) } else { None }
    }

    fn sleep(&mut self, day: Workday, position: usize) -> Option<(Workday, usize)> {
        let wake = day + self.draw.between(30, 130);
        self.push(day, EventKind::Dormant { wake: Some(self.setting.calendar.date(wake)) });
        let woken = wake + self.draw.between(0, 5);
        if woken <= 0 && self.draw.chance(0.3) {
            return self.lose(woken, position, false, None);
        }
        if self.draw.chance(0.6) { self.reopen(woken, position) } else { None }
    }

    fn reopen(&mut self, day: Workday, position: usize) -> Option<(Workday, usize)> {
        let stage = self.setting.model.stages.get(position)?;
        if day > 0 {
            return None;
        }
        self.push(day, EventKind::Reopened { stage: stage.id });
        let named = self.name_close(day, position);
        self.push(day, named);
        Some((day, position))
    }

    fn push(&mut self, day: Workday, kind: EventKind) {
        self.course.events.push((day, kind));
    }

    fn text(&self, text: Text) -> String {
        text.in_language(self.setting.language).to_owned()
    }
}
