//! Hours and money spent on deals (method §6, effort): by the stage they stood in, per promotion out of it, and by person.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Row, View,
    cohort::Fate,
    frame::{ModelColumn, Step},
    passage::Leg,
    survival::count,
    timeline::until,
};
use crate::model::{Activity, ModelId, PersonId, StageId};

/// What some activities took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Work {
    /// How many activities.
    pub activities: usize,
    /// The deals they were for, each once.
    pub deals: BTreeSet<Row>,
    /// Minutes; activities of which nobody wrote them down add none.
    pub minutes: u64,
    /// Activities without minutes.
    pub untimed: usize,
    /// Money in minor units; activities of which nobody wrote it down add none.
    pub cost: i128,
    /// Activities without a cost.
    pub unpriced: usize,
}

impl Work {
    /// The hours; `None` when nobody wrote down the minutes of any activity, and without any.
    pub fn hours(&self) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "minutes of work stay far below 2⁵³")]
        (self.untimed < self.activities).then(|| self.minutes as f64 / 60.0)
    }

    /// The money in minor units; `None` when nobody wrote down the cost of any activity, and without any.
    pub fn known_cost(&self) -> Option<i128> {
        (self.unpriced < self.activities).then_some(self.cost)
    }

    fn add(&mut self, row: Row, activity: &Activity) {
        self.activities += 1;
        self.deals.insert(row);
        match activity.minutes {
            Some(minutes) => self.minutes += u64::from(minutes),
            None => self.untimed += 1,
        }
        match activity.cost {
            Some(cost) => self.cost += i128::from(cost.minor()),
            None => self.unpriced += 1,
        }
    }
}

/// Work by where the deals stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByStage {
    /// In each stage of the model, first to last.
    pub stages: Vec<Work>,
    /// On deals that were closed or asleep.
    pub closed: Work,
    /// All of it.
    pub total: Work,
}

impl ByStage {
    fn of(stages: usize) -> Self {
        Self { stages: vec![Work::default(); stages], ..Self::default() }
    }

    fn add(&mut self, place: Place, row: Row, activity: &Activity) {
        let work = match place {
            Place::Stage(position) => self.stages.get_mut(position),
            Place::Closed => Some(&mut self.closed),
        };
        if let Some(work) = work {
            work.add(row, activity);
            self.total.add(row, activity);
        }
    }
}

/// Why an activity is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Uncounted {
    /// It was for no deal, or for one that is gone.
    NoDeal,
    /// It was before the first day of its deal.
    BeforeDeal,
    /// Its deal stood in a stage that its model does not have.
    UnknownStage,
    /// It lies outside the period.
    OutsidePeriod,
}

/// The effort in one model.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effort {
    /// The model.
    pub model: ModelId,
    /// Its stages, first to last.
    pub stages: Vec<StageId>,
    /// The work of everybody.
    pub work: ByStage,
    /// The deals that passed each stage in the period, first to last.
    pub promoted: Vec<Vec<Row>>,
    /// The work of each person, by who did it; `None` where nobody is named.
    pub people: BTreeMap<Option<PersonId>, ByStage>,
    /// How many activities are in no sum, by reason. Whatever model they were for, so the same in each.
    pub uncounted: BTreeMap<Uncounted, usize>,
}

impl Effort {
    /// Hours spent in a stage ÷ deals that passed it, both in the period; `None` without known hours or a passed deal.
    pub fn hours_per_promotion(&self, position: usize) -> Option<f64> {
        self.per_promotion(position, Work::hours)
    }

    /// Money spent in a stage ÷ deals that passed it, both in the period, in minor units; `None` without known cost or a passed deal.
    pub fn cost_per_promotion(&self, position: usize) -> Option<f64> {
        #[expect(clippy::cast_precision_loss, reason = "a mean cost is shown, not added to")]
        self.per_promotion(position, |work| work.known_cost().map(|cost| cost as f64))
    }

    fn per_promotion(&self, position: usize, spent: fn(&Work) -> Option<f64>) -> Option<f64> {
        let promoted = self.promoted.get(position).map_or(0, Vec::len);
        self.work.stages.get(position).and_then(spent).filter(|_| promoted > 0).map(|spent| spent / count(promoted))
    }
}

/// Where a deal stood.
#[derive(Clone, Copy)]
enum Place {
    Stage(usize),
    Closed,
}

/// The effort of the period on the deals of a view, one for each model of the filter.
///
/// An activity counts in the stage that its deal stood in when the day of the activity began, so that the visit that won a promotion counts
/// before it; on the deal's first day, in the stage it began in. Passed is what [`conversion`](fn@super::conversion) calls so, for the
/// first time and on a day of the period. Work on deals that are lost later counts too: that is what a promotion costs. Activities of
/// deals that the filter does not let through do not exist here.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::{metrics::{Filter, Frame, effort}, model::*};
/// // Two visits to the first deal: an hour on the day it went from Lead to Talk, two hours in Talk.
/// let visit = |id: u128, on, minutes| Activity {
///     id: id.into(), on, kind: ActivityKind::Visit, by: None, customer: None, deal: Some(1.into()), note: String::new(),
///     result: String::new(), next_step: String::new(), satisfaction: None, minutes: Some(minutes), cost: None,
/// };
/// let visits = [visit(1, day(2026, 1, 11), 60), visit(2, day(2026, 1, 20), 120)];
/// let put = |visit: Activity| Patch { id: visit.id, before: None, after: Some(visit.into()) };
/// let workspace = six_deals().with(&Change { activities: visits.map(put).into(), ..Change::default() });
/// let all = Filter::default();
/// let effort = effort(&Frame::new(&workspace).view(day(2026, 3, 31), &all)).remove(0);
/// let hours: Vec<_> = effort.work.stages.iter().map(|work| work.hours()).collect();
/// assert_eq!(hours, [Some(1.0), Some(2.0), None]);
/// // Four deals have passed Lead, one has passed Talk; what it cost nobody wrote down.
/// assert_eq!((effort.hours_per_promotion(0), effort.hours_per_promotion(1)), (Some(0.25), Some(2.0)));
/// assert_eq!((effort.work.total.untimed, effort.work.total.unpriced, effort.cost_per_promotion(0)), (0, 2, None));
/// ```
pub fn effort(view: &View) -> Vec<Effort> {
    let mut made: Vec<(usize, Effort)> = view.models().map(|(number, model)| (number, empty(view, model))).collect();
    let mut uncounted: BTreeMap<Uncounted, usize> = BTreeMap::new();
    for activity in view.frame.activities.iter().filter(|activity| activity.on <= view.as_of) {
        let (row, model, place) = match find(view, activity) {
            Ok(Some(found)) => found,
            Ok(None) => continue,
            Err(reason) => {
                *uncounted.entry(reason).or_default() += 1;
                continue;
            }
        };
        if let Some((_, effort)) = made.iter_mut().find(|(number, _)| *number == model) {
            effort.work.add(place, row, activity);
            let stages = effort.stages.len();
            effort.people.entry(activity.by).or_insert_with(|| ByStage::of(stages)).add(place, row, activity);
        }
    }
    view.each_passages(|passages| {
        for passage in passages {
            let Leg::Stage(stage) = passage.leg else { continue };
            if passage.fate != Fate::Passed || view.in_period(passage.until).is_err() {
                continue;
            }
            let position = view.frame.stages.get(stage).map_or(0, |stage| stage.position);
            let effort = made.iter_mut().find(|(number, _)| *number == passage.model);
            if let Some(promoted) = effort.and_then(|(_, effort)| effort.promoted.get_mut(position)) {
                promoted.push(passage.row);
            }
        }
    });
    made.into_iter().map(|(_, effort)| Effort { uncounted: uncounted.clone(), ..effort }).collect()
}

fn empty(view: &View, model: &ModelColumn) -> Effort {
    let stages: Vec<StageId> =
        view.frame.stages.get(model.stages.clone()).unwrap_or_default().iter().map(|stage| stage.id).collect();
    Effort {
        model: model.id,
        work: ByStage::of(stages.len()),
        promoted: vec![Vec::new(); stages.len()],
        people: BTreeMap::new(),
        uncounted: BTreeMap::new(),
        stages,
    }
}

/// The deal of an activity, with the model and the place it stood in; `None` when the filter does not let the deal through.
fn find(view: &View, activity: &Activity) -> Result<Option<(Row, usize, Place)>, Uncounted> {
    let row = activity.deal.and_then(|deal| view.frame.row(deal)).ok_or(Uncounted::NoDeal)?;
    if view.state(row).is_none() {
        // It had not begun by the day of the view, or the filter does not take it.
        let began = !until(view.frame.steps(row), view.as_of).is_empty();
        return if began { Ok(None) } else { Err(Uncounted::BeforeDeal) };
    }
    if view.in_period(Some(activity.on)).is_err() {
        return Err(Uncounted::OutsidePeriod);
    }
    let steps = view.frame.steps(row);
    let before = steps.iter().take_while(|(on, _)| *on < Some(activity.on)).count();
    let first_day = steps.first().is_some_and(|(on, _)| *on == Some(activity.on));
    let (mut stage, mut open) = (None, false);
    for (_, step) in steps.iter().take(if before == 0 && first_day { 1 } else { before }) {
        match *step {
            Step::Stands(place) => (stage, open) = (place, true),
            Step::Restaged(place) => stage = place,
            Step::Won | Step::Lost | Step::Dormant(_) => open = false,
        }
    }
    if before == 0 && !first_day {
        return Err(Uncounted::BeforeDeal);
    }
    let stage = stage.and_then(|stage| view.frame.stages.get(stage)).ok_or(Uncounted::UnknownStage)?;
    Ok(Some((row, stage.model, if open { Place::Stage(stage.position) } else { Place::Closed })))
}

#[cfg(test)]
mod tests;
