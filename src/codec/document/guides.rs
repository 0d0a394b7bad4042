//! The form of interventions, of the catalogue of problems and of appraisal schemes.

#[cfg(not(target_arch = "wasm32"))]
use super::schema::{ObjectSchema, Schema};
use super::{
    form::{Manner as _, Named, Own, Part, Plain, Within, object_form, record, words},
    node::Node,
    problem::{ProblemKind, Shape},
    reader::{Fields, Reader},
    writer::Writer,
};
use crate::model::{
    Incentive, IncentiveStep, Intervention, InterventionKind, Measure, MeasureKind, Money, Problem, Scheme, Stalling,
};

record!(Intervention {
    "id" => id: Own,
    "name" => name: Named,
    "kind" => kind: Plain,
    "model" => model: Plain,
    "stage" => stage: Plain,
    "from" => from: Plain,
    "until" => until: Plain,
    "people" => people: Plain,
    "note" => note: Plain,
} check check_intervention);
object_form!(Intervention);

fn check_intervention(intervention: &Intervention, reader: &mut Reader<'_>) {
    reader.under("stage", |reader| reader.check_stage_ever(Some(intervention.model), intervention.stage));
    for (index, person) in intervention.people.iter().enumerate() {
        if intervention.people.iter().take(index).any(|other| other == person) {
            reader.under("people", |reader| reader.at(index, |reader| reader.error(ProblemKind::Twice)));
        }
    }
}

words!(InterventionKind { Training: "training", RuleChange: "ruleChange", Other: "other" });

record!(Problem {
    "id" => id: Own,
    "company" => company: Named,
    "words" => words: Plain,
    "problem" => problem: Named,
    "questions" => questions: Plain,
    "introduction" => introduction: Plain,
});
object_form!(Problem);

record!(Scheme {
    "id" => id: Own,
    "name" => name: Named,
    "measures" => measures: Plain,
    "incentive" => incentive: Plain,
} check check_measures);
object_form!(Scheme);

fn check_measures(scheme: &Scheme, reader: &mut Reader<'_>) {
    for (index, measure) in scheme.measures.iter().enumerate() {
        if scheme.measures.iter().take(index).any(|other| other.kind == measure.kind) {
            reader.under("measures", |r| r.at(index, |r| r.under("kind", |r| r.error(ProblemKind::Twice))));
        }
    }
}

/// What is to be reached is an amount or a number, as the kind has it.
impl Part for Measure {
    fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        let kind = fields.take("kind", Plain, reader);
        let weight = fields.take("weight", Within(0, 100), reader);
        let target = fields.node("target");
        let Some(kind) = kind else {
            fields.abandon();
            return None;
        };
        let target = reader.under("target", |reader| match (kind, target) {
            (MeasureKind::WonAmount, target) => Plain.read(target, reader).map(Money::minor),
            (_, Some(Node::Number(number))) => whole(number).or_else(|| {
                let max = u32::MAX;
                reader.refuse(ProblemKind::Range { min: 0, max })
            }),
            (_, Some(_)) => reader.refuse(ProblemKind::Shape(Shape::Number)),
            (_, None) => reader.refuse(ProblemKind::Missing),
        });
        Some(Self { kind, weight: weight?, target: target? })
    }

    fn give(&self, out: &mut Writer) {
        out.field("kind", &self.kind, Plain);
        out.field("weight", &self.weight, Within(0, 100));
        let amount = Money::from_minor(self.target).filter(|_| self.kind == MeasureKind::WonAmount);
        if let Some(amount) = amount {
            out.field("target", &amount, Plain);
        } else {
            out.key("target");
            out.plain(self.target);
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn describe(schema: &mut Schema, object: &mut ObjectSchema) {
        object.field("kind", |measure: &Self| &measure.kind, Plain, schema);
        object.field("weight", |measure: &Self| &measure.weight, Within(0, 100), schema);
        let target = serde_json::json!({
            "anyOf": [{ "type": "integer", "minimum": 0, "maximum": u32::MAX }, <Money as super::form::Form>::schema(schema)],
            "description": "an amount for `wonAmount`, a number of percent, days or things for every other kind",
        });
        object.insert("target", target, true);
    }
}
object_form!(Measure);

/// A whole number that stands in a document.
fn whole(number: f64) -> Option<i64> {
    if number.fract() != 0.0 || !(0.0..=f64::from(u32::MAX)).contains(&number) {
        return None;
    }
    #[allow(clippy::cast_possible_truncation, reason = "whole and within the bounds")]
    Some(number as i64)
}

words!(MeasureKind {
    Attainment: "attainment",
    WonAmount: "wonAmount",
    WonDeals: "wonDeals",
    WinRate: "winRate",
    CycleDays: "cycleDays",
    Activities: "activities",
    GateSkips: "gateSkips",
    Slippage: "slippage",
    PromisesKept: "promisesKept",
    DataQuality: "dataQuality",
});

record!(Incentive {
    "share" => share: Plain,
    "steps" => steps: Plain,
    "team" => team: Plain,
});

impl super::form::Form for Incentive {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        reader.object(node, Part::take)
    }

    fn write(&self, out: &mut Writer) {
        out.object(|out| Part::give(self, out));
    }

    fn absent() -> Option<Self> {
        Some(Self::default())
    }

    fn is_absent(&self) -> bool {
        *self == Self::default()
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut Schema) -> serde_json::Value {
        schema.object::<Self>("Incentive")
    }
}

record!(IncentiveStep {
    "from" => from: Within(0, 65_535),
    "share" => share: Plain,
});
object_form!(IncentiveStep);

/// Where the days of "stalled" come from; those of the model go without saying.
impl super::form::Form for Stalling {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node.as_text() {
            Some("model") => Some(Self::Model),
            Some("won") => Some(Self::Won),
            _ => reader.refuse(ProblemKind::Word),
        }
    }

    fn write(&self, out: &mut Writer) {
        out.quoted(match self {
            Self::Model => "model",
            Self::Won => "won",
        });
    }

    fn absent() -> Option<Self> {
        Some(Self::Model)
    }

    fn is_absent(&self) -> bool {
        *self == Self::Model
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "enum": ["model", "won"] })
    }
}
