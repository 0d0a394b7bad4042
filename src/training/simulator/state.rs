//! Where the simulated company stands after a week.

use super::market::Key;
use crate::model::Zone;

/// The zones by the places that figures of zones have.
pub const ZONES: [Zone; 3] = [Zone::Upper, Zone::Middle, Zone::Lower];

/// The place of a zone among [`ZONES`].
pub(super) const fn place(zone: Zone) -> usize {
    match zone {
        Zone::Upper => 0,
        Zone::Middle => 1,
        Zone::Lower => 2,
    }
}

/// A seller of the team.
#[derive(Clone, Debug, PartialEq)]
pub struct Seller {
    /// How well each zone is sold without any training.
    pub talent: [f64; 3],
    /// What trainings and coaching have added, and forgetting has taken away again.
    pub gains: [f64; 3],
    /// What a week costs, in units.
    pub salary: i64,
    /// The week of the first day; `None` for those who know the work.
    pub since: Option<i32>,
    /// The week after which the seller was gone.
    pub left: Option<i32>,
    /// From 0, fresh, to 1, worn out.
    pub fatigue: f64,
}

impl Seller {
    /// Whether the seller still works here.
    pub const fn is_here(&self) -> bool {
        self.left.is_none()
    }

    /// How much of the work a seller can do in `week` who needs `ramp` weeks to learn it: 0.3 on the first day, 1 in the end.
    pub(super) fn readiness(&self, week: i32, ramp: i32) -> f64 {
        self.since.map_or(1.0, |since| 0.3 + 0.7 * (f64::from(week - since) / f64::from(ramp.max(1))).min(1.0))
    }
}

/// How a deal ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The customer signed.
    Won,
    /// It did not get past the gate of its stage.
    Refused,
    /// A competitor took it: the one at this place of the scenario.
    Taken(usize),
    /// Nobody had time for it, and the customer went silent.
    Silent,
}

/// Something that happened to a deal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark {
    /// It went on to the stage at this place; whether the gate was taken seriously.
    Stage(usize, bool),
    /// The seller at this place took it over.
    Owner(usize),
    /// It ended.
    Ended(Ending),
    /// Somebody worked on it for so many minutes.
    Worked(u32),
}

/// A deal of the simulated company.
#[derive(Clone, Debug, PartialEq)]
pub struct Opportunity {
    /// Which lead it was.
    pub key: Key,
    /// Who looks after it, by the place in the team.
    pub seller: usize,
    /// The place of the stage it stands in, or stood in when it ended.
    pub stage: usize,
    /// The place of what is sold among the goods of the scenario.
    pub goods: usize,
    /// How many pieces of it.
    pub pieces: u32,
    /// What was taken off the price when it was signed, in percent.
    pub discount: u8,
    /// Who looked after it first.
    pub first_seller: usize,
    /// What happened, and in which week.
    pub marks: Vec<(i32, Mark)>,
    /// How it ended.
    pub ending: Option<Ending>,
    /// Whether the customer has a need at all. Nobody knows.
    pub(in crate::training) real: bool,
    /// Hours of work that the stage takes, and those that were done.
    pub(super) need: f64,
    pub(super) done: f64,
    /// Weeks with too little attention, less those with enough.
    pub(super) chill: u8,
}

impl Opportunity {
    /// Whether it is still worked on.
    pub const fn is_open(&self) -> bool {
        self.ending.is_none()
    }

    /// The week in which it ended.
    pub fn ended(&self) -> Option<i32> {
        self.marks.last().filter(|_| !self.is_open()).map(|(week, _)| *week)
    }
}

/// The money of a week, in units.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Books {
    /// The amounts of the deals that were signed.
    pub revenue: i64,
    /// What delivering them costs.
    pub delivery: i64,
    /// Salaries.
    pub salaries: i64,
    /// What overtime costs beyond the salaries.
    pub overtime: i64,
    /// What the channels got.
    pub channels: i64,
    /// What trainings cost.
    pub training: i64,
    /// What finding sellers cost.
    pub hiring: i64,
}

impl Books {
    /// What is left: the score.
    pub const fn money(&self) -> i64 {
        self.revenue - self.delivery - self.salaries - self.overtime - self.channels - self.training - self.hiring
    }

    /// The sum of several weeks.
    pub fn sum<'a>(books: impl IntoIterator<Item = &'a Self>) -> Self {
        books.into_iter().fold(Self::default(), |sum, week| Self {
            revenue: sum.revenue + week.revenue,
            delivery: sum.delivery + week.delivery,
            salaries: sum.salaries + week.salaries,
            overtime: sum.overtime + week.overtime,
            channels: sum.channels + week.channels,
            training: sum.training + week.training,
            hiring: sum.hiring + week.hiring,
        })
    }
}

/// Something of a week that is worth telling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A deal was signed for so many units.
    Won {
        /// Its place among the deals.
        deal: usize,
        /// The amount.
        amount: i64,
    },
    /// Drills for a zone began.
    DrillsBegan(Zone),
    /// Drills for a zone are done; what was learnt holds from now on.
    DrillsDone(Zone),
    /// The seller at this place has the first day.
    Joined(usize),
    /// The seller at this place has had enough and left.
    Left(usize),
    /// The competitor at this place of the scenario has come.
    RivalCame(usize),
    /// The competitor at this place of the scenario is gone.
    RivalWent(usize),
}

/// What a week of the year was like.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Week {
    /// The money.
    pub books: Books,
    /// Leads that came in: by themselves, by prospecting, through each channel.
    pub leads: Vec<u32>,
    /// Deals that went on to another stage.
    pub promoted: u32,
    /// Deals that were signed.
    pub won: u32,
    /// Deals that did not get past the gate of a stage of the zone.
    pub refused: [u32; 3],
    /// Deals of the zone that a competitor took.
    pub taken: [u32; 3],
    /// Deals of the zone for which nobody had time.
    pub silent: [u32; 3],
    /// Open deals of the zone at the end of the week.
    pub open: [u32; 3],
    /// Their amounts at list price, in units.
    pub pipeline: [i64; 3],
    /// The share of the attention that the deals of the zone asked for and got; `None` when they asked for none.
    pub attention: [Option<f64>; 3],
    /// The mean fatigue of the team, from 0 to 1.
    pub fatigue: f64,
    /// The mean skill of the team in the zone, fatigue included; 1 is an ordinary seller.
    pub skill: [f64; 3],
    /// Sellers at work.
    pub team: u32,
    /// The discount that customers have learnt to wait for, in percent.
    pub awaited: f64,
    /// What is worth telling.
    pub news: Vec<News>,
}

impl Week {
    /// Deals that were lost, for whatever reason.
    pub fn lost(&self) -> u32 {
        [self.refused, self.taken, self.silent].iter().flatten().sum()
    }
}

/// Where the company stands.
#[derive(Clone, Debug, PartialEq)]
pub struct State {
    /// How many weeks of the year were played; negative while the time before it runs.
    pub week: i32,
    /// The team, those who left included.
    pub sellers: Vec<Seller>,
    /// All deals in the order in which they came.
    pub deals: Vec<Opportunity>,
    /// Trainings that were bought, each with its first week.
    pub trainings: Vec<(i32, Zone)>,
    /// The weeks of the year that were played.
    pub weeks: Vec<Week>,
    /// First days of sellers who were found and have not begun.
    pub(super) coming: Vec<i32>,
    /// How worn out each channel is.
    pub(super) wear: Vec<f64>,
    /// The discount that customers wait for, in percent.
    pub(super) awaited: f64,
}

impl State {
    /// The money of the year so far, in units: what counts.
    pub fn money(&self) -> i64 {
        self.books().money()
    }

    /// The books of the year so far.
    pub fn books(&self) -> Books {
        Books::sum(self.weeks.iter().map(|week| &week.books))
    }

    /// Sellers at work.
    pub fn team(&self) -> usize {
        self.sellers.iter().filter(|seller| seller.is_here()).count()
    }
}
