//! The field for a currency: the usual ones are offered by name, any other code can be typed.

use js_sys::{Array, Function, Object, Reflect};
use leptos::prelude::*;
use wasm_bindgen::{JsCast, JsValue};

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{components::dom_id, settings::Settings},
};

/// The currencies offered.
const USUAL: [&str; 24] = [
    "CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "KRW", "INR", "AUD", "CAD", "CHF", "SEK", "NOK", "DKK",
    "PLN", "BRL", "MXN", "THB", "VND", "MYR", "IDR", "AED",
];

/// How long a code is.
const CODE: usize = 3;

/// A field for an ISO 4217 code with a list of the usual ones.
#[component]
pub(crate) fn CurrencyField(
    /// The code it shows.
    #[prop(into)]
    value: Signal<String>,
    /// What is wrong with it.
    #[prop(into)]
    error: Signal<Option<String>>,
    /// Takes the code on leaving the field.
    #[prop(into)]
    on_change: Callback<String>,
    /// Takes the code as soon as it is whole.
    #[prop(optional, into)]
    on_input: Option<Callback<String>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let settings: Settings = expect_context();
    let (id, list, note) = (dom_id::fresh(), dom_id::fresh(), dom_id::fresh());
    let options = move || {
        let name = names(settings.language.get().tag());
        USUAL.map(|code| view! { <option value=code>{name(code)}</option> }).collect_view()
    };
    let hint = move || {
        let code = value.get().to_ascii_uppercase();
        let name = names(settings.language.get().tag())(&code);
        if name == code { t_string!(i18n, settings.currency_hint).to_owned() } else { name }
    };
    view! {
        <div class="field">
            <label class="field__label" for=id.clone()>{t!(i18n, settings.currency)}</label>
            <input
                id=id
                class="field__control"
                list=list.clone()
                maxlength=CODE.to_string()
                autocomplete="off"
                autocapitalize="characters"
                aria-invalid=move || error.get().map(|_| "true")
                aria-describedby=note.clone()
                prop:value=value
                on:change=move |event| on_change.run(event_target_value(&event))
                on:input=move |event| {
                    let code = event_target_value(&event);
                    if let Some(on_input) = on_input.filter(|_| code.len() >= CODE) {
                        on_input.run(code);
                    }
                }
            />
            <datalist id=list>{options}</datalist>
            <div id=note class="field__note" class:field__note--error=move || error.get().is_some()>
                {move || error.get().unwrap_or_else(hint)}
            </div>
        </div>
    }
    .into_any()
}

/// Names currencies in a language; a code that the browser does not know is its own name.
fn names(language: &str) -> impl Fn(&str) -> String {
    let of = display_names(language);
    move |code| {
        let name = of.as_ref().and_then(|(names, of)| of.call1(names, &code.into()).ok());
        name.and_then(|name| name.as_string()).unwrap_or_else(|| code.to_owned())
    }
}

/// `Intl.DisplayNames` for currencies and its method `of`.
fn display_names(language: &str) -> Option<(JsValue, Function)> {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
    let class = Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into::<Function>().ok()?;
    let options = Object::new();
    Reflect::set(&options, &"type".into(), &"currency".into()).ok()?;
    let names = Reflect::construct(&class, &Array::of2(&language.into(), &options)).ok()?;
    let of = Reflect::get(&names, &"of".into()).ok()?.dyn_into::<Function>().ok()?;
    Some((names, of))
}
