//! The list as text for spreadsheets.

use js_sys::{Function, Promise, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use super::column::Field;
use crate::{
    codec::table::{Form, encode, neutral},
    model::{Date, Deal, DealId, Workspace},
    ui::wording::I18n,
};

/// The deals as a table with headings.
///
/// # Errors
/// See [`encode`].
pub(super) fn table(
    form: Form,
    ids: &[DealId],
    fields: &[Field],
    workspace: &Workspace,
    today: Date,
    i18n: I18n,
) -> Result<String, csv::Error> {
    let headings = fields.iter().map(|field| neutral(&field.heading(i18n))).collect();
    let deals = ids.iter().filter_map(|id| workspace.deals.get(*id));
    let cells = |deal: &Deal| {
        fields.iter().map(|field| field.value(deal, workspace, today, i18n).plain(workspace)).collect::<Vec<_>>()
    };
    encode(form, std::iter::once(headings).chain(deals.map(|deal| cells(deal))))
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
