//! A place to open files: choose or drop.

use leptos::{ev, html, prelude::*, task::spawn_local};
use web_sys::FileList;

use super::{dom_id, icon::Icon};
use crate::{
    i18n::{t, use_i18n},
    ui::file::{FileError, OpenedFile, read_all},
};

/// A button that opens files, with a field around it to drop them on.
#[component]
pub fn FileDrop(
    /// The endings offered in the browser's window: `.csv,.json`.
    accept: &'static str,
    /// Whether several files may be opened at once.
    #[prop(optional)]
    multiple: bool,
    /// The name that journeys know the input by.
    #[prop(optional)]
    testid: Option<&'static str>,
    /// Takes every file, read or refused, in the order chosen.
    #[prop(into)]
    on_opened: Callback<Vec<Result<OpenedFile, FileError>>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let id = dom_id::fresh();
    let input = NodeRef::<html::Input>::new();
    let over = RwSignal::new(false);
    let open = move |files: Option<FileList>| {
        if let Some(files) = files.filter(|files| files.length() > 0) {
            spawn_local(async move {
                let opened = read_all(files).await;
                if let Some(input) = input.try_get_untracked().flatten() {
                    // So that the same file can be chosen again.
                    input.set_value("");
                    on_opened.run(opened);
                }
            });
        }
    };
    let on_drop = move |event: ev::DragEvent| {
        event.prevent_default();
        over.set(false);
        open(event.data_transfer().and_then(|transfer| transfer.files()));
    };
    view! {
        <div
            class="file-drop"
            class:file-drop--over=move || over.get()
            on:dragover=move |event| { event.prevent_default(); over.set(true) }
            on:dragleave=move |_| over.set(false)
            on:drop=on_drop
        >
            <input
                node_ref=input
                id=id.clone()
                class="visually-hidden"
                type="file"
                data-testid=testid
                accept=accept
                multiple=multiple
                on:change=move |_| open(input.get_untracked().and_then(|input| input.files()))
            />
            <label for=id class="button button--primary">
                <Icon icon=icondata_lu::LuUpload/>
                {t!(i18n, common.choose_file)}
            </label>
            <span class="muted">{t!(i18n, common.drop_file)}</span>
        </div>
    }
    .into_any()
}
