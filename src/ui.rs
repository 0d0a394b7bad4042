//! The interface.

pub mod charts;
pub mod clock;
pub mod components;
pub mod file;
pub mod format;
pub mod route;
pub mod settings;
pub mod shell;

use leptos::prelude::*;

use crate::i18n::{I18nContextProvider, Locale, use_i18n};
use clock::Clock;
use components::toast::{ToastRegion, Toasts};
use format::Format;
use route::Navigation;
use settings::{Language, Settings};
use shell::Shell;

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <I18nContextProvider set_lang_attr_on_html=false>
            <Frame/>
        </I18nContextProvider>
    }
}

/// Provides what every page finds in context, and the frame around the pages.
#[component]
fn Frame() -> impl IntoView {
    let settings = Settings::provide();
    let navigation = Navigation::provide();
    Format::provide(settings);
    Clock::provide(settings, navigation);
    Toasts::provide();
    let i18n = use_i18n();
    Effect::new(move || {
        i18n.set_locale(match settings.language.get() {
            Language::Zh => Locale::zh,
            Language::En => Locale::en,
        });
    });
    view! {
        <Shell>""</Shell>
        <ToastRegion/>
    }
    .into_any()
}
