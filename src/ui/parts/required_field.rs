//! A field that a stage requires, ready to fill in.

use leptos::prelude::*;

use super::{custom_fields::put, custom_value::CustomValue, deal_field::DealField, editor::Editor};
use crate::{
    model::{CustomField, CustomFieldOf, RequiredField},
    ui::wording,
};

/// A field of the deal, its customer or its contact; one of the user's own that is gone shows nothing.
#[component]
pub fn RequiredControl(
    /// Edits the deal.
    editor: Editor,
    /// Which field.
    field: RequiredField,
) -> impl IntoView {
    let label = wording::required_field(editor.i18n, &field);
    let (of, name) = match field {
        RequiredField::Known(field) => return view! { <DealField editor field/> }.into_any(),
        RequiredField::Own { of, name } => (of, name),
    };
    let known = editor.names.with_untracked(|names| names.profile.custom_field(of, &name).cloned());
    let Some(CustomField { kind, .. }) = known else { return ().into_any() };
    let name = StoredValue::new(name);
    let value = Signal::derive(move || {
        name.with_value(|name| match of {
            CustomFieldOf::Deal => editor.read(|deal| deal.details.custom.get(name).cloned()),
            CustomFieldOf::Customer => editor.customer()?.custom.get(name).cloned(),
        })
    });
    let save = move |value: Option<String>| match of {
        CustomFieldOf::Deal => editor.details(|details| put(&mut details.custom, name.get_value(), value)),
        CustomFieldOf::Customer => editor.edit_customer(|customer| put(&mut customer.custom, name.get_value(), value)),
    };
    view! { <CustomValue field=CustomField { name: label, of, kind } value save/> }.into_any()
}
