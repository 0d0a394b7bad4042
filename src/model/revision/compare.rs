//! What differs between two forms of a model.

use crate::model::{AfterSale, Criterion, Playbook, RequiredField, Share, Stage, StageId, Zone};

/// A part of a stage that is a text or a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Part {
    /// Promotion criteria.
    Criteria,
    /// Stage tasks.
    Tasks,
    /// Fields that must be filled.
    Fields,
    /// The goal of the playbook.
    Goal,
    /// The strategy of the playbook.
    Strategy,
    /// The questions of the playbook.
    Questions,
    /// The phrases of the playbook.
    Phrases,
    /// The material of the playbook.
    Material,
    /// The objections of the playbook, with their answers.
    Objections,
}

/// One thing that differs in one stage, or in what follows after the win.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Difference {
    /// The earlier form did not have it.
    Added,
    /// The later form does not have it.
    Gone,
    /// It has another name; this one it had.
    Renamed(String),
    /// It stands at another place, counted from 0; only stages that must have been moved, not those that gave way.
    Moved(usize, usize),
    /// Its zone: set by hand, or `None` for that of its probability.
    Zone(Option<Zone>, Option<Zone>),
    /// Its probability.
    Probability(Share, Share),
    /// Its promotion rate.
    PromotionRate(Share, Share),
    /// Its expected days.
    Days(u16, u16),
    /// The days between its return visits.
    Interval(u16, u16),
    /// Its quota weight: set by hand, or `None` for its probability.
    Weight(Option<Share>, Option<Share>),
    /// A criterion came.
    CriterionAdded(Criterion),
    /// A criterion went.
    CriterionGone(Criterion),
    /// A criterion says something else, or is required where it was advice or the other way round.
    CriterionChanged(Criterion, Criterion),
    /// A task came.
    TaskAdded(String),
    /// A task went.
    TaskGone(String),
    /// A field is required.
    FieldAdded(RequiredField),
    /// A field is no longer required.
    FieldGone(RequiredField),
    /// This part says something else, or in another order.
    Changed(Part),
}

/// What differs in one stage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageDifference {
    /// Which stage.
    pub stage: StageId,
    /// Its name in the later form, or in the earlier one when it is gone.
    pub name: String,
    /// What differs; never empty.
    pub differences: Vec<Difference>,
}

/// What differs between an earlier and a later form: stages of the later one in their order, then those that are gone. Empty
/// exactly when both are the same.
pub fn compare(earlier: &[Stage], later: &[Stage]) -> Vec<StageDifference> {
    let moved = moved(earlier, later);
    let place = |stages: &[Stage], id| stages.iter().position(|stage| stage.id == id);
    let of_later = later.iter().enumerate().map(|(at, stage)| {
        let differences = match place(earlier, stage.id).and_then(|from| Some((from, earlier.get(from)?))) {
            None => vec![Difference::Added],
            Some((from, before)) => {
                let moved = moved.contains(&stage.id).then_some(Difference::Moved(from, at));
                moved.into_iter().chain(within(before, stage)).collect()
            }
        };
        StageDifference { stage: stage.id, name: stage.name.clone(), differences }
    });
    let gone = earlier.iter().filter(|stage| place(later, stage.id).is_none()).map(|stage| StageDifference {
        stage: stage.id,
        name: stage.name.clone(),
        differences: vec![Difference::Gone],
    });
    of_later.chain(gone).filter(|stage| !stage.differences.is_empty()).collect()
}

/// The fewest stages that were moved so that the order of those in both forms came about.
fn moved(earlier: &[Stage], later: &[Stage]) -> Vec<StageId> {
    let common: Vec<(StageId, usize)> = later
        .iter()
        .filter_map(|stage| Some((stage.id, earlier.iter().position(|before| before.id == stage.id)?)))
        .collect();
    // The longest run of stages that kept their order, ending with each of them.
    let mut runs: Vec<Vec<StageId>> = Vec::new();
    for (id, place) in &common {
        let before = common.iter().zip(&runs).filter(|((_, other), _)| other < place);
        let longest = before.map(|(_, run)| run).rev().max_by_key(|run| run.len());
        let mut run = longest.cloned().unwrap_or_default();
        run.push(*id);
        runs.push(run);
    }
    let kept = runs.into_iter().rev().max_by_key(Vec::len).unwrap_or_default();
    common.into_iter().map(|(id, _)| id).filter(|id| !kept.contains(id)).collect()
}

fn within(before: &Stage, after: &Stage) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut note = |differs: bool, difference: Difference| found.extend(differs.then_some(difference));
    note(before.name != after.name, Difference::Renamed(before.name.clone()));
    note(before.zone != after.zone, Difference::Zone(before.zone, after.zone));
    note(before.probability != after.probability, Difference::Probability(before.probability, after.probability));
    let (was, is) = (before.promotion_rate, after.promotion_rate);
    note(was != is, Difference::PromotionRate(was, is));
    note(before.expected_days != after.expected_days, Difference::Days(before.expected_days, after.expected_days));
    note(before.weight != after.weight, Difference::Weight(before.weight, after.weight));
    criteria(&before.criteria, &after.criteria, &mut found);
    list(&before.tasks, &after.tasks, Part::Tasks, [Difference::TaskAdded, Difference::TaskGone], &mut found);
    let (was, is) = (&before.required_fields, &after.required_fields);
    list(was, is, Part::Fields, [Difference::FieldAdded, Difference::FieldGone], &mut found);
    advice(&before.playbook, &after.playbook, &mut found);
    found
}

/// What differs in what follows after the win; nothing exactly when both are the same.
pub fn compare_after_sale(earlier: Option<&AfterSale>, later: Option<&AfterSale>) -> Vec<Difference> {
    let (before, after) = match (earlier, later) {
        (None, None) => return Vec::new(),
        (None, Some(_)) => return vec![Difference::Added],
        (Some(_), None) => return vec![Difference::Gone],
        (Some(before), Some(after)) => (before, after),
    };
    let mut found = Vec::new();
    found.extend((before.name != after.name).then(|| Difference::Renamed(before.name.clone())));
    let (was, is) = (before.return_visit_days, after.return_visit_days);
    found.extend((was != is).then_some(Difference::Interval(was, is)));
    list(&before.tasks, &after.tasks, Part::Tasks, [Difference::TaskAdded, Difference::TaskGone], &mut found);
    advice(&before.playbook, &after.playbook, &mut found);
    found
}

fn advice(was: &Playbook, is: &Playbook, found: &mut Vec<Difference>) {
    let parts = [
        (Part::Goal, was.goal != is.goal),
        (Part::Strategy, was.strategy != is.strategy),
        (Part::Questions, was.questions != is.questions),
        (Part::Phrases, was.phrases != is.phrases),
        (Part::Material, was.material != is.material),
        (Part::Objections, was.objections != is.objections),
    ];
    found.extend(parts.into_iter().filter(|(_, differs)| *differs).map(|(part, _)| Difference::Changed(part)));
}

fn criteria(before: &[Criterion], after: &[Criterion], found: &mut Vec<Difference>) {
    let known = found.len();
    for criterion in after {
        match before.iter().find(|old| old.id == criterion.id) {
            None => found.push(Difference::CriterionAdded(criterion.clone())),
            Some(old) if old != criterion => {
                found.push(Difference::CriterionChanged(old.clone(), criterion.clone()));
            }
            Some(_) => {}
        }
    }
    let gone = before.iter().filter(|old| after.iter().all(|new| new.id != old.id));
    found.extend(gone.cloned().map(Difference::CriterionGone));
    if found.len() == known && before != after {
        found.push(Difference::Changed(Part::Criteria));
    }
}

fn list<T: PartialEq + Clone>(
    before: &[T],
    after: &[T],
    part: Part,
    [came, went]: [fn(T) -> Difference; 2],
    found: &mut Vec<Difference>,
) {
    let known = found.len();
    found.extend(after.iter().filter(|item| !before.contains(item)).cloned().map(came));
    found.extend(before.iter().filter(|item| !after.contains(item)).cloned().map(went));
    if found.len() == known && before != after {
        found.push(Difference::Changed(part));
    }
}
