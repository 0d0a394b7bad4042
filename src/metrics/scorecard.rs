//! What each seller and each department does well, and the one thing to train (method §8, scorecard): their figures beside those of the
//! rest of the team, and what of the difference is more than chance.

pub(super) mod acts;
mod advice;
mod figures;
mod slips;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Frame, Interval, Month, Period, Row,
    comparison::{Side, Told},
    filter::Filter,
    quota::asked,
};
use crate::model::{Date, DepartmentId, ModelId, PersonId, StageId, Workspace};

use acts::Acts;

pub use advice::Training;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// Conversion *of decided* of a stage.
    Stage(StageId),
    /// Won ÷ (won + lost) of the deals closed in the period.
    WinRate,
    /// Median days from the first day to the signature of the deals won in the period.
    Cycle,
    /// Median days from the entry to the first stage until a deal is won or lost, the open ones counted as long as they were seen.
    Stay,
    /// Money per day and person, in minor units.
    Velocity,
    /// Share of the deals whose expected close was put off in the period.
    PutOff,
    /// Median days by which these were put off, all puttings-off of a deal together.
    PutOffDays,
    /// Share of the passages through gates that somebody let through with a written reason.
    GateSkips,
    /// What was said of the deals less what came: above 0, it was too much.
    Optimism,
    /// Activities per week and person.
    Activities,
    /// Visits per week and person.
    Visits,
    /// Minutes written down per week and person.
    Minutes,
    /// Deals won in the period, per person.
    Won,
    /// Their amount per person, in minor units.
    WonAmount,
    /// What was won ÷ what quotas ask, in the whole months of the period.
    Attainment,
}

impl Measure {
    /// Which way is better.
    pub fn better(self) -> Better {
        match self {
            Self::Stage(_) | Self::WinRate | Self::Velocity | Self::Won | Self::WonAmount | Self::Attainment => {
                Better::More
            }
            Self::Cycle | Self::PutOff | Self::PutOffDays | Self::GateSkips => Better::Less,
            Self::Stay | Self::Optimism | Self::Activities | Self::Visits | Self::Minutes => Better::Neither,
        }
    }

    /// Whether it is something to train, and not what comes of it.
    pub fn is_trainable(self) -> bool {
        matches!(self, Self::Stage(_) | Self::Cycle | Self::PutOff | Self::PutOffDays | Self::GateSkips)
    }
}

/// Which way of a figure is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// The larger one.
    More,
    /// The smaller one.
    Less,
    /// Neither by itself: it explains others.
    Neither,
}

/// Whose card it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Of {
    /// A department with all inside it, by where people work today.
    Department(DepartmentId),
    /// A person.
    Person(PersonId),
}

/// A figure beside that of the rest of the team.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// What is measured.
    pub measure: Measure,
    /// The figure.
    pub own: Side,
    /// The figure of the rest of the team, without those whose card it is. Its deals are those of [`Scorecards::team_rows`].
    pub team: Side,
    /// Own − team; `None` when one of them is not defined. Of shares a difference of shares.
    pub difference: Option<f64>,
    /// The 90 % interval of the difference.
    pub interval: Option<Interval>,
    /// What it says, after Holm's correction for the number of lines compared.
    pub told: Told,
}

impl Line {
    /// Whether the difference is more than chance, and good.
    pub fn is_strength(&self) -> bool {
        matches!((self.told, self.measure.better()), (Told::More, Better::More) | (Told::Less, Better::Less))
    }

    /// Whether the difference is more than chance, and bad.
    pub fn is_weakness(&self) -> bool {
        matches!((self.told, self.measure.better()), (Told::More, Better::Less) | (Told::Less, Better::More))
    }
}

/// The card of a person or a department.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// Whose it is.
    pub of: Of,
    /// The figures, in the order in which they are read.
    pub lines: Vec<Line>,
    /// What is better than with the rest of the team by more than chance, in the order of the lines.
    pub strengths: Vec<Measure>,
    /// The one thing to train; `None` when nothing is worse by more than chance.
    pub train: Option<Training>,
    /// Whether not one line of which more or less is better could be compared: then nothing is said of the person.
    pub too_few: bool,
}

impl Card {
    /// The line of a measure.
    pub fn line(&self, measure: Measure) -> Option<&Line> {
        self.lines.iter().find(|line| line.measure == measure)
    }
}

/// The acts of everybody, from which the cards are made. See [`scorecards`].
#[derive(Debug)]
pub struct Scorecards {
    /// The model.
    pub model: ModelId,
    /// The people with a card.
    pub people: Vec<PersonId>,
    /// The departments with a card: those with one of the people inside.
    pub departments: Vec<DepartmentId>,
    /// The days over which weeks are counted; `None` when nothing has happened.
    pub days: Option<Period>,
    /// The whole months of the period, which quotas are for; `None` when it has none that is over.
    pub months: Option<Period>,
    stages: Vec<StageId>,
    acts: BTreeMap<PersonId, Acts>,
    members: BTreeMap<DepartmentId, BTreeSet<PersonId>>,
    /// What quotas ask in these months, in minor units.
    asked: BTreeMap<Of, i128>,
}

/// The cards of the sellers that pass `filter`, over its period up to the end of `as_of`, in the model of the filter. The team that a card is
/// compared with are the other people of the departments chosen, or of the whole company when none is; the people chosen choose the
/// cards. `None` when the filter names no model that there is. Who no longer works here has a card and is in the team if something of
/// theirs lies in the period.
///
/// **Credit stays with who did it.** An act belongs to whoever owned the deal at the end of the day of it: a promotion or a loss, a
/// signature, a passage through a gate, a close that was put off, a claim on a month-end. So a handover takes nothing away. Activities
/// belong to who did them; those for no deal count too, notes do not. Departments are those where people work today.
///
/// **Intervals.** Of rates Jeffreys' own, of medians between order statistics, of the stay Brookmeyer and Crowley's, of the number and
/// the amount won Fay and Feuer's, of the velocity that of the product of its levers; what is counted by the week is a mean over the
/// weeks with Student's interval, so that busy and quiet weeks are in it. Differences by [`difference`](fn@super::difference::difference).
/// What quotas ask is no estimate: attainment has no interval.
///
/// **Several comparisons.** Of a dozen figures one differs by chance. So a difference is told only after Holm's correction at 10 % over all
/// lines of the card that can be compared; the interval shown is the plain one of 90 %. Its chance is taken from how far the near
/// end of its interval lies from 0, as if that half were one of a normal distribution. Between cards nothing is corrected.
///
/// Source: Holm (1979), "A simple sequentially rejective multiple test procedure".
///
/// ```
/// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
/// # use oracles::{day, six_deals};
/// use loudou::metrics::{Filter, Frame, scorecard::scorecards};
/// let workspace = six_deals();
/// let filter = Filter { model: Some(1.into()), ..Filter::default() };
/// // Nobody owns the six deals, so nobody has a card.
/// let cards = scorecards(&workspace, &Frame::new(&workspace), day(2026, 3, 31), &filter).unwrap();
/// assert!(cards.people.is_empty() && cards.departments.is_empty());
/// ```
pub fn scorecards(workspace: &Workspace, frame: &Frame, as_of: Date, filter: &Filter) -> Option<Scorecards> {
    let model = filter.model?;
    let column = frame.models.iter().find(|column| column.id == model)?;
    let stages = frame.stages.get(column.stages.clone())?.iter().map(|stage| stage.id).collect();
    // Whoever owns the deal today: acts are told apart by who owned it then.
    let everybody = Filter { departments: BTreeSet::new(), people: BTreeSet::new(), ..filter.clone() };
    let days = acts::days(frame, as_of, filter.period);
    let months = filter.period.and_then(|period| whole_months(period, as_of));
    let mut acts = acts::gather(workspace, &frame.view(as_of, &everybody), days, months);
    let team = Filter { departments: filter.departments.clone(), ..Filter::default() };
    let in_team = frame.sellers(&team);
    let has_card = frame.sellers(&Filter { people: filter.people.clone(), ..team });
    let works = |person: &PersonId| workspace.people.get(*person).is_some_and(|person| person.active);
    for person in workspace.people.iter().filter(|person| person.active) {
        acts.entry(person.id).or_insert_with(|| Acts::of(column.stages.len(), days));
    }
    acts.retain(|person, acts| {
        in_team.as_ref().is_none_or(|team| team.contains(person)) && (works(person) || !acts.is_empty())
    });
    let people: Vec<PersonId> =
        acts.keys().copied().filter(|person| has_card.as_ref().is_none_or(|some| some.contains(person))).collect();
    let members = members(workspace, frame, &acts);
    let has_member = |of: &BTreeSet<PersonId>| people.iter().any(|person| of.contains(person));
    let departments: Vec<_> = members.iter().filter(|(_, of)| has_member(of)).map(|(id, _)| *id).collect();
    let cards = acts.keys().copied().map(Of::Person).chain(departments.iter().copied().map(Of::Department));
    let asked = months.map(|months| all_asked(workspace, &everybody, months, cards)).unwrap_or_default();
    Some(Scorecards { model, people, departments, days, months, stages, acts, members, asked })
}

/// Who of the team works in each department, also deeper inside.
fn members(
    workspace: &Workspace,
    frame: &Frame,
    acts: &BTreeMap<PersonId, Acts>,
) -> BTreeMap<DepartmentId, BTreeSet<PersonId>> {
    let inside = |id: DepartmentId| {
        let filter = Filter { departments: [id].into(), ..Filter::default() };
        let all = frame.sellers(&filter).unwrap_or_default();
        (id, all.into_iter().filter(|person| acts.contains_key(person)).collect())
    };
    workspace.departments.iter().map(|department| inside(department.id)).collect()
}

/// The calendar months that lie in a period from their first to their last day, and are over by the end of `as_of`.
fn whole_months(period: Period, as_of: Date) -> Option<Period> {
    let first = Month::of(period.from);
    let first = if first.first_day()? < period.from { first.next() } else { first };
    let to = period.to.min(as_of);
    let last = Month::of(to);
    let to = if last.last_day()? > to { last.first_day()?.pred_opt()? } else { to };
    let from = first.first_day()?;
    (from <= to).then_some(Period { from, to })
}

/// What quotas ask of each in some whole months; whoever has none is missing.
fn all_asked(
    workspace: &Workspace,
    filter: &Filter,
    months: Period,
    cards: impl Iterator<Item = Of>,
) -> BTreeMap<Of, i128> {
    let first = Month::of(months.from);
    let all = std::iter::successors(Some(first), |month| Some(month.next()));
    let span = all.take_while(|month| month.first_day().is_some_and(|day| day <= months.to)).zip(0_u32..).count();
    let of = |of: Of| {
        let filter = match of {
            Of::Person(person) => Filter { people: [person].into(), ..filter.clone() },
            Of::Department(department) => Filter { departments: [department].into(), ..filter.clone() },
        };
        let asked = asked(workspace, &filter, first, u32::try_from(span).ok()?)?;
        (asked.amount > 0).then_some((of, asked.amount))
    };
    cards.filter_map(of).collect()
}

impl Scorecards {
    /// The card of a person or a department; one of which nothing is known has no figures.
    pub fn card(&self, of: Of) -> Card {
        let (own, team) = self.sides(of);
        let mut lines = figures::lines(self, of, &own, &team);
        advice::tell(&mut lines);
        let strengths = lines.iter().filter(|line| line.is_strength()).map(|line| line.measure).collect();
        let train = advice::training(&self.stages, &lines, &own, &team);
        let is_silent = |line: &&Line| matches!(line.told, Told::TooFew | Told::NoInterval);
        let too_few = lines.iter().filter(|line| line.measure.better() != Better::Neither).all(|line| is_silent(&line));
        Card { of, lines, strengths, train, too_few }
    }

    /// The cards of all departments and then of all people.
    pub fn cards(&self) -> Vec<Card> {
        let departments = self.departments.iter().copied().map(Of::Department);
        departments.chain(self.people.iter().copied().map(Of::Person)).map(|of| self.card(of)).collect()
    }

    /// The deals behind a figure of the rest of the team.
    pub fn team_rows(&self, of: Of, measure: Measure) -> Vec<Row> {
        figures::rows(&self.stages, measure, &self.sides(of).1)
    }

    /// Who stands behind a card.
    fn whose(&self, of: Of) -> BTreeSet<PersonId> {
        match of {
            Of::Person(person) => [person].into(),
            Of::Department(department) => self.members.get(&department).cloned().unwrap_or_default(),
        }
    }

    fn sides(&self, of: Of) -> (Acts, Acts) {
        let whose = self.whose(of);
        let (own, team): (Vec<_>, Vec<_>) = self.acts.iter().partition(|(person, _)| whose.contains(person));
        let together = |side: Vec<(&PersonId, &Acts)>| {
            Acts::together(self.stages.len(), self.days, side.into_iter().map(|(_, acts)| acts))
        };
        (together(own), together(team))
    }
}
