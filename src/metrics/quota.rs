//! What quotas ask of some people in some months, and what is left of it (method §6, capacity).

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Filter, Frame, Holding, Month, Period, View,
    holding::Tally,
    shape::QuotaLeft,
    timeline::value_on,
    view::{State, Status},
};
use crate::model::{Date, DepartmentId, PersonId, Quota, QuotaId, QuotaOf, QuotaSpan, Share, Workspace};

/// What quotas ask.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What is to be won, in minor units.
    pub amount: i128,
    /// How many of the months somebody has a quota for.
    pub months: u32,
    /// How many months there are.
    pub of: u32,
    /// The quotas behind it.
    pub quotas: BTreeSet<QuotaId>,
}

/// What is asked, what was won of it and what may still come before its end.
#[derive(Clone, Debug, PartialEq)]
pub struct Attainment {
    /// The months, from their first to their last day.
    pub period: Period,
    /// What is asked.
    pub asked: Asked,
    /// What was won from the first day until the day of the view.
    pub won: Holding,
    /// The open deals expected to close from the day of the view until the last day.
    pub closing: Holding,
}

impl Attainment {
    /// What is still to be won, in minor units; 0 when it is more than reached.
    #[expect(clippy::cast_precision_loss, reason = "an amount that is compared and shown, not added to")]
    pub fn left(&self) -> f64 {
        (self.asked.amount - self.won.amount).max(0) as f64
    }

    /// The same with what may answer it, for the [shape](super::shape) of a funnel.
    pub fn quota_left(&self) -> QuotaLeft {
        QuotaLeft { left: self.left(), closing: self.closing.weighted }
    }

    /// The share that was won of what is asked; `None` when nothing is.
    #[expect(clippy::cast_precision_loss, reason = "a share that is shown")]
    pub fn share(&self) -> Option<f64> {
        (self.asked.amount > 0).then(|| self.won.amount as f64 / self.asked.amount as f64)
    }
}

/// The first month of the month, quarter or year in which a day lies, with years that begin with month `fiscal_year_start`.
///
/// ```
/// use loudou::{metrics::{Month, quota::first_month}, model::{Date, QuotaSpan}};
/// let day: Date = "2026-11-23".parse().unwrap();
/// assert_eq!(first_month(day, 1, QuotaSpan::Quarter), Month { year: 2026, month: 10 });
/// // With a fiscal year that begins in February, quarters begin in February, May, August and November.
/// assert_eq!(first_month(day, 2, QuotaSpan::Quarter), Month { year: 2026, month: 11 });
/// assert_eq!(first_month(day, 2, QuotaSpan::Year), Month { year: 2026, month: 2 });
/// ```
pub fn first_month(day: Date, fiscal_year_start: u8, span: QuotaSpan) -> Month {
    let Month { year, month } = Month::of(day);
    let into = (month + 12 - u32::from(fiscal_year_start).min(12)) % span.months();
    if month > into { Month { year, month: month - into } } else { Month { year: year - 1, month: month + 12 - into } }
}

/// The people of a filter and nothing else of it; `None` when it asks for something that quotas say nothing of, such as a product. The
/// model and the period do not count: a quota is for all models, and has months of its own.
pub fn of_people(filter: &Filter) -> Option<Filter> {
    let people = Filter {
        departments: filter.departments.clone(),
        people: filter.people.clone(),
        model: filter.model,
        period: filter.period,
        ..Filter::default()
    };
    (people == *filter).then_some(Filter { model: None, period: None, ..people })
}

/// What quotas ask of the people of `filter` in the `months` months from `first` on, and what came by the end of `as_of`. `None` when no
/// month has a quota, or for a filter that quotas [say nothing of](of_people).
///
/// Month by month, the shortest quota that covers it counts, with [its part](Quota::in_month) of that month. A department without a
/// quota of its own has what its people and the departments inside it have together, and so has the company. All models count.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::{
///     metrics::{Filter, Frame, Month, quota::attainment},
///     model::{Command, Money, Quota, QuotaOf, QuotaSpan, Stamp, Timestamp, apply},
/// };
/// let deals = six_deals();
/// let (of, span) = (QuotaOf::Company {}, QuotaSpan::Quarter);
/// let amount = Money::from_minor(900_000).unwrap();
/// let quota = Quota { id: 1.into(), of, from: day(2026, 1, 1), span, amount, locked: false };
/// let stamp = Stamp { on: day(2026, 1, 1), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
/// let workspace = deals.with(&apply(&deals, Command::PutQuota(quota), stamp).unwrap());
/// let (frame, all, january) = (Frame::new(&workspace), Filter::default(), Month { year: 2026, month: 1 });
/// let quarter = attainment(&workspace, &frame, day(2026, 3, 10), &all, january, 3).unwrap();
/// // 9,000.00 are asked, 1,000.00 were won; 4,000.00 at 80 % are expected on 15 March.
/// assert_eq!((quarter.asked.amount, quarter.won.amount, quarter.closing.weighted), (900_000, 100_000, 320_000.0));
/// assert_eq!(quarter.left(), 800_000.0);
/// // A third of it is asked of January.
/// assert_eq!(attainment(&workspace, &frame, day(2026, 1, 31), &all, january, 1).unwrap().asked.amount, 300_000);
/// ```
pub fn attainment(
    workspace: &Workspace,
    frame: &Frame,
    as_of: Date,
    filter: &Filter,
    first: Month,
    months: u32,
) -> Option<Attainment> {
    let asked = asked(workspace, filter, first, months)?;
    let filter = of_people(filter)?;
    let period = Period { from: first.first_day()?, to: months_from(first, months).last()?.last_day()? };
    let (won, closing) = came(&frame.view(as_of, &filter), period);
    Some(Attainment { period, asked, won, closing })
}

/// The [`attainment`] of each of `whom`, in their order, in one pass over the deals; `None` for those of whom no month asks anything.
pub fn attainments(
    workspace: &Workspace,
    frame: &Frame,
    as_of: Date,
    whom: &[QuotaOf],
    first: Month,
    months: u32,
) -> Vec<Option<Attainment>> {
    let to = months_from(first, months).last().and_then(Month::last_day);
    let Some((from, to)) = first.first_day().zip(to) else { return vec![None; whom.len()] };
    let (period, everybody, groups) = (Period { from, to }, Filter::default(), Groups::of(frame, whom));
    let mut came = vec![<(Tally, Tally)>::default(); whom.len()];
    let view = frame.view(as_of, &everybody);
    for state in &view.states {
        let Some((place, chance)) = place_of(state, period, as_of) else { continue };
        for line in groups.lines(value_on(frame.owners(state.row), as_of).flatten()) {
            if let Some((won, closing)) = came.get_mut(line) {
                if place == Place::Won { won.add(state, chance) } else { closing.add(state, chance) }
            }
        }
    }
    let attainment = |(of, (won, closing)): (&QuotaOf, (Tally, Tally))| {
        let asked = asked(workspace, &filter_of(*of), first, months)?;
        Some(Attainment { period, asked, won: won.finish(), closing: closing.finish() })
    };
    whom.iter().zip(came).map(attainment).collect()
}

/// The filter that lets the deals of those pass whom a quota is for.
pub fn filter_of(of: QuotaOf) -> Filter {
    match of {
        QuotaOf::Company {} => Filter::default(),
        QuotaOf::Department { department } => Filter { departments: [department].into(), ..Filter::default() },
        QuotaOf::Person { person } => Filter { people: [person].into(), ..Filter::default() },
    }
}

/// Several groups of people, which may lie inside one another.
pub(super) struct Groups {
    /// Those that everybody belongs to, and the deals of nobody too.
    all: Vec<usize>,
    of_people: BTreeMap<PersonId, Vec<usize>>,
}

impl Groups {
    pub(super) fn of(frame: &Frame, whom: &[QuotaOf]) -> Self {
        let mut groups = Self { all: Vec::new(), of_people: BTreeMap::new() };
        for (place, of) in whom.iter().enumerate() {
            match frame.sellers(&filter_of(*of)) {
                None => groups.all.push(place),
                Some(people) => {
                    for person in people {
                        groups.of_people.entry(person).or_default().push(place);
                    }
                }
            }
        }
        groups
    }

    /// The places of the groups to which the deals of somebody belong.
    pub(super) fn lines(&self, owner: Option<PersonId>) -> impl Iterator<Item = usize> {
        let own = owner.and_then(|owner| self.of_people.get(&owner)).map_or(&[][..], Vec::as_slice);
        self.all.iter().chain(own).copied()
    }
}

/// What quotas ask of the people of `filter` in the `months` months from `first` on, by the rule of [`attainment`].
pub fn asked(workspace: &Workspace, filter: &Filter, first: Month, months: u32) -> Option<Asked> {
    let filter = of_people(filter)?;
    let team = Team::of(workspace);
    let mut asked = Asked { of: months, ..Asked::default() };
    for month in months_from(first, months) {
        if let Some(part) = team.asked_of(&filter, month.first_day()?) {
            asked.amount += part.amount;
            asked.months += 1;
            asked.quotas.extend(part.quotas);
        }
    }
    (asked.months > 0).then_some(asked)
}

/// So many months from one on.
pub(super) fn months_from(first: Month, months: u32) -> impl Iterator<Item = Month> {
    std::iter::successors(Some(first), |month| Some(month.next())).zip(0..months).map(|(month, _)| month)
}

/// What was won in a period until the day of the view, and what may close in it from that day on.
fn came(view: &View, period: Period) -> (Holding, Holding) {
    let (mut won, mut closing) = (Tally::default(), Tally::default());
    for state in &view.states {
        match place_of(state, period, view.as_of) {
            Some((Place::Won, chance)) => won.add(state, chance),
            Some((Place::Closing, chance)) => closing.add(state, chance),
            None => {}
        }
    }
    (won.finish(), closing.finish())
}

/// Where a deal counts for a quota.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Won,
    Closing,
}

/// Where a deal counts for a quota, and how much of its amount.
fn place_of(at: &State, period: Period, as_of: Date) -> Option<(Place, Share)> {
    let stage = at.stage?;
    match at.status {
        Status::Won(Some(on)) if period.contains(on) => Some((Place::Won, Share::ONE)),
        Status::Open if at.close.is_some_and(|close| close >= as_of && close <= period.to) => {
            Some((Place::Closing, at.chance(stage)))
        }
        _ => None,
    }
}

/// An amount of one month with the quotas behind it.
#[derive(Default)]
struct PartAsked {
    amount: i128,
    quotas: Vec<QuotaId>,
}

/// Who has quotas, and who belongs where.
struct Team<'a> {
    quotas: BTreeMap<QuotaOf, Vec<&'a Quota>>,
    people: Vec<(PersonId, Option<DepartmentId>)>,
    departments: Vec<(DepartmentId, Option<DepartmentId>)>,
}

impl<'a> Team<'a> {
    fn of(workspace: &'a Workspace) -> Self {
        let mut quotas: BTreeMap<QuotaOf, Vec<&Quota>> = BTreeMap::new();
        for quota in workspace.quotas.iter() {
            quotas.entry(quota.of).or_default().push(quota);
        }
        Self {
            quotas,
            people: workspace.people.iter().map(|person| (person.id, person.department)).collect(),
            departments: workspace.departments.iter().map(|one| (one.id, one.parent)).collect(),
        }
    }

    /// What is asked of the people of a filter in the month of `day`.
    fn asked_of(&self, filter: &Filter, day: Date) -> Option<PartAsked> {
        if !filter.people.is_empty() {
            let works_there = |works_in: Option<DepartmentId>| {
                filter.departments.is_empty() || self.above(works_in).any(|one| filter.departments.contains(&one))
            };
            let people =
                self.people.iter().filter(|(id, works_in)| filter.people.contains(id) && works_there(*works_in));
            return sum(people.map(|(person, _)| self.own(QuotaOf::Person { person: *person }, day)));
        }
        if filter.departments.is_empty() {
            return self.own(QuotaOf::Company {}, day).or_else(|| self.inside(None, day, 0));
        }
        // A department inside another chosen one counts with that one.
        let outermost = filter
            .departments
            .iter()
            .filter(|id| self.above(Some(**id)).skip(1).all(|above| !filter.departments.contains(&above)));
        sum(outermost.map(|department| self.of_department(*department, day, 0)))
    }

    /// A department with all those around it, from the inside out.
    fn above(&self, department: Option<DepartmentId>) -> impl Iterator<Item = DepartmentId> {
        let parent = |id: &DepartmentId| self.departments.iter().find(|(one, _)| one == id)?.1;
        // Departments that lie inside one another come to an end all the same.
        std::iter::successors(department, parent).take(self.departments.len())
    }

    fn of_department(&self, department: DepartmentId, day: Date, depth: usize) -> Option<PartAsked> {
        self.own(QuotaOf::Department { department }, day).or_else(|| self.inside(Some(department), day, depth))
    }

    /// What the people and departments directly inside a department have together; `None`: directly under the company.
    fn inside(&self, department: Option<DepartmentId>, day: Date, depth: usize) -> Option<PartAsked> {
        // A circle comes to an end here too.
        if depth > self.departments.len() {
            return None;
        }
        let people = self.people.iter().filter(|(_, works_in)| *works_in == department);
        let people = people.map(|(person, _)| self.own(QuotaOf::Person { person: *person }, day));
        let inner = self.departments.iter().filter(|(_, parent)| *parent == department);
        sum(people.chain(inner.map(|(inner, _)| self.of_department(*inner, day, depth + 1))))
    }

    /// What a quota of their own asks of somebody: the shortest one that covers the month; of two for the same months, the newer.
    fn own(&self, of: QuotaOf, day: Date) -> Option<PartAsked> {
        let quotas = self.quotas.get(&of)?.iter().filter_map(|quota| Some((quota, quota.in_month(day)?)));
        let (quota, part) = quotas.min_by_key(|(quota, _)| (quota.span, std::cmp::Reverse((quota.from, quota.id))))?;
        Some(PartAsked { amount: i128::from(part.minor()), quotas: vec![quota.id] })
    }
}

/// All parts together; `None` when none has a quota.
fn sum(parts: impl Iterator<Item = Option<PartAsked>>) -> Option<PartAsked> {
    parts
        .flatten()
        .reduce(|all, part| PartAsked { amount: all.amount + part.amount, quotas: [all.quotas, part.quotas].concat() })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Batch, Command, Currency, Department, Money, Person, Profile, Stamp, Timestamp, apply};

    fn day(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn quota(id: u128, of: QuotaOf, from: &str, span: QuotaSpan, minor: i64) -> Quota {
        Quota { id: id.into(), of, from: day(from), span, amount: Money::from_minor(minor).unwrap(), locked: false }
    }

    const fn person(id: u128) -> QuotaOf {
        QuotaOf::Person { person: PersonId::new(ulid::Ulid(id)) }
    }

    const fn department(id: u128) -> QuotaOf {
        QuotaOf::Department { department: DepartmentId::new(ulid::Ulid(id)) }
    }

    /// Department 1 with person 1 and department 2 inside it, where person 2 works; person 3 works nowhere.
    fn team(quotas: Vec<Quota>) -> Workspace {
        let of = |id: u128, parent: Option<u128>| Department {
            id: id.into(),
            name: "Sales".into(),
            parent: parent.map(Into::into),
            manager: String::new(),
        };
        let works = |id: u128, department: Option<u128>| Person {
            id: id.into(),
            name: "Seller".into(),
            department: department.map(Into::into),
            territory: String::new(),
            capacity: None,
            active: true,
        };
        let empty = Workspace::new(1.into(), Profile::named("Team", Currency::CNY));
        let stamp = Stamp { on: day("2026-01-01"), at: Timestamp::UNIX_EPOCH, by: None, seed: ulid::Ulid(0) };
        let batch = Batch {
            departments: vec![of(1, None), of(2, Some(1))],
            people: vec![works(1, Some(1)), works(2, Some(2)), works(3, None)],
            quotas,
            ..Batch::default()
        };
        empty.with(&apply(&empty, Command::Import(Box::new(batch)), stamp).unwrap())
    }

    fn asked(workspace: &Workspace, filter: &Filter, months: u32) -> Option<(i128, u32)> {
        let first = Month { year: 2026, month: 10 };
        let found = attainment(workspace, &Frame::new(workspace), day("2026-10-05"), filter, first, months)?;
        Some((found.asked.amount, found.asked.months))
    }

    fn all_of(departments: &[u128], people: &[u128]) -> Filter {
        Filter {
            departments: departments.iter().map(|id| (*id).into()).collect(),
            people: people.iter().map(|id| (*id).into()).collect(),
            ..Filter::default()
        }
    }

    #[test]
    fn the_shortest_quota_counts() {
        let workspace = team(vec![
            quota(1, person(1), "2026-01-01", QuotaSpan::Year, 1_200),
            quota(2, person(1), "2026-10-01", QuotaSpan::Quarter, 600),
            quota(3, person(1), "2026-11-01", QuotaSpan::Month, 10),
        ]);
        // October and December as a third of the quarter, November by itself; January has none.
        assert_eq!(asked(&workspace, &all_of(&[], &[1]), 4), Some((200 + 10 + 200, 3)));
        // Nobody else has any.
        assert_eq!(asked(&workspace, &all_of(&[], &[2]), 4), None);
    }

    #[test]
    fn who_has_none_has_what_is_inside() {
        let people = [(1, person(1), 100), (2, person(2), 10), (3, person(3), 1)];
        let quotas = |more: Vec<Quota>| {
            let own = people.map(|(id, of, minor)| quota(id, of, "2026-10-01", QuotaSpan::Month, minor));
            team(own.into_iter().chain(more).collect())
        };
        let workspace = quotas(vec![]);
        assert_eq!(asked(&workspace, &Filter::default(), 1), Some((111, 1)));
        assert_eq!(asked(&workspace, &all_of(&[1], &[]), 1), Some((110, 1)));
        assert_eq!(asked(&workspace, &all_of(&[1, 2], &[]), 1), Some((110, 1)));
        assert_eq!(asked(&workspace, &all_of(&[2], &[]), 1), Some((10, 1)));
        assert_eq!(asked(&workspace, &all_of(&[2], &[1, 2]), 1), Some((10, 1)));
        let workspace = quotas(vec![quota(4, department(2), "2026-10-01", QuotaSpan::Quarter, 3_000)]);
        assert_eq!(asked(&workspace, &Filter::default(), 1), Some((100 + 1_000 + 1, 1)));
        let workspace = quotas(vec![quota(4, QuotaOf::Company {}, "2026-10-01", QuotaSpan::Month, 5)]);
        assert_eq!(asked(&workspace, &Filter::default(), 1), Some((5, 1)));
    }

    #[test]
    fn many_at_once_are_as_each_alone() {
        let today = day("2026-11-23");
        let company = crate::training::demo::company(
            crate::codec::content::Language::English,
            today,
            crate::training::demo::SEED,
        );
        let frame = Frame::new(&company);
        let departments = company.departments.iter().map(|one| QuotaOf::Department { department: one.id });
        let people = company.people.iter().map(|one| QuotaOf::Person { person: one.id });
        let whom: Vec<_> = std::iter::once(QuotaOf::Company {}).chain(departments).chain(people).collect();
        let first = Month { year: 2026, month: 10 };
        let alone = whom.iter().map(|of| attainment(&company, &frame, today, &filter_of(*of), first, 3));
        assert_eq!(attainments(&company, &frame, today, &whom, first, 3), alone.collect::<Vec<_>>());
    }

    #[test]
    fn quotas_say_nothing_of_products() {
        let workspace = team(vec![quota(1, person(1), "2026-10-01", QuotaSpan::Month, 100)]);
        let of_model = Filter { model: Some(1.into()), ..all_of(&[], &[1]) };
        assert_eq!(asked(&workspace, &of_model, 1), Some((100, 1)));
        let of_product = Filter { products: [1.into()].into(), ..all_of(&[], &[1]) };
        assert_eq!(asked(&workspace, &of_product, 1), None);
    }

    #[test]
    fn quarters_begin_where_the_fiscal_year_does() {
        let quarter = |text: &str, start: u8| {
            let Month { year, month } = first_month(day(text), start, QuotaSpan::Quarter);
            (year, month)
        };
        assert_eq!(quarter("2026-01-31", 2), (2025, 11));
        assert_eq!(quarter("2026-12-01", 12), (2026, 12));
        assert_eq!(quarter("2026-02-28", 12), (2025, 12));
        assert_eq!(first_month(day("2026-03-01"), 4, QuotaSpan::Year), Month { year: 2025, month: 4 });
        assert_eq!(first_month(day("2026-03-01"), 4, QuotaSpan::Month), Month { year: 2026, month: 3 });
    }
}
