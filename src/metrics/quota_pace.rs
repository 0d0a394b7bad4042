//! Quotas against the calendar (method §8): how much of the period is gone, what should be there by now, and what the rest needs.

use std::ops::RangeInclusive;

use chrono::{Datelike as _, Months, TimeDelta, Weekday};

use super::{
    Attainment, Filter, Frame, Interval, Period, Rate, Row, quota::Groups, survival::count, timeline::value_on,
    view::Status,
};
use crate::model::{Date, QuotaOf};

/// Which days of a period count.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Days {
    /// Every day of the calendar.
    #[default]
    Calendar,
    /// Mondays to Fridays. Holidays count too: nobody has written down which days are holidays.
    Weekdays,
}

impl Days {
    /// How many of them make a week.
    pub const fn per_week(self) -> u32 {
        match self {
            Self::Calendar => 7,
            Self::Weekdays => 5,
        }
    }

    fn within(self, days: RangeInclusive<Date>) -> u32 {
        let (from, to) = days.into_inner();
        let all = (to - from).num_days() + 1;
        let counted = match self {
            Self::Calendar => all.max(0),
            Self::Weekdays => {
                let (weeks, rest) = ((all / 7).max(0), (all % 7).max(0));
                let works = |day: i64| {
                    let day = (from + TimeDelta::days(day)).weekday();
                    !matches!(day, Weekday::Sat | Weekday::Sun)
                };
                weeks * 5 + i64::try_from((0..rest).filter(|day| works(*day)).count()).unwrap_or(0)
            }
        };
        u32::try_from(counted).unwrap_or(0)
    }
}

/// How far a period is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gone {
    /// Which days are counted.
    pub days: Days,
    /// Days up to the end of the day looked at.
    pub gone: u32,
    /// Days of the period.
    pub of: u32,
}

impl Gone {
    /// How far `period` is at the end of `as_of`: nothing before it, all of it after it.
    ///
    /// ```
    /// use loudou::{metrics::{Period, quota_pace::{Days, Gone}}, model::Date};
    /// let day = |text: &str| text.parse::<Date>().unwrap();
    /// // November 2026 begins on a Sunday.
    /// let november = Period { from: day("2026-11-01"), to: day("2026-11-30") };
    /// let calendar = Gone::at(november, day("2026-11-15"), Days::Calendar);
    /// assert_eq!((calendar.gone, calendar.of, calendar.share()), (15, 30, Some(0.5)));
    /// let weekdays = Gone::at(november, day("2026-11-15"), Days::Weekdays);
    /// assert_eq!((weekdays.gone, weekdays.of), (10, 21));
    /// ```
    pub fn at(period: Period, as_of: Date, days: Days) -> Self {
        let gone = days.within(period.from..=as_of.min(period.to));
        Self { days, gone, of: days.within(period.from..=period.to) }
    }

    /// The share that is gone; `None` for a period without such days.
    pub fn share(&self) -> Option<f64> {
        (self.of > 0).then(|| f64::from(self.gone) / f64::from(self.of))
    }

    /// The weeks that are left.
    pub fn weeks_left(&self) -> f64 {
        f64::from(self.of.saturating_sub(self.gone)) / f64::from(self.days.per_week())
    }
}

/// What was won of a quota against what should be there by now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QuotaPace {
    /// How far the period is.
    pub gone: Gone,
    /// What should be won by now if money came evenly: what is asked × the share of the period that is gone. Minor units.
    pub expected: f64,
    /// What was won less that; below 0 when behind. Minor units.
    pub ahead: f64,
    /// The same as a share of what should be there; `None` before anything should.
    pub ahead_share: Option<f64>,
    /// What is to be won in each week that is left, in minor units; `None` when none is left.
    pub per_week: Option<f64>,
}

/// How a quota stands against the calendar at the end of `as_of`; `None` for a period without such days.
///
/// The calendar knows nothing of seasons: where most is won at the end of a quarter, everybody is behind until then.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::{
///     metrics::{Filter, Frame, Month, quota::attainment, quota_pace::{Days, pace}},
///     model::{Command, Money, Quota, QuotaOf, QuotaSpan, Stamp, Timestamp, apply},
/// };
/// let deals = six_deals();
/// let amount = Money::from_minor(900_000).unwrap();
/// let quota = Quota { id: 1.into(), of: QuotaOf::Company {}, from: day(2026, 1, 1), span: QuotaSpan::Quarter, amount, locked: false };
/// let stamp = Stamp { on: day(2026, 1, 1), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
/// let workspace = deals.with(&apply(&deals, Command::PutQuota(quota), stamp).unwrap());
/// let (frame, today) = (Frame::new(&workspace), day(2026, 3, 10));
/// let first = Month { year: 2026, month: 1 };
/// let quarter = attainment(&workspace, &frame, today, &Filter::default(), first, 3).unwrap();
/// let pace = pace(&quarter, today, Days::Calendar).unwrap();
/// // 69 of 90 days are gone: 9,000.00 × 69 ÷ 90 = 6,900.00 should be there, 1,000.00 are.
/// assert_eq!((pace.gone.gone, pace.gone.of, pace.expected, pace.ahead), (69, 90, 690_000.0, -590_000.0));
/// // 8,000.00 in the three weeks that are left.
/// assert!((pace.per_week.unwrap() - 800_000.0 / 3.0).abs() < 1e-6);
/// ```
#[expect(clippy::cast_precision_loss, reason = "amounts that are compared and shown, not added to")]
pub fn pace(attainment: &Attainment, as_of: Date, days: Days) -> Option<QuotaPace> {
    let gone = Gone::at(attainment.period, as_of, days);
    let expected = attainment.asked.amount as f64 * f64::from(gone.gone) / gone.share().map(|_| f64::from(gone.of))?;
    let ahead = attainment.won.amount as f64 - expected;
    let weeks = gone.weeks_left();
    Some(QuotaPace {
        gone,
        expected,
        ahead,
        ahead_share: (expected > 0.0).then(|| ahead / expected),
        per_week: (weeks > 0.0).then(|| attainment.left() / weeks),
    })
}

/// Whose decided deals a win rate is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// The people looked at.
    Own,
    /// Everybody: the people looked at have decided too few.
    Team,
}

/// Under so many decided deals a rate says too little.
pub const FEW: usize = 5;

/// Won ÷ (won + lost) of the deals that closed in the year before a day, and the deals behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct WinRate {
    /// Whose.
    pub whose: Whose,
    /// The days on which the deals closed.
    pub period: Period,
    /// The rate; `None` when no deal closed.
    pub rate: Option<Rate>,
    /// The deals it counts.
    pub deals: Vec<Row>,
}

impl WinRate {
    /// The win rate of each of `whom`, in their order, in the year up to the end of `as_of`: everybody's for those who have fewer than
    /// [`FEW`] decided deals while everybody has more.
    ///
    /// ```
    /// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
    /// # use oracles::{day, six_deals};
    /// use loudou::{metrics::{Frame, quota_pace::WinRate}, model::QuotaOf};
    /// let frame = Frame::new(&six_deals());
    /// let rates = WinRate::of_each(&frame, day(2026, 3, 31), &[QuotaOf::Company {}]);
    /// // One of two was won: twice what is left must lie open. Two deals are too few to tell.
    /// assert_eq!((rates[0].needed(), rates[0].is_thin()), (Some(2.0), true));
    /// ```
    pub fn of_each(frame: &Frame, as_of: Date, whom: &[QuotaOf]) -> Vec<Self> {
        let year_ago = as_of.checked_sub_months(Months::new(12)).and_then(|day| day.succ_opt()).unwrap_or(Date::MIN);
        let period = Period { from: year_ago, to: as_of };
        let inside = |on: Option<Date>| on.is_some_and(|on| period.contains(on));
        let groups = Groups::of(frame, whom);
        let mut own = vec![(Vec::new(), 0); whom.len()];
        let mut all = (Vec::new(), 0);
        for state in frame.view(as_of, &Filter::default()).states {
            let won = match state.status {
                Status::Won(on) if inside(on) => 1,
                Status::Lost(on) if inside(on) => 0,
                _ => continue,
            };
            let lines = groups.lines(value_on(frame.owners(state.row), as_of).flatten());
            let mut count = |(deals, wins): &mut (Vec<Row>, usize)| {
                deals.push(state.row);
                *wins += won;
            };
            count(&mut all);
            lines.for_each(|line| own.get_mut(line).into_iter().for_each(&mut count));
        }
        let rate =
            |whose, (deals, wins): (Vec<Row>, usize)| Self { whose, period, rate: Rate::new(wins, deals.len()), deals };
        let chosen = |own: (Vec<Row>, usize)| {
            let thin = own.0.len() < FEW && all.0.len() > own.0.len();
            if thin { rate(Whose::Team, all.clone()) } else { rate(Whose::Own, own) }
        };
        own.into_iter().map(chosen).collect()
    }

    /// Whether too few deals are behind it.
    pub fn is_thin(&self) -> bool {
        self.deals.len() < FEW
    }

    /// How many times what is left must lie open: 1 ÷ win rate. `None` when nothing was won: no open amount is enough by this rule.
    pub fn needed(&self) -> Option<f64> {
        let rate = self.rate.filter(|rate| rate.hits() > 0)?;
        Some(count(rate.of()) / count(rate.hits()))
    }

    /// Between which two the needed coverage lies with a probability of 90 %: 1 ÷ each end of the rate's interval.
    pub fn needed_interval(&self) -> Option<Interval> {
        let interval = self.rate?.interval();
        (interval.low > 0.0).then(|| Interval { low: 1.0 / interval.high, high: 1.0 / interval.low })
    }
}

/// How far what may close in the period covers what is left of the quota.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coverage {
    /// The open amount expected to close in the period ÷ what is left; to be held against 1 ÷ win rate.
    pub open: f64,
    /// The same of the weighted amount; to be held against 1.
    pub weighted: f64,
}

/// The coverage that is there; `None` when nothing is left to win, or nobody knows the amount of any deal that may close.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::{
///     metrics::{Filter, Frame, Month, quota::attainment, quota_pace::coverage},
///     model::{Command, Money, Quota, QuotaOf, QuotaSpan, Stamp, Timestamp, apply},
/// };
/// let deals = six_deals();
/// let amount = Money::from_minor(900_000).unwrap();
/// let quota = Quota { id: 1.into(), of: QuotaOf::Company {}, from: day(2026, 1, 1), span: QuotaSpan::Quarter, amount, locked: false };
/// let stamp = Stamp { on: day(2026, 1, 1), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
/// let workspace = deals.with(&apply(&deals, Command::PutQuota(quota), stamp).unwrap());
/// let first = Month { year: 2026, month: 1 };
/// let frame = Frame::new(&workspace);
/// let quarter = attainment(&workspace, &frame, day(2026, 3, 10), &Filter::default(), first, 3).unwrap();
/// // 8,000.00 are left; 4,000.00 at 80 % may close in time.
/// let coverage = coverage(&quarter).unwrap();
/// assert_eq!((coverage.open, coverage.weighted), (0.5, 0.4));
/// ```
#[expect(clippy::cast_precision_loss, reason = "amounts that are compared and shown, not added to")]
pub fn coverage(attainment: &Attainment) -> Option<Coverage> {
    let (left, open) = (attainment.left(), attainment.closing.known_amount()?);
    (left > 0.0).then(|| Coverage { open: open as f64 / left, weighted: attainment.closing.weighted / left })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn weekdays_are_counted_as_by_hand() {
        let from = day("2026-10-28");
        for length in 0..60 {
            for shift in 0..7 {
                let from = from + TimeDelta::days(shift);
                let to = from + TimeDelta::days(length);
                let by_hand = from.iter_days().take_while(|day| *day <= to);
                let by_hand = by_hand.filter(|day| !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)).count();
                assert_eq!(Days::Weekdays.within(from..=to) as usize, by_hand, "{from} {to}");
            }
        }
    }

    #[test]
    fn before_and_after_a_period() {
        let november = Period { from: day("2026-11-01"), to: day("2026-11-30") };
        for days in [Days::Calendar, Days::Weekdays] {
            assert_eq!(Gone::at(november, day("2026-09-30"), days).share(), Some(0.0));
            let over = Gone::at(november, day("2027-01-02"), days);
            assert_eq!((over.share(), over.weeks_left()), (Some(1.0), 0.0));
        }
        let empty = Period { from: day("2026-11-02"), to: day("2026-11-01") };
        assert_eq!(Gone::at(empty, day("2026-11-02"), Days::Calendar).share(), None);
        // A weekend has no weekday at all.
        let weekend = Period { from: day("2026-11-14"), to: day("2026-11-15") };
        assert_eq!(Gone::at(weekend, day("2026-11-15"), Days::Weekdays).share(), None);
    }

    #[test]
    fn nothing_won_needs_no_known_coverage() {
        let period = Period { from: day("2026-01-01"), to: day("2026-12-31") };
        let none = WinRate { whose: Whose::Own, period, rate: Rate::new(0, 6), deals: vec![] };
        assert_eq!(none.needed(), None);
        assert!(none.needed_interval().unwrap().low > 1.0);
        let all = WinRate { rate: Rate::new(6, 6), ..none.clone() };
        assert_eq!(all.needed(), Some(1.0));
        assert_eq!(WinRate { rate: None, ..none }.needed_interval(), None);
    }
}
