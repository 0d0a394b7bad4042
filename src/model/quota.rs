//! Quotas (销售定额): what is to be won by whom, in which months.

use chrono::{Datelike as _, Months};

use super::{Date, DepartmentId, Money, PersonId, QuotaId};

/// Whom a quota is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuotaOf {
    /// All together.
    Company {},
    /// A department with the departments inside it.
    Department {
        /// Which one.
        department: DepartmentId,
    },
    /// One seller.
    Person {
        /// Who.
        person: PersonId,
    },
}

/// How long a quota lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuotaSpan {
    /// One month.
    Month,
    /// Three months, from any month on.
    Quarter,
    /// Twelve months, from any month on.
    Year,
}

impl QuotaSpan {
    /// All of them, the shortest first.
    pub const ALL: [Self; 3] = [Self::Month, Self::Quarter, Self::Year];

    /// How many months it has.
    pub const fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Year => 12,
        }
    }
}

/// What somebody is to win in some months.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quota {
    /// Unique within the workspace.
    pub id: QuotaId,
    /// Whom it is for.
    pub of: QuotaOf,
    /// The first day of its first month.
    pub from: Date,
    /// How long it lasts.
    pub span: QuotaSpan,
    /// What is to be won; never below 0.
    pub amount: Money,
    /// Whether it is settled: nobody changes or removes it until it is unlocked.
    pub locked: bool,
}

impl Quota {
    /// Whether both ask the same people for the same months, so that only one of them can hold.
    pub fn same_as(&self, other: &Self) -> bool {
        (self.of, self.from, self.span) == (other.of, other.from, other.span)
    }

    /// The last day of its last month.
    pub fn until(&self) -> Date {
        let next = self.from.checked_add_months(Months::new(self.span.months()));
        next.and_then(|day| day.pred_opt()).unwrap_or(Date::MAX)
    }

    /// What it asks of the month in which `day` lies; `None` when that is none of its months. The parts of all its months add up to
    /// the whole: what does not divide comes to the later ones.
    ///
    /// ```
    /// use loudou::model::{Date, Money, Quota, QuotaOf, QuotaSpan};
    /// let day = |text: &str| text.parse::<Date>().unwrap();
    /// let amount = Money::from_minor(100).unwrap();
    /// let quota = Quota {
    ///     id: 1.into(),
    ///     of: QuotaOf::Company {},
    ///     from: day("2026-10-01"),
    ///     span: QuotaSpan::Quarter,
    ///     amount,
    ///     locked: false,
    /// };
    /// let parts = ["2026-10-31", "2026-11-15", "2026-12-01"].map(|at| quota.in_month(day(at)).unwrap().minor());
    /// assert_eq!(parts, [33, 33, 34]);
    /// assert_eq!(quota.in_month(day("2027-01-01")), None);
    /// assert_eq!(quota.until(), day("2026-12-31"));
    /// ```
    pub fn in_month(&self, day: Date) -> Option<Money> {
        let number = |day: Date| i64::from(day.year()) * 12 + i64::from(day.month0());
        let (place, months) = (number(day) - number(self.from), i64::from(self.span.months()));
        if !(0..months).contains(&place) {
            return None;
        }
        let by = |months_done: i64| self.amount.minor() * months_done / months;
        Money::from_minor(by(place + 1) - by(place))
    }
}
