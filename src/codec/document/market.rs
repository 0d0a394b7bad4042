//! The form of target profiles and campaigns.

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{ObjectSchema, Schema};
use super::{
    form::{Named, Own, Part, Plain, Within, object_form, record, variants},
    reader::{Fields, Reader},
    writer::Writer,
};
use crate::model::{Attribute, Campaign, Target, Touch, Wanted, Wish};

record!(Target {
    "id" => id: Own,
    "name" => name: Named,
    "wishes" => wishes: Plain,
    "line" => line: Plain,
});
object_form!(Target);

/// What is asked about, what it should be and how much it counts stand in one object.
impl Part for Wish {
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let weight = fields.take("weight", Within(1, 255), reader);
        let attribute = Attribute::take(fields, reader);
        let wanted = attribute.is_some().then(|| Wanted::take(fields, reader)).flatten();
        Some(Self { attribute: attribute?, wanted: wanted?, weight: weight? })
    }

    fn give(&self, out: &mut Writer) {
        self.attribute.give(out);
        self.wanted.give(out);
        out.field("weight", &self.weight, Within(1, 255));
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut ObjectSchema) {
        let (mut attribute, mut wanted) = (ObjectSchema::default(), ObjectSchema::default());
        Attribute::describe(schema, &mut attribute);
        Wanted::describe(schema, &mut wanted);
        object.both(attribute, wanted);
        object.field("weight", |wish: &Self| &wish.weight, Within(1, 255), schema);
    }
}
object_form!(Wish);

variants!(Attribute by "attribute" {
    "industry" => Industry {},
    "size" => Size {},
    "territory" => Territory {},
    "source" => Source {},
    "standing" => Standing {},
    "softwareInUse" => Software {},
    "needs" => Needs {},
    "tag" => Tag {},
    "buyingPower" => BuyingPower {},
    "intent" => Intent {},
    "fit" => Fit {},
    "priority" => Priority {},
    "custom" => Custom { "field" => field: Named },
});

variants!(Wanted by "wanted" {
    "anyOf" => AnyOf { "words" => words: Plain },
    "contains" => Contains { "words" => words: Plain },
    "atLeast" => AtLeast { "level" => level: Plain },
    "between" => Between { "from" => from: Within(0, u32::MAX), "to" => to: Within(0, u32::MAX) },
    "known" => Known {},
});

record!(Campaign {
    "id" => id: Own,
    "name" => name: Named,
    "channel" => channel: Plain,
    "starts" => starts: Plain,
    "ends" => ends: Plain,
    "cost" => cost: Plain,
    "audience" => audience: Plain,
    "message" => message: Plain,
    "notes" => notes: Plain,
    "touches" => touches: Plain,
});
object_form!(Campaign);

record!(Touch {
    "customer" => customer: Plain,
    "contact" => contact: Plain,
    "on" => on: Plain,
} check check_contact);
object_form!(Touch);

fn check_contact(touch: &Touch, reader: &mut Reader<'_>) {
    if let Some(contact) = touch.contact {
        reader.under("contact", |reader| reader.check_contact(Some(touch.customer), contact));
    }
}
