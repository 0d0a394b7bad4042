//! What each seller did.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;

use super::slips;
use crate::{
    metrics::{
        Frame, Period, Row, View,
        backtest::month_ends,
        cohort::Fate,
        filter::Filter,
        gate_skips::each_passage,
        passage::{Leg, Passage},
        timeline::value_on,
        view::Status,
    },
    model::{ActivityKind, Date, Gate, ModelId, PersonId, Workspace},
};

/// How many weeks are looked at, at most.
const MOST_WEEKS: i64 = 520;
/// How many month-ends are looked back on, at most.
const MONTH_ENDS: usize = 24;

/// A deal that was won.
#[derive(Clone, Debug)]
pub(in crate::metrics) struct Win {
    pub(in crate::metrics) row: Row,
    /// In minor units.
    pub(in crate::metrics) amount: Option<i64>,
    /// Days from the first day to the signature.
    pub(in crate::metrics) days: Option<f64>,
}

/// The decisions about deals that entered a stage.
#[derive(Clone, Debug, Default)]
pub(in crate::metrics) struct Decisions {
    pub(in crate::metrics) passed: Vec<Row>,
    pub(in crate::metrics) lost: Vec<Row>,
    pub(in crate::metrics) open: Vec<Row>,
    /// How many deals of the period began their way here.
    pub(in crate::metrics) began: usize,
}

/// What was done in a week.
#[derive(Clone, Debug, Default)]
pub(in crate::metrics) struct Week {
    pub(in crate::metrics) activities: u32,
    pub(in crate::metrics) visits: u32,
    pub(in crate::metrics) minutes: u64,
}

/// What a seller said of a deal, and what came.
#[derive(Clone, Debug)]
pub(in crate::metrics) struct Said {
    pub(in crate::metrics) row: Row,
    pub(in crate::metrics) chance: f64,
    pub(in crate::metrics) fate: Fate,
}

/// What one or several sellers did in the period.
#[derive(Clone, Debug, Default)]
pub(in crate::metrics) struct Acts {
    /// How many sellers.
    pub(in crate::metrics) people: usize,
    /// By the place of the stage in the model.
    pub(in crate::metrics) stages: Vec<Decisions>,
    /// From the entry to the first stage: days, and what became of it.
    pub(in crate::metrics) ways: Vec<(u32, Fate, Row)>,
    pub(in crate::metrics) won: Vec<Win>,
    pub(in crate::metrics) lost: Vec<Row>,
    /// Open on the day of the view.
    pub(in crate::metrics) open: Vec<Row>,
    /// Deals with an expected close, and by how many days it was put off.
    pub(in crate::metrics) closes: Vec<(Row, i64)>,
    pub(in crate::metrics) met: Vec<Row>,
    pub(in crate::metrics) skipped: Vec<Row>,
    pub(in crate::metrics) said: Vec<Said>,
    /// Activities of the period, also those before its first whole week.
    pub(in crate::metrics) activities: u32,
    /// The weeks of the period, the last one first.
    pub(in crate::metrics) weeks: Vec<Week>,
    /// Deals that activities were for.
    pub(in crate::metrics) worked: BTreeSet<Row>,
    /// Won in the whole months of the period, in whatever model, in minor units.
    pub(in crate::metrics) won_in_months: i128,
    pub(in crate::metrics) won_in_months_rows: Vec<Row>,
}

impl Acts {
    /// Nothing done yet, by one seller.
    pub(in crate::metrics) fn of(stages: usize, days: Option<Period>) -> Self {
        let weeks = vec![Week::default(); weeks(days)];
        Self { people: 1, stages: vec![Decisions::default(); stages], weeks, ..Self::default() }
    }

    /// The acts of several as one.
    pub(in crate::metrics) fn together<'a>(
        stages: usize,
        days: Option<Period>,
        all: impl Iterator<Item = &'a Self>,
    ) -> Self {
        all.fold(Self { people: 0, ..Self::of(stages, days) }, |mut sum, acts| {
            sum.people += acts.people;
            for (sum, of) in sum.stages.iter_mut().zip(&acts.stages) {
                sum.passed.extend(&of.passed);
                sum.lost.extend(&of.lost);
                sum.open.extend(&of.open);
                sum.began += of.began;
            }
            sum.ways.extend(&acts.ways);
            sum.won.extend(acts.won.iter().cloned());
            sum.lost.extend(&acts.lost);
            sum.open.extend(&acts.open);
            sum.closes.extend(&acts.closes);
            sum.met.extend(&acts.met);
            sum.skipped.extend(&acts.skipped);
            sum.said.extend(acts.said.iter().cloned());
            sum.activities += acts.activities;
            for (sum, of) in sum.weeks.iter_mut().zip(&acts.weeks) {
                sum.activities += of.activities;
                sum.visits += of.visits;
                sum.minutes += of.minutes;
            }
            sum.worked.extend(&acts.worked);
            sum.won_in_months += acts.won_in_months;
            sum.won_in_months_rows.extend(&acts.won_in_months_rows);
            sum
        })
    }

    /// Whether nothing lies in the period.
    pub(in crate::metrics) fn is_empty(&self) -> bool {
        let decided = |stage: &Decisions| stage.passed.is_empty() && stage.lost.is_empty() && stage.open.is_empty();
        self.stages.iter().all(decided)
            && self.won.is_empty()
            && self.lost.is_empty()
            && self.closes.is_empty()
            && self.met.is_empty()
            && self.skipped.is_empty()
            && self.said.is_empty()
            && self.activities == 0
            && self.won_in_months_rows.is_empty()
    }
}

/// The days over which weeks are counted: those of the period up to the day, or from the first activity on.
pub(in crate::metrics) fn days(frame: &Frame, as_of: Date, period: Option<Period>) -> Option<Period> {
    let first = || frame.activities.iter().map(|activity| activity.on).min();
    let from = period.map_or_else(first, |period| Some(period.from))?;
    let to = period.map_or(as_of, |period| period.to.min(as_of));
    (from <= to).then_some(Period { from, to })
}

fn weeks(days: Option<Period>) -> usize {
    let days = days.map_or(0, |days| (days.to - days.from + TimeDelta::days(1)).num_days());
    usize::try_from((days / 7).min(MOST_WEEKS)).unwrap_or_default()
}

/// Who did what; `view` is of all owners. Without a model in its filter, what is counted is that of all models, and nothing is known of
/// stages and of what was said.
pub(in crate::metrics) fn gather(
    workspace: &Workspace,
    view: &View,
    days: Option<Period>,
    months: Option<Period>,
) -> BTreeMap<PersonId, Acts> {
    let known = |model: ModelId| view.frame.models.iter().enumerate().find(|(_, column)| column.id == model);
    let model = view.filter.model.and_then(known);
    let stages = model.map(|(_, column)| column.stages.clone()).unwrap_or_default();
    let mut book = Book { acts: BTreeMap::new(), stages, days };
    let number = model.map(|(number, _)| number);
    book.states(view, number, months);
    each_passage(workspace, view, |passage| {
        let owner = value_on(view.frame.owners(passage.row), passage.on.unwrap_or(Date::MIN)).flatten();
        let Some(acts) = book.of(owner) else { return };
        match passage.gate {
            Gate::Met => acts.met.push(passage.row),
            Gate::Overridden { .. } => acts.skipped.push(passage.row),
            Gate::Unchecked => {}
        }
    });
    slips::each(view, |slip| {
        if let Some(acts) = book.of(Some(slip.owner)) {
            acts.closes.push((slip.row, slip.days));
        }
    });
    if let Some(number) = number {
        book.passages(view, number);
        book.claims(view, number);
    }
    book.activities(view);
    book.acts
}

/// The acts by seller, while they are gathered.
struct Book {
    acts: BTreeMap<PersonId, Acts>,
    /// The stages of the model among those of the frame.
    stages: std::ops::Range<usize>,
    days: Option<Period>,
}

impl Book {
    fn of(&mut self, owner: Option<PersonId>) -> Option<&mut Acts> {
        let (stages, days) = (self.stages.len(), self.days);
        owner.map(|owner| self.acts.entry(owner).or_insert_with(|| Acts::of(stages, days)))
    }

    /// Conversion and stay.
    fn passages(&mut self, view: &View, model: usize) {
        let first = self.stages.start;
        view.each_passages(|passages| {
            let counted = passages.iter().filter(|one| one.model == model && view.in_period(one.entered).is_ok());
            let owner = |passage: &Passage| {
                let on = passage.until.unwrap_or(Date::MIN);
                value_on(view.frame.owners(passage.row), on).flatten()
            };
            let place = |passage: &Passage| match passage.leg {
                Leg::Stage(stage) => stage.checked_sub(first),
                Leg::Whole => None,
            };
            for passage in counted.clone() {
                let at = place(passage);
                let Some(acts) = self.of(owner(passage)) else { continue };
                match at {
                    Some(at) => {
                        let Some(stage) = acts.stages.get_mut(at) else { continue };
                        match passage.fate {
                            Fate::Passed => stage.passed.push(passage.row),
                            Fate::Lost => stage.lost.push(passage.row),
                            Fate::Open => stage.open.push(passage.row),
                        }
                    }
                    None => acts.ways.extend(passage.days().map(|days| (days, passage.fate, passage.row))),
                }
            }
            let start = counted.filter_map(|one| Some((place(one)?, owner(one)))).min_by_key(|(at, _)| *at);
            if let Some((at, owner)) = start
                && let Some(stage) = self.of(owner).and_then(|acts| acts.stages.get_mut(at))
            {
                stage.began += 1;
            }
        });
    }

    /// What is open, and what was won and lost.
    fn states(&mut self, view: &View, model: Option<usize>, months: Option<Period>) {
        for state in &view.states {
            let owner = |on: Option<Date>| value_on(view.frame.owners(state.row), on.unwrap_or(Date::MIN)).flatten();
            let here = state.stage.is_some_and(|stage| model.is_none_or(|model| stage.model == model));
            match state.status {
                Status::Open if here => {
                    if let Some(acts) = self.of(owner(Some(view.as_of))) {
                        acts.open.push(state.row);
                    }
                }
                Status::Won(on) => {
                    let in_months = months.zip(on).is_some_and(|(months, on)| months.contains(on));
                    let counts = here && view.in_period(on).is_ok();
                    let Some(acts) = self.of(owner(on)).filter(|_| counts || in_months) else { continue };
                    let amount = state.amount.map(crate::model::Money::minor);
                    if counts {
                        acts.won.push(Win { row: state.row, amount, days: state.days_to_win() });
                    }
                    if in_months {
                        acts.won_in_months += i128::from(amount.unwrap_or_default());
                        acts.won_in_months_rows.push(state.row);
                    }
                }
                Status::Lost(on) if here && view.in_period(on).is_ok() => {
                    if let Some(acts) = self.of(owner(on)) {
                        acts.lost.push(state.row);
                    }
                }
                _ => {}
            }
        }
    }

    /// What was said of open deals on the month-ends of the period, once for each deal and owner, and what came.
    fn claims(&mut self, view: &View, model: usize) {
        let mut seen = BTreeSet::new();
        for day in month_ends(view.as_of, MONTH_ENDS) {
            if view.in_period(Some(day)).is_err() {
                continue;
            }
            let filter = Filter { period: None, ..view.filter.clone() };
            for then in &view.frame.view(day, &filter).states {
                let Some(stage) = then.stage.filter(|stage| stage.model == model && then.status == Status::Open) else {
                    continue;
                };
                let Some(owner) = value_on(view.frame.owners(then.row), day).flatten() else { continue };
                if !seen.insert((then.row, owner)) {
                    continue;
                }
                let fate = match view.state(then.row).map(|now| now.status) {
                    Some(Status::Won(_)) => Fate::Passed,
                    Some(status) => view.ending(status).0,
                    None => Fate::Open,
                };
                let chance = then.chance(stage).as_f64();
                if fate != Fate::Open
                    && let Some(acts) = self.of(Some(owner))
                {
                    acts.said.push(Said { row: then.row, chance, fate });
                }
            }
        }
    }

    /// What was done week by week, counted back from the last day.
    fn activities(&mut self, view: &View) {
        let Some(days) = self.days else { return };
        for activity in view.frame.activities.iter() {
            let row = activity.deal.and_then(|deal| view.frame.row(deal));
            let is_of_others = row.is_some_and(|row| view.state(row).is_none());
            if !days.contains(activity.on) || activity.kind == ActivityKind::Note || is_of_others {
                continue;
            }
            let back = usize::try_from((days.to - activity.on).num_days() / 7).unwrap_or(usize::MAX);
            let Some(acts) = self.of(activity.by) else { continue };
            acts.activities += 1;
            acts.worked.extend(row);
            // The days before the first whole week are in no week.
            let Some(week) = acts.weeks.get_mut(back) else { continue };
            week.activities += 1;
            week.visits += u32::from(matches!(activity.kind, ActivityKind::Visit | ActivityKind::ReturnVisit));
            week.minutes += u64::from(activity.minutes.unwrap_or_default());
        }
    }
}
