//! The page's root: what every page stands on, and which page is shown.

use leptos::prelude::*;

use crate::{
    i18n::{I18nContextProvider, Locale, use_i18n},
    model::{Currency, Profile, Workspace},
    store::{Library, Source, Store},
    ui::{
        anywhere::Anywhere,
        chunk::{Place, coming, fetch_ahead},
        clock::{self, Clock},
        components::toast::{ToastRegion, Toasts},
        format::Format,
        frame,
        pages::page,
        parts::counted::LastFrame,
        route::Navigation,
        selection::Selection,
        settings::{Language, Settings},
        shell::Shell,
        starting::Incoming,
    },
};

/// The whole page.
#[component]
pub fn App() -> impl IntoView {
    view! {
        <I18nContextProvider set_lang_attr_on_html=false>
            <Root/>
        </I18nContextProvider>
    }
}

#[component]
fn Root() -> impl IntoView {
    let settings = Settings::provide();
    let navigation = Navigation::provide();
    let clock = Clock::provide(settings, navigation);
    Format::provide(settings);
    Toasts::provide();
    Selection::provide();
    Incoming::provide();
    Anywhere::provide();
    LastFrame::provide();
    follow_language(settings);
    let nothing = Profile::named("", Currency::USD);
    let source = Source { today: clock.today, now: clock::now, fresh: clock::fresh_ulid, me: settings.me.into() };
    let library = Library::of_browser(clock::fresh_ulid().to_string());
    let store = Store::provide(library, Workspace::new(0.into(), nothing), source);
    let opening = RwSignal::new(library.last_opened());
    let content = move || match opening.get() {
        Some(id) => coming(Place::Page, move || {
            Box::pin(async move {
                frame::open(store, id).await?;
                opening.set(None);
                Ok(().into_any())
            })
        }),
        None => page(navigation.route.get()),
    };
    fetch_ahead();
    view! {
        <Shell chips=frame::chips tools=frame::tools>{content}</Shell>
        <ToastRegion/>
    }
}

/// Keeps the translations in the language of the settings.
fn follow_language(settings: Settings) {
    let i18n = use_i18n();
    Effect::new(move || {
        i18n.set_locale(match settings.language.get() {
            Language::Zh => Locale::zh,
            Language::En => Locale::en,
        });
    });
}
