//! Deletions and what is in the way of their return, in words.

use super::{I18n, record_kind};
use crate::{
    i18n::t_string,
    model::{Obstacle, RecordKind, removal::Summary},
};

/// The name of what was deleted.
pub fn name(i18n: I18n, summary: &Summary) -> String {
    let name = match (summary.name.trim(), summary.kind) {
        ("", RecordKind::Quota) => t_string!(i18n, forecast.quota.company),
        ("", kind) => record_kind(i18n, kind),
        (name, _) => name,
    };
    match summary.count.saturating_sub(1) {
        0 => name.to_owned(),
        more => t_string!(i18n, trash.and_more, count = more, n = more, name = name.to_owned()).to_string(),
    }
}

/// What kind of record it is, and what else went with it.
pub fn beside(i18n: I18n, summary: &Summary) -> String {
    let kind = record_kind(i18n, summary.kind);
    match summary.beside {
        0 => kind.to_owned(),
        n => t_string!(i18n, trash.beside, count = n, n = n, kind = kind).to_string(),
    }
}

/// What is in the way; `whose` is the name of what is missing, when the trash holds it.
pub fn obstacle(i18n: I18n, obstacle: &Obstacle, whose: Option<String>) -> String {
    match obstacle {
        Obstacle::Taken { kind, name } => {
            let name = match (name.as_str(), kind) {
                ("", RecordKind::Quota) => t_string!(i18n, forecast.quota.company),
                ("", kind) => record_kind(i18n, *kind),
                (name, _) => name,
            };
            let name = name.to_owned();
            t_string!(i18n, trash.taken, kind = record_kind(i18n, *kind), name = name).to_string()
        }
        Obstacle::Needs { kind, name, needs, .. } => {
            let (kind, needs, name) = (record_kind(i18n, *kind), record_kind(i18n, *needs), name.clone());
            match whose {
                Some(whose) => {
                    t_string!(i18n, trash.needs_kept, kind = kind, name = name, needs = needs, whose = whose)
                        .to_string()
                }
                None => t_string!(i18n, trash.needs, kind = kind, name = name, needs = needs).to_string(),
            }
        }
    }
}
