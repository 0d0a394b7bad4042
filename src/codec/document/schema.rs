//! The JSON Schema of the document, from the same declarations that read and write it.

use serde_json::{Map, Value, json};

use super::{
    FORMAT, Lineage, VERSION,
    form::{Form, Manner, Part},
};
use crate::model::{Batch, Profile, Timestamp, WorkspaceId};

/// The JSON Schema (draft 2020-12) of the document, indented, as it is checked in under `schema/`.
pub fn json_schema() -> String {
    let mut schema = Schema::default();
    let mut workspace = ObjectSchema::default();
    workspace.field("id", |id: &WorkspaceId| id, super::form::Own, &mut schema);
    Profile::describe(&mut schema, &mut workspace);
    Batch::describe(&mut schema, &mut workspace);
    let mut lineage = ObjectSchema::default();
    Lineage::describe(&mut schema, &mut lineage);
    let mut document = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Loudou document, version 1",
        "type": "object",
        "properties": {
            "format": { "const": FORMAT },
            "version": { "const": VERSION },
            "exported": Timestamp::schema(&mut schema),
            "workspace": workspace.build(),
        },
        "required": ["format", "version", "exported", "workspace"],
        "unevaluatedProperties": false,
        "$defs": schema.definitions,
    });
    // All of it is optional.
    if let Some(Value::Object(properties)) = document.get_mut("properties") {
        properties.extend(lineage.properties);
    }
    format!("{document:#}\n")
}

/// The definitions gathered so far.
#[derive(Debug, Default)]
pub(in crate::codec) struct Schema {
    definitions: Map<String, Value>,
}

impl Schema {
    /// A reference to the definition of an identifier.
    pub(in crate::codec) fn id(&mut self) -> Value {
        self.definition("Id", |_| json!({ "type": "string", "pattern": "^[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{25}$" }))
    }

    /// A reference to the definition of an object.
    pub(in crate::codec) fn object<T: Part>(&mut self, name: &str) -> Value {
        self.definition(name, |schema| {
            let mut object = ObjectSchema::default();
            T::describe(schema, &mut object);
            object.build()
        })
    }

    fn definition(&mut self, name: &str, build: impl FnOnce(&mut Self) -> Value) -> Value {
        if !self.definitions.contains_key(name) {
            let definition = build(self);
            self.definitions.insert(name.to_owned(), definition);
        }
        json!({ "$ref": format!("#/$defs/{name}") })
    }
}

/// The schema of one object.
#[derive(Debug, Default)]
pub(in crate::codec) struct ObjectSchema {
    properties: Map<String, Value>,
    required: Vec<Value>,
    variants: Vec<Value>,
    all: Vec<Value>,
}

impl ObjectSchema {
    /// The fields that stand in an object beside this word under this key.
    pub(in crate::codec) fn tagged(tag: &str, word: &str) -> Self {
        let mut object = Self::default();
        object.insert(tag, json!({ "const": word }), true);
        object
    }

    /// Adds a field; `_of` only names its type.
    pub(in crate::codec) fn field<R, T, M: Manner<T>>(
        &mut self,
        key: &str,
        _of: fn(&R) -> &T,
        manner: M,
        schema: &mut Schema,
    ) {
        let (form, required) = manner.schema(schema);
        self.insert(key, form, required);
    }

    /// Adds a field of this form.
    pub(in crate::codec) fn insert(&mut self, key: &str, form: Value, required: bool) {
        self.properties.insert(key.to_owned(), form);
        if required {
            self.required.push(key.into());
        }
    }

    /// Adds fields, one set of which must stand in the object.
    pub(in crate::codec) fn variant(&mut self, variant: Self) {
        self.variants.push(json!({ "properties": variant.properties, "required": variant.required }));
    }

    /// Adds two sets of variants, one of each of which must stand in the object.
    pub(in crate::codec) fn both(&mut self, one: Self, other: Self) {
        self.all.extend([json!({ "oneOf": one.variants }), json!({ "oneOf": other.variants })]);
    }

    fn build(self) -> Value {
        let mut object = json!({
            "type": "object",
            "properties": self.properties,
            "required": self.required,
            "unevaluatedProperties": false,
        });
        if !self.variants.is_empty() {
            object["oneOf"] = self.variants.into();
        }
        if !self.all.is_empty() {
            object["allOf"] = self.all.into();
        }
        object
    }
}
