//! A model being edited, kept until it is saved: `{"format": "loudou-draft", "version": 1, "base": {…}, "form": {…}}`.
//!
//! Its stages look as they do in the [document](super::document), but names may still be blank and days zero. It never leaves the browser.

use super::document::{
    DocumentError, ProblemKind,
    form::{Form, Named, Own, Plain, Within, object_form, record},
    reader::Reader,
    tree,
    writer::Writer,
};
use crate::model::{ModelDraft, StageMove};

/// The word that tells a draft from other JSON.
const FORMAT: &str = "loudou-draft";
/// The version that is written, and the newest that can be read.
const VERSION: u32 = 1;

/// A model being edited.
#[derive(Clone, Debug, PartialEq)]
pub struct Edited {
    /// The form that the editing began with.
    pub base: ModelDraft,
    /// The form it shall take.
    pub form: ModelDraft,
}

record!(ModelDraft {
    "id" => id: Own,
    "name" => name: Named,
    "description" => description: Plain,
    "stages" => stages: Plain,
    "afterSale" => after_sale: Plain,
    "segments" => segments: Plain,
    "moves" => moves: Plain,
    "home" => home: Plain,
});
object_form!(ModelDraft);

record!(StageMove {
    "from" => from: Plain,
    "to" => to: Plain,
    "onlyWith" => only_with: Plain,
});
object_form!(StageMove);

/// What is typed, as text.
pub fn encode(edited: &Edited) -> String {
    let mut out = Writer::compact();
    out.object(|out| {
        out.word("format", FORMAT);
        out.field("version", &VERSION, Within(1, VERSION));
        out.key("base");
        edited.base.write(out);
        out.key("form");
        edited.form.write(out);
    });
    out.finish()
}

/// Reads what was typed.
///
/// # Errors
/// Why it cannot be read.
pub fn decode(text: &str) -> Result<Edited, DocumentError> {
    let node = tree(text.as_bytes(), FORMAT, VERSION)?;
    let mut reader = Reader::of_draft();
    let read = reader.object(node, |fields, reader| {
        // The format was looked at before; taking it out makes it known.
        fields.node("format");
        let version: Option<u32> = fields.take("version", Within(1, VERSION), reader);
        let base: Option<ModelDraft> = fields.take("base", Plain, reader);
        let form: Option<ModelDraft> = fields.take("form", Plain, reader);
        let (base, form) = version.and(base).zip(form)?;
        if base.id != form.id {
            return reader.under("form", |reader| reader.refuse(ProblemKind::Twice));
        }
        Some(Edited { base, form })
    });
    match read {
        Some(edited) if !reader.failed() => Ok(edited),
        _ => Err(DocumentError::Problems(reader.finish())),
    }
}
