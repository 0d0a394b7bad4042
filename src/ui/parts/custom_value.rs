//! The value of one field of the user's own, ready to edit.

use leptos::prelude::*;

use super::editor::Refusal;
use crate::{
    i18n::{t_string, use_i18n},
    model::{CustomField, CustomKind},
    ui::{
        components::field::{Field, FieldKind, SelectField},
        format::{Format, UNKNOWN, use_format},
        wording::{self, I18n},
    },
};

/// A value as it is shown: numbers and dates in the user's language, what does not fit as it stands.
pub fn shown(format: Format, kind: &CustomKind, value: &str) -> String {
    match kind {
        _ if !kind.accepts(value) => value.to_owned(),
        CustomKind::Number {} => format.decimal(value),
        CustomKind::Date {} => format.date(value.parse::<crate::model::Date>().ok()),
        CustomKind::Text {} | CustomKind::Choice { .. } => value.to_owned(),
    }
}

/// What was typed as a value to keep; nothing is no value.
///
/// # Errors
/// The words for what does not fit.
pub fn read(i18n: I18n, kind: &CustomKind, typed: &str) -> Result<Option<String>, String> {
    if typed.trim().is_empty() {
        return Ok(None);
    }
    kind.read(typed).map(Some).ok_or_else(|| wording::custom::misfit(i18n, kind).to_owned())
}

/// One value: the control follows the kind, what does not fit is said while it is typed and not kept. A value that is there and does
/// not fit is shown with a warning.
#[component]
pub fn CustomValue(
    /// The field.
    field: CustomField,
    /// The value that is kept.
    #[prop(into)]
    value: Signal<Option<String>>,
    /// Keeps another value; `None` takes it away.
    #[prop(into)]
    save: Callback<Option<String>, Refusal>,
) -> impl IntoView {
    let (i18n, format) = (use_i18n(), use_format());
    let CustomField { name, kind, .. } = field;
    let kind = StoredValue::new(kind);
    let refusal = RwSignal::new(Refusal::None);
    let error = Signal::derive(move || {
        refusal.get().or_else(|| {
            let value = value.get().filter(|value| !kind.with_value(|kind| kind.accepts(value)))?;
            let what = kind.with_value(|kind| wording::custom::misfit(i18n, kind));
            Some(t_string!(i18n, custom.misfit, value = value, what = what).to_string())
        })
    });
    let on_change = move |typed: String| {
        let read = kind.with_value(|kind| read(i18n, kind, &typed));
        refusal.set(match read {
            Ok(read) if read == value.get_untracked() => None,
            Ok(read) => save.run(read),
            Err(words) => Some(words),
        });
    };
    let on_input = move |typed: String| refusal.set(kind.with_value(|kind| read(i18n, kind, &typed)).err());
    let text = Signal::derive(move || {
        let value = value.get().unwrap_or_default();
        // A date field takes the one form that is kept; the warning tells what else stands there.
        match kind.get_value() {
            CustomKind::Number {} => kind.with_value(|kind| shown(format, kind, &value)),
            _ => value,
        }
    });
    view! { <CustomControl name kind=kind.get_value() text on_change on_input error/> }
}

/// The control for values of a kind; what becomes of them is up to the one who shows it.
#[component]
pub fn CustomControl(
    /// The field's name.
    name: String,
    /// What it holds.
    kind: CustomKind,
    /// The text it shows.
    #[prop(into)]
    text: Signal<String>,
    /// Takes the text on leaving the control.
    #[prop(into)]
    on_change: Callback<String>,
    /// Takes the text at every key.
    #[prop(into)]
    on_input: Callback<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: MaybeProp<String>,
) -> impl IntoView {
    let kind = match kind {
        CustomKind::Choice { options } => {
            let options = Signal::derive(move || offered(&options, &text.get()));
            return view! { <SelectField label=name options value=text on_change error/> }.into_any();
        }
        CustomKind::Number {} => FieldKind::Number,
        CustomKind::Date {} => FieldKind::Date,
        CustomKind::Text {} => FieldKind::Text,
    };
    view! { <Field label=name kind value=text on_change on_input error/> }.into_any()
}

/// Nothing, the texts of a choice, and the one chosen now when it is not among them.
pub fn offered(options: &[String], chosen: &str) -> Vec<(String, String)> {
    let text = |text: &String| (text.clone(), text.clone());
    let present = Some(chosen.to_owned()).filter(|chosen| !chosen.is_empty() && !options.contains(chosen));
    let nothing = std::iter::once((String::new(), UNKNOWN.to_owned()));
    nothing.chain(options.iter().chain(present.iter()).map(text)).collect()
}
