//! The forms of single values: texts, dates, amounts, shares, identifiers, and lists of them.

use std::collections::BTreeMap;

use chrono::{SecondsFormat, Utc};

use super::{Form, Manner, Own};
#[cfg(not(target_arch = "wasm32"))]
use crate::codec::document::schema::Schema;
use crate::codec::document::{
    node::Node,
    problem::{ProblemKind, Shape},
    reader::Reader,
    writer::Writer,
};
use crate::model::{
    ActivityId, CampaignId, ContactId, CriterionId, Currency, CustomerId, Date, DealId, DepartmentId, EventId,
    ExportId, HandoverId, InterventionId, ModelId, Money, PackId, PersonId, ProblemId, ProductId, PromiseId, QuotaId,
    RecordKind, SchemeId, Share, StageId, TargetId, Timestamp, WorkspaceId, read_day,
};

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

impl Form for bool {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node {
            Node::Truth(truth) => Some(truth),
            _ => reader.refuse(ProblemKind::Shape(Shape::Truth)),
        }
    }

    fn write(&self, out: &mut Writer) {
        out.plain(self);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "type": "boolean" })
    }
}

impl Form for Date {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let text = text(node, reader)?;
        read_day(&text).or_else(|| reader.refuse(ProblemKind::Date))
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
    PackId,
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
    TargetId refers to Target,
    CampaignId refers to Campaign,
    QuotaId refers to Quota,
    PromiseId refers to Promise,
    HandoverId refers to Handover,
    InterventionId refers to Intervention,
    ProblemId refers to Problem,
    SchemeId refers to Scheme,
}

/// Nothing in the document stands behind it, so nobody asks where it leads.
impl Form for ExportId {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        parsed(node, reader, ProblemKind::Id)
    }

    fn write(&self, out: &mut Writer) {
        out.plain(format_args!("\"{self}\""));
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut Schema) -> serde_json::Value {
        schema.id()
    }
}
