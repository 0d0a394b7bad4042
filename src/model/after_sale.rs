//! What follows once a deal is won: return visits, referrals, the next purchase (售后跟进, method §2).

use super::{Date, Playbook};

/// The phase after the win. It is no stage: no deal stands in it and no figure of the funnel counts it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AfterSale {
    /// Its name, data in the user's language.
    pub name: String,
    /// Days from the win, or from one return visit, to the next return visit; at least 1.
    pub return_visit_days: u16,
    /// What is done for the customer, each with what it is for.
    pub tasks: Vec<String>,
    /// Advice for it.
    pub playbook: Playbook,
}

impl AfterSale {
    /// The day of the next return visit after one on `last`, or after a win on that day.
    ///
    /// ```
    /// use loudou::model::{AfterSale, Date, Playbook};
    /// let care =
    ///     AfterSale { name: "Care".into(), return_visit_days: 90, tasks: vec![], playbook: Playbook::default() };
    /// let won = Date::from_ymd_opt(2026, 1, 1).unwrap();
    /// assert_eq!(care.next_visit(won).to_string(), "2026-04-01");
    /// ```
    pub fn next_visit(&self, last: Date) -> Date {
        last.checked_add_days(chrono::Days::new(self.return_visit_days.into())).unwrap_or(Date::MAX)
    }
}
