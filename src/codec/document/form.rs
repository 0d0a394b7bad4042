//! How single values look in a document, and the tables that say how records do.
//!
//! A record's form is declared once, key by key, in [`record!`]: reading, writing and the JSON Schema all follow from that
//! declaration, so they cannot drift apart. The keys are written out and are no field names of the model: renaming a field there
//! changes no document.

mod declare;
mod manner;
mod value;

pub(in crate::codec) use declare::{object_form, record, variants, words};
pub(in crate::codec) use manner::{Named, Own, Plain, Records, Usually, Within, Written, check_unique};

#[cfg(not(target_arch = "wasm32"))]
use super::schema::Schema;
use super::{
    node::Node,
    reader::{Fields, Reader},
    writer::Writer,
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
