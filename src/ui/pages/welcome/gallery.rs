//! The gallery of funnel models to begin from.

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
        settings::Settings,
        starting::{self, StartError},
        wording,
    },
};

/// Every model that ships, as a small picture with its stages and its story.
#[component]
pub(super) fn Gallery(
    /// Takes what came of beginning.
    #[prop(into)]
    on_done: Callback<Result<(), StartError>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let settings: Settings = expect_context();
    let chosen = RwSignal::new(None::<ModelTemplate>);
    let card = move |template: ModelTemplate| {
        let stages: Vec<_> = template.stages.iter().map(|stage| stage.name).collect();
        let picture = picture(&template);
        let (name, story) = (template.name, template.story);
        view! {
            <li>
                <button type="button" class="card welcome__model" on:click=move |_| chosen.set(Some(template.clone()))>
                    {picture}
                    <span class="welcome__model-words">
                        <b>{name}</b>
                        <span class="small">{stages.join(" → ")}</span>
                        <span class="small muted">{story}</span>
                    </span>
                </button>
            </li>
        }
    };
    let cards = move || starting::templates(settings.language.get()).into_iter().map(card).collect_view();
    view! {
        <section class="welcome__gallery" data-testid="gallery">
            <h2>{t!(i18n, welcome.models)}</h2>
            <ul>{cards}</ul>
            <Begin chosen on_done/>
        </section>
    }
    .into_any()
}

/// The stages from top to bottom, as wide as what reaches them of what enters at the top.
///
/// The promotion rates of most models would draw a needle, so widths are square roots: the area of a round funnel.
fn picture(template: &ModelTemplate) -> impl IntoView + use<> {
    const WIDTH: f64 = 56.0;
    const HEIGHT: f64 = 64.0;
    #[expect(clippy::cast_precision_loss, reason = "stages are few")]
    let (count, last) = (template.stages.len() as f64, (template.stages.len().saturating_sub(1).max(1)) as f64);
    let step = HEIGHT / count;
    let mut share = 1.0_f64;
    let mut place = 0.0_f64;
    let mut bands = Vec::new();
    for stage in &template.stages {
        let top = share.sqrt() * WIDTH;
        share *= stage.promotion_rate.as_f64();
        let bottom = share.sqrt() * WIDTH;
        let (from, to) = (place * step, (place + 1.0) * step - 1.5);
        let (left, low_left) = ((WIDTH - top) / 2.0, (WIDTH - bottom) / 2.0);
        let (right, low_right) = (WIDTH - left, WIDTH - low_left);
        let path = format!("M{left:.1} {from:.1}H{right:.1}L{low_right:.1} {to:.1}H{low_left:.1}Z");
        bands.push(view! { <path d=path style:--stage-position=(place / last).to_string()></path> });
        place += 1.0;
    }
    view! { <svg class="welcome__picture" viewBox="0 0 56 64" aria-hidden="true">{bands}</svg> }
}

/// Asks for the name and the currency, then begins.
#[component]
fn Begin(chosen: RwSignal<Option<ModelTemplate>>, on_done: Callback<Result<(), StartError>>) -> impl IntoView {
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
            <crate::ui::pages::settings::CurrencyField
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
