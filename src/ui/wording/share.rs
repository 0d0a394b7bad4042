//! What may be wrong with a link, a packet or a file beside the page, in sentences that say what to do.

use super::{I18n, document, storage};
use crate::{
    codec::{
        document::DocumentError,
        packet::{self, PacketError},
        seal::SealError,
        share::LinkError,
    },
    i18n::t_string,
    store::ShelfError,
    ui::{fetch::FetchError, file::LARGEST, format::Format},
};

/// Why a shared workspace was not shown; nothing changed.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ShareError {
    /// The link.
    #[error(transparent)]
    Link(#[from] LinkError),
    /// The packet.
    #[error(transparent)]
    Packet(#[from] PacketError),
    /// The seal.
    #[error(transparent)]
    Seal(#[from] SealError),
    /// The document inside.
    #[error(transparent)]
    Document(#[from] DocumentError),
    /// The workspace that is open has changes that are not saved.
    #[error(transparent)]
    Shelf(#[from] ShelfError),
    /// The file beside the page.
    #[error(transparent)]
    Fetch(#[from] FetchError),
}

/// Why it was not shown.
pub fn share_error(i18n: I18n, format: Format, value: &ShareError) -> String {
    match value {
        ShareError::Link(LinkError::Empty) => t_string!(i18n, share.error.empty).to_owned(),
        ShareError::Link(LinkError::TooLong) => t_string!(i18n, share.error.too_long).to_owned(),
        ShareError::Link(LinkError::Damaged) => t_string!(i18n, share.error.damaged).to_owned(),
        ShareError::Packet(error) | ShareError::Seal(SealError::Packet(error)) => packet_error(i18n, format, *error),
        ShareError::Seal(SealError::Blank) => t_string!(i18n, share.error.blank).to_owned(),
        ShareError::Seal(SealError::WrongPassphrase) => t_string!(i18n, share.error.passphrase).to_owned(),
        ShareError::Seal(SealError::Cost) => t_string!(i18n, share.error.cost).to_owned(),
        ShareError::Document(error) => document::document_error(i18n, format, error),
        ShareError::Shelf(error) => storage::shelf_error(i18n, error),
        ShareError::Fetch(FetchError::Elsewhere) => t_string!(i18n, share.error.elsewhere).to_owned(),
        ShareError::Fetch(FetchError::Refused(status)) => {
            let status = *status;
            t_string!(i18n, share.error.refused, status = status).to_string()
        }
        ShareError::Fetch(FetchError::Unreachable) => t_string!(i18n, share.error.unreachable).to_owned(),
        ShareError::Fetch(FetchError::TooLarge(bytes)) => {
            let [found, limit] = [*bytes, LARGEST].map(|bytes| usize::try_from(bytes).unwrap_or(usize::MAX));
            let (found, limit) = (document::size(i18n, format, found), document::size(i18n, format, limit));
            t_string!(i18n, data.document.too_large, size = found, limit = limit).to_string()
        }
    }
}

fn packet_error(i18n: I18n, format: Format, value: PacketError) -> String {
    match value {
        PacketError::Foreign => t_string!(i18n, share.error.foreign).to_owned(),
        PacketError::CutOff { found, said } => {
            let (found, said) = (format.count(found), format.count(said));
            t_string!(i18n, share.error.cut_off, found = found, said = said).to_string()
        }
        PacketError::Damaged => t_string!(i18n, share.error.damaged).to_owned(),
        PacketError::Newer { found, known } => {
            t_string!(i18n, data.document.newer, found = found, known = known).to_string()
        }
        PacketError::TooLarge => {
            let limit = document::size(i18n, format, packet::LONGEST);
            t_string!(i18n, share.error.too_large, limit = limit).to_string()
        }
    }
}
