//! What may be wrong with a document or a file, in sentences that say what to do.

use super::{I18n, record_kind};
use crate::{
    codec::document::{DocumentError, Problem, ProblemKind, Shape},
    i18n::t_string,
    ui::{
        file::{FileError, LARGEST},
        format::Format,
    },
};

/// Why a file could not be read or handed out.
pub fn file_error(i18n: I18n, format: Format, value: &FileError) -> String {
    match value {
        FileError::TooLarge { size: found, .. } => {
            let found = size(i18n, format, usize::try_from(*found).unwrap_or(usize::MAX));
            let limit = size(i18n, format, usize::try_from(LARGEST).unwrap_or(usize::MAX));
            t_string!(i18n, data.document.too_large, size = found, limit = limit).to_string()
        }
        FileError::Unreadable { .. } => t_string!(i18n, data.document.unreadable).to_owned(),
        FileError::NotDownloaded { .. } => t_string!(i18n, data.document.not_downloaded).to_owned(),
    }
}

/// Why a document did not open; the places of [`DocumentError::Problems`] are listed beside it.
pub fn document_error(i18n: I18n, format: Format, value: &DocumentError) -> String {
    match value {
        DocumentError::Empty => t_string!(i18n, data.document.empty).to_owned(),
        DocumentError::TooLarge { bytes, limit } => {
            let (found, limit) = (size(i18n, format, *bytes), size(i18n, format, *limit));
            t_string!(i18n, data.document.too_large, size = found, limit = limit).to_string()
        }
        DocumentError::NotText { at } => {
            t_string!(i18n, data.document.not_text, at = format.count(*at + 1)).to_string()
        }
        DocumentError::NotJson { line, column, .. } => {
            let (line, column) = (format.count(*line), format.count(*column));
            t_string!(i18n, data.document.not_json, line = line, column = column).to_string()
        }
        DocumentError::NotLoudou => t_string!(i18n, data.document.not_loudou).to_owned(),
        DocumentError::NewerVersion { found, known } => {
            let (found, known) = (*found, *known);
            t_string!(i18n, data.document.newer, found = found, known = known).to_string()
        }
        DocumentError::Problems(problems) => {
            let count = problems.len();
            t_string!(i18n, data.document.problems, count = count, n = format.count(count)).to_string()
        }
    }
}

/// One place of a document and what is wrong with it: `customers[12].name is blank`.
pub fn problem(i18n: I18n, format: Format, value: &Problem) -> String {
    let place = if value.path.is_empty() { t_string!(i18n, data.document.whole) } else { &value.path };
    [place, &problem_kind(i18n, format, &value.kind)].join(" ")
}

/// What is wrong with a place, said of it.
pub fn problem_kind(i18n: I18n, format: Format, value: &ProblemKind) -> String {
    match value {
        ProblemKind::Missing => t_string!(i18n, data.document.missing).to_owned(),
        ProblemKind::Shape(shape) => match shape {
            Shape::Text => t_string!(i18n, data.document.shape_text),
            Shape::Number => t_string!(i18n, data.document.shape_number),
            Shape::Truth => t_string!(i18n, data.document.shape_truth),
            Shape::List => t_string!(i18n, data.document.shape_list),
            Shape::Object => t_string!(i18n, data.document.shape_object),
        }
        .to_owned(),
        ProblemKind::Id => t_string!(i18n, data.document.id).to_owned(),
        ProblemKind::Date => t_string!(i18n, data.document.date).to_owned(),
        ProblemKind::Time => t_string!(i18n, data.document.time).to_owned(),
        ProblemKind::Money { digits } => {
            let digits = *digits;
            t_string!(i18n, data.document.money, digits = digits).to_string()
        }
        ProblemKind::Share => t_string!(i18n, data.document.share).to_owned(),
        ProblemKind::Currency => t_string!(i18n, data.document.currency).to_owned(),
        ProblemKind::Range { min, max } => {
            let (min, max) = (*min, *max);
            t_string!(i18n, data.document.range, min = min, max = max).to_string()
        }
        ProblemKind::Word => t_string!(i18n, data.document.word).to_owned(),
        ProblemKind::Blank => t_string!(i18n, data.document.blank).to_owned(),
        ProblemKind::NoStage => t_string!(i18n, data.document.no_stage).to_owned(),
        ProblemKind::Twice => t_string!(i18n, data.document.twice).to_owned(),
        ProblemKind::TooMany { max } => t_string!(i18n, data.document.too_many, max = format.count(*max)).to_string(),
        ProblemKind::Check => t_string!(i18n, data.document.check).to_owned(),
        ProblemKind::Uneven => t_string!(i18n, data.document.uneven).to_owned(),
        ProblemKind::Unknown => t_string!(i18n, data.document.unknown).to_owned(),
        ProblemKind::Dangling(kind) => {
            t_string!(i18n, data.document.dangling, kind = record_kind(i18n, *kind)).to_string()
        }
        ProblemKind::Circle(kind) => t_string!(i18n, data.document.circle, kind = record_kind(i18n, *kind)).to_string(),
        ProblemKind::History(_) | ProblemKind::Refused(_) => t_string!(i18n, data.document.history).to_owned(),
        ProblemKind::More(count) => {
            let count = *count;
            t_string!(i18n, data.document.more, count = count, n = format.count(count)).to_string()
        }
    }
}

/// A number of bytes: `640 kB`, `12 MB`.
pub fn size(i18n: I18n, format: Format, bytes: usize) -> String {
    #[allow(clippy::cast_precision_loss, reason = "shown with one decimal")]
    let kilobytes = bytes as f64 / 1024.0;
    if kilobytes < 1000.0 {
        t_string!(i18n, data.size.kb, n = format.number(kilobytes, u32::from(kilobytes < 10.0))).to_string()
    } else {
        t_string!(i18n, data.size.mb, n = format.number(kilobytes / 1024.0, 1)).to_string()
    }
}
