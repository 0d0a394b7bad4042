//! The list as text for spreadsheets.

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
    let headings = fields.iter().map(|field| neutral(field.heading(i18n))).collect();
    let deals = ids.iter().filter_map(|id| workspace.deals.get(*id));
    let cells = |deal: &Deal| {
        fields.iter().map(|field| field.value(deal, workspace, today, i18n).plain(workspace)).collect::<Vec<_>>()
    };
    encode(form, std::iter::once(headings).chain(deals.map(|deal| cells(deal))))
}
