//! Commands that keep the funnel models, and the revisions that deals follow.

use std::{collections::BTreeSet, sync::Arc};

use super::{Draft, named, records::removed, unused};
use crate::model::{
    Deal, DealId, EventKind, FunnelModel, HistoryFault, ModelDraft, ModelId, ModelProblem, Rejection, Retirement,
    StageId, rejection::RecordKind,
};

impl Draft {
    pub(super) fn add_model(&mut self, model: FunnelModel) -> Result<(), Rejection> {
        if self.next.models.contains(model.id) {
            return Err(Rejection::Exists(RecordKind::Model));
        }
        self.put_model(model)
    }

    /// Adds or replaces a model whose stages are its own, and in which every deal still finds the stages it names.
    pub(super) fn put_model(&mut self, model: FunnelModel) -> Result<(), Rejection> {
        named(&model.name, RecordKind::Model)?;
        if model.stages.is_empty() {
            return Err(Rejection::NoStage);
        }
        for cover in model.revisions.iter().filter_map(|revision| revision.cover.as_ref()) {
            named(&cover.name, RecordKind::Model)?;
        }
        for stage in model.revisions.iter().flat_map(|revision| &revision.stages).chain(&model.stages) {
            named(&stage.name, RecordKind::Stage)?;
            if stage.expected_days == 0 {
                return Err(Rejection::NoDuration(stage.id));
            }
        }
        for after in model.revisions.iter().map(|revision| &revision.after_sale).chain([&model.after_sale]).flatten() {
            if after.name.trim().is_empty() {
                return Err(Rejection::BlankAfterSale);
            }
            if after.return_visit_days == 0 {
                return Err(Rejection::NoInterval);
            }
        }
        let others = self.next.models.iter().filter(|other| other.id != model.id);
        let mut taken: BTreeSet<StageId> = others.flat_map(|other| own_stages(other)).collect();
        for stage in own_stages(&model) {
            if !taken.insert(stage) {
                return Err(Rejection::Exists(RecordKind::Stage));
            }
        }
        for gone in model.gone() {
            if model.known_stage(gone.stage).is_none() || model.reads_as(gone.stage).is_none() {
                return Err(Rejection::Unknown(RecordKind::Stage));
            }
        }
        if let Some(old) = self.next.models.get(model.id) {
            for stage in own_stages(old).filter(|stage| model.stage(*stage).is_none()) {
                let strands = |deal: &Deal| match model.reads_as(stage) {
                    None => names_stage(deal, |named| named == stage),
                    Some(_) => deal.standing().stage == stage && !deal.standing().is_closed(),
                };
                let deals = self.next.deals.iter().filter(|deal| strands(deal)).count();
                if deals > 0 {
                    return Err(Rejection::StageInUse { stage, deals });
                }
            }
        }
        if let Some(old) = self.next.models.get(model.id) {
            unused(self.marks_lost(old, &model), RecordKind::Stage)?;
        }
        self.next.models.put(model);
        Ok(())
    }

    /// Carries out a revision: deals go where the draft sends them, then the model takes its new form.
    pub(super) fn revise_model(&mut self, draft: ModelDraft) -> Result<(), Rejection> {
        let old = self.next.models.get(draft.id).cloned().ok_or(Rejection::Unknown(RecordKind::Model))?;
        if let Some(rejection) = draft.problems().into_iter().find_map(ModelProblem::rejection) {
            return Err(rejection);
        }
        for step in &draft.moves {
            if old.stage(step.from).is_none() || draft.stage(step.to).is_none() {
                return Err(Rejection::Unknown(RecordKind::Stage));
            }
            if step.from == step.to {
                return Err(Rejection::SameStage);
            }
        }
        if draft.home.iter().any(|stage| draft.stage(*stage).is_none()) {
            return Err(Rejection::Unknown(RecordKind::Stage));
        }
        let retired = self.retirements(&old, &draft)?;
        let of_model = self.next.deals.iter().filter(|deal| deal.standing().model == draft.id);
        let open = of_model.filter(|deal| !deal.standing().is_closed());
        let sent: Vec<_> = open.filter_map(|deal| Some((deal.id, draft.destination(deal)?))).collect();
        for (deal, stage) in sent {
            self.restage(deal, stage)?;
        }
        let mut revisions = old.revisions.clone();
        if !draft.keeps_form(&old) {
            revisions.push(old.replaced(self.stamp.on));
        }
        let ModelDraft { id, name, description, stages, after_sale, segments, moves: _, home: _ } = draft;
        let mut model = FunnelModel { id, name, description, stages, after_sale, segments, revisions, retired };
        // What a stage went into may have gone since without a trace, when the deals behind both were removed.
        let leads: BTreeSet<_> = model.gone().map(|r| r.stage).filter(|id| model.reads_as(*id).is_some()).collect();
        for astray in model.retired.iter_mut().filter(|r| r.until.is_none() && !leads.contains(&r.stage)) {
            astray.until = Some(self.stamp.on);
        }
        self.put_model(model)
    }

    /// The retirements of a model once it has the form of the draft: stages that deals went through leave into others, stages
    /// that the draft has again are back.
    fn retirements(&self, old: &FunnelModel, draft: &ModelDraft) -> Result<Vec<Retirement>, Rejection> {
        let mut retired = old.retired.clone();
        let back = retired.iter_mut().filter(|r| r.until.is_none() && draft.stage(r.stage).is_some());
        back.for_each(|retirement| retirement.until = Some(self.stamp.on));
        for stage in old.stages.iter().map(|stage| stage.id).filter(|id| draft.stage(*id).is_none()) {
            let reads = |deal: &&Arc<Deal>| names_stage(deal, |named| old.reads_as(named) == Some(stage));
            let deals = self.next.deals.iter().filter(reads).count();
            match draft.successor(stage) {
                Some(into) if deals > 0 => {
                    retired.push(Retirement { stage, on: self.stamp.on, into, until: None });
                }
                None if deals > 0 => return Err(Rejection::StageInUse { stage, deals }),
                _ => {}
            }
        }
        Ok(retired)
    }

    /// Puts a deal into another stage because its model changed: today, or on the day of its latest event if that is later.
    fn restage(&mut self, id: DealId, stage: StageId) -> Result<(), Rejection> {
        let mut event = self.event(EventKind::Restaged { stage })?;
        let deal = self.next.deals.get(id).cloned().ok_or(Rejection::Unknown(RecordKind::Deal))?;
        event.on = event.on.max(deal.last_day());
        let mut deal = Arc::unwrap_or_clone(deal);
        deal.record(event).map_err(|fault| match fault {
            HistoryFault::SameStage => Rejection::SameStage,
            _ => Rejection::NotOpen,
        })?;
        self.next.deals.put(deal);
        Ok(())
    }

    pub(super) fn remove_model(&mut self, id: ModelId) -> Result<(), Rejection> {
        let deals = self.next.deals.iter().filter(|deal| used_model(deal, id)).count();
        unused(deals + self.marks_in(id), RecordKind::Model)?;
        removed(&mut self.next.models, id, RecordKind::Model)
    }
}

/// The stages of a model and those that left it: no other model may have them.
fn own_stages(model: &FunnelModel) -> impl Iterator<Item = StageId> {
    model.stages.iter().map(|stage| stage.id).chain(model.gone().map(|retirement| retirement.stage))
}

/// Whether a deal stood in such a stage.
fn names_stage(deal: &Deal, wanted: impl Fn(StageId) -> bool) -> bool {
    deal.history().iter().filter_map(|event| event.kind.stage()).any(wanted)
}

fn used_model(deal: &Deal, id: ModelId) -> bool {
    deal.history().iter().any(|event| match event.kind {
        EventKind::Created { model, .. } | EventKind::Transferred { model, .. } => model == id,
        _ => false,
    })
}
