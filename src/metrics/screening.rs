//! All customers against a target profile (筛选, method §3): who passes, what fit follows from it, and whether the profile is any good.

use std::collections::{BTreeMap, BTreeSet};

use super::{Rate, screen::Screen, target::Match};
use crate::model::{Attribute, Customer, CustomerId, Level, Status, Table, Target, Trait, Workspace};

/// A customer with its score.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// Which customer.
    pub customer: CustomerId,
    /// How well it matches.
    pub found: Match,
    /// Whether it belongs to the segment.
    pub passes: bool,
    /// The fit that the score proposes; see [`Match::fit`].
    pub fit: Option<Level>,
}

/// Every customer with its score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Screening {
    scored: Vec<Scored>,
    passing: usize,
}

/// What taking over the proposed fits would do. A fit that differs was set by a person and is listed apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Proposals {
    /// Customers without a fit, with the proposed one.
    pub fresh: Vec<(CustomerId, Level)>,
    /// Customers whose fit is another one, with the proposed one.
    pub other: Vec<(CustomerId, Level)>,
    /// Customers whose fit is the proposed one.
    pub same: usize,
    /// Customers for whom nothing is proposed: what is unknown of them could still change it.
    pub unsettled: usize,
}

/// Deals that were won, of those that were won or lost.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Decided {
    /// Won.
    pub won: usize,
    /// Won or lost.
    pub of: usize,
}

/// How deals ended with the customers that pass, and with the others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TrackRecord {
    /// Deals of the customers that pass.
    pub inside: Decided,
    /// Deals of all other customers.
    pub outside: Decided,
}

impl Screening {
    /// How many bars [`histogram`](Self::histogram) has.
    pub const BARS: usize = 10;

    /// Scores all customers; the best come first, those with the same score in the order of what they could still reach.
    pub fn of(customers: &Table<Customer>, target: &Target) -> Self {
        let screen = Screen::new(target);
        let score = |customer: &std::sync::Arc<Customer>| {
            let found = screen.score(customer);
            let (passes, fit) = (found.passes(target.line), found.fit(target.line));
            Scored { customer: customer.id, found, passes, fit }
        };
        let mut scored: Vec<_> = customers.iter().map(score).collect();
        let rank = |scored: &Scored| (scored.found.score.unwrap_or(-1.0), scored.found.best.unwrap_or(-1.0));
        scored.sort_by(|a, b| {
            let ((a, best_a), (b, best_b)) = (rank(a), rank(b));
            b.total_cmp(&a).then(best_b.total_cmp(&best_a))
        });
        let passing = scored.iter().filter(|scored| scored.passes).count();
        Self { scored, passing }
    }

    /// The customers, best first.
    pub fn scored(&self) -> &[Scored] {
        &self.scored
    }

    /// How many customers pass.
    pub fn passing(&self) -> usize {
        self.passing
    }

    /// The customers that pass, best first.
    pub fn segment(&self) -> impl Iterator<Item = CustomerId> {
        self.scored.iter().filter(|scored| scored.passes).map(|scored| scored.customer)
    }

    /// How many customers score in each tenth, from 0–10 % up; a score between two tenths counts in the upper one, the full score in
    /// the last.
    pub fn histogram(&self) -> [usize; Self::BARS] {
        let mut bars = [0; Self::BARS];
        for score in self.scored.iter().filter_map(|scored| scored.found.score) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a score lies between 0 and 1")]
            let place = (score * 10.0 + 1e-9) as usize;
            if let Some(bar) = bars.get_mut(place.min(Self::BARS - 1)) {
                *bar += 1;
            }
        }
        bars
    }

    /// What taking over the proposed fits would do to `customers`.
    pub fn proposals(&self, customers: &Table<Customer>) -> Proposals {
        let mut proposals = Proposals::default();
        for scored in &self.scored {
            let Some(customer) = customers.get(scored.customer) else { continue };
            match (scored.fit, customer.fit) {
                (None, _) => proposals.unsettled += 1,
                (Some(fit), None) => proposals.fresh.push((customer.id, fit)),
                (Some(fit), Some(now)) if fit == now => proposals.same += 1,
                (Some(fit), Some(_)) => proposals.other.push((customer.id, fit)),
            }
        }
        proposals
    }
}

impl Decided {
    /// Fewer decided deals than this say nothing.
    pub const ENOUGH: usize = 5;

    /// The share that was won; `None` when too few were decided to tell.
    pub fn rate(self) -> Option<Rate> {
        Rate::new(self.won, self.of).filter(|_| self.of >= Self::ENOUGH)
    }
}

/// How deals ended inside and outside the segment. Customers are seen as they are today: what is known of them has no history.
/// Deals without customer, and those that are open or asleep, count on neither side.
///
/// # Examples
///
/// ```
/// use loudou::{
///     codec::content::Language,
///     metrics::{Screening, track_record},
///     model::{Attribute, Date, Level, Share, Target, Wanted, Wish},
///     training::demo,
/// };
///
/// let company = demo::company(Language::English, Date::from_ymd_opt(2026, 11, 23).unwrap(), demo::SEED);
/// let wanted = Wanted::AtLeast { level: Level::High };
/// let wishes = vec![Wish { attribute: Attribute::BuyingPower, wanted, weight: 1 }];
/// let target = Target { id: 1.into(), name: "Rich".to_owned(), wishes, line: Share::ONE };
/// let record = track_record(&company, &Screening::of(&company.customers, &target));
/// assert!(record.inside.won <= record.inside.of && record.inside.of < record.outside.of);
/// ```
pub fn track_record(workspace: &Workspace, screening: &Screening) -> TrackRecord {
    let segment: BTreeSet<_> = screening.segment().collect();
    let mut record = TrackRecord::default();
    for deal in workspace.deals.iter() {
        let Some(customer) = deal.details.customer else { continue };
        let won = match deal.standing().status {
            Status::Won { .. } => 1,
            Status::Lost { .. } => 0,
            Status::Open | Status::Dormant { .. } => continue,
        };
        let side = if segment.contains(&customer) { &mut record.inside } else { &mut record.outside };
        side.won += won;
        side.of += 1;
    }
    record
}

/// The texts or labels that customers have in a property, each with how many customers have it, the most frequent first and those
/// equally frequent in the order of their characters. Levels have none.
pub fn values_in_use(customers: &Table<Customer>, attribute: &Attribute) -> Vec<(String, usize)> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for customer in customers.iter() {
        match attribute.of(customer) {
            Trait::Text(text) => *counts.entry(text.trim()).or_default() += 1,
            Trait::Labels(labels) => labels.iter().for_each(|label| *counts.entry(label.trim()).or_default() += 1),
            Trait::Unknown | Trait::Level(_) => {}
        }
    }
    let mut values: Vec<_> = counts.into_iter().map(|(text, count)| (text.to_owned(), count)).collect();
    values.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    values
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Change, Patch, Share, Wanted, Wish};

    fn customers(known: &[(&str, Option<Level>)]) -> Table<Customer> {
        let patch = |(number, (size, fit)): (u128, &(&str, Option<Level>))| {
            let customer = Customer { size: (*size).to_owned(), fit: *fit, ..Customer::named(number.into(), "A") };
            Patch { id: customer.id, before: None, after: Some(customer.into()) }
        };
        let change = Change { customers: (1..).zip(known).map(patch).collect(), ..Change::default() };
        let profile = crate::model::Profile::named("A", crate::model::Currency::CNY);
        Workspace::new(1.into(), profile).with(&change).customers
    }

    fn larger_than_100_and_200(line: u8) -> Target {
        let wish = |from, weight| Wish {
            attribute: Attribute::Size,
            wanted: Wanted::Between { from: Some(from), to: None },
            weight,
        };
        let wishes = vec![wish(100, 3), wish(200, 1)];
        Target { id: 1.into(), name: "A".to_owned(), wishes, line: Share::percent(line) }
    }

    #[test]
    fn the_best_come_first() {
        let customers = customers(&["50", "", "150", "300", "many"].map(|size| (size, None)));
        let screening = Screening::of(&customers, &larger_than_100_and_200(75));
        let order: Vec<_> = screening.scored().iter().map(|scored| scored.customer).collect();
        assert_eq!(order, [4, 3, 2, 5, 1].map(CustomerId::from));
        assert_eq!(screening.segment().collect::<Vec<_>>(), [4, 3].map(CustomerId::from));
        assert_eq!(screening.passing(), 2);
        assert_eq!(screening.histogram(), [3, 0, 0, 0, 0, 0, 0, 1, 0, 1]);
    }

    #[test]
    fn fits_set_by_hand_stand_apart() {
        let with = |fit| {
            let customers = customers(&[("50", None), ("", None), ("150", None), ("300", Some(fit))]);
            Screening::of(&customers, &larger_than_100_and_200(75)).proposals(&customers)
        };
        assert_eq!(with(Level::High).fresh, [(3.into(), Level::High), (1.into(), Level::Low)]);
        assert_eq!((with(Level::High).same, with(Level::High).unsettled), (1, 1));
        assert_eq!(with(Level::Low).other, [(4.into(), Level::High)]);
    }

    #[test]
    fn the_most_frequent_value_comes_first() {
        let customers = customers(&[("50", None), ("", None), ("9", None), (" 9", None), ("10", None)]);
        let values = values_in_use(&customers, &Attribute::Size);
        assert_eq!(values, [("9".to_owned(), 2), ("10".to_owned(), 1), ("50".to_owned(), 1)]);
        assert!(values_in_use(&customers, &Attribute::Fit).is_empty());
    }

    #[test]
    fn few_decided_deals_tell_nothing() {
        assert_eq!(Decided { won: 4, of: 4 }.rate(), None);
        assert_eq!(Decided { won: 4, of: 5 }.rate(), Rate::new(4, 5));
    }
}
