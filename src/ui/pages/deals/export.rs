//! The list as text for spreadsheets.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::{column::Field, value::neutral};
use crate::{
    model::{Date, DealId, Workspace},
    ui::wording::I18n,
};

/// How cells are parted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// A file: commas, and a mark at the start by which spreadsheets know the encoding.
    Csv,
    /// The clipboard: tabs.
    Tsv,
}

/// The deals as a table with headings; `None` when it cannot be written, which a table in memory always can.
pub(super) fn table(
    form: Form,
    ids: &[DealId],
    fields: &[Field],
    workspace: &Workspace,
    today: Date,
    i18n: I18n,
) -> Option<Vec<u8>> {
    let (delimiter, mark): (_, &[u8]) = match form {
        Form::Csv => (b',', "\u{feff}".as_bytes()),
        Form::Tsv => (b'\t', b""),
    };
    let mut writer = csv::WriterBuilder::new().delimiter(delimiter).from_writer(mark.to_vec());
    writer.write_record(fields.iter().map(|field| neutral(field.heading(i18n)))).ok()?;
    for deal in ids.iter().filter_map(|id| workspace.deals.get(*id)) {
        let cells = fields.iter().map(|field| field.value(deal, workspace, today, i18n).plain(workspace));
        writer.write_record(cells).ok()?;
    }
    writer.into_inner().ok()
}

/// Puts a text on the clipboard; tells whether the browser took it. Pages that are not served safely have no clipboard.
pub(super) async fn copy(text: String) -> bool {
    let written = || {
        let clipboard = Reflect::get(&window().navigator(), &"clipboard".into()).ok()?;
        let write = Reflect::get(&clipboard, &"writeText".into()).ok()?.dyn_into::<Function>().ok()?;
        write.call1(&clipboard, &JsValue::from(text)).ok()?.dyn_into::<Promise>().ok()
    };
    match written() {
        Some(written) => JsFuture::from(written).await.is_ok(),
        None => false,
    }
}
