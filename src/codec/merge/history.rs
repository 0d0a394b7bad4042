//! The histories of one deal, united.
//!
//! Events are never rewritten, so the union of the histories holds everything that happened. It is told in the order of the days; on
//! one day, in the order in which each side tells it, and else as it was recorded. What cannot follow what came before, such as a loss
//! after a win, is left out of the history and listed.

use std::collections::{BTreeMap, BTreeSet};

use super::Hindrance;
use crate::model::{
    CriterionId, Date, Deal, DealDetails, DealId, Event, EventId, EventKind, HistoryFault, ModelId, StageId, Timestamp,
};

/// A history that could be told, and what could not be told in it.
#[derive(Debug)]
pub(super) struct Told {
    pub(super) deal: Deal,
    pub(super) left_out: Vec<(Event, Hindrance)>,
}

/// Tells events one after the other as far as they can follow one another. `model_of` says which model a stage belongs to.
///
/// `None` when no event says how the deal began.
pub(super) fn tell(
    id: DealId,
    details: DealDetails,
    events: Vec<Event>,
    model_of: &BTreeMap<StageId, ModelId>,
) -> Option<Told> {
    let first = events.iter().position(|event| matches!(event.kind, EventKind::Created { .. }))?;
    let mut events = events;
    let created = events.remove(first);
    let mut deal = Deal::from_history(id, details, vec![created]).ok()?;
    let mut left_out = Vec::new();
    for event in events {
        let model = match event.kind {
            EventKind::Transferred { model, .. } => model,
            _ => deal.standing().model,
        };
        let stranger = event.kind.stage().is_some_and(|stage| model_of.get(&stage) != Some(&model));
        let hindrance = if stranger {
            Some(Hindrance::OtherModel)
        } else {
            deal.record(event.clone()).err().map(|fault| match fault {
                HistoryFault::Creation => Hindrance::SecondBeginning,
                HistoryFault::Order => Hindrance::Order,
                HistoryFault::NotOpen => Hindrance::NotOpen,
                HistoryFault::AlreadyOpen => Hindrance::AlreadyOpen,
                HistoryFault::SameStage => Hindrance::SameStage,
            })
        };
        left_out.extend(hindrance.map(|hindrance| (event, hindrance)));
    }
    Some(Told { deal, left_out })
}

/// All events in one order.
///
/// Each side's own order is kept; of the events that may come next, the one that comes first by day, moment of recording and id does.
pub(super) fn united(histories: &[Vec<Event>]) -> Vec<Event> {
    let mut events: BTreeMap<EventId, &Event> = BTreeMap::new();
    for event in histories.iter().flatten() {
        events.entry(event.id).or_insert(event);
    }
    let mut after: BTreeMap<EventId, BTreeSet<EventId>> = BTreeMap::new();
    for history in histories {
        for (one, next) in history.iter().zip(history.iter().skip(1)) {
            after.entry(one.id).or_default().insert(next.id);
        }
    }
    let mut waits: BTreeMap<EventId, usize> = BTreeMap::new();
    for next in after.values().flatten() {
        *waits.entry(*next).or_default() += 1;
    }
    let key = |id: &EventId| -> (Option<Date>, Option<Timestamp>, EventId) {
        let event = events.get(id);
        (event.and_then(|event| event.on), event.map(|event| event.at), *id)
    };
    let mut ready: BTreeSet<_> = events.keys().filter(|id| !waits.contains_key(id)).map(key).collect();
    let mut left: BTreeSet<_> = events.keys().map(key).collect();
    let mut told = Vec::with_capacity(events.len());
    // Two sides may tell the same events in opposite orders; then the key alone decides.
    while let Some(next) = ready.pop_first().or_else(|| left.first().copied()) {
        if !left.remove(&next) {
            continue;
        }
        told.extend(events.get(&next.2).map(|event| (*event).clone()));
        for follower in after.get(&next.2).into_iter().flatten() {
            if let Some(waiting) = waits.get_mut(follower) {
                *waiting = waiting.saturating_sub(1);
                if *waiting == 0 {
                    ready.insert(key(follower));
                }
            }
        }
    }
    told
}

/// What an event says something about; of two events about the same, the later one holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum About {
    Way,
    Amount,
    Close,
    Owner,
    Probability,
    Criterion(CriterionId),
}

fn about(event: &Event) -> About {
    match event.kind {
        EventKind::AmountChanged { .. } => About::Amount,
        EventKind::ExpectedCloseChanged { .. } => About::Close,
        EventKind::OwnerChanged { .. } => About::Owner,
        EventKind::ProbabilityChanged { .. } => About::Probability,
        EventKind::EvidenceTicked { criterion, .. } | EventKind::EvidenceUnticked { criterion } => {
            About::Criterion(criterion)
        }
        _ => About::Way,
    }
}

/// Whether two sides went on differently about the same matter, so that the later one holds and the other should be known.
pub(super) fn disagree(histories: &[Vec<Event>]) -> bool {
    let holders: Vec<BTreeSet<EventId>> =
        histories.iter().map(|history| history.iter().map(|event| event.id).collect()).collect();
    let own = |one: usize, other: usize| {
        let known = holders.get(other);
        histories.get(one).into_iter().flatten().filter(move |event| known.is_some_and(|ids| !ids.contains(&event.id)))
    };
    let pairs = (0..histories.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
    pairs.into_iter().any(|(one, other)| own(one, other).any(|event| own(other, one).any(|e| about(e) == about(event))))
}
