//! Reads a tree into records, noting everything that is wrong and where, so that one pass finds all of it.

use std::{
    borrow::Cow,
    collections::{BTreeMap, HashSet},
    fmt::Write,
};

use super::{
    form::Manner,
    node::Node,
    problem::{Problem, ProblemKind, Severity, Shape},
};
use crate::model::{ContactId, CustomerId, ModelId, RecordKind, StageId};

/// So many problems are listed; more are counted.
const LISTED: usize = 1_000;

/// The identifiers that references may lead to, gathered before the records are read.
#[derive(Debug, Default)]
pub(in crate::codec) struct Known {
    records: HashSet<(RecordKind, u128)>,
    stages: BTreeMap<StageId, ModelId>,
    /// Stages that left their models: histories may name them.
    retired: BTreeMap<StageId, ModelId>,
    /// Every stage that a model has or had.
    ever: HashSet<(ModelId, StageId)>,
    contacts: HashSet<(CustomerId, ContactId)>,
}

impl Known {
    /// Adds the identifiers of all records under the keys of a workspace or a piece of one.
    pub(in crate::codec) fn gather(&mut self, workspace: &Node<'_>) {
        let mut records = |key: &str, kind| {
            for id in workspace.elements(key).iter().filter_map(id_of::<CustomerId>) {
                self.records.insert((kind, id.value().0));
            }
        };
        records("models", RecordKind::Model);
        records("departments", RecordKind::Department);
        records("people", RecordKind::Person);
        records("products", RecordKind::Product);
        records("customers", RecordKind::Customer);
        records("deals", RecordKind::Deal);
        records("targets", RecordKind::Target);
        records("campaigns", RecordKind::Campaign);
        for model in workspace.elements("models") {
            let Some(id) = id_of::<ModelId>(model) else { continue };
            self.stages.extend(model.elements("stages").iter().filter_map(id_of).map(|stage| (stage, id)));
            let gone = model.elements("retired").iter().filter(|retirement| {
                // Anything but a day does not read; nobody names a stage by what it read as until then.
                matches!(retirement.get("until"), None | Some(Node::Null))
            });
            let gone = gone.filter_map(|retirement| retirement.get("stage")?.as_text()?.parse().ok());
            self.retired.extend(gone.map(|stage: StageId| (stage, id)));
            let earlier = model.elements("revisions").iter().flat_map(|revision| revision.elements("stages"));
            let all = model.elements("stages").iter().chain(earlier.clone());
            self.ever.extend(all.filter_map(id_of).map(|stage| (id, stage)));
            let criteria = model.elements("stages").iter().chain(earlier).flat_map(|stage| stage.elements("criteria"));
            for id in criteria.filter_map(id_of::<CustomerId>) {
                self.records.insert((RecordKind::Criterion, id.value().0));
            }
        }
        for customer in workspace.elements("customers") {
            let Some(id) = id_of::<CustomerId>(customer) else { continue };
            self.contacts.extend(customer.elements("contacts").iter().filter_map(id_of).map(|contact| (id, contact)));
        }
    }

    /// Adds identifiers of records that stand without the records.
    pub(in crate::codec) fn gather_ids<'n>(&mut self, kind: RecordKind, ids: impl Iterator<Item = &'n str>) {
        let values = ids.filter_map(|id| Some((kind, id.parse::<CustomerId>().ok()?.value().0)));
        self.records.extend(values);
    }
}

fn id_of<I: std::str::FromStr>(record: &Node<'_>) -> Option<I> {
    record.get("id")?.as_text()?.parse().ok()
}

#[derive(Debug)]
enum Step {
    Key(Cow<'static, str>),
    Index(usize),
}

/// Where the reading is, and what it found wrong.
#[derive(Debug)]
pub(in crate::codec) struct Reader<'k> {
    /// Places after the point of every amount.
    pub(in crate::codec) digits: u32,
    known: Option<&'k Known>,
    dangling: Severity,
    /// Whether it is still being written.
    unfinished: bool,
    path: Vec<Step>,
    problems: Vec<Problem>,
    errors: usize,
    unlisted: usize,
}

impl<'k> Reader<'k> {
    /// A reader that asks `known` where references lead; without it, nobody asks. A reference that leads nowhere is as severe as
    /// `dangling`.
    pub(in crate::codec) fn new(digits: u32, known: Option<&'k Known>, dangling: Severity) -> Self {
        let (path, problems, unfinished) = (Vec::new(), Vec::new(), false);
        Self { digits, known, dangling, unfinished, path, problems, errors: 0, unlisted: 0 }
    }

    /// A reader of what is still being written: names may be blank, figures zero, and nobody asks where references lead.
    pub(in crate::codec) fn of_draft() -> Self {
        Self { unfinished: true, ..Self::new(0, None, Severity::Error) }
    }

    /// Whether it reads what is still being written.
    pub(in crate::codec) fn is_unfinished(&self) -> bool {
        self.unfinished
    }

    /// Whether any error was found.
    pub(in crate::codec) fn failed(&self) -> bool {
        self.errors > 0
    }

    /// Everything found wrong, in the order of the reading; the errors are among the first thousand if there is one.
    pub(in crate::codec) fn finish(mut self) -> Vec<Problem> {
        if self.unlisted > 0 {
            let severity = if self.failed() { Severity::Error } else { Severity::Warning };
            self.problems.push(Problem { path: String::new(), severity, kind: ProblemKind::More(self.unlisted) });
        }
        self.problems
    }

    /// Notes an error at the present place.
    pub(in crate::codec) fn error(&mut self, kind: ProblemKind) {
        self.note(Severity::Error, kind);
    }

    /// Notes a warning at the present place.
    pub(in crate::codec) fn warn(&mut self, kind: ProblemKind) {
        self.note(Severity::Warning, kind);
    }

    /// Notes an error of this kind and answers with nothing.
    pub(in crate::codec) fn refuse<T>(&mut self, kind: ProblemKind) -> Option<T> {
        self.error(kind);
        None
    }

    fn note(&mut self, severity: Severity, kind: ProblemKind) {
        self.errors += usize::from(severity == Severity::Error);
        if self.problems.len() >= LISTED {
            self.unlisted += 1;
        } else {
            self.problems.push(Problem { path: self.path(), severity, kind });
        }
    }

    /// Notes what another reader found wrong below the present place.
    pub(in crate::codec) fn adopt(&mut self, problems: Vec<Problem>) {
        for Problem { path, severity, kind } in problems {
            if path.is_empty() {
                self.note(severity, kind);
            } else {
                self.under(path, |reader| reader.note(severity, kind));
            }
        }
    }

    fn path(&self) -> String {
        let mut path = String::new();
        for step in &self.path {
            match step {
                Step::Key(key) if path.is_empty() => path.push_str(key),
                Step::Key(key) => path.extend([".", key]),
                Step::Index(index) => {
                    // Writing into a `String` cannot fail.
                    let _infallible = write!(path, "[{index}]");
                }
            }
        }
        path
    }

    /// Reads what stands under a key.
    pub(in crate::codec) fn under<T>(
        &mut self,
        key: impl Into<Cow<'static, str>>,
        read: impl FnOnce(&mut Self) -> T,
    ) -> T {
        self.path.push(Step::Key(key.into()));
        let value = read(self);
        self.path.pop();
        value
    }

    /// Reads the elements of a list; `None` when it is no list or any element cannot be read.
    pub(in crate::codec) fn list<T>(
        &mut self,
        node: Node<'_>,
        mut read: impl FnMut(Node<'_>, &mut Self) -> Option<T>,
    ) -> Option<Vec<T>> {
        let Node::List(nodes) = node else { return self.refuse(ProblemKind::Shape(Shape::List)) };
        let count = nodes.len();
        let mut values = Vec::with_capacity(count);
        for (index, node) in nodes.into_iter().enumerate() {
            values.extend(self.at(index, |reader| read(node, reader)));
        }
        (values.len() == count).then_some(values)
    }

    /// Reads what stands at a place of a list.
    pub(in crate::codec) fn at<T>(&mut self, index: usize, read: impl FnOnce(&mut Self) -> T) -> T {
        self.path.push(Step::Index(index));
        let value = read(self);
        self.path.pop();
        value
    }

    /// Reads an object: `read` takes its fields, what is left is unknown.
    pub(in crate::codec) fn object<T>(
        &mut self,
        node: Node<'_>,
        read: impl FnOnce(&mut Fields<'_>, &mut Self) -> Option<T>,
    ) -> Option<T> {
        let Node::Object(entries) = node else { return self.refuse(ProblemKind::Shape(Shape::Object)) };
        let mut fields = Fields { entries };
        let value = read(&mut fields, self);
        fields.finish(self);
        value
    }

    /// Asks whether a reference leads somewhere.
    pub(in crate::codec) fn check_reference(&mut self, kind: RecordKind, id: u128) {
        let severity = match kind {
            // A criterion may have gone from its model since its evidence was seen.
            RecordKind::Criterion => Severity::Warning,
            // A stage and a contact are looked for where they belong.
            RecordKind::Stage | RecordKind::Contact => return,
            _ => self.dangling,
        };
        if self.known.is_some_and(|known| !known.records.contains(&(kind, id))) {
            self.note(severity, ProblemKind::Dangling(kind));
        }
    }

    /// Asks whether a stage belongs to a model, or belonged to it and left.
    pub(in crate::codec) fn check_stage(&mut self, model: ModelId, stage: StageId) {
        let of_model = |stages: &BTreeMap<StageId, ModelId>| stages.get(&stage) == Some(&model);
        if self.known.is_some_and(|known| !of_model(&known.stages) && !of_model(&known.retired)) {
            self.note(self.dangling, ProblemKind::Dangling(RecordKind::Stage));
        }
    }

    /// Asks whether a model has a stage or ever had it; without a model, whether any has.
    pub(in crate::codec) fn check_stage_ever(&mut self, model: Option<ModelId>, stage: StageId) {
        let found = |known: &Known| match model {
            Some(model) => known.ever.contains(&(model, stage)),
            None => known.ever.iter().any(|(_, ever)| *ever == stage),
        };
        if self.known.is_some_and(|known| !found(known)) {
            self.note(self.dangling, ProblemKind::Dangling(RecordKind::Stage));
        }
    }

    /// Asks whether a stage has not left its model.
    pub(in crate::codec) fn check_stays(&mut self, stage: StageId) {
        if self.known.is_some_and(|known| known.retired.contains_key(&stage) && !known.stages.contains_key(&stage)) {
            self.note(self.dangling, ProblemKind::Dangling(RecordKind::Stage));
        }
    }

    /// Asks whether a contact belongs to a customer.
    pub(in crate::codec) fn check_contact(&mut self, customer: Option<CustomerId>, contact: ContactId) {
        let found = |known: &Known| customer.is_some_and(|id| known.contacts.contains(&(id, contact)));
        if self.known.is_some_and(|known| !found(known)) {
            self.note(self.dangling, ProblemKind::Dangling(RecordKind::Contact));
        }
    }
}

/// The fields of an object that is being read.
#[derive(Debug)]
pub(in crate::codec) struct Fields<'n> {
    entries: Vec<(Cow<'n, str>, Node<'n>)>,
}

impl<'n> Fields<'n> {
    /// Takes a field out and reads it.
    pub(in crate::codec) fn take<T, M: Manner<T>>(
        &mut self,
        key: &'static str,
        manner: M,
        reader: &mut Reader<'_>,
    ) -> Option<T> {
        let node = self.node(key);
        reader.under(key, |reader| manner.read(node, reader))
    }

    /// Takes out the word that tells one kind of object from another.
    pub(in crate::codec) fn tag(&mut self, key: &'static str, reader: &mut Reader<'_>) -> Option<Cow<'n, str>> {
        match self.node(key) {
            Some(Node::Text(word)) => Some(word),
            Some(_) => reader.under(key, |reader| reader.refuse(ProblemKind::Shape(Shape::Text))),
            None => reader.under(key, |reader| reader.refuse(ProblemKind::Missing)),
        }
    }

    /// Leaves the rest unread: nobody can tell what belongs there.
    pub(in crate::codec) fn abandon(&mut self) {
        self.entries.clear();
    }

    /// Takes a field out; `null` counts as not there.
    pub(in crate::codec) fn node(&mut self, key: &str) -> Option<Node<'n>> {
        let (_, node) = self.entries.iter_mut().find(|(name, _)| name == key)?;
        match std::mem::replace(node, Node::Taken) {
            Node::Null | Node::Taken => None,
            node => Some(node),
        }
    }

    fn finish(self, reader: &mut Reader<'_>) {
        let taken = |node: &Node<'_>| matches!(node, Node::Taken);
        for (key, node) in &self.entries {
            if !taken(node) {
                let twice = self.entries.iter().any(|(name, node)| name == key && taken(node));
                reader.under(key.clone().into_owned(), |reader| {
                    if twice { reader.error(ProblemKind::Twice) } else { reader.warn(ProblemKind::Unknown) }
                });
            }
        }
    }
}
