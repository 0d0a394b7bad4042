//! Expected closes that were put off.

use std::collections::BTreeMap;

use crate::{
    metrics::{Row, View, timeline::value_on},
    model::{Date, EventKind, ModelId, PersonId},
};

/// What became of the expected close of a deal, with one of its owners.
pub(super) struct Slip {
    pub(super) row: Row,
    pub(super) owner: PersonId,
    /// By how many days the owner put it off in the period, all times together; 0: never.
    pub(super) days: i64,
}

/// The deals that were open in the model of the view, if it has one, on a day of the period and had an expected close, once for each owner who put it off in the
/// period, and for whoever owned it on its last open day of the period. Bringing a close forward takes nothing back; to set the first
/// one or to take it away puts nothing off.
pub(super) fn each(view: &View, mut take: impl FnMut(Slip)) {
    let shown = |model: Option<ModelId>| view.filter.model.is_none_or(|wanted| Some(wanted) == model);
    for row in view.rows() {
        let Some(deal) = view.frame.record(row) else { continue };
        let (mut here, mut open, mut close) = (None, false, None::<Date>);
        let mut last_open = None::<Date>;
        let mut by_owner: BTreeMap<PersonId, i64> = BTreeMap::new();
        let owner_on = |on: Option<Date>| value_on(view.frame.owners(row), on.unwrap_or(Date::MIN)).flatten();
        for event in deal.history().iter().take_while(|event| event.on <= Some(view.as_of())) {
            match &event.kind {
                EventKind::Created { model, expected_close, .. } => {
                    (here, open, close) = (Some(*model), true, *expected_close);
                }
                EventKind::Transferred { model, .. } => here = Some(*model),
                EventKind::Entered { .. } | EventKind::Reopened { .. } => open = true,
                EventKind::Won { .. } | EventKind::Lost { .. } | EventKind::Dormant { .. } => {
                    if open {
                        last_open = event.on;
                    }
                    open = false;
                }
                EventKind::ExpectedCloseChanged { to } => {
                    let days = close.zip(*to).map_or(0, |(before, to)| (to - before).num_days());
                    close = *to;
                    if days > 0
                        && open
                        && shown(here)
                        && view.in_period(event.on).is_ok()
                        && let Some(owner) = owner_on(event.on)
                    {
                        *by_owner.entry(owner).or_default() += days;
                    }
                }
                _ => {}
            }
        }
        let end = view.filter.period.map_or(view.as_of(), |period| period.to.min(view.as_of()));
        let last = if open { Some(end) } else { last_open.map(|day| day.min(end)) };
        let began = deal.history().first().and_then(|event| event.on);
        let in_period =
            view.filter.period.is_none_or(|period| last.is_some_and(|last| period.from <= last) && began <= Some(end));
        if shown(here)
            && in_period
            && close.is_some()
            && let Some(owner) = owner_on(last)
        {
            by_owner.entry(owner).or_default();
        }
        for (owner, days) in by_owner {
            take(Slip { row, owner, days });
        }
    }
}
