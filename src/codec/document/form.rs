//! How single values look in a document, and the tables that say how records do.
//!
//! A record's form is declared once, key by key, in [`record!`]: reading, writing and the JSON Schema all follow from that
//! declaration, so they cannot drift apart. The keys are written out and are no field names of the model: renaming a field there
//! changes no document.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{SecondsFormat, Utc};

#[cfg(not(target_arch = "wasm32"))]
use super::schema::Schema;
use super::{
    node::Node,
    problem::{ProblemKind, Shape},
    reader::{Fields, Reader},
    writer::Writer,
};
use crate::model::{
    ActivityId, ContactId, CriterionId, Currency, CustomerId, Date, DealId, DepartmentId, EventId, ModelId, Money,
    PersonId, ProductId, Record, RecordKind, Share, StageId, Timestamp, WorkspaceId,
};

/// A value with a form in JSON.
pub(in crate::codec) trait Form: Sized {
    /// Reads it; notes why when it cannot.
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// Writes it.
    fn write(&self, out: &mut Writer);

    /// The value of a field that is not there; `None` when the field must be there.
    fn absent() -> Option<Self> {
        None
    }

    /// Whether a field with this value may be left out.
    fn is_absent(&self) -> bool {
        false
    }

    /// The form in JSON Schema.
    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut Schema) -> serde_json::Value;
}

/// Fields that stand in an object, alone or among others.
pub(in crate::codec) trait Part: Sized {
    /// Takes its fields out of an object.
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self>;

    /// Writes its fields into the open object.
    fn give(&self, out: &mut Writer);

    /// Adds its fields to the schema of an object.
    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut super::schema::ObjectSchema);
}

/// How a field of an object is read and written.
pub(in crate::codec) trait Manner<T> {
    /// Reads the field, if it is there.
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<T>;

    /// Writes the field, unless its value goes without saying.
    fn write(self, key: &str, value: &T, out: &mut Writer);

    /// The form in JSON Schema, and whether the field must be there.
    #[cfg(not(target_arch = "wasm32"))]
    fn schema(self, schema: &mut Schema) -> (serde_json::Value, bool);
}

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

/// The fields of a [`Part`] in an object of their own. A macro, as a rule for every `Part` would also claim foreign types.
macro_rules! object_form {
    ($type:ident) => {
        impl $crate::codec::document::form::Form for $type {
            fn read(
                node: $crate::codec::document::node::Node<'_>,
                reader: &mut $crate::codec::document::reader::Reader<'_>,
            ) -> Option<Self> {
                reader.object(node, $crate::codec::document::form::Part::take)
            }

            fn write(&self, out: &mut $crate::codec::document::writer::Writer) {
                out.object(|out| $crate::codec::document::form::Part::give(self, out));
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn schema(schema: &mut $crate::codec::document::schema::Schema) -> serde_json::Value {
                schema.object::<Self>(stringify!($type))
            }
        }
    };
}

/// Declares the fields of a record, `key => field: manner`, and what else to check in it.
macro_rules! record {
    ($type:ident { $($key:literal => $field:ident: $manner:expr),* $(,)? } $(check $check:expr)?) => {
        impl $crate::codec::document::form::Part for $type {
            fn take(
                fields: &mut $crate::codec::document::reader::Fields<'_>,
                reader: &mut $crate::codec::document::reader::Reader<'_>,
            ) -> Option<Self> {
                $(let $field = fields.take($key, $manner, reader);)*
                let record = Self { $($field: $field?),* };
                $($check(&record, reader);)?
                Some(record)
            }

            fn give(&self, out: &mut $crate::codec::document::writer::Writer) {
                $(out.field($key, &self.$field, $manner);)*
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn describe(
                schema: &mut $crate::codec::document::schema::Schema,
                object: &mut $crate::codec::document::schema::ObjectSchema,
            ) {
                $(object.field($key, |record: &Self| &record.$field, $manner, schema);)*
            }
        }
    };
}

/// Declares an enum whose variants stand in one object, told apart by the word under `tag`.
macro_rules! variants {
    ($type:ident by $tag:literal {
        $($word:literal => $variant:ident { $($key:literal => $field:ident: $manner:expr),* $(,)? }),* $(,)?
    }) => {
        impl $crate::codec::document::form::Part for $type {
            fn take(
                fields: &mut $crate::codec::document::reader::Fields<'_>,
                reader: &mut $crate::codec::document::reader::Reader<'_>,
            ) -> Option<Self> {
                let Some(word) = fields.tag($tag, reader) else {
                    fields.abandon();
                    return None;
                };
                match &*word {
                    $($word => {
                        $(let $field = fields.take($key, $manner, reader);)*
                        Some(Self::$variant { $($field: $field?),* })
                    })*
                    _ => {
                        fields.abandon();
                        reader.under($tag, |reader| reader.refuse($crate::codec::document::problem::ProblemKind::Word))
                    }
                }
            }

            fn give(&self, out: &mut $crate::codec::document::writer::Writer) {
                match self {
                    $(Self::$variant { $($field),* } => {
                        out.word($tag, $word);
                        $(out.field($key, $field, $manner);)*
                    })*
                }
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn describe(
                schema: &mut $crate::codec::document::schema::Schema,
                object: &mut $crate::codec::document::schema::ObjectSchema,
            ) {
                $(
                    #[allow(unused_mut, reason = "a variant may have no fields")]
                    let mut variant = $crate::codec::document::schema::ObjectSchema::tagged($tag, $word);
                    $(variant.field(
                        $key,
                        |value: &Self| match value {
                            Self::$variant { $field, .. } => $field,
                            _ => unreachable!("a schema looks at types only"),
                        },
                        $manner,
                        schema,
                    );)*
                    object.variant(variant);
                )*
            }
        }
    };
}

/// Declares an enum of words.
macro_rules! words {
    ($type:ident { $($variant:ident: $word:literal),* $(,)? }) => {
        impl $crate::codec::document::form::Form for $type {
            fn read(
                node: $crate::codec::document::node::Node<'_>,
                reader: &mut $crate::codec::document::reader::Reader<'_>,
            ) -> Option<Self> {
                match node.as_text() {
                    $(Some($word) => Some(Self::$variant),)*
                    _ => reader.refuse($crate::codec::document::problem::ProblemKind::Word),
                }
            }

            fn write(&self, out: &mut $crate::codec::document::writer::Writer) {
                out.quoted(match self {
                    $(Self::$variant => $word,)*
                });
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn schema(_: &mut $crate::codec::document::schema::Schema) -> serde_json::Value {
                serde_json::json!({ "enum": [$($word),*] })
            }
        }
    };
}

pub(in crate::codec) use {object_form, record, variants, words};

/// The text of a node.
fn text<'n>(node: Node<'n>, reader: &mut Reader<'_>) -> Option<std::borrow::Cow<'n, str>> {
    match node {
        Node::Text(text) => Some(text),
        _ => reader.refuse(ProblemKind::Shape(Shape::Text)),
    }
}

/// A value whose text form is its own `Display` and `FromStr`.
fn parsed<T: std::str::FromStr>(node: Node<'_>, reader: &mut Reader<'_>, otherwise: ProblemKind) -> Option<T> {
    let text = text(node, reader)?;
    text.parse().ok().or_else(|| reader.refuse(otherwise))
}

impl Form for String {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        text(node, reader).map(std::borrow::Cow::into_owned)
    }

    fn write(&self, out: &mut Writer) {
        out.quoted(self);
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "type": "string" })
    }
}

/// A name or title: never blank.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Named;

impl Manner<String> for Named {
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<String> {
        let Some(node) = node else { return reader.refuse(ProblemKind::Missing) };
        let name = String::read(node, reader)?;
        if name.trim().is_empty() { reader.refuse(ProblemKind::Blank) } else { Some(name) }
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
        let Self(min, max) = self;
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

impl Form for Date {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = text(node, reader)?;
        // Only the form that is written: chrono would also take `2026-1-5`.
        let date = text.parse().ok().filter(|date: &Self| date.to_string() == *text);
        date.or_else(|| reader.refuse(ProblemKind::Date))
    }

    fn write(&self, out: &mut Writer) {
        out.plain(format_args!("\"{self}\""));
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "type": "string", "format": "date" })
    }
}

impl Form for Timestamp {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = text(node, reader)?;
        let time = chrono::DateTime::parse_from_rfc3339(&text).ok().map(|time| time.with_timezone(&Utc));
        time.or_else(|| reader.refuse(ProblemKind::Time))
    }

    fn write(&self, out: &mut Writer) {
        out.quoted(&self.to_rfc3339_opts(SecondsFormat::AutoSi, true));
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "type": "string", "format": "date-time" })
    }
}

impl Form for Money {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let (text, digits) = (text(node, reader)?, reader.digits);
        Self::from_decimal(&text, digits).ok().or_else(|| reader.refuse(ProblemKind::Money { digits }))
    }

    fn write(&self, out: &mut Writer) {
        let text = self.to_decimal(out.digits);
        out.quoted(&text);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "type": "string", "pattern": "^-?[0-9]+(\\.[0-9]+)?$", "description": "a decimal amount in the workspace's currency, with at most as many places as the currency has" })
    }
}

impl Form for Share {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Node::Number(percent) = node else { return reader.refuse(ProblemKind::Shape(Shape::Number)) };
        let points = (percent * 100.0).round();
        if (0.0..=10_000.0).contains(&points) && (percent * 100.0 - points).abs() < 1e-6 {
            #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "whole and within the bounds")]
            return Self::from_basis_points(points as u16);
        }
        reader.refuse(ProblemKind::Share)
    }

    fn write(&self, out: &mut Writer) {
        let (whole, part) = (self.basis_points() / 100, self.basis_points() % 100);
        match part {
            0 => out.plain(whole),
            part if part % 10 == 0 => out.plain(format_args!("{whole}.{}", part / 10)),
            part => out.plain(format_args!("{whole}.{part:02}")),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "type": "number", "minimum": 0, "maximum": 100, "description": "percent, with at most two places after the point" })
    }
}

impl Form for Currency {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        parsed(node, reader, ProblemKind::Currency)
    }

    fn write(&self, out: &mut Writer) {
        out.quoted(self.code());
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "type": "string", "pattern": "^[A-Z]{3}$" })
    }
}

impl<T: Form> Form for Option<T> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        T::read(node, reader).map(Some)
    }

    fn write(&self, out: &mut Writer) {
        if let Some(value) = self {
            value.write(out);
        }
    }

    fn absent() -> Option<Self> {
        Some(None)
    }

    fn is_absent(&self) -> bool {
        self.is_none()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut Schema) -> serde_json::Value {
        T::schema(schema)
    }
}

impl<T: Form> Form for Vec<T> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        reader.list(node, T::read)
    }

    fn write(&self, out: &mut Writer) {
        out.list(self);
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "type": "array", "items": T::schema(schema) })
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

impl Form for BTreeMap<String, String> {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let Node::Object(entries) = node else { return reader.refuse(ProblemKind::Shape(Shape::Object)) };
        let mut map = Self::new();
        for (key, node) in entries {
            let key = key.into_owned();
            let value = reader.under(key.clone(), |reader| {
                if map.contains_key(&key) { reader.refuse(ProblemKind::Twice) } else { String::read(node, reader) }
            });
            map.extend(value.map(|value| (key, value)));
        }
        Some(map)
    }

    fn write(&self, out: &mut Writer) {
        out.object(|out| self.iter().for_each(|(key, value)| out.word(key, value)));
    }

    fn absent() -> Option<Self> {
        Some(Self::new())
    }

    fn is_absent(&self) -> bool {
        self.is_empty()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "type": "object", "additionalProperties": { "type": "string" } })
    }
}

/// The record's own identifier, which refers to nothing else.
#[derive(Clone, Copy)]
pub(in crate::codec) struct Own;

macro_rules! ids {
    ($($id:ident $(refers to $kind:ident)?),* $(,)?) => {$(
        impl Manner<$id> for Own {
            fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<$id> {
                let Some(node) = node else { return reader.refuse(ProblemKind::Missing) };
                parsed(node, reader, ProblemKind::Id)
            }

            fn write(self, key: &str, value: &$id, out: &mut Writer) {
                out.key(key);
                out.plain(format_args!("\"{value}\""));
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn schema(self, schema: &mut Schema) -> (serde_json::Value, bool) {
                (schema.id(), true)
            }
        }

        $(impl Form for $id {
            fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
                let id: Self = parsed(node, reader, ProblemKind::Id)?;
                reader.check_reference(RecordKind::$kind, id.value().0);
                Some(id)
            }

            fn write(&self, out: &mut Writer) {
                out.plain(format_args!("\"{self}\""));
            }

            #[cfg(not(target_arch = "wasm32"))]
            fn schema(schema: &mut Schema) -> serde_json::Value {
                schema.id()
            }
        })?
    )*};
}

ids! {
    WorkspaceId,
    EventId,
    ModelId refers to Model,
    StageId refers to Stage,
    CriterionId refers to Criterion,
    CustomerId refers to Customer,
    ContactId refers to Contact,
    PersonId refers to Person,
    DepartmentId refers to Department,
    ProductId refers to Product,
    DealId refers to Deal,
    ActivityId refers to Activity,
}
