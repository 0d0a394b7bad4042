//! How often the close of a deal was put off.

use crate::model::{Date, Deal, EventKind};

/// How often the expected close of a deal was moved later, and by how much in all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pushes {
    /// How often.
    pub times: u32,
    /// By how many days in all. Days by which it was pulled in again are not taken off: that is another promise.
    pub days: u32,
}

impl Pushes {
    /// The pushes of a deal by the end of `day`.
    ///
    /// What holds in the evening counts, so that correcting a slip of the pen is no push. A date that was taken away is compared with
    /// the next one that is set. A deal that comes back after it was lost or asleep starts anew: its old date was no promise any more.
    /// Changes that nobody dated count for nothing.
    ///
    /// ```
    /// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
    /// # use oracles::{created, day, deal};
    /// use loudou::{metrics::stall::Pushes, model::EventKind};
    /// let to = |close| EventKind::ExpectedCloseChanged { to: Some(close) };
    /// let began = created(1, None, Some(day(2026, 3, 31)), None);
    /// let changes = vec![
    ///     // From March to April, back to the middle of April, to the end of May.
    ///     (day(2026, 3, 1), to(day(2026, 4, 30))),
    ///     (day(2026, 3, 9), to(day(2026, 4, 15))),
    ///     (day(2026, 4, 9), to(day(2026, 5, 31))),
    /// ];
    /// let deal = deal(1, began, Some(day(2026, 1, 1)), changes);
    /// assert_eq!(Pushes::of(&deal, day(2026, 4, 30)), Pushes { times: 2, days: 30 + 46 });
    /// assert_eq!(Pushes::of(&deal, day(2026, 3, 31)), Pushes { times: 1, days: 30 });
    /// ```
    pub fn of(deal: &Deal, day: Date) -> Self {
        let (mut pushes, mut told, mut evening) = (Self::default(), None, None);
        // The day whose evening has not come yet.
        let mut on = None;
        for event in deal.history().iter().take_while(|event| event.on <= Some(day)) {
            if event.on != on {
                pushes.count(told, evening);
                told = evening.or(told);
                on = event.on;
            }
            match &event.kind {
                EventKind::Created { expected_close, .. } => evening = *expected_close,
                EventKind::ExpectedCloseChanged { to } => evening = *to,
                EventKind::Reopened { .. } => {
                    pushes = Self::default();
                    told = None;
                    // A date that passed in the meantime binds nobody.
                    evening = evening.filter(|close| Some(*close) >= on);
                }
                _ => {}
            }
            if on.is_none() {
                told = evening.or(told);
            }
        }
        pushes.count(told, evening);
        pushes
    }

    /// Counts the step from what was told before to what is told now.
    fn count(&mut self, told: Option<Date>, now: Option<Date>) {
        let Some((told, now)) = told.zip(now) else { return };
        if let Ok(later @ 1..) = u32::try_from((now - told).num_days()) {
            self.times += 1;
            self.days = self.days.saturating_add(later);
        }
    }
}
