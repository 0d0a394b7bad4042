//! The page's root: what every page stands on, and which page is shown.

use gloo_timers::future::TimeoutFuture;
use leptos::{prelude::*, reactive::spawn_local_scoped_with_cancellation};

use crate::{
    i18n::{I18nContextProvider, Locale, use_i18n},
    model::{Currency, Profile, Workspace, WorkspaceId},
    store::{Library, Source, Store},
    ui::{
        anywhere::Anywhere,
        arriving::DropVeil,
        backups::Backups,
        chunk::{CALM, Place, coming, fetch_ahead},
        clock::{self, Clock},
        components::toast::{ToastRegion, Toasts},
        contesting::Contesting,
        drilling::Drilling,
        format::Format,
        frame,
        fullness::{self, Room},
        help::{self, Guided},
        pages::page,
        parts::counted::LastFrame,
        release,
        route::{Navigation, Route},
        safety,
        selection::Selection,
        settings::{Language, Settings},
        shell::Shell,
        starting::{Incoming, Packets},
        visit,
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
    let library = Library::of_browser(clock::fresh_ulid().to_string());
    let contesting = Contesting::provide(library.opened());
    let clock = Clock::provide(settings, navigation, contesting.day(navigation.route));
    Format::provide(settings);
    Toasts::provide();
    Selection::provide();
    Incoming::provide();
    Packets::provide();
    Drilling::provide();
    Anywhere::provide();
    Guided::provide();
    LastFrame::provide();
    follow_language(settings);
    let nothing = Profile::named("", Currency::USD);
    let source = Source { today: clock.today, now: clock::now, fresh: clock::fresh_ulid, me: settings.me.into() };
    let store = Store::provide(library, Workspace::new(0.into(), nothing), source);
    Backups::provide();
    Room::provide();
    let opening = RwSignal::new(Opening::of_page(library, navigation));
    if opening.get_untracked() != Some(Opening::Preparing) {
        spawn_local_scoped_with_cancellation(async move {
            TimeoutFuture::new(CALM).await;
            match frame::prepare(library).await {
                Ok(preparation) => preparation.await,
                Err(_) => library.keep_once(),
            }
            if opening.get_untracked().is_none()
                && let last @ Some(_) = Opening::after_visit(library)
            {
                // Local storage had forgotten all of it.
                opening.set(last);
            }
        });
    }
    let content = move || match opening.get() {
        Some(Opening::Preparing) => coming(Place::Page, move || {
            Box::pin(async move {
                frame::prepare(library).await?.await;
                opening.set(Opening::at_start(library, navigation));
                Ok(().into_any())
            })
        }),
        Some(Opening::Beside(path)) => {
            let done = Callback::new(move |()| opening.set(Opening::after_visit(library)));
            visit::opening(path, done)
        }
        Some(Opening::Kept(id)) => coming(Place::Page, move || {
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
        <Shell chips=frame::chips tools=frame::tools>{release::band()}{visit::band()}{fullness::band()}{safety::band()}{content}</Shell>
        <DropVeil/>
        {help::overlay()}
        <ToastRegion/>
    }
}

/// What is opened before there is a page.
#[derive(Clone, PartialEq)]
enum Opening {
    /// What is kept here is made whole first.
    Preparing,
    /// A workspace of this browser.
    Kept(WorkspaceId),
    /// A file beside the page.
    Beside(String),
}

impl Opening {
    /// What comes before the first page. Where local storage knows of no workspace, nothing is waited for.
    fn of_page(library: Library, navigation: Navigation) -> Option<Self> {
        let is_known = library.shelves().with_untracked(|shelves| !shelves.is_empty());
        if is_known { Some(Self::Preparing) } else { Self::at_start(library, navigation) }
    }

    /// What the address asks for, or else what was opened last. A link that carries a workspace opens it itself.
    fn at_start(library: Library, navigation: Navigation) -> Option<Self> {
        match (visit::asked_for(), navigation.route.get_untracked()) {
            (_, Route::Shared(_)) => None,
            (Some(path), _) => Some(Self::Beside(path)),
            (None, _) => library.last_opened().map(Self::Kept),
        }
    }

    /// What was opened last, when nothing is open.
    fn after_visit(library: Library) -> Option<Self> {
        let open = library.opened().get_untracked().is_some();
        library.last_opened().filter(|_| !open).map(Self::Kept)
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
