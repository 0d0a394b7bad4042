//! A workspace made of stored pieces, one at a time: all of a large one at once would hold a page up.

use std::{collections::VecDeque, mem::replace, sync::Arc};

use super::{PIECES, PROFILE, PieceFault, PieceProblem, checked, columns};
use crate::{
    codec::document::{
        DocumentError, Severity,
        form::{Form, Plain},
        node::Node,
        parse,
        reader::{Fields, Known, Reader},
    },
    model::{Change, Currency, Patch, Profile, Record, RecordKind, Workspace, WorkspaceId},
};

/// Records of these kinds are laid out one piece after the other: there are by far the most of them, and of deals others need but the ids.
const LATE: [&str; 2] = ["deals", "activities"];

/// The workspace made of `pieces`, name and text, as far as they can be read, and everything that is wrong with them.
pub fn assemble<N: AsRef<str>, T: AsRef<str>>(id: WorkspaceId, pieces: &[(N, T)]) -> (Workspace, Vec<PieceProblem>) {
    let mut assembly = Assembly::new(id, pieces.iter().map(|(name, text)| (name.as_ref(), text.as_ref())));
    while assembly.step() {}
    assembly.finish()
}

/// A workspace in the making. First every piece is opened, for what others need to know of it; then the records of each are read.
///
/// ```
/// use loudou::{codec::{content::{self, Language}, journal::{Assembly, pieces}}, model::Workspace};
///
/// let workspace = Workspace::new(7.into(), content::profile(Language::English, "North"));
/// let pieces = pieces(&workspace);
/// let mut assembly = Assembly::new(7.into(), pieces.iter().map(|(name, text)| (name.as_str(), text.as_str())));
/// let mut steps = 0;
/// while assembly.step() {
///     steps += 1;
/// }
/// assert_eq!((steps, assembly.finish()), (2, (workspace, Vec::new())));
/// ```
#[derive(Debug)]
pub struct Assembly<'t> {
    names: Vec<&'t str>,
    closed: VecDeque<(&'t str, &'t str)>,
    opened: VecDeque<(&'t str, OpenPiece<'t>)>,
    known: Known,
    contents: Contents,
    workspace: Workspace,
    problems: Vec<PieceProblem>,
}

impl<'t> Assembly<'t> {
    /// Nothing of `pieces`, name and text, is read yet.
    pub fn new(id: WorkspaceId, pieces: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        let closed: VecDeque<_> = pieces.into_iter().collect();
        Self {
            names: closed.iter().map(|(name, _)| *name).collect(),
            closed,
            opened: VecDeque::new(),
            known: Known::default(),
            contents: Contents::default(),
            workspace: Workspace::new(id, Profile::named(id.to_string(), Currency::CNY)),
            problems: Vec::new(),
        }
    }

    /// Opens a piece or reads one; `false` when there was nothing left to do.
    pub fn step(&mut self) -> bool {
        if let Some((name, text)) = self.closed.pop_front() {
            match OpenPiece::of(text, &mut self.known) {
                Ok(piece) => self.opened.push_back((name, piece)),
                Err(error) => self.note(name, PieceFault::Damaged(error)),
            }
            return true;
        }
        let Some((name, piece)) = self.opened.pop_front() else { return false };
        match piece.laid_out() {
            Ok(node) => {
                let mut reader = Reader::new(0, Some(&self.known), Severity::Warning);
                reader.object(node, |fields, reader| {
                    self.contents.take(fields, reader);
                    Some(())
                });
                for found in reader.finish() {
                    self.note(name, PieceFault::Record(found));
                }
                self.workspace = self.workspace.with(&std::mem::take(&mut self.contents.records));
            }
            Err(error) => self.note(name, PieceFault::Damaged(error)),
        }
        true
    }

    fn note(&mut self, piece: &str, fault: PieceFault) {
        self.problems.push(PieceProblem { piece: piece.to_owned(), fault });
    }

    /// What was read, and everything that is wrong with it.
    pub fn finish(mut self) -> (Workspace, Vec<PieceProblem>) {
        let contents = std::mem::take(&mut self.contents);
        for name in contents.names.iter().map(String::as_str).chain([PROFILE]) {
            if !self.names.contains(&name) {
                self.note(name, PieceFault::Missing);
            }
        }
        let unnamed = || Profile::named(self.workspace.id.to_string(), contents.currency.unwrap_or(Currency::CNY));
        self.workspace.profile = Arc::new(contents.profile.unwrap_or_else(unnamed));
        (self.workspace, self.problems)
    }
}

/// A piece of which everything is known that others need.
#[derive(Debug)]
struct OpenPiece<'t> {
    node: Node<'t>,
    room: columns::Room,
}

impl<'t> OpenPiece<'t> {
    /// Opens a piece and adds the ids in it to `known`.
    fn of(text: &'t str, known: &mut Known) -> Result<Self, DocumentError> {
        let mut piece = Self { node: checked(parse(text)?, PIECES)?, room: columns::Room::of(text) };
        piece.lay_out(|key| !LATE.contains(&key))?;
        known.gather(&piece.node);
        let Self { node, room } = &mut piece;
        if let Node::Object(entries) = node
            && let Some((key, deals)) =
                entries.iter_mut().find(|(key, node)| key == "deals" && columns::are_columns(node))
        {
            columns::lay_out_ids(deals, room).map_err(|wrong| wrong.under(key))?;
            known.gather_ids(RecordKind::Deal, columns::ids(deals));
        }
        Ok(piece)
    }

    /// Makes records of columns.
    fn laid_out(mut self) -> Result<Node<'t>, DocumentError> {
        self.lay_out(|_| true)?;
        Ok(self.node)
    }

    fn lay_out(&mut self, which: impl Fn(&str) -> bool) -> Result<(), DocumentError> {
        let Node::Object(entries) = &mut self.node else { return Ok(()) };
        for (key, node) in entries.iter_mut().filter(|(key, node)| which(key) && columns::are_columns(node)) {
            *node = columns::rows(replace(node, Node::Null), &mut self.room).map_err(|wrong| wrong.under(key))?;
        }
        Ok(())
    }
}

/// What the pieces read so far add up to.
#[derive(Debug, Default)]
struct Contents {
    names: Vec<String>,
    profile: Option<Profile>,
    currency: Option<Currency>,
    records: Change,
}

impl Contents {
    fn take(&mut self, fields: &mut Fields<'_>, reader: &mut Reader<'_>) {
        fields.node("version");
        self.names.extend(fields.take::<Vec<String>, _>("pieces", Plain, reader).into_iter().flatten());
        self.currency = fields.take("currency", Plain, reader).flatten().or(self.currency);
        self.profile = fields.take("profile", Plain, reader).flatten().or(self.profile.take());
        let Change {
            profile: _,
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
            schemes,
        } = &mut self.records;
        add("models", models, fields, reader);
        add("departments", departments, fields, reader);
        add("people", people, fields, reader);
        add("quotas", quotas, fields, reader);
        add("products", products, fields, reader);
        add("targets", targets, fields, reader);
        add("customers", customers, fields, reader);
        add("campaigns", campaigns, fields, reader);
        add("deals", deals, fields, reader);
        add("activities", activities, fields, reader);
        add("promises", promises, fields, reader);
        add("handovers", handovers, fields, reader);
        add("interventions", interventions, fields, reader);
        add("problems", problems, fields, reader);
        add("schemes", schemes, fields, reader);
    }
}

/// Adds all records of a list that can be read.
fn add<V: Record + Form>(
    key: &'static str,
    records: &mut Vec<Patch<V>>,
    fields: &mut Fields<'_>,
    reader: &mut Reader<'_>,
) {
    let Some(node) = fields.node(key) else { return };
    reader.under(key, |reader| {
        reader.list(node, |node, reader| {
            let record = V::read(node, reader);
            records.extend(record.map(|record| Patch { id: record.id(), before: None, after: Some(Arc::new(record)) }));
            Some(())
        })
    });
}
