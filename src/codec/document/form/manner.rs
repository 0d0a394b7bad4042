//! How fields are read and written where their type alone does not say it.

use std::collections::BTreeSet;

use super::{Form, Manner};
#[cfg(not(target_arch = "wasm32"))]
use crate::codec::document::schema::Schema;
use crate::codec::document::{
    node::Node,
    problem::{ProblemKind, Shape},
    reader::Reader,
    writer::Writer,
};
use crate::model::Record;

/// By the form of its type.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Plain;

impl<T: Form> Manner<T> for Plain {
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<T> {
        match node {
            Some(node) => T::read(node, reader),
            None => T::absent().or_else(|| reader.refuse(ProblemKind::Missing)),
        }
    }

    fn write(self, key: &str, value: &T, out: &mut Writer) {
        if !value.is_absent() {
            out.key(key);
            value.write(out);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(self, schema: &mut Schema) -> (serde_json::Value, bool) {
        (T::schema(schema), T::absent().is_none())
    }
}

/// A name or title: never blank.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Named;

impl Manner<String> for Named {
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<String> {
        let Some(node) = node else { return reader.refuse(ProblemKind::Missing) };
        let name = String::read(node, reader)?;
        if name.trim().is_empty() && !reader.is_unfinished() { reader.refuse(ProblemKind::Blank) } else { Some(name) }
    }

    fn write(self, key: &str, value: &String, out: &mut Writer) {
        out.word(key, value);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(self, _: &mut Schema) -> (serde_json::Value, bool) {
        (serde_json::json!({ "type": "string", "pattern": "\\S" }), true)
    }
}

/// A text that must be there though it may be blank, as the model allows it to be.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Written;

impl Manner<String> for Written {
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<String> {
        let Some(node) = node else { return reader.refuse(ProblemKind::Missing) };
        String::read(node, reader)
    }

    fn write(self, key: &str, value: &String, out: &mut Writer) {
        out.word(key, value);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(self, schema: &mut Schema) -> (serde_json::Value, bool) {
        (String::schema(schema), true)
    }
}

/// `true` or `false`; this one when it is not there.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Usually(pub(in crate::codec) bool);

impl Manner<bool> for Usually {
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<bool> {
        match node {
            None => Some(self.0),
            Some(Node::Truth(truth)) => Some(truth),
            Some(_) => reader.refuse(ProblemKind::Shape(Shape::Truth)),
        }
    }

    fn write(self, key: &str, value: &bool, out: &mut Writer) {
        if *value != self.0 {
            out.key(key);
            out.plain(value);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(self, _: &mut Schema) -> (serde_json::Value, bool) {
        (serde_json::json!({ "type": "boolean", "default": self.0 }), false)
    }
}

/// A whole number within these bounds, both included.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Within(pub(in crate::codec) u32, pub(in crate::codec) u32);

/// A whole number of the model.
pub(in crate::codec) trait Number: Copy + TryFrom<u32> + Into<u32> {}

impl Number for u8 {}
impl Number for u16 {}
impl Number for u32 {}

impl Within {
    fn number(self, node: &Node<'_>, reader: &mut Reader<'_>) -> Option<u32> {
        let Self(least, max) = self;
        let min = if reader.is_unfinished() { 0 } else { least };
        let Node::Number(number) = *node else { return reader.refuse(ProblemKind::Shape(Shape::Number)) };
        if number.fract() == 0.0 && (f64::from(min)..=f64::from(max)).contains(&number) {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within the bounds")]
            return Some(number as u32);
        }
        reader.refuse(ProblemKind::Range { min, max })
    }
}

impl<T: Number> Manner<T> for Within {
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<T> {
        let Some(node) = node else { return reader.refuse(ProblemKind::Missing) };
        T::try_from(self.number(&node, reader)?).ok()
    }

    fn write(self, key: &str, value: &T, out: &mut Writer) {
        out.key(key);
        out.plain((*value).into());
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(self, _: &mut Schema) -> (serde_json::Value, bool) {
        (serde_json::json!({ "type": "integer", "minimum": self.0, "maximum": self.1 }), true)
    }
}

impl<T: Number> Manner<Option<T>> for Within {
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<Option<T>> {
        match node {
            None => Some(None),
            Some(node) => T::try_from(self.number(&node, reader)?).ok().map(Some),
        }
    }

    fn write(self, key: &str, value: &Option<T>, out: &mut Writer) {
        if let Some(value) = value {
            Manner::<T>::write(self, key, value, out);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(self, schema: &mut Schema) -> (serde_json::Value, bool) {
        (Manner::<T>::schema(self, schema).0, false)
    }
}

/// A list of records, none with the id of another.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Records;

impl<T: Form + Record> Manner<Vec<T>> for Records {
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<Vec<T>> {
        let records: Vec<T> = Plain.read(node, reader)?;
        check_unique(&records, Record::id, reader);
        Some(records)
    }

    fn write(self, key: &str, value: &Vec<T>, out: &mut Writer) {
        Plain.write(key, value, out);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(self, schema: &mut Schema) -> (serde_json::Value, bool) {
        (Vec::<T>::schema(schema), false)
    }
}

/// Notes each element of the present list that has the id of an earlier one.
pub(in crate::codec) fn check_unique<T, I: Ord>(list: &[T], id: impl Fn(&T) -> I, reader: &mut Reader<'_>) {
    let mut seen = BTreeSet::new();
    for (index, element) in list.iter().enumerate() {
        if !seen.insert(id(element)) {
            reader.at(index, |reader| reader.under("id", |reader| reader.error(ProblemKind::Twice)));
        }
    }
}

/// The record's own identifier, which refers to nothing else.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Own;
