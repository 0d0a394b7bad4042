//! The form of every record but deals.

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{ObjectSchema, Schema};
use super::{
    form::{
        Named, Own, Part, Plain, Records, Usually, Within, Written, check_unique, object_form, record, variants, words,
    },
    node::Node,
    problem::ProblemKind,
    reader::{Fields, Reader},
    writer::Writer,
};
use crate::model::{
    Activity, ActivityKind, AfterSale, Batch, Contact, Cover, Criterion, CustomField, CustomFieldOf, CustomKind,
    Customer, Department, Field, FunnelModel, Level, LostReason, Person, Playbook, Product, Profile, RecordKind,
    RequiredField, Retirement, Revision, SavedView, Segment, Stage, Zone,
};

record!(Profile {
    "name" => name: Named,
    "currency" => currency: Plain,
    "fiscalYearStart" => fiscal_year_start: Within(1, 12),
    "sources" => sources: Plain,
    "lostReasons" => lost_reasons: Plain,
    "customFields" => custom_fields: Plain,
    "views" => views: Plain,
    "stalling" => stalling: Plain,
});
object_form!(Profile);

record!(LostReason {
    "name" => name: Named,
    "needsNote" => needs_note: Usually(false),
});
object_form!(LostReason);

record!(SavedView {
    "name" => name: Named,
    "page" => page: Written,
    "query" => query: Plain,
});
object_form!(SavedView);

impl Part for CustomField {
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let name = fields.take("name", Named, reader);
        let of = fields.take("of", Plain, reader);
        let kind = CustomKind::take(fields, reader);
        Some(Self { name: name?, of: of?, kind: kind? })
    }

    fn give(&self, out: &mut Writer) {
        out.field("name", &self.name, Named);
        out.field("of", &self.of, Plain);
        self.kind.give(out);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut ObjectSchema) {
        object.field("name", |field: &Self| &field.name, Named, schema);
        object.field("of", |field: &Self| &field.of, Plain, schema);
        CustomKind::describe(schema, object);
    }
}
object_form!(CustomField);

words!(CustomFieldOf { Customer: "customer", Deal: "deal" });

variants!(CustomKind by "holds" {
    "text" => Text {},
    "number" => Number {},
    "date" => Date {},
    "choice" => Choice { "options" => options: Plain },
});

record!(Batch {
    "models" => models: Records,
    "departments" => departments: Records,
    "people" => people: Records,
    "quotas" => quotas: Records,
    "products" => products: Records,
    "targets" => targets: Records,
    "customers" => customers: Records,
    "campaigns" => campaigns: Records,
    "deals" => deals: Records,
    "activities" => activities: Records,
    "promises" => promises: Records,
    "handovers" => handovers: Records,
    "interventions" => interventions: Records,
    "problems" => problems: Records,
    "schemes" => schemes: Records,
});

record!(FunnelModel {
    "id" => id: Own,
    "name" => name: Named,
    "description" => description: Plain,
    "stages" => stages: Plain,
    "afterSale" => after_sale: Plain,
    "segments" => segments: Plain,
    "revisions" => revisions: Plain,
    "retired" => retired: Plain,
} check check_stages);
object_form!(FunnelModel);

fn check_stages(model: &FunnelModel, reader: &mut Reader<'_>) {
    reader.under("stages", |reader| {
        if model.stages.is_empty() {
            reader.error(ProblemKind::NoStage);
        }
        check_unique(&model.stages, |stage| stage.id, reader);
    });
    let gone: Vec<_> = model.gone().map(|retirement| retirement.stage).collect();
    for (index, retirement) in model.retired.iter().enumerate().filter(|(_, retirement)| retirement.until.is_none()) {
        let stage = retirement.stage;
        let twice = model.stage(stage).is_some() || gone.iter().filter(|other| **other == stage).count() > 1;
        let wrong = if twice {
            Some(("stage", ProblemKind::Twice))
        } else if model.known_stage(stage).is_none() {
            Some(("stage", ProblemKind::Dangling(RecordKind::Stage)))
        } else if model.reads_as(stage).is_none() {
            Some(("into", ProblemKind::Dangling(RecordKind::Stage)))
        } else {
            None
        };
        if let Some((key, kind)) = wrong {
            reader.under("retired", |r| r.at(index, |r| r.under(key, |r| r.error(kind))));
        }
    }
}

record!(Retirement {
    "stage" => stage: Plain,
    "on" => on: Plain,
    "into" => into: Plain,
    "until" => until: Plain,
});
object_form!(Retirement);

record!(Revision {
    "until" => until: Plain,
    "cover" => cover: Plain,
    "stages" => stages: Plain,
    "afterSale" => after_sale: Plain,
});
object_form!(Revision);

record!(Cover {
    "name" => name: Named,
    "description" => description: Plain,
    "segments" => segments: Plain,
});
object_form!(Cover);

record!(Stage {
    "id" => id: Own,
    "name" => name: Named,
    "zone" => zone: Plain,
    "probability" => probability: Plain,
    "promotionRate" => promotion_rate: Plain,
    "expectedDays" => expected_days: Within(1, 65_535),
    "weight" => weight: Plain,
    "criteria" => criteria: Plain,
    "tasks" => tasks: Plain,
    "requiredFields" => required_fields: Plain,
    "playbook" => playbook: Plain,
});
object_form!(Stage);

record!(AfterSale {
    "name" => name: Named,
    "returnVisitDays" => return_visit_days: Within(1, 65_535),
    "tasks" => tasks: Plain,
    "playbook" => playbook: Plain,
});
object_form!(AfterSale);

words!(Zone { Upper: "upper", Middle: "middle", Lower: "lower" });

record!(Criterion {
    "id" => id: Own,
    "text" => text: Written,
    "required" => required: Usually(false),
});
object_form!(Criterion);

record!(Segment {
    "name" => name: Written,
    "who" => who: Plain,
    "action" => action: Plain,
});
object_form!(Segment);

record!(Playbook {
    "goal" => goal: Plain,
    "strategy" => strategy: Plain,
    "questions" => questions: Plain,
    "phrases" => phrases: Plain,
    "material" => material: Plain,
    "objections" => objections: Plain,
});

impl super::form::Form for Playbook {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        reader.object(node, super::form::Part::take)
    }

    fn write(&self, out: &mut Writer) {
        out.object(|out| super::form::Part::give(self, out));
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn is_absent(&self) -> bool {
        *self == Self::default()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut super::schema::Schema) -> serde_json::Value {
        schema.object::<Self>("Playbook")
    }
}

/// An objection and its answer.
impl super::form::Form for (String, String) {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        reader.object(node, |fields, reader| {
            let objection = fields.take("objection", Written, reader);
            let answer = fields.take("answer", Plain, reader);
            Some((objection?, answer?))
        })
    }

    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.field("objection", &self.0, Written);
            out.field("answer", &self.1, Plain);
        });
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut super::schema::Schema) -> serde_json::Value {
        serde_json::json!({
            "type": "object",
            "properties": { "objection": { "type": "string" }, "answer": { "type": "string" } },
            "required": ["objection"],
            "unevaluatedProperties": false,
        })
    }
}

/// A word for a field that is always there, `{"of": …, "name": …}` for one of the user's own.
impl super::form::Form for RequiredField {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        if node.as_text().is_some() {
            return Field::read(node, reader).map(Self::Known);
        }
        reader.object(node, |fields, reader| {
            let of = fields.take("of", Plain, reader);
            let name = fields.take("name", Named, reader);
            Some(Self::Own { of: of?, name: name? })
        })
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Known(field) => field.write(out),
            Self::Own { of, name } => out.object(|out| {
                out.field("of", of, Plain);
                out.field("name", name, Named);
            }),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut Schema) -> serde_json::Value {
        let (known, of) = (Field::schema(schema), CustomFieldOf::schema(schema));
        serde_json::json!({
            "anyOf": [known, {
                "type": "object",
                "properties": { "of": of, "name": { "type": "string", "pattern": "\\S" } },
                "required": ["of", "name"],
                "unevaluatedProperties": false,
            }],
        })
    }
}

words!(Field {
    Amount: "amount",
    ExpectedClose: "expectedClose",
    Owner: "owner",
    Customer: "customer",
    Contact: "contact",
    Products: "products",
    Competitors: "competitors",
    Obstacles: "obstacles",
    NextAction: "nextAction",
    Source: "source",
    Fit: "fit",
    Supporters: "supporters",
    Campaign: "campaign",
    Tags: "tags",
    Notes: "notes",
    CustomerAddress: "customer.address",
    CustomerIndustry: "customer.industry",
    CustomerSize: "customer.size",
    CustomerNeeds: "customer.needs",
    CustomerIntent: "customer.intent",
    CustomerSoftware: "customer.softwareInUse",
    CustomerTerritory: "customer.territory",
    CustomerStanding: "customer.standing",
    CustomerBuyingPower: "customer.buyingPower",
    CustomerSource: "customer.source",
    CustomerFit: "customer.fit",
    CustomerPriority: "customer.priority",
    CustomerReviewOn: "customer.reviewOn",
    CustomerOwner: "customer.owner",
    CustomerTags: "customer.tags",
    CustomerNotes: "customer.notes",
    ContactJobTitle: "contact.jobTitle",
    ContactPhone: "contact.phone",
    ContactEmail: "contact.email",
    ContactRole: "contact.role",
});

record!(Department {
    "id" => id: Own,
    "name" => name: Named,
    "parent" => parent: Plain,
    "manager" => manager: Plain,
});
object_form!(Department);

record!(Person {
    "id" => id: Own,
    "name" => name: Named,
    "department" => department: Plain,
    "territory" => territory: Plain,
    "capacity" => capacity: Within(0, 65_535),
    "active" => active: Usually(true),
});
object_form!(Person);

record!(Product {
    "id" => id: Own,
    "name" => name: Named,
    "series" => series: Plain,
    "price" => price: Plain,
    "active" => active: Usually(true),
});
object_form!(Product);

record!(Customer {
    "id" => id: Own,
    "name" => name: Named,
    "shortName" => short_name: Plain,
    "address" => address: Plain,
    "territory" => territory: Plain,
    "industry" => industry: Plain,
    "size" => size: Plain,
    "standing" => standing: Plain,
    "buyingPower" => buying_power: Plain,
    "source" => source: Plain,
    "referredBy" => referred_by: Plain,
    "softwareInUse" => software_in_use: Plain,
    "needs" => needs: Plain,
    "intent" => intent: Plain,
    "fit" => fit: Plain,
    "priority" => priority: Plain,
    "reviewOn" => review_on: Plain,
    "owner" => owner: Plain,
    "contacts" => contacts: Plain,
    "tags" => tags: Plain,
    "notes" => notes: Plain,
    "custom" => custom: Plain,
    "notSameAs" => not_same_as: Plain,
} check check_customer);
object_form!(Customer);

fn check_customer(customer: &Customer, reader: &mut Reader<'_>) {
    if customer.referred_by == Some(customer.id) {
        reader.under("referredBy", |reader| reader.error(ProblemKind::Circle(RecordKind::Customer)));
    }
    if customer.not_same_as.contains(&customer.id) {
        reader.under("notSameAs", |reader| reader.error(ProblemKind::Circle(RecordKind::Customer)));
    }
    reader.under("contacts", |reader| check_unique(&customer.contacts, |contact| contact.id, reader));
}

record!(Contact {
    "id" => id: Own,
    "name" => name: Named,
    "jobTitle" => job_title: Plain,
    "phone" => phone: Plain,
    "email" => email: Plain,
    "role" => role: Plain,
});
object_form!(Contact);

words!(Level { Low: "low", Medium: "medium", High: "high" });

record!(Activity {
    "id" => id: Own,
    "on" => on: Plain,
    "kind" => kind: Plain,
    "by" => by: Plain,
    "customer" => customer: Plain,
    "deal" => deal: Plain,
    "note" => note: Plain,
    "result" => result: Plain,
    "nextStep" => next_step: Plain,
    "satisfaction" => satisfaction: Within(1, 5),
    "minutes" => minutes: Within(0, u32::MAX),
    "cost" => cost: Plain,
});
object_form!(Activity);

words!(ActivityKind {
    Visit: "visit",
    Call: "call",
    Demo: "demo",
    Email: "email",
    Sms: "sms",
    Meeting: "meeting",
    ReturnVisit: "returnVisit",
    ServiceRequest: "serviceRequest",
    Note: "note",
});
