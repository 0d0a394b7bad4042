//! The state of what this browser keeps, in words.

use super::{
    I18n,
    document::{document_error, problem_kind},
};
use crate::{
    codec::{
        document::Problem,
        journal::{PieceFault, PieceProblem},
    },
    i18n::t_string,
    storage::{Damaged, OpenError, SaveError, StorageError},
    store::{Loss, ShelfError},
    ui::format::Format,
};

/// Why the storage refused.
pub fn storage_error(i18n: I18n, value: &StorageError) -> String {
    match value {
        StorageError::Blocked => t_string!(i18n, data.error.blocked).to_owned(),
        StorageError::Full => t_string!(i18n, data.error.full).to_owned(),
        StorageError::Other(text) => t_string!(i18n, data.error.other, text = text.clone()).to_string(),
    }
}

/// Why something is not saved.
pub fn save_error(i18n: I18n, value: &SaveError) -> String {
    match value {
        SaveError::Storage(error) => storage_error(i18n, error),
        SaveError::NewerFormat => t_string!(i18n, data.error.newer).to_owned(),
        SaveError::Gone => t_string!(i18n, data.error.gone).to_owned(),
        SaveError::Superseded => t_string!(i18n, data.error.superseded).to_owned(),
        SaveError::Exists => t_string!(i18n, data.error.exists).to_owned(),
        SaveError::InvalidName(name) => t_string!(i18n, data.error.name, name = name.clone()).to_string(),
        SaveError::Pack(_) => t_string!(i18n, data.error.long).to_owned(),
        SaveError::NotKept => t_string!(i18n, data.error.not_kept).to_owned(),
        SaveError::Unquarantined(_) => t_string!(i18n, data.error.unquarantined).to_owned(),
    }
}

/// Why a workspace was not opened or made.
pub fn shelf_error(i18n: I18n, value: &ShelfError) -> String {
    match value {
        ShelfError::Open(OpenError::Storage(error)) => {
            [storage_error(i18n, error).as_str(), t_string!(i18n, rescue.hint)].join(" ")
        }
        ShelfError::Open(OpenError::NotFound) => t_string!(i18n, data.error.not_found).to_owned(),
        ShelfError::Open(OpenError::InvalidName(name)) => {
            t_string!(i18n, data.error.name, name = name.clone()).to_string()
        }
        ShelfError::Save(error) => save_error(i18n, error),
        ShelfError::Unsaved => t_string!(i18n, data.error.unsaved).to_owned(),
    }
}

/// What could not be read of the stored workspace.
pub fn loss(i18n: I18n, format: Format, value: &Loss) -> String {
    match value {
        Loss::Stored(damage) => match &damage.what {
            Damaged::Head => t_string!(i18n, data.losses.head).to_owned(),
            Damaged::SpareHead => t_string!(i18n, data.losses.spare).to_owned(),
            Damaged::Piece(name) if name.is_empty() => t_string!(i18n, data.losses.part).to_owned(),
            Damaged::Piece(name) => t_string!(i18n, data.losses.piece, name = name.clone()).to_string(),
            Damaged::Entry(_) => t_string!(i18n, data.losses.entry).to_owned(),
        },
        Loss::Piece(PieceProblem { piece, fault }) => {
            let name = piece.clone();
            match fault {
                PieceFault::Missing => t_string!(i18n, data.losses.piece_missing, name = name).to_string(),
                PieceFault::Damaged(error) => {
                    let damaged = t_string!(i18n, data.losses.piece, name = name).to_string();
                    [damaged, document_error(i18n, format, error)].join(" ")
                }
                PieceFault::Record(Problem { path, kind, .. }) => {
                    let (path, problem) = (path.clone(), problem_kind(i18n, format, kind));
                    t_string!(i18n, data.losses.record, name = name, path = path, problem = problem).to_string()
                }
            }
        }
        Loss::Entry(text) => t_string!(i18n, data.losses.change, text = text.clone()).to_string(),
    }
}
