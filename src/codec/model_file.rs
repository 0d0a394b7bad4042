//! A funnel model on its own, to hand it to somebody else: `{"format": "loudou-model", "version": 1, "model": {…}}`.
//!
//! The model looks as it does in the [document](super::document). Its revisions and the stages that left it are about the deals of
//! the workspace it comes from: they are not written, and not read when somebody wrote them.

use super::{
    content::IdSource,
    document::{
        DocumentError, Problem, ProblemKind, Severity,
        form::{Part, Within, check_unique},
        reader::{Fields, Reader},
        tree,
        writer::Writer,
    },
};
use crate::model::{FunnelModel, Stage};

/// The word that tells a model from other JSON.
pub const FORMAT: &str = "loudou-model";
/// The version that is written, and the newest that can be read.
pub const VERSION: u32 = 1;

/// The file of a model.
pub fn encode(model: &FunnelModel) -> String {
    let model = FunnelModel { revisions: Vec::new(), retired: Vec::new(), ..model.clone() };
    let mut out = Writer::readable(0);
    out.object(|out| {
        out.word("format", FORMAT);
        out.field("version", &VERSION, Within(1, VERSION));
        out.key("model");
        out.object(|out| model.give(out));
    });
    out.finish()
}

/// Reads the file of a model and gives everything in it fresh ids, so that it can be added to any workspace, also to the one it
/// comes from; with what was left out.
///
/// # Errors
/// Why it cannot be read; [`DocumentError::Problems`] lists all that is wrong in it, with places that begin inside the model.
pub fn decode(bytes: &[u8], ids: &mut IdSource) -> Result<(FunnelModel, Vec<Problem>), DocumentError> {
    let node = tree(bytes, FORMAT, VERSION)?;
    let mut reader = Reader::new(0, None, Severity::Error);
    let read = reader.object(node, |fields, reader| {
        // The format was looked at before; taking it out makes it known.
        fields.node("format");
        let version: Option<u32> = fields.take("version", Within(1, VERSION), reader);
        let model = match fields.node("model") {
            Some(node) => reader.object(node, take),
            None => reader.under("model", |reader| reader.refuse(ProblemKind::Missing)),
        };
        version.and(model)
    });
    match read {
        Some(model) if !reader.failed() => Ok((copied(&model, ids), reader.finish())),
        _ => Err(DocumentError::Problems(reader.finish())),
    }
}

fn take(fields: &mut Fields<'_>, reader: &mut Reader<'_>) -> Option<FunnelModel> {
    let mut model = FunnelModel::take(fields, reader)?;
    for (key, is_there) in [("revisions", !model.revisions.is_empty()), ("retired", !model.retired.is_empty())] {
        if is_there {
            reader.under(key, |reader| reader.warn(ProblemKind::Unknown));
        }
    }
    (model.revisions, model.retired) = (Vec::new(), Vec::new());
    let criteria: Vec<_> = model.stages.iter().enumerate().map(|(at, stage)| (at, &stage.criteria)).collect();
    for (at, criteria) in criteria {
        reader.under("stages", |r| r.at(at, |r| r.under("criteria", |r| check_unique(criteria, |c| c.id, r))));
    }
    Some(model)
}

/// The same model once more: with fresh ids for itself, its stages and their criteria, and without what it was before.
pub fn copied(model: &FunnelModel, ids: &mut IdSource) -> FunnelModel {
    let stage = |stage: &Stage| {
        let mut stage = Stage { id: ids.fresh(), ..stage.clone() };
        stage.criteria.iter_mut().for_each(|criterion| criterion.id = ids.fresh());
        stage
    };
    let stages = model.stages.iter().map(stage).collect();
    FunnelModel { id: ids.fresh(), stages, revisions: Vec::new(), retired: Vec::new(), ..model.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::content::{Language, gallery, instantiate};

    fn ids() -> IdSource {
        IdSource::new(ulid::Ulid(1 << 70))
    }

    /// A model with everything that a file can hold.
    fn shipped() -> FunnelModel {
        let templates = gallery(Language::Chinese);
        let template = templates.iter().find(|template| !template.segments.is_empty()).unwrap();
        instantiate(template, &mut IdSource::new(ulid::Ulid(1)))
    }

    fn problems(text: &str) -> Vec<(String, Severity, ProblemKind)> {
        let problems = match decode(text.as_bytes(), &mut ids()) {
            Ok((_, problems)) | Err(DocumentError::Problems(problems)) => problems,
            Err(error) => panic!("{error:?}"),
        };
        problems.into_iter().map(|problem| (problem.path, problem.severity, problem.kind)).collect()
    }

    #[test]
    fn every_shipped_model_goes_there_and_back() {
        for template in gallery(Language::Chinese).iter().chain(&gallery(Language::English)) {
            let model = instantiate(template, &mut IdSource::new(ulid::Ulid(1)));
            let (read, problems) = decode(encode(&model).as_bytes(), &mut ids()).unwrap();
            assert_eq!(problems, []);
            assert_ne!(read.id, model.id);
            assert!(read.stages.iter().all(|stage| model.stage(stage.id).is_none()));
            // But for the ids it is the same.
            let again = copied(&model, &mut ids());
            assert_eq!(read, again);
            let unnumbered = |model: &FunnelModel| copied(model, &mut IdSource::new(ulid::Ulid(5)));
            assert_eq!(unnumbered(&read), unnumbered(&model));
        }
    }

    #[test]
    fn what_it_was_before_stays_behind() {
        let mut model = shipped();
        let on = chrono::NaiveDate::default();
        model.revisions.push(model.replaced(on));
        let (read, found) = decode(encode(&model).as_bytes(), &mut ids()).unwrap();
        assert_eq!((read.revisions.len(), found), (0, Vec::new()));
        let text = encode(&shipped());
        let with = text.replacen("\"stages\": [", "\"revisions\": [{\"until\": \"2026-01-01\"}], \"stages\": [", 1);
        let unread = ("revisions".to_owned(), Severity::Warning, ProblemKind::Unknown);
        assert_eq!(problems(&with), [unread]);
    }

    fn problems_are(text: &str, path: &str, kind: ProblemKind) -> bool {
        problems(text) == [(path.to_owned(), Severity::Error, kind)]
    }

    #[test]
    fn bad_files_say_where() {
        let text = encode(&shipped());
        let name = format!("\"name\": \"{}\"", shipped().name);
        assert!(problems_are(&text.replacen(&name, "\"name\": \" \"", 1), "name", ProblemKind::Blank));
        let days = format!("\"expectedDays\": {}", shipped().stages[0].expected_days);
        let none = text.replacen(&days, "\"expectedDays\": 0", 1);
        assert!(problems_are(&none, "stages[0].expectedDays", ProblemKind::Range { min: 1, max: 65_535 }));
        let (first, second) = (shipped().stages[0].id.to_string(), shipped().stages[1].id.to_string());
        assert!(problems_are(&text.replacen(&second, &first, 1), "stages[1].id", ProblemKind::Twice));
        assert!(problems_are("{\"format\":\"loudou-model\",\"version\":1}", "model", ProblemKind::Missing));
        let refusal = |text: &str| decode(text.as_bytes(), &mut ids()).unwrap_err();
        assert_eq!(refusal(""), DocumentError::Empty);
        assert_eq!(refusal(&text.replacen(FORMAT, "loudou", 1)), DocumentError::NotLoudou);
        let newer = text.replacen("\"version\": 1", "\"version\": 2", 1);
        assert_eq!(refusal(&newer), DocumentError::NewerVersion { found: 2, known: 1 });
    }
}
