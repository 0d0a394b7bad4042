//! Files in and out: reading what a person opens or drops, and handing a file to them.

use std::time::Duration;

use gloo_file::{Blob, File, ObjectUrl, futures::read_as_bytes};
use leptos::prelude::*;
use thiserror::Error;
use wasm_bindgen::JsCast;
use web_sys::{FileList, HtmlAnchorElement};

use crate::codec::document;

/// The largest file that is read: as large as a document may be. Readers of other formats have bounds of their own below.
pub const LARGEST: u64 = document::MAX_BYTES as u64;

/// How long a download's address stays valid; some browsers fetch it after the click.
const REVOKE_AFTER: Duration = Duration::from_secs(20);

/// Why a file could not be read or handed out.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum FileError {
    /// The file is larger than [`LARGEST`]; nothing of it was read.
    #[error("{name} has {size} bytes, more than {LARGEST}")]
    TooLarge {
        /// The file's name.
        name: String,
        /// The file's size in bytes.
        size: u64,
    },
    /// The browser could not read the file.
    #[error("{name} could not be read")]
    Unreadable {
        /// The file's name.
        name: String,
    },
    /// The browser did not take the download.
    #[error("{name} could not be downloaded")]
    NotDownloaded {
        /// The file's name.
        name: String,
    },
}

/// A file's name and contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenedFile {
    /// The name without folders.
    pub name: String,
    /// The contents.
    pub bytes: Vec<u8>,
}

/// Reads one file.
///
/// # Errors
///
/// [`FileError::TooLarge`] before anything is read, [`FileError::Unreadable`] when the browser fails.
pub async fn read(file: &File) -> Result<OpenedFile, FileError> {
    let (name, size) = (file.name(), file.size());
    if size > LARGEST {
        return Err(FileError::TooLarge { name, size });
    }
    match read_as_bytes(file).await {
        Ok(bytes) => Ok(OpenedFile { name, bytes }),
        Err(_) => Err(FileError::Unreadable { name }),
    }
}

/// Reads every file of a list one after the other, in the list's order.
pub async fn read_all(files: FileList) -> Vec<Result<OpenedFile, FileError>> {
    let mut opened = Vec::new();
    for index in 0..files.length() {
        if let Some(file) = files.get(index) {
            opened.push(read(&File::from(file)).await);
        }
    }
    opened
}

/// A name as the beginning of a file's name: signs that some system refuses become `-`.
pub fn stem(name: &str) -> String {
    let plain = |sign: char| if sign.is_control() || "\\/:*?\"<>|".contains(sign) { '-' } else { sign };
    let stem: String = name.trim().chars().map(plain).take(80).collect();
    if stem.is_empty() { document::FORMAT.to_owned() } else { stem }
}

/// Hands bytes to the person as a file; the address behind it is revoked afterwards.
///
/// # Errors
///
/// [`FileError::NotDownloaded`] when the page has nowhere to click.
pub fn download(name: &str, mime: &str, bytes: &[u8]) -> Result<(), FileError> {
    download_blob(name, Blob::new_with_options(bytes, Some(mime)))
}

/// Hands what the browser holds to the person as a file; the address behind it is revoked afterwards.
///
/// # Errors
///
/// [`FileError::NotDownloaded`] when the page has nowhere to click.
pub fn download_blob(name: &str, blob: Blob) -> Result<(), FileError> {
    let failed = || FileError::NotDownloaded { name: name.to_owned() };
    let url = ObjectUrl::from(blob);
    let link = document().create_element("a").ok().and_then(|element| element.dyn_into::<HtmlAnchorElement>().ok());
    let link = link.ok_or_else(failed)?;
    link.set_href(&url);
    link.set_download(name);
    link.click();
    // Dropping the address revokes it.
    set_timeout(move || drop(url), REVOKE_AFTER);
    Ok(())
}
