//! A document in the making, a few hundred records at a time, so that whoever makes it can do something else in between.

use super::{
    FORMAT, Lineage, VERSION,
    form::{Own, Part as _, Plain, Within},
    writer::Writer,
};
use crate::model::{Timestamp, Workspace};

/// How many kinds of records there are.
const KINDS: usize = 15;

/// The document of a workspace in the making: the same text as [`encode`](super::encode) writes at once.
///
/// ```
/// use loudou::{codec::document::{Encoding, encode}, model::{Currency, Profile, Workspace}};
///
/// let workspace = Workspace::new(1.into(), Profile::named("漏斗", Currency::CNY));
/// let moment = "2026-11-26T08:30:00Z".parse().unwrap();
/// let mut encoding = Encoding::new(workspace.clone(), moment);
/// while encoding.step() {}
/// assert_eq!(encoding.finish(), encode(&workspace, moment));
/// ```
#[derive(Debug)]
pub struct Encoding {
    workspace: Workspace,
    out: Writer,
    /// Which kind of record is next.
    kind: usize,
    /// Which chunk of its table.
    chunk: usize,
}

impl Encoding {
    /// Begins the document of `workspace`.
    pub fn new(workspace: Workspace, exported: Timestamp) -> Self {
        Self::of(workspace, exported, &Lineage::default())
    }

    /// Begins the document of `workspace`, of this lineage.
    pub fn of(workspace: Workspace, exported: Timestamp, lineage: &Lineage) -> Self {
        let out = Writer::readable(workspace.profile.currency.digits());
        Self::begin(out, workspace, exported, lineage)
    }

    /// Begins the document with this writer.
    pub(super) fn begin(mut out: Writer, workspace: Workspace, exported: Timestamp, lineage: &Lineage) -> Self {
        out.open('{');
        out.word("format", FORMAT);
        out.field("version", &VERSION, Within(1, VERSION));
        out.field("exported", &exported, Plain);
        lineage.give(&mut out);
        out.key("workspace");
        out.open('{');
        out.field("id", &workspace.id, Own);
        workspace.profile.give(&mut out);
        Self { workspace, out, kind: 0, chunk: 0 }
    }

    /// Writes the next records, at most [`FULL`](crate::model::table::FULL); whether there may be more.
    pub fn step(&mut self) -> bool {
        let Self { workspace, out, kind, chunk } = self;
        let more = match *kind {
            0 => out.chunk("models", &workspace.models, *chunk),
            1 => out.chunk("departments", &workspace.departments, *chunk),
            2 => out.chunk("people", &workspace.people, *chunk),
            3 => out.chunk("quotas", &workspace.quotas, *chunk),
            4 => out.chunk("products", &workspace.products, *chunk),
            5 => out.chunk("targets", &workspace.targets, *chunk),
            6 => out.chunk("customers", &workspace.customers, *chunk),
            7 => out.chunk("campaigns", &workspace.campaigns, *chunk),
            8 => out.chunk("deals", &workspace.deals, *chunk),
            9 => out.chunk("activities", &workspace.activities, *chunk),
            10 => out.chunk("promises", &workspace.promises, *chunk),
            11 => out.chunk("handovers", &workspace.handovers, *chunk),
            12 => out.chunk("interventions", &workspace.interventions, *chunk),
            13 => out.chunk("problems", &workspace.problems, *chunk),
            14 => out.chunk("schemes", &workspace.schemes, *chunk),
            _ => return false,
        };
        if more {
            *chunk += 1;
        } else {
            (*kind, *chunk) = (*kind + 1, 0);
        }
        *kind < KINDS
    }

    /// The document, with whatever has not been written yet.
    pub fn finish(self) -> String {
        self.close().finish()
    }

    fn close(mut self) -> Writer {
        while self.step() {}
        self.out.close('}');
        self.out.close('}');
        self.out
    }
}

/// Writes a document as a value of another file.
pub(in crate::codec) fn give(workspace: &Workspace, exported: Timestamp, out: &mut Writer) {
    let digits = std::mem::replace(&mut out.digits, workspace.profile.currency.digits());
    let begun = std::mem::replace(out, Writer::compact());
    *out = Encoding::begin(begun, workspace.clone(), exported, &Lineage::default()).close();
    out.digits = digits;
}
