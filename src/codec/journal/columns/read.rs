//! From columns to records.

use std::{borrow::Cow, mem::replace};

use ulid::{ULID_LEN, Ulid};

use super::{
    days::{day_text, second_text},
    signs::{Numbers, value_of},
};
use crate::codec::document::{DocumentError, Problem, ProblemKind, Severity, Shape, node::Node};

type Entries<'t> = Vec<(Cow<'t, str>, Node<'t>)>;

/// What is wrong with columns, and in which one.
#[derive(Debug)]
pub(in crate::codec::journal) struct Wrong {
    path: String,
    kind: ProblemKind,
}

impl Wrong {
    /// The same, seen from above a key.
    pub(in crate::codec::journal) fn under(mut self, key: &str) -> Self {
        self.path = if self.path.is_empty() { key.to_owned() } else { format!("{key}.{}", self.path) };
        self
    }
}

impl From<ProblemKind> for Wrong {
    fn from(kind: ProblemKind) -> Self {
        Self { path: String::new(), kind }
    }
}

impl From<Shape> for Wrong {
    fn from(shape: Shape) -> Self {
        ProblemKind::Shape(shape).into()
    }
}

impl From<Wrong> for DocumentError {
    fn from(wrong: Wrong) -> Self {
        let Wrong { path, kind } = wrong;
        Self::Problems(vec![Problem { path, severity: Severity::Error, kind }])
    }
}

/// How many values may still be made of a text, so that a small one cannot ask for endless rows.
#[derive(Debug)]
pub(in crate::codec::journal) struct Room(usize);

impl Room {
    /// Every value takes a sign of the text and is a few rows and lists deep at most.
    pub(in crate::codec::journal) fn of(text: &str) -> Self {
        Self((1 << 20) + 4 * text.len())
    }

    fn take(&mut self, values: usize) -> Result<(), Wrong> {
        self.0 = self.0.checked_sub(values).ok_or(ProblemKind::Uneven)?;
        Ok(())
    }

    /// A copy of a text: one with escapes lies in memory each time.
    fn copy<'t>(&mut self, text: &Cow<'t, str>) -> Result<Cow<'t, str>, Wrong> {
        if let Cow::Owned(text) = text {
            self.take(text.len() / 16)?;
        }
        Ok(text.clone())
    }
}

/// Whether records are written by column here.
pub(in crate::codec::journal) fn are_columns(node: &Node<'_>) -> bool {
    node.get("columns").is_some()
}

/// The list of records in columns.
pub(in crate::codec::journal) fn rows<'t>(node: Node<'t>, room: &mut Room) -> Result<Node<'t>, Wrong> {
    let count = count_of(&node)?;
    let Node::Object(entries) = node else { return Err(Shape::Object.into()) };
    let columns = entries.into_iter().find(|(key, _)| key == "columns");
    match columns {
        Some((_, Node::Object(columns))) => table(columns, count, room).map(Node::List),
        _ => Err(Shape::Object.into()),
    }
}

/// Makes a list of the column of ids and leaves the others as they are.
pub(in crate::codec::journal) fn lay_out_ids(node: &mut Node<'_>, room: &mut Room) -> Result<(), Wrong> {
    let count = count_of(node)?;
    let of = |node, key| entries_of(node)?.iter_mut().find(|(name, _)| name == key).map(|(_, node)| node);
    let Some(ids) = of(node, "columns").and_then(|columns| of(columns, "id")) else { return Ok(()) };
    if ids.get("in").is_none() {
        *ids = Node::List(column(replace(ids, Node::Null), count, room).map_err(|wrong| wrong.under("id"))?);
    }
    Ok(())
}

/// The ids of records in columns, once they are [laid out](lay_out_ids).
pub(in crate::codec::journal) fn ids<'n>(node: &'n Node<'_>) -> impl Iterator<Item = &'n str> {
    let columns = node.get("columns");
    columns.into_iter().flat_map(|columns| columns.elements("id")).filter_map(Node::as_text)
}

fn entries_of<'n, 't>(node: &'n mut Node<'t>) -> Option<&'n mut Entries<'t>> {
    match node {
        Node::Object(entries) => Some(entries),
        _ => None,
    }
}

fn count_of(node: &Node<'_>) -> Result<usize, Wrong> {
    match node.get("rows") {
        Some(&Node::Number(count)) if count >= 0.0 && count.fract() == 0.0 =>
        {
            #[allow(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates, and is too many then"
            )]
            Ok(count as usize)
        }
        Some(_) => Err(Wrong::from(Shape::Number).under("rows")),
        None => Err(Wrong::from(ProblemKind::Missing).under("rows")),
    }
}

/// The objects of a table.
fn table<'t>(columns: Entries<'t>, count: usize, room: &mut Room) -> Result<Vec<Node<'t>>, Wrong> {
    room.take(count)?;
    let mut rows: Vec<Entries<'t>> = Vec::new();
    rows.resize_with(count, Vec::new);
    for (key, node) in columns {
        fill(&mut rows, &key, node, room).map_err(|wrong| wrong.under(&key))?;
    }
    Ok(rows.into_iter().map(Node::Object).collect())
}

/// Gives the values of a column to the rows that have it.
#[allow(clippy::ptr_arg, reason = "what the text lends stays lent")]
fn fill<'t>(rows: &mut [Entries<'t>], key: &Cow<'t, str>, node: Node<'t>, room: &mut Room) -> Result<(), Wrong> {
    if node.get("in").is_none() {
        let values = column(node, rows.len(), room)?;
        for (row, value) in rows.iter_mut().zip(values) {
            row.push((room.copy(key)?, value));
        }
        return Ok(());
    }
    let [Node::Text(runs), node] = parts(node, ["in", "of"])? else { return Err(Wrong::from(Shape::Text).under("in")) };
    let runs = counts(&runs)?;
    let with = runs.iter().skip(1).step_by(2).try_fold(0_usize, |sum, run| sum.checked_add(*run));
    let with = with.filter(|with| *with <= rows.len()).ok_or(ProblemKind::Uneven)?;
    let mut values = column(node, with, room)?.into_iter();
    let mut rest = rows.iter_mut();
    for run in runs.chunks(2) {
        let [without, with] = *run else { return Err(ProblemKind::Uneven.into()) };
        if let Some(last) = without.checked_sub(1) {
            rest.nth(last).ok_or(ProblemKind::Uneven)?;
        }
        for _ in 0..with {
            let row = rest.next().ok_or(ProblemKind::Uneven)?;
            row.push((room.copy(key)?, values.next().ok_or(ProblemKind::Uneven)?));
        }
    }
    Ok(())
}

/// So many values of a column.
fn column<'t>(node: Node<'t>, count: usize, room: &mut Room) -> Result<Vec<Node<'t>>, Wrong> {
    room.take(count)?;
    let values = match node {
        Node::List(values) => values,
        node if node.get("lengths").is_some() => {
            let [lengths, of] = parts(node, ["lengths", "of"])?;
            let lengths = counts(&text(lengths)?)?;
            let sum = lengths.iter().try_fold(0_usize, |sum, length| sum.checked_add(*length));
            let mut elements = column(of, sum.ok_or(ProblemKind::Uneven)?, room)?.into_iter();
            lengths.into_iter().map(|length| Node::List(elements.by_ref().take(length).collect())).collect()
        }
        node if node.get("words").is_some() => {
            let [Node::List(words), at] = parts(node, ["words", "at"])? else { return Err(Shape::List.into()) };
            let at = text(at)?;
            at.bytes().map(|sign| word(&words, sign, room)).collect::<Result<_, _>>()?
        }
        Node::Object(entries) => {
            let mut entries = entries.into_iter();
            match (entries.next(), entries.next()) {
                (Some((name, node)), None) => packed(&name, node, count, room)?,
                _ => return Err(ProblemKind::Unknown.into()),
            }
        }
        _ => return Err(Shape::List.into()),
    };
    if values.len() == count { Ok(values) } else { Err(ProblemKind::Uneven.into()) }
}

/// The values of a column that is one thing under a name.
fn packed<'t>(name: &str, node: Node<'t>, count: usize, room: &mut Room) -> Result<Vec<Node<'t>>, Wrong> {
    match (name, node) {
        ("columns", Node::Object(columns)) => table(columns, count, room),
        ("columns", _) => Err(Shape::Object.into()),
        ("days", node) => steps(&text(node)?, day_text),
        ("seconds", node) => steps(&text(node)?, second_text),
        ("ids", node) => steps(&text(node)?, |id| Some(Ulid(id).array_to_str(&mut [0; ULID_LEN]).to_owned())),
        ("texts", node) => match text(node)? {
            Cow::Borrowed(texts) => Ok(texts.split('|').map(|text| Node::Text(Cow::Borrowed(text))).collect()),
            Cow::Owned(texts) => Ok(texts.split('|').map(|text| Node::Text(Cow::Owned(text.to_owned()))).collect()),
        },
        _ => Err(ProblemKind::Unknown.into()),
    }
}

fn word<'t>(words: &[Node<'t>], sign: u8, room: &mut Room) -> Result<Node<'t>, Wrong> {
    let place = value_of(sign).map_err(|_none| ProblemKind::Word)?;
    match words.get(usize::from(place)).ok_or(ProblemKind::Word)? {
        Node::Text(text) => room.copy(text).map(Node::Text),
        Node::Number(number) => Ok(Node::Number(*number)),
        Node::Truth(truth) => Ok(Node::Truth(*truth)),
        Node::Null => Ok(Node::Null),
        Node::List(_) | Node::Object(_) | Node::Taken => Err(Shape::Text.into()),
    }
}

/// Texts of numbers, each told as a step from the one before.
fn steps<'t>(signs: &str, text: impl Fn(u128) -> Option<String>) -> Result<Vec<Node<'t>>, Wrong> {
    let mut numbers = Numbers::of(signs);
    let mut values = Vec::new();
    let mut before = 0;
    while let Some(number) = numbers.step(before) {
        before = number.map_err(|_none| ProblemKind::Word)?;
        values.push(Node::Text(Cow::Owned(text(before).ok_or(ProblemKind::Word)?)));
    }
    Ok(values)
}

fn counts(signs: &str) -> Result<Vec<usize>, Wrong> {
    let count = |number: Result<u128, _>| number.ok().and_then(|number| usize::try_from(number).ok());
    let counts: Option<Vec<_>> = Numbers::of(signs).map(count).collect();
    counts.ok_or_else(|| ProblemKind::Word.into())
}

fn text(node: Node<'_>) -> Result<Cow<'_, str>, Wrong> {
    match node {
        Node::Text(text) => Ok(text),
        _ => Err(Shape::Text.into()),
    }
}

/// The two values of an object with just these keys, in this order.
fn parts<'t>(node: Node<'t>, keys: [&str; 2]) -> Result<[Node<'t>; 2], Wrong> {
    let Node::Object(entries) = node else { return Err(Shape::Object.into()) };
    match <[_; 2]>::try_from(entries) {
        Ok([(first, one), (second, other)]) if [&*first, &*second] == keys => Ok([one, other]),
        _ => Err(ProblemKind::Unknown.into()),
    }
}
