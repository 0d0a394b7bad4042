//! Deals of a file that are here already: what the file says anew is brought into them, and what they say already is not added again.
//!
//! A deal is known by its id in the file ([`DealDetails::reference`]); where the file has no ids, by its title and customer, and by the
//! day on which it began where the file tells it. What a person wrote here stays, unless the file has another value for it. A history
//! is never rewritten: what the file tells beyond it is added, and where the two cannot be brought together the deal stays as it is and
//! the row is listed.
//!
//! [`DealDetails::reference`]: crate::model::DealDetails

use std::collections::{BTreeSet, HashMap};

use super::{build::Ids, plan::ProblemKind};
use crate::model::{
    Date, Deal, DealDetails, DealId, Event, EventKind, Gate, NextAction, ProductLine, StageId, Stamp, Workspace,
};

/// The deals that are here, to be found by what a file says of them.
pub(super) struct Known<'a> {
    by_reference: HashMap<&'a str, &'a Deal>,
    /// Deals without an id of a file by their titles, latest first.
    by_title: HashMap<&'a str, Vec<&'a Deal>>,
    taken: BTreeSet<DealId>,
}

impl<'a> Known<'a> {
    pub(super) fn of(workspace: &'a Workspace) -> Self {
        let mut known = Self { by_reference: HashMap::new(), by_title: HashMap::new(), taken: BTreeSet::new() };
        for deal in workspace.deals.iter().rev() {
            let details = &deal.details;
            if details.reference.is_empty() {
                known.by_title.entry(&details.title).or_default().push(deal);
            } else {
                known.by_reference.insert(&details.reference, deal);
            }
        }
        known
    }

    /// The deal that this one of a file is. Each is found once: several deals of a file under one name are as many here.
    pub(super) fn find(&mut self, deal: &Deal, begun: Option<Date>) -> Option<&'a Deal> {
        let details = &deal.details;
        let found = if details.reference.is_empty() {
            let named = self.by_title.get_mut(details.title.as_str())?;
            let fits = |known: &&Deal| {
                known.details.customer == details.customer && (begun.is_none() || first_day(known) == begun)
            };
            let place = named.iter().rposition(fits)?;
            named.remove(place)
        } else {
            self.by_reference.get(details.reference.as_str()).copied()?
        };
        self.taken.insert(found.id).then_some(found)
    }
}

fn first_day(deal: &Deal) -> Option<Date> {
    deal.history().first().and_then(|event| event.on)
}

/// What a file says of a deal that is here.
pub(super) struct Told {
    /// The deal as the file alone would make it.
    pub(super) deal: Deal,
    /// Whether its title stands in the file, and was not made of other columns.
    pub(super) titled: bool,
    /// Whether the file tells the way of the deal, and not only where it stands.
    pub(super) tells_way: bool,
    /// Since when it stands there, or when it was changed last, where the file says so.
    pub(super) since: Option<Date>,
}

/// The deal with what the file says anew, and what could not be brought in.
pub(super) fn renewed(here: &Deal, told: Told, stamp: Stamp, ids: &mut Ids) -> (Deal, Option<ProblemKind>) {
    let details = completed(&here.details, &told.deal.details, told.titled);
    let (mut history, problem) = way(here, &told, stamp, ids);
    let with = |history: &[Event]| Deal::from_history(here.id, details.clone(), history.to_vec()).ok();
    let Some(standing) = with(&history).map(|deal| deal.standing().clone()) else {
        let kept = Deal::from_history(here.id, details, here.history().to_vec());
        return (kept.unwrap_or_else(|_| here.clone()), Some(ProblemKind::HistoryDiffers));
    };
    let said = told.deal.standing();
    let mut changes = Vec::new();
    if said.amount.is_some() && said.amount != standing.amount {
        changes.push(EventKind::AmountChanged { to: said.amount });
    }
    if said.expected_close.is_some() && said.expected_close != standing.expected_close {
        changes.push(EventKind::ExpectedCloseChanged { to: said.expected_close });
    }
    if said.owner.is_some() && said.owner != standing.owner {
        changes.push(EventKind::OwnerChanged { to: said.owner });
    }
    if said.probability.is_some() && said.probability != standing.probability && standing.is_open() {
        changes.push(EventKind::ProbabilityChanged { to: said.probability });
    }
    let on = history.last().and_then(|event| event.on).max(Some(stamp.on));
    let by = said.owner;
    history.extend(changes.into_iter().map(|kind| Event { id: ids.next().into(), on, at: stamp.at, by, kind }));
    // Changes of these fields can follow anything.
    (with(&history).unwrap_or_else(|| here.clone()), problem)
}

/// What is known of a deal, with what the file says of it.
fn completed(here: &DealDetails, file: &DealDetails, titled: bool) -> DealDetails {
    let mut details = here.clone();
    let text = |place: &mut String, value: &str| {
        if !value.is_empty() {
            value.clone_into(place);
        }
    };
    if titled {
        text(&mut details.title, &file.title);
    }
    text(&mut details.reference, &file.reference);
    text(&mut details.source, &file.source);
    text(&mut details.notes, &file.notes);
    if file.customer.is_some() && file.customer != here.customer {
        (details.customer, details.contact) = (file.customer, None);
    }
    details.contact = file.contact.or(details.contact);
    for line in &file.lines {
        if let Some(known) = details.lines.iter_mut().find(|known| known.product == line.product) {
            known.units = line.units;
            continue;
        }
        // A file knows one product of a deal: another one is in the place of the one before.
        if details.lines.len() == 1 {
            details.lines.clear();
        }
        details.lines.push(ProductLine::clone(line));
    }
    if let Some(next) = &file.next_action
        && here.next_action.as_ref().is_none_or(|known| known.what != next.what)
    {
        details.next_action = Some(NextAction::clone(next));
    }
    for tag in &file.tags {
        if !details.tags.contains(tag) {
            details.tags.push(tag.clone());
        }
    }
    details.custom.extend(file.custom.iter().map(|(name, value)| (name.clone(), value.clone())));
    details
}

/// Where a deal comes to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Stage(StageId),
    Won,
    Lost,
    Dormant,
}

fn place(kind: &EventKind) -> Option<Place> {
    match kind {
        EventKind::Won { .. } => Some(Place::Won),
        EventKind::Lost { .. } => Some(Place::Lost),
        EventKind::Dormant { .. } => Some(Place::Dormant),
        kind => kind.stage().map(Place::Stage),
    }
}

/// The moves of a history: the event, and where the deal came to be.
fn moves(history: &[Event]) -> Vec<(&Event, Place)> {
    history.iter().filter_map(|event| Some((event, place(&event.kind)?))).collect()
}

/// The history with the moves that the file tells beyond it, and why it could not be completed.
fn way(here: &Deal, told: &Told, stamp: Stamp, ids: &mut Ids) -> (Vec<Event>, Option<ProblemKind>) {
    let kept = || here.history().to_vec();
    if here.standing().model != told.deal.standing().model {
        return (kept(), Some(ProblemKind::OtherModel));
    }
    let (ours, theirs) = (moves(here.history()), moves(told.deal.history()));
    let places = |moves: &[(&Event, Place)]| moves.iter().map(|(_, place)| *place).collect::<Vec<_>>();
    let (our_places, their_places) = (places(&ours), places(&theirs));
    if our_places == their_places {
        return (with_days(here, &ours, &theirs), None);
    }
    let same_day = |(one, other): (&(&Event, Place), &(&Event, Place))| one.1 == other.1 && one.0.on == other.0.on;
    let last_here = ours.last().map(|(event, place)| (event.on, *place));
    let Some((last_event, last_told)) = theirs.last().copied() else { return (kept(), None) };
    let stands_there = last_here.is_some_and(|(_, place)| place == last_told);
    // What the file says was so once, and the deal has gone on here.
    let is_older = ours.windows(theirs.len()).any(|run| run.iter().zip(&theirs).all(same_day));
    let is_news = told.since.is_some_and(|since| last_here.is_some_and(|(on, _)| on < Some(since)));
    if is_older && (stands_there || told.tells_way || !is_news) {
        return (kept(), (!stands_there).then_some(ProblemKind::StandsElsewhere));
    }
    // The longest way that ends ours and begins theirs.
    let shared = (1..=our_places.len().min(their_places.len()))
        .rev()
        .find(|length| our_places.ends_with(their_places.get(..*length).unwrap_or_default()));
    let added: Vec<(Option<Date>, &Event)> = match shared {
        Some(length) if !is_older => theirs.iter().skip(length).map(|(event, _)| (event.on, *event)).collect(),
        _ if stands_there => return (kept(), told.tells_way.then_some(ProblemKind::HistoryDiffers)),
        _ => {
            let dated = if theirs.len() > 1 { last_event.on } else { told.since };
            let on = dated.filter(|day| last_here.is_some_and(|(on, _)| on <= Some(*day)));
            vec![(on.or(Some(stamp.on)), last_event)]
        }
    };
    let mut deal = here.clone();
    for (on, event) in added {
        match with_move(&deal, on, event, stamp, ids) {
            Some(moved) => deal = moved,
            None => return (kept(), Some(ProblemKind::HistoryDiffers)),
        }
    }
    (deal.history().to_vec(), None)
}

/// The history with the days and the reasons that the file gives for the same moves.
fn with_days(here: &Deal, ours: &[(&Event, Place)], theirs: &[(&Event, Place)]) -> Vec<Event> {
    let told =
        |event: &Event| ours.iter().zip(theirs).find(|((own, _), _)| own.id == event.id).map(|(_, (said, _))| *said);
    let event = |event: &Event| {
        let Some(said) = told(event) else { return event.clone() };
        let kind = match (&event.kind, &said.kind) {
            (EventKind::Lost { note, .. }, EventKind::Lost { reason, .. }) if !reason.is_empty() => {
                EventKind::Lost { reason: reason.clone(), note: note.clone() }
            }
            (kind, _) => kind.clone(),
        };
        Event { on: said.on.or(event.on), kind, ..event.clone() }
    };
    let history: Vec<Event> = here.history().iter().map(event).collect();
    let is_way = Deal::from_history(here.id, here.details.clone(), history.clone()).is_ok();
    if is_way { history } else { here.history().to_vec() }
}

/// The deal with one move more, on its day or, where that cannot be, on the latest day of the history.
fn with_move(deal: &Deal, on: Option<Date>, event: &Event, stamp: Stamp, ids: &mut Ids) -> Option<Deal> {
    let to = place(&event.kind)?;
    let mut at = |on: Option<Date>| {
        let before = deal.history().iter().filter(|known| known.on <= on).count();
        let standing = deal.course().take(before).last().map(|(_, standing)| standing)?;
        let kind = match (to, &event.kind) {
            (Place::Stage(stage), _) if standing.is_open() => EventKind::Entered { stage, gate: Gate::Unchecked },
            (Place::Stage(stage), _) => EventKind::Reopened { stage },
            (_, kind) => kind.clone(),
        };
        let mut history = deal.history().to_vec();
        let mut added = vec![Event { id: event.id, on, at: stamp.at, by: event.by, kind }];
        let needs_opening = !standing.is_open() && !matches!(to, Place::Stage(_));
        if needs_opening && (to != Place::Lost || standing.is_closed()) {
            // One outcome after another: it was open in between.
            let kind = EventKind::Reopened { stage: standing.stage };
            added.insert(0, Event { id: ids.next().into(), on, at: stamp.at, by: event.by, kind });
        }
        history.splice(before..before, added);
        Deal::from_history(deal.id, deal.details.clone(), history)
            .ok()
            .filter(|moved| moves(moved.history()).last().is_some_and(|(_, place)| *place == to))
    };
    at(on).or_else(|| at(deal.last_day()))
}
