//! What a run came to, beside doing nothing and beside a good way, and why.
//!
//! All comparisons are on the same market: what differs is what was decided, and nothing else.

use super::{Outcome, Simulator, State, Week, state::Books, team};
use crate::codec::run::{Decision, Hours, weekly};

/// Something that is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lever {
    /// What share of the week goes to prospecting, to each zone and to coaching.
    Hours,
    /// How long the week is.
    Overtime,
    /// What the channels get.
    Channels,
    /// Trainings.
    Training,
    /// How strict the gates are.
    Gates,
    /// New sellers.
    Hiring,
    /// Discounts.
    Discounts,
}

impl Lever {
    /// All of them.
    pub const ALL: [Self; 7] =
        [Self::Hours, Self::Overtime, Self::Channels, Self::Training, Self::Gates, Self::Hiring, Self::Discounts];

    /// The decision with this one thing as in `standing`.
    fn put_back(self, decision: &Decision, standing: &Decision) -> Decision {
        let mut back = decision.clone();
        match self {
            Self::Hours => back.hours = scaled(standing.hours, decision.hours.sum()),
            Self::Overtime => {
                let within = decision.hours.sum().min(team::WEEK);
                back.hours = scaled(decision.hours, within + team::overtime(standing));
            }
            Self::Channels => back.spend.clone_from(&standing.spend),
            Self::Training => back.training = standing.training,
            Self::Gates => back.gate = standing.gate,
            Self::Hiring => back.hires = standing.hires,
            Self::Discounts => back.discount = standing.discount,
        }
        back
    }
}

/// Hours in the same proportions that add up to `sum`; all the same 0 when there are none.
fn scaled(hours: Hours, sum: u32) -> Hours {
    let all = hours.sum();
    let parts = [hours.prospecting, hours.upper, hours.middle, hours.lower, hours.coaching];
    let mut before = 0;
    // Each part ends where its share of the way ends, so that the rounded parts add up.
    let [prospecting, upper, middle, lower, coaching] = parts.map(|part| {
        let from = before * sum / all.max(1);
        before += u32::from(part);
        u8::try_from(before * sum / all.max(1) - from).unwrap_or(u8::MAX)
    });
    Hours { prospecting, upper, middle, lower, coaching }
}

/// A kind of money in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// What was signed, less delivery.
    Margin,
    /// Salaries and overtime.
    Team,
    /// Channels.
    Channels,
    /// Trainings.
    Training,
    /// Finding sellers.
    Hiring,
}

impl Part {
    const ALL: [Self; 5] = [Self::Margin, Self::Team, Self::Channels, Self::Training, Self::Hiring];

    const fn of(self, books: &Books) -> i64 {
        match self {
            Self::Margin => books.revenue - books.delivery,
            Self::Team => -books.salaries - books.overtime,
            Self::Channels => -books.channels,
            Self::Training => -books.training,
            Self::Hiring => -books.hiring,
        }
    }
}

/// A week that stands out.
#[derive(Clone, Debug, PartialEq)]
pub struct Moment {
    /// Which one, from 0.
    pub week: usize,
    /// Its money, in units.
    pub money: i64,
    /// By how much each kind of money was above that of the mean week of the run, the largest difference first; they add up to the
    /// difference of the money, but for rounding.
    pub why: Vec<(Part, i64)>,
}

/// What a run came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Debrief {
    /// Its money, beside doing nothing and beside the good way.
    pub outcome: Outcome,
    /// What each lever brought: the money of the run less that of the same run with this lever as in the standing decision. The largest
    /// first, whether it helped or hurt. They need not add up: what levers do depends on one another.
    pub levers: Vec<(Lever, i64)>,
    /// The three best weeks.
    pub best: Vec<Moment>,
    /// The three worst weeks.
    pub worst: Vec<Moment>,
    /// Open deals at the end, at list price, in units: they are not counted.
    pub pipeline: i64,
}

/// How many weeks stand out on each side.
const MOMENTS: usize = 3;

impl Simulator {
    /// The debrief of the decisions of a run.
    ///
    /// ```
    /// use loudou::{codec::{content::scenarios, run::WEEKS}, training::simulator::{Lever, Simulator}};
    /// let simulator = Simulator::new(scenarios::of_slug("first-year").unwrap(), 7);
    /// let nothing = simulator.standing(WEEKS);
    /// let mut trained = nothing.clone();
    /// trained[4].discount = 30;
    /// let debrief = simulator.debrief(&trained);
    /// assert_eq!(debrief.outcome.standing, simulator.play(&nothing).money());
    /// // One thing was decided otherwise, so that it alone explains the difference.
    /// let discounts = (Lever::Discounts, debrief.outcome.money - debrief.outcome.standing);
    /// assert!(debrief.levers.contains(&discounts));
    /// assert!(debrief.levers.iter().all(|lever| *lever == discounts || lever.1 == 0));
    /// ```
    pub fn debrief(&self, decisions: &[Decision]) -> Debrief {
        let end = self.play(decisions);
        let outcome = self.outcome(decisions);
        let without = |lever: Lever| {
            let put_back = |decision| lever.put_back(decision, &self.scenario.standing);
            let others: Vec<_> = decisions.iter().map(put_back).collect();
            (lever, if others == decisions { 0 } else { outcome.money - self.play(&others).money() })
        };
        let mut levers: Vec<_> = Lever::ALL.into_iter().map(without).collect();
        levers.sort_by_key(|(lever, brought)| (-brought.abs(), *lever));
        let mut moments = moments(&end);
        moments.sort_by_key(|moment| (-moment.money, moment.week));
        let best = moments.iter().take(MOMENTS).cloned().collect();
        let worst = moments.iter().rev().take(MOMENTS).cloned().collect();
        Debrief {
            outcome,
            levers,
            best,
            worst,
            pipeline: end.weeks.last().map_or(0, |week| week.pipeline.iter().sum()),
        }
    }

    /// The standing decision for so many weeks: doing nothing.
    pub fn standing(&self, weeks: u32) -> Vec<Decision> {
        (0..weeks).map(|_| self.scenario.standing.clone()).collect()
    }

    /// The good way of the scenario for so many weeks.
    pub fn good(&self, weeks: u32) -> Vec<Decision> {
        weekly(&self.scenario.good, weeks)
    }
}

/// All weeks, each with what sets it apart from the mean one.
fn moments(end: &State) -> Vec<Moment> {
    let sum = Books::sum(end.weeks.iter().map(|week| &week.books));
    let weeks = i64::try_from(end.weeks.len()).unwrap_or(1).max(1);
    let moment = |(week, played): (usize, &Week)| {
        let mut why: Vec<_> =
            Part::ALL.into_iter().map(|part| (part, part.of(&played.books) - part.of(&sum) / weeks)).collect();
        why.sort_by_key(|(part, difference)| (-difference.abs(), *part));
        Moment { week, money: played.books.money(), why }
    };
    end.weeks.iter().enumerate().map(moment).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_keep_their_proportions_and_their_sum() {
        let hours = Hours { prospecting: 3, upper: 7, middle: 11, lower: 16, coaching: 1 };
        for sum in 0..=60 {
            assert_eq!(scaled(hours, sum).sum(), sum);
        }
        assert_eq!(scaled(hours, hours.sum()), hours);
        assert_eq!(scaled(hours, 76), Hours { prospecting: 6, upper: 14, middle: 22, lower: 32, coaching: 2 });
        assert_eq!(scaled(Hours::default(), 40), Hours::default());
    }

    #[test]
    fn a_lever_changes_nothing_else() {
        let standing = Decision { hours: Hours { lower: 40, ..Hours::default() }, ..Decision::default() };
        let decision =
            Decision { hours: Hours { upper: 25, lower: 25, ..Hours::default() }, hires: 1, ..standing.clone() };
        let shorter = Lever::Overtime.put_back(&decision, &standing);
        assert_eq!(shorter.hours, Hours { upper: 20, lower: 20, ..Hours::default() });
        // Short weeks have no overtime that could be taken away.
        let short = Decision { hours: Hours { middle: 30, ..Hours::default() }, ..Decision::default() };
        assert_eq!(Lever::Overtime.put_back(&short, &standing), short);
        assert_eq!(Lever::Hours.put_back(&decision, &standing).hours, Hours { lower: 50, ..Hours::default() });
        assert_eq!(Lever::Hiring.put_back(&decision, &standing), Decision { hires: 0, ..decision });
    }
}
