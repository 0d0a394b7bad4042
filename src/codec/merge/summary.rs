//! What the page shows of a merge before it is made.

use serde::{Deserialize, Serialize};

use super::{Difference, Merged, Note, Value};
use crate::model::{Record, Table, Workspace};

/// The tables in the order of the document, as it calls them.
pub const TABLES: [&str; 15] = [
    "models",
    "departments",
    "people",
    "quotas",
    "products",
    "targets",
    "customers",
    "campaigns",
    "deals",
    "activities",
    "promises",
    "handovers",
    "interventions",
    "problems",
    "schemes",
];

/// So many differences of each sort are shown; all are counted.
const LISTED: usize = 500;

/// How the records of a file compare with those that are here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Counts {
    /// Not here.
    pub added: usize,
    /// Here, and different.
    pub changed: usize,
    /// Here, and the same.
    pub same: usize,
}

/// How one file compares with what is here.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileCounts {
    /// One count for each of [`TABLES`].
    pub tables: Vec<Counts>,
}

impl FileCounts {
    /// All tables together.
    pub fn total(&self) -> Counts {
        self.tables.iter().fold(Counts::default(), |sum, counts| Counts {
            added: sum.added + counts.added,
            changed: sum.changed + counts.changed,
            same: sum.same + counts.same,
        })
    }
}

/// How `file` compares with `here`, table by table.
pub fn compare(here: &Workspace, file: &Workspace) -> FileCounts {
    fn table<V: Record>(here: &Table<V>, file: &Table<V>) -> Counts {
        let mut counts = Counts::default();
        for record in file.iter() {
            match here.get(record.id()) {
                None => counts.added += 1,
                Some(known) if known == record => counts.same += 1,
                Some(_) => counts.changed += 1,
            }
        }
        counts
    }
    FileCounts {
        tables: vec![
            table(&here.models, &file.models),
            table(&here.departments, &file.departments),
            table(&here.people, &file.people),
            table(&here.quotas, &file.quotas),
            table(&here.products, &file.products),
            table(&here.targets, &file.targets),
            table(&here.customers, &file.customers),
            table(&here.campaigns, &file.campaigns),
            table(&here.deals, &file.deals),
            table(&here.activities, &file.activities),
            table(&here.promises, &file.promises),
            table(&here.handovers, &file.handovers),
            table(&here.interventions, &file.interventions),
            table(&here.problems, &file.problems),
            table(&here.schemes, &file.schemes),
        ],
    }
}

/// What a merge into the first side would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Each file, in the order in which they were given.
    pub files: Vec<FileCounts>,
    /// What becomes of the records that are here: added, changed, the same.
    pub outcome: FileCounts,
    /// Records that are here and would go.
    pub removed: usize,
    /// Places that somebody should look at; the first 500.
    pub conflicts: Vec<Difference>,
    /// How many there are.
    pub conflict_count: usize,
    /// Other places where the sides differ, and records that go; the first 500.
    pub others: Vec<Difference>,
    /// How many there are.
    pub other_count: usize,
    /// What had to be done beyond that; the first 500.
    pub notes: Vec<Note>,
    /// How many there are.
    pub note_count: usize,
}

/// What the page shows of a merge of `sides`, of which the first one is the workspace that is merged into.
pub fn summary(sides: &[&Workspace], merged: &Merged) -> Summary {
    let Some((here, files)) = sides.split_first() else { return Summary::default() };
    let outcome = compare(here, &merged.workspace);
    let back = compare(&merged.workspace, here);
    // Records that come are counted by file already, and what stays as it is here needs no look.
    let told = |difference: &&Difference| {
        let here = difference.options.iter().find(|option| option.sides.contains(&0)).map(|option| &option.value);
        let changes = here != Some(&difference.by_rule) && difference.by_rule != Value::Record;
        changes || difference.chosen.is_some()
    };
    let others = || merged.differences.iter().filter(|difference| !difference.conflict).filter(told);
    Summary {
        files: files.iter().map(|file| compare(here, file)).collect(),
        removed: back.total().added,
        outcome,
        conflict_count: merged.conflicts().count(),
        conflicts: merged.conflicts().take(LISTED).cloned().collect(),
        other_count: others().count(),
        others: others().take(LISTED).cloned().collect(),
        note_count: merged.notes.len(),
        notes: merged.notes.iter().take(LISTED).cloned().collect(),
    }
}
