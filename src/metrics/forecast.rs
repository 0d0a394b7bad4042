//! What the open deals may bring, and when (method §6, forecast).

use std::{collections::BTreeMap, fmt};

use chrono::Datelike;

use super::{Holding, LeftOut, Reason, View, holding::Tally, view::Status};
use crate::model::{Date, Share, Zone};

/// A calendar month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month {
    /// The year.
    pub year: i32,
    /// The month, 1 to 12.
    pub month: u32,
}

impl Month {
    /// The month in which the day lies.
    pub fn of(day: Date) -> Self {
        Self { year: day.year(), month: day.month() }
    }

    /// The month after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        if self.month == 12 { Self { year: self.year + 1, month: 1 } } else { Self { month: self.month + 1, ..self } }
    }

    /// The month this many months earlier.
    ///
    /// ```
    /// use loudou::metrics::Month;
    /// let march = Month { year: 2026, month: 3 };
    /// assert_eq!(march.earlier(3), Month { year: 2025, month: 12 });
    /// assert_eq!(march.earlier(12), Month { year: 2025, month: 3 });
    /// ```
    #[must_use]
    pub fn earlier(self, months: u32) -> Self {
        let (years, rest) = (months / 12, months % 12);
        let year = self.year.saturating_sub_unsigned(years);
        if self.month > rest {
            Self { year, month: self.month - rest }
        } else {
            Self { year: year.saturating_sub(1), month: self.month + 12 - rest }
        }
    }

    /// Its first day; `None` outside the calendar.
    pub fn first_day(self) -> Option<Date> {
        Date::from_ymd_opt(self.year, self.month, 1)
    }

    /// Its last day; `None` outside the calendar.
    pub fn last_day(self) -> Option<Date> {
        self.next().first_day()?.pred_opt()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year, self.month)
    }
}

/// How sure an open deal is, by its zone: that of the seller's own probability, or else that of its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// Lower zone: decided, formalities left.
    Commit,
    /// Middle zone.
    BestCase,
    /// Upper zone.
    Pipeline,
}

impl From<Zone> for Category {
    fn from(zone: Zone) -> Self {
        match zone {
            Zone::Lower => Self::Commit,
            Zone::Middle => Self::BestCase,
            Zone::Upper => Self::Pipeline,
        }
    }
}

/// A month of the forecast.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ForecastMonth {
    /// Open deals expected to close in the month, today or later.
    pub open: Holding,
    /// The same by category; a category without deals is missing.
    pub categories: BTreeMap<Category, Holding>,
    /// Deals won in the month.
    pub won: Holding,
}

/// The weighted forecast. Every open deal is in exactly one of `months`, `overdue`, `without_date` and `without_amount`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Forecast {
    /// Every month in which a deal was won or is expected, in order; a month with neither is missing.
    pub months: BTreeMap<Month, ForecastMonth>,
    /// All open deals by category, with those that are in no month; a category without deals is missing.
    pub categories: BTreeMap<Category, Holding>,
    /// Open deals whose expected close has passed: their date is no longer believable.
    pub overdue: Holding,
    /// Open deals without an expected close.
    pub without_date: Holding,
    /// Open deals without an amount, whatever their date.
    pub without_amount: Holding,
    /// Deals in a stage their model does not have ([`Reason::UnknownStage`]), and won ones outside the period or undated.
    pub left_out: LeftOut,
}

/// The weighted amount of the open deals by the month of their expected close, over all models of the filter together, beside
/// what was won month by month.
///
/// Only open deals are forecast: a lost or sleeping deal brings nothing. Deals expected to close on the day of the view are not
/// yet overdue. The period of the filter limits the won months only.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Category, Filter, Frame, Month, forecast};
/// let frame = Frame::new(&six_deals());
/// let everything = Filter::default();
/// let forecast = forecast(&frame.view(day(2026, 3, 31), &everything));
/// // 2,000.00 at 25 % are expected in April, 4,000.00 at 80 % were expected by 15 March.
/// assert_eq!(forecast.months[&Month { year: 2026, month: 4 }].open.weighted, 50_000.0);
/// assert_eq!(forecast.overdue.weighted, 320_000.0);
/// assert_eq!(forecast.without_date.weighted, 12_500.0);
/// assert_eq!(forecast.without_amount.deals.len(), 1);
/// assert_eq!(forecast.months[&Month { year: 2026, month: 2 }].won.amount, 100_000);
/// assert_eq!(forecast.categories[&Category::Commit].amount, 400_000);
/// ```
pub fn forecast(view: &View) -> Forecast {
    let mut months: BTreeMap<Month, MonthTally> = BTreeMap::new();
    let mut categories: BTreeMap<Category, Tally> = BTreeMap::new();
    let [mut overdue, mut without_date, mut without_amount] = <[Tally; 3]>::default();
    let mut left_out = LeftOut::default();
    for state in &view.states {
        let Some(stage) = state.stage else {
            left_out.add(Reason::UnknownStage, state.row);
            continue;
        };
        if !view.shows(stage.model) {
            continue;
        }
        match state.status {
            Status::Open => {
                let (chance, category) = (state.chance(stage), state.zone(stage).into());
                categories.entry(category).or_default().add(state, chance);
                match (state.amount, state.close) {
                    (None, _) => without_amount.add(state, chance),
                    (_, None) => without_date.add(state, chance),
                    (_, Some(close)) if close < view.as_of => overdue.add(state, chance),
                    (_, Some(close)) => {
                        let month = months.entry(Month::of(close)).or_default();
                        month.open.add(state, chance);
                        month.categories.entry(category).or_default().add(state, chance);
                    }
                }
            }
            Status::Won(on) => match (view.in_period(on), on) {
                (Ok(()), Some(on)) => months.entry(Month::of(on)).or_default().won.add(state, Share::ONE),
                (Ok(()), None) => left_out.add(Reason::Undated, state.row),
                (Err(reason), _) => left_out.add(reason, state.row),
            },
            Status::Lost(_) | Status::Dormant(_) => {}
        }
    }
    Forecast {
        months: months.into_iter().map(|(month, tally)| (month, tally.finish())).collect(),
        categories: finish(categories),
        overdue: overdue.finish(),
        without_date: without_date.finish(),
        without_amount: without_amount.finish(),
        left_out,
    }
}

#[derive(Default)]
struct MonthTally {
    open: Tally,
    categories: BTreeMap<Category, Tally>,
    won: Tally,
}

impl MonthTally {
    fn finish(self) -> ForecastMonth {
        ForecastMonth { open: self.open.finish(), categories: finish(self.categories), won: self.won.finish() }
    }
}

fn finish(tallies: BTreeMap<Category, Tally>) -> BTreeMap<Category, Holding> {
    tallies.into_iter().map(|(category, tally)| (category, tally.finish())).collect()
}
