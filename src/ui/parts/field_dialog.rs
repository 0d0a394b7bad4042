//! The dialog that makes or changes a field of the user's own.

use leptos::prelude::*;

use super::first_focus::FirstFocus;
use crate::{
    i18n::{t, t_string, use_i18n},
    metrics::{
        FieldUse,
        custom::{under_both, values},
    },
    model::{Command, CustomField, CustomFieldOf, CustomKind, Workspace},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::{Field, FieldKind, SelectField},
        },
        format::use_format,
        wording,
    },
};

/// A field to be made or changed.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldDraft {
    /// The name of the field that is changed; `None` for a new one.
    was: Option<String>,
    field: CustomField,
}

impl FieldDraft {
    /// A new field.
    pub fn new(of: CustomFieldOf, name: String, kind: CustomKind) -> Self {
        Self { was: None, field: CustomField { name, of, kind } }
    }

    /// A change of a field.
    pub fn of(field: CustomField) -> Self {
        Self { was: Some(field.name.clone()), field }
    }
}

/// Asks for name and kind of a field, says beforehand what becomes of its values, and keeps it.
#[component]
pub fn FieldDialog(
    /// The field that is asked about; open while there is one.
    asked: RwSignal<Option<FieldDraft>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let title = Signal::derive(move || {
        let words = asked.with(|asked| {
            asked.as_ref().map(|draft| match (&draft.was, draft.field.of) {
                (Some(_), _) => t_string!(i18n, custom.change_field),
                (None, CustomFieldOf::Customer) => t_string!(i18n, custom.new_customer_field),
                (None, CustomFieldOf::Deal) => t_string!(i18n, custom.new_deal_field),
            })
        });
        words.unwrap_or_default().to_owned()
    });
    let form = move || asked.get().map(|draft| view! { <FirstFocus><Form draft asked/></FirstFocus> });
    view! {
        <Dialog open=Signal::derive(move || asked.with(Option::is_some)) title on_close=move |()| asked.set(None)>
            {form}
        </Dialog>
    }
}

#[component]
fn Form(draft: FieldDraft, asked: RwSignal<Option<FieldDraft>>) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let FieldDraft { was, field: CustomField { name, of, kind } } = draft;
    let offered = if let CustomKind::Choice { options } = &kind { options.join("\n") } else { String::new() };
    let (name, lines) = (RwSignal::new(name), RwSignal::new(offered));
    let chosen = RwSignal::new(code(&kind));
    let was = StoredValue::new(was);
    let refusal = RwSignal::new(None::<String>);
    let field = move || {
        let options = || {
            lines
                .with(|lines| lines.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect())
        };
        let kind = kind_of(chosen.get(), options);
        CustomField { name: name.with(|name| name.trim().to_owned()), of, kind }
    };
    let on_kind = move |text: String| {
        let kind = KINDS.into_iter().find(|known| *known == text).unwrap_or_default();
        if kind == CHOICE && lines.with_untracked(|lines| lines.trim().is_empty()) {
            let present = was.get_value().unwrap_or_else(|| name.get_untracked().trim().to_owned());
            lines.set(store.peek(|workspace| present_values(workspace, of, &present)));
        }
        chosen.set(kind);
    };
    let effects = Memo::new(move |_| {
        let field = field();
        was.with_value(|was| store.with(|workspace| Effects::of(workspace, was.as_deref(), &field)))
    });
    let save = move |_| {
        let field = untrack(field);
        match store.dispatch(Command::PutCustomField { was: was.get_value(), field }) {
            Ok(_) => asked.set(None),
            Err(rejection) => {
                refusal.set(Some(store.peek(|w| wording::rejection(i18n, format, w, &rejection))));
            }
        }
    };
    let kinds = Signal::derive(move || {
        let words =
            |code: &'static str| (code.to_owned(), wording::custom::kind(i18n, &kind_of(code, Vec::new)).to_owned());
        KINDS.into_iter().map(words).collect::<Vec<_>>()
    });
    let warnings = move || {
        let Effects { used, lost } = effects.get();
        let misfits = (used.misfits != 0).then(|| {
            let (misfits, values) = (format.count(used.misfits), format.count(used.values));
            t_string!(i18n, custom.will_not_fit, misfits = misfits, values = values).to_string()
        });
        let lost = (lost != 0).then(|| t_string!(i18n, custom.will_be_lost, count = lost).to_string());
        misfits.into_iter().chain(lost).map(|words| view! { <li>{words}</li> }).collect_view()
    };
    view! {
        <div class="form" data-testid="field-form">
            <Field
                label=Signal::derive(move || t_string!(i18n, custom.name).to_owned())
                value=name
                required=true
                on_change=move |text: String| name.set(text)
                on_input=move |text: String| name.set(text)
                error=refusal
            />
            <SelectField
                label=Signal::derive(move || t_string!(i18n, custom.what_it_holds).to_owned())
                options=kinds
                value=Signal::derive(move || chosen.get().to_owned())
                on_change=on_kind
            />
            <Show when=move || chosen.get() == CHOICE>
                <Field
                    label=Signal::derive(move || t_string!(i18n, custom.options).to_owned())
                    kind=FieldKind::Long
                    value=lines
                    hint=Signal::derive(move || t_string!(i18n, custom.options_hint).to_owned())
                    on_change=move |text: String| lines.set(text)
                    on_input=move |text: String| lines.set(text)
                />
            </Show>
            <div role="status"><ul class="custom-fields__effects">{warnings}</ul></div>
        </div>
        <div class="dialog__actions">
            <Button on_click=move |_| asked.set(None)>{t!(i18n, common.cancel)}</Button>
            <Button variant=Variant::Primary on_click=save>{t!(i18n, custom.save)}</Button>
        </div>
    }
    .into_any()
}

/// What becomes of the values that are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Effects {
    used: FieldUse,
    /// Values that go because their record has another one under the new name.
    lost: usize,
}

impl Effects {
    fn of(workspace: &Workspace, was: Option<&str>, field: &CustomField) -> Self {
        let CustomField { name, of, kind } = field;
        let mut used = FieldUse::of(workspace, *of, name, kind);
        let mut lost = 0;
        if let Some(was) = was.filter(|was| was != name) {
            let own = FieldUse::of(workspace, *of, was, kind);
            used = FieldUse { values: used.values + own.values, misfits: used.misfits + own.misfits };
            lost = under_both(workspace, *of, was, name);
        }
        Self { used, lost }
    }
}

const CHOICE: &str = "choice";
/// The kinds in the order in which they are offered; the first one is the plainest.
const KINDS: [&str; 4] = ["text", "number", "date", CHOICE];

const fn code(kind: &CustomKind) -> &'static str {
    match kind {
        CustomKind::Text {} => "text",
        CustomKind::Number {} => "number",
        CustomKind::Date {} => "date",
        CustomKind::Choice { .. } => CHOICE,
    }
}

fn kind_of(code: &str, options: impl FnOnce() -> Vec<String>) -> CustomKind {
    match code {
        "number" => CustomKind::Number {},
        "date" => CustomKind::Date {},
        CHOICE => CustomKind::Choice { options: options() },
        _ => CustomKind::Text {},
    }
}

/// The different values under a name, one a line.
fn present_values(workspace: &Workspace, of: CustomFieldOf, name: &str) -> String {
    /// More are no choice that a person would want to read.
    const MOST: usize = 50;
    let different: std::collections::BTreeSet<_> = values(workspace, of, name).collect();
    different.into_iter().take(MOST).collect::<Vec<_>>().join("\n")
}
