//! Commands that keep quotas.

use chrono::Datelike as _;

use super::{Draft, known, records::removed};
use crate::model::{Quota, QuotaId, QuotaOf, Rejection, rejection::RecordKind};

impl Draft {
    pub(super) fn put_quota(&mut self, quota: Quota) -> Result<(), Rejection> {
        if self.next.quotas.get(quota.id).is_some_and(|kept| kept.locked && Quota { locked: true, ..quota } != **kept) {
            return Err(Rejection::Locked);
        }
        if self.next.quotas.iter().any(|other| other.id != quota.id && other.same_as(&quota)) {
            return Err(Rejection::Exists(RecordKind::Quota));
        }
        self.keep_quota(quota)
    }

    /// Puts a quota beside whatever others there are, and in the place of a locked one: files and other tabs may bring two for the same
    /// months, and what is written must be read again.
    pub(super) fn keep_quota(&mut self, quota: Quota) -> Result<(), Rejection> {
        match quota.of {
            QuotaOf::Company {} => {}
            QuotaOf::Department { department } => {
                known(&self.next.departments, Some(department), RecordKind::Department)?;
            }
            QuotaOf::Person { person } => known(&self.next.people, Some(person), RecordKind::Person)?,
        }
        if quota.from.day() != 1 {
            return Err(Rejection::MidMonth);
        }
        if quota.amount.minor() < 0 {
            return Err(Rejection::BelowZero);
        }
        self.next.quotas.put(quota);
        Ok(())
    }

    pub(super) fn remove_quota(&mut self, id: QuotaId) -> Result<(), Rejection> {
        if self.next.quotas.get(id).is_some_and(|kept| kept.locked) {
            return Err(Rejection::Locked);
        }
        removed(&mut self.next.quotas, id, RecordKind::Quota)
    }

    /// How many quotas are for somebody.
    pub(super) fn quotas_of(&self, of: QuotaOf) -> usize {
        self.next.quotas.iter().filter(|quota| quota.of == of).count()
    }
}
