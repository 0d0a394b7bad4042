//! How full the storage is, looked at now and then, and what is said about it on every page.

use std::time::Duration;

use leptos::prelude::*;

use crate::{
    i18n::{t, t_string, use_i18n},
    storage::{
        SaveError, StorageError,
        fullness::{Fullness, Level},
    },
    store::{Saving, Store, use_store},
    ui::{
        chunk::{Place, chunk, coming},
        components::button::{Button, Variant},
        format::use_format,
        parts::hand_out::use_hand_out,
        route::{Route, use_navigation},
    },
};

/// The pause before the first look.
const CALM: Duration = Duration::from_secs(5);
/// How often the storage is looked at: that reads all of it.
const LOOK: Duration = Duration::from_secs(60);

chunk! {
    /// Says that the storage is full, or nearly, with the ways out.
    rest fn make_band(is_refused: bool) -> AnyView { view! { <Band is_refused/> }.into_any() }
}

/// How full the storage is, as last seen. Copy it freely.
#[derive(Clone, Copy, Debug)]
pub struct Room {
    store: Store,
    seen: RwSignal<Option<Fullness>>,
}

impl Room {
    /// Has not looked yet, and provides itself as context.
    pub fn provide() {
        provide_context(Self { store: use_store(), seen: RwSignal::new(None) });
    }

    /// Looks now and then, as long as the owner lives.
    pub fn follow(self) {
        set_timeout(move || self.look(), CALM);
        if let Ok(looking) = set_interval_with_handle(move || self.look(), LOOK) {
            on_cleanup(move || looking.clear());
        }
    }

    /// Looks now. A storage that cannot be read is no fuller than it was.
    pub fn look(self) {
        if let Ok(found) = self.store.library().fullness() {
            self.seen.try_set(Some(found));
        }
    }

    /// Looks whenever something was saved, while it is looked at: counting reads all of the storage, so it is not for every page. Call it in
    /// a component body.
    pub fn follow_saving(self) {
        let library = self.store.library();
        Effect::new(move || {
            library.saving().track();
            library.shelves().track();
            self.store.snapshot();
            self.look();
        });
    }

    /// How full it was when it was last looked at; followed.
    pub fn seen(self) -> Signal<Option<Fullness>> {
        self.seen.into()
    }

    /// How urgent it is to make room; followed.
    pub fn level(self) -> Level {
        self.seen.with(|seen| seen.as_ref().map_or(Level::Calm, Fullness::level))
    }
}

/// The room of the page; the page provides it at its root.
pub fn use_room() -> Room {
    expect_context()
}

/// Whether the latest change did not fit.
pub fn is_refused(saving: &Saving) -> bool {
    matches!(saving, Saving::Failed(SaveError::Storage(StorageError::Full)))
}

/// The band above every page, while there is next to no room.
pub fn band() -> AnyView {
    let (room, library) = (use_room(), use_store().library());
    let saving = library.saving();
    let shown = Memo::new(move |_| {
        let refused = saving.with(is_refused);
        (refused || (room.level() == Level::High && library.opened().get().is_some())).then_some(refused)
    });
    (move || shown.get().map(|refused| coming(Place::Section, move || Box::pin(make_band(refused))))).into_any()
}

#[component]
fn Band(is_refused: bool) -> impl IntoView {
    let (i18n, format, hand_out) = (use_i18n(), use_format(), use_hand_out());
    let (room, navigation) = (use_room(), use_navigation());
    let percent = move || room.seen().with(|seen| seen.as_ref().map(Fullness::percent));
    let title = move || match percent() {
        _ if is_refused => t_string!(i18n, room.refused).to_owned(),
        Some(percent) => t_string!(i18n, room.high, n = format.count(percent)).to_string(),
        None => String::new(),
    };
    view! {
        <section class="card notice visit no-print" data-tone="bad" role="alert" data-testid="room-band">
            <p><strong>{title}</strong>" "{t!(i18n, room.ways)}</p>
            <Button
                variant=Variant::Primary
                icon=icondata_lu::LuDownload
                on_click=move |_| hand_out.document()
                attr:data-testid="room-download"
            >
                {t!(i18n, room.download)}
            </Button>
            <a class="button" href=move || navigation.href(&Route::Data) data-testid="room-make">{t!(i18n, room.make)}</a>
        </section>
    }
}
