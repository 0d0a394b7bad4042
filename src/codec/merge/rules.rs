//! How each field of each kind of record is merged.

use super::tree::Tree;

/// How the values of a field become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rule {
    /// One of them is taken.
    One,
    /// A list without an order that would mean anything: united, less what was taken out since the common file.
    Set,
    /// A list of elements that are told apart by these keys, each taken as a whole.
    Listed(&'static [&'static str]),
    /// A list of records with ids, each merged field by field.
    Records,
    /// A list of elements that are told apart by these keys, each merged field by field.
    Parts(&'static [&'static str]),
    /// An object, merged entry by entry.
    Map,
}

/// Fields that mean something together only: one of their values is taken for all of them. The first one gives the name. A table may
/// have several such groups.
const TOGETHER: &[(&str, &[&str])] = &[
    ("deals", &["customer", "contact"]),
    ("campaigns", &["starts", "ends"]),
    ("quotas", &["of", "department", "person"]),
    ("models", &["stages", "afterSale", "segments", "revisions", "retired"]),
    ("promises", &["text", "deal", "reaches"]),
    ("promises", &["due", "made"]),
    ("interventions", &["stage", "model"]),
    ("interventions", &["from", "until"]),
];

/// The fields of a record that go together, group by group.
pub(super) fn together(table: &str) -> impl Iterator<Item = &'static [&'static str]> {
    TOGETHER.iter().filter(move |(of, _)| *of == table).map(|(_, fields)| *fields)
}

/// The rule for a field.
pub(super) fn rule(table: &str, field: &str) -> Rule {
    match (table, field) {
        ("deals", "supporters" | "competitors" | "tags")
        | ("customers", "tags" | "notSameAs")
        | ("campaigns", "touches")
        | ("problems", "words")
        | ("profile", "sources") => Rule::Set,
        ("profile", "lostReasons") => Rule::Listed(&["name"]),
        ("profile", "customFields") => Rule::Listed(&["of", "name"]),
        ("profile", "views") => Rule::Listed(&["page", "name"]),
        ("customers", "contacts") => Rule::Records,
        ("handovers", "items") => Rule::Parts(&["customer", "deal"]),
        ("deals" | "customers", "custom") => Rule::Map,
        _ => Rule::One,
    }
}

/// Which of several values is taken where nothing else decides: of funnel models the one that was revised last, else the longer one,
/// which for days is the later one where both are written, else the one that comes later in the order of letters. It is a total order,
/// so the taken value depends neither on the order of the files nor on how they are brought together. Nothing comes before anything
/// else, so what is known wins over what is not.
pub(super) fn rank(value: &Tree) -> (&str, usize, usize, &Tree) {
    let revisions = value.get("revisions").elements();
    let latest = revisions.iter().map(|revision| revision.get("until").text()).max().unwrap_or_default();
    (latest, revisions.len(), value.size(), value)
}
