//! Records as trees of values, so that one rule for fields serves every kind of record.

use std::{borrow::Cow, collections::BTreeMap};

use crate::codec::document::{
    Severity,
    form::{Form, Part},
    node::Node,
    parse,
    reader::Reader,
    writer::Writer,
};

/// A value as the document writes it. The order has no meaning but to be one: it breaks ties.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Tree {
    /// Not there.
    Absent,
    /// A number or a truth, as written.
    Plain(String),
    /// A text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// An object; none of its values is absent.
    Object(BTreeMap<String, Tree>),
}

static NOTHING: Tree = Tree::Absent;

impl Tree {
    /// The tree of a value; amounts have so many places after the point.
    pub(super) fn of(value: &impl Form, digits: u32) -> Self {
        Self::written(digits, |out| value.write(out))
    }

    /// The tree of fields that stand in an object.
    pub(super) fn of_part(part: &impl Part, digits: u32) -> Self {
        Self::written(digits, |out| out.object(|out| part.give(out)))
    }

    fn written(digits: u32, write: impl FnOnce(&mut Writer)) -> Self {
        let mut out = Writer::compact();
        out.digits = digits;
        write(&mut out);
        // What was just written reads.
        parse(&out.finish()).map_or(Self::Absent, |node| Self::grown(&node))
    }

    fn grown(node: &Node<'_>) -> Self {
        match node {
            Node::Null | Node::Taken => Self::Absent,
            Node::Truth(truth) => Self::Plain(truth.to_string()),
            Node::Number(number) => Self::Plain(number.to_string()),
            Node::Text(text) => Self::Text(text.clone().into_owned()),
            Node::List(elements) => Self::List(elements.iter().map(Self::grown).collect()),
            Node::Object(entries) => {
                Self::Object(entries.iter().map(|(key, node)| (key.clone().into_owned(), Self::grown(node))).collect())
            }
        }
    }

    /// The value again; `None` when it is none of this kind.
    pub(super) fn read<V: Form>(&self, digits: u32) -> Option<V> {
        V::read(self.node(), &mut Reader::new(digits, None, Severity::Error))
    }

    /// The fields again.
    pub(super) fn read_part<P: Part>(&self, digits: u32) -> Option<P> {
        Reader::new(digits, None, Severity::Error).object(self.node(), P::take)
    }

    fn node(&self) -> Node<'_> {
        match self {
            Self::Absent => Node::Null,
            Self::Plain(word) => match word.as_str() {
                "true" => Node::Truth(true),
                "false" => Node::Truth(false),
                number => number.parse().map_or(Node::Null, Node::Number),
            },
            Self::Text(text) => Node::Text(Cow::Borrowed(text)),
            Self::List(elements) => Node::List(elements.iter().map(Self::node).collect()),
            Self::Object(entries) => {
                Node::Object(entries.iter().map(|(key, tree)| (Cow::Borrowed(key.as_str()), tree.node())).collect())
            }
        }
    }

    /// The value under a key; absent when there is none.
    pub(super) fn get(&self, key: &str) -> &Self {
        match self {
            Self::Object(entries) => entries.get(key).unwrap_or(&NOTHING),
            _ => &NOTHING,
        }
    }

    /// The keys of an object.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        let entries = if let Self::Object(entries) = self { Some(entries) } else { None };
        entries.into_iter().flatten().map(|(key, _)| key.as_str())
    }

    /// The elements of a list.
    pub(super) fn elements(&self) -> &[Self] {
        if let Self::List(elements) = self { elements } else { &[] }
    }

    /// The text, if this is one; else nothing.
    pub(super) fn text(&self) -> &str {
        if let Self::Text(text) = self { text } else { "" }
    }

    /// An object of these values, without those that are absent; absent when none is left.
    pub(super) fn object(entries: impl IntoIterator<Item = (String, Self)>) -> Self {
        let entries: BTreeMap<_, _> = entries.into_iter().filter(|(_, tree)| *tree != Self::Absent).collect();
        if entries.is_empty() { Self::Absent } else { Self::Object(entries) }
    }

    /// A list of these values; absent when there is none.
    pub(super) fn list(elements: Vec<Self>) -> Self {
        if elements.is_empty() { Self::Absent } else { Self::List(elements) }
    }

    /// How much stands in it, in letters.
    pub(super) fn size(&self) -> usize {
        match self {
            Self::Absent => 0,
            Self::Plain(text) | Self::Text(text) => text.chars().count(),
            Self::List(elements) => elements.iter().map(Self::size).sum(),
            Self::Object(entries) => entries.iter().map(|(key, tree)| key.len() + tree.size()).sum(),
        }
    }
}
