//! One value in a field of the user's own for many rows.

use leptos::prelude::*;

use super::bulk::{Actions, Asker, Question};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{CustomField, CustomFieldOf},
    store::use_store,
    ui::{
        components::field::SelectField,
        parts::{
            custom_value::{self, CustomControl},
            editor::Refusal,
        },
    },
};

/// Asks for a field and its value.
#[component]
pub fn OwnField<Q: Question, W: 'static>(
    /// Asks the question.
    asker: Asker<Q, W>,
    /// What the rows are.
    of: CustomFieldOf,
    /// The wish that a row has this value under this name, or none.
    wish: fn(String, Option<String>) -> W,
) -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let fields: Vec<CustomField> = store.peek(|workspace| workspace.profile.fields_of(of).cloned().collect());
    if fields.is_empty() {
        return view! { <p>{t!(i18n, custom.none)}" "<a href="#/settings">{t!(i18n, nav.settings)}</a></p> }.into_any();
    }
    let first = fields.first().map(|field| field.name.clone()).unwrap_or_default();
    let (name, typed, refusal) = (RwSignal::new(first), RwSignal::new(String::new()), RwSignal::new(Refusal::None));
    let options = Signal::stored(fields.iter().map(|f| (f.name.clone(), f.name.clone())).collect::<Vec<_>>());
    let fields = StoredValue::new(fields);
    let field = Memo::new(move |_| {
        let chosen = name.get();
        fields.with_value(|fields| fields.iter().find(|field| field.name == chosen).cloned())
    });
    let control = move || {
        let kind = field.get()?.kind;
        let checked = kind.clone();
        let take = move |text: String| {
            refusal.set(custom_value::read(i18n, &checked, &text).err());
            typed.set(text);
        };
        let words = t_string!(i18n, list.value);
        Some(
            view! { <CustomControl name=words.to_owned() kind text=typed on_change=take.clone() on_input=take error=refusal/> },
        )
    };
    let go = move |()| {
        let Some(field) = field.get_untracked() else { return };
        refusal.set(match custom_value::read(i18n, &field.kind, &typed.get_untracked()) {
            Ok(value) => asker.wish(wish(field.name, value)),
            Err(words) => Some(words),
        });
    };
    let choose = move |text: String| {
        name.set(text);
        typed.set(String::new());
        refusal.set(None);
    };
    view! {
        <SelectField label=Signal::derive(move || t_string!(i18n, list.field).to_owned()) options value=name on_change=choose/>
        {control}
        <p class="muted small">{t!(i18n, list.clear_value)}</p>
        <Actions asker on_go=go/>
    }
    .into_any()
}
