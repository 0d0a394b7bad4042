//! Whether an answer is right, and what is said to it.

use chrono::Days;

use super::practice::{self, Readings};
use crate::{
    codec::content::{
        Text,
        lessons::{Bundle, Count, Find, Move, Sought, Sum, Task, Weigh, Weighed},
    },
    metrics::calibration::ShareCheck,
    model::Date,
};

/// Probabilities are dragged in steps of this many percent.
pub const STEP: u8 = 5;

/// What somebody did.
#[derive(Clone, Debug, PartialEq)]
pub enum Answer {
    /// Dragged the probability here, in percent.
    Percent(u8),
    /// Gave this number.
    Number(f64),
    /// Moved the card with this place to the stage with that place.
    Moved(usize, usize),
    /// Found the stage with this place.
    Stage(usize),
    /// Put the steps in this order, each by its place in the right one.
    Steps(Vec<usize>),
    /// Chose the answer with this place.
    Choice(usize),
}

/// What is said to an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    /// Whether it is right.
    pub right: bool,
    /// Why, or what to look at.
    pub words: Text,
}

/// What is said to an answer; `None` for an answer to another kind of task, or with a place that is not there.
///
/// ```
/// use loudou::{
///     codec::content::lessons::{Task, lesson},
///     training::lesson::{Answer, judge},
/// };
/// let screens = &lesson("job-fair").unwrap().screens;
/// let count = screens.iter().filter_map(|screen| screen.task.as_ref()).find(|task| matches!(task, Task::Count(_))).unwrap();
/// // Twenty jobs at the same rates take twice the thousand employers.
/// assert!(judge(count, &Answer::Number(2000.0)).unwrap().right);
/// assert!(!judge(count, &Answer::Number(1000.0)).unwrap().right);
/// assert_eq!(judge(count, &Answer::Choice(0)), None);
/// ```
pub fn judge(task: &Task, answer: &Answer) -> Option<Verdict> {
    let verdict = |right, words| Some(Verdict { right, words });
    match (task, answer) {
        (Task::Weigh(weigh), Answer::Percent(percent)) => {
            let least = least(weigh)?;
            verdict(*percent == least, side(*percent, least, weigh.under, weigh.right, weigh.over))
        }
        (Task::Count(count), Answer::Number(number)) => {
            let wanted = value(&count.sum)?;
            let given = number.round();
            let is_right = (given - wanted.round()).abs() < 0.5;
            verdict(
                is_right,
                if is_right { count.right } else { side(given, wanted, count.under, count.right, count.over) },
            )
        }
        (Task::Move(moved), Answer::Moved(card, to)) => {
            let card = moved.cards.get(*card)?;
            let next = *to == card.at + 1 && *to < moved.stages.len();
            verdict(next && card.met, if next || !card.met { card.why } else { moved.elsewhere })
        }
        (Task::Find(find), Answer::Stage(place)) => {
            verdict(sought(find) == Some(*place), find.why.get(*place).copied()?)
        }
        (Task::Order(order), Answer::Steps(steps)) => {
            let is_right = steps.iter().copied().eq(0..order.steps.len());
            verdict(is_right, if is_right { order.right } else { order.wrong })
        }
        (Task::Choose(choose), Answer::Choice(place)) => {
            let chosen = choose.answers.get(*place)?;
            verdict(chosen.right, chosen.why)
        }
        _ => None,
    }
}

/// The answer that is right; `None` for a task that has none, which a test of the content rules out.
pub fn solution(task: &Task) -> Option<Answer> {
    Some(match task {
        Task::Weigh(weigh) => Answer::Percent(least(weigh)?),
        Task::Count(Count { sum, .. }) => Answer::Number(value(sum)?.round()),
        Task::Move(Move { cards, .. }) => {
            let ready = cards.iter().position(|card| card.met)?;
            Answer::Moved(ready, cards.get(ready)?.at + 1)
        }
        Task::Find(find) => Answer::Stage(sought(find)?),
        Task::Order(order) => Answer::Steps((0..order.steps.len()).collect()),
        Task::Choose(choose) => Answer::Choice(choose.answers.iter().position(|answer| answer.right)?),
    })
}

/// The weighted sum of the deals of a task with the dragged one at this many percent, in whole units of money.
pub fn dragged(weigh: &Weigh, percent: u8) -> f64 {
    let deals = weigh.deals.iter().enumerate();
    let deals = deals.map(|(place, deal)| if place == weigh.drag { Weighed { percent, ..*deal } } else { *deal });
    practice::weighted(&deals.collect::<Vec<_>>())
}

/// The value of a sum, as the product's metrics have it: people, deals, percent, days or whole units of money. `None` when a rate
/// is 0, or when it is too late.
///
/// ```
/// use loudou::{codec::content::lessons::Sum, training::lesson::task::value};
/// // Assumed 60 %, worth ten deals; then 8 of 20 came true: (6 + 8) ÷ (10 + 20), the nearest percent.
/// assert_eq!(value(&Sum::Learnt { assumed: 60, hits: 8, decided: 20 }).unwrap().round(), 47.0);
/// ```
pub fn value(sum: &Sum) -> Option<f64> {
    let today = Date::default();
    match sum {
        Sum::Needed(way) => Some(practice::way_back(way, today, today)?.new),
        Sum::Left(way) => Some(practice::way_back(way, today, today)?.expected),
        Sum::Weekly { way, within } => {
            let target = today.checked_add_days(Days::new((*within).into()))?;
            practice::way_back(way, target, today)?.per_week
        }
        Sum::Lead(way) => {
            let days = (today - practice::way_back(way, today, today)?.by?).num_days();
            i32::try_from(days).ok().map(f64::from)
        }
        // A bundle counts as a deal whose amount is the number of its matches.
        Sum::Expected(bundles) => {
            let deal =
                |bundle: &Bundle| Weighed { name: bundle.name, amount: bundle.count.into(), percent: bundle.percent };
            Some(practice::weighted(&bundles.iter().map(deal).collect::<Vec<_>>()))
        }
        Sum::Weighted(deals) => Some(practice::weighted(deals)),
        Sum::Learnt { assumed, hits, decided } => {
            let check = ShareCheck::new(f64::from(*assumed) / 100.0, *hits as usize, *decided as usize);
            Some(check.mean * 100.0)
        }
    }
}

/// The least probability with which the weighted sum reaches what is asked.
fn least(weigh: &Weigh) -> Option<u8> {
    let wanted = i32::try_from(weigh.reach).map(f64::from).ok()?;
    (0..=100).step_by(STEP.into()).find(|percent| dragged(weigh, *percent) >= wanted)
}

fn sought(find: &Find) -> Option<usize> {
    let readings = Readings::of(&find.funnel)?;
    match find.sought {
        Sought::Bottleneck => readings.bottleneck,
        Sought::Fullest => readings.fullest,
    }
}

/// What is said to something below, at or above what is wanted.
fn side<T: PartialOrd>(given: T, wanted: T, under: Text, right: Text, over: Text) -> Text {
    if given < wanted {
        under
    } else if given > wanted {
        over
    } else {
        right
    }
}
