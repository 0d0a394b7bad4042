//! Search and commands from anywhere: Ctrl or ⌘ and K.

mod entry;
mod search;

use leptos::{ev, prelude::*};

use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{
        anywhere::{Deed, use_anywhere},
        chunk::{Place, chunk, coming},
        components::{dialog::Dialog, icon::Icon},
        palette::search::Search,
    },
};

chunk! {
    /// The field and the answers; with them come the readings of Chinese characters.
    rest fn make_search() -> AnyView { view! { <Search/> }.into_any() }
}

/// The button that opens the palette, and the palette.
#[component]
pub fn Palette() -> impl IntoView {
    let (i18n, anywhere) = (use_i18n(), use_anywhere());
    let open = anywhere.is(Deed::Search);
    let keys = window_event_listener(ev::keydown, move |event| {
        if (event.ctrl_key() || event.meta_key()) && event.key().eq_ignore_ascii_case("k") {
            event.prevent_default();
            if open.get_untracked() { anywhere.close() } else { anywhere.open(Deed::Search) }
        }
    });
    on_cleanup(move || keys.remove());
    view! {
        <button
            type="button"
            class="chip palette__open"
            data-testid="palette-open"
            aria-keyshortcuts="Control+K Meta+K"
            on:click=move |_| anywhere.open(Deed::Search)
        >
            <Icon icon=icondata_lu::LuSearch/>
            <span class="palette__words">{t!(i18n, common.search)}</span>
            <kbd class="palette__words muted">{t!(i18n, palette.keys)}</kbd>
        </button>
        <Dialog open title=Signal::derive(move || t_string!(i18n, palette.title).to_owned()) on_close=move |()| anywhere.close()>
            {coming(Place::Section, || Box::pin(make_search()))}
        </Dialog>
    }
    .into_any()
}
