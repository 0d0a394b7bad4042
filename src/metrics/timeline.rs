//! Lists of different lengths, one per deal, in one piece of memory.

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

    /// The list of the row at this place; empty for one that was never written.
    pub(super) fn at(&self, place: usize) -> &[T] {
        let start = place.checked_sub(1).and_then(|before| self.ends.get(before)).copied().unwrap_or(0);
        self.ends.get(place).and_then(|end| self.items.get(start..*end)).unwrap_or_default()
    }
}

/// Values over time, one series per row, oldest first; undated ones before all others.
pub(super) type Timeline<T> = Lists<(Option<Date>, T)>;

/// What of a series had happened by the end of `day`.
pub(super) fn until<T>(series: &[(Option<Date>, T)], day: Date) -> &[(Option<Date>, T)] {
    let later = series.iter().rev().take_while(|(on, _)| *on > Some(day)).count();
    series.get(..series.len() - later).unwrap_or_default()
}

/// The value of a series at the end of `day`; `None` before the first one.
pub(super) fn value_on<T: Copy>(series: &[(Option<Date>, T)], day: Date) -> Option<T> {
    until(series, day).last().map(|(_, value)| *value)
}
