//! Begins a workspace with a model.

use leptos::prelude::*;

use crate::{
    codec::content::ModelTemplate,
    i18n::{t, t_string, use_i18n},
    model::{Currency, Rejection},
    store::use_store,
    ui::{
        components::{
            button::{Button, Variant},
            dialog::Dialog,
            field::Field,
        },
        format::use_format,
        pages::settings::CurrencyField,
        settings::Settings,
        starting::{self, StartError},
        wording,
    },
};

/// Asks for the name and the currency, then begins.
#[component]
pub(super) fn Begin(
    chosen: RwSignal<Option<ModelTemplate>>,
    on_done: Callback<Result<(), StartError>>,
) -> impl IntoView {
    let (i18n, store, format) = (use_i18n(), use_store(), use_format());
    let settings: Settings = expect_context();
    let name = RwSignal::new(String::new());
    let usual = Memo::new(move |_| starting::usual_profile(settings.language.get(), "").currency.code().to_owned());
    let written = RwSignal::new(None::<String>);
    let currency = Memo::new(move |_| written.get().unwrap_or_else(|| usual.get()));
    let name_error = RwSignal::new(None::<String>);
    let currency_error = RwSignal::new(None::<String>);
    let begin = move |_| {
        let (name, code) = (name.get_untracked(), currency.get_untracked());
        let parsed: Result<Currency, _> = code.trim().to_ascii_uppercase().parse();
        let blank = name.trim().is_empty();
        let rejection = Rejection::BlankName;
        name_error.set(blank.then(|| store.peek(|workspace| wording::rejection(i18n, format, workspace, &rejection))));
        currency_error.set(parsed.is_err().then(|| t_string!(i18n, settings.not_a_currency).to_owned()));
        let (false, Ok(currency), Some(template)) = (blank, parsed, chosen.get_untracked()) else { return };
        chosen.set(None);
        on_done.run(starting::begin(store, &template, name.trim(), currency, settings.language.get_untracked()));
    };
    view! {
        <Dialog
            open=Signal::derive(move || chosen.with(Option::is_some))
            title=Signal::derive(move || t_string!(i18n, welcome.begin).to_owned())
            on_close=move |()| chosen.set(None)
        >
            <p class="muted">{move || chosen.with(|chosen| chosen.as_ref().map(|template| template.name))}</p>
            <Field
                label=Signal::derive(move || t_string!(i18n, settings.name).to_owned())
                value=name
                required=true
                error=name_error
                hint=Signal::derive(move || t_string!(i18n, welcome.name_hint).to_owned())
                on_change=move |text| name.set(text)
                on_input=Callback::new(move |text| name.set(text))
            />
            <CurrencyField
                value=currency
                error=currency_error
                on_change=move |text| written.set(Some(text))
            />
            <div class="dialog__actions">
                <Button on_click=move |_| chosen.set(None)>{t!(i18n, common.cancel)}</Button>
                <Button variant=Variant::Primary on_click=begin>{t!(i18n, welcome.create)}</Button>
            </div>
        </Dialog>
    }
    .into_any()
}
