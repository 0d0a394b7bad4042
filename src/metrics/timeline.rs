//! Lists of different lengths, one per deal, in one piece of memory.

use super::Row;
use crate::model::Date;

/// One list of `T` per row.
#[derive(Clone, Debug)]
pub(super) struct Lists<T> {
    /// Where each row's list ends; it begins where the one before ends.
    ends: Vec<usize>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), items: Vec::new() }
    }
}

impl<T> Lists<T> {
    /// Adds an item to the list of the row that is being written.
    pub(super) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Ends the list of the row that is being written.
    pub(super) fn end_row(&mut self) {
        self.ends.push(self.items.len());
    }

    /// The row's list; empty for a row that was never written.
    pub(super) fn of(&self, row: Row) -> &[T] {
        let row = row.index();
        let start = row.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(row).and_then(|end| self.items.get(start..*end)).unwrap_or_default()
    }
}

/// Values over time, one series per row, oldest first; undated ones before all others.
pub(super) type Timeline<T> = Lists<(Option<Date>, T)>;

impl<T: Copy> Timeline<T> {
    /// What of the row had happened by the end of `day`.
    pub(super) fn until(&self, row: Row, day: Date) -> &[(Option<Date>, T)] {
        let all = self.of(row);
        let later = all.iter().rev().take_while(|(on, _)| *on > Some(day)).count();
        all.get(..all.len() - later).unwrap_or_default()
    }

    /// The row's value at the end of `day`; `None` before the first one.
    pub(super) fn on(&self, row: Row, day: Date) -> Option<T> {
        self.until(row, day).last().map(|(_, value)| *value)
    }
}
