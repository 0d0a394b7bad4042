//! Files that are dropped anywhere on the page, and tables and files that are pasted outside of a field: each opens where it belongs.
//!
//! One locked file or packet opens as a shared workspace, packs and results of a class go to the trainer's part of the learning page,
//! documents open on the data page, everything else goes to the import, which says
//! of each file what it can do with it. What a field or a place for files of its own takes never comes here.

use leptos::{ev, prelude::*, task::spawn_local};
use wasm_bindgen::JsCast as _;
use web_sys::{DataTransfer, Element, FileList};

use crate::{
    codec::{class::is_paper, packet::is_packet},
    i18n::{t, t_string, use_i18n},
    ui::{
        components::{icon::Icon, tag::Tone, toast::use_toasts},
        file::{FileError, OpenedFile, read_all},
        route::{Navigation, Query, Route, use_navigation},
        starting::{Incoming, Packets},
    },
};

/// Where files go.
#[derive(Clone, Copy, Debug)]
pub struct Arriving {
    incoming: Incoming,
    packets: Packets,
    navigation: Navigation,
}

/// Files as they were read, or why they were not.
pub type Files = Vec<Result<OpenedFile, FileError>>;

impl Arriving {
    /// Where the page's files go. Call it in a component body.
    pub fn new() -> Self {
        Self { incoming: expect_context(), packets: expect_context(), navigation: use_navigation() }
    }

    /// Opens files in the place where they belong.
    pub fn open(self, files: Files) {
        let is = |what: fn(&OpenedFile) -> bool| files.iter().all(|file| file.as_ref().is_ok_and(what));
        if files.is_empty() {
            return;
        }
        if let [Ok(only)] = files.as_slice()
            && is_packet(&only.bytes)
        {
            self.packets.leave(only.bytes.clone());
            self.navigation.go_with(&Route::Shared(String::new()), &Query::default());
        } else if is(|file| is_paper(&file.bytes)) {
            self.incoming.papers.leave(files);
            self.navigation.go_with(&Route::Learn, &Query::default().with("tab", "trainer"));
        } else if is(is_document) {
            self.incoming.documents.leave(files);
            self.navigation.go_with(&Route::Data, &Query::default());
        } else {
            self.incoming.tables.leave(files);
            self.navigation.go_with(&Route::Import, &Query::default());
        }
    }
}

impl Default for Arriving {
    fn default() -> Self {
        Self::new()
    }
}

/// Whether a file says by its name or its first sign that it is JSON.
pub fn is_document(file: &OpenedFile) -> bool {
    let first = file.bytes.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
    file.name.to_ascii_lowercase().ends_with(".json") || first == Some(&b'{')
}

/// Listens for files, and lies over the page while some are dragged across it.
#[component]
pub fn DropVeil() -> impl IntoView {
    let (i18n, toasts, arriving) = (use_i18n(), use_toasts(), Arriving::new());
    let over = RwSignal::new(false);
    let take = move |files: FileList| spawn_local(async move { arriving.open(read_all(files).await) });
    let dragged = window_event_listener(ev::dragover, move |event| {
        if carries_files(event.data_transfer()) {
            // Without this the browser would open the file in the place of the page.
            event.prevent_default();
            over.set(true);
        }
    });
    let left = window_event_listener(ev::dragleave, move |event| {
        // Out of the window, and not from one element to the next.
        if event.related_target().is_none() {
            over.set(false);
        }
    });
    let dropped = window_event_listener(ev::drop, move |event| {
        over.set(false);
        let transfer = event.data_transfer();
        if event.default_prevented() || !carries_files(transfer.clone()) {
            return;
        }
        event.prevent_default();
        if is_asking() {
            toasts.say(t_string!(i18n, arriving.busy).to_owned(), Tone::Warn);
        } else if let Some(files) = transfer.and_then(|transfer| transfer.files()) {
            take(files);
        }
    });
    let pasted = window_event_listener(ev::paste, move |event| {
        let in_field =
            event.target().and_then(|target| target.dyn_into::<Element>().ok()).is_some_and(|at| is_field(&at));
        let Some(clipboard) = event.clipboard_data().filter(|_| !in_field && !is_asking()) else { return };
        if let Some(files) = clipboard.files().filter(|files| files.length() > 0) {
            event.prevent_default();
            take(files);
        } else if let Some(file) = clipboard.get_data("text/plain").ok().and_then(|text| {
            let name = t_string!(i18n, arriving.pasted).to_owned();
            as_file(name, text)
        }) {
            event.prevent_default();
            arriving.open(vec![Ok(file)]);
        }
    });
    on_cleanup(move || {
        dragged.remove();
        left.remove();
        dropped.remove();
        pasted.remove();
    });
    view! {
        <Show when=move || over.get()>
            <div class="drop-veil" data-testid="drop-veil" role="status">
                <div class="drop-veil__words">
                    <Icon icon=icondata_lu::LuUpload/>
                    <strong>{t!(i18n, arriving.drop)}</strong>
                    <span class="muted">{t!(i18n, arriving.what)}</span>
                </div>
            </div>
        </Show>
    }
}

/// Whether what is dragged are files, and not a text or a part of the page.
fn carries_files(transfer: Option<DataTransfer>) -> bool {
    transfer.is_some_and(|transfer| transfer.types().includes(&"Files".into(), 0))
}

/// Whether a dialog lies over the page.
fn is_asking() -> bool {
    document().query_selector("dialog[open]").ok().flatten().is_some()
}

/// Whether a text is typed here.
fn is_field(element: &Element) -> bool {
    element.closest("input, textarea, select, [contenteditable]").ok().flatten().is_some()
}

/// A text as a file: JSON, or a table with at least two rows and two columns.
fn as_file(name: String, text: String) -> Option<OpenedFile> {
    let text = text.trim_matches(['\r', '\n']);
    let is_json = text.trim_start().starts_with('{');
    let mut rows = text.lines().filter(|line| !line.trim().is_empty());
    let cells = |row: &str| [',', ';', '\t'].into_iter().any(|mark| row.contains(mark));
    let is_table = rows.next().is_some_and(cells) && rows.next().is_some_and(cells);
    let ending = if is_json { ".json" } else { ".tsv" };
    (is_json || is_table).then(|| OpenedFile { name: [&name, ending].concat(), bytes: text.as_bytes().to_vec() })
}
