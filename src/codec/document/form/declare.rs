//! The declarations that records and words follow from.

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
