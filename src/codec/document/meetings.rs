//! The form of promises and handovers.

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{ObjectSchema, Schema};
use super::{
    form::{Own, Part, Plain, object_form, record},
    problem::ProblemKind,
    reader::{Fields, Reader},
    writer::Writer,
};
use crate::model::{CustomerId, DealId, HandedOver, Handover, HandoverItem, Promise, Settled};

record!(Promise {
    "id" => id: Own,
    "person" => person: Plain,
    "made" => made: Plain,
    "due" => due: Plain,
    "text" => text: Plain,
    "deal" => deal: Plain,
    "customer" => customer: Plain,
    "reaches" => reaches: Plain,
    "settled" => settled: Plain,
} check check_promise);
object_form!(Promise);

fn check_promise(promise: &Promise, reader: &mut Reader<'_>) {
    match promise.reaches {
        None if promise.text.trim().is_empty() => reader.under("text", |reader| reader.error(ProblemKind::Blank)),
        Some(_) if promise.deal.is_none() => reader.under("deal", |reader| reader.error(ProblemKind::Missing)),
        // The deal may have gone over to another model since.
        Some(stage) => reader.under("reaches", |reader| reader.check_stage_ever(None, stage)),
        None => {}
    }
}

record!(Settled {
    "on" => on: Plain,
    "kept" => kept: Plain,
    "note" => note: Plain,
});
object_form!(Settled);

record!(Handover {
    "id" => id: Own,
    "from" => from: Plain,
    "begun" => begun: Plain,
    "items" => items: Plain,
    "closed" => closed: Plain,
    "note" => note: Plain,
} check check_items);
object_form!(Handover);

fn check_items(handover: &Handover, reader: &mut Reader<'_>) {
    for (index, item) in handover.items.iter().enumerate() {
        if handover.items.iter().take(index).any(|other| other.what == item.what) {
            let key = match item.what {
                HandedOver::Customer(_) => "customer",
                HandedOver::Deal(_) => "deal",
            };
            reader.under("items", |r| r.at(index, |r| r.under(key, |r| r.error(ProblemKind::Twice))));
        }
    }
}

/// What is handed over stands beside the rest.
impl Part for HandoverItem {
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let what = HandedOver::take(fields, reader);
        let to = fields.take("to", Plain, reader);
        let called = fields.take("called", Plain, reader);
        let introduced = fields.take("introduced", Plain, reader);
        let confirmed = fields.take("confirmed", Plain, reader);
        let note = fields.take("note", Plain, reader);
        Some(Self {
            what: what?,
            to: to?,
            called: called?,
            introduced: introduced?,
            confirmed: confirmed?,
            note: note?,
        })
    }

    fn give(&self, out: &mut Writer) {
        self.what.give(out);
        out.field("to", &self.to, Plain);
        out.field("called", &self.called, Plain);
        out.field("introduced", &self.introduced, Plain);
        out.field("confirmed", &self.confirmed, Plain);
        out.field("note", &self.note, Plain);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut ObjectSchema) {
        HandedOver::describe(schema, object);
        object.field("to", |item: &Self| &item.to, Plain, schema);
        object.field("called", |item: &Self| &item.called, Plain, schema);
        object.field("introduced", |item: &Self| &item.introduced, Plain, schema);
        object.field("confirmed", |item: &Self| &item.confirmed, Plain, schema);
        object.field("note", |item: &Self| &item.note, Plain, schema);
    }
}
object_form!(HandoverItem);

/// A customer or a deal, told apart by the key.
impl Part for HandedOver {
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let customer: Option<CustomerId> = fields.take("customer", Plain, reader)?;
        let deal: Option<DealId> = fields.take("deal", Plain, reader)?;
        match (customer, deal) {
            (Some(customer), None) => Some(Self::Customer(customer)),
            (None, Some(deal)) => Some(Self::Deal(deal)),
            (Some(_), Some(_)) => reader.under("deal", |reader| reader.refuse(ProblemKind::Twice)),
            (None, None) => reader.under("customer", |reader| reader.refuse(ProblemKind::Missing)),
        }
    }

    fn give(&self, out: &mut Writer) {
        match self {
            Self::Customer(customer) => out.field("customer", customer, Plain),
            Self::Deal(deal) => out.field("deal", deal, Plain),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut ObjectSchema) {
        let (mut customer, mut deal) = (ObjectSchema::default(), ObjectSchema::default());
        customer.insert("customer", <CustomerId as super::form::Form>::schema(schema), true);
        deal.insert("deal", <DealId as super::form::Form>::schema(schema), true);
        object.variant(customer);
        object.variant(deal);
    }
}
