//! The amount to reach, which lives in the address.

use leptos::prelude::*;

use crate::{
    i18n::{t_string, use_i18n},
    store::use_store,
    ui::{
        components::field::{Field, FieldKind},
        route::{Navigation, use_navigation},
        typed,
    },
};

/// What the address says of it, as it was typed; empty when nothing.
pub fn goal(navigation: Navigation) -> String {
    navigation.query.with(|query| query.get("goal").map(str::to_owned)).unwrap_or_default()
}

/// The field that writes it; what is no amount is said beside it and changes nothing.
#[component]
pub fn GoalField() -> impl IntoView {
    let (i18n, store, navigation) = (use_i18n(), use_store(), use_navigation());
    let refusal = RwSignal::new(None::<String>);
    let on_change = move |text: String| {
        let digits = store.peek(|workspace| workspace.profile.currency.digits());
        match typed::amount(&text, digits) {
            Ok(amount) => {
                refusal.set(None);
                navigation.set_query("goal", amount.map(|_| text.trim()));
            }
            Err(_) => refusal.set(Some(t_string!(i18n, deals.not_an_amount).to_owned())),
        }
    };
    view! {
        <Field
            label=Signal::derive(move || t_string!(i18n, funnel.target_amount).to_owned())
            kind=FieldKind::Money
            value=Signal::derive(move || goal(navigation))
            on_change
            error=refusal
        />
    }
}
