//! A JSON text as a tree, the common ground of every reader.

use std::{borrow::Cow, cell::Cell, fmt};

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// A JSON value; texts without escapes are borrowed from the input.
#[derive(Debug)]
pub(in crate::codec) enum Node<'t> {
    Null,
    Truth(bool),
    Number(f64),
    Text(Cow<'t, str>),
    List(Vec<Node<'t>>),
    /// In the order of the text; a key may stand twice.
    Object(Vec<(Cow<'t, str>, Node<'t>)>),
    /// A value that a reader took out of its object.
    Taken,
}

/// So many values any text may hold. A long one may hold more: one for every [`BYTES_A_VALUE`] bytes.
const VALUES: usize = 1 << 20;
/// Few documents have less than twice as many. A list of nothing but zeros would take sixteen times the memory that its text takes.
const BYTES_A_VALUE: usize = 8;

impl<'t> Node<'t> {
    /// The tree of a JSON text, at most 128 levels deep and without more values than a document of its length can have.
    pub(in crate::codec) fn parse(text: &'t str) -> serde_json::Result<Self> {
        let left = Cell::new(VALUES + text.len() / BYTES_A_VALUE);
        let mut reader = serde_json::Deserializer::from_str(text);
        let node = Growing(&left).deserialize(&mut reader)?;
        reader.end()?;
        Ok(node)
    }

    /// The first value under this key; `None` when there is none or this is no object.
    pub(in crate::codec) fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Object(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// The text, if this is one.
    pub(in crate::codec) fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// The elements of the list under this key; none when there is no such list.
    pub(in crate::codec) fn elements(&self, key: &str) -> &[Self] {
        match self.get(key) {
            Some(Self::List(elements)) => elements,
            _ => &[],
        }
    }
}

/// Reads a value, as long as there may be more of them.
#[derive(Clone, Copy)]
struct Growing<'l>(&'l Cell<usize>);

impl<'t> DeserializeSeed<'t> for Growing<'_> {
    type Value = Node<'t>;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<Node<'t>, D::Error> {
        let left = self.0.get().checked_sub(1).ok_or_else(|| D::Error::custom("too many values"))?;
        self.0.set(left);
        deserializer.deserialize_any(self)
    }
}

impl<'t> Visitor<'t> for Growing<'_> {
    type Value = Node<'t>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Node<'t>, E> {
        Ok(Node::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Node<'t>, E> {
        Ok(Node::Truth(value))
    }

    #[allow(clippy::cast_precision_loss, reason = "no number of a document comes near 2⁵³")]
    fn visit_i64<E>(self, value: i64) -> Result<Node<'t>, E> {
        Ok(Node::Number(value as f64))
    }

    #[allow(clippy::cast_precision_loss, reason = "no number of a document comes near 2⁵³")]
    fn visit_u64<E>(self, value: u64) -> Result<Node<'t>, E> {
        Ok(Node::Number(value as f64))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Node<'t>, E> {
        Ok(Node::Number(value))
    }

    fn visit_str<E>(self, value: &str) -> Result<Node<'t>, E> {
        Ok(Node::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_borrowed_str<E>(self, value: &'t str) -> Result<Node<'t>, E> {
        Ok(Node::Text(Cow::Borrowed(value)))
    }

    fn visit_seq<A: SeqAccess<'t>>(self, mut list: A) -> Result<Node<'t>, A::Error> {
        let mut elements = Vec::new();
        while let Some(element) = list.next_element_seed(self)? {
            elements.push(element);
        }
        Ok(Node::List(elements))
    }

    fn visit_map<A: MapAccess<'t>>(self, mut map: A) -> Result<Node<'t>, A::Error> {
        let mut entries = Vec::new();
        // The key of a JSON object is always a text, so it reads as a node of its own.
        while let Some(Node::Text(key)) = map.next_key_seed(self)? {
            entries.push((key, map.next_value_seed(self)?));
        }
        Ok(Node::Object(entries))
    }
}
