//! The page's root: what every page stands on, and which page is shown.

use leptos::{ev, prelude::*};
use wasm_bindgen::JsCast as _;

use crate::{
    i18n::{I18nContextProvider, Locale, t_string, use_i18n},
    model::{Currency, Profile, Workspace},
    storage::{SaveError, StorageError},
    store::{Library, Saving, Source, Step, Store, use_store},
    ui::{
        clock::{self, Clock},
        components::{
            button::{Button, Variant},
            tag::Tone,
            toast::{ToastRegion, Toasts, use_toasts},
        },
        format::Format,
        pages::{
            board::BoardPage, data::DataPage, deal::DealPage, deals::DealsPage, funnel::FunnelPage, import::ImportPage,
            not_found::NotFoundPage, settings::SettingsPage, welcome::WelcomePage,
        },
        palette::Palette,
        route::{Navigation, Route},
        selection::Selection,
        settings::{Language, Settings},
        shell::Shell,
        starting::Incoming,
        switcher::Switcher,
        timing,
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
    follow_language(settings);
    let nothing = Profile {
        name: String::new(),
        currency: Currency::USD,
        fiscal_year_start: 1,
        sources: Vec::new(),
        lost_reasons: Vec::new(),
    };
    let source = Source { today: clock.today, now: clock::now, fresh: clock::fresh_ulid };
    let library = Library::of_browser(clock::fresh_ulid().to_string());
    let store = Store::provide(library, Workspace::new(0.into(), nothing), source);
    if let Some(Err(error)) = library.last_opened().map(|id| store.open(id)) {
        leptos::logging::error!("the workspace opened last cannot be opened: {error}");
    }
    follow_tabs(store);
    timing::measure_until_painted("loudou:start", 0.0);
    let say = report_step();
    let keys = window_event_listener(ev::keydown, move |event| {
        let command = event.ctrl_key() || event.meta_key();
        if !command || is_typing(&event) {
            return;
        }
        let step: fn(Store) -> Step = match (event.key().to_ascii_lowercase().as_str(), event.shift_key()) {
            ("z", false) => Store::undo,
            ("z", true) | ("y", false) => Store::redo,
            _ => return,
        };
        event.prevent_default();
        say(step(store));
    });
    on_cleanup(move || keys.remove());
    view! {
        <Shell chips=|| view! { <Switcher/><Palette/> } tools=|| view! { <Tools/> }>
            {move || page(navigation.route.get())}
        </Shell>
        <ToastRegion/>
    }
}

/// The page of an address. Each is a seam: its view type ends here.
fn page(route: Route) -> AnyView {
    match route {
        Route::Welcome => view! { <WelcomePage/> }.into_any(),
        Route::Board => view! { <BoardPage/> }.into_any(),
        Route::Funnel => view! { <FunnelPage/> }.into_any(),
        Route::Deals => view! { <DealsPage/> }.into_any(),
        Route::Deal(id) => view! { <DealPage id/> }.into_any(),
        Route::Data => view! { <DataPage/> }.into_any(),
        Route::Import => view! { <ImportPage/> }.into_any(),
        Route::Settings => view! { <SettingsPage/> }.into_any(),
        Route::NotFound => view! { <NotFoundPage/> }.into_any(),
    }
}

/// Tells the person when a step was dropped because another tab has gone on from there.
fn report_step() -> impl Fn(Step) + Copy {
    let (toasts, i18n) = (use_toasts(), use_i18n());
    move |step| {
        if step == Step::Overtaken {
            toasts.say(t_string!(i18n, saving.overtaken).to_owned(), Tone::Warn);
        }
    }
}

/// Whether the key belongs to a field that has an undo of its own.
fn is_typing(event: &ev::KeyboardEvent) -> bool {
    let Some(target) = event.target() else { return false };
    target.dyn_ref::<web_sys::HtmlTextAreaElement>().is_some()
        || target
            .dyn_ref::<web_sys::HtmlInputElement>()
            .is_some_and(|input| !matches!(input.type_().as_str(), "checkbox" | "radio" | "button" | "file"))
}

/// Takes in what other tabs write, and asks before the page is left with changes that could not be saved.
fn follow_tabs(store: Store) {
    let storage = window_event_listener(ev::storage, move |_| store.catch_up());
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        if store.library().has_unsaved() {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        storage.remove();
        leaving.remove();
    });
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

/// Undo, redo and the state of saving.
#[component]
fn Tools() -> impl IntoView {
    let i18n = use_i18n();
    let store = use_store();
    let saving = store.library().saving();
    let words = move || match saving.get() {
        Saving::Idle => "",
        Saving::Saved => t_string!(i18n, saving.saved),
        Saving::MemoryOnly => t_string!(i18n, saving.memory_only),
        Saving::Failed(SaveError::Storage(StorageError::Full)) => t_string!(i18n, saving.full),
        Saving::Failed(SaveError::NewerFormat) => t_string!(i18n, saving.newer),
        Saving::Failed(SaveError::Gone) => t_string!(i18n, saving.gone),
        Saving::Failed(_) => t_string!(i18n, saving.refused),
    };
    let name = move || match saving.get() {
        Saving::Idle => "idle",
        Saving::Saved => "saved",
        Saving::MemoryOnly => "memory",
        Saving::Failed(_) => "failed",
    };
    let say = report_step();
    let undo = move |_| say(store.undo());
    let redo = move |_| say(store.redo());
    view! {
        <Button
            variant=Variant::Quiet
            icon=icondata_lu::LuUndo2
            label=Signal::derive(move || t_string!(i18n, saving.undo).to_owned())
            disabled=Signal::derive(move || !store.can_undo().get())
            on_click=undo
        />
        <Button
            variant=Variant::Quiet
            icon=icondata_lu::LuRedo2
            label=Signal::derive(move || t_string!(i18n, saving.redo).to_owned())
            disabled=Signal::derive(move || !store.can_redo().get())
            on_click=redo
        />
        <span class="saving" data-state=name data-testid="saving" role="status">{words}</span>
    }
}
