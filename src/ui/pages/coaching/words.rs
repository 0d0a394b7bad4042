//! What the agenda says, in words; the same on the page, on paper and in the file.

use leptos::prelude::*;

use super::desk::Desk;
use crate::{
    i18n::t_string,
    metrics::{
        Moved, Outcome, Way,
        meeting::{Planned, Stuck},
    },
    model::{Deal, DealId, Promise, PromiseId},
    ui::{components::tag::Tone, wording},
};

impl Desk {
    /// A deal by its customer and its title. Reactive.
    pub(super) fn deal_name(self, id: DealId) -> String {
        let title = self.deal(id, |deal| (deal.details.customer, deal.details.title.clone()));
        let Some((customer, title)) = title else { return String::new() };
        let customer = customer.map(|id| self.names.with(|names| names.customer(Some(id))));
        customer.into_iter().chain([title]).collect::<Vec<_>>().join(" · ")
    }

    /// The stage and the amount of a deal. Reactive.
    pub(super) fn deal_facts(self, id: DealId) -> String {
        let Some((stage, amount)) = self.deal(id, |deal| (deal.standing().stage, deal.standing().amount)) else {
            return String::new();
        };
        let stage = self.names.with(|names| names.stage_name(stage));
        [stage, self.amounts.full(amount)].join(" · ")
    }

    fn deal<T>(self, id: DealId, read: impl FnOnce(&Deal) -> T) -> Option<T> {
        self.store.with(|workspace| workspace.deals.get(id).map(|deal| read(deal)))
    }

    /// A promise as it stands. Reactive.
    pub(super) fn promise(self, id: PromiseId) -> Option<Promise> {
        self.store.with(|workspace| workspace.promises.get(id).map(|promise| Promise::clone(promise)))
    }

    /// What was promised. Reactive.
    pub(super) fn promise_words(self, promise: &Promise) -> String {
        let stage = promise.reaches.map(|stage| {
            let stage = self.names.with(|names| names.stage_name(stage));
            t_string!(self.i18n, coaching.to_reach, stage = stage).to_string()
        });
        let text = Some(promise.text.clone()).filter(|text| !text.trim().is_empty());
        let about = promise.deal.map(|deal| self.deal_name(deal));
        let about = about.or_else(|| promise.customer.map(|id| self.names.with(|names| names.customer(Some(id)))));
        text.into_iter().chain(stage).chain(about).collect::<Vec<_>>().join(" · ")
    }

    /// Until when. Reactive.
    pub(super) fn due_words(self, promise: &Promise) -> String {
        t_string!(self.i18n, coaching.due_by, day = self.format.date(promise.due)).to_string()
    }

    /// What came of a promise. Reactive.
    pub(super) fn outcome_words(self, outcome: Outcome) -> String {
        match outcome {
            Outcome::Kept { on } => t_string!(self.i18n, coaching.kept_on, day = self.format.date(on)).to_string(),
            Outcome::Broken => t_string!(self.i18n, coaching.broken).to_owned(),
            Outcome::Running => t_string!(self.i18n, coaching.running).to_owned(),
            Outcome::Unanswered => t_string!(self.i18n, coaching.unanswered).to_owned(),
        }
    }

    /// A move and its day. Reactive.
    pub(super) fn moved_words(self, moved: &Moved) -> String {
        let stage = |id| self.names.with(|names| names.stage_name(id));
        let (to, from) = (stage(moved.to), moved.from.map(stage));
        let way = match (moved.way, from) {
            (Way::Won | Way::Lost | Way::Asleep | Way::New, _) | (_, None) => to,
            (Way::Forward | Way::Back | Way::Across, Some(from)) => {
                t_string!(self.i18n, coaching.from_to, from = from, to = to).to_string()
            }
        };
        [way, self.format.date(moved.on)].join(" · ")
    }

    /// Which way a deal moved.
    pub(super) fn way_words(self, way: Way) -> &'static str {
        match way {
            Way::Won => t_string!(self.i18n, coaching.won),
            Way::Forward => t_string!(self.i18n, coaching.forward),
            Way::New => t_string!(self.i18n, coaching.new),
            Way::Back => t_string!(self.i18n, coaching.back),
            Way::Across => t_string!(self.i18n, coaching.across),
            Way::Asleep => t_string!(self.i18n, coaching.asleep),
            Way::Lost => t_string!(self.i18n, coaching.lost),
        }
    }

    /// The marks of a deal. Reactive.
    pub(super) fn mark_words(self, stuck: &Stuck) -> Vec<&'static str> {
        stuck.clocks.marks().into_iter().map(|mark| wording::clocks::mark(self.i18n, mark)).collect()
    }

    /// What may be wrong with a deal, what that rests on, and what to do first. Reactive.
    pub(super) fn stuck_words(self, stuck: &Stuck) -> String {
        let (i18n, format) = (self.i18n, self.format);
        let Some(diagnosis) = &stuck.diagnosis else { return self.deal_facts(stuck.deal) };
        let suspicion = diagnosis.suspicions.first().map(|suspicion| {
            let evidence = suspicion.evidence.iter().map(|evidence| wording::clocks::evidence(i18n, format, *evidence));
            let evidence = evidence.collect::<Vec<_>>().join(t_string!(i18n, deals.joint));
            [wording::clocks::ailment(i18n, suspicion.ailment), &evidence].join(" · ")
        });
        let remedy = diagnosis.advice.first().map(|advice| {
            let remedy = wording::clocks::remedy(i18n, advice.remedy);
            t_string!(i18n, coaching.first, remedy = remedy).to_string()
        });
        suspicion.into_iter().chain(remedy).collect::<Vec<_>>().join(" · ")
    }

    /// What is planned and until when. Reactive.
    pub(super) fn planned_words(self, planned: &Planned) -> String {
        let what = self.deal(planned.deal, |deal| deal.details.next_action.as_ref().map(|action| action.what.clone()));
        let due = match planned.due {
            None => t_string!(self.i18n, coaching.no_day).to_owned(),
            Some(due) if due < self.week.get().until => {
                t_string!(self.i18n, coaching.overdue_since, day = self.format.date(due)).to_string()
            }
            Some(due) => self.format.date(due),
        };
        what.flatten().into_iter().chain([due]).collect::<Vec<_>>().join(" · ")
    }
}

/// What the way of a move means.
pub(super) const fn way_tone(way: Way) -> Tone {
    match way {
        Way::Won => Tone::Good,
        Way::Forward | Way::New => Tone::Accent,
        Way::Across | Way::Asleep => Tone::Neutral,
        Way::Back => Tone::Warn,
        Way::Lost => Tone::Bad,
    }
}

/// What an outcome means.
pub(super) const fn outcome_tone(outcome: Outcome) -> Tone {
    match outcome {
        Outcome::Kept { .. } => Tone::Good,
        Outcome::Broken => Tone::Bad,
        Outcome::Unanswered => Tone::Warn,
        Outcome::Running => Tone::Neutral,
    }
}
