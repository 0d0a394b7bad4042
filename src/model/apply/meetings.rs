//! Commands that keep promises and handovers.

use std::collections::BTreeSet;

use super::{Draft, known, records::removed};
use crate::model::{
    DealId, HandedOver, Handover, HandoverId, PersonId, Promise, PromiseId, Rejection, rejection::RecordKind,
};

impl Draft {
    /// A promised stage is one of the deal's model. It may leave it, and the deal may go over to another one: what was promised stays
    /// as it is written.
    pub(super) fn put_promise(&mut self, promise: Promise) -> Result<(), Rejection> {
        let before = self.next.promises.get(promise.id).map(|before| (before.deal, before.reaches));
        if before != Some((promise.deal, promise.reaches))
            && let (Some(deal), Some(stage)) = (promise.deal, promise.reaches)
        {
            let deal = self.next.deals.get(deal).ok_or(Rejection::Unknown(RecordKind::Deal))?;
            let model = self.next.models.get(deal.standing().model).ok_or(Rejection::Unknown(RecordKind::Model))?;
            model.known_stage(stage).ok_or(Rejection::Unknown(RecordKind::Stage))?;
        }
        self.keep_promise(promise)
    }

    /// Puts a promise whose deal may have gone over to another model since.
    pub(super) fn keep_promise(&mut self, promise: Promise) -> Result<(), Rejection> {
        known(&self.next.people, Some(promise.person), RecordKind::Person)?;
        known(&self.next.deals, promise.deal, RecordKind::Deal)?;
        known(&self.next.customers, promise.customer, RecordKind::Customer)?;
        match promise.reaches {
            None if promise.text.trim().is_empty() => return Err(Rejection::BlankPromise),
            Some(_) if promise.deal.is_none() => return Err(Rejection::NothingToReach),
            Some(stage) if !self.next.models.iter().any(|model| model.known_stage(stage).is_some()) => {
                return Err(Rejection::Unknown(RecordKind::Stage));
            }
            _ => {}
        }
        if promise.due < promise.made {
            return Err(Rejection::DueBeforeMade);
        }
        self.next.promises.put(promise);
        Ok(())
    }

    pub(super) fn remove_promise(&mut self, id: PromiseId) -> Result<(), Rejection> {
        removed(&mut self.next.promises, id, RecordKind::Promise)
    }

    pub(super) fn put_handover(&mut self, handover: Handover) -> Result<(), Rejection> {
        known(&self.next.people, Some(handover.from), RecordKind::Person)?;
        let mut seen = BTreeSet::new();
        for item in &handover.items {
            match item.what {
                HandedOver::Customer(id) => known(&self.next.customers, Some(id), RecordKind::Customer)?,
                HandedOver::Deal(id) => known(&self.next.deals, Some(id), RecordKind::Deal)?,
            }
            known(&self.next.people, Some(item.to), RecordKind::Person)?;
            if !seen.insert(item.what) {
                return Err(Rejection::HandedOverTwice);
            }
        }
        self.next.handovers.put(handover);
        Ok(())
    }

    pub(super) fn remove_handover(&mut self, id: HandoverId) -> Result<(), Rejection> {
        removed(&mut self.next.handovers, id, RecordKind::Handover)
    }

    /// How many promises, handovers and interventions name a person.
    pub(super) fn meetings_with(&self, id: PersonId) -> usize {
        let promises = self.next.promises.iter().filter(|promise| promise.person == id).count();
        let names = |handover: &Handover| handover.from == id || handover.items.iter().any(|item| item.to == id);
        let handovers = self.next.handovers.iter().filter(|handover| names(handover)).count();
        let interventions = self.next.interventions.iter().filter(|one| one.people.contains(&id)).count();
        promises + handovers + interventions
    }

    /// Takes the promises of a deal away with it, and the deal off the checklists of handovers.
    pub(super) fn forget_deal(&mut self, id: DealId) {
        let promises: Vec<_> = self.next.promises.iter().filter(|p| p.deal == Some(id)).map(|p| p.id).collect();
        for promise in promises {
            self.next.promises.remove(promise);
        }
        let handed = HandedOver::Deal(id);
        let handovers: Vec<_> = self.next.handovers.iter().filter(|h| h.item(handed).is_some()).cloned().collect();
        for handover in handovers {
            let mut handover = (*handover).clone();
            handover.items.retain(|item| item.what != handed);
            self.next.handovers.put(handover);
        }
    }
}
