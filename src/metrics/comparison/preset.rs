//! Which two periods are usually compared.

use chrono::{Datelike as _, Days, Months};

use crate::{metrics::Period, model::Date};

/// A usual pair of periods, seen from a day: the one that the day lies in, up to the day, and an earlier one to compare it with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Preset {
    /// The month against as many days of the month before.
    Month,
    /// The calendar quarter against as many days of the quarter before.
    #[default]
    Quarter,
    /// The fiscal year against as many days of the one before.
    Year,
    /// The calendar quarter against the same days a year earlier.
    LastYear,
}

impl Preset {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Quarter, Self::Month, Self::Year, Self::LastYear];

    /// The earlier period and the one that `day` lies in; `fiscal_year_start` is a month from 1 to 12. `None` at the ends of the calendar.
    ///
    /// A shorter month or quarter ends the earlier period before it has as many days.
    ///
    /// ```
    /// use loudou::{metrics::{Period, comparison::Preset}, model::Date};
    /// let day = |text: &str| text.parse::<Date>().unwrap();
    /// let days = |from, to| Period { from: day(from), to: day(to) };
    /// let of = |preset: Preset, on| preset.periods(day(on), 4).unwrap();
    /// assert_eq!(of(Preset::Quarter, "2026-05-10"), (days("2026-01-01", "2026-02-09"), days("2026-04-01", "2026-05-10")));
    /// assert_eq!(of(Preset::Month, "2026-03-31"), (days("2026-02-01", "2026-02-28"), days("2026-03-01", "2026-03-31")));
    /// assert_eq!(of(Preset::Year, "2026-04-02"), (days("2025-04-01", "2025-04-02"), days("2026-04-01", "2026-04-02")));
    /// assert_eq!(of(Preset::LastYear, "2024-02-29"), (days("2023-01-01", "2023-02-28"), days("2024-01-01", "2024-02-29")));
    /// ```
    pub fn periods(self, day: Date, fiscal_year_start: u8) -> Option<(Period, Period)> {
        let month = day.with_day(1)?;
        let back = |start: Date, months| start.checked_sub_months(Months::new(months));
        let quarter = back(month, (day.month() - 1) % 3)?;
        let (from, months) = match self {
            Self::Month => (month, 1),
            Self::Quarter => (quarter, 3),
            Self::Year => (back(month, (day.month() + 12 - u32::from(fiscal_year_start)) % 12)?, 12),
            Self::LastYear => {
                let then = Period { from: back(quarter, 12)?, to: back(day, 12)? };
                return Some((then, Period { from: quarter, to: day }));
            }
        };
        let before = back(from, months)?;
        let days = u64::try_from((day - from).num_days()).ok()?;
        let to = before.checked_add_days(Days::new(days))?.min(from.pred_opt()?);
        Some((Period { from: before, to }, Period { from, to: day }))
    }
}
