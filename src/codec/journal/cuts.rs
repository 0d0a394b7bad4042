//! A workspace cut into pieces, which are written out one at a time: all of a large one at once would hold a page up.

use std::{iter::once, sync::Arc};

use super::{PIECES, PROFILE, columns};
use crate::{
    codec::document::{
        VERSION,
        form::{Plain, Within},
        writer::Writer,
    },
    model::{Record, Table, Workspace},
};

/// A piece holds at most so many records.
const PIECE: usize = 500;

/// What there is to know of one kind of records.
#[derive(Debug)]
struct Kind {
    key: &'static str,
    /// How many pieces there are of it.
    pieces: fn(&Workspace) -> usize,
    /// Writes the records of one piece.
    write: fn(&Workspace, usize, &mut Writer),
    /// Whether two workspaces have the very same records in one piece.
    are_same: fn(&Workspace, &Workspace, usize) -> bool,
}

macro_rules! kinds {
    ($($table:ident),+) => {
        [$(Kind {
            key: stringify!($table),
            pieces: |workspace| workspace.$table.len().div_ceil(PIECE),
            write: |workspace, number, out| out.list(records(&workspace.$table, number).map(AsRef::as_ref)),
            are_same: |one, other, number| are_same(&one.$table, &other.$table, number),
        }),+]
    };
}

static KINDS: [Kind; 15] = kinds![
    models,
    departments,
    people,
    quotas,
    products,
    targets,
    customers,
    campaigns,
    deals,
    activities,
    promises,
    handovers,
    interventions,
    problems,
    schemes
];

fn records<V: Record>(table: &Table<V>, number: usize) -> impl Iterator<Item = &Arc<V>> {
    table.iter_from(number * PIECE).take(PIECE)
}

fn are_same<V: Record>(one: &Table<V>, other: &Table<V>, number: usize) -> bool {
    let length = |table: &Table<V>| table.len().saturating_sub(number * PIECE).min(PIECE);
    length(one) == length(other)
        && records(one, number).zip(records(other, number)).all(|(one, other)| Arc::ptr_eq(one, other))
}

/// One piece of a workspace, not written out yet. It keeps the workspace, which shares its records with every other state of it.
#[derive(Clone, Debug)]
pub struct Cut {
    workspace: Workspace,
    /// `None` is the profile.
    kind: Option<&'static Kind>,
    number: usize,
}

/// The pieces of a workspace, in order; see [`pieces`].
///
/// ```
/// use loudou::{codec::{content::{self, Language}, journal::cuts}, model::Workspace};
///
/// let workspace = Workspace::new(7.into(), content::profile(Language::English, "North"));
/// let cuts: Vec<_> = cuts(&workspace).collect();
/// assert_eq!((cuts.len(), cuts[0].name().as_str()), (1, "profile"));
/// assert!(cuts[0].text().contains("North"));
/// ```
pub fn cuts(workspace: &Workspace) -> impl Iterator<Item = Cut> + use<> {
    let workspace = workspace.clone();
    let profile = Cut { workspace: workspace.clone(), kind: None, number: 0 };
    once(profile).chain(KINDS.iter().flat_map(move |kind| {
        let workspace = workspace.clone();
        (0..(kind.pieces)(&workspace)).map(move |number| Cut { workspace: workspace.clone(), kind: Some(kind), number })
    }))
}

/// A workspace as named pieces of text, each with at most 500 records. The same workspace gives the same pieces.
pub fn pieces(workspace: &Workspace) -> Vec<(String, String)> {
    cuts(workspace).map(|cut| (cut.name(), cut.text())).collect()
}

impl Cut {
    /// The name of the piece.
    pub fn name(&self) -> String {
        self.kind.map_or_else(|| PROFILE.to_owned(), |kind| name(kind, self.number))
    }

    /// The text of the piece. Each names the currency, so that amounts keep their meaning when the profile is lost.
    pub fn text(&self) -> String {
        let mut out = Writer::compact();
        out.object(|out| match self.kind {
            None => self.write_profile(out),
            Some(kind) => {
                let mut list = Writer::compact();
                (kind.write)(&self.workspace, self.number, &mut list);
                out.field("version", &PIECES, Within(1, PIECES));
                out.field("currency", &self.workspace.profile.currency, Plain);
                out.key(kind.key);
                out.plain(columns::columns(&list.finish()));
            }
        });
        out.finish()
    }

    /// The profile and the names of all pieces.
    fn write_profile(&self, out: &mut Writer) {
        let numbered = |kind: &'static Kind| (0..(kind.pieces)(&self.workspace)).map(move |number| name(kind, number));
        let names: Vec<String> = KINDS.iter().flat_map(numbered).collect();
        out.field("version", &VERSION, Within(1, VERSION));
        out.field("pieces", &names, Plain);
        out.field(PROFILE, &*self.workspace.profile, Plain);
    }

    /// Whether it is the profile, which says what other pieces there are.
    pub fn is_profile(&self) -> bool {
        self.kind.is_none()
    }

    /// Whether the piece of this name of another state of the workspace surely has the same text, told without writing either out. Of the
    /// profile it is never told: it is short.
    pub fn is_same_in(&self, other: &Workspace) -> bool {
        self.kind.is_some_and(|kind| {
            self.workspace.profile.currency == other.profile.currency
                && (kind.are_same)(&self.workspace, other, self.number)
        })
    }
}

fn name(kind: &Kind, number: usize) -> String {
    format!("{}-{number}", kind.key)
}
