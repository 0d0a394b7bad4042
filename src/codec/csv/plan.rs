//! What an import will do, and what the user decided about it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::{DateError, NearMiss, NumberError, OrderReason, Sheet, StageRole};
use crate::model::Command;

/// A file to import.
#[derive(Clone, Copy, Debug)]
pub struct SourceFile<'a> {
    /// Its name, for a new model and for messages.
    pub name: &'a str,
    /// Its table.
    pub sheet: &'a Sheet,
}

/// What the rows of a file are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FileKind {
    /// Price list.
    Products,
    /// People with their departments.
    People,
    /// Companies.
    Customers,
    /// Opportunities.
    Deals,
}

/// A kind of record that is joined by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Joined {
    /// Companies.
    Customer,
    /// Sellers.
    Person,
    /// Products.
    Product,
}

/// What happens to a row with a problem.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnProblem {
    /// It comes in without the value in question.
    #[default]
    LeaveOutValue,
    /// It stays out.
    SkipRow,
}

/// What happens to a deal that is here already.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum OnKnown {
    /// What the file says anew is brought into it.
    #[default]
    Update,
    /// It stays as it is.
    Leave,
    /// It comes in once more, as another deal.
    Add,
}

/// What the user decided about a value of the stage column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageChoice {
    /// What it says about a deal.
    pub role: StageRole,
    /// The stage of the model it stands for; `None` finds it by its name.
    pub stage: Option<String>,
}

/// What the user decided about a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NameChoice {
    /// Of what kind of record.
    pub of: Joined,
    /// The name as the file spells it.
    pub name: String,
    /// The record it is; `None` makes a new one.
    pub is: Option<String>,
}

/// What the user decided about an import; the default decides nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Options {
    /// What the rows of a file are, by the place of the file.
    pub kinds: BTreeMap<usize, FileKind>,
    /// The model that deals run through, by its id; `None` takes one that has all stages of the file, or makes one.
    pub model: Option<String>,
    /// Make a model from the file's stages whatever exists.
    pub new_model: bool,
    /// Values of the stage column, as the file spells them.
    pub stages: BTreeMap<String, StageChoice>,
    /// The order of the stages of a new model; those left out come last.
    pub stage_order: Vec<String>,
    /// The stage in which closed deals of unknown way stood before; `None` is the last one.
    pub closed_from: Option<String>,
    /// Names that are, or are not, those of records that exist.
    pub names: Vec<NameChoice>,
    /// Whether the amount 0 of a lost deal says that nothing was won, and not that nothing was expected.
    pub lost_zero_is_unknown: bool,
    /// What happens to rows with a problem.
    pub on_problem: OnProblem,
    /// What happens to deals that are here already.
    pub on_known: OnKnown,
    /// Rows to leave out, by file and line.
    pub leave_out: BTreeSet<(usize, u32)>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            kinds: BTreeMap::new(),
            model: None,
            new_model: false,
            stages: BTreeMap::new(),
            stage_order: Vec::new(),
            closed_from: None,
            names: Vec::new(),
            lost_zero_is_unknown: true,
            on_problem: OnProblem::default(),
            on_known: OnKnown::default(),
            leave_out: BTreeSet::new(),
        }
    }
}

/// What is wrong with a row or a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error, Serialize, Deserialize)]
pub enum ProblemKind {
    /// The row has another number of cells than the table; cells are counted from the left.
    #[error("{cells} cells instead of {expected}")]
    Width {
        /// How many it has.
        cells: usize,
        /// How many it should have.
        expected: usize,
    },
    /// A number was expected.
    #[error("{0}")]
    Number(NumberError),
    /// An amount beyond what the workspace keeps.
    #[error("amount out of bounds")]
    AmountBound,
    /// Less than one unit, or part of one.
    #[error("not a number of units")]
    Units,
    /// A date was expected.
    #[error("{0}")]
    Date(DateError),
    /// The row has no name, so there is nothing to keep.
    #[error("no name")]
    NoName,
    /// The row has no stage; the deal begins in the first one.
    #[error("no stage")]
    NoStage,
    /// A row above has the same id: this one stays out.
    #[error("an id that stands twice")]
    RepeatedReference,
    /// The amount is in another currency than the workspace's.
    #[error("another currency")]
    Currency,
    /// The deal is closed and nobody wrote down when; its other dates are kept as fields, its history is undated.
    #[error("closed on an unknown day")]
    ClosedWithoutDate,
    /// Dates that cannot follow one another: the later event keeps its date.
    #[error("dates out of order")]
    DateOrder,
    /// A day on which the deal entered its stage is unknown and cannot stay so; it takes the day of the event before.
    #[error("entered the stage on an unknown day")]
    StageWithoutDate,
    /// In a report of changes, the change of a field whose history is not kept: its present value counts.
    #[error("a change of another field than the stage")]
    OtherChange,
    /// The deal is here already and stands elsewhere than the file says, later by its history: it stays there.
    #[error("stands elsewhere here")]
    StandsElsewhere,
    /// The deal is here already with a history that the file's cannot be brought together with: it stays.
    #[error("has another history here")]
    HistoryDiffers,
    /// The deal is here already and runs through another model: it stays where it stands.
    #[error("runs through another model here")]
    OtherModel,
    /// A quote opens here and nothing closes it.
    #[error("a quote that nothing closes")]
    OpenQuote,
    /// Bytes that mean nothing in the file's encoding.
    #[error("unreadable characters")]
    Unreadable,
}

/// A row or a cell that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// The place of the file.
    pub file: usize,
    /// The line in the file, from 1.
    pub line: u32,
    /// The column, from 0; `None` when the row as a whole is meant.
    pub column: Option<usize>,
    /// What is wrong.
    pub kind: ProblemKind,
    /// The cell as written.
    pub value: String,
    /// Whether the row stays out because of it.
    pub row_skipped: bool,
}

/// What becomes of a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileSummary {
    /// What its rows are.
    pub kind: FileKind,
    /// Rows of data; `imported + skipped`.
    pub rows: usize,
    /// Rows that come in.
    pub imported: usize,
    /// Rows that stay out.
    pub skipped: usize,
    /// Columns, from 0, for which such records have no place.
    pub unused: Vec<usize>,
}

/// New records and changed ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Records that are new.
    pub created: usize,
    /// Records that exist and change.
    pub updated: usize,
}

/// Deals and their money.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    /// How many.
    pub deals: usize,
    /// Of how many of them no amount is known.
    pub without_amount: usize,
    /// The sum of the amounts that are known, in minor units.
    pub amount: i64,
}

impl Total {
    pub(super) fn add(&mut self, amount: Option<i64>) {
        self.deals += 1;
        self.without_amount += usize::from(amount.is_none());
        self.amount = self.amount.saturating_add(amount.unwrap_or_default());
    }

    /// The sum of the amounts in minor units; `None` when there are deals and none of their amounts is known.
    pub fn known(self) -> Option<i64> {
        (self.deals == 0 || self.without_amount < self.deals).then_some(self.amount)
    }
}

impl std::ops::AddAssign for Total {
    fn add_assign(&mut self, other: Self) {
        self.deals += other.deals;
        self.without_amount += other.without_amount;
        self.amount = self.amount.saturating_add(other.amount);
    }
}

/// A value of the stage column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageValue {
    /// As the file spells it.
    pub value: String,
    /// How many rows have it.
    pub rows: usize,
    /// What it says about a deal.
    pub role: StageRole,
}

/// A stage of the model that the deals run through.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageSummary {
    /// Its name.
    pub name: String,
    /// Deals that will be open in it.
    pub open: Total,
}

/// A name that is spelled like that of another record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NameQuestion {
    /// Of what kind of record.
    pub of: Joined,
    /// As the file spells it.
    pub name: String,
    /// Names it may stand for with their likeness, 0 to 1; one of likeness 1 is taken without asking.
    pub near: Vec<(String, f64)>,
    /// The name it is joined to; `None` makes a new record.
    pub joined: Option<String>,
}

/// A deal as it will be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sample {
    /// Its line in the file.
    pub line: u32,
    /// Its title.
    pub title: String,
    /// Its stage, or the one it closed from.
    pub stage: String,
    /// Whether it is open, won, lost or asleep.
    pub role: StageRole,
    /// Its amount in minor units.
    pub amount: Option<i64>,
}

/// What is put right in reports of changes and logs of stages.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cleaned {
    /// Rows with the stage that their deal was in already: they are one stay.
    pub runs: usize,
    /// Stages that were left before the next was entered: the deal stays in them until then.
    pub gaps: usize,
    /// Stages that were left after the next was entered: the deal is in the next one from the day on which it was entered.
    pub overlaps: usize,
}

impl std::ops::AddAssign for Cleaned {
    fn add_assign(&mut self, other: Self) {
        self.runs += other.runs;
        self.gaps += other.gaps;
        self.overlaps += other.overlaps;
    }
}

/// What an import will do.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// The files, in the order given.
    pub files: Vec<FileSummary>,
    /// The name of the model, when there are deals, and whether it is new.
    pub model: Option<(String, bool)>,
    /// The model's stages in order.
    pub stages: Vec<StageSummary>,
    /// Why in this order.
    pub order: Option<OrderReason>,
    /// Values of the stage column in the order in which they occur.
    pub stage_values: Vec<StageValue>,
    /// Won deals.
    pub won: Total,
    /// Lost deals.
    pub lost: Total,
    /// Sleeping deals.
    pub dormant: Total,
    /// Deals.
    pub deals: Counts,
    /// Deals of the files that are here already, those that do not change among them.
    pub known: usize,
    /// What is put right in histories.
    pub cleaned: Cleaned,
    /// Customers.
    pub customers: Counts,
    /// People.
    pub people: Counts,
    /// Departments.
    pub departments: Counts,
    /// Products.
    pub products: Counts,
    /// Lost deals whose amount 0 is read as unknown (or kept, by [`Options::lost_zero_is_unknown`]).
    pub lost_with_zero: usize,
    /// The currency that all amounts are read in, and whether the workspace takes it over from the files.
    pub currency: String,
    /// Whether the workspace's currency changes to it.
    pub currency_changes: bool,
    /// Names spelled like others.
    pub names: Vec<NameQuestion>,
    /// Everything that is not as it should be, by file and line.
    pub problems: Vec<Problem>,
    /// The first deals.
    pub sample: Vec<Sample>,
}

/// An import, ready to be applied.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    /// What it will do.
    pub summary: Summary,
    /// The one command that does it.
    pub command: Command,
}

/// The user stopped the import; nothing happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("stopped")]
pub struct Stopped;

/// Near misses with the names they stand for.
pub(super) fn named<'a>(near: &[NearMiss], name: impl Fn(usize) -> &'a str) -> Vec<(String, f64)> {
    near.iter().map(|miss| (name(miss.candidate).to_owned(), miss.likeness)).collect()
}
