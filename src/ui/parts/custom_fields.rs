//! The fields of the user's own of one record, edited in place.

use std::collections::BTreeMap;

use leptos::prelude::*;

use super::{
    custom_value::CustomValue,
    editor::Refusal,
    field_dialog::{FieldDialog, FieldDraft},
    names::use_names,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::custom,
    model::{CustomField, CustomFieldOf, CustomKind},
    store::use_store,
    ui::components::button::{Button, Variant},
};

/// Every field of a deal or of a customer with its value, then what stands under names without a field, then a button that makes
/// one more field for all such records.
///
/// For a customer, with `put` from this module:
///
/// ```ignore
/// <CustomFields
///     of=CustomFieldOf::Customer
///     values=Signal::derive(move || customer.with(|c| c.as_ref().map(|c| c.custom.clone()).unwrap_or_default()))
///     save=move |(name, value)| edit(|customer| put(&mut customer.custom, name, value))
/// />
/// ```
///
/// It stands in a grid of fields, such as `<div class="pair">`.
#[component]
pub fn CustomFields(
    /// Whose fields.
    of: CustomFieldOf,
    /// The values of the record.
    #[prop(into)]
    values: Signal<BTreeMap<String, String>>,
    /// Keeps a value under a name, or takes it away with `None`.
    #[prop(into)]
    save: Callback<(String, Option<String>), Refusal>,
) -> impl IntoView {
    let (i18n, names) = (use_i18n(), use_names());
    let asked = RwSignal::new(None::<FieldDraft>);
    let fields =
        Memo::new(move |_| names.with(|names| names.profile.fields_of(of).cloned().collect::<Vec<CustomField>>()));
    let loose = Memo::new(move |_| {
        values.with(|values| {
            let known = |name: &String| fields.with(|fields| fields.iter().any(|field| field.name == *name));
            values.keys().filter(|name| !known(name)).cloned().collect::<Vec<_>>()
        })
    });
    let value_of = move |name: String| Signal::derive(move || values.with(|values| values.get(&name).cloned()));
    let row = move |field: CustomField| {
        let (value, name) = (value_of(field.name.clone()), field.name.clone());
        view! { <CustomValue field value save=move |value| save.run((name.clone(), value))/> }
    };
    let rows = move || fields.get().into_iter().map(row).collect_view();
    let loose_row = move |name: String| view! { <Loose of name=name.clone() value=value_of(name) save asked/> };
    let begin = move |_| asked.set(Some(FieldDraft::new(of, String::new(), CustomKind::Text {})));
    view! {
        {rows}
        <For each=move || loose.get() key=Clone::clone children=loose_row/>
        <div class="custom-fields__add">
            <Button variant=Variant::Quiet icon=icondata_lu::LuPlus on_click=begin>{t!(i18n, custom.add_field)}</Button>
            <FieldDialog asked/>
        </div>
    }
    .into_any()
}

/// A value under a name that no field has: it can be rewritten, taken away, or made a field of.
#[component]
fn Loose(
    of: CustomFieldOf,
    name: String,
    value: Signal<Option<String>>,
    save: Callback<(String, Option<String>), Refusal>,
    asked: RwSignal<Option<FieldDraft>>,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let refusal = RwSignal::new(Refusal::None);
    let field = CustomField { name: name.clone(), of, kind: CustomKind::Text {} };
    let (kept, gone, made, named) = (name.clone(), name.clone(), name.clone(), name);
    let define = move |_| {
        let values =
            |workspace: &_| CustomKind::guess(custom::values(workspace, of, &made).collect::<Vec<_>>().into_iter());
        asked.set(Some(FieldDraft::new(of, made.clone(), store.peek(values))));
    };
    view! {
        <div>
            <CustomValue field value save=move |value| save.run((kept.clone(), value))/>
            <div class="row small">
                <span class="muted">{t!(i18n, custom.loose)}</span>
                <button type="button" class="link" on:click=define>{t!(i18n, custom.make_field)}</button>
                <button
                    type="button"
                    class="link"
                    aria-label=move || t_string!(i18n, common.remove, name = named.clone()).to_string()
                    on:click=move |_| refusal.set(save.run((gone.clone(), None)))
                >
                    {t!(i18n, custom.remove)}
                </button>
            </div>
            <span class="field__note field__note--error">{refusal}</span>
        </div>
    }
    .into_any()
}

/// Puts a value under a name, or takes it away.
pub fn put(custom: &mut BTreeMap<String, String>, name: String, value: Option<String>) {
    match value {
        Some(value) => {
            custom.insert(name, value);
        }
        None => {
            custom.remove(&name);
        }
    }
}
