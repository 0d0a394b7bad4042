//! Name, currency, fiscal year of the open workspace, and what is long in a stage.

use leptos::prelude::*;

use super::{CurrencyField, rows::Desk};
use crate::{
    i18n::{t, t_string, use_i18n},
    model::{Command, Date, Profile, Rejection},
    store::use_store,
    ui::{
        components::field::{Field, SelectField},
        format::use_format,
        parts::clocks::StallingChoice,
        wording,
    },
};

/// Name, currency, fiscal year, and what is long in a stage.
#[component]
pub(super) fn WorkspaceSettings() -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let profile = Memo::new(move |_| store.with(|workspace| workspace.profile.clone()));
    let name_error = RwSignal::new(None::<String>);
    let currency_error = RwSignal::new(None::<String>);
    let month_error = RwSignal::new(None::<String>);
    let send = move |change: &dyn Fn(&mut Profile)| {
        let mut next = Profile::clone(&profile.get_untracked());
        change(&mut next);
        store
            .dispatch(Command::SetProfile(next))
            .err()
            .map(|rejection: Rejection| store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection)))
    };
    let on_name = move |text: String| name_error.set(send(&|profile| text.trim().clone_into(&mut profile.name)));
    let on_currency = move |text: String| match text.trim().to_ascii_uppercase().parse() {
        Ok(currency) => currency_error.set(send(&|profile| profile.currency = currency)),
        Err(_invalid) => currency_error.set(Some(t_string!(i18n, settings.not_a_currency).to_owned())),
    };
    let on_month = move |text: String| {
        // A text that is no month is refused like a month there is not.
        let month = text.parse().unwrap_or_default();
        month_error.set(send(&|profile| profile.fiscal_year_start = month));
    };
    let months = Signal::derive(move || {
        let name = |month: u32| format.short_month(Date::from_ymd_opt(2001, month, 1));
        (1..=12).map(|month| (month.to_string(), name(month))).collect::<Vec<_>>()
    });
    view! {
        <section class="card settings__fields" aria-label=move || t_string!(i18n, settings.workspace)>
            <Field
                label=Signal::derive(move || t_string!(i18n, settings.name).to_owned())
                value=Signal::derive(move || profile.with(|profile| profile.name.clone()))
                required=true
                error=name_error
                on_change=on_name
                on_input=move |text: String| store.rehearse(|| on_name(text))
            />
            <CurrencyField
                value=Signal::derive(move || profile.with(|profile| profile.currency.code().to_owned()))
                error=currency_error
                on_change=on_currency
                on_input=Callback::new(move |text: String| store.rehearse(|| on_currency(text)))
            />
            <SelectField
                label=Signal::derive(move || t_string!(i18n, settings.fiscal_year).to_owned())
                options=months
                value=Signal::derive(move || profile.with(|profile| profile.fiscal_year_start.to_string()))
                error=month_error
                on_change=on_month
            />
            <div class="field">
                <span class="field__label">{t!(i18n, clocks.basis.title)}</span>
                <StallingChoice/>
                <p class="field__note">{t!(i18n, clocks.basis.hint)}</p>
            </div>
        </section>
    }
    .into_any()
}

/// Changes the profile through a desk.
pub(super) fn revise(desk: Desk, change: impl FnOnce(&mut Profile)) -> bool {
    let mut profile = desk.store().peek(|workspace| Profile::clone(&workspace.profile));
    change(&mut profile);
    desk.send(Command::SetProfile(profile))
}
