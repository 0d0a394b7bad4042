//! Files of the host that the page itself came from.

use js_sys::Uint8Array;
use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCredentials, RequestInit, RequestRedirect, Response, Url};

use crate::{model::address::is_beside, ui::file::LARGEST};

/// Why a file beside the page was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// The path leads elsewhere: to another host, or above the page. Nobody was asked.
    #[error("not beside the page")]
    Elsewhere,
    /// The host has no such file, or does not give it out.
    #[error("the host answered {0}")]
    Refused(u16),
    /// There was no answer: no connection, or a page opened from a folder.
    #[error("no answer")]
    Unreachable,
    /// More than [`LARGEST`] bytes.
    #[error("{0} bytes")]
    TooLarge(u64),
}

/// Reads a file beside the page or in a folder below it. It is asked for without cookies, and whoever sends the page elsewhere is
/// not followed.
///
/// # Errors
/// Why it was not read.
pub async fn beside(path: &str) -> Result<Vec<u8>, FetchError> {
    let address = address(path).ok_or(FetchError::Elsewhere)?;
    let how = RequestInit::new();
    how.set_redirect(RequestRedirect::Error);
    how.set_credentials(RequestCredentials::Omit);
    let answer = JsFuture::from(window().fetch_with_str_and_init(&address, &how)).await;
    let answer: Response = answer.ok().and_then(|answer| answer.dyn_into().ok()).ok_or(FetchError::Unreachable)?;
    if !answer.ok() {
        return Err(FetchError::Refused(answer.status()));
    }
    let said = answer.headers().get("Content-Length").ok().flatten().and_then(|length| length.parse().ok());
    if let Some(length) = said.filter(|length| *length > LARGEST) {
        return Err(FetchError::TooLarge(length));
    }
    let contents = answer.array_buffer().or(Err(FetchError::Unreachable))?;
    let contents = JsFuture::from(contents).await.or(Err(FetchError::Unreachable))?;
    let contents = Uint8Array::new(&contents);
    let length = u64::from(contents.length());
    if length > LARGEST { Err(FetchError::TooLarge(length)) } else { Ok(contents.to_vec()) }
}

/// The whole address of a path, when it lies beside the page: the text says so, and so does the browser's own reading of it.
fn address(path: &str) -> Option<String> {
    let path = is_beside(path).then_some(path)?;
    let page = window().location().href().ok()?;
    let folder = Url::new_with_base(".", &page).ok()?;
    let address = Url::new_with_base(path, &page).ok()?;
    let beside = address.origin() == folder.origin() && address.href().starts_with(&folder.href());
    beside.then(|| address.href())
}
