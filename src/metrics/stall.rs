//! Three clocks of an open deal, never mixed, and how often its close was put off (method §7).
//!
//! | clock | runs | stops or starts anew |
//! |---|---|---|
//! | *age in stage* | from the day it entered its stage | with every move; no note, no edit and no revision of the model touches it |
//! | *idle* | from the last contact with the customer | with every contact; a next action that is not overdue pauses it |
//! | *overdue* | from the expected close on | with a new date, which then shows as a *push* |
//!
//! [`Yardsticks`] hold what the clocks of all deals are read against on one day; [`Yardsticks::read`] gives the [`Clocks`] of a deal,
//! and these its [`Mark`]s. Where the threshold of the age comes from, the model or the deals that won, is a [`Stalling`] that somebody
//! chooses; [`Yardsticks::threshold`] says what it is and how many deals stand behind it.
//!
//! History decides as far as it goes: stage, close and amount are those of the day. The next action has none; on a past day it is the
//! one of today.

mod contacts;
mod limits;
mod pushes;
mod threshold;

use std::sync::Arc;

pub use contacts::Contacts;
pub use limits::{Health, Limits};
pub use pushes::Pushes;
pub use threshold::{FEWEST_WON, Grounds, Origin, Threshold, Thresholds};

use crate::model::{Date, Deal, EventKind, ModelId, Money, StageId, Stalling, Workspace, Zone};

/// How many amounts of open deals must be known before one is called large.
const FEWEST_AMOUNTS: usize = 5;

/// One of the clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Clock {
    /// Days in the stage.
    Age,
    /// Days without contact.
    Idle,
    /// Days past the expected close.
    Overdue,
    /// Times the expected close was put off.
    Pushes,
}

impl Clock {
    /// All of them, in the order to show.
    pub const ALL: [Self; 4] = [Self::Age, Self::Idle, Self::Overdue, Self::Pushes];
}

/// How long a deal has stood in its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Age {
    /// The day it entered.
    pub since: Date,
    /// Days since; a day ahead counts as 0.
    pub days: u32,
    /// From when on that is long.
    pub limits: Limits,
}

/// How long there has been no contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Idle {
    /// The day from which it counts: the last contact, or the day the deal began or was reopened if that is later.
    pub since: Date,
    /// The last contact; `None` when none was ever logged.
    pub last: Option<Date>,
    /// Days since.
    pub days: u32,
    /// From when on that is long.
    pub limits: Limits,
    /// The day of the next action that pauses the clock.
    pub paused: Option<Date>,
}

/// How long the expected close has passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overdue {
    /// The expected close.
    pub close: Date,
    /// Days since; 0 while it is to come.
    pub days: u32,
}

/// What is wrong with a deal at a glance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mark {
    /// Two of the others, or one and the deal is large.
    AtRisk,
    /// The expected close has passed, or was put off more than once.
    Slipped,
    /// Its age in the stage is ill.
    Stalled,
    /// The silence is ill.
    Idle,
}

impl Mark {
    /// All of them, the gravest first.
    pub const ALL: [Self; 4] = [Self::AtRisk, Self::Slipped, Self::Stalled, Self::Idle];

    /// Its name in addresses and tables for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AtRisk => "at_risk",
            Self::Slipped => "slipped",
            Self::Stalled => "stalled",
            Self::Idle => "idle",
        }
    }
}

/// The clocks of an open deal on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Clocks {
    /// The zone of the seller's own probability, or else of the stage; `None` in a stage that no model has.
    pub zone: Option<Zone>,
    /// `None` when nobody knows since when it stands there.
    pub age: Option<Age>,
    /// `None` where nobody logs anything, and when nobody knows since when it would count.
    pub idle: Option<Idle>,
    /// `None` without an expected close.
    pub overdue: Option<Overdue>,
    /// How often the close was put off.
    pub pushes: Pushes,
    /// Whether its amount is at least [`Yardsticks::large`].
    pub is_large: bool,
}

impl Clocks {
    /// How a clock stands; `None` when it does not run because something is not known.
    pub fn health(&self, clock: Clock) -> Option<Health> {
        match clock {
            Clock::Age => self.age.map(|age| age.limits.health(age.days)),
            Clock::Idle => self.idle.map(|idle| match idle.paused {
                Some(_) => Health::Healthy,
                None => idle.limits.health(idle.days),
            }),
            Clock::Overdue => self.overdue.map(|overdue| Limits::OVERDUE.health(overdue.days)),
            Clock::Pushes => Some(Limits::PUSHES.health(self.pushes.times)),
        }
    }

    /// The worst of the clocks.
    pub fn worst(&self) -> Health {
        Clock::ALL.into_iter().filter_map(|clock| self.health(clock)).max().unwrap_or(Health::Healthy)
    }

    /// The marks, the gravest first. *Stalled* and *idle* need a clock that is ill. *Slipped* does not: a date that has passed was
    /// wrong from the first day on, and every forecast that counts on it is wrong with it.
    ///
    /// ```
    /// use loudou::{metrics::stall::{Age, Clocks, Limits, Mark, Pushes}, model::{Date, Zone}};
    /// let since = Date::from_ymd_opt(2026, 1, 1).unwrap();
    /// let clocks = Clocks {
    ///     zone: Some(Zone::Middle),
    ///     age: Some(Age { since, days: 40, limits: Limits { watch: 20, ill: 30 } }),
    ///     idle: None,
    ///     overdue: None,
    ///     pushes: Pushes::default(),
    ///     is_large: false,
    /// };
    /// assert_eq!(clocks.marks(), [Mark::Stalled]);
    /// assert_eq!(Clocks { is_large: true, ..clocks }.marks(), [Mark::AtRisk, Mark::Stalled]);
    /// assert_eq!(Clocks { pushes: Pushes { times: 2, days: 30 }, ..clocks }.marks(), [Mark::AtRisk, Mark::Slipped, Mark::Stalled]);
    /// ```
    pub fn marks(&self) -> Vec<Mark> {
        let ill = |clock| self.health(clock) == Some(Health::Ill);
        let is_overdue = self.health(Clock::Overdue).is_some_and(|health| health > Health::Healthy);
        let given = [
            (is_overdue || ill(Clock::Pushes), Mark::Slipped),
            (ill(Clock::Age), Mark::Stalled),
            (ill(Clock::Idle), Mark::Idle),
        ];
        let given: Vec<Mark> = given.into_iter().filter_map(|(is_so, mark)| is_so.then_some(mark)).collect();
        let at_risk = given.len() > 1 || (given.len() == 1 && self.is_large);
        at_risk.then_some(Mark::AtRisk).into_iter().chain(given).collect()
    }
}

/// What the clocks of all deals of a workspace are read against on one day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Yardsticks {
    day: Date,
    thresholds: Arc<Thresholds>,
    contacts: Arc<Contacts>,
    large: Option<Money>,
}

impl Yardsticks {
    /// What the clocks are read against at the end of `day`.
    pub fn new(workspace: &Workspace, day: Date, stalling: Stalling) -> Self {
        let thresholds = Thresholds::of(&Grounds::of(workspace, day, stalling));
        Self::of(workspace, day, Arc::new(thresholds), Arc::new(Contacts::of(&workspace.activities, day)))
    }

    /// The same with thresholds and contacts that are known; they must be those of the day.
    pub fn of(workspace: &Workspace, day: Date, thresholds: Arc<Thresholds>, contacts: Arc<Contacts>) -> Self {
        Self { day, thresholds, contacts, large: large(workspace, day) }
    }

    /// The day.
    pub fn day(&self) -> Date {
        self.day
    }

    /// The threshold of the age in a stage; `None` for a stage that the model does not have.
    pub fn threshold(&self, model: ModelId, stage: StageId) -> Option<&Threshold> {
        self.thresholds.get(model, stage)
    }

    /// The amount from which an open deal is large: twice the median of those known. `None` while fewer than five are.
    ///
    /// Amounts of deals are spread as sizes of companies are, so a share of the sum would name one giant and hide the rest; twice
    /// the middle names about every fourth deal of a usual book, and none of one where all are alike.
    pub fn large(&self) -> Option<Money> {
        self.large
    }

    /// The clocks of a deal; `None` unless it is open on the day.
    ///
    /// ```
    /// # mod oracles { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/host/oracles/six_deals.rs")); }
    /// # use oracles::{day, six_deals};
    /// use loudou::{metrics::stall::{Limits, Mark, Yardsticks}, model::Stalling};
    /// let workspace = six_deals();
    /// let yardsticks = Yardsticks::new(&workspace, day(2026, 3, 31), Stalling::Model);
    /// let clocks = |id: u128| yardsticks.read(workspace.deals.get(id.into()).unwrap());
    /// // The third has stood in Talk, which takes 14 days, since 10 February; its close is to come. Nobody logs contacts.
    /// let third = clocks(3).unwrap();
    /// assert_eq!((third.age.unwrap().days, third.age.unwrap().limits), (49, Limits { watch: 14, ill: 21 }));
    /// assert_eq!((third.idle, third.overdue.unwrap().days, third.marks()), (None, 0, vec![Mark::Stalled]));
    /// // The fourth should have closed on 15 March, too.
    /// assert_eq!(clocks(4).unwrap().marks(), [Mark::AtRisk, Mark::Slipped, Mark::Stalled]);
    /// // Of the sixth nobody knows since when it stands where it stands; the first is won.
    /// assert_eq!((clocks(6).unwrap().age, clocks(1)), (None, None));
    /// ```
    pub fn read(&self, deal: &Deal) -> Option<Clocks> {
        let standing = deal.standing_on(self.day).filter(|standing| standing.is_open())?;
        let threshold = self.threshold(standing.model, standing.stage);
        let since = |day: Date| u32::try_from((self.day - day).num_days()).unwrap_or_default();
        let age = threshold.zip(entered(deal, self.day)).map(|(threshold, entered)| Age {
            since: entered,
            days: since(entered),
            limits: threshold.limits,
        });
        let close = standing.expected_close;
        let amount = standing.amount.zip(self.large);
        let zone = standing.probability.map(Zone::of).or_else(|| threshold.map(|threshold| threshold.zone));
        Some(Clocks {
            zone,
            age,
            idle: threshold.and_then(|threshold| self.idle(deal, threshold.expected)),
            overdue: close.map(|close| Overdue { close, days: since(close) }),
            pushes: Pushes::of(deal, self.day),
            is_large: amount.is_some_and(|(amount, large)| amount >= large),
        })
    }

    fn idle(&self, deal: &Deal, expected: u16) -> Option<Idle> {
        if self.contacts.is_empty() {
            return None;
        }
        let last = self.contacts.last(deal);
        let since = last.max(opened(deal, self.day))?;
        let due = deal.details.next_action.as_ref().and_then(|action| action.due);
        Some(Idle {
            since,
            last,
            days: u32::try_from((self.day - since).num_days()).unwrap_or_default(),
            limits: Limits::of_silence(expected),
            paused: due.filter(|due| *due >= self.day),
        })
    }
}

/// The day by which a deal had come to stand where it stood at the end of `day`. A revision of the model moves nobody.
fn entered(deal: &Deal, day: Date) -> Option<Date> {
    use EventKind::{Created, Entered, Reopened, Transferred};
    let is_move =
        |kind: &EventKind| matches!(kind, Created { .. } | Entered { .. } | Transferred { .. } | Reopened { .. });
    latest(deal, day, is_move)
}

/// The day on which a deal began, or last came back.
fn opened(deal: &Deal, day: Date) -> Option<Date> {
    latest(deal, day, |kind| matches!(kind, EventKind::Created { .. } | EventKind::Reopened { .. }))
}

/// The day of the latest event of a kind by the end of `day`.
fn latest(deal: &Deal, day: Date, is_of_kind: impl Fn(&EventKind) -> bool) -> Option<Date> {
    deal.history().iter().rfind(|event| event.on <= Some(day) && is_of_kind(&event.kind)).and_then(|event| event.on)
}

/// Twice the median of the amounts of the deals open on a day; the lower one of two in the middle.
fn large(workspace: &Workspace, day: Date) -> Option<Money> {
    let amount = |deal: &Deal| deal.standing_on(day).filter(|standing| standing.is_open())?.amount;
    let mut amounts: Vec<Money> = workspace.deals.iter().filter_map(|deal| amount(deal)).collect();
    if amounts.len() < FEWEST_AMOUNTS {
        return None;
    }
    let middle = (amounts.len() - 1) / 2;
    let (_, median, _) = amounts.select_nth_unstable(middle);
    median.times(2)
}

#[cfg(test)]
mod tests;
