//! The form of quotas.

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{ObjectSchema, Schema};
use super::{
    form::{Own, Part, Plain, Usually, object_form, variants, words},
    reader::{Fields, Reader},
    writer::Writer,
};
use crate::model::{Quota, QuotaOf, QuotaSpan};

/// Whom it is for stands beside the rest.
impl Part for Quota {
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let id = fields.take("id", Own, reader);
        let of = QuotaOf::take(fields, reader);
        let from = fields.take("from", Plain, reader);
        let span = fields.take("span", Plain, reader);
        let amount = fields.take("amount", Plain, reader);
        let locked = fields.take("locked", Usually(false), reader);
        Some(Self { id: id?, of: of?, from: from?, span: span?, amount: amount?, locked: locked? })
    }

    fn give(&self, out: &mut Writer) {
        out.field("id", &self.id, Own);
        self.of.give(out);
        out.field("from", &self.from, Plain);
        out.field("span", &self.span, Plain);
        out.field("amount", &self.amount, Plain);
        out.field("locked", &self.locked, Usually(false));
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut ObjectSchema) {
        object.field("id", |quota: &Self| &quota.id, Own, schema);
        QuotaOf::describe(schema, object);
        object.field("from", |quota: &Self| &quota.from, Plain, schema);
        object.field("span", |quota: &Self| &quota.span, Plain, schema);
        object.field("amount", |quota: &Self| &quota.amount, Plain, schema);
        object.field("locked", |quota: &Self| &quota.locked, Usually(false), schema);
    }
}
object_form!(Quota);

variants!(QuotaOf by "of" {
    "company" => Company {},
    "department" => Department { "department" => department: Plain },
    "person" => Person { "person" => person: Plain },
});

words!(QuotaSpan { Month: "month", Quarter: "quarter", Year: "year" });
