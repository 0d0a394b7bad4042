//! Working days counted from today.
//!
//! The demo company lives on a line of working days: 0 is today (or the Friday before a weekend), −1 the working day before.
//! Only here do they become dates, so another today moves the dates and changes nothing else.

use chrono::{Datelike, NaiveTime, TimeDelta};

use crate::model::{Date, Timestamp};

/// A number of working days, or one of them counted from today.
pub(super) type Workday = i32;

/// A number of calendar days in working days.
pub(super) fn workdays(calendar_days: f64) -> f64 {
    calendar_days * 5.0 / 7.0
}

/// Turns working days into dates.
pub(super) struct Calendar {
    /// The Monday of the week of day 0.
    monday: Date,
    /// Working days from that Monday to day 0, 0 to 4.
    offset: i32,
}

impl Calendar {
    pub(super) fn new(today: Date) -> Self {
        let weekday = today.weekday().num_days_from_monday();
        let monday = today - TimeDelta::days(i64::from(weekday));
        Self { monday, offset: i32::try_from(weekday).map_or(4, |day| day.min(4)) }
    }

    pub(super) fn date(&self, day: Workday) -> Date {
        let from_monday = self.offset + day;
        let days = 7 * from_monday.div_euclid(5) + from_monday.rem_euclid(5);
        self.monday + TimeDelta::days(i64::from(days))
    }

    /// The working day of a date; that before it, for a weekend.
    pub(super) fn workday(&self, date: Date) -> Workday {
        let days = (date - self.monday).num_days();
        let weekday = days.rem_euclid(7).min(4);
        Workday::try_from(5 * days.div_euclid(7) + weekday).map_or(0, |day| day - self.offset)
    }

    /// A moment of the day in working hours, later for a later `minute`.
    pub(super) fn moment(&self, day: Workday, minute: usize) -> Timestamp {
        let minutes = TimeDelta::minutes(9 * 60 + i64::try_from(minute).unwrap_or(0));
        self.date(day).and_time(NaiveTime::MIN).and_utc() + minutes
    }
}

#[cfg(test)]
mod tests {
    use chrono::Weekday;

    use super::*;

    #[test]
    fn skips_weekends() {
        let saturday = Date::from_ymd_opt(2026, 11, 28).unwrap();
        let calendar = Calendar::new(saturday);
        assert_eq!(calendar.date(0), Date::from_ymd_opt(2026, 11, 27).unwrap());
        assert_eq!(calendar.date(1), Date::from_ymd_opt(2026, 11, 30).unwrap());
        assert_eq!(calendar.date(-5), Date::from_ymd_opt(2026, 11, 20).unwrap());
        assert!((-600..60).all(|day| !matches!(calendar.date(day).weekday(), Weekday::Sat | Weekday::Sun)));
        assert!((-600..60).all(|day| calendar.date(day) < calendar.date(day + 1)));
        assert!((-600..60).all(|day| calendar.workday(calendar.date(day)) == day));
        assert_eq!(calendar.workday(saturday), 0);
    }
}
