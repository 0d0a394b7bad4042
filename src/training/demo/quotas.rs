//! The quotas of the demo company: every seller the same for each quarter, half more than they sold on average in the past year.

use chrono::{Days, Months};

use super::Demo;
use crate::{
    metrics::quota::first_month,
    model::{Date, Deal, Money, Person, Quota, QuotaOf, QuotaSpan, Status},
};

/// How many quarters have quotas: the present one, the next one, and those before.
const QUARTERS: u32 = 6;
/// Quotas are whole thousands, in minor units.
const ROUND: i64 = 100_000;

impl Demo<'_> {
    /// A quota for each active seller and each quarter, the earliest quarter first.
    pub(super) fn quotas(&mut self, today: Date, people: &[Person], deals: &[Deal]) -> Vec<Quota> {
        let year_ago = today.checked_sub_days(Days::new(364)).unwrap_or(today);
        let won = deals.iter().filter_map(|deal| match deal.standing().status {
            Status::Won { on } if on > Some(year_ago) => deal.standing().amount,
            _ => None,
        });
        let quarter: i64 = won.map(|amount| amount.minor() / 4).sum();
        self.spread_quotas(today, people, Money::from_minor(quarter * 3 / 2).unwrap_or_default())
    }

    /// The same for a company that is to win `quarter` in a quarter.
    pub(super) fn spread_quotas(&mut self, today: Date, people: &[Person], quarter: Money) -> Vec<Quota> {
        let sellers: Vec<&Person> = people.iter().filter(|person| person.active).collect();
        let each = quarter.minor() / i64::try_from(sellers.len().max(1)).unwrap_or(1) / ROUND * ROUND;
        let this = first_month(today, self.profile.fiscal_year_start, QuotaSpan::Quarter).first_day();
        let (Some(amount), Some(this)) = (Money::from_minor(each), this) else { return Vec::new() };
        let next = this.checked_add_months(Months::new(3)).unwrap_or(this);
        let quarters = (0..QUARTERS).rev().filter_map(|back| next.checked_sub_months(Months::new(3 * back)));
        let mut quotas = Vec::new();
        for from in quarters {
            quotas.extend(sellers.iter().map(|seller| Quota {
                id: self.ids.fresh(),
                of: QuotaOf::Person { person: seller.id },
                from,
                span: QuotaSpan::Quarter,
                amount,
                locked: false,
            }));
        }
        quotas
    }
}
