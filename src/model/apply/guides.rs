//! Commands that keep interventions, the catalogue of problems and appraisal schemes.

use std::collections::BTreeSet;

use super::{Draft, known, named, records::removed};
use crate::model::{
    FunnelModel, Intervention, InterventionId, ModelId, Problem, ProblemId, Rejection, Scheme, SchemeId,
    rejection::RecordKind,
};

impl Draft {
    pub(super) fn put_intervention(&mut self, intervention: Intervention) -> Result<(), Rejection> {
        named(&intervention.name, RecordKind::Intervention)?;
        let model = self.next.models.get(intervention.model).ok_or(Rejection::Unknown(RecordKind::Model))?;
        model.known_stage(intervention.stage).ok_or(Rejection::Unknown(RecordKind::Stage))?;
        if intervention.until.is_some_and(|until| until < intervention.from) {
            return Err(Rejection::EndsBeforeStart);
        }
        let mut seen = BTreeSet::new();
        for person in &intervention.people {
            known(&self.next.people, Some(*person), RecordKind::Person)?;
            if !seen.insert(person) {
                return Err(Rejection::PersonTwice);
            }
        }
        self.next.interventions.put(intervention);
        Ok(())
    }

    pub(super) fn remove_intervention(&mut self, id: InterventionId) -> Result<(), Rejection> {
        removed(&mut self.next.interventions, id, RecordKind::Intervention)
    }

    pub(super) fn put_problem(&mut self, problem: Problem) -> Result<(), Rejection> {
        if problem.company.trim().is_empty() || problem.problem.trim().is_empty() {
            return Err(Rejection::BlankProblem);
        }
        self.next.problems.put(problem);
        Ok(())
    }

    pub(super) fn remove_problem(&mut self, id: ProblemId) -> Result<(), Rejection> {
        removed(&mut self.next.problems, id, RecordKind::Problem)
    }

    pub(super) fn put_scheme(&mut self, scheme: Scheme) -> Result<(), Rejection> {
        named(&scheme.name, RecordKind::Scheme)?;
        let mut seen = BTreeSet::new();
        for measure in &scheme.measures {
            if !seen.insert(measure.kind) {
                return Err(Rejection::MeasureTwice);
            }
            if !measure.can_be_reached() {
                return Err(Rejection::MeasureTarget);
            }
        }
        if !scheme.measures.is_empty() && scheme.weights() != 100 {
            return Err(Rejection::Weights { sum: scheme.weights() });
        }
        if !scheme.incentive.steps.is_sorted_by(|one, next| one.from < next.from) {
            return Err(Rejection::StepsNotRising);
        }
        self.next.schemes.put(scheme);
        Ok(())
    }

    pub(super) fn remove_scheme(&mut self, id: SchemeId) -> Result<(), Rejection> {
        removed(&mut self.next.schemes, id, RecordKind::Scheme)
    }

    /// How many interventions and promises are about a model: about any of its stages.
    pub(super) fn marks_in(&self, id: ModelId) -> usize {
        let Some(model) = self.next.models.get(id) else { return 0 };
        let promises = self.next.promises.iter().filter_map(|promise| promise.reaches);
        let interventions = self.next.interventions.iter().filter(|one| one.model == id).count();
        interventions + promises.filter(|stage| model.known_stage(*stage).is_some()).count()
    }

    /// How many interventions and promises name a stage that a model had and would no longer know.
    pub(super) fn marks_lost(&self, before: &FunnelModel, after: &FunnelModel) -> usize {
        let lost = |stage| before.known_stage(stage).is_some() && after.known_stage(stage).is_none();
        let promises = self.next.promises.iter().filter_map(|promise| promise.reaches);
        let interventions = self.next.interventions.iter().filter(|one| one.model == before.id).map(|one| one.stage);
        promises.chain(interventions).filter(|stage| lost(*stage)).count()
    }
}
