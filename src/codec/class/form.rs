//! How packs, results and classes look in JSON.

use std::collections::BTreeSet;

use super::{Class, Company, MARKS, Mark, Outcome, Pack, Person, ResultSheet, SHEETS, TASKS, Task};
#[cfg(not(target_arch = "wasm32"))]
use crate::codec::document::schema::Schema;
use crate::codec::document::{
    ProblemKind, Shape, encoding,
    form::{Form, Manner, Named, Own, Part, Plain, Usually, Within, object_form, record, variants},
    inside,
    node::Node,
    reader::Reader,
    writer::Writer,
};
use crate::naming::normalise;

/// Any whole number of 32 bits.
const ANY: Within = Within(0, u32::MAX);
/// A week.
const LONGEST: Within = Within(1, 7 * 24 * 60);
/// The place of a task.
const PLACE: Within = Within(0, TASKS - 1);
/// Levels, rounds.
const FEW: Within = Within(1, 20);

/// A list of no more elements than that.
#[derive(Clone, Copy)]
struct AtMost(usize);

impl<T: Form> Manner<Vec<T>> for AtMost {
    fn read(self, node: Option<Node<'_>>, reader: &mut Reader<'_>) -> Option<Vec<T>> {
        match node {
            Some(Node::List(list)) if list.len() > self.0 => reader.refuse(ProblemKind::TooMany { max: self.0 }),
            node => Plain.read(node, reader),
        }
    }

    fn write(self, key: &str, value: &Vec<T>, out: &mut Writer) {
        Plain.write(key, value, out);
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(self, schema: &mut Schema) -> (serde_json::Value, bool) {
        (serde_json::json!({ "type": "array", "items": T::schema(schema), "maxItems": self.0 }), false)
    }
}

record!(Pack {
    "id" => id: Own,
    "title" => title: Named,
    "text" => text: Plain,
    "minutes" => minutes: LONGEST,
    "seed" => seed: ANY,
    "anonymous" => anonymous: Usually(false),
    "tasks" => tasks: AtMost(TASKS as usize),
});
object_form!(Pack);

variants!(Task by "kind" {
    "lesson" => Lesson { "lesson" => lesson: Named },
    "matches" => Matches { "level" => level: FEW, "seed" => seed: ANY },
    "job-fair" => JobFair { "seed" => seed: ANY },
    "drill" => Drill { "level" => level: FEW, "seed" => seed: ANY },
    "contest" => Contest { "rounds" => rounds: FEW, "seed" => seed: ANY },
    "simulator" => Simulator { "scenario" => scenario: Named, "seed" => seed: ANY },
    "look" => Look { "question" => question: Named, "company" => company: Plain },
});
object_form!(Task);

impl Form for Company {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node {
            Node::Text(name) if !name.trim().is_empty() => Some(Self::Shipped(name.into_owned())),
            Node::Text(_) => reader.refuse(ProblemKind::Blank),
            Node::Object(_) => {
                inside(node, reader).map(|(workspace, exported)| Self::Own { workspace: Box::new(workspace), exported })
            }
            _ => reader.refuse(ProblemKind::Shape(Shape::Object)),
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Shipped(name) => out.quoted(name),
            Self::Own { workspace, exported } => encoding::give(workspace, *exported, out),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "oneOf": [
            { "type": "string", "pattern": "\\S" },
            { "$ref": "loudou-document-v1.json" },
        ] })
    }
}

record!(ResultSheet {
    "pack" => pack: Own,
    "edition" => edition: ANY,
    "name" => name: Plain,
    "code" => code: ANY,
    "started" => started: Plain,
    "finished" => finished: Plain,
    "outcomes" => outcomes: AtMost(TASKS as usize),
} check check_places);

/// One outcome a task.
fn check_places(sheet: &ResultSheet, reader: &mut Reader<'_>) {
    for (index, outcome) in sheet.outcomes.iter().enumerate() {
        if sheet.outcomes.iter().take(index).any(|earlier| earlier.task == outcome.task) {
            reader.under("outcomes", |reader| {
                reader.at(index, |reader| reader.under("task", |reader| reader.error(ProblemKind::Twice)));
            });
        }
    }
}

/// The fields and what they come to, so that a figure that was changed by hand is found out.
impl Form for ResultSheet {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        reader.object(node, |fields, reader| {
            let check: Option<u32> = fields.take("check", ANY, reader);
            let (sheet, check) = Self::take(fields, reader).zip(check)?;
            if check != sheet.check() {
                reader.under("check", |reader| reader.error(ProblemKind::Check));
            }
            Some(sheet)
        })
    }

    fn write(&self, out: &mut Writer) {
        out.object(|out| {
            out.field("check", &self.check(), ANY);
            self.give(out);
        });
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(schema: &mut Schema) -> serde_json::Value {
        schema.object::<Self>("ResultSheet")
    }
}

record!(Outcome {
    "task" => task: PLACE,
    "score" => score: Within(0, 100),
    "seconds" => seconds: ANY,
    "details" => details: Plain,
});
object_form!(Outcome);

/// A name, or the number of a code name.
impl Form for Person {
    fn read(node: Node<'_>, reader: &mut Reader<'_>) -> Option<Self> {
        match node {
            Node::Text(name) => {
                let name = normalise(&name);
                if name.is_empty() { reader.refuse(ProblemKind::Blank) } else { Some(Self::Named(name)) }
            }
            node => ANY.read(Some(node), reader).map(Self::Code),
        }
    }

    fn write(&self, out: &mut Writer) {
        match self {
            Self::Named(name) => out.quoted(name),
            Self::Code(code) => out.plain(code),
        }
    }

    #[cfg(not(target_arch = "wasm32"))]
    fn schema(_: &mut Schema) -> serde_json::Value {
        serde_json::json!({ "oneOf": [
            { "type": "string", "pattern": "\\S" },
            { "type": "integer", "minimum": 0, "maximum": u32::MAX },
        ] })
    }
}

record!(Mark {
    "person" => person: Plain,
    "task" => task: PLACE,
    "given" => given: Plain,
    "score" => score: Within(0, 100),
    "answer" => answer: ANY,
});
object_form!(Mark);

record!(Class {
    "pack" => pack: Plain,
    "sheets" => sheets: AtMost(SHEETS),
    "marks" => marks: AtMost(MARKS),
} check check_marks);
object_form!(Class);

/// Marks are for questions of the pack, one for each of a person.
fn check_marks(class: &Class, reader: &mut Reader<'_>) {
    let mut seen = BTreeSet::new();
    for (index, mark) in class.marks.iter().enumerate() {
        let task = class.pack.tasks.get(usize::from(mark.task));
        let problem = if !seen.insert((&mark.person, mark.task)) {
            Some(ProblemKind::Twice)
        } else if task.is_none_or(Task::is_scored) {
            Some(ProblemKind::Check)
        } else {
            None
        };
        if let Some(problem) = problem {
            reader.under("marks", |reader| {
                reader.at(index, |reader| reader.under("task", |reader| reader.error(problem)));
            });
        }
    }
}
