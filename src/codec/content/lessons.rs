//! The lessons of the method: `content/lessons.json`.
//!
//! A lesson is a list of short screens. A screen has words, may have a picture, and may have something to do; what is right is not
//! written here but counted by [`training::lesson`](crate::training::lesson) with the product's own metrics.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Text, read};

/// All lessons, in the order in which they are taught. Read once.
///
/// ```
/// use loudou::codec::content::{Language, lessons::lessons};
/// let first = &lessons()[0];
/// assert_eq!((first.slug, first.title.in_language(Language::Chinese)), ("funnel", "漏斗是什么"));
/// assert_eq!(lessons().len(), 9);
/// ```
pub fn lessons() -> &'static [Lesson] {
    static LESSONS: OnceLock<Vec<Lesson>> = OnceLock::new();
    LESSONS.get_or_init(|| read::<Form>(include_str!("../../../content/lessons.json")).lessons)
}

/// The lesson with this name in addresses; `None` when there is none.
pub fn lesson(slug: &str) -> Option<&'static Lesson> {
    lessons().iter().find(|lesson| lesson.slug == slug)
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
struct Form {
    lessons: Vec<Lesson>,
}

/// One lesson. Its last screen asks a question about all of it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lesson {
    /// Names it in addresses and progress, the same in all languages.
    pub slug: &'static str,
    /// Its title.
    pub title: Text,
    /// What one can do afterwards, in a sentence.
    pub about: Text,
    /// How long it takes, roughly.
    pub minutes: u32,
    /// Five to ten screens.
    pub screens: Vec<Screen>,
    /// Where to try it in the product.
    pub place: Place,
}

/// A place in the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// Its address without `#/`: `analysis?tab=time`.
    pub address: &'static str,
    /// What to do there.
    pub words: Text,
}

/// One screen.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Screen {
    /// Its one idea.
    pub title: Text,
    /// A few short paragraphs.
    pub words: Vec<Text>,
    /// A picture of it.
    #[serde(default)]
    pub picture: Option<Picture>,
    /// Something to do.
    #[serde(default)]
    pub task: Option<Task>,
}

/// A picture, as what it shows.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub enum Picture {
    /// A funnel with its counts.
    Funnel(Funnel),
    /// Matches in bundles of equal odds.
    Sticks(Vec<Bundle>),
    /// The three clocks of a deal.
    Clocks(Clocks),
    /// Bars side by side.
    Bars(Bars),
}

/// What became of all the deals that began in the first stage of a funnel.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Funnel {
    /// The stages, first to last.
    pub stages: Vec<FunnelStage>,
    /// Deals that were won.
    pub won: u32,
}

/// One stage of a [`Funnel`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct FunnelStage {
    /// Its name.
    pub name: Text,
    /// What the model assumes to go on, in percent.
    pub rate: u8,
    /// Days that the model expects a deal to stay.
    pub days: u16,
    /// Deals that were lost here.
    pub lost: u32,
    /// Deals that are open here.
    pub open: u32,
}

/// Matches of equal odds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Bundle {
    /// What they stand for.
    pub name: Text,
    /// How many there are.
    pub count: u32,
    /// How likely each of them catches fire, in percent.
    pub percent: u8,
}

/// The three clocks of a deal, in days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Clocks {
    /// What the stage is expected to take.
    pub expected: u16,
    /// Since it entered the stage.
    pub age: u32,
    /// Since the last contact.
    pub idle: u32,
    /// Since its expected close; 0 while that is to come.
    pub overdue: u32,
}

/// Bars side by side.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Bars {
    /// What their lengths are.
    pub unit: Unit,
    /// The bars from the top, each with its name.
    pub bars: Vec<(Text, i64)>,
}

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Things.
    Count,
    /// Hundredths.
    Percent,
    /// Whole units of money.
    Money,
    /// Days.
    Days,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub enum Task {
    /// Drag the probability of a deal until the weighted sum reaches an amount.
    Weigh(Weigh),
    /// Give a number.
    Count(Count),
    /// Move the deal that is ready to its next stage.
    Move(Move),
    /// Find a stage in a funnel.
    Find(Find),
    /// Put steps in order.
    Order(Order),
    /// Choose among answers.
    Choose(Choose),
}

/// Drag the probability of one of some deals until the weighted sum reaches an amount.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Weigh {
    /// What is asked.
    pub ask: Text,
    /// The deals.
    pub deals: Vec<Weighed>,
    /// The place of the deal whose probability is dragged.
    pub drag: usize,
    /// What the weighted sum is to reach, in whole units of money.
    pub reach: i64,
    /// What is said to too little.
    pub under: Text,
    /// What is said to more than it takes.
    pub over: Text,
    /// What is said when it is right.
    pub right: Text,
}

/// A deal with its weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Weighed {
    /// Its name.
    pub name: Text,
    /// Its amount in whole units of money.
    pub amount: i64,
    /// Its probability in percent.
    pub percent: u8,
}

/// Give a number.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Count {
    /// What is asked.
    pub ask: Text,
    /// What the number counts.
    pub unit: Unit,
    /// How the right number is found.
    pub sum: Sum,
    /// What is said to a smaller number.
    pub under: Text,
    /// What is said to a larger number.
    pub over: Text,
    /// What is said to the right one.
    pub right: Text,
}

/// A sum of the method.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub enum Sum {
    /// How many new ones in the first step make up what is wanted at the end.
    Needed(Way),
    /// How many of those that are there come out at the end.
    Left(Way),
    /// How many a week, so that the last of them is in early enough; `within` days from now all is to be done.
    Weekly {
        /// The way.
        way: Way,
        /// Days from now to the target.
        within: u16,
    },
    /// How many days the way takes: new ones that begin later come too late.
    Lead(Way),
    /// How many matches are expected to catch fire.
    Expected(Vec<Bundle>),
    /// What deals are worth in the forecast, in whole units of money.
    Weighted(Vec<Weighed>),
    /// What to assume from now on, in percent, after an assumption met what happened.
    Learnt {
        /// The assumption in percent.
        assumed: u8,
        /// How often it came true.
        hits: u32,
        /// How often it is decided.
        decided: u32,
    },
}

/// Steps one after the other, and what is wanted at their end.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Way {
    /// What is wanted at the end.
    #[serde(default)]
    pub wanted: u32,
    /// The steps, first to last.
    pub steps: Vec<WayStep>,
}

/// One step of a [`Way`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WayStep {
    /// The share that goes on, in percent.
    pub rate: u8,
    /// Days that it takes.
    #[serde(default)]
    pub days: u16,
    /// How many are there already.
    #[serde(default)]
    pub there: u32,
}

/// Move the deal that is ready to its next stage on a small board.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Move {
    /// What is asked.
    pub ask: Text,
    /// The stages, each with what must be seen before a deal leaves it.
    pub stages: Vec<(Text, Text)>,
    /// The deals.
    pub cards: Vec<Card>,
    /// What is said when the right deal is moved too far, or back.
    pub elsewhere: Text,
}

/// A deal on a small board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Card {
    /// Its name.
    pub name: Text,
    /// The place of its stage.
    pub at: usize,
    /// What is known of it.
    pub says: Text,
    /// Whether what its stage asks for has been seen.
    pub met: bool,
    /// What is said when it is moved to the next stage.
    pub why: Text,
}

/// Find a stage in a funnel.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Find {
    /// What is asked.
    pub ask: Text,
    /// The funnel.
    pub funnel: Funnel,
    /// What is sought.
    pub sought: Sought,
    /// What is said to each stage.
    pub why: Vec<Text>,
}

/// Which stage is sought.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sought {
    /// The one that costs most.
    Bottleneck,
    /// The one with most deals too many.
    Fullest,
}

/// Put steps in order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Order {
    /// What is asked.
    pub ask: Text,
    /// The steps in the right order.
    pub steps: Vec<Text>,
    /// The places of the steps in the order in which they are shown first.
    pub shown: Vec<usize>,
    /// What is said to another order.
    pub wrong: Text,
    /// What is said when it is right.
    pub right: Text,
}

/// Choose among answers.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Choose {
    /// The question.
    pub ask: Text,
    /// The answers; one of them is right.
    pub answers: Vec<Choice>,
}

/// An answer to choose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields, bound(deserialize = "'de: 'static"))]
pub struct Choice {
    /// What it says.
    pub text: Text,
    /// Whether it is right.
    #[serde(default)]
    pub right: bool,
    /// What is said to it.
    pub why: Text,
}
