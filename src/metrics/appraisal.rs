//! Appraisal and incentive (考核与激励, method §8): a sheet of chosen measures for each person and period, what is paid for what was won,
//! and what a rule would have paid in past quarters.

mod incentive;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Frame, Month, Period, Rate, Row, View,
    cycle::median,
    filter::Filter,
    promises::promise_record,
    quality::{Subject, quality},
    quota::{asked, first_month},
    scorecard::acts::{self, Acts},
    timeline::value_on,
    view::Status,
};
use crate::model::{
    Date, DepartmentId, Incentive, Measure, MeasureKind, Money, PersonId, QuotaSpan, Scheme, Workspace,
};

pub use incentive::{PaidFor, Pay, PayLine, TeamPart, incentive};

/// The most points that a measure brings, however far beyond its target.
pub const MOST_POINTS: f64 = 150.0;

/// One measure of a sheet.
#[derive(Clone, Debug, PartialEq)]
pub struct SheetLine {
    /// What is measured, with its weight and target.
    pub measure: Measure,
    /// The result in the unit of the target: percent, days, a count, minor units; `None` when nothing was there to measure.
    pub result: Option<f64>,
    /// The points, from 0 to [`MOST_POINTS`]; `None` without a result or without a target to reach.
    pub points: Option<f64>,
    /// The deals behind the result.
    pub deals: Vec<Row>,
}

/// The sheet of one person.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// Whose it is.
    pub person: PersonId,
    /// The measures of the scheme, in its order.
    pub lines: Vec<SheetLine>,
    /// What is paid.
    pub pay: Pay,
    /// The deals that were won in the period.
    pub won: Vec<Row>,
    /// Won deals of which nobody knows the amount: they are in no sum.
    pub without_amount: Vec<Row>,
}

impl Sheet {
    /// The weights of the measures that have points, in percent of the scheme.
    pub fn measured(&self) -> u32 {
        self.lines.iter().filter(|line| line.points.is_some()).map(|line| u32::from(line.measure.weight)).sum()
    }

    /// Σ weight × points ÷ Σ weight of the measures that have points: what could not be measured counts neither for nor against
    /// anybody. `None` when nothing could.
    pub fn total(&self) -> Option<f64> {
        let measured = self.measured();
        let sum: f64 = self.lines.iter().filter_map(|line| Some(f64::from(line.measure.weight) * line.points?)).sum();
        (measured > 0).then(|| sum / f64::from(measured))
    }
}

/// The sheets of one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Appraisal {
    /// The days.
    pub period: Period,
    /// A sheet for everybody who works here or won something in the period, in the order of their ids.
    pub sheets: Vec<Sheet>,
}

/// The points of a result against a target: result ÷ target × 100, at least 0 and at most [`MOST_POINTS`]; where less is better, target ÷
/// result × 100. Of less, nothing at all brings the most, or 100 where nothing was asked for. `None` for a target of 0 of which
/// more is better: everything reaches it.
///
/// ```
/// use loudou::{metrics::appraisal::points, model::MeasureKind};
/// assert_eq!(points(MeasureKind::WonDeals, 8.0, 10), Some(80.0));
/// assert_eq!(points(MeasureKind::WonDeals, 20.0, 10), Some(150.0));
/// // 80 days where 60 are asked for.
/// assert_eq!(points(MeasureKind::CycleDays, 80.0, 60), Some(75.0));
/// assert_eq!((points(MeasureKind::GateSkips, 0.0, 5), points(MeasureKind::GateSkips, 0.0, 0)), (Some(150.0), Some(100.0)));
/// assert_eq!(points(MeasureKind::WonDeals, 3.0, 0), None);
/// ```
pub fn points(kind: MeasureKind, result: f64, target: i64) -> Option<f64> {
    #[expect(clippy::cast_precision_loss, reason = "targets are bounded by 2^51")]
    let target = target.max(0) as f64;
    let result = result.max(0.0);
    let ratio = match (less_is_better(kind), target > 0.0, result > 0.0) {
        (false, false, _) => return None,
        (false, true, _) => result / target,
        (true, true, true) => target / result,
        (true, true, false) => MOST_POINTS / 100.0,
        (true, false, true) => 0.0,
        (true, false, false) => 1.0,
    };
    Some((ratio * 100.0).min(MOST_POINTS))
}

/// Whether less of a measure is better.
pub fn less_is_better(kind: MeasureKind) -> bool {
    matches!(kind, MeasureKind::CycleDays | MeasureKind::GateSkips | MeasureKind::Slippage)
}

/// The sheets of the `months` months from `first` on, by the end of `as_of`, over all models; `None` outside the calendar.
///
/// Everything belongs to who owned the deal on the day of it, as on a [scorecard](fn@super::scorecard::scorecards); amounts are those of
/// `as_of`, so a correction counts. Attainment is by the quotas of the months; the win rate is of the deals closed in the period, the
/// cycle the median of those won, the activities all but notes. Gate-skips and slippage (closes put off) are shares in percent. Of
/// promises those count whose day lies in the period and of which it is known what [came of them](super::outcome()). Data quality is the share of one's open deals in
/// which nothing is wrong; it has no history, so only a period that is not over has it.
///
/// The department that a person works in today gives the team part: what it and the departments inside it won above its quota, parted
/// among those who work directly in it.
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::{metrics::{Frame, Month, appraisal::appraisal}, model::{Incentive, Scheme}};
/// let scheme = Scheme { id: 1.into(), name: "2026".into(), measures: vec![], incentive: Incentive::default() };
/// let workspace = six_deals();
/// let january = Month { year: 2026, month: 1 };
/// let found = appraisal(&workspace, &Frame::new(&workspace), day(2026, 3, 31), &scheme, january, 3).unwrap();
/// // Nobody works there.
/// assert_eq!((found.period.to, found.sheets.len()), (day(2026, 3, 31), 0));
/// ```
pub fn appraisal(
    workspace: &Workspace,
    frame: &Frame,
    as_of: Date,
    scheme: &Scheme,
    first: Month,
    months: u32,
) -> Option<Appraisal> {
    let period = span(first, months)?;
    let filter = Filter { period: Some(period), ..Filter::default() };
    let view = frame.view(as_of, &filter);
    let days = acts::days(frame, as_of, filter.period);
    let acts = acts::gather(workspace, &view, days, None);
    let quarter = Quarter::of(workspace, frame, &wins(&view), first, months);
    let sound = period.contains(as_of).then(|| sound_deals(workspace, &view, as_of));
    let nothing = Acts::default();
    let sheet = |person: PersonId| {
        let did = acts.get(&person).unwrap_or(&nothing);
        let facts = Facts {
            workspace,
            as_of,
            period,
            person,
            did,
            asked: quarter.quotas.get(&person).copied(),
            sound: sound.as_ref(),
        };
        let line = |measure: &Measure| {
            let (result, deals) = facts.result(measure.kind);
            let points = result.and_then(|result| points(measure.kind, result, measure.target));
            SheetLine { measure: *measure, result, points, deals }
        };
        let won = did.won.iter();
        Sheet {
            person,
            lines: scheme.measures.iter().map(line).collect(),
            pay: quarter.pay(workspace, &scheme.incentive, person),
            won: won.clone().map(|win| win.row).collect(),
            without_amount: won.filter(|win| win.amount.is_none()).map(|win| win.row).collect(),
        }
    };
    Some(Appraisal { period, sheets: quarter.people(workspace).into_iter().map(sheet).collect() })
}

/// What a rule would have paid in one quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried {
    /// The first month of the quarter.
    pub first: Month,
    /// Its days.
    pub period: Period,
    /// What each is paid who works here or won something in the quarter.
    pub pays: Vec<(PersonId, Pay)>,
}

impl Tried {
    /// What was won by all, in minor units.
    pub fn won(&self) -> i128 {
        self.pays.iter().map(|(_, pay)| pay.won).sum()
    }

    /// What is paid to all, in minor units.
    pub fn paid(&self) -> i128 {
        self.pays.iter().map(|(_, pay)| pay.total()).sum()
    }

    /// What is paid ÷ what was won; `None` when nothing was.
    #[expect(clippy::cast_precision_loss, reason = "a share that is shown")]
    pub fn share(&self) -> Option<f64> {
        (self.won() > 0).then(|| self.paid() as f64 / self.won() as f64)
    }
}

/// What `rule` would have paid in each of the last `most` quarters that are over by `as_of`, oldest first, with the quotas of those
/// quarters, the amounts of `as_of`, and the departments in which people work today. See [`appraisal`] and [`incentive`](fn@incentive).
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::{metrics::{Frame, appraisal::tried_out}, model::Incentive};
/// let workspace = six_deals();
/// let tried = tried_out(&workspace, &Frame::new(&workspace), day(2026, 4, 1), &Incentive::default(), 2);
/// let days: Vec<_> = tried.iter().map(|quarter| quarter.period.to).collect();
/// assert_eq!(days, [day(2025, 12, 31), day(2026, 3, 31)]);
/// // Nobody owned the deal that was won.
/// assert_eq!((tried[1].won(), tried[1].share()), (0, None));
/// ```
pub fn tried_out(workspace: &Workspace, frame: &Frame, as_of: Date, rule: &Incentive, most: usize) -> Vec<Tried> {
    let all = Filter::default();
    let wins = wins(&frame.view(as_of, &all));
    let this = first_month(as_of, workspace.profile.fiscal_year_start, QuotaSpan::Quarter);
    let months = QuotaSpan::Quarter.months();
    let firsts = std::iter::successors(Some(before(this, months)), |first| Some(before(*first, months)));
    let tried = |first: Month| {
        let period = span(first, months)?;
        let quarter = Quarter::of(workspace, frame, &wins, first, months);
        let people = quarter.people(workspace).into_iter();
        let pays = people.map(|person| (person, quarter.pay(workspace, rule, person))).collect();
        Some(Tried { first, period, pays })
    };
    let mut found: Vec<Tried> = firsts.take(most).filter_map(tried).collect();
    found.reverse();
    found
}

/// The month so many months before.
pub fn before(month: Month, months: u32) -> Month {
    let back = month.month + 12 - months % 12;
    let years = months / 12 + u32::from(back <= 12);
    Month { year: month.year - years.cast_signed(), month: (back - 1) % 12 + 1 }
}

fn span(first: Month, months: u32) -> Option<Period> {
    let last = (1..months).fold(first, |month, _| month.next());
    Some(Period { from: first.first_day()?, to: last.last_day()? })
}

/// What was won: by whom, when, and how much in minor units.
type Win = (PersonId, Date, Option<i64>);

/// Everything that was won by the day of the view, in whatever model, by who owned it on the day; what nobody owned or nobody dated is
/// in no period of anybody.
fn wins(view: &View) -> Vec<Win> {
    let won = view.states.iter().filter_map(|state| {
        let Status::Won(Some(on)) = state.status else { return None };
        state.stage?;
        let owner = value_on(view.frame.owners(state.row), on).flatten()?;
        Some((owner, on, state.amount.map(Money::minor)))
    });
    won.collect()
}

/// What was won and asked for in some months.
struct Quarter {
    won: BTreeMap<PersonId, i128>,
    quotas: BTreeMap<PersonId, i128>,
    teams: BTreeMap<DepartmentId, Team>,
}

/// A department.
struct Team {
    /// What it and those inside it won.
    won: i128,
    /// What is asked of it.
    quota: Option<i128>,
    /// Who parts what is above that: those who work directly in it.
    people: Vec<PersonId>,
}

impl Quarter {
    fn of(workspace: &Workspace, frame: &Frame, wins: &[Win], first: Month, months: u32) -> Self {
        let period = span(first, months);
        let mut won: BTreeMap<PersonId, i128> = BTreeMap::new();
        for (person, _, amount) in wins.iter().filter(|(_, on, _)| period.is_some_and(|period| period.contains(*on))) {
            *won.entry(*person).or_default() += i128::from(amount.unwrap_or_default());
        }
        let asks = |filter: &Filter| asked(workspace, filter, first, months).map(|asked| asked.amount);
        let quota = |person: PersonId| Some((person, asks(&Filter { people: [person].into(), ..Filter::default() })?));
        let quotas = workspace.people.iter().filter_map(|person| quota(person.id)).collect();
        let all = Self { won, quotas, teams: BTreeMap::new() };
        let here = all.people(workspace);
        let team = |department: DepartmentId| {
            let filter = Filter { departments: [department].into(), ..Filter::default() };
            let inside = frame.sellers(&filter).unwrap_or_default();
            let won = all.won.iter().filter(|(person, _)| inside.contains(person)).map(|(_, won)| won).sum();
            let works_in = |person: PersonId| workspace.people.get(person).and_then(|person| person.department);
            let people = here.iter().copied().filter(|person| works_in(*person) == Some(department)).collect();
            (department, Team { won, quota: asks(&filter), people })
        };
        let teams = workspace.departments.iter().map(|department| team(department.id)).collect();
        Self { teams, ..all }
    }

    /// Who works here or won something.
    fn people(&self, workspace: &Workspace) -> Vec<PersonId> {
        let here = workspace.people.iter().filter(|person| person.active || self.won.contains_key(&person.id));
        here.map(|person| person.id).collect()
    }

    fn pay(&self, workspace: &Workspace, rule: &Incentive, person: PersonId) -> Pay {
        let department = workspace.people.get(person).and_then(|person| person.department);
        let part = department.and_then(|department| self.teams.get(&department)).and_then(|team| {
            let place = team.people.iter().position(|one| *one == person)?;
            Some(TeamPart { won: team.won, quota: team.quota, people: team.people.len(), place })
        });
        let won = self.won.get(&person).copied().unwrap_or_default();
        incentive(rule, won, self.quotas.get(&person).copied(), part)
    }
}

/// The open deals of each, and those of them in which nothing is wrong.
type Sound = BTreeMap<PersonId, (Vec<Row>, usize)>;

fn sound_deals(workspace: &Workspace, view: &View, as_of: Date) -> Sound {
    let found = quality(workspace, as_of);
    let subjects =
        found.findings.iter().filter(|finding| finding.problem.of_deal()).flat_map(|finding| &finding.subjects);
    let ill: BTreeSet<_> = subjects
        .filter_map(|subject| match subject {
            Subject::Deal(deal) => Some(*deal),
            Subject::Customer(_) | Subject::Contact(..) => None,
        })
        .collect();
    let mut sound = Sound::new();
    for state in view.states.iter().filter(|state| state.status == Status::Open) {
        let Some(owner) = value_on(view.frame.owners(state.row), as_of).flatten() else { continue };
        let (rows, well) = sound.entry(owner).or_default();
        rows.push(state.row);
        *well += usize::from(!ill.contains(&state.facts.id));
    }
    sound
}

/// What the results of one person are made of.
struct Facts<'a> {
    workspace: &'a Workspace,
    as_of: Date,
    period: Period,
    person: PersonId,
    did: &'a Acts,
    asked: Option<i128>,
    sound: Option<&'a Sound>,
}

impl Facts<'_> {
    fn result(&self, kind: MeasureKind) -> (Option<f64>, Vec<Row>) {
        let did = self.did;
        let won = || did.won.iter().map(|win| win.row);
        let percent = |hits: usize, of: usize| Rate::new(hits, of).map(|rate| rate.value() * 100.0);
        #[expect(clippy::cast_precision_loss, reason = "amounts and counts that are compared and shown")]
        let number = |number: i128| number as f64;
        let amount = || did.won.iter().filter_map(|win| win.amount).map(i128::from).sum::<i128>();
        match kind {
            MeasureKind::Attainment => {
                let asked = self.asked.filter(|asked| *asked > 0);
                (asked.map(|asked| number(amount()) / number(asked) * 100.0), won().collect())
            }
            MeasureKind::WonAmount => (Some(number(amount())), won().collect()),
            MeasureKind::WonDeals => (Some(super::survival::count(did.won.len())), won().collect()),
            MeasureKind::WinRate => {
                let closed = did.won.len() + did.lost.len();
                (percent(did.won.len(), closed), won().chain(did.lost.iter().copied()).collect())
            }
            MeasureKind::CycleDays => {
                let mut days: Vec<f64> = did.won.iter().filter_map(|win| win.days).collect();
                days.sort_by(f64::total_cmp);
                (median(&days), won().collect())
            }
            MeasureKind::Activities => (Some(f64::from(did.activities)), did.worked.iter().copied().collect()),
            MeasureKind::GateSkips => {
                let rows = [&did.met[..], &did.skipped].concat();
                (percent(did.skipped.len(), rows.len()), rows)
            }
            MeasureKind::Slippage => {
                let put_off = did.closes.iter().filter(|(_, days)| *days > 0).count();
                (percent(put_off, did.closes.len()), did.closes.iter().map(|(row, _)| *row).collect())
            }
            MeasureKind::PromisesKept => {
                let record = promise_record(self.workspace, self.person, self.period, self.as_of);
                (record.rate().map(|rate| rate.value() * 100.0), Vec::new())
            }
            MeasureKind::DataQuality => match self.sound.and_then(|sound| sound.get(&self.person)) {
                Some((rows, well)) => (percent(*well, rows.len()), rows.clone()),
                None => (None, Vec::new()),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_back_over_years() {
        let month = |year, month| Month { year, month };
        assert_eq!(
            [0, 1, 2, 3, 12, 15].map(|by| before(month(2026, 2), by)),
            [month(2026, 2), month(2026, 1), month(2025, 12), month(2025, 11), month(2025, 2), month(2024, 11)]
        );
        assert_eq!(before(month(2026, 12), 12), month(2025, 12));
    }

    #[test]
    fn what_is_not_measured_counts_neither_way() {
        let line = |kind, weight, points| SheetLine {
            measure: Measure { kind, weight, target: 1 },
            result: points,
            points,
            deals: vec![],
        };
        let sheet = |lines| Sheet { person: 1.into(), lines, pay: Pay::default(), won: vec![], without_amount: vec![] };
        let some = sheet(vec![line(MeasureKind::WonDeals, 60, Some(100.0)), line(MeasureKind::WinRate, 40, None)]);
        assert_eq!((some.measured(), some.total()), (60, Some(100.0)));
        let both =
            sheet(vec![line(MeasureKind::WonDeals, 60, Some(100.0)), line(MeasureKind::WinRate, 40, Some(50.0))]);
        assert_eq!((both.measured(), both.total()), (100, Some(80.0)));
        assert_eq!(sheet(vec![]).total(), None);
    }
}
