//! What storage keeps: changes for the journal, and a workspace cut into pieces.
//!
//! Records look as they do in the [document](super::document), on one line and with amounts in minor units, so that no text needs another
//! one to be understood. In a piece they stand by [column](columns); pieces of earlier releases, with record after record, are read as
//! well. A damaged piece costs the records in it and nothing else.

mod assembly;
mod columns;
mod cuts;

use std::sync::Arc;

pub use assembly::{Assembly, assemble};
pub use cuts::{Cut, cuts, pieces};

use super::document::{
    DocumentError, Problem, ProblemKind, Severity, VERSION,
    form::{Form, Plain, Within},
    node::Node,
    parse,
    reader::{Fields, Reader},
    writer::Writer,
};
use crate::model::{Change, Patch, Profile, Record, Table, Workspace};

/// The version of a piece, and the newest that can be read. In the first, record followed after record.
const PIECES: u32 = 2;
/// The piece with the profile and the names of all pieces.
const PROFILE: &str = "profile";

/// A change as a journal entry: the records it makes, those that it changes before and after, and the ids of those that it takes away.
/// What a record was before tells, when somebody else has changed it in the same moment, which of its fields the change is about.
pub fn encode_change(change: &Change) -> String {
    let mut out = Writer::compact();
    out.object(|out| {
        out.field("version", &VERSION, Within(1, VERSION));
        if let Some((_, after)) = &change.profile {
            out.key(PROFILE);
            after.write(out);
        }
        write_after(out, "models", &change.models);
        write_after(out, "departments", &change.departments);
        write_after(out, "people", &change.people);
        write_after(out, "quotas", &change.quotas);
        write_after(out, "products", &change.products);
        write_after(out, "targets", &change.targets);
        write_after(out, "customers", &change.customers);
        write_after(out, "campaigns", &change.campaigns);
        write_after(out, "deals", &change.deals);
        write_after(out, "activities", &change.activities);
        write_after(out, "promises", &change.promises);
        write_after(out, "handovers", &change.handovers);
        write_after(out, "interventions", &change.interventions);
        write_after(out, "problems", &change.problems);
        write_after(out, "schemes", &change.schemes);
    });
    out.finish()
}

/// Three lists under one key: records that are new; records that change, each before and after, so that the second of them packs
/// well; ids of those that are gone.
fn write_after<V: Record<Id: Form> + Form>(out: &mut Writer, key: &str, patches: &[Patch<V>]) {
    if patches.is_empty() {
        return;
    }
    let put = |patch: &'_ Patch<V>| patch.before.is_none();
    out.key(key);
    out.object(|out| {
        if patches.iter().any(put) {
            out.key("put");
            out.list(patches.iter().filter(|patch| put(patch)).filter_map(|patch| patch.after.as_deref()));
        }
        if patches.iter().any(|patch| patch.before.is_some() && patch.after.is_some()) {
            out.key("changed");
            let both = |patch: &'_ Patch<V>| Some([patch.before.clone()?, patch.after.clone()?]);
            let pairs: Vec<_> = patches.iter().filter_map(both).flatten().collect();
            out.list(pairs.iter().map(AsRef::as_ref));
        }
        let gone: Vec<V::Id> = patches.iter().filter(|patch| patch.after.is_none()).map(|patch| patch.id).collect();
        out.field("gone", &gone, Plain);
    });
}

/// The change of a journal entry as it was meant. What was before it and is not told, such as a record that is gone, is as it is in
/// `base`; see [`rebase`](super::merge::rebase) for making it there.
///
/// # Errors
/// Why the entry cannot be read.
pub fn decode_change(text: &str, base: &Workspace) -> Result<Change, DocumentError> {
    let node = checked(parse(text)?, VERSION)?;
    let mut reader = Reader::new(0, None, Severity::Error);
    let change = reader.object(node, |fields, reader| {
        fields.node("version");
        let profile: Option<Option<Profile>> = fields.take(PROFILE, Plain, reader);
        let models = take_patches("models", &base.models, fields, reader);
        let departments = take_patches("departments", &base.departments, fields, reader);
        let people = take_patches("people", &base.people, fields, reader);
        let quotas = take_patches("quotas", &base.quotas, fields, reader);
        let products = take_patches("products", &base.products, fields, reader);
        let targets = take_patches("targets", &base.targets, fields, reader);
        let customers = take_patches("customers", &base.customers, fields, reader);
        let campaigns = take_patches("campaigns", &base.campaigns, fields, reader);
        let deals = take_patches("deals", &base.deals, fields, reader);
        let activities = take_patches("activities", &base.activities, fields, reader);
        let promises = take_patches("promises", &base.promises, fields, reader);
        let handovers = take_patches("handovers", &base.handovers, fields, reader);
        let interventions = take_patches("interventions", &base.interventions, fields, reader);
        let problems = take_patches("problems", &base.problems, fields, reader);
        let schemes = take_patches("schemes", &base.schemes, fields, reader);
        Some(Change {
            profile: profile?.map(|after| (base.profile.clone(), Arc::new(after))),
            models: models?,
            departments: departments?,
            people: people?,
            quotas: quotas?,
            products: products?,
            targets: targets?,
            customers: customers?,
            campaigns: campaigns?,
            deals: deals?,
            activities: activities?,
            promises: promises?,
            handovers: handovers?,
            interventions: interventions?,
            problems: problems?,
            schemes: schemes?,
        })
    });
    match change {
        Some(change) if !reader.failed() => Ok(change),
        _ => Err(DocumentError::Problems(reader.finish())),
    }
}

fn take_patches<V: Record<Id: Form> + Form>(
    key: &'static str,
    base: &Table<V>,
    fields: &mut Fields<'_>,
    reader: &mut Reader<'_>,
) -> Option<Vec<Patch<V>>> {
    let Some(node) = fields.node(key) else { return Some(Vec::new()) };
    let patches = reader.under(key, |reader| {
        reader.object(node, |fields, reader| {
            let put: Option<Vec<V>> = fields.take("put", Plain, reader);
            let changed: Option<Vec<V>> = fields.take("changed", Plain, reader);
            let gone: Option<Vec<V::Id>> = fields.take("gone", Plain, reader);
            let here = |id: V::Id| base.get(id).cloned();
            let mut patches: Vec<_> = gone?.into_iter().map(|id| Patch { id, before: here(id), after: None }).collect();
            for record in put? {
                let id = record.id();
                patches.push(Patch { id, before: here(id), after: Some(Arc::new(record)) });
            }
            let mut changed = changed?.into_iter();
            while let Some(before) = changed.next() {
                let Some(after) = changed.next().filter(|after| after.id() == before.id()) else {
                    return reader.refuse(ProblemKind::Id);
                };
                patches.push(Patch { id: after.id(), before: Some(Arc::new(before)), after: Some(Arc::new(after)) });
            }
            Some(patches)
        })
    });
    let mut patches = patches?;
    patches.sort_by_key(|patch| patch.id);
    Some(patches)
}

/// What is wrong with one piece of a stored workspace.
#[derive(Clone, Debug, PartialEq)]
pub struct PieceProblem {
    /// The name of the piece.
    pub piece: String,
    /// What is wrong with it.
    pub fault: PieceFault,
}

/// What can be wrong with a piece.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum PieceFault {
    /// It should be there and is not. Without the profile, the workspace bears its id for a name.
    #[error("is missing")]
    Missing,
    /// Nothing in it could be read.
    #[error("cannot be read: {0}")]
    Damaged(DocumentError),
    /// One place in it: an error cost the record, after a warning it is kept, such as one that names a record which is missing.
    #[error("{0}")]
    Record(Problem),
}

impl PieceFault {
    /// Whether the stored text holds something that the workspace made of it does not.
    pub fn holds_more(&self) -> bool {
        match self {
            Self::Missing => false,
            Self::Damaged(_) => true,
            Self::Record(problem) => problem.severity == Severity::Error || problem.kind == ProblemKind::Unknown,
        }
    }
}

/// Refuses what a release with a newer version wrote, and what says no version.
fn checked(node: Node<'_>, newest: u32) -> Result<Node<'_>, DocumentError> {
    match node.get("version") {
        Some(&Node::Number(found)) if found > f64::from(newest) => {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates, and is shown only"
            )]
            return Err(DocumentError::NewerVersion { found: found as u32, known: newest });
        }
        Some(&Node::Number(found)) if found >= 1.0 => Ok(node),
        _ => Err(DocumentError::NotLoudou),
    }
}
