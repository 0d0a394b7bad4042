//! Backups in words.

use super::{
    I18n,
    document::document_error,
    storage::{shelf_error, storage_error},
};
use crate::{
    i18n::t_string,
    storage::backups::{BackupDamage, Reason},
    ui::{backups::BackupError, format::Format},
};

/// Why a backup was made.
pub fn reason(i18n: I18n, value: Reason) -> &'static str {
    match value {
        Reason::Daily => t_string!(i18n, backups.reason.daily),
        Reason::Hourly => t_string!(i18n, backups.reason.hourly),
        Reason::Import => t_string!(i18n, backups.reason.import),
        Reason::Merge => t_string!(i18n, backups.reason.merge),
        Reason::Replace => t_string!(i18n, backups.reason.replace),
        Reason::Archive => t_string!(i18n, backups.reason.archive),
        Reason::Delete => t_string!(i18n, backups.reason.delete),
        Reason::ByHand => t_string!(i18n, backups.reason.by_hand),
        Reason::HandedOut => t_string!(i18n, backups.reason.handed_out),
        Reason::Received => t_string!(i18n, backups.reason.received),
    }
}

/// What is wrong with a backup.
pub fn damage(i18n: I18n, value: BackupDamage) -> &'static str {
    match value {
        BackupDamage::Missing => t_string!(i18n, backups.damage.missing),
        BackupDamage::Damaged => t_string!(i18n, backups.damage.damaged),
        BackupDamage::Newer => t_string!(i18n, backups.damage.newer),
    }
}

/// Why there is no backup, or none that can be had.
pub fn error(i18n: I18n, format: Format, value: &BackupError) -> String {
    match value {
        BackupError::Vault(error) => t_string!(i18n, backups.error.database, text = error.to_string()).to_string(),
        BackupError::Storage(error) => storage_error(i18n, error),
        BackupError::Unfit(unfit) => t_string!(i18n, backups.error.unfit, text = unfit.0.clone()).to_string(),
        BackupError::NotKept => t_string!(i18n, backups.error.not_kept).to_owned(),
        BackupError::Damaged(found) => damage(i18n, *found).to_owned(),
        BackupError::Document(error) => document_error(i18n, format, error),
        BackupError::Shelf(error) => shelf_error(i18n, error),
        BackupError::Refused(_) => t_string!(i18n, share.visit.what).to_owned(),
    }
}
