//! How long a deal has stood in its stage, against what its model expects (method §7, age in stage).

use crate::model::{Date, Deal};

/// Whole days in the stage on `today`; `None` when nobody knows since when. A day ahead of today counts as 0.
pub fn days_in_stage(deal: &Deal, today: Date) -> Option<u32> {
    let days = (today - deal.entered_on()?).num_days().max(0);
    u32::try_from(days).ok()
}

/// Whether a deal keeps the pace of its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// Within the expected days.
    OnTime,
    /// Beyond the expected days.
    Watch,
    /// Beyond one and a half times the expected days.
    Late,
}

impl Pace {
    /// The pace after `days` in a stage that is expected to take `expected`.
    ///
    /// ```
    /// use loudou::metrics::Pace;
    /// assert_eq!([10, 15, 16].map(|days| Pace::of(days, 10)), [Pace::OnTime, Pace::Watch, Pace::Late]);
    /// ```
    pub fn of(days: u32, expected: u16) -> Self {
        let expected = u32::from(expected);
        if days.saturating_mul(2) > expected * 3 {
            Self::Late
        } else if days > expected {
            Self::Watch
        } else {
            Self::OnTime
        }
    }
}
