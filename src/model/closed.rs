//! Deals that closed long ago, taken out of a workspace: what goes into a file, and the change that removes it.

use std::{collections::BTreeSet, sync::Arc};

use super::{Change, Date, Deal, DealId, Patch, Record, Status, Workspace, WorkspaceId};

/// The deals that were won or lost before a day, with what they name, and the change that takes them out.
#[derive(Clone, Debug, PartialEq)]
pub struct OldDeals {
    /// A workspace of its own: see [`Workspace::part`].
    pub part: Workspace,
    /// Removes the deals with their activities; deals that followed one of them no longer say so.
    pub removal: Change,
}

/// The day on which a deal was won or lost; `None` while it is neither, and when nobody wrote the day down.
fn closed_on(deal: &Deal) -> Option<Date> {
    match &deal.standing().status {
        Status::Won { on } | Status::Lost { on, .. } => *on,
        Status::Open | Status::Dormant { .. } => None,
    }
}

impl Workspace {
    /// The deals that were won or lost before a day; `None` when there are none. Those that are closed without a day stay. The part has the
    /// id `id`.
    ///
    /// ```
    /// use loudou::{codec::content::Language, model::{Date, WorkspaceId}, training::demo};
    ///
    /// let day = Date::from_ymd_opt(2026, 11, 23).unwrap();
    /// let company = demo::company(Language::English, day, 4);
    /// let old = company.closed_before(day, WorkspaceId::from(7)).unwrap();
    /// let rest = company.with(&old.removal);
    /// assert_eq!(rest.deals.len() + old.part.deals.len(), company.deals.len());
    /// assert!(rest.closed_before(day, WorkspaceId::from(7)).is_none());
    /// assert!(rest.with(&old.removal.inverse()) == company);
    /// ```
    #[must_use]
    pub fn closed_before(&self, day: Date, id: WorkspaceId) -> Option<OldDeals> {
        let is_old = |deal: &Deal| closed_on(deal).is_some_and(|closed| closed < day);
        let old: BTreeSet<DealId> = self.deals.iter().filter(|deal| is_old(deal)).map(|deal| deal.id).collect();
        if old.is_empty() {
            return None;
        }
        let mut removal = Change::default();
        for deal in self.deals.iter() {
            if old.contains(&deal.id) {
                removal.deals.push(gone(deal));
            } else if deal.details.follows.is_some_and(|before| old.contains(&before)) {
                let mut after = Deal::clone(deal);
                after.details.follows = None;
                removal.deals.push(Patch { id: deal.id, before: Some(deal.clone()), after: Some(after.into()) });
            }
        }
        let of_old = self.activities.iter().filter(|activity| activity.deal.is_some_and(|deal| old.contains(&deal)));
        removal.activities = of_old.map(gone).collect();
        Some(OldDeals { part: self.part(id, |deal| old.contains(&deal.id)), removal })
    }
}

fn gone<V: Record>(record: &Arc<V>) -> Patch<V> {
    Patch { id: record.id(), before: Some(record.clone()), after: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        codec::content::Language,
        model::{Command, Stamp, Timestamp, apply},
        training::demo,
    };

    #[test]
    fn the_removal_is_that_of_each_deal() {
        let today = Date::from_ymd_opt(2026, 11, 23).unwrap();
        let company = demo::company(Language::Chinese, today, 3);
        let day = Date::from_ymd_opt(2026, 6, 1).unwrap();
        let old = company.closed_before(day, 7.into()).unwrap();
        let ids: Vec<DealId> = company
            .deals
            .iter()
            .filter(|deal| deal.standing().is_closed() && closed_on(deal).is_some_and(|closed| closed < day))
            .map(|deal| deal.id)
            .collect();
        assert!(!ids.is_empty() && ids.len() < company.deals.len());
        let stamp = Stamp { on: today, at: Timestamp::default(), by: None, seed: ulid::Ulid(1) };
        let one_by_one = ids.iter().fold(company.clone(), |workspace, id| {
            let change = apply(&workspace, Command::RemoveDeal(*id), stamp).unwrap();
            workspace.with(&change)
        });
        assert!(company.with(&old.removal) == one_by_one);
        assert_eq!(old.part.deals.iter().map(|deal| deal.id).collect::<Vec<_>>(), ids);
        assert!(old.removal.fits(&company));
        // On the first day nothing is older than it.
        assert_eq!(company.closed_before(Date::from_ymd_opt(2000, 1, 1).unwrap(), 7.into()), None);
    }
}
