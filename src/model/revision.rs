//! Changing a model while deals are in it (method §2).
//!
//! A change is drawn up as a [`ModelDraft`]: the form that the model shall take, and where deals go. What is wrong with it are its
//! [`problems`](ModelDraft::problems), what it would do is its [`effect`], what it changes is [`compare`]; then the command
//! [`ReviseModel`](super::Command::ReviseModel) carries it out as a dated revision.
//!
//! **Histories are never rewritten.** A stage that deals went through can only leave into another one. From then on it reads as
//! that other stage wherever a place in the model is needed ([`FunnelModel::reads_as`]), its open and sleeping deals get an event of
//! their own ([`Restaged`](super::EventKind::Restaged), no promotion and no fallback), and its closed deals keep their standing.
//! A restored form can call them home, by such an event again ([`home`](ModelDraft::home)).
//! What was counted under the old form is counted under it again in [`Workspace::as_counted_on`](super::Workspace::as_counted_on).

pub mod compare;
pub mod effect;
pub mod problems;
#[cfg(test)]
mod tests;

pub use compare::{Difference, Part, StageDifference, compare, compare_after_sale};
pub use effect::{Effect, Fate, Reading, StageEffect, Turned, effect};
pub use problems::ModelProblem;

use super::{
    AfterSale, Cover, CriterionId, Deal, EventKind, FunnelModel, ModelId, Revision, Segment, Stage, StageId, Workspace,
};

/// Where the open and sleeping deals of a stage go with a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageMove {
    /// The stage of the old form that they stand in.
    pub from: StageId,
    /// The stage of the new form that they go to.
    pub to: StageId,
    /// Only those on which this criterion was seen; `None` takes all.
    pub only_with: Option<CriterionId>,
}

/// The form that a model shall take next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelDraft {
    /// Which model.
    pub id: ModelId,
    /// Its name.
    pub name: String,
    /// When to use it.
    pub description: String,
    /// Its stages, first to last.
    pub stages: Vec<Stage>,
    /// What follows once a deal is won.
    pub after_sale: Option<AfterSale>,
    /// The segments of its customers.
    pub segments: Vec<Segment>,
    /// Where deals go; the first one that fits a deal counts. A stage that leaves goes, with its history, where its first move
    /// without condition leads.
    pub moves: Vec<StageMove>,
    /// The stages to which deals come [home](Self::home_of) that an earlier revision put elsewhere, before any move counts.
    pub home: Vec<StageId>,
}

impl ModelDraft {
    /// The model as it is.
    pub fn of(model: &FunnelModel) -> Self {
        Self {
            id: model.id,
            name: model.name.clone(),
            description: model.description.clone(),
            stages: model.stages.clone(),
            after_sale: model.after_sale.clone(),
            segments: model.segments.clone(),
            moves: Vec::new(),
            home: Vec::new(),
        }
    }

    /// What it says besides its stages.
    pub fn cover(&self) -> Cover {
        Cover { name: self.name.clone(), description: self.description.clone(), segments: self.segments.clone() }
    }

    /// Whether carrying it out would leave the model as it is.
    pub fn changes_nothing(&self, model: &FunnelModel) -> bool {
        *self == Self::of(model)
    }

    /// Whether the model would have the same form, wherever deals go.
    pub fn keeps_form(&self, model: &FunnelModel) -> bool {
        Self { moves: Vec::new(), home: Vec::new(), ..self.clone() }.changes_nothing(model)
    }

    /// The stage with this id.
    pub fn stage(&self, stage: StageId) -> Option<&Stage> {
        self.stages.iter().find(|s| s.id == stage)
    }

    /// The stage with this id, to rewrite.
    pub fn stage_mut(&mut self, stage: StageId) -> Option<&mut Stage> {
        self.stages.iter_mut().find(|s| s.id == stage)
    }

    /// The place of a stage in the order, from 0.
    pub fn position(&self, stage: StageId) -> Option<usize> {
        self.stages.iter().position(|s| s.id == stage)
    }

    /// Puts a stage at another place; beyond the last place is the last one.
    pub fn shift(&mut self, stage: StageId, to: usize) {
        if let Some(from) = self.position(stage) {
            let stage = self.stages.remove(from);
            self.stages.insert(to.min(self.stages.len()), stage);
        }
    }

    /// Splits a stage: a new one of this name comes right after it. Both together are assumed to take the days and to let pass
    /// the share that the one did; gate, tasks and advice stay with the old one, and so do the deals.
    pub fn split(&mut self, stage: StageId, fresh: StageId, name: String) {
        let Some(at) = self.position(stage) else { return };
        let Some(first) = self.stages.get_mut(at) else { return };
        let days = first.expected_days;
        let rate = first.promotion_rate.root();
        (first.expected_days, first.promotion_rate) = (days.div_ceil(2).max(1), rate);
        let second = Stage {
            id: fresh,
            name,
            expected_days: (days / 2).max(1),
            criteria: Vec::new(),
            tasks: Vec::new(),
            required_fields: Vec::new(),
            playbook: super::Playbook::default(),
            ..first.clone()
        };
        self.stages.insert(at + 1, second);
    }

    /// Takes a stage out; what it holds goes into `into`, and so does what was to go to it. `into` must be another stage of the
    /// draft.
    pub fn retire(&mut self, model: &FunnelModel, stage: StageId, into: StageId) {
        if stage == into || self.stage(into).is_none() {
            return;
        }
        self.stages.retain(|s| s.id != stage);
        for redirected in self.moves.iter_mut().filter(|m| m.to == stage) {
            redirected.to = into;
        }
        self.moves.retain(|m| m.from != m.to && (m.from != stage || m.only_with.is_some()));
        if model.stage(stage).is_some() {
            self.moves.push(StageMove { from: stage, to: into, only_with: None });
        }
    }

    /// Takes a stage out as [`retire`](Self::retire) does, and adds what it asks for and advises to `into`: both together are
    /// assumed to take the days of both and to let pass what passes both. What the earlier of the two says comes first.
    pub fn merge(&mut self, model: &FunnelModel, stage: StageId, into: StageId) {
        let (Some(from), Some(to)) = (self.position(stage), self.position(into)) else { return };
        let Some(gone) = self.stages.get(from).cloned().filter(|_| from != to) else { return };
        self.retire(model, stage, into);
        if let Some(kept) = self.stage_mut(into) {
            kept.expected_days = kept.expected_days.saturating_add(gone.expected_days);
            kept.promotion_rate = kept.promotion_rate.times(gone.promotion_rate);
            let earlier = from < to;
            join(&mut kept.criteria, gone.criteria, earlier);
            join(&mut kept.tasks, gone.tasks, earlier);
            join(&mut kept.required_fields, gone.required_fields, earlier);
            join(&mut kept.playbook.questions, gone.playbook.questions, earlier);
            join(&mut kept.playbook.phrases, gone.playbook.phrases, earlier);
            join(&mut kept.playbook.material, gone.playbook.material, earlier);
            join(&mut kept.playbook.objections, gone.playbook.objections, earlier);
        }
    }

    /// Puts a stage of `model` back that the draft took out, as it is there, and drops the moves of its deals.
    pub fn keep(&mut self, model: &FunnelModel, stage: StageId) {
        let Some((at, kept)) = model.stages.iter().enumerate().find(|(_, s)| s.id == stage) else { return };
        if self.stage(stage).is_none() {
            self.moves.retain(|m| m.from != stage);
            self.stages.insert(at.min(self.stages.len()), kept.clone());
        }
    }

    /// Says where the deals of a stage go, all of them, and its history if it leaves.
    pub fn send(&mut self, from: StageId, to: StageId) {
        self.moves.retain(|m| m.from != from);
        if from != to {
            self.moves.push(StageMove { from, to, only_with: None });
        }
    }

    /// Says which deals come to a stage from one that stays: those of this stage, all or only with this criterion; `None` for none.
    /// Replaces what was said of it before.
    pub fn fetch(&mut self, to: StageId, whose: Option<(StageId, Option<CriterionId>)>) {
        let stages = &self.stages;
        self.moves.retain(|m| m.to != to || stages.iter().all(|stage| stage.id != m.from));
        if let Some((from, only_with)) = whose.filter(|(from, _)| *from != to) {
            self.moves.push(StageMove { from, to, only_with });
        }
    }

    /// Which deals come to a stage from one that stays, as [`fetch`](Self::fetch) said.
    pub fn fetched(&self, to: StageId) -> Option<(StageId, Option<CriterionId>)> {
        let stays = |m: &&StageMove| m.to == to && self.stage(m.from).is_some();
        self.moves.iter().find(stays).map(|m| (m.from, m.only_with))
    }

    /// Takes over an earlier form, as far as it was kept: its stages and what followed after the win. Each stage of `model` that it did
    /// not have goes into the nearest one before it that stays, or else after it.
    pub fn restore(&mut self, model: &FunnelModel, form: &Revision) {
        let stages = &form.stages;
        let stays = |stage: &&Stage| stages.iter().any(|s| s.id == stage.id);
        if let Some(cover) = form.cover.clone() {
            (self.name, self.description, self.segments) = (cover.name, cover.description, cover.segments);
        }
        self.stages.clone_from(stages);
        self.after_sale.clone_from(&form.after_sale);
        self.moves.clear();
        self.home.clear();
        for (at, gone) in model.stages.iter().enumerate().filter(|(_, stage)| !stays(stage)) {
            let (before, after) = model.stages.split_at(at);
            let nearest = before.iter().rev().find(stays).or_else(|| after.iter().find(stays));
            if let Some(to) = nearest.or(stages.first()).map(|stage| stage.id) {
                self.moves.push(StageMove { from: gone.id, to, only_with: None });
            }
        }
    }

    /// The stage that a stage which leaves goes into; `None` when nothing says.
    pub fn successor(&self, stage: StageId) -> Option<StageId> {
        self.moves.iter().find(|m| m.from == stage && m.only_with.is_none()).map(|m| m.to)
    }

    /// The stages that left `model` and that the draft has again.
    pub fn returning(&self, model: &FunnelModel) -> Vec<StageId> {
        model.gone().map(|gone| gone.stage).filter(|stage| self.stage(*stage).is_some()).collect()
    }

    /// The stage among `home` that a deal comes home to: one it stood in before revisions put it where it stands, the first of
    /// them. `None` once it has moved on from there.
    pub fn home_of(&self, deal: &Deal) -> Option<StageId> {
        let mut stands = deal.history().iter().rev().filter(|event| event.kind.stage().is_some()).peekable();
        let mut found = None;
        while stands.next_if(|event| matches!(event.kind, EventKind::Restaged { .. })).is_some() {
            let before = stands.peek()?.kind.stage();
            found = before.filter(|stage| self.home.contains(stage)).or(found);
        }
        found.filter(|stage| *stage != deal.standing().stage)
    }

    /// How many open and sleeping deals would come home to any of these stages.
    pub fn coming_home(&self, workspace: &Workspace, stages: &[StageId]) -> usize {
        let asked = Self { home: stages.to_vec(), ..self.clone() };
        let of_model = workspace.deals.iter().filter(|deal| deal.standing().model == self.id);
        of_model.filter(|deal| !deal.standing().is_closed() && asked.home_of(deal).is_some()).count()
    }

    /// The stage to which a deal goes; `None` when it stays.
    pub fn destination(&self, deal: &Deal) -> Option<StageId> {
        if let Some(home) = self.home_of(deal) {
            return Some(home);
        }
        let standing = deal.standing();
        let fits = |m: &&StageMove| {
            m.from == standing.stage && m.only_with.is_none_or(|criterion| standing.evidence.contains_key(&criterion))
        };
        self.moves.iter().find(fits).map(|m| m.to)
    }
}

/// Adds what a list lacks, before or after what it has.
fn join<T: PartialEq>(list: &mut Vec<T>, mut more: Vec<T>, before: bool) {
    more.retain(|item| !list.contains(item));
    if before {
        std::mem::swap(list, &mut more);
    }
    list.append(&mut more);
}
