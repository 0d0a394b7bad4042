//! The form of deals and their histories.

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{ObjectSchema, Schema};
use super::{
    form::{Form, Named, Own, Part, Plain, Within, Written, object_form, record, variants},
    node::Node,
    problem::ProblemKind,
    reader::{Fields, Reader},
    writer::Writer,
};
use crate::model::{CriterionId, Deal, DealDetails, Event, EventKind, Gate, Missing, NextAction, ProductLine};

impl Part for Deal {
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let id = fields.take("id", Own, reader);
        let details = DealDetails::take(fields, reader);
        let history: Option<Vec<Event>> = fields.take("history", Plain, reader);
        let (id, details, history) = (id?, details?, history?);
        reader.under("history", |reader| {
            check_stages(&history, reader);
            let deal = Self::from_history(id, details, history)
                .map_err(|(index, fault)| reader.at(index, |reader| reader.error(ProblemKind::History(fault))))
                .ok()?;
            let latest = deal.history().iter().rposition(|event| event.kind.stage().is_some());
            if let (Some(index), false) = (latest, deal.standing().is_closed()) {
                reader.at(index, |r| r.under("stage", |r| r.check_stays(deal.standing().stage)));
            }
            Some(deal)
        })
    }

    fn give(&self, out: &mut Writer) {
        out.field("id", &self.id, Own);
        self.details.give(out);
        out.key("history");
        out.list(self.history());
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut ObjectSchema) {
        object.field("id", |deal: &Self| &deal.id, Own, schema);
        DealDetails::describe(schema, object);
        let events = Vec::<Event>::schema(schema);
        object.insert("history", events, true);
    }
}
object_form!(Deal);

/// Whether each stage belongs, or once belonged, to the model that the deal ran through when it entered the stage.
fn check_stages(history: &[Event], reader: &mut Reader<'_>) {
    let mut current = None;
    for (index, event) in history.iter().enumerate() {
        if let EventKind::Created { model, .. } | EventKind::Transferred { model, .. } = event.kind {
            current = Some(model);
        }
        if let Some((model, stage)) = current.zip(event.kind.stage()) {
            reader.at(index, |reader| reader.under("stage", |reader| reader.check_stage(model, stage)));
        }
    }
}

record!(DealDetails {
    "title" => title: Named,
    "customer" => customer: Plain,
    "contact" => contact: Plain,
    "supporters" => supporters: Plain,
    "lines" => lines: Plain,
    "competitors" => competitors: Plain,
    "obstacles" => obstacles: Plain,
    "nextAction" => next_action: Plain,
    "fit" => fit: Plain,
    "source" => source: Plain,
    "campaign" => campaign: Plain,
    "follows" => follows: Plain,
    "reference" => reference: Plain,
    "tags" => tags: Plain,
    "notes" => notes: Plain,
    "custom" => custom: Plain,
} check check_contact);

fn check_contact(details: &DealDetails, reader: &mut Reader<'_>) {
    if let Some(contact) = details.contact {
        reader.under("contact", |reader| reader.check_contact(details.customer, contact));
    }
}

record!(ProductLine {
    "product" => product: Plain,
    "units" => units: Within(1, u32::MAX),
    "price" => price: Plain,
});
object_form!(ProductLine);

record!(NextAction {
    "what" => what: Named,
    "owner" => owner: Plain,
    "due" => due: Plain,
});
object_form!(NextAction);

/// What happened stands in one object with the day, the moment and the person.
impl Part for Event {
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let id = fields.take("id", Own, reader);
        let on = fields.take("on", Plain, reader);
        let at = fields.take("at", Plain, reader);
        let by = fields.take("by", Plain, reader);
        let kind = EventKind::take(fields, reader);
        Some(Self { id: id?, on: on?, at: at?, by: by?, kind: kind? })
    }

    fn give(&self, out: &mut Writer) {
        out.field("id", &self.id, Own);
        out.field("on", &self.on, Plain);
        out.field("at", &self.at, Plain);
        out.field("by", &self.by, Plain);
        self.kind.give(out);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut ObjectSchema) {
        object.field("id", |event: &Self| &event.id, Own, schema);
        object.field("on", |event: &Self| &event.on, Plain, schema);
        object.field("at", |event: &Self| &event.at, Plain, schema);
        object.field("by", |event: &Self| &event.by, Plain, schema);
        EventKind::describe(schema, object);
    }
}
object_form!(Event);

variants!(EventKind by "event" {
    "created" => Created {
        "model" => model: Plain,
        "stage" => stage: Plain,
        "owner" => owner: Plain,
        "amount" => amount: Plain,
        "expectedClose" => expected_close: Plain,
        "probability" => probability: Plain,
    },
    "entered" => Entered { "stage" => stage: Plain, "gate" => gate: Plain },
    "restaged" => Restaged { "stage" => stage: Plain },
    "transferred" => Transferred { "model" => model: Plain, "stage" => stage: Plain },
    "evidenceTicked" => EvidenceTicked { "criterion" => criterion: Plain, "proof" => proof: Plain },
    "evidenceUnticked" => EvidenceUnticked { "criterion" => criterion: Plain },
    "amountChanged" => AmountChanged { "to" => to: Plain },
    "expectedCloseChanged" => ExpectedCloseChanged { "to" => to: Plain },
    "ownerChanged" => OwnerChanged { "to" => to: Plain },
    "probabilityChanged" => ProbabilityChanged { "to" => to: Plain },
    "won" => Won { "gate" => gate: Plain },
    "lost" => Lost { "reason" => reason: Written, "note" => note: Plain },
    "dormant" => Dormant { "wake" => wake: Plain },
    "reopened" => Reopened { "stage" => stage: Plain },
});

variants!(Gate by "passed" {
    "met" => Met {},
    "overridden" => Overridden { "reason" => reason: Written, "missing" => missing: Plain },
    "unchecked" => Unchecked {},
});

impl Form for Gate {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        reader.object(node, Self::take)
    }

    fn write(&self, out: &mut Writer) {
        out.object(|out| self.give(out));
    }

    fn absent() -> Option<Self> {
        Some(Self::Met)
    }

    fn is_absent(&self) -> bool {
        *self == Self::Met
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut Schema) -> serde_json::Value {
        schema.object::<Self>("Gate")
    }
}

/// `{"criterion": id}` or `{"field": …}`, the field as a stage names it.
impl Form for Missing {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        reader.object(node, |fields, reader| {
            let criterion: Option<CriterionId> = fields.take("criterion", Plain, reader)?;
            match criterion {
                Some(criterion) => Some(Self::Criterion(criterion)),
                None => fields.take("field", Plain, reader).map(Self::Field),
            }
        })
    }

    fn write(&self, out: &mut Writer) {
        out.object(|out| match self {
            Self::Criterion(criterion) => out.field("criterion", criterion, Plain),
            Self::Field(field) => out.field("field", field, Plain),
        });
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut Schema) -> serde_json::Value {
        let (criterion, field) = (CriterionId::schema(schema), crate::model::RequiredField::schema(schema));
        serde_json::json!({
            "type": "object",
            "properties": { "criterion": criterion, "field": field },
            "oneOf": [{ "required": ["criterion"] }, { "required": ["field"] }],
            "unevaluatedProperties": false,
        })
    }
}
