//! Several people's documents become one.
//!
//! Records meet by their ids and are merged field by field, histories of deals event by event; see `rules` for which field goes by
//! which rule. What all sides say alike is taken as it is. Where they differ, the difference is listed with each value and whose it is,
//! and the rule's decision can be taken back one by one with [`Options`]. **Nothing is dropped in silence**: every record and
//! every event of every side is in the merged workspace or in the list.
//!
//! The rule, for one value: with the file that all of them started from (the *common file*), the value of the side that changed it;
//! where several changed it, and without a common file, the one that comes last by a fixed order of values. Fields carry no time, so
//! which value is newer cannot be known; only histories do, and there the newest event holds. A list of tags or names is united, less
//! what somebody took out since the common file. A record that somebody removed since then goes, unless somebody else changed it or
//! another record names it.
//!
//! The common file need not be named: documents say which handed-out states they come from ([`Lineage`](super::document::Lineage)), and
//! [`origin`] tells the newest one that all of them share. The browser keeps the last states that it handed out beside its backups.
//!
//! The outcome depends on the set of files alone, not on their order, and a file given twice counts once. Merging in steps, sellers into
//! departments and departments into the company, comes to the same as merging at once, as long as no step had to leave something
//! out (see [`Remark`]): what is left out of a step's outcome, later steps cannot know.
//!
//! ```
//! use loudou::{
//!     codec::merge::{Options, merge},
//!     model::{Command, Currency, Person, Profile, Stamp, Workspace, apply},
//! };
//!
//! let stamp = Stamp { on: Default::default(), at: Default::default(), by: None, seed: 9.into() };
//! let start = Workspace::new(1.into(), Profile::named("North", Currency::CNY));
//! let person = |territory: &str| Person {
//!     id: 7.into(),
//!     name: "Li".to_owned(),
//!     department: None,
//!     territory: territory.to_owned(),
//!     capacity: None,
//!     active: true,
//! };
//! let with = |territory| start.with(&apply(&start, Command::PutPerson(person(territory)), stamp).unwrap());
//! let (base, one, other) = (with(""), with("Hebei"), with(""));
//! // The side that changed the territory is right; nothing is to be decided.
//! let merged = merge(&[&one, &other], Some(&base), &Options::default()).unwrap();
//! assert_eq!(merged.workspace, one);
//! assert_eq!(merged.conflicts().count(), 0);
//! ```

mod fields;
mod history;
mod join;
mod mend;
mod names;
mod origin;
mod rebase;
mod rules;
mod shown;
mod summary;
mod tables;
mod tree;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub use names::{FieldName, Spot, spot};
pub use origin::{Descent, Origin, origin};
pub use rebase::rebase;
pub use summary::{Counts, FileCounts, Summary, TABLES, compare, summary};

use crate::model::{Date, Workspace};

/// Names a value of a workspace.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Key {
    /// The table, as the document calls it: `deals`; `profile` for the profile.
    pub table: String,
    /// The record's id; empty for the profile.
    pub id: String,
    /// The place in the record, as the document calls it: `contacts[01J…].phone`; empty for the record as a whole.
    pub field: String,
}

/// What was decided otherwise than by the rule. Sides are told by their place.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// The side that is right in every conflict which is not decided by itself, where it says anything.
    pub prefer: Option<usize>,
    /// The side whose value is taken, difference by difference.
    pub choices: BTreeMap<Key, usize>,
}

impl Options {
    fn chosen(&self, key: &Key, conflict: bool) -> Option<usize> {
        self.choices.get(key).copied().or(self.prefer.filter(|_| conflict))
    }
}

/// A value as it is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Value {
    /// Nothing is there.
    Nothing,
    /// The record was there in the common file and was removed since.
    Gone,
    /// The record is there.
    Record,
    /// Yes or no.
    Truth(bool),
    /// A text, a number, a day as `2026-11-23`, a list; names stand for what is named.
    Text(String),
    /// A history, by where it leads.
    History {
        /// How many events it has.
        events: usize,
        /// How the deal stands.
        status: Standing,
        /// The stage it is in or was in last.
        stage: String,
        /// The amount as a decimal.
        amount: Option<String>,
    },
}

/// How a deal stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Standing {
    /// In the funnel.
    Open,
    /// Signed.
    Won,
    /// Gone.
    Lost,
    /// Asleep.
    Dormant,
}

/// A value and the sides that have it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Opinion {
    /// Their places.
    pub sides: Vec<usize>,
    /// The value.
    pub value: Value,
}

/// A place where the sides differ.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Difference {
    /// Which place.
    pub key: Key,
    /// What the record is called.
    pub name: String,
    /// Each different value.
    pub options: Vec<Opinion>,
    /// What the rule takes; of lists and histories it may be the union, which no side has.
    pub by_rule: Value,
    /// The side that was chosen instead.
    pub chosen: Option<usize>,
    /// Whether several sides say something different, so that somebody should look: not when all but one say what the common file
    /// says, nor, without one, when only one of them says anything.
    pub conflict: bool,
}

/// Something of a side that is not in the merged workspace, or that is there only because something else needs it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// The record.
    pub key: Key,
    /// What it is called.
    pub name: String,
    /// What was done.
    pub remark: Remark,
}

/// What had to be done so that the merged records hold together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Remark {
    /// An event cannot follow the others and is not in the deal's history.
    EventLeftOut {
        /// Its id.
        event: String,
        /// What happened, as the document calls it: `won`.
        what: String,
        /// The day.
        on: Option<Date>,
        /// The sides that have it.
        sides: Vec<usize>,
        /// Why it cannot follow.
        why: Hindrance,
    },
    /// The record was to go and stays because another one names it.
    StaysNamed,
    /// A stage left its model on one side while deals of another stand in it or went through it: it stays in the model.
    StageStays {
        /// The stage.
        stage: String,
    },
    /// The stage of the deal left its model; the deal went where the model sends its deals.
    Restaged {
        /// The stage it stood in.
        from: String,
        /// The stage it stands in now.
        to: String,
    },
    /// The record would have been part of itself by way of others; it no longer says of which one it is part.
    CircleOpened,
    /// The merged fields cannot stand in one record; the record of one side was taken as a whole.
    TakenWhole,
}

/// Why an event cannot follow those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hindrance {
    /// The deal had begun already.
    SecondBeginning,
    /// It would come before an earlier day.
    Order,
    /// The deal was not open any more.
    NotOpen,
    /// The deal was open already.
    AlreadyOpen,
    /// The deal was in this stage already.
    SameStage,
    /// The stage belongs to a model that the deal does not run through.
    OtherModel,
    /// Another side's history was chosen.
    OtherChosen,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Merged {
    /// All sides in one.
    pub workspace: Workspace,
    /// Where they differ.
    pub differences: Vec<Difference>,
    /// What had to be done beyond that.
    pub notes: Vec<Note>,
}

impl Merged {
    /// The differences that somebody should look at.
    pub fn conflicts(&self) -> impl Iterator<Item = &Difference> {
        self.differences.iter().filter(|difference| difference.conflict)
    }
}

/// Why a side cannot be merged with the first one.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum Misfit {
    /// Amounts in another currency cannot be added to these.
    #[error("its currency is {found}, not {expected}")]
    Currency {
        /// Its currency.
        found: String,
        /// The currency of the first side.
        expected: String,
    },
    /// One of its stages belongs to another model elsewhere.
    #[error("the stage {stage} belongs to another model")]
    Stage {
        /// The stage's name.
        stage: String,
    },
}

/// All sides in one workspace, with the least of their ids.
///
/// `base` is the file that they started from. A side that holds less than half of its records does not come from it: what is not there
/// was not removed, but never there. The same goes for a file with a part of the records only.
///
/// # Errors
/// The place of the first side that does not fit, and why.
pub fn merge(sides: &[&Workspace], base: Option<&Workspace>, options: &Options) -> Result<Merged, (usize, Misfit)> {
    join::joined(sides, base, options)
}
