//! What stands around the pages of a workspace: the switcher, search, undo, redo and the state of saving.

use std::{pin::Pin, time::Duration};

use leptos::{ev, leptos_dom::helpers::TimeoutHandle, prelude::*};
use wasm_bindgen::JsCast as _;

use crate::{
    i18n::{t_string, use_i18n},
    model::WorkspaceId,
    storage::{
        SaveError, StorageError,
        fullness::{Fullness, Level},
    },
    store::{Library, Saving, Step, Store, use_store},
    ui::{
        backups::use_backups,
        chunk::{Place, chunk, coming},
        components::{
            button::{Button, Variant},
            tag::Tone,
            toast::use_toasts,
        },
        doing::Doing,
        format::use_format,
        fullness::use_room,
        palette::Palette,
        route::settle_field,
        switcher::Switcher,
        unsaved,
        wording::storage,
    },
};

/// Writing that takes no longer is not worth a word.
const MOMENT: Duration = Duration::from_millis(500);

chunk! {
    /// The switcher and search.
    work fn make_chips() -> AnyView { view! { <Switcher/><Palette/><Doing/> }.into_any() }
    /// Undo, redo and the state of saving.
    work fn make_tools() -> AnyView { view! { <Tools/> }.into_any() }
    /// Makes what is kept here whole: see [`Library::prepare`].
    work fn prepare(library: Library) -> Preparation { Box::pin(library.prepare()) }
    /// Opens a workspace of this browser, or says why it cannot be opened.
    work fn open(store: Store, id: WorkspaceId) -> () {
        if let Err(error) = store.open(id) {
            use_toasts().say(storage::shelf_error(use_i18n(), &error), Tone::Bad);
        }
    }
}

/// What is kept here, becoming whole.
pub type Preparation = Pin<Box<dyn Future<Output = ()>>>;

/// The switcher and search, while a workspace is open.
pub fn chips() -> AnyView {
    while_open(|| coming(Place::Section, || Box::pin(make_chips())))
}

/// Undo, redo and the state of saving, while a workspace is open.
pub fn tools() -> AnyView {
    while_open(|| coming(Place::Section, || Box::pin(make_tools())))
}

/// Whatever opens a workspace belongs to the part of these views, so they are here by then.
fn while_open(view: fn() -> AnyView) -> AnyView {
    let opened = use_store().library().opened();
    let is_open = Memo::new(move |_| opened.get().is_some());
    (move || is_open.get().then(view)).into_any()
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

/// Ctrl or ⌘ and Z takes a step back, with Shift or Y it takes that back. In a field with text that is not saved yet they are the
/// field's own.
fn follow_keys(store: Store, say: impl Fn(Step) + 'static) {
    let unsaved = StoredValue::new(false);
    let typed = window_event_listener(ev::input, move |_| unsaved.set_value(true));
    let saved = window_event_listener(ev::change, move |_| unsaved.set_value(false));
    let entered = window_event_listener(ev::focusin, move |_| unsaved.set_value(false));
    let keys = window_event_listener(ev::keydown, move |event| {
        let command = event.ctrl_key() || event.meta_key();
        if !command || (unsaved.get_value() && is_typing(&event)) {
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
    on_cleanup(move || {
        typed.remove();
        saved.remove();
        entered.remove();
        keys.remove();
    });
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
    // A tab that slept, or comes back by the back button, heard nothing meanwhile.
    let woken = window_event_listener(ev::visibilitychange, move |_| store.catch_up());
    let shown = window_event_listener(ev::pageshow, move |_| store.catch_up());
    let leaving = window_event_listener(ev::beforeunload, move |event| {
        settle_field();
        if store.library().has_unsaved() || unsaved::any() {
            event.prevent_default();
        }
    });
    on_cleanup(move || {
        storage.remove();
        woken.remove();
        shown.remove();
        leaving.remove();
    });
}

/// Whether the disk takes longer than a moment: less than that is not worth reading out after every edit.
fn use_slow_writing(saving: Signal<Saving>) -> Memo<bool> {
    let since = RwSignal::new(false);
    let writing = Memo::new(move |_| saving.get() == Saving::Writing);
    Effect::watch(
        move || writing.get(),
        move |writing, _, timer: Option<Option<TimeoutHandle>>| {
            if let Some(timer) = timer.flatten() {
                timer.clear();
            }
            since.set(false);
            writing.then(|| set_timeout_with_handle(move || since.set(true), MOMENT).ok()).flatten()
        },
        false,
    );
    Memo::new(move |_| since.get() && writing.get())
}

/// Undo, redo and the state of saving.
#[component]
fn Tools() -> impl IntoView {
    let i18n = use_i18n();
    let format = use_format();
    let store = use_store();
    let saving = store.library().saving();
    let slow = use_slow_writing(saving);
    let words = move || match saving.get() {
        Saving::Idle => "",
        Saving::Visiting => t_string!(i18n, saving.visiting),
        Saving::Writing if slow.get() => t_string!(i18n, saving.writing),
        Saving::Writing | Saving::Saved => t_string!(i18n, saving.saved),
        Saving::MemoryOnly => t_string!(i18n, saving.memory_only),
        Saving::Failed(SaveError::Storage(StorageError::Full)) => t_string!(i18n, saving.full),
        Saving::Failed(SaveError::NewerFormat) => t_string!(i18n, saving.newer),
        Saving::Failed(SaveError::Gone) => t_string!(i18n, saving.gone),
        Saving::Failed(_) => t_string!(i18n, saving.refused),
    };
    let name = move || match saving.get() {
        Saving::Idle => "idle",
        Saving::Visiting => "visiting",
        Saving::Writing => "writing",
        Saving::Saved => "saved",
        Saving::MemoryOnly => "memory",
        Saving::Failed(_) => "failed",
    };
    let say = report_step();
    follow_tabs(store);
    follow_keys(store, say);
    use_backups().follow();
    let room = use_room();
    room.follow();
    // The words stay short; how full the storage is stands behind them.
    let explained = move || {
        let early = room.level() >= Level::Early && saving.with(|saving| *saving == Saving::Saved);
        let percent = room.seen().with(|seen| seen.as_ref().map(Fullness::percent)).filter(|_| early)?;
        Some(t_string!(i18n, room.early, n = format.count(percent)).to_string())
    };
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
        <span class="saving" data-state=name data-testid="saving" role="status" title=explained>{words}</span>
    }
}
