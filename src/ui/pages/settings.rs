//! What can be set: for this browser, and for the open workspace.

mod currency;
mod custom_fields;
mod lists;
mod problems;
mod products;
mod rows;
mod team;
mod workspace;

use leptos::prelude::*;

pub(crate) use currency::CurrencyField;
use custom_fields::CustomFields;
use lists::{LostReasons, Sources};
use problems::Problems;
use products::Products;
use team::{Departments, People};
use workspace::WorkspaceSettings;

use crate::{
    i18n::{t, t_string, use_i18n},
    store::use_store,
    ui::{
        clock::use_clock,
        components::{
            field::{Checkbox, Field, FieldKind},
            segmented::Segmented,
        },
        format::use_format,
        parts::me::Me,
        settings::{Language, Settings, Theme},
        wording::I18n,
    },
};

/// The languages, each named in itself, so that everybody finds theirs.
pub(crate) fn languages(i18n: I18n) -> Vec<(Language, Signal<String>)> {
    let name = move |language| match language {
        Language::Zh => t_string!(i18n, settings.chinese),
        Language::En => t_string!(i18n, settings.english),
    };
    Language::ALL.map(|language| (language, Signal::derive(move || name(language).to_owned()))).to_vec()
}

/// The settings of the browser and of the open workspace.
#[component]
pub fn SettingsPage() -> impl IntoView {
    let (i18n, store) = (use_i18n(), use_store());
    let opened = store.library().opened();
    view! {
        <div class="settings">
            <h1>{t!(i18n, nav.settings)}</h1>
            <BrowserSettings/>
            <div class="settings__part">
                <h2>{t!(i18n, settings.workspace)}</h2>
                <p class="muted">{t!(i18n, settings.workspace_what)}</p>
            </div>
            {move || if opened.get().is_some() {
                view! {
                    <WorkspaceSettings/>
                    <div class="settings__pair"><Sources/><LostReasons/></div>
                    <Departments/>
                    <People/>
                    <Products/>
                    <CustomFields/>
                    <Problems/>
                }.into_any()
            } else {
                view! {
                    <p class="card">{t!(i18n, settings.no_workspace)}" "<a href="#/">{t!(i18n, deals.begin)}</a></p>
                }.into_any()
            }}
        </div>
    }
    .into_any()
}

/// Language, theme and the day that stands for today.
#[component]
fn BrowserSettings() -> impl IntoView {
    let (i18n, clock, format) = (use_i18n(), use_clock(), use_format());
    let settings: Settings = expect_context();
    let opened = use_store().library().opened();
    let themes = Theme::ALL
        .map(|theme| {
            let name = move || match theme {
                Theme::Auto => t_string!(i18n, settings.theme_auto),
                Theme::Light => t_string!(i18n, settings.theme_light),
                Theme::Dark => t_string!(i18n, settings.theme_dark),
            };
            (theme, Signal::derive(move || name().to_owned()))
        })
        .to_vec();
    let today = Signal::derive(move || settings.today.get().map(|day| day.to_string()).unwrap_or_default());
    let today_hint = Signal::derive(move || {
        let day = format.date(clock.today.get());
        if clock.fixed.get() {
            t_string!(i18n, settings.today_fixed, day = day).to_string()
        } else {
            t_string!(i18n, settings.today_calendar, day = day).to_string()
        }
    });
    view! {
        <div class="settings__part">
            <h2>{t!(i18n, settings.browser)}</h2>
            <p class="muted">{t!(i18n, settings.browser_what)}</p>
        </div>
        <section class="card settings__fields" aria-label=move || t_string!(i18n, settings.browser)>
            <div class="field">
                <span class="field__label">{t!(i18n, settings.language)}</span>
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, settings.language).to_owned())
                    options=languages(i18n)
                    value=settings.language
                    on_change=move |language| settings.language.set(language)
                />
            </div>
            <div class="field">
                <span class="field__label">{t!(i18n, settings.theme)}</span>
                <Segmented
                    label=Signal::derive(move || t_string!(i18n, settings.theme).to_owned())
                    options=themes
                    value=settings.theme
                    on_change=move |theme| settings.theme.set(theme)
                />
            </div>
            <Field
                label=Signal::derive(move || t_string!(i18n, settings.today).to_owned())
                kind=FieldKind::Date
                value=today
                hint=today_hint
                on_change=move |text: String| settings.today.set(text.parse().ok())
            />
            <Show when=move || opened.get().is_some()><Me/></Show>
            <Checkbox
                label=Signal::derive(move || t_string!(i18n, keys.single).to_owned())
                value=settings.single_keys
                on_change=move |on: bool| settings.single_keys.set(on)
            />
        </section>
    }
    .into_any()
}
