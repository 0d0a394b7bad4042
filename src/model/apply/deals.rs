//! Commands that move deals.

use std::sync::Arc;

use super::{Draft, known, named, records::check_custom};
use crate::model::{
    CriterionId, CustomFieldOf, Date, Deal, DealDetails, DealId, EventKind, FunnelModel, Gate, HistoryFault, ModelId,
    NewDeal, PersonId, Rejection, StageId, Status, gate::missing, rejection::RecordKind,
};

impl Draft {
    fn deal(&self, id: DealId) -> Result<Arc<Deal>, Rejection> {
        self.next.deals.get(id).cloned().ok_or(Rejection::Unknown(RecordKind::Deal))
    }

    fn model_of(&self, deal: &Deal) -> Result<Arc<FunnelModel>, Rejection> {
        self.next.models.get(deal.standing().model).cloned().ok_or(Rejection::Unknown(RecordKind::Model))
    }

    /// Appends an event to a deal, unless it changes nothing.
    pub(super) fn record(&mut self, id: DealId, kind: EventKind) -> Result<(), Rejection> {
        let deal = self.deal(id)?;
        let standing = deal.standing();
        let idle = match &kind {
            EventKind::AmountChanged { to } => *to == standing.amount,
            EventKind::ExpectedCloseChanged { to } => *to == standing.expected_close,
            EventKind::OwnerChanged { to } => *to == standing.owner,
            EventKind::ProbabilityChanged { to } => *to == standing.probability,
            _ => false,
        };
        if idle {
            return Ok(());
        }
        let event = self.event(kind)?;
        let mut deal = Arc::unwrap_or_clone(deal);
        deal.record(event).map_err(|fault| match fault {
            HistoryFault::NotOpen => Rejection::NotOpen,
            HistoryFault::AlreadyOpen => Rejection::AlreadyOpen,
            HistoryFault::SameStage => Rejection::SameStage,
            HistoryFault::Order | HistoryFault::Creation => {
                Rejection::BeforeHistory { last: deal.last_day().unwrap_or(self.stamp.on) }
            }
        })?;
        self.next.deals.put(deal);
        Ok(())
    }

    pub(super) fn create_deal(&mut self, new: NewDeal) -> Result<(), Rejection> {
        if self.next.deals.contains(new.id) {
            return Err(Rejection::Exists(RecordKind::Deal));
        }
        let NewDeal { id, details, model, stage, owner, amount, expected_close } = new;
        let created = EventKind::Created { model, stage, owner, amount, expected_close, probability: None };
        let history = vec![self.event(created)?];
        // A history of one creation is always one; the fault names the only rule it could break.
        let deal = Deal::from_history(id, details, history).map_err(|_fault| Rejection::Unknown(RecordKind::Deal))?;
        self.check_deal(&deal)?;
        check_custom(&self.next.profile, CustomFieldOf::Deal, None, &deal.details.custom)?;
        self.next.deals.put(deal);
        Ok(())
    }

    /// Whether everything that a deal and its history name is there.
    pub(super) fn check_deal(&self, deal: &Deal) -> Result<(), Rejection> {
        self.check_details(deal.id, &deal.details)?;
        let mut current = deal.standing().model;
        for event in deal.history() {
            known(&self.next.people, event.by, RecordKind::Person)?;
            match event.kind {
                EventKind::Created { model, owner, .. } => {
                    known(&self.next.people, owner, RecordKind::Person)?;
                    current = model;
                }
                EventKind::Transferred { model, .. } => current = model,
                EventKind::OwnerChanged { to } => known(&self.next.people, to, RecordKind::Person)?,
                _ => {}
            }
            if let Some(stage) = event.kind.stage() {
                let model = self.next.models.get(current).ok_or(Rejection::Unknown(RecordKind::Model))?;
                model.reads_as(stage).ok_or(Rejection::Unknown(RecordKind::Stage))?;
            }
        }
        let standing = deal.standing();
        if standing.is_closed() { Ok(()) } else { self.check_stage(standing.model, standing.stage) }
    }

    fn check_stage(&self, model: ModelId, stage: StageId) -> Result<(), Rejection> {
        let model = self.next.models.get(model).ok_or(Rejection::Unknown(RecordKind::Model))?;
        model.stage(stage).map(|_| ()).ok_or(Rejection::Unknown(RecordKind::Stage))
    }

    fn check_details(&self, id: DealId, details: &DealDetails) -> Result<(), Rejection> {
        named(&details.title, RecordKind::Deal)?;
        known(&self.next.customers, details.customer, RecordKind::Customer)?;
        known(&self.next.campaigns, details.campaign, RecordKind::Campaign)?;
        known(&self.next.deals, details.follows.filter(|former| *former != id), RecordKind::Deal)?;
        self.check_order(id, details.follows)?;
        if let Some(contact) = details.contact {
            let customer = details.customer.and_then(|id| self.next.customers.get(id));
            customer.and_then(|c| c.contact(contact)).ok_or(Rejection::Unknown(RecordKind::Contact))?;
        }
        let action_owner = details.next_action.as_ref().and_then(|action| action.owner);
        for person in details.supporters.iter().copied().chain(action_owner) {
            known(&self.next.people, Some(person), RecordKind::Person)?;
        }
        if details.next_action.as_ref().is_some_and(|action| action.what.trim().is_empty()) {
            return Err(Rejection::BlankNextAction);
        }
        for line in &details.lines {
            known(&self.next.products, Some(line.product), RecordKind::Product)?;
            if line.units == 0 {
                return Err(Rejection::NoUnits);
            }
        }
        Ok(())
    }

    /// Whether a deal does not follow from itself, straight or by way of others.
    fn check_order(&self, id: DealId, follows: Option<DealId>) -> Result<(), Rejection> {
        let mut former = follows;
        // A circle that the deal is not part of ends after as many steps as there are deals.
        for _ in 0..=self.next.deals.len() {
            match former {
                None => return Ok(()),
                Some(former) if former == id => return Err(Rejection::Circle(RecordKind::Deal)),
                Some(_) => {}
            }
            former = former.and_then(|id| self.next.deals.get(id)?.details.follows);
        }
        Ok(())
    }

    pub(super) fn edit_deal(&mut self, id: DealId, details: DealDetails) -> Result<(), Rejection> {
        let mut deal = Arc::unwrap_or_clone(self.deal(id)?);
        self.check_details(id, &details)?;
        check_custom(&self.next.profile, CustomFieldOf::Deal, Some(&deal.details.custom), &details.custom)?;
        deal.details = details;
        self.next.deals.put(deal);
        Ok(())
    }

    pub(super) fn remove_deal(&mut self, id: DealId) -> Result<(), Rejection> {
        self.next.deals.remove(id).ok_or(Rejection::Unknown(RecordKind::Deal))?;
        let orphans: Vec<_> = self.next.activities.iter().filter(|a| a.deal == Some(id)).map(|a| a.id).collect();
        for activity in orphans {
            self.next.activities.remove(activity);
        }
        self.forget_deal(id);
        let followers: Vec<_> =
            self.next.deals.iter().filter(|deal| deal.details.follows == Some(id)).cloned().collect();
        for follower in followers {
            let mut follower = Arc::unwrap_or_clone(follower);
            follower.details.follows = None;
            self.next.deals.put(follower);
        }
        Ok(())
    }

    pub(super) fn set_owner(&mut self, id: DealId, to: Option<PersonId>) -> Result<(), Rejection> {
        known(&self.next.people, to, RecordKind::Person)?;
        self.record(id, EventKind::OwnerChanged { to })
    }

    pub(super) fn tick(&mut self, id: DealId, criterion: CriterionId, proof: String) -> Result<(), Rejection> {
        let model = self.model_of(&*self.deal(id)?)?;
        let known = model.stages.iter().flat_map(|s| &s.criteria).any(|c| c.id == criterion);
        if !known {
            return Err(Rejection::Unknown(RecordKind::Criterion));
        }
        self.record(id, EventKind::EvidenceTicked { criterion, proof })
    }

    pub(super) fn untick(&mut self, id: DealId, criterion: CriterionId) -> Result<(), Rejection> {
        if !self.deal(id)?.standing().evidence.contains_key(&criterion) {
            return Err(Rejection::Unknown(RecordKind::Criterion));
        }
        self.record(id, EventKind::EvidenceUnticked { criterion })
    }

    /// How a deal comes through the gate of the stage it stands in.
    fn pass_gate(&self, deal: &Deal, model: &FunnelModel, override_reason: Option<String>) -> Result<Gate, Rejection> {
        let Some(stage) = model.stage(deal.standing().stage) else { return Ok(Gate::Unchecked) };
        let missing = missing(stage, deal, self.next.customer_of(deal).map(Arc::as_ref), &self.next.profile);
        match override_reason {
            _ if missing.is_empty() => Ok(Gate::Met),
            None => Err(Rejection::GateClosed { stage: stage.id, missing }),
            Some(reason) if reason.trim().is_empty() => Err(Rejection::OverrideReason),
            Some(reason) => Ok(Gate::Overridden { reason, missing }),
        }
    }

    pub(super) fn move_deal(&mut self, id: DealId, to: StageId, reason: Option<String>) -> Result<(), Rejection> {
        let deal = self.deal(id)?;
        let model = self.model_of(&deal)?;
        let target = model.position(to).ok_or(Rejection::Unknown(RecordKind::Stage))?;
        if !deal.standing().is_open() {
            return Err(Rejection::NotOpen);
        }
        // Only a move forward asks for the gate; a fallback is always allowed.
        let forward = model.position(deal.standing().stage).is_some_and(|from| from < target);
        let gate = if forward { self.pass_gate(&deal, &model, reason)? } else { Gate::Met };
        self.record(id, EventKind::Entered { stage: to, gate })
    }

    pub(super) fn transfer(&mut self, id: DealId, model: ModelId, stage: StageId) -> Result<(), Rejection> {
        self.check_stage(model, stage)?;
        if self.deal(id)?.standing().stage == stage {
            return Err(Rejection::SameStage);
        }
        self.record(id, EventKind::Transferred { model, stage })
    }

    pub(super) fn win(&mut self, id: DealId, reason: Option<String>) -> Result<(), Rejection> {
        let deal = self.deal(id)?;
        if !deal.standing().is_open() {
            return Err(Rejection::NotOpen);
        }
        let gate = self.pass_gate(&deal, &*self.model_of(&deal)?, reason)?;
        self.record(id, EventKind::Won { gate })
    }

    pub(super) fn lose(&mut self, id: DealId, reason: String, note: String) -> Result<(), Rejection> {
        if reason.trim().is_empty() {
            return Err(Rejection::LostReason);
        }
        let needs_note = self.next.profile.lost_reasons.iter().any(|r| r.name == reason && r.needs_note);
        if needs_note && note.trim().is_empty() {
            return Err(Rejection::LostNote);
        }
        self.record(id, EventKind::Lost { reason, note })
    }

    pub(super) fn sleep(&mut self, id: DealId, wake: Option<Date>) -> Result<(), Rejection> {
        if wake.is_some_and(|day| day <= self.stamp.on) {
            return Err(Rejection::WakeInPast);
        }
        self.record(id, EventKind::Dormant { wake })
    }

    pub(super) fn reopen(&mut self, id: DealId) -> Result<(), Rejection> {
        let deal = self.deal(id)?;
        if deal.standing().status == Status::Open {
            return Err(Rejection::AlreadyOpen);
        }
        // The stage it left may have gone into another one since.
        let stage = deal.standing().stage;
        let stage = self.model_of(&deal)?.reads_as(stage).unwrap_or(stage);
        self.record(id, EventKind::Reopened { stage })
    }
}
